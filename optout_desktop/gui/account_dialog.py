# SPDX-License-Identifier: Apache-2.0
"""Setting up a mail account: the address first, servers guessed from it, the password, and a try that sends nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from optout_desktop.domain.accounts import MailAccount, PasswordHome, ServerPurpose
from optout_desktop.domain.errors import InputError, OptOutError
from optout_desktop.domain.ids import PersonId
from optout_desktop.domain.people import Person
from optout_desktop.gui import theme
from optout_desktop.gui.account_fields import PasswordRow, ServerFields
from optout_desktop.gui.account_trying import AccountTry, Trial
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import FieldRow, FormErrors
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.scroll_dialog import ScrollDialog
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.voice import announce
from optout_desktop.services.accounts import AccountInput, Proposal


class AccountDialog(ScrollDialog):
    """Asks for everything about one mail account; ``ask`` answers with the account kept, or None."""

    def __init__(
        self,
        surroundings: Surroundings,
        people: Sequence[Person],
        account: MailAccount | None = None,
        keyring_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._account = account
        self._kept: MailAccount | None = None
        title = self.tr("Add a mail account") if account is None else self.tr("Change a mail account")
        self.address = QLineEdit()
        self.address.setPlaceholderText("you@example.org")
        self.address_row = FieldRow(self.tr("&E-mail address"), self.address, "address", is_required=True)
        self.whose = QComboBox()
        for person in people:
            self.whose.addItem(shown(person.name), person.id)
        self.whose_row = FieldRow(self.tr("&Whose account it is"), self.whose, "person")
        self.whose_row.setVisible(len(people) > 1 and account is None)
        self.smtp = ServerFields(ServerPurpose.SMTP, self.tr("&Server for outgoing mail (SMTP)"))
        self.password = PasswordRow(
            self.tr("&Password"),
            "smtp_password",
            self.tr("Many providers want an app password, made in your account there."),
        )
        self.home = QComboBox()
        self.home.addItem(self.tr("In this vault"), PasswordHome.VAULT)
        if keyring_name or (
            account and any(one.password_home is PasswordHome.KEYRING for one in account.servers)
        ):
            words = self.tr("In {keyring}").format(keyring=keyring_name or self.tr("the keyring"))
            self.home.addItem(words, PasswordHome.KEYRING)
        self.home_row = FieldRow(
            self.tr("&Keep the password"),
            self.home,
            "home",
            self.tr("In the vault it is as safe as your letters, and goes into backups with them."),
        )
        self.copies = QCheckBox(self.tr("Put a &copy into my Sent folder (IMAP)"))
        self.imap = ServerFields(ServerPurpose.IMAP, self.tr("Server for incoming &mail (IMAP)"))
        self.folder = QLineEdit()
        self.folder.setPlaceholderText(self.tr("The one that is marked as such"))
        self.folder_row = FieldRow(self.tr("&Folder for copies"), self.folder, "imap_sent_folder")
        self.own_password = QCheckBox(self.tr("The IMAP server wants another passwor&d"))
        self.imap_password = PasswordRow(self.tr("Password for IMAP"), "imap_password")
        self.label_field = QLineEdit()
        self.label_row = FieldRow(
            self.tr("What you call &it"), self.label_field, "label", self.tr("Only you see it. May be empty.")
        )
        rows = (
            self.address_row, self.whose_row, *self.smtp.rows, self.password, self.home_row, *self.imap.rows,
            self.folder_row, self.imap_password, self.label_row,
        )  # fmt: skip
        self.errors = FormErrors(rows)
        self.trial = AccountTry(surroundings, self.typed_trials)
        self._lay_out(title)
        self._connect()
        if account is not None:
            self._show(account)
        self._fit_copies()
        self.finish(title, self.tr("Sa&ve"), 520, 680)
        self.address.setFocus()

    def ask(self) -> MailAccount | None:
        """The account as kept, or None if the dialog was left."""
        self.exec()
        self.password.passphrase.forget()
        self.imap_password.passphrase.forget()
        self.deleteLater()
        return self._kept

    def typed(self) -> AccountInput:
        """What stands in the fields."""
        home = PasswordHome(self.home.currentData())
        imap = None
        if self.copies.isChecked():
            own = self.own_password.isChecked()
            password = self.imap_password.typed() if own else self.password.typed()
            imap = self.imap.typed(password, home, self.folder.text())
        return AccountInput(
            person=self._account.person if self._account else PersonId(self.whose.currentData()),
            address=self.address.text(),
            smtp=self.smtp.typed(self.password.typed(), home),
            imap=imap,
            label=self.label_field.text(),
        )

    def typed_trials(self) -> tuple[Trial, ...]:
        """The servers to try out, as they stand in the fields. On no thread of the vault. Raises InputError."""
        accounts, typed = self._around.desk.mailroom.accounts, self.typed()
        wanted = ((ServerPurpose.SMTP, typed.smtp), (ServerPurpose.IMAP, typed.imap))
        return tuple(
            Trial(
                server=accounts.checked_server(purpose, one, typed.address.strip()),
                password=one.password,
                account=self._account.id if self._account else None,
            )
            for purpose, one in wanted
            if one is not None
        )

    def reject(self) -> None:
        """Leave; a try that is under way is left alone."""
        self.trial.cancel()
        super().reject()

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self, title: str) -> None:
        self.copy_fields = QWidget()
        below = QVBoxLayout(self.copy_fields)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        for widget in (self.imap, self.folder_row, self.own_password, self.imap_password):
            below.addWidget(widget)
        hint = self.tr(
            "Letters leave through your provider, as your other mail does. Nothing is asked of a server before you "
            "try it or send."
        )
        self.body.addWidget(label(title, Look.TITLE))
        self.body.addWidget(label(hint, Look.SECOND, wraps=True))
        whole: tuple[QWidget, ...] = (
            self.errors, self.address_row, self.whose_row, self.smtp, self.password, self.home_row, self.copies,
            self.copy_fields, self.label_row, self.trial,
        )  # fmt: skip
        for part in whole:
            self.body.addWidget(part)

    def _connect(self) -> None:
        self.address.editingFinished.connect(self._propose)
        self.copies.toggled.connect(self._fit_copies)
        self.own_password.toggled.connect(self._fit_copies)
        for fields in (self.smtp, self.imap):
            fields.changed.connect(self.trial.forget)
        self.main.clicked.connect(self._save)
        self.trial.said.connect(lambda: QTimer.singleShot(0, self, self._bring_result))

    def _bring_result(self) -> None:
        self._scroll.ensureWidgetVisible(self.trial, 0, theme.px(16))

    def _fit_copies(self) -> None:
        self.copy_fields.setVisible(self.copies.isChecked())
        self.imap_password.setVisible(self.own_password.isChecked())

    def _show(self, account: MailAccount) -> None:
        self.address.setText(account.address)
        self.label_field.setText(account.label)
        self.password.passphrase.setPlaceholderText(self.tr("Kept. Type to replace it."))
        self.imap_password.passphrase.setPlaceholderText(self.tr("Kept. Type to replace it."))
        smtp, imap = account.server(ServerPurpose.SMTP), account.server(ServerPurpose.IMAP)
        if smtp is not None:
            self.smtp.show_server(smtp, account.address)
            self.home.setCurrentIndex(self.home.findData(smtp.password_home))
        self.copies.setChecked(imap is not None)
        if imap is not None:
            self.imap.show_server(imap, account.address)
            self.folder.setText(imap.sent_folder)

    def _propose(self) -> None:
        address, accounts = self.address.text(), self._around.desk.mailroom.accounts
        if not address.strip():
            return
        self.address_row.clear_error()

        def show(proposal: Proposal) -> None:
            self.smtp.offer(proposal.smtp)
            self.imap.offer(proposal.imap)

        def failed(error: OptOutError) -> None:
            self.address_row.show_error(words_for(error).text)

        self._around.tasks.run_outside(self, lambda: accounts.propose(address), show, failed)

    def _save(self) -> None:
        typed, account, accounts = self.typed(), self._account, self._around.desk.mailroom.accounts
        self.errors.clear()
        self.main.setEnabled(False)

        def keep() -> MailAccount:
            return accounts.add(typed) if account is None else accounts.change(account.id, typed)

        self._around.tasks.run(self, keep, self._saved, self._failed)

    def _saved(self, account: MailAccount) -> None:
        self._kept = account
        self._around.tasks.announce()
        self.accept()

    def _failed(self, error: OptOutError) -> None:
        self.main.setEnabled(True)
        if isinstance(error, InputError):
            if error.field.startswith("imap_password"):
                self.own_password.setChecked(True)
            self.errors.show_errors([error])
            return
        words = words_for(error).text
        self.home_row.show_error(words)
        self.home.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, words, is_urgent=True)


def keyring_name(surroundings: Surroundings) -> str:
    """The keyring that could keep a password, or an empty text. On the vault's thread."""
    ways = surroundings.desk.security.ways_in()
    return ways.remembered_in or ways.keyring_here
