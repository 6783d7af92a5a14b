# SPDX-License-Identifier: Apache-2.0
"""The list of requests as a table: one line a row, heads that sort, columns that can be hidden and moved.

Rows are chosen, ticked and opened as in the list: it is the same view with other paint. A head that is pressed
only tells which order is wanted; the page asks the vault for it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from optout_desktop.domain.agenda import SortOrder
from optout_desktop.gui import theme
from optout_desktop.gui.paged_table import HEADER_ROLE, ROW_ROLE, PagedModel
from optout_desktop.gui.requests.table_columns import (
    COMPANY,
    NARROWEST_PX,
    PERSON,
    Arrangement,
    RequestColumn,
)
from optout_desktop.gui.row_views import BAR_PX, RowDelegate, RowList, paint_box
from optout_desktop.gui.tokens import STATUS_ICONS, StatusToken, Tokens
from optout_desktop.gui.voice import announce

_PAD_PX = 8
_GAP_PX = 6
_Index = QModelIndex | QPersistentModelIndex


class CellDelegate(RowDelegate):
    """Paints one cell of a row; the tick box stands in the cell of the company."""

    def __init__(self, table: RequestTable, columns: tuple[RequestColumn, ...]) -> None:
        super().__init__(table)
        self._table = table
        self._columns = columns

    def row_height(self, font: QFont) -> int:
        """One line, and room for a finger."""
        return max(theme.px(36), QFontMetrics(font).height() + 12)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """The room that the words of a cell need."""
        words = QFontMetrics(option.font).horizontalAdvance(str(index.data() or ""))
        extra = self._lead(index.column()) + 2 * _PAD_PX + 2
        return QSize(words + extra, self.row_height(option.font))

    def _lead(self, column: int) -> int:
        if column == 0:
            return theme.px(20) + _PAD_PX
        return theme.px(16) + _GAP_PX if self._columns[column].column.status is not None else 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a cell, its part of a heading, or a placeholder for a row on its way."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(option.rect)
        painter.setFont(option.font)
        heading = index.sibling(index.row(), 0).data(HEADER_ROLE)
        if heading is not None:
            whole = QStyleOptionViewItem(option)
            whole.rect = self._table.row_rect(option.rect)
            self._paint_header(painter, whole, str(heading))
        else:
            self._paint_cell(painter, option, index)
        painter.restore()

    def _paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        table = theme.tokens()
        is_mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        self._paint_cell_ground(painter, option, index, table)
        room = QRect(option.rect).adjusted(_PAD_PX, 0, -_PAD_PX, 0)
        column = index.column()
        if column == 0:
            is_ticked = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
            place = self.box_rect(option.rect, is_mirrored=is_mirrored)
            paint_box(painter, place, table, is_ticked=is_ticked)
        sign = None
        value = index.data(ROW_ROLE)
        status = self._columns[column].column.status
        if value is None:
            self._paint_placeholder(
                painter, self._after(room, self._lead(column), is_mirrored=is_mirrored), table
            )
            return
        if status is not None:
            sign = status(value)
            self._paint_sign(painter, room, sign, table, is_mirrored=is_mirrored)
        room = self._after(room, self._lead(column), is_mirrored=is_mirrored)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if column == 0 else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(
            QColor(table.statuses[sign].on_surface if sign else table.text if column == 0 else table.text_2)
        )
        words = QFontMetrics(font).elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, room.width()
        )
        is_number = self._columns[column].column.is_number
        side = Qt.AlignmentFlag.AlignTrailing if is_number else Qt.AlignmentFlag.AlignLeading
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), words)

    @staticmethod
    def _after(room: QRect, lead: int, *, is_mirrored: bool) -> QRect:
        return room.adjusted(0, 0, -lead, 0) if is_mirrored else room.adjusted(lead, 0, 0, 0)

    @staticmethod
    def _paint_placeholder(painter: QPainter, room: QRect, table: Tokens) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(table.hover))
        height = room.height() // 4
        painter.drawRoundedRect(
            QRect(room.left(), room.center().y() - height // 2, room.width() * 2 // 3, height), 3, 3
        )

    def _paint_sign(
        self, painter: QPainter, room: QRect, sign: StatusToken | None, table: Tokens, *, is_mirrored: bool
    ) -> None:
        if sign is None:
            return
        side = theme.px(16)
        left = room.right() - side + 1 if is_mirrored else room.left()
        place = QPointF(left, room.top() + (room.height() - side) / 2)
        colour = table.statuses[sign].on_surface
        painter.drawPixmap(place, theme.pixmap(STATUS_ICONS[sign], colour, side, self._table))

    def _paint_cell_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, table: Tokens
    ) -> None:
        rect, whole = option.rect, self._table.row_rect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(table.selection))
            bar = QRect(whole)
            bar.setWidth(BAR_PX)
            if option.direction is Qt.LayoutDirection.RightToLeft:
                bar.moveRight(whole.right())
            painter.fillRect(bar, QColor(table.accent))
        elif index.row() == self._table.pointed_row:
            painter.fillRect(rect, QColor(table.hover))
        if self._table.hasFocus() and index.row() == self._table.currentIndex().row():
            pen = painter.pen()
            pen.setColor(QColor(table.focus))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(whole.adjusted(1, 1, -1, -1))  # each cell paints its part of it
        else:
            painter.setPen(QColor(table.hairline))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())


class RequestTable(RowList):
    """Requests in columns."""

    sort_wanted = Signal(object)
    """A ``SortOrder``: its head was pressed."""
    arranged = Signal()
    """A column is wider, elsewhere, hidden or shown."""

    def __init__(
        self, model: PagedModel, columns: tuple[RequestColumn, ...], words: str, parent: QWidget | None = None
    ) -> None:
        self._columns = columns
        self._is_for_clients = False
        self._is_arranging = False
        self._arrangement = Arrangement()
        self.pointed_row = -1
        super().__init__(model, words, parent)
        self.entered.connect(lambda index: self._point(index.row()))
        self.viewportEntered.connect(lambda: self._point(-1))
        self.arrange(Arrangement(), is_for_clients=False)

    # ── columns ──────────────────────────────────────────────────────────────────────────────────────

    def arrange(self, wanted: Arrangement, *, is_for_clients: bool) -> None:
        """Put the columns as they were kept; the person's column only shows where clients are looked after."""
        self._is_arranging = True
        self._arrangement = wanted
        self._is_for_clients = is_for_clients
        head = self.horizontalHeader()
        keys = [one.column.key for one in self._columns]
        order = [*wanted.order, *(key for key in keys if key not in wanted.order)]
        for place, key in enumerate(order):
            head.moveSection(head.visualIndex(keys.index(key)), place)
        for at, one in enumerate(self._columns):
            width = wanted.widths_px.get(one.column.key, one.width_px)
            self.setColumnHidden(at, not self.is_shown(one.column.key))
            self.setColumnWidth(at, theme.px(width))
        self._is_arranging = False

    def arrangement(self) -> Arrangement:
        """How the columns stand now; the width of one that is hidden is the one it had."""
        head = self.horizontalHeader()
        widths = dict(self._arrangement.widths_px)
        for at, one in enumerate(self._columns):
            if not self.isColumnHidden(at) and self.columnWidth(at) != theme.px(self._width_of(one)):
                widths[one.column.key] = round(self.columnWidth(at) * 100 / theme.px(100))
        order = tuple(self._columns[head.logicalIndex(at)].column.key for at in range(len(self._columns)))
        self._arrangement = replace(self._arrangement, order=order, widths_px=widths)
        return self._arrangement

    def _width_of(self, one: RequestColumn) -> int:
        return self._arrangement.widths_px.get(one.column.key, one.width_px)

    def is_shown(self, key: str) -> bool:
        """Whether a column is to be seen."""
        return key not in self._arrangement.hidden and (key != PERSON or self._is_for_clients)

    def show_column(self, key: str, *, is_shown: bool) -> None:
        """Show a column, or hide it; Company names the row and stays."""
        if key == COMPANY or is_shown is self.is_shown(key):
            return
        kept = self.arrangement()
        hidden = kept.hidden - {key} if is_shown else kept.hidden | {key}
        self.arrange(replace(kept, hidden=hidden), is_for_clients=self._is_for_clients)
        self.arranged.emit()

    def fill_menu(self, menu: QMenu) -> None:
        """One line a column, ticked where it shows, and a way back to how it was at first."""
        menu.clear()
        for one in self._columns:
            key = one.column.key
            if key == PERSON and not self._is_for_clients:
                continue
            line = menu.addAction(one.column.words)
            line.setCheckable(True)
            line.setChecked(self.is_shown(key))
            line.setEnabled(key != COMPANY)
            line.toggled.connect(lambda is_on, key=key: self.show_column(key, is_shown=is_on))
        menu.addSeparator()
        menu.addAction(self.tr("As they were at &first")).triggered.connect(partial(self._forget))

    def _forget(self) -> None:
        self.arrange(Arrangement(splitter=self._arrangement.splitter), is_for_clients=self._is_for_clients)
        self.arranged.emit()

    def show_sort(self, sort: SortOrder, *, is_reversed: bool) -> None:
        """Mark the head of the column that the rows are sorted by, for eyes and for a screen reader."""
        head = self.horizontalHeader()
        at = next((at for at, one in enumerate(self._columns) if one.sort is sort), None)
        if at is None:
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self._say_sorted(0, "")
            return
        is_down = sort.is_newest_first is not is_reversed
        head.setSortIndicator(at, Qt.SortOrder.DescendingOrder if is_down else Qt.SortOrder.AscendingOrder)
        words = self.tr("{column}, sorted downwards") if is_down else self.tr("{column}, sorted upwards")
        self._say_sorted(at, words.format(column=self._columns[at].column.words))

    def _say_sorted(self, at: int, words: str) -> None:
        self.rows.setHeaderData(at, Qt.Orientation.Horizontal, words, Qt.ItemDataRole.AccessibleTextRole)

    def announce_sort(self, sort: SortOrder) -> None:
        """Have it said by which column the rows are sorted now."""
        for at, one in enumerate(self._columns):
            if one.sort is sort:
                words = self.rows.headerData(
                    at, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
                )
                announce(self, str(words))

    # ── what is other than in the list ───────────────────────────────────────────────────────────────

    def _make_delegate(self) -> RowDelegate:
        return CellDelegate(self, self._columns)

    def _set_up_columns(self) -> None:
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setResizeContentsPrecision(0)  # only what is on screen, or pages would be read for it
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setMinimumSectionSize(theme.px(NARROWEST_PX))
        head.setAccessibleName(self.tr("Columns"))
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._open_menu)
        head.sectionClicked.connect(lambda at: self.sort_wanted.emit(self._columns[at].sort))
        for signal in (head.sectionMoved, head.sectionResized):
            signal.connect(self._is_other)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setCornerWidget(QWidget())  # else the style draws a box where the scroll bars meet

    def _is_other(self) -> None:
        if not self._is_arranging:
            self.arrangement()
            self.arranged.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Columns grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.arrange(self._arrangement, is_for_clients=self._is_for_clients)

    def viewportEvent(self, event: QEvent) -> bool:
        """Where the pointer leaves the rows, none is pointed at."""
        if event.type() is QEvent.Type.Leave:
            self._point(-1)
        return super().viewportEvent(event)

    def _point(self, row: int) -> None:
        """Tint the whole line under the pointer; Qt knows single cells only."""
        lines, self.pointed_row = {self.pointed_row, row} - {-1}, row
        for line in lines:
            height = self.rowHeight(line)
            self.viewport().update(0, self.rowViewportPosition(line), self.viewport().width(), height)

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def row_rect(self, cell: QRect) -> QRect:
        """The whole line in which a cell stands."""
        head = self.horizontalHeader()
        return QRect(-head.offset(), cell.top(), max(head.length(), self.viewport().width()), cell.height())

    def scrollTo(
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Up and down only: what was scrolled to at the side stays in sight."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        bar.setValue(before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right show the other columns."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            is_forth = (event.key() == Qt.Key.Key_Right) is not self.isRightToLeft()
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + (theme.px(80) if is_forth else -theme.px(80)))
            return
        super().keyPressEvent(event)
