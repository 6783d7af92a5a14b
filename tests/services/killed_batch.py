# SPDX-License-Identifier: Apache-2.0
"""Sends a batch through a real line and is killed at one step after the other, until it is done.

Run as a program, so that the processes it forks inherit neither windows nor threads:

    python killed_batch.py FOLDER PORT CA COUNT STEP…

The answer is one line of JSON: how many runs were killed, and what the vault says of each message afterwards.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import ssl
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from optout_desktop.adapters import lines, smtp
from optout_desktop.adapters.tls import strict
from optout_desktop.domain.accounts import Security
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.messages import DeliveryStep, FiledCopy
from optout_desktop.domain.rights import Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.services.batches import BatchWish
from optout_desktop.storage.outbox import OutboxStore
from tests.mail_servers import PASSWORD, USER
from tests.services import desks, mailrooms

KILLED_AT = 4
"""The message of a run at which it is killed."""


class Servers:
    """The real SMTP adapter, trusting the test's authority; and a Sent folder that is a folder."""

    def __init__(self, authority, folder):
        def trust():
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.load_verify_locations(authority)
            return strict(context)

        self.terms = lines.Terms(trust=trust, connect_seconds=10, answer_seconds=10, verdict_seconds=10)
        self.copies = folder

    @contextmanager
    def session(self, server, password):
        with smtp.session(server, password, terms=self.terms) as line:
            yield line

    def file_copy(self, _server, _password, content, message_id):
        path = self.copies / hashlib.sha256(message_id.encode()).hexdigest()
        was_there = path.exists()
        if not was_there:
            path.write_bytes(content)
        return FiledCopy(folder="Sent", was_there=was_there)


def opened(folder, servers, run):
    clock = mailrooms.WalkingClock(mailrooms.NOON + timedelta(minutes=run))
    outside = desks.an_outside(clock, servers=servers)
    return desks.open_desk(desks.reopen(folder), desks.library(), outside), clock


def prepare(folder, port, count):
    clock = mailrooms.WalkingClock()
    desk = desks.open_desk(desks.create(folder), desks.library(), desks.an_outside(clock))
    jane = desks.add_jane(desk)
    place = {"host": "localhost", "user_name": USER, "password": Secret(PASSWORD)}
    account = mailrooms.add_account(
        desk,
        jane,
        smtp=mailrooms.smtp(port=port, security=Security.STARTTLS, **place),
        imap=mailrooms.imap(**place),
    )
    companies = mailrooms.add_companies(desk, count)
    wish = BatchWish(
        person=jane.id,
        right=Right.OPTOUT_SALE,
        law=LawId("us-ca-ccpa"),
        companies=tuple(one.id for one in companies),
    )
    batch = desk.mailroom.batches.prepare(wish, account=account.id)
    desk.mailroom.batches.set_pace(batch.id, 0, 0)
    desk.mailroom.batches.consent(batch.id, desk.mailroom.batches.review(batch.id).digest, wait_seconds=0)
    desk.close()
    return batch.id


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def lay_trap(desk, servers, step):  # noqa: C901 - one case a step
    """Have this process die at ``step`` of its fourth message."""
    dispatch = desk.mailroom.courier._dispatch
    turn = {"claims": 0, "texts": 0, "accepted": 0, "copies": 0}

    def around(owner, name, key, before=None, after=None):
        real = getattr(owner, name)

        def trapped(*arguments, **named):
            turn[key] += 1
            is_turn = turn[key] == KILLED_AT
            if is_turn and before:
                before(*arguments)
            answer = real(*arguments, **named)
            if is_turn and after:
                after(*arguments)
            return answer

        setattr(owner, name, trapped)

    def die_half_way(*_):
        real = lines.Line.sendall

        def half(line, data):
            real(line, data[: len(data) // 2])
            die()

        lines.Line.sendall = half

    def stop(*_):
        die()

    def die_in_transaction(_store, _message, event):
        if event.step is DeliveryStep.ACCEPTED:
            turn["accepted"] += 1
            if turn["accepted"] == KILLED_AT:
                die()

    match step:
        case "before_claim":
            around(dispatch, "claim", "claims", before=stop)
        case "after_started":
            around(dispatch, "claim", "claims", after=stop)
        case "before_handed_over_is_kept":
            around(dispatch, "hand_over", "texts", before=stop)
        case "after_handed_over_is_kept":
            around(dispatch, "hand_over", "texts", after=stop)
        case "half_of_the_text":
            around(dispatch, "hand_over", "texts", after=die_half_way)
        case "after_250":
            around(dispatch, "settle", "accepted", before=stop)
        case "while_settling":
            real = OutboxStore.append

            def append(store, message, event):
                real(store, message, event)
                die_in_transaction(store, message, event)

            OutboxStore.append = append
        case "before_filing":
            around(servers, "file_copy", "copies", before=stop)
        case "after_filing":
            around(servers, "file_copy", "copies", after=stop)


def run(folder, servers, number, step):
    """One process: True where it was killed."""
    process = os.fork()
    if process == 0:
        desk, clock = opened(folder, servers, number)
        if step:
            lay_trap(desk, servers, step)
        mailrooms.deliver(desk, clock)
        desk.close()
        os._exit(0)
    _, status = os.waitpid(process, 0)
    return os.WIFSIGNALED(status)


def told(folder, servers, batch):
    """What the vault says in the end."""
    desk, _ = opened(folder, servers, 1000)
    found = []
    with desk.vault.reading() as stores:
        messages = stores.outbox.of_batch(batch)
    for one in messages:
        request = desk.requests.detail(one.request)
        content = desk.sending.sent_bytes(one.letter)
        found.append(
            {
                "to": one.recipients[0],
                "delivery": one.delivery.value,
                "last": one.events[-1].step.value,
                "sha256": hashlib.sha256(content).hexdigest(),
                "entries": [event.kind.value for event in request.request.events],
                "letters": len(request.letters),
            }
        )
    state = desk.mailroom.batches.progress(batch).batch.state.value
    is_sound = desk.backups.check(mends=False).is_sound
    desk.close()
    return {"messages": found, "state": state, "is_sound": is_sound}


def main(folder, port, authority, count, *steps):
    place = Path(folder)
    copies = place.with_name("Sent")
    copies.mkdir()
    servers = Servers(authority, copies)
    batch = prepare(place, int(port), int(count))
    killed = [run(place, servers, number, step) for number, step in enumerate(steps)]
    ended = not run(place, servers, len(steps), "")
    answer = {
        **told(place, servers, batch),
        "killed": killed,
        "ended": ended,
        "copies": len(list(copies.iterdir())),
    }
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
