# SPDX-License-Identifier: Apache-2.0
"""Keeps what the app connected to: a row is written before the line is opened, and completed when it is closed.

So a run that dies leaves its row behind, with the result *started*.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection as Engine
from sqlalchemy import Row, Select, bindparam, func, insert, select, update

from optout_desktop.domain.messages import Connection

from .tables import network_log

if TYPE_CHECKING:
    from datetime import datetime

STARTED = "started"
_ADD = (
    update(network_log)
    .where(network_log.c.sequence == bindparam("number"))
    .values(
        bytes_out=network_log.c.bytes_out + bindparam("more_out"),
        bytes_in=network_log.c.bytes_in + bindparam("more_in"),
        result=bindparam("stands"),
    )
)


class NetworkLogStore:
    """The connections of one vault's app."""

    def __init__(self, connection: Engine) -> None:
        self._connection = connection

    def begin(self, connection: Connection) -> int:
        """Note a connection that is about to be opened; the answer is its number."""
        values = {name: getattr(connection, name) for name in _COLUMNS}
        done = self._connection.execute(insert(network_log).values(values))
        [number] = done.inserted_primary_key or (0,)
        return int(number)

    def add(self, number: int, *, bytes_out: int, bytes_in: int, result: str) -> None:
        """Add what crossed the line since, and say how it stands."""
        more = {"number": number, "more_out": bytes_out, "more_in": bytes_in, "stands": result}
        self._connection.execute(_ADD, more)

    def latest(self, limit: int) -> tuple[Connection, ...]:
        """The newest connections, the newest first."""
        return self._found(select(network_log).limit(limit))

    def since(self, at: datetime) -> tuple[Connection, ...]:
        """The connections since an instant, the newest first."""
        return self._found(select(network_log).where(network_log.c.at >= at))

    def count(self) -> int:
        """How many connections there were."""
        return int(self._connection.execute(select(func.count()).select_from(network_log)).scalar_one())

    def _found(self, query: Select[Any]) -> tuple[Connection, ...]:
        rows = self._connection.execute(query.order_by(network_log.c.sequence.desc()))
        return tuple(map(_connection, rows))


_COLUMNS = tuple(column.name for column in network_log.c if column.name != "sequence")


def _connection(row: Row[Any]) -> Connection:
    return Connection(**{name: getattr(row, name) for name in _COLUMNS})
