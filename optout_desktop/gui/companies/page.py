# SPDX-License-Identifier: Apache-2.0
"""The company directory: search, what is known of one company, and the person's own words over it.

The search goes to ``services/companies`` on the vault's thread; an empty search shows the person's own
companies. Nothing here touches the network: a correction is reported as a text to copy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.agenda import RequestFilter, Urgency
from optout_desktop.domain.companies import Company, Contact
from optout_desktop.domain.ids import CompanyId
from optout_desktop.domain.proposals import Proposal
from optout_desktop.gui import company_words
from optout_desktop.gui.companies.detail import CompanyDetail
from optout_desktop.gui.company_dialog import CompanyDialog
from optout_desktop.gui.company_rows import CompanyList
from optout_desktop.gui.fields import SearchField
from optout_desktop.gui.labels import Look, isolated, label
from optout_desktop.gui.policy_dialog import PolicyDialog
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import EmptyState, PageFrame
from optout_desktop.gui.two_panes import TwoPanes
from optout_desktop.gui.voice import announce
from optout_desktop.services.companies import CompanyHits
from optout_desktop.services.desk import Desk

OPEN = frozenset({Urgency.OVERDUE, Urgency.NEEDS_YOU, Urgency.DUE_SOON, Urgency.WAITING})
TYPING_REST_MS = 90
MOST_HITS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    hits: CompanyHits
    directory_size: int
    own_count: int


class CompaniesPage(QWidget):
    """All companies: the shipped directory and one's own."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._wanted: CompanyId | None = None
        self._is_stale = True
        self.search = SearchField(self.tr("Search by name or domain"))
        self.count = label("", Look.SMALL)
        self.rows = CompanyList(self.tr("Companies"))
        self.detail = CompanyDetail()
        self.panes = TwoPanes(
            self.rows,
            self.detail,
            EmptyState(
                self.tr("No company chosen"),
                self.tr("Search the directory and choose one to see how it can be reached."),
                icon="building",
            ),
        )
        self.panes.add_above(self.search)
        self.panes.add_above(self.count)
        self.panes.search_with(self.search, self.rows)
        self.panes.list_wanted.connect(self._forget_wanted)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_REST_MS)
        self._timer.timeout.connect(self.refresh)
        self._build()
        self._connect()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees is not looked for."""
        self._timer.stop()
        super().hideEvent(event)

    def refresh(self) -> None:
        """Search again, and show the same company as before."""
        self._is_stale = False
        desk, typed = self._around.desk, self.search.text()

        def look() -> _Found:
            hits = desk.companies.search(typed, MOST_HITS)
            return _Found(
                hits=hits, directory_size=desk.companies.count(), own_count=desk.companies.own_count()
            )

        self._around.tasks.run(self, look, lambda found: self._show_found(typed, found))

    def show_company(self, company: CompanyId) -> None:
        """Show one company, whatever is searched for."""
        self._wanted = company
        self._load_detail(company)
        self.panes.show_detail()

    def add_company(self) -> None:
        """Ask for a new company."""
        company = CompanyDialog(self._around, typed_name=self.search.text(), parent=self).ask()
        if company is not None:
            self._around.say_undoable(self.tr("{company} was added.").format(company=isolated(company.name)))
            self.search.clear()
            self.refresh()
            self.show_company(company.id)

    def import_companies(self) -> None:
        """Ask for a list of companies to read in."""
        from optout_desktop.gui.companies.import_dialog import ImportCompaniesDialog

        dialog = ImportCompaniesDialog(self._around, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.imported.connect(self.refresh)
        dialog.open()

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        self.add = QPushButton(self.tr("&Add a company"))
        self.frame = PageFrame(self.tr("Companies"), self.panes, scrolls=False)
        self.imports = QPushButton(self.tr("&Import…"))
        self.frame.add_action(self.imports)
        self.frame.add_action(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)

    def _connect(self) -> None:
        self.search.wanted.connect(lambda _text: self._timer.start())
        self.add.clicked.connect(self.add_company)
        self.imports.clicked.connect(self.import_companies)
        self.rows.looked_at.connect(self._look_at)
        self.rows.opened.connect(lambda company: self.show_company(company.id))
        detail = self.detail
        detail.request_wanted.connect(lambda: self._around.navigator.start_request(None, detail.company))
        detail.requests_wanted.connect(self._show_requests)
        detail.correction_wanted.connect(self._correct)
        detail.shipped_wanted.connect(self._forget_correction)
        detail.report_wanted.connect(self._report)
        detail.copy_wanted.connect(self._copy)
        detail.policy_wanted.connect(self._read_policy)
        detail.revival_wanted.connect(self._revive)
        self._around.tasks.vault_changed.connect(self._vault_changed)

    def _vault_changed(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.refresh()
            if self.detail.company is not None:
                self._load_detail(self.detail.company.id)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask again when shown after something changed."""
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def _show_found(self, typed: str, found: _Found) -> None:
        if typed != self.search.text():
            return
        companies = found.hits.companies
        self.count.setText(
            self.tr("{size} in the directory, {own} added, corrected or imported by you").format(
                size=self.locale().toString(found.directory_size), own=found.own_count
            )
        )
        if companies:
            chosen = self.detail.company.id if self.detail.company else None
            self.rows.show_companies(companies, self._wanted or chosen)
            self.panes.show_rows()
        else:
            self.rows.clear()
            self.panes.show_nothing(self._empty_state(typed, found.hits.nearest))
        if typed:
            told = self.tr("1 company") if len(companies) == 1 else self.tr("{count} companies")
            announce(self, told.format(count=len(companies)))

    def _empty_state(self, typed: str, nearest: tuple[str, ...]) -> QWidget:
        if not typed.strip():
            return EmptyState(
                self.tr("Type to search the directory"),
                self.tr("Companies that you add or correct stand here."),
                [(self.tr("Add a company"), self.add_company)],
                icon="search",
            )
        actions: list[tuple[str, Callable[[], object]]] = [
            (self.tr("Add company"), self.add_company),
            (self.tr("Clear search"), self.search.clear),
        ]
        line = self.tr("Check the spelling, or add it yourself.")
        if nearest:
            line = self.tr("Did you mean {name}?").format(name=isolated(nearest[0]))
            actions.insert(0, (self.tr("Search for it"), lambda: self.search.setText(nearest[0])))
        return EmptyState(
            self.tr("Nothing found for “{typed}”").format(typed=isolated(typed)), line, actions, icon="search"
        )

    def _look_at(self, company: Company | None) -> None:
        if company is not None and self.panes.has_both:
            self._load_detail(company.id)

    def _load_detail(self, company: CompanyId) -> None:
        desk = self._around.desk
        self._around.tasks.run(
            self,
            lambda: (desk.companies.get(company), _open_count(desk, company), desk.contacts.of(company)),
            self._show_detail,
        )

    def _show_detail(self, found: tuple[Company, int, tuple[Proposal, ...]]) -> None:
        self.detail.show_company(*found)
        self.panes.fill_detail()

    def _forget_wanted(self) -> None:
        self._wanted = None
        self.panes.rest_on_list()

    def _show_requests(self) -> None:
        if self.detail.company is not None:
            self._around.navigator.show_requests(
                RequestFilter(company=self.detail.company.id, urgencies=OPEN)
            )

    def _correct(self) -> None:
        company = self.detail.company
        if company is None:
            return
        after = CompanyDialog(self._around, company, parent=self).ask()
        if after is not None:
            self._around.say_undoable(
                self.tr("{company} was corrected.").format(company=isolated(after.name))
            )
            self._load_detail(after.id)
            self.refresh()

    def _forget_correction(self) -> None:
        company, desk = self.detail.company, self._around.desk
        if company is not None:
            self._around.tasks.run(
                self, lambda: desk.companies.forget_correction(company.id), self._forgotten
            )

    def _forgotten(self, company: Company) -> None:
        self._around.say_undoable(
            self.tr("The directory's entry of {company} is shown again.").format(
                company=isolated(company.name)
            )
        )
        self._load_detail(company.id)
        self.refresh()

    def _read_policy(self) -> None:
        company, desk = self.detail.company, self._around.desk
        if company is None:
            return
        chosen = PolicyDialog(self._around, company.name, company.country, self).ask()
        if chosen:
            self._around.tasks.run(
                self, lambda: desk.companies.add_found(company.id, chosen), self._policy_read
            )

    def _policy_read(self, company: Company) -> None:
        words = self.tr("Addresses from the privacy policy of {company} were added.")
        self._around.say_undoable(words.format(company=isolated(company.name)))
        self._load_detail(company.id)
        self.refresh()

    def _revive(self, contact: Contact) -> None:
        company, desk = self.detail.company, self._around.desk
        if company is not None:
            self._around.tasks.run(self, lambda: desk.contacts.revive(company.id, contact), self._revived)

    def _revived(self, company: Company) -> None:
        words = self.tr("The address of {company} is proposed again.")
        self._around.say_undoable(words.format(company=isolated(company.name)))
        self._load_detail(company.id)

    def _report(self) -> None:
        company = self.detail.company
        if company is not None:
            self._around.clipboard.put(company_words.correction(company, company.contacts))
            self._around.say(
                self.tr("A report was copied. Paste it into a message to whoever keeps the directory.")
            )

    def _copy(self, value: str) -> None:
        self._around.clipboard.put(value)
        self._around.say(self.tr("Copied."))


def _open_count(desk: Desk, company: CompanyId) -> int:
    return len(desk.requests.list(RequestFilter(company=company, urgencies=OPEN)).rows)
