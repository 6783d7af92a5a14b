# SPDX-License-Identifier: Apache-2.0
"""What is said about messages on their way: the countdown, the server's word, and the one question."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QWidget

from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import Delivery, DeliveryEvent, DeliveryStep, OutgoingMessage
from optout_desktop.gui import dialogs, wording
from optout_desktop.gui.dialogs import Verb
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.labels import shown
from optout_desktop.services.desk import Desk
from optout_desktop.services.dispatch import GAVE_UP
from optout_desktop.services.outbox import INTERRUPTED
from optout_desktop.services.outgoing import UNDONE

_SENT, _NOT_SENT, _LATER = "sent", "not_sent", "later"


def tr(text: str) -> str:
    """The sentence in the person's language."""
    return QCoreApplication.translate("post_words", text)


# ── toasts ───────────────────────────────────────────────────────────────────────────────────────────


def counting(to: str, seconds: float) -> str:
    """How long a message can still be taken back."""
    return tr("Sending to {to} in {seconds} s…").format(to=shown(to), seconds=max(math.ceil(seconds), 1))


def undo(to: str) -> str:
    """What Edit › Undo says meanwhile."""
    return tr("&Undo sending to {to}").format(to=shown(to).replace("&", "&&"))


def leaving(to: str) -> str:
    """Its time is up."""
    return tr("Sending to {to} now…").format(to=shown(to))


def taken_back() -> str:
    """It was taken back in time."""
    return tr("Taken back. Nothing was sent.")


def show() -> str:
    """The button that leads to the outbox."""
    return tr("S&how")


def accepted(message: OutgoingMessage, due_words: str) -> str:
    """The server's acceptance, or the person's word; and when the answer is due."""
    last = _word(message)
    words = tr("Recorded as sent.")
    if last.code:
        words = tr("Sent. The server accepted it ({code}).").format(code=last.code)
    return tr("{sentence} {due}").format(sentence=words, due=due_words) if due_words else words


def not_sent(message: OutgoingMessage) -> str:
    """A message that did not leave, why, and what comes next."""
    last, to = _word(message), shown(", ".join(message.recipients))
    if message.delivery is Delivery.WAITING:
        words = tr("Not sent to {to} yet: {why} It is tried again by itself.")
    elif not last.reply:
        return tr("Recorded as not sent. The letter can be sent again.")
    else:
        words = tr("Not sent to {to}: {why} The letter is still a draft.")
    return words.format(to=to, why=as_sentence(said(last)))


def recovered(count: int) -> str:
    """What an earlier run left open."""
    if count == 1:
        return tr("The app ended while a letter was being sent. It may or may not have arrived.")
    return tr(
        "The app ended while {count} letters were being sent. They may or may not have arrived."
    ).format(count=count)


def problem(error: OptOutError) -> str:
    """What keeps an account from being used."""
    return tr("{what} The outbox waits until you go on.").format(what=as_sentence(words_for(error).title))


def due(desk: Desk, message: OutgoingMessage) -> str:
    """When the answer to a letter that was accepted is due, or an empty text. On the vault's thread."""
    if message.delivery is not Delivery.ACCEPTED or message.kind is not LetterKind.REQUEST:
        return ""
    due_on = desk.requests.detail(message.request).overview.due_on
    return "" if due_on is None else tr("Answer due {day}.").format(day=wording.long_date(due_on))


# ── the question ─────────────────────────────────────────────────────────────────────────────────────


def ask_what_became(parent: QWidget | None, message: OutgoingMessage) -> bool | None:
    """Whether a message was sent, by the person's word; None where they do not know yet."""
    text = tr(
        "The message to {to} may or may not have arrived. Look into the Sent folder of {sender}, "
        "or ask the company. It is not sent again by itself."
    ).format(to=shown(", ".join(message.recipients)), sender=shown(message.sender))
    verbs = (
        Verb(key=_SENT, words=tr("It was &sent")),
        Verb(key=_NOT_SENT, words=tr("&Not sent")),
        Verb(key=_LATER, words=tr("Decide &later")),
    )
    answer = dialogs.choose(
        parent, tr("The connection broke after the message was handed over"), text, verbs, safe=_LATER
    )
    return {_SENT: True, _NOT_SENT: False}.get(answer or _LATER)


# ── where a message stands ───────────────────────────────────────────────────────────────────────────


def state(message: OutgoingMessage, *, is_paused: bool = False) -> str:  # noqa: PLR0911 - one line a state
    """Where a message stands, in a few words."""
    last = _word(message)
    match message.delivery:
        case Delivery.WAITING if is_paused:
            return tr("Waiting, paused")
        case Delivery.WAITING:
            words = tr("Tried again at {time}") if message.attempts else tr("Waiting, goes at {time}")
            return words.format(time=when(message))
        case Delivery.UNDER_WAY:
            return tr("Being sent now")
        case Delivery.ACCEPTED if last.code:
            return tr("Accepted by the server ({code})").format(code=last.code)
        case Delivery.ACCEPTED:
            return tr("Sent, as you said")
        case Delivery.REFUSED if last.reply.startswith(GAVE_UP):
            return tr("Given up")
        case Delivery.REFUSED:
            return tr("Refused") if last.reply else tr("Not sent, as you said")
        case Delivery.UNCERTAIN:
            return tr("Was it sent?")
        case Delivery.CANCELLED:
            return tr("Cancelled")


def in_the_outbox(message: OutgoingMessage) -> str:
    """Where a letter stands that is in the outbox, in a sentence."""
    match message.delivery:
        case Delivery.WAITING if not message.attempts:
            words = tr("Waiting in the outbox, goes at {time}.")
        case Delivery.WAITING:
            words = tr("Waiting in the outbox, tried again at {time}.")
        case Delivery.UNDER_WAY:
            words = tr("Being sent now.")
        case _:
            words = tr("It may or may not have arrived. Say whether it was sent.")
    return words.format(time=when(message))


def when(message: OutgoingMessage) -> str:
    """When a waiting message goes, as the clock on the wall shows it."""
    return QLocale().toString(wording.here(message.not_before_at).time(), "HH:mm")


def said(event: DeliveryEvent) -> str:
    """A server's last words, or why there are none."""
    match event.reply:
        case text if text == INTERRUPTED:
            return tr("The app ended before the text left.")
        case text if text == UNDONE:
            return tr("You took your word back.")
        case text if event.code and not text.startswith(str(event.code)):
            return shown(f"{event.code} {text}".strip())
        case text:
            return shown(text) if text else ""


def last_words(message: OutgoingMessage) -> str:
    """What was said last about a message, and whether a copy of it was kept."""
    words = said(_word(message))
    last = message.events[-1]
    if last.step is DeliveryStep.FILED:
        copy = tr("A copy lies in “{folder}”.").format(folder=shown(last.reply))
    elif last.step is DeliveryStep.NOT_FILED:
        copy = tr("No copy could be put into the Sent folder: {why}").format(why=shown(last.reply))
    else:
        return words
    return tr("{words} {copy}").format(words=as_sentence(words), copy=copy) if words else copy


def letter(kind: LetterKind) -> str:
    """What kind of letter it is, in a word or two."""
    return {
        LetterKind.REQUEST: tr("Request"),
        LetterKind.REMINDER: tr("Reminder"),
        LetterKind.SECOND_REMINDER: tr("Last reminder"),
        LetterKind.APPEAL: tr("Appeal"),
        LetterKind.COMPLAINT: tr("Complaint"),
        LetterKind.EXTENSION_OBJECTION: tr("Objection"),
        LetterKind.WHAT_WAS_KEPT: tr("Question"),
    }.get(kind, tr("Answer"))


def as_sentence(words: str) -> str:
    """Foreign words with an end, so that a sentence can follow them."""
    bare = words.rstrip("\u2069 ")
    return words if not bare or bare.endswith((".", "!", "?", "…")) else tr("{words}.").format(words=words)


def _word(message: OutgoingMessage) -> DeliveryEvent:
    """The last step that says where it stands; a copy that was filed or not says nothing of it."""
    copies = {DeliveryStep.FILED, DeliveryStep.NOT_FILED}
    return next(one for one in reversed(message.events) if one.step not in copies)
