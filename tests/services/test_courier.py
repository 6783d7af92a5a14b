# SPDX-License-Identifier: Apache-2.0
"""The courier: in time, in turn, one result for each message, and an end where somebody wants one."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from optout_desktop.domain.errors import (
    CertificateRefused,
    InputError,
    KeyringLocked,
    LoginRefused,
    ServerRefused,
    ServerUnreachable,
)
from optout_desktop.domain.letters import LetterKind, Way
from optout_desktop.domain.messages import Delivery, DeliveryStep, Purpose, RefusedRecipient, SendResult
from optout_desktop.domain.requests import ProofGrade
from tests.services import desks, mailrooms
from tests.services.mailrooms import PasswordHome, Stop, deliver, says, steps

HOST = "smtp.example.org"


@pytest.fixture
def clock():
    return mailrooms.WalkingClock()


@pytest.fixture
def account(desk, jane):
    return mailrooms.add_account(desk, jane)


@pytest.fixture
def queued(desk, draft, account):
    return desk.mailroom.outbox.queue(draft.id, LetterKind.REQUEST, account.id)


def several(desk, jane, account, count):
    drafts = [
        desk.requests.start(desks.new_request(jane, one)) for one in mailrooms.add_companies(desk, count)
    ]
    return [desk.mailroom.outbox.queue(one.id, LetterKind.REQUEST, account.id) for one in drafts]


def test_nothing_leaves_before_the_time_to_undo_is_over(desk, queued, outside, clock):
    report = deliver(desk, clock, patience_seconds=0)

    assert outside.servers.sent == []
    assert report.next_at == queued.not_before_at
    assert desk.mailroom.network_log.count() == 0


def test_an_accepted_message_is_recorded_with_what_the_server_said(desk, draft, queued, outside, clock):
    outside.servers.answers = [says(DeliveryStep.ACCEPTED, 250, "2.0.0 queued as\r\n4F2")]
    report = deliver(desk, clock)
    detail = desk.requests.detail(draft.id)
    [sent] = detail.request.history

    assert (report.accepted, report.next_at) == (1, None)
    assert (sent.kind, sent.on, sent.grade) == ("sent", date(2026, 3, 2), ProofGrade.SERVER_ACCEPTED)
    assert sent.details == (
        ("code", "250"),
        ("reply", "2.0.0 queued as 4F2"),
        ("message_id", queued.message_id),
    )
    assert [one.id for one in detail.letters] == [queued.letter]
    assert detail.overview.due_on is not None
    assert steps(desk, queued) == ["queued", "started", "handed_over", "accepted"]


def test_handed_over_is_written_before_the_text_leaves_and_nothing_leaves_where_it_cannot_be(
    desk, queued, outside, clock, monkeypatch
):
    def fail(_message):
        raise OSError("no disk")

    monkeypatch.setattr(desk.mailroom.courier._dispatch, "hand_over", fail)
    with pytest.raises(OSError, match="no disk"):
        deliver(desk, clock)

    assert outside.servers.sent == []
    assert steps(desk, queued) == ["queued", "started"]


def test_later_is_tried_again_after_1_5_15_and_60_minutes_and_then_given_up(desk, queued, outside, clock):
    outside.servers.answers = [says(DeliveryStep.DEFERRED, 451, "greylisted") for _ in range(5)]
    waited = Stop(clock)
    report = deliver(desk, clock, waited, patience_seconds=4000)
    last = desk.mailroom.outbox.get(queued.id).events[-1]

    assert [round(seconds) for seconds in waited.waited] == [10, 60, 300, 900, 3600]
    assert (report.deferred, report.refused) == (4, 1)
    assert (last.step, last.code, last.reply) == (DeliveryStep.REFUSED, 451, "gave up: greylisted")


def test_a_refusal_is_final_and_nothing_is_recorded_in_the_request(desk, draft, queued, outside, clock):
    refused = RefusedRecipient(address="privacy@northwind.example", code=550, reply="no such user")
    outside.servers.answers = [SendResult(step=DeliveryStep.REFUSED, code=550, refused=(refused,))]
    deliver(desk, clock)
    last = desk.mailroom.outbox.get(queued.id).events[-1]

    assert (last.step, last.reply) == (
        DeliveryStep.REFUSED,
        "privacy@northwind.example: 550 no such user",
    )
    assert desk.requests.detail(draft.id).request.events == ()
    assert desk.sending.made(draft.id) == ()


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (LoginRefused(HOST), "login"),
        (CertificateRefused(HOST, "expired"), "certificate"),
        (ServerRefused(HOST, 554, "no service"), "554"),
    ],
)
def test_what_is_wrong_with_the_account_ends_a_single_message_and_is_said(
    desk, queued, outside, clock, error, result
):
    outside.servers.answers = [error]
    report = deliver(desk, clock)

    assert report.error is error
    assert desk.mailroom.outbox.get(queued.id).delivery is Delivery.REFUSED
    assert [one.result for one in desk.mailroom.network_log.latest()] == [result]


def test_a_server_out_of_reach_is_tried_again_and_its_account_rests(desk, jane, account, outside, clock):
    first, second = several(desk, jane, account, 2)
    outside.servers.answers = [ServerUnreachable(HOST, "silent")]
    report = deliver(desk, clock, patience_seconds=20)

    assert (report.deferred, report.accepted, report.error) == (1, 0, None)
    assert desk.mailroom.outbox.get(first.id).delivery is Delivery.WAITING
    assert steps(desk, second) == ["queued"]


def test_an_error_after_the_text_has_left_leaves_the_message_uncertain(desk, queued, outside, clock):
    def drop(_server, _password, _sender, _recipients, _content, before_text):
        before_text()
        raise ServerUnreachable(HOST, "dropped")

    outside.servers.send = drop
    report = deliver(desk, clock)

    assert report.uncertain == 1
    assert desk.mailroom.outbox.get(queued.id).delivery is Delivery.UNCERTAIN


def test_several_messages_of_an_account_go_over_one_line(desk, jane, account, outside, clock):
    several(desk, jane, account, 3)
    deliver(desk, clock)
    [row] = desk.mailroom.network_log.latest()

    assert len(outside.servers.sent) == 3
    assert (row.purpose, row.host, row.port, row.result) == (Purpose.SEND_MAIL, HOST, 465, "250")


def test_whoever_cancels_while_it_waits_is_obeyed_at_once(desk, queued, outside, clock):
    deliver(desk, clock, Stop(clock, after=1))

    assert outside.servers.sent == []
    assert steps(desk, queued) == ["queued"]


def test_a_message_that_mail_cannot_carry_is_refused_with_the_reason_and_the_next_one_leaves(
    desk, jane, account, outside, clock
):
    queued = several(desk, jane, account, 2)
    outside.servers.answers = [InputError("to", "This address cannot be written to.")]
    report = deliver(desk, clock)
    first = desk.mailroom.outbox.get(queued[0].id)

    assert (report.refused, report.accepted, report.error) == (1, 1, None)
    assert [one.step for one in first.events] == ["queued", "started", "refused"]
    assert first.events[-1].reply == "This address cannot be written to."
    assert len(outside.servers.sent) == 1


def test_whoever_stops_during_a_message_lets_no_other_begin(desk, jane, account, outside, clock):
    queued, stop = several(desk, jane, account, 3), Stop(clock)
    real = outside.servers.send

    def send(*message):
        stop.left = 0
        return real(*message)

    outside.servers.send = send
    deliver(desk, clock, stop)

    assert [steps(desk, one)[-1] for one in queued] == ["accepted", "queued", "queued"]


def test_a_batch_that_is_paused_during_a_message_sends_no_other(desk, jane, account, outside, clock):
    batches = desk.mailroom.batches
    batch = batches.gather(
        [desk.requests.start(desks.new_request(jane, one)).id for one in mailrooms.add_companies(desk, 3)],
        account=account.id,
    )
    batches.set_pace(batch.id, 0, 0)
    batches.consent(batch.id, batches.review(batch.id).digest)
    real = outside.servers.send

    def send(*message):
        batches.pause(batch.id)
        return real(*message)

    outside.servers.send = send
    deliver(desk, clock)

    assert batches.progress(batch.id).counts == {Delivery.ACCEPTED: 1, Delivery.WAITING: 2}


def test_a_second_round_does_nothing_while_one_is_under_way(desk, jane, account, outside, clock):
    several(desk, jane, account, 2)
    reports = []

    def told(_message, _step):
        reports.append(deliver(desk, clock))

    report = desk.mailroom.courier.deliver_due(mailrooms.at_once, clock.now, Stop(clock), told)

    assert report.accepted == 2
    assert [one.accepted for one in reports] == [0, 0]


def test_the_line_is_never_held_by_the_vaults_thread(desk, queued, outside, clock):
    inside = threading.Event()
    seen = []

    def in_vault(job):
        inside.set()
        try:
            return job()
        finally:
            inside.clear()

    real = outside.servers.send

    def send(*message):
        seen.append(inside.is_set())
        return real(*message)

    outside.servers.send = send
    desk.mailroom.courier.deliver_due(in_vault, clock.now, Stop(clock))

    assert seen == [False]


def test_a_copy_is_filed_where_the_account_has_a_mailbox(desk, jane, draft, outside, clock):
    account = mailrooms.add_account(desk, jane, imap=mailrooms.imap())
    queued = desk.mailroom.outbox.queue(draft.id, LetterKind.REQUEST, account.id)
    deliver(desk, clock)
    [(message_id, content)] = outside.servers.filed
    purposes = [one.purpose for one in desk.mailroom.network_log.latest()]

    assert (message_id, content) == (queued.message_id, desk.sending.sent_bytes(queued.letter))
    assert steps(desk, queued)[-2:] == ["accepted", "filed"]
    assert purposes == [Purpose.FILE_SENT_COPY, Purpose.SEND_MAIL]


def test_a_copy_that_cannot_be_filed_changes_nothing_about_the_sending(desk, jane, draft, outside, clock):
    account = mailrooms.add_account(desk, jane, imap=mailrooms.imap())
    queued = desk.mailroom.outbox.queue(draft.id, LetterKind.REQUEST, account.id)

    def refuse(*_):
        raise LoginRefused("imap.example.org")

    outside.servers.file_copy = refuse
    deliver(desk, clock)
    deliver(desk, clock)

    assert steps(desk, queued)[-2:] == ["accepted", "not_filed"]
    assert desk.mailroom.outbox.get(queued.id).delivery is Delivery.ACCEPTED
    assert desk.requests.detail(draft.id).request.sent_on == date(2026, 3, 2)


def test_a_locked_keyring_lets_the_message_wait_and_is_said(desk, jane, draft, outside, clock):
    account = mailrooms.add_account(desk, jane, smtp=mailrooms.smtp(password_home=PasswordHome.KEYRING))
    queued = desk.mailroom.outbox.queue(draft.id, LetterKind.REQUEST, account.id)

    def locked(*_):
        raise KeyringLocked

    outside.keychain.fetch = locked
    report = deliver(desk, clock, patience_seconds=20)
    del outside.keychain.fetch
    clock.walk(minutes=2)
    again = deliver(desk, clock)

    assert isinstance(report.error, KeyringLocked)
    assert steps(desk, queued)[:3] == ["queued", "started", "deferred"]
    assert again.accepted == 1


def test_a_letter_that_was_sent_by_another_way_meanwhile_is_cancelled(desk, draft, queued, outside, clock):
    desk.sending.eml(desk.letters.view(draft.id))
    desk.sending.confirm(draft.id, LetterKind.REQUEST, clock.today(), Way.EML)
    deliver(desk, clock)

    assert steps(desk, queued)[-1] == "cancelled"
    assert outside.servers.sent == []


def test_a_letter_that_waited_into_another_day_is_written_anew_with_the_date_of_that_day(
    desk, draft, queued, outside, clock
):
    first = desk.sending.sent_bytes(queued.letter)
    clock.walk(days=3)
    deliver(desk, clock)
    [(_, _, content)] = outside.servers.sent
    [kept] = desk.requests.detail(draft.id).letters

    assert content != first
    assert b"Date: Thu, 05 Mar 2026" in content
    assert desk.sending.sent_bytes(kept.id) == content
    assert desk.sending.made(draft.id) == ()


def test_it_is_cancelled_where_it_would_go_to_somebody_else_by_then(
    desk, jane, northwind, draft, queued, outside, clock
):
    desk.requests.change_draft(
        draft.id, desks.new_request(jane, northwind, to_address="other@northwind.example")
    )
    clock.walk(days=1)
    deliver(desk, clock)

    assert steps(desk, queued)[-1] == "cancelled"
    assert outside.servers.sent == []


def test_a_request_that_was_closed_meanwhile_does_not_hide_that_its_mail_was_accepted(
    desk, draft, queued, outside, clock
):
    real = outside.servers.send

    def close_meanwhile(*message):
        result = real(*message)
        desk.requests.record(draft.id, desks.entry("closed", clock.today(), reason="withdrawn"))
        return result

    outside.servers.send = close_meanwhile
    deliver(desk, clock)

    assert desk.mailroom.outbox.get(queued.id).delivery is Delivery.ACCEPTED
    assert desk.requests.detail(draft.id).request.status == "closed"
