# SPDX-License-Identifier: Apache-2.0
"""The agenda: what of a request is worth knowing at a glance, and what deserves attention today.

``overview_of`` reads a request and its clocks off into one flat row (the cached columns of
``storage/overview.py``); everything that depends on the day (overdue, due soon) is derived from the row when
it is shown, so that midnight changes no stored byte.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .clocks import Clock
from .companies import Channel
from .ids import CompanyId, LawId, PersonId, RequestId, register_in
from .laws import Step
from .requests import OPEN_STATUSES, Attention, EventKind, OptOutRequest, RequestStatus
from .rights import Right
from .running import main_clock


class Bucket(StrEnum):
    """The part of the agenda that a request is in whatever the day is."""

    DRAFT = "draft"
    NEEDS_YOU = "needs_you"
    OPEN = "open"
    STANDING = "standing"
    """A registration in force: done until its end comes near, and the person's again from there on."""
    DONE = "done"


class Urgency(StrEnum):
    """The group that a request stands in today, the most urgent first."""

    OVERDUE = "overdue"
    NEEDS_YOU = "needs_you"
    DUE_SOON = "due_soon"
    WAITING = "waiting"
    DRAFT = "draft"
    DONE = "done"


class NextStep(StrEnum):
    """The one thing that a person would do next; it is the row's primary button."""

    REVIEW_AND_SEND = "review_and_send"
    RECORD_REPLY = "record_reply"
    SEND_REMINDER = "send_reminder"
    ANSWER = "answer"
    SEND_AGAIN = "send_again"
    RESPOND = "respond"
    CLOSE = "close"
    RECORD_AUTHORITY_ANSWER = "record_authority_answer"
    REOPEN = "reopen"
    RENEW = "renew"


RENEW_WITHIN_DAYS = 30
"""So long before its last day a registration wants to be renewed."""

REMIND_ON = "remind_on"
"""The detail of a registration's entry that holds the day on which the person wants to look again."""

DEFAULT_DUE_SOON_DAYS = 7


def lapses_soon_until(today: date, due_soon_days: int) -> date:
    """The latest last day of a registration that stands among what is due soon today."""
    return today + timedelta(days=max(RENEW_WITHIN_DAYS, due_soon_days))


_STEP_AFTER = {
    RequestStatus.DRAFT: NextStep.REVIEW_AND_SEND,
    RequestStatus.COMPLETED: NextStep.CLOSE,
    RequestStatus.CLOSED: NextStep.REOPEN,
    RequestStatus.ESCALATED: NextStep.RECORD_AUTHORITY_ANSWER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOverview:
    """One request in one row. ``row`` is the number that lists and search use.

    ``due_on`` and ``flag_after_on`` are those of the clock that matters most; None for drafts and where the
    law gives no number. ``rule`` names the rule they come from. Of a registration in force both are its last
    day: that is the person's to renew, and nobody is late.
    """

    row: int = 0
    id: RequestId
    person: PersonId
    person_name: str = ""
    company: CompanyId
    company_name: str
    right: Right
    law: LawId
    channel: Channel
    reference: str
    status: RequestStatus
    attention: Attention | None = None
    bucket: Bucket
    created_on: date
    sent_on: date | None = None
    due_on: date | None = None
    flag_after_on: date | None = None
    rule: str = ""
    has_doubt: bool = False
    last_kind: EventKind | None = None
    last_on: date | None = None
    met_on: date | None = None
    """The day on which the duty of the clock that matters most was met."""
    is_binned: bool = False

    def urgency(self, today: date, due_soon_days: int = DEFAULT_DUE_SOON_DAYS) -> Urgency:
        """The group of today. Overdue begins when the last defensible day has ended, not before."""
        match self.bucket:
            case Bucket.DRAFT:
                return Urgency.DRAFT
            case Bucket.DONE:
                return Urgency.DONE
            case Bucket.NEEDS_YOU:
                return Urgency.NEEDS_YOU
            case Bucket.STANDING:
                return self._standing(today, due_soon_days)
            case Bucket.OPEN:
                pass
        if self.flag_after_on is None or self.due_on is None:
            return Urgency.WAITING
        if today > self.flag_after_on:
            return Urgency.OVERDUE
        return Urgency.DUE_SOON if self.due_on <= today + timedelta(days=due_soon_days) else Urgency.WAITING

    def _standing(self, today: date, due_soon_days: int) -> Urgency:
        """Where a registration in force stands: its end is a day to renew by, never one to be late with."""
        if self.has_lapsed(today):
            return Urgency.NEEDS_YOU
        is_near = self.due_on is not None and self.due_on <= lapses_soon_until(today, due_soon_days)
        return Urgency.DUE_SOON if is_near else Urgency.DONE

    def days_overdue(self, today: date) -> int:
        """Whole days since the last defensible day ended; 0 where that has not happened."""
        if self.bucket is not Bucket.OPEN or self.flag_after_on is None:
            return 0
        return max(0, (today - self.flag_after_on).days)

    def _has_time(self, today: date) -> bool:
        return not self.days_overdue(today)

    @property
    def is_registration(self) -> bool:
        """True where a register stands in the place of the company."""
        return register_in(self.law) is not None

    @property
    def will_lapse(self) -> bool:
        """True for a registration whose ``due_on`` is its own last day, or the day to look again."""
        return self.bucket is Bucket.STANDING and self.due_on is not None

    def wants_renewal(self, today: date) -> bool:
        """True in the last days of a registration and ever after."""
        return (
            self.will_lapse
            and self.due_on is not None
            and today >= self.due_on - timedelta(days=RENEW_WITHIN_DAYS)
        )

    def has_lapsed(self, today: date) -> bool:
        """True once the last day of a registration, or the day to look again, is over."""
        return self.will_lapse and self.due_on is not None and today > self.due_on

    @property
    def waits_for_appeal(self) -> bool:
        """True after a refusal against which the person appealed, until the appeal is answered."""
        return self.status is RequestStatus.REFUSED and self.bucket is Bucket.OPEN

    def days_left(self, today: date) -> int | None:
        """Days until the due date, negative after it; None without a date or when nothing is owed."""
        is_running = self.status in OPEN_STATUSES or self.waits_for_appeal or self.will_lapse
        if self.due_on is None or not is_running:
            return None
        return (self.due_on - today).days

    def next_step(self, today: date) -> NextStep:
        """What to do next, from the status, what waits, and the day.

        An appeal waits for its answer; once that is overdue, the person responds to the refusal by other means.
        """
        if self.wants_renewal(today) or (self.is_registration and self.status is RequestStatus.DRAFT):
            return NextStep.RENEW
        if (step := _STEP_AFTER.get(self.status)) is not None:
            return step
        if self.attention is Attention.DELIVERY_FAILED:
            return NextStep.RENEW if self.is_registration else NextStep.SEND_AGAIN
        if self.attention is Attention.NEEDS_ANSWER:
            return NextStep.ANSWER
        if self.status is RequestStatus.REFUSED and not (self.waits_for_appeal and self._has_time(today)):
            return NextStep.RESPOND
        # a register takes no letter, so there is nothing to remind it with
        has_no_letter = self.is_registration or self._has_time(today)
        return NextStep.RECORD_REPLY if has_no_letter else NextStep.SEND_REMINDER


def bucket_of(request: OptOutRequest) -> Bucket:
    """The part of the agenda that a request is in whatever the day is.

    A refusal, a failed delivery and a question wait for the person, so nobody is called late meanwhile. Once
    the person appealed against a refusal it is the company's turn again.
    """
    status = request.status
    if status is RequestStatus.DRAFT:
        return Bucket.DRAFT
    if status in {RequestStatus.COMPLETED, RequestStatus.CLOSED}:
        return Bucket.DONE
    if request.attention is not None:
        return Bucket.NEEDS_YOU
    if status is RequestStatus.REFUSED and not _waits_for_appeal(request):
        return Bucket.NEEDS_YOU
    return Bucket.OPEN


def _waits_for_appeal(request: OptOutRequest) -> bool:
    """True where the last word on a refusal is the person's appeal; an answer or a new refusal ends that."""
    last = request.last(EventKind.SENT, EventKind.REFUSED, EventKind.APPEAL_SENT, EventKind.APPEAL_ANSWERED)
    return last is not None and last.kind is EventKind.APPEAL_SENT


def leading_clock(request: OptOutRequest, clocks: tuple[Clock, ...]) -> Clock | None:
    """The deadline that a person should see: the appeal's while one waits for its answer, else the main one.

    A law that sets no day for the answer to an appeal gives None: the day of the refused request is over.
    """
    if request.status is RequestStatus.REFUSED and _waits_for_appeal(request):
        answers = (one for one in clocks if one.step is Step.APPEAL_ANSWER and one.rule.can_be_missed)
        return next((one for one in answers if one.dates is not None), None)
    if register_in(request.law) is None:
        return main_clock(clocks)
    ends = (clock for clock in clocks if clock.step is Step.OPTOUT_DURATION and clock.dates is not None)
    return main_clock(clocks) or next(ends, None)


_NOT_IN_FORCE = frozenset(
    {RequestStatus.DRAFT, RequestStatus.CLOSED, RequestStatus.REFUSED, RequestStatus.ESCALATED}
)


def _lapses_on(request: OptOutRequest, deadline: Clock | None) -> date | None:
    """The last day of a registration, or the earlier one on which the person wants to look again.

    None where it has no end, where it is over, while something else waits for the person or an authority, and
    where a law makes others act (a deletion platform).
    """
    sent = request.last(EventKind.SENT)
    is_over = request.status in _NOT_IN_FORCE or request.attention is not None
    if register_in(request.law) is None or sent is None or is_over:
        return None
    if deadline is not None and deadline.rule.can_be_missed:
        return None
    ends = {deadline.dates.due} if deadline is not None and deadline.dates is not None else set()
    if wanted := sent.detail(REMIND_ON):
        ends.add(date.fromisoformat(wanted))
    return min(ends, default=None)


def _is_in_force(request: OptOutRequest, bucket: Bucket, deadline: Clock | None) -> bool:
    """True for a registration that waits for nobody; on a deletion platform it waits for the brokers."""
    waits_for_others = deadline is not None and deadline.rule.can_be_missed
    is_at_rest = request.status in {RequestStatus.SENT, RequestStatus.ACKNOWLEDGED}
    is_registration = register_in(request.law) is not None
    return is_registration and is_at_rest and bucket is Bucket.OPEN and not waits_for_others


def overview_of(
    request: OptOutRequest, deadline: Clock | None, *, person_name: str = "", row: int = 0
) -> RequestOverview:
    """The row of a request, with the dates of the clock that matters most."""
    bucket = bucket_of(request)
    # after a complaint the authority's clock runs, not the company's
    waits_for_authority = request.status is RequestStatus.ESCALATED and not (
        deadline and Right.COMPLAINT_TO_REGULATOR in deadline.rule.rights
    )
    # where all that has a date is done, an open request waits for what has none, and nobody is late
    is_past = deadline is not None and deadline.met_on is not None and bucket is Bucket.OPEN
    is_span = deadline is not None and deadline.step is Step.OPTOUT_DURATION
    stands_still = deadline is not None and deadline.paused_since is not None and deadline.met_on is None
    is_over = waits_for_authority or is_past or is_span or stands_still
    dates = deadline.dates if deadline and not is_over else None
    last = request.history[-1] if request.history else None
    lapses_on = _lapses_on(request, deadline)
    if lapses_on is not None or _is_in_force(request, bucket, deadline):
        bucket = Bucket.STANDING
    ends_on = deadline.dates.due if deadline and deadline.dates else None
    is_own_reminder = lapses_on is not None and lapses_on != ends_on
    return RequestOverview(
        row=row,
        id=request.id,
        person=request.person,
        person_name=person_name,
        company=request.company,
        company_name=request.company_name,
        right=request.right,
        law=request.law,
        channel=request.channel,
        reference=request.reference,
        status=request.status,
        attention=request.attention,
        bucket=bucket,
        created_on=request.created_on,
        sent_on=request.sent_on,
        due_on=lapses_on or (dates.due if dates else None),
        flag_after_on=lapses_on or (dates.flag_after if dates else None),
        rule=deadline.rule.id if deadline and not is_own_reminder else "",
        has_doubt=bool(deadline and (deadline.rule.doubt or deadline.extension_doubt)),
        last_kind=last.kind if last else None,
        last_on=last.on if last else None,
        met_on=deadline.met_on if deadline else None,
        is_binned=request.binned_on is not None,
    )


class SortOrder(StrEnum):
    """The orders that a list of requests can have; each can be turned round."""

    URGENCY = "urgency"
    COMPANY = "company"
    DUE = "due"
    SENT = "sent"
    CREATED = "created"
    RIGHT = "right"
    LAW = "law"
    PERSON = "person"
    STATUS = "status"
    DAYS_LEFT = "days_left"
    LAST = "last"
    CHANNEL = "channel"
    REFERENCE = "reference"

    @property
    def is_newest_first(self) -> bool:
        """True for an order that begins with the latest day unless it is turned round."""
        return self in {SortOrder.SENT, SortOrder.CREATED, SortOrder.LAST}

    @property
    def is_by_words(self) -> bool:
        """True for an order by words that only the window knows in the person's language."""
        return self in {SortOrder.RIGHT, SortOrder.LAW, SortOrder.CHANNEL}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFilter:
    """Which requests a list shows; empty parts leave nothing out, filled ones are combined with *and*."""

    urgencies: frozenset[Urgency] = frozenset()
    statuses: frozenset[RequestStatus] = frozenset()
    rights: frozenset[Right] = frozenset()
    laws: frozenset[LawId] = frozenset()
    channels: frozenset[Channel] = frozenset()
    person: PersonId | None = None
    company: CompanyId | None = None
    typed: str = ""
    is_binned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestList:
    """A list of requests: row numbers in order, and the size of each urgency group in that order."""

    rows: tuple[int, ...]
    groups: tuple[tuple[Urgency, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many requests stand in each group today, and the facts under the tiles."""

    overdue: int = 0
    needs_you: int = 0
    due_soon: int = 0
    waiting: int = 0
    drafts: int = 0
    done: int = 0
    oldest_overdue_days: int = 0
    next_due_on: date | None = None
    next_waiting_on: date | None = None

    @property
    def total(self) -> int:
        """All requests that are not in the bin."""
        return self.overdue + self.needs_you + self.due_soon + self.waiting + self.drafts + self.done


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Answers of the last twelve months: on time, late, still open; ``of`` is all whose day has come."""

    on_time: int = 0
    late: int = 0
    open: int = 0

    @property
    def of(self) -> int:
        """All that were answered or whose last day has passed."""
        return self.on_time + self.late + self.open


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What the first screen says: counts, and what to do next in order."""

    today: date
    tally: Tally
    do_next: tuple[RequestOverview, ...]
    answered: Answered


_ORDER = (Urgency.OVERDUE, Urgency.NEEDS_YOU, Urgency.DUE_SOON)


def do_next(
    rows: Iterable[RequestOverview], today: date, due_soon_days: int = DEFAULT_DUE_SOON_DAYS
) -> tuple[RequestOverview, ...]:
    """The rows that want something: overdue by days descending, then needs you, then due by date."""

    def order(row: RequestOverview) -> tuple[int, int, date, int, str]:
        group = _ORDER.index(row.urgency(today, due_soon_days))
        return group, -row.days_overdue(today), row.due_on or date.max, row.row, row.id

    wanted = (row for row in rows if row.urgency(today, due_soon_days) in _ORDER)
    return tuple(sorted(wanted, key=order))
