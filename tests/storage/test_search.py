# SPDX-License-Identifier: Apache-2.0
"""Search as you type: beginnings of words, with or without accents, and nothing but words."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select

from optout_desktop.storage.search import folded, match_expression, matching, words_of

NAMES = ("Northwind Data", "Café Größe", "re\u0301sume\u0301 writers", "Œuvre Ltd", "שלום חברה", "Zürich AG")


@pytest.fixture
def index(stores):
    stores.search.add_all(
        [(row, name, f"OO-7F3K-22A{row}", "Jane Example", "optout sale") for row, name in enumerate(NAMES, 1)]
    )
    return stores.search


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        ("northw", 1),
        ("NORTH dat", 1),
        ("data north", 1),
        ("cafe", 2),
        ("café gro", 2),
        ("cafe\u0301", 2),
        ("résumé", 3),
        ("resume writers", 3),
        ("re\u0301sume\u0301", 3),
        ("œuv", 4),
        ("שלו", 5),
        ("zurich", 6),
        ("Zürich", 6),
        ("oo-7f3k-22a1", 1),
        ("22a6", 6),
    ],
)
def test_a_beginning_of_each_word_finds(index, typed, row):
    assert index.rows(typed, 10) == [row]


@pytest.mark.parametrize("typed", ["orth", "northwindx", "northwind zürich", "", "   ", "--", "%", "*", '"'])
def test_what_begins_no_word_finds_nothing(index, typed):
    assert index.rows(typed, 10) == []


@pytest.mark.parametrize("typed", ["jane", "sale", "example opt"])
def test_person_right_and_note_are_searched_too(index, typed):
    assert len(index.rows(typed, 10)) == len(NAMES)


def test_few_letters_give_the_newest_first(index):
    assert index.rows("j", 3) == [6, 5, 4]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="\"*()^:-+{}NEARORANDNOT'\\;%_ \x00é\u0301ab", max_size=12))
def test_whatever_is_typed_is_a_question_and_never_a_command(index, typed):
    index.rows(typed, 10)
    size = index.size()

    assert size == len(NAMES)


def test_putting_again_replaces_what_was_indexed(index):
    index.put(1, "Other", "OO-1", "Jane", "")

    assert index.rows("northwind", 10) == []
    assert index.rows("other", 10) == [1]
    assert index.size() == len(NAMES)


def test_clearing_empties_it_and_it_can_be_filled_again(index):
    index.clear()

    assert index.size() == 0

    index.add_all([(9, "Northwind", "", "", "")])

    assert index.rows("north", 10) == [9]


def test_it_can_verify_itself(index):
    index.check()

    assert index.size() == len(NAMES)


@pytest.mark.parametrize(("typed", "count"), [("jane", 6), ("north", 1), ("!!", 0), ("", 0)])
def test_a_list_picks_its_rows_by_the_same_words(index, typed, count):
    query = select(literal(1)).where(literal(1).in_(matching(typed)))
    rows = index._connection.execute(matching(typed)).scalars().all()
    index._connection.execute(query)

    assert len(rows) == count


def test_each_word_is_quoted_and_a_beginning():
    assert match_expression('north "wind') == '"north"* "wind"*'


def test_folding_keeps_plain_words_and_takes_accents_off():
    assert folded("North 1") == "North 1"
    assert folded("Zu\u0308rich é") == "Zurich e"


def test_empty_parts_are_left_out_of_the_words():
    assert words_of(["a", "", "b"]) == "a b"
