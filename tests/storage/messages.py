# SPDX-License-Identifier: Apache-2.0
"""Messages for tests of the outbox: an account, requests, and a message of each."""

from __future__ import annotations

from datetime import timedelta

from optout_desktop.domain.accounts import MailAccount
from optout_desktop.domain.ids import BatchId, MailAccountId, OutgoingId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import (
    Batch,
    BatchItem,
    BatchState,
    BatchWay,
    DeliveryEvent,
    DeliveryStep,
    OutgoingMessage,
)
from tests.builders import a_kept_letter, a_request, an_id, an_instant

NOON = an_instant()


def an_account(stores, address="jane@example.org"):
    [me, *_] = stores.people.all()
    account = MailAccount(id=MailAccountId(an_id()), person=me.id, address=address)
    stores.accounts.put(account)
    return account


def step(name, seconds=0, **words):
    return DeliveryEvent(step=DeliveryStep(name), at=NOON + timedelta(seconds=seconds), **words)


def a_message(stores, account, seconds=0, **changes):
    """A message that waits, with its letter in the vault."""
    request = a_request()
    stores.requests.add(request)
    kept = a_kept_letter(request)
    stores.letters.keep(kept, b"bytes")
    plain = {
        "id": OutgoingId(an_id()),
        "request": request.id,
        "kind": LetterKind.REQUEST,
        "letter": kept.id,
        "account": account.id,
        "sender": account.address,
        "recipients": ("a@example.com", "b,c@example.com"),
        "message_id": f"<{an_id()}@example.org>",
        "not_before_at": NOON + timedelta(seconds=seconds),
        "events": (step("queued"),),
    }
    message = OutgoingMessage(**plain | changes)
    stores.outbox.add(message)
    return message


def a_batch(stores, account=None, requests=(), **changes):
    plain = {
        "id": BatchId(an_id()),
        "way": BatchWay.SMTP,
        "state": BatchState.RUNNING,
        "created_at": NOON,
        "items": tuple(BatchItem(request=one) for one in requests),
        "account": account.id if account else None,
    }
    batch = Batch(**plain | changes)
    stores.batches.add(batch)
    return batch
