# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

from optout_desktop.cli.arguments import (
    FACT,
    NEW_FILE,
    STANDARD_OUTPUT,
    countable_day,
    known_day,
    known_place,
    known_word,
    nearest,
)
from optout_desktop.cli.places import COUNTRIES, REGIONS
from optout_desktop.domain.errors import InputError, NotFound
from optout_desktop.domain.places import EEA_STATES
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from tests.lawbooks import shipped_laws


def test_a_word_is_known_however_its_parts_are_joined():
    assert known_word(Right, "right", "optout_sale") is Right.OPTOUT_SALE
    assert known_word(Right, "right", "Optout-Sale ") is Right.OPTOUT_SALE


def test_an_unknown_word_is_answered_with_the_nearest_ones():
    with pytest.raises(NotFound, match=r"No right is called “optout_sell”\. Did you mean optout_sale"):
        known_word(Right, "right", "optout_sell")


@pytest.mark.parametrize("typed", ["2026-02-30", "2026-13-01", "tomorrow", "", "2026-W10-1", "20260302"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(InputError, match="is not a day"):
        known_day(typed)


def test_a_place_is_a_country_or_one_of_its_regions():
    assert known_place("us-ca") == "US-CA"
    assert known_place("TR") == "TR"
    assert known_place("DE-BY") == "DE-BY"


@pytest.mark.parametrize(
    ("typed", "nearest"), [("US-ZZ", "US-"), ("XX", "[A-Z]X"), ("California", "US-CA"), ("", "US-CA")]
)
def test_an_unknown_place_is_answered_with_known_ones(typed, nearest):
    with pytest.raises(NotFound, match=f"Did you mean .*{nearest}"):
        known_place(typed)


def test_every_place_of_a_law_can_be_typed():
    places = {place for law in shipped_laws().laws for place in law.places} | EEA_STATES

    assert {known_place(place) for place in places} == places


def test_there_are_249_countries_and_the_union():
    assert len(COUNTRIES) == 250
    assert len(REGIONS["US"]) == 57


def test_a_fact_is_an_event_and_its_day():
    assert FACT.convert("identity_given=2026-03-04", None, None) == (
        EventKind.IDENTITY_GIVEN,
        date(2026, 3, 4),
    )


@pytest.mark.parametrize("typed", ["identity_given", "identity_given=soon"])
def test_a_fact_without_a_day_is_refused(typed):
    with pytest.raises(InputError):
        FACT.convert(typed, None, None)


def test_where_no_known_word_resembles_it_a_short_list_is_named_whole():
    assert nearest("pigeon", ("email", "sms")) == ("email", "sms")
    assert len(nearest("pigeon", tuple(Right))) == 3


def test_a_day_of_a_year_without_calendars_cannot_be_counted():
    assert countable_day("2060-12-31").year == 2060
    with pytest.raises(InputError, match="Days are counted from 1990 to 2060; 9999-12-31 lies outside"):
        countable_day("9999-12-31")


def test_a_new_file_is_told_from_a_folder_and_from_a_part_of_a_vault(tmp_path):
    vault = tmp_path / "Personal.optout"
    vault.mkdir()

    assert NEW_FILE.convert("-", None, None) == STANDARD_OUTPUT
    assert NEW_FILE.convert(str(tmp_path / "letter.txt"), None, None) == tmp_path / "letter.txt"
    with pytest.raises(InputError, match="is a folder"):
        NEW_FILE.convert(str(tmp_path), None, None)
    with pytest.raises(InputError, match=r"Personal\.optout is a vault"):
        NEW_FILE.convert(str(vault / "vault.optout"), None, None)
