# SPDX-License-Identifier: Apache-2.0
"""A second calculator that walks day by day through the raw holiday tables, beside the app's own."""

import random
from datetime import date, timedelta
from functools import cache

import holidays
import pytest

from optout_desktop.domain.counting import dates
from optout_desktop.domain.laws import (
    CalendarRule,
    DayZero,
    ExtensionFrom,
    Reckoning,
    Roll,
    Step,
    Unit,
)
from tests.lawbooks import holiday_book, shipped_laws

YEARS = range(2019, 2036)
ONE_DAY = timedelta(days=1)
STATES = (
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905
)
REGIONS = {
    "AU": "ACT NSW NT QLD SA TAS VIC WA".split(),  # noqa: SIM905
    "CA": "AB BC MB NB NL NS NT NU ON PE QC SK YT".split(),  # noqa: SIM905
    "CH": (
        "AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH".split()  # noqa: SIM905
    ),
    "DE": "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH".split(),  # noqa: SIM905
    "ES": "AN AR AS CB CE CL CM CN CT EX GA IB MC MD ML NC PV RI VC".split(),  # noqa: SIM905
    "FI": ["01"],
    "FR": "57 6AE 971 972 973 974 976 BL MF NC PF WF".split(),  # noqa: SIM905
    "GB": "ENG NIR SCT WLS".split(),  # noqa: SIM905
    "PT": ["20", "30"],
}
WITHOUT_COURTESY = {
    Step.OPTOUT_DURATION,
    Step.NO_REASK,
    Step.MECHANISM_LIVE,
    Step.WAITING_PERIOD,
    Step.COMPLAIN_WINDOW,
    Step.EFFECTIVE,
    Step.REGISTRY_EFFECTIVE,
    Step.ESCALATE,
    Step.FOLLOW_UP_MESSAGE,
}
HOMES = {CalendarRule.UK_NATION: "GB", CalendarRule.AU_STATE: "AU", CalendarRule.CH_CANTON: "CH"}


@cache
def raw(name):
    """The days of a table that do not count, weekends apart."""
    if name == "US-federal":
        return set(holidays.US(years=YEARS))
    if name == "US-CA":
        fridays = {
            day + ONE_DAY for day, what in holidays.US(years=YEARS).items() if what == "Thanksgiving Day"
        }
        return raw("US-federal") | fridays | {date(year, 3, 31) for year in YEARS}
    if name == "CA-federal":
        federal = holidays.CA(years=YEARS, categories=("government",))
        mondays = {day + 3 * ONE_DAY for day, what in federal.items() if what == "Good Friday"}
        return {day for day, what in federal.items() if "Boxing" not in what} | mondays
    if name in {"NZ", "NZ-Privacy-Act"}:
        closed = {date(year, 12, 25) + n * ONE_DAY for year in YEARS for n in range(22 if "-" in name else 9)}
        return set(holidays.NZ(years=YEARS)) | closed
    if name == "QC":
        return set(holidays.CA(subdiv="QC", years=YEARS))
    country, _, region = name.partition("-")
    found = set(holidays.country_holidays(country, subdiv=region or None, years=YEARS))
    return found | raw("CA-federal") if country == "CA" else found


def table_and_others(rule, place):
    """The table that decides the last lawful day, and every table that can make the accusation later."""
    country, _, region = place.partition("-")
    match rule.calendar:
        case CalendarRule.US_FEDERAL:
            return "US-federal", ["US-CA"] if rule.lenient_calendar else []
        case CalendarRule.CA_QC:
            return "QC", []
        case CalendarRule.CA_FEDERAL if not region:
            return "CA-federal", [f"CA-{one}" for one in REGIONS["CA"]]
        case CalendarRule.EU_MEMBER_STATE if country == "IT":
            return "IT", []
        case (
            CalendarRule.EU_MEMBER_STATE
            | CalendarRule.UK_NATION
            | CalendarRule.AU_STATE
            | CalendarRule.CH_CANTON
        ) if not region:
            own = "GB-ENG" if country == "GB" else country
            return own, [f"{country}-{one}" for one in REGIONS.get(country, ())]
        case (
            CalendarRule.CA_FEDERAL
            | CalendarRule.EU_MEMBER_STATE
            | CalendarRule.UK_NATION
            | CalendarRule.AU_STATE
            | CalendarRule.CH_CANTON
        ):
            return place, []
    return rule.calendar.value, []


def is_off(day, table, weekend=(5, 6)):
    return day.weekday() in weekend or day in raw(table)


def walk(start, period, table, includes_start=False):
    day, counted = start, 0
    if period.unit in {Unit.MONTHS, Unit.YEARS}:
        months = period.amount * (12 if period.unit is Unit.YEARS else 1)
        first_of_month = date(
            start.year + (start.month - 1 + months) // 12, (start.month - 1 + months) % 12 + 1, 1
        )
        day = first_of_month
        while day.day < start.day and (day + ONE_DAY).month == first_of_month.month:
            day += ONE_DAY
        return day
    if period.unit is Unit.MINUTES:
        return day
    if includes_start and not is_off(day, table):
        counted = 1
    while counted < period.amount:
        day += ONE_DAY
        if period.unit is Unit.DAYS or not is_off(day, table):
            counted += 1
    return day


def rolled(day, rule, table):
    weekend = (6,) if rule.roll is Roll.NEXT_NON_HOLIDAY else (5, 6)
    while rule.roll is not Roll.NONE and is_off(day, table, weekend):
        day += ONE_DAY
    return day


def ended(rule, period, start, table, extended):
    end = walk(start, period, table, includes_start=rule.day_zero is DayZero.INCLUDED)
    if extended and rule.extension and rule.extension.period.has_number:
        from_start = rule.extension.counted_from is ExtensionFrom.START
        end = walk(start if from_start else end, rule.extension.period, table)
    return end


def by_hand(rule, on, place, extended):
    """Nominal, due and the last day on which nobody is accused."""
    start = max(on, rule.start_floor or on)
    table, others = table_and_others(rule, place)
    nominal = ended(rule, rule.period, start, table, extended)
    if rule.reckoning is Reckoning.EFFECT_FROM:
        return nominal, nominal - ONE_DAY, nominal
    due = latest = rolled(nominal, rule, table)
    if rule.lenient_period:
        latest = max(latest, rolled(ended(rule, rule.lenient_period, start, table, extended), rule, table))
    if rule.roll is not Roll.NONE or rule.period.unit is Unit.BUSINESS_DAYS:
        ends = (rolled(ended(rule, rule.period, start, other, extended), rule, other) for other in others)
        latest = max(latest, *ends) if others else latest
    if rule.roll is Roll.NONE and (rule.step not in WITHOUT_COURTESY or rule.lenient_roll is not Roll.NONE):
        home = {"CA": "CA-federal", "GB": "GB-ENG", "US": "US-federal"}.get(place[:2], place[:2])
        while is_off(latest, home):
            latest += ONE_DAY
    return nominal, due, latest


DATED = [rule for law in shipped_laws().laws for rule in law.rules if rule.period.has_number]


def places(rule):
    match rule.calendar:
        case CalendarRule.EU_MEMBER_STATE:
            countries = STATES
        case CalendarRule.CA_FEDERAL:
            countries = ["CA"]
        case CalendarRule.CA_QC:
            return ["CA-QC"]
        case kind if kind in HOMES:
            countries = [HOMES[kind]]
        case CalendarRule.NONE:
            return ["US-CA", "DE", "AU"]
        case kind:
            return [kind.value[:2]]
    return [*countries, *(f"{one}-{region}" for one in countries for region in REGIONS.get(one, ()))]


def random_case(number):
    dice = random.Random(number)  # noqa: S311  # the same cases every time
    kinds = sorted({rule.calendar for rule in DATED})
    rule = dice.choice([rule for rule in DATED if rule.calendar is kinds[number % len(kinds)]])
    day = date(2020, 1, 1) + timedelta(days=dice.randrange(11 * 365))
    return rule, day, dice.choice(places(rule)), dice.random() < 0.3


@pytest.mark.parametrize("part", range(10))
def test_the_three_dates_are_those_of_a_walk_day_by_day(part):
    for number in range(part * 100, part * 100 + 100):
        rule, day, place, extended = random_case(number)
        found = dates(rule, day, place, holiday_book(), extended=extended)

        assert (found.nominal, found.due, found.flag_after) == by_hand(rule, day, place, extended), (
            f"{rule.id} from {day} at {place}"
        )


@pytest.mark.parametrize("place", ["DE", "ES", "FR", "GB", "PT", "IT", "FI", "AT", "SE"])
def test_an_unknown_region_waits_for_the_latest_of_all_regions_and_for_no_town(place):
    law, name = ("uk-gdpr", "uk.complaint-ack") if place == "GB" else ("eu-gdpr", "gdpr.refuse")
    rule = next(rule for one in shipped_laws().laws if one.id == law for rule in one.rules if rule.id == name)
    for number in range(366):
        day = date(2026, 7, 1) + timedelta(days=number)
        found = dates(rule, day, place, holiday_book())

        assert (found.nominal, found.due, found.flag_after) == by_hand(rule, day, place, extended=False)
