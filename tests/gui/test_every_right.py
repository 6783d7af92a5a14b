# SPDX-License-Identifier: Apache-2.0
"""Every right of every law in force can be asked for: somebody who lives there gets its letter."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.laws import LawStatus
from optout_desktop.domain.letters import LetterKind, facts_needed
from optout_desktop.domain.people import PersonKind
from optout_desktop.domain.places import Place
from optout_desktop.domain.rights import LATER_RIGHTS, REGISTER_RIGHTS, Right
from optout_desktop.gui.new_request.law_choice import LawDialog
from optout_desktop.gui.new_request.wish import opening
from optout_desktop.gui.new_request.wizard import ABOUT_YOU, SEND, NewRequestWizard
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.people import PersonInput
from optout_desktop.services.requests import NewRequest
from tests.gui.desks import TODAY, open_office

HOME = {"EU": Place("DE-BY"), "US": Place("US-WY"), "CA": Place("CA-ON"), "AU": Place("AU-NSW")}
"""Where somebody lives under a law of a union or a federation."""
LEFT_OPEN = re.compile(r"[{}]|\bNone\b")


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    yield open_one
    open_one.close()


def home_of(law):
    place = law.places[0]
    return HOME.get(place, place)


def laws_in_force(office):
    return [
        law
        for law in office.house.library.laws.laws
        if law.status is LawStatus.IN_FORCE and law.applies_from <= TODAY
    ]


def requestable(office):
    """Every law in force with each right that a letter asks for."""
    return [
        (law, offered.right)
        for law in laws_in_force(office)
        for offered in law.rights
        if offered.right not in REGISTER_RIGHTS | LATER_RIGHTS
    ]


def facts_for(law, right):
    return tuple((fact, f"my words about {fact}") for fact in sorted(facts_needed(right, law.id)))


def test_every_right_of_every_law_is_offered_where_the_law_holds_and_makes_a_letter(office):
    desk, company = office.desk, office.desk.companies.own()[0]
    me = desk.people.me()
    wrong = []
    for law, right in requestable(office):
        place = home_of(law)
        wish = opening(desk, replace(me, place=place), place).wishes[right]
        prospect = wish.prospect(law.id, right)
        channel = Channel.SMS if right is Right.SMS_STOP else Channel.EMAIL
        row = desk.requests.start(
            NewRequest(
                person=me.id,
                company=company.id,
                right=right,
                law=law.id,
                channel=channel,
                to_address="+12025550100" if channel is Channel.SMS else "privacy@northwind.example",
                place=place,
                facts=facts_for(law, right),
            )
        )
        view = desk.letters.view(row.id, LetterKind.REQUEST)
        is_open = all(way.why_not is not None for way in desk.sending.ways(view))
        bad_words = LEFT_OPEN.search(view.letter.subject + view.letter.body)
        if prospect is None or not prospect.item.applies or is_open or bad_words:
            wrong.append((law.id, right, prospect, bad_words))

    assert len(requestable(office)) > 200
    assert wrong == []


def test_every_right_of_a_law_to_come_is_shown_with_its_day_and_gives_none(office):
    coming = [law for law in office.house.library.laws.laws if law.applies_from > TODAY]
    me = office.desk.people.me()
    counted = []
    for law in coming:
        wishes = opening(office.desk, replace(me, place=home_of(law)), home_of(law)).wishes
        for offered in law.rights:
            prospect = wishes[offered.right].prospect(law.id, offered.right)
            counted.append((prospect.item.applies, prospect.answer_by_on))

    assert len(coming) >= 4
    assert set(counted) == {(False, None)}


class Hands:
    """Goes through one wizard again and again, as a person does who always asks the same company."""

    def __init__(self, office, wizard):
        self.desk, self.wizard = office.desk, wizard
        self.company = self.desk.companies.add(
            CompanyInput(
                name="Ask Me Ltd", email="privacy@askme.example", country="US", sms_number="+12025550100"
            )
        )
        self.people = {}

    def person_at(self, place):
        if place not in self.people:
            self.people[place] = self.desk.people.add(
                PersonInput(
                    name=f"Lives in {place}",
                    emails=("person@example.org",),
                    phones=("+12025550143",),
                    place=place,
                ),
                PersonKind.CLIENT,
            )
        return self.people[place]

    def ask(self, law, right):
        """The letter that the window shows in the end."""
        wizard = self.wizard
        wizard.begin(None, None)
        wizard.what.person_chosen.emit(self.person_at(home_of(law)))
        while not wizard.what.rights.isVisible():
            wizard.what.more.click()
        row = wizard.what.rights.rows[right]
        if row.line.law.item.law.id == law.id:
            row.choose.click()
        else:
            QTimer.singleShot(0, lambda: self._take(law))
            row.change.click()
        self._name_company()
        for fact in facts_needed(right, law.id):
            wizard.pane.own_words.fields[fact].setPlainText(f"my words about {fact}")
        wizard.pane.own_words.flush()
        return wizard.pane.loaded

    def _take(self, law):
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, LawDialog)
        for button, prospect in dialog.choices:
            if prospect.item.law.id == law.id:
                button.setChecked(True)
        dialog.use.click()

    def _name_company(self):
        wizard = self.wizard
        if wizard.stack.currentWidget() is wizard.texts:
            wizard.texts.number.setText("+12025550100")
            wizard.texts.brand.setText("Ask Me Ltd")
            wizard.texts.go_on()
        else:
            wizard.who.chosen.emit(self.company)
        if wizard.before.isVisible():
            wizard.before.go_on.click()
        if wizard.step == ABOUT_YOU:
            wizard.go_on.click()
        assert wizard.step == SEND


def test_the_window_reaches_each_right_once_for_each_level_of_law(office, show):
    once = {(right, law.level): (law, right) for law, right in requestable(office)}
    wizard = show(NewRequestWizard(office.surroundings), 1100, 760)
    hands = Hands(office, wizard)
    wrong = []
    for law, right in once.values():
        loaded = hands.ask(law, right)
        request, letter = loaded.view.request, loaded.view.letter
        has_way = any(way.why_not is None for way in loaded.ways)
        is_it = (request.law, request.right) == (law.id, right)
        if not is_it or not has_way or LEFT_OPEN.search(letter.subject + letter.body):
            wrong.append((law.id, right, request.law, request.right, has_way))

    assert len({right for right, _ in once}) == len(set(Right) - REGISTER_RIGHTS - LATER_RIGHTS)
    assert len(once) > 25
    assert wrong == []
