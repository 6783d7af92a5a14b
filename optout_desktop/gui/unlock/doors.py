# SPDX-License-Identifier: Apache-2.0
"""What the pages before unlocking know of the house, and the one way from an open vault to a desk.

Nothing here is loaded from the services before somebody unlocks: the types are for the checker alone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from optout_desktop.services.desk import Desk, OpenVault
    from optout_desktop.services.machine import MachinePreferences
    from optout_desktop.services.ports import Clock, HandoverFiles
    from optout_desktop.services.vaults import VaultService

SUFFIX = ".optout"


class Folder(Protocol):
    """Where the app's resources lie."""

    @property
    def folder(self) -> Path:
        """The folder."""
        ...


class House(Protocol):
    """The hall, as the window sees it."""

    clock: Clock

    @property
    def resources(self) -> Folder:
        """Help, styles, icons."""
        ...

    @property
    def machine(self) -> MachinePreferences:
        """The settings that hold before a vault is open."""
        ...

    @property
    def vaults(self) -> VaultService:
        """Finds, creates, opens and restores vaults. On the vault's thread."""
        ...

    @property
    def handover(self) -> HandoverFiles:
        """Short-lived private files."""
        ...

    def glance(self) -> tuple[Path, ...]:
        """The folders of the vaults that are known, the last one first."""
        ...

    def warm_up(self) -> None:
        """Load what unlocking needs. On the vault's thread."""
        ...

    def open_desk(self, vault: OpenVault) -> Desk:
        """The services over an open vault. On the vault's thread."""
        ...

    def open_sample(self, progress: Callable[[int, int], None] | None = None) -> OpenVault:
        """A fresh sample vault. On the vault's thread."""
        ...


def enter(house: House, vault: OpenVault | None) -> Desk | None:
    """The desk over a vault that was just opened; None where opening was cancelled. On the vault's thread."""
    if vault is None:
        return None
    try:
        return house.open_desk(vault)
    except BaseException:
        vault.close()
        raise
