# SPDX-License-Identifier: Apache-2.0
"""A file or folder that a person chose → a list of companies, whichever of the known lists it is.

The kind is told from the content: a folder or a ZIP of records, JSON, or a table whose labels give it away. Nothing
is changed anywhere; a file that is none of these, or is over a limit, raises ``ImportRefused``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from optout_desktop.domain.company_lists import CompanyList, LeftOut, ListedCompany, ListSource
from optout_desktop.domain.errors import ImportRefused

from . import json_in, tables_in
from .archives import LARGEST_PACKED_BYTES, Archive
from .directories import datenanfragen, justdeleteme, own_csv, registries
from .directories.columns import Columns, Wanted, beginning, find_columns
from .tables_in import TableRow, Told

_ZIP_MARK = b"PK\x03\x04"
_TABLES: tuple[tuple[ListSource, Sequence[Wanted], Sequence[str]], ...] = (
    (ListSource.OREGON, registries.OREGON, registries.NEEDED[ListSource.OREGON]),
    (ListSource.TEXAS, registries.TEXAS, registries.NEEDED[ListSource.TEXAS]),
    (ListSource.CPPA, registries.CALIFORNIA, registries.NEEDED[ListSource.CPPA]),
    (ListSource.CSV, own_csv.COLUMNS, own_csv.NEEDED),
)

_Found = tuple[list[ListedCompany], list[LeftOut]]


def read_companies(
    path: Path, source: ListSource | None = None, told: Told = lambda _done, _total: None
) -> CompanyList:
    """What a list says; ``source`` None has the kind told from the content.

    ``told`` may raise, to end the reading. Raises ImportRefused.
    """
    dated_on = _day_of(path)
    if _is_folder(path):
        _require(source, ListSource.DATENANFRAGEN, path)
        found = datenanfragen.read(datenanfragen.records_in_folder(path), dated_on, told)
        return _list(ListSource.DATENANFRAGEN, datenanfragen.TITLE, path, dated_on, found)
    content = _content(path)
    if content.startswith(_ZIP_MARK):
        _require(source, ListSource.DATENANFRAGEN, path)
        archive = Archive(content, path.name)
        if not datenanfragen.is_archive_of_it(archive):
            raise _none_of_these(path)
        found = datenanfragen.read(datenanfragen.records_in_archive(archive), dated_on, told)
        return _list(ListSource.DATENANFRAGEN, datenanfragen.TITLE, path, dated_on, found)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"[", b"{"}:
        return _from_json(json_in.read_json(content, path.name), source, path, dated_on, told)
    return _from_table(content, source, path, dated_on, told)


def _from_json(
    value: object, source: ListSource | None, path: Path, dated_on: date | None, told: Told
) -> CompanyList:
    if isinstance(value, dict) and "slug" in value:
        _require(source, ListSource.DATENANFRAGEN, path)
        one = (1, iter([(path.name, lambda: _content(path))]))
        found = datenanfragen.read(one, dated_on, told)
        return _list(ListSource.DATENANFRAGEN, datenanfragen.TITLE, path, dated_on, found)
    if not isinstance(value, list) or not any(map(justdeleteme.is_one_of_it, value[:50])):
        raise _none_of_these(path)
    _require(source, ListSource.JDM, path)
    return _list(ListSource.JDM, justdeleteme.TITLE, path, dated_on, justdeleteme.read(value, dated_on, told))


def _from_table(
    content: bytes, source: ListSource | None, path: Path, dated_on: date | None, told: Told
) -> CompanyList:
    table = tables_in.open_table(content, path.name)
    for _ in tables_in.rows_of(table):
        pass  # a limit is met before anything is made of the rows
    rows = tables_in.rows_of(table, told)
    first = beginning(rows)
    found = _columns(first, source)
    if found is None:
        if source in {ListSource.JDM, ListSource.DATENANFRAGEN}:
            raise _another_kind(source, path)
        raise _none_of_these(path)
    kind, columns, labels = found
    below = chain(first[labels:], rows)
    if kind is ListSource.CSV:
        return _list(kind, path.name, path, dated_on, own_csv.read(path.name, columns, below, dated_on))
    return _list(
        kind, registries.TITLES[kind], path, dated_on, registries.read(kind, columns, below, dated_on)
    )


def _columns(first: list[TableRow], source: ListSource | None) -> tuple[ListSource, Columns, int] | None:
    for kind, wanted, needed in _TABLES:
        if source in {None, kind} and (found := find_columns(first, wanted, needed)) is not None:
            return kind, *found
    return None


def _list(kind: ListSource, title: str, path: Path, dated_on: date | None, found: _Found) -> CompanyList:
    companies, left_out = found
    return CompanyList(
        source=kind,
        title=title,
        file_name=path.name,
        dated_on=dated_on,
        companies=tuple(companies),
        left_out=tuple(left_out),
    )


def _require(source: ListSource | None, kind: ListSource, path: Path) -> None:
    if source not in {None, kind}:
        raise _another_kind(source, path)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            mark = file.read(len(_ZIP_MARK))
            most = LARGEST_PACKED_BYTES if mark == _ZIP_MARK else tables_in.LARGEST_BYTES
            content = mark + file.read(most - len(mark) + 1)
    except OSError as error:
        raise _unreadable(path) from error
    if len(content) > most:
        raise ImportRefused(
            f"{path.name} has more than {most // 1024 // 1024} MB (the limit). It was not read, and nothing was "
            "changed. Split it into smaller files.",
            "too_large",
        )
    if not content.strip():
        raise ImportRefused(f"{path.name} is empty. Nothing was changed.", "empty")
    return content


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:  # a name that no file can have, a folder that may not be looked into
        raise _unreadable(path) from error


def _unreadable(path: Path) -> ImportRefused:
    return ImportRefused(
        f"{path.name[:100]} cannot be read. Check that it is still there and that you may open it.",
        "unreadable",
    )


def _day_of(path: Path) -> date | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    except (OSError, OverflowError, ValueError):
        return None


def _another_kind(source: ListSource | None, path: Path) -> ImportRefused:
    return ImportRefused(
        f"{path.name} is not a list of the kind “{source}”. Nothing was changed. "
        "Leave the kind open to have it told from the file.",
        "columns",
    )


def _none_of_these(path: Path) -> ImportRefused:
    return ImportRefused(
        f"{path.name} is none of the lists that can be imported, or its columns are not named. Nothing was changed. "
        "A table of your own needs a first row with labels, one of them “name”.",
        "columns",
    )
