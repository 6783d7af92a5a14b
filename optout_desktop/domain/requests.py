# SPDX-License-Identifier: Apache-2.0
"""Requests: one person asks one company to stop, and everything that happened since.

Events are the truth and are only ever appended; status, deadlines and what needs doing are read off them.
A wrong entry is corrected by a later entry that names it; taking an entry back is an entry too. So undo
and redo are entries, and nothing that was once said is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from .companies import Channel
from .ids import CompanyId, EventId, LawId, PersonId, RequestId, register_in
from .letters import LetterKind, RequestFact
from .people import IdentityItem
from .places import Place
from .rights import Right


class EventKind(StrEnum):
    """What can happen to a request. The words are those of the terminal and of the rules."""

    SENT = "sent"
    RECEIVED = "received"
    BOUNCED = "bounced"
    ACKNOWLEDGED = "acknowledged"
    EXTENDED = "extended"
    COMPLETED = "completed"
    PARTLY_COMPLETED = "partly_completed"
    REFUSED = "refused"
    IDENTITY_ASKED = "identity_asked"
    IDENTITY_GIVEN = "identity_given"
    FEE_ASKED = "fee_asked"
    FEE_PAID = "fee_paid"
    CLARIFICATION_ASKED = "clarification_asked"
    CLARIFICATION_RECEIVED = "clarification_received"
    FORM_DEMANDED = "form_demanded"
    ASKED_AGAIN = "asked_again"
    UNSUBSCRIBE_FAILED = "unsubscribe_failed"
    MESSAGE_RECEIVED = "message_received"
    REGISTERED = "registered"
    REMINDER_SENT = "reminder_sent"
    APPEAL_SENT = "appeal_sent"
    APPEAL_ANSWERED = "appeal_answered"
    COMPLAINT_LODGED = "complaint_lodged"
    AUTHORITY_ANSWERED = "authority_answered"
    REOPENED = "reopened"
    CLOSED = "closed"
    NOTE = "note"
    TAKEN_BACK = "taken_back"
    """Nothing stands in the place of the entry that this one names."""


class RefusalReason(StrEnum):
    """The ground that a company gives (the seven of the Data Rights Protocol 1.0, and none at all)."""

    SUSPECTED_FRAUD = "suspected_fraud"
    INSUFFICIENT_VERIFICATION = "insufficient_verification"
    NO_MATCH = "no_match"
    CLAIM_NOT_COVERED = "claim_not_covered"
    OUTSIDE_JURISDICTION = "outside_jurisdiction"
    TOO_MANY_REQUESTS = "too_many_requests"
    OTHER = "other"
    NONE_GIVEN = "none_given"


class CloseReason(StrEnum):
    """Why a request was closed."""

    DONE = "done"
    GIVEN_UP = "given_up"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


class ProofGrade(StrEnum):
    """How well the day of an event is proven, the strongest first."""

    SERVER_ACCEPTED = "server_accepted"
    DELIVERY_RECEIPT = "delivery_receipt"
    AUTO_REPLY = "auto_reply"
    REGISTERED_POST = "registered_post"
    STATED = "stated"
    """The person says so."""
    PRESUMED = "presumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEvent:
    """One entry in a request's history.

    ``on`` is the day that the person states, ``recorded_at`` when the entry was made (UTC), ``sequence`` the
    order of entries in the vault. ``until`` is the new date of an extension. ``reason`` is the ground of a
    refusal, an extension or a closing: a code where the kind has a closed list, else the company's words.
    ``corrects`` names an earlier entry of the same request that this one replaces.
    """

    id: EventId
    kind: EventKind
    on: date
    recorded_at: datetime
    sequence: int = 0
    until: date | None = None
    reason: str = ""
    note: str = ""
    grade: ProofGrade = ProofGrade.STATED
    channel: Channel | None = None
    to_address: str = ""
    details: tuple[tuple[str, str], ...] = ()
    corrects: EventId | None = None

    def detail(self, name: str) -> str:
        """A named detail such as ``what`` (identity asked for) or ``amount``, or an empty string."""
        return dict(self.details).get(name, "")


class RequestStatus(StrEnum):
    """Where a request stands, read off its events. *Due soon*, *overdue* and *violated* depend on the day."""

    DRAFT = "draft"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    EXTENDED = "extended"
    COMPLETED = "completed"
    REFUSED = "refused"
    ESCALATED = "escalated"
    CLOSED = "closed"


OPEN_STATUSES = frozenset({RequestStatus.SENT, RequestStatus.ACKNOWLEDGED, RequestStatus.EXTENDED})
"""The company still owes something."""


class Attention(StrEnum):
    """What sits on an open request and waits for the person."""

    DELIVERY_FAILED = "delivery_failed"
    NEEDS_ANSWER = "needs_answer"
    SENDING_NOT_CONFIRMED = "sending_not_confirmed"


_STATUS_AFTER: dict[EventKind, RequestStatus] = {
    EventKind.SENT: RequestStatus.SENT,
    EventKind.ACKNOWLEDGED: RequestStatus.ACKNOWLEDGED,
    EventKind.EXTENDED: RequestStatus.EXTENDED,
    EventKind.COMPLETED: RequestStatus.COMPLETED,
    EventKind.REFUSED: RequestStatus.REFUSED,
    EventKind.COMPLAINT_LODGED: RequestStatus.ESCALATED,
    EventKind.CLOSED: RequestStatus.CLOSED,
}

_COUNTERED: dict[str, EventKind] = {
    LetterKind.COUNTER_IDENTITY: EventKind.IDENTITY_ASKED,
    LetterKind.COUNTER_FEE: EventKind.FEE_ASKED,
    LetterKind.COUNTER_FORM: EventKind.FORM_DEMANDED,
}
"""The question that a counter-letter answers; the entry of its sending names it by its detail ``letter``."""

_S, _E = RequestStatus, EventKind
_ALWAYS_WHEN_SENT = frozenset(
    {
        _E.RECEIVED, _E.BOUNCED, _E.PARTLY_COMPLETED, _E.IDENTITY_ASKED, _E.IDENTITY_GIVEN, _E.FEE_ASKED,
        _E.FEE_PAID, _E.CLARIFICATION_ASKED, _E.CLARIFICATION_RECEIVED, _E.FORM_DEMANDED, _E.ASKED_AGAIN,
        _E.UNSUBSCRIBE_FAILED, _E.MESSAGE_RECEIVED, _E.REGISTERED, _E.REMINDER_SENT, _E.APPEAL_SENT,
        _E.APPEAL_ANSWERED, _E.AUTHORITY_ANSWERED, _E.NOTE,
    }
)  # fmt: skip
ALLOWED: dict[RequestStatus, frozenset[EventKind]] = {
    _S.DRAFT: frozenset({_E.SENT, _E.CLOSED, _E.NOTE}),
    _S.SENT: _ALWAYS_WHEN_SENT
    | {_E.ACKNOWLEDGED, _E.EXTENDED, _E.COMPLETED, _E.REFUSED, _E.COMPLAINT_LODGED, _E.CLOSED, _E.SENT},
    _S.ACKNOWLEDGED: _ALWAYS_WHEN_SENT
    | {_E.EXTENDED, _E.COMPLETED, _E.REFUSED, _E.COMPLAINT_LODGED, _E.CLOSED},
    _S.EXTENDED: _ALWAYS_WHEN_SENT | {_E.EXTENDED, _E.COMPLETED, _E.REFUSED, _E.COMPLAINT_LODGED, _E.CLOSED},
    _S.COMPLETED: _ALWAYS_WHEN_SENT | {_E.REOPENED, _E.COMPLAINT_LODGED, _E.CLOSED},
    _S.REFUSED: _ALWAYS_WHEN_SENT | {_E.SENT, _E.COMPLETED, _E.COMPLAINT_LODGED, _E.CLOSED},
    _S.ESCALATED: _ALWAYS_WHEN_SENT | {_E.COMPLETED, _E.REFUSED, _E.CLOSED},
    _S.CLOSED: frozenset({_E.REOPENED, _E.NOTE}),
}
"""What may be recorded in each status. *Overdue* never blocks anything."""


def effective(events: tuple[RequestEvent, ...]) -> tuple[RequestEvent, ...]:
    """The entries that stand, in order of sequence: what a later standing entry corrects does not.

    A corrected entry's replacement takes its place in the history (its own day, the old position), so that a
    corrected sending date stays the first event. Entries that only take back are left out themselves.
    """
    void: set[EventId] = set()
    replaced: set[EventId] = set()
    for event in reversed(events):
        # what was replaced goes on keeping out what it had replaced itself; what was taken back does not
        if event.corrects is not None and (event.id not in void or event.id in replaced):
            void.add(event.corrects)
            if event.kind is not EventKind.TAKEN_BACK:
                replaced.add(event.corrects)
    place = {event.id: number for number, event in enumerate(events)}

    def position(event: RequestEvent) -> int:
        number = place[event.id]
        while event.corrects is not None and event.corrects in place:
            number = place[event.corrects]
            event = events[number]
        return number

    standing = [event for event in events if event.id not in void and event.kind is not EventKind.TAKEN_BACK]
    return tuple(sorted(standing, key=lambda event: (position(event), event.sequence)))


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOutRequest:
    """One person asking one company, under one right of one law, to stop.

    ``residence`` is where the person lives or lived as far as this request goes, which need not be where they
    live now. ``facts`` is what they say of their own, each fact once, in order. ``company_name`` and
    ``to_address`` are kept as they were when the letter went out. ``identity`` lists what the letter tells.
    ``rules`` names the snapshot of rules and calendars kept at sending, and is empty in a draft.
    ``addressee_place`` is where the company must act, or an empty string where nobody knows.
    """

    id: RequestId
    person: PersonId
    company: CompanyId
    company_name: str
    right: Right
    law: LawId
    residence: Place
    addressee_place: str = ""
    channel: Channel
    to_address: str = ""
    list_id: str = ""
    reference: str
    identity: frozenset[IdentityItem] = frozenset({IdentityItem.NAME, IdentityItem.EMAIL})
    customer_number: str = ""
    facts: tuple[tuple[RequestFact, str], ...] = ()
    created_on: date
    binned_on: date | None = None
    rules: str = ""
    events: tuple[RequestEvent, ...] = ()

    @property
    def history(self) -> tuple[RequestEvent, ...]:
        """The entries that stand, corrections applied."""
        return effective(self.events)

    @property
    def status(self) -> RequestStatus:
        """Read the status off the history; the stored copy is only a cache."""
        status = RequestStatus.DRAFT
        before_closing = RequestStatus.DRAFT
        for event in self.history:
            if event.kind is EventKind.REOPENED:
                status = before_closing if status is RequestStatus.CLOSED else RequestStatus.SENT
            elif (new := _STATUS_AFTER.get(event.kind)) is not None:
                if new is RequestStatus.CLOSED and status is not RequestStatus.CLOSED:
                    before_closing = status
                status = new
        return status

    @property
    def attention(self) -> Attention | None:
        """What waits for the person, or None; a closed or completed request wants nothing."""
        if self.status in {RequestStatus.DRAFT, RequestStatus.COMPLETED, RequestStatus.CLOSED}:
            return None
        waits: dict[Attention, bool] = {}
        questions: set[EventKind] = set()
        for event in self.history:
            match event.kind:
                case EventKind.BOUNCED:
                    waits[Attention.DELIVERY_FAILED] = True
                case EventKind.REMINDER_SENT:
                    waits.pop(Attention.DELIVERY_FAILED, None)
                    questions.discard(_COUNTERED.get(event.detail("letter"), event.kind))
                case EventKind.SENT | EventKind.REFUSED | EventKind.COMPLETED:
                    # a new sending starts anew, and whoever has decided no longer waits for an answer
                    waits.clear()
                    questions.clear()
                case (
                    EventKind.IDENTITY_ASKED
                    | EventKind.CLARIFICATION_ASKED
                    | EventKind.FEE_ASKED
                    | EventKind.FORM_DEMANDED
                ):
                    questions.add(event.kind)
                case EventKind.IDENTITY_GIVEN | EventKind.CLARIFICATION_RECEIVED | EventKind.FEE_PAID:
                    questions.clear()
            waits[Attention.NEEDS_ANSWER] = bool(questions)
        return next((flag for flag in Attention if waits.get(flag)), None)

    def last(self, *kinds: EventKind) -> RequestEvent | None:
        """The latest standing entry of these kinds, or None."""
        return next((event for event in reversed(self.history) if event.kind in kinds), None)

    def first(self, *kinds: EventKind) -> RequestEvent | None:
        """The earliest standing entry of these kinds, or None."""
        return next((event for event in self.history if event.kind in kinds), None)

    @property
    def sent_on(self) -> date | None:
        """The day of the sending that the clocks run from: the last one, or None for a draft."""
        event = self.last(EventKind.SENT)
        return event.on if event else None

    def with_event(self, event: RequestEvent) -> OptOutRequest:
        """The request with one more entry."""
        return replace(self, events=(*self.events, event))

    def allows(self, kind: EventKind) -> bool:
        """True where ``kind`` may be recorded in the present status.

        What came back may be sent again, and who registered may do so again: nobody's deadline is moved by it.
        """
        if kind is EventKind.SENT and self.attention is Attention.DELIVERY_FAILED:
            return True
        if kind is EventKind.SENT and register_in(self.law) is not None and self.status in OPEN_STATUSES:
            return True
        return kind in ALLOWED[self.status]

    def before(self, event: RequestEvent) -> OptOutRequest:
        """The request as it stood before a standing entry, so that its replacement is held against that."""
        history = self.history
        return replace(self, events=history[: history.index(event)])

    def first_impossible(self) -> RequestEvent | None:
        """The first standing entry that those before it do not allow, or None where the history holds."""
        history = self.history
        for number, event in enumerate(history):
            earlier = replace(self, events=history[:number])
            sent_on = earlier.sent_on
            if not earlier.allows(event.kind):
                return event
            if event.kind is not EventKind.SENT and sent_on is not None and event.on < sent_on:
                return event
        return None

    def vouched(self) -> frozenset[EventId]:
        """The ids of the entries that stand, and of those that a standing entry replaces."""
        by_id = {event.id: event for event in self.events}
        found: set[EventId] = set()
        for event in self.history:
            link: EventId | None = event.id
            while link is not None and link in by_id:
                found.add(link)
                link = by_id[link].corrects
        return frozenset(found)
