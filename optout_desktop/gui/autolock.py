# SPDX-License-Identifier: Apache-2.0
"""Locks when nobody is there: after idle minutes, when the screen locks, when the computer sleeps.

``AutoLock`` watches keys and pointer in our own windows, warns twenty seconds before (``warned``) and then
says ``lock_wanted``; ``app.py`` does the locking. What the desktop tells comes from ``screen_watcher``.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.voice import announce

CHOICES_MINUTES: tuple[int, ...] = (1, 2, 5, 10, 15, 30, 60, 0)
"""What the settings offer; 0 means never."""
WARNING_SECONDS = 20
_TICK_MS = 1000
_SECONDS_A_MINUTE = 60

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.HoverMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class AutoLock(QObject):
    """Counts idle seconds and says when to lock."""

    warned = Signal(int)
    """Locking comes in so many seconds; sent once a second."""
    stayed = Signal()
    """Somebody is there after a warning."""
    lock_wanted = Signal()

    def __init__(
        self,
        idle_minutes: int,
        now_seconds: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._now_seconds = now_seconds
        self._idle_minutes = idle_minutes
        self._last_seen_seconds = now_seconds()
        self._is_warning = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def idle_minutes(self) -> int:
        """After how many idle minutes to lock; 0 means never."""
        return self._idle_minutes

    def set_idle_minutes(self, minutes: int) -> None:
        """Lock after so many idle minutes; 0 means never."""
        self._idle_minutes = minutes
        self.stay()

    def begin(self) -> None:
        """Start watching: the vault was unlocked."""
        app = QGuiApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self.stay()
        self._timer.start()

    def end(self) -> None:
        """Stop watching: the vault is locked."""
        app = QGuiApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._timer.stop()
        self._is_warning = False

    def stay(self) -> None:
        """Somebody is there; the count begins anew."""
        self._last_seen_seconds = self._now_seconds()
        if self._is_warning:
            self._is_warning = False
            self.stayed.emit()

    @Slot()
    def look(self) -> None:
        """See how long nobody was there; called every second."""
        if not self._idle_minutes:
            return
        idle_seconds = self._now_seconds() - self._last_seen_seconds
        left_seconds = self._idle_minutes * _SECONDS_A_MINUTE - idle_seconds
        if left_seconds <= 0:
            self.end()
            self.lock_wanted.emit()
        elif left_seconds <= WARNING_SECONDS:
            self._is_warning = True
            self.warned.emit(round(left_seconds))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note signs of life; a warning on screen wants an answer, not a brush of the mouse."""
        if event.type() in _SIGNS_OF_LIFE and not self._is_warning:
            self._last_seen_seconds = self._now_seconds()
        return super().eventFilter(watched, event)


class LockWarning(QDialog):
    """Says that the vault locks soon, and offers to stay."""

    def __init__(self, autolock: AutoLock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Locking soon"))
        self._autolock = autolock
        self._words = label("", Look.PLAIN, wraps=True)
        self.stay_button = QPushButton(self.tr("&Stay unlocked"))
        self.stay_button.setProperty("kind", "accent")
        self.stay_button.setDefault(True)
        self.stay_button.clicked.connect(autolock.stay)
        self.lock_button = QPushButton(self.tr("&Lock now"))
        self.lock_button.clicked.connect(self._lock)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.lock_button)
        row.addWidget(self.stay_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addWidget(self._words)
        layout.addLayout(row)
        autolock.warned.connect(self.count_down)
        autolock.stayed.connect(self.hide)
        autolock.lock_wanted.connect(self.hide)

    @property
    def words(self) -> str:
        """What it says now."""
        return self._words.text()

    @Slot(int)
    def count_down(self, seconds: int) -> None:
        """Show how long is left; appears, and is announced, with the first second told."""
        self._words.setText(
            self.tr("Nobody seems to be here. The vault locks in {seconds} s.").format(seconds=seconds)
        )
        if not self.isVisible():
            self.open()
            announce(self, self._words.text(), is_urgent=True)

    def reject(self) -> None:
        """Esc stays."""
        self._autolock.stay()
        super().reject()

    def _lock(self) -> None:
        self._autolock.end()
        self._autolock.lock_wanted.emit()
