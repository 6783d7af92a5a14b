# SPDX-License-Identifier: Apache-2.0
"""Dispatch: whose turn it is, and that each step of a message is one transaction."""

from __future__ import annotations

from datetime import timedelta

import pytest

from optout_desktop.domain.errors import DiskFull
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import DeliveryStep, SendResult
from tests.services import desks, mailrooms
from tests.services.mailrooms import steps

ACCEPTED = SendResult(step=DeliveryStep.ACCEPTED, code=250, reply="ok")


@pytest.fixture
def clock():
    return mailrooms.WalkingClock()


@pytest.fixture
def account(desk, jane):
    return mailrooms.add_account(desk, jane)


@pytest.fixture
def dispatch(desk):
    return desk.mailroom.courier._dispatch


@pytest.fixture
def queued(desk, draft, account):
    return desk.mailroom.outbox.queue(draft.id, LetterKind.REQUEST, account.id, wait_seconds=0)


def test_a_turn_comes_with_everything_that_a_line_needs_and_a_row_in_the_log(desk, dispatch, queued, clock):
    job = dispatch.claim(clock.now(), {}, None)
    [row] = desk.mailroom.network_log.latest()

    assert (job.message.id, job.server.host, job.password.reveal()) == (
        queued.id,
        "smtp.example.org",
        mailrooms.PASSWORD,
    )
    assert job.content == desk.sending.sent_bytes(queued.letter)
    assert row.result == "started"
    assert dispatch.claim(clock.now(), {}, None) is None


def test_over_an_open_line_no_new_row_is_written(desk, dispatch, queued, account, clock):
    job = dispatch.claim(clock.now(), {}, account.id)

    assert job.log == 0
    assert desk.mailroom.network_log.count() == 0


def test_an_account_that_must_rest_says_until_when(dispatch, queued, account, clock):
    until = clock.now() + timedelta(minutes=1)

    assert dispatch.claim(clock.now(), {account.id: until}, None) == until


def test_what_became_of_a_message_is_written_wholly_or_not_at_all(
    desk, dispatch, draft, queued, clock, monkeypatch
):
    job = dispatch.claim(clock.now(), {}, None)
    dispatch.hand_over(job.message)
    before = desks.digest_of(desk.vault)

    def full(*_, **__):
        raise DiskFull

    from optout_desktop.storage.letters import LetterStore

    with monkeypatch.context() as patched:
        patched.setattr(LetterStore, "bin_made", full)
        with pytest.raises(DiskFull):
            dispatch.settle(job, ACCEPTED, ())
    after = desks.digest_of(desk.vault)
    dispatch.settle(job, ACCEPTED, ())

    assert after == before
    assert steps(desk, queued)[-1] == "accepted"
    assert desk.requests.detail(draft.id).request.status == "sent"


def test_a_result_and_the_next_turn_are_written_together(desk, jane, account, dispatch, queued, clock):
    [other] = mailrooms.add_companies(desk, 1)
    request = desk.requests.start(desks.new_request(jane, other))
    second = desk.mailroom.outbox.queue(request.id, LetterKind.REQUEST, account.id, wait_seconds=0)
    job = dispatch.claim(clock.now(), {}, None)
    dispatch.hand_over(job.message)
    step, following = dispatch.settle_and_claim(job, ACCEPTED, (), {})

    assert step is DeliveryStep.ACCEPTED
    assert (following.message.id, following.server, following.log) == (second.id, job.server, 0)
    assert following.content == desk.sending.sent_bytes(second.letter)
    assert steps(desk, second) == ["queued", "started"]


def test_what_must_be_looked_at_first_is_not_begun_with_a_result(
    desk, jane, account, dispatch, queued, clock
):
    [other] = mailrooms.add_companies(desk, 1)
    request = desk.requests.start(desks.new_request(jane, other))
    job = dispatch.claim(clock.now(), {}, None)
    second = desk.mailroom.outbox.queue(request.id, LetterKind.REQUEST, account.id, wait_seconds=0)
    clock.walk(days=1)
    _, following = dispatch.settle_and_claim(job, ACCEPTED, (), {})

    assert following is None
    assert steps(desk, second) == ["queued"]
