# SPDX-License-Identifier: Apache-2.0
"""The list of requests: controls, rows under headings, what an empty list says, and a bar for many at once.

One question is on its way at a time: the first 256 rows are shown at once, then all; a change meanwhile drops
what was asked and asks anew, so that typing never queues up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.agenda import SortOrder
from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.letters import LetterKind
from optout_desktop.gui import theme, wording
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.paged_table import GroupHeader, NumberIds, PagedModel
from optout_desktop.gui.requests.asking import (
    Answer,
    Question,
    all_rows,
    choices,
    first_rows,
    list_rows,
    unfinished_batches,
)
from optout_desktop.gui.requests.faces import ListRow, face
from optout_desktop.gui.requests.filter_bar import FilterBar
from optout_desktop.gui.requests.filters import SmartList, smart_of
from optout_desktop.gui.requests.table_columns import Arrangement, request_columns
from optout_desktop.gui.requests.table_view import RequestTable
from optout_desktop.gui.row_views import RowList
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import EmptyState
from optout_desktop.gui.voice import announce
from optout_desktop.gui.wording import long_date

_LOWEST_ROWS_PX = 120


class BulkBar(QFrame):
    """What can be done with all ticked rows; it stands below the list and covers none of it."""

    send_wanted = Signal(object)
    """A ``LetterKind``: the drafts, or a reminder."""
    bin_wanted = Signal()
    restore_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.words = label("", Look.STRONG)
        self.send = QPushButton(self.tr("Send the d&rafts…"))
        self.send.clicked.connect(lambda: self.send_wanted.emit(LetterKind.REQUEST))
        self.remind = QPushButton(self.tr("Re&mind…"))
        self.remind.clicked.connect(lambda: self.send_wanted.emit(LetterKind.REMINDER))
        self.to_bin = QPushButton(self.tr("To the b&in"))
        self.to_bin.clicked.connect(self.bin_wanted)
        self.restore = QPushButton(self.tr("Re&store"))
        self.restore.clicked.connect(self.restore_wanted)
        self.clear = QPushButton(self.tr("&Untick all"))
        self.clear.setProperty("kind", "quiet")
        self.clear.clicked.connect(self.clear_wanted)
        buttons = QWidget()
        row = FlowLayout(buttons)
        for button in (self.send, self.remind, self.to_bin, self.restore, self.clear):
            row.addWidget(button)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self.words)
        layout.addWidget(buttons, 1)
        self.hide()

    def say(self, count: int, *, is_bin: bool) -> None:
        """Say how many are ticked."""
        one, many = self.tr("1 ticked"), self.tr("{count} ticked")
        self.words.setText(one if count == 1 else many.format(count=self.locale().toString(count)))
        for button in (self.send, self.remind, self.to_bin):
            button.setVisible(not is_bin)
        self.restore.setVisible(is_bin)
        self.setVisible(count > 0)


class ListPane(QWidget):
    """The left side of the page."""

    row_chosen = Signal(int)
    """The number of the row that the keyboard or the mouse is on."""
    row_opened = Signal(int)
    clicked_row = Signal(int)
    """A row was clicked, beside its tick box."""
    was_shown = Signal()
    """An answer is on screen."""
    bin_wanted = Signal(object)
    """A tuple of row numbers."""
    send_wanted = Signal(object, object)
    """A tuple of row numbers, and the ``LetterKind`` of the letters to send as a batch."""
    restore_wanted = Signal(object)
    columns_arranged = Signal()
    """A column of the table is wider, elsewhere, hidden or shown."""
    left = Signal()
    """Esc was pressed with nothing ticked."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._is_asking = False
        self._asks_again = False
        self._needs_choices = True
        self._pressed = -1
        self._wants_first = False
        self._kept: str | None = None
        self._shown_headers: tuple[GroupHeader, ...] = ()
        self._kept_at = 0
        self.title = label(self.tr("Requests"), Look.PAGE)
        self.count = label("", Look.SECOND)
        self.batches = QPushButton()
        self.batches.setProperty("kind", "link")
        self.batches.hide()
        self.batches.clicked.connect(lambda _on=False: surroundings.navigator.show_batches())
        self.bar = FilterBar()
        self._columns = request_columns()
        columns = [one.column for one in self._columns]
        self.model = PagedModel(self._fetch, face, columns, self.tr("Loading…"), self)
        self.list = RowList(self.model, self.tr("Requests"))
        self.table: RequestTable | None = None
        self._arrangement = Arrangement()
        self._is_for_clients = False
        self.bulk = BulkBar()
        self.views = QStackedWidget()
        self.views.addWidget(self.list)
        self._empty: EmptyState | None = None
        self._lay_out()
        self._connect()

    @property
    def empty(self) -> EmptyState | None:
        """What is said in place of the list; None while there are rows."""
        return self._empty

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.count, alignment=Qt.AlignmentFlag.AlignBottom)
        inner = QFrame()
        inner.setProperty("surface", "window")
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.batches, alignment=Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self.bar)
        layout.addWidget(self.views, 1)
        layout.addWidget(self.bulk)
        self.views.setMinimumHeight(theme.px(_LOWEST_ROWS_PX))
        scroll = QScrollArea()  # where large text leaves the rows no room, the whole pane scrolls
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _connect(self) -> None:
        self.bar.changed.connect(self._look)
        self.bar.table_wanted.connect(self._switch)
        self.bar.columns.menu().aboutToShow.connect(self._fill_columns)
        self._connect_view(self.list)
        self.model.ticks_changed.connect(self._say_ticks)
        self.bulk.clear_wanted.connect(lambda: self.model.set_ticked(()))
        self.bulk.send_wanted.connect(lambda kind: self.send_wanted.emit(self.ticked(), kind))
        self.bulk.bin_wanted.connect(lambda: self.bin_wanted.emit(self.ticked()))
        self.bulk.restore_wanted.connect(lambda: self.restore_wanted.emit(self.ticked()))

    def _connect_view(self, view: RowList) -> None:
        view.chosen.connect(lambda row: self.row_chosen.emit(int(row)))
        view.opened.connect(lambda row: self.row_opened.emit(int(row)))
        view.pressed.connect(self._press)
        view.clicked.connect(self._click)
        view.left.connect(self.left)

    # ── list or table ────────────────────────────────────────────────────────────────────────────────

    @property
    def view(self) -> RowList:
        """The list, or the table in its place."""
        return self.table if self.table is not None and self.bar.table.isChecked() else self.list

    def arrange_columns(self, wanted: Arrangement, *, is_for_clients: bool) -> None:
        """Put the columns of the table as they were kept."""
        self._arrangement, self._is_for_clients = wanted, is_for_clients
        if self.table is not None:
            self.table.arrange(wanted, is_for_clients=is_for_clients)

    def arrangement(self) -> Arrangement:
        """How the columns of the table stand."""
        return self.table.arrangement() if self.table is not None else self._arrangement

    def _switch(self, is_table: bool) -> None:  # noqa: FBT001  # a slot
        before: RowList | None = self.list if is_table else self.table
        if is_table and self.table is None:
            self.table = self._make_table()
        if before is None:
            return
        chosen, has_focus = before.chosen_id(), before.hasFocus()
        if self._empty is None:
            self.views.setCurrentWidget(self.view)
        if chosen is not None:
            self.view.choose(chosen)
        if has_focus:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.view, self.tr("Shown as a table") if is_table else self.tr("Shown as a list"))

    def _make_table(self) -> RequestTable:
        table = RequestTable(self.model, self._columns, self.tr("Requests"))
        table.arrange(self._arrangement, is_for_clients=self._is_for_clients)
        table.show_sort(self.bar.sort, is_reversed=self.bar.is_reversed)
        table.sort_wanted.connect(self._sort_by)
        table.arranged.connect(self.columns_arranged)
        self._connect_view(table)
        self.views.addWidget(table)
        return table

    def _sort_by(self, sort: SortOrder) -> None:
        self.bar.sort_by(sort)
        if self.table is not None:
            self.table.announce_sort(sort)

    def _fill_columns(self) -> None:
        if self.table is not None:
            self.table.fill_menu(self.bar.columns.menu())

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────

    @property
    def is_bin(self) -> bool:
        """Whether the bin is shown."""
        return self.bar.wanted.is_binned

    def ticked(self) -> tuple[int, ...]:
        """The numbers of the ticked rows."""
        return tuple(int(one) for one in self.model.ticked)

    def chosen(self) -> int | None:
        """The number of the row that the keyboard is on."""
        row = self.view.chosen_id()
        return int(row) if row is not None else None

    def choose(self, row: int) -> bool:
        """Go to a row; False where the list does not hold it."""
        return self.view.choose(str(row))

    def choose_first(self) -> None:
        """Go to the first row as soon as there is one, unless another is chosen by then."""
        self._wants_first = True
        self._choose_first()

    def refresh(self) -> None:
        """Ask for the list again, and for what it can be filtered by."""
        self._needs_choices = True
        self._look()

    def _look(self) -> None:
        if self.table is not None:
            self.table.show_sort(self.bar.sort, is_reversed=self.bar.is_reversed)
        if self._is_asking:
            self._asks_again = True
            return
        self._is_asking = True
        self._ask(first_rows, self._show_first)

    def _ask(self, job: Callable[..., Answer], then: Callable[[Answer], None]) -> None:
        bar, desk = self.bar, self._surroundings.desk
        question = Question(
            wanted=bar.wanted, sort=bar.sort, is_grouped=bar.is_grouped, is_reversed=bar.is_reversed
        )
        self._surroundings.tasks.run(self, partial(job, desk, question), then, self._failed)

    def _show_first(self, answer: Answer) -> None:
        if self._starts_anew():
            return
        self._show(answer)
        if answer.count is None or answer.count > len(answer.rows):
            self._ask(all_rows, self._show_all)
            return
        self._rest()

    def _show_all(self, answer: Answer) -> None:
        if self._starts_anew():
            return
        self._shown_headers = self._headers(answer)
        self._say_count(answer)
        # the first rows are on screen already, and stay there
        self._replace(NumberIds(answer.rows), self._shown_headers, answer.page, is_continued=True)
        self._rest()

    def _say_batches(self, count: int) -> None:
        """Lead back to batches that wait for the person, or are on their way."""
        one, many = self.tr("1 batch is not finished"), self.tr("{count} batches are not finished")
        self.batches.setText(one if count == 1 else many.format(count=count))
        self.batches.setVisible(count > 0)

    def _starts_anew(self) -> bool:
        if self._asks_again:
            self._asks_again = False
            self._ask(first_rows, self._show_first)
            return True
        return False

    def _rest(self) -> None:
        self._is_asking = False
        if self._needs_choices:  # typing changes none of them
            self._needs_choices = False
            self._surroundings.tasks.run(
                self, partial(choices, self._surroundings.desk, self.bar.wanted), self.bar.know
            )
            self._surroundings.tasks.run(
                self, partial(unfinished_batches, self._surroundings.desk), self._say_batches
            )
        self.was_shown.emit()

    def _failed(self, error: OptOutError) -> None:
        self._is_asking = False
        self._asks_again = False
        self._surroundings.errors.show(error, self)

    def _show(self, answer: Answer) -> None:
        ids = NumberIds(answer.rows)
        headers = self._headers(answer)
        self._say_count(answer)
        if ids == self.model.ids and headers == self._shown_headers:
            self.model.refresh_rows(answer.page)
        else:
            self._replace(ids, headers, answer.page)
        self._shown_headers = headers
        self._say_empty(answer)
        self._choose_first()

    def _replace(
        self,
        ids: NumberIds,
        headers: tuple[GroupHeader, ...],
        page: Sequence[ListRow | None],
        *,
        is_continued: bool = False,
    ) -> None:
        """Show other rows, on the same one as before, or on the one that came in its place."""
        before = self.view.chosen_id()
        if before is not None:
            self._kept, self._kept_at = before, self.view.currentIndex().row()
        scrolled = self.view.verticalScrollBar().value()
        self.model.show_ids(ids, headers, page, is_continued=is_continued)
        if self._kept is None or not ids or self.view.chosen_id() == self._kept:
            return
        if not self.view.choose(self._kept):
            self._choose_near(self._kept_at)
        self.view.verticalScrollBar().setValue(scrolled)
        self.view.scrollTo(self.view.currentIndex())

    def _choose_near(self, row: int) -> None:
        last = self.model.rowCount() - 1
        for at in (*range(min(row, last), last + 1), *range(min(row, last), -1, -1)):
            if self.model.id_at(at) is not None:
                self.view.setCurrentIndex(self.model.index(at, 0))
                return

    def _choose_first(self) -> None:
        if not self._wants_first or not self.model.ids:
            return
        self._wants_first = False
        if self.view.chosen_id() is None:
            self.view.choose(self.model.ids[0])

    @staticmethod
    def _headers(answer: Answer) -> tuple[GroupHeader, ...]:
        found: list[GroupHeader] = []
        first = 0
        for urgency, size in answer.groups:
            if first < len(answer.rows):
                words = wording.tr("{group} ({count})").format(group=wording.urgency(urgency), count=size)
                found.append(GroupHeader(words=words.upper(), first_row=first))
            first += size
        return tuple(found)

    def _fetch(self, ids: Sequence[str], then: Callable[[Sequence[ListRow | None]], None]) -> None:
        numbers = tuple(int(one) for one in ids)
        self._surroundings.tasks.run(self, partial(list_rows, self._surroundings.desk, numbers), then)

    def _say_count(self, answer: Answer) -> None:
        if answer.count is None:
            return
        one, many = self.tr("1 shown"), self.tr("{count} shown")
        words = one if answer.count == 1 else many.format(count=self.locale().toString(answer.count))
        if words != self.count.text():
            self.count.setText(words)
            announce(self.view, words)

    # ── nothing there ────────────────────────────────────────────────────────────────────────────────

    def _say_empty(self, answer: Answer) -> None:
        if self._empty is not None:
            self.views.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if answer.rows:
            self.views.setCurrentWidget(self.view)
            return
        self._empty = self._empty_state(answer)
        self.views.addWidget(self._empty)
        self.views.setCurrentWidget(self._empty)

    def _empty_state(self, answer: Answer) -> EmptyState:
        if self.bar.wanted.typed.strip():
            return self._nothing_found(answer)
        if not self.bar.is_plain:
            clear = (self.tr("Clear all filters"), self.bar.clear_filters)
            line = self.tr("Take a filter off to see more.")
            return EmptyState(self.tr("No request fits"), line, (clear,), icon="filter")
        smart = smart_of(self.bar.wanted)
        if smart is SmartList.BIN:
            line = self.tr("What you move to the bin stays here for thirty days at least.")
            return EmptyState(self.tr("The bin is empty"), line, icon="trash")
        new = (self.tr("New request"), self._surroundings.navigator.start_request)
        if answer.is_vault_empty:
            line = self.tr("Ask a company to stop selling your data. It takes about two minutes.")
            return EmptyState(self.tr("No requests yet"), line, (new,), icon="letter")
        if smart is SmartList.DRAFTS:
            line = self.tr("A request that you begin and do not send is kept here.")
            return EmptyState(self.tr("No drafts"), line, (new,), icon="pencil")
        titles = {
            SmartList.OVERDUE: self.tr("Nothing is overdue"),
            SmartList.NEEDS_YOU: self.tr("Nothing needs you"),
            SmartList.DUE_SOON: self.tr("Nothing is due soon"),
            SmartList.WAITING: self.tr("No request waits for an answer"),
        }
        title = titles.get(smart, self.tr("Nothing is done yet")) if smart else self.tr("Nothing is done yet")
        coming = answer.next_due
        line = self.tr("No deadline is running.")
        if coming is not None and coming.due_on is not None:
            line = self.tr("Next deadline: {day}, {company}.").format(
                day=long_date(coming.due_on), company=shown(coming.company_name)
            )
        everything = (
            self.tr("Show all requests"),
            lambda: self.bar.want(replace(self.bar.wanted, urgencies=frozenset())),
        )
        return EmptyState(title, line, (everything,), icon="check-circle")

    def _nothing_found(self, answer: Answer) -> EmptyState:
        title = self.tr("Nothing found for “{typed}”").format(typed=shown(self.bar.wanted.typed.strip()))
        clear = (self.tr("Clear search"), self.bar.search.clear)
        if not answer.nearest:
            line = self.tr("Search looks at company, reference, person, right, law and notes.")
            return EmptyState(title, line, (clear,), icon="search")
        nearest = answer.nearest
        words = self.tr("Search for {name}").format(name=shown(nearest))
        search = (words, lambda: self.bar.search.setText(nearest))
        line = self.tr("Did you mean {name}?").format(name=shown(nearest))
        return EmptyState(title, line, (search, clear), icon="search")

    # ── ticks and presses ────────────────────────────────────────────────────────────────────────────

    def _say_ticks(self) -> None:
        was_hidden = self.bulk.isHidden()
        self.bulk.say(self.model.ticked_count, is_bin=self.is_bin)
        layout = self.layout()
        if was_hidden and layout is not None:
            layout.activate()  # the list is shorter now; the row with the focus stays in sight
            self.view.scrollTo(self.view.currentIndex())
        announce(self.view, self.bulk.words.text())

    def _press(self, index: QModelIndex) -> None:
        self._pressed = index.row()

    def _click(self, index: QModelIndex) -> None:
        # a click on a tick box presses no row
        is_whole, self._pressed = self._pressed == index.row(), -1
        row = self.model.id_at(index.row())
        if is_whole and row is not None:
            self.clicked_row.emit(int(row))
