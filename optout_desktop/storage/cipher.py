# SPDX-License-Identifier: Apache-2.0
"""One connection to one encrypted file: how it is opened, proved to be encrypted, and what its errors mean.

Everything that is special about SQLCipher is said here. The order of the statements matters: the key comes
first, then silence and the hold on the file, then the first page; only a file that proved itself is switched
to our ways of writing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from optout_desktop.domain.errors import (
    DiskFailed,
    DiskFull,
    VaultDamaged,
    VaultError,
    VaultInUse,
    VaultNotEncrypted,
    VaultReadOnly,
)
from optout_desktop.storage.data_key import DataKey

RawConnection: TypeAlias = Any
"""The driver's own connection; the driver ships no types."""

APPLICATION_ID: Final = 0x4F70744F  # "OptO"
PLAIN_HEADER: Final = b"SQLite format 3\0"
PAGE_BYTES: Final = 4096

_SYNCHRONOUS_FULL = 2
_REFUSED_NAMES = {
    dbapi2.SQLITE_FUNCTION: "load_extension",
    dbapi2.SQLITE_PRAGMA: "writable_schema",
}

_NUMBER_OF_WORDS = {
    "database or disk is full": dbapi2.SQLITE_FULL,
    "disk I/O error": dbapi2.SQLITE_IOERR,
    "attempt to write a readonly database": dbapi2.SQLITE_READONLY,
    "unable to open database file": dbapi2.SQLITE_CANTOPEN,
    "database disk image is malformed": dbapi2.SQLITE_CORRUPT,
    "file is not a database": dbapi2.SQLITE_NOTADB,
}

_OUR_WAYS: Final = (
    # ON makes search ten times slower and wipes only SQLCipher's own buffers.
    "PRAGMA cipher_memory_security = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    # In KiB. With the usual 8 MB, putting 100,000 requests in order decrypts the same pages again and again.
    "PRAGMA cache_size = -32768",
)
_OUR_WRITING: Final = (
    "PRAGMA journal_mode = WAL",
    # NORMAL loses acknowledged commits when the power fails.
    "PRAGMA synchronous = FULL",
)


def connect_for_writing(path: Path, data_key: DataKey) -> RawConnection:
    """The one connection that may change the file, which must exist.

    It is proved and not yet switched to our way of writing: see ``switch_to_our_writing``.
    Raises VaultNotEncrypted, VaultDamaged, VaultReadOnly, VaultInUse.
    """
    return _connect(path, data_key, "rw", "PRAGMA locking_mode = EXCLUSIVE")


def connect_for_reading(path: Path, data_key: DataKey) -> RawConnection:
    """A connection to a file that lies still, which is not written, locked or accompanied by another file."""
    return _connect(path, data_key, "ro&immutable=1")


def switch_to_our_writing(connection: RawConnection) -> None:
    """Write ahead, and wait for the disk at every commit; raises VaultReadOnly where that cannot be."""
    for statement in _OUR_WRITING:
        connection.execute(statement).fetchall()
    [journal] = connection.execute("PRAGMA journal_mode").fetchone()
    [synchronous] = connection.execute("PRAGMA synchronous").fetchone()
    if (journal, synchronous) != ("wal", _SYNCHRONOUS_FULL):
        raise VaultReadOnly


def _connect(path: Path, data_key: DataKey, mode: str, first: str = "") -> RawConnection:
    _require_encrypted(path)
    with file_errors():
        connection = dbapi2.connect(f"file:{quote(str(path))}?mode={mode}", uri=True, isolation_level=None)
    try:
        with file_errors():
            _prologue(connection, data_key, first)
    except BaseException:
        connection.close()
        raise
    return connection


def _prologue(connection: RawConnection, data_key: DataKey, first: str) -> None:
    connection.execute(data_key.pragma())
    # Before the first page is read: a wrong key would print errors.
    connection.execute("PRAGMA cipher_log_level = NONE")
    # Also before it: else a log left by a crash gets a shared index, which a full disk refuses.
    connection.execute(first)
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    version = connection.execute("PRAGMA cipher_version").fetchone()
    status = connection.execute("PRAGMA cipher_status").fetchone()
    if not (version and version[0]) or status is None or status[0] != "1":
        # A driver without SQLCipher would write plain text without a word.
        raise VaultNotEncrypted
    for statement in _OUR_WAYS:
        connection.execute(statement).fetchall()
    connection.set_authorizer(_authorize)


def _authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """Whether a statement may do this; a function's name comes second, a pragma's first."""
    name = second if action == dbapi2.SQLITE_FUNCTION else first
    refused_name = _REFUSED_NAMES.get(action)
    if action == dbapi2.SQLITE_ATTACH or (name or "").casefold() == refused_name:
        return int(dbapi2.SQLITE_DENY)
    return int(dbapi2.SQLITE_OK)


def _require_encrypted(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(len(PLAIN_HEADER))
    except FileNotFoundError:
        raise VaultDamaged("The vault's file is gone.") from None
    if header == PLAIN_HEADER:
        raise VaultNotEncrypted


def require_whole(path: Path, data_key: DataKey) -> None:
    """Raise VaultDamaged for a file at rest that is empty, ends within a page, or is another vault's."""
    size = path.stat().st_size
    with path.open("rb") as file:
        header = file.read(len(PLAIN_HEADER))
    if size == 0 or size % PAGE_BYTES:
        raise VaultDamaged("The file ends too early.")
    if header not in (bytes.fromhex(data_key.vault), PLAIN_HEADER):
        raise VaultDamaged("The first page is not this vault's.")


def require_seals(connection: RawConnection) -> None:
    """Raise VaultDamaged if any page that this connection ever read had no seal.

    SQLCipher hands over the last part of a long value as zeros then, without a word, and refuses the next page.
    """
    [status] = connection.execute("PRAGMA cipher_status").fetchone()
    if status != "1":
        raise VaultDamaged("A page has no seal.")


def pages_match(connection: RawConnection) -> tuple[str, ...]:
    """What is wrong with the seals of the pages in the main file, one line each; none if all is well.

    A log beside the file must be worked in first: the seals of pages that only it holds would seem wrong.
    """
    return tuple(str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check"))


def work_in_log(connection: RawConnection) -> None:
    """Bring what the write-ahead log holds into the main file and empty the log."""
    [was_busy, *_] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if was_busy:
        raise VaultInUse


def engine_versions() -> tuple[str, str]:
    """The versions of the encryption (SQLCipher) and of the database (SQLite) that vaults are kept by."""
    raw = dbapi2.connect(":memory:")
    try:
        [cipher] = raw.execute("PRAGMA cipher_version").fetchone()
    finally:
        raw.close()
    return str(cipher), str(dbapi2.sqlite_version)


@contextmanager
def file_errors() -> Iterator[None]:
    """Turn what the driver reports about the file into errors that a person can act on.

    A broken constraint or a wrong statement is a bug and passes unchanged.
    """
    try:
        yield
    except DBAPIError as error:
        known = meaning(error.orig)
        if known is None:
            raise
        raise known from error
    except dbapi2.Error as error:
        known = meaning(error)
        if known is None:
            raise
        raise known from error


def meaning(error: BaseException | None) -> VaultError | None:
    """The driver's error in a person's terms, or None where it says nothing about the file."""
    # The driver's own copying of a database names no number, only the words.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF or _NUMBER_OF_WORDS.get(str(error), 0)
    match code:
        case dbapi2.SQLITE_FULL:
            return DiskFull()
        case dbapi2.SQLITE_IOERR:
            return DiskFailed()
        case dbapi2.SQLITE_READONLY | dbapi2.SQLITE_CANTOPEN:
            return VaultReadOnly()
        case dbapi2.SQLITE_CORRUPT | dbapi2.SQLITE_NOTADB:
            return VaultDamaged(str(error))
        case dbapi2.SQLITE_BUSY | dbapi2.SQLITE_LOCKED:
            return VaultInUse()
        case _:
            return None
