# SPDX-License-Identifier: Apache-2.0
"""The dozen filters that put facts into the words of one language; there are no others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NoReturn, TypeVar

from optout_desktop.domain.letters import clean_line

from .letter_vocabulary import Marked, Unset, UnsetFactError
from .letter_words import LetterWords

Filter = Callable[..., object]
_T = TypeVar("_T")


def filters_of(words: LetterWords) -> dict[str, Filter]:
    """Every filter by its name; a fact without a value is an error in each of them."""

    def count(value: object, unit: object) -> str:
        told = words.count(_expect(value, int), str(unit))
        return told or _refuse(f"there is no unit called “{unit}”")

    def one_of(value: object, at: int) -> object:
        listed = _expect(value, list)
        return listed[at] if listed else _refuse("this list is empty")

    return {
        "date": lambda value: words.date(_expect(value, date)),
        "count": count,
        "list": lambda value: words.list(_expect(value, list)),
        "join": lambda value, between: str(between).join(str(item) for item in _expect(value, list)),
        "first": lambda value: one_of(value, 0),
        "last": lambda value: one_of(value, -1),
        "size": lambda value: len(_expect(value, list)),
        "upcase": lambda value: str(value).upper(),
        "downcase": lambda value: str(value).lower(),
        "capitalize": lambda value: str(value)[:1].upper() + str(value)[1:],
        "strip": lambda value: str(value).strip(),
        "line": lambda value: clean_line(str(value)),
    }


def marking(filters: dict[str, Filter]) -> dict[str, Filter]:
    """The same filters for a preview: what is missing goes through them as it is."""

    def passing(filter_: Filter) -> Filter:
        return lambda value, *more: value if isinstance(value, Marked) else filter_(value, *more)

    return {name: passing(filter_) for name, filter_ in filters.items()}


def _expect(value: object, kind: type[_T]) -> _T:
    if isinstance(value, Unset):
        raise UnsetFactError(value.path)
    if not isinstance(value, kind) or isinstance(value, bool):
        _refuse(f"this filter wants a {kind.__name__}, not a {type(value).__name__}")
    return value


def _refuse(problem: str) -> NoReturn:
    from liquid.exceptions import FilterArgumentError

    raise FilterArgumentError(problem, token=None)
