# SPDX-License-Identifier: Apache-2.0
"""The mailroom of a new vault is empty, and its opening changes nothing."""

from __future__ import annotations

from optout_desktop.domain.letters import LetterKind
from tests.services import desks, mailrooms


def test_a_new_vault_has_an_empty_mailroom(desk):
    mailroom = desk.mailroom

    assert (mailroom.accounts.list(), mailroom.outbox.list(), mailroom.batches.list()) == ((), (), ())
    assert (mailroom.recovered.waiting, mailroom.recovered.uncertain) == ((), ())


def test_opening_a_desk_again_changes_nothing_where_nothing_was_under_way(
    desk, jane, draft, vault, outside, library
):
    account = mailrooms.add_account(desk, jane)
    desk.mailroom.outbox.queue(draft.id, LetterKind.REQUEST, account.id)
    before = desks.digest_of(vault)
    desks.open_desk(vault, library, outside)

    assert desks.digest_of(vault) == before
