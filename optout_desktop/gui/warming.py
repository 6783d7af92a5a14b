# SPDX-License-Identifier: Apache-2.0
"""What the window will need, made ready while the person types the passphrase."""

from __future__ import annotations

import gc

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QScrollArea


class Listener(QObject):
    """Hears every event of the application, as the idle lock of an open vault does."""

    def eventFilter(self, _watched: QObject, _event: QEvent) -> bool:
        """Let it pass."""
        return False


def learn_widgets() -> None:
    """Have PySide6 learn every kind of widget now: it does (50 ms, once) when a filter meets one of Qt's own.

    What is loaded by then stays until the end, so that the collector need not look at it again.
    """
    app = QApplication.instance()
    if app is None:
        return
    listener = Listener()
    app.installEventFilter(listener)
    QScrollArea().deleteLater()
    app.removeEventFilter(listener)
    gc.freeze()
