# SPDX-License-Identifier: Apache-2.0
"""Counting: one rule, one start day, one place → its three dates.

Everything here is arithmetic on days. Whose non-working days count is decided once per kind of calendar and
place (``calendar_choice``); the calendars themselves come through ``CalendarBook``. Laws that leave a doubt
(a company whose region nobody knows, a longer reading that a source supports) never move *due*, only
*flag_after*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from .calendars import Calendar, OutOfCalendar, add_months
from .ids import CalendarId
from .laws import (
    COMPANY_ACTS,
    CalendarRule,
    DayZero,
    ExtensionFrom,
    Period,
    Reckoning,
    Roll,
    Rule,
    Unit,
)
from .places import EEA_STATES, EU_PLACE, country_of, region_of

EARLIEST_YEAR = 1990
LATEST_YEAR = 2060
"""Outside these years nothing is counted: no law of the app is older, no calendar reaches further."""

_ONE_DAY = timedelta(days=1)


class CalendarBook(Protocol):
    """Where calendars come from: the holiday tables, or the days kept with a request."""

    def calendar(self, calendar: CalendarId) -> Calendar:
        """The calendar of that id, over all the years that matter. Raises NotFound."""
        ...

    def regions(self, country: str) -> tuple[CalendarId, ...]:
        """The calendars of a country's regions that differ from its own; for ``EU``, of all its states.

        ``CA`` means the provinces as federal laws see them (federal days and the province's).
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The three dates of one reading; ``calendar`` is the primary calendar's id or an empty string."""

    nominal: date
    due: date
    flag_after: date
    calendar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChoice:
    """Whose days count for a rule at a place.

    ``primary`` decides *due*. ``lenient`` and, where ``widens_to`` names a country, the calendars of its
    regions can only make *flag_after* later. ``national`` gives the courtesy of a next working day where a
    law states no roll.
    """

    primary: str = ""
    national: str = ""
    lenient: tuple[CalendarId, ...] = ()
    widens_to: str = ""

    def lenient_in(self, book: CalendarBook) -> tuple[CalendarId, ...]:
        """Every calendar that can make *flag_after* later."""
        return self.lenient + book.regions(self.widens_to) if self.widens_to else self.lenient

    def all_in(self, book: CalendarBook) -> tuple[CalendarId, ...]:
        """Every calendar that a deadline of this choice can touch, each once."""
        own = (CalendarId(name) for name in (self.primary, self.national) if name)
        return tuple(dict.fromkeys((*own, *self.lenient_in(book))))


_BY_REGION = {
    CalendarRule.UK_NATION: ("GB", "GB-ENG", ""),
    CalendarRule.CA_FEDERAL: ("CA", "CA-federal", "CA-federal-"),
    CalendarRule.AU_STATE: ("AU", "AU", ""),
    CalendarRule.CH_CANTON: ("CH", "CH", ""),
}
"""Rules whose days depend on the region: country, national calendar, prefix of a region's calendar."""

_REGIONS_WITH_DAYS = {
    "ES": frozenset("AN AR AS CB CE CL CM CN CT EX GA IB MC MD ML NC PV RI VC".split()),  # noqa: SIM905
    "FI": frozenset({"01"}),
    "FR": frozenset("57 6AE 971 972 973 974 976 BL MF NC PF WF".split()),  # noqa: SIM905
    "PT": frozenset({"20", "30"}),
}
"""Where only some of a state's regions have public holidays of their own; any other region, such as a
province or a department, leaves it open which of them applies."""

_EVERY_REGION_HAS_A_CALENDAR = frozenset({"AT", "DE"})

_WITHOUT_REGIONAL_DAYS = frozenset({"IT"})
"""Italian provinces differ in municipal patron days alone, which never count."""


def calendar_choice(rule: Rule, addressee_place: str) -> CalendarChoice:
    """Whose holidays count: those of the place where the addressee must act.

    Regulation (EEC, Euratom) No 1182/71 art. 2(1); Spam Act 2003 (Cth) Sch. 2 cl. 6(2). Only EU states with
    regional holidays, UK nations, Canadian provinces, Australian states and Swiss cantons widen where the
    region is unknown; under an EU rule an unknown country counts weekends alone and widens to every state.
    """
    return _choice(rule.calendar, addressee_place, rule.lenient_calendar)


@lru_cache(maxsize=4096)
def _choice(calendar: CalendarRule, place: str, lenient: str) -> CalendarChoice:
    extra = (CalendarId(lenient),) if lenient else ()
    country = country_of(place)
    region = region_of(place)
    if calendar is CalendarRule.NONE:
        return CalendarChoice(lenient=extra)
    if calendar is CalendarRule.EU_MEMBER_STATE:
        if country not in EEA_STATES:
            return CalendarChoice(primary=EU_PLACE, national=EU_PLACE, lenient=extra, widens_to=EU_PLACE)
        if country in _WITHOUT_REGIONAL_DAYS:
            return CalendarChoice(primary=country, national=country, lenient=extra)
        if region and (
            country in _EVERY_REGION_HAS_A_CALENDAR or region in _REGIONS_WITH_DAYS.get(country, ())
        ):
            return CalendarChoice(primary=place, national=country, lenient=extra)
        return CalendarChoice(primary=country, national=country, lenient=extra, widens_to=country)
    if calendar in _BY_REGION:
        home, national, prefix = _BY_REGION[calendar]
        if country == home and region:
            own = f"{prefix}{region}" if prefix else place
            return CalendarChoice(primary=own, national=national, lenient=extra)
        return CalendarChoice(primary=national, national=national, lenient=extra, widens_to=home)
    return CalendarChoice(primary=calendar.value, national=calendar.value, lenient=extra)


def dates(
    rule: Rule,
    start_on: date,
    addressee_place: str,
    book: CalendarBook,
    *,
    extended: bool = False,
    paused_days: int = 0,
) -> Dates | None:
    """The dates of ``rule`` for an event on ``start_on``, or None where the law gives no number.

    ``extended`` takes the rule's extension, ``paused_days`` are added to the nominal end before any roll. The
    version is not chosen here. Raises OutOfCalendar, NotFound.
    """
    if not rule.period.has_number:
        return None
    start = rule.begins_on(start_on)
    if not EARLIEST_YEAR <= start.year <= LATEST_YEAR:
        raise OutOfCalendar(f"{rule.id}: {start}")
    count = _Count(rule=rule, start=start, extended=extended, paused=timedelta(days=paused_days))
    choice = calendar_choice(rule, addressee_place)
    needs_calendar = rule.roll is not Roll.NONE or rule.period.unit is Unit.BUSINESS_DAYS
    primary = book.calendar(CalendarId(choice.primary)) if needs_calendar and choice.primary else None
    nominal = count.nominal(rule.period, primary)
    if rule.reckoning is Reckoning.EFFECT_FROM:
        return Dates(
            nominal=nominal,
            due=nominal - _ONE_DAY,
            flag_after=nominal,
            calendar=choice.primary if primary else "",
        )
    due = _rolled(rule.roll, nominal, primary)
    latest = due
    if rule.lenient_period is not None:
        latest = max(latest, _rolled(rule.roll, count.nominal(rule.lenient_period, primary), primary))
    if primary is not None and (choice.lenient or choice.widens_to):
        for other in choice.lenient_in(book):
            kept = book.calendar(other)
            latest = max(latest, _rolled(rule.roll, count.nominal(rule.period, kept), kept))
    return Dates(
        nominal=nominal,
        due=due,
        flag_after=_with_courtesy(rule, latest, choice, book),
        calendar=choice.primary if primary else "",
    )


def _with_courtesy(rule: Rule, last: date, choice: CalendarChoice, book: CalendarBook) -> date:
    """The next working day at the place where the law states no roll but somebody else must act."""
    if rule.roll is not Roll.NONE or not choice.national:
        return last
    if rule.step in COMPANY_ACTS:
        return book.calendar(CalendarId(choice.national)).on_or_after(last)
    if rule.lenient_roll is Roll.NONE:
        return last
    return _rolled(rule.lenient_roll, last, book.calendar(CalendarId(choice.primary)))


def _rolled(roll: Roll, day: date, calendar: Calendar | None) -> date:
    if roll is Roll.NONE or calendar is None:
        return day
    if roll is Roll.NEXT_WORKING_DAY:
        return calendar.on_or_after(day)
    return calendar.next_non_holiday(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """One start, counted with whichever period and calendar a reading wants."""

    rule: Rule
    start: date
    extended: bool
    paused: timedelta

    def nominal(self, period: Period, calendar: Calendar | None) -> date:
        """The last counted day, before any roll."""
        rule = self.rule
        includes_start = rule.day_zero is DayZero.INCLUDED
        end = add_period(self.start, period, calendar, includes_start=includes_start)
        extension = rule.extension
        if self.extended and extension is not None and extension.period.has_number:
            if extension.counted_from is ExtensionFrom.START:
                end = add_period(self.start, extension.period, calendar, includes_start=includes_start)
            else:
                end = add_period(end, extension.period, calendar)
        return end + self.paused if self.paused else end


def add_period(
    start: date, period: Period, calendar: Calendar | None, *, includes_start: bool = False
) -> date:
    """``start`` plus ``period``; the start is day 0 unless ``includes_start``. Raises OutOfCalendar."""
    amount = period.amount or 0
    match period.unit:
        case Unit.DAYS:
            return start + timedelta(days=amount - includes_start)
        case Unit.BUSINESS_DAYS:
            if calendar is None:
                raise OutOfCalendar(f"no calendar for {amount} business days")
            return calendar.add_working_days(start, amount, counts_start=includes_start)
        case Unit.MONTHS:
            return add_months(start, amount)
        case Unit.YEARS:
            return add_months(start, 12 * amount)
        case _:  # minutes end on the day itself; a unit without a number never comes here
            return start


def in_force(rules: tuple[Rule, ...], on: date) -> tuple[Rule, ...]:
    """The versions that govern a request of ``on``: the start floor applies before the version is chosen."""
    return tuple(rule for rule in rules if rule.is_valid_on(rule.begins_on(on)))
