# SPDX-License-Identifier: Apache-2.0
"""Companies in a list: two painted lines each. A click or Enter opens one; moving looks at it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from optout_desktop.domain.companies import Company
from optout_desktop.domain.ids import CompanyId
from optout_desktop.gui import company_words
from optout_desktop.gui.labels import shown
from optout_desktop.gui.paged_table import FACE_ROLE, RowFace
from optout_desktop.gui.row_views import RowDelegate

_COMPANY = int(Qt.ItemDataRole.UserRole) + 20


class CompanyList(QListWidget):
    """Companies in the order that the search gave them."""

    opened = Signal(object)
    """A ``Company`` that was clicked or entered."""
    looked_at = Signal(object)
    """The ``Company`` that the highlight moved to, or None."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._delegate = RowDelegate(self, has_ticks=False)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._open)
        self.currentItemChanged.connect(lambda now, _before: self.looked_at.emit(company_of(now)))

    def show_companies(self, companies: Sequence[Company], chosen: CompanyId | None = None) -> None:
        """Show these, with the highlight on the one chosen before, else on the first."""
        self.blockSignals(True)
        self.clear()
        for company in companies:
            self.addItem(self._item(company))
        row = next((at for at, one in enumerate(companies) if one.id == chosen), 0)
        if companies:
            self.setCurrentRow(row)
        self.blockSignals(False)
        self.looked_at.emit(self.chosen())

    def chosen(self) -> Company | None:
        """The highlighted company."""
        return company_of(self.currentItem())

    def companies(self) -> tuple[Company, ...]:
        """All that are shown."""
        found = (company_of(self.item(row)) for row in range(self.count()))
        return tuple(one for one in found if one is not None)

    def step(self, by: int) -> None:
        """Move the highlight, as the arrow keys of a search field do."""
        if self.count():
            self.setCurrentRow(min(max(self.currentRow() + by, 0), self.count() - 1))

    def open_chosen(self) -> None:
        """Open the highlighted company."""
        self._open(self.currentItem())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the highlighted one."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_chosen()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for six rows."""
        return QSize(320, 6 * self._delegate.row_height(self.font()))

    def _open(self, item: QListWidgetItem | None) -> None:
        company = company_of(item)
        if company is not None:
            self.opened.emit(company)

    def _item(self, company: Company) -> QListWidgetItem:
        face = RowFace(
            title=shown(company.name),
            second=company_words.row_line(company),
            trailing=company_words.row_end(company),
            spoken=company_words.spoken(company),
        )
        item = QListWidgetItem()
        item.setData(FACE_ROLE, face)
        item.setData(_COMPANY, company)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, face.spoken)
        item.setSizeHint(QSize(0, self._delegate.row_height(self.font())))
        return item


def company_of(item: QListWidgetItem | None) -> Company | None:
    """The company of a row."""
    kept = item.data(_COMPANY) if item is not None else None
    return kept if isinstance(kept, Company) else None
