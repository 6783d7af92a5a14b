# SPDX-License-Identifier: Apache-2.0
"""Keeping the outbox: messages with every step, and where they stand."""

from __future__ import annotations

import pytest

from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import DELIVERY_AFTER, Delivery, DeliveryStep
from tests.storage.messages import NOON, a_message, an_account, step


def test_a_message_comes_back_as_given_with_its_steps(stores):
    message = a_message(stores, an_account(stores), events=(step("queued"), step("started", 3)))

    assert stores.outbox.get(message.id) == message
    assert stores.outbox.of(message.request) == stores.outbox.latest(5) == (message,)
    with pytest.raises(NotFound):
        stores.outbox.get("0" * 32)


def test_a_step_is_added_with_the_servers_words(stores):
    message = a_message(stores, an_account(stores))
    said = step("deferred", 5, code=451, reply="später = später")
    stores.outbox.append(message.id, said)

    assert stores.outbox.get(message.id).events == (*message.events, said)


@pytest.mark.parametrize("name", list(DeliveryStep))
def test_where_a_message_stands_is_written_with_the_step(stores, name):
    message = a_message(stores, an_account(stores))
    stores.outbox.append(message.id, step(name))
    expected = DELIVERY_AFTER[name]

    assert [one.id for one in stores.outbox.standing(expected)] == [message.id]
    assert stores.outbox.get(message.id).delivery is expected


def test_what_may_still_reach_the_company_is_unsettled(stores):
    account = an_account(stores)
    found = {name: a_message(stores, account) for name in ("started", "uncertain", "accepted", "refused")}
    waiting = a_message(stores, account)
    for name, message in found.items():
        stores.outbox.append(message.id, step(name))
    pairs = [(one.request, one.kind) for one in (waiting, *found.values())]
    others = [(request, LetterKind.REMINDER) for request, _ in pairs]

    assert stores.outbox.unsettled(pairs) == {pairs[0], pairs[1], pairs[2]}
    assert stores.outbox.unsettled(others) == frozenset()


def test_an_account_has_waiting_messages_until_the_last_is_through(stores):
    account, other = an_account(stores), an_account(stores, "other@example.org")
    message = a_message(stores, account)
    before = stores.outbox.has_waiting(account.id), stores.outbox.has_waiting(other.id)
    stores.outbox.append(message.id, step("started"))
    during = stores.outbox.has_waiting(account.id)
    stores.outbox.append(message.id, step("uncertain"))

    assert (before, during) == ((True, False), True)
    assert not stores.outbox.has_waiting(account.id)


def test_a_message_may_wait_longer_and_carry_other_bytes(stores):
    message = a_message(stores, an_account(stores))
    stores.outbox.put_off(message.id, NOON.replace(hour=15))
    stores.outbox.set_letter(message.id, "f" * 32)
    after = stores.outbox.get(message.id)

    assert (after.not_before_at, after.letter) == (NOON.replace(hour=15), "f" * 32)
    assert after.delivery is Delivery.WAITING


def test_a_message_is_found_by_the_beginning_of_its_id(stores):
    account = an_account(stores)
    message = a_message(stores, account, id="abc" + "0" * 29)
    a_message(stores, account, id="abd" + "0" * 29)

    assert stores.outbox.find("abc") == (message.id,)
    assert len(stores.outbox.find("ab")) == 2
    assert stores.outbox.find("%") == ()
