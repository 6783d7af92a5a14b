# SPDX-License-Identifier: Apache-2.0
"""Vaults before they are open: which there are, creating one, the three ways in, and bringing one back.

Runs on the vault's thread, because a vault belongs to the thread that opened it.
"""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from optout_desktop import __version__
from optout_desktop.domain import passphrases
from optout_desktop.domain.errors import (
    InputError,
    KeyringError,
    KeyringMissing,
    VaultError,
    VaultExists,
    WrongKey,
)
from optout_desktop.domain.secrets import Secret
from optout_desktop.storage import backups
from optout_desktop.storage.data_key import DataKey
from optout_desktop.storage.keyslots import Argon2Cost, KeySlots, calibrated, pay, read_key_slots
from optout_desktop.storage.mending import MENDING
from optout_desktop.storage.salvage import Keyed, TableOutcome, salvage
from optout_desktop.storage.stores import SCHEMA, Stores
from optout_desktop.storage.vault import Vault, make_vault
from optout_desktop.storage.vault_files import VaultFolder, VaultLock

from .backups import BackupView, view_of
from .machine import SUFFIX, MachinePreferences, known_paths
from .ports import Clock, Keychain

SAMPLE_NAME = "Sample"
SAMPLE_FOLDER = ".sample"
"""A vault that a person names cannot lie there: their names do not begin with a point."""
LONGEST_NAME_BYTES = 200
"""File systems end at 255, and while a vault is made its folder has a longer name."""
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL"} | {f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10)}
)
LONGEST_WAIT_SECONDS = 30.0
FREE_TRIES = 2
LOOK_EVERY_SECONDS = 0.125
"""How soon a wait ends that was cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultPlace:
    """A vault as the unlock page shows it. ``keyring`` names the keyring that remembers it, or is empty."""

    path: Path
    name: str
    keyring: str = ""
    has_recovery_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtBack:
    """A vault that was restored from a backup, and where the file that lay there before is kept."""

    path: Path
    requests: int
    kept: Path | None


class VaultService:
    """Finds, creates, opens and restores vaults."""

    def __init__(
        self,
        folder: Path,
        machine: MachinePreferences,
        keychain: Keychain,
        clock: Clock,
        *,
        cost: Callable[[], Argon2Cost] | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.folder = folder
        self._machine = machine
        self._keychain = keychain
        self._clock = clock
        self._cost = cost or _cost_of_this_machine
        self._wait = wait
        self._wrong_tries: dict[Path, int] = {}

    def known(self) -> tuple[VaultPlace, ...]:
        """The vaults in the usual folder and the last one opened, that one first."""
        return tuple(self.look(path) for path in known_paths(self.folder, self._machine))

    def look(self, path: Path) -> VaultPlace:
        """What can be said of a vault without opening it."""
        try:
            slots = read_key_slots(path)
        except VaultError:
            return VaultPlace(path=path, name=path.stem)
        return VaultPlace(
            path=path,
            name=path.stem,
            keyring=slots.keyring.keyring if slots.keyring else "",
            has_recovery_code=slots.recovery is not None,
        )

    def check_passphrase(self, passphrase: Secret, own_names: Iterable[str] = ()) -> passphrases.Verdict:
        """What is to be said about a new passphrase."""
        return passphrases.judge(passphrase, own_names)

    def create(
        self, name: str, passphrase: Secret, own_names: Iterable[str] = (), folder: Path | None = None
    ) -> Vault[Stores]:
        """A new vault, open. Raises WeakPassphrase, InputError for its name, VaultExists, VaultReadOnly, DiskFull."""
        self.check_passphrase(passphrase, own_names).insist()
        path = (folder or self.folder) / f"{_checked_name(name)}{SUFFIX}"
        slots, data_key = KeySlots.create(passphrase, self._cost())
        vault = self._made(path, slots, data_key)
        self._machine.put("last_vault", str(path))
        return vault

    def create_sample(self) -> Vault[Stores]:
        """A fresh, empty sample vault, open, in the place of an older one; its passphrase is thrown away.

        It lies in a folder of its own, so that no vault of the person's can be the older one. Raises VaultInUse.
        """
        path = self.folder / SAMPLE_FOLDER / f"{SAMPLE_NAME}{SUFFIX}"
        if path.is_dir():
            VaultLock.take(VaultFolder(path=path).lock).release()
            shutil.rmtree(path, ignore_errors=True)
        slots, data_key = KeySlots.create(Secret(secrets.token_hex(32)))
        return self._made(path, slots, data_key)

    def _made(self, path: Path, slots: KeySlots, data_key: DataKey) -> Vault[Stores]:
        return Vault.create(path, slots, data_key, schema=SCHEMA, stores=Stores, made_by=__version__)

    def unlock(
        self, path: Path, passphrase: Secret, is_cancelled: Callable[[], bool] = bool
    ) -> Vault[Stores] | None:
        """The open vault, or None where the person cancelled meanwhile.

        Wrong tries make the next one wait: not at all twice, then 1, 2, 4 … 30 seconds. Raises WrongKey,
        VaultInUse, VaultDamaged, VaultTooNew, VaultNotEncrypted, VaultMissing, VaultReadOnly.
        """
        return self._opened(path, lambda slots: slots.open(passphrase), is_cancelled)

    def unlock_with_recovery(
        self, path: Path, code: Secret, is_cancelled: Callable[[], bool] = bool
    ) -> Vault[Stores] | None:
        """The same with the printed recovery code. Raises also InputError for a mistyped code."""
        return self._opened(path, lambda slots: slots.open_with_recovery(code), is_cancelled)

    def unlock_with_keyring(
        self, path: Path, is_cancelled: Callable[[], bool] = bool
    ) -> Vault[Stores] | None:
        """The same with the key that the system's keyring remembers. Raises KeyringError, WrongKey."""

        def open_slot(slots: KeySlots) -> DataKey:
            if slots.keyring is None:
                raise KeyringMissing
            kept = self._keychain.fetch(str(slots.vault), slots.keyring.keyring)
            if kept is None:
                raise WrongKey
            return slots.open_with_keyring(kept)

        return self._opened(path, open_slot, is_cancelled, counts=False)

    def keyring_name(self) -> str:
        """The keyring of this machine, or an empty text where there is none that keeps a key safely."""
        try:
            return self._keychain.name()
        except KeyringError:
            return ""

    def wait_seconds(self, path: Path) -> float:
        """How long the next try will wait."""
        late = self._wrong_tries.get(path, 0) - FREE_TRIES
        return min(LONGEST_WAIT_SECONDS, 2.0**late) if late >= 0 else 0.0

    def _opened(
        self,
        path: Path,
        open_slot: Callable[[KeySlots], DataKey],
        is_cancelled: Callable[[], bool],
        *,
        counts: bool = True,
    ) -> Vault[Stores] | None:
        slots = read_key_slots(path)
        if counts:
            self._wait_out(path, is_cancelled)
        if is_cancelled():
            return None
        try:
            data_key = open_slot(slots)
        except WrongKey as error:
            if counts:
                self._wrong_tries[path] = self._wrong_tries.get(path, 0) + 1
            raise WrongKey(self.wait_seconds(path)) from error
        if is_cancelled():
            data_key.wipe()
            return None
        try:
            vault = Vault.open(path, data_key, schema=SCHEMA, stores=Stores, made_by=__version__)
        except VaultError:
            data_key.wipe()
            raise
        if is_cancelled():
            vault.close()
            return None
        if vault.is_behind:
            self._migrate(vault)
        self._wrong_tries.pop(path, None)
        if path.parent.name != SAMPLE_FOLDER:
            self._machine.put("last_vault", str(path))
        return vault

    def _wait_out(self, path: Path, is_cancelled: Callable[[], bool]) -> None:
        """Wait as long as the wrong tries ask for, or until nobody wants the answer any more."""
        left_seconds = self.wait_seconds(path)
        while left_seconds > 0 and not is_cancelled():
            self._wait(min(left_seconds, LOOK_EVERY_SECONDS))
            left_seconds -= LOOK_EVERY_SECONDS

    def _migrate(self, vault: Vault[Stores]) -> None:
        try:
            backups.back_up(vault, when=self._clock.now(), made_by=__version__)
            vault.migrate(SCHEMA.steps(vault.schema_version, SCHEMA.version), made_by=__version__)
        except BaseException:
            vault.close()
            raise

    def restore(
        self, backup: Path, key: Secret, *, is_recovery_code: bool = False, into: Path | None = None
    ) -> BroughtBack:
        """Put a backup in the place of the vault it was made of, or of ``into``; the old file is kept.

        Raises WrongKey, BackupUnusable, VaultInUse, DiskFull, VaultReadOnly; then nothing was changed.
        """
        slots = backups.key_slots_of(backup)
        data_key = slots.open_with_recovery(key) if is_recovery_code else slots.open(key)
        try:
            path = into or self._home_of(backup)
            done = backups.restore(
                backup, data_key, path, schema=SCHEMA, when=self._clock.now(), this_is=__version__
            )
        finally:
            data_key.wipe()
        self._machine.put("last_vault", str(path))
        return BroughtBack(path=path, requests=dict(done.rows).get("requests", 0), kept=done.kept)

    def salvage(
        self,
        damaged: Path,
        key: Secret,
        name: str,
        told: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> tuple[Vault[Stores], tuple[TableOutcome, ...]]:
        """A new vault beside a damaged one, open, with what can still be read of it, and what became of the rest.

        It opens with the same passphrase. ``told`` hears of every row and may raise, to end it; then nothing was
        made. Raises WrongKey, InputError for the name, VaultExists, VaultInUse, VaultDamaged where nothing can
        be read, VaultReadOnly, DiskFull.
        """
        path = damaged.parent / f"{_checked_name(name)}{SUFFIX}"
        if path.exists():
            raise VaultExists(path.stem)
        old_key = read_key_slots(damaged).open(key)
        try:
            slots, new_key = KeySlots.create(key, self._cost())
        except BaseException:
            old_key.wipe()
            raise
        outcomes: list[TableOutcome] = []

        def fill(database: Path) -> None:
            source, target = Keyed(path=damaged, data_key=old_key), Keyed(path=database, data_key=new_key)
            outcomes.extend(
                salvage(source, target, schema=SCHEMA, this_is=__version__, mending=MENDING, told=told)
            )

        try:
            lock = VaultLock.take(VaultFolder(path=damaged).lock)
            try:
                make_vault(path, slots, fill)
            finally:
                lock.release()
            vault = Vault.open(path, new_key, schema=SCHEMA, stores=Stores, made_by=__version__)
        except BaseException:
            new_key.wipe()
            raise
        finally:
            old_key.wipe()
        self._machine.put("last_vault", str(path))
        return vault, tuple(outcomes)

    def newest_good_backup(self, path: Path, key: Secret) -> BackupView | None:
        """The newest backup beside a damaged vault that can be restored, or None. Raises WrongKey."""
        data_key = read_key_slots(path).open(key)
        try:
            found = backups.newest_good(path, data_key, SCHEMA, __version__)
            return view_of(found) if found else None
        finally:
            data_key.wipe()

    def _home_of(self, backup: Path) -> Path:
        if backup.parent.name == "backups" and backup.parent.parent.suffix == SUFFIX:
            return backup.parent.parent
        return self.folder / f"{_checked_name(backup.stem)}{SUFFIX}"


def _cost_of_this_machine() -> Argon2Cost:
    def timer(cost: Argon2Cost) -> float:
        began = time.perf_counter()
        pay(cost)
        return time.perf_counter() - began

    return calibrated(timer)


def _checked_name(name: str) -> str:
    name = " ".join(name.split()).removesuffix(SUFFIX)
    if (
        not name
        or name.startswith(".")
        or any(char in '/\\:*?"<>|' or not char.isprintable() for char in name)
    ):
        raise InputError(
            "vault_name", "A vault's name may hold letters, digits, blanks and dashes. Choose another one."
        )
    if name.split(".")[0].upper() in _RESERVED:
        raise InputError(
            "vault_name", f"“{name}” is a name that Windows keeps for itself. Choose another one."
        )
    if len(name.encode()) > LONGEST_NAME_BYTES:
        raise InputError("vault_name", "A vault's name may have at most 100 characters. Shorten it.")
    return name
