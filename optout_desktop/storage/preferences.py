# SPDX-License-Identifier: Apache-2.0
"""Keeps the settings that lie inside the vault."""

from __future__ import annotations

import json

from sqlalchemy import Connection, delete, insert, select

from optout_desktop.domain.preferences import PREFERENCES, Home, Preference

from .tables import preferences


class PreferenceStore:
    """The settings of one vault; a setting that was never changed has its default."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> dict[str, bool | int | str]:
        """Every vault setting with its value; a value that no longer fits is the default again."""
        kept = {row.name: json.loads(row.value) for row in self._connection.execute(select(preferences))}
        return {
            name: _fitting(preference, kept.get(name))
            for name, preference in PREFERENCES.items()
            if preference.home is Home.VAULT
        }

    def put(self, name: str, value: bool | int | str) -> None:  # noqa: FBT001 - a setting may be a bool
        """Keep a setting."""
        self._connection.execute(delete(preferences).where(preferences.c.name == name))
        self._connection.execute(insert(preferences).values(name=name, value=json.dumps(value)))


def _fitting(preference: Preference, value: object) -> bool | int | str:
    if type(value) is not type(preference.default):
        return preference.default
    if preference.choices and value not in preference.choices:
        return preference.default
    return value
