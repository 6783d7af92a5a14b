# SPDX-License-Identifier: Apache-2.0
"""Step 3, Consent: every recipient by name, who sends, how fast, and when the last one leaves; Cancel is safe."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from optout_desktop.gui import theme
from optout_desktop.gui.batch import batch_words
from optout_desktop.gui.dialog_room import fit
from optout_desktop.gui.labels import Look, label, shown, visible_controls
from optout_desktop.services.batch_review import ItemReview

_Index = QModelIndex | QPersistentModelIndex


class Recipients(QAbstractListModel):
    """One line a recipient, made only where it is seen."""

    def __init__(self, items: Sequence[ItemReview], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = tuple(items)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Number, company and address of one."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole} or not index.isValid():
            return None
        item = self._items[index.row()]
        return self.tr("{number}. {company}, {address}").format(
            number=batch_words.number(index.row() + 1),
            company=shown(item.company_name),
            address=visible_controls(item.recipient),
        )


class ConsentDialog(QDialog):
    """Accepted only where the tick was set and the verb pressed."""

    def __init__(
        self, items: Sequence[ItemReview], verb: str, facts: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        count = len(items)
        title = (
            self.tr("Send exactly this letter?")
            if count == 1
            else self.tr("Send exactly these {count} letters?").format(count=batch_words.number(count))
        )
        self.setWindowTitle(title)
        self.setProperty("surface", "window")
        self.list = QListView()
        self.list.setModel(Recipients(items, self))
        self.list.setUniformItemSizes(True)
        self.list.setWordWrap(False)
        self.list.setAccessibleName(self.tr("Every recipient"))
        self.list.setMinimumHeight(theme.px(120))
        self.facts = label("\n".join(facts), wraps=True)
        self.looked = QCheckBox(self.tr("I have looked at the &list"))
        self.go = QPushButton(verb)
        self.go.setProperty("kind", "accent")
        self.go.setAutoDefault(False)
        self.go.setEnabled(False)
        self.leave = QPushButton(self.tr("Cancel"))
        self.leave.setDefault(True)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.leave)
        row.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, Look.TITLE, wraps=True))
        layout.addWidget(self.facts)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.looked)
        layout.addLayout(row)
        self.looked.toggled.connect(self.go.setEnabled)
        self.go.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)
        fit(self, theme.px(620), theme.px(560))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
