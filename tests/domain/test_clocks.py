# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta

import pytest

from optout_desktop.domain.calendars import Calendar
from optout_desktop.domain.clocks import Clock, ClockState, Dates, FrozenBook, Start
from optout_desktop.domain.ids import CalendarId
from optout_desktop.domain.laws import Period, Step, Unit
from optout_desktop.domain.requests import ProofGrade
from tests.lawbooks import a_rule

START = Start(event="receipt", on=date(2026, 11, 2), grade=ProofGrade.STATED)
DATES = Dates(nominal=date(2026, 11, 14), due=date(2026, 11, 16), flag_after=date(2026, 11, 18))


def a_clock(**changes):
    return Clock(**{"rule": a_rule(), "start": START, "dates": DATES} | changes)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 11, 16), ClockState.RUNNING),
        (date(2026, 11, 17), ClockState.GRACE),
        (date(2026, 11, 18), ClockState.GRACE),
        (date(2026, 11, 19), ClockState.MISSED),
    ],
)
def test_a_clock_is_missed_only_after_its_last_defensible_day_has_ended(today, state):
    assert a_clock().state(today) is state


@pytest.mark.parametrize(
    "rule",
    [
        a_rule(is_soft=True),
        a_rule(only_where="the texts are about a parcel"),
        a_rule(step=Step.OPTOUT_DURATION),
        a_rule(step=Step.COMPLAIN_WINDOW),
    ],
    ids=["guide", "unknown fact", "span", "the person's own window"],
)
def test_what_binds_nobody_for_certain_is_never_missed(rule):
    assert a_clock(rule=rule).state(date(2030, 1, 1)) is ClockState.GRACE


def test_a_duty_met_on_the_last_defensible_day_is_met_in_time():
    assert a_clock(met_on=DATES.flag_after).state(date(2030, 1, 1)) is ClockState.MET
    assert a_clock(met_on=DATES.flag_after + timedelta(days=1)).state(date(2030, 1, 1)) is ClockState.MET_LATE


def test_a_clock_without_a_number_has_no_date_to_miss():
    rule = a_rule(period=Period(unit=Unit.IMMEDIATELY))

    assert a_clock(rule=rule, dates=None).state(date(2030, 1, 1)) is ClockState.NO_DATE
    assert a_clock(rule=rule, start=None, dates=None).state(date(2030, 1, 1)) is ClockState.NOT_STARTED


def test_a_kept_book_gives_back_what_was_kept():
    weekends = Calendar(
        id=CalendarId("EU"), title="Weekends", first=date(2026, 1, 1), last=date(2026, 12, 31), holidays=()
    )
    book = FrozenBook(calendars=(weekends,), region_lists=(("EU", (CalendarId("EU"),)),))

    assert book.calendar(CalendarId("EU")) is weekends
    assert (book.regions("EU"), book.regions("DE")) == ((CalendarId("EU"),), ())
