# SPDX-License-Identifier: Apache-2.0
"""The letters of one request: those that went out as they were, those that were made and not sent yet, and the
draft's text as it stands now.

What left the app is kept byte for byte; *I sent it* records those bytes, *Discard* puts them aside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.domain.errors import HandOverError
from optout_desktop.domain.ids import LetterId, RequestId
from optout_desktop.domain.letters import KeptLetter, LetterKind, Way
from optout_desktop.domain.messages import Delivery, OutgoingMessage
from optout_desktop.gui import dialogs, letter_words, post_words
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.new_request.footer import SentBar
from optout_desktop.gui.new_request.loading import way_words
from optout_desktop.gui.registration_words import steps_card
from optout_desktop.gui.requests.delivery_card import (
    DeliveryCard,
    DeliveryDialog,
    ask_delivery,
    awaits_delivery,
)
from optout_desktop.gui.requests.kept_card import KeptCard, KeptDialog, ask_kept, has_kept_card
from optout_desktop.gui.requests.sentences import by_way
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import Card
from optout_desktop.gui.wording import long_date
from optout_desktop.services.letters import LetterView
from optout_desktop.services.requests import RequestDetail

_DIGITS_SHOWN = 12
_UNSETTLED = frozenset({Delivery.WAITING, Delivery.UNDER_WAY, Delivery.UNCERTAIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """One letter as its card shows it."""

    title: str
    about: str
    subject: str
    body: str
    kept: KeptLetter | None = None
    is_made: bool = False
    """Handed over, and nobody said yet that it was sent."""


class LetterTab(QWidget):
    """Every letter of one request: what waits for a word on top, then the newest first."""

    edit_wanted = Signal()
    """The draft shall be opened where it can be changed and sent."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._reference = ""
        self._request: RequestId | None = None
        self._today = date.min
        self._draft_view: LetterView | None = None
        self._messages: dict[LetterId, OutgoingMessage] = {}
        self._detail: RequestDetail | None = None
        self.delivery: DeliveryCard | None = None
        self.kept: KeptCard | None = None
        self.dialog: DeliveryDialog | KeptDialog | None = None
        """The last form that was shown."""
        self.bars: dict[LetterId, SentBar] = {}
        self._cards: list[Card] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 16, 0, 8)
        self._layout.setSpacing(12)
        self._layout.addStretch()

    def show_detail(
        self,
        detail: RequestDetail,
        draft: LetterView | None,
        today: date,
        messages: tuple[OutgoingMessage, ...] = (),
    ) -> None:
        """Show the letters that went out or were made, ``draft`` where none was sent, and what may follow."""
        self._reference, self._request = detail.request.reference, detail.request.id
        self._draft_view, self._today = draft, today
        self._messages = {one.letter: one for one in messages}
        self.bars = {}
        sheets = [self._made(kept) for kept in reversed(detail.made)]
        if draft is not None:
            sheets.append(self._draft(draft))
        sheets += [self._sent(kept) for kept in reversed(detail.letters)]
        for card in self._cards:
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [self._card(sheet) for sheet in sheets]
        self._cards[:0] = [self._in_outbox(one) for one in messages if one.delivery in _UNSETTLED]
        self._cards[0:0] = self._standing(detail)
        if not sheets and (steps := steps_card(self._surroundings, detail)) is not None:
            self._cards = [steps]
        elif not sheets:
            empty = Card(self.tr("No letter was kept"))
            empty.body.addWidget(
                label(self.tr("This request was sent in another way than by this app."), wraps=True)
            )
            self._cards = [empty]
        for at, card in enumerate(self._cards):
            self._layout.insertWidget(at, card)

    def _standing(self, detail: RequestDetail) -> list[Card]:
        """What stands above the letters: which can follow, the post's proof, and what was kept."""
        cards: list[Card] = []
        self._detail = detail
        kinds = tuple(kind for kind in detail.follow_ups if kind is not LetterKind.WHAT_WAS_KEPT)
        if kinds:
            cards.append(self._next_letters(kinds))
        self.delivery, self.kept = None, None
        if awaits_delivery(detail):
            self.delivery = DeliveryCard(detail)
            self.delivery.delivery_wanted.connect(self._ask_delivery)
            cards.append(self.delivery)
        if has_kept_card(detail):
            self.kept = KeptCard(detail, self._today)
            self.kept.letter_wanted.connect(lambda: self._write_letter(LetterKind.WHAT_WAS_KEPT))
            self.kept.answer_wanted.connect(self._ask_kept)
            cards.append(self.kept)
        return cards

    def _ask_delivery(self) -> None:
        if self._detail is not None:
            self.dialog = ask_delivery(self._surroundings, self._detail, self, self._say_delivered)

    def _ask_kept(self) -> None:
        if self._detail is not None:
            self.dialog = ask_kept(self._surroundings, self._detail, self, self._say_kept)

    def _say_delivered(self, overview: RequestOverview) -> None:
        words = self.tr("The delivery was recorded.")
        if overview.due_on is not None:
            words = self.tr("The delivery was recorded. Answer due {day}.").format(
                day=long_date(overview.due_on)
            )
        self._say_done(words)

    def _say_kept(self, _overview: RequestOverview) -> None:
        self._say_done(self.tr("What they keep was recorded."))

    def _say_done(self, words: str) -> None:
        self._surroundings.say_undoable(words)
        self._surroundings.tasks.announce()

    def _sent(self, kept: KeptLetter) -> _Sheet:
        made = letter_words.of_day(kept.letter.kind)
        digest = kept.sha256[:_DIGITS_SHOWN]
        if kept.to_address:
            about = self.tr("Sent {way} to {address} · SHA-256 {digest}…").format(
                way=by_way(kept.channel), address=shown(" ".join(kept.to_address.split())), digest=digest
            )
        else:
            about = self.tr("Sent {way} · SHA-256 {digest}…").format(way=by_way(kept.channel), digest=digest)
        if (message := self._messages.get(kept.id)) is not None:
            about = self.tr("{sent}\n{state} · {sender}").format(
                sent=about, state=post_words.state(message), sender=shown(message.sender)
            )
        return _Sheet(
            title=made.format(day=long_date(kept.made_on)),
            about=about,
            subject=kept.letter.subject,
            body=kept.letter.body,
            kept=kept,
        )

    def _in_outbox(self, message: OutgoingMessage) -> Card:
        """A letter on its way by mail account: the outbox, or the person, has the next word."""
        title = post_words.in_the_outbox(message)
        card = Card(title)
        about = self.tr("To {address}, from {sender}").format(
            address=shown(", ".join(message.recipients)), sender=shown(message.sender)
        )
        card.body.addWidget(label(about, Look.SMALL, wraps=True))
        buttons = QWidget()
        self._add_outbox_buttons(FlowLayout(buttons), title, message)
        card.body.addWidget(buttons)
        return card

    def _made(self, kept: KeptLetter) -> _Sheet:
        title = letter_words.made_on(kept.letter.kind)
        about = self.tr("Left the app as: {way} · SHA-256 {digest}…").format(
            way=way_words(kept.way or Way.COPY), digest=kept.sha256[:_DIGITS_SHOWN]
        )
        return _Sheet(
            title=title.format(day=long_date(kept.made_on)),
            about=about,
            subject=kept.letter.subject,
            body=kept.letter.body,
            kept=kept,
            is_made=True,
        )

    def _draft(self, view: LetterView) -> _Sheet:
        about = self.tr("Not sent yet. You can still change every word.")
        return _Sheet(title=self.tr("Draft"), about=about, subject=view.letter.subject, body=view.letter.body)

    def _card(self, sheet: _Sheet) -> Card:
        card = Card(sheet.title)
        card.body.addWidget(label(sheet.about, Look.SMALL, wraps=True))
        if sheet.is_made:  # what waits for a word stands above the letter
            self._add_buttons(card, sheet)
        card.body.addWidget(label(sheet.subject, Look.STRONG, wraps=True))
        body = label(sheet.body, wraps=True)
        body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(body)
        if not sheet.is_made:
            self._add_buttons(card, sheet)
        return card

    def _add_buttons(self, card: Card, sheet: _Sheet) -> None:
        buttons = QWidget()
        row = FlowLayout(buttons)
        kept = sheet.kept
        card.body.addWidget(buttons)
        if kept is None:
            copy = self._button(row, self.tr("Copy text"), sheet.title, partial(self._copy_draft, sheet))
            copy.setAccessibleName(self.tr("Copy text: {title}").format(title=sheet.title))
            edit = self._button(row, self.tr("Change…"), sheet.title, self.edit_wanted.emit)
            edit.setAccessibleName(self.tr("Change the draft"))
        elif sheet.is_made:
            bar = self.bars[kept.id] = SentBar()
            bar.confirmed.connect(partial(self._confirm, kept))
            bar.put_off.connect(bar.hide)
            self._button(row, self.tr("I sent it…"), sheet.title, lambda: bar.ask(self._today))
            self._button(row, self.tr("Discard"), sheet.title, partial(self._discard, kept))
            self._button(row, self.tr("Save a copy…"), sheet.title, partial(self._save, kept))
            card.body.addWidget(bar)
        else:
            self._button(row, self.tr("Copy text"), sheet.title, partial(self._copy, sheet))
            self._button(row, self.tr("Save a copy…"), sheet.title, partial(self._save, kept))

    def _add_outbox_buttons(self, row: FlowLayout, title: str, message: OutgoingMessage) -> None:
        post = self._surroundings.post
        if post is not None and message.delivery is Delivery.WAITING:
            self._button(row, self.tr("Cancel sending"), title, lambda: post.take_back(message.id))
        if post is not None and message.delivery is Delivery.UNCERTAIN:
            self._button(row, self.tr("It was sent"), title, lambda: post.say(message.id, is_sent=True))
            self._button(row, self.tr("It was not sent"), title, lambda: post.say(message.id, is_sent=False))
        wanted = self._surroundings.navigator.outbox_wanted
        self._button(row, self.tr("Show the outbox"), title, wanted.emit)

    def _next_letters(self, kinds: tuple[LetterKind, ...]) -> Card:
        card = Card(self.tr("Letters that can follow now"))
        buttons = QWidget()
        row = FlowLayout(buttons)
        for kind in kinds:
            button = QPushButton(letter_words.to_write(kind))
            button.clicked.connect(partial(self._write_letter, kind))
            row.addWidget(button)
        card.body.addWidget(buttons)
        return card

    def _write_letter(self, kind: LetterKind, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        if self._request is not None:
            self._surroundings.navigator.show_letter(self._request, kind)

    def _button(self, row: FlowLayout, words: str, title: str, press: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        spoken = self.tr("{action}: {title}").format(action=words.rstrip("…"), title=title)
        button.setAccessibleName(spoken)
        button.clicked.connect(lambda _checked=False: press())
        row.addWidget(button)
        return button

    def _confirm(self, kept: KeptLetter, on: date) -> None:
        sending = self._surroundings.desk.sending
        self._surroundings.tasks.run(
            self,
            lambda: sending.confirm_made(kept.id, kept.request, on),
            self._say_recorded,
            self.bars[kept.id].show_problem,
        )

    def _say_recorded(self, overview: RequestOverview) -> None:
        words = self.tr("Recorded as sent, with the bytes that left the app.")
        if overview.due_on is not None:
            words = self.tr("Recorded as sent. Answer due {day}.").format(day=long_date(overview.due_on))
        self._surroundings.say_undoable(words)

    def _discard(self, kept: KeptLetter) -> None:
        sending = self._surroundings.desk.sending
        self._surroundings.tasks.run(
            self, lambda: sending.discard(kept.id, kept.request), lambda _none: self._say_discarded()
        )

    def _say_discarded(self) -> None:
        self._surroundings.say_undoable(self.tr("The letter was put aside as not sent."))

    def _copy(self, sheet: _Sheet) -> None:
        self._surroundings.clipboard.put(f"{sheet.subject}\n\n{sheet.body}\n")
        self._surroundings.say(self.tr("The letter was copied."))

    def _copy_draft(self, sheet: _Sheet) -> None:
        """A draft that is copied leaves the app, so its bytes are kept; in the sample vault nothing can."""
        desk, view = self._surroundings.desk, self._draft_view
        if view is None or desk.sample_day is not None:
            self._copy(sheet)
            return

        def copied(text: str) -> None:
            self._surroundings.clipboard.put(text)
            self._surroundings.say(self.tr("The letter was copied."))

        self._surroundings.tasks.run(self, lambda: desk.sending.text(view), copied)

    def _save(self, kept: KeptLetter) -> None:
        endings = {Way.EML: "eml", Way.SMTP: "eml", Way.PDF: "pdf"}
        ending = endings.get(kept.way, "txt") if kept.way is not None else "txt"
        proposed = Path(f"{self._reference}.{ending}")
        path = dialogs.save_file(self, self.tr("Save a copy outside the vault"), proposed)
        if path is None:
            return
        if kept.way is None:  # the first vaults did not say what the bytes are
            self._write(path, f"{kept.letter.subject}\n\n{kept.letter.body}\n".encode())
            return
        sending = self._surroundings.desk.sending
        self._surroundings.tasks.run(self, lambda: sending.sent_bytes(kept.id), partial(self._write, path))

    def _write(self, path: Path, content: bytes) -> None:
        self._surroundings.tasks.run_outside(self, partial(_write, path, content), self._say_saved)

    def _say_saved(self, path: Path) -> None:
        words = self.tr("{name} was saved outside the vault. It is not encrypted.")
        self._surroundings.say(words.format(name=shown(path.name)))


def _write(path: Path, content: bytes) -> Path:
    try:
        path.write_bytes(content)
    except OSError as error:
        sentence = f"“{path.name}” could not be written there. Choose another folder; nothing was changed."
        raise HandOverError(sentence) from error
    return path
