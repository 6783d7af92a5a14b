# SPDX-License-Identifier: Apache-2.0
"""What is typed after an option → a value of the domain, or the sentence that says what is wrong with it.

An unknown word is answered with the nearest known ones; nothing has been opened by then.
"""

from __future__ import annotations

import difflib
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

import click

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotFound
from optout_desktop.domain.places import Place, country_of, is_place, region_of
from optout_desktop.domain.requests import EventKind, ProofGrade, RequestStatus
from optout_desktop.domain.rights import Right

from .places import COUNTRIES, REGIONS

_Word = TypeVar("_Word", bound=StrEnum)


def known_word(vocabulary: type[_Word], kind: str, typed: str) -> _Word:
    """The word of a closed vocabulary, blanks and dashes taken for underscores. Raises NotFound."""
    plain = typed.strip().lower().replace(" ", "_").replace("-", "_")
    values = [word.value for word in vocabulary]
    if plain in values:
        return vocabulary(plain)
    raise NotFound(kind, typed, tuple(difflib.get_close_matches(plain, values, n=3, cutoff=0.5)))


def known_day(typed: str, field: str = "date") -> date:
    """A day written as YYYY-MM-DD. Raises InputError."""
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise InputError(
            field, f"“{typed}” is not a day. Write it as YYYY-MM-DD, such as 2026-11-09."
        ) from None
    if day.isoformat() != typed.strip():
        raise InputError(field, f"“{typed}” is not a day. Write it as {day.isoformat()}.")
    return day


def known_place(typed: str) -> Place:
    """A country, or a country with its region, by its ISO 3166 code. Raises NotFound."""
    place = typed.strip().upper()
    country, region = country_of(place), region_of(place)
    regions = REGIONS.get(country)
    if is_place(place) and country in COUNTRIES and (not region or regions is None or region in regions):
        return Place(place)
    known = sorted([*COUNTRIES, *(f"{country}-{one}" for one in regions or ())])
    nearest = difflib.get_close_matches(place, known, n=3, cutoff=0.5)
    raise NotFound("place", typed, tuple(nearest or ("US-CA", "DE", "GB-SCT")))


class Word(click.ParamType[_Word], Generic[_Word]):
    """A word of a closed vocabulary."""

    def __init__(self, vocabulary: type[_Word], kind: str) -> None:
        self.name = kind
        self._vocabulary = vocabulary

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> _Word:  # noqa: ARG002 - click hands them
        """The word. Raises NotFound."""
        if isinstance(value, self._vocabulary):
            return value
        return known_word(self._vocabulary, self.name, value)


class Day(click.ParamType[date]):
    """A day written as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ARG002 - click hands them
        """The day. Raises InputError."""
        return value if isinstance(value, date) else known_day(value)


class PlaceCode(click.ParamType[Place]):
    """A place by its code."""

    name = "place"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Place:  # noqa: ARG002 - click hands them
        """The place. Raises NotFound."""
        return known_place(value)


class Fact(click.ParamType[tuple[EventKind, date]]):
    """What happened and when, as NAME=DATE."""

    name = "fact"

    def convert(
        self,
        value: str | tuple[EventKind, date],
        param: click.Parameter | None,  # noqa: ARG002 - click hands them
        ctx: click.Context | None,  # noqa: ARG002
    ) -> tuple[EventKind, date]:
        """The event and its day. Raises NotFound, InputError."""
        if isinstance(value, tuple):
            return value
        name, _, day = value.partition("=")
        return known_word(EventKind, "event", name), known_day(day, "fact")


DAY = Day()
PLACE = PlaceCode()
FACT = Fact()
RIGHT = Word(Right, "right")
EVENT = Word(EventKind, "event")
CHANNEL = Word(Channel, "channel")
STATUS = Word(RequestStatus, "status")
GRADE = Word(ProofGrade, "proof")
