# SPDX-License-Identifier: Apache-2.0
"""People: preferred addresses, printed addresses, and what a letter tells of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout_desktop.domain.people import DisclosedIdentity, IdentityItem, disclose
from tests.builders import a_person, an_address

JANE = a_person(
    emails=("jane@example.org", "shop@example.org"),
    phones=("+12025550143",),
    addresses=(an_address(),),
)


def test_the_first_address_is_the_preferred_one():
    assert (JANE.email, JANE.phone) == ("jane@example.org", "+12025550143")


def test_who_has_none_has_an_empty_one():
    nobody = a_person(emails=())

    assert (nobody.email, nobody.phone) == ("", "")


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "San Francisco, CA 94110"),
        ({"region": ""}, "San Francisco, 94110"),
        ({"postcode": ""}, "San Francisco, CA"),
        ({"city": ""}, "CA 94110"),
        ({"country": "DE", "region": "BY", "postcode": "80331", "city": "München"}, "80331 München"),
        ({"country": "DE", "postcode": "", "city": "München"}, "München"),
    ],
)
def test_an_address_is_printed_as_its_country_does(changes, line):
    assert an_address(**changes).as_lines()[1] == line


def test_empty_lines_are_left_out():
    assert an_address(lines=("", "Floor 2"), postcode="", city="", region="", country="").as_lines() == (
        "Floor 2",
    )


@given(st.frozensets(st.sampled_from(list(IdentityItem))))
def test_only_what_was_ticked_is_told(ticked):
    told = disclose(JANE, ticked, "C-1")

    assert told.items() == ticked


def test_nothing_ticked_tells_nothing():
    assert disclose(JANE, frozenset(), "C-1") == DisclosedIdentity()


def test_who_has_no_address_tells_none():
    assert disclose(a_person(), frozenset({IdentityItem.POSTAL_ADDRESS})).items() == frozenset()
