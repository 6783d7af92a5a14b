# SPDX-License-Identifier: Apache-2.0
"""Step 2, Who: a company found as one types, or added with the one contact that the letter needs.

Enter chooses the highlighted company; where the search found nothing it opens the form. A company that has no
contact for the letter is asked for one before going on.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from optout_desktop.domain.companies import Company
from optout_desktop.domain.errors import InputError
from optout_desktop.domain.ids import CompanyId
from optout_desktop.gui import theme
from optout_desktop.gui.company_form import CONTACT_FIELDS, CompanyForm, input_of
from optout_desktop.gui.company_rows import CompanyList
from optout_desktop.gui.company_words import LETTER_CHANNELS
from optout_desktop.gui.fields import SearchField
from optout_desktop.gui.labels import Look, isolated, label, shown
from optout_desktop.gui.new_request.panes import scrolled
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.voice import announce
from optout_desktop.services.companies import CompanyHits, CompanyInput

TYPING_REST_MS = 60
MOST_HITS = 30
_LEAST_LIST_PX = 110  # two companies; where there is less room, the step scrolls
_NEW_FIELDS = ("name", *CONTACT_FIELDS, "country")


class WhoStep(QWidget):
    """Find or add the company."""

    chosen = Signal(object)
    """A ``Company`` that a letter can reach."""
    several_wanted = Signal()
    """Ask many companies the same, in the batch window."""
    choice_changed = Signal()
    """Whether ``has_choice`` may have become another."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._answered = ""
        self._is_enter_waiting = False
        self._company: Company | None = None
        self._before: CompanyId | None = None
        self.title = label(self.tr("Which company?"), Look.TITLE)
        self.search = SearchField(self.tr("Name or domain of the company"))
        self.search.installEventFilter(self)
        self.rows = CompanyList(self.tr("Companies found"))
        self.said = label("", Look.SECOND, wraps=True)
        self.near = QPushButton()
        self.near.setProperty("kind", "link")
        self.near.hide()
        self.add = QPushButton()
        self.add.setProperty("kind", "link")
        self.several = QPushButton(self.tr("Ask several companies at &once…"))
        self.several.setProperty("kind", "link")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_REST_MS)
        self._build()
        self.search.wanted.connect(self._typed)
        self._timer.timeout.connect(self._look)
        self.rows.opened.connect(self._choose)
        self.add.clicked.connect(lambda _checked=False: self.open_form())
        self.several.clicked.connect(self.several_wanted)
        self.near.clicked.connect(lambda: self.search.setText(self.near.property("name")))

    def begin(self, chosen: CompanyId | None = None) -> None:
        """Ask for a company, with what was typed before still there, and the highlight on the one chosen before."""
        self._before = chosen
        self._pages.setCurrentIndex(0)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()

    def rest(self) -> None:
        """Look for nothing more: whoever asked has left."""
        self._timer.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees is not looked for."""
        self.rest()
        super().hideEvent(event)

    def open_form(self, company: Company | None = None) -> None:
        """Ask for a new company, or for the contact that a known one lacks."""
        self._company = company
        if company is None:
            self.form_title.setText(self.tr("Add a company"))
            hint = self.tr("One way to reach them is enough. It is kept in your vault only.")
            self.form.fill(CompanyInput(name=self.search.text()))
            self.form.show_fields(_NEW_FIELDS)
        else:
            name = shown(company.name)
            self.form_title.setText(self.tr("How can {company} be reached?").format(company=name))
            hint = self.tr("The directory knows no address for them. One is enough.")
            self.form.fill(input_of(company))
            self.form.show_fields(CONTACT_FIELDS)
        self.form_hint.setText(hint)
        self._pages.setCurrentIndex(1)
        first = self.form.name if company is None and not self.search.text().strip() else self.form.email
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def has_choice(self) -> bool:
        """Whether a company of the list is highlighted."""
        return not self.is_form_open and self.rows.chosen() is not None

    def choose(self) -> None:
        """Take the highlighted company, as Enter does."""
        self._enter()

    @property
    def is_form_open(self) -> bool:
        """Whether the form is shown in place of the search."""
        return self._pages.currentIndex() == 1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter in the search field work on the list below it."""
        if watched is self.search and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self.rows.step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
                self._enter()
                return True
        return super().eventFilter(watched, event)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        find = QWidget()
        self.rows.setMinimumHeight(theme.px(_LEAST_LIST_PX))
        body = QVBoxLayout(find)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        for widget in (self.title, self.search, self.said):
            body.addWidget(widget)
        body.addWidget(self.rows, 1)
        body.addWidget(self.near, alignment=Qt.AlignmentFlag.AlignLeading)
        body.addWidget(self.add, alignment=Qt.AlignmentFlag.AlignLeading)
        body.addWidget(self.several, alignment=Qt.AlignmentFlag.AlignLeading)
        self.form = CompanyForm(_NEW_FIELDS)
        self.form_title: QLabel = label("", Look.TITLE, wraps=True)
        self.form_hint = label("", Look.SECOND, wraps=True)
        self.keep = QPushButton(self.tr("&Use this company"))
        self.keep.setProperty("kind", "accent")
        self.keep.setDefault(True)
        self.keep.clicked.connect(self._keep)
        leave = QPushButton(self.tr("&Search again"))
        leave.clicked.connect(lambda: self.begin(self._before))
        buttons = QHBoxLayout()
        buttons.addWidget(self.keep)
        buttons.addWidget(leave)
        buttons.addStretch()
        adding = QWidget()
        adding.setProperty("surface", "window")
        adding_body = QVBoxLayout(adding)
        adding_body.setContentsMargins(0, 0, 8, 8)
        for part in (self.form_title, self.form_hint, self.form):
            adding_body.addWidget(part)
        adding_body.addLayout(buttons)
        adding_body.addStretch()
        self._pages = QStackedWidget()
        self._pages.addWidget(scrolled(find))
        self._pages.addWidget(scrolled(adding))
        self._pages.currentChanged.connect(lambda _at: self.choice_changed.emit())
        self.rows.looked_at.connect(lambda _company: self.choice_changed.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        for field in (self.form.name, self.form.email, self.form.form):
            field.returnPressed.connect(self._keep)

    def _typed(self, _text: str) -> None:
        self._is_enter_waiting = False
        self._timer.start()

    def _look(self) -> None:
        typed, companies = self.search.text(), self._around.desk.companies
        self._timer.stop()
        self._around.tasks.run(
            self, lambda: companies.search(typed, MOST_HITS), lambda hits: self._show(typed, hits)
        )

    def _show(self, typed: str, hits: CompanyHits) -> None:
        if typed != self.search.text():
            return
        self._answered = typed
        self.rows.show_companies(hits.companies, self._before)
        self.rows.setVisible(bool(hits.companies))
        plain = typed.strip()
        self.add.setText(
            self.tr("+ &Add “{typed}” as a new company").format(typed=plain.replace("&", "&&"))
            if plain
            else self.tr("+ &Add a new company")
        )
        self._say(plain, hits)
        if self._is_enter_waiting:
            self._is_enter_waiting = False
            self._enter()

    def _say(self, typed: str, hits: CompanyHits) -> None:
        self.near.setVisible(bool(hits.nearest))
        if hits.nearest:
            self.near.setProperty("name", hits.nearest[0])
            words = self.tr("Did you mean {name}?").format(name=hits.nearest[0])
            self.near.setText(words.replace("&", "&&"))
        if not typed:
            said = (
                self.tr("Type to search the directory. Companies that you added stand here.")
                if hits.companies
                else self.tr("Type to search the directory of companies and data brokers.")
            )
        elif hits.companies:
            count = len(hits.companies)
            words = (
                self.tr("{count} companies. Enter or a click chooses one.")
                if count < MOST_HITS
                else self.tr("The first {count} companies. Type more of the name, or choose one.")
            )
            said = (
                self.tr("1 company. Enter or a click chooses it.")
                if count == 1
                else words.format(count=count)
            )
        else:
            said = self.tr("Nothing found for “{typed}”.").format(typed=isolated(typed))
        self.said.setText(said)
        if typed:
            announce(self.search, said)

    def _enter(self) -> None:
        if self.search.text() != self._answered or self._timer.isActive():
            self._is_enter_waiting = True
            self._look()
            return
        company = self.rows.chosen()
        if company is not None:
            self._choose(company)
        elif self.search.text().strip():
            self.open_form()

    def _choose(self, company: Company) -> None:
        if any(channel in company.channels for channel in LETTER_CHANNELS):
            self.chosen.emit(company)
        else:
            self.open_form(company)

    def _keep(self) -> None:
        typed, companies, known = self.form.typed(), self._around.desk.companies, self._company
        if not any(text.strip() for text in (typed.email, typed.form, typed.postal_address)):
            sentence = self.tr("Enter an e-mail address, a form or a postal address to reach them by.")
            self.form.show_problem(InputError("email", sentence))
            return

        def keep() -> Company:
            return companies.add(typed) if known is None else companies.correct(known.id, typed)

        self._around.tasks.run(self, keep, self._kept, self.form.show_problem)

    def _kept(self, company: Company) -> None:
        self.form.errors.clear()
        self._company = company
        self.search.setText(company.name)
        self._pages.setCurrentIndex(0)
        self.chosen.emit(company)
