# SPDX-License-Identifier: Apache-2.0
"""Keeps what the vault says of itself: few names, few words."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from optout_desktop.storage.tables import facts


class FactStore:
    """The facts of one vault, such as ``sample_day``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str:
        """One fact, or an empty text."""
        return str(self._connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar() or "")

    def put(self, name: str, value: str) -> None:
        """Keep a fact in the place of an earlier one."""
        self._connection.execute(delete(facts).where(facts.c.name == name))
        self._connection.execute(insert(facts).values(name=name, value=value))
