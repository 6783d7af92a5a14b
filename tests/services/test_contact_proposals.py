# SPDX-License-Identifier: Apache-2.0
"""The contact to propose, and what a message that came back means for the next one."""

from __future__ import annotations

import pytest

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.letters import LetterKind
from optout_desktop.services.companies import CompanyInput
from tests.services import desks

FIRST, SECOND = "privacy@northwind.example", "dpo@northwind.example"


@pytest.fixture
def northwind(desk):
    return desk.companies.add(
        CompanyInput(
            name="Northwind Data LLC",
            email=FIRST,
            form="https://northwind.example/stop",
            country="US",
            further=((Channel.EMAIL, SECOND),),
        )
    )


@pytest.fixture
def bounced(desk, sent_request, clock):
    """The request, whose message came back."""
    return desk.requests.record(sent_request.id, desks.entry("bounced", clock.today()))


def best(desk, company):
    contact = desk.contacts.best(company.id, Channel.EMAIL)
    return contact.value if contact else None


def test_an_address_that_bounced_is_dead_and_the_next_one_is_proposed(desk, northwind, bounced, clock):
    last = desk.contacts.of(northwind.id, Channel.EMAIL)[-1]

    assert (last.contact.value, last.dead_since_on) == (FIRST, clock.today())
    assert best(desk, northwind) == SECOND
    assert desk.contacts.next_contact(bounced.id).value == SECOND


def test_a_new_request_takes_the_living_address(desk, jane, northwind, bounced):
    draft = desk.requests.start(desks.new_request(jane, northwind))

    assert desk.requests.detail(draft.id).request.to_address == SECOND


def test_undoing_and_redoing_the_entry_lets_the_address_live_and_die(desk, northwind, bounced):
    desk.undoing.undo()
    lives = best(desk, northwind)
    desk.undoing.redo()

    assert (lives, best(desk, northwind)) == (FIRST, SECOND)


def test_taking_the_entry_back_lets_the_address_live(desk, northwind, bounced):
    entry = desk.requests.detail(bounced.id).request.history[-1]
    desk.requests.take_back(bounced.id, entry.id)

    assert best(desk, northwind) == FIRST


def test_an_address_that_works_again_stays_alive_while_the_request_goes_on(desk, northwind, bounced, clock):
    contact = northwind.contact(Channel.EMAIL)
    desk.contacts.revive(northwind.id, contact)
    desk.requests.record(bounced.id, desks.entry("acknowledged", clock.today()))
    revived = best(desk, northwind)
    desk.undoing.undo()
    desk.undoing.undo()

    assert (revived, best(desk, northwind)) == (FIRST, SECOND)


def test_saying_that_a_living_address_works_changes_nothing(desk, northwind):
    before = desks.digest_of(desk.vault)
    desk.contacts.revive(northwind.id, northwind.contact(Channel.EMAIL))

    assert desks.digest_of(desk.vault) == before


def test_where_every_address_of_a_channel_is_dead_none_is_proposed(desk, jane, northwind, bounced, clock):
    again = desk.requests.start(desks.new_request(jane, northwind))
    desk.requests.record(again.id, desks.entry("sent", clock.today()))
    desk.requests.record(again.id, desks.entry("bounced", clock.today()))

    assert best(desk, northwind) is None
    assert desk.contacts.next_contact(again.id).channel is Channel.FORM


def test_a_request_that_came_back_turns_to_the_next_living_address_and_can_be_turned_back(desk, bounced):
    offered = desk.contacts.after_bounce(bounced.id)
    turned = desk.contacts.turn_to_next(bounced.id)
    now = desk.requests.detail(bounced.id).request
    letter = desk.letters.view(bounced.id, LetterKind.REQUEST)
    desk.undoing.undo()

    assert offered == turned
    assert (now.to_address, letter.recipient) == (SECOND, SECOND)
    assert desk.requests.detail(bounced.id).request.to_address == FIRST


def test_a_request_that_did_not_come_back_goes_nowhere_else(desk, northwind, sent_request):
    assert desk.contacts.after_bounce(sent_request.id) is None
    assert desk.contacts.turn_to_next(sent_request.id) is None
