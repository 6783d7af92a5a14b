# SPDX-License-Identifier: Apache-2.0
"""Every clock that runs for one request: what must happen, until when, and how it stands today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.clocks import Clock, ClockState
from optout_desktop.domain.laws import Reckoning, Step
from optout_desktop.gui.chips import StatusChip
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.requests.sentences import doubt_sentences, not_advice, period
from optout_desktop.gui.requests.why import start_event
from optout_desktop.gui.tiles import Card
from optout_desktop.gui.tokens import StatusToken
from optout_desktop.gui.wording import long_date


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("clocks", text)


def step_words(step: Step) -> str:
    """What a clock measures."""
    return {
        Step.HONOUR: tr("The company must do what you asked"),
        Step.RESPOND: tr("The company must answer"),
        Step.ACKNOWLEDGE: tr("The company must confirm receipt"),
        Step.APPEAL_ANSWER: tr("The company must answer your appeal"),
        Step.EFFECTIVE: tr("Your opt-out takes effect"),
        Step.REGISTRY_EFFECTIVE: tr("Your registration takes effect"),
        Step.MECHANISM_LIVE: tr("The way to opt out must keep working"),
        Step.OPTOUT_DURATION: tr("Your opt-out lasts"),
        Step.NO_REASK: tr("The company may not ask you again"),
        Step.WAITING_PERIOD: tr("Waiting period"),
        Step.COMPLAIN_WINDOW: tr("You can complain"),
        Step.ESCALATE: tr("You can go to the authority"),
        Step.FOLLOW_UP_MESSAGE: tr("One confirmation may still arrive"),
        Step.SCOPE: tr("What your opt-out covers"),
    }[step]


def state_words(clock: Clock, today: date) -> tuple[str, StatusToken]:
    """How a clock stands today, and the sign for it."""
    match clock.state(today):
        case ClockState.NOT_STARTED:
            return tr("Not started"), StatusToken.DRAFT
        case ClockState.NO_DATE:
            return tr("No date in the law"), StatusToken.DRAFT
        case ClockState.RUNNING:
            return tr("Running"), StatusToken.SENT
        case ClockState.GRACE if clock.rule.can_be_missed:
            return tr("May still be on time"), StatusToken.DUE_SOON
        case ClockState.GRACE:
            return tr("Ended"), StatusToken.CLOSED
        case ClockState.MISSED:
            return tr("Late"), StatusToken.OVERDUE
        case ClockState.MET:
            return tr("Met"), StatusToken.COMPLETED
        case ClockState.MET_LATE:
            return tr("Met late"), StatusToken.VIOLATED


def dates_sentence(clock: Clock) -> str:
    """When a clock started and ends, or why there is no day."""
    if clock.start is None:
        return tr("Starts when {event}.").format(event=start_event(clock.rule.starts_on))
    if clock.is_beyond_calendars:
        return tr("The calendars that were kept do not reach so far; no day can be counted.")
    if clock.dates is None:
        return tr("The law says: {period}. It gives no day.").format(period=period(clock.rule.period))
    start, due = long_date(clock.start.on), long_date(clock.dates.due)
    if clock.rule.reckoning is Reckoning.EFFECT_FROM:
        return tr("From {due} on, {period} after {start}.").format(
            due=due, period=period(clock.rule.period), start=start
        )
    if clock.dates.flag_after > clock.dates.due:
        return tr("Due {due}, {period} from {start}; not late before {flag} has ended.").format(
            due=due,
            period=period(clock.rule.period),
            start=start,
            flag=long_date(clock.dates.flag_after),
        )
    return tr("Due {due}, {period} from {start}.").format(
        due=due, period=period(clock.rule.period), start=start
    )


class ClocksTab(QWidget):
    """The clocks of one request."""

    why_wanted = Signal(object)
    """The ``Clock`` to explain."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[ClockCard] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 16, 0, 8)
        self._layout.setSpacing(8)
        self._note = label(not_advice(), Look.SMALL, wraps=True)
        self._layout.addWidget(self._note)
        self._layout.addStretch()

    def show_clocks(self, clocks: Sequence[Clock], today: date) -> None:
        """Show these clocks: those that run before those that have not started."""
        for card in self.cards:
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        order = sorted(clocks, key=lambda clock: (clock.start is None, clock.dates is None))
        self.cards = [ClockCard(clock, today, self.why_wanted.emit) for clock in order]
        for at, card in enumerate(self.cards):
            self._layout.insertWidget(at, card)


class ClockCard(Card):
    """One clock."""

    def __init__(self, clock: Clock, today: date, why: Callable[[Clock], object]) -> None:
        super().__init__()
        self.clock = clock
        words, sign = state_words(clock, today)
        title = label(step_words(clock.step), Look.STRONG, wraps=True)
        self.chip = StatusChip(words, sign)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title, 1)
        head.addWidget(self.chip)
        self.body.addLayout(head)
        dates = dates_sentence(clock)
        self.body.addWidget(label(dates, wraps=True))
        for doubt in doubt_sentences(clock):
            self.body.addWidget(label(doubt, Look.SECOND, wraps=True))
        self.body.addWidget(label(clock.rule.citation, Look.SMALL, wraps=True))
        self.setAccessibleName(
            tr("{step}. {state}. {dates}").format(step=title.text(), state=words, dates=dates)
        )
        if clock.start is not None:
            button = QPushButton(tr("Why this date?") if clock.dates else tr("Why no date?"))
            button.setProperty("kind", "link")
            button.setAccessibleName(
                tr("{question} {step}").format(question=button.text(), step=title.text())
            )
            button.clicked.connect(lambda: why(clock))
            row = QHBoxLayout()
            row.addWidget(button)
            row.addStretch()
            self.body.addLayout(row)
