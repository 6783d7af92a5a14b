# SPDX-License-Identifier: Apache-2.0
"""Where somebody lives, chosen from lists."""

import pytest

from optout_desktop.domain.places import Place, is_place
from optout_desktop.gui.places import COUNTRIES, ELSEWHERE, REGIONS, PlaceField, country_name, place_name


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_has_a_name_of_its_own(country):
    assert country_name(country) != country_name(ELSEWHERE)


def test_every_region_makes_a_place():
    places = [f"{country}-{region}" for country, regions in REGIONS.items() for region in regions]

    assert all(map(is_place, places))


def test_a_country_with_regions_wants_one(show):
    field = show(PlaceField(Place("US")))
    without = field.place()
    field.region.setCurrentIndex(field.region.findData("CA"))

    assert without == ""
    assert field.place() == "US-CA"


def test_a_country_without_regions_is_a_place_by_itself(show):
    field = show(PlaceField(Place("US-CA")))
    field.country.setCurrentIndex(field.country.findData("FR"))

    assert field.place() == "FR"
    assert not field.region.isVisible()


def test_a_place_is_shown_as_people_say_it():
    assert place_name(Place("US-CA")) == "California, United States"
    assert place_name(Place("GB-SCT")) == "Scotland, United Kingdom"
    assert place_name(Place("XX")) == "Another country"
