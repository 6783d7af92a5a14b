# SPDX-License-Identifier: Apache-2.0
"""Unlocking with the printed recovery code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from optout_desktop.domain.errors import InputError, OptOutError, VaultDamaged, WrongKey
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import FieldRow
from optout_desktop.gui.labels import Look, isolated, label
from optout_desktop.gui.tasks import Tasks
from optout_desktop.gui.unlock.doors import Attempt, House, enter
from optout_desktop.gui.unlock.panel import Panel, buttons
from optout_desktop.gui.voice import announce

if TYPE_CHECKING:
    from optout_desktop.services.desk import Desk


class RecoveryPage(Panel):
    """Takes a recovery code and opens the vault with it."""

    opened = Signal(object)
    damaged = Signal(object, object)
    left = Signal()

    def __init__(self, house: House, tasks: Tasks, path: Path) -> None:
        super().__init__()
        self.entitle(self.tr("Use your recovery code"))
        self._house = house
        self._tasks = tasks
        self._path = path
        words = self.tr(
            "Type the code that you printed for the vault “{name}”. Spaces and dashes do not matter."
        )
        self.body.addWidget(label(words.format(name=isolated(path.stem)), Look.SECOND, wraps=True))
        self.code = QLineEdit()
        self.code.setInputMethodHints(
            Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhSensitiveData
        )
        self.code.returnPressed.connect(self._unlock)
        self.row = FieldRow(self.tr("&Recovery code"), self.code, "recovery_code", is_required=True)
        self.body.addWidget(self.row)
        self._attempt: Attempt | None = None
        back = QPushButton(self.tr("&Back"))
        back.clicked.connect(self._leave)
        self.unlock = QPushButton(self.tr("&Unlock"))
        self.unlock.setProperty("kind", "accent")
        self.unlock.setDefault(True)
        self.unlock.setAutoDefault(True)
        self.unlock.clicked.connect(self._unlock)
        self.body.addLayout(buttons(back, self.unlock))
        self.setFocusProxy(self.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends a running try."""
        if event.key() == Qt.Key.Key_Escape and self._attempt is not None:
            self.cancel()
            return
        super().keyPressEvent(event)

    def cancel(self) -> None:
        """Make a running try count for nothing."""
        if self._attempt is not None:
            self._attempt.cancel(self._owner(), self._tasks)
            self._rest()
            announce(self, self.tr("Unlocking was cancelled."))
            self.code.setFocus()

    def _leave(self) -> None:
        self.cancel()
        self.left.emit()

    def _unlock(self) -> None:
        if self._attempt is not None:
            return
        code, house, path = Secret(self.code.text()), self._house, self._path
        attempt = self._attempt = Attempt()
        self.row.clear_error()
        self.unlock.setEnabled(False)
        self.unlock.setText(self.tr("Unlocking…"))

        def job() -> Desk | None:
            vault = house.vaults.unlock_with_recovery(path, code, lambda: attempt.is_cancelled)
            return attempt.opened(enter(house, vault))

        def done(desk: Desk | None) -> None:
            if desk is None or attempt.is_cancelled:
                return
            self._rest()
            self.code.clear()
            self.opened.emit(desk)

        def failed(error: OptOutError) -> None:
            if not attempt.is_cancelled:
                self._fail(error)

        self._tasks.run(self._owner(), job, done, failed)

    def _owner(self) -> QWidget:
        """Who waits for an answer: the page may be gone when it comes."""
        return self.parentWidget() or self

    def _rest(self) -> None:
        self._attempt = None
        self.unlock.setEnabled(True)
        self.unlock.setText(self.tr("&Unlock"))

    def _fail(self, error: OptOutError) -> None:
        self._rest()
        if isinstance(error, VaultDamaged):
            self.damaged.emit(self._path, Secret(""))
            return
        if isinstance(error, WrongKey):
            self.row.show_error(self.tr("This code does not open this vault. Compare it with your print."))
        else:
            self.row.show_error(str(error) if isinstance(error, InputError) else words_for(error).text)
        self.code.setFocus()
        self.code.selectAll()
