# SPDX-License-Identifier: Apache-2.0
"""A clock that stands until it is moved."""

from datetime import date

from optout_desktop.services.stopped_clock import StoppedClock

DAY = date(2026, 3, 2)


def test_it_says_the_day_that_it_was_told():
    clock = StoppedClock(DAY)
    before = clock.today()
    clock.move_to(date(2026, 4, 1))

    assert (before, clock.today()) == (DAY, date(2026, 4, 1))


def test_each_instant_is_of_that_day_and_later_than_the_one_before():
    clock = StoppedClock(DAY)
    first, second = clock.now(), clock.now()

    assert first < second
    assert first.date() == second.date() == DAY
    assert first.tzinfo is None
