# SPDX-License-Identifier: Apache-2.0
"""The page of requests: list and detail side by side, or one in the place of the other where room is short.

The list chooses, the detail shows; a change of the vault has both ask again when the page is on screen, or
when it next is. What the person arranged (groups, order, filter, splitter) is remembered in the vault.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from optout_desktop.domain.agenda import RequestFilter, RequestOverview, SortOrder
from optout_desktop.domain.ids import RequestId
from optout_desktop.gui import keymap, theme
from optout_desktop.gui.keymap import Act
from optout_desktop.gui.requests.asking import overviews
from optout_desktop.gui.requests.detail import DetailPane
from optout_desktop.gui.requests.doing import Doing
from optout_desktop.gui.requests.filters import from_json, to_json
from optout_desktop.gui.requests.list_pane import ListPane
from optout_desktop.gui.surroundings import Surroundings

WIDE_PX = 940
"""From this width on, at 100 % text, list and detail stand side by side: a window of 1180 px."""
LAST_USED = ""
"""The name under which the filter last used is kept."""
_REMEMBER_AFTER_MS = 400


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
        self._after_arranging: list[Callable[[], None]] = []
        self.doing = Doing(surroundings, self)
        self.list_pane = ListPane(surroundings)
        self.detail_pane = DetailPane(surroundings, self.doing)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list_pane)
        self.splitter.addWidget(self.detail_pane)
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
        self.detail_pane.refresh()

    def show_filter(self, wanted: RequestFilter) -> None:
        """Show the list with this filter."""
        self._when_arranged(partial(self._show_filter, wanted))

    def show_request(self, request: RequestId) -> None:
        """Show one request in detail, and its row in the list where that holds it."""
        self._when_arranged(partial(self._show_request, request))

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
        panes.list.left.connect(self._leave_list)
        panes.bin_wanted.connect(lambda rows: self._with_ids(rows, doing.bin))
        panes.restore_wanted.connect(lambda rows: self._with_ids(rows, doing.restore))
        panes.bar.changed.connect(self._remember_soon)
        panes.bar.saved_changed.connect(self.remember)
        self.splitter.splitterMoved.connect(self._remember_soon)
        self.detail_pane.back_wanted.connect(self.go_back)
        self.detail_pane.shown_request.connect(self.opened)
        doing.duplicated.connect(lambda row: self._show_request(row.id))

    def _make_acts(self) -> dict[Act, QAction]:
        detail, panes = self.detail_pane, self.list_pane
        done: dict[Act, Callable[[], object]] = {
            Act.PRIMARY: detail.press_main,
            Act.REMIND: detail.remind,
            Act.RECORD_REPLY: detail.header.open_replies,
            Act.ADD_EVIDENCE: detail.add_file,
            Act.DUPLICATE: detail.duplicate,
            Act.RENAME: detail.edit,
            Act.TO_BIN: self._bin_from_list,
            Act.SEARCH: self._search,
            Act.SEARCH_IN_LIST: self._search,
        }
        acts = keymap.actions_for(done, self)
        for act, made in acts.items():
            made.triggered.connect(done[act])
            is_for_list = act in {Act.TO_BIN, Act.SEARCH_IN_LIST}
            (panes.list if is_for_list else self).addAction(made)
        return acts

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
        known = SortOrder(sort) if sort in set(SortOrder) else SortOrder.URGENCY
        bar.arrange(known, is_grouped=kept["group_requests"] == "urgency")
        bar.blockSignals(was)
        sizes = [int(part) for part in str(kept["splitter"]).split(",") if part.isdigit()]
        if len(sizes) == 2:
            self.splitter.setSizes(sizes)
        waiting, self._after_arranging = self._after_arranging, []
        for act in waiting:
            act()
        if not waiting and self.is_wide:
            self.list_pane.choose_first()
        self.refresh()

    def _remember_soon(self) -> None:
        if self._is_arranged:
            self._remembering.start()

    def remember(self) -> None:
        """Keep groups, order, filters and the splitter for the next time."""
        self._remembering.stop()
        if not self._is_arranged:
            return
        bar = self.list_pane.bar
        wanted: dict[str, str] = {
            "group_requests": "urgency" if bar.is_grouped else "none",
            "sort_requests": str(bar.sort),
            "saved_filters": to_json({**bar.saved, LAST_USED: bar.wanted}),
        }
        if self.is_wide:
            wanted["splitter"] = ",".join(str(size) for size in self.splitter.sizes())
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
        self.list_pane.list.setFocus(Qt.FocusReason.OtherFocusReason)

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
        desk = self._surroundings.desk
        value = self.list_pane.model.row_value(self.list_pane.model.row_of(str(row)))
        if value is not None:
            self.detail_pane.show_request(value.overview.id)
            return

        def show(found: tuple[RequestOverview, ...]) -> None:
            if found and self._loading_row == row:
                self.detail_pane.show_request(found[0].id)

        self._surroundings.tasks.run(self, partial(desk.requests.page, (row,)), show)

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

    def _with_ids(self, rows: tuple[int, ...], act: Callable[[tuple[RequestId, ...]], None]) -> None:
        """Do something to the requests of these rows, in the order of the list."""

        def done(found: tuple[RequestOverview, ...]) -> None:
            if found:
                act(tuple(one.id for one in found))

        self._surroundings.tasks.run(self, partial(overviews, self._surroundings.desk, rows), done)

    def _fit(self) -> None:
        is_wide = self.is_wide
        self.list_pane.setVisible(is_wide or not self._is_detail_open)
        self.detail_pane.setVisible(is_wide or self._is_detail_open)
        self.detail_pane.back.setVisible(not is_wide)

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
            self._is_detail_open or self.detail_pane.isAncestorOf(self.focusWidget() or self)
        ):
            self.go_back()
            return
        super().keyPressEvent(event)
