# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from optout_desktop.domain.calendars import Calendar, NonWorkingDay, OutOfCalendar, add_months
from optout_desktop.domain.ids import CalendarId

FRIDAY = date(2026, 12, 25)
CALENDAR = Calendar(
    id=CalendarId("test"),
    title="Test",
    first=date(2026, 1, 1),
    last=date(2027, 12, 31),
    holidays=(
        NonWorkingDay(on=FRIDAY, name="Christmas Day"),
        NonWorkingDay(on=date(2026, 12, 26), name="Boxing Day"),
    ),
)

days = some.dates(date(2026, 1, 1), date(2027, 6, 30))


@given(days, some.integers(1, 60))
def test_counting_working_days_is_the_same_as_walking_them(start, amount):
    day, counted = start, 0
    while counted < amount:
        day += timedelta(days=1)
        counted += CALENDAR.is_working(day)

    assert CALENDAR.add_working_days(start, amount) == day


def test_the_first_day_counts_where_it_is_a_working_day_and_the_law_says_so():
    assert CALENDAR.add_working_days(date(2026, 11, 2), 5, counts_start=True) == date(2026, 11, 6)
    assert CALENDAR.add_working_days(date(2026, 11, 1), 5, counts_start=True) == date(2026, 11, 6)


def test_a_last_day_moves_to_the_next_that_counts():
    assert CALENDAR.on_or_after(FRIDAY) == date(2026, 12, 28)


def test_a_saturday_is_an_ordinary_day_where_only_sundays_and_holidays_move():
    assert CALENDAR.next_non_holiday(date(2026, 11, 28)) == date(2026, 11, 28)
    assert CALENDAR.next_non_holiday(date(2026, 11, 29)) == date(2026, 11, 30)
    assert CALENDAR.next_non_holiday(FRIDAY) == date(2026, 12, 28)


def test_days_that_do_not_count_are_told_by_name():
    skipped = [day.name for day in CALENDAR.skipped(date(2026, 12, 24), date(2026, 12, 28))]

    assert skipped == ["Christmas Day", "Boxing Day", "Sunday"]


def test_a_calendar_cut_to_a_span_knows_nothing_outside_it():
    cut = CALENDAR.between(date(2027, 1, 1), date(2027, 12, 31))

    assert cut.holidays == ()
    with pytest.raises(OutOfCalendar):
        cut.on_or_after(FRIDAY)
    with pytest.raises(OutOfCalendar):
        cut.add_working_days(date(2027, 12, 30), 5)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 11, 22), 3, date(2027, 2, 22)),
        (date(2028, 2, 29), 60, date(2033, 2, 28)),
    ],
)
def test_months_end_on_the_same_number_or_the_months_last_day(start, months, end):
    assert add_months(start, months) == end
