# SPDX-License-Identifier: Apache-2.0
"""The fields of one record of a file → values of the domain, or ``NotUsable`` that names field and fault.

Only what is asked for is taken. Control characters, lone surrogates and what turns a line round are left out, so
that a foreign file cannot steer whoever shows it.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from optout_desktop.domain.counting import EARLIEST_YEAR, LATEST_YEAR
from optout_desktop.domain.exchange import Problem
from optout_desktop.domain.places import is_place

_W = TypeVar("_W", bound=StrEnum)

MAX_LINE_CHARS = 1000
MAX_TEXT_CHARS = 64 * 1024
_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "https://optout-desktop.example/exchange")
_ID = re.compile(r"[0-9a-f]{32}")
_SHOWN_OF_A_FAULT = 60
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class NotUsable(Exception):
    """Nothing can be made of this record."""

    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}")
        self.problem = problem
        self.detail = plain(detail)[:_SHOWN_OF_A_FAULT]


def made_id(*parts: str) -> str:
    """An id of 32 hexadecimal digits that is the same for the same parts, on every machine."""
    return uuid.uuid5(_NAMES, "\x1f".join(parts)).hex


def plain(text: str, *, is_long: bool = False) -> str:
    """``text`` without what would steer whoever shows it; a long one keeps its lines and tabs."""
    kept = "\n\t" if is_long else ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not is_long:
        text = text.replace("\n", " ").replace("\t", " ")
    return "".join(
        char
        for char in text
        if char in kept or (unicodedata.category(char) not in {"Cc", "Cs"} and char not in _REORDERING)
    )


class Fields:
    """One record, and ``where`` it stands in its file, such as *line 7*."""

    def __init__(self, record: Mapping[str, Any], where: str) -> None:
        self._record = record
        self.where = where

    def raw(self, name: str) -> Any:  # noqa: ANN401  # what JSON may hold
        """The value as it is, or None."""
        return self._record.get(name)

    def text(self, name: str, *, is_long: bool = False) -> str:
        """A text, cleaned; empty where there is none. Raises NotUsable for what is none, or is too long."""
        value = self._record.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise NotUsable(Problem.WRONG_SHAPE, name)
        if len(value) > (MAX_TEXT_CHARS if is_long else MAX_LINE_CHARS):
            raise NotUsable(Problem.TOO_LONG, name)
        return plain(value, is_long=is_long)

    def needed(self, name: str) -> str:
        """A text that must be there."""
        text = self.text(name).strip()
        if not text:
            raise NotUsable(Problem.MISSING, name)
        return text

    def id(self, name: str) -> str:
        """32 hexadecimal digits, or an empty text where there is none."""
        text = self.text(name).strip().lower()
        if text and _ID.fullmatch(text) is None:
            raise NotUsable(Problem.NOT_AN_ID, f"{name}: {text}")
        return text

    def needed_id(self, name: str) -> str:
        """32 hexadecimal digits that must be there."""
        if not (found := self.id(name)):
            raise NotUsable(Problem.MISSING, name)
        return found

    def word(self, name: str, vocabulary: type[_W]) -> _W:
        """A word of a closed vocabulary that must be there."""
        text = self.needed(name)
        try:
            return vocabulary(text.lower())
        except ValueError:
            raise NotUsable(Problem.UNKNOWN_WORD, f"{name}: {text}") from None

    def word_or(self, name: str, vocabulary: type[_W], otherwise: _W) -> _W:
        """A word of a closed vocabulary, or ``otherwise`` where there is none."""
        return self.word(name, vocabulary) if self.text(name).strip() else otherwise

    def day(self, name: str) -> date | None:
        """A day written as YYYY-MM-DD, in the years that days are counted in."""
        text = self.text(name).strip()
        if not text:
            return None
        return known_day(text, name)

    def needed_day(self, name: str) -> date:
        """A day that must be there."""
        if (found := self.day(name)) is None:
            raise NotUsable(Problem.MISSING, name)
        return found

    def instant(self, name: str) -> datetime:
        """An instant in UTC without a zone that must be there."""
        text = self.needed(name)
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            raise NotUsable(Problem.NOT_A_DAY, f"{name}: {text}") from None
        known_day(found.date().isoformat(), name)
        return found.replace(tzinfo=None)

    def place(self, name: str) -> str:
        """The code of a country or a region, or an empty text."""
        text = self.text(name).strip().upper()
        if text and not is_place(text):
            raise NotUsable(Problem.NOT_A_PLACE, f"{name}: {text}")
        return text

    def records(self, name: str) -> list[Fields]:
        """A list of records, each of which knows its number."""
        value = self._record.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise NotUsable(Problem.WRONG_SHAPE, name)
        return [Fields(one, f"{name} {number}") for number, one in enumerate(value, start=1)]

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, cleaned."""
        value = self._record.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise NotUsable(Problem.WRONG_SHAPE, name)
        if any(len(one) > MAX_LINE_CHARS for one in value):
            raise NotUsable(Problem.TOO_LONG, name)
        return tuple(map(plain, value))


def known_day(text: str, name: str) -> date:
    """A day of the years that days are counted in. Raises NotUsable."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotUsable(Problem.NOT_A_DAY, f"{name}: {text}") from None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise NotUsable(Problem.NOT_A_DAY, f"{name}: {text}")
    return day
