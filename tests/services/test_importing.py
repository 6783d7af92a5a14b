# SPDX-License-Identifier: Apache-2.0
"""Importing companies: what a list would do, what it does, and taking it back."""

from __future__ import annotations

from datetime import date

import pytest

from optout_desktop.domain.companies import Channel, Origin
from optout_desktop.domain.company_lists import LeftOutReason, Likeness, ListChoice, ListSource
from optout_desktop.domain.errors import ImportRefused, NotAllowed, NotFound
from optout_desktop.services.companies import CompanyInput
from tests.services import desks

TABLE = """name;domains;email;form
Northwind Data;northwind.example;privacy@northwind.example;https://northwind.example/other
Newcomer GmbH;newcomer.example;dpo@newcomer.example;
Nameless;;;
Newcomer gmbh;newcomer.example;two@newcomer.example;
"""


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


@pytest.fixture
def northwind(desk):
    return desk.companies.add(
        CompanyInput(
            name="Northwind Data LLC",
            email="privacy@northwind.example",
            form="https://northwind.example/stop",
            domains=("www.northwind.example",),
            country="US",
        )
    )


@pytest.fixture
def preview(desk, northwind, path):
    return desk.importing.preview(desk.importing.read(path))


def forms(company):
    return [one.value for one in company.contacts if one.channel is Channel.FORM]


def test_a_preview_says_what_is_new_what_differs_and_what_is_not_usable(desk, preview, northwind):
    [known, new] = preview.rows

    assert (known.likeness, known.known) == (Likeness.DIFFERS, northwind)
    assert known.differences[0].mine == ("https://northwind.example/stop",)
    assert known.differences[0].theirs == ("https://northwind.example/other",)
    assert (new.likeness, new.known) == (Likeness.NEW, None)
    assert [(one.place, one.reason) for one in preview.left_out] == [
        ("4", LeftOutReason.NO_CONTACT),
        ("5", LeftOutReason.TWICE),
    ]


def test_a_preview_changes_nothing(desk, northwind, path):
    before = desks.digest_of(desk.vault)
    desk.importing.preview(desk.importing.read(path))

    assert desks.digest_of(desk.vault) == before


def test_what_differs_stays_as_it_is_unless_somebody_says_otherwise(desk, preview, northwind):
    outcome = desk.importing.apply(preview)
    [added] = outcome.added

    assert desk.companies.get(northwind.id) == northwind
    assert (outcome.changed, outcome.kept) == ((), 1)
    assert desk.companies.get(added).origin is Origin.IMPORTED


def test_theirs_can_be_taken_or_added(desk, preview, northwind):
    desk.importing.apply(preview, ListChoice.ADD_FURTHER)
    added = forms(desk.companies.get(northwind.id))
    desk.undoing.undo()
    desk.importing.apply(preview, choices={"2": ListChoice.TAKE_THEIRS})
    taken = desk.companies.get(northwind.id)

    assert added == ["https://northwind.example/stop", "https://northwind.example/other"]
    assert forms(taken) == ["https://northwind.example/other"]
    assert taken.contact(Channel.EMAIL) == northwind.contact(Channel.EMAIL)


def test_each_imported_contact_says_which_list_and_which_day(desk, preview, path):
    [added] = desk.importing.apply(preview).added
    [contact] = desk.companies.get(added).contacts

    assert contact.source == "mine.csv"
    assert contact.checked_on == preview.list.dated_on is not None


def test_the_same_file_twice_changes_nothing(desk, preview, path):
    desk.importing.apply(preview, ListChoice.ADD_FURTHER)
    before = desks.digest_of(desk.vault)
    again = desk.importing.preview(desk.importing.read(path))
    outcome = desk.importing.apply(again, ListChoice.TAKE_THEIRS)

    assert [row.likeness for row in again.rows] == [Likeness.SAME, Likeness.SAME]
    assert outcome.id is None
    assert desks.digest_of(desk.vault) == before


def test_what_a_newer_list_says_too_is_noted_as_checked_then_and_undone(desk, tmp_path):
    def checked_on(day):
        file = tmp_path / "mine.csv"
        file.write_text(
            f"name;email;checked on\nNewcomer GmbH;dpo@newcomer.example;{day}\n", encoding="utf-8"
        )
        outcome = desk.importing.apply(desk.importing.preview(desk.importing.read(file)))
        [company] = (one for one in desk.companies.own() if one.name == "Newcomer GmbH")
        return outcome.seen_again, company.contacts[0].checked_on

    first = checked_on("2026-01-05")
    earlier = checked_on("2025-12-01")
    later = checked_on("2026-02-07")
    desk.undoing.undo()
    [company] = (one for one in desk.companies.own() if one.name == "Newcomer GmbH")

    assert (first, earlier) == ((0, date(2026, 1, 5)), (0, date(2026, 1, 5)))
    assert later == (1, date(2026, 2, 7))
    assert company.contacts[0].checked_on == date(2026, 1, 5)


def test_an_import_that_is_ended_half_way_leaves_nothing(desk, preview):
    before = desk.companies.own()

    def told(done, total):
        if total and done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.importing.apply(preview, told=told)

    assert desk.companies.own() == before
    assert desk.importing.kept() == ()


def test_an_imported_company_is_found_at_once_and_not_after_undo(desk, preview):
    desk.companies.search("newcomer")
    desk.importing.apply(preview)
    found = [one.name for one in desk.companies.search("newcomer").companies]
    desk.undoing.undo()

    assert found == ["Newcomer GmbH"]
    assert [one for one in desk.companies.search("newcomer").companies if one.name == "Newcomer GmbH"] == []


def test_an_import_is_undone_and_redone_whole(desk, preview):
    before = desk.companies.own()
    desk.importing.apply(preview, ListChoice.ADD_FURTHER)
    after = desk.companies.own()
    desk.undoing.undo()
    undone, noted = desk.companies.own(), desk.importing.kept()[0].undone_at
    desk.undoing.redo()

    assert (undone, desk.companies.own()) == (before, after)
    assert noted is not None
    assert desk.importing.kept()[0].undone_at is None


def test_undoing_later_leaves_what_was_changed_since_and_says_so(desk, preview, northwind):
    [added] = desk.importing.apply(preview, ListChoice.ADD_FURTHER).added
    desk.companies.correct(added, CompanyInput(name="Newcomer, corrected", email="me@newcomer.example"))
    back = desk.importing.take_back(desk.importing.kept()[0].id)

    assert (back.taken_back, back.staying) == (1, ("Newcomer, corrected",))
    assert desk.companies.get(northwind.id) == northwind
    assert desk.companies.get(added).origin is Origin.IMPORTED


def test_undoing_later_leaves_a_new_company_that_a_request_goes_to(desk, jane, preview):
    [added] = desk.importing.apply(preview).added
    desk.requests.start(desks.new_request(jane, desk.companies.get(added)))

    with pytest.raises(NotAllowed, match="a request goes to it"):
        desk.importing.take_back(desk.importing.kept()[0].id)

    assert desk.companies.get(added)


def test_undoing_later_can_itself_be_undone_and_is_done_once(desk, preview):
    desk.importing.apply(preview)
    [kept] = desk.importing.kept()
    after = desk.companies.own()
    desk.importing.take_back(kept.id)
    with pytest.raises(NotAllowed, match="undone already"):
        desk.importing.take_back(kept.id)
    desk.undoing.undo()

    assert desk.companies.own() == after
    with pytest.raises(NotFound):
        desk.importing.take_back("none")


def a_list(desk, tmp_path, text):
    file = tmp_path / "other.csv"
    file.write_text(text, encoding="utf-8")
    return desk.importing.preview(desk.importing.read(file))


def test_a_company_of_the_directory_is_known_by_its_domain_family(desk, tmp_path, library):
    shipped = next(
        one
        for one in library.directory
        if one.domains and one.contacts and len(library.directory.by_domain(one.domains[0])) == 1
    )
    text = f"name;website;email\nAnother Name;https://privacy.{shipped.domains[0]};new@{shipped.domains[0]}\n"
    preview = a_list(desk, tmp_path, text)
    desk.importing.apply(preview, ListChoice.ADD_FURTHER)
    overlaid = desk.companies.get(shipped.id)

    assert preview.rows[0].known == shipped
    assert overlaid.origin is Origin.CORRECTED
    assert overlaid.contacts[: len(shipped.contacts)] == shipped.contacts
    assert desk.companies.forget_correction(shipped.id) == shipped


def test_a_name_alone_is_known_without_its_legal_form(desk, tmp_path, northwind):
    preview = a_list(desk, tmp_path, "name;email\nNORTHWIND DATA, Inc.;x@elsewhere-mail.example\n")

    assert preview.rows[0].known == northwind


def test_a_namesake_with_a_domain_of_its_own_is_another_company(desk, tmp_path, northwind):
    preview = a_list(desk, tmp_path, "name;domain;email\nNorthwind Data LLC;other.example;x@other.example\n")

    assert preview.rows[0].likeness is Likeness.NEW


def test_only_a_number_written_otherwise_is_no_difference(desk, tmp_path):
    desk.companies.add(
        CompanyInput(name="Fabrikam", phone="+49 30 123456", postal_address="Allee 1\n10115 Berlin\nDE")
    )
    preview = a_list(desk, tmp_path, 'name;phone;post\nFabrikam;+4930123456;"Allee 1\n10115 Berlin"\n')

    assert preview.rows[0].likeness is Likeness.SAME


def test_a_refused_file_changes_nothing(desk, tmp_path):
    file = tmp_path / "no.csv"
    file.write_bytes(b"\0" * 100)
    before = desks.digest_of(desk.vault)

    with pytest.raises(ImportRefused):
        desk.importing.read(file, ListSource.CSV)

    assert desks.digest_of(desk.vault) == before


def test_a_preview_can_be_ended(desk, path):
    class Enough(Exception):
        pass

    def told(_done, _total):
        raise Enough

    with pytest.raises(Enough):
        desk.importing.preview(desk.importing.read(path), told)


def test_a_policy_is_read_for_addresses(desk):
    [found] = desk.importing.in_policy("Opt out: privacy [at] acme.example")

    assert found.value == "privacy@acme.example"
