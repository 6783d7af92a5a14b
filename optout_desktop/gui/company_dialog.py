# SPDX-License-Identifier: Apache-2.0
"""Adding a company, or laying one's own words over an entry of the directory."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from optout_desktop.domain.companies import Company
from optout_desktop.gui.company_form import CompanyForm, input_of
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.policy_dialog import PolicyDialog
from optout_desktop.gui.scroll_dialog import ScrollDialog
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.services.companies import CompanyInput


class CompanyDialog(ScrollDialog):
    """Asks for everything about one company; ``ask`` answers with the company kept, or None."""

    def __init__(
        self,
        surroundings: Surroundings,
        company: Company | None = None,
        typed_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._company = company
        self._kept: Company | None = None
        title = self.tr("Add a company") if company is None else self.tr("Correct a company")
        self.form = CompanyForm()
        self.form.country_chosen.connect(self._offer_regions)
        self.form.fill(CompanyInput(name=typed_name) if company is None else input_of(company))
        hint = (
            self.tr("It is kept in your vault only.")
            if company is None
            else self.tr(
                "The directory's entry stays as it is. Your words are laid over it, in your vault only."
            )
        )
        self.body.addWidget(label(title, Look.TITLE))
        self.body.addWidget(label(hint, Look.SECOND, wraps=True))
        self.body.addSpacing(8)
        self.policy = QPushButton(self.tr("Add from their pri&vacy policy…"))
        self.policy.setAutoDefault(False)
        self.policy.clicked.connect(self._read_policy)
        self.body.addWidget(self.policy, alignment=Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.form)
        self.save = self.main
        self.save.clicked.connect(self._save)
        self.finish(title, self.tr("&Save"), 500, 640)

    def ask(self) -> Company | None:
        """The company as kept, or None if the dialog was left."""
        self.exec()
        return self._kept

    def _offer_regions(self, country: str) -> None:
        laws, form = self._around.desk.laws, self.form
        if country:
            self._around.tasks.run_outside(
                self, lambda: laws.regions(country), lambda found: form.know_regions(country, found)
            )

    def _save(self) -> None:
        typed = self.form.typed()
        companies, company = self._around.desk.companies, self._company

        def keep() -> Company:
            return companies.add(typed) if company is None else companies.correct(company.id, typed)

        self._around.tasks.run(self, keep, self._done, self.form.show_problem)

    def _read_policy(self) -> None:
        typed = self.form.typed()
        for channel, value in PolicyDialog(self._around, typed.name, typed.country, self).ask():
            self.form.add_contact(channel, value)

    def _done(self, company: Company) -> None:
        self._kept = company
        self.accept()
