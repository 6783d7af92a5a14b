# SPDX-License-Identifier: Apache-2.0
"""The form for one company: from fields to a ``CompanyInput``, with what cannot be said at its field."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from optout_desktop.domain.companies import Channel, Company
from optout_desktop.domain.errors import InputError, OptOutError
from optout_desktop.domain.places import Place
from optout_desktop.gui import theme
from optout_desktop.gui.company_further import FurtherContacts
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import FieldRow, FormErrors
from optout_desktop.gui.language_words import letter_language
from optout_desktop.gui.places import COUNTRIES, country_name, place_name
from optout_desktop.services.companies import CompanyInput

CONTACT_FIELDS = ("email", "form", "postal_address")
ALL_FIELDS = (
    *("name", "email", "form", "postal_address", "sms_number", "phone", "chat", "further"),
    *("website", "country", "region", "language", "note"),
)
LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl")
_NAME_OF_ERROR = {"name": "company"}


def input_of(company: Company) -> CompanyInput:
    """What the form shows of a company: the first address of each channel in its field, the others listed."""
    first = {channel: company.contact(channel) for channel in Channel}

    def value(channel: Channel) -> str:
        contact = first[channel]
        return contact.value if contact else ""

    return CompanyInput(
        name=company.name,
        email=value(Channel.EMAIL),
        website=company.website,
        form=value(Channel.FORM),
        phone=value(Channel.CALL),
        sms_number=value(Channel.SMS),
        postal_address=value(Channel.POST),
        chat=value(Channel.CHAT),
        country=company.country,
        region=company.region,
        language=company.language,
        domains=company.domains,
        note=company.note,
        further=tuple(
            (contact.channel, contact.value)
            for contact in company.contacts
            if contact is not first[contact.channel]
        ),
    )


class CompanyForm(QWidget):
    """Name, contacts and place of a company; ``fields`` says which of them are shown."""

    country_chosen = Signal(str)
    """The code of another country: its regions are wanted (``know_regions``)."""

    def __init__(self, fields: Collection[str] = ALL_FIELDS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLineEdit()
        self.email = QLineEdit()
        self.form = QLineEdit()
        self.postal_address = QPlainTextEdit()
        self.postal_address.setTabChangesFocus(True)
        self.postal_address.setFixedHeight(theme.px(76))
        self.sms_number = QLineEdit()
        self.phone = QLineEdit()
        self.chat = QLineEdit()
        self.further = FurtherContacts()
        self.website = QLineEdit()
        self.country = QComboBox()
        self.country.addItem(self.tr("Not known"), "")
        for code in sorted(COUNTRIES, key=country_name):
            self.country.addItem(country_name(code), code)
        self.region = QComboBox()
        self.region.addItem(self.tr("Not known"), "")
        self.country.currentIndexChanged.connect(self._country_chosen)
        self.language = QComboBox()
        self.language.addItem(self.tr("Not known"), "")
        for code in LANGUAGES:
            self.language.addItem(letter_language(code), code)
        for box in (self.country, self.region, self.language):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
        self.note = QLineEdit()
        self._domains: tuple[str, ...] = ()
        self.rows = {name: self._row(name) for name in ALL_FIELDS}
        self.errors = FormErrors(tuple(self.rows.values()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.errors)
        for row in self.rows.values():
            layout.addWidget(row)
        self.show_fields(fields)

    def show_fields(self, fields: Collection[str]) -> None:
        """Show only these; what the others hold is kept."""
        for name, row in self.rows.items():
            row.setVisible(name in fields)

    def fill(self, typed: CompanyInput) -> None:
        """Show what is known."""
        self.errors.clear()
        self.name.setText(typed.name)
        self.email.setText(typed.email)
        self.form.setText(typed.form)
        self.postal_address.setPlainText(typed.postal_address)
        self.sms_number.setText(typed.sms_number)
        self.phone.setText(typed.phone)
        self.further.show_contacts(typed.further)
        self.chat.setText(typed.chat)
        self.website.setText(typed.website)
        _choose(self.country, typed.country, typed.country)
        if region := typed.region or "":
            _choose(self.region, region, place_name(Place(region)))
        _choose(self.language, typed.language or "", letter_language(typed.language or ""))
        self.note.setText(typed.note)
        self._domains = typed.domains

    def know_regions(self, country: str, regions: Sequence[tuple[Place, str]]) -> None:
        """Offer the regions of a country, if it still is the one chosen; what was chosen stays."""
        if country != self.country.currentData():
            return
        chosen = str(self.region.currentData() or "")
        self.region.clear()
        self.region.addItem(self.tr("Not known"), "")
        for place, name in regions:
            self.region.addItem(name, str(place))
        if chosen:
            _choose(self.region, chosen, place_name(Place(chosen)))
        self.region.setEnabled(self.region.count() > 1)

    def add_contact(self, channel: Channel, value: str) -> None:
        """Put an address into the field of its channel, or among the further ones where that holds another."""
        fields = {
            Channel.EMAIL: self.email,
            Channel.FORM: self.form,
            Channel.CALL: self.phone,
            Channel.SMS: self.sms_number,
            Channel.CHAT: self.chat,
        }
        field = fields.get(channel)
        if field is not None and not field.text().strip():
            field.setText(value)
        elif field is None or field.text().strip() != value:
            self.further.show_contacts((*self.further.contacts(), (channel, value)))

    def typed(self) -> CompanyInput:
        """What the fields hold, not yet checked."""
        return CompanyInput(
            name=self.name.text(),
            email=self.email.text(),
            website=self.website.text(),
            form=self.form.text(),
            phone=self.phone.text(),
            sms_number=self.sms_number.text(),
            postal_address=self.postal_address.toPlainText(),
            chat=self.chat.text(),
            country=str(self.country.currentData() or ""),
            region=str(self.region.currentData() or ""),
            language=str(self.language.currentData() or ""),
            domains=self._domains,
            note=self.note.text(),
            further=self.further.contacts(),
        )

    def show_problem(self, error: OptOutError) -> None:
        """Say at the field what cannot be; the input stays."""
        told = error if isinstance(error, InputError) else InputError("", words_for(error).text)
        if told.field in {row.name for row in self.rows.values() if row.isHidden()}:
            next(row for row in self.rows.values() if row.name == told.field).show()
        self.errors.show_errors([told])

    def _country_chosen(self) -> None:
        self.region.clear()
        self.region.addItem(self.tr("Not known"), "")
        self.country_chosen.emit(str(self.country.currentData() or ""))

    def _row(self, name: str) -> FieldRow:
        label, field, hint = self._fields()[name]
        return FieldRow(label, field, _NAME_OF_ERROR.get(name, name), hint, is_required=name == "name")

    def _fields(self) -> dict[str, tuple[str, QWidget, str]]:
        tr = self.tr
        return {
            "name": (tr("Company &name"), self.name, ""),
            "email": (
                tr("&E-mail address for privacy requests"),
                self.email,
                tr("The company's privacy policy names it."),
            ),
            "form": (tr("Web &form for requests"), self.form, ""),
            "postal_address": (tr("&Postal address"), self.postal_address, tr("Without the company's name.")),
            "sms_number": (
                tr("Number that the te&xts come from"),
                self.sms_number,
                tr("A short code such as 78901, or a whole number."),
            ),
            "phone": (tr("&Telephone"), self.phone, ""),
            "chat": (tr("C&hat link"), self.chat, tr("Such as https://wa.me/12025550100.")),
            "further": (
                tr("Further &addresses"),
                self.further,
                tr("A letter can be sent to any of them; the ones above come first."),
            ),
            "website": (tr("&Website"), self.website, ""),
            "country": (
                tr("C&ountry"),
                self.country,
                tr("Holidays there count when a deadline is in working days."),
            ),
            "region": (
                tr("State or &region"),
                self.region,
                tr("Where the company has its seat, if days there differ from the rest of the country."),
            ),
            "language": (tr("&Language of letters"), self.language, ""),
            "note": (tr("Note for yo&urself"), self.note, ""),
        }


def _choose(box: QComboBox, data: str, words: str) -> None:
    """Choose an entry of a box, which is added where it is not there yet."""
    at = box.findData(data)
    if at < 0:
        box.addItem(words, data)
        at = box.count() - 1
    box.setCurrentIndex(at)
