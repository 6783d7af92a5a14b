# SPDX-License-Identifier: Apache-2.0
"""A backup as one file: its key slots in front, the encrypted database behind them.

The passphrase alone opens it on any machine. The header is public and small; what follows has the length
and the digest that it names, so that a cut or changed file is known before it is opened.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from optout_desktop.domain.errors import BackupUnusable, VaultDamaged, VaultTooNew
from optout_desktop.storage.keyslots import LARGEST_FILE_BYTES, KeySlots
from optout_desktop.storage.vault_files import disk_errors, make_private_file

SUFFIX: Final = ".optoutbak"

_MAGIC: Final = b"OptOut backup 1\n"
_LENGTH = struct.Struct(">I")
_LARGEST_HEADER = 2 * LARGEST_FILE_BYTES
_PIECE_BYTES = 1 << 20
_CUT = "The file ends too early or was changed."
_FOREIGN = "This file is not a backup of OptOut."


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupHeader:
    """What a backup says of itself before it is opened."""

    made_at: datetime
    made_by: str
    slots: KeySlots
    database_bytes: int
    sha256: str


def wrap(database: Path, into: Path, *, slots: KeySlots, made_at: datetime, made_by: str) -> None:
    """Write the new private file ``into`` from a database at rest, and wait for the disk."""
    with disk_errors(), database.open("rb") as source:
        header = BackupHeader(
            made_at=made_at,
            made_by=made_by,
            slots=slots,
            database_bytes=database.stat().st_size,
            sha256=hashlib.file_digest(source, "sha256").hexdigest(),
        )
        source.seek(0)
        record = _record(header)
        with os.fdopen(make_private_file(into), "wb") as target:
            target.write(_MAGIC + _LENGTH.pack(len(record)) + record)
            while piece := source.read(_PIECE_BYTES):
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())


def header_of(backup: Path) -> BackupHeader:
    """What the backup says of itself; raises BackupUnusable."""
    with disk_errors(), _opened(backup) as file:
        return _read_header(file)


def unwrap(backup: Path, into: Path) -> BackupHeader:
    """Write the database that a backup holds into a new private file; raises BackupUnusable."""
    with disk_errors(), _opened(backup) as source:
        header = _read_header(source)
        digest = hashlib.sha256()
        left = header.database_bytes
        with os.fdopen(make_private_file(into), "wb") as target:
            while left and (piece := source.read(min(left, _PIECE_BYTES))):
                target.write(piece)
                digest.update(piece)
                left -= len(piece)
        if left or source.read(1) or digest.hexdigest() != header.sha256:
            raise BackupUnusable(_CUT)
    return header


def _opened(backup: Path) -> BinaryIO:
    try:
        return backup.open("rb")
    except FileNotFoundError:
        raise BackupUnusable("The file is gone.") from None
    except IsADirectoryError:
        raise BackupUnusable(_FOREIGN) from None


def _record(header: BackupHeader) -> bytes:
    record = {
        "made_at": header.made_at.isoformat(),
        "made_by": header.made_by,
        "database_bytes": header.database_bytes,
        "sha256": header.sha256,
        "key_slots": json.loads(header.slots.to_json()),
    }
    return json.dumps(record).encode("ascii")


def _read_header(file: BinaryIO) -> BackupHeader:
    if file.read(len(_MAGIC)) != _MAGIC:
        raise BackupUnusable(_FOREIGN)
    size = file.read(_LENGTH.size)
    length = _LENGTH.unpack(size)[0] if len(size) == _LENGTH.size else 0
    if not 0 < length <= _LARGEST_HEADER:
        raise BackupUnusable(_CUT)
    try:
        record = json.loads(file.read(length))
        return BackupHeader(
            made_at=datetime.fromisoformat(record["made_at"]),
            made_by=str(record["made_by"]),
            slots=KeySlots.from_json(json.dumps(record["key_slots"]).encode("ascii")),
            database_bytes=_natural(record["database_bytes"]),
            sha256=str(record["sha256"]),
        )
    except VaultTooNew as error:
        raise BackupUnusable(f"It was made by {error.made_by}.") from error
    except (ValueError, KeyError, TypeError, RecursionError, VaultDamaged) as error:
        raise BackupUnusable(_CUT) from error


def _natural(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("not a length")
    return value
