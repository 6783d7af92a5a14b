# SPDX-License-Identifier: Apache-2.0
"""Says that something was done, and offers to take it back, for ten seconds.

The toast has its own place at the foot of the window, so that it covers nothing. The seconds stop while the
pointer is over it or the focus in it; the words are announced; and Edit › Undo offers the same afterwards.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.voice import announce

SECONDS = 10.0


class Toast(QFrame):
    """One message with one way back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._words = label("", Look.PLAIN, wraps=True)
        self._button = QPushButton()
        self._button.clicked.connect(self._take_back)
        self._button.installEventFilter(self)
        self._dismiss = QPushButton(self.tr("Dismiss"))
        self._dismiss.clicked.connect(self.leave)
        self._dismiss.installEventFilter(self)
        self._undo: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        self._left_ms = 0
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._dismiss)
        self.hide()

    @property
    def words(self) -> str:
        """What it says now."""
        return self._words.text()

    @property
    def button(self) -> QPushButton:
        """The way back."""
        return self._button

    @property
    def is_paused(self) -> bool:
        """Whether its seconds stand still."""
        return not self.isHidden() and not self._timer.isActive()

    def say(
        self,
        words: str,
        undo: Callable[[], object] | None = None,
        undo_words: str | None = None,
        seconds: float = SECONDS,
    ) -> None:
        """Show a message in place of the one before; ``undo`` is done once, on pressing its button."""
        self._words.setText(words)
        self._undo = undo
        self._button.setText(undo_words or self.tr("&Undo"))
        self._button.setAccessibleDescription(words)
        self._button.setVisible(undo is not None)
        self.setAccessibleName(words)
        self._left_ms = round(seconds * 1000)
        self.show()
        self._timer.start(self._left_ms)
        offer = self.tr("{message} Undo is available.") if undo is not None else "{message}"
        announce(self, offer.format(message=words))

    def reword(self, before: str, words: str) -> None:
        """Say the same a little differently, as a count does, where that is still on show; nobody is told again."""
        if not self.isHidden() and self._words.text() == before:
            self._words.setText(words)
            self.setAccessibleName(words)

    def leave(self) -> None:
        """Go away; the focus returns to the window if it was here."""
        self._timer.stop()
        self._undo = None
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self.window())
        self.hide()
        if had_focus:
            self.window().setFocus(Qt.FocusReason.OtherFocusReason)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stand still while the pointer is here."""
        super().enterEvent(event)
        self._pause()

    def leaveEvent(self, event: QEvent) -> None:
        """Go on when it leaves."""
        super().leaveEvent(event)
        self._go_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc sends it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stand still while a button has the focus."""
        if event.type() is QEvent.Type.FocusIn:
            self._pause()
        elif event.type() is QEvent.Type.FocusOut:
            self._go_on()
        return super().eventFilter(watched, event)

    def _pause(self) -> None:
        if self._timer.isActive():
            self._left_ms = max(self._timer.remainingTime(), 1)
            self._timer.stop()

    def _go_on(self) -> None:
        is_held = self._button.hasFocus() or self._dismiss.hasFocus() or self.underMouse()
        if self.isVisible() and not is_held and not self._timer.isActive():
            self._timer.start(self._left_ms)

    def _take_back(self) -> None:
        undo = self._undo
        self.leave()
        if undo is not None:
            undo()


class ToastPlace(QWidget):
    """The strip at the foot of the window in which the toast appears."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.toast = Toast(self)
        self.toast.setMaximumWidth(720)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 0, 24, 0)
        layout.addWidget(self.toast, alignment=Qt.AlignmentFlag.AlignBottom)
