# SPDX-License-Identifier: Apache-2.0
"""The dashboard: four counts, what to do next, how companies answer.

One job on the vault thread brings everything (``_Today``); the parts show it. On the first day a short list
of things to do stands in the place of the counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QDate, QEvent, QLocale
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.agenda import Agenda, NextStep, RequestFilter, RequestOverview, Urgency
from optout_desktop.domain.ids import LawId, PersonId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.gui import theme, wording
from optout_desktop.gui.charts import DaysChart, DaysRow, Series, Share, ShareChart
from optout_desktop.gui.dashboard.cards import Checklist, DatesCard, RecoveryCard
from optout_desktop.gui.dashboard.next_rows import NextRow
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.recovery_sheet import RecoveryDialog
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import Card, EmptyState, PageFrame, Tile
from optout_desktop.gui.tokens import StatusToken
from optout_desktop.services.dashboard import CompanyDays

ROWS_SHOWN = 5
COMPANIES_SHOWN = 5
DATES_WITHIN_DAYS = 45
_PRESSING = frozenset({Urgency.OVERDUE, Urgency.NEEDS_YOU, Urgency.DUE_SOON})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Today:
    """Everything that the page shows."""

    agenda: Agenda
    days: tuple[CompanyDays, ...]
    dates: tuple[RequestOverview, ...]
    laws: dict[LawId, str]
    due_soon_days: int
    has_person: bool
    has_code: bool
    is_dismissed: bool


class DashboardPage(QWidget):
    """What deserves attention today."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._person: PersonId | None = None
        self._is_code_card_left = False
        self._columns = 0
        self._today: _Today | None = None
        # made from the outside in: what gets a new parent later is dressed again with all that it holds
        self._content = QWidget()
        layout = QVBoxLayout(self._content)
        layout.setSpacing(16)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.frame = PageFrame("", self._content)
        outer.addWidget(self.frame)
        self.overdue = Tile(self.tr("Overdue"), StatusToken.OVERDUE)
        self.due_soon = Tile(self.tr("Due soon"), StatusToken.DUE_SOON)
        self.waiting = Tile(self.tr("Waiting"), StatusToken.SENT)
        self.needs_you = Tile(self.tr("Needs you"), StatusToken.NEEDS_YOU)
        self.tiles = QWidget()
        self._tile_grid = QGridLayout(self.tiles)
        self._tile_grid.setContentsMargins(0, 0, 0, 0)
        self._tile_grid.setSpacing(12)
        for tile, urgency in (
            (self.overdue, Urgency.OVERDUE),
            (self.due_soon, Urgency.DUE_SOON),
            (self.waiting, Urgency.WAITING),
            (self.needs_you, Urgency.NEEDS_YOU),
        ):
            tile.clicked.connect(lambda _on=False, urgency=urgency: self._show_list(frozenset({urgency})))
        self._make_cards()
        for widget in (self.checklist, self.tiles, self.recovery, self.next):
            layout.addWidget(widget)
        layout.addLayout(self._bottom)
        layout.addWidget(self.dates)
        layout.addWidget(self.empty)
        layout.addStretch()
        self.rows: list[NextRow] = []
        for widget in (self.checklist, self.tiles, self.recovery, self.next, self.empty):
            widget.hide()
        for widget in (self.answered, self.days, self.dates):
            widget.hide()
        self._lay_out()

    def _make_cards(self) -> None:
        surroundings = self._around
        self.checklist = Checklist()
        self.checklist.first_wanted.connect(self._start)
        self.checklist.code_wanted.connect(self.make_code)
        self.checklist.details_wanted.connect(lambda: surroundings.navigator.settings_wanted.emit("you"))
        self.checklist.dismissed.connect(self._dismiss)
        self.recovery = RecoveryCard()
        self.recovery.wanted.connect(self.make_code)
        self.recovery.left.connect(self._leave_code_card)
        self.next = Card()
        self.next.setAccessibleName(self.tr("Do next"))
        self.next.body.addWidget(label(self.tr("Do next"), Look.TITLE))
        self._rows_box = QVBoxLayout()
        self._rows_box.setSpacing(0)
        self.next.body.addLayout(self._rows_box)
        self.show_all = QPushButton()
        self.show_all.setProperty("kind", "link")
        self.show_all.clicked.connect(lambda: self._show_list(_PRESSING))
        all_row = QHBoxLayout()
        all_row.addWidget(self.show_all)
        all_row.addStretch()
        self.next.body.addLayout(all_row)
        self.nothing = label(self.tr("Nothing is late and nothing waits for you."), Look.SECOND, wraps=True)
        self.next.body.addWidget(self.nothing)
        self.answered = ShareChart(self.tr("Answered on time, last 12 months"))
        self.days = DaysChart(self.tr("Median days to answer, last 12 months"))
        self.dates = DatesCard()
        self.dates.request_wanted.connect(surroundings.navigator.show_request)
        self._bottom = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bottom.setSpacing(12)
        self._bottom.addWidget(self.answered, 1)
        self._bottom.addWidget(self.days, 1)
        self.empty = EmptyState(
            self.tr("No requests yet"),
            self.tr("Ask a company to stop selling your data. It takes about two minutes."),
            [(self.tr("Write the &first request"), self._start)],
            icon="plane",
        )

    def show_person(self, person: PersonId | None) -> None:
        """Show one client's day, or everybody's."""
        self._person = person
        self.refresh()

    def refresh(self) -> None:
        """Ask for the day again."""
        desk, person = self._around.desk, self._person

        def look() -> _Today:
            agenda = desk.dashboard.today(person)
            dates = desk.dashboard.next_dates(DATES_WITHIN_DAYS, ROWS_SHOWN, person)
            laws = {
                row.law: desk.laws.law(row.law).short_title for row in (*agenda.do_next[:ROWS_SHOWN], *dates)
            }
            return _Today(
                agenda=agenda,
                days=desk.dashboard.days_to_answer(COMPANIES_SHOWN, person),
                dates=dates,
                laws=laws,
                due_soon_days=desk.preferences.due_soon_days(),
                has_person=desk.people.me() is not None,
                has_code=desk.security.ways_in().has_recovery_code
                or bool(desk.preferences.get("recovery_code_printed")),
                is_dismissed=bool(desk.preferences.get("checklist_dismissed")),
            )

        self._around.tasks.run(self, look, self._show)

    def make_code(self) -> None:
        """Make a recovery code and show it once."""
        desk = self._around.desk

        def show(code: object) -> None:
            from optout_desktop.domain.secrets import Secret

            if isinstance(code, Secret) and RecoveryDialog(code, desk.name, desk.clock.today(), self).ask():
                self._around.tasks.run(
                    self, lambda: desk.preferences.remember("recovery_code_printed", True), self._again
                )
            else:
                self.refresh()

        self._around.tasks.run(self, desk.security.make_recovery_code, show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Four tiles in a row, or two, as the width allows."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text wants fewer columns."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "rows"):
            self._lay_out()

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _start(self) -> None:
        self._around.navigator.start_request()

    def _again(self, _nothing: object) -> None:
        self.refresh()

    def _dismiss(self) -> None:
        desk = self._around.desk
        self._around.tasks.run(
            self, lambda: desk.preferences.remember("checklist_dismissed", True), self._again
        )

    def _leave_code_card(self) -> None:
        self._is_code_card_left = True
        self.recovery.hide()

    def _show_list(self, urgencies: frozenset[Urgency]) -> None:
        self._around.navigator.show_requests(RequestFilter(urgencies=urgencies, person=self._person))

    def _lay_out(self) -> None:
        width = self.width() / theme.px(1)
        columns = 4 if width >= 760 else 2
        if columns != self._columns:
            self._columns = columns
            for at, tile in enumerate((self.overdue, self.due_soon, self.waiting, self.needs_you)):
                self._tile_grid.removeWidget(tile)
                self._tile_grid.addWidget(tile, at // columns, at % columns)
        # the style sheet gives every button a least height, which would let a tile shrink to it
        for row in range(2):
            is_used = row * columns < 4
            self._tile_grid.setRowMinimumHeight(row, self.overdue.sizeHint().height() if is_used else 0)
        for column in range(4):
            self._tile_grid.setColumnStretch(column, 1 if column < columns else 0)
        direction = QBoxLayout.Direction
        self._bottom.setDirection(direction.LeftToRight if width >= 700 else direction.TopToBottom)

    def _show(self, today: _Today) -> None:
        self._today = today
        agenda, tally = today.agenda, today.agenda.tally
        day = QDate(agenda.today.year, agenda.today.month, agenda.today.day)
        self.frame.title.setText(self.tr("Today, {day}").format(day=QLocale().toString(day, "dddd d MMMM")))
        has_sent = tally.total > tally.drafts
        is_sample = self._around.desk.sample_day is not None
        is_first_day = not has_sent and not today.is_dismissed
        self.checklist.show_done(has_person=today.has_person, has_sent=has_sent, has_code=today.has_code)
        self.checklist.setVisible(is_first_day)
        self.tiles.setVisible(has_sent)
        self.recovery.setVisible(has_sent and not (today.has_code or is_sample or self._is_code_card_left))
        self.next.setVisible(has_sent or tally.drafts > 0)
        self.answered.setVisible(has_sent)
        self.days.setVisible(has_sent)
        self.dates.setVisible(has_sent)
        self.empty.setVisible(not tally.total and not is_first_day)
        self._show_tiles(agenda)
        self._lay_out()
        self._show_rows(today)
        answered = agenda.answered
        self.answered.show_shares(
            [
                Share(words=self.tr("on time"), count=answered.on_time, series=Series.ON_TIME),
                Share(words=self.tr("late"), count=answered.late, series=Series.LATE),
                Share(words=self.tr("still open"), count=answered.open, series=Series.OPEN),
            ]
        )
        self.days.show_rows([_days_row(each) for each in today.days])
        self.dates.show_rows(today.dates, agenda.today, today.laws)

    def _show_tiles(self, agenda: Agenda) -> None:
        tally, today = agenda.tally, agenda.today
        oldest = wording.days(tally.oldest_overdue_days)
        late = (
            self.tr("the oldest by {days}").format(days=oldest)
            if tally.overdue
            else self.tr("nothing is late")
        )
        self.overdue.show_count(tally.overdue, late)
        soon = self.tr("nothing this week")
        if tally.due_soon and tally.next_due_on is not None:
            soon = self.tr("next: {day}").format(day=wording.short_date(tally.next_due_on, today))
        self.due_soon.show_count(tally.due_soon, soon)
        waiting = self.tr("no deadline runs")
        if tally.waiting and tally.next_waiting_on is not None:
            waiting = self.tr("earliest: {day}").format(day=wording.short_date(tally.next_waiting_on, today))
        self.waiting.show_count(tally.waiting, waiting)
        needs = (
            self.tr("questions, refusals, returned mail") if tally.needs_you else self.tr("no open question")
        )
        self.needs_you.show_count(tally.needs_you, needs)

    def _show_rows(self, today: _Today) -> None:
        while (item := self._rows_box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        agenda = today.agenda
        self.rows = []
        for row in agenda.do_next[:ROWS_SHOWN]:
            law = today.laws.get(row.law, str(row.law))
            made = NextRow(row, agenda.today, law, today.due_soon_days)
            made.request_wanted.connect(self._around.navigator.show_request)
            made.step_wanted.connect(self._do)
            self._rows_box.addWidget(made)
            self.rows.append(made)
        tally = agenda.tally
        count = tally.overdue + tally.needs_you + tally.due_soon
        self.nothing.setVisible(not self.rows)
        self.show_all.setVisible(count > len(self.rows))
        self.show_all.setText(self.tr("Show all {count}").format(count=self.locale().toString(count)))

    def _do(self, row: RequestOverview, step: NextStep) -> None:
        navigator = self._around.navigator
        match step:
            case NextStep.REVIEW_AND_SEND:
                navigator.finish_draft(row.id)
            case NextStep.SEND_REMINDER:
                navigator.show_letter(row.id, LetterKind.REMINDER)
            case NextStep.SEND_AGAIN:
                navigator.show_letter(row.id, LetterKind.REQUEST)
            case _:
                navigator.show_request(row.id)


def _days_row(days: CompanyDays) -> DaysRow:
    return DaysRow(
        name=shown(days.name),
        median_days=days.median_days,
        shortest_days=days.shortest_days,
        longest_days=days.longest_days,
        answers=days.answers,
        limit_days=days.limit_days,
        is_open=days.is_open,
    )
