# SPDX-License-Identifier: Apache-2.0
"""The dashboard: what is late, what is due, what waits, what to do now."""

from __future__ import annotations

from optout_desktop.domain.agenda import Agenda, RequestOverview, Urgency, do_next
from optout_desktop.domain.ids import PersonId
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .ports import Clock
from .preferences import PreferenceService

SHOWN_AT_MOST = 50


class DashboardService:
    """Reads the agenda off the overview rows."""

    def __init__(self, vault: Vault[Stores], preferences: PreferenceService, clock: Clock) -> None:
        self._vault = vault
        self._preferences = preferences
        self._clock = clock

    def today(self, person: PersonId | None = None) -> Agenda:
        """Counts and the next things to do, for everybody or one person."""
        today, soon = self._clock.today(), self._preferences.due_soon_days()
        with self._vault.reading() as stores:
            tally = stores.overviews.tally(today, soon, person)
            pressing = stores.overviews.pressing(today, soon, SHOWN_AT_MOST, person)
            answered = stores.overviews.answered(today, person)
        return Agenda(today=today, tally=tally, do_next=do_next(pressing, today, soon), answered=answered)

    def next_dates(
        self, within_days: int, count: int, person: PersonId | None = None
    ) -> tuple[RequestOverview, ...]:
        """The first ``count`` requests whose due date lies ahead, at most so many days away."""
        today = self._clock.today()
        with self._vault.reading() as stores:
            rows = stores.overviews.pressing(today, within_days, count, person)
        ahead = [row for row in rows if row.urgency(today, within_days) is Urgency.DUE_SOON]
        return tuple(row for row in ahead if row.due_on is not None and row.due_on >= today)

    def due(self, within_days: int) -> tuple[RequestOverview, ...]:
        """Requests that are overdue or due within so many days, the most pressing first."""
        today = self._clock.today()
        with self._vault.reading() as stores:
            rows = stores.overviews.pressing(today, within_days, limit=100_000)
        wanted = {Urgency.OVERDUE, Urgency.DUE_SOON}
        return tuple(
            row for row in do_next(rows, today, within_days) if row.urgency(today, within_days) in wanted
        )
