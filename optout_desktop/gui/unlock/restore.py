# SPDX-License-Identifier: Apache-2.0
"""Bringing a vault back from a backup file, with its passphrase or recovery code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton

from optout_desktop.domain.errors import InputError, OptOutError, WrongKey
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui import dialogs
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import PassphraseRow
from optout_desktop.gui.labels import Look, isolated, label
from optout_desktop.gui.tasks import Tasks
from optout_desktop.gui.unlock.doors import House
from optout_desktop.gui.unlock.panel import Panel, buttons

if TYPE_CHECKING:
    from optout_desktop.services.vaults import BroughtBack


class RestorePage(Panel):
    """Asks for a backup and its key, and puts it in place."""

    restored = Signal(object)
    """The path of the vault that is there now."""
    left = Signal()

    def __init__(
        self, house: House, tasks: Tasks, backup: Path | None = None, into: Path | None = None
    ) -> None:
        super().__init__()
        self.entitle(self.tr("Restore a backup"))
        self._house = house
        self._tasks = tasks
        self._backup = backup
        self._into = into
        self.body.addWidget(
            label(
                self.tr(
                    "The backup is opened and checked first. What lies in its place now is kept beside it."
                ),
                Look.SECOND,
                wraps=True,
            )
        )
        self.chosen = label("", wraps=True)
        self.choose = QPushButton(self.tr("&Choose a backup…"))
        self.choose.clicked.connect(self._choose)
        self.body.addWidget(self.chosen)
        self.body.addLayout(buttons(self.choose))
        self.row = PassphraseRow(
            self.tr("&Passphrase of the backup"),
            hint=self.tr("The one that the vault had when the backup was made."),
        )
        self.row.passphrase.returnPressed.connect(self._restore)
        self.is_code = QCheckBox(self.tr("This is the recovery &code"))
        self.body.addWidget(self.row)
        self.body.addWidget(self.is_code)
        back = QPushButton(self.tr("&Back"))
        back.clicked.connect(self.left)
        self.go = QPushButton(self.tr("&Restore"))
        self.go.setProperty("kind", "accent")
        self.go.setDefault(True)
        self.go.setAutoDefault(True)
        self.go.clicked.connect(self._restore)
        self.body.addLayout(buttons(back, self.go))
        self._show_chosen()

    def _choose(self) -> None:
        title, filters = self.tr("Choose a backup"), self.tr("Backups (*.optoutbak);;All files (*)")
        chosen = dialogs.open_file(self, title, filters)
        if chosen is not None:
            self._backup = chosen
            self._show_chosen()
            self.row.passphrase.setFocus()

    def _show_chosen(self) -> None:
        has_one = self._backup is not None
        self.chosen.setText(
            isolated(self._backup.name) if self._backup else self.tr("No backup is chosen yet.")
        )
        self.go.setEnabled(has_one)
        self.row.setEnabled(has_one)
        self.is_code.setEnabled(has_one)

    def _restore(self) -> None:
        backup = self._backup
        if backup is None or not self.go.isEnabled():
            return
        key, is_code, into, house = (
            Secret(self.row.passphrase.text()),
            self.is_code.isChecked(),
            self._into,
            self._house,
        )
        self.row.clear_error()
        self.go.setEnabled(False)
        self.go.setText(self.tr("Restoring…"))

        def job() -> BroughtBack:
            return house.vaults.restore(backup, key, is_recovery_code=is_code, into=into)

        self._tasks.run(self, job, self._done, self._fail)

    def _done(self, done: BroughtBack) -> None:
        self.row.passphrase.forget()
        kept = (
            self.tr("The file that lay there before is kept as {name}.").format(name=isolated(done.kept.name))
            if done.kept
            else self.tr("Nothing lay in its place.")
        )
        dialogs.tell(
            self,
            self.tr("The vault is back"),
            self.tr("{count} requests were brought back. {kept} Unlock it with the same passphrase.").format(
                count=done.requests, kept=kept
            ),
        )
        self.restored.emit(done.path)

    def _fail(self, error: OptOutError) -> None:
        self.go.setEnabled(True)
        self.go.setText(self.tr("&Restore"))
        if isinstance(error, WrongKey):
            self.row.show_error(self.tr("This does not open the backup. Nothing was changed."))
        else:
            self.row.show_error(str(error) if isinstance(error, InputError) else words_for(error).text)
        self.row.passphrase.select_again()
