# SPDX-License-Identifier: Apache-2.0
"""A registration among the requests: its own words, its steps in the place of a letter, and its renewal."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDialog, QLabel

from optout_desktop.domain.agenda import Urgency
from optout_desktop.domain.ids import RegisterId
from optout_desktop.domain.requests import EventKind
from optout_desktop.gui.dashboard.next_rows import NextRow
from optout_desktop.gui.labels import isolated
from optout_desktop.gui.registered_dialog import RegisteredDialog
from optout_desktop.gui.requests.faces import ListRow, face
from optout_desktop.gui.requests.page import RequestsPage
from optout_desktop.gui.undo_words import step_words, undo_words
from optout_desktop.services.registers import Registration
from optout_desktop.services.requests import Entry
from optout_desktop.services.undoing import UndoLabel
from tests.gui.desks import TODAY, open_office

NUMBER = "+1 202 555 0143"


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    yield open_one
    open_one.close()


@pytest.fixture
def register(office):
    """Register on the day, and show it among the requests."""

    def registered(name="us-dnc-tx", on=TODAY, **changes):
        done = Registration(
            person=office.desk.people.me().id,
            register=RegisterId(name),
            on=on,
            **{"identifier": NUMBER} | changes,
        )
        return office.desk.registers.record(done)

    return registered


@pytest.fixture
def page(office, show):
    return show(RequestsPage(office.surroundings), 1200, 800)


def said(widget):
    return " ".join(each.text() for each in widget.findChildren(QLabel))


def shown(page, row):
    page.refresh()
    page.show_request(row.id)
    return page.detail_pane


def test_the_head_says_when_it_takes_effect_and_when_it_ends(page, register):
    header = shown(page, register(is_confirmed=True)).header

    assert NUMBER in header.status.text()
    assert "The register confirmed it on 23 Nov 2026." in header.status.text()
    assert "It takes effect by 25 Apr 2027." in header.status.text()
    assert header.main.text() == "Record what happened"
    assert header.due.text() == "Holds until 23 Nov 2029"
    assert header.chip.text() == "Registered until 23 Nov 2029"


@pytest.mark.parametrize("name", ["us-dnc-tx", "us-daa-webchoices", "us-dnc"])
def test_nowhere_is_a_company_spoken_of_or_anybody_called_late(page, register, name):
    detail = shown(page, register(name, on=TODAY - timedelta(days=1200)))
    words = f"{said(detail.header)} {said(detail.timeline)} {said(detail.letter)}"

    assert "company" not in words
    assert "late" not in words
    assert "9999" not in words
    assert "Deadline" not in words


def test_in_the_place_of_a_letter_stand_the_steps(page, register, office):
    detail = shown(page, register())
    steps = office.desk.registers.register(RegisterId("us-dnc-tx")).steps

    assert "A register gets no letter" in said(detail.letter)
    assert all(step in said(detail.letter) for step in steps)


def test_the_timeline_says_where_one_registered_and_when_to_do_it_again(page, register):
    words = said(shown(page, register()).timeline)

    assert "https://www.texasnocall.com/" in words
    assert "Ends: register again" in words


def test_one_of_years_ago_is_said_to_have_been_entered_afterwards(page, register):
    detail = shown(page, register(on=TODAY - timedelta(days=1000), is_confirmed=True))

    assert "Entered here afterwards" in said(detail.timeline)
    assert "It should have been in effect since" in detail.header.status.text()


def test_one_that_lapses_is_renewed_from_its_main_button(page, register, office):
    detail = shown(page, register(on=TODAY - timedelta(days=1090)))
    detail.header.main.click()
    dialog = page.doing.dialog
    dialog.day.setDate(QDate(TODAY.year, TODAY.month, TODAY.day))
    dialog.save.click()
    row = office.desk.registers.of_person(None)[0]

    assert detail.header.main.text() != ""
    assert row.due_on == date(2029, 11, 23)
    assert [event.kind for event in office.desk.requests.detail(row.id).request.history] == [
        EventKind.SENT,
        EventKind.SENT,
    ]


def test_a_renewal_asks_for_the_day_alone(register, office, show):
    row = register(on=TODAY - timedelta(days=1090))
    detail = office.desk.requests.detail(row.id)
    known = office.desk.registers.register(RegisterId("us-dnc-tx"))
    dialog = show(RegisteredDialog(office.surroundings, known, (detail.person,), detail))
    asked = [name for name, one in dialog.rows.items() if one.isVisible()]

    assert asked == ["on", "remind_on"]
    assert isinstance(dialog, QDialog)


def test_a_registration_that_was_taken_back_can_be_made_again(page, register, office):
    row = register()
    office.desk.requests.take_back(row.id, office.desk.requests.detail(row.id).request.history[0].id)
    header = shown(page, row).header

    assert header.status.text() == "Not registered yet."
    assert header.main.text() == "Register again…"
    assert office.surroundings.tasks.errors == []


def test_a_completed_one_still_says_until_when_it_holds(page, register, office):
    row = register()
    office.desk.requests.record(row.id, Entry(kind=EventKind.COMPLETED, on=TODAY))

    assert shown(page, row).header.due.text() == "Holds until 23 Nov 2029"


def test_on_the_dashboard_it_has_no_due_day_but_says_that_it_lapsed(register, show):
    row = register(on=TODAY - timedelta(days=1100))
    made = show(NextRow(row, TODAY, "Texas No Call List", 7))

    assert made.chip.text() == "Lapsed 4 days ago"
    assert "due" not in made.about.text()
    assert made.button.text() == "Register again…"


def test_in_the_list_one_in_force_is_done_and_names_its_end_alone(register, office):
    row = register(is_confirmed=True)
    drawn = face(
        ListRow(overview=row, law="Texas No Call List", today=TODAY, due_soon_days=7, is_for_client=False)
    )

    assert row.urgency(TODAY) is Urgency.DONE
    assert drawn.trailing == "Registered until 23 Nov 2029"


def test_undo_calls_it_a_registration(register, office):
    register()
    step = office.desk.undoing.view().undo

    assert undo_words(step) == f"&Undo registration at {isolated('Texas No Call List')}"
    assert all(step_words(label, "it") for label in UndoLabel)


def test_where_brokers_are_late_the_next_step_is_the_authority_and_no_letter(page, register, office):
    row = register("us-ca-drop", on=TODAY)
    office.clock.move_to(TODAY + timedelta(days=400))
    header = shown(page, row).header

    assert not header.notice.isHidden()
    assert header.notice.advice.text() == "Next step: complain to the authority that watches over this law."
    assert header.main.text() == "Record what happened"
