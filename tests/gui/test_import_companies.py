# SPDX-License-Identifier: Apache-2.0
"""Importing companies in the window: a preview, choices, Undo; and what a privacy policy adds."""

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QLabel

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.company_lists import Likeness, ListChoice
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from optout_desktop.gui import company_words
from optout_desktop.gui.companies.import_dialog import ImportCompaniesDialog
from optout_desktop.gui.companies.page import CompaniesPage
from optout_desktop.gui.company_dialog import CompanyDialog
from optout_desktop.gui.policy_dialog import PolicyDialog
from optout_desktop.gui.tasks import Cancelled
from optout_desktop.services.requests import Entry, NewRequest
from tests.gui.desks import TODAY, open_office

TABLE = """name;email;form
Northwind Data LLC;other@northwind.example;https://northwind.example/optout
Newcomer GmbH;dpo@newcomer.example;
Nameless;;
"""


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    yield open_one
    open_one.close()


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


@pytest.fixture
def dialog(office, show):
    return show(ImportCompaniesDialog(office.surroundings), 900, 700)


def northwind(office):
    return next(one for one in office.desk.companies.own() if one.name == "Northwind Data LLC")


def emails(company):
    return [one.value for one in company.contacts if one.channel is Channel.EMAIL]


def test_nothing_can_be_imported_before_a_list_was_chosen(dialog):
    assert not dialog.main.isEnabled()
    assert dialog.table.isHidden()


def test_a_list_that_was_chosen_is_shown_before_anything_changes(dialog, office, path, asked):
    asked.answers.append(path)
    dialog.file.click()
    lines = [dialog.table.lines.line(number).words for number in range(dialog.table.lines.rowCount())]

    assert "mine.csv" in dialog.name.text()
    assert dialog.summary.text() == "1 new · 1 differ · 0 the same · 1 not usable"
    assert [words[1] for words in lines] == ["differs", "new", "not taken"]
    assert "privacy@northwind.example" in lines[0][3]
    assert "other@northwind.example" in lines[0][3]
    assert len(office.desk.companies.own()) == 1


def test_what_differs_is_kept_unless_the_person_chooses(dialog, office, path):
    dialog.read(path)
    kept = dialog.main.text()
    dialog.one.setCurrentIndex(dialog.one.findData(ListChoice.ADD_FURTHER))
    dialog.one.activated.emit(dialog.one.currentIndex())
    dialog.main.click()

    assert "1" in kept
    assert emails(northwind(office)) == ["privacy@northwind.example", "other@northwind.example"]
    assert office.programs.said == ["Imported: 1 new companies, 1 changed."]


def test_one_choice_for_all_that_differ(dialog, office, path):
    dialog.read(path)
    dialog.differing.setCurrentIndex(dialog.differing.findData(ListChoice.TAKE_THEIRS))
    dialog.main.click()

    assert emails(northwind(office)) == ["other@northwind.example"]


def test_a_file_that_cannot_be_read_is_told_and_nothing_can_be_imported(dialog, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"\0" * 99)
    dialog.read(bad)

    assert "bad.csv is not a text" in dialog.problem.text()
    assert not dialog.main.isEnabled()


def test_cancelling_while_reading_changes_nothing_and_says_so(dialog, office, path):
    read = office.desk.importing.read

    def cancelled(*given):
        dialog.cancel()
        return read(*given)

    office.desk.importing.read = cancelled
    dialog.read(path)

    assert dialog.problem.text() == "It was cancelled. Nothing was changed."
    assert not dialog.is_busy
    assert Cancelled not in map(type, office.surroundings.tasks.bugs)


def test_an_earlier_import_can_be_undone_from_here(office, path, show):
    importing = office.desk.importing
    importing.apply(importing.preview(importing.read(path)))
    dialog = show(ImportCompaniesDialog(office.surroundings), 900, 700)
    dialog.undoers[0].click()

    assert office.programs.said == ["The import was undone: 1 companies."]
    assert [one.name for one in office.desk.companies.own()] == ["Northwind Data LLC"]
    assert dialog.undoers == []


def test_a_folder_can_be_chosen(dialog, tmp_path, asked):
    folder = tmp_path / "checkout"
    (folder / "companies").mkdir(parents=True)
    (folder / "companies" / "acme.json").write_text(
        '{"slug": "acme-x", "name": "Acme X", "email": "a@acme-x.example"}', encoding="utf-8"
    )
    asked.answers.append(folder)
    dialog.folder.click()

    assert dialog.preview.count(Likeness.NEW) == 1


# ── a privacy policy ─────────────────────────────────────────────────────────────────────────────────

POLICY = "You may opt out at https://northwind.example/do-not-sell. Press: press (at) northwind.example."


def test_a_pasted_policy_offers_what_is_in_it_and_ticks_what_is_for_requests(office, show):
    dialog = show(PolicyDialog(office.surroundings, "Northwind", "US"), 640, 640)
    dialog.text.setPlainText(POLICY)
    dialog.search.click()

    assert [tick.isChecked() for tick in dialog.ticks] == [True, False]
    assert dialog.chosen() == ((Channel.FORM, "https://northwind.example/do-not-sell"),)
    assert dialog.told.text() == "2 found. Tick those to add."


def test_a_policy_without_an_address_says_so(office, show):
    dialog = show(PolicyDialog(office.surroundings, "", ""), 640, 640)
    dialog.text.setPlainText("We value your privacy.")
    dialog.search.click()

    assert dialog.told.text().startswith("No address was found.")
    assert not dialog.main.isEnabled()


def test_a_policy_that_is_too_long_is_told(office, show):
    dialog = show(PolicyDialog(office.surroundings, "", ""), 640, 640)
    pasted = QMimeData()
    pasted.setText("x" * (1024 * 1024 + 1))
    dialog.text.insertFromMimeData(pasted)
    dialog.search.click()

    assert "longer than 1 MB" in dialog.told.text()


def test_addresses_of_a_policy_fill_the_form_of_a_company(office, show):
    dialog = show(CompanyDialog(office.surroundings))
    form = dialog.form
    form.add_contact(Channel.EMAIL, "a@n.example")
    form.add_contact(Channel.EMAIL, "b@n.example")

    assert (form.typed().email, form.typed().further) == ("a@n.example", ((Channel.EMAIL, "b@n.example"),))


# ── the company itself ───────────────────────────────────────────────────────────────────────────────


def test_region_language_and_chat_are_kept_by_the_form(office, show):
    dialog = show(CompanyDialog(office.surroundings))
    form = dialog.form
    form.name.setText("Helvetia")
    form.country.setCurrentIndex(form.country.findData("CH"))
    form.region.setCurrentIndex(form.region.findData("CH-ZH"))
    form.language.setCurrentIndex(form.language.findData("de"))
    form.chat.setText("https://wa.me/41441112233")
    dialog.save.click()
    company = next(one for one in office.desk.companies.own() if one.name == "Helvetia")

    assert (company.region, company.language) == ("CH-ZH", "de")
    assert company.contact(Channel.CHAT).value == "https://wa.me/41441112233"


def test_another_country_offers_its_own_regions(office, show):
    dialog = show(CompanyDialog(office.surroundings))
    form = dialog.form
    form.country.setCurrentIndex(form.country.findData("CH"))
    swiss = form.region.count()
    form.country.setCurrentIndex(form.country.findData("IT"))

    assert (swiss, form.region.count()) == (27, 1)


def test_a_dead_address_is_struck_through_until_it_works_again(office, show):
    desk, company = office.desk, northwind(office)
    [me] = desk.people.all()
    new = NewRequest(
        person=me.id,
        company=company.id,
        right=Right.OPTOUT_SALE,
        law=LawId("us-ca-ccpa"),
        channel=Channel.EMAIL,
    )
    draft = desk.requests.start(new)
    for kind in (EventKind.SENT, EventKind.BOUNCED):
        desk.requests.record(draft.id, Entry(kind=kind, on=TODAY))
    page = show(CompaniesPage(office.surroundings), 1100, 760)
    page.show_company(company.id)
    struck = [each.text() for each in page.detail.findChildren(QLabel) if each.font().strikeOut()]
    told = [each.text() for each in page.detail.findChildren(QLabel)]
    page.detail.revivers[0].click()

    assert len(struck) == 1
    assert "privacy@northwind.example" in struck[0]
    assert company_words.dead_since(TODAY) in told
    assert page.detail.revivers == []
    assert desk.contacts.best(company.id, Channel.EMAIL).value == "privacy@northwind.example"
