# SPDX-License-Identifier: Apache-2.0
"""Registers in a list, grouped by kind: two painted lines each. A click or Enter opens one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from optout_desktop.domain.ids import LawId, RegisterId
from optout_desktop.domain.registers import Fact, Nearness, RegisterKind, RegisterStatus
from optout_desktop.gui import register_words
from optout_desktop.gui.paged_table import FACE_ROLE, HEADER_ROLE, RowFace
from optout_desktop.gui.row_views import RowDelegate
from optout_desktop.gui.tokens import StatusToken
from optout_desktop.gui.wording import short_date
from optout_desktop.services.registers import ListedRegister

_REGISTER = int(Qt.ItemDataRole.UserRole) + 20
_ORDER = list(RegisterKind)


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("registers", text)


class RegisterList(QListWidget):
    """Registers under the heading of their kind."""

    opened = Signal(object)
    """A ``ListedRegister`` that was clicked or entered."""
    looked_at = Signal(object)
    """The ``ListedRegister`` that the highlight moved to, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Registers"))
        self._delegate = RowDelegate(self, has_ticks=False)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._open)
        self.currentItemChanged.connect(lambda now, _before: self.looked_at.emit(register_of(now)))

    def show_registers(
        self,
        listed: Sequence[ListedRegister],
        done: Mapping[LawId, date | None],
        today: date,
        chosen: RegisterId | None = None,
    ) -> None:
        """Show these by kind, with the highlight on the one chosen before, else on the first.

        ``done`` has the day of the last registration by the law that stands for the register.
        """
        self.blockSignals(True)
        self.clear()
        by_kind = sorted(listed, key=lambda one: _ORDER.index(one.register.kind))
        for kind, group in groupby(by_kind, key=lambda one: one.register.kind):
            self.addItem(self._heading(kind))
            for one in group:
                self.addItem(self._item(one, done, today))
        rows = [row for row in range(self.count()) if register_of(self.item(row)) is not None]
        at = next((row for row in rows if _id(self.item(row)) == chosen), rows[0] if rows else -1)
        self.setCurrentRow(at)
        self.blockSignals(False)
        self.looked_at.emit(register_of(self.currentItem()))

    def registers(self) -> tuple[ListedRegister, ...]:
        """All that are shown, in their order."""
        found = (register_of(self.item(row)) for row in range(self.count()))
        return tuple(one for one in found if one is not None)

    def headings(self) -> tuple[str, ...]:
        """The headings, in their order."""
        found = (self.item(row).data(HEADER_ROLE) for row in range(self.count()))
        return tuple(str(one) for one in found if one is not None)

    def step(self, by: int) -> None:
        """Move the highlight to the next register, past headings."""
        row = self.currentRow() + by
        while 0 <= row < self.count():
            if register_of(self.item(row)) is not None:
                self.setCurrentRow(row)
                return
            row += by

    def choose(self, register: RegisterId) -> None:
        """Move the highlight to a register, where it is in the list, without telling anybody."""
        at = next((row for row in range(self.count()) if _id(self.item(row)) == register), None)
        if at is not None:
            was = self.blockSignals(True)
            self.setCurrentRow(at)
            self.blockSignals(was)

    def open_chosen(self) -> None:
        """Open the highlighted register."""
        self._open(self.currentItem())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the highlighted one."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_chosen()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for four rows; where there is less, the list scrolls together with its controls."""
        return QSize(320, 4 * self._delegate.row_height(self.font()))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def _open(self, item: QListWidgetItem | None) -> None:
        listed = register_of(item)
        if listed is not None:
            self.opened.emit(listed)

    def _heading(self, kind: RegisterKind) -> QListWidgetItem:
        item = QListWidgetItem()
        words = register_words.kinds(kind)
        item.setData(HEADER_ROLE, words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setSizeHint(QSize(0, self._delegate.row_height(self.font())))
        return item

    def _item(self, one: ListedRegister, done: Mapping[LawId, date | None], today: date) -> QListWidgetItem:
        face = register_face(one, done.get(one.register.law_id), today)
        item = QListWidgetItem()
        item.setData(FACE_ROLE, face)
        item.setData(_REGISTER, one)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, face.spoken)
        item.setSizeHint(QSize(0, self._delegate.row_height(self.font())))
        return item


def register_face(one: ListedRegister, done_on: date | None, today: date) -> RowFace:
    """What the row of a register shows and says."""
    register = one.register
    where = register_words.places(register)
    second = where
    if register.can_be_recorded:
        second = tr("{place} · {short}").format(place=where, short=register_words.in_short(register))
    end = _end(one, done_on, today)
    return RowFace(
        title=register.title,
        second=second,
        trailing=end,
        status=StatusToken.COMPLETED if done_on is not None else None,
        spoken=tr("{register}, {second}, {end}").format(register=register.title, second=second, end=end),
    )


def _end(one: ListedRegister, done_on: date | None, today: date) -> str:
    register = one.register
    if done_on is not None:
        return tr("registered {day}").format(day=short_date(done_on, today))
    if register.status is not RegisterStatus.ACTIVE:
        return register_words.status(register.status)
    if one.near is Nearness.OF_A_PART:
        return tr("in a part of the country")
    is_checked = register.is_verified(Fact.EFFECT) and register.is_verified(Fact.LASTS)
    return tr("checked") if is_checked else tr("not verified")


def register_of(item: QListWidgetItem | None) -> ListedRegister | None:
    """The register of a row; None for a heading."""
    kept = item.data(_REGISTER) if item is not None else None
    return kept if isinstance(kept, ListedRegister) else None


def _id(item: QListWidgetItem) -> RegisterId | None:
    listed = register_of(item)
    return listed.register.id if listed else None
