# SPDX-License-Identifier: Apache-2.0
"""Sites of JustDeleteMe."""

from __future__ import annotations

import pytest

from optout_desktop.adapters.directories import justdeleteme
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.company_lists import LeftOutReason
from optout_desktop.domain.errors import ImportRefused

SITE = {
    "name": "Acme",
    "url": "https://acme.example/close",
    "difficulty": "hard",
    "notes": "Ask twice.",
    "email": "support@acme.example",
    "domains": ["acme.example", "acme.test"],
}


def read(*sites):
    return justdeleteme.read(list(sites), None, lambda _done, _total: None)


def test_a_site_becomes_a_company_that_says_where_an_account_is_deleted():
    [listed], problems = read(SITE)
    company = listed.company

    assert problems == []
    assert company.contact(Channel.FORM).value == "https://acme.example/close"
    assert company.contact(Channel.EMAIL).value == "support@acme.example"
    assert company.note == "An account is deleted at https://acme.example/close (hard).\nAsk twice."
    assert listed.families == ("acme.example", "acme.test")


def test_what_is_no_site_is_left_out_with_its_number():
    _, problems = read(SITE, 3, {"name": "x"})

    assert [(one.place, one.reason) for one in problems] == [
        ("2", LeftOutReason.BAD_RECORD),
        ("3", LeftOutReason.BAD_RECORD),
    ]


def test_too_many_sites_are_refused(monkeypatch):
    monkeypatch.setattr(justdeleteme, "MOST_SITES", 1)

    with pytest.raises(ImportRefused):
        read(SITE, SITE)


def test_a_site_is_known_by_its_three_fields():
    assert justdeleteme.is_one_of_it(SITE)
    assert not justdeleteme.is_one_of_it({"slug": "acme"})
