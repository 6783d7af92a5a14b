# SPDX-License-Identifier: Apache-2.0
"""Saving what is readable: from a copy of a damaged vault, row by row, into a database of its own.

The damaged file is copied first and never opened itself. Rows come in the order in which they lie; where a
page cannot be read, the connection is of no more use (SQLCipher gives up for good), so that a new one goes on
behind it. A row goes across only if everything that it points at went across, too. What stays behind is
counted: an index of the table, where one is whole, says how many rows there were.
"""

from __future__ import annotations

import os
import secrets
import shutil
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final, Self

from sqlalchemy import Connection, Label, LargeBinary, Table, insert, literal_column, select
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from optout_desktop.domain.errors import VaultDamaged, VaultError
from optout_desktop.storage.cipher import (
    PAGE_BYTES,
    RawConnection,
    connect_for_reading,
    connect_for_writing,
    meaning,
    require_seals,
    work_in_log,
)
from optout_desktop.storage.data_key import DataKey
from optout_desktop.storage.schema import Schema, engine_on
from optout_desktop.storage.vault import (
    examined,
    make_database,
    require_ours,
    take,
    version_of,
)
from optout_desktop.storage.vault_files import (
    VaultFolder,
    disk_errors,
    make_private_file,
    make_private_folder,
)

Progress = Callable[[int, int], None]
"""Told how many rows of how many are done; a total of 0 means: not known."""
Row = dict[str, Any]

_UNREADABLE: Final = (VaultDamaged, DBAPIError, dbapi2.Error, LookupError, ValueError, TypeError)
"""Also a value that no store would write is as bad as a page without its seal."""

_ROWS_AT_ONCE: Final = 500
_FILES_AT_ONCE: Final = 8
_COPIED_AT_ONCE_BYTES: Final = 1 << 20
_NOISE: Final = b"\xa5" * PAGE_BYTES
_LENGTHENED_AT_MOST: Final = 10
"""Doublings, after which a thousandth of a file would be enough to open it."""
_BEFORE_THE_FIRST: Final = -1
_LAST_ROW: Final = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOutcome:
    """What became of the rows of one table."""

    table: str
    saved: int
    unreadable: int
    """Rows that cannot be read; the least number where ``is_exact`` is false."""
    left_out: int
    """Rows that were read, but belong to something that cannot be read."""
    stand_ins: int = 0
    """Rows that were made up from what other tables tell of the unreadable ones."""
    is_exact: bool = True
    """Whether it is known how many rows the table had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What one kind of vault does about holes: both may be left out."""

    derived: frozenset[str] = frozenset()
    """Tables that are worked out from others, and are not copied."""
    stand_ins: Mapping[str, Callable[[Reader], Iterator[Row]]] = field(default_factory=dict)
    """For a table, rows that may stand for unreadable ones, as far as other tables still tell of them."""
    leave_out: Callable[[Connection], Mapping[str, int]] = lambda _target: {}
    """Takes back, in the new database, what makes no sense without what is missing; says how many rows."""


class Reader:
    """Rows of a damaged database, as far as they can be read."""

    def __init__(self, path: Path, data_key: DataKey) -> None:
        """Raises VaultDamaged where not even its tables are known any more."""
        self._path = path
        self._data_key = data_key
        self._raw: RawConnection = None
        self._source: Connection | None = None
        self._reconnect()

    def close(self) -> None:
        """Let the copy go."""
        if self._source is not None:
            self._source.close()
            self._source = None
            self._raw.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rows(self, table: Table, holes: Holes) -> Iterator[Row]:
        """Every row of a table that can be read, in order; ``holes`` is told of those that cannot."""
        at = _BEFORE_THE_FIRST
        while at != _LAST_ROW:
            try:
                for number, row in self._from(table, at):
                    at = number
                    yield row
            except _UNREADABLE as error:
                _require_about_the_file(error)
                self._reconnect()
            else:
                return
            if not holes.is_known:
                holes.know(self._numbers(table))
            number_or_none = self._number_after(table, at)
            if number_or_none is None:
                at = self._behind(table, at, holes)
                continue
            at = number_or_none
            alone = self._row_at(table, at)
            if alone is None:
                holes.add(at)
            else:
                yield alone

    def _row_at(self, table: Table, number: int) -> Row | None:
        """One row, read by itself."""
        try:
            return next((row for at, row in self._from(table, number - 1) if at == number), None)
        except _UNREADABLE as error:
            _require_about_the_file(error)
            self._reconnect()
            return None

    def count(self, table: Table) -> int:
        """How many rows a table has, or 0 where that cannot be told quickly."""
        query = f'SELECT count(*) FROM "{table.name}"'  # noqa: S608
        try:
            return int(self._raw.execute(query).fetchone()[0])
        except (VaultDamaged, dbapi2.Error) as error:
            _require_about_the_file(error)
            self._reconnect()
            return 0

    def _from(self, table: Table, after: int) -> Iterator[tuple[int, Row]]:
        number: Label[int] = literal_column("rowid").label("rowid_")
        query = select(table, number).where(literal_column("rowid") > after).order_by(number)
        if self._source is None:
            raise RuntimeError("this reader was closed")
        for row in self._source.execute(query).mappings():
            values = dict(row)
            require_seals(self._raw)
            yield values.pop("rowid_"), values

    def _number_after(self, table: Table, after: int) -> int | None:
        """The next row's number; None where its page cannot be read, the last one of all at the end."""
        query = f'SELECT rowid FROM "{table.name}" NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT 1'  # noqa: S608
        try:
            found = self._raw.execute(query, (after,)).fetchone()
        except (VaultDamaged, dbapi2.Error) as error:
            _require_about_the_file(error)
            self._reconnect()
            return None
        return int(found[0]) if found else _LAST_ROW

    def _behind(self, table: Table, after: int, holes: Holes) -> int:
        """The number of a row from which on reading works again, or the last one of all."""
        if holes.is_exact:
            for number in holes.known_after(after):
                if self._can_reach(table, number):
                    return number - 1
                holes.add(number)
            return _LAST_ROW
        # Without an index only the numbers can be tried: ever larger steps, and then halves back.
        low, step = after, 1
        while not self._can_reach(table, low + step):
            step *= 2
            if step > _LAST_ROW:
                return _LAST_ROW
        low, high = low + step // 2, low + step
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._can_reach(table, middle) else (middle, high)
        return high - 1

    def _can_reach(self, table: Table, number: int) -> bool:
        return self._number_after(table, number - 1) is not None

    def _numbers(self, table: Table) -> array[int] | None:
        """The numbers of all rows by an index that is whole, or None."""
        for name in [str(row[1]) for row in self._raw.execute(f'PRAGMA index_list("{table.name}")')]:
            query = f'SELECT rowid FROM "{table.name}" INDEXED BY "{name}" ORDER BY rowid'  # noqa: S608
            try:
                numbers = array("q", (row[0] for row in self._raw.execute(query)))
                require_seals(self._raw)
            except (VaultDamaged, dbapi2.Error) as error:
                _require_about_the_file(error)
                self._reconnect()
            else:
                return numbers
        return None

    def _reconnect(self) -> None:
        self.close()
        self._raw = connect_for_reading(self._path, self._data_key)
        # Not disposed of: that would close the raw connection, which ``close`` does.
        self._source = engine_on(self._raw).connect()


class Holes:
    """The rows of one table that cannot be read."""

    def __init__(self) -> None:
        self.is_known = False
        self._numbers: array[int] | None = None
        self._missed: set[int] = set()

    def know(self, numbers: array[int] | None) -> None:
        """Take the numbers of all rows that the table had, or None where nobody knows."""
        self.is_known = True
        self._numbers = numbers

    def add(self, number: int) -> None:
        """Note a row that cannot be read."""
        if number != _LAST_ROW:
            self._missed.add(number)

    @property
    def is_exact(self) -> bool:
        """Whether the numbers of all rows are known."""
        return self._numbers is not None

    def known_after(self, number: int) -> Iterator[int]:
        """The numbers behind one, in order."""
        numbers = self._numbers or array("q")
        return iter(numbers[bisect_right(numbers, number) :])

    def count(self, read: int) -> int:
        """How many rows are missing, where ``read`` were read; without an index, how many at least."""
        if not self.is_known:
            return 0
        return len(self._numbers) - read if self._numbers is not None else max(1, len(self._missed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """A path and the key for what lies there."""

    path: Path
    data_key: DataKey


def salvage(
    damaged: Keyed,
    target: Keyed,
    *,
    schema: Schema,
    this_is: str,
    mending: Mending | None = None,
    told: Progress = lambda _done, _total: None,
) -> tuple[TableOutcome, ...]:
    """Write the database ``target`` with what can be read of the vault in the folder ``damaged``.

    ``target`` lies in a private folder, where the copy lies, too, meanwhile. ``told`` is called for every row
    and may raise, to end it. Raises VaultDamaged where nothing can be read, VaultTooNew, DiskFull.
    """
    mending = mending or Mending()
    with _copy_of(VaultFolder(path=damaged.path), target.path.parent, told) as copy:
        _lay_open(copy, damaged.data_key)
        _bring_up_to_date(copy, damaged.data_key, schema, this_is)
        with Reader(copy, damaged.data_key) as reader:
            carrying = _Carrying(reader, schema, mending, told)
            make_database(target.path, target.data_key, schema, this_is, carrying.fill)
    _require_sound(target, schema)
    return carrying.outcomes


class _Carrying:
    """Carries every table across in the order in which they point at each other."""

    def __init__(self, reader: Reader, schema: Schema, mending: Mending, told: Progress) -> None:
        self._reader = reader
        self._schema = schema
        self._mending = mending
        self._told = told
        self._kept: dict[tuple[str, str], set[Any]] = {}
        self._expected = 0
        self._done = 0
        self.outcomes: tuple[TableOutcome, ...] = ()

    def fill(self, target: Connection) -> None:
        """Carry everything; to be called within one transaction."""
        tables = [
            table for table in self._schema.metadata.sorted_tables if table.name not in self._mending.derived
        ]
        self._kept = {
            (key.column.table.name, key.column.name): set() for table in tables for key in table.foreign_keys
        }
        self._expected = sum(self._reader.count(table) for table in tables)
        outcomes = [self._carry(table, target) for table in tables]
        taken_back = self._mending.leave_out(target)
        self._schema.refill_search(target)
        self.outcomes = tuple(_less(outcome, taken_back.get(outcome.table, 0)) for outcome in outcomes)

    def _carry(self, table: Table, target: Connection) -> TableOutcome:
        holes, read, saved = Holes(), 0, 0
        has_files = any(isinstance(column.type, LargeBinary) for column in table.columns)
        at_once = _FILES_AT_ONCE if has_files else _ROWS_AT_ONCE
        rows = self._counted(self._reader.rows(table, holes))
        while some := list(islice(rows, at_once)):
            read += len(some)
            whole = [row for row in some if self._has_its_parents(table, row)]
            saved += len(whole)
            self._put(table, whole, target)
        return TableOutcome(
            table=table.name,
            saved=saved,
            unreadable=holes.count(read),
            left_out=read - saved,
            stand_ins=self._stand_in(table, target) if holes.is_known else 0,
            is_exact=holes.is_exact or not holes.is_known,
        )

    def _counted(self, rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            self._done += 1
            self._told(min(self._done, self._expected), self._expected)
            yield row

    def _put(self, table: Table, rows: list[Row], target: Connection) -> None:
        if rows:
            target.execute(insert(table), rows)
        for (name, column), kept in self._kept.items():
            if name == table.name:
                kept.update(row[column] for row in rows)

    def _stand_in(self, table: Table, target: Connection) -> int:
        offered = self._mending.stand_ins.get(table.name)
        if offered is None:
            return 0
        [key] = table.primary_key.columns
        kept = self._kept[(table.name, key.name)]
        rows = [row for row in offered(self._reader) if row[key.name] not in kept]
        self._put(table, rows, target)
        return len(rows)

    def _has_its_parents(self, table: Table, row: Row) -> bool:
        return all(
            row[key.parent.name] is None
            or row[key.parent.name] in self._kept[(key.column.table.name, key.column.name)]
            for key in table.foreign_keys
        )


def _less(outcome: TableOutcome, taken_back: int) -> TableOutcome:
    return replace(outcome, saved=outcome.saved - taken_back, left_out=outcome.left_out + taken_back)


@contextmanager
def _copy_of(place: VaultFolder, beside: Path, told: Progress) -> Iterator[Path]:
    """The database and its log, copied into a private folder that is removed afterwards."""
    room = beside / f".salvage-{secrets.token_hex(4)}"
    with disk_errors():
        make_private_folder(room)
        try:
            copy = room / place.database.name
            if not place.database.exists():
                raise VaultDamaged("The vault's file is gone.")
            _copy(place.database, copy, told)
            if place.write_ahead_log.exists():
                _copy(place.write_ahead_log, room / place.write_ahead_log.name, told)
            yield copy
        finally:
            shutil.rmtree(room, ignore_errors=True)


def _copy(path: Path, to: Path, told: Progress) -> None:
    with path.open("rb") as source, open(make_private_file(to), "wb") as target:  # noqa: PTH123 - a descriptor
        while piece := source.read(_COPIED_AT_ONCE_BYTES):
            told(0, 0)
            target.write(piece)


def _lay_open(copy: Path, data_key: DataKey) -> None:
    """Make sure that what is missing will be noticed, and that a file that ends too early can be opened at all.

    SQLCipher takes a page of zeros for one that was never written and says nothing; SQLite opens no file that
    has fewer pages than its first page says. Both get noise, which has no seal.
    """
    whole_pages = copy.stat().st_size // PAGE_BYTES
    os.truncate(copy, whole_pages * PAGE_BYTES)
    for _ in range(_LENGTHENED_AT_MOST):
        try:
            raw = connect_for_writing(copy, data_key)
        except VaultDamaged:
            os.truncate(copy, 2 * copy.stat().st_size)
        else:
            [pages] = raw.execute("PRAGMA page_count").fetchone()
            raw.close()
            os.truncate(copy, max(pages, whole_pages) * PAGE_BYTES)
            break
    else:
        raise VaultDamaged("Its first page, or the part that says where everything lies, cannot be read.")
    with copy.open("r+b") as file:
        while page := file.read(PAGE_BYTES):
            if not any(page):
                file.seek(-PAGE_BYTES, os.SEEK_CUR)
                file.write(_NOISE)


def _bring_up_to_date(copy: Path, data_key: DataKey, schema: Schema, this_is: str) -> None:
    """Work the log into the copy, as far as that goes, and take the steps from an older version."""
    raw = connect_for_writing(copy, data_key)
    engine = engine_on(raw)
    try:
        require_ours(raw, schema, this_is)
        work_in_log(raw)
        steps = schema.steps(version_of(raw), schema.version)
        if steps:
            with engine.connect() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                take(steps, connection)
                connection.commit()
    except (DBAPIError, dbapi2.Error, ValueError) as error:
        raise VaultDamaged(
            "It is of an older version, and too damaged to be brought up to this one."
        ) from error
    finally:
        engine.dispose()
        raw.close()


def _require_about_the_file(error: BaseException) -> None:
    """Raise what is no matter of a damaged page: a full disk, or a bug of ours."""
    inner = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(inner, dbapi2.Error) and not isinstance(meaning(inner), VaultDamaged):
        raise error


def _require_sound(made: Keyed, schema: Schema) -> None:
    raw = connect_for_reading(made.path, made.data_key)
    try:
        report = examined(raw, schema)
    finally:
        raw.close()
    if not report.is_sound:
        raise VaultError("What could be read does not hold together. Nothing was made; restore a backup.")
