# SPDX-License-Identifier: Apache-2.0
"""The fields of a mail account: its server, and the password that it wants."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from optout_desktop.domain.accounts import USUAL_PORT, MailServer, PasswordHome, Security, ServerPurpose
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui import account_words, theme
from optout_desktop.gui.fields import FieldRow, PassphraseRow
from optout_desktop.services.accounts import ServerInput

_HIGHEST_PORT = 65535


class PasswordRow(PassphraseRow):
    """A mail account's password: hidden, may be pasted, can be shown."""

    def __init__(self, words: str, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, name, hint, parent)
        eye = self.passphrase.eye
        eye.toggled.connect(self._name_eye)
        self._name_eye(is_shown=False)

    def typed(self) -> Secret | None:
        """What was typed, or None where the field is empty."""
        text = self.passphrase.text()
        return Secret(text) if text else None

    def _name_eye(self, is_shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        words = self.tr("Hide password") if is_shown else self.tr("Show password")
        self.passphrase.eye.show_as("eye-off" if is_shown else "eye", words)


class ServerFields(QWidget):
    """Name, encryption and port of one server, with a guess that is marked as one until it is changed."""

    changed = Signal()

    def __init__(self, purpose: ServerPurpose, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._purpose = purpose
        self._is_guess = False
        self._is_touched = False
        self.host = QLineEdit()
        self.host.setPlaceholderText(f"{purpose}.example.org")
        self.security = QComboBox()
        for value in Security:
            self.security.addItem(account_words.security(value), value)
        self.port = QSpinBox()
        self.port.setRange(1, _HIGHEST_PORT)
        self.port.lineEdit().setTextMargins(5, 0, 0, 0)  # style sheets cannot reach the text inside
        self.user_name = QLineEdit()
        self.user_name.setPlaceholderText(self.tr("The e-mail address"))
        self.host_row = FieldRow(
            words, self.host, f"{purpose}_host", self.tr("Such as the provider names it.")
        )
        self.security_row = FieldRow(self.tr("Encryption"), self.security, f"{purpose}_security")
        self.port_row = FieldRow(self.tr("Port"), self.port, f"{purpose}_port")
        self.user_row = FieldRow(
            self.tr("User name, if it is not the address"), self.user_name, f"{purpose}_user_name"
        )
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.security_row, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.port_row, 1, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for row in (self.host_row, self.user_row):
            row.field.setMinimumWidth(theme.px(160))
        layout.addWidget(self.host_row)
        layout.addLayout(line)
        layout.addWidget(self.user_row)
        self.port.setValue(USUAL_PORT[purpose, Security.TLS])
        self.host.textEdited.connect(self._touched)
        self.port.valueChanged.connect(lambda _port: self.changed.emit())
        self.security.activated.connect(self._usual_port)
        self.user_name.textEdited.connect(lambda _text: self.changed.emit())

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        """The rows, for mistakes to be shown at."""
        return (self.host_row, self.security_row, self.port_row, self.user_row)

    @property
    def is_guess(self) -> bool:
        """Whether the name of the server was only guessed."""
        return self._is_guess

    def offer(self, proposed: ServerInput) -> None:
        """Fill in a guess, unless the person typed something of their own."""
        if self._is_touched and self.host.text().strip():
            return
        self._fill(proposed.host, proposed.port, proposed.security)
        self._is_touched, self._is_guess = False, True
        self._say_guess()

    def show_server(self, server: MailServer, address: str) -> None:
        """Show what is kept."""
        self._fill(server.host, server.port, server.security)
        self.user_name.setText("" if server.user_name == address else server.user_name)
        self._is_touched, self._is_guess = True, False
        self._say_guess()

    def typed(self, password: Secret | None, home: PasswordHome, sent_folder: str = "") -> ServerInput:
        """What stands in the fields."""
        return ServerInput(
            host=self.host.text(),
            port=self.port.value(),
            security=Security(self.security.currentData()),
            user_name=self.user_name.text(),
            password=password,
            password_home=home,
            sent_folder=sent_folder,
        )

    def _fill(self, host: str, port: int, security: Security) -> None:
        self.host.setText(host)
        self.security.setCurrentIndex(self.security.findData(security))
        self.port.setValue(port)

    def _touched(self) -> None:
        self._is_touched, self._is_guess = True, False
        self._say_guess()
        self.changed.emit()

    def _usual_port(self) -> None:
        self.port.setValue(USUAL_PORT[self._purpose, Security(self.security.currentData())])
        self.changed.emit()

    def _say_guess(self) -> None:
        guess = self.tr("A guess from the address. Look it up at your provider if it does not work.")
        self.host_row.say_hint(guess if self._is_guess else self.tr("Such as the provider names it."))
