# SPDX-License-Identifier: Apache-2.0
"""What can be recorded of a request, by menu, and the words with which each thing is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.agenda import NextStep
from optout_desktop.domain.ids import REGISTER_PREFIX
from optout_desktop.domain.requests import EventKind, OptOutRequest
from optout_desktop.domain.rights import Right
from optout_desktop.gui import wording

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
    """Some kinds of entry under one heading of a menu."""

    title: str
    kinds: tuple[EventKind, ...]


def reply_menu(request: OptOutRequest) -> tuple[MenuGroup, ...]:
    """What a company may have replied, as far as the request's status allows it."""
    groups = (
        MenuGroup(title=tr("The company replied"), kinds=REPLIES),
        MenuGroup(title=tr("It asked me"), kinds=QUESTIONS),
        MenuGroup(title=tr("About the delivery"), kinds=DELIVERY),
        MenuGroup(title=tr("About the register"), kinds=REGISTRATION if is_registration(request) else ()),
        MenuGroup(title=tr("I answered"), kinds=ANSWERS),
        MenuGroup(title=tr("Afterwards"), kinds=AFTERWARDS),
        MenuGroup(title=tr("Appeal and complaint"), kinds=GOING_FURTHER),
    )
    return _allowed(groups, request)


_REGISTERS = frozenset(
    {
        Right.DO_NOT_CALL_REGISTRY,
        Right.PRESCREEN_OPTOUT,
        Right.BROKER_DELETION_PLATFORM,
        Right.MAIL_PREFERENCE_REGISTER,
        Right.ADVERTISING_CHOICE,
        Right.BROWSER_SIGNAL,
    }
)


def is_registration(request: OptOutRequest) -> bool:
    """True where a register or a platform confirms, and not a company."""
    return request.right in _REGISTERS or request.law.startswith(REGISTER_PREFIX)


def answer_menu(request: OptOutRequest) -> tuple[MenuGroup, ...]:
    """What a person may have answered; the answer to the open question comes first."""
    asked = request.last(*QUESTIONS)
    first = _ANSWER_TO[asked.kind] if asked else EventKind.CLARIFICATION_RECEIVED
    kinds = (first, *(kind for kind in ANSWERS if kind is not first))
    return _allowed((MenuGroup(title=tr("I answered"), kinds=kinds),), request)


def respond_menu(request: OptOutRequest) -> tuple[MenuGroup, ...]:
    """What may follow a refusal."""
    groups = (
        MenuGroup(title=tr("What I did"), kinds=(EventKind.APPEAL_SENT, EventKind.COMPLAINT_LODGED)),
        MenuGroup(title=tr("The company replied"), kinds=(EventKind.COMPLETED, EventKind.APPEAL_ANSWERED)),
    )
    return _allowed(groups, request)


def _allowed(groups: tuple[MenuGroup, ...], request: OptOutRequest) -> tuple[MenuGroup, ...]:
    kept = (
        MenuGroup(title=group.title, kinds=tuple(kind for kind in group.kinds if request.allows(kind)))
        for group in groups
    )
    return tuple(group for group in kept if group.kinds)


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
