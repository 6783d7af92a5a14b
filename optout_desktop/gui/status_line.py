# SPDX-License-Identifier: Apache-2.0
"""The line at the foot of the window: when it locks, the last backup, and whether something is sent."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QStatusBar, QWidget

from optout_desktop.gui import wording
from optout_desktop.gui.labels import Look, label


class StatusLine(QStatusBar):
    """Three facts, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(12, 0, 12, 0)
        self.lock = label("", Look.SMALL)
        self.backup = label("", Look.SMALL)
        self.network = label("", Look.SMALL)
        self.network.setToolTip(
            self.tr(
                "OptOut connects to your own mail servers alone, when you send a letter or try an account. "
                "Settings › Privacy lists each time."
            )
        )
        self.show_network(is_sending=False)
        for each in (self.lock, self.backup, self.network):
            each.setContentsMargins(8, 0, 8, 0)
            self.addWidget(each)

    def show_network(self, *, is_sending: bool) -> None:
        """Whether a mail server is being spoken to."""
        self.network.setText(self.tr("Sending…") if is_sending else self.tr("Offline"))

    def show_lock(self, minutes: int) -> None:
        """After how many idle minutes the vault locks."""
        if not minutes:
            self.lock.setText(self.tr("Does not lock by itself"))
        elif minutes == 1:
            self.lock.setText(self.tr("Locks after 1 idle minute"))
        else:
            self.lock.setText(self.tr("Locks after {minutes} idle minutes").format(minutes=minutes))

    def show_backup(self, made_at: datetime | None, now: datetime, *, is_sample: bool = False) -> None:
        """When the last backup was made; both instants in UTC. The sample needs none."""
        self.backup.setVisible(not is_sample)
        if made_at is None:
            self.backup.setText(self.tr("No backup yet: one is made after today's first change"))
            return
        made, today = wording.here(made_at), wording.here(now)
        time = QLocale().toString(made.time(), "HH:mm")
        if made.date() == today.date():
            self.backup.setText(self.tr("Backup today at {time}, verified").format(time=time))
        else:
            day = QLocale().toString(made.date(), "d MMM yyyy")
            self.backup.setText(self.tr("Backup on {day} at {time}, verified").format(day=day, time=time))
