# SPDX-License-Identifier: Apache-2.0
"""What can be recorded of a request, by menu, and the words with which each thing is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.agenda import NextStep
from optout_desktop.domain.ids import register_in
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.requests import EventKind, OptOutRequest
from optout_desktop.domain.rights import REGISTER_RIGHTS
from optout_desktop.gui import wording
from optout_desktop.services.requests import RequestDetail

REPLIES = (
    EventKind.ACKNOWLEDGED,
    EventKind.EXTENDED,
    EventKind.COMPLETED,
    EventKind.PARTLY_COMPLETED,
    EventKind.REFUSED,
)
QUESTIONS = (
    EventKind.IDENTITY_ASKED,
    EventKind.CLARIFICATION_ASKED,
    EventKind.FEE_ASKED,
    EventKind.FORM_DEMANDED,
)
DELIVERY = (EventKind.BOUNCED, EventKind.RECEIVED)
ANSWERS = (EventKind.IDENTITY_GIVEN, EventKind.CLARIFICATION_RECEIVED, EventKind.FEE_PAID)
AFTERWARDS = (EventKind.MESSAGE_RECEIVED, EventKind.ASKED_AGAIN, EventKind.UNSUBSCRIBE_FAILED)
GOING_FURTHER = (
    EventKind.APPEAL_SENT,
    EventKind.APPEAL_ANSWERED,
    EventKind.COMPLAINT_LODGED,
    EventKind.AUTHORITY_ANSWERED,
)
REGISTRATION = (EventKind.REGISTERED,)

_ANSWER_TO = {
    EventKind.IDENTITY_ASKED: EventKind.IDENTITY_GIVEN,
    EventKind.CLARIFICATION_ASKED: EventKind.CLARIFICATION_RECEIVED,
    EventKind.FEE_ASKED: EventKind.FEE_PAID,
    EventKind.FORM_DEMANDED: EventKind.CLARIFICATION_RECEIVED,
}


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("entries", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuGroup:
    """Some letters to write, or some kinds of entry, under one heading of a menu."""

    title: str
    kinds: tuple[EventKind, ...] = ()
    letters: tuple[LetterKind, ...] = ()


def reply_menu(detail: RequestDetail) -> tuple[MenuGroup, ...]:
    """What a company may have replied, as far as the request's status allows it, and the letters that fit.

    While an appeal waits, its answer comes first.
    """
    request = detail.request
    is_appealed = detail.overview.waits_for_appeal
    replies = (EventKind.APPEAL_ANSWERED, *REPLIES) if is_appealed else REPLIES
    further = tuple(kind for kind in GOING_FURTHER if kind not in replies)
    groups = (
        MenuGroup(title=tr("The company replied"), kinds=replies),
        MenuGroup(title=tr("It asked me"), kinds=QUESTIONS),
        MenuGroup(title=tr("About the delivery"), kinds=DELIVERY),
        MenuGroup(title=tr("About the register"), kinds=REGISTRATION if is_registration(request) else ()),
        MenuGroup(title=tr("I answered"), kinds=ANSWERS),
        MenuGroup(title=tr("Afterwards"), kinds=AFTERWARDS),
        MenuGroup(title=tr("Appeal and complaint"), kinds=further),
        MenuGroup(title=tr("Letters I can write"), letters=detail.follow_ups),
    )
    return _allowed(groups, request)


def is_registration(request: OptOutRequest) -> bool:
    """True where a register or a platform confirms, and not a company."""
    return request.right in REGISTER_RIGHTS or register_in(request.law) is not None


def answer_menu(detail: RequestDetail) -> tuple[MenuGroup, ...]:
    """What a person may have answered; the answer to the open question comes first."""
    request = detail.request
    asked = request.last(*QUESTIONS)
    first = _ANSWER_TO[asked.kind] if asked else EventKind.CLARIFICATION_RECEIVED
    kinds = (first, *(kind for kind in ANSWERS if kind is not first))
    return _allowed((MenuGroup(title=tr("I answered"), kinds=kinds),), request)


def respond_menu(detail: RequestDetail) -> tuple[MenuGroup, ...]:
    """What may follow a refusal: the letters that fit it, and what was done without the app.

    Where an appeal was not answered in time, a complaint comes first.
    """
    is_appealed = detail.overview.waits_for_appeal
    did = (EventKind.APPEAL_SENT, EventKind.COMPLAINT_LODGED)
    replies = (EventKind.COMPLETED, EventKind.APPEAL_ANSWERED)
    groups = (
        MenuGroup(title=tr("Letters I can write"), letters=detail.follow_ups),
        MenuGroup(title=tr("What I did"), kinds=did[::-1] if is_appealed else did),
        MenuGroup(title=tr("The company replied"), kinds=replies[::-1] if is_appealed else replies),
    )
    return _allowed(groups, detail.request)


def _allowed(groups: tuple[MenuGroup, ...], request: OptOutRequest) -> tuple[MenuGroup, ...]:
    kept = (
        replace(group, kinds=tuple(kind for kind in group.kinds if request.allows(kind))) for group in groups
    )
    return tuple(group for group in kept if group.kinds or group.letters)


MENU_OF_STEP = {
    NextStep.RECORD_REPLY: reply_menu,
    NextStep.ANSWER: answer_menu,
    NextStep.RESPOND: respond_menu,
}
"""Next steps that are a choice of entries."""

ENTRY_OF_STEP = {
    NextStep.CLOSE: EventKind.CLOSED,
    NextStep.RECORD_AUTHORITY_ANSWER: EventKind.AUTHORITY_ANSWERED,
    NextStep.REOPEN: EventKind.REOPENED,
}
"""Next steps that are one entry."""


def menu_words(kind: EventKind) -> str:
    """A kind of entry in a menu; the points say that something is asked."""
    return tr("{event}…").format(event=wording.event(kind))


def date_words(kind: EventKind) -> str:
    """What the day of an entry is called in its form."""
    if kind in {*REPLIES, *QUESTIONS, *AFTERWARDS, EventKind.AUTHORITY_ANSWERED, EventKind.APPEAL_ANSWERED}:
        return tr("&Received on")
    if kind in {EventKind.SENT, EventKind.REMINDER_SENT, EventKind.APPEAL_SENT, *ANSWERS}:
        return tr("&Sent on")
    return tr("&Happened on")


def what_words(kind: EventKind) -> str:
    """What the company wants, as a field asks for it; empty for kinds without that field."""
    return {
        EventKind.IDENTITY_ASKED: tr("&What do they ask for?"),
        EventKind.CLARIFICATION_ASKED: tr("&What do they ask?"),
        EventKind.FEE_ASKED: tr("&How much?"),
        EventKind.FORM_DEMANDED: tr("&Which form?"),
        EventKind.COMPLAINT_LODGED: tr("&Reference, if you have one"),
        EventKind.UNSUBSCRIBE_FAILED: tr("&What went wrong?"),
        EventKind.MESSAGE_RECEIVED: tr("&Which message? Sender and subject are enough"),
    }.get(kind, "")


DETAIL_NAMES = {
    EventKind.IDENTITY_ASKED: "what",
    EventKind.CLARIFICATION_ASKED: "what",
    EventKind.FEE_ASKED: "amount",
    EventKind.FORM_DEMANDED: "what",
    EventKind.COMPLAINT_LODGED: "reference",
    EventKind.UNSUBSCRIBE_FAILED: "what",
    EventKind.MESSAGE_RECEIVED: "what",
}
"""Under which name the field is kept in the entry's details."""
