# SPDX-License-Identifier: Apache-2.0
"""The steps from each released schema to the next: dated plain SQL, forward only.

A file is called ``<version>_<date>_<what>.sql``, such as ``0002_2027-03-01_add_bounces.sql``; version 2 is
the schema that it leads to. The files import nothing: what they meant when they were written, they mean for
ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

_NAME = re.compile(r"(\d{4})_\d{4}-\d{2}-\d{2}_[a-z0-9_]+\.sql")
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step forward, statement by statement, to ``version``."""

    version: int
    name: str
    statements: tuple[str, ...]


def steps_between(current: int, wanted: int, folder: Path = _FOLDER) -> tuple[Step, ...]:
    """The steps that lead from one schema to a later one, in order; raises ValueError for a missing one."""
    steps = [step for step in _all(folder) if current < step.version <= wanted]
    if [step.version for step in steps] != list(range(current + 1, wanted + 1)):
        raise ValueError(f"no steps lead from schema {current} to {wanted}")
    return tuple(steps)


def _all(folder: Path) -> Iterator[Step]:
    for path in sorted(folder.glob("*.sql")):
        named = _NAME.fullmatch(path.name)
        if named is None:
            raise ValueError(f"{path.name}: a step is called <version>_<date>_<what>.sql")
        text = path.read_text("utf-8")
        yield Step(version=int(named[1]), name=path.stem, statements=tuple(_statements(text)))


def _statements(text: str) -> Iterator[str]:
    """The statements of a file; a trigger's inner semicolons do not end it."""
    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        if dbapi2.complete_statement(statement):
            yield statement.strip()
            statement = ""
    if re.sub(r"--[^\n]*", "", statement).strip():
        raise ValueError("a statement does not end with a semicolon at the end of a line")
