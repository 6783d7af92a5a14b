# SPDX-License-Identifier: Apache-2.0
"""Places: where a person lives and where a company must act, as ISO 3166 codes.

A place is a country (``DE``) or a country with a region (``US-CA``, ``GB-SCT``). The European Union
is written ``EU``: a law of the EU reaches every member state, and the states of the European Economic
Area that apply the same law.
"""

from __future__ import annotations

import re
from typing import NewType

Place = NewType("Place", str)

_SHAPE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")

EU_PLACE = Place("EU")

EU_STATES = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905  # a line, not a column
)
EEA_STATES = EU_STATES | {"IS", "LI", "NO"}


def is_place(text: str) -> bool:
    """True where ``text`` has the form of a country or a country with a region."""
    return _SHAPE.fullmatch(text) is not None


def country_of(place: str) -> str:
    """The country's two letters."""
    return place.split("-", 1)[0]


def region_of(place: str) -> str:
    """The region's letters without the country, or an empty string."""
    return place.partition("-")[2]


def reaches(law_place: Place, place: Place) -> bool:
    """True where a law of ``law_place`` protects somebody who lives at ``place``.

    A country's law reaches its regions, a region's law only that region, and a law of the EU every
    state of the European Economic Area.
    """
    if law_place == EU_PLACE:
        return country_of(place) in EEA_STATES
    return place == law_place or (region_of(law_place) == "" and country_of(place) == law_place)
