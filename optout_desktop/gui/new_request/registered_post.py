# SPDX-License-Identifier: Apache-2.0
"""Registered mail: a tick beside the printed letter, and the number on the slip of the post office."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from optout_desktop.gui import theme
from optout_desktop.gui.fields import FieldRow
from optout_desktop.services.sending import TRACKING

Details = tuple[tuple[str, str], ...]
LONGEST_NUMBER = 40


class RegisteredPost(QWidget):
    """Whether the letter goes by registered mail, and by which number the post knows it."""

    changed = Signal()
    """Ticked or not: the page says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tick = QCheckBox(self.tr("Registered &mail"))
        self.tick.setToolTip(self.tr("The post then proves the day on which the letter was delivered."))
        self.number = QLineEdit()
        self.number.setMaxLength(LONGEST_NUMBER)
        self.row = FieldRow(
            self.tr("N&umber on the slip"),
            self.number,
            TRACKING,
            self.tr("If you have it already; you can also add it once the letter was delivered."),
        )
        self.number.setMaximumWidth(theme.px(320))
        self.row.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.tick)
        layout.addWidget(self.row)
        self.tick.toggled.connect(self._toggled)

    @property
    def is_registered(self) -> bool:
        """Whether it is ticked."""
        return self.tick.isChecked()

    def forget(self) -> None:
        """Another letter: not ticked, no number."""
        self.tick.setChecked(False)
        self.number.clear()

    def details(self) -> Details:
        """What the sending is recorded with."""
        number = self.number.text().strip()
        return ((TRACKING, number),) if self.is_registered and number else ()

    def _toggled(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.row.setVisible(is_on)
        self.changed.emit()
