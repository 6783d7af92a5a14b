# SPDX-License-Identifier: Apache-2.0
"""Registers: found, read step by step, and said to be done."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QPushButton

from optout_desktop.domain.ids import RegisterId
from optout_desktop.domain.people import PersonKind
from optout_desktop.domain.registers import (
    Ask,
    Fact,
    Force,
    Nearness,
    RegisterKind,
    RegisterStatus,
    Stops,
)
from optout_desktop.domain.rights import Right
from optout_desktop.gui import dialogs, register_words, wording
from optout_desktop.gui.laws.registers_tab import RegistersTab
from optout_desktop.gui.registered_dialog import identifiers
from optout_desktop.gui.tokens import StatusToken
from optout_desktop.services.people import PersonInput
from optout_desktop.services.registers import Registration
from tests.gui.desks import TODAY, open_office

DNC, DROP, TEXAS, WEBCHOICES, GPC = map(
    RegisterId, ("us-dnc", "us-ca-drop", "us-dnc-tx", "us-daa-webchoices", "gpc")
)


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    yield open_one
    open_one.close()


@pytest.fixture
def tab(office, show):
    return show(RegistersTab(office.surroundings), 1100, 760)


def ids(tab):
    return [one.register.id for one in tab.rows.registers()]


def words_of(widget):
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget)]


def look_for(tab, typed):
    tab.search.setText(typed)
    tab.refresh()


def record(tab, **changes):
    """Press the button, fill what is to be changed, and save."""
    tab.detail.done.click()
    dialog = tab.dialog
    for name, value in changes.items():
        field = getattr(dialog, name)
        if isinstance(value, bool):
            field.setChecked(value)
        elif isinstance(value, date):
            field.setDate(QDate(value.year, value.month, value.day))
        else:
            field.setCurrentText(value)
    dialog.save.click()
    return dialog


class TestTheList:
    def test_it_shows_the_registers_of_ones_own_place_by_kind(self, tab):
        assert {DNC, DROP, GPC} <= set(ids(tab))
        assert TEXAS not in ids(tab)
        assert tab.rows.headings()[0] == "Against calls and texts"
        assert tab.count.text() == f"{len(ids(tab))} for California, United States"

    def test_all_places_shows_the_others_too(self, tab):
        tab.everywhere.click()

        assert len(ids(tab)) == 109
        assert tab.count.text() == "109 registers"

    def test_a_search_finds_by_name_and_says_when_there_is_nothing(self, tab):
        look_for(tab, "prescreen")
        found = ids(tab)
        look_for(tab, "telefon")

        assert found == [
            "us-chexsystems-optout",
            "us-optoutprescreen-5y",
            "us-optoutprescreen-permanent",
        ]
        assert "telefon" in tab.panes.listed.currentWidget().title.text()
        tab.panes.listed.currentWidget().buttons[0].click()
        tab.refresh()
        assert len(ids(tab)) == 109

    def test_arrows_in_the_search_field_step_over_the_headings(self, tab):
        tab.search.setFocus()
        first = tab.detail.listed.register.id
        for _ in range(len(ids(tab))):
            QTest.keyClick(tab.search, Qt.Key.Key_Down)

        assert tab.detail.listed.register.id == ids(tab)[-1] != first

    def test_a_client_has_the_registers_of_where_they_live(self, tab, office):
        office.desk.people.add(PersonInput(name="Lena Muster", emails=(), place="DE-BY"), PersonKind.CLIENT)
        tab.refresh()
        tab.person.setCurrentIndex(1)
        tab.person.activated.emit(1)

        assert "de-idi-robinson" in ids(tab)
        assert DNC not in ids(tab)

    def test_in_a_narrow_window_one_pane_is_shown_and_esc_goes_back(self, tab, qtbot):
        tab.resize(560, 700)
        tab.rows.open_chosen()
        was_detail = tab.panes.detail_pane.isVisible() and not tab.panes.list_pane.isVisible()
        tab.detail.done.setFocus()
        QTest.keyClick(tab.detail.done, Qt.Key.Key_Escape)

        assert was_detail
        assert tab.panes.list_pane.isVisible()


class TestOneRegister:
    def test_its_steps_can_be_ticked_off(self, tab, office):
        tab.show_register(DNC)
        for line in tab.detail.steps:
            line.box.click()

        assert [line.box.accessibleName() for line in tab.detail.steps] == list(
            office.desk.registers.register(DNC).steps
        )
        assert all(line.box.isChecked() for line in tab.detail.steps)

    def test_a_page_is_opened_only_after_the_person_said_so(self, tab, office):
        tab.show_register(DNC)
        open_page = tab.detail.ways[0].open
        with dialogs.script((None, "go")):
            open_page.click()
            before = list(office.programs.opened)
            open_page.click()

        assert before == []
        assert office.programs.opened == ["https://www.donotcall.gov/"]

    def test_numbers_links_and_texts_are_copied(self, tab, office):
        tab.everywhere.click()
        tab.show_register(RegisterId("sg-dnc"))
        for line in tab.detail.ways:
            line.copy.click()
        text = tab.detail.ways[-1]
        text.copy_text.click()

        assert office.programs.copied == ["https://www.dnc.gov.sg/", "1800 248 0772", "78772", "DNC"]

    def test_what_was_not_read_on_a_page_is_marked_there(self, tab):
        tab.show_register(RegisterId("us-catalogchoice"))
        said = words_of(tab.detail.widget())

        assert "Not verified." in said
        assert any("Not read on any page: " in words for words in said)

    def test_an_entry_that_nobody_could_check_says_so_on_top(self, tab):
        tab.everywhere.click()
        tab.show_register(RegisterId("gb-babymps"))

        assert "Not verified: nobody has found a page that confirms this entry." in words_of(
            tab.detail.widget()
        )

    @pytest.mark.parametrize(
        ("register", "why"),
        [("fr-bloctel", "Bloctel ended"), ("us-dnc-wy", "no sign-up"), ("pe-gni", "prior consent")],
    )
    def test_what_is_over_says_why_and_cannot_be_recorded(self, tab, register, why):
        tab.everywhere.click()
        tab.show_register(RegisterId(register))
        notices = [each for each in tab.detail.findChildren(QFrame) if each.property("kind") == "notice"]

        assert not tab.detail.done.isVisible()
        assert any(why in notice.accessibleDescription() for notice in notices)

    def test_a_page_to_look_up_or_to_report_to_explains_only(self, tab):
        tab.show_register(RegisterId("us-ca-registry"))
        look_up = tab.detail.done.isVisible()
        tab.show_register(RegisterId("us-7726"))

        assert not look_up
        assert not tab.detail.done.isVisible()

    def test_its_dates_can_be_counted(self, tab):
        wanted = []
        tab.calculator_wanted.connect(lambda law, right: wanted.append((law, right)))
        tab.show_register(DNC)
        tab.detail.calculate.click()

        assert wanted == [("register:us-dnc", Right.DO_NOT_CALL_REGISTRY)]

    def test_where_a_register_states_no_date_none_is_offered_to_be_counted(self, tab):
        tab.everywhere.setChecked(True)
        tab.show_register(RegisterId("at-robinson"))

        assert tab.detail.done.isVisible()
        assert not tab.detail.calculate.isVisible()

    def test_the_law_behind_it_is_a_door(self, tab):
        wanted = []
        tab.law_wanted.connect(wanted.append)
        tab.show_register(DROP)
        tab.detail.law_door.click()

        assert wanted == ["us-ca-delete-act"]


class TestRecording:
    def test_it_becomes_a_request_with_an_undo_and_a_door(self, tab, office):
        seen = []
        office.surroundings.navigator.request_wanted.connect(seen.append)
        tab.show_register(DNC)
        record(tab, day=TODAY - timedelta(days=3), what="+1 202 555 0143", confirmed=True)
        [row] = office.desk.registers.of_person(None)
        tab.detail.doors[0].click()

        assert (row.company_name, row.sent_on) == (
            "National Do Not Call Registry",
            TODAY - timedelta(days=3),
        )
        assert seen == [row.id]
        assert "National Do Not Call Registry" in office.programs.said[-1]
        office.desk.undoing.undo()
        office.surroundings.tasks.announce()
        assert tab.detail.doors == ()

    def test_in_the_list_it_is_marked_as_registered(self, tab):
        tab.show_register(DNC)
        record(tab)
        row = next(
            tab.rows.item(at)
            for at in range(tab.rows.count())
            if "National Do Not Call" in str(tab.rows.item(at).data(Qt.ItemDataRole.AccessibleTextRole))
        )

        assert "registered 23 Nov" in row.data(Qt.ItemDataRole.AccessibleTextRole)

    def test_a_cookie_opt_out_can_be_given_a_day_to_look_again(self, tab, office):
        tab.show_register(WEBCHOICES)
        again = TODAY + timedelta(days=90)
        record(tab, what="Firefox on the laptop", reminds=True, remind_on=again)
        [row] = office.desk.registers.of_person(None)

        assert row.due_on == again
        assert office.desk.requests.detail(row.id).request.history[0].detail("identifier") == (
            "Firefox on the laptop"
        )

    def test_a_browser_signal_is_recorded_once_for_each_browser(self, tab, office):
        tab.show_register(GPC)
        for browser in ("Firefox on the laptop", "Brave on the phone"):
            record(tab, what=browser)

        assert tab.detail.done.text() == "&I switched it on…"
        assert len(office.desk.registers.of_person(None)) == len(tab.detail.doors) == 2

    def test_a_day_that_cannot_be_is_said_in_the_form_and_nothing_is_lost(self, tab, office):
        tab.show_register(WEBCHOICES)
        dialog = record(tab, what="Firefox", reminds=True, remind_on=TODAY)

        assert dialog.rows["remind_on"].error
        assert dialog.what.currentText() == "Firefox"
        assert office.desk.registers.of_person(None) == ()
        dialog.reject()

    def test_the_way_that_was_used_can_be_chosen(self, tab, office):
        tab.everywhere.click()
        tab.show_register(RegisterId("gb-tps"))
        tab.detail.done.click()
        tab.dialog.how.setCurrentIndex(2)
        tab.dialog.save.click()

        assert office.desk.registers.of_person(None)[0].channel == "sms"

    def test_what_of_a_person_can_be_registered_is_offered(self, office):
        person = office.desk.people.me()
        assert identifiers(office.desk.registers.register(DNC), person) == person.phones
        assert identifiers(office.desk.registers.register(GPC), person) == ()
        mail = office.desk.registers.register(RegisterId("at-ecg"))

        assert identifiers(mail, person) == person.emails


class TestWords:
    @pytest.mark.parametrize(
        ("say", "vocabulary"),
        [
            (register_words.kinds, RegisterKind),
            (register_words.status, RegisterStatus),
            (register_words.stops, Stops),
            (register_words.ask, Ask),
            (register_words.force, Force),
            (register_words.fact, Fact),
            (register_words.nearness, Nearness),
            (register_words.done_words, RegisterKind),
        ],
    )
    def test_there_are_words_for_all_of_a_vocabulary(self, say, vocabulary):
        assert all(say(word) for word in vocabulary)

    def test_every_register_can_be_shown(self, tab, office):
        tab.everywhere.click()
        for one in office.desk.registers.listed(office.desk.people.me().place):
            tab.show_register(one.register.id)

            assert tab.detail.listed.register.id == one.register.id
            assert tab.detail.findChildren(QPushButton)

    def test_no_place_of_a_register_is_without_a_name(self, office):
        for one in office.desk.registers.listed(office.desk.people.me().place):
            assert "Another country" not in register_words.all_places(one.register), one.register.id

    @pytest.mark.parametrize(
        ("days", "words", "token"),
        [
            (0, "Registered until 23 Nov 2029", StatusToken.COMPLETED),
            (1066, "Lapses in 30 days", StatusToken.DUE_SOON),
            (1096, "Lapses today", StatusToken.DUE_SOON),
            (1101, "Lapsed 5 days ago", StatusToken.NEEDS_YOU),
        ],
    )
    def test_a_registration_says_when_it_lapses_and_accuses_nobody(self, office, days, words, token):
        row = office.desk.registers.record(
            Registration(person=office.desk.people.me().id, register=TEXAS, on=TODAY)
        )

        assert wording.chip(row, TODAY + timedelta(days=days), 7) == (words, token)

    def test_without_an_end_it_is_simply_registered(self, office):
        row = office.desk.registers.record(
            Registration(person=office.desk.people.me().id, register=DNC, on=TODAY)
        )

        assert wording.chip(row, TODAY, 7) == ("Registered", StatusToken.COMPLETED)

    @pytest.mark.parametrize(
        ("days", "words"), [(0, "Registered · look again 3 Dec"), (10, "Look again"), (99, "Look again")]
    )
    def test_ones_own_reminder_asks_to_look_again(self, office, days, words):
        remind_on = TODAY + timedelta(days=10)
        row = office.desk.registers.record(
            Registration(
                person=office.desk.people.me().id, register=WEBCHOICES, on=TODAY, remind_on=remind_on
            )
        )

        assert wording.chip(row, TODAY + timedelta(days=days), 7)[0] == words
