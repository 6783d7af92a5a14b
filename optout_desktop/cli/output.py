# SPDX-License-Identifier: Apache-2.0
"""Tables for eyes, JSON for programs.

A command hands over data made of plain values; ``document`` wraps it in the envelope that scripts read, the
rest lays out what people read. Whatever a company or a file says goes through ``clean_line``: it may hold
characters that would steer the terminal.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from optout_desktop.domain.letters import clean_line

SCHEMA = 1
WIDEST_CELL = 48


def document(command: str, data: object) -> str:
    """The envelope ``{"schema", "command", "data"}`` on one line, in ASCII so that any pipe carries it."""
    return json.dumps({"schema": SCHEMA, "command": command, "data": data}, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a document.")


def table(headers: Sequence[str], rows: Iterable[Sequence[object]], nothing: str) -> list[str]:
    """Lines of a table with aligned columns; ``nothing`` is said where there are no rows.

    The last column may be as wide as it wants.
    """
    cells = [[*(cell(value) for value in row[:-1]), text(row[-1])] for row in rows]
    if not cells:
        return [nothing]
    lines = [[header.upper() for header in headers], *cells]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headers))]
    return [
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]


def facts(pairs: Iterable[tuple[str, object]]) -> list[str]:
    """Lines of *name: value*, aligned; values that are empty are left out."""
    told = [(name, text(value)) for name, value in pairs if value not in (None, "", ())]
    width = max((len(name) for name, _ in told), default=0) + 1
    return [f"{name + ':':<{width}} {value}" for name, value in told]


def cell(value: object) -> str:
    """A value in a table: one line, cut where it is too wide."""
    words = text(value)
    return words if len(words) <= WIDEST_CELL else f"{words[: WIDEST_CELL - 1]}…"


def text(value: object) -> str:
    """A value as people read it, on one line."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | frozenset | list):
        return ", ".join(text(one) for one in (sorted(value) if isinstance(value, frozenset) else value))
    return clean_line(str(value))


def print_bytes(content: bytes) -> None:
    """Write bytes as they are on the standard output, where there is one."""
    if sys.stdout is not None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def on_one_line(sentence: str) -> str:
    """A message without what would steer the terminal: it may quote what a file or a company says."""
    return clean_line(sentence)


def words(code: str) -> str:
    """A word of a closed vocabulary as people read it: *partly_completed* is *partly completed*."""
    return code.replace("_", " ").replace("-", " ")
