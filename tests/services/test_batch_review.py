# SPDX-License-Identifier: Apache-2.0
"""The review of a batch says of each letter whether it is ready, and if not, why."""

from __future__ import annotations

import pytest

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import BatchWay
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.proposals import DeadContact
from optout_desktop.domain.rights import Right
from optout_desktop.services.batch_review import Trouble
from tests.services import desks, mailrooms


@pytest.fixture
def account(desk, jane):
    return mailrooms.add_account(desk, jane)


def reviewed(desk, request, account, way=BatchWay.SMTP, passed=frozenset()):
    batch = desk.mailroom.batches.gather([request.id], way, account.id if account else None)
    [item] = desk.mailroom.batches.review(batch.id, passed).items
    return item


def test_a_letter_without_trouble_is_ready_and_names_its_recipient(desk, draft, account):
    item = reviewed(desk, draft, account)

    assert (item.is_ready, item.troubles) == (True, ())
    assert (item.company_name, item.recipient) == ("Northwind Data LLC", "privacy@northwind.example")
    assert item.subject


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"channel": Channel.POST}, Trouble.NO_ADDRESS),
        ({"to_address": "nobody@nowhere"}, Trouble.BAD_ADDRESS),
        ({"right": Right.CORRECT}, Trouble.MISSING_FACT),
    ],
)
def test_what_is_missing_is_said(desk, jane, northwind, account, changes, trouble):
    draft = desk.requests.start(desks.new_request(jane, northwind, **changes))
    item = reviewed(desk, draft, account)

    assert (item.is_ready, item.troubles) == (False, (trouble,))


def test_a_batch_needs_somebody_to_send_it(desk, jane, northwind, draft):
    silent = desk.requests.start(
        desks.new_request(jane, northwind, right=Right.DELETE, identity=frozenset({IdentityItem.NAME}))
    )

    assert reviewed(desk, draft, None).troubles == (Trouble.NO_SENDER_ADDRESS,)
    assert reviewed(desk, silent, None, BatchWay.EML).troubles == (Trouble.NO_SENDER_ADDRESS,)


def test_an_address_from_which_mail_came_back_is_dead(desk, draft, northwind, account, vault):
    with vault.writing() as stores:
        stores.dead_contacts.put(
            DeadContact(
                company=northwind.id,
                channel=Channel.EMAIL,
                value="privacy@northwind.example",
                since_on=desks.TODAY,
                request=draft.id,
            )
        )
    item = reviewed(desk, draft, account)

    assert (item.is_ready, item.troubles) == (False, (Trouble.DEAD_ADDRESS,))


def test_whoever_asked_already_may_still_ask_again(desk, jane, northwind, sent_request, account):
    again = desk.requests.start(desks.new_request(jane, northwind))
    item = reviewed(desk, again, account)
    passed = reviewed(desk, again, account, passed=frozenset({again.id}))

    assert (item.is_ready, item.troubles, item.detail) == (
        False,
        (Trouble.ALREADY_ASKED,),
        sent_request.reference,
    )
    assert passed.is_ready


def test_an_edited_letter_wants_a_look(desk, draft, account):
    desk.letters.save(draft.id, LetterKind.REQUEST, "Stop", "My own words.")

    assert reviewed(desk, draft, account).troubles == (Trouble.EDITED,)


def test_a_missing_fact_cannot_be_passed_over(desk, jane, northwind, account):
    draft = desk.requests.start(desks.new_request(jane, northwind, right=Right.CORRECT))
    item = reviewed(desk, draft, account, passed=frozenset({draft.id}))

    assert not item.is_ready


def test_what_was_sent_or_is_in_the_outbox_does_not_go_again(desk, jane, northwind, sent_request, account):
    waiting = desk.requests.start(desks.new_request(jane, northwind, right=Right.DELETE))
    desk.mailroom.outbox.queue(waiting.id, LetterKind.REQUEST, account.id)

    assert Trouble.NOT_NOW in reviewed(desk, sent_request, account).troubles
    assert Trouble.NOT_NOW in reviewed(desk, waiting, account).troubles


def test_the_digest_changes_with_any_recipient_and_with_the_account(desk, jane, draft, account):
    other = mailrooms.add_account(desk, jane, address="shop@example.org")
    batches = desk.mailroom.batches
    first = batches.gather([draft.id], account=account.id)
    same, again = batches.review(first.id).digest, batches.review(first.id).digest
    elsewhere = batches.review(batches.gather([draft.id], account=other.id).id).digest
    batches.change_address(first.id, draft.id, "stop@northwind.example")

    assert same == again
    assert len({same, elsewhere, batches.review(first.id).digest}) == 3


def test_a_law_that_names_no_fact_needs_none(desk, jane, northwind, account):
    draft = desk.requests.start(
        desks.new_request(jane, northwind, right=Right.DELETE, law=LawId("us-ca-ccpa"))
    )

    assert reviewed(desk, draft, account).is_ready
