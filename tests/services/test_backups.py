# SPDX-License-Identifier: Apache-2.0
"""Backups of the open vault, and a look through it that mends what is only a cache."""

from __future__ import annotations

from datetime import timedelta

from optout_desktop.domain.agenda import RequestFilter
from tests.services import desks


def test_a_backup_counts_what_it_holds_and_lies_beside_the_vault(desk, sent_request):
    made = desk.backups.back_up()

    assert made.requests == 1
    assert made.path.stat().st_size == made.size_bytes
    assert [kept.path for kept in desk.backups.automatic()] == [made.path]


def test_it_can_lie_where_the_person_chose(desk, tmp_path):
    made = desk.backups.back_up(tmp_path / "mine.optoutbak")

    assert made.path == tmp_path / "mine.optoutbak"
    assert desk.backups.automatic() == ()


def test_one_is_made_by_itself_once_a_day_and_the_newest_is_first(desk, clock):
    first, again = desk.backups.back_up_if_new_day(), desk.backups.back_up_if_new_day()
    clock.move_to(clock.today() + timedelta(days=1))
    second = desk.backups.back_up_if_new_day()

    assert again is None
    assert [kept.path for kept in desk.backups.automatic()] == [second.path, first.path]


def test_a_sound_vault_has_nothing_to_mend(desk, sent_request):
    before = desks.digest_of(desk.vault)
    found = desk.backups.check()

    assert (found.is_sound, found.problems, found.requests, found.stale_rows) == (True, (), 1, 0)
    assert desks.digest_of(desk.vault) == before


def test_stale_and_missing_rows_are_found_and_mended(desk, sent_request, jane, northwind):
    other = desk.requests.start(desks.new_request(jane, northwind))
    before = desks.digest_of(desk.vault)
    desk.vault._raw.execute("UPDATE overviews SET status = 'closed' WHERE row = 1")
    desk.vault._raw.execute("DELETE FROM overviews WHERE row = 2")
    only_looked = desk.backups.check(mends=False)
    found = desk.backups.check()

    assert (only_looked.stale_rows, found.stale_rows) == (2, 2)
    assert desk.backups.check().stale_rows == 0
    assert desks.digest_of(desk.vault) == before
    assert len(desk.requests.list(RequestFilter(typed=other.reference)).rows) == 1


def test_a_search_index_that_lost_entries_is_made_anew(desk, sent_request):
    desk.requests.save_note(sent_request.id, "hotline")
    desk.vault._raw.execute("DELETE FROM request_search")
    lost = desk.requests.list(RequestFilter(typed="hotline")).rows
    desk.backups.check()

    assert lost == ()
    assert desk.requests.list(RequestFilter(typed="hotline")).rows == (sent_request.row,)


def test_what_points_at_nothing_is_a_problem_that_is_named_and_nothing_is_changed(desk, sent_request):
    desk.vault._raw.execute("PRAGMA foreign_keys = OFF")
    desk.vault._raw.execute("UPDATE events SET request = 'gone'")
    before = desks.digest_of(desk.vault)
    found = desk.backups.check()

    assert not found.is_sound
    assert found.problems
    assert desks.digest_of(desk.vault) == before
