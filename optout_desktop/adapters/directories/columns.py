# SPDX-License-Identifier: Apache-2.0
"""Columns of a table, found by what their labels say: never by their place, which changes from year to year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from optout_desktop.adapters.tables_in import TableRow, normalised

_LABELS_WITHIN_ROWS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A column to be found: its label holds all words of one of ``labels``, and none of ``unlike``."""

    name: str
    labels: tuple[str, ...]
    unlike: tuple[str, ...] = ()
    is_whole: bool = False
    """The label is exactly one of these."""

    def fits(self, label: str) -> bool:
        """Whether a normalised label is of this column."""
        if self.is_whole:
            return label in self.labels
        return any(words in label for words in self.labels) and not any(word in label for word in self.unlike)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where each wanted column lies in the rows after the labels."""

    at: dict[str, int]

    def cell(self, row: TableRow, name: str) -> str:
        """A cell by the name of its column; empty where there is none."""
        place = self.at.get(name)
        return row.cells[place] if place is not None and place < len(row.cells) else ""


def find_columns(
    rows: Sequence[TableRow], wanted: Sequence[Wanted], needed: Sequence[str]
) -> tuple[Columns, int] | None:
    """The columns and the number of rows up to their labels; None where no row near the top names what is needed."""
    best: tuple[Columns, int] | None = None
    for number, row in enumerate(rows[:_LABELS_WITHIN_ROWS], 1):
        columns = _named_by(row, wanted)
        if all(name in columns.at for name in needed) and (best is None or len(columns.at) > len(best[0].at)):
            best = columns, number
    return best


def _named_by(row: TableRow, wanted: Sequence[Wanted]) -> Columns:
    labels = [normalised(cell) for cell in row.cells]
    at: dict[str, int] = {}
    for column in wanted:
        fitting = (
            place
            for place, label in enumerate(labels)
            if place not in at.values() and label and column.fits(label)
        )
        if (place := next(fitting, None)) is not None:
            at[column.name] = place
    return Columns(at=at)


def day_of(text: str) -> date | None:
    """A day as these lists write it (2026-05-08, 5/8/2026, 8.5.2026), or None."""
    for form in ("%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(text.strip()[:10], form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def beginning(rows: Iterator[TableRow]) -> list[TableRow]:
    """The first rows, among which the labels are."""
    return [row for row, _ in zip(rows, range(_LABELS_WITHIN_ROWS), strict=False)]
