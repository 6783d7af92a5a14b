# SPDX-License-Identifier: Apache-2.0
"""Entries that a letter, a call or the post left in the history, in sentences; none for other entries."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.requests import EventKind, OptOutRequest, RequestEvent
from optout_desktop.gui import letter_words, wording
from optout_desktop.gui.labels import shown
from optout_desktop.gui.requests.sentences import by_way
from optout_desktop.gui.wording import long_date
from optout_desktop.services.sending import SPOKE_WITH, TICKET, TRACKING
from optout_desktop.services.what_was_kept import KEPT


def tr(text: str) -> str:
    """The sentence in the person's language."""
    return QCoreApplication.translate("letter_entries", text)


def letter_sentence(event: RequestEvent, request: OptOutRequest) -> str:
    """What such an entry says; empty where it is of another kind."""
    if event.kind is EventKind.NOTE and event.detail(KEPT):
        return kept_sentence(event)
    channel = event.channel or request.channel
    if kind := _letter(event):
        words = letter_words.to_write(kind).rstrip("…")
        if kind is LetterKind.WHAT_WAS_KEPT:
            return tr("You asked {way} what was kept").format(way=by_way(channel))
        return tr("{letter} – sent {way}").format(letter=words, way=by_way(channel))
    if event.kind in {EventKind.SENT, EventKind.REMINDER_SENT} and channel is Channel.CALL:
        return _call(event)
    if number := event.detail(TRACKING):
        return _post(event, request, number)
    return ""


def kept_sentence(event: RequestEvent) -> str:
    """What the company said that it keeps."""
    kept = shown(" ".join(event.detail(KEPT).split()))
    if event.until is None:
        return tr("They keep, without naming an end: {what}").format(what=kept)
    return tr("They keep until {day}: {what}").format(day=long_date(event.until), what=kept)


def _letter(event: RequestEvent) -> LetterKind | None:
    name = event.detail("letter")
    is_known = event.kind in {EventKind.NOTE, EventKind.REMINDER_SENT} and name in set(LetterKind)
    return LetterKind(name) if is_known else None


def _call(event: RequestEvent) -> str:
    is_first = event.kind is EventKind.SENT
    words = tr("You asked by telephone") if is_first else tr("You reminded by telephone")
    name, ticket = event.detail(SPOKE_WITH), event.detail(TICKET)
    if name and ticket:
        said = tr("{called}; you spoke with {name}; ticket {ticket}")
    elif name:
        said = tr("{called}; you spoke with {name}")
    elif ticket:
        said = tr("{called}; ticket {ticket}")
    else:
        return words
    return said.format(called=words, name=shown(name), ticket=shown(ticket))


def _post(event: RequestEvent, request: OptOutRequest, number: str) -> str:
    if event.kind is EventKind.RECEIVED:
        return tr("{event}; the post proves it by number {number}").format(
            event=wording.event(event.kind), number=shown(number)
        )
    address = " ".join((event.to_address or request.to_address).split())
    if not address:
        return tr("{event} by registered mail, number {number}").format(
            event=wording.event(event.kind), number=shown(number)
        )
    return tr("{event} by registered mail, number {number}, to {address}").format(
        event=wording.event(event.kind), number=shown(number), address=shown(address)
    )
