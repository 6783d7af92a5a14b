# SPDX-License-Identifier: Apache-2.0
"""The unlock page: which vault, its passphrase, and the other ways in.

It is painted before anything heavy is loaded. The passphrase goes to the vault thread and comes back as a
``Desk``; Esc makes a running try count for nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QWidget

from optout_desktop import APP_NAME
from optout_desktop.domain.errors import InputError, OptOutError, VaultDamaged, VaultInUse, WrongKey
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import FieldRow, PassphraseRow, restyle
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.tasks import Tasks
from optout_desktop.gui.unlock.doors import SUFFIX, Attempt, House, enter
from optout_desktop.gui.unlock.keyring_line import (
    KeyringLine,
    line_for_error,
    line_for_place,
    line_while_asking,
)
from optout_desktop.gui.unlock.panel import Panel
from optout_desktop.gui.unlock.welcome import link
from optout_desktop.gui.voice import announce

if TYPE_CHECKING:
    from optout_desktop.services.desk import Desk


class UnlockPage(Panel):
    """Opens a vault that is there."""

    opened = Signal(object)
    """The ``Desk`` of the vault."""
    damaged = Signal(object, object)
    """The path of a vault that is damaged, and the ``Secret`` that opened its key slot."""
    in_use = Signal(object)
    """The path of a vault that another window holds."""
    new_wanted = Signal()
    sample_wanted = Signal()
    recovery_wanted = Signal(object)
    restore_wanted = Signal()

    def __init__(self, house: House, tasks: Tasks, paths: tuple[Path, ...]) -> None:
        super().__init__(has_logo=True)
        self.entitle(APP_NAME)
        self._house = house
        self._tasks = tasks
        self._attempt: Attempt | None = None
        self._keyring = ""
        self._is_asking_keyring = False
        self._wait_seconds = 0
        self._countdown = QTimer(self)
        self._countdown.setInterval(1000)
        self._countdown.timeout.connect(self._count_down)
        self.vault = QComboBox()
        self.vault.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for path in paths:
            self.vault.addItem(path.stem, path)
        self.vault.currentIndexChanged.connect(self._another_vault)
        self.body.addWidget(FieldRow(self.tr("&Vault"), self.vault, "vault"))
        self.row = PassphraseRow(self.tr("&Passphrase"))
        self.row.passphrase.returnPressed.connect(self._unlock)
        self.body.addWidget(self.row)
        self.unlock = QPushButton(self.tr("&Unlock"))
        self.unlock.setProperty("kind", "accent")
        self.unlock.setDefault(True)
        self.unlock.setAutoDefault(True)
        self.unlock.clicked.connect(self._unlock)
        self.use_keyring = QPushButton(self.tr("Use &keyring"))
        self.use_keyring.setAutoDefault(True)
        self.use_keyring.clicked.connect(self._ask_keyring)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.unlock, 1)
        row.addWidget(self.use_keyring)
        self.body.addLayout(row)
        self.waiting = label("", Look.SMALL, wraps=True)
        self.keyring_line = label("", Look.SMALL, wraps=True)
        for line in (self.waiting, self.keyring_line):
            line.hide()
            self.body.addWidget(line)
        rule = QFrame()
        rule.setProperty("kind", "line")
        self.body.addWidget(rule)
        self.body.addWidget(self._links())
        self.show_keyring(KeyringLine(state=line_for_place("", "").state))
        self.setFocusProxy(self.row.passphrase)

    def _links(self) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box)
        flow.setContentsMargins(0, 0, 0, 0)
        self.recovery = link(self.tr("Use &recovery code…"), lambda: self.recovery_wanted.emit(self.path()))
        for each in (
            link(self.tr("&Open another vault…"), self._open_another),
            link(self.tr("&New vault…"), self.new_wanted.emit),
            self.recovery,
            link(self.tr("Restore a &backup…"), self.restore_wanted.emit),
            link(self.tr("&Look around with sample data"), self.sample_wanted.emit),
        ):
            flow.addWidget(each)
        return box

    def path(self) -> Path | None:
        """The vault that is chosen."""
        chosen = self.vault.currentData()
        return chosen if isinstance(chosen, Path) else None

    def choose(self, path: Path) -> None:
        """Offer this vault, and choose it."""
        at = self.vault.findText(path.stem)
        if at < 0 or self.vault.itemData(at) != path:
            self.vault.addItem(path.stem, path)
            at = self.vault.count() - 1
        self.vault.setCurrentIndex(at)

    def look_at_keyring(self) -> None:
        """Ask which keyring remembers the chosen vault; once the services are there."""
        path, house = self.path(), self._house
        if path is None:
            return

        def job() -> tuple[Path, str, str]:
            remembered = house.vaults.look(path).keyring
            return path, remembered, house.vaults.keyring_name() if remembered else ""

        def then(found: tuple[Path, str, str]) -> None:
            asked_for, self._keyring, here = found
            if asked_for == self.path():
                self.show_keyring(line_for_place(self._keyring, here))

        self._tasks.run(self, job, then)

    def show_keyring(self, line: KeyringLine) -> None:
        """Show how things stand with the keyring."""
        self.keyring_line.setText(line.sentence)
        self.keyring_line.setVisible(bool(line.sentence))
        self.use_keyring.setVisible(line.is_offered)
        if self._keyring:
            self.use_keyring.setText(self.tr("Use &keyring ({name})").format(name=self._keyring))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends a running try."""
        if event.key() == Qt.Key.Key_Escape and self._attempt is not None:
            self.cancel()
            return
        super().keyPressEvent(event)

    @property
    def is_unlocking(self) -> bool:
        """Whether a try is running."""
        return self._attempt is not None

    def cancel(self) -> None:
        """Make a running try count for nothing, wherever it is: waiting, deriving, opening, at the keyring."""
        if self._attempt is not None:
            self._attempt.cancel(self, self._tasks)
            self._rest()
            if self._is_asking_keyring:
                self.show_keyring(line_for_place(self._keyring, self._keyring))
            announce(self, self.tr("Unlocking was cancelled."))
            self.row.passphrase.select_again()

    def _unlock(self) -> None:
        path = self.path()
        if path is None or self.is_unlocking:
            return
        secret, house, attempt = Secret(self.row.passphrase.text()), self._house, self._begin()

        def job() -> Desk | None:
            vault = house.vaults.unlock(path, secret, lambda: attempt.is_cancelled)
            return attempt.opened(enter(house, vault))

        def failed(error: OptOutError) -> None:
            if not attempt.is_cancelled:
                self._fail(error, path, secret)

        self._tasks.run(self, job, lambda desk: self._done(desk, attempt), failed)

    def _ask_keyring(self) -> None:
        path = self.path()
        if path is None or self.is_unlocking:
            return
        house, attempt = self._house, self._begin(is_at_keyring=True)
        self.show_keyring(line_while_asking(self._keyring))

        def job() -> Desk | None:
            opened = house.vaults.unlock_with_keyring(path, lambda: attempt.is_cancelled)
            return attempt.opened(enter(house, opened))

        def failed(error: OptOutError) -> None:
            if attempt.is_cancelled:
                return
            if isinstance(error, VaultDamaged):
                self._fail(error, path, Secret(""))
            else:
                self._rest()
                self.show_keyring(line_for_error(error))
                announce(self, self.keyring_line.text())

        self._tasks.run(self, job, lambda desk: self._done(desk, attempt), failed)

    def _begin(self, *, is_at_keyring: bool = False) -> Attempt:
        self._attempt = Attempt()
        self._is_asking_keyring = is_at_keyring
        self.row.clear_error()
        self.unlock.setText(self.tr("Unlocking…"))
        self.unlock.setEnabled(False)
        self.row.passphrase.setReadOnly(True)
        restyle(self.row.passphrase)
        if self._wait_seconds and not is_at_keyring:
            self._countdown.start()
            self._say_wait()
        return self._attempt

    def _rest(self) -> None:
        self._attempt = None
        self._countdown.stop()
        self.waiting.hide()
        self.unlock.setText(self.tr("&Unlock"))
        self.unlock.setEnabled(True)
        self.row.passphrase.setReadOnly(False)
        restyle(self.row.passphrase)

    def _done(self, desk: Desk | None, attempt: Attempt) -> None:
        if desk is None or attempt.is_cancelled:
            return
        self._rest()
        self.row.passphrase.forget()
        self.opened.emit(desk)

    def _fail(self, error: OptOutError, path: Path, secret: Secret) -> None:
        self._rest()
        if isinstance(error, VaultDamaged):
            self.row.passphrase.forget()
            self.damaged.emit(path, secret)
            return
        if isinstance(error, WrongKey):
            self._wait_seconds = round(error.wait_seconds)
            self.row.show_error(self._wrong_words())
        elif isinstance(error, InputError):
            self.row.show_error(str(error))
        else:
            self.row.show_error(words_for(error).text)
            if isinstance(error, VaultInUse):
                self.in_use.emit(path)
        announce(self, self.row.error, is_urgent=True)
        self.row.passphrase.select_again()

    def _wrong_words(self) -> str:
        layout = QGuiApplication.inputMethod().locale().nativeLanguageName()  # empty where none is set
        words = self.tr("That passphrase did not open this vault. Check Caps Lock and the keyboard layout.")
        if layout:
            words = self.tr(
                "That passphrase did not open this vault. "
                "Check Caps Lock and the keyboard layout (now: {layout})."
            ).format(layout=layout)
        if not self._wait_seconds:
            return words
        return self.tr("{sentence} The next try waits {seconds} s.").format(
            sentence=words, seconds=self._wait_seconds
        )

    def _count_down(self) -> None:
        self._wait_seconds = max(self._wait_seconds - 1, 0)
        self._say_wait()

    def _say_wait(self) -> None:
        self.waiting.setText(
            self.tr("After several wrong passphrases each try waits: {seconds} s left. Esc cancels.").format(
                seconds=self._wait_seconds
            )
        )
        self.waiting.setVisible(bool(self._wait_seconds))

    def _another_vault(self) -> None:
        self._wait_seconds = 0
        self.row.clear_error()
        self.look_at_keyring()

    def _open_another(self) -> None:
        from optout_desktop.gui import dialogs

        folder = dialogs.choose_folder(self, self.tr("Choose a vault's folder, which ends in .optout"))
        if folder is None:
            return
        if folder.suffix != SUFFIX:
            self.row.show_error(self.tr("This folder is not a vault: a vault's name ends in .optout."))
            return
        self.choose(folder)
        self.row.passphrase.setFocus()
