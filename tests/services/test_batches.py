# SPDX-License-Identifier: Apache-2.0
"""Batches: one consent that names every recipient, a result for each letter, and an end of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from optout_desktop.domain.errors import HandOverError, InputError, NotAllowed
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import LetterKind, Way
from optout_desktop.domain.messages import BatchState, BatchWay, Delivery, DeliveryStep
from optout_desktop.domain.rights import Right
from optout_desktop.services.batches import BatchWish
from tests.services import desks, mailrooms
from tests.services.mailrooms import Stop, deliver, says

COUNT = 4


@pytest.fixture
def clock():
    return mailrooms.WalkingClock()


@pytest.fixture
def account(desk, jane):
    return mailrooms.add_account(desk, jane)


@pytest.fixture
def batches(desk):
    return desk.mailroom.batches


@pytest.fixture
def wish(desk, jane):
    companies = mailrooms.add_companies(desk, COUNT)
    return BatchWish(
        person=jane.id,
        right=Right.OPTOUT_SALE,
        law=LawId("us-ca-ccpa"),
        companies=tuple(one.id for one in companies),
    )


@pytest.fixture
def batch(batches, wish, account):
    return batches.prepare(wish, account=account.id)


def consented(batches, batch, **more):
    return batches.consent(batch.id, batches.review(batch.id).digest, **more)


def test_a_draft_to_every_company_is_made_at_once(desk, batches, batch):
    details = [desk.requests.detail(one.request) for one in batch.items]

    assert [one.request.to_address for one in details] == [f"privacy@c{n}.example" for n in range(COUNT)]
    assert {one.request.status for one in details} == {"draft"}
    assert len({one.request.reference for one in details}) == COUNT
    assert desk.backups.check(mends=False).stale_rows == 0
    assert batches.list() == (batch,)


def test_what_no_law_gives_is_not_asked_of_anybody(desk, batches, jane, northwind):
    wish = BatchWish(person=jane.id, right=Right.OPTOUT_SALE, law=LawId("us-tcpa"), companies=(northwind.id,))
    with pytest.raises(InputError, match="has no right"):
        batches.prepare(wish)

    assert batches.list() == ()


def test_the_consent_sends_to_exactly_those_who_were_shown(desk, batches, batch, outside, clock):
    shown = [one.recipient for one in batches.review(batch.id).ready]
    consented(batches, batch)
    deliver(desk, clock)

    assert [recipients for _, recipients, _ in outside.servers.sent] == [(one,) for one in shown]
    assert batches.progress(batch.id).batch.state is BatchState.DONE
    assert batches.progress(batch.id).done == COUNT


def test_a_list_that_changed_after_it_was_shown_is_not_consented_to(batches, batch, outside):
    digest = batches.review(batch.id).digest
    batches.change_address(batch.id, batch.items[0].request, "other@c0.example")
    with pytest.raises(NotAllowed, match="others than those that were shown"):
        batches.consent(batch.id, digest)

    assert batches.progress(batch.id).batch.state is BatchState.REVIEW
    assert batches.review(batch.id).items[0].recipient == "other@c0.example"


def test_what_is_taken_out_or_not_ready_stays_a_draft(desk, batches, wish, account, outside, clock):
    desk.companies.correct(wish.companies[1], desks.CompanyInput(name="No mail", country="US"))
    batch = batches.prepare(wish, account=account.id)
    batches.take_out(batch.id, [batch.items[0].request])
    consented(batches, batch)
    deliver(desk, clock)
    statuses = [desk.requests.detail(one.request).request.status for one in batch.items]

    assert statuses == ["draft", "draft", "sent", "sent"]
    assert len(batches.progress(batch.id).items) == 2


def test_messages_leave_at_the_pace_that_was_set(desk, batches, batch, outside, clock):
    batches.set_pace(batch.id, 45, 0)
    consented(batches, batch)
    waited = Stop(clock)
    deliver(desk, clock, waited)

    assert [round(seconds) for seconds in waited.waited] == [10, 45, 45, 45]


def test_the_daily_cap_holds_over_everything_that_the_account_sent(
    desk, batches, batch, draft, account, outside, clock
):
    desk.mailroom.outbox.queue(draft.id, LetterKind.REQUEST, account.id, wait_seconds=0)
    deliver(desk, clock)
    batches.set_pace(batch.id, 0, 3)
    consented(batches, batch)
    report = deliver(desk, clock)
    sent_today = len(outside.servers.sent)
    clock.walk(hours=24)
    deliver(desk, clock)

    assert sent_today == 3
    assert 23.9 < (report.next_at - mailrooms.NOON).total_seconds() / 3600 < 24.1
    assert len(outside.servers.sent) == COUNT + 1


def test_a_batch_is_paused_resumed_and_cancelled_and_what_was_sent_stays_sent(
    desk, batches, batch, outside, clock
):
    batches.set_pace(batch.id, 100, 0)
    consented(batches, batch)
    deliver(desk, clock)
    batches.pause(batch.id)
    clock.walk(hours=1)
    deliver(desk, clock)
    while_paused = len(outside.servers.sent)
    batches.resume(batch.id)
    deliver(desk, clock)
    after = batches.cancel(batch.id)
    clock.walk(hours=1)
    deliver(desk, clock)

    assert (while_paused, len(outside.servers.sent)) == (1, 2)
    assert after.counts == {Delivery.ACCEPTED: 2, Delivery.CANCELLED: 2}
    assert [desk.sending.made(one.request) for one in batch.items] == [()] * COUNT
    assert desk.requests.detail(batch.items[0].request).request.status == "sent"


def test_a_login_that_fails_stops_the_batch_after_one_try(desk, batches, batch, outside, clock):
    from optout_desktop.domain.errors import LoginRefused

    tries = []

    def refuse(*_):
        tries.append(1)
        raise LoginRefused("smtp.example.org")

    batches.set_pace(batch.id, 0, 0)
    consented(batches, batch)
    outside.servers.send = refuse
    report = deliver(desk, clock)
    del outside.servers.send
    stopped = batches.progress(batch.id)
    batches.resume(batch.id)
    clock.walk(minutes=1)
    deliver(desk, clock)

    assert (len(tries), isinstance(report.error, LoginRefused)) == (1, True)
    assert (stopped.batch.state, stopped.counts) == (BatchState.PAUSED, {Delivery.WAITING: COUNT})
    assert batches.progress(batch.id).counts == {Delivery.ACCEPTED: COUNT}


def test_each_letter_has_its_own_result(desk, batches, batch, outside, clock):
    batches.set_pace(batch.id, 0, 0)
    consented(batches, batch)
    outside.servers.answers = [
        says(DeliveryStep.ACCEPTED, 250, "ok"),
        says(DeliveryStep.REFUSED, 550, "no such user"),
        says(DeliveryStep.UNCERTAIN),
    ]
    deliver(desk, clock)
    progress = batches.progress(batch.id)

    assert [(one.delivery, one.code, one.reply) for one in progress.items[:3]] == [
        (Delivery.ACCEPTED, 250, "ok"),
        (Delivery.REFUSED, 550, "no such user"),
        (Delivery.UNCERTAIN, 0, ""),
    ]
    assert progress.batch.state is BatchState.DONE


def test_a_batch_is_consented_to_once(batches, batch, outside):
    digest = batches.review(batch.id).digest
    batches.consent(batch.id, digest)

    with pytest.raises(NotAllowed, match="begun already"):
        batches.consent(batch.id, digest)
    with pytest.raises(NotAllowed, match="running"):
        batches.resume(batch.id)


def test_drafts_are_written_into_a_folder_and_none_is_sent(desk, batches, wish, outside):
    batch = batches.prepare(wish, BatchWay.EML)
    consented(batches, batch)
    progress = batches.write_drafts(batch.id, Path("out"))
    made = [desk.sending.made(one.request) for one in batch.items]
    names = {f"{one.reference}.eml" for one in progress.items}

    assert {path.name for path in outside.files.content} == names
    assert [[one.way for one in each] for each in made] == [[Way.EML]] * COUNT
    assert {desk.requests.detail(one.request).request.status for one in batch.items} == {"draft"}
    assert (progress.batch.state, progress.done) == (BatchState.DONE, COUNT)


def test_a_folder_that_is_full_loses_nothing_and_the_rest_is_written_later(desk, batches, wish, outside):
    batch = batches.prepare(wish, BatchWay.EML)
    consented(batches, batch)
    real, left = outside.files.write, [2]

    def write(path, pieces):
        if left[0] == 0:
            raise HandOverError("The disk is full.")
        left[0] -= 1
        real(path, pieces)

    outside.files.write = write
    with pytest.raises(HandOverError):
        batches.write_drafts(batch.id, Path("out"))
    halfway = batches.progress(batch.id).done
    outside.files.write = real
    after = batches.write_drafts(batch.id, Path("out"))

    assert (halfway, after.done, len(outside.files.content)) == (2, COUNT, COUNT)


def test_whoever_stops_the_writing_goes_on_where_it_stopped(batches, wish, outside):
    batch = batches.prepare(wish, BatchWay.EML)
    consented(batches, batch)
    halfway = batches.write_drafts(batch.id, Path("out"), lambda: len(outside.files.content) == 1)
    after = batches.write_drafts(batch.id, Path("out"))

    assert (halfway.batch.state, halfway.done) == (BatchState.PAUSED, 1)
    assert (after.batch.state, after.done) == (BatchState.DONE, COUNT)


def test_requests_that_are_there_already_make_a_batch_too(desk, batches, draft, sent_request, account):
    batch = batches.gather([draft.id], account=account.id)

    assert [one.request for one in batch.items] == [draft.id]
    with pytest.raises(NotAllowed, match="at least one"):
        batches.gather([])
