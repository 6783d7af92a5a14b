# SPDX-License-Identifier: Apache-2.0
"""Registers: those for where the person lives, by kind, and one in full; one pane where two do not fit.

What the person did at a register is recorded as a request like any other; the detail leads there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.domain.errors import CatalogError
from optout_desktop.domain.ids import PersonId, RegisterId
from optout_desktop.domain.people import Person
from optout_desktop.domain.places import Place
from optout_desktop.domain.registers import Nearness
from optout_desktop.gui import register_words, theme
from optout_desktop.gui.fields import SearchField
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, isolated, label, shown
from optout_desktop.gui.laws.law_words import problem_sentence
from optout_desktop.gui.laws.register_detail import RegisterDetail
from optout_desktop.gui.laws.register_list import RegisterList
from optout_desktop.gui.places import place_here
from optout_desktop.gui.registered_dialog import RegisteredDialog
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import EmptyState
from optout_desktop.gui.two_panes import TwoPanes
from optout_desktop.gui.voice import announce
from optout_desktop.services.desk import Desk
from optout_desktop.services.registers import ListedRegister

TYPING_REST_MS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    people: tuple[Person, ...]
    place: Place
    listed: tuple[ListedRegister, ...]
    countable: frozenset[RegisterId]
    """The registers that have a date to count."""
    mine: tuple[RequestOverview, ...]
    problems: tuple[CatalogError, ...]
    today: date

    def at(self, register: RegisterId) -> ListedRegister | None:
        """The register of that id among all."""
        return next((one for one in self.listed if one.register.id == register), None)


class RegistersTab(QWidget):
    """The registers."""

    law_wanted = Signal(object)
    """A ``LawId``: show the law behind a register."""
    calculator_wanted = Signal(object, object)
    """The ``LawId`` that stands for a register, and its ``Right``."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._found: _Found | None = None
        self._wanted: RegisterId | None = None
        self._is_stale = True
        self.dialog: RegisteredDialog | None = None
        """The last form that was shown."""
        self.search = SearchField(self.tr("Search registers by name, operator or place"))
        self.person = QComboBox()
        self.person.setAccessibleName(self.tr("For whom"))
        self.everywhere = QCheckBox(self.tr("&All places"))
        self.count = label("", Look.SMALL)
        self.missing = label("", Look.ERROR, wraps=True)
        self.rows = RegisterList()
        self.detail = RegisterDetail(surroundings)
        self.panes = TwoPanes(
            self.rows,
            self.detail,
            EmptyState(
                self.tr("No register chosen"),
                self.tr("Choose one to see what it stops, and how to register step by step."),
                icon="list",
            ),
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_REST_MS)
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Ask again for the registers and what the person did there; what is shown stays."""
        self._is_stale = False
        desk, typed, person = self._around.desk, self.search.text(), self.person.currentData()
        self._around.tasks.run(self, lambda: _find(desk, typed, person), self._show_found)

    def show_register(self, register: RegisterId) -> None:
        """Show one register, whatever is searched for."""
        self._wanted = register
        listed = self._found.at(register) if self._found else None
        if listed is not None:
            self.rows.choose(register)
            self._show_detail(listed)
        self.panes.show_detail()

    def press(self) -> None:
        """What Ctrl+Enter does: say that one registered."""
        if self.detail.done.isVisible():
            self.detail.done.click()

    # ── Qt ───────────────────────────────────────────────────────────────────────────────────────────

    def showEvent(self, event: QShowEvent) -> None:
        """Ask again when shown after something changed."""
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees is not looked for."""
        self._timer.stop()
        super().hideEvent(event)

    # ── making ───────────────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        self.panes.add_above(self.search)
        controls = QWidget()
        row = FlowLayout(controls, spacing_px=12)
        for each in (self.person, self.everywhere, self.count):
            row.addWidget(each)
        self.count.setMinimumHeight(theme.px(32))  # as high as the box in its line
        self.panes.add_above(controls)
        self.panes.add_above(self.missing)
        self.panes.search_with(self.search, self.rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panes)
        self.person.hide()
        self.missing.hide()

    def _connect(self) -> None:
        self._timer.timeout.connect(self.refresh)
        self.search.wanted.connect(lambda _text: self._timer.start())
        self.person.activated.connect(lambda _at: self.refresh())
        self.everywhere.toggled.connect(lambda _on: self._show_list_of_found())
        self.panes.list_wanted.connect(self._forget_wanted)
        self.rows.looked_at.connect(self._look_at)
        self.rows.opened.connect(lambda listed: self.show_register(listed.register.id))
        self.detail.done_wanted.connect(self._ask_what_was_done)
        self.detail.law_wanted.connect(self.law_wanted)
        self.detail.calculator_wanted.connect(self.calculator_wanted)
        self._around.tasks.vault_changed.connect(self._vault_changed)

    def _vault_changed(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    # ── showing ──────────────────────────────────────────────────────────────────────────────────────

    def _show_found(self, found: _Found) -> None:
        self._found = found
        self._offer_people(found.people)
        self.missing.setText("\n".join(problem_sentence(problem) for problem in found.problems))
        self.missing.setVisible(bool(found.problems))
        self._show_list_of_found()
        shown_now = self._wanted or (self.detail.listed.register.id if self.detail.listed else None)
        listed = found.at(shown_now) if shown_now is not None else None
        if listed is not None:
            self._show_detail(listed)

    def _offer_people(self, people: tuple[Person, ...]) -> None:
        known = [self.person.itemData(at) for at in range(self.person.count())]
        if known != [one.id for one in people]:
            chosen = self.person.currentData()
            self.person.clear()
            for one in people:
                self.person.addItem(shown(one.name), one.id)
            self.person.setCurrentIndex(max(self.person.findData(chosen), 0) if people else -1)
        self.person.setVisible(len(people) > 1)

    def _show_list_of_found(self) -> None:
        found = self._found
        if found is None:
            return
        wanted = [one for one in found.listed if self.everywhere.isChecked() or _is_near(one)]
        place = register_words.place(found.place)
        told = self.tr("1 for {place}") if len(wanted) == 1 else self.tr("{count} for {place}")
        if self.everywhere.isChecked():
            told = self.tr("1 register") if len(wanted) == 1 else self.tr("{count} registers")
        told = told.format(count=len(wanted), place=place)
        self.count.setText(told)
        if wanted:
            done = {row.law: row.sent_on for row in reversed(found.mine)}
            chosen = self.detail.listed.register.id if self.detail.listed else None
            self.rows.show_registers(wanted, done, found.today, self._wanted or chosen)
            self.panes.show_rows()
        else:
            self.rows.clear()
            self.panes.show_nothing(self._nothing())
        if self.search.text():
            announce(self, told)

    def _nothing(self) -> QWidget:
        typed = self.search.text().strip()
        title = (
            self.tr("Nothing found for “{typed}”").format(typed=isolated(typed))
            if typed
            else self.tr("No register is known for where you live")
        )
        line = self.tr("Registers of other places can be looked at too.")
        return EmptyState(title, line, [(self.tr("Show all registers"), self._show_all)], icon="search")

    def _show_all(self) -> None:
        self.everywhere.setChecked(True)
        self.search.clear()

    def _look_at(self, listed: ListedRegister | None) -> None:
        if listed is not None and self.panes.has_both:
            self._forget_wanted()
            if self.detail.listed != listed:
                self._show_detail(listed)

    def _show_detail(self, listed: ListedRegister) -> None:
        if self._found is not None:
            mine = [row for row in self._found.mine if row.law == listed.register.law_id]
            has_dates = listed.register.id in self._found.countable
            self.detail.show_register(listed, mine, self._found.today, has_dates=has_dates)
            self.panes.fill_detail()

    def _forget_wanted(self) -> None:
        self._wanted = None
        self.panes.rest_on_list()

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────

    def _ask_what_was_done(self) -> None:
        listed, found = self.detail.listed, self._found
        if listed is None or found is None or not found.people:
            return
        chosen = self.person.currentData()
        people = sorted(found.people, key=lambda one: one.id != chosen)
        then = partial(self._say_recorded, listed.register.id)
        self.dialog = RegisteredDialog.ask(self._around, listed.register, people, self, then)

    def _say_recorded(self, register: RegisterId, row: RequestOverview) -> None:
        self._wanted = register if not self.panes.has_both else None
        words = self.tr("{register} was recorded. It stands among your requests.")
        self._around.say_undoable(words.format(register=isolated(row.company_name)))
        self._around.tasks.announce()


def _is_near(one: ListedRegister) -> bool:
    return one.near is not Nearness.ELSEWHERE


def _find(desk: Desk, typed: str, wanted: PersonId | None) -> _Found:
    people = desk.people.all()
    person = next((one for one in people if one.id == wanted), people[0] if people else None)
    place = person.place if person is not None else place_here()
    listed = desk.registers.listed(place, typed=typed)
    return _Found(
        people=people,
        place=place,
        listed=listed,
        countable=frozenset(one.register.id for one in listed if desk.laws.law(one.register.law_id).rules),
        mine=desk.registers.of_person(person.id if person else None),
        problems=desk.registers.problems(),
        today=desk.clock.today(),
    )
