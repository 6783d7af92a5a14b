# SPDX-License-Identifier: Apache-2.0
"""Tables: one table of a TOML file, taken apart field by field, strictly.

Whoever reads takes each field by name with the kind it must have; ``finish`` refuses what nobody took.
Every refusal names file, line and field.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from optout_desktop.domain.errors import CatalogError

from .files import TomlFile, Where

_Word = TypeVar("_Word", bound=StrEnum)
_MISSING = object()


@dataclass(slots=True, kw_only=True)
class Table:
    """A table being read; ``where`` is the way to it, empty at the top of the file."""

    file: TomlFile
    content: dict[str, Any]
    where: Where = ()
    _taken: set[str] = field(default_factory=set)

    def entries(self, kind: str) -> list[Table]:
        """The entries of ``[[kind]]``, in order."""
        found = self._take(kind, list, [])
        if any(not isinstance(entry, dict) for entry in found):
            self.refuse(kind, "must be tables")
        return [
            Table(file=self.file, content=entry, where=(*self.where, kind, number))
            for number, entry in enumerate(found)
        ]

    def child(self, name: str) -> Table | None:
        """The table of that name inside this one, or None."""
        if name not in self.content:
            return None
        return Table(file=self.file, content=self._take(name, dict, {}), where=(*self.where, name))

    def children(self, name: str) -> dict[str, Table]:
        """The named tables inside the table of that name."""
        parent = self.child(name)
        if parent is None:
            return {}
        return {key: child for key in parent.content if (child := parent.child(key)) is not None}

    def text(self, name: str, default: str | None = None) -> str:
        """A text; without a default it must be there and not be blank."""
        value: str = self._take(name, str, default)
        if default is None and not value.strip():
            self.refuse(name, "must not be empty")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, empty where it is missing."""
        found = self._take(name, list, [])
        if any(not isinstance(item, str) or not item.strip() for item in found):
            self.refuse(name, "must be a list of texts")
        return tuple(found)

    def flag(self, name: str) -> bool:
        """True or false, false where it is missing."""
        value: bool = self._take(name, bool, default=False)
        return value

    def number_of(self, name: str, *, least: int = 1) -> int | None:
        """A whole number of at least ``least``, or None where it is missing."""
        if name not in self.content:
            return None
        value = self._take(name, int)
        if isinstance(value, bool) or value < least:
            self.refuse(name, f"must be a whole number of at least {least}, not {value!r}")
        return int(value)

    def day(self, name: str) -> date:
        """A day that must be there."""
        value: date = self._take(name, date)
        return value

    def day_or_none(self, name: str) -> date | None:
        """A day, or None where it is missing."""
        return self.day(name) if name in self.content else None

    def word(self, name: str, words: type[_Word], default: _Word | None = None) -> _Word:
        """One word of a closed list."""
        return self._word(name, words, self._take(name, str, default))

    def words(self, name: str, words: type[_Word]) -> tuple[_Word, ...]:
        """Several words of a closed list, each at most once."""
        found = tuple(self._word(name, words, item) for item in self.texts(name))
        if len(set(found)) < len(found):
            self.refuse(name, "says the same word twice")
        return found

    def finish(self) -> None:
        """Refuse the first field that nobody asked for."""
        for name in self.content:
            if name not in self._taken:
                near = difflib.get_close_matches(name, self._taken, n=1)
                self.refuse(name, f"unknown field{f'; did you mean {near[0]}?' if near else ''}")

    def refuse(self, name: str, problem: str) -> NoReturn:
        """Say that a field is wrong, and where it stands."""
        inner: list[str] = []
        for step in reversed(self.where):
            if isinstance(step, int):
                break
            inner.insert(0, step)
        line = self.file.line_of(self.where, name)
        raise CatalogError(self.file.name, ".".join((*inner, name)), problem, line)

    def _word(self, name: str, words: type[_Word], value: str) -> _Word:
        try:
            return words(value)
        except ValueError:
            known = [word.value for word in words]
            near = difflib.get_close_matches(value, known, n=1)
            hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(known)}"
            self.refuse(name, f"unknown word “{value}”; {hint}")

    def _take(self, name: str, kind: type[Any], default: Any = _MISSING) -> Any:  # noqa: ANN401  # as TOML has it
        self._taken.add(name)
        value = self.content.get(name, _MISSING)
        if value is _MISSING:
            if default is _MISSING or default is None:
                self.refuse(name, "is missing")
            return default
        if not isinstance(value, kind):
            self.refuse(name, f"must be {_KINDS.get(kind, kind.__name__)}, not {value!r}")
        return value


_KINDS = {
    str: "a text",
    list: "a list",
    dict: "a table",
    bool: "true or false",
    int: "a whole number",
    date: "a day",
}
