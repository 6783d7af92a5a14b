# SPDX-License-Identifier: Apache-2.0
"""Laws in a list: a sign for how each stands, two painted lines. A click or Enter opens one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
    QWidget,
)

from optout_desktop.domain.ids import LawId
from optout_desktop.domain.laws import Law
from optout_desktop.gui import theme
from optout_desktop.gui.laws import law_words
from optout_desktop.gui.laws.law_filter import LawState, state_of
from optout_desktop.gui.paged_table import FACE_ROLE, RowFace
from optout_desktop.gui.row_views import RowDelegate
from optout_desktop.gui.tokens import Tokens

_LAW = int(Qt.ItemDataRole.UserRole) + 20
_ICON = int(Qt.ItemDataRole.UserRole) + 21
_EDGE_PX = 12
_SIDE_PX = 18
_GAP_PX = 10
_Index = QModelIndex | QPersistentModelIndex

STATE_ICONS = {
    LawState.IN_FORCE: "law-in-force",
    LawState.LATER: "law-later",
    LawState.ENDED: "law-ended",
}


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("laws", text)


def state_words(state: LawState) -> str:
    """How a law stands, in a word or two."""
    return {
        LawState.IN_FORCE: tr("In force"),
        LawState.LATER: tr("Enacted for later"),
        LawState.ENDED: tr("Ended"),
    }[state]


class LawRowDelegate(RowDelegate):
    """Paints a row as everywhere, with the law's sign before it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, has_ticks=False)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        is_mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        super()._paint_row(painter, self._moved(option, 1, is_mirrored=is_mirrored), index)
        side = theme.px(_SIDE_PX)
        rect = option.rect
        left = rect.right() - _EDGE_PX - side + 1 if is_mirrored else rect.left() + _EDGE_PX
        place = QPointF(left, rect.top() + (rect.height() - side) / 2)
        widget = option.widget if isinstance(option.widget, QWidget) else None
        painter.drawPixmap(place, theme.pixmap(str(index.data(_ICON)), theme.tokens().text_2, side, widget))

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, table: Tokens, *, is_mirrored: bool
    ) -> None:
        whole = self._moved(option, -1, is_mirrored=is_mirrored)
        super()._paint_ground(painter, whole, table, is_mirrored=is_mirrored)

    @staticmethod
    def _moved(option: QStyleOptionViewItem, sign: int, *, is_mirrored: bool) -> QStyleOptionViewItem:
        room = sign * (theme.px(_SIDE_PX) + _GAP_PX)
        moved = QStyleOptionViewItem(option)
        moved.rect = (
            option.rect.adjusted(0, 0, -room, 0) if is_mirrored else option.rect.adjusted(room, 0, 0, 0)
        )
        return moved


class LawList(QListWidget):
    """Laws in the order that they are given in."""

    opened = Signal(object)
    """A ``Law`` that was clicked or entered."""
    looked_at = Signal(object)
    """The ``Law`` that the highlight moved to, or None; another list counts as a move."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Laws"))
        self._delegate = LawRowDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._open)
        self.currentItemChanged.connect(lambda now, _before: self.looked_at.emit(law_of(now)))

    def show_laws(self, laws: Sequence[Law], today: date, chosen: LawId | None = None) -> None:
        """Show these, with the highlight on the one chosen before, else on the first."""
        self.blockSignals(True)
        self.clear()
        for law in laws:
            self.addItem(self._item(law, today))
        row = next((at for at, one in enumerate(laws) if one.id == chosen), 0)
        if laws:
            self.setCurrentRow(row)
        self.blockSignals(False)
        self.looked_at.emit(law_of(self.currentItem()))

    def laws(self) -> tuple[Law, ...]:
        """All that are shown."""
        found = (law_of(self.item(row)) for row in range(self.count()))
        return tuple(one for one in found if one is not None)

    def chosen(self) -> Law | None:
        """The highlighted law."""
        return law_of(self.currentItem())

    def step(self, by: int) -> None:
        """Move the highlight, as the arrow keys of a search field do."""
        if self.count():
            self.setCurrentRow(min(max(self.currentRow() + by, 0), self.count() - 1))

    def open_chosen(self) -> None:
        """Open the highlighted law."""
        self._open(self.currentItem())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the highlighted one."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_chosen()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for three rows; where there is less, the list scrolls together with its controls."""
        return QSize(320, 3 * self._delegate.row_height(self.font()))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def _open(self, item: QListWidgetItem | None) -> None:
        law = law_of(item)
        if law is not None:
            self.opened.emit(law)

    def _item(self, law: Law, today: date) -> QListWidgetItem:
        face = law_face(law, today)
        item = QListWidgetItem()
        item.setData(FACE_ROLE, face)
        item.setData(_LAW, law)
        item.setData(_ICON, STATE_ICONS[state_of(law, today)])
        item.setData(Qt.ItemDataRole.AccessibleTextRole, face.spoken)
        item.setSizeHint(QSize(0, self._delegate.row_height(self.font())))
        return item


def law_face(law: Law, today: date) -> RowFace:
    """What the row of a law shows and says."""
    state = state_words(state_of(law, today))
    place = law_words.law_places(law)
    rights, mark = law_words.rights_count(law), law_words.verified_mark(law)
    return RowFace(
        title=law.short_title,
        second=tr("{place} · {rights} · {mark}").format(place=place, rights=rights, mark=mark),
        trailing=state,
        spoken=tr("{law}, {place}, {state}, {rights}, {mark}").format(
            law=law.short_title, place=place, state=state, rights=rights, mark=mark
        ),
    )


def law_of(item: QListWidgetItem | None) -> Law | None:
    """The law of a row."""
    kept = item.data(_LAW) if item is not None else None
    return kept if isinstance(kept, Law) else None
