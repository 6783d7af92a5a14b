# SPDX-License-Identifier: Apache-2.0
"""What the frame of the window shows: counts, settings, people, the undo list, the last backup.

One job on the vault's thread reads all of it after each change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from optout_desktop.domain.agenda import Tally
from optout_desktop.domain.people import Person
from optout_desktop.services.desk import Desk
from optout_desktop.services.undoing import UndoView


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFacts:
    """What the frame shows of the outbox; ``asking`` is how many messages need the person's word."""

    has_account: bool
    has_messages: bool
    asking: int

    @property
    def is_used(self) -> bool:
        """Whether there is anything for the outbox to show."""
        return self.has_account or self.has_messages


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowFacts:
    """One look at the vault, for the frame."""

    tally: Tally
    preferences: dict[str, bool | int | str]
    people: tuple[Person, ...]
    undo: UndoView
    post: PostFacts
    last_backup_at: datetime | None
    now: datetime


def look(desk: Desk) -> WindowFacts:
    """Read it. On the vault's thread."""
    kept = desk.backups.automatic()
    return WindowFacts(
        tally=desk.dashboard.today().tally,
        preferences=desk.preferences.all(),
        people=desk.people.all(),
        undo=desk.undoing.view(),
        post=PostFacts(
            has_account=bool(desk.mailroom.accounts.list()),
            has_messages=bool(desk.mailroom.outbox.list(1)),
            asking=len(desk.mailroom.outbox.uncertain()),
        ),
        last_backup_at=max((each.made_at for each in kept), default=None),
        now=desk.clock.now(),
    )
