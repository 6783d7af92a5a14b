# SPDX-License-Identifier: Apache-2.0
"""Making messages: bytes that are made once, and the reasons why some cannot be made."""

from __future__ import annotations

import hashlib

import pytest

from optout_desktop.domain.errors import NotAllowed
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import DeliveryStep
from optout_desktop.services.outgoing import LONGEST_REPLY, MessageMaker, require_unsent, step_of
from tests.services import desks, mailrooms


@pytest.fixture
def maker(vault, outside, clock):
    return MessageMaker(vault, outside.mail, clock)


def test_a_message_has_an_id_of_its_own_and_the_digest_of_its_bytes(desk, jane, draft, maker):
    account = mailrooms.add_account(desk, jane)
    view = desk.letters.view(draft.id)
    first, second = maker.make(view, account), maker.make(view, account)

    assert first.message.message_id != second.message.message_id
    assert first.kept.sha256 == hashlib.sha256(first.content).hexdigest()
    assert first.message.letter == first.kept.id


def test_making_it_again_changes_the_day_and_not_the_id(desk, jane, draft, maker, clock):
    account = mailrooms.add_account(desk, jane)
    made = maker.make(desk.letters.view(draft.id), account)
    clock.move_to(desks.date(2026, 3, 4))
    kept, content = maker.make_again(desk.letters.view(draft.id), account, made.message)

    assert kept.made_on == desks.date(2026, 3, 4)
    assert made.message.message_id.encode() in content
    assert b"Date: Wed, 04 Mar 2026" in content


def test_it_is_not_made_again_for_somebody_else(desk, jane, northwind, draft, maker):
    account = mailrooms.add_account(desk, jane)
    made = maker.make(desk.letters.view(draft.id), account)
    desk.requests.change_draft(draft.id, desks.new_request(jane, northwind, to_address="x@northwind.example"))

    with pytest.raises(NotAllowed, match="recipient was changed"):
        maker.make_again(desk.letters.view(draft.id), account, made.message)


def test_a_request_in_the_bin_sends_nothing(desk, draft):
    desk.requests.bin([draft.id])

    with pytest.raises(NotAllowed, match="bin"):
        require_unsent(desk.requests.detail(draft.id).request, LetterKind.REQUEST)


def test_a_servers_words_are_kept_on_one_line_and_not_endlessly(clock):
    step = step_of(DeliveryStep.REFUSED, clock.now(), 550, "no\r\n\x1b[31m" + "x" * 2000)

    assert step.reply.startswith("no [31mx")
    assert len(step.reply) == LONGEST_REPLY
