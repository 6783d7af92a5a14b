# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import date

import pytest

from optout_desktop.cli import explanations
from optout_desktop.cli.explanations import clock_data, dates_data, day, period, sentences
from optout_desktop.domain.clocks import Clock, ExtensionDoubt, Start, WhyKind, WhyLine
from optout_desktop.domain.counting import Dates
from optout_desktop.domain.laws import DayZero, ExtensionFrom, Reckoning, Step, Unit, Verification
from optout_desktop.domain.requests import ProofGrade
from tests.lawbooks import a_rule, shipped_laws

MONDAY = date(2026, 3, 2)


def told(kind, rule=None, **facts):
    [sentence] = sentences(rule or a_rule(), [WhyLine(kind=kind, **facts)])
    return sentence


def test_there_are_words_for_every_kind_of_line():
    assert set(explanations._SENTENCES) == set(WhyKind)


def test_there_are_words_for_every_grade_doubt_unit_and_verification():
    assert set(explanations._GRADES) == set(ProofGrade)
    assert set(explanations._DOUBTS) == set(ExtensionDoubt)
    assert set(explanations._VERIFIED) == set(Verification)
    for unit in Unit:
        assert "_" not in period(2, unit)


def test_every_period_of_every_law_can_be_said():
    for law in shipped_laws().laws:
        for rule in law.rules:
            assert period(rule.period.amount, rule.period.unit).strip(), rule.id


def test_one_is_said_otherwise_than_many():
    assert (period(1, Unit.MONTHS), period(15, Unit.BUSINESS_DAYS)) == ("1 month", "15 business days")
    assert period(None, Unit.WITHOUT_DELAY) == "without delay"


def test_a_day_has_its_weekday():
    assert day(MONDAY) == "Mon 2026-03-02"


@pytest.mark.parametrize(
    ("kind", "facts", "sentence"),
    [
        (
            WhyKind.VERSION,
            {"on": MONDAY, "until": date(2027, 3, 2)},
            "This version of the rule is in force from 2026-03-02 to 2027-03-02.",
        ),
        (
            WhyKind.START,
            {"name": "receipt", "on": MONDAY, "unit": ProofGrade.DELIVERY_RECEIPT},
            "The clock starts with: receipt, on Mon 2026-03-02 (a delivery receipt proves it).",
        ),
        (
            WhyKind.START,
            {"name": "receipt_of_appeal"},
            "The clock starts with: receipt of appeal. That has not happened yet.",
        ),
        (
            WhyKind.DAY_ZERO,
            {"name": DayZero.EXCLUDED, "on": MONDAY},
            "Mon 2026-03-02 is day 0 and is not counted.",
        ),
        (
            WhyKind.DAY_ZERO,
            {"name": DayZero.INCLUDED, "on": MONDAY},
            "Mon 2026-03-02 counts as day 1 where it is a day that counts.",
        ),
        (
            WhyKind.PERIOD,
            {"unit": Unit.REASONABLE_TIME},
            "The law gives no number (reasonable time), so no date is computed.",
        ),
        (
            WhyKind.EXTENSION,
            {"name": ExtensionFrom.START, "on": MONDAY, "amount": 3, "unit": Unit.MONTHS},
            "The longest extension is 3 months in all, counted from the start, Mon 2026-03-02.",
        ),
        (
            WhyKind.EXTENSION,
            {"name": ExtensionFrom.NOMINAL_END, "on": MONDAY, "amount": 45, "unit": Unit.DAYS},
            "The longest extension is 45 days more, counted from Mon 2026-03-02.",
        ),
        (
            WhyKind.EXTENSION,
            {"on": MONDAY, "until": MONDAY, "unit": Unit.REASONABLE_TIME},
            "The law sets no length for it (reasonable time): what the company named counts.",
        ),
        (
            WhyKind.EXTENSION_NOTICE,
            {"on": MONDAY, "until": date(2026, 5, 2), "name": "none_given"},
            (
                "The company announced an extension on Mon 2026-03-02 and named Sat 2026-05-02 "
                "(no reason given)."
            ),
        ),
        (
            WhyKind.EXTENSION_NOTICE,
            {"on": MONDAY, "name": "many requests"},
            "The company announced an extension on Mon 2026-03-02 (reason given: many requests).",
        ),
        (
            WhyKind.COUNTED,
            {"on": MONDAY, "until": date(2026, 3, 6), "amount": 6},
            "Days 6 to 10: Mon 2026-03-02 to Fri 2026-03-06.",
        ),
        (WhyKind.COUNTED, {"on": MONDAY, "until": MONDAY, "amount": 1}, "Day 1: Mon 2026-03-02."),
        (
            WhyKind.CLARIFICATION,
            {"on": MONDAY, "until": date(2026, 3, 4), "amount": 3},
            "From the question of Mon 2026-03-02 to your answer of Wed 2026-03-04: 3 days left out.",
        ),
        (
            WhyKind.CLARIFICATION,
            {"on": MONDAY},
            "A question to you of Mon 2026-03-02 is not answered: no day counts until it is.",
        ),
        (
            WhyKind.CHAIN,
            {"on": MONDAY, "name": "delete-act.pickup"},
            "No entry proves that day: Mon 2026-03-02 is the last day of the rule delete-act.pickup.",
        ),
        (
            WhyKind.EXTENSION_DOUBT,
            {"name": ExtensionDoubt.NO_REASON},
            "The extension may not count: the company gave no reason.",
        ),
        (WhyKind.DUE, {"on": MONDAY, "name": Reckoning.BY}, "The last lawful day is Mon 2026-03-02."),
        (
            WhyKind.DUE,
            {"on": MONDAY, "name": Reckoning.EFFECT_FROM},
            "The last tolerated day is Mon 2026-03-02: it holds from the next day on.",
        ),
        (WhyKind.CITATION, {"name": "Act s. 1"}, "Written in: Act s. 1"),
        (
            WhyKind.LENIENT,
            {"on": MONDAY, "name": "Fair Day", "calendar": "Bremen"},
            "Mon 2026-03-02 may not count: Fair Day (Bremen).",
        ),
        (
            WhyKind.LENIENT,
            {"amount": 60, "unit": Unit.DAYS},
            "A source supports 60 days: nobody is accused before these have ended.",
        ),
        (WhyKind.SOFT, {}, "The number is a guide: nobody is accused by it."),
    ],
)
def test_a_step_is_a_sentence(kind, facts, sentence):
    assert told(kind, **facts) == sentence


def test_of_a_span_that_nobody_can_miss_no_accusation_is_spoken():
    span = a_rule(step=Step.NO_REASK)
    lines = [
        WhyLine(kind=WhyKind.DUE, on=MONDAY, name=Reckoning.BY),
        WhyLine(kind=WhyKind.FLAG_AFTER, on=MONDAY),
    ]

    assert sentences(span, lines) == ["It ends on Mon 2026-03-02."]


def test_a_clock_for_programs_has_its_three_dates_and_how_it_stands():
    dates = Dates(nominal=MONDAY, due=MONDAY, flag_after=date(2026, 3, 3), calendar="US-federal")
    start = Start(event="receipt", on=date(2026, 2, 20), grade=ProofGrade.STATED)
    clock = Clock(rule=a_rule(), start=start, dates=dates)

    data = clock_data(clock, [], date(2026, 3, 4))
    assert (data["nominal"], data["due"], data["overdue_after"]) == (MONDAY, MONDAY, date(2026, 3, 3))
    assert (data["calendar"], data["state"]) == ("US-federal", "missed")
    assert "state" not in clock_data(replace(clock, dates=None), [])


def test_where_there_is_no_date_there_is_no_calendar():
    assert dates_data(None) == {"nominal": None, "due": None, "overdue_after": None, "calendar": "none"}
