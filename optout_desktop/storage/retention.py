# SPDX-License-Identifier: Apache-2.0
"""Which automatic backups are kept: those of the newest day, then one a day, a week, a month."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

DAYS, WEEKS, MONTHS = 7, 4, 12
LEAST_BUDGET_BYTES = 2 * 1000**3
_VAULTS_IN_BUDGET = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """One backup as retention sees it."""

    path: Path
    made_at: datetime
    size_bytes: int


def budget_bytes(vault_bytes: int) -> int:
    """How much room the automatic backups of a vault of that size may take together."""
    return max(LEAST_BUDGET_BYTES, _VAULTS_IN_BUDGET * vault_bytes)


def to_drop(backups: Iterable[KeptFile], budget: int) -> tuple[KeptFile, ...]:
    """The backups to remove, oldest first; the newest is never among them.

    Days, weeks and months without a backup do not count: after a year's absence the old ones are still there.
    """
    newest_first = sorted(backups, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)
    if not newest_first:
        return ()
    wanted = {
        *(backup for backup in newest_first if backup.made_at.date() == newest_first[0].made_at.date()),
        *_newest_of_each(newest_first, lambda at: (at.year, at.month, at.day), DAYS),
        *_newest_of_each(newest_first, lambda at: at.isocalendar()[:2], WEEKS),
        *_newest_of_each(newest_first, lambda at: (at.year, at.month), MONTHS),
    }
    kept: set[KeptFile] = set()
    size = 0
    for backup in newest_first:
        if backup in wanted and (not kept or size + backup.size_bytes <= budget):
            kept.add(backup)
            size += backup.size_bytes
        elif backup in wanted:
            break
    return tuple(backup for backup in reversed(newest_first) if backup not in kept)


def _newest_of_each(
    newest_first: list[KeptFile], period: Callable[[datetime], tuple[int, ...]], count: int
) -> Iterable[KeptFile]:
    newest: dict[tuple[int, ...], KeptFile] = {}
    for backup in newest_first:
        newest.setdefault(period(backup.made_at), backup)
    return list(newest.values())[:count]
