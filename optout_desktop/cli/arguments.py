# SPDX-License-Identifier: Apache-2.0
"""What is typed after an option → a value of the domain, or the sentence that says what is wrong with it.

An unknown word is answered with the nearest known ones; nothing has been opened by then.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Generic, TypeVar

import click

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.counting import EARLIEST_YEAR, LATEST_YEAR
from optout_desktop.domain.errors import InputError, NotFound
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.places import EU_PLACE, Place, country_of, is_place, region_of
from optout_desktop.domain.requests import EventKind, ProofGrade, RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.services.machine import SUFFIX

from .places import COUNTRIES, REGIONS

_Word = TypeVar("_Word", bound=StrEnum)

STANDARD_OUTPUT = Path("-")
SHORT_LIST = 8
"""So many known words are all named where none of them resembles what was typed."""


def known_word(vocabulary: type[_Word], kind: str, typed: str) -> _Word:
    """The word of a closed vocabulary, blanks and dashes taken for underscores. Raises NotFound."""
    plain = typed.strip().lower().replace(" ", "_").replace("-", "_")
    values = [word.value for word in vocabulary]
    if plain in values:
        return vocabulary(plain)
    raise NotFound(kind, typed, nearest(plain, values))


def nearest(typed: str, known: Sequence[str]) -> tuple[str, ...]:
    """The known words that resemble ``typed``; where none does, a short list whole, of a long one the nearest."""
    alike = difflib.get_close_matches(typed, known, n=3, cutoff=0.5)
    if not alike and len(known) > SHORT_LIST:
        alike = difflib.get_close_matches(typed, known, n=3, cutoff=0)
    return tuple(alike or known)


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


def countable_day(typed: str, field: str = "date") -> date:
    """The same, where it lies in the years that the calendars cover. Raises InputError."""
    day = known_day(typed, field)
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise InputError(
            field, f"Days are counted from {EARLIEST_YEAR} to {LATEST_YEAR}; {day.isoformat()} lies outside."
        )
    return day


def known_place(typed: str) -> Place:
    """A country, or a country with its region, by its ISO 3166 code. Raises NotFound."""
    place = typed.strip().upper()
    country, region = country_of(place), region_of(place)
    regions = REGIONS.get(country)
    if is_place(place) and country in COUNTRIES and (not region or regions is None or region in regions):
        return Place(place)
    known = sorted([*COUNTRIES, *(f"{country}-{one}" for one in regions or ())])
    alike = difflib.get_close_matches(place, known, n=3, cutoff=0.5)
    raise NotFound("place", typed, tuple(alike or ("US-CA", "DE", "GB-SCT")))


def listed(title: str, vocabulary: type[StrEnum]) -> str:
    """Every word of a vocabulary, for the end of a command's help."""
    return f"{title}: {', '.join(word.value for word in vocabulary)}."


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
    """A day written as YYYY-MM-DD, of a year that the calendars cover."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ARG002 - click hands them
        """The day. Raises InputError."""
        return value if isinstance(value, date) else countable_day(value)


class PlaceCode(click.ParamType[Place]):
    """A place by its code; for a residence, one where somebody can live."""

    name = "place"

    def __init__(self, *, is_residence: bool = False) -> None:
        self._is_residence = is_residence

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Place:  # noqa: ARG002 - click hands them
        """The place. Raises NotFound, InputError."""
        place = known_place(value)
        if self._is_residence and place == EU_PLACE:
            raise InputError("place", f"“{EU_PLACE}” is a union. Name the country in it, such as DE.")
        return place


class CountryCode(click.ParamType[str]):
    """A country by its code, without a region; empty where none is known."""

    name = "country"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002 - click hands them
        """The code in capitals. Raises NotFound."""
        code = value.strip().upper()
        if code and code not in COUNTRIES:
            raise NotFound("country", value, nearest(code, sorted(COUNTRIES)))
        return code


class DomainName(click.ParamType[str]):
    """A domain without a scheme or a path, such as company.example."""

    name = "domain"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002 - click hands them
        """The domain in small letters. Raises InputError."""
        domain = value.strip().lower().rstrip(".")
        labels = domain.split(".")
        if len(labels) < 2 or not all(label.replace("-", "").isalnum() for label in labels):
            raise InputError("domain", f"“{value}” is not a domain. It should look like company.example.")
        return domain


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
        name, equals, day = value.partition("=")
        if not equals:
            raise InputError("fact", f"“{value}” tells no day. Write it as NAME=YYYY-MM-DD.")
        return known_word(EventKind, "event", name), countable_day(day, "fact")


class LawName(click.ParamType[LawId]):
    """The id of a law, in capitals or not; whether there is one is asked of the laws."""

    name = "law"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> LawId:  # noqa: ARG002 - click hands them
        """The id as the laws write it."""
        return LawId(value.strip().lower())


class NewFile(click.ParamType[Path]):
    """Where something is written; never a folder, never a part of a vault, which would be lost."""

    name = "file"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ARG002 - click hands them
        """The file, or ``STANDARD_OUTPUT``. Raises InputError."""
        if isinstance(value, Path):
            return value
        if value == str(STANDARD_OUTPUT):
            return STANDARD_OUTPUT
        path = Path(value).expanduser().absolute()
        if not value.strip() or is_folder(path):
            raise InputError("output", f"“{value}” is a folder. Name a file in it.")
        if path.resolve().parent.suffix == SUFFIX:
            raise InputError("output", f"{path.parent.name} is a vault. Choose a file outside of it.")
        return path


def is_folder(path: Path) -> bool:
    """True for a folder; False also where no file could have that name."""
    try:
        return path.is_dir()
    except OSError:
        return False


DAY = Day()
COUNTRY = CountryCode()
DOMAIN = DomainName()
NEW_FILE = NewFile()
LAW = LawName()
PLACE = PlaceCode()
RESIDENCE = PlaceCode(is_residence=True)
FACT = Fact()
RIGHT = Word(Right, "right")
EVENT = Word(EventKind, "event")
CHANNEL = Word(Channel, "channel")
STATUS = Word(RequestStatus, "status")
GRADE = Word(ProofGrade, "proof")
