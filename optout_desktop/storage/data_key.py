# SPDX-License-Identifier: Apache-2.0
"""The key that the vault's database is encrypted with.

It is random, never typed and never written down unwrapped: a key slot gives it, one connection uses it,
and it is overwritten when the vault is closed.
"""

from __future__ import annotations

import ctypes
import hmac
import os
from typing import NewType, NoReturn, SupportsIndex, final

VaultId = NewType("VaultId", str)
"""32 hexadecimal digits; also the salt of the cipher, so that a vault's file begins with its id."""

KEY_BYTES = 32
SALT_BYTES = 16


def new_vault_id() -> VaultId:
    """An id that no other vault has."""
    return VaultId(os.urandom(SALT_BYTES).hex())


@final
class DataKey:
    """32 random bytes and the vault they belong to; ``wipe`` overwrites them."""

    __slots__ = ("_key", "vault")
    __hash__ = None  # type: ignore[assignment]  # what is overwritten later cannot be a key of a dict

    def __init__(self, vault: VaultId, key: bytearray) -> None:
        """Take over ``key``: it is not copied, and overwritten by ``wipe``."""
        if len(key) != KEY_BYTES or len(bytes.fromhex(vault)) != SALT_BYTES:
            raise ValueError("a data key has 32 bytes and a vault's id 32 hexadecimal digits")
        self.vault = vault
        self._key = key

    @classmethod
    def fresh(cls, vault: VaultId) -> DataKey:
        """A new random key."""
        return cls(vault, bytearray(os.urandom(KEY_BYTES)))

    def copy(self) -> DataKey:
        """The same key in memory of its own, to be wiped by itself."""
        return DataKey(self.vault, bytearray(self.exposed()))

    def exposed(self) -> bytearray:
        """The bytes themselves, not a copy; raises ValueError once they are wiped."""
        if not self._key:
            raise ValueError("this data key was wiped")
        return self._key

    def pragma(self) -> str:
        """The statement that hands the raw key to SQLCipher.

        The lengths are checked because a raw key of another length is silently taken as a passphrase.
        """
        key, salt = self.exposed().hex(), self.vault
        if len(key) != 2 * KEY_BYTES or len(salt) != 2 * SALT_BYTES:
            raise ValueError("a malformed key would be taken as a passphrase")
        return f"PRAGMA key = \"x'{key}{salt}'\""

    def wipe(self) -> None:
        """Overwrite the bytes with zeros; doing so twice is fine."""
        if self._key:
            ctypes.memset((ctypes.c_char * len(self._key)).from_buffer(self._key), 0, len(self._key))
            self._key = bytearray()

    @property
    def is_wiped(self) -> bool:
        """Whether the bytes are gone."""
        return not self._key

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DataKey):
            return NotImplemented
        return self.vault == other.vault and hmac.compare_digest(self._key, other._key)

    def __repr__(self) -> str:
        return "DataKey(…)"

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("A data key is never written down.")
