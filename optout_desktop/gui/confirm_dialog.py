# SPDX-License-Identifier: Apache-2.0
"""The passphrase again before something serious: what leaves unencrypted, or another way into the vault."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui import theme
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import PassphraseRow
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.tasks import Tasks
from optout_desktop.services.security import SecurityService


class ConfirmDialog(QDialog):
    """Asks for the passphrase again; ``ask`` answers whether it was right."""

    def __init__(self, security: SecurityService, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Passphrase, please"))
        self._security = security
        self._tasks = tasks
        self.row = PassphraseRow(self.tr("&Passphrase of this vault"))
        self.go = QPushButton(self.tr("&Continue"))
        self.go.setProperty("kind", "accent")
        self.go.setDefault(True)
        self.go.clicked.connect(self._confirm)
        leave = QPushButton(self.tr("Cancel"))
        leave.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label(self.tr("To be sure that it is you"), Look.TITLE))
        layout.addWidget(self.row)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(leave)
        row.addWidget(self.go)
        layout.addLayout(row)
        self.setMinimumWidth(min(theme.px(400), 800))

    def ask(self) -> bool:
        """Whether the right passphrase was typed."""
        is_right = self.exec() == QDialog.DialogCode.Accepted
        self.row.passphrase.forget()
        return is_right

    def open_for(self, then: Callable[[], None]) -> None:
        """Ask without waiting: ``then`` is done when the right passphrase was typed."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.accepted.connect(then)
        self.finished.connect(lambda _result: self.row.passphrase.forget())
        self.open()

    def _confirm(self) -> None:
        secret = Secret(self.row.passphrase.text())
        self.go.setEnabled(False)
        self._tasks.run(
            self, lambda: self._security.confirm(secret), lambda _nothing: self.accept(), self._fail
        )

    def _fail(self, error: OptOutError) -> None:
        self.go.setEnabled(True)
        self.row.show_error(words_for(error).text)
        self.row.passphrase.select_again()
