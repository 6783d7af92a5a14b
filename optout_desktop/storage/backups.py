# SPDX-License-Identifier: Apache-2.0
"""Backups: a vault copied, the copy opened and verified, an older one let go; and the way back.

A backup is never adopted as the live database. A copy of it is brought up to this version in a private folder
and opened read-only, its schema compared word for word with the one we know, and its rows are copied one by
one, each through its column's type, into a fresh vault, which then takes the place of the old one. The old
file stays beside it.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from optout_desktop.domain.errors import (
    BackupUnusable,
    VaultDamaged,
    VaultError,
    VaultMissing,
    VaultNotEncrypted,
    VaultTooNew,
)
from optout_desktop.storage.backup_files import SUFFIX, BackupHeader, header_of, unwrap, wrap
from optout_desktop.storage.cipher import (
    RawConnection,
    connect_for_reading,
    connect_for_writing,
    file_errors,
    pages_match,
)
from optout_desktop.storage.data_key import DataKey
from optout_desktop.storage.keyslots import KeySlots, read_key_slots, write_key_slots
from optout_desktop.storage.retention import KeptFile, budget_bytes, to_drop
from optout_desktop.storage.schema import Schema, engine_on, text_of
from optout_desktop.storage.vault import (
    Vault,
    examined,
    make_database,
    make_vault,
    require_ours,
    rows_in,
    take,
    version_of,
)
from optout_desktop.storage.vault_files import (
    VaultFolder,
    VaultLock,
    disk_errors,
    make_private_folder,
    sync_folder,
)

_ROWS_AT_ONCE = 1000
_FILES_AT_ONCE = 16
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was opened and found sound."""

    path: Path
    made_at: datetime
    made_by: str
    size_bytes: int
    rows: tuple[tuple[str, int], ...]
    """How many rows each table has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was brought back, and where the file that lay there before is kept."""

    rows: tuple[tuple[str, int], ...]
    made_at: datetime
    kept: Path | None


def back_up(vault: Vault[Any], *, when: datetime, made_by: str, to: Path | None = None) -> Backup:
    """A verified backup, among the automatic ones or at ``to``; older automatic ones are then pruned.

    Raises DiskFull, VaultReadOnly, VaultDamaged where the vault itself is not sound.
    """
    place = vault.place
    with disk_errors():
        if not place.backups.exists():
            make_private_folder(place.backups)
        target = to or _free_name(place.backups, when)
        with _private_folder_beside(target) as room:
            database, wrapped = room / "database", room / "wrapped"
            rows = vault.copy_into(database)
            wrap(database, wrapped, slots=read_key_slots(place.path), made_at=when, made_by=made_by)
            database.unlink()
            found = _verified_copy(wrapped, vault, made_by)
            if not set(rows) <= set(found.rows):  # an older vault has not all tables yet
                raise VaultDamaged("The backup has not as many rows as the vault.")
            wrapped.replace(target)
        sync_folder(target.parent)
        if to is None:
            prune(place)
    return Backup(
        path=target, made_at=when, made_by=made_by, size_bytes=target.stat().st_size, rows=found.rows
    )


def _verified_copy(backup: Path, vault: Vault[Any], this_is: str) -> Backup:
    try:
        return verified(backup, vault.data_key, vault.schema, this_is)
    except BackupUnusable as error:
        raise VaultDamaged(f"Its copy could not be verified: {error.reason}") from error


def automatic_backups(place: VaultFolder) -> tuple[KeptFile, ...]:
    """The automatic backups by their headers, newest first; files that are none are passed over."""
    found = []
    for path in place.backups.glob(f"*{SUFFIX}"):
        with suppress(BackupUnusable):
            found.append(KeptFile(path=path, made_at=header_of(path).made_at, size_bytes=path.stat().st_size))
    return tuple(sorted(found, key=lambda file: (file.made_at, file.path.name), reverse=True))


def prune(place: VaultFolder) -> tuple[Path, ...]:
    """Remove the automatic backups that retention lets go, and say which. Call it after one was verified."""
    dropped = to_drop(automatic_backups(place), budget_bytes(place.database.stat().st_size))
    for backup in dropped:
        backup.path.unlink()
    return tuple(backup.path for backup in dropped)


def key_slots_of(backup: Path) -> KeySlots:
    """The ways into a backup, as they were when it was made; raises BackupUnusable."""
    return header_of(backup).slots


def verified(backup: Path, data_key: DataKey, schema: Schema, this_is: str) -> Backup:
    """The backup, opened and looked at whole; raises BackupUnusable."""
    with _quarantined(backup, data_key, schema, this_is) as (raw, header):
        return Backup(
            path=backup,
            made_at=header.made_at,
            made_by=header.made_by,
            size_bytes=backup.stat().st_size,
            rows=rows_in(raw, schema),
        )


def newest_good(folder: Path, data_key: DataKey, schema: Schema, this_is: str) -> Backup | None:
    """The newest automatic backup that can be restored, found by trying them."""
    for file in automatic_backups(VaultFolder(path=folder)):
        with suppress(BackupUnusable):
            return verified(file.path, data_key, schema, this_is)
    return None


def would_be_lost(
    folder: Path, data_key: DataKey, schema: Schema, backup: Backup
) -> tuple[tuple[str, int], ...] | None:
    """How many more rows than the backup each table of a damaged vault shows; None if it cannot be told.

    The vault's file is read as it lies and is not changed.
    """
    try:
        raw = connect_for_reading(VaultFolder(path=folder).database, data_key)
    except VaultError:
        return None
    try:
        with file_errors():
            now = rows_in(raw, schema)
    except VaultError:
        return None
    finally:
        raw.close()
    before = dict(backup.rows)
    more = ((name, count - before.get(name, 0)) for name, count in now)
    return tuple((name, count) for name, count in more if count > 0)


def restore(
    backup: Path,
    data_key: DataKey,
    folder: Path,
    *,
    schema: Schema,
    when: datetime,
    this_is: str,
    slots: KeySlots | None = None,
) -> Restored:
    """Put a backup's rows into a fresh vault in ``folder``, where a damaged or older one may lie, or nothing.

    ``slots`` go with it (those of the backup by default); ``data_key`` stays the caller's.
    Raises BackupUnusable, VaultInUse, DiskFull, VaultReadOnly; then nothing was changed.
    """
    place = VaultFolder(path=folder)
    with _quarantined(backup, data_key, schema, this_is, beside=folder) as (raw, header):
        slots = slots or header.slots
        if slots.vault != data_key.vault:
            raise BackupUnusable("It belongs to another vault.")
        rows = rows_in(raw, schema)
        fill = partial(_copy_rows, raw, schema)

        def make(path: Path) -> None:
            make_database(path, data_key, schema, this_is, fill)
            _require_rows(path, data_key, schema, rows)

        if folder.exists():
            kept = _swap(place, slots, make, data_key, when)
        else:
            kept = None
            make_vault(folder, slots, make)
    return Restored(rows=rows, made_at=header.made_at, kept=kept)


def _swap(
    place: VaultFolder, slots: KeySlots, make: Callable[[Path], None], data_key: DataKey, when: datetime
) -> Path | None:
    """Put a new database in the place of the one that lies there; says where that is kept.

    At every moment the old or the new one opens: the old gets a second name before the new takes the first.
    """
    place.require_private()
    lock = VaultLock.take(place.lock)
    try:
        with disk_errors(), _private_folder_beside(place.database) as room:
            _require_same_vault(place, slots)
            new = room / "database"
            make(new)
            kept = _keep(place, data_key, when)
            new.replace(place.database)
            write_key_slots(place.path, slots)
    finally:
        lock.release()
    return kept


def _require_same_vault(place: VaultFolder, slots: KeySlots) -> None:
    try:
        there = read_key_slots(place.path).vault
    except (VaultMissing, VaultDamaged):
        return
    if there != slots.vault:
        raise BackupUnusable("It belongs to another vault. Restore it under a new name.")


def _keep(place: VaultFolder, data_key: DataKey, when: datetime) -> Path | None:
    """Give the database that lies there a second name, and its log, which must not meet the new one."""
    if not place.database.exists():
        return None
    word = "replaced" if _is_usable(place, data_key) else "damaged"
    kept = place.database.with_name(f"{place.database.name}.{word}-{when.strftime(_STAMP)}")
    if kept.exists():
        raise BackupUnusable("One was restored in this very second. Please try again.")
    try:
        os.link(place.database, kept)
    except OSError:
        # Disks such as exFAT know no second names.
        shutil.copy2(place.database, kept)
    if place.write_ahead_log.exists():
        place.write_ahead_log.replace(kept.with_name(kept.name + "-wal"))
    sync_folder(place.path)
    return kept


def _is_usable(place: VaultFolder, data_key: DataKey) -> bool:
    """Whether every page of the database has its seal; nothing is written, not even its log worked in."""
    try:
        raw = connect_for_reading(place.database, data_key)
    except VaultError:
        return False
    try:
        with file_errors():
            return not pages_match(raw)
    except VaultDamaged:
        return False
    finally:
        raw.close()


def _copy_rows(raw: RawConnection, schema: Schema, target: Connection) -> None:
    """Copy every row through its column's type, so that what no store would write is refused."""
    # Not disposed of: that would close the connection, which is its opener's.
    source = engine_on(raw).connect()
    target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    try:
        for table in schema.metadata.sorted_tables:
            _copy_table(source, table, target)
    except (ValueError, LookupError, TypeError, IntegrityError) as error:
        raise BackupUnusable("It holds a row that this app would not write.") from error
    finally:
        source.close()
    schema.refill_search(target)


def _copy_table(source: Connection, table: Table, target: Connection) -> None:
    has_files = any(isinstance(column.type, LargeBinary) for column in table.columns)
    at_once = _FILES_AT_ONCE if has_files else _ROWS_AT_ONCE
    for rows in source.execute(select(table)).mappings().partitions(at_once):
        target.execute(insert(table), [dict(row) for row in rows])


def _require_rows(path: Path, data_key: DataKey, schema: Schema, rows: tuple[tuple[str, int], ...]) -> None:
    raw = connect_for_reading(path, data_key)
    try:
        report = examined(raw, schema)
    finally:
        raw.close()
    if not report.is_sound or report.rows != rows:
        raise BackupUnusable("Not every row could be brought back.")


@contextmanager
def _quarantined(
    backup: Path, data_key: DataKey, schema: Schema, this_is: str, beside: Path | None = None
) -> Iterator[tuple[RawConnection, BackupHeader]]:
    """A backup's database, read-only in a private folder, looked at whole; raises BackupUnusable."""
    with disk_errors(), _private_folder_beside(beside or backup) as room:
        header = unwrap(backup, room / "database")
        _bring_up_to_date(room / "database", data_key, schema, this_is)
        raw = _opened_in_quarantine(room / "database", data_key)
        try:
            with file_errors():
                _require_known(raw, schema, this_is)
            yield raw, header
        finally:
            raw.close()


def _bring_up_to_date(path: Path, data_key: DataKey, schema: Schema, this_is: str) -> None:
    """Take the steps from an older version on a copy in quarantine; raises BackupUnusable."""
    raw = _opened_in_quarantine(path, data_key)
    try:
        with file_errors():
            _require_sound(raw, schema, this_is)
            steps = schema.steps(version_of(raw), schema.version)
    except ValueError as error:
        raise BackupUnusable("It names a version that never was.") from error
    finally:
        raw.close()
    if not steps:
        return
    raw = connect_for_writing(path, data_key)
    engine = engine_on(raw)
    try:
        raw.execute("PRAGMA journal_mode = MEMORY").fetchall()
        with file_errors(), engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            take(steps, connection)
            connection.commit()
    except (DBAPIError, ValueError) as error:
        raise BackupUnusable("Its tables are not those of the version that it names.") from error
    finally:
        engine.dispose()
        raw.close()


def _opened_in_quarantine(path: Path, data_key: DataKey) -> RawConnection:
    try:
        return connect_for_reading(path, data_key)
    except VaultNotEncrypted as error:
        raise BackupUnusable("It is not encrypted.") from error
    except VaultDamaged as error:
        raise BackupUnusable("Its pages cannot be read with this key.") from error


def _require_known(raw: RawConnection, schema: Schema, this_is: str) -> None:
    """Raise BackupUnusable unless the database is sound, ours, and has exactly the schema that we know."""
    _require_sound(raw, schema, this_is)
    if text_of(raw) != schema.text():
        raise BackupUnusable("Its tables are not those of this version.")
    if not examined(raw, schema).is_sound:
        raise BackupUnusable("Part of it cannot be read.")


def _require_sound(raw: RawConnection, schema: Schema, this_is: str) -> None:
    """Raise BackupUnusable unless every page's seal holds and the database is ours, of no newer version."""
    try:
        if pages_match(raw):
            raise BackupUnusable("Part of it cannot be read.")
        require_ours(raw, schema, this_is)
    except VaultTooNew as error:
        raise BackupUnusable(
            f"It was made by OptOut {error.made_by}, which is newer. Please update."
        ) from error
    except VaultDamaged as error:
        raise BackupUnusable("It is not a vault of this app.") from error


def _free_name(folder: Path, when: datetime) -> Path:
    stem = f"auto-{when.strftime(_STAMP)}"
    names = (f"{stem}{end}{SUFFIX}" for end in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(folder / name for name in names if not (folder / name).exists())


@contextmanager
def _private_folder_beside(path: Path) -> Iterator[Path]:
    """A folder on the same disk that only its owner may enter, removed afterwards."""
    path.parent.mkdir(parents=True, exist_ok=True)
    room = path.with_name(f".{path.name}.room-{secrets.token_hex(4)}")
    make_private_folder(room)
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)
