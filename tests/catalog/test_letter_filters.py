# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest
from liquid.exceptions import LiquidError

from optout_desktop.catalog.letter_filters import filters_of, marking
from optout_desktop.catalog.letter_vocabulary import Marked, Unset, UnsetFactError
from optout_desktop.catalog.letter_words import read_words
from tests.golden.letters.cases import LETTERS

FILTERS = filters_of(read_words(LETTERS / "en", lambda path: path.read_bytes()))


@pytest.mark.parametrize("name", ["date", "list", "size", "first", "last"])
def test_a_filter_refuses_what_it_was_not_made_for(name):
    with pytest.raises(LiquidError, match="wants a"):
        FILTERS[name](True)


@pytest.mark.parametrize("name", sorted(set(FILTERS) - {"count", "join"}))
def test_an_empty_fact_is_an_error_in_every_filter(name):
    with pytest.raises(UnsetFactError):
        FILTERS[name](Unset("fee"))


def test_there_is_no_first_of_nothing():
    with pytest.raises(LiquidError, match="this list is empty"):
        FILTERS["first"]([])


def test_yes_and_no_are_no_numbers():
    with pytest.raises(LiquidError, match="wants a int"):
        FILTERS["count"](True, "days")


def test_in_a_preview_what_is_missing_goes_through_and_all_else_is_filtered():
    filters = marking(FILTERS)
    mark = Marked("fee", [])

    assert filters["date"](mark) is mark
    assert filters["date"](date(2027, 2, 1)) == "Monday 1 February 2027"
