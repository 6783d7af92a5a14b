# SPDX-License-Identifier: Apache-2.0
"""A dialog whose content scrolls above two buttons: the main one, and Cancel, which stay in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from optout_desktop.gui import theme
from optout_desktop.gui.dialog_room import fit


class ScrollDialog(QDialog):
    """An empty one; who derives from it fills ``body``, says what ``main`` does, and calls ``finish``."""

    help_topic = ""
    """The id of its topic."""
    help_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QFrame()
        inner.setProperty("surface", "window")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(24, 16, 24, 16)
        self.body.setSpacing(8)
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self.main = QPushButton()
        self.main.setProperty("kind", "accent")
        self.main.setDefault(True)
        leave = QPushButton(self.tr("Cancel"))
        leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(24, 12, 24, 16)
        row.addStretch()
        row.addWidget(leave)
        row.addWidget(self.main)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        layout.addLayout(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 asks for the help on this dialog, where it has some."""
        if event.key() == Qt.Key.Key_F1 and self.help_topic:
            self.help_wanted.emit(self.help_topic)
            return
        super().keyPressEvent(event)

    def finish(self, title: str, main_words: str, width: int, height: int) -> None:
        """Name the dialog and its main button, and give it its size at 100 % text."""
        self.setWindowTitle(title)
        self._scroll.setAccessibleName(title)
        self.main.setText(main_words)
        self.body.addStretch()
        fit(self, theme.px(width), theme.px(height))
