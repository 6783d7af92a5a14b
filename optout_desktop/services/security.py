# SPDX-License-Identifier: Apache-2.0
"""Security of the open vault: its passphrase, its recovery code, and the keyring that may remember it.

Changing a passphrase wraps the same data key again and leaves the database alone. A new slot is proven to
open before an old one is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass

from optout_desktop.domain import passphrases
from optout_desktop.domain.errors import KeyringError, KeyringRefused
from optout_desktop.domain.secrets import Secret
from optout_desktop.storage.keyslots import KeySlots, read_key_slots, write_key_slots
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .ports import Keychain


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysIn:
    """The ways into a vault beside its passphrase; ``keyring_here`` is empty where none is safe."""

    remembered_in: str
    keyring_here: str
    has_recovery_code: bool


class SecurityService:
    """Changes the ways into the open vault."""

    def __init__(self, vault: Vault[Stores], keychain: Keychain) -> None:
        self._vault = vault
        self._keychain = keychain

    def ways_in(self) -> WaysIn:
        """Which ways there are."""
        slots = self._slots()
        try:
            here = self._keychain.name()
        except KeyringError:
            here = ""
        return WaysIn(
            remembered_in=slots.keyring.keyring if slots.keyring else "",
            keyring_here=here,
            has_recovery_code=slots.recovery is not None,
        )

    def confirm(self, passphrase: Secret) -> None:
        """Ask again before something serious. Raises WrongKey."""
        self._slots().open(passphrase).wipe()

    def change_passphrase(self, old: Secret, new: Secret, own_names: tuple[str, ...] = ()) -> None:
        """Replace the passphrase; keyring and recovery code go on working. Raises WrongKey, WeakPassphrase."""
        self.confirm(old)
        passphrases.judge(new, own_names).insist()
        slots = self._slots()
        self._write(slots.with_passphrase(self._vault.data_key, new, slots.passphrase.cost))

    def make_recovery_code(self) -> Secret:
        """A new recovery code, shown once; an older one stops working."""
        slots, code = self._slots().with_recovery(self._vault.data_key)
        self._write(slots)
        return code

    def remove_recovery_code(self) -> None:
        """From now on only the passphrase (and the keyring) opens the vault."""
        self._write(self._slots().without_recovery())

    def remember(self) -> str:
        """Let this machine's keyring open the vault; the answer is its name. Raises KeyringError.

        What the keyring kept is read back before the slot counts.
        """
        name = self._keychain.name()
        slots, secret = self._slots().with_keyring(self._vault.data_key, name)
        key = str(self._vault.id)
        self._keychain.keep(key, secret)
        kept = self._keychain.fetch(key, name)
        if kept is None or kept != secret:
            raise KeyringRefused
        self._write(slots)
        return name

    def forget(self) -> None:
        """The keyring no longer opens the vault, even where its entry cannot be removed. Raises KeyringError."""
        self._write(self._slots().without_keyring())
        self._keychain.forget(str(self._vault.id))

    def _slots(self) -> KeySlots:
        return read_key_slots(self._vault.place.path)

    def _write(self, slots: KeySlots) -> None:
        write_key_slots(self._vault.place.path, slots)
