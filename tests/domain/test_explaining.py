# SPDX-License-Identifier: Apache-2.0
import random
from datetime import date, timedelta

import holidays
import pytest

from optout_desktop.domain.clocks import WhyKind
from optout_desktop.domain.explaining import explain
from optout_desktop.domain.laws import CalendarRule, StartEvent
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from optout_desktop.domain.running import clocks_of
from tests.lawbooks import a_request, an_event, conventions, holiday_book, shipped_laws

# ── another calculator: a loop over days and the raw package, knowing nothing of ours but the lines ──


def raw_days(calendar, year):
    """The days of one year that do not count, straight from the package, with what statutes add or take."""
    if calendar == "US-federal":
        return set(holidays.US(years=year))
    if calendar.startswith("CA-federal"):
        federal = holidays.CA(years=year, categories=("government",))
        days = {day for day, name in federal.items() if "Boxing" not in name}
        days |= {day + timedelta(days=3) for day, name in federal.items() if name == "Good Friday"}
        return days | (set(holidays.CA(subdiv=calendar[11:], years=year)) if calendar[10:] else set())
    if calendar.startswith("NZ"):
        until = 15 if calendar == "NZ-Privacy-Act" else 2
        closed = {date(year, 12, day) for day in range(25, 32)}
        return set(holidays.NZ(years=year)) | closed | {date(year, 1, day) for day in range(1, until + 1)}
    if calendar == "EU":
        return set()
    country, _, region = calendar.partition("-")
    return set(holidays.country_holidays(country, subdiv=region or None, years=year))


def is_off(day, calendar, weekend=(5, 6)):
    return day.weekday() in weekend or any(
        day in raw_days(calendar, year) for year in (day.year, day.year + 1)
    )


def months_later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def walk(day, amount, unit, calendar, counts_first):
    """Day by day: what a careful clerk would do with a paper calendar."""
    if unit in {"months", "years"}:
        return months_later(day, amount * (12 if unit == "years" else 1))
    if unit == "minutes":
        return day
    counted = 0
    if counts_first and (unit == "days" or not is_off(day, calendar)):
        counted = 1
    while counted < amount:
        day += timedelta(days=1)
        if unit == "days" or not is_off(day, calendar):
            counted += 1
    return day


def replay(lines, roll):
    """Follow the lines from the start event to the due day."""
    day = anchor = None
    calendar, counts_first = "", False
    for line in lines:
        match line.kind:
            case WhyKind.START:
                day = anchor = line.on
            case WhyKind.DAY_ZERO:
                counts_first = line.name == "included"
            case WhyKind.PERIOD:
                calendar = line.calendar
                day = walk(day, line.amount, line.unit, calendar, counts_first)
            case WhyKind.EXTENSION:
                day = walk(anchor if line.name == "start" else day, line.amount, line.unit, calendar, False)
            case WhyKind.DUE if line.name == "effect-from":
                return day - timedelta(days=1)
    while roll == "next-working-day" and is_off(day, calendar):
        day += timedelta(days=1)
    while roll == "next-non-holiday" and is_off(day, calendar, weekend=(6,)):
        day += timedelta(days=1)
    return day


PLACES = {
    CalendarRule.EU_MEMBER_STATE: ("", "DE", "DE-BY", "FR", "IE", "ES-CT", "PL", "SE", "NO"),
    CalendarRule.UK_NATION: ("GB-ENG", "GB-SCT", "GB-NIR"),
    CalendarRule.CA_FEDERAL: ("CA", "CA-QC", "CA-ON"),
    CalendarRule.AU_STATE: ("AU-NSW", "AU-VIC", "AU-NT"),
    CalendarRule.CH_CANTON: ("CH-ZH", "CH-GE"),
}
SENT_EVENTS = {
    StartEvent.RECEIPT,
    StartEvent.SENDING,
    StartEvent.REQUEST_MADE,
    StartEvent.RECEIPT_IDENTITY_FEE,
    StartEvent.RECEIPT_OF_REVOCATION,
    StartEvent.REGISTRATION,
}
COUNTABLE = [
    (law, rule)
    for law in shipped_laws().laws
    for rule in law.rules
    if rule.period.has_number and rule.starts_on in SENT_EVENTS and not rule.is_for_refusal
    if rule.valid_to is None or rule.valid_to > date(2020, 1, 1)
]


def random_case(number):
    """A law, a place and a day of 2020 to 2030, every kind of calendar in turn."""
    dice = random.Random(number)  # noqa: S311  # the same cases every time
    kinds = sorted({rule.calendar for _, rule in COUNTABLE})
    kind = kinds[number % len(kinds)]
    law, rule = dice.choice([pair for pair in COUNTABLE if pair[1].calendar is kind])
    first = max(date(2020, 1, 1), rule.valid_from)
    last = max(first, min(date(2030, 12, 31), rule.valid_to or date.max))
    day = first + timedelta(days=dice.randrange((last - first).days + 1))
    events = [an_event(EventKind.SENT, day)]
    if rule.extension and rule.extension.period.has_number and dice.random() < 0.5:
        events.append(an_event(EventKind.EXTENDED, day + timedelta(days=3), reason="many requests"))
    place = dice.choice(PLACES.get(kind, ("US-CA",)))
    return a_request(law.id, rule.rights[0], *events, place=place), rule


@pytest.mark.parametrize("part", range(10))
def test_another_calculator_that_follows_the_lines_comes_to_the_same_day(part):
    for number in range(part * 50, part * 50 + 50):
        request, rule = random_case(number)
        [clock] = clocks_of(request, (rule,), holiday_book(), conventions())
        lines = explain(clock, request, holiday_book())

        assert replay(lines, rule.roll) == clock.dates.due, (rule.id, request.addressee_place, clock.start)


def why(law, right, *events, place, rule):
    request = a_request(law, right, *events, place=place)
    clocks = clocks_of(request, shipped_laws().law(request.law).rules, holiday_book(), conventions())
    clock = next(known for known in clocks if known.rule.id == rule)
    return explain(clock, request, holiday_book())


def test_the_lines_name_day_zero_the_period_each_skipped_holiday_and_the_citation():
    sent = an_event(EventKind.SENT, date(2026, 11, 2))
    lines = why("us-can-spam", Right.UNSUBSCRIBE_EMAIL, sent, place="US", rule="can-spam.honour")
    skipped = [(line.on, line.name, line.calendar) for line in lines if line.kind is WhyKind.SKIPPED]
    said = {line.kind: line for line in lines}

    assert said[WhyKind.VERSION].on == date(2004, 1, 1)
    assert said[WhyKind.DAY_ZERO].on == date(2026, 11, 2)
    assert (said[WhyKind.PERIOD].amount, said[WhyKind.PERIOD].unit) == (10, "business-days")
    assert (date(2026, 11, 11), "Veterans Day", "United States (federal)") in skipped
    assert (date(2026, 11, 7), "Saturday", "United States (federal)") in skipped
    assert said[WhyKind.DUE].on == date(2026, 11, 17)
    assert said[WhyKind.CITATION].name.startswith("15 U.S.C. 7704")
    assert said[WhyKind.CITATION].link.startswith("https://")


def test_a_roll_names_the_day_that_does_not_count():
    sent = an_event(EventKind.SENT, date(2026, 12, 6))
    lines = why("eu-gdpr", Right.ACCESS, sent, place="DE-BY", rule="gdpr.answer")
    rolled = [(line.on, line.name) for line in lines if line.kind is WhyKind.ROLL]

    assert rolled == [(date(2027, 1, 6), "Epiphany")]


def test_the_day_of_accusation_says_whose_holiday_made_it_later():
    sent = an_event(EventKind.SENT, date(2026, 11, 22))
    lines = why("us-ca-ccpa", Right.OPTOUT_SALE, sent, place="US-CA", rule="ccpa.optout")
    lenient = [(line.on, line.name, line.calendar) for line in lines if line.kind is WhyKind.LENIENT]

    assert lenient == [(date(2026, 11, 27), "Day after Thanksgiving", "California")]


def test_a_doubtful_extension_says_what_is_doubtful():
    events = (
        an_event(EventKind.SENT, date(2026, 10, 20)),
        an_event(EventKind.EXTENDED, date(2026, 11, 25), reason="many requests"),
    )
    lines = why("eu-gdpr", Right.ACCESS, *events, place="DE-BY", rule="gdpr.answer")
    [doubt] = [line for line in lines if line.kind is WhyKind.EXTENSION_DOUBT]

    assert (doubt.name, doubt.on, doubt.until) == ("late_notice", date(2026, 11, 25), date(2026, 11, 20))


def test_a_presumed_receipt_is_told_with_both_days():
    lines = why(
        "us-ca-ccpa",
        Right.OPTOUT_SALE,
        an_event(EventKind.SENT, date(2026, 10, 20)),
        place="US-CA",
        rule="ccpa.optout",
    )

    assert WhyKind.RECEIPT_PRESUMED in {line.kind for line in lines}


def test_a_duty_without_a_number_explains_itself_without_a_date():
    sent = an_event(EventKind.SENT, date(2026, 10, 20))
    lines = why("eu-gdpr", Right.OBJECT_DIRECT_MARKETING, sent, place="DE", rule="gdpr.object-dm")
    said = {line.kind: line for line in lines}

    assert said[WhyKind.PERIOD].unit == "immediately"
    assert WhyKind.DUE not in said


# ── every day of a period is told ────────────────────────────────────────────────────────────────────


def days_told(lines):
    """Each day that the lines count or leave out, with its number or its name."""
    told = []
    for line in lines:
        if line.kind is WhyKind.COUNTED:
            told += [
                (line.on + timedelta(days=day), line.amount + day)
                for day in range((line.until - line.on).days + 1)
            ]
        elif line.kind is WhyKind.SKIPPED:
            told.append((line.on, line.name))
    return told


def test_every_day_of_a_period_in_days_is_counted_with_its_number_or_left_out_by_name():
    for number in range(200):
        request, rule = random_case(number)
        if rule.period.unit not in {"days", "business-days"}:
            continue
        [clock] = clocks_of(request, (rule,), holiday_book(), conventions())
        lines = explain(clock, request, holiday_book())
        first = next(line for line in lines if line.kind is WhyKind.NOMINAL)
        told = days_told(lines[: lines.index(first)])
        numbers = [number for _, number in told if isinstance(number, int)]

        assert numbers == list(range(1, rule.period.amount + 1)), rule.id
        assert [day for day, _ in told] == [told[0][0] + timedelta(days=day) for day in range(len(told))]
        assert told[-1][0] == first.on


def test_the_days_of_an_australian_unsubscribe_count_from_the_day_itself():
    lines = why(
        "au-spam",
        Right.UNSUBSCRIBE_EMAIL,
        an_event(EventKind.SENT, date(2026, 11, 20)),
        place="AU-NSW",
        rule="au.unsub",
    )

    assert days_told(lines) == [
        (date(2026, 11, 20), 1),
        (date(2026, 11, 21), "Saturday"),
        (date(2026, 11, 22), "Sunday"),
        (date(2026, 11, 23), 2),
        (date(2026, 11, 24), 3),
        (date(2026, 11, 25), 4),
        (date(2026, 11, 26), 5),
    ]


def test_a_month_without_such_a_day_ends_on_its_last_one_and_that_is_said():
    lines = why(
        "eu-gdpr",
        Right.ACCESS,
        an_event(EventKind.SENT, date(2026, 8, 31)),
        place="DE-BY",
        rule="gdpr.answer",
    )
    [line] = [line for line in lines if line.kind is WhyKind.MONTH_END]

    assert (line.on, line.amount) == (date(2026, 9, 30), 31)


def test_the_calendar_that_counts_is_named():
    lines = why(
        "us-ca-ccpa",
        Right.OPTOUT_SALE,
        an_event(EventKind.SENT, date(2026, 10, 20)),
        place="US-CA",
        rule="ccpa.optout",
    )
    [line] = [line for line in lines if line.kind is WhyKind.CALENDAR]

    assert (line.calendar, line.name) == ("US-federal", "United States (federal)")


def test_five_minutes_have_no_day_0():
    lines = why(
        "us-tcpa",
        Right.SMS_STOP,
        an_event(EventKind.SENT, date(2026, 10, 20)),
        place="US-CA",
        rule="tcpa.confirmation",
    )

    assert WhyKind.DAY_ZERO not in {line.kind for line in lines}
    assert next(line for line in lines if line.kind is WhyKind.PERIOD).unit == "minutes"


def test_a_chain_names_the_rule_whose_last_day_it_begins_with():
    request = a_request(
        "us-ca-delete-act",
        Right.BROKER_DELETION_PLATFORM,
        an_event(EventKind.SENT, date(2026, 9, 1)),
        place="US-CA",
    )
    clocks = clocks_of(request, shipped_laws().law(request.law).rules, holiday_book(), conventions())
    first = next(clock for clock in clocks if clock.step == "acknowledge")
    second = next(clock for clock in clocks if clock.start and clock.start.after_rule)
    [line] = [line for line in explain(second, request, holiday_book()) if line.kind is WhyKind.CHAIN]

    assert (line.name, line.on) == (first.rule.id, first.dates.due)


def test_a_pause_tells_the_day_of_the_question_and_of_the_answer_and_leaves_out_both():
    lines = why(
        "uk-gdpr",
        Right.ACCESS,
        an_event(EventKind.SENT, date(2026, 10, 20)),
        an_event(EventKind.CLARIFICATION_ASKED, date(2026, 10, 26)),
        an_event(EventKind.CLARIFICATION_RECEIVED, date(2026, 10, 29)),
        place="GB-ENG",
        rule="uk.answer",
    )
    [pause] = [line for line in lines if line.kind is WhyKind.CLARIFICATION]
    [added] = [line for line in lines if line.kind is WhyKind.PAUSE]

    assert (pause.on, pause.until, pause.amount) == (date(2026, 10, 26), date(2026, 10, 29), 4)
    assert (added.amount, added.on) == (4, date(2026, 11, 24))


def test_an_open_question_says_since_when_no_day_counts():
    lines = why(
        "uk-gdpr",
        Right.ACCESS,
        an_event(EventKind.SENT, date(2026, 10, 20)),
        an_event(EventKind.CLARIFICATION_ASKED, date(2026, 10, 26)),
        an_event(EventKind.CLARIFICATION_ASKED, date(2026, 10, 28)),
        place="GB-ENG",
        rule="uk.answer",
    )
    [pause] = [line for line in lines if line.kind is WhyKind.CLARIFICATION]

    assert (pause.on, pause.until) == (date(2026, 10, 26), None)


def test_an_extension_tells_its_notice_its_arithmetic_and_an_earlier_day_that_was_named():
    lines = why(
        "us-ca-ccpa",
        Right.DELETE,
        an_event(EventKind.SENT, date(2026, 9, 23)),
        an_event(EventKind.EXTENDED, date(2026, 11, 2), until=date(2026, 12, 20), reason="many requests"),
        place="US-CA",
        rule="ccpa.respond",
    )
    notice = next(line for line in lines if line.kind is WhyKind.EXTENSION_NOTICE)
    named = next(line for line in lines if line.kind is WhyKind.NAMED_EARLIER)
    ends = [line.on for line in lines if line.kind is WhyKind.NOMINAL]

    assert (notice.on, notice.until, notice.name) == (
        date(2026, 11, 2),
        date(2026, 12, 20),
        "many requests",
    )
    assert ends == [date(2026, 11, 7), date(2026, 12, 22)]
    assert named.on == date(2026, 12, 20)


def test_an_appeal_that_was_posted_tells_its_own_day_of_sending():
    lines = why(
        "us-va-vcdpa",
        Right.OPTOUT_SALE,
        an_event(EventKind.SENT, date(2026, 9, 1)),
        an_event(EventKind.REFUSED, date(2026, 9, 20), reason="other"),
        an_event(EventKind.APPEAL_SENT, date(2026, 10, 1)),
        place="US-VA",
        rule="va.appeal",
    )
    [line] = [line for line in lines if line.kind is WhyKind.RECEIPT_PRESUMED]

    assert line.on == date(2026, 10, 1)
