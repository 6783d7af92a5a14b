# SPDX-License-Identifier: Apache-2.0
"""Which backups are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from optout_desktop.storage.retention import KeptFile, budget_bytes, to_drop

START = datetime(2026, 1, 1, 9, 0)
PLENTY = 10**12


def a_backup(at, size=1):
    return KeptFile(path=Path(f"{at:%Y%m%d-%H%M%S}"), made_at=at, size_bytes=size)


def after_days(count, budget=PLENTY, size=1):
    """What is left when a backup was made every day and pruned each time."""
    kept = []
    for day in range(count):
        kept.append(a_backup(START + timedelta(days=day), size))
        dropped = to_drop(kept, budget)
        kept = [backup for backup in kept if backup not in dropped]
    return kept


def test_nothing_is_dropped_where_there_is_nothing():
    assert to_drop([], PLENTY) == ()


def test_after_400_days_seven_days_four_weeks_and_twelve_months_are_left():
    kept = [backup.made_at for backup in after_days(400)]
    last = START + timedelta(days=399)

    assert set(kept) >= {last - timedelta(days=day) for day in range(7)}
    assert len({at.isocalendar()[:2] for at in kept}) >= 4
    assert len({(at.year, at.month) for at in kept}) == 12
    assert len(kept) <= 7 + 4 + 12


def test_every_backup_of_the_newest_day_is_kept():
    today = [a_backup(START + timedelta(minutes=minute)) for minute in range(30)]

    assert to_drop(today, PLENTY) == ()


def test_only_the_newest_backup_of_an_earlier_day_is_kept():
    morning, evening = a_backup(START), a_backup(START + timedelta(hours=8))

    assert to_drop([morning, evening, a_backup(START + timedelta(days=1))], PLENTY) == (morning,)


def test_after_a_long_absence_the_old_ones_are_still_there():
    old = after_days(7)
    new = a_backup(START + timedelta(days=3000))

    assert len([backup for backup in [*old, new] if backup not in to_drop([*old, new], PLENTY)]) == 7


def test_where_room_is_short_the_oldest_go_first():
    kept = after_days(7, budget=3)

    assert [backup.made_at for backup in kept] == [START + timedelta(days=day) for day in (4, 5, 6)]


def test_the_newest_is_kept_however_large_it_is():
    assert [backup.size_bytes for backup in after_days(3, budget=1, size=100)] == [100]


def test_the_room_is_two_gigabytes_or_three_vaults():
    assert budget_bytes(10) == 2 * 1000**3
    assert budget_bytes(1000**3) == 3 * 1000**3


@given(
    minutes=st.lists(st.integers(0, 10**6), unique=True, max_size=60),
    budget=st.integers(0, 100),
)
def test_the_newest_is_never_dropped_and_the_rest_fits(minutes, budget):
    backups = [a_backup(START + timedelta(minutes=minute), size=3) for minute in minutes]

    dropped = to_drop(backups, budget)
    kept = [backup for backup in backups if backup not in dropped]

    assert not backups or max(backups, key=lambda backup: backup.made_at) in kept
    assert sum(backup.size_bytes for backup in kept[1:]) <= max(budget - 3, 0)
