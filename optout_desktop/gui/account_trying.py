# SPDX-License-Identifier: Apache-2.0
"""*Try it*: logs in at each server of an account and out again, says how it went, and sends nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.accounts import MailServer, ServerPurpose
from optout_desktop.domain.errors import InputError, NotAllowed, OptOutError
from optout_desktop.domain.ids import MailAccountId
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.busy import BusyMark
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import label, shown
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tasks import CancelToken
from optout_desktop.gui.voice import announce


def tr(text: str) -> str:
    """The sentence in the person's language."""
    return QCoreApplication.translate("account_trying", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One server to try; without a password the one that the account keeps."""

    server: MailServer
    password: Secret | None
    account: MailAccountId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """How it went at one server."""

    server: MailServer
    error: OptOutError | None


class AccountTry(QWidget):
    """The button, the mark of work with *Stop*, and a sentence a server."""

    tried = Signal(object)
    """The ``Tried`` of each server, once all of them answered."""
    said = Signal()
    """There is something new to read."""

    def __init__(
        self,
        surroundings: Surroundings,
        trials: Callable[[], tuple[Trial, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._trials = trials
        self._token: CancelToken | None = None
        self.button = QPushButton(self.tr("&Try it"))
        self.button.setAutoDefault(False)
        self.button.setAccessibleDescription(self.tr("Logs in and out again. Nothing is sent."))
        self.button.clicked.connect(self.begin)
        self.stop = QPushButton(self.tr("St&op"))
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self._stopped)
        self.stop.hide()
        self.busy = BusyMark()
        self.result = label("", wraps=True)
        self.result.hide()
        line = QWidget()
        self._flow = FlowLayout(line)
        for widget in (self.button, self.stop, self.busy):
            self._flow.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(line)
        layout.addWidget(self.result)

    @property
    def is_trying(self) -> bool:
        """Whether a server is being asked."""
        return self._token is not None

    def add(self, *buttons: QPushButton) -> None:
        """More buttons in the same line."""
        for button in buttons:
            self._flow.addWidget(button)

    def begin(self) -> None:
        """Ask the servers, one after the other."""
        try:
            trials = self._trials()
        except InputError as error:
            self._say(words_for(error).text)
            return
        token = self._token = CancelToken()
        around = self._around
        self.button.setEnabled(False)
        self.stop.show()
        self.result.hide()
        self.busy.begin(self.tr("Asking {host}…").format(host=shown(trials[0].server.host)))

        def job() -> tuple[Tried, ...]:
            done = []
            for trial in trials:
                token.check()
                done.append(_tried(around, trial))
            token.check()
            return tuple(done)

        def failed(error: OptOutError) -> None:
            if self._token is token:
                self._rest()
                self._say(words_for(error).text)

        def show(done: tuple[Tried, ...]) -> None:
            if self._token is token:
                self._rest()
                self._say("\n".join(_sentence(one) for one in done))
                self.tried.emit(done)

        around.tasks.run_outside(self, job, show, failed)

    def cancel(self) -> None:
        """What comes back is no longer wanted."""
        if self._token is not None:
            self._token.cancel()
            self._rest()

    def forget(self) -> None:
        """The settings are others now: what was said no longer holds."""
        self.cancel()
        self.result.hide()

    def _stopped(self) -> None:
        self.cancel()
        self._say(self.tr("Stopped. Nothing was sent."))

    def _rest(self) -> None:
        self._token = None
        self.busy.end()
        self.stop.hide()
        self.button.setEnabled(True)

    def _say(self, words: str) -> None:
        self.result.setText(words)
        self.result.show()
        announce(self, words)
        self.said.emit()


def _tried(around: Surroundings, trial: Trial) -> Tried:
    """Outside the vault's thread."""
    accounts, in_vault = around.desk.mailroom.accounts, around.tasks.in_vault
    try:
        if trial.password is not None:
            accounts.try_server(trial.server, trial.password, in_vault)
        elif trial.account is not None:
            password = in_vault(lambda: _kept(around, trial))
            accounts.try_server(
                trial.server, password or accounts.keyring_password(trial.account, trial.server), in_vault
            )
        else:
            raise NotAllowed(f"Type the password for {trial.server.host} first. No server was asked.")
    except OptOutError as error:
        return Tried(server=trial.server, error=error)
    return Tried(server=trial.server, error=None)


def _kept(around: Surroundings, trial: Trial) -> Secret | None:
    """The password that the account keeps in the vault. On the vault's thread.

    Raises NotAllowed for another server than the one that it was typed for: no server learns another's password.
    """
    if trial.account is None:
        return None
    known, password = around.desk.mailroom.accounts.kept_password(trial.account, trial.server.purpose)
    if (known.host, known.user_name) != (trial.server.host, trial.server.user_name):
        raise NotAllowed(f"Type the password for {trial.server.host} first. No server was asked.")
    return password


def _sentence(tried: Tried) -> str:
    if tried.error is not None:
        return words_for(tried.error).text
    words = {
        ServerPurpose.SMTP: tr("{host} let you in. Nothing was sent."),
        ServerPurpose.IMAP: tr("{host} let you in. Copies can be put there."),
    }[tried.server.purpose]
    return words.format(host=shown(tried.server.host))
