# SPDX-License-Identifier: Apache-2.0
"""Which contact to write to."""

from __future__ import annotations

import pytest

from optout_desktop.domain.companies import Channel, Contact
from optout_desktop.domain.proposals import (
    DeadContact,
    best_contact,
    bounced_addresses,
    key_of,
    next_contact,
    proposals,
)
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from tests.builders import DAY, a_company, a_request, an_event


def contact(channel, value):
    return Contact(channel=channel, value=value)


FIRST = contact(Channel.EMAIL, "info@n.example")
SECOND = contact(Channel.EMAIL, "second@n.example")
FORM = contact(Channel.FORM, "https://n.example/form")
COMPANY = a_company(contacts=(FIRST, SECOND, FORM))


def dead(one):
    return DeadContact(company=COMPANY.id, channel=one.channel, value=one.value, since_on=DAY, request="r")


def test_the_first_living_contact_of_a_channel_is_proposed():
    assert best_contact(COMPANY, Channel.EMAIL) == FIRST
    assert best_contact(COMPANY, Channel.EMAIL, None, [dead(FIRST)]) == SECOND
    assert best_contact(COMPANY, Channel.EMAIL, None, [dead(FIRST), dead(SECOND)]) is None
    assert best_contact(COMPANY, Channel.POST) is None


def test_dead_contacts_come_last_with_their_day():
    found = proposals(COMPANY, [dead(FIRST)])

    assert [one.contact for one in found] == [SECOND, FORM, FIRST]
    assert [one.dead_since_on for one in found] == [None, None, DAY]


def test_a_dead_address_is_known_in_another_spelling():
    loud = contact(Channel.EMAIL, "INFO@N.example")

    assert best_contact(COMPANY, Channel.EMAIL, None, [dead(loud)]) == SECOND


def test_an_address_whose_words_fit_the_right_comes_first():
    pages = tuple(
        contact(Channel.FORM, f"https://n.example/{page}") for page in ("contact", "do-not-sell", "delete-me")
    )
    company = a_company(contacts=pages)

    assert best_contact(company, Channel.FORM, Right.OPTOUT_SALE) == pages[1]
    assert best_contact(company, Channel.FORM, Right.DELETE) == pages[2]
    assert best_contact(company, Channel.FORM, Right.ACCESS) == pages[0]


def sent_to(address, channel=Channel.EMAIL):
    return an_event(EventKind.SENT, channel=channel, to_address=address)


def test_the_next_contact_is_one_that_was_not_tried_of_the_same_channel_first():
    request = a_request(to_address=FIRST.value, events=(sent_to(FIRST.value),))
    again = a_request(to_address=FIRST.value, events=(sent_to(FIRST.value), sent_to(SECOND.value)))

    assert next_contact(request, COMPANY, []) == SECOND
    assert next_contact(request, COMPANY, [dead(SECOND)]) == FORM
    assert next_contact(again, COMPANY, []) == FORM
    assert next_contact(again, COMPANY, [dead(FORM)]) is None


def test_the_address_that_bounced_is_the_one_it_was_sent_to_last():
    request = a_request(
        to_address=FIRST.value,
        events=(sent_to(FIRST.value), sent_to(SECOND.value), an_event(EventKind.BOUNCED)),
    )
    named = a_request(events=(sent_to(FIRST.value), an_event(EventKind.BOUNCED, to_address="x@n.example")))

    assert bounced_addresses(request) == {(Channel.EMAIL, SECOND.value): DAY}
    assert bounced_addresses(named) == {(Channel.EMAIL, "x@n.example"): DAY}


@pytest.mark.parametrize(
    ("channel", "one", "other"),
    [
        (Channel.EMAIL, "A@b.example", " a@B.example "),
        (Channel.FORM, "https://www.a.example/x/", "http://A.example/x#top"),
        (Channel.CALL, "+49 30 1234", "+49301234"),
        (Channel.POST, "1 Main St.\nTown", "1 main st Town"),
    ],
)
def test_two_spellings_of_one_address_are_the_same(channel, one, other):
    assert key_of(channel, one) == key_of(channel, other)


def test_another_page_is_another_address():
    assert key_of(Channel.FORM, "https://a.example/X") != key_of(Channel.FORM, "https://a.example/x")
