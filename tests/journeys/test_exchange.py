# SPDX-License-Identifier: Apache-2.0
"""Journeys: requests leave for a file and come into another vault; lists of companies; an address that is dead."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.company_lists import ListChoice
from optout_desktop.domain.exchange import ExportChoice, ExportForm
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui import pages
from optout_desktop.gui.companies.import_dialog import ImportCompaniesDialog
from optout_desktop.gui.exchange.export_dialog import ExportDialog
from optout_desktop.gui.exchange.import_dialog import ImportDialog
from optout_desktop.gui.help.page import HelpWindow
from optout_desktop.gui.keymap import Act
from optout_desktop.gui.new_request.letter_dialog import LetterDialog
from optout_desktop.gui.policy_dialog import PolicyDialog
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.people import PersonInput
from optout_desktop.services.requests import Entry, NewRequest
from tests.gui.house import PASSPHRASE, TODAY, CheapHouse, unlocked, wait_until
from tests.gui.mail_house import ask, when_asked

FIRST, SECOND = "privacy@northwind.example", "dpo@northwind.example"
ACTS = {
    ExportForm.ICS: Act.EXPORT_DEADLINES,
    ExportForm.CSV: Act.EXPORT_TABLE,
    ExportForm.JSON: Act.EXPORT_DOCUMENT,
}
THEIRS = (
    "date;slug;recipient;email;reference;type;via\n"
    "2026-03-02;;Old Mill Post;post@oldmill.example;2026-ABCDEFG;erasure;email\n"
)
LIST = """name;email;form
Northwind Data LLC;other@northwind.example;https://northwind.example/optout
Newcomer GmbH;dpo@newcomer.example;
"""


@pytest.fixture
def window(application):
    """The window of a vault with one request that was sent."""
    window = unlocked(application)
    ask(application, lambda: asked_northwind(application.desk))
    application.tasks.announce()
    return window


def asked_northwind(desk):
    company = desk.companies.add(
        CompanyInput(name="Northwind Data LLC", email=FIRST, country="US", further=((Channel.EMAIL, SECOND),))
    )
    made = desk.requests.start(
        NewRequest(
            person=desk.people.me().id,
            company=company.id,
            right=Right.OPTOUT_SALE,
            law=LawId("us-ca-ccpa"),
            channel=Channel.EMAIL,
            to_address=FIRST,
        )
    )
    sent = Entry(kind=EventKind.SENT, on=TODAY - timedelta(days=3), to_address=FIRST)
    return desk.requests.record(made.id, sent)


def opened(window, act, kind):
    """The dialog that an action of the menu opens."""
    window.menus.actions[act].trigger()
    found = []
    wait_until(lambda: found or found.extend(one for one in window.findChildren(kind) if one.isVisible()))
    return found[0]


def saved(window, asked, path, form, *, has_option=None):
    """Export by the menu, with the passphrase again, to a file that the person names."""
    dialog = opened(window, ACTS[form], ExportDialog)
    if has_option is not None:
        dialog.option.setChecked(has_option)
    asked.answers.append(path)
    dialog.main.click()
    wait_until(lambda: dialog.confirm is not None)
    dialog.confirm.row.passphrase.setText(PASSPHRASE)
    dialog.confirm.go.click()
    wait_until(lambda: path.name in window.toast_words)
    return path.read_bytes()


def titles(content):
    return {str(event["SUMMARY"]) for event in Calendar.from_ical(content).walk("VEVENT")}


def test_deadlines_leave_without_names_and_with_names_where_one_ticks_it(window, asked, tmp_path):
    plain = titles(saved(window, asked, tmp_path / "plain.ics", ExportForm.ICS))
    named = titles(saved(window, asked, tmp_path / "named.ics", ExportForm.ICS, has_option=True))

    assert plain == {"OptOut deadline"}
    assert all("Northwind Data LLC" in title for title in named)


def test_requests_leave_as_a_table_and_as_a_document(window, asked, tmp_path):
    table = saved(window, asked, tmp_path / "requests.csv", ExportForm.CSV)
    document = saved(window, asked, tmp_path / "requests.json", ExportForm.JSON)

    assert b"Northwind Data LLC" in table
    assert b'"optout-requests"' in document


@pytest.mark.parametrize(
    ("act", "kind", "topic"),
    [
        (Act.EXPORT_TABLE, ExportDialog, "exports"),
        (Act.IMPORT_COMPANIES, ImportCompaniesDialog, "companies"),
    ],
)
def test_f1_opens_the_help_over_the_dialog_which_stays(window, act, kind, topic):
    dialog = opened(window, act, kind)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    wait_until(lambda: dialog.findChildren(HelpWindow))
    [shown] = dialog.findChildren(HelpWindow)

    assert shown.page.topic == topic
    assert dialog.isVisible()


def test_requests_of_another_vault_come_in_and_are_undone_from_the_message(application, asked, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    house = CheapHouse(tmp_path / "elsewhere")
    elsewhere = house.open_desk(house.vaults.create("Elsewhere", Secret(PASSPHRASE)))
    elsewhere.people.add(PersonInput(name="Jane Canary", emails=("jane@example.org",), place="US-CA"))
    asked_northwind(elsewhere)
    file = tmp_path / "requests.json"
    elsewhere.exchange.save(ExportChoice(form=ExportForm.JSON), file)
    elsewhere.close()
    window = unlocked(application)
    asked.answers.append(file)
    dialog = opened(window, Act.IMPORT_REQUESTS, ImportDialog)
    wait_until(lambda: dialog.preview is not None)
    words = dialog.summary.text()
    dialog.main.click()
    wait_until(lambda: "Imported" in window.toast_words)
    taken_in = ask(application, application.desk.exchange.count)
    window.undo()
    wait_until(lambda: not ask(application, application.desk.exchange.count))

    assert "New: 1" in words
    assert taken_in == 1


def test_my_requests_of_another_tool_come_in(window, application, asked, tmp_path):
    file = tmp_path / "MyRequests.csv"
    file.write_text(THEIRS, encoding="utf-8")
    asked.answers.append(file)
    dialog = opened(window, Act.IMPORT_REQUESTS, ImportDialog)
    wait_until(lambda: dialog.preview is not None)
    dialog.main.click()
    wait_until(lambda: "Imported" in window.toast_words)

    assert ask(application, application.desk.exchange.count) == 2


def contacts_of(application, name="Northwind Data LLC"):
    own = ask(application, application.desk.companies.own)
    return [[contact.value for contact in one.contacts] for one in own if one.name == name]


def test_a_list_of_companies_comes_in_and_is_undone_at_once_and_later(window, application, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text(LIST, encoding="utf-8")

    def imported():
        dialog = opened(window, Act.IMPORT_COMPANIES, ImportCompaniesDialog)
        dialog.read(file)
        wait_until(lambda: dialog.preview is not None and dialog.main.isEnabled())
        dialog.differing.setCurrentIndex(dialog.differing.findData(ListChoice.ADD_FURTHER))
        dialog.main.click()
        wait_until(lambda: "Imported" in window.toast_words)
        return contacts_of(application)

    before, first = contacts_of(application), imported()
    window.undo()
    wait_until(lambda: contacts_of(application) == before)
    second = imported()
    dialog = opened(window, Act.IMPORT_COMPANIES, ImportCompaniesDialog)
    wait_until(lambda: dialog.undoers)
    dialog.undoers[0].click()
    wait_until(lambda: contacts_of(application) == before)
    dialog.reject()

    assert "other@northwind.example" in first[0]
    assert second == first
    assert contacts_of(application, "Newcomer GmbH") == []


def test_an_address_that_mail_came_back_from_is_struck_out_and_the_next_one_is_offered(window, application):
    desk = application.desk
    [row] = ask(application, lambda: desk.requests.list(RequestFilter()).rows)
    [request] = ask(application, lambda: desk.requests.page((row,)))
    ask(application, lambda: desk.requests.record(request.id, Entry(kind=EventKind.BOUNCED, on=TODAY)))
    page = window.go(pages.COMPANIES)
    page.show_company(request.company)
    wait_until(lambda: FIRST in "".join(struck_out(page)))
    window.navigator.show_request(request.id)
    header = window.page.detail_pane.header
    wait_until(lambda: SECOND in header.main.text())
    with when_asked(LetterDialog, lambda dialog: dialog.reject()):
        header.main.click()
        wait_until(lambda: SECOND in window.toast_words)

    assert ask(application, lambda: desk.requests.detail(request.id)).request.to_address == SECOND


def struck_out(page):
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible() and one.font().strikeOut()]


def test_a_pasted_privacy_policy_adds_an_address(window, application):
    page = window.go(pages.COMPANIES)
    [own] = ask(application, application.desk.companies.own)
    page.show_company(own.id)
    wait_until(lambda: page.detail.company is not None)

    def add(dialog):
        dialog.text.setPlainText("To opt out of the sale of your data write to optout@northwind.example.")
        dialog.look()
        wait_until(lambda: dialog.ticks)
        dialog.main.click()

    with when_asked(PolicyDialog, add):
        page.detail.policy.click()
    wait_until(lambda: "optout@northwind.example" in contacts_of(application)[0])

    assert FIRST in contacts_of(application)[0]
