# SPDX-License-Identifier: Apache-2.0
"""People that requests are made for: oneself and clients; add, change, see their requests."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.agenda import RequestFilter, Tally
from optout_desktop.domain.people import Person, PersonKind
from optout_desktop.gui.labels import IconLabel, Look, label, shown
from optout_desktop.gui.person_form import PersonDialog
from optout_desktop.gui.places import place_name
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import Card, EmptyState, PageFrame
from optout_desktop.services.people import PersonInput


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    person: Person
    tally: Tally


class ClientsPage(QWidget):
    """One card a person."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self.add = QPushButton(self.tr("&Add client…"))
        self.add.setProperty("kind", "accent")
        self.add.clicked.connect(self.add_client)
        self._content = QWidget()
        self._cards = QVBoxLayout(self._content)
        self._cards.setSpacing(12)
        frame = PageFrame(self.tr("Clients"), self._content)
        frame.add_action(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        self.cards: list[Card] = []

    def refresh(self) -> None:
        """Ask for the people again."""
        desk = self._around.desk

        def look() -> tuple[_Line, ...]:
            people = desk.people.all()
            return tuple(_Line(person=each, tally=desk.dashboard.today(each.id).tally) for each in people)

        self._around.tasks.run(self, look, self._show)

    def add_client(self) -> None:
        """Ask for a new client and keep them."""
        desk = self._around.desk

        def keep(typed: PersonInput) -> Person:
            return desk.people.add(typed, PersonKind.CLIENT)

        added = PersonDialog(self.tr("New client"), keep, self._around.tasks, parent=self).ask()
        if added is not None:
            self._around.say(self.tr("{name} was added.").format(name=shown(added.name)))
            self.refresh()

    def _change(self, person: Person) -> None:
        desk = self._around.desk

        def keep(typed: PersonInput) -> Person:
            return desk.people.change(person.id, typed)

        title = self.tr("Change details")
        changed = PersonDialog(title, keep, self._around.tasks, person, parent=self).ask()
        if changed is not None:
            self._around.say_undoable(self.tr("{name} was changed.").format(name=shown(changed.name)))
            self.refresh()

    def _show(self, lines: tuple[_Line, ...]) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.cards = [self._card(line) for line in lines]
        for card in self.cards:
            self._cards.addWidget(card)
        if not any(line.person.kind is PersonKind.CLIENT for line in lines):
            self._cards.addWidget(
                EmptyState(
                    self.tr("No clients"),
                    self.tr("Advocate mode keeps each client's requests under their own name."),
                    [(self.tr("Add &client…"), self.add_client)],
                    icon="people",
                )
            )
        self._cards.addStretch()

    def _card(self, line: _Line) -> Card:
        person, tally = line.person, line.tally
        card = Card()
        card.setAccessibleName(shown(person.name))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        is_me = person.kind is PersonKind.ONESELF
        grid.addWidget(IconLabel("person" if is_me else "people", 22), 0, 0)
        name = self.tr("{name} (you)").format(name=shown(person.name)) if is_me else shown(person.name)
        grid.addWidget(label(name, Look.STRONG, wraps=True), 0, 1)
        where = self.tr("{email} · {place}").format(email=shown(person.email), place=place_name(person.place))
        grid.addWidget(label(where, Look.SMALL, wraps=True), 1, 1)
        counts = self.tr("{total} requests · {overdue} overdue · {waiting} waiting").format(
            total=tally.total, overdue=tally.overdue, waiting=tally.waiting
        )
        grid.addWidget(label(counts, Look.SMALL, wraps=True), 2, 1)
        grid.setColumnStretch(1, 1)
        row = QHBoxLayout()
        row.addStretch()
        see = QPushButton(self.tr("Show requests"))
        see.setAccessibleDescription(shown(person.name))
        see.clicked.connect(lambda: self._around.navigator.show_requests(RequestFilter(person=person.id)))
        change = QPushButton(self.tr("Change…"))
        change.setAccessibleDescription(shown(person.name))
        change.clicked.connect(lambda: self._change(person))
        row.addWidget(see)
        row.addWidget(change)
        card.body.addLayout(grid)
        card.body.addLayout(row)
        return card
