# SPDX-License-Identifier: Apache-2.0
"""Letters that follow a request: which ones fit now, what they say of it, and the day that they ask for.

An appeal follows a refusal where the law gives one; a complaint to the company itself where the law makes the
company answer it; an objection to an extension where the extension is doubtful under the law.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from optout_desktop.domain.agenda import Bucket, bucket_of
from optout_desktop.domain.clocks import Clock
from optout_desktop.domain.ids import EventId, register_in
from optout_desktop.domain.laws import Law, Step
from optout_desktop.domain.letters import COUNTER_KINDS, LetterKind
from optout_desktop.domain.requests import EventKind, OptOutRequest, ProofGrade, RequestEvent, RequestStatus
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
    }
    return tuple(kind for kind, is_fit in fits.items() if is_fit)


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


def said_of(request: OptOutRequest, clocks: tuple[Clock, ...]) -> dict[str, Any]:
    """What a follow-up letter says of a refusal and of an extension, by the names of ``LetterFacts``."""
    refused = request.last(EventKind.REFUSED)
    extended = request.last(EventKind.EXTENDED)
    doubtful = next((one for one in clocks if one.extension_doubt), None)
    unextended = doubtful.unextended.due if doubtful and doubtful.unextended else None
    return {
        "refused_on": refused.on if refused else None,
        "refusal_reason": refused.reason if refused else "",
        "extended_on": extended.on if extended else None,
        "extended_until": extended.until if extended else None,
        "extension_doubt": doubtful.extension_doubt if doubtful else "",
        "unextended_due_on": unextended,
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
