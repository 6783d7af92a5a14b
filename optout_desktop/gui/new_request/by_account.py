# SPDX-License-Identifier: Apache-2.0
"""The way out by the person's own mail account: from which one, and whether the letter waits in the outbox already.

Pressing asks once for each vault, naming recipient and account; then the letter is queued, and the post office counts
down. Without an account the form to set one up comes first, and leads back here.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.accounts import MailAccount
from optout_desktop.domain.messages import Delivery, OutgoingMessage
from optout_desktop.domain.people import Person
from optout_desktop.gui import account_words, dialogs, post_words
from optout_desktop.gui.account_dialog import AccountDialog, keyring_name
from optout_desktop.gui.fields import FieldRow
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import IconLabel, Look, label, shown
from optout_desktop.gui.new_request.loading import Loaded
from optout_desktop.gui.surroundings import Surroundings

CONFIRMED = "smtp_confirmed"
"""The setting that remembers that the person has seen how sending by an account goes."""


class ByAccount(QWidget):
    """Which account sends, and what is known of a letter that was queued."""

    changed = Signal()
    queued = Signal(object)
    """The ``OutgoingMessage`` that waits now."""
    set_up = Signal()
    """An account was set up: the letter is to be loaded anew."""
    failed = Signal(object)
    """The ``OptOutError`` why nothing was queued."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._loaded: Loaded | None = None
        self.choice = QComboBox()
        self.choice.activated.connect(lambda _at: self.changed.emit())
        self.row = FieldRow(self.tr("From"), self.choice, "account")
        self.only = label("", wraps=True)
        self.how = label(
            self.tr("It goes out after 10 seconds; until then you can take it back."), Look.SECOND, wraps=True
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.row, self.only, self.how):
            layout.addWidget(widget)

    @property
    def account(self) -> MailAccount | None:
        """The account that sends, or None where none is set up."""
        loaded = self._loaded
        if loaded is None:
            return None
        return next((one for one in loaded.accounts if one.id == self.choice.currentData()), None)

    @property
    def main_words(self) -> str:
        """What the main button does."""
        return self.tr("Send it") if self.account is not None else self.tr("Set up a mail a&ccount…")

    @property
    def is_ready(self) -> bool:
        """Whether the main button may be pressed."""
        return self._loaded is not None and self._loaded.unsettled is None and self._around.post is not None

    def show_letter(self, loaded: Loaded) -> None:
        """Offer the accounts that fit the letter; the chosen one stays chosen."""
        before = self.choice.currentData()
        self._loaded = loaded
        self.choice.clear()
        for one in loaded.accounts:
            self.choice.addItem(account_words.name(one), one.id)
        self.choice.setCurrentIndex(max(self.choice.findData(before), 0) if loaded.accounts else -1)
        self.row.setVisible(len(loaded.accounts) > 1)
        self.only.setVisible(len(loaded.accounts) == 1)
        if loaded.accounts:
            self.only.setText(
                self.tr("From {account}").format(account=account_words.name(loaded.accounts[0]))
            )
        self.how.setVisible(bool(loaded.accounts))

    def press(self) -> None:
        """Send, or set up an account first."""
        loaded, account = self._loaded, self.account
        if loaded is None:
            return
        if account is None:
            self._around.tasks.run(self, self._look, self._open_form)
        elif loaded.is_smtp_confirmed or self._is_sure(loaded, account):
            self._queue(loaded, account)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _is_sure(self, loaded: Loaded, account: MailAccount) -> bool:
        text = self.tr(
            "To {to}\nFrom {account}\n\nIt leaves after 10 seconds; until then you can take it back. What has left "
            "cannot be called back. You are asked this once."
        ).format(to=shown(loaded.view.recipient), account=shown(account.address))
        return dialogs.confirm(
            self, self.tr("Send this letter by your mail account?"), text, self.tr("&Send")
        )

    def _queue(self, loaded: Loaded, account: MailAccount) -> None:
        post, preferences = self._around.post, self._around.desk.preferences
        if post is None:
            return
        if not loaded.is_smtp_confirmed:
            self._around.tasks.run(self, lambda: preferences.remember(CONFIRMED, True), lambda _nothing: None)
        post.queue(self, loaded.view.request.id, loaded.kind, account.id, self.queued.emit, self.failed.emit)

    def _look(self) -> tuple[tuple[Person, ...], str]:
        return self._around.desk.people.all(), keyring_name(self._around)

    def _open_form(self, found: tuple[tuple[Person, ...], str]) -> None:
        people, keyring = found
        loaded = self._loaded
        mine = tuple(one for one in people if loaded is None or one.id == loaded.view.person.id)
        if AccountDialog(self._around, mine or people, None, keyring, self).ask() is not None:
            self.set_up.emit()


class WaitingLine(QWidget):
    """Says that a letter is in the outbox already, and what can be done about it."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._message: OutgoingMessage | None = None
        self.words = label("", Look.STRONG, wraps=True)
        self.cancel = QPushButton(self.tr("Cancel sending"))
        self.cancel.clicked.connect(self._cancel)
        self.show_outbox = QPushButton(self.tr("Show the outbox"))
        self.show_outbox.clicked.connect(surroundings.navigator.outbox_wanted)
        line = FlowLayout(self)
        for widget in (IconLabel("plane", 18), self.words, self.cancel, self.show_outbox):
            line.addWidget(widget)
        self.hide()

    def show_message(self, message: OutgoingMessage | None) -> None:
        """Show where it stands; None: the letter is not in the outbox."""
        self._message = message
        self.setVisible(message is not None)
        if message is None:
            return
        self.words.setText(post_words.in_the_outbox(message))
        self.cancel.setVisible(message.delivery is Delivery.WAITING)

    def _cancel(self) -> None:
        if self._message is not None and self._around.post is not None:
            self._around.post.take_back(self._message.id)
