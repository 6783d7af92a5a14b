# SPDX-License-Identifier: Apache-2.0
"""Long work in sight: a mark after 0.3 s, and an item in the bar with count, time left and Cancel."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from optout_desktop.gui import theme
from optout_desktop.gui.labels import IconLabel, Look, label
from optout_desktop.gui.voice import announce

_MARK_AFTER_MS = 300
_TIME_LEFT_AFTER_SECONDS = 5.0
_MINUTE = 60


class BusyMark(QWidget):
    """Says that something is being done, if it takes longer than 0.3 s."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label("", Look.SMALL)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MARK_AFTER_MS)
        self._timer.timeout.connect(self.show)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(IconLabel("hourglass", 16))
        layout.addWidget(self._words)
        self.hide()

    def begin(self, words: str) -> None:
        """Something was started."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self._timer.start()

    def end(self) -> None:
        """It is done."""
        self._timer.stop()
        self.hide()


class TaskBarItem(QWidget):
    """One long job in the bar: what, how far, how long still, and Cancel, which answers at once."""

    cancelled = Signal()

    def __init__(
        self, words: str, now_seconds: Callable[[], float] = time.monotonic, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._task = words
        self._now_seconds = now_seconds
        self._began_at_seconds = now_seconds()
        self._words = label(words, Look.SMALL)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.px(96))
        self._bar.setAccessibleName(words)
        self._bar.setRange(0, 0 if theme.motion_ms() else 1)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._cancel.setAccessibleName(self.tr("Cancel {task}").format(task=words))
        self._cancel.clicked.connect(self._stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._words)
        layout.addWidget(self._bar)
        layout.addWidget(self._cancel)

    @property
    def words(self) -> str:
        """What it says now."""
        return self._words.text()

    @property
    def cancel_button(self) -> QPushButton:
        """The button that ends the job."""
        return self._cancel

    def show_progress(self, done: int, total: int) -> None:
        """Show how many of how many; a total of 0 means: not known."""
        locale = self.locale()
        if not total:
            self._words.setText(self.tr("{task}: {done}").format(task=self._task, done=locale.toString(done)))
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        sentence = self.tr("{task}: {done} of {total}").format(
            task=self._task, done=locale.toString(done), total=locale.toString(total)
        )
        left = self._time_left(done, total)
        if left:
            sentence = self.tr("{progress}, {time_left}").format(progress=sentence, time_left=left)
        self._words.setText(sentence)

    def finish(self, words: str) -> None:
        """Say the result; there is nothing to cancel any more."""
        self._words.setText(words)
        self._bar.hide()
        self._cancel.hide()
        announce(self, words)

    def _time_left(self, done: int, total: int) -> str:
        passed_seconds = self._now_seconds() - self._began_at_seconds
        if passed_seconds < _TIME_LEFT_AFTER_SECONDS or not 0 < done < total:
            return ""
        left_seconds = passed_seconds / done * (total - done)
        if left_seconds < _MINUTE:
            return self.tr("less than a minute left")
        return self.tr("about {minutes} min left").format(minutes=round(left_seconds / _MINUTE))

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._words.setText(self.tr("{task}: stopping…").format(task=self._task))
        self.cancelled.emit()
