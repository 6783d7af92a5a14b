# SPDX-License-Identifier: Apache-2.0
"""The backup that makes itself: a moment after the first change of a day, off the change's own path."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from optout_desktop.domain.errors import OptOutError
from optout_desktop.gui.errors import Errors
from optout_desktop.gui.tasks import Tasks
from optout_desktop.services.backups import BackupView
from optout_desktop.services.desk import Desk

AFTER_MS = 1500


class DailyBackup(QObject):
    """Waits until changes rest, then asks for the day's backup; the service knows whether there is one."""

    made = Signal()

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        errors: Errors,
        after_ms: int = AFTER_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tasks = tasks
        self._errors = errors
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(after_ms)
        self._timer.timeout.connect(self._back_up)

    def changed(self) -> None:
        """Something was changed; the sample is never backed up."""
        if self._desk.sample_day is None:
            self._timer.start()

    def _back_up(self) -> None:
        def done(made: BackupView | None) -> None:
            if made is not None:
                self.made.emit()

        def failed(error: OptOutError) -> None:
            self._errors.show(error)

        self._tasks.run(self, self._desk.backups.back_up_if_new_day, done, failed)
