# SPDX-License-Identifier: Apache-2.0
"""A new passphrase in the place of the one of now."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.errors import InputError, OptOutError, WrongKey
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui import theme
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import PassphraseRow
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.new_passphrase import NewPassphrase
from optout_desktop.gui.tasks import Tasks
from optout_desktop.services.security import SecurityService


class PassphraseDialog(QDialog):
    """Changes the passphrase; ``ask`` answers whether it was changed."""

    def __init__(self, security: SecurityService, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Change passphrase"))
        self._security = security
        self._tasks = tasks
        self.old = PassphraseRow(self.tr("Passphrase of &now"), "old")
        self.new = NewPassphrase()
        self.go = QPushButton(self.tr("&Change it"))
        self.go.setProperty("kind", "accent")
        self.go.setDefault(True)
        self.go.clicked.connect(self._change)
        leave = QPushButton(self.tr("Cancel"))
        leave.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label(self.tr("Change passphrase"), Look.TITLE))
        sentence = self.tr(
            "The recovery code and the keyring go on working. Older backups keep the old passphrase."
        )
        layout.addWidget(label(sentence, Look.SECOND, wraps=True))
        layout.addWidget(self.old)
        layout.addWidget(self.new)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(leave)
        row.addWidget(self.go)
        layout.addLayout(row)
        self.setMinimumWidth(min(theme.px(440), 800))

    def ask(self) -> bool:
        """Whether the passphrase was changed."""
        is_changed = self.exec() == QDialog.DialogCode.Accepted
        self.old.passphrase.forget()
        self.new.forget()
        return is_changed

    def _change(self) -> None:
        self.old.clear_error()
        new = self.new.take()
        if new is None:
            return
        old = Secret(self.old.passphrase.text())
        self.go.setEnabled(False)
        self._tasks.run(
            self,
            lambda: self._security.change_passphrase(old, new),
            lambda _nothing: self.accept(),
            self._fail,
        )

    def _fail(self, error: OptOutError) -> None:
        self.go.setEnabled(True)
        if isinstance(error, WrongKey | InputError):
            self.old.show_error(words_for(error).text)
            self.old.passphrase.select_again()
        else:
            self.new.errors.show_errors([InputError("passphrase", str(error))])
