# SPDX-License-Identifier: Apache-2.0
"""The list of all rights, the person's own words, and another residence, in the wizard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.letters import RequestFact
from optout_desktop.domain.people import PersonKind
from optout_desktop.domain.rights import Right
from optout_desktop.gui.new_request.law_choice import LawDialog
from optout_desktop.gui.new_request.preview import EDIT
from optout_desktop.gui.new_request.wizard import WHO, NewRequestWizard
from optout_desktop.services.people import PersonInput
from optout_desktop.services.requests import NewRequest
from tests.gui.desks import open_office


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    yield open_one
    open_one.close()


@pytest.fixture
def wizard(office, show):
    shown = show(NewRequestWizard(office.surroundings), 1100, 760)
    shown.begin(None, None)
    return shown


def find(wizard, typed):
    """Type a name and press Enter, as a person does."""
    wizard.who.search.setFocus()
    QTest.keyClicks(wizard.who.search, typed)
    QTest.keyClick(wizard.who.search, Qt.Key.Key_Return)


def drafts(office):
    numbers = office.desk.requests.list(RequestFilter()).rows
    return office.desk.requests.page(numbers)


def all_rights(wizard):
    """Unfold the list of every right."""
    while not wizard.what.rights.isVisible():
        wizard.what.more.click()
    return wizard.what.rights


def shown_rights(rights):
    return {right for right, row in rights.rows.items() if row.isVisibleTo(rights)}


class TestAllRights:
    def test_every_right_of_every_law_in_force_here_stands_in_the_list(self, wizard, office):
        given = {
            offered.right
            for offered, item in (
                (offered, office.desk.laws.judged((offered.right,), "US-CA"))
                for law in office.house.library.laws.laws
                for offered in law.rights
            )
            if any(one.applies for one in item)
        }
        rights = all_rights(wizard)

        assert len(given) > 12
        assert set(rights.rows) >= given

    def test_a_right_is_found_by_its_words_by_a_law_or_by_the_laws_own_term(self, wizard):
        rights = all_rights(wizard)
        found = []
        for typed in ("correct", "shine the light", "nonexistent words"):
            rights.search.setText(typed)
            found.append(shown_rights(rights))

        assert found[0] == {Right.CORRECT}
        assert found[1] == {Right.THIRD_PARTY_LIST}
        assert found[2] == set()
        assert rights.none.isVisible()

    def test_what_a_register_serves_says_where_and_cannot_be_asked_for_by_letter(self, wizard, office):
        row = all_rights(wizard).rows[Right.PRESCREEN_OPTOUT]
        row.where.click()

        assert "Laws › Registers" in row.law.text()
        assert not row.choose.isVisibleTo(row)

    def test_a_complaint_is_a_step_of_a_request(self, wizard, office):
        lena = office.desk.people.add(
            PersonInput(name="Lena", emails=("l@example.org",), place="DE-BY"), PersonKind.CLIENT
        )
        wizard.what.person_chosen.emit(lena)
        row = all_rights(wizard).rows[Right.COMPLAINT_TO_REGULATOR]

        assert "Open the request and choose Respond" in row.law.text()
        assert not row.choose.isVisibleTo(row)

    def test_a_law_that_is_not_in_force_says_when_and_gives_no_day(self, wizard, office, show):
        ann = office.desk.people.add(
            PersonInput(name="Ann", emails=("a@example.org",), place="US-LA"), PersonKind.CLIENT
        )
        wizard.what.person_chosen.emit(ann)
        row = all_rights(wizard).rows[Right.DELETE]
        dialog = show(LawDialog(row.line.wish, None))
        [words] = [one for one in dialog.against if one.startswith("LDPA")]

        assert "in force from 1 Jan 2027" in row.law.text()
        assert not row.choose.isVisibleTo(row)
        assert words.endswith("it comes into force on 1 Jan 2027 and gives no day before.")

    def test_another_law_says_whom_it_binds(self, wizard, show):
        row = all_rights(wizard).rows[Right.NONAFFILIATE_SHARING_OPTOUT]
        dialog = show(LawDialog(row.line.wish, row.line.law))
        [button] = [button for button, _ in dialog.choices]

        assert "It binds: Financial institutions" in button.accessibleDescription()

    def test_choosing_goes_on_with_that_right_and_its_law(self, wizard):
        all_rights(wizard).rows[Right.ACCESS].choose.click()

        assert wizard.step == WHO
        assert wizard.bar.title.text() == "Send me my data"


class TestOwnWords:
    @pytest.fixture
    def asked(self, wizard):
        all_rights(wizard).rows[Right.CORRECT].choose.click()
        find(wizard, "northw")
        return wizard

    def test_a_correction_goes_out_once_it_says_what_is_wrong_and_what_is_right(self, asked, office):
        is_closed = not asked.pane.footer.main.isEnabled()
        why = asked.pane.footer.summary.text()
        for fact, field in asked.pane.own_words.fields.items():
            field.setPlainText(f"about {fact}")
        asked.pane.own_words.flush()

        assert is_closed
        assert "fill in what is marked as needed" in why
        assert asked.pane.footer.main.isEnabled()
        assert "What is wrong: about wrong_data" in asked.pane.preview.text.toPlainText()
        assert len(office.desk.requests.detail(drafts(office)[0].id).request.facts) == 2

    def test_they_stand_in_the_draft_when_it_is_opened_again(self, asked, office, qtbot):
        asked.pane.own_words.fields[RequestFact.WRONG_DATA].setPlainText("Elm Street")
        with qtbot.waitSignal(asked.finished) as told:
            asked.save_draft()
        asked.open_draft(told.args[0])

        assert asked.pane.own_words.fields[RequestFact.WRONG_DATA].toPlainText() == "Elm Street"

    def test_what_is_typed_is_told_when_the_fingers_rest(self, asked, qtbot):
        asked.pane.own_words.fields[RequestFact.RIGHT_DATA].setPlainText("Oak Street")

        qtbot.waitUntil(lambda: "Oak Street" in asked.pane.preview.text.toPlainText(), timeout=5000)

    def test_a_letter_never_leaves_without_the_words_that_were_just_typed(self, asked, office):
        for field in asked.pane.own_words.fields.values():
            field.setPlainText("first")
        asked.pane.own_words.flush()
        asked.pane.own_words.fields[RequestFact.RIGHT_DATA].setPlainText("second")
        asked.pane.footer.main.click()
        opened = list(office.programs.opened)
        asked.pane.footer.main.click()

        assert opened == []
        assert "What is right: second" in office.programs.opened[0].read_text("utf-8")

    def test_a_text_that_was_written_by_hand_keeps_its_words(self, asked):
        asked.pane.preview.tabs.button(EDIT).click()
        asked.pane.preview.edit_body.setPlainText("My own words.")
        asked.pane.preview.save.click()

        assert not asked.pane.own_words.fields[RequestFact.WRONG_DATA].isEnabled()
        assert asked.pane.footer.main.isEnabled()

    def test_what_is_not_needed_is_folded_up(self, wizard):
        wizard.what.more.click()
        wizard.what.cards[Right.ACCESS].click()
        find(wizard, "northw")
        words = wizard.pane.own_words
        is_folded = not words.fields[RequestFact.PERIOD].isVisible()
        words.unfold.click()

        assert is_folded
        assert words.fields[RequestFact.PERIOD].isVisible()
        assert wizard.pane.footer.main.isEnabled()

    def test_a_story_that_is_too_long_is_told_at_its_field_and_not_kept(self, asked, office):
        asked.pane.own_words.fields[RequestFact.WRONG_DATA].setPlainText("x" * 2001)
        asked.pane.own_words.flush()

        assert "More than 2000 characters" in asked.pane.own_words.rows[RequestFact.WRONG_DATA].error
        assert office.desk.requests.detail(drafts(office)[0].id).request.facts == ()


def test_a_draft_for_another_residence_keeps_it(wizard, office):
    desk = office.desk
    me, company = desk.people.me(), desk.companies.own()[0]
    draft = desk.requests.start(
        NewRequest(
            person=me.id,
            company=company.id,
            right=Right.OBJECT_DIRECT_MARKETING,
            law="eu-gdpr",
            channel=Channel.EMAIL,
            place="DE",
        )
    )
    wizard.open_draft(draft.id)
    basis = wizard.bar.basis.text()
    wizard._contact_chosen(company.contacts[-1])
    request = desk.requests.detail(draft.id).request

    assert "(Germany)" in basis
    assert (request.residence, request.channel, desk.people.me().place) == ("DE", Channel.POST, "US-CA")
