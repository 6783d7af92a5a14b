# SPDX-License-Identifier: Apache-2.0
"""Keeping which addresses mail came back from."""

from __future__ import annotations

from datetime import timedelta

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.proposals import DeadContact
from tests.builders import DAY


def dead(value="a@n.example", **changes) -> DeadContact:
    plain = {"company": "n", "channel": Channel.EMAIL, "value": value, "since_on": DAY, "request": "r"}
    return DeadContact(**plain | changes)


def test_they_come_back_the_latest_first_and_only_for_their_company(stores):
    later = dead("b@n.example", since_on=DAY + timedelta(days=1))
    for one in (dead(), later, dead(company="other")):
        stores.dead_contacts.put(one)

    assert stores.dead_contacts.of("n") == (later, dead())


def test_a_later_bounce_replaces_an_earlier_one(stores):
    later = dead(since_on=DAY + timedelta(days=1), request="s")
    stores.dead_contacts.put(dead())
    stores.dead_contacts.put(later)

    assert stores.dead_contacts.of("n") == (later,)


def test_one_that_lives_again_is_gone(stores):
    stores.dead_contacts.put(dead())
    stores.dead_contacts.remove("n", Channel.EMAIL, "a@n.example")

    assert stores.dead_contacts.of("n") == ()
