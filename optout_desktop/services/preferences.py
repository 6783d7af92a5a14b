# SPDX-License-Identifier: Apache-2.0
"""Preferences: the settings of the machine and of the open vault under one roof."""

from __future__ import annotations

from optout_desktop.domain.preferences import Home
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .machine import MachinePreferences, preference_named
from .undoing import UndoLabel, UndoService


class PreferenceService:
    """Every setting while a vault is open; changes apply at once and can be undone."""

    def __init__(self, vault: Vault[Stores], machine: MachinePreferences, undoing: UndoService) -> None:
        self._vault = vault
        self._machine = machine
        self._undoing = undoing
        self._kept: dict[str, bool | int | str] | None = None

    def all(self) -> dict[str, bool | int | str]:
        """Every setting by name."""
        if self._kept is None:
            with self._vault.reading() as stores:
                self._kept = stores.preferences.all()
        return {**self._kept, **self._machine.all()}

    def get(self, name: str) -> bool | int | str:
        """One setting. Raises NotFound."""
        preference_named(name)
        return self.all()[name]

    def due_soon_days(self) -> int:
        """How many days before its due date a request counts as due soon."""
        return int(self.get("due_soon_days"))

    def put(self, name: str, value: bool | int | str) -> None:  # noqa: FBT001 - a setting may be a bool
        """Change a setting that a person chose; it can be undone. Raises InputError, NotFound."""
        before = self.get(name)
        self.remember(name, value)
        self._undoing.push(
            UndoLabel.SETTING_CHANGED,
            name,
            undo=lambda: self.remember(name, before),
            redo=lambda: self.remember(name, value),
        )

    def remember(self, name: str, value: bool | int | str) -> None:  # noqa: FBT001 - a setting may be a bool
        """Keep what the window remembers by itself, such as a column's width; not a step to undo."""
        preference = preference_named(name)
        checked = preference.checked(value)
        if preference.home is Home.MACHINE:
            self._machine.put(name, checked)
            return
        with self._vault.writing() as stores:
            stores.preferences.put(name, checked)
        self._kept = None
