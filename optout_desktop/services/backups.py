# SPDX-License-Identifier: Apache-2.0
"""Backups of the open vault: on demand, and by themselves after the first change of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from optout_desktop import __version__
from optout_desktop.storage import backups
from optout_desktop.storage.retention import KeptFile
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import CheckReport, Vault

from .assessing import Assessor
from .ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupView:
    """A verified backup: where it lies, when it was made, how large it is, how many requests it holds."""

    path: Path
    made_at: datetime
    size_bytes: int
    requests: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What looking through the whole vault found; ``stale_rows`` were overview rows that did not fit."""

    is_sound: bool
    problems: tuple[str, ...]
    requests: int
    stale_rows: int


def view_of(made: backups.Backup) -> BackupView:
    """What people see of a verified backup."""
    return BackupView(
        path=made.path,
        made_at=made.made_at,
        size_bytes=made.size_bytes,
        requests=dict(made.rows).get("requests", 0),
    )


class BackupService:
    """Copies the open vault, and looks through it."""

    def __init__(self, vault: Vault[Stores], assessor: Assessor, clock: Clock) -> None:
        self._vault = vault
        self._assessor = assessor
        self._clock = clock

    def back_up(self, to: Path | None = None) -> BackupView:
        """A verified backup, beside the vault or where the person chose. Raises DiskFull, VaultReadOnly."""
        return view_of(backups.back_up(self._vault, when=self._clock.now(), made_by=__version__, to=to))

    def back_up_if_new_day(self) -> BackupView | None:
        """A backup where none was made today yet, else None."""
        today = self._clock.now().date()
        if any(kept.made_at.date() == today for kept in self.automatic()):
            return None
        return self.back_up()

    def automatic(self) -> tuple[KeptFile, ...]:
        """The backups that lie beside the vault, the newest first."""
        return backups.automatic_backups(self._vault.place)

    def check(self, *, mends: bool = True) -> Checked:
        """Look at every page, and compare each overview row with its events; stale rows are made anew."""
        report: CheckReport = self._vault.check()
        problems = (*report.seals, *report.structure, *report.orphans)
        if not report.is_sound:
            return Checked(is_sound=False, problems=problems, requests=0, stale_rows=0)
        with self._vault.reading() as stores:
            requests = stores.requests.many(stores.requests.ids())
            derived = self._assessor.derived(stores, requests)
            cached = stores.overviews.page([row.row for row in derived])
            stale = len(set(derived) - set(cached)) + max(0, len(cached) - len(derived))
            unfit = stale or stores.search.size() != len(derived)
        if unfit and mends:
            with self._vault.writing() as stores:
                self._assessor.rebuild(stores, requests)
        return Checked(is_sound=True, problems=problems, requests=len(requests), stale_rows=stale)
