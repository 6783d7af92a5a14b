# SPDX-License-Identifier: Apache-2.0
"""The list of places at the side of the window, with counts; narrow, it keeps the icons."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.gui import theme

_COUNT_ROLE = Qt.ItemDataRole.UserRole + 1
_ICON_ROLE = Qt.ItemDataRole.UserRole + 2
_KEY_ROLE = Qt.ItemDataRole.UserRole + 3
WIDE_PX = 208
NARROW_PX = 56
_HIGHEST_NARROW_PX = 42
_LARGEST_NARROW_ICON_PX = 32
_BAR_PX = 3
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceItem:
    """One place: what it is called, its icon, and the key that goes there."""

    key: str
    words: str
    icon: str
    shortcut: str = ""


class _Delegate(QStyledItemDelegate):
    """Paints bar, icon, words and count."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_narrow = False

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        height = min(theme.px(38), _HIGHEST_NARROW_PX) if self.is_narrow else theme.px(38)
        return QSize(NARROW_PX - 16 if self.is_narrow else theme.px(NARROW_PX) - 16, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        table = theme.tokens()
        is_mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        rect: QRect = option.rect.adjusted(0, 1, 0, -1)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(table.selection if is_chosen else table.hover))
            painter.drawRoundedRect(rect, 6, 6)
        if is_chosen:
            painter.setBrush(QColor(table.accent))
            x = rect.right() - _BAR_PX + 1 if is_mirrored else rect.left()
            painter.drawRoundedRect(QRect(x, rect.top() + 6, _BAR_PX, rect.height() - 12), 1.5, 1.5)
        side = min(theme.px(18), _LARGEST_NARROW_ICON_PX) if self.is_narrow else theme.px(18)
        inset = (rect.width() - side) // 2 if self.is_narrow else theme.px(12)
        icon_x = rect.right() - inset - side + 1 if is_mirrored else rect.left() + inset
        colour = table.text if is_chosen else table.text_2
        picture = theme.pixmap(str(index.data(_ICON_ROLE)), colour, side, self._widget())
        painter.drawPixmap(icon_x, rect.top() + (rect.height() - side) // 2, picture)
        if not self.is_narrow:
            self._paint_words(
                painter, option, index, rect, inset + side + theme.px(10), is_mirrored=is_mirrored
            )
        painter.restore()

    def _paint_words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: _Index,
        rect: QRect,
        taken: int,
        *,
        is_mirrored: bool,
    ) -> None:
        table = theme.tokens()
        count = int(index.data(_COUNT_ROLE) or 0)
        shown = self._widget().locale().toString(count) if count else ""
        room = rect.adjusted(10, 0, -taken, 0) if is_mirrored else rect.adjusted(taken, 0, -10, 0)
        width = option.fontMetrics.horizontalAdvance(shown)
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(table.text_2))
        painter.drawText(room, int(vertical | Qt.AlignmentFlag.AlignTrailing), shown)
        words_room = room.adjusted(width + 6, 0, 0, 0) if is_mirrored else room.adjusted(0, 0, -width - 6, 0)
        words = option.fontMetrics.elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, words_room.width()
        )
        painter.setPen(QColor(table.text))
        painter.drawText(words_room, int(vertical | Qt.AlignmentFlag.AlignLeading), words)

    def _widget(self) -> QWidget:
        parent = self.parent()
        if not isinstance(parent, QWidget):
            raise TypeError("the delegate belongs to a list")
        return parent


class _Places(QListWidget):
    """One list of places."""

    gone_to = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("kind", "navigation")
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.delegate = _Delegate(self)
        self.setItemDelegate(self.delegate)
        self.itemClicked.connect(self._go)
        self.itemActivated.connect(self._go)

    def add(self, place: PlaceItem) -> None:
        item = QListWidgetItem(place.words)
        item.setData(_KEY_ROLE, place.key)
        item.setData(_ICON_ROLE, place.icon)
        self.addItem(item)
        self.say(place, 0)

    def say(self, place: PlaceItem, count: int) -> None:
        for at in range(self.count()):
            item = self.item(at)
            if item.data(_KEY_ROLE) == place.key:
                item.setData(_COUNT_ROLE, count)
                spoken = self.tr("{place}, {count}").format(place=place.words, count=count)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken if count else place.words)
                tip = self.tr("{place} ({keys})").format(
                    place=spoken if count else place.words, keys=place.shortcut
                )
                item.setToolTip(tip if place.shortcut else place.words)

    def choose(self, key: str) -> None:
        for at in range(self.count()):
            if self.item(at).data(_KEY_ROLE) == key:
                self.setCurrentRow(at)
                return
        self.setCurrentRow(-1)
        self.clearSelection()

    def fit(self) -> None:
        rows = max(self.count(), 1)
        self.setFixedHeight(rows * (self.sizeHintForRow(0) if self.count() else theme.px(38)) + 6)

    def _go(self, item: QListWidgetItem) -> None:
        self.gone_to.emit(str(item.data(_KEY_ROLE)))


class Sidebar(QFrame):
    """Places above, settings and help below."""

    gone_to = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "sidebar")
        self.places = _Places(self.tr("Places"))
        self.others = _Places(self.tr("Settings and help"))
        self._items: dict[str, PlaceItem] = {}
        rule = QFrame()
        rule.setProperty("kind", "line")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 12, 6, 8)
        layout.setSpacing(6)
        layout.addWidget(self.places, 1)
        layout.addWidget(rule)
        layout.addWidget(self.others)
        for each in (self.places, self.others):
            each.gone_to.connect(self.gone_to)
        self.is_narrow = False
        self.set_narrow(is_narrow=False)

    def show_places(self, places: tuple[PlaceItem, ...], others: tuple[PlaceItem, ...]) -> None:
        """Offer these places, in this order."""
        self._items = {place.key: place for place in (*places, *others)}
        for box, items in ((self.places, places), (self.others, others)):
            box.clear()
            for place in items:
                box.add(place)
        self.others.fit()

    def show_count(self, key: str, count: int) -> None:
        """How many wait at a place."""
        if key in self._items:
            self.places.say(self._items[key], count)

    def choose(self, key: str) -> None:
        """Mark where one is."""
        self.places.choose(key)
        self.others.choose(key)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Icons alone, or icons with words."""
        self.is_narrow = is_narrow
        off, as_needed = (
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff,
            Qt.ScrollBarPolicy.ScrollBarAsNeeded,
        )
        for each in (self.places, self.others):
            each.delegate.is_narrow = is_narrow
            # a bar would take the icons' own room; keys and the wheel still reach what is out of sight
            each.setVerticalScrollBarPolicy(off if is_narrow else as_needed)
            each.scheduleDelayedItemsLayout()
        # icons alone do not need their share of a larger text
        self.setFixedWidth(NARROW_PX if is_narrow else theme.px(WIDE_PX))
        self.others.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Grow and shrink with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "is_narrow"):
            self.set_narrow(is_narrow=self.is_narrow)
