# SPDX-License-Identifier: Apache-2.0
"""Security: when to lock, the clipboard, the ways into the vault, and looking whether it is whole."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.preferences import PREFERENCES
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui import dialogs
from optout_desktop.gui.autolock import CHOICES_MINUTES
from optout_desktop.gui.confirm_dialog import ConfirmDialog
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.recovery_sheet import RecoveryDialog
from optout_desktop.gui.settings.passphrase_dialogs import PassphraseDialog
from optout_desktop.gui.settings.rows import Binder, ChoiceRow, Section, TickRow
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.widgets import FlowLayout
from optout_desktop.services.backups import Checked
from optout_desktop.services.security import WaysIn


class SecuritySection(Section):
    """What keeps others out."""

    def __init__(self, binder: Binder, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entitle(self.tr("Security"))
        self._around = surroundings
        self.lock = ChoiceRow(
            binder,
            "lock_minutes",
            self.tr("Lock when &idle for"),
            [(minutes, self._minutes(minutes)) for minutes in CHOICES_MINUTES],
            self.tr("Keys and pointer in this window count. A warning comes 20 seconds before."),
        )
        self.with_screen = TickRow(binder, "lock_with_screen", self.tr("Lock when the &screen locks"))
        self.on_suspend = TickRow(binder, "lock_on_suspend", self.tr("Lock when the computer goes to sl&eep"))
        self.minimised = TickRow(binder, "lock_when_minimised", self.tr("Lock when the window is &minimised"))
        seconds = [(each, self._seconds(int(each))) for each in PREFERENCES["clipboard_seconds"].choices]
        self.clipboard = ChoiceRow(
            binder,
            "clipboard_seconds",
            self.tr("&Clear the clipboard after"),
            seconds,
            self.tr("Only what was copied here, and always on locking."),
        )
        self.exports = TickRow(
            binder,
            "passphrase_for_exports",
            self.tr("Passphrase again before e&xports"),
            self.tr("An exported file is not encrypted. Other ways into this vault always ask for it."),
        )
        rows = (self.lock, self.with_screen, self.on_suspend, self.minimised, self.clipboard, self.exports)
        for row in rows:
            self.add(row)
        self.add(label(self.tr("Ways into this vault"), Look.STRONG))
        self.keyring = QCheckBox(self.tr("Remember this vault in the &keyring"))
        self.keyring.clicked.connect(self._remember)
        self.add(self.keyring)
        self.keyring_words = label("", Look.SMALL, wraps=True)
        self.add(self.keyring_words)
        self.code_words = label("", Look.SMALL, wraps=True)
        self.change = QPushButton(self.tr("Change &passphrase…"))
        self.change.clicked.connect(self._change)
        self.code = QPushButton(self.tr("Make a &recovery code…"))
        self.code.clicked.connect(self._make_code)
        self.no_code = QPushButton(self.tr("Remove the recovery code…"))
        self.no_code.clicked.connect(self._remove_code)
        self.check = QPushButton(self.tr("Check the &vault now"))
        self.check.clicked.connect(self._check)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.change, self.code, self.no_code, self.check):
            flow.addWidget(button)
        self.add(buttons)
        self.add(self.code_words)
        self.outcome = label("", wraps=True)
        self.outcome.hide()
        self.add(self.outcome)
        self.finish()

    def refresh(self) -> None:
        """Ask which ways into the vault there are."""
        self._around.tasks.run(self, self._around.desk.security.ways_in, self._show)

    def _minutes(self, minutes: int) -> str:
        if not minutes:
            return self.tr("Never")
        return self.tr("1 minute") if minutes == 1 else self.tr("{count} minutes").format(count=minutes)

    def _seconds(self, seconds: int) -> str:
        return self.tr("{count} seconds").format(count=seconds) if seconds else self.tr("Only on locking")

    def _show(self, ways: WaysIn) -> None:
        is_remembered = bool(ways.remembered_in)
        self.keyring.setChecked(is_remembered)
        self.keyring.setEnabled(is_remembered or bool(ways.keyring_here))
        if is_remembered:
            words = self.tr("Remembered in {name}. Whoever uses your unlocked session can open it.").format(
                name=ways.remembered_in
            )
        elif ways.keyring_here:
            words = self.tr(
                "{name} would keep a key. Whoever uses your unlocked session could open it."
            ).format(name=ways.keyring_here)
        else:
            words = self.tr("This computer offers no keyring that can keep the key safely.")
        self.keyring_words.setText(words)
        self.no_code.setVisible(ways.has_recovery_code)
        self.code_words.setText(
            self.tr("There is a recovery code. A new one makes the old one useless.")
            if ways.has_recovery_code
            else self.tr("There is no recovery code: a forgotten passphrase cannot be replaced.")
        )

    def _remember(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        security, tasks = self._around.desk.security, self._around.tasks

        def failed(error: OptOutError) -> None:
            self._around.errors.show(error, self)
            self.refresh()

        if is_on:
            tasks.run(self, security.remember, lambda _name: self.refresh(), failed)
        else:
            tasks.run(self, security.forget, lambda _nothing: self.refresh(), failed)

    def _change(self) -> None:
        if PassphraseDialog(self._around.desk.security, self._around.tasks, self).ask():
            self._around.say(self.tr("The passphrase was changed. Older backups keep the old one."))

    def _make_code(self) -> None:
        if not ConfirmDialog(self._around.desk.security, self._around.tasks, self).ask():
            return
        desk = self._around.desk
        self._around.tasks.run(self, desk.security.make_recovery_code, self._show_code)

    def _show_code(self, code: Secret) -> None:
        desk = self._around.desk
        if RecoveryDialog(code, desk.name, desk.clock.today(), self).ask():
            self._around.tasks.run(
                self, lambda: desk.preferences.remember("recovery_code_printed", True), lambda _nothing: None
            )
        self.refresh()

    def _remove_code(self) -> None:
        is_sure = dialogs.confirm(
            self,
            self.tr("Remove the recovery code?"),
            self.tr("Its print no longer opens this vault. Only the passphrase does."),
            self.tr("&Remove"),
            is_destructive=True,
        )
        if is_sure and ConfirmDialog(self._around.desk.security, self._around.tasks, self).ask():
            security = self._around.desk.security
            self._around.tasks.run(self, security.remove_recovery_code, lambda _nothing: self.refresh())

    def _check(self) -> None:
        self.check.setEnabled(False)
        self.outcome.setText(self.tr("Looking at every page of the vault…"))
        self.outcome.show()

        def failed(error: OptOutError) -> None:
            self.check.setEnabled(True)
            self.outcome.setText(str(error))

        self._around.tasks.run(self, self._around.desk.backups.check, self._show_checked, failed)

    def _show_checked(self, checked: Checked) -> None:
        self.check.setEnabled(True)
        if checked.is_sound:
            words = self.tr("The vault is sound: every page and {count} requests were looked at.")
            self.outcome.setText(words.format(count=checked.requests))
        else:
            words = self.tr(
                "{count} places of the vault do not fit. Back up now, then restore a good backup."
            )
            self.outcome.setText(words.format(count=len(checked.problems)))
