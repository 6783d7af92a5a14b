# SPDX-License-Identifier: Apache-2.0
"""The words of one language that blocks and filters share: ``<language>/words.toml`` → dates, counts, lists, names.

A language has every key that English has, and maybe these on top:

    first_day      how the first of a month is said, where not as a number: ``"1er"``
    colon          what parts a period from its provision, where not ``": "``
    [rights]       what a right is called, by its code, in the place of the law's own (English) title
    [laws]         what a law is called in short, by its id
    [languages]    what a language is called, by its code, as it stands after “in”
    [citations]    how a provision is written: see ``citations.py``

``date`` may use {weekday}, {day}, {month}, {year}; the months stand there as they stand in a date.
A language may add words of its own to [self]; [client] then has the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

from optout_desktop.domain.errors import CatalogError

from .citations import CitationStyle
from .letter_files import read_table, table, texts

WORDS_FILE = "words.toml"
_REQUIRED = frozenset({"date", "weekdays", "months", "and", "units", "refusals", "self", "client"})
_OPTIONAL = frozenset({"first_day", "colon", "rights", "laws", "languages", "citations"})
_PARTS_OF_A_DATE = frozenset({"weekday", "day", "month", "year"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWords:
    """The words of one language."""

    language: str
    date_pattern: str
    first_day: str
    colon: str
    weekdays: Sequence[str]
    months: Sequence[str]
    and_: str
    units: Mapping[str, tuple[str, ...]]
    refusals: Mapping[str, str]
    for_oneself: Mapping[str, str]
    for_a_client: Mapping[str, str]
    rights: Mapping[str, str] = field(default_factory=dict)
    laws: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    citations: CitationStyle | None = None

    def date(self, day: date) -> str:
        """A day in full, such as *Thursday 17 December 2026*."""
        return self.date_pattern.format(
            weekday=self.weekdays[day.weekday()],
            day=self.first_day if day.day == 1 and self.first_day else day.day,
            month=self.months[day.month - 1],
            year=day.year,
        )

    def count(self, amount: int, unit: str) -> str:
        """An amount with its unit, such as *15 business days*; empty for a unit that is never written."""
        names = self.units.get(unit)
        return f"{amount} {names[_form(amount, names)]}" if names else ""

    def list(self, items: Sequence[object]) -> str:
        """Things one after the other, such as *one, two and three*; empty for none."""
        *before, last = [str(item) for item in items] or [""]
        return f"{', '.join(before)} {self.and_} {last}" if before else last

    def citation(self, text: str) -> str:
        """A provision as this language writes it; one that is not of the GDPR's family stays as it is."""
        return self.citations.rewritten(text) if self.citations else text


def read_words(
    folder: Path, read: Callable[[Path], bytes], english: LetterWords | None = None
) -> LetterWords:
    """The words of the language that ``folder`` is named after, held against the English ones.

    Raises CatalogError naming file and field.
    """
    file = f"{folder.name}/{WORDS_FILE}"
    said = read_table(read, folder / WORDS_FILE, _REQUIRED, _OPTIONAL, name=file)
    citations = said.get("citations")
    words = LetterWords(
        language=folder.name,
        date_pattern=_date_pattern(file, said["date"]),
        first_day=_text(file, "first_day", said.get("first_day", "")),
        colon=_text(file, "colon", said.get("colon", ": ")),
        weekdays=texts(file, "weekdays", said["weekdays"], 7),
        months=texts(file, "months", said["months"], 12),
        and_=_text(file, "and", said["and"]),
        units=_units(file, said["units"]),
        refusals=table(file, "refusals", said["refusals"]),
        for_oneself=table(file, "self", said["self"]),
        for_a_client=table(file, "client", said["client"]),
        rights=table(file, "rights", said.get("rights", {})),
        laws=table(file, "laws", said.get("laws", {})),
        languages=table(file, "languages", said.get("languages", {})),
        citations=None if citations is None else CitationStyle.read(file, citations),
    )
    _require_same(file, "client", words.for_oneself, words.for_a_client)
    _require_same(file, "self", words.for_a_client, words.for_oneself)
    if english is not None:
        for name, theirs, ours in (
            ("units", english.units, words.units),
            ("refusals", english.refusals, words.refusals),
            ("self", english.for_oneself, words.for_oneself),
            ("languages", english.languages, words.languages),
        ):
            _require_same(file, name, theirs, ours)
    return words


def _form(amount: int, names: Sequence[str]) -> int:
    """Which form of a unit an amount takes; of three, the second is for few (Polish: 2 to 4, 22 to 24, …)."""
    if amount == 1:
        return 0
    is_few = amount % 10 in {2, 3, 4} and amount % 100 not in {12, 13, 14}
    return 1 if is_few or len(names) == 2 else 2


def _units(file: str, value: Any) -> dict[str, tuple[str, ...]]:  # noqa: ANN401 - as a file says it
    if not isinstance(value, dict):
        raise CatalogError(file, "units", "it is not a table.")
    units = {name: texts(file, f"units.{name}", forms) for name, forms in value.items()}
    for name, forms in units.items():
        if not 2 <= len(forms) <= 3:
            raise CatalogError(file, f"units.{name}", "it holds a form for one and one or two for more.")
    return units


def _date_pattern(file: str, value: Any) -> str:  # noqa: ANN401
    pattern = _text(file, "date", value)
    try:
        parts = [name for _, name, _, _ in Formatter().parse(pattern) if name is not None]
    except ValueError as error:
        raise CatalogError(file, "date", f"{error}.") from error
    for part in parts:
        if part not in _PARTS_OF_A_DATE:
            raise CatalogError(file, "date", f"a date has no part called “{part}”.")
    return pattern


def _text(file: str, name: str, value: Any) -> str:  # noqa: ANN401
    if not isinstance(value, str):
        raise CatalogError(file, name, "it is not a text.")
    return value


def _require_same(file: str, name: str, wanted: Mapping[str, object], found: Mapping[str, object]) -> None:
    for key in wanted.keys() - found.keys():
        raise CatalogError(file, f"{name}.{key}", "it is missing.")
