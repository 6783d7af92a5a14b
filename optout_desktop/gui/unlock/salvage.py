# SPDX-License-Identifier: Apache-2.0
"""Saving what is readable of a damaged vault: a name, its passphrase, progress, and what became of each part.

The work runs on the vault's thread and can be cancelled at any row; then nothing was made.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton

from optout_desktop.domain.errors import InputError, OptOutError, VaultExists, WrongKey
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.busy import TaskBarItem
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import FieldRow, PassphraseRow
from optout_desktop.gui.labels import Look, isolated, label
from optout_desktop.gui.tasks import Cancelled, CancelToken, Tasks
from optout_desktop.gui.unlock.doors import House
from optout_desktop.gui.unlock.panel import Panel, buttons
from optout_desktop.gui.unlock.salvage_words import missing_words, saved_words
from optout_desktop.gui.voice import announce

if TYPE_CHECKING:
    from optout_desktop.services.salvaging import Salvaged


class SalvagePage(Panel):
    """Asks for the new vault's name, does the work, and says what was saved and what was not."""

    left = Signal()
    saved = Signal(object)
    """The path of the new vault, which the person wants to open."""

    def __init__(self, house: House, tasks: Tasks, path: Path, key: Secret) -> None:
        super().__init__(width=560)
        self.entitle(self.tr("Save what is readable"))
        self._house = house
        self._tasks = tasks
        self._path = path
        self._key = key
        self._token: CancelToken | None = None
        self._made: Path | None = None
        meaning = self.tr(
            "Everything that can still be read of the vault “{name}” is put into a new vault beside it. "
            "The damaged vault is only read, and not changed. The new one opens with the same passphrase."
        )
        self.meaning = label(meaning.format(name=isolated(path.stem)), Look.SECOND, wraps=True)
        self.name = QLineEdit(self.tr("{name} rescued").format(name=path.stem))
        self.name.returnPressed.connect(self._save)
        self.name_row = FieldRow(self.tr("&Name of the new vault"), self.name, "vault_name", is_required=True)
        self.row = PassphraseRow(self.tr("&Passphrase of the damaged vault"))
        self.row.passphrase.returnPressed.connect(self._save)
        self.outcome = label("", wraps=True)
        self.missing = label("", wraps=True)
        self.problem = label("", Look.ERROR, wraps=True)
        for widget in (self.meaning, self.name_row, self.row, self.outcome, self.missing, self.problem):
            self.body.addWidget(widget)
        self.row.setVisible(not key)
        for line in (self.outcome, self.missing, self.problem):
            line.hide()
        self.progress: TaskBarItem | None = None
        self.back = QPushButton(self.tr("&Back"))
        self.back.clicked.connect(self.left)
        self.go = QPushButton(self.tr("&Save what is readable"))
        self.go.setProperty("kind", "accent")
        self.go.setDefault(True)
        self.go.setAutoDefault(True)
        self.go.clicked.connect(self._go)
        self.body.addLayout(buttons(self.back, self.go))
        self.setFocusProxy(self.name)

    @property
    def is_saving(self) -> bool:
        """Whether the work is running."""
        return self._token is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends running work."""
        if event.key() == Qt.Key.Key_Escape and self.is_saving:
            self.cancel()
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Who leaves, ends running work; a window that is only minimised does not leave."""
        if not event.spontaneous():
            self.cancel()
        super().hideEvent(event)

    def cancel(self) -> None:
        """End running work at its next row."""
        if self._token is not None:
            self._token.cancel()

    def _go(self) -> None:
        if self._made is not None:
            self.saved.emit(self._made)
        else:
            self._save()

    def _save(self) -> None:
        if self.is_saving or self._made is not None:
            return
        house, path, name = self._house, self._path, self.name.text()
        key = self._key or Secret(self.row.passphrase.text())
        token = self._begin()
        tell = self._tasks.progress(self, self._show_progress)

        def told(done: int, total: int) -> None:
            token.check()
            tell(done, total)

        def job() -> Salvaged | None:
            from optout_desktop.services.salvaging import save_readable

            try:
                return save_readable(house.vaults, house.open_desk, path, key, name, told)
            except Cancelled:
                return None

        self._tasks.run(self, job, self._done, self._fail)

    def _done(self, salvaged: Salvaged | None) -> None:
        self._rest()
        if salvaged is None:
            self._say_problem(self.tr("It was cancelled. No new vault was made, and nothing was changed."))
        else:
            self._show(salvaged)

    def _begin(self) -> CancelToken:
        self._token = CancelToken()
        self.name_row.clear_error()
        self.row.clear_error()
        self.problem.hide()
        self.progress = TaskBarItem(self.tr("Reading"))
        self.progress.cancelled.connect(self.cancel)
        self.body.insertWidget(self.body.count() - 1, self.progress)
        self.progress.show()
        for widget in (self.go, self.back, self.name_row, self.row):
            widget.setEnabled(False)
        self.progress.cancel_button.setFocus()
        return self._token

    def _rest(self) -> None:
        self._token = None
        for widget in (self.go, self.back, self.name_row, self.row):
            widget.setEnabled(True)
        if self.progress is not None:
            self.body.removeWidget(self.progress)
            self.progress.deleteLater()
            self.progress = None

    def _show_progress(self, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress.show_progress(done, total)

    def _show(self, salvaged: Salvaged) -> None:
        self._made = salvaged.path
        self.row.passphrase.forget()
        self.entitle(self.tr("What is readable was saved"))
        meaning = self.tr(
            "The new vault “{name}” was made and checked. The damaged one still lies beside it."
        )
        self.meaning.setText(meaning.format(name=isolated(salvaged.path.stem)))
        self.outcome.setText(saved_words(salvaged))
        self.missing.setText(missing_words(salvaged))
        for widget in (self.name_row, self.row):
            widget.hide()
        for line in (self.outcome, self.missing):
            line.show()
        self.go.setText(self.tr("&Open the new vault"))
        self.go.setFocus()
        announce(self, f"{self.outcome.text()} {self.missing.text()}")

    def _fail(self, error: OptOutError) -> None:
        self._rest()
        if isinstance(error, VaultExists) or (isinstance(error, InputError) and error.field == "vault_name"):
            self.name_row.show_error(str(error))
            self.name.setFocus()
            self.name.selectAll()
        elif isinstance(error, WrongKey):
            self.row.show()
            self._key = Secret("")
            self.row.show_error(self.tr("This does not open the vault. Nothing was changed."))
            self.row.passphrase.select_again()
        else:
            self._say_problem(words_for(error).text)

    def _say_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
        self.go.setFocus()
        announce(self, words, is_urgent=True)
