# SPDX-License-Identifier: Apache-2.0
"""Tables that a person hands in (CSV and its kin) → rows of cells, each with the line that it begins on.

The encoding is one of three that can be told for sure, the delimiter is the one that makes the rows alike. A file
that is too large, or is no table, is refused as a whole with ``ImportRefused``; nothing is guessed beyond that.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from optout_desktop.domain.errors import ImportRefused

LARGEST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 100
LONGEST_CELL_CHARS = 64 * 1024
DELIMITERS = (",", ";", "\t", "|")

_LOOKED_AT = 40
_TOLD_EVERY = 1_000
_MOST_NUL_SHARE = 0.05
_FORMULA_GUARD = "'"
_GUARDED = frozenset("=+-@＝＋－＠\t\r")

Told = Callable[[int, int], None]
"""Told how many of how many bytes or entries are done; may raise, to end the reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row; ``line`` is the line of the file on which it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableText:
    """A file as text, with the delimiter of its cells."""

    name: str
    text: str
    encoding: str
    delimiter: str


def open_table(content: bytes, name: str) -> TableText:
    """The text of a table and its delimiter. Raises ImportRefused for what is too large or no text."""
    if len(content) > LARGEST_BYTES:
        raise ImportRefused(
            f"{name} has more than {LARGEST_BYTES // 1024 // 1024} MB, the limit for a table. "
            "It was not read. Split it into smaller files.",
            "too_large",
        )
    text, encoding = _decoded(content, name)
    return TableText(name=name, text=text, encoding=encoding, delimiter=_delimiter(text))


def rows_of(table: TableText, told: Told = lambda _done, _total: None) -> Iterator[TableRow]:
    """The rows of a table that hold anything, in order. Raises ImportRefused at a limit, with the line."""
    reader = csv.reader(io.StringIO(table.text, newline=""), delimiter=table.delimiter)
    lines = table.text.count("\n") + 1
    count, last = 0, 1
    while True:
        began = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            if reader.line_num > last:
                _require_closed(table, last)
            return
        except csv.Error as error:
            # the reader's own limit for one cell, 131,072 characters, or a line end in a bare cell
            raise _cell_too_long(table.name, began) from error
        last = began
        if count % _TOLD_EVERY == 0:
            told(min(reader.line_num, lines), lines)
        if len(cells) == 1 and table.delimiter in cells[0]:
            cells = cells[0].split(table.delimiter)  # some lists quote a row as a whole
        if not any(cells):
            continue
        count += 1
        _require_within(table.name, began, count, cells)
        yield TableRow(line=began, cells=tuple(_clean(cell) for cell in cells))


def _require_closed(table: TableText, line: int) -> None:
    """Raise ImportRefused where the last row, which runs over several lines, is a quotation that nobody closed."""
    rest = islice(io.StringIO(table.text, newline=""), line - 1, None)
    try:
        for _ in csv.reader(rest, delimiter=table.delimiter, strict=True):
            pass
    except csv.Error as error:
        raise ImportRefused(
            f"The row that begins on line {line} of {table.name} cannot be read. Nothing was changed. "
            "Look there for a missing quotation mark.",
            "columns",
            str(line),
        ) from error


def without_guard(cell: str) -> str:
    """A cell without the apostrophe that kept a spreadsheet from taking it for a formula."""
    if cell.startswith(_FORMULA_GUARD) and cell[1:2] in _GUARDED and len(cell) > 1:
        return cell[1:]
    return cell


def normalised(label: str) -> str:
    """A column's label as it is compared: small letters, digits, one space between words."""
    plain = label.replace("\u2011", "-").replace("\u2019", "'").replace("\u00a0", " ").casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    elif content.startswith(codecs.BOM_UTF8):
        encodings = ("utf-8-sig",)
    else:
        encodings = ("utf-8", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.count("\0") > _MOST_NUL_SHARE * len(text):
            break
        return text.replace("\0", ""), encoding
    raise ImportRefused(
        f"{name} is not a text in an encoding that can be told (UTF-8, UTF-16 or Windows-1252). "
        "Nothing was changed. Save it as “CSV UTF-8”, then import it again.",
        "encoding",
    )


def _delimiter(text: str) -> str:
    """The delimiter that gives most of the first rows the same number of cells, more than one."""
    beginning = text[: 256 * 1024]
    scored = [(_likeness(beginning, each), each) for each in DELIMITERS]
    best, delimiter = max(scored, key=lambda scored: scored[0])
    return delimiter if best[1] > 1 else ","


def _likeness(text: str, delimiter: str) -> tuple[float, int]:
    counts: Counter[int] = Counter()
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        for cells in islice(reader, _LOOKED_AT):
            width = len(cells[0].split(delimiter)) if len(cells) == 1 else len(cells)
            if cells:
                counts[width] += 1
    except csv.Error:
        pass  # the cell that is too long is told when the rows are read
    wide = {width: rows for width, rows in counts.items() if width > 1}
    if not wide:
        return (0.0, 1)
    width = max(wide, key=lambda each: (wide[each], each))
    return (wide[width] / sum(counts.values()), width)


def _require_within(name: str, line: int, count: int, cells: Sequence[str]) -> None:
    if count > MOST_ROWS:
        raise ImportRefused(
            f"{name} has more than {MOST_ROWS:,} rows. It was not imported, and nothing was changed. "
            "Split it into smaller files.",
            "too_many_rows",
            str(line),
        )
    if len(cells) > MOST_COLUMNS:
        raise ImportRefused(
            f"Line {line} of {name} has more than {MOST_COLUMNS} columns. Nothing was changed. "
            "Check that this is the right file.",
            "too_many_columns",
            str(line),
        )
    if any(len(cell) > LONGEST_CELL_CHARS for cell in cells):
        raise _cell_too_long(name, line)


def _cell_too_long(name: str, line: int) -> ImportRefused:
    return ImportRefused(
        f"The row that begins on line {line} of {name} has a cell of more than "
        f"{LONGEST_CELL_CHARS // 1024} KB. Nothing was changed. Look there for a missing quotation mark.",
        "cell_too_long",
        str(line),
    )


def _clean(cell: str) -> str:
    return cell.replace("\ufeff", "").replace("\u00a0", " ").strip()  # U+FEFF: files that were joined
