# SPDX-License-Identifier: Apache-2.0
"""Feels the pulse of the window's thread during a journey: a thread that computes cannot answer anybody.

The aim is that nothing holds it up for 100 ms; ``dev.py bench window`` prints the true longest block. Here the
bound is generous and the clock is that of the thread: time in which a loaded machine let it wait does not count,
so that what fails is work that never should have been done on this thread.
"""

import time

from PySide6.QtCore import QObject, Qt, QTimer

LONGEST_BLOCK_SECONDS = 1.0
_BEAT_MS = 10


class Heartbeat(QObject):
    """Beats in the window's thread; keeps the longest computing between two beats."""

    def __init__(self):
        super().__init__()
        self.longest_seconds = 0.0
        self._last = time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)

    def stop(self):
        """Feel no more; what was computed since the last beat still counts."""
        self._beat()
        self._timer.stop()

    def _beat(self):
        now = time.thread_time()
        self.longest_seconds = max(self.longest_seconds, now - self._last)
        self._last = now
