# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from optout_desktop.domain.calendars import OutOfCalendar
from optout_desktop.domain.counting import CalendarChoice, calendar_choice, dates, in_force
from optout_desktop.domain.ids import CalendarId
from optout_desktop.domain.laws import (
    CalendarRule,
    DayZero,
    Extension,
    ExtensionFrom,
    Period,
    Reckoning,
    Roll,
    Step,
    Unit,
)
from tests.lawbooks import a_rule, holiday_book, rule_of, shipped_laws

PLACES = {
    CalendarRule.EU_MEMBER_STATE: ("", "DE", "DE-BY", "FR", "IT-MI", "PT", "NO", "US-CA"),
    CalendarRule.UK_NATION: ("", "GB", "GB-SCT"),
    CalendarRule.CA_FEDERAL: ("", "CA", "CA-QC", "CA-ON"),
    CalendarRule.AU_STATE: ("", "AU", "AU-VIC"),
    CalendarRule.CH_CANTON: ("", "CH", "CH-ZH"),
}
DATED = [rule for law in shipped_laws().laws for rule in law.rules if rule.period.has_number]

days = some.dates(date(2020, 1, 1), date(2030, 12, 31))
dated_rules = some.sampled_from(DATED)


@some.composite
def rules_and_places(draw):
    rule = draw(dated_rules)
    return rule, draw(some.sampled_from(PLACES.get(rule.calendar, ("", "US-CA"))))


def counted(rule, day, place, **more):
    found = dates(rule, day, place, holiday_book(), **more)
    assert found is not None
    return found


@given(rules_and_places(), days, some.booleans())
def test_a_rule_that_rolls_never_ends_on_a_day_that_does_not_count(rule_and_place, day, extended):
    rule, place = rule_and_place
    found = counted(rule, day, place, extended=extended)
    if rule.roll is Roll.NONE:
        return
    calendar = holiday_book().calendar(CalendarId(found.calendar))

    assert found.due == (
        calendar.on_or_after(found.due)
        if rule.roll is Roll.NEXT_WORKING_DAY
        else calendar.next_non_holiday(found.due)
    )


@given(rules_and_places(), days, some.integers(1, 40))
def test_sending_later_never_makes_a_deadline_earlier(rule_and_place, day, later):
    rule, place = rule_and_place
    first, second = counted(rule, day, place), counted(rule, day + timedelta(days=later), place)

    assert (first.nominal, first.due, first.flag_after) <= (second.nominal, second.due, second.flag_after)
    assert first.due <= second.due
    assert first.flag_after <= second.flag_after


@given(rules_and_places(), days)
def test_an_extension_never_shortens(rule_and_place, day):
    rule, place = rule_and_place

    longer, plain = counted(rule, day, place, extended=True), counted(rule, day, place)

    assert longer.nominal >= plain.nominal
    assert longer.due >= plain.due
    assert longer.flag_after >= plain.flag_after


@given(rules_and_places(), days, some.booleans(), some.integers(0, 30))
def test_nobody_is_accused_before_the_due_day(rule_and_place, day, extended, paused):
    rule, place = rule_and_place
    found = counted(rule, day, place, extended=extended, paused_days=paused)

    assert found.due <= found.flag_after
    assert found.nominal <= found.due or rule.reckoning is Reckoning.EFFECT_FROM


def test_a_period_without_a_number_gives_no_date():
    wordless = [rule for law in shipped_laws().laws for rule in law.rules if not rule.period.has_number]

    assert wordless
    assert not any(dates(rule, date(2026, 11, 22), "DE", holiday_book()) for rule in wordless)


def test_the_start_floor_applies_before_the_version_is_chosen():
    pickups = tuple(rule for rule in DATED if rule.id.startswith("delete-act.pickup"))
    [version] = in_force(pickups, date(2026, 3, 1))

    assert version.id == "delete-act.pickup.45"
    assert counted(version, date(2026, 3, 1), "US-CA").nominal == date(2026, 9, 15)


def test_an_extension_from_the_start_is_the_whole_period():
    rule = a_rule(
        period=Period(amount=1, unit=Unit.MONTHS),
        extension=Extension(period=Period(amount=3, unit=Unit.MONTHS), counted_from=ExtensionFrom.START),
    )

    assert counted(rule, date(2026, 1, 31), "DE", extended=True).nominal == date(2026, 4, 30)


def test_an_extension_is_added_to_the_nominal_end_and_not_to_the_rolled_day():
    rule = a_rule(
        period=Period(amount=45, unit=Unit.DAYS),
        roll=Roll.NEXT_WORKING_DAY,
        calendar=CalendarRule.US_FEDERAL,
        extension=Extension(period=Period(amount=45, unit=Unit.DAYS)),
    )

    assert counted(rule, date(2026, 10, 1), "US-CO").due == date(2026, 11, 16)
    assert counted(rule, date(2026, 10, 1), "US-CO", extended=True).nominal == date(2026, 12, 30)


def test_the_day_of_sending_is_day_one_under_the_australian_spam_act():
    rule = rule_of("au.unsub", date(2026, 11, 2))

    assert rule.day_zero is DayZero.INCLUDED
    assert counted(rule, date(2026, 11, 2), "AU-NSW").due == date(2026, 11, 6)


def test_the_days_of_a_clarification_are_added_before_the_roll():
    rule = rule_of("uk.answer", date(2026, 3, 2))
    plain = counted(rule, date(2026, 3, 2), "GB-ENG")
    paused = counted(rule, date(2026, 3, 2), "GB-ENG", paused_days=3)

    assert (plain.due, paused.nominal, paused.due) == (
        date(2026, 4, 2),
        date(2026, 4, 5),  # Easter Sunday
        date(2026, 4, 7),
    )


def test_a_span_is_not_moved_and_a_company_is_given_the_next_working_day():
    span = a_rule(step=Step.OPTOUT_DURATION, calendar=CalendarRule.US_FEDERAL)
    duty = a_rule(calendar=CalendarRule.US_FEDERAL)
    wednesday = date(2026, 11, 11)  # ten days later is a Saturday

    assert counted(span, wednesday, "US").flag_after == date(2026, 11, 21)
    assert counted(duty, wednesday, "US").due == date(2026, 11, 21)
    assert counted(duty, wednesday, "US").flag_after == date(2026, 11, 23)


@pytest.mark.parametrize("year", [1989, 2061, 9998])
def test_no_date_is_counted_outside_the_years_of_the_calendars(year):
    with pytest.raises(OutOfCalendar):
        dates(a_rule(), date(year, 1, 1), "US", holiday_book())


CHOICES = [
    (CalendarRule.NONE, "DE", CalendarChoice()),
    (CalendarRule.US_FEDERAL, "US-TX", CalendarChoice(primary="US-federal", national="US-federal")),
    (CalendarRule.EU_MEMBER_STATE, "DE-BY", CalendarChoice(primary="DE-BY", national="DE")),
    (CalendarRule.EU_MEMBER_STATE, "DE", CalendarChoice(primary="DE", national="DE", widens_to="DE")),
    (CalendarRule.EU_MEMBER_STATE, "IT-MI", CalendarChoice(primary="IT", national="IT")),
    (CalendarRule.EU_MEMBER_STATE, "PT-11", CalendarChoice(primary="PT", national="PT", widens_to="PT")),
    (CalendarRule.EU_MEMBER_STATE, "PT-30", CalendarChoice(primary="PT-30", national="PT")),
    (CalendarRule.EU_MEMBER_STATE, "ES-M", CalendarChoice(primary="ES", national="ES", widens_to="ES")),
    (CalendarRule.EU_MEMBER_STATE, "BE-VLG", CalendarChoice(primary="BE", national="BE", widens_to="BE")),
    (CalendarRule.EU_MEMBER_STATE, "", CalendarChoice(primary="EU", national="EU", widens_to="EU")),
    (CalendarRule.UK_NATION, "GB", CalendarChoice(primary="GB-ENG", national="GB-ENG", widens_to="GB")),
    (CalendarRule.CA_FEDERAL, "CA-ON", CalendarChoice(primary="CA-federal-ON", national="CA-federal")),
    (CalendarRule.NZ, "NZ-AUK", CalendarChoice(primary="NZ", national="NZ")),
]


@pytest.mark.parametrize(("calendar", "place", "choice"), CHOICES)
def test_the_days_of_the_place_where_the_company_must_act_count(calendar, place, choice):
    assert calendar_choice(a_rule(calendar=calendar), place) == choice
