# SPDX-License-Identifier: Apache-2.0
"""Keeping batches, their letters in order, and how far they have come."""

from __future__ import annotations

import pytest

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import CompanyId
from optout_desktop.domain.messages import BatchItem, BatchState
from optout_desktop.domain.proposals import DeadContact
from tests.builders import DAY, a_request, an_id
from tests.storage.messages import NOON, a_batch, a_message, an_account, step


def requests(stores, count):
    made = [a_request() for _ in range(count)]
    for one in made:
        stores.requests.add(one)
    return [one.id for one in made]


def test_a_batch_comes_back_as_given_with_its_letters_in_order(stores):
    batch = a_batch(stores, an_account(stores), requests(stores, 3)[::-1], delay_seconds=5, daily_cap=0)

    assert stores.batches.get(batch.id) == batch
    assert stores.batches.all() == (batch,)
    with pytest.raises(NotFound):
        stores.batches.get("0" * 32)


def test_letters_are_taken_out_and_pace_and_consent_are_kept(stores):
    ids = requests(stores, 3)
    batch = a_batch(stores, None, ids, state=BatchState.REVIEW)
    stores.batches.put_items(batch.id, [BatchItem(request=ids[2])])
    stores.batches.set_pace(batch.id, 1, 2)
    stores.batches.consent(batch.id, NOON)
    after = stores.batches.get(batch.id)

    assert [one.request for one in after.items] == [ids[2]]
    assert (after.delay_seconds, after.daily_cap) == (1, 2)
    assert (after.state, after.consented_at) == (BatchState.RUNNING, NOON)


def test_a_batch_is_done_when_none_of_its_messages_waits_or_is_under_way(stores):
    account = an_account(stores)
    batch = a_batch(stores, account)
    first, second = (a_message(stores, account, batch=batch.id) for _ in range(2))
    stores.outbox.append(first.id, step("refused"))
    stores.outbox.append(second.id, step("handed_over"))
    while_under_way = stores.batches.finish(batch.id)
    stores.outbox.append(second.id, step("uncertain"))

    assert not while_under_way
    assert stores.batches.finish(batch.id)
    assert stores.batches.get(batch.id).state is BatchState.DONE


def test_a_cancelled_batch_stays_cancelled(stores):
    batch = a_batch(stores, an_account(stores))
    stores.batches.set_state(batch.id, BatchState.CANCELLED)

    assert not stores.batches.finish(batch.id)
    assert stores.batches.get(batch.id).state is BatchState.CANCELLED


def test_of_many_addresses_the_dead_ones_are_found(stores):
    company, other = CompanyId("shipped-one"), CompanyId("shipped-two")
    stores.dead_contacts.put(
        DeadContact(
            company=company, channel=Channel.EMAIL, value="a@example.com", since_on=DAY, request=an_id()
        )
    )
    asked = [(company, "a@example.com"), (company, "b@example.com"), (other, "a@example.com")]

    assert stores.batches.dead(asked * 300) == {asked[0]}
    assert stores.batches.dead([]) == frozenset()
