# SPDX-License-Identifier: Apache-2.0
"""Every date of one request side by side: theirs, mine and what lasts, each with how it stands today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from optout_desktop.domain.clocks import Clock
from optout_desktop.domain.milestones import Milestone, MilestoneState, Whose
from optout_desktop.gui import theme
from optout_desktop.gui.chips import StatusChip
from optout_desktop.gui.clock_words import not_advice
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.requests.milestone_words import (
    day_words,
    heading,
    sentences,
    spoken,
    state_words,
    title,
)
from optout_desktop.gui.requests.sentences import newer_law
from optout_desktop.gui.tiles import Card, SectionHeader

_NARROWEST_PX = 260
_MOST_COLUMNS = 3
_AT_REST = frozenset({MilestoneState.NOT_STARTED, MilestoneState.NOT_TAKEN})


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("clocks", text)


class ClocksTab(QWidget):
    """The dates of one request."""

    why_wanted = Signal(object)
    """The ``Clock`` to explain."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections = {whose: ClockSection(whose) for whose in Whose}
        self.newer_law = label(newer_law(), Look.SECOND, wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 8)
        layout.setSpacing(12)
        layout.addWidget(self.newer_law)
        for section in self.sections.values():
            layout.addWidget(section)
        layout.addWidget(label(not_advice(), Look.SMALL, wraps=True))
        layout.addStretch()

    @property
    def cards(self) -> list[ClockCard]:
        """Every card, in the order in which they stand."""
        return [card for section in self.sections.values() for card in section.cards]

    def show_milestones(self, found: Sequence[Milestone], today: date, *, has_newer_law: bool) -> None:
        """Show these dates: in each part those that run before those that have not started."""
        self.newer_law.setVisible(has_newer_law)
        for whose, section in self.sections.items():
            mine = [one for one in found if one.whose is whose]
            mine.sort(key=lambda one: one.state(today) in _AT_REST)
            section.show_milestones(mine, today, self.why_wanted.emit)


class ClockSection(QWidget):
    """The dates of one side, as many beside each other as fit."""

    def __init__(self, whose: Whose) -> None:
        super().__init__()
        self.cards: list[ClockCard] = []
        self._columns = 0
        words = heading(whose)
        self.setAccessibleName(words)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(SectionHeader(words))
        layout.addLayout(self._grid)

    def show_milestones(
        self, found: Sequence[Milestone], today: date, why: Callable[[Clock], object]
    ) -> None:
        """Show these; nothing at all where there are none."""
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [ClockCard(one, today, why) for one in found]
        self.setVisible(bool(self.cards))
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer beside each other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        fitting = self.width() // theme.px(_NARROWEST_PX)
        columns = max(1, min(fitting, _MOST_COLUMNS, len(self.cards) or 1))
        if columns == self._columns:
            return
        self._columns = columns
        for column in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, at // columns, at % columns)


class ClockCard(Card):
    """One date: whose it is and what for, the day, how it stands, and why."""

    def __init__(self, milestone: Milestone, today: date, why: Callable[[Clock], object]) -> None:
        super().__init__()
        self.milestone = milestone
        clock = milestone.clock
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        self.body.setSpacing(4)
        self.title = label(title(milestone.kind), Look.SECOND, wraps=True)
        self.day = label(day_words(milestone), Look.STRONG, wraps=True)
        self.chip = StatusChip(*state_words(milestone, today))
        self.body.addWidget(self.title)
        self.body.addWidget(self.day)
        chip_row = QHBoxLayout()
        chip_row.setContentsMargins(0, 4, 0, 4)
        chip_row.addWidget(self.chip)
        chip_row.addStretch()
        self.body.addLayout(chip_row)
        self.lines = [label(text, Look.SMALL, wraps=True) for text in sentences(milestone, today)]
        if milestone.citation:
            self.lines.append(label(milestone.citation, Look.SMALL, wraps=True))
        for line in self.lines:
            self.body.addWidget(line)
        self.setAccessibleName(spoken(milestone, today))
        self.why: QPushButton | None = None
        self.body.addStretch()
        if clock is not None and clock.start is not None:
            self.why = QPushButton(tr("Why this date?") if clock.dates else tr("Why no date?"))
            self.why.setProperty("kind", "link")
            self.why.setAccessibleName(
                tr("{question} {title}").format(question=self.why.text(), title=self.title.text())
            )
            self.why.clicked.connect(lambda: why(clock))
            row = QHBoxLayout()
            row.addWidget(self.why)
            row.addStretch()
            self.body.addLayout(row)
