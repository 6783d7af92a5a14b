# SPDX-License-Identifier: Apache-2.0
"""Step 2 for text messages: the number that they come from and the name of the brand, nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from optout_desktop.domain.companies import Channel, Company
from optout_desktop.domain.errors import InputError, OptOutError
from optout_desktop.domain.places import country_of
from optout_desktop.gui import theme
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import FieldRow, FormErrors
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.services.companies import CompanyInput, CompanyService


class TextsStep(QWidget):
    """Which number sends the texts, and who is behind it."""

    chosen = Signal(object)
    """The ``Company`` with that number."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._country = ""
        self.number = QLineEdit()
        self.brand = QLineEdit()
        self.rows = (
            FieldRow(
                self.tr("&Number or short code that the texts come from"),
                self.number,
                "sms_number",
                self.tr("As the phone shows it: 78901, or a whole number such as +1 202 555 0123."),
                is_required=True,
            ),
            FieldRow(
                self.tr("Name of the b&rand"),
                self.brand,
                "company",
                self.tr("So that you know the request again. Left empty, the number is its name."),
            ),
        )
        self.errors = FormErrors(self.rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(label(self.tr("Who texts you?"), Look.TITLE))
        layout.addWidget(self.errors)
        for row in self.rows:
            row.setMaximumWidth(theme.px(480))
            layout.addWidget(row)
        layout.addStretch()
        for field in (self.number, self.brand):
            field.returnPressed.connect(self.go_on)

    def begin(self, country: str, company: Company | None) -> None:
        """Ask; what was typed before is still there. ``country`` says how a number without + is read."""
        self._country = country_of(country)
        contact = company.contact(Channel.SMS) if company else None
        if company is not None and not self.brand.text():
            self.brand.setText(company.name)
        if contact is not None and not self.number.text():
            self.number.setText(contact.value)
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Start with empty fields."""
        self.number.clear()
        self.brand.clear()
        self.errors.clear()

    def go_on(self) -> None:
        """Keep the brand with its number and go on."""
        number, brand, country = self.number.text().strip(), self.brand.text().strip(), self._country
        if not number:
            sentence = self.tr("Enter the number or short code that the texts come from.")
            self.errors.show_errors([InputError("sms_number", sentence)])
            return
        companies = self._around.desk.companies
        self._around.tasks.run(
            self, lambda: _kept(companies, number, brand or number, country), self._done, self._show_problem
        )

    def _done(self, company: Company) -> None:
        self.errors.clear()
        self.chosen.emit(company)

    def _show_problem(self, error: OptOutError) -> None:
        told = error if isinstance(error, InputError) else InputError("", words_for(error).text)
        self.errors.show_errors([told])


def _kept(companies: CompanyService, number: str, brand: str, country: str) -> Company:
    """The person's own company of that name and number; added where there is none yet."""
    same = [one for one in companies.own() if one.name == " ".join(brand.split())]
    digits = "".join(char for char in number if char.isdigit())
    for one in same:
        contact = one.contact(Channel.SMS)
        if contact is not None and contact.value.lstrip("+").endswith(digits):
            return one
    return companies.add(CompanyInput(name=brand, sms_number=number, country=country))
