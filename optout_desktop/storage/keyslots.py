# SPDX-License-Identifier: Apache-2.0
"""The ways into a vault: its data key, wrapped by a passphrase, a keyring, a recovery code.

A secret is stretched (Argon2id for what people choose, HKDF for what is random) into a wrapping key, and
AES-256-GCM opens the slot with it or says no. Changing a passphrase wraps the same data key again and
leaves the database alone. The file holds nothing secret.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from optout_desktop.domain.errors import NotAllowed, VaultDamaged, VaultError, VaultTooNew, WrongKey
from optout_desktop.domain.secrets import Secret
from optout_desktop.storage.data_key import KEY_BYTES, SALT_BYTES, DataKey, VaultId, new_vault_id
from optout_desktop.storage.recovery_codes import new_code, tidied
from optout_desktop.storage.vault_files import VaultFolder, disk_errors, replace_file

if TYPE_CHECKING:
    from pathlib import Path

FORMAT_VERSION: Final = 1
LARGEST_FILE_BYTES: Final = 64 * 1024

_NONCE_BYTES = 12
_WRAPPED_BYTES = KEY_BYTES + 16
_SLOT_ID_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Argon2Cost:
    """What one try of a passphrase costs (RFC 9106)."""

    rounds: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4

    def require_bearable(self) -> None:
        """Raise VaultDamaged for a cost that no vault asks for, before any of it is paid."""
        bearable = (
            1 <= self.rounds <= _HIGHEST.rounds
            and 1 <= self.lanes <= _HIGHEST.lanes
            and 8 * self.lanes <= self.memory_kib <= _HIGHEST.memory_kib
        )
        if not bearable:
            raise VaultDamaged("A key slot asks for an impossible amount of work.")


_HIGHEST: Final = Argon2Cost(rounds=16, memory_kib=1024 * 1024, lanes=16)
LEAST_COST: Final = Argon2Cost()


def calibrated(timer: Callable[[Argon2Cost], float], at_least_seconds: float = 0.4) -> Argon2Cost:
    """A cost that takes 0.4 to 0.8 seconds on this machine, never below the least one.

    ``timer`` pays a cost once and says how many seconds it took.
    """
    cost = LEAST_COST
    seconds = timer(cost)
    while seconds < at_least_seconds and cost.rounds < _HIGHEST.rounds:
        # A round costs the same as the one before it: aim at the middle of the range.
        wanted = round(cost.rounds * 1.5 * at_least_seconds / max(seconds, 0.001))
        cost = replace(cost, rounds=max(cost.rounds + 1, min(wanted, _HIGHEST.rounds)))
        seconds = timer(cost)
    return cost


def pay(cost: Argon2Cost) -> None:
    """Stretch a passphrase that nobody uses, so that a timer can measure it."""
    _argon2(bytes(12), bytes(SALT_BYTES), cost)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseSlot:
    """The data key wrapped by a passphrase."""

    id: str
    cost: Argon2Cost
    salt: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyringSlot:
    """The data key wrapped by 32 random bytes that a keyring keeps; ``keyring`` is that keyring's name."""

    id: str
    keyring: str
    salt: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySlot:
    """The data key wrapped by a recovery code."""

    id: str
    salt: bytes
    nonce: bytes
    wrapped: bytes


Slot = PassphraseSlot | KeyringSlot | RecoverySlot
_SomeSlot = TypeVar("_SomeSlot", PassphraseSlot, KeyringSlot, RecoverySlot)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySlots:
    """Every way into one vault: a passphrase always, a keyring and a recovery code if wanted."""

    vault: VaultId
    passphrase: PassphraseSlot
    keyring: KeyringSlot | None = None
    recovery: RecoverySlot | None = None

    @classmethod
    def create(cls, passphrase: Secret, cost: Argon2Cost = LEAST_COST) -> tuple[Self, DataKey]:
        """Slots for a new vault, and its fresh data key."""
        data_key = DataKey.fresh(new_vault_id())
        return cls(vault=data_key.vault, passphrase=_passphrase_slot(data_key, passphrase, cost)), data_key

    def open(self, passphrase: Secret) -> DataKey:
        """The data key; raises WrongKey."""
        return _unwrap(self.vault, self.passphrase, passphrase.encoded())

    def open_with_recovery(self, code: Secret) -> DataKey:
        """The data key; raises InputError for a typing mistake, WrongKey for another vault's code."""
        typed = tidied(code)
        if self.recovery is None:
            raise WrongKey
        return _unwrap(self.vault, self.recovery, typed.encoded())

    def open_with_keyring(self, kept: Secret) -> DataKey:
        """The data key by what the keyring kept; raises WrongKey."""
        if self.keyring is None:
            raise WrongKey
        return _unwrap(self.vault, self.keyring, kept.encoded())

    def with_passphrase(self, data_key: DataKey, new: Secret, cost: Argon2Cost = LEAST_COST) -> KeySlots:
        """These slots with a new passphrase; the old one goes only after the new one opened its slot."""
        self._require_own(data_key)
        slots = replace(self, passphrase=_passphrase_slot(data_key, new, cost))
        return _proved(slots, data_key, partial(KeySlots.open, passphrase=new))

    def with_recovery(self, data_key: DataKey) -> tuple[KeySlots, Secret]:
        """These slots with a new recovery code, and the code, to be shown once."""
        self._require_own(data_key)
        code = new_code()
        slot = RecoverySlot(id=_slot_id(), salt=_salt(), nonce=_nonce(), wrapped=b"")
        slots = replace(self, recovery=_wrap(data_key, slot, code.encoded()))
        return _proved(slots, data_key, partial(KeySlots.open_with_recovery, code=code)), code

    def with_keyring(self, data_key: DataKey, keyring: str) -> tuple[KeySlots, Secret]:
        """These slots with one for the keyring of that name, and the secret that it is to keep."""
        self._require_own(data_key)
        kept = Secret(secrets.token_hex(KEY_BYTES))
        slot = KeyringSlot(id=_slot_id(), keyring=keyring, salt=_salt(), nonce=_nonce(), wrapped=b"")
        slots = replace(self, keyring=_wrap(data_key, slot, kept.encoded()))
        return _proved(slots, data_key, partial(KeySlots.open_with_keyring, kept=kept)), kept

    def without_keyring(self) -> Self:
        """These slots without the keyring's."""
        return replace(self, keyring=None)

    def without_recovery(self) -> Self:
        """These slots without the recovery code's: the printed code opens nothing any more."""
        return replace(self, recovery=None)

    def without(self, slot_id: str) -> Self:
        """These slots without one of them; raises NotAllowed for the passphrase's."""
        if slot_id == self.passphrase.id:
            raise NotAllowed("A vault always has a passphrase. Change it instead of removing it.")
        if self.keyring is not None and slot_id == self.keyring.id:
            return self.without_keyring()
        if self.recovery is not None and slot_id == self.recovery.id:
            return self.without_recovery()
        return self

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Those that are there, the passphrase's first."""
        return tuple(slot for slot in (self.passphrase, self.keyring, self.recovery) if slot is not None)

    def _require_own(self, data_key: DataKey) -> None:
        if data_key.vault != self.vault:
            raise ValueError("this data key belongs to another vault")

    def to_json(self) -> bytes:
        """The content of ``keyslots.json``."""
        record = {
            "format": "optout-keyslots",
            "version": FORMAT_VERSION,
            "vault": self.vault,
            "slots": [_slot_record(slot) for slot in self.slots],
        }
        return json.dumps(record, indent=2).encode("ascii") + b"\n"

    @classmethod
    def from_json(cls, content: bytes) -> Self:
        """The slots; raises VaultDamaged for what cannot be them, VaultTooNew for a later format."""
        try:
            record = json.loads(content)
            if record["format"] != "optout-keyslots" or not isinstance(record["version"], int):
                raise VaultDamaged(_DAMAGED)
            if record["version"] > FORMAT_VERSION:
                raise VaultTooNew(f"a newer version (key slots {record['version']})", "an older one")
            vault = VaultId(bytes.fromhex(record["vault"]).hex())
            slots = [_slot_from(entry) for entry in record["slots"]]
            if len(vault) != 2 * SALT_BYTES or len({type(slot) for slot in slots}) != len(slots):
                raise VaultDamaged(_DAMAGED)
            [passphrase] = [slot for slot in slots if isinstance(slot, PassphraseSlot)]
            keyring = next((slot for slot in slots if isinstance(slot, KeyringSlot)), None)
            recovery = next((slot for slot in slots if isinstance(slot, RecoverySlot)), None)
            return cls(vault=vault, passphrase=passphrase, keyring=keyring, recovery=recovery)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise VaultDamaged(_DAMAGED) from error


_DAMAGED = "The key slots cannot be read."


def read_key_slots(folder: Path) -> KeySlots:
    """The key slots of the vault in ``folder``; raises VaultMissing, VaultDamaged, VaultTooNew."""
    place = VaultFolder(path=folder)
    place.require()
    try:
        with disk_errors(), place.key_slots.open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES + 1)
    except FileNotFoundError:
        raise VaultDamaged("The file with the key slots is gone.") from None
    if len(content) > LARGEST_FILE_BYTES:
        raise VaultDamaged(_DAMAGED)
    return KeySlots.from_json(content)


def write_key_slots(folder: Path, slots: KeySlots) -> None:
    """Replace the key slots in one step: at every moment the old or the new ones are there."""
    with disk_errors():
        replace_file(VaultFolder(path=folder).key_slots, slots.to_json())


def _proved(slots: KeySlots, data_key: DataKey, opened: Callable[[KeySlots], DataKey]) -> KeySlots:
    """The slots as they will be read from the file, after the new one gave the right key."""
    again = KeySlots.from_json(slots.to_json())
    key = opened(again)
    try:
        if key != data_key:
            raise VaultError("The new key did not open the vault. Nothing was changed; please try again.")
    finally:
        key.wipe()
    return again


def _slot_record(slot: Slot) -> dict[str, object]:
    return {**_bound(slot), "nonce": slot.nonce.hex(), "wrapped": slot.wrapped.hex()}


def _bound(slot: Slot) -> dict[str, object]:
    """What of a slot is signed along with the key: everything that tells how to open it."""
    match slot:
        case PassphraseSlot(cost=cost):
            costs = {"rounds": cost.rounds, "memory_kib": cost.memory_kib, "lanes": cost.lanes}
            return {"id": slot.id, "kind": "passphrase", "argon2id": costs, "salt": slot.salt.hex()}
        case KeyringSlot():
            return {"id": slot.id, "kind": "keyring", "keyring": slot.keyring, "salt": slot.salt.hex()}
        case RecoverySlot():
            return {"id": slot.id, "kind": "recovery", "salt": slot.salt.hex()}


def _slot_from(entry: dict[str, Any]) -> Slot:
    kind, slot_id = entry["kind"], entry["id"]
    salt, nonce, wrapped = (bytes.fromhex(_text(entry[part])) for part in ("salt", "nonce", "wrapped"))
    if not isinstance(slot_id, str) or (len(salt), len(nonce), len(wrapped)) != (
        SALT_BYTES,
        _NONCE_BYTES,
        _WRAPPED_BYTES,
    ):
        raise VaultDamaged(_DAMAGED)
    match kind:
        case "passphrase":
            cost = _cost_from(entry["argon2id"])
            return PassphraseSlot(id=slot_id, cost=cost, salt=salt, nonce=nonce, wrapped=wrapped)
        case "keyring":
            keyring = _text(entry["keyring"])
            return KeyringSlot(id=slot_id, keyring=keyring, salt=salt, nonce=nonce, wrapped=wrapped)
        case "recovery":
            return RecoverySlot(id=slot_id, salt=salt, nonce=nonce, wrapped=wrapped)
        case _:
            raise VaultDamaged(_DAMAGED)


def _cost_from(entry: object) -> Argon2Cost:
    if not isinstance(entry, dict) or not all(type(part) is int for part in entry.values()):
        raise VaultDamaged(_DAMAGED)
    cost = Argon2Cost(**entry)
    cost.require_bearable()
    return cost


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise VaultDamaged(_DAMAGED)
    return value


def _passphrase_slot(data_key: DataKey, passphrase: Secret, cost: Argon2Cost) -> PassphraseSlot:
    cost.require_bearable()
    slot = PassphraseSlot(id=_slot_id(), cost=cost, salt=_salt(), nonce=_nonce(), wrapped=b"")
    return _wrap(data_key, slot, passphrase.encoded())


def _wrap(data_key: DataKey, slot: _SomeSlot, secret: bytes) -> _SomeSlot:
    wrapped = AESGCM(_wrapping_key(slot, secret)).encrypt(
        slot.nonce, data_key.exposed(), _authenticated(data_key.vault, slot)
    )
    return replace(slot, wrapped=wrapped)


def _unwrap(vault: VaultId, slot: Slot, secret: bytes) -> DataKey:
    key = bytearray(KEY_BYTES)
    cipher = AESGCM(_wrapping_key(slot, secret))
    try:
        # Into our own memory: what "decrypt" returns could not be overwritten later.
        cipher.decrypt_into(slot.nonce, slot.wrapped, _authenticated(vault, slot), key)
    except InvalidTag:
        raise WrongKey from None
    return DataKey(vault, key)


def _wrapping_key(slot: Slot, secret: bytes) -> bytes:
    if isinstance(slot, PassphraseSlot):
        return _argon2(secret, slot.salt, slot.cost)
    purpose = f"optout {_bound(slot)['kind']} slot".encode("ascii")
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=slot.salt, info=purpose).derive(secret)


def _argon2(secret: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
    cost.require_bearable()
    stretch = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.rounds, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return stretch.derive(secret)


def _authenticated(vault: VaultId, slot: Slot) -> bytes:
    return json.dumps({"vault": vault, **_bound(slot)}, sort_keys=True).encode("ascii")


def _slot_id() -> str:
    return os.urandom(_SLOT_ID_BYTES).hex()


def _salt() -> bytes:
    return os.urandom(SALT_BYTES)


def _nonce() -> bytes:
    return os.urandom(_NONCE_BYTES)
