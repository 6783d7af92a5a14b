# SPDX-License-Identifier: Apache-2.0
"""Preferences: the settings of the machine and of the open vault under one roof."""

from __future__ import annotations

from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.preferences import PREFERENCES, Home, Preference
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .ports import PreferenceFile
from .undoing import UndoLabel, UndoService


class MachinePreferences:
    """The settings that hold before a vault is open."""

    def __init__(self, file: PreferenceFile) -> None:
        self._file = file

    def all(self) -> dict[str, bool | int | str]:
        """Every machine setting; what the file does not say, or says wrongly, is the default."""
        kept = self._file.load()
        values: dict[str, bool | int | str] = {}
        for name, preference in PREFERENCES.items():
            if preference.home is Home.MACHINE:
                value = kept.get(name)
                fits = type(value) is type(preference.default) and (
                    not preference.choices or value in preference.choices
                )
                values[name] = value if fits and isinstance(value, bool | int | str) else preference.default
        return values

    def put(self, name: str, value: bool | int | str) -> None:  # noqa: FBT001 - a setting may be a bool
        """Keep one. Raises InputError, NotFound."""
        checked = _preference(name).checked(value)
        self._file.save({**self.all(), name: checked})


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
        _preference(name)
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
        preference = _preference(name)
        checked = preference.checked(value)
        if preference.home is Home.MACHINE:
            self._machine.put(name, checked)
            return
        with self._vault.writing() as stores:
            stores.preferences.put(name, checked)
        self._kept = None


def _preference(name: str) -> Preference:
    if name not in PREFERENCES:
        raise NotFound("setting", name)
    return PREFERENCES[name]
