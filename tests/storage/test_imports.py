# SPDX-License-Identifier: Apache-2.0
"""Keeping which lists were read in, and what stood there before."""

from __future__ import annotations

from datetime import timedelta

from optout_desktop.domain.company_lists import KeptImport, ListSource
from tests.builders import a_company, an_instant

LATER = an_instant() + timedelta(hours=1)
LATEST = an_instant() + timedelta(hours=2)


def test_an_import_is_kept_with_the_number_of_its_companies(stores):
    stores.imports.add("i", ListSource.CPPA, "list.csv", LATER, [a_company("A"), a_company("B")])

    assert stores.imports.all() == (
        KeptImport(
            id="i",
            source=ListSource.CPPA,
            file_name="list.csv",
            imported_at=LATER,
            undone_at=None,
            companies=2,
        ),
    )


def test_taking_back_removes_what_is_new_and_restores_what_was_there(stores):
    before = a_company("Before", id="old")
    stores.companies.put(before, an_instant())
    stores.imports.add(
        "i", ListSource.CSV, "l", LATER, [a_company("After", id="old"), a_company("New", id="new")]
    )
    added = stores.imports.added("i")
    stores.imports.take_back("i", {"old", "new"}, LATEST)

    assert added == {"new"}
    assert stores.companies.all() == (before,)
    assert stores.imports.all()[0].undone_at == LATEST


def test_what_was_restored_still_is_as_an_earlier_import_left_it(stores):
    stores.imports.add("first", ListSource.CSV, "l", an_instant(), [a_company("A", id="a")])
    stores.imports.add("second", ListSource.CSV, "l", LATER, [a_company("B", id="a")])
    between = stores.imports.unchanged("first")
    stores.imports.take_back("second", {"a"}, LATEST)

    assert between == frozenset()
    assert stores.imports.unchanged("first") == {"a"}


def test_a_company_that_was_changed_later_is_not_as_the_import_left_it(stores):
    companies = [a_company("A", id="a"), a_company("B", id="b")]
    stores.imports.add("i", ListSource.CSV, "l", LATER, companies)
    stores.companies.put(a_company("C", id="a"), LATEST)

    assert stores.imports.of("i") == {"a", "b"}
    assert stores.imports.unchanged("i") == {"b"}


def test_what_was_taken_back_can_be_put_again(stores):
    company = a_company("A", id="a")
    stores.imports.add("i", ListSource.CSV, "l", LATER, [company])
    stores.imports.take_back("i", {"a"}, LATEST)
    stores.imports.put_again("i", [company])

    assert stores.companies.all() == (company,)
    assert stores.imports.all()[0].undone_at is None
    assert stores.imports.unchanged("i") == {"a"}


def test_companies_that_a_request_goes_to_are_found_among_many(stores):
    assert stores.imports.asked(f"c{number}" for number in range(1_000)) == frozenset()
