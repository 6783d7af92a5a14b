# SPDX-License-Identifier: Apache-2.0
"""After a done: asking what was kept, and keeping the answer, without moving anything else."""

from __future__ import annotations

from datetime import date

import pytest

from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.letters import LetterKind
from optout_desktop.services.sending import Way
from optout_desktop.services.what_was_kept import WhatWasKept
from tests.services import desks

TODAY = desks.TODAY
DONE, ASKED, ANSWERED = date(2026, 3, 10), date(2026, 3, 12), date(2026, 3, 20)


@pytest.fixture
def done(desk, sent_request, clock):
    """A request that the company says it has done."""
    clock.move_to(DONE)
    desk.requests.record(sent_request.id, desks.entry("completed", DONE))
    clock.move_to(ANSWERED)
    return sent_request.id


def test_nobody_is_asked_before_the_company_has_done_it(desk, sent_request):
    with pytest.raises(NotAllowed, match="has not done"):
        desk.kept.record(sent_request.id, TODAY, "A copy", None)
    with pytest.raises(NotAllowed, match="follows an entry"):
        desk.letters.view(sent_request.id, LetterKind.WHAT_WAS_KEPT)

    assert desk.kept.of(sent_request.id) is None


def test_the_question_waits_for_its_answer_and_changes_neither_status_nor_clocks(desk, done):
    before = desk.requests.detail(done)
    view = desk.letters.view(done, LetterKind.WHAT_WAS_KEPT)
    desk.sending.confirm(done, LetterKind.WHAT_WAS_KEPT, ASKED, Way.COPY)
    after = desk.requests.detail(done)
    kept = desk.kept.of(done)

    assert view.facts.done_on == DONE
    assert (view.facts.answer_by_on, view.answer_by_on) == (None, None)
    assert (after.overview.status, after.clocks) == (before.overview.status, before.clocks)
    assert kept == WhatWasKept(asked_on=ASKED)
    assert kept.is_awaited
    assert LetterKind.WHAT_WAS_KEPT not in desk.letters.follow_ups(done)


def test_the_answer_and_its_day_are_kept_and_undo_takes_it_back(desk, done):
    desk.sending.confirm(done, LetterKind.WHAT_WAS_KEPT, ASKED, Way.COPY)
    desk.kept.record(done, ANSWERED, "Backups \n for the tax office", date(2036, 12, 31))
    kept = desk.kept.of(done)
    status = desk.requests.detail(done).overview.status
    desk.undoing.undo()

    assert kept == WhatWasKept(
        asked_on=ASKED,
        answered_on=ANSWERED,
        text="Backups\nfor the tax office",
        until=date(2036, 12, 31),
    )
    assert not kept.is_awaited
    assert status == "completed"
    assert desk.kept.of(done) == WhatWasKept(asked_on=ASKED)


def test_a_company_may_say_it_unasked_and_without_a_day(desk, done):
    desk.kept.record(done, DONE, "The suppression list", None)

    assert desk.kept.of(done) == WhatWasKept(answered_on=DONE, text="The suppression list")


@pytest.mark.parametrize(
    ("text", "until", "field"),
    [(" \n", None, "text"), ("x" * 2001, None, "text"), ("A copy", date(2026, 3, 1), "until")],
)
def test_what_cannot_be_is_told_and_changes_nothing(desk, done, text, until, field):
    before = desks.digest_of(desk.vault)

    with pytest.raises(InputError) as caught:
        desk.kept.record(done, ANSWERED, text, until)

    assert caught.value.field == field
    assert desks.digest_of(desk.vault) == before


def test_an_unknown_request_is_told(desk):
    with pytest.raises(NotFound):
        desk.kept.of("nothing")
