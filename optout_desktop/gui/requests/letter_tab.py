# SPDX-License-Identifier: Apache-2.0
"""The letters of one request: those that went out, as they were, or the draft's text as it stands now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.errors import HandOverError
from optout_desktop.domain.letters import KeptLetter, LetterKind
from optout_desktop.gui import dialogs
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.requests.sentences import by_way
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import Card
from optout_desktop.gui.wording import long_date
from optout_desktop.services.letters import LetterView
from optout_desktop.services.requests import RequestDetail

_DIGITS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """One letter as its card shows it."""

    title: str
    about: str
    subject: str
    body: str
    kept: KeptLetter | None = None


class LetterTab(QWidget):
    """Every letter of one request, the newest first."""

    edit_wanted = Signal()
    """The draft shall be opened where it can be changed and sent."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._reference = ""
        self._cards: list[Card] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 16, 0, 8)
        self._layout.setSpacing(12)
        self._layout.addStretch()

    def show_detail(self, detail: RequestDetail, draft: LetterView | None) -> None:
        """Show the letters that went out, or ``draft`` where none did."""
        self._reference = detail.request.reference
        sheets = [self._sent(kept) for kept in reversed(detail.letters)]
        if draft is not None:
            sheets.insert(0, self._draft(draft))
        for card in self._cards:
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [self._card(sheet) for sheet in sheets]
        if not sheets:
            empty = Card(self.tr("No letter was kept"))
            empty.body.addWidget(
                label(self.tr("This request was sent in another way than by this app."), wraps=True)
            )
            self._cards = [empty]
        for at, card in enumerate(self._cards):
            self._layout.insertWidget(at, card)

    def _sent(self, kept: KeptLetter) -> _Sheet:
        is_reminder = kept.letter.kind is LetterKind.REMINDER
        made = self.tr("Reminder of {day}") if is_reminder else self.tr("Letter of {day}")
        digest = kept.sha256[:_DIGITS_SHOWN]
        if kept.to_address:
            about = self.tr("Sent {way} to {address} · SHA-256 {digest}…").format(
                way=by_way(kept.channel), address=shown(" ".join(kept.to_address.split())), digest=digest
            )
        else:
            about = self.tr("Sent {way} · SHA-256 {digest}…").format(way=by_way(kept.channel), digest=digest)
        return _Sheet(
            title=made.format(day=long_date(kept.made_on)),
            about=about,
            subject=kept.letter.subject,
            body=kept.letter.body,
            kept=kept,
        )

    def _draft(self, view: LetterView) -> _Sheet:
        about = self.tr("Not sent yet. You can still change every word.")
        return _Sheet(title=self.tr("Draft"), about=about, subject=view.letter.subject, body=view.letter.body)

    def _card(self, sheet: _Sheet) -> Card:
        card = Card(sheet.title)
        card.body.addWidget(label(sheet.about, Look.SMALL, wraps=True))
        card.body.addWidget(label(sheet.subject, Look.STRONG, wraps=True))
        body = label(sheet.body, wraps=True)
        body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(body)
        row = QHBoxLayout()
        row.setSpacing(8)
        copy = QPushButton(self.tr("Copy text"))
        copy.setAccessibleName(self.tr("Copy text: {title}").format(title=sheet.title))
        copy.clicked.connect(partial(self._copy, sheet))
        row.addWidget(copy)
        if sheet.kept is None:
            edit = QPushButton(self.tr("Change…"))
            edit.setAccessibleName(self.tr("Change the draft"))
            edit.clicked.connect(self.edit_wanted)
            row.addWidget(edit)
        else:
            save = QPushButton(self.tr("Save a copy…"))
            save.setAccessibleName(self.tr("Save a copy: {title}").format(title=sheet.title))
            save.clicked.connect(partial(self._save, sheet.kept))
            row.addWidget(save)
        row.addStretch()
        card.body.addLayout(row)
        return card

    def _copy(self, sheet: _Sheet) -> None:
        self._surroundings.clipboard.put(f"{sheet.subject}\n\n{sheet.body}\n")
        self._surroundings.say(self.tr("The letter was copied."))

    def _save(self, kept: KeptLetter) -> None:
        proposed = Path(f"{self._reference}.txt")
        path = dialogs.save_file(self, self.tr("Save a copy outside the vault"), proposed)
        if path is None:
            return
        text = f"{kept.letter.subject}\n\n{kept.letter.body}\n"
        self._surroundings.tasks.run_outside(self, partial(_write, path, text), self._say_saved)

    def _say_saved(self, path: Path) -> None:
        words = self.tr("{name} was saved outside the vault. It is not encrypted.")
        self._surroundings.say(words.format(name=shown(path.name)))


def _write(path: Path, text: str) -> Path:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        sentence = f"“{path.name}” could not be written there. Choose another folder; nothing was changed."
        raise HandOverError(sentence) from error
    return path
