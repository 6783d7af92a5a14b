# SPDX-License-Identifier: Apache-2.0
import pytest

from optout_desktop.domain.places import EEA_STATES, Place, country_of, is_place, reaches, region_of


@pytest.mark.parametrize("text", ["DE", "US-CA", "GB-SCT", "FR-6AE", "EU"])
def test_a_country_and_a_country_with_a_region_are_places(text):
    assert is_place(text)


@pytest.mark.parametrize("text", ["", "de", "USA", "US-", "US-CALI", "US_CA", "US-ca", "DE\n"])
def test_anything_else_is_none(text):
    assert not is_place(text)


def test_a_place_is_taken_apart():
    assert (country_of("US-CA"), region_of("US-CA")) == ("US", "CA")
    assert (country_of("DE"), region_of("DE")) == ("DE", "")


@pytest.mark.parametrize(
    ("law", "place", "is_reached"),
    [
        ("US", "US-CA", True),
        ("US-CA", "US", False),
        ("US-CA", "US-NV", False),
        ("EU", "DE-BY", True),
        ("EU", "NO", True),
        ("EU", "GB", False),
        ("CA", "CA-QC", True),
    ],
)
def test_a_law_reaches_those_who_live_under_it(law, place, is_reached):
    assert reaches(Place(law), Place(place)) is is_reached


def test_the_european_economic_area_has_thirty_states():
    assert len(EEA_STATES) == 30
