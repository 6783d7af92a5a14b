# SPDX-License-Identifier: Apache-2.0
"""What stands beside a letter: to whom and whence, reference, legal basis, the day, and what it tells."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.companies import Channel, Contact
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.people import IdentityItem, PersonKind
from optout_desktop.gui import company_words, wording
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.new_request.about_you import IdentityTicks
from optout_desktop.gui.new_request.loading import Loaded


class LetterFactsCard(QFrame):
    """The facts of a letter; the recipient's address and the ticks can be changed while it is a draft."""

    contact_chosen = Signal(object)
    """The ``Contact`` that the letter shall go to."""
    contact_wanted = Signal()
    """The person wants to enter another address."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._contacts: tuple[Contact, ...] = ()
        self.to = QComboBox()
        self.to.setAccessibleName(self.tr("To"))
        self.to.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.to.setMinimumContentsLength(16)
        self.to.activated.connect(lambda at: self.contact_chosen.emit(self._contacts[at]))
        self.to_plain = label("", wraps=True)
        self.source = label("", Look.SMALL, wraps=True)
        self.other = QPushButton(self.tr("An&other address…"))
        self.other.setProperty("kind", "link")
        self.other.clicked.connect(self.contact_wanted)
        self.values: dict[str, QLabel] = {}
        self._heads: dict[str, QLabel] = {}
        self.ticks = IdentityTicks(is_compact=True)
        self.told = label("", wraps=True)
        body = QVBoxLayout(self)
        body.setContentsMargins(16, 12, 16, 12)
        body.setSpacing(2)
        body.addWidget(self._head(self.tr("To")))
        for widget in (self.to, self.to_plain, self.source):
            body.addWidget(widget)
        body.addWidget(self.other, alignment=Qt.AlignmentFlag.AlignLeading)
        names = {
            "from": self.tr("From"),
            "client": self.tr("For your client"),
            "reference": self.tr("Reference"),
            "basis": self.tr("Legal basis"),
            "due": self.tr("Answer due"),
        }
        for key, name in names.items():
            body.addSpacing(6)
            self._heads[key] = self._head(name)
            self.values[key] = label("", wraps=True)
            self.values[key].setAccessibleName(name)
            body.addWidget(self._heads[key])
            body.addWidget(self.values[key])
        body.addSpacing(6)
        self._tells = self._head(self.tr("This letter contains"))
        for part in (self._tells, self.ticks, self.told):
            body.addWidget(part)
        body.addStretch()

    def show_letter(self, loaded: Loaded, *, is_editable: bool) -> None:
        """Show the facts of a letter."""
        view = loaded.view
        self._show_recipient(loaded, is_editable=is_editable)
        sender = self.tr("{name} <{email}>").format(name=view.person.name, email=view.person.email)
        if loaded.is_text_message:
            sender = self.tr("the phone that scans the code")
        elif not view.person.email:
            sender = view.person.name
        self._say("from", sender)
        self._say("client", view.person.name if view.person.kind is PersonKind.CLIENT else "")
        self._say("reference", view.request.reference)
        self._say("basis", view.legal_basis)
        self._say("due", self._due(loaded))
        is_told = not loaded.is_text_message
        for widget in (self._tells, self.ticks, self.told):
            widget.setVisible(is_told)
        if is_told:
            self._show_told(loaded, is_editable=is_editable)

    def _show_recipient(self, loaded: Loaded, *, is_editable: bool) -> None:
        view = loaded.view
        self._contacts = loaded.contacts
        now = (view.request.channel, view.recipient)
        at = next((row for row, one in enumerate(self._contacts) if (one.channel, one.value) == now), -1)
        has_choice = is_editable and len(self._contacts) > 1 and at >= 0
        self.to.clear()
        for contact in self._contacts:
            self.to.addItem(company_words.contact_line(contact))
        self.to.setCurrentIndex(at)
        self.to.setVisible(has_choice)
        channel = wording.channel(view.request.channel)
        plain = self.tr("{channel} to {address}").format(channel=channel, address=shown(view.recipient))
        self.to_plain.setText(plain if view.recipient else self.tr("No address yet"))
        self.to_plain.setVisible(not has_choice or view.request.channel is Channel.POST)
        contact = Contact(
            channel=view.request.channel,
            value=view.recipient,
            source=view.recipient_source,
            checked_on=view.recipient_checked_on,
        )
        self.source.setText(company_words.contact_source(contact) if view.recipient else "")
        self.source.setVisible(bool(view.recipient))
        self.other.setVisible(is_editable and not loaded.is_text_message)

    def _due(self, loaded: Loaded) -> str:
        view = loaded.view
        if view.answer_by_on is None:
            return self.tr("This law names no day.")
        day = wording.long_date(view.answer_by_on)
        if loaded.kind is LetterKind.REMINDER:
            return self.tr("was {day}").format(day=day)
        return self.tr("{day}, if sent today").format(day=day)

    def _show_told(self, loaded: Loaded, *, is_editable: bool) -> None:
        view = loaded.view
        told = view.identity.items()
        if is_editable:
            self.ticks.show_person(
                view.person,
                view.request.channel,
                view.request.identity,
                view.request.customer_number,
                least=view.least,
            )
        self.ticks.setVisible(is_editable)
        ticked = [wording.identity_item(item) for item in IdentityItem if item in told]
        self.told.setText(self.tr("✓ {items}").format(items=self.locale().createSeparatedList(ticked)))
        self.told.setVisible(bool(ticked) and not is_editable)

    def _say(self, key: str, value: str) -> None:
        self.values[key].setText(shown(value) if value else "")
        self.values[key].setVisible(bool(value))
        self._heads[key].setVisible(bool(value))

    def _head(self, words_of_it: str) -> QLabel:
        return label(words_of_it, Look.SECTION)
