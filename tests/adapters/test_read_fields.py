# SPDX-License-Identifier: Apache-2.0
from datetime import date, datetime

import pytest

from optout_desktop.adapters.read_fields import Fields, NotUsable, known_day, made_id, plain
from optout_desktop.domain.exchange import Problem
from optout_desktop.domain.rights import Right


def fields(**record) -> Fields:
    return Fields(record, "line 7")


def test_what_would_steer_whoever_shows_it_is_left_out():
    assert plain("a\x1b[2Jb\u202ec\ud800d\r\ne") == "a[2Jbcd e"
    assert plain("a\r\nb\tc\0", is_long=True) == "a\nb\tc"


def test_a_made_id_depends_on_its_parts_and_on_nothing_else():
    assert made_id("a", "b") == made_id("a", "b")
    assert made_id("a", "b") != made_id("ab")
    assert len(made_id("x")) == 32


def test_values_come_out_as_what_they_are():
    record = fields(
        right="Access",
        on="2026-03-02",
        at="2026-03-02T12:00:00Z",
        place="us-ca",
        words=["a\n"],
        inner=[{"x": "y"}],
    )

    assert record.word("right", Right) is Right.ACCESS
    assert record.day("on") == date(2026, 3, 2)
    assert record.instant("at") == datetime(2026, 3, 2, 12)
    assert record.place("place") == "US-CA"
    assert record.texts("words") == ("a ",)
    assert record.records("inner")[0].text("x") == "y"
    assert (record.text("none"), record.day("none"), record.id("none")) == ("", None, "")
    assert record.word_or("none", Right, Right.DELETE) is Right.DELETE


@pytest.mark.parametrize(
    ("record", "ask", "problem"),
    [
        ({"x": 7}, lambda r: r.text("x"), Problem.WRONG_SHAPE),
        ({}, lambda r: r.needed("x"), Problem.MISSING),
        ({}, lambda r: r.needed_id("x"), Problem.MISSING),
        ({}, lambda r: r.needed_day("x"), Problem.MISSING),
        ({"x": "zz"}, lambda r: r.id("x"), Problem.NOT_AN_ID),
        ({"x": "noon"}, lambda r: r.instant("x"), Problem.NOT_A_DAY),
        ({"x": "0001-01-01T00:00:00"}, lambda r: r.instant("x"), Problem.NOT_A_DAY),
        ({"x": {}}, lambda r: r.records("x"), Problem.WRONG_SHAPE),
        ({"x": [1]}, lambda r: r.texts("x"), Problem.WRONG_SHAPE),
        ({"x": ["y" * 2000]}, lambda r: r.texts("x"), Problem.TOO_LONG),
        ({"x": "y" * 70_000}, lambda r: r.text("x", is_long=True), Problem.TOO_LONG),
    ],
)
def test_what_cannot_be_used_says_why(record, ask, problem):
    with pytest.raises(NotUsable) as error:
        ask(fields(**record))

    assert error.value.problem is problem


def test_a_day_outside_the_years_that_are_counted_is_none():
    with pytest.raises(NotUsable):
        known_day("1800-01-01", "on")

    assert known_day("2026-03-02", "on") == date(2026, 3, 2)
