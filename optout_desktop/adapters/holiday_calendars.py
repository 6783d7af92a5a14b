# SPDX-License-Identifier: Apache-2.0
"""Holiday calendars: the `holidays` package → calendars of the domain, with the corrections that statutes
need.

The package is imported at the first question, a calendar is built at its first use (some milliseconds) and
kept. Ids are a country (``DE``), a country with a region (``DE-BY``), ``EU`` for weekends alone, or the
name of a law's own list (``US-federal``, ``NZ-Privacy-Act``, ``CA-federal-ON``).
"""

from __future__ import annotations

import difflib
import warnings
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from threading import RLock

from optout_desktop.domain.calendars import Calendar, NonWorkingDay
from optout_desktop.domain.counting import EARLIEST_YEAR, LATEST_YEAR
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import CalendarId
from optout_desktop.domain.places import EEA_STATES, EU_PLACE, Place, country_of, is_place, region_of

_Days = dict[date, str]

_FIRST = date(EARLIEST_YEAR, 1, 1)
_LAST = date(LATEST_YEAR + 10, 12, 31)
_COMPARED_YEARS = range(2020, 2037)
"""The years over which a region must differ from its country to count as a calendar of its own."""

_CANADIAN = "CA-federal-"
_AUSTRALIAN_STATES = ("ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA")
_UK_NATIONS = ("ENG", "NIR", "SCT", "WLS")
_REGIONS_ONLY: dict[str, tuple[str, ...]] = {
    "AU": _AUSTRALIAN_STATES,
    "IT": (),
    "PT": ("20", "30"),  # the Azores and Madeira
}
"""Where the package also has parts of states, or the patron days of towns, which never count."""


class HolidayCalendars:
    """The calendar book of the app; safe to ask from several threads."""

    def __init__(self) -> None:
        self._calendars: dict[str, Calendar] = {}
        self._regions: dict[str, tuple[CalendarId, ...]] = {}
        self._lock = RLock()

    def calendar(self, calendar: CalendarId) -> Calendar:
        """The calendar of that id from 1990 to 2070. Raises NotFound with the nearest known ids."""
        if (known := self._calendars.get(calendar)) is not None:
            return known
        with self._lock:
            return self._calendars.setdefault(calendar, _build(calendar))

    def regions(self, country: str) -> tuple[CalendarId, ...]:
        """The calendars of a country's regions that differ from its own; for ``EU``, of the 30 states."""
        if (known := self._regions.get(country)) is not None:
            return known
        with self._lock:
            return self._regions.setdefault(country, tuple(map(CalendarId, _regions(country))))

    def named_regions(self, country: str) -> tuple[tuple[Place, str], ...]:
        """The regions of a country whose public holidays are known, in order of their names."""
        named = ((Place(f"{country}-{code}"), _name_of_region(country, code)) for code in _codes(country))
        return tuple(sorted(named, key=lambda one: one[1].casefold()))


def _build(calendar: str) -> Calendar:
    title, days = _named(calendar)
    return Calendar(
        id=CalendarId(calendar),
        title=title,
        first=_FIRST,
        last=_LAST,
        holidays=tuple(NonWorkingDay(on=day, name=days[day]) for day in sorted(days)),
    )


def _named(calendar: str) -> tuple[str, _Days]:
    """The title and the days of a calendar."""
    if (special := _SPECIAL.get(calendar)) is not None:
        title, days = special
        return title, days()
    if calendar.startswith(_CANADIAN):
        region = calendar.removeprefix(_CANADIAN)
        return f"Canada (federal) and {region}", _canada_federal() | _of_place("CA", region)
    if not is_place(calendar) or calendar == "GB":
        raise _unknown(calendar)
    country, region = country_of(calendar), region_of(calendar)
    found = _of_place(country, region)  # first, because it knows which places there are
    return f"{_name_of(country)}{f' ({region})' if region else ''}", found


# ── the package ──────────────────────────────────────────────────────────────────────────────────────


def _of_place(
    country: str, region: str = "", *, categories: tuple[str, ...] = (), years: range | None = None
) -> _Days:
    """The public holidays of a place by name, in English where the package has it. Raises NotFound."""
    import holidays

    codes = holidays.list_supported_countries(include_aliases=False)
    if country not in codes or (region and region not in codes[country]):
        raise _unknown(f"{country}-{region}" if region else country)
    kind = type(holidays.country_holidays(country))
    covered = years or _years()
    covered = range(max(covered.start, kind.start_year), min(covered.stop, kind.end_year + 1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # some years lack a religious feast; that is known
        found = holidays.country_holidays(
            country,
            subdiv=region or None,
            years=covered,
            language="en_US" if "en_US" in kind.supported_languages else None,
            categories=categories or None,
        )
    return {day: name for day, name in found.items() if day.year in covered}


def _unknown(calendar: str) -> NotFound:
    import holidays

    codes = holidays.list_supported_countries(include_aliases=False)
    country = country_of(calendar)
    known = [*_SPECIAL, *codes, *(f"{country}-{region}" for region in codes.get(country, ()))]
    return NotFound("calendar", calendar, tuple(difflib.get_close_matches(calendar, known, n=3)))


def _name_of(country: str) -> str:
    import holidays

    words = type(holidays.country_holidays(country)).__mro__[1].__name__
    return "".join(f" {letter}" if letter.isupper() else letter for letter in words).strip()


# ── regions ──────────────────────────────────────────────────────────────────────────────────────────


def _regions(country: str) -> Iterator[str]:
    """The calendars to try for an unknown region: only those that differ from the country's own."""
    if country == EU_PLACE:
        yield from sorted(EEA_STATES)
        return
    if country == "GB":
        yield from (f"GB-{nation}" for nation in _UK_NATIONS)
        return
    own = _canada_federal() if country == "CA" else _of_place(country)
    nationwide = {day for day in own if day.year in _COMPARED_YEARS}
    for region in _codes(country):
        days = set(_of_place(country, region, years=_COMPARED_YEARS))
        if (days | nationwide if country == "CA" else days) != nationwide:
            yield f"{_CANADIAN}{region}" if country == "CA" else f"{country}-{region}"


def _codes(country: str) -> Iterator[str]:
    """The letters of a country's regions; a town such as Augsburg is none."""
    import holidays

    known = holidays.list_supported_countries(include_aliases=False).get(country, ())
    for code in _REGIONS_ONLY.get(country, tuple(known)):
        if is_place(f"{country}-{code}"):
            yield code


def _name_of_region(country: str, code: str) -> str:
    """A region's name as it calls itself; its letters where the package has no name."""
    import holidays

    names: dict[str, str] = getattr(holidays.country_holidays(country), "subdivisions_aliases", {})
    return next((name for name, of in names.items() if of == code and not name.isupper()), code)


# ── lists of single laws ─────────────────────────────────────────────────────────────────────────────


def _california() -> _Days:
    """Federal days, 31 March and the Friday after Thanksgiving (Cal. Gov. Code 6700)."""
    days = _of_place("US")
    for year in _years():
        days.setdefault(date(year, 3, 31), "Cesar Chavez Day")
        fourth_thursday = _weekday_of_month(year, 11, 3, 4)
        days.setdefault(fourth_thursday + timedelta(days=1), "Day after Thanksgiving")
    return days


def _canada_federal() -> _Days:
    """Interpretation Act, R.S.C. 1985, c. I-21, s. 35: with Easter Monday, without Boxing Day.

    Thanksgiving is proclaimed each year and counted.
    """
    days = {
        day: name
        for day, name in _of_place("CA", categories=("government",)).items()
        if "Boxing Day" not in name
    }
    for day, name in list(days.items()):
        if name == "Good Friday":
            days.setdefault(day + timedelta(days=3), "Easter Monday")
    return days


def _new_zealand(last_of_january: int) -> Callable[[], _Days]:
    """National days and the closed days around New Year; regional anniversaries count as working days."""

    def build() -> _Days:
        days = _of_place("NZ")
        for year in _years():
            closed = date(year, 12, 25)
            while closed <= date(year + 1, 1, last_of_january):
                days.setdefault(closed, "Closed days around New Year")
                closed += timedelta(days=1)
        return days

    return build


def _weekends_only() -> _Days:
    return {}


def _years() -> range:
    return range(EARLIEST_YEAR, LATEST_YEAR + 11)


def _weekday_of_month(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


_SPECIAL: dict[str, tuple[str, Callable[[], _Days]]] = {
    "EU": ("Saturdays and Sundays", _weekends_only),
    "US-federal": ("United States (federal)", lambda: _of_place("US")),
    "US-CA-lenient": ("California", _california),
    "CA-federal": ("Canada (federal)", _canada_federal),
    "CA-QC": ("Quebec", lambda: _of_place("CA", "QC")),
    "NZ": ("New Zealand", _new_zealand(2)),
    "NZ-Privacy-Act": ("New Zealand (Privacy Act)", _new_zealand(15)),
}
