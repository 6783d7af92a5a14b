# SPDX-License-Identifier: Apache-2.0
"""What a vault of this version contains: its tables, its search, its number, and their exact text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, MetaData, create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from optout_desktop.storage.cipher import RawConnection
from optout_desktop.storage.migrations import Step

_TEXT = """
    SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema
    WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name
"""

SchemaText = tuple[tuple[str, str, str, str], ...]


def _nothing(_: Connection) -> None:
    """A vault without search."""


def _no_steps(_current: int, _wanted: int) -> tuple[Step, ...]:
    """A vault without a past."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The shape of the database; ``metadata`` has a table ``facts`` of names and values."""

    version: int
    metadata: MetaData
    create_search: Callable[[Connection], None] = _nothing
    refill_search: Callable[[Connection], None] = _nothing
    """Called after rows were copied in from elsewhere."""
    steps: Callable[[int, int], tuple[Step, ...]] = _no_steps
    """The steps that lead from one version to another."""

    def create(self, connection: Connection) -> None:
        """Make every table and index in an empty database."""
        self.metadata.create_all(connection, checkfirst=False)
        self.create_search(connection)

    def text(self) -> SchemaText:
        """What the database says of a vault of this version, statement by statement."""
        raw = dbapi2.connect(":memory:", isolation_level=None)
        engine = engine_on(raw)
        try:
            with engine.connect() as connection:
                self.create(connection)
            return text_of(raw)
        finally:
            engine.dispose()


def text_of(raw: RawConnection) -> SchemaText:
    """What a database says of itself: every table, index, trigger and view, in order."""
    return tuple(tuple(row) for row in raw.execute(_TEXT))


def engine_on(raw: RawConnection) -> Engine:
    """SQLAlchemy on one open connection, for the thread that opened it; disposing of it closes both."""
    return create_engine("sqlite+pysqlite://", module=dbapi2, creator=lambda: raw, poolclass=StaticPool)
