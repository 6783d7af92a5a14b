# SPDX-License-Identifier: Apache-2.0
"""What the pages before unlocking know of the house, and the one way from an open vault to a desk.

Nothing here is loaded from the services before somebody unlocks: the types are for the checker alone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from optout_desktop.gui.tasks import Tasks

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


class Attempt:
    """One try at opening a vault, which may be cancelled at any moment.

    What a cancelled one has opened is closed before the vault's thread takes up anything later: whoever tries again at
    once does not meet a vault that is still held.
    """

    def __init__(self) -> None:
        self._desk: Desk | None = None
        self.is_cancelled = False

    def opened(self, desk: Desk | None) -> Desk | None:
        """Keep what was opened, until it is handed over. On the vault's thread."""
        self._desk = desk
        return desk

    def cancel(self, owner: QObject, tasks: Tasks) -> None:
        """Make it count for nothing."""
        self.is_cancelled = True
        tasks.run(owner, self._close, lambda _nothing: None)

    def _close(self) -> None:
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.close()
