# SPDX-License-Identifier: Apache-2.0
"""All rights: every right that a law gives where somebody lives, searchable, each with its law.

A row can be chosen where a letter asks for it. Rights that a register serves, that follow a request, or that
begin on a later day say where they are or when they come.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.laws import Reason
from optout_desktop.domain.rights import LATER_RIGHTS, REGISTER_RIGHTS, Right
from optout_desktop.gui import wording
from optout_desktop.gui.fields import SearchField
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.new_request.law_choice import LawDialog
from optout_desktop.gui.new_request.wish import (
    Opening,
    Prospect,
    Wish,
    law_words,
    wanted_line,
    wanted_words,
)


class Reach(Enum):
    """How a right is reached."""

    LETTER = auto()
    REGISTER = auto()
    LATER_STEP = auto()
    NOT_YET = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class RightLine:
    """One right that a law gives where somebody lives, and how it is reached."""

    right: Right
    wish: Wish
    reach: Reach
    law: Prospect
    """The law that is proposed, or the first that will give the right."""

    @property
    def from_on(self) -> date | None:
        """The day on which the right begins, where no law in force gives it yet."""
        return self.law.item.law.applies_from if self.reach is Reach.NOT_YET else None


def right_lines(opening: Opening) -> tuple[RightLine, ...]:
    """The rights that laws give, those that a letter asks for first."""
    found = [
        line
        for right in Right
        if right in opening.wishes and (line := _line(right, opening.wishes[right])) is not None
    ]
    return tuple(sorted(found, key=lambda line: line.reach.value))


def _line(right: Right, wish: Wish) -> RightLine | None:
    law = wish.proposed
    if law is None:
        coming = [one for one in wish.prospects if one.item.reasons == (Reason.NOT_YET_IN_FORCE,)]
        law = min(coming, key=lambda one: one.item.law.applies_from, default=None)
        return RightLine(right=right, wish=wish, reach=Reach.NOT_YET, law=law) if law else None
    reach = Reach.LETTER
    if right in REGISTER_RIGHTS:
        reach = Reach.REGISTER
    elif right in LATER_RIGHTS:
        reach = Reach.LATER_STEP
    return RightLine(right=right, wish=wish, reach=reach, law=law)


class RightRow(QFrame):
    """A right in plain words, its law, and what can be done with it."""

    def __init__(self, line: RightLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.setProperty("kind", "card")
        words = wanted_words(line.right)
        self.title = label(words, Look.STRONG, wraps=True)
        about = label(wanted_line(line.right), Look.SECOND, wraps=True)
        self.law = label(self._law_words(), Look.SMALL, wraps=True)
        self.choose = QPushButton(self.tr("Choose"))
        self.choose.setAccessibleName(self.tr("Choose {right}").format(right=words))
        self.choose.setAccessibleDescription(self.law.text())
        self.change = QPushButton(self.tr("Change law…"))
        self.change.setProperty("kind", "link")
        self.change.setAccessibleName(self.tr("Change law: {right}").format(right=words))
        self.where = QPushButton(self.tr("Show registers"))
        self.where.setAccessibleName(self.tr("Show registers: {right}").format(right=words))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for widget in (self.title, about, self.law):
            texts.addWidget(widget)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.change, self.where, self.choose):
            flow.addWidget(button)
        self.choose.setVisible(line.reach is Reach.LETTER)
        self.where.setVisible(line.reach is Reach.REGISTER)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(12)
        layout.addLayout(texts, 1)
        layout.addWidget(buttons, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._sought = _folded(
            " ".join((words, about.text(), self.law.text(), line.law.item.law.title, *self._terms()))
        )

    def fits(self, typed: str) -> bool:
        """Whether every word that was typed stands in the right's words, its laws or their terms."""
        return all(word in self._sought for word in _folded(typed).split())

    def _terms(self) -> list[str]:
        """The laws that give the right here, and what they call it."""
        terms: list[str] = []
        for prospect in self.line.wish.prospects:
            offered = prospect.item.law.offers(self.line.right)
            if prospect.item.applies and offered is not None:
                terms += [prospect.item.law.short_title, offered.title]
        return terms

    def _law_words(self) -> str:
        line = self.line
        match line.reach:
            case Reach.LETTER:
                return law_words(line.law)
            case Reach.REGISTER:
                return self.tr("{law}: no letter. It is done in a register, under Laws › Registers.").format(
                    law=line.law.item.law.short_title
                )
            case Reach.LATER_STEP:
                return self.tr(
                    "{law}: a step that follows a request. Open the request and choose Respond."
                ).format(law=line.law.item.law.short_title)
            case Reach.NOT_YET:
                return self.tr("{law}: in force from {day}. Until then it gives no right and no day.").format(
                    law=line.law.item.law.short_title,
                    day=wording.long_date(line.law.item.law.applies_from),
                )


class RightsList(QWidget):
    """The rows with a field to search them."""

    chosen = Signal(object, object)
    """A ``Wish`` and the ``Prospect`` of the law that was chosen for it."""
    registers_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[Right, RightRow] = {}
        self.title = label(self.tr("All rights where you live"), Look.TITLE)
        self.search = SearchField(self.tr("A right, a law, or a word of it"))
        self.search.wanted.connect(self._narrow)
        self.none = label(self.tr("No right fits these words."), Look.SECOND)
        self.none.hide()
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        for widget in (self.title, self.search, self.none):
            layout.addWidget(widget)
        layout.addLayout(self._column)

    def show_opening(self, opening: Opening) -> None:
        """Show the rights of somebody."""
        for old in self.rows.values():
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = {}
        for line in right_lines(opening):
            row = self.rows[line.right] = RightRow(line)
            row.choose.clicked.connect(lambda _checked=False, one=line: self.chosen.emit(one.wish, one.law))
            row.change.clicked.connect(lambda _checked=False, one=line: self._change(one))
            row.where.clicked.connect(self.registers_wanted)
            self._column.addWidget(row)
        self._narrow(self.search.text())

    def _change(self, line: RightLine) -> None:
        law = LawDialog(line.wish, line.law, self, is_choice=line.reach is Reach.LETTER).ask()
        if law is not None:
            self.chosen.emit(line.wish, law)

    def _narrow(self, typed: str) -> None:
        shown = 0
        for row in self.rows.values():
            row.setVisible(row.fits(typed))
            shown += row.fits(typed)
        self.none.setVisible(not shown)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char))
