# SPDX-License-Identifier: Apache-2.0
"""How long lists look and are worked with: two lines a row, painted, without a widget a row.

The chosen row is the one whose detail is shown; ticks are for doing something to many. Mouse and keyboard
tick alike: Space or a click on the box toggles, Shift reaches from the last ticked row to here, Ctrl+A takes
all, Esc none.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from optout_desktop.gui import theme
from optout_desktop.gui.paged_table import FACE_ROLE, HEADER_ROLE, PagedModel, RowFace
from optout_desktop.gui.tokens import STATUS_ICONS, StatusToken, Tokens

_EDGE_PX = 12
_GAP_PX = 10
BAR_PX = 3
_Move = QAbstractItemView.CursorAction
_Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Paints one row: bar, tick box, status, two lines, the word at the end."""

    def __init__(self, parent: QWidget, *, has_ticks: bool = True) -> None:
        super().__init__(parent)
        self._has_ticks = has_ticks

    def row_height(self, font: QFont) -> int:
        """How high every row is, headings too: a list of 100,000 is laid out without asking each."""
        return max(theme.px(44), QFontMetrics(font).height() + QFontMetrics(_small(font)).height() + 14)

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """The height of a row and room for its words."""
        return QSize(theme.px(240), self.row_height(option.font))

    def box_rect(self, row: QRect, *, is_mirrored: bool) -> QRect:
        """Where the tick box can be pressed: at least 24 by 24."""
        side = theme.px(28)
        left = row.right() - _EDGE_PX - side + 4 if is_mirrored else row.left() + _EDGE_PX - 4
        return QRect(left, row.top() + (row.height() - side) // 2, side, side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row, a heading, or a placeholder for a row on its way."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        header = index.data(HEADER_ROLE)
        if header is not None:
            self._paint_header(painter, option, str(header))
        else:
            self._paint_row(painter, option, index)
        painter.restore()

    def _paint_header(self, painter: QPainter, option: QStyleOptionViewItem, words: str) -> None:
        table = theme.tokens()
        font = _small(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(table.text_2))
        room = option.rect.adjusted(_EDGE_PX, 0, -_EDGE_PX, -6)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading), words)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        table = theme.tokens()
        rect = option.rect
        is_mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        self._paint_ground(painter, option, table, is_mirrored=is_mirrored)
        room = QRect(rect).adjusted(_EDGE_PX, 0, -_EDGE_PX, 0)
        if self._has_ticks:
            is_ticked = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
            paint_box(painter, self.box_rect(rect, is_mirrored=is_mirrored), table, is_ticked=is_ticked)
            _take(room, theme.px(20) + _GAP_PX, is_mirrored=is_mirrored)
        face = index.data(FACE_ROLE)
        if not isinstance(face, RowFace):
            _paint_placeholder(painter, room, table)
            return
        if face.status is not None:
            side = theme.px(18)
            left = room.right() - side + 1 if is_mirrored else room.left()
            place = QPointF(left, rect.top() + (rect.height() - side) / 2)
            colour = _on_ground(table, face.status)
            widget = option.widget if isinstance(option.widget, QWidget) else None
            painter.drawPixmap(place, theme.pixmap(STATUS_ICONS[face.status], colour, side, widget))
            _take(room, side + _GAP_PX, is_mirrored=is_mirrored)
        _paint_words(painter, room, face, option.font, table, is_mirrored=is_mirrored)

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, table: Tokens, *, is_mirrored: bool
    ) -> None:
        rect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(table.selection))
            bar = QRect(
                rect.right() - BAR_PX + 1 if is_mirrored else rect.left(), rect.top(), BAR_PX, rect.height()
            )
            painter.fillRect(bar, QColor(table.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(table.hover))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(table.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -1))
        else:
            painter.setPen(QPen(QColor(table.hairline), 1))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.9)
    return small


def _take(room: QRect, width: int, *, is_mirrored: bool) -> None:
    if is_mirrored:
        room.setRight(room.right() - width)
    else:
        room.setLeft(room.left() + width)


def _on_ground(table: Tokens, status: StatusToken) -> str:
    return table.statuses[status].on_surface


def paint_box(painter: QPainter, room: QRect, table: Tokens, *, is_ticked: bool) -> None:
    """Draw a tick box in the middle of its room."""
    side = theme.px(16)
    box = QRectF(room.center().x() - side / 2, room.center().y() - side / 2, side, side)
    painter.setPen(QPen(QColor(table.accent if is_ticked else table.control_border), max(table.border_px, 1)))
    painter.setBrush(QColor(table.accent if is_ticked else table.surface))
    painter.drawRoundedRect(box, 4, 4)
    if is_ticked:
        painter.setPen(
            QPen(QColor(table.on_accent), side / 8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        unit = side / 16
        points = [(4, 8.5), (7, 11.5), (12, 5)]
        painter.drawPolyline([QPointF(box.left() + x * unit, box.top() + y * unit) for x, y in points])


def _paint_placeholder(painter: QPainter, room: QRect, table: Tokens) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(table.hover))
    height = room.height() // 5
    top = room.top() + room.height() // 2
    painter.drawRoundedRect(QRect(room.left(), top - height - 3, room.width() // 2, height), 3, 3)
    painter.drawRoundedRect(QRect(room.left(), top + 3, room.width() // 3, height), 3, 3)


def _paint_words(
    painter: QPainter, room: QRect, face: RowFace, font: QFont, table: Tokens, *, is_mirrored: bool
) -> None:
    body = QFontMetrics(font)
    small_font = _small(font)
    small = QFontMetrics(small_font)
    elide = Qt.TextElideMode.ElideRight
    leading = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    has_second = bool(face.second)
    block = body.height() + (small.height() + 1 if has_second else 0)
    top = room.top() + (room.height() - block) // 2
    first = QRect(room.left(), top, room.width(), body.height())
    if face.trailing:
        width = min(small.horizontalAdvance(face.trailing) + 2, first.width() * 3 // 5)
        left = first.left() if is_mirrored else first.right() - width + 1
        painter.setFont(small_font)
        painter.setPen(QColor(_on_ground(table, face.status) if face.status else table.text_2))
        trailing = int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(
            QRect(left, first.top(), width, first.height()),
            trailing,
            small.elidedText(face.trailing, elide, width),
        )
        if is_mirrored:
            first.setLeft(first.left() + width + _GAP_PX)
        else:
            first.setRight(first.right() - width - _GAP_PX)
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    painter.setFont(strong)
    painter.setPen(QColor(table.text))
    painter.drawText(first, leading, QFontMetrics(strong).elidedText(face.title, elide, first.width()))
    if has_second:
        second = QRect(room.left(), top + body.height() + 1, room.width(), small.height())
        painter.setFont(small_font)
        painter.setPen(QColor(table.text_2))
        painter.drawText(second, leading, small.elidedText(face.second, elide, second.width()))


class RowList(QTableView):
    """A long list with ticks; ``opened`` on Enter or double click, ``left`` on Esc with nothing ticked.

    A table of one column, because a list view asks the model about each of 100,000 rows before it paints.
    """

    opened = Signal(str)
    chosen = Signal(str)
    left = Signal()
    painted = Signal()
    """There are rows on screen for the first time."""

    def __init__(
        self, model: PagedModel, words: str, parent: QWidget | None = None, *, has_ticks: bool = True
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._has_ticks = has_ticks
        self._anchor: int | None = None
        self._base: tuple[str, ...] = ()
        self.has_painted = False
        self._delegate = self._make_delegate()
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setAccessibleName(words)
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self._set_up_columns()
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_rows()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self._drop_anchor)

    def _make_delegate(self) -> RowDelegate:
        return RowDelegate(self, has_ticks=self._has_ticks)

    def _set_up_columns(self) -> None:
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in range(1, self._rows.columnCount()):
            self.setColumnHidden(column, True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def rows(self) -> PagedModel:
        """The model behind the list."""
        return self._rows

    def choose(self, wanted: str) -> bool:
        """Make an id's row the chosen one, in view; False if it is not in the list."""
        row = self._rows.row_of(wanted)
        if row >= 0:
            self.setCurrentIndex(self._rows.index(row, 0))
        return row >= 0

    def chosen_id(self) -> str | None:
        """The id of the chosen row."""
        return self._rows.id_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell which row is chosen now."""
        super().currentChanged(current, previous)
        is_other = current.row() != previous.row()  # a table tells of another cell of the same row, too
        found = self._rows.id_at(current.row()) if current.isValid() and is_other else None
        if found is not None:
            self.chosen.emit(found)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first rows."""
        super().paintEvent(event)
        if not self.has_painted and self._rows.rowCount():
            self.has_painted = True
            self.painted.emit()

    def keyboardSearch(self, _search: str) -> None:
        """Nothing: it would read every row. Search has its own field."""

    def changeEvent(self, event: QEvent) -> None:
        """Rows grow with the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_rows()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick by the box, Ctrl or Shift; otherwise choose."""
        index = self.indexAt(event.position().toPoint())
        if not self._has_ticks or not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        modifiers = event.modifiers()
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        cell = self.visualRect(index.siblingAtColumn(0))
        box = self._delegate.box_rect(cell, is_mirrored=is_mirrored)
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._reach(index.row())
        elif modifiers & Qt.KeyboardModifier.ControlModifier or box.contains(event.position().toPoint()):
            self._toggle(index.row())
        else:
            self._set_anchor(index.row())
            super().mousePressEvent(event)
            return
        flag = self.selectionModel().SelectionFlag
        self.selectionModel().setCurrentIndex(index.siblingAtColumn(0), flag.ClearAndSelect | flag.Rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by Space, Shift and Ctrl+A; Esc takes the ticks away, then leaves."""
        key = event.key()
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        has_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        row = self.currentIndex().row()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not has_control:
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self._take_ticks_or_leave()
        elif not self._has_ticks:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self._reach(row) if has_shift else self._toggle(row)
        elif key == Qt.Key.Key_A and has_control:
            self._rows.tick_all()
        elif has_shift and key in _MOVES:
            self._reach_by(_MOVES[Qt.Key(key)], event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)
            if key in _MOVES:
                self._set_anchor(self.currentIndex().row())

    def _fit_rows(self) -> None:
        height = self._delegate.row_height(self.font())
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End mean the first and the last row: a table would stay in its line."""
        if action in (_Move.MoveHome, _Move.MoveEnd):
            modifiers |= Qt.KeyboardModifier.ControlModifier
        target = super().moveCursor(action, modifiers)
        row, last = target.row(), self._rows.rowCount() - 1
        step = -1 if action is _Move.MoveEnd else 1
        while 0 <= row <= last and self._rows.id_at(row) is None:
            row += step
        return self._rows.index(row, 0) if 0 <= row <= last else self.currentIndex()

    def _open(self, index: _Index) -> None:
        found = self._rows.id_at(index.row()) if index.isValid() else None
        if found is not None:
            self.opened.emit(found)

    def _take_ticks_or_leave(self) -> None:
        if self._rows.ticked_count:
            self._rows.set_ticked(())
            self._drop_anchor()
        else:
            self.left.emit()

    def _drop_anchor(self) -> None:
        self._anchor = None
        self._base = ()

    def _set_anchor(self, row: int) -> None:
        self._anchor = row
        self._base = self._rows.ticked

    def _toggle(self, row: int) -> None:
        self._rows.toggle(row)
        self._set_anchor(row)

    def _reach(self, row: int) -> None:
        if row < 0:
            return
        if self._anchor is None:
            self._set_anchor(row)
        start = row if self._anchor is None else self._anchor
        self._rows.set_ticked((*self._base, *self._rows.ids_between(start, row)))

    def _reach_by(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> None:
        if self._anchor is None:
            self._set_anchor(max(self.currentIndex().row(), 0))
        target = self.moveCursor(action, modifiers)
        if target.isValid():
            anchor, base = self._anchor, self._base
            self.setCurrentIndex(target)
            self._anchor, self._base = anchor, base
            self._reach(target.row())


_MOVES = {
    Qt.Key.Key_Up: _Move.MoveUp,
    Qt.Key.Key_Down: _Move.MoveDown,
    Qt.Key.Key_Home: _Move.MoveHome,
    Qt.Key.Key_End: _Move.MoveEnd,
    Qt.Key.Key_PageUp: _Move.MovePageUp,
    Qt.Key.Key_PageDown: _Move.MovePageDown,
}
