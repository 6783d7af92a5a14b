# SPDX-License-Identifier: Apache-2.0
"""Exports and imports in the window: what the dialogs say, and what they do with a real vault and real files."""

import itertools
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from optout_desktop.domain.agenda import RequestFilter, Urgency
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.exchange import CalendarDeadline, ExportForm, PlannedLine, Problem, Verdict
from optout_desktop.domain.people import PersonKind
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui import dialogs
from optout_desktop.gui.exchange.exchange_words import describing, verdict_words, why_words
from optout_desktop.gui.exchange.export_dialog import ExportDialog
from optout_desktop.gui.exchange.import_dialog import ImportDialog, import_requests
from optout_desktop.gui.exchange.offers import exchange_acts
from optout_desktop.gui.keymap import Act
from optout_desktop.gui.undo_words import step_words
from optout_desktop.services.people import PersonInput
from optout_desktop.services.requests import Entry, NewRequest
from optout_desktop.services.undoing import UndoLabel
from optout_desktop.storage.keyslots import KeySlots
from tests.gui.desks import TODAY, open_office

THEIRS = (
    "date;slug;recipient;email;reference;type;via\n"
    "2026-03-02;;Old Mill Post;post@oldmill.example;2026-ABCDEFG;erasure;email\n"
    "2026-03-03;;Old Mill Post;post@oldmill.example;2026-HIJKLMN;custom;email\n"
)


@pytest.fixture
def office(tmp_path, tasks):
    """Two people, one overdue request, and a draft of the other person."""
    one = open_office(tmp_path / "one", tasks)
    desk = one.desk
    desk.preferences.remember("passphrase_for_exports", False)
    lena = PersonInput(name="Lena Muster", emails=("lena@example.org",), place="DE-BY")
    client = desk.people.add(lena, PersonKind.CLIENT)
    [company] = desk.companies.own()
    for person, law, right in (
        (desk.people.me(), "us-ca-ccpa", Right.OPTOUT_SALE),
        (client, "eu-gdpr", Right.ACCESS),
    ):
        made = desk.requests.start(
            NewRequest(person=person.id, company=company.id, right=right, law=law, channel=Channel.EMAIL)
        )
        if person is not client:
            desk.requests.record(made.id, Entry(kind=EventKind.SENT, on=TODAY - timedelta(days=100)))
    yield one
    one.close()


@pytest.fixture
def other(tmp_path, tasks):
    one = open_office(tmp_path / "other", tasks)
    yield one
    one.close()


@pytest.fixture
def around(show):
    """The window that the dialogs stand in; what stays open is left as with Esc."""
    window = show(QWidget())
    yield window
    for dialog in window.findChildren(QDialog):
        dialog.reject()


@pytest.fixture
def export(office, around, tmp_path):
    """The dialog for a form, and where it would save."""
    numbers = itertools.count()

    def opened(form, listed=None):
        dialog = ExportDialog(office.surroundings, form, office.desk.people.all(), listed, around)
        dialog.show()
        return dialog, tmp_path / f"{next(numbers)}.{form}"

    return opened


@pytest.fixture
def take_in(around):
    """The dialog for a file in a vault."""

    def opened(office, path):
        desk = office.desk
        dialog = ImportDialog(office.surroundings, desk.exchange.read(path), desk.people.all(), around)
        dialog.show()
        return dialog

    return opened


def save(dialog, path: Path | None):
    with dialogs.script([path]):
        dialog.main.click()


@pytest.mark.parametrize("form", ExportForm)
def test_the_dialog_says_that_the_file_is_not_encrypted_and_saves_it(export, office, form):
    dialog, path = export(form)
    save(dialog, path)

    assert "not encrypted" in dialog.warning.text()
    assert path.stat().st_size > 0
    assert "not encrypted" in office.programs.said[-1]
    assert path.name in office.programs.said[-1].replace("\u2068", "").replace("\u2069", "")


def test_the_passphrase_is_asked_for_again_before_anything_is_written(export, office):
    passphrase = Secret("four calm rivers under the bridge")
    desk = office.desk
    slots, _ = KeySlots.create(passphrase)
    desk.preferences.remember("passphrase_for_exports", True)
    desk.security.confirm = slots.open
    dialog, path = export(ExportForm.CSV)
    dialog.main.click()
    dialog.confirm.row.passphrase.setText("four wild rivers")
    dialog.confirm.go.click()
    refused = dialog.confirm.row.error
    dialog.confirm.row.passphrase.setText(passphrase.reveal())
    with dialogs.script([path]):
        dialog.confirm.go.click()

    assert refused
    assert path.stat().st_size > 0


def test_a_calendar_names_companies_only_where_one_ticks_it(export):
    dialog, path = export(ExportForm.ICS)
    save(dialog, path)
    plain = path.read_text(encoding="utf-8")
    dialog, path = export(ExportForm.ICS)
    dialog.option.setChecked(True)
    save(dialog, path)

    assert "SUMMARY:OptOut deadline\n" in plain.replace("\r\n", "\n")
    assert "Northwind" not in plain
    assert "Northwind" in path.read_text(encoding="utf-8")


def test_the_list_as_it_is_filtered_or_one_person_can_be_chosen(export, office):
    listed = RequestFilter(urgencies=frozenset({Urgency.OVERDUE}))
    dialog, path = export(ExportForm.JSON, listed)
    overdue = len(office.desk.requests.list(listed).rows)
    wanted = dialog.choice().wanted
    save(dialog, path)
    dialog, other = export(ExportForm.JSON)
    dialog.which.setCurrentIndex(1)
    person = dialog.choice().wanted.person
    save(dialog, other)

    assert wanted == listed
    assert overdue == 1
    assert len(json.loads(path.read_bytes())["requests"]) == overdue
    assert {one["person"] for one in json.loads(other.read_bytes())["requests"]} == {person}


def test_leaving_the_question_where_to_saves_nothing(export):
    dialog, path = export(ExportForm.CSV)
    save(dialog, None)

    assert not path.exists()
    assert dialog.main.isEnabled()


def test_a_folder_that_takes_no_file_is_told_in_the_dialog(export, tmp_path):
    dialog, _ = export(ExportForm.CSV)
    save(dialog, tmp_path / "none" / "x.csv")

    assert "could not be written" in dialog.problem.text()
    assert not dialog.is_writing


def test_cancelling_leaves_no_file(export):
    dialog, path = export(ExportForm.JSON)
    dialog._around.tasks.progress = lambda _owner, _show: lambda _done, _total: dialog.cancel()
    save(dialog, path)

    assert not path.exists()
    assert "cancelled" in dialog.problem.text()


def test_requests_come_over_to_another_vault_and_go_again(export, other, take_in):
    dialog, path = export(ExportForm.JSON)
    save(dialog, path)
    dialog = take_in(other, path)
    count = dialog.preview.count(Verdict.NEW)

    assert dialog.main.text() == f"&Import {count} requests"
    assert not dialog.who_row.isVisible()

    dialog.main.click()

    assert len(other.desk.requests.list(RequestFilter()).rows) == count
    assert other.programs.said[-1] == f"Imported: {count} new requests, 0 with new entries."

    other.desk.undoing.undo()

    assert other.desk.requests.list(RequestFilter()).rows == ()


def test_what_is_there_already_leaves_nothing_to_import(export, office, take_in):
    dialog, path = export(ExportForm.JSON)
    save(dialog, path)
    dialog = take_in(office, path)

    assert not dialog.main.isEnabled()
    assert dialog.summary.text().startswith("Already there: ")


def test_another_tools_list_asks_for_person_and_place_and_says_what_is_left_out(office, take_in, tmp_path):
    path = tmp_path / "MyRequests.csv"
    path.write_text(THEIRS, encoding="utf-8")
    desk = office.desk
    dialog = take_in(office, path)
    model = dialog.table.lines
    first = [model.data(model.index(0, column), Qt.ItemDataRole.DisplayRole) for column in range(6)]

    assert dialog.who_row.isVisible()
    assert first[0] == "Not usable"
    assert "letter of your own" in first[2]
    assert first[5].strip("\u2068\u2069") == "line 3"

    dialog.who.setCurrentIndex(1)
    chosen = dialog.who.currentData()
    dialog.main.click()
    [row] = desk.requests.page(desk.requests.list(RequestFilter(typed="2026-ABCDEFG")).rows)

    assert (row.person, row.law) == (chosen.id, "eu-gdpr")


def test_a_file_that_cannot_be_read_is_told_at_once(office, around, tmp_path, tasks):
    path = tmp_path / "broken.json"
    path.write_text("{", encoding="utf-8")
    with dialogs.script([path]):
        import_requests(office.surroundings, office.desk.people.all(), around)

    assert [type(error).__name__ for error in tasks.errors] == ["ImportRefused"]
    tasks.errors.clear()


def test_every_verdict_and_problem_has_words():
    lines = [PlannedLine(place="", verdict=Verdict.UNUSABLE, problem=one, detail="x") for one in Problem]

    assert all(verdict_words(one) for one in Verdict)
    assert all(why_words(line) and "{" not in why_words(line) for line in lines)
    assert step_words(UndoLabel.REQUESTS_IMPORTED, "f.json").startswith("importing the requests of")


def test_an_uncertain_date_says_both_and_accuses_nobody_before_the_later():
    deadline = CalendarDeadline(
        request="r",
        rule="x",
        company_name="Northwind",
        reference="OO-1",
        right="access",
        due=date(2026, 4, 1),
        on=date(2026, 4, 9),
    )
    words = describing(has_names=False)(deadline)

    assert words.title == "OptOut deadline"
    assert "Nobody is late before" in words.text
    assert "Northwind" not in words.text


@pytest.mark.parametrize(
    ("act", "title"),
    [
        (Act.EXPORT_DEADLINES, "Deadlines as a calendar"),
        (Act.EXPORT_TABLE, "Requests as CSV"),
        (Act.EXPORT_DOCUMENT, "Requests as JSON"),
    ],
)
def test_each_line_of_the_menu_opens_its_dialog(office, around, act, title):
    class Window:
        surroundings = office.surroundings
        facts = None
        key = "dashboard"
        page = around

    acts = exchange_acts(Window())
    acts[act]()
    [dialog] = around.findChildren(ExportDialog)

    assert dialog.windowTitle() == title
    assert set(acts) >= {Act.IMPORT_REQUESTS}
