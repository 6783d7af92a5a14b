# SPDX-License-Identifier: Apache-2.0
"""The outbox: the bytes are there before anything leaves, and nothing leaves twice."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy

import pytest

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.letters import LetterKind, Way
from optout_desktop.domain.messages import Delivery, DeliveryStep
from optout_desktop.domain.people import IdentityItem, PersonKind
from optout_desktop.domain.requests import ProofGrade
from optout_desktop.domain.rights import Right
from optout_desktop.services.desk import SAMPLE_DAY
from optout_desktop.services.people import PersonInput
from tests.services import desks, mailrooms
from tests.services.mailrooms import deliver, steps

REQUEST = LetterKind.REQUEST


@pytest.fixture
def clock():
    return mailrooms.WalkingClock()


@pytest.fixture
def account(desk, jane):
    return mailrooms.add_account(desk, jane)


@pytest.fixture
def queued(desk, draft, account):
    return desk.mailroom.outbox.queue(draft.id, REQUEST, account.id)


@pytest.fixture
def uncertain(desk, queued, outside, clock):
    outside.servers.answers = [mailrooms.says(DeliveryStep.UNCERTAIN)]
    deliver(desk, clock)
    return desk.mailroom.outbox.get(queued.id)


def test_a_queued_letter_lies_in_the_vault_with_its_bytes_before_anything_leaves(
    desk, draft, queued, outside
):
    with desk.vault.reading() as stores:
        [kept] = stores.letters.made(draft.id)
    content = desk.sending.sent_bytes(kept.id)

    assert (kept.id, kept.way, kept.to_address) == (queued.letter, Way.SMTP, "privacy@northwind.example")
    assert hashlib.sha256(content).hexdigest() == kept.sha256
    assert queued.delivery is Delivery.WAITING
    assert outside.servers.sent == []


def test_the_mail_is_from_the_account_to_the_company_with_a_date_and_an_id_of_the_senders_domain(
    desk, queued
):
    mail = message_from_bytes(desk.sending.sent_bytes(queued.letter), policy=policy.default)

    assert mail["From"] == "Jane Example <jane@example.org>"
    assert mail["To"] == "privacy@northwind.example"
    assert mail["Message-ID"] == queued.message_id
    assert queued.message_id.endswith("@example.org>")
    assert mail["Date"].datetime.replace(tzinfo=None) == mailrooms.NOON


def test_the_name_is_in_the_mail_only_where_it_is_ticked(desk, jane, northwind, account):
    draft = desk.requests.start(desks.new_request(jane, northwind, identity=frozenset({IdentityItem.EMAIL})))
    queued = desk.mailroom.outbox.queue(draft.id, REQUEST, account.id)
    mail = message_from_bytes(desk.sending.sent_bytes(queued.letter), policy=policy.default)

    assert mail["From"] == "jane@example.org"


def test_what_is_stored_is_what_the_server_got(desk, queued, outside, clock):
    deliver(desk, clock)
    [(sender, recipients, content)] = outside.servers.sent

    assert (sender, recipients) == ("jane@example.org", ("privacy@northwind.example",))
    assert content == desk.sending.sent_bytes(queued.letter)


def test_a_letter_is_not_queued_twice(desk, draft, account, queued):
    with pytest.raises(NotAllowed, match="never sent twice"):
        desk.mailroom.outbox.queue(draft.id, REQUEST, account.id)

    assert len(desk.mailroom.outbox.of(draft.id)) == 1


def test_a_letter_that_may_have_arrived_is_not_queued_again(desk, draft, account, uncertain):
    with pytest.raises(NotAllowed, match="never sent twice"):
        desk.mailroom.outbox.queue(draft.id, REQUEST, account.id)

    assert uncertain.delivery is Delivery.UNCERTAIN


def test_a_request_that_was_sent_is_not_queued_again(desk, sent_request, account):
    with pytest.raises(NotAllowed, match="sent already"):
        desk.mailroom.outbox.queue(sent_request.id, REQUEST, account.id)

    assert desk.mailroom.outbox.list() == ()


def test_nothing_is_queued_in_the_sample_vault(vault, outside, library):
    with vault.writing() as stores:
        stores.facts.put(SAMPLE_DAY, "2026-03-02")
    desk = desks.open_desk(vault, library, outside)
    jane, company = desks.add_jane(desk), desks.add_northwind(desk)
    account = mailrooms.add_account(desk, jane)
    draft = desk.requests.start(desks.new_request(jane, company))

    with pytest.raises(NotAllowed, match="sample vault"):
        desk.mailroom.outbox.queue(draft.id, REQUEST, account.id)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"right": Right.CORRECT}, "wrong_data"),
        ({"channel": Channel.POST}, "to"),
    ],
)
def test_a_letter_without_a_fact_or_an_address_is_not_queued(desk, jane, northwind, account, changes, field):
    draft = desk.requests.start(desks.new_request(jane, northwind, **changes))
    with pytest.raises(InputError) as refused:
        desk.mailroom.outbox.queue(draft.id, REQUEST, account.id)

    assert refused.value.field == field


def test_the_account_of_somebody_else_is_not_used(desk, draft):
    lena = desk.people.add(
        PersonInput(name="Lena", emails=("lena@example.org",), place="DE"), PersonKind.CLIENT
    )
    theirs = mailrooms.add_account(desk, lena, address="lena@example.org")

    with pytest.raises(NotAllowed, match="somebody else"):
        desk.mailroom.outbox.queue(draft.id, REQUEST, theirs.id)


def test_a_message_is_taken_back_while_it_waits_and_its_letter_is_put_aside(
    desk, draft, queued, outside, clock
):
    after = desk.mailroom.outbox.undo(queued.id)
    deliver(desk, clock)

    assert after.delivery is Delivery.CANCELLED
    assert desk.sending.made(draft.id) == ()
    assert outside.servers.sent == []


def test_what_was_handed_over_is_not_taken_back(desk, queued, clock):
    deliver(desk, clock)

    with pytest.raises(NotAllowed, match="too late"):
        desk.mailroom.outbox.undo(queued.id)


def test_the_person_says_that_an_uncertain_message_arrived(desk, draft, uncertain):
    desk.mailroom.outbox.say_sent(uncertain.id)
    detail = desk.requests.detail(draft.id)
    [sent] = detail.request.history

    assert (sent.kind, sent.on, sent.grade) == ("sent", date(2026, 3, 2), ProofGrade.STATED)
    assert [one.id for one in detail.letters] == [uncertain.letter]
    assert desk.mailroom.outbox.get(uncertain.id).delivery is Delivery.ACCEPTED


def test_that_word_can_be_taken_back_and_given_again(desk, draft, uncertain):
    desk.mailroom.outbox.say_sent(uncertain.id)
    desk.undoing.undo()
    undone = desk.requests.detail(draft.id), desk.mailroom.outbox.get(uncertain.id)
    desk.undoing.redo()
    redone = desk.requests.detail(draft.id), desk.mailroom.outbox.get(uncertain.id)

    assert (undone[0].request.sent_on, undone[1].delivery) == (None, Delivery.UNCERTAIN)
    assert (redone[0].request.sent_on, redone[1].delivery) == (date(2026, 3, 2), Delivery.ACCEPTED)


def test_the_person_says_that_it_did_not_arrive_and_may_send_it_anew(desk, draft, uncertain, outside, clock):
    desk.mailroom.outbox.say_not_sent(uncertain.id)
    again = desk.mailroom.outbox.retry(uncertain.id)
    deliver(desk, clock)

    assert steps(desk, uncertain)[-1] == "refused"
    assert again.message_id != uncertain.message_id
    assert desk.mailroom.outbox.get(again.id).delivery is Delivery.ACCEPTED
    assert desk.requests.detail(draft.id).request.sent_on == date(2026, 3, 2)


def test_nobody_asks_the_person_about_what_is_known(desk, queued):
    with pytest.raises(NotAllowed, match="is known"):
        desk.mailroom.outbox.say_sent(queued.id)
    with pytest.raises(NotAllowed, match="is known"):
        desk.mailroom.outbox.say_not_sent(queued.id)
    with pytest.raises(NotAllowed, match="Only what was refused"):
        desk.mailroom.outbox.retry(queued.id)

    assert steps(desk, queued) == ["queued"]


class Crash(BaseException):
    """The process ends here."""


def interrupted(desk, outside, clock, vault, library, *, after_text):
    """A run that ends before or after the text was handed over, and the desk of the next one."""

    def die(_server, _password, _sender, _recipients, _content, before_text):
        if after_text:
            before_text()
        raise Crash

    outside.servers.send = die
    with pytest.raises(Crash):
        deliver(desk, clock)
    del outside.servers.send
    return desks.open_desk(vault, library, outside)


def test_a_run_that_ended_before_the_text_left_lets_the_message_wait_again(
    desk, queued, outside, clock, vault, library
):
    after = interrupted(desk, outside, clock, vault, library, after_text=False)
    found = steps(after, queued)
    deliver(after, clock)

    assert [one.id for one in after.mailroom.recovered.waiting] == [queued.id]
    assert found == ["queued", "started", "deferred"]
    assert len(outside.servers.sent) == 1


def test_a_run_that_ended_after_it_leaves_the_message_uncertain(
    desk, draft, queued, outside, clock, vault, library
):
    after = interrupted(desk, outside, clock, vault, library, after_text=True)
    deliver(after, clock)

    assert [one.id for one in after.mailroom.recovered.uncertain] == [queued.id]
    assert [one.id for one in after.mailroom.outbox.uncertain()] == [queued.id]
    assert outside.servers.sent == []
    assert after.requests.detail(draft.id).request.sent_on is None


def test_a_list_names_whom_each_message_goes_to_and_finds_it_by_its_beginning(desk, draft, queued):
    [line] = desk.mailroom.outbox.list()

    assert (line.message, line.company_name, line.reference) == (
        queued,
        "Northwind Data LLC",
        draft.reference,
    )
    assert line.last.step is DeliveryStep.QUEUED
    assert desk.mailroom.outbox.named(queued.id[:8]) == queued.id
    with pytest.raises(NotFound):
        desk.mailroom.outbox.named("zz")


def test_whoever_removed_the_account_sends_nothing_through_it(desk, draft, account):
    desk.mailroom.accounts.remove(account.id)

    with pytest.raises((NotAllowed, NotFound)):
        desk.mailroom.outbox.queue(draft.id, REQUEST, replace(account).id)


def test_what_waits_or_may_have_arrived_is_not_called_made_and_not_sent(desk, draft, queued, outside, clock):
    waiting = desk.sending.made(draft.id), desk.requests.detail(draft.id).made
    outside.servers.answers = [mailrooms.says(DeliveryStep.UNCERTAIN)]
    deliver(desk, clock)

    assert waiting == ((), ())
    assert desk.requests.detail(draft.id).made == ()


def test_the_files_that_went_along_are_named_in_the_entry_and_do_not_go_along_again(
    desk, draft, account, outside, clock
):
    kept = desk.attachments.add(draft.id, REQUEST, "Proof.pdf", "application/pdf", b"%PDF-1.7 proof")
    desk.mailroom.outbox.queue(draft.id, REQUEST, account.id)
    deliver(desk, clock)
    [sent] = desk.requests.detail(draft.id).request.history
    [(_, _, content)] = outside.servers.sent

    assert b"Proof.pdf" in content
    assert ("attachment", f"Proof.pdf sha256:{kept.sha256}") in sent.details
    assert desk.attachments.of(draft.id, REQUEST) == ()


def test_taking_back_that_an_uncertain_message_arrived_brings_its_files_back(
    desk, draft, account, outside, clock
):
    kept = desk.attachments.add(draft.id, REQUEST, "Proof.pdf", "application/pdf", b"%PDF-1.7 proof")
    message = desk.mailroom.outbox.queue(draft.id, REQUEST, account.id)
    outside.servers.answers = [mailrooms.says(DeliveryStep.UNCERTAIN)]
    deliver(desk, clock)
    desk.mailroom.outbox.say_sent(message.id)
    gone = desk.attachments.of(draft.id, REQUEST)
    desk.undoing.undo()

    assert gone == ()
    assert desk.attachments.of(draft.id, REQUEST) == (kept,)


def test_a_letter_that_does_not_tell_the_persons_address_leaves_by_no_account(desk, jane, northwind, account):
    request = desk.requests.start(desks.new_request(jane, northwind, identity=frozenset({IdentityItem.NAME})))

    with pytest.raises(InputError, match="Tick your e-mail address"):
        desk.mailroom.outbox.queue(request.id, REQUEST, account.id)
