# SPDX-License-Identifier: Apache-2.0
"""A damaged vault: what is lost, the newest good backup in one click, and saving what is readable."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.labels import Look, isolated, label
from optout_desktop.gui.tasks import Tasks
from optout_desktop.gui.unlock.doors import House
from optout_desktop.gui.unlock.panel import Panel
from optout_desktop.gui.widgets import FlowLayout
from optout_desktop.gui.wording import instant

if TYPE_CHECKING:
    from optout_desktop.services.backups import BackupView
    from optout_desktop.services.vaults import BroughtBack


class DamagedPage(Panel):
    """Looks for the newest good backup beside the vault and offers it."""

    restored = Signal(object)
    another_wanted = Signal(object)
    """The path of the damaged vault: another backup is to be put in its place."""
    salvage_wanted = Signal(object, object)
    """The path of the damaged vault, and the ``Secret`` that opened its key slot: empty where none did."""
    left = Signal()

    def __init__(self, house: House, tasks: Tasks, path: Path, key: Secret) -> None:
        super().__init__(width=560)
        self.entitle(self.tr("This vault is damaged"))
        self._house = house
        self._tasks = tasks
        self._path = path
        self._key = key
        self._backup: Path | None = None
        self.meaning = label(
            (
                self.tr(
                    "Part of the file of the vault {name} cannot be read. Your passphrase is right. "
                    "Nothing was changed."
                )
                if key
                else self.tr("Part of the file of the vault {name} cannot be read. Nothing was changed.")
            ).format(name=isolated(path.stem)),
            wraps=True,
        )
        self.found = label(self.tr("Looking for the newest good backup…"), Look.SECOND, wraps=True)
        self.kept = label(
            self.tr("The damaged file is kept beside the vault when a backup is put in its place."),
            Look.SECOND,
            wraps=True,
        )
        for line in (self.meaning, self.found, self.kept):
            self.body.addWidget(line)
        self.restore = QPushButton(self.tr("&Restore this backup"))
        self.restore.setProperty("kind", "accent")
        self.restore.setEnabled(False)
        self.restore.setDefault(True)
        self.restore.setAutoDefault(True)
        self.restore.clicked.connect(self._restore)
        another = QPushButton(self.tr("&Choose another backup…"))
        another.clicked.connect(lambda: self.another_wanted.emit(self._path))
        self.salvage = QPushButton(self.tr("&Save what is readable…"))
        self.salvage.clicked.connect(lambda: self.salvage_wanted.emit(self._path, self._key))
        back = QPushButton(self.tr("&Back"))
        back.clicked.connect(self.left)
        flow = FlowLayout()
        for button in (self.restore, another, self.salvage, back):
            flow.addWidget(button)
        self.body.addLayout(flow)
        if key:
            tasks.run(self, lambda: house.vaults.newest_good_backup(path, key), self._show, self._no_look)
        else:
            self.restore.hide()
            self.found.setText(
                self.tr("A backup is opened with its passphrase, which is not kept here. Choose one below.")
            )

    def _show(self, backup: BackupView | None) -> None:
        if backup is None:
            self.found.setText(
                self.tr("No good backup lies beside this vault. If you keep one elsewhere, choose it.")
            )
            return
        self._backup = backup.path
        when = instant(backup.made_at)
        self.found.setText(
            self.tr("The newest good backup is from {when}. What was changed after that is lost.").format(
                when=when
            )
        )
        self.restore.setText(self.tr("&Restore the backup from {when}").format(when=when))
        self.restore.setEnabled(True)
        self.restore.setFocus()

    def _no_look(self, error: OptOutError) -> None:
        self.found.setText(words_for(error).text)

    def _restore(self) -> None:
        backup, house, path, key = self._backup, self._house, self._path, self._key
        if backup is None:
            return
        self.restore.setEnabled(False)
        self.restore.setText(self.tr("Restoring…"))

        def job() -> BroughtBack:
            return house.vaults.restore(backup, key, into=path)

        def failed(error: OptOutError) -> None:
            self.found.setText(words_for(error).text)
            self.restore.setText(self.tr("&Restore this backup"))
            self.restore.setEnabled(True)

        self._tasks.run(self, job, lambda done: self.restored.emit(done.path), failed)
