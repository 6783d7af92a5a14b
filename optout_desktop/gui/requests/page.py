# SPDX-License-Identifier: Apache-2.0
"""The page of requests: list and detail side by side, or one in the place of the other where room is short.

The list chooses, the detail shows; a change of the vault has both ask again when the page is on screen, or
when it next is. What the person arranged (groups, order, filter, splitter) is remembered in the vault.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from optout_desktop.domain.agenda import RequestFilter, RequestOverview, SortOrder
from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.gui import keymap, theme
from optout_desktop.gui.keymap import Act
from optout_desktop.gui.requests.asking import overviews
from optout_desktop.gui.requests.doing import Doing
from optout_desktop.gui.requests.filters import from_json, to_json
from optout_desktop.gui.requests.list_pane import ListPane
from optout_desktop.gui.requests.table_columns import Arrangement, arrangement_from
from optout_desktop.gui.surroundings import Surroundings

if TYPE_CHECKING:
    from optout_desktop.gui.requests.detail import DetailPane

WIDE_PX = 940
"""From this width on, at 100 % text, list and detail stand side by side: a window of 1180 px."""
LAST_USED = ""
"""The name under which the filter last used is kept."""
_REMEMBER_AFTER_MS = 400
_DETAIL_AFTER_MS = 20
"""Making the detail takes longer than painting the list, which shall be seen first."""
_PANES = 2


class RequestsPage(QWidget):
    """All requests, and one of them in detail."""

    opened = Signal(object)
    """The ``RequestId`` that is shown in detail."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._is_stale = True
        self._is_arranged = False
        self._is_arranging = False
        self._is_detail_open = False
        self._wanted_row: int | None = None
        self._loading_row: int | None = None
        self._sizes: dict[bool, tuple[int, ...]] = {False: (), True: ()}
        self._after_arranging: list[Callable[[], None]] = []
        self.doing = Doing(surroundings, self)
        self.list_pane = ListPane(surroundings)
        self._detail: DetailPane | None = None
        self._right = QWidget()
        QVBoxLayout(self._right).setContentsMargins(0, 0, 0, 0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list_pane)
        self.splitter.addWidget(self._right)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.setAccessibleName(self.tr("Requests"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 16, 12)
        layout.addWidget(self.splitter)
        self._remembering = QTimer(self)
        self._remembering.setSingleShot(True)
        self._remembering.setInterval(_REMEMBER_AFTER_MS)
        self._remembering.timeout.connect(self.remember)
        self.acts = self._make_acts()
        self._connect()

    # ── what others ask ──────────────────────────────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Ask for the list and the detail again."""
        if not self._is_arranged:
            self._arrange()
            return
        self._is_stale = False
        self.list_pane.refresh()
        if self._detail is not None:
            self._detail.refresh()

    def show_filter(self, wanted: RequestFilter) -> None:
        """Show the list with this filter."""
        self._when_arranged(partial(self._show_filter, wanted))

    def show_request(self, request: RequestId) -> None:
        """Show one request in detail, and its row in the list where that holds it."""
        self._when_arranged(partial(self._show_request, request))

    @property
    def detail_pane(self) -> DetailPane:
        """The right side; made when it is first wanted, after the list has been painted."""
        if self._detail is None:
            from optout_desktop.gui.requests.detail import DetailPane

            self._detail = DetailPane(self._surroundings, self.doing)
            self._detail.back_wanted.connect(self.go_back)
            self._detail.shown_request.connect(self.opened)
            if (layout := self._right.layout()) is not None:
                layout.addWidget(self._detail)
            self._fit()
            if self._loading_row is not None:
                self._load(self._loading_row)
        return self._detail

    @property
    def is_wide(self) -> bool:
        """Whether list and detail stand side by side."""
        return self.width() >= theme.px(WIDE_PX)

    # ── making ───────────────────────────────────────────────────────────────────────────────────────

    def _connect(self) -> None:
        panes, doing = self.list_pane, self.doing
        self._surroundings.tasks.vault_changed.connect(self._changed)
        panes.row_chosen.connect(self._choose)
        panes.row_opened.connect(self._open)
        panes.clicked_row.connect(self._click)
        panes.was_shown.connect(self._was_shown)
        panes.left.connect(self._leave_list)
        panes.bin_wanted.connect(lambda rows: self._with_ids(rows, doing.bin))
        panes.send_wanted.connect(self._send_together)
        panes.restore_wanted.connect(lambda rows: self._with_ids(rows, doing.restore))
        panes.bar.changed.connect(self._remember_soon)
        panes.bar.saved_changed.connect(self.remember)
        panes.bar.table_wanted.connect(self._size_for_view)
        panes.bar.table_wanted.connect(self._remember_soon)
        panes.columns_arranged.connect(self._remember_soon)
        self.splitter.splitterMoved.connect(self._moved_splitter)
        doing.duplicated.connect(lambda row: self._show_request(row.id))

    def _make_acts(self) -> dict[Act, QAction]:
        panes = self.list_pane
        done: dict[Act, Callable[[], object]] = {
            Act.PRIMARY: self._in_detail(lambda pane: pane.press_main()),
            Act.REMIND: self._in_detail(lambda pane: pane.remind()),
            Act.RECORD_REPLY: self._in_detail(lambda pane: pane.header.open_replies()),
            Act.ADD_EVIDENCE: self._in_detail(lambda pane: pane.add_file()),
            Act.DUPLICATE: self._in_detail(lambda pane: pane.duplicate()),
            Act.RENAME: self._in_detail(lambda pane: pane.edit()),
            Act.TABLE_VIEW: panes.bar.table.toggle,
            Act.TO_BIN: self._bin_from_list,
            Act.SEARCH: self._search,
            Act.SEARCH_IN_LIST: self._search,
        }
        acts = keymap.actions_for(done, self)
        for act, made in acts.items():
            made.triggered.connect(lambda _on=False, act=act: done[act]())
            is_for_list = act in {Act.TO_BIN, Act.SEARCH_IN_LIST}
            (panes.views if is_for_list else self).addAction(made)
        return acts

    def _in_detail(self, act: Callable[[DetailPane], object]) -> Callable[[], object]:
        return lambda: act(self.detail_pane)

    # ── arranging and remembering ────────────────────────────────────────────────────────────────────

    def _when_arranged(self, act: Callable[[], None]) -> None:
        if self._is_arranged:
            act()
            return
        self._after_arranging.append(act)
        self._arrange()

    def _arrange(self) -> None:
        if self._is_arranging:
            return
        self._is_arranging = True
        self._surroundings.tasks.run(self, self._surroundings.desk.preferences.all, self._arranged)

    def _arranged(self, kept: dict[str, bool | int | str]) -> None:
        self._is_arranging = False
        self._is_arranged = True
        bar = self.list_pane.bar
        was = bar.blockSignals(True)
        bar.saved = from_json(str(kept["saved_filters"]))
        bar.want(bar.saved.pop(LAST_USED, bar.wanted))
        sort = str(kept["sort_requests"])
        known = (
            SortOrder(sort.removeprefix("-"))
            if sort.removeprefix("-") in set(SortOrder)
            else SortOrder.URGENCY
        )
        bar.arrange(known, is_grouped=kept["group_requests"] == "urgency", is_reversed=sort.startswith("-"))
        bar.blockSignals(was)
        self.list_pane.arrange_columns(
            arrangement_from(str(kept["columns"])), is_for_clients=kept["advocate_mode"] is True
        )
        self._sizes = {
            False: tuple(int(part) for part in str(kept["splitter"]).split(",") if part.isdigit()),
            True: self.list_pane.arrangement().splitter,
        }
        self._is_arranged = False  # what follows is not to be remembered anew
        bar.table.setChecked(kept["requests_view"] == "table")
        self._size_for_view()
        self._is_arranged = True
        waiting, self._after_arranging = self._after_arranging, []
        for act in waiting:
            act()
        if not waiting and self.is_wide:
            self.list_pane.choose_first()
        self.refresh()

    def _size_for_view(self) -> None:
        """A table wants more of the width than a list; each has its own division."""
        is_table = self.list_pane.bar.table.isChecked()
        sizes = self._sizes[is_table]
        if len(sizes) == _PANES:
            self.splitter.setSizes(sizes)
        else:
            parts = (3, 2) if is_table else (2, 3)
            self.splitter.setSizes([self.splitter.width() * part // 5 for part in parts])

    def _moved_splitter(self) -> None:
        self._sizes[self.list_pane.bar.table.isChecked()] = tuple(self.splitter.sizes())
        self._remember_soon()

    def _remember_soon(self) -> None:
        if self._is_arranged:
            self._remembering.start()

    def remember(self) -> None:
        """Keep groups, order, filters and the splitter for the next time."""
        self._remembering.stop()
        if not self._is_arranged:
            return
        bar = self.list_pane.bar
        is_table = bar.table.isChecked()
        if self.is_wide:
            self._sizes[is_table] = tuple(self.splitter.sizes())
        columns = replace(self.list_pane.arrangement(), splitter=self._sizes[True])
        wanted: dict[str, str] = {
            "group_requests": "urgency" if bar.is_grouped else "none",
            "sort_requests": f"-{bar.sort}" if bar.is_reversed else str(bar.sort),
            "saved_filters": to_json({**bar.saved, LAST_USED: bar.wanted}),
            "requests_view": "table" if is_table else "list",
            "columns": columns.to_json() if columns != Arrangement() else "",
            "splitter": ",".join(str(size) for size in self._sizes[False]),
        }
        preferences = self._surroundings.desk.preferences

        def job() -> None:
            kept = preferences.all()
            for name, value in wanted.items():
                if kept[name] != value:
                    preferences.remember(name, value)

        self._surroundings.tasks.run(self, job, lambda _none: None)

    # ── moving between list and detail ───────────────────────────────────────────────────────────────

    def go_back(self) -> None:
        """From the detail to the list, on the same row."""
        self._is_detail_open = False
        self._fit()
        self.list_pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_filter(self, wanted: RequestFilter) -> None:
        self._is_detail_open = False
        self.list_pane.bar.want(wanted)
        if self.is_wide:
            self.list_pane.choose_first()
        self._fit()

    def _show_request(self, request: RequestId) -> None:
        desk = self._surroundings.desk
        self._is_detail_open = True
        self.detail_pane.show_request(request)
        self._fit()
        self._surroundings.tasks.run(self, lambda: desk.requests.detail(request).overview, self._find_row)

    def _find_row(self, row: RequestOverview) -> None:
        if self.list_pane.choose(row.row):
            return
        self._wanted_row = row.row
        self.list_pane.bar.want(RequestFilter(is_binned=row.is_binned))
        self.list_pane.refresh()

    def _was_shown(self) -> None:
        if self._wanted_row is not None and self.list_pane.choose(self._wanted_row):
            self._wanted_row = None

    def _choose(self, row: int) -> None:
        if self.is_wide:
            self._load(row)

    def _click(self, row: int) -> None:
        if not self.is_wide:
            self._open(row)

    def _open(self, row: int) -> None:
        self._is_detail_open = True
        self._load(row)
        self._fit()
        self.detail_pane.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load(self, row: int) -> None:
        self._loading_row = row
        if self._detail is None:
            view = self.list_pane.view
            if view.has_painted or not view.isVisible():
                self._make_detail_soon()
            else:
                view.painted.connect(self._make_detail_soon)
            return
        desk = self._surroundings.desk
        value = self.list_pane.model.row_value(self.list_pane.model.row_of(str(row)))
        if value is not None:
            self._detail.show_request(value.overview.id)
            return

        def show(found: tuple[RequestOverview, ...]) -> None:
            if found and self._loading_row == row:
                self.detail_pane.show_request(found[0].id)

        self._surroundings.tasks.run(self, partial(desk.requests.page, (row,)), show)

    def _make_detail_soon(self) -> None:
        QTimer.singleShot(_DETAIL_AFTER_MS, self, lambda: self.detail_pane)

    def _leave_list(self) -> None:
        if self.list_pane.bar.search.text():
            self.list_pane.bar.search.clear()

    def _search(self) -> None:
        self._is_detail_open = False
        self._fit()
        self.list_pane.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list_pane.bar.search.selectAll()

    def _bin_from_list(self) -> None:
        chosen = self.list_pane.chosen()
        rows = self.list_pane.ticked() or ((chosen,) if chosen is not None else ())
        if rows and not self.list_pane.is_bin:
            self._with_ids(rows, self.doing.bin)

    def _send_together(self, rows: tuple[int, ...], kind: LetterKind) -> None:
        send = self._surroundings.navigator.send_together
        self._with_ids(rows, lambda requests: send(requests, kind))

    def _with_ids(self, rows: tuple[int, ...], act: Callable[[tuple[RequestId, ...]], None]) -> None:
        """Do something to the requests of these rows, in the order of the list."""

        def done(found: tuple[RequestOverview, ...]) -> None:
            if found:
                act(tuple(one.id for one in found))

        self._surroundings.tasks.run(self, partial(overviews, self._surroundings.desk, rows), done)

    def _fit(self) -> None:
        is_wide = self.is_wide
        self.list_pane.setVisible(is_wide or not self._is_detail_open)
        is_detail = is_wide or self._is_detail_open
        self._right.setVisible(is_detail)
        if self._detail is not None:
            self._detail.setVisible(is_detail)
            self._detail.back.setVisible(not is_wide)

    # ── Qt's questions ───────────────────────────────────────────────────────────────────────────────

    def _changed(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask again where something changed meanwhile."""
        super().showEvent(event)
        self._fit()
        if self._is_stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was arranged."""
        super().hideEvent(event)
        if self._remembering.isActive():
            self.remember()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One beside the other, or one at a time."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads from the detail back to the list."""
        if event.key() == Qt.Key.Key_Escape and (
            self._is_detail_open or self._right.isAncestorOf(self.focusWidget() or self)
        ):
            self.go_back()
            return
        super().keyPressEvent(event)
