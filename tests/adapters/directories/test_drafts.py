# SPDX-License-Identifier: Apache-2.0
"""A row on its way to a company: what passes, and what is noted as left out."""

from __future__ import annotations

from datetime import date

import pytest

from optout_desktop.adapters.directories.drafts import (
    Draft,
    ascii_host,
    checked_link,
    is_nothing,
    parts_of,
    spelt_out,
)
from optout_desktop.domain.companies import Channel, Origin
from optout_desktop.domain.company_lists import LeftOutReason


def a_draft(**named) -> Draft:
    plain = {"place": "7", "title": "A list", "checked_on": date(2026, 1, 2), "problems": [], "name": "Acme"}
    return Draft(**plain | named)


def reasons(draft):
    return [one.reason for one in draft.problems]


def test_each_contact_has_the_lists_name_and_day():
    draft = a_draft()
    draft.email("privacy@acme.example")
    [contact] = draft.listed().company.contacts

    assert (contact.source, contact.checked_on) == ("A list", date(2026, 1, 2))
    assert draft.listed().company.origin is Origin.IMPORTED


@pytest.mark.parametrize("text", ["privacy [at] acme.example", "privacy(at)acme [dot] example"])
def test_an_address_that_was_spelt_out_is_read(text):
    assert spelt_out(text) == "privacy@acme.example"


def test_what_does_not_pass_costs_itself_alone():
    draft = a_draft(country="US")
    draft.email("nobody")
    draft.link("javascript:alert(1)")
    draft.phone("call us")
    draft.domain("no domain")
    draft.site("ftp://acme.example")
    draft.email("privacy@acme.example")

    assert reasons(draft) == [
        LeftOutReason.BAD_EMAIL,
        LeftOutReason.BAD_LINK,
        LeftOutReason.BAD_PHONE,
        LeftOutReason.BAD_DOMAIN,
        LeftOutReason.BAD_LINK,
    ]
    assert len(draft.listed().company.contacts) == 1


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ({"name": " "}, LeftOutReason.NO_NAME),
        ({"name": "N/A"}, LeftOutReason.NO_NAME),
        ({"name": "x" * 301}, LeftOutReason.NAME_TOO_LONG),
    ],
)
def test_a_row_without_a_name_is_left_out(named, reason):
    draft = a_draft(**named)
    draft.email("a@acme.example")

    assert draft.listed() is None
    assert reasons(draft) == [reason]


def test_a_row_without_any_contact_is_left_out():
    draft = a_draft()

    assert draft.listed() is None
    assert reasons(draft) == [LeftOutReason.NO_CONTACT]


def test_a_name_that_steers_the_line_is_cleaned():
    draft = a_draft(name="Ac\u202eme\n LLC\0")
    draft.email("a@acme.example")

    assert draft.listed().company.name == "Acme LLC"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("acme.example/optout", "https://acme.example/optout"),
        ("HTTPS://Acme.example/A?b=c", "https://acme.example/A?b=c"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("https://аcme.example/", "https://xn--cme-5cd.example/"),
        ("https://me:pass@acme.example/", ""),
        ("https://acme/", ""),
        ("https://acme.example:99999/", ""),
        ("file:///etc/passwd", ""),
        ("https://acme.example/a b", ""),
        ("https://[::1", ""),
        ("https://acme.example/" + "x" * 2_100, ""),
        ("", ""),
    ],
)
def test_a_link_is_one_to_a_host_whose_name_shows_what_it_is(text, link):
    assert checked_link(text) == link


def test_a_mailto_link_is_an_address():
    draft = a_draft()
    draft.link("mailto:privacy@acme.example?subject=Hi")

    assert draft.listed().company.contact(Channel.EMAIL).value == "privacy@acme.example"


def test_an_american_number_without_its_plus_is_read():
    draft = a_draft()
    draft.phone("14083208866")

    assert draft.listed().company.contact(Channel.CALL).value == "+14083208866"


def test_a_town_alone_is_no_postal_address():
    draft = a_draft()
    draft.post(["Salem OR 97301", "", "N/A"])

    assert draft.contacts == {}


def test_several_values_of_a_cell_are_taken_apart():
    assert parts_of("a@x.example; b@x.example") == ("a@x.example", "b@x.example")
    assert parts_of("x.example/a https://x.example/b") == ("x.example/a", "https://x.example/b")
    assert parts_of("N/A") == ()


def test_no_host_and_nothing_are_told():
    assert ascii_host("-.example") == ascii_host("acme") == ""
    assert is_nothing(" None ")
