# SPDX-License-Identifier: Apache-2.0
"""What a pasted privacy policy says about reaching a company."""

from __future__ import annotations

import pytest

from optout_desktop.adapters.policy_text import MOST_FOUND, find_contacts
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError
from optout_desktop.domain.policy_text import Purpose

POLICY = """Acme Privacy Policy. See https://acme.example/terms for our terms.

You may opt out of the sale of your
personal information at https://acme.example/do-not-sell. To exercise your rights write to
privacy (at) acme (dot) example or call +1 202 555 0123. Press: press@acme.example.
Newsletter: unsubscribe at www.acme.example/newsletter)."""


def test_the_addresses_come_with_their_purpose_the_likeliest_first():
    found = find_contacts(POLICY, "US")

    assert [(one.channel, one.value, one.purpose) for one in found] == [
        (Channel.FORM, "https://acme.example/do-not-sell", Purpose.OPT_OUT),
        (Channel.EMAIL, "privacy@acme.example", Purpose.RIGHTS),
        (Channel.CALL, "+12025550123", Purpose.RIGHTS),
        (Channel.FORM, "https://www.acme.example/newsletter", Purpose.UNSUBSCRIBE),
        (Channel.EMAIL, "press@acme.example", Purpose.GENERAL),
    ]


def test_each_stands_with_its_sentence():
    first = find_contacts(POLICY)[0]

    assert first.sentence == (
        "You may opt out of the sale of your personal information at https://acme.example/do-not-sell."
    )


@pytest.mark.parametrize("text", ["datenschutz[at]acme.example", "datenschutz {at} acme [punkt] example"])
def test_an_address_that_was_spelt_out_is_found(text):
    assert [one.value for one in find_contacts(text)] == ["datenschutz@acme.example"]


def test_a_number_without_its_country_code_is_read_by_the_companys_country():
    assert [one.value for one in find_contacts("Rufen Sie 030 901820 an.", "DE")] == ["+4930901820"]
    assert find_contacts("Rufen Sie 030 901820 an.") == ()


def test_a_domain_that_only_looks_like_another_shows_what_it_is():
    values = {
        one.value for one in find_contacts("Opt out: https://аcme.example/opt-out or opt-out@аcme.example")
    }

    assert values == {"https://xn--cme-5cd.example/opt-out", "opt-out@xn--cme-5cd.example"}


@pytest.mark.parametrize(
    "text", ["", "No address at all @ all.", "https://", "a@b", "@" * 500, "javascript:alert(1)"]
)
def test_a_text_without_an_address_gives_none(text):
    assert find_contacts(text) == ()


@pytest.mark.parametrize(
    "piece", ["@", "a", "a@", "[at]", "https://a.b/", "+49 ", "1 ", "((", ". ", "x@y.example ", "\n"]
)
def test_a_text_of_a_megabyte_gives_no_more_than_so_many_whatever_it_is_made_of(piece):
    text = piece * (1024 * 1024 // len(piece))

    assert len(find_contacts(text, "DE")) <= MOST_FOUND


def test_a_longer_text_is_refused():
    with pytest.raises(InputError, match="longer than 1 MB"):
        find_contacts("x" * (1024 * 1024 + 1))
