# SPDX-License-Identifier: Apache-2.0
"""The dashboard: what is late, what is due, what waits, what to do now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from statistics import median_low

from optout_desktop.domain.agenda import Agenda, RequestOverview, Urgency, do_next
from optout_desktop.domain.ids import CompanyId, PersonId
from optout_desktop.storage.answer_times import AnswerTime
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .ports import Clock
from .preferences import PreferenceService

SHOWN_AT_MOST = 10
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyDays:
    """How many days one company took to answer, over its requests of the last twelve months.

    A request that is still open after its day counts with the days until now. The median is a day count that
    occurs, the lower of two in the middle. ``limit_days`` is the longest time that any of the requests allowed.
    """

    company: CompanyId
    name: str
    median_days: int
    shortest_days: int
    longest_days: int
    answers: int
    limit_days: int
    is_open: bool
    """Whether an open request stands at the median or below it: the days can only grow."""


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
        until = today + timedelta(days=within_days)
        return tuple(row for row in ahead if row.due_on is not None and today <= row.due_on <= until)

    def days_to_answer(self, count: int, person: PersonId | None = None) -> tuple[CompanyDays, ...]:
        """The ``count`` companies with the most of the latest requests, the slowest first."""
        today = self._clock.today()
        with self._vault.reading() as stores:
            times = stores.answer_times.latest(today - _A_YEAR, today, count, person)
        found = [days_of(tuple(of_one), today) for _, of_one in groupby(times, lambda one: one.company)]
        return tuple(sorted(found, key=lambda one: (-one.median_days, one.name.lower())))

    def due(self, within_days: int) -> tuple[RequestOverview, ...]:
        """Requests that are overdue or due within so many days, the most pressing first.

        A registration that has lapsed is among them: its day has passed, though nobody is late.
        """
        today = self._clock.today()
        with self._vault.reading() as stores:
            rows = stores.overviews.pressing(today, within_days, limit=100_000)
        until = today + timedelta(days=within_days)

        def is_wanted(row: RequestOverview) -> bool:
            match row.urgency(today, within_days):
                case Urgency.OVERDUE:
                    return True
                case Urgency.DUE_SOON:
                    return row.due_on is not None and row.due_on <= until
                case _:
                    return row.has_lapsed(today)

        return tuple(row for row in do_next(rows, today, within_days) if is_wanted(row))


def days_of(times: Sequence[AnswerTime], today: date) -> CompanyDays:
    """The record of one company; ``times`` are its own, at least one."""
    days = [((one.met_on or today) - one.sent_on).days for one in times]
    middle = median_low(days)
    return CompanyDays(
        company=times[0].company,
        name=times[-1].company_name,
        median_days=middle,
        shortest_days=min(days),
        longest_days=max(days),
        answers=sum(one.met_on is not None for one in times),
        limit_days=max((one.due_on - one.sent_on).days for one in times),
        is_open=any(one.met_on is None and spent <= middle for one, spent in zip(times, days, strict=True)),
    )
