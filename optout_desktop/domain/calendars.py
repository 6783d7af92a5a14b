# SPDX-License-Identifier: Apache-2.0
"""Calendars: named non-working days, and the arithmetic of days that statutes use.

A calendar is a value: it can be kept with a request, so that a later release of a holiday table never
moves an old deadline. Counting uses a cumulative index and costs the same for 3 days as for 300.
"""

from __future__ import annotations

import calendar as _gregorian
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta

from .ids import CalendarId

SATURDAY_AND_SUNDAY = (5, 6)
SUNDAY_ONLY = (6,)
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class OutOfCalendar(Exception):
    """A day outside the years that a calendar covers: whoever built the calendar must cover more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NonWorkingDay:
    """One day that does not count, with the name that a person knows it by."""

    on: date
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The non-working days of one place from ``first`` to ``last``, both included.

    ``weekend`` holds weekday numbers, Monday is 0. A holiday that falls on a weekend day is kept by name.
    """

    id: CalendarId
    title: str
    first: date
    last: date
    holidays: tuple[NonWorkingDay, ...]
    weekend: tuple[int, ...] = SATURDAY_AND_SUNDAY
    _names: dict[date, str] = field(init=False, repr=False, compare=False, hash=False)
    _working: list[int] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        names = {day.on: day.name for day in self.holidays}
        off = {day.toordinal() for day in names}
        weekend = {(weekday + 1) % 7 for weekday in self.weekend}  # ordinals: Sunday is 0
        working = [
            ordinal
            for ordinal in range(self.first.toordinal(), self.last.toordinal() + 1)
            if ordinal % 7 not in weekend and ordinal not in off
        ]
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "_working", working)

    def why_not(self, day: date) -> str | None:
        """The name of the holiday or weekend day that ``day`` is, or None where it counts."""
        if name := self._names.get(day):
            return name
        return WEEKDAY_NAMES[day.weekday()] if day.weekday() in self.weekend else None

    def is_working(self, day: date) -> bool:
        """True where ``day`` counts."""
        return self.why_not(day) is None

    def add_working_days(self, start: date, amount: int, *, counts_start: bool = False) -> date:
        """The working day that is number ``amount`` after ``start``, which is day 0.

        With ``counts_start`` the start is day 1 where it is a working day itself (Spam Act 2003 (Cth) Sch.
        2 cl. 6). Raises OutOfCalendar.
        """
        self._demand(start)
        ordinal = start.toordinal()
        before = bisect_left(self._working, ordinal) if counts_start else bisect_right(self._working, ordinal)
        index = before + amount - 1
        if index >= len(self._working):
            raise OutOfCalendar(f"{self.id}: day {amount} after {start}")
        return date.fromordinal(self._working[index])

    def on_or_after(self, day: date) -> date:
        """``day`` itself where it counts, else the next day that does. Raises OutOfCalendar."""
        self._demand(day)
        index = bisect_left(self._working, day.toordinal())
        if index >= len(self._working):
            raise OutOfCalendar(f"{self.id}: after {day}")
        return date.fromordinal(self._working[index])

    def next_non_holiday(self, day: date) -> date:
        """``day`` itself unless it is a Sunday or a holiday, else the next day that is neither: Saturdays
        count.

        Interpretation Act, R.S.C. 1985, c. I-21, s. 26 and 35. Raises OutOfCalendar.
        """
        self._demand(day)
        while day.weekday() in SUNDAY_ONLY or day in self._names:
            day += timedelta(days=1)
        return day

    def skipped(self, after: date, until: date) -> tuple[NonWorkingDay, ...]:
        """Every day after ``after`` up to and with ``until`` that does not count, by name."""
        days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
        return tuple(NonWorkingDay(on=day, name=name) for day in days if (name := self.why_not(day)))

    def between(self, first: date, last: date) -> Calendar:
        """The same calendar cut to a span, to be kept with a request."""
        first, last = max(first, self.first), min(last, self.last)
        kept = tuple(day for day in self.holidays if first <= day.on <= last)
        return Calendar(
            id=self.id, title=self.title, first=first, last=last, holidays=kept, weekend=self.weekend
        )

    def _demand(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise OutOfCalendar(f"{self.id}: {day}")


def add_months(start: date, months: int) -> date:
    """The same day number ``months`` later, or that month's last day where it has no such day.

    Regulation (EEC, Euratom) No 1182/71 art. 3(2)(c): a period of months ends with the last hour of the
    same date, or of the last day where the month has no such date.
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    last = _gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))
