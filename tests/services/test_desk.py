# SPDX-License-Identifier: Apache-2.0
"""The desk: every service over one vault, on one clock."""

from __future__ import annotations

from datetime import date

from tests.services import desks


def test_it_is_called_as_its_vault_and_lies_where_that_lies(desk, vault, clock):
    assert (desk.name, desk.path) == ("Personal", vault.place.path)
    assert (desk.sample_day, desk.clock) == (None, clock)


def test_a_sample_vault_stays_on_its_day(vault, outside, library):
    with vault.writing() as stores:
        stores.facts.put("sample_day", "2026-11-22")
    desk = desks.open_desk(vault, library, outside)

    assert desk.sample_day == desk.clock.today() == date(2026, 11, 22)


def test_another_clock_can_be_handed_in(vault, outside, library):
    other = desks.a_clock(date(2027, 1, 1))

    assert desks.open_desk(vault, library, outside, other).dashboard.today().today == date(2027, 1, 1)


def test_closing_it_locks_the_vault(desk, vault):
    desk.close()

    assert not vault.is_open
