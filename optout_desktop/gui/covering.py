# SPDX-License-Identifier: Apache-2.0
"""Covers a window whose vault is about to be closed, while the message under way comes to its end."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from optout_desktop.gui.tiles import EmptyState


def cover(window: QMainWindow) -> None:
    """Show nothing but why it takes a moment, in the place of everything that the window shows."""
    frame = window.centralWidget()
    if not isinstance(frame, QStackedWidget):
        raise TypeError("the window's frame is a stack of pages")
    words = EmptyState(
        QCoreApplication.translate("covering", "Locking…"),
        QCoreApplication.translate(
            "covering", "A message is being handed to the mail server. It is finished first."
        ),
        icon="lock",
    )
    frame.addWidget(words)
    frame.setCurrentWidget(words)
    window.menuBar().hide()
    window.statusBar().hide()
