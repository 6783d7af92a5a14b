# SPDX-License-Identifier: Apache-2.0
"""Running: a request's history → its clocks.

For each rule that governs the request: which entry starts it and how well that day is proven, whether the
company took an extension and whether the extension holds, and on which day the duty was met. A rule whose
start is another rule's end (a deletion that follows a pick-up) is counted in a second round, on the worst
day for the person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .calendars import OutOfCalendar
from .clocks import CalendarBook, Clock, ClockState, Conventions, Dates, ExtensionDoubt, Start
from .companies import Channel
from .counting import dates
from .laws import Extension, Rule, StartEvent, Step
from .requests import EventKind, OptOutRequest, ProofGrade, RefusalReason, RequestEvent
from .rights import Right

_ABOUT_LATER_STEPS = frozenset({Right.APPEAL, Right.COMPLAINT_TO_CONTROLLER, Right.COMPLAINT_TO_REGULATOR})
"""Rights that a person comes to use after the request itself."""

_ANSWERS = (EventKind.COMPLETED, EventKind.REFUSED)

_MET_BY: dict[Step, tuple[EventKind, ...]] = {
    Step.ACKNOWLEDGE: (
        EventKind.ACKNOWLEDGED,
        EventKind.EXTENDED,
        EventKind.IDENTITY_ASKED,
        EventKind.CLARIFICATION_ASKED,
        EventKind.PARTLY_COMPLETED,
        *_ANSWERS,
    ),
    Step.RESPOND: _ANSWERS,
    Step.HONOUR: (EventKind.COMPLETED,),
    Step.APPEAL_ANSWER: (EventKind.APPEAL_ANSWERED,),
    Step.COMPLAIN_WINDOW: (EventKind.COMPLAINT_LODGED,),
    Step.EFFECTIVE: (EventKind.COMPLETED,),
    Step.REGISTRY_EFFECTIVE: (EventKind.COMPLETED,),
}

_EXTENDABLE = frozenset({Step.RESPOND, Step.HONOUR, Step.APPEAL_ANSWER})

_STARTED_BY_ANOTHER_CLOCK: dict[StartEvent, tuple[Step, ...]] = {
    StartEvent.BROKER_RECEIPT_FROM_PLATFORM: (Step.ACKNOWLEDGE,),
    StartEvent.EFFECTIVE_DATE: (Step.EFFECTIVE,),
    StartEvent.REFUSAL_OR_END_OF_PERIOD: (Step.RESPOND, Step.HONOUR),
}
"""Start events that are presumed on the last day of another clock where no entry proves them."""


def concerns(rule: Rule, right: Right) -> bool:
    """True for rules about ``right`` itself, and about what may follow it: appeal and complaints."""
    return right in rule.rights or not _ABOUT_LATER_STEPS.isdisjoint(rule.rights)


def clocks_of(
    request: OptOutRequest, rules: tuple[Rule, ...], book: CalendarBook, conventions: Conventions
) -> tuple[Clock, ...]:
    """Every clock of a request, in the order of ``rules``, the newest and all older versions of which may
    be given.

    A draft has clocks that have not started. A day that the calendars do not reach leaves a clock without
    dates.
    """
    history = _History.of(request, conventions)
    about_it = tuple(rule for rule in rules if concerns(rule, request.right))
    governing = [rule for rule in about_it if history.is_governed_by(rule, about_it)]
    first_round = {
        rule.id: _clock(rule, history.start(rule.starts_on, rule), history, book)
        for rule in governing
        if rule.starts_on not in _STARTED_BY_ANOTHER_CLOCK
    }
    started = tuple(first_round.values())
    return tuple(
        first_round.get(rule.id) or _clock(rule, _start_from(rule, history, started), history, book)
        for rule in governing
    )


def main_clock(clocks: tuple[Clock, ...]) -> Clock | None:
    """The deadline that a person should see: what somebody else must do next by a day, or None.

    An unmet duty before a met one, stopping before answering, the request before an appeal or a regulator; of
    equals the earlier day.
    """
    dated = [(clock, clock.dates) for clock in clocks if clock.dates and clock.rule.can_be_missed]
    return min(dated, key=lambda pair: _urgency(*pair), default=(None, None))[0]


def missed(clocks: tuple[Clock, ...], today: date) -> tuple[Clock, ...]:
    """The clocks whose last defensible day has ended before ``today`` without the duty being met."""
    return tuple(clock for clock in clocks if clock.state(today) is ClockState.MISSED)


_ORDER_OF_STEPS = {Step.HONOUR: 0, Step.RESPOND: 1, Step.APPEAL_ANSWER: 2, Step.ACKNOWLEDGE: 3}


def _urgency(clock: Clock, dates_of_it: Dates) -> tuple[bool, bool, int, date]:
    return (
        clock.met_on is not None,
        Right.COMPLAINT_TO_REGULATOR in clock.rule.rights,
        _ORDER_OF_STEPS[clock.step],
        dates_of_it.due,
    )


# ── the history, read for clocks ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _History:
    """The entries from the sending that counts onwards, with the day of receipt worked out once."""

    request: OptOutRequest
    entries: tuple[RequestEvent, ...]
    post_transit: timedelta
    sent: RequestEvent | None
    receipt: Start | None

    @classmethod
    def of(cls, request: OptOutRequest, conventions: Conventions) -> _History:
        """The history of ``request``: a second sending starts everything anew."""
        history = request.history
        sendings = [number for number, entry in enumerate(history) if entry.kind is EventKind.SENT]
        sent = history[sendings[-1]] if sendings else None
        entries = history[sendings[-1] :] if sendings else ()
        transit = timedelta(days=conventions.post_transit_days)
        received = [entry for entry in entries if entry.kind is EventKind.RECEIVED]
        return cls(
            request=request,
            entries=entries,
            post_transit=transit,
            sent=sent,
            receipt=_receipt(sent, received, request.channel, transit),
        )

    def last(self, *kinds: EventKind) -> RequestEvent | None:
        """The latest entry of these kinds since the sending."""
        return next((entry for entry in reversed(self.entries) if entry.kind in kinds), None)

    def first(self, *kinds: EventKind) -> RequestEvent | None:
        """The earliest entry of these kinds since the sending."""
        return next((entry for entry in self.entries if entry.kind in kinds), None)

    def is_governed_by(self, rule: Rule, rules: tuple[Rule, ...]) -> bool:
        """True where this version governs the day on which the person asked, appealed or complained.

        A clock that another one starts comes under the day on which that one can begin at the earliest.
        """
        if rule.is_for_refusal and self.last(EventKind.REFUSED) is None:
            return False
        asked = self._asked_with(rule)
        on = asked.on if asked else self.request.created_on
        steps = _STARTED_BY_ANOTHER_CLOCK.get(rule.starts_on)
        if steps is None:
            return rule.is_valid_on(rule.begins_on(on))
        before = (other for other in rules if other.step in steps and other.is_valid_on(other.begins_on(on)))
        return rule.is_valid_on(rule.begins_on(max([on, *(other.begins_on(on) for other in before)])))

    def _asked_with(self, rule: Rule) -> RequestEvent | None:
        if self.request.right not in rule.rights:
            if Right.APPEAL in rule.rights:
                return self.last(EventKind.APPEAL_SENT) or self.sent
            return self.last(EventKind.COMPLAINT_LODGED) or self.sent
        return self.sent

    def start(self, event: StartEvent, rule: Rule) -> Start | None:
        """What starts ``rule`` and when, or None where that has not happened."""
        find = _STARTS.get(event)
        found = find(self, rule) if find else None
        if found is None or rule.start_floor is None or found.on >= rule.start_floor:
            return found
        return replace(found, on=rule.start_floor, is_floored=True)

    def met_on(self, rule: Rule) -> date | None:
        """The first day on which the duty was met; reopening a request takes back what was met before it."""
        if Right.COMPLAINT_TO_REGULATOR in rule.rights and rule.step in {Step.RESPOND, Step.HONOUR}:
            kinds: tuple[EventKind, ...] = (EventKind.AUTHORITY_ANSWERED,)
        else:
            kinds = (EventKind.REFUSED,) if rule.is_for_refusal else _MET_BY.get(rule.step, ())
        met: date | None = None
        is_about_complaint = (
            Right.COMPLAINT_TO_CONTROLLER in rule.rights and self.request.right not in rule.rights
        )
        complaint = self.last(EventKind.COMPLAINT_LODGED)
        for entry in self.entries:
            if is_about_complaint and (complaint is None or entry.sequence <= complaint.sequence):
                continue  # what came before a complaint does not confirm it
            if entry.kind in kinds:
                met = met or entry.on
            elif entry.kind is EventKind.REOPENED and rule.step is not Step.ACKNOWLEDGE:
                met = None
        return met

    def extension(self, rule: Rule) -> RequestEvent | None:
        """The notice by which the company took longer for this step."""
        if rule.step not in _EXTENDABLE or rule.is_for_refusal:
            return None
        notice = self.last(EventKind.EXTENDED)
        appealed = self.last(EventKind.APPEAL_SENT)
        is_about_appeal = notice is not None and appealed is not None and notice.sequence > appealed.sequence
        return notice if is_about_appeal == (rule.step is Step.APPEAL_ANSWER) else None

    def paused_days(self, rule: Rule) -> int:
        """The days from each clarification asked to its answer, both included: they do not count."""
        if self.request.right not in rule.pause_rights:
            return 0
        return sum((answered - asked).days + 1 for asked, answered in pauses_in(self.entries))

    def paused_since(self, rule: Rule) -> date | None:
        """The day of a question that nobody has answered, where the days from it on do not count."""
        if self.request.right not in rule.pause_rights:
            return None
        asked: date | None = None
        for entry in self.entries:
            if entry.kind is EventKind.CLARIFICATION_ASKED:
                asked = asked or entry.on
            elif entry.kind is EventKind.CLARIFICATION_RECEIVED:
                asked = None
        return asked


def pauses_in(entries: tuple[RequestEvent, ...]) -> tuple[tuple[date, date], ...]:
    """The days of each question to the person and of its answer, the answered ones in order."""
    found: list[tuple[date, date]] = []
    asked: date | None = None
    for entry in entries:
        if entry.kind is EventKind.SENT:
            found, asked = [], None
        elif entry.kind is EventKind.CLARIFICATION_ASKED:
            asked = asked or entry.on
        elif entry.kind is EventKind.CLARIFICATION_RECEIVED and asked is not None:
            if entry.on >= asked:
                found.append((asked, entry.on))
            asked = None
    return tuple(found)


def _receipt(
    sent: RequestEvent | None, received: list[RequestEvent], channel: Channel, transit: timedelta
) -> Start | None:
    """The day the company had it: proven, else presumed; where entries disagree the later day counts."""
    if sent is None:
        return None
    if received:
        latest = max(received, key=lambda entry: entry.on)
        return Start(event=StartEvent.RECEIPT, on=latest.on, grade=latest.grade)
    if (sent.channel or channel) is Channel.POST:
        return Start(event=StartEvent.RECEIPT, on=sent.on + transit, grade=ProofGrade.PRESUMED)
    is_proven = sent.grade in {ProofGrade.SERVER_ACCEPTED, ProofGrade.DELIVERY_RECEIPT, ProofGrade.AUTO_REPLY}
    return Start(event=StartEvent.RECEIPT, on=sent.on, grade=sent.grade if is_proven else ProofGrade.PRESUMED)


# ── start events ─────────────────────────────────────────────────────────────────────────────────────


def _at_receipt(history: _History, rule: Rule) -> Start | None:
    receipt = history.receipt
    if history.request.right in rule.rights:
        if receipt is None or receipt.event is rule.starts_on:
            return receipt
        return replace(receipt, event=rule.starts_on)
    complaint = history.last(EventKind.COMPLAINT_LODGED)
    if complaint is None or complaint.detail("to") != "company":
        return None
    return Start(event=rule.starts_on, on=complaint.on, grade=complaint.grade)


def _at(*kinds: EventKind) -> Callable[[_History, Rule], Start | None]:
    def find(history: _History, rule: Rule) -> Start | None:
        entry = history.last(*kinds)
        return Start(event=rule.starts_on, on=entry.on, grade=entry.grade) if entry else None

    return find


def _at_answer(history: _History, rule: Rule) -> Start | None:
    entry = history.first(*_ANSWERS, EventKind.PARTLY_COMPLETED)
    return Start(event=rule.starts_on, on=entry.on, grade=entry.grade) if entry else None


def _at_receipt_identity_fee(history: _History, rule: Rule) -> Start | None:
    """UK GDPR art. 12A: the latest of receipt, the identity and the fee that were asked for."""
    start = _at_receipt(history, rule)
    pairs = (
        (EventKind.IDENTITY_ASKED, EventKind.IDENTITY_GIVEN),
        (EventKind.FEE_ASKED, EventKind.FEE_PAID),
    )
    for asked, given in pairs:
        if start is None or history.last(asked) is None:
            continue
        entry = history.last(given)
        if entry is None:
            return None
        if entry.on > start.on:
            start = Start(event=rule.starts_on, on=entry.on, grade=entry.grade)
    return start


def _at_receipt_of_appeal(history: _History, rule: Rule) -> Start | None:
    appeal = history.last(EventKind.APPEAL_SENT)
    received = _receipt(appeal, [], history.request.channel, history.post_transit)
    return replace(received, event=rule.starts_on) if received else None


_STARTS: dict[StartEvent, Callable[[_History, Rule], Start | None]] = {
    StartEvent.RECEIPT: _at_receipt,
    StartEvent.RECEIPT_OF_REVOCATION: _at_receipt,
    StartEvent.RECEIPT_IDENTITY_FEE: _at_receipt_identity_fee,
    StartEvent.RECEIPT_OF_APPEAL: _at_receipt_of_appeal,
    StartEvent.SENDING: _at(EventKind.SENT),
    StartEvent.REQUEST_MADE: _at(EventKind.SENT),
    StartEvent.SUBMISSION: _at(EventKind.SENT),
    StartEvent.NOTIFICATION_TO_AGENCY: _at(EventKind.SENT),
    StartEvent.NOTIFICATION_TO_CALLER: _at(EventKind.SENT),
    StartEvent.REGISTRATION: _at(EventKind.REGISTERED, EventKind.SENT),
    StartEvent.AUTHENTICATION: _at(EventKind.IDENTITY_GIVEN),
    StartEvent.COMPLAINT_LODGED: _at(EventKind.COMPLAINT_LODGED),
    StartEvent.MESSAGE_RECEIVED: _at(EventKind.MESSAGE_RECEIVED),
    StartEvent.TRANSMISSION_OF_MESSAGE: _at(EventKind.MESSAGE_RECEIVED),
    StartEvent.RECEIPT_AND_IMPLEMENTATION: _at(EventKind.COMPLETED),
    StartEvent.DECISION_COMMUNICATED: _at_answer,
    StartEvent.OUTCOME_OF_REQUEST: _at_answer,
    StartEvent.BROKER_RECEIPT_FROM_PLATFORM: _at(EventKind.ACKNOWLEDGED),
    StartEvent.EFFECTIVE_DATE: _at(EventKind.COMPLETED),
    StartEvent.REFUSAL_OR_END_OF_PERIOD: _at(EventKind.REFUSED),
}
"""How each start event is read off a history; a notice that a company mailed on its own is in none."""


def _start_from(rule: Rule, history: _History, started: tuple[Clock, ...]) -> Start | None:
    """The entry that proves the start, else the last day of the clock that comes before it."""
    if (proven := history.start(rule.starts_on, rule)) is not None:
        return proven
    steps = _STARTED_BY_ANOTHER_CLOCK[rule.starts_on]
    ends = [
        (clock.dates.due, clock.rule.id)
        for clock in started
        if clock.step in steps and clock.dates is not None and not clock.rule.only_where
    ]
    if not ends:
        return None
    on, after = max(ends)
    return Start(event=rule.starts_on, on=on, grade=ProofGrade.PRESUMED, after_rule=after)


# ── one clock ────────────────────────────────────────────────────────────────────────────────────────


def _clock(rule: Rule, start: Start | None, history: _History, book: CalendarBook) -> Clock:
    met_on = history.met_on(rule)
    if start is None:
        return Clock(rule=rule, met_on=met_on)
    place = history.request.addressee_place
    paused = history.paused_days(rule)
    since = history.paused_since(rule)
    try:
        plain = dates(rule, start.on, place, book, paused_days=paused)
        notice = history.extension(rule)
        if plain is None or notice is None:
            return Clock(
                rule=rule,
                start=start,
                dates=plain,
                met_on=met_on,
                paused_days=paused,
                paused_since=since,
            )
        longest = dates(rule, start.on, place, book, extended=True, paused_days=paused)
    except OutOfCalendar:
        return Clock(rule=rule, start=start, met_on=met_on, is_beyond_calendars=True)
    extended, doubt = _extended(rule.extension, notice, plain, longest or plain)
    return Clock(
        rule=rule,
        start=start,
        dates=extended,
        unextended=plain,
        extension_doubt=doubt,
        met_on=met_on,
        paused_days=paused,
        paused_since=since,
    )


def _extended(
    extension: Extension | None, notice: RequestEvent, plain: Dates, longest: Dates
) -> tuple[Dates, str]:
    """The dates after a notice of extension, and what is doubtful about it.

    A company that names an earlier day than the law allows is held to its word, but accused by the law's
    own day.
    """
    if extension is None:
        return plain, ExtensionDoubt.NO_EXTENSION_IN_LAW
    doubt = ""
    if notice.on > plain.flag_after:
        doubt = ExtensionDoubt.LATE_NOTICE
    elif extension.needs_reason and notice.reason in {"", RefusalReason.NONE_GIVEN}:
        doubt = ExtensionDoubt.NO_REASON
    if not extension.period.has_number:
        if notice.until is None or notice.until <= plain.due:
            return plain, doubt or ExtensionDoubt.NO_DATE_NAMED
        until = notice.until
        latest = max(until, plain.flag_after)
        return Dates(nominal=until, due=until, flag_after=latest, calendar=plain.calendar), doubt
    if notice.until is not None and notice.until > longest.due:
        return longest, doubt or ExtensionDoubt.BEYOND_MAXIMUM
    if notice.until is not None and plain.due < notice.until < longest.due:
        return replace(longest, nominal=notice.until, due=notice.until), doubt
    return longest, doubt
