# SPDX-License-Identifier: Apache-2.0
"""Whose turn it is in the outbox."""

from __future__ import annotations

from datetime import timedelta

import pytest

from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.messages import BatchState
from tests.storage.messages import NOON, a_batch, a_message, an_account, step


def test_a_lane_is_an_account_with_a_batch_or_with_its_single_messages(stores):
    account, other = an_account(stores), an_account(stores, "o@example.org")
    batch = a_batch(stores, account, delay_seconds=7, daily_cap=9)
    a_message(stores, account, 30)
    a_message(stores, account, 20, batch=batch.id)
    a_message(stores, other, 10)
    a_message(stores, other, 40)
    lanes = [(one.account, one.batch, (one.ready_at - NOON).seconds) for one in stores.lanes.all()]

    assert lanes == [(other.id, None, 10), (account.id, batch.id, 20), (account.id, None, 30)]
    assert [(one.delay_seconds, one.daily_cap) for one in stores.lanes.all()] == [(0, 0), (7, 9), (0, 0)]


@pytest.mark.parametrize("state", [BatchState.PAUSED, BatchState.CANCELLED, BatchState.REVIEW])
def test_a_batch_that_does_not_run_has_no_lane(stores, state):
    account = an_account(stores)
    batch = a_batch(stores, account, state=state)
    a_message(stores, account, batch=batch.id)

    assert stores.lanes.all() == ()


def test_the_first_of_a_lane_is_the_one_that_waits_longest(stores):
    account = an_account(stores)
    a_message(stores, account, 20)
    first, _ = a_message(stores, account, 10), a_message(stores, account, 10)
    gone = a_message(stores, account, 5)
    stores.outbox.append(gone.id, step("started"))
    [lane] = stores.lanes.all()

    assert stores.lanes.first_of(lane) == first


def test_a_lane_that_emptied_meanwhile_has_no_first(stores):
    message = a_message(stores, an_account(stores))
    [lane] = stores.lanes.all()
    stores.outbox.append(message.id, step("cancelled"))

    with pytest.raises(NotFound):
        stores.lanes.first_of(lane)


def test_the_last_texts_that_left_are_told_of_an_account_or_of_a_batch(stores):
    account, other = an_account(stores), an_account(stores, "o@example.org")
    batch = a_batch(stores, account)
    for seconds, sender, of_batch in ((1, account, None), (2, account, batch.id), (3, other, None)):
        message = a_message(stores, sender, batch=of_batch)
        stores.outbox.append(message.id, step("handed_over", seconds))
        stores.outbox.append(message.id, step("accepted", seconds + 10))
    since = lambda **where: [(at - NOON).seconds for at in stores.lanes.handed_over_at(**where)]

    assert since(account=account.id, limit=9) == [2, 1]
    assert since(account=account.id, limit=1) == [2]
    assert since(batch=batch.id, limit=9) == [2]


def test_what_a_server_took_lately_and_nobody_filed_lacks_its_copy(stores):
    account = an_account(stores)
    lacking, filed, by_word, old = (a_message(stores, account) for _ in range(4))
    stores.outbox.append(lacking.id, step("accepted", 60, code=250))
    stores.outbox.append(filed.id, step("accepted", 60, code=250))
    stores.outbox.append(filed.id, step("not_filed", 61))
    stores.outbox.append(by_word.id, step("accepted", 60))
    stores.outbox.append(old.id, step("accepted", 0, code=250))
    found = stores.lanes.without_copy(NOON + timedelta(seconds=30))

    assert [one.id for one in found] == [lacking.id]


def test_a_letter_is_free_until_it_is_put_aside_or_recorded_as_sent(stores):
    account = an_account(stores)
    free, aside, sent = (a_message(stores, account) for _ in range(3))
    stores.letters.set_binned((aside.letter,), is_binned=True)
    stores.letters.set_event((sent.letter,), "e1")

    assert [stores.lanes.is_letter_free(one) for one in (free, aside, sent)] == [True, False, False]
