# SPDX-License-Identifier: Apache-2.0
"""The machine: the settings and the vaults that can be seen before any vault is open.

Kept apart because the unlock page needs this and nothing else: no database is loaded for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.preferences import PREFERENCES, Home, Preference

if TYPE_CHECKING:
    from .ports import PreferenceFile

SUFFIX = ".optout"


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
        checked = preference_named(name).checked(value)
        self._file.save({**self.all(), name: checked})


def vault_engine() -> tuple[str, str]:
    """The versions of SQLCipher and SQLite that keep vaults; loads them, where no vault was opened yet."""
    from optout_desktop.storage.cipher import engine_versions

    return engine_versions()


def known_paths(folder: Path, machine: MachinePreferences) -> tuple[Path, ...]:
    """The vaults in the usual folder and the last one opened, that one first."""
    last = str(machine.all()["last_vault"])
    paths = [Path(last)] if last else []
    if folder.is_dir():
        paths += sorted(folder.glob(f"*{SUFFIX}"))
    return tuple(path for path in dict.fromkeys(paths) if path.is_dir() and path.suffix == SUFFIX)


def preference_named(name: str) -> Preference:
    """The setting of that name. Raises NotFound."""
    if name not in PREFERENCES:
        raise NotFound("setting", name)
    return PREFERENCES[name]
