# SPDX-License-Identifier: Apache-2.0
"""The company directory: where each contact is from, and the person's own words over it."""

import pytest
from PySide6.QtWidgets import QLabel

from optout_desktop.domain.companies import Channel, Origin
from optout_desktop.gui import company_words
from optout_desktop.gui.companies.page import CompaniesPage
from optout_desktop.gui.company_dialog import CompanyDialog
from optout_desktop.gui.company_form import CompanyForm
from optout_desktop.gui.labels import Look
from optout_desktop.gui.paged_table import FACE_ROLE
from optout_desktop.services.companies import CompanyInput
from tests.gui.desks import open_office


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    yield open_one
    open_one.close()


@pytest.fixture
def page(office, show):
    return show(CompaniesPage(office.surroundings), 1100, 760)


def look_for(page, typed):
    page.search.setText(typed)
    page.refresh()
    return page.rows.companies()


def small_words(page):
    found = page.detail.findChildren(QLabel)
    return [each.text() for each in found if each.property("look") == str(Look.SMALL)]


def test_an_empty_search_shows_ones_own_companies(page):
    assert [one.name for one in look_for(page, "")] == ["Northwind Data LLC"]


def test_each_contact_says_where_it_is_from_and_when_it_was_checked(page):
    company = next(one for one in look_for(page, "acxiom") if one.origin is Origin.SHIPPED)
    page.show_company(company.id)

    assert company.contacts
    assert small_words(page) == [company_words.contact_source(one) for one in company.contacts]
    assert all("checked " in each or "not dated" in each for each in small_words(page))


def test_a_correction_is_laid_over_the_entry_and_can_be_taken_off(page, office):
    company = look_for(page, "acxiom")[0]
    office.desk.companies.correct(company.id, CompanyInput(name="Acxiom, corrected", email="me@acxiom.com"))
    page.show_company(company.id)
    corrected = page.detail.company
    page.detail.forget.click()

    assert (corrected.name, corrected.origin) == ("Acxiom, corrected", Origin.CORRECTED)
    assert page.detail.company == company


def test_a_field_that_cannot_be_is_said_in_the_dialog(office, show):
    dialog = show(CompanyDialog(office.surroundings))
    dialog.form.name.setText("Fabrikam")
    dialog.form.email.setText("privacy@fabrikam")
    dialog.save.click()

    assert dialog.form.rows["email"].error
    assert dialog.form.email.text() == "privacy@fabrikam"
    assert len(office.desk.companies.own()) == 1


def test_nothing_found_says_what_was_meant_and_what_to_do(page):
    look_for(page, "acxion")
    empty = page.panes.listed.currentWidget()

    assert "acxion" in empty.title.text()
    assert empty.line.text().startswith("Did you mean ")
    assert len(empty.buttons) == 3


def test_a_new_request_begins_from_a_company(page, office, qtbot):
    company = look_for(page, "northwind")[0]
    page.show_company(company.id)
    with qtbot.waitSignal(office.surroundings.navigator.new_request_wanted) as told:
        page.detail.start.click()

    assert told.args == [None, company, None]


def test_a_report_of_a_correction_is_a_text_to_copy(page, office):
    company = next(one for one in look_for(page, "acxiom") if one.contacts)
    page.show_company(company.id)
    page.detail.report.click()

    assert company.name in office.programs.copied[0]
    assert company.contacts[0].value in office.programs.copied[0]


def test_in_a_narrow_window_the_detail_takes_the_place_of_the_list(page):
    page.resize(600, 500)
    company = look_for(page, "northwind")[0]
    page.show_company(company.id)
    in_detail = page.rows.isVisible(), page.detail.isVisible()
    page.panes.back.click()

    assert in_detail == (False, True)
    assert page.rows.isVisible()


def test_a_correction_drops_no_second_address_and_can_remove_or_add_one(office, tasks):
    desk = office.desk
    many = desk.companies.add(
        CompanyInput(
            name="Many Ltd",
            email="one@many.example",
            further=(
                (Channel.EMAIL, "two@many.example"),
                (Channel.POST, "1 High Street\nLeeds"),
                (Channel.POST, "2 Low Street\nYork"),
            ),
        )
    )
    dialog = CompanyDialog(office.surroundings, many)
    dialog.form.name.setText("Many Limited")
    dialog.save.click()
    kept = desk.companies.get(many.id)
    dialog = CompanyDialog(office.surroundings, kept)
    dialog.form.further.removers[0].click()
    dialog.form.further.value.setText("three@many.example")
    dialog.save.click()
    values = [one.value for one in desk.companies.get(many.id).contacts]

    assert (kept.name, kept.contacts) == ("Many Limited", many.contacts)
    assert values == [
        "one@many.example",
        "three@many.example",
        "1 High Street\nLeeds",
        "2 Low Street\nYork",
    ]


def test_a_row_shows_no_marks_of_direction_as_words(page):
    look_for(page, "acxiom")
    faces = [page.rows.item(row).data(FACE_ROLE) for row in range(page.rows.count())]

    assert faces
    assert not [each for each in faces if "⟨U+" in each.title + each.second]


def test_languages_of_a_company_are_called_without_a_country(show):
    form = show(CompanyForm())
    offered = [form.language.itemText(row) for row in range(1, form.language.count())]

    assert offered[:2] == ["English", "Deutsch"]
