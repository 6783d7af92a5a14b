# SPDX-License-Identifier: Apache-2.0
"""What the calculator found: every clock of a right side by side, each with its dates and its why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from optout_desktop.domain.clocks import Clock
from optout_desktop.domain.laws import COMPANY_ACTS, Reckoning
from optout_desktop.gui import theme, wording
from optout_desktop.gui.chips import StatusChip
from optout_desktop.gui.clock_words import dates_sentence, doubt_sentences, period, state_words, step_words
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.laws.rule_card import fact_column
from optout_desktop.gui.tiles import Card
from optout_desktop.gui.why_view import sentences_of, text_lines
from optout_desktop.gui.wording import weekday_date
from optout_desktop.services.laws import CountedClock

_NARROWEST_PX = 290


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("calculator", text)


class ClockGrid(QWidget):
    """Cards beside each other, as many as fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[AnswerCard] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)

    def show_clocks(
        self, counted: Sequence[CountedClock], today: date, why: Callable[[CountedClock], object]
    ) -> None:
        """Show these: those with dates before those without, those that have not started last."""
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        order = sorted(counted, key=lambda one: (one.clock.start is None, one.clock.dates is None))
        self.cards = [AnswerCard(one, today, why) for one in order]
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer beside each other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, min(self.width() // theme.px(_NARROWEST_PX), 3, len(self.cards) or 1))
        if columns == self._columns:
            return
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, at // columns, at % columns)


class AnswerCard(Card):
    """One clock: what must happen, its dates, how it stands, and why."""

    def __init__(self, counted: CountedClock, today: date, why: Callable[[CountedClock], object]) -> None:
        super().__init__()
        self.counted = counted
        clock = counted.clock
        words, sign = state_words(clock, today)
        step = step_words(clock.step)
        self.body.addWidget(label(step, Look.STRONG, wraps=True))
        self.chip = StatusChip(words, sign)
        chip_row = QHBoxLayout()
        chip_row.addWidget(self.chip)
        chip_row.addStretch()
        self.body.addLayout(chip_row)
        self.facts = date_facts(clock, today)
        if self.facts:
            for at, (name, value) in enumerate(self.facts):
                self.body.addLayout(fact_column(name, value, Look.PLAIN if at else Look.STRONG))
        else:
            self.body.addWidget(label(dates_sentence(clock), wraps=True))
        for doubt in doubt_sentences(clock):
            self.body.addWidget(label(doubt, Look.SECOND, wraps=True))
        self.body.addWidget(label(clock.rule.citation, Look.SMALL, wraps=True))
        self.setAccessibleName(
            tr("{step}. {state}. {dates}").format(step=step, state=words, dates=dates_sentence(clock))
        )
        self.why: QPushButton | None = None
        if clock.start is not None:
            self.why = self._why(tr("Why this date?") if clock.dates else tr("Why no date?"), step)
            self.why.clicked.connect(lambda: why(counted))
        self.body.addStretch()

    def _why(self, words: str, step: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", "link")
        button.setAccessibleName(tr("{question} {step}").format(question=words, step=step))
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch()
        self.body.addLayout(row)
        return button


def date_facts(clock: Clock, today: date) -> tuple[tuple[str, str], ...]:
    """Every date of a clock under its name; empty where it has none."""
    dates = clock.dates
    if dates is None or clock.start is None:
        return ()
    rule = clock.rule
    acts = rule.step in COMPANY_ACTS
    is_effect = rule.reckoning is Reckoning.EFFECT_FROM
    ending = tr("Due") if acts else tr("Ends")
    facts = [
        (tr("Last tolerated day") if is_effect else ending, weekday_date(dates.due)),
        (tr("Days left"), days_left((dates.due - today).days)),
        (tr("Period"), period(rule.period)),
        (tr("Counted to (nominal)"), weekday_date(dates.nominal)),
    ]
    if acts:
        facts.append((tr("Late only after"), weekday_date(dates.flag_after)))
    if clock.unextended is not None:
        facts.append((tr("Without the extension"), weekday_date(clock.unextended.due)))
    return tuple(facts)


def days_left(days: int) -> str:
    """How long still, or since when no longer."""
    if days < 0:
        return tr("ended {days} ago").format(days=wording.days(-days))
    return tr("ends today") if days == 0 else wording.days(days)


def answer_text(counted: Sequence[CountedClock], today: date) -> str:
    """The whole answer as it is copied: every clock with its dates and every step of its counting."""
    parts: list[str] = []
    for one in counted:
        words, _sign = state_words(one.clock, today)
        head = tr("{step} ({state})").format(step=step_words(one.clock.step), state=words)
        why = text_lines(sentences_of(one.clock.step, one.why))
        parts.append("\n".join((head, dates_sentence(one.clock), *why)))
    return "\n\n".join(parts)
