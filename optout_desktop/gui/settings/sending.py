# SPDX-License-Identifier: Apache-2.0
"""One's own mail accounts: what is set up, trying it, changing it, taking it away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.accounts import MailAccount
from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.people import Person
from optout_desktop.gui import account_words, dialogs
from optout_desktop.gui.account_dialog import AccountDialog, keyring_name
from optout_desktop.gui.account_trying import AccountTry, Trial
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.settings.rows import Section
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import Card


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    accounts: tuple[MailAccount, ...]
    people: tuple[Person, ...]
    keyring: str


class SendingSection(Section):
    """Mail accounts, one card each."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entitle(self.tr("Sending"))
        self._around = surroundings
        self._found: _Found | None = None
        self.cards: dict[str, AccountCard] = {}
        is_sample = surroundings.desk.sample_day is not None
        self.say(
            self.tr(
                "With a mail account set up, a letter leaves at one press: encrypted on the way to your provider, "
                "after ten seconds in which you can take it back, and with the provider's acceptance on record."
            )
        )
        self.none = label(self.tr("No mail account is set up. The other ways to send need none."), wraps=True)
        self.add(self.none)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.rows.addLayout(self._list)
        self.new = QPushButton(self.tr("&Add a mail account…"))
        self.new.clicked.connect(lambda: self._open(None))
        self.new.setEnabled(not is_sample)
        self.rows.addWidget(self.new, alignment=Qt.AlignmentFlag.AlignLeading)
        if is_sample:
            self.say(self.tr("This is the sample vault: it connects to nothing."))
        self.finish()

    def refresh(self) -> None:
        """Ask which accounts there are."""
        desk = self._around.desk

        def look() -> _Found:
            return _Found(
                accounts=desk.mailroom.accounts.list(),
                people=desk.people.all(),
                keyring=keyring_name(self._around),
            )

        self._around.tasks.run(self, look, self._show)

    def _show(self, found: _Found) -> None:
        before, self._found = self._found, found
        self.none.setVisible(not found.accounts)
        self.new.setProperty("kind", "" if found.accounts else "accent")
        if before is not None and before.accounts == found.accounts:
            return  # what a try has said stays in sight
        for card in self.cards.values():
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = {}
        for account in found.accounts:
            card = AccountCard(self._around, account)
            card.change.clicked.connect(partial(self._open, account))
            card.remove.clicked.connect(partial(self._remove, account))
            self.cards[account.address] = card
            self._list.addWidget(card)

    def _open(self, account: MailAccount | None, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        if self._found is None:
            return
        kept = AccountDialog(self._around, self._found.people, account, self._found.keyring, self).ask()
        if kept is None:
            return
        self._around.say(self.tr("The account {address} is kept.").format(address=shown(kept.address)))
        if self._around.post is not None:
            self._around.post.go_on()

    def _remove(self, account: MailAccount, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        is_sure = dialogs.confirm(
            self,
            self.tr("Remove {address}?").format(address=shown(account.address)),
            self.tr("Its servers and its password are forgotten. What was sent stays in the record."),
            self.tr("&Remove"),
            is_destructive=True,
        )
        if not is_sure:
            return
        accounts = self._around.desk.mailroom.accounts

        def done(_nothing: None) -> None:
            self._around.say(self.tr("The account was removed."))
            self._around.tasks.announce()

        def failed(error: OptOutError) -> None:
            self._around.errors.show(error, self)
            self.refresh()

        self._around.tasks.run(self, lambda: accounts.remove(account.id), done, failed)


class AccountCard(Card):
    """One account: its servers, and what can be done with it."""

    def __init__(self, surroundings: Surroundings, account: MailAccount) -> None:
        super().__init__(account_words.name(account))
        self._account = account
        self.about = label(account_words.about(account), Look.SECOND, wraps=True)
        self.body.addWidget(self.about)
        self.trial = AccountTry(surroundings, self._trials)
        self.change = QPushButton(self.tr("Change…"))
        self.remove = QPushButton(self.tr("Remove…"))
        for button, spoken in (
            (self.trial.button, self.tr("Try {address}")),
            (self.change, self.tr("Change {address}")),
            (self.remove, self.tr("Remove {address}")),
        ):
            button.setAccessibleName(spoken.format(address=shown(account.address)))
        self.trial.add(self.change, self.remove)
        self.body.addWidget(self.trial)

    def _trials(self) -> tuple[Trial, ...]:
        return tuple(
            Trial(server=one, password=None, account=self._account.id) for one in self._account.servers
        )
