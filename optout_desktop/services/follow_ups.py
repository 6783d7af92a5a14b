# SPDX-License-Identifier: Apache-2.0
"""Letters that follow a request: which ones fit now, what they say of it, and the day that they ask for.

An appeal follows a refusal where the law gives one; a complaint to the company itself where the law makes the
company answer it; an objection to an extension where the extension is doubtful under the law. A counter-letter
answers one entry, a deflection, and fits until it was sent or the company changed its mind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from optout_desktop.domain.agenda import Bucket, bucket_of
from optout_desktop.domain.clocks import Clock, ClockState
from optout_desktop.domain.ids import EventId, register_in
from optout_desktop.domain.laws import Law, Step
from optout_desktop.domain.letters import COUNTER_KINDS, LetterKind
from optout_desktop.domain.requests import (
    OPEN_STATUSES,
    EventKind,
    OptOutRequest,
    ProofGrade,
    RefusalReason,
    RequestEvent,
    RequestStatus,
)
from optout_desktop.domain.rights import REGISTER_RIGHTS, Right
from optout_desktop.domain.running import main_clock

EVENT_OF = {
    LetterKind.REQUEST: EventKind.SENT,
    LetterKind.REMINDER: EventKind.REMINDER_SENT,
    LetterKind.APPEAL: EventKind.APPEAL_SENT,
    LetterKind.COMPLAINT: EventKind.COMPLAINT_LODGED,
    LetterKind.EXTENSION_OBJECTION: EventKind.REMINDER_SENT,
    LetterKind.SECOND_REMINDER: EventKind.REMINDER_SENT,
    LetterKind.WHAT_WAS_KEPT: EventKind.NOTE,
    **dict.fromkeys(COUNTER_KINDS, EventKind.REMINDER_SENT),
}
"""What is recorded when a letter was sent."""

DETAILS_OF: dict[LetterKind, tuple[tuple[str, str], ...]] = {
    LetterKind.COMPLAINT: (("to", "company"),),
    **{
        kind: (("letter", kind),)
        for kind in (
            LetterKind.EXTENSION_OBJECTION,
            LetterKind.SECOND_REMINDER,
            LetterKind.WHAT_WAS_KEPT,
            *COUNTER_KINDS,
        )
    },
}
"""The details by which such an entry is told from others of its kind."""

_LETTER = "letter"
"""The detail that says which letter an entry is about; a plain reminder has none."""

_DEFLECTIONS = {
    LetterKind.COUNTER_IDENTITY: (EventKind.IDENTITY_ASKED, EventKind.IDENTITY_GIVEN),
    LetterKind.COUNTER_FORM: (EventKind.FORM_DEMANDED, None),
    LetterKind.COUNTER_FEE: (EventKind.FEE_ASKED, EventKind.FEE_PAID),
    LetterKind.COUNTER_PARTIAL: (EventKind.PARTLY_COMPLETED, None),
}
"""The entry that a counter-letter answers, and the one after which there is nothing to answer."""

_REFUSALS = {
    LetterKind.COUNTER_WRONG_ENTITY: frozenset({RefusalReason.OTHER}),
    LetterKind.COUNTER_EXEMPT: frozenset(
        {RefusalReason.CLAIM_NOT_COVERED, RefusalReason.OUTSIDE_JURISDICTION, RefusalReason.OTHER}
    ),
    LetterKind.COUNTER_NO_DATA: frozenset({RefusalReason.NO_MATCH}),
    LetterKind.COUNTER_NO_REASON: frozenset({RefusalReason.NONE_GIVEN}),
}
"""The grounds of a refusal that a counter-letter answers."""

_WORDS_OF_THE_COMPANY = frozenset(
    {
        *(EventKind.ACKNOWLEDGED, EventKind.EXTENDED, EventKind.COMPLETED, EventKind.PARTLY_COMPLETED),
        *(EventKind.REFUSED, EventKind.IDENTITY_ASKED, EventKind.FEE_ASKED, EventKind.CLARIFICATION_ASKED),
        *(EventKind.FORM_DEMANDED, EventKind.APPEAL_ANSWERED),
    }
)
"""Entries that say that the company wrote something."""

_SAYS_NO_DAY = frozenset({LetterKind.REMINDER, LetterKind.SECOND_REMINDER, LetterKind.WHAT_WAS_KEPT})
"""Letters that name no day for the answer: it has passed, or the law sets none."""

_WHY_NOT = {
    LetterKind.APPEAL: "An appeal follows a refusal, under a law that gives one.",
    LetterKind.COMPLAINT: "This law does not make the company answer a complaint, or the request was not sent.",
    LetterKind.EXTENSION_OBJECTION: "The company took no extension that would be doubtful under this law.",
    LetterKind.SECOND_REMINDER: "A second reminder follows a reminder, once the day of the answer has passed.",
    LetterKind.WHAT_WAS_KEPT: "This letter follows an entry that the company has done what was asked.",
    LetterKind.COUNTER_LANGUAGE: "The company has not answered, or this was sent after its last answer.",
}
_NOTHING_TO_COUNTER = "This letter answers something that the company has not said, or that was answered."


def follow_ups(
    request: OptOutRequest, law: Law, clocks: tuple[Clock, ...], today: date
) -> tuple[LetterKind, ...]:
    """The letters beside a reminder that fit a request now; none follows what a register does."""
    if request.right in REGISTER_RIGHTS:
        return ()
    fits = {
        LetterKind.APPEAL: _can_appeal(request, law),
        LetterKind.COMPLAINT: request.sent_on is not None
        and request.status not in {RequestStatus.COMPLETED, RequestStatus.CLOSED}
        and bool(law.rules_for(Right.COMPLAINT_TO_CONTROLLER, today))
        and law.offers(Right.COMPLAINT_TO_CONTROLLER) is not None,
        LetterKind.EXTENSION_OBJECTION: request.status is RequestStatus.EXTENDED and _doubt(clocks) != "",
        **{kind: answered_entry(kind, request) is not None for kind in (*_DEFLECTIONS, *_REFUSALS)},
        LetterKind.SECOND_REMINDER: _can_remind_again(request, clocks, today),
        LetterKind.WHAT_WAS_KEPT: answered_entry(LetterKind.WHAT_WAS_KEPT, request) is not None,
        LetterKind.COUNTER_LANGUAGE: answered_entry(LetterKind.COUNTER_LANGUAGE, request) is not None,
    }
    return tuple(kind for kind, is_fit in fits.items() if is_fit)


def why_not(kind: LetterKind) -> str:
    """Why a letter does not fit, in a sentence."""
    return _WHY_NOT.get(kind, _NOTHING_TO_COUNTER)


def answered_entry(kind: LetterKind, request: OptOutRequest) -> RequestEvent | None:
    """The entry that a counter-letter, or the question what was kept, answers; None where it does not fit.

    Entries before the last sending do not count, nor does what was answered by the same letter before.
    """
    if not _fits_status(kind, request.status):
        return None
    for entry in reversed(_since_sending(request)):
        if entry.detail(_LETTER) == kind or _is_settled(kind, entry):
            return None
        if _answers(kind, entry):
            return entry
    return None


def _fits_status(kind: LetterKind, status: RequestStatus) -> bool:
    if kind in _REFUSALS:
        return status is RequestStatus.REFUSED
    if kind is LetterKind.WHAT_WAS_KEPT:
        return status is RequestStatus.COMPLETED
    is_over = status in {RequestStatus.DRAFT, RequestStatus.CLOSED}
    return not is_over and (status is not RequestStatus.COMPLETED or kind is LetterKind.COUNTER_LANGUAGE)


def _answers(kind: LetterKind, entry: RequestEvent) -> bool:
    if kind in _DEFLECTIONS:
        return entry.kind is _DEFLECTIONS[kind][0]
    if kind in _REFUSALS:
        return entry.kind is EventKind.REFUSED and entry.reason in _REFUSALS[kind]
    if kind is LetterKind.WHAT_WAS_KEPT:
        return entry.kind is EventKind.COMPLETED
    return kind is LetterKind.COUNTER_LANGUAGE and entry.kind in _WORDS_OF_THE_COMPANY


def _is_settled(kind: LetterKind, entry: RequestEvent) -> bool:
    """True for what leaves nothing to answer: what was asked was given, another ground was named last, or an appeal
    speaks for the person now.
    """
    if kind in _DEFLECTIONS:
        return entry.kind is _DEFLECTIONS[kind][1]
    if entry.kind is EventKind.APPEAL_SENT:
        return True
    return kind in _REFUSALS and entry.kind is EventKind.REFUSED and entry.reason not in _REFUSALS[kind]


def _since_sending(request: OptOutRequest) -> tuple[RequestEvent, ...]:
    """The entries after the last sending; a draft has none."""
    history = request.history
    sendings = [number for number, entry in enumerate(history) if entry.kind is EventKind.SENT]
    return history[sendings[-1] + 1 :] if sendings else ()


def _can_remind_again(request: OptOutRequest, clocks: tuple[Clock, ...], today: date) -> bool:
    """True once a plain reminder was sent, the day has passed, and no second one was sent since."""
    letters = [one.detail(_LETTER) for one in _since_sending(request) if one.kind is EventKind.REMINDER_SENT]
    deadline = main_clock(clocks)
    is_late = deadline is not None and deadline.state(today) is ClockState.MISSED
    is_reminded = "" in letters and LetterKind.SECOND_REMINDER not in letters
    return request.status in OPEN_STATUSES and is_late and is_reminded


def answer_by(kind: LetterKind, deadline: Clock | None, today: date) -> date | None:
    """The day that a letter asks an answer by; a follow-up never names one that has passed."""
    due = deadline.dates.due if deadline and deadline.dates else None
    if due is None or kind in _SAYS_NO_DAY:
        return None
    return None if kind in COUNTER_KINDS and due < today else due


def expected_clock(
    kind: LetterKind,
    request: OptOutRequest,
    now: datetime,
    counted: Callable[[OptOutRequest], tuple[Clock, ...]],
) -> Clock | None:
    """The clock by which a letter must be answered if it went out today, or None where the law has none."""
    event = RequestEvent(
        id=EventId(""),
        kind=EVENT_OF[kind],
        on=now.date(),
        recorded_at=now,
        grade=ProofGrade.STATED,
        channel=request.channel,
        details=DETAILS_OF.get(kind, ()),
    )
    clocks = counted(request.with_event(replace(event, sequence=len(request.events) + 1)))
    if kind is LetterKind.APPEAL:
        return next((one for one in clocks if one.step is Step.APPEAL_ANSWER and one.dates), None)
    if kind is LetterKind.COMPLAINT:
        right = Right.COMPLAINT_TO_CONTROLLER
        return next((one for one in clocks if right in one.rule.rights and one.dates), None)
    return main_clock(clocks)


def said_of(kind: LetterKind, request: OptOutRequest, clocks: tuple[Clock, ...]) -> dict[str, Any]:
    """What a follow-up letter says of what has happened, by the names of ``LetterFacts``."""
    refused = request.last(EventKind.REFUSED)
    extended = request.last(EventKind.EXTENDED)
    answered = answered_entry(kind, request)
    done = request.last(EventKind.COMPLETED)
    doubtful = next((one for one in clocks if one.extension_doubt), None)
    unextended = doubtful.unextended.due if doubtful and doubtful.unextended else None
    return {
        "refused_on": refused.on if refused else None,
        "refusal_reason": refused.reason if refused else "",
        "extended_on": extended.on if extended else None,
        "extended_until": extended.until if extended else None,
        "extension_doubt": doubtful.extension_doubt if doubtful else "",
        "unextended_due_on": unextended,
        "answered_on": answered.on if answered else None,
        "demanded": answered.detail("what") if answered else "",
        "fee": answered.detail("amount") if answered else "",
        "done_on": done.on if done else None,
    }


def citation_for(kind: LetterKind, law: Law, clocks: tuple[Clock, ...]) -> str:
    """The provision that a follow-up letter rests on, or an empty text."""
    if kind is LetterKind.APPEAL:
        offered = law.offers(Right.APPEAL)
        return law.appeal.citation or (offered.citation if offered else "")
    if kind is LetterKind.COMPLAINT:
        offered = law.offers(Right.COMPLAINT_TO_CONTROLLER)
        return offered.citation if offered else ""
    if kind is LetterKind.EXTENSION_OBJECTION:
        doubtful = next((one for one in clocks if one.extension_doubt), None)
        extension = doubtful.rule.extension if doubtful else None
        return (extension.citation if extension else "") or (doubtful.rule.citation if doubtful else "")
    return ""


def takes_no_letter(request: OptOutRequest) -> str:
    """Why there is no letter where a register stands in the place of a company; an empty text elsewhere."""
    known = register_in(request.law)
    if known is None and request.right not in REGISTER_RIGHTS:
        return ""
    told = f"{request.company_name} is a register, and a register takes no letter"
    if known is None:
        told = "For this right one registers, and a register takes no letter"
    return f"{told}: see its steps under Laws, Registers."


def _can_appeal(request: OptOutRequest, law: Law) -> bool:
    """True after a refusal that a law lets one appeal against, unless an appeal already waits for its answer."""
    gives_appeal = law.appeal.is_available or law.offers(Right.APPEAL) is not None
    is_refused = request.status is RequestStatus.REFUSED
    has_appealed = request.last(EventKind.APPEAL_SENT) is not None
    return is_refused and gives_appeal and not has_appealed and bucket_of(request) is Bucket.NEEDS_YOU


def _doubt(clocks: tuple[Clock, ...]) -> str:
    return next((str(one.extension_doubt) for one in clocks if one.extension_doubt), "")
