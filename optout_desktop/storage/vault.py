# SPDX-License-Identifier: Apache-2.0
"""The open vault: one connection, one thread, one writer.

``reading()`` and ``writing()`` hand over the stores, built on the connection. Reading leaves nothing behind;
writing keeps all or nothing, waits for the disk, and then tells those who watch. Whoever opened the vault
closes it: what was in the log is worked in, the lock is let go, the key is overwritten.
"""

from __future__ import annotations

import os
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Self, TypeVar

from sqlalchemy import Connection, func, select

from optout_desktop.domain.errors import (
    DiskFailed,
    VaultDamaged,
    VaultError,
    VaultExists,
    VaultMoved,
    VaultTooNew,
)
from optout_desktop.storage.cipher import (
    APPLICATION_ID,
    RawConnection,
    connect_for_writing,
    file_errors,
    pages_match,
    require_seals,
    require_whole,
    switch_to_our_writing,
    work_in_log,
)
from optout_desktop.storage.data_key import DataKey, VaultId
from optout_desktop.storage.keyslots import KeySlots, write_key_slots
from optout_desktop.storage.migrations import Step
from optout_desktop.storage.schema import Schema, engine_on
from optout_desktop.storage.vault_files import (
    VaultFolder,
    VaultLock,
    disk_errors,
    make_private_file,
    make_private_folder,
    sync_file,
    sync_folder,
)

S = TypeVar("S")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a look at the whole vault found; every line is free of personal data."""

    seals: tuple[str, ...]
    """Pages whose seal is broken."""
    structure: tuple[str, ...]
    """Trees and indexes that do not hold together."""
    orphans: tuple[str, ...]
    """Rows that point at nothing."""
    rows: tuple[tuple[str, int], ...]
    """How many rows each table has; empty where the vault is not sound."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not (self.seals or self.structure or self.orphans)


class Vault(Generic[S]):
    """An open vault, to be used from the thread that opened it; ``S`` is what its sessions hand over."""

    def __init__(
        self,
        place: VaultFolder,
        lock: VaultLock,
        raw: RawConnection,
        data_key: DataKey,
        schema: Schema,
        stores: Callable[[Connection], S],
    ) -> None:
        """Use ``open`` or ``create``."""
        self._place = place
        self._lock = lock
        self._raw = raw
        self._engine = engine_on(raw)
        self._data_key = data_key
        self._schema = schema
        self._stores = stores
        self._file = _identity(place.database)
        self._version = version_of(raw)
        self._watchers: list[Callable[[], None]] = []
        self._thread = threading.get_ident()
        self._has_session = False
        self._closed_by: VaultError | None = None
        self._is_open = True

    @classmethod
    def create(
        cls,
        folder: Path,
        slots: KeySlots,
        data_key: DataKey,
        *,
        schema: Schema,
        stores: Callable[[Connection], S],
        made_by: str,
    ) -> Self:
        """A new vault, made whole before it gets its name, and opened.

        The data key is taken over, as by ``open``. Raises VaultExists, VaultReadOnly, DiskFull.
        """
        make_vault(folder, slots, lambda path: make_database(path, data_key, schema, made_by))
        return cls.open(folder, data_key, schema=schema, stores=stores, made_by=made_by)

    @classmethod
    def open(
        cls,
        folder: Path,
        data_key: DataKey,
        *,
        schema: Schema,
        stores: Callable[[Connection], S],
        made_by: str,
    ) -> Self:
        """The vault in ``folder``, held until it is closed.

        The data key is taken over and overwritten on closing; where opening fails it stays the caller's.
        Raises VaultMissing, VaultInUse, VaultNotEncrypted, VaultDamaged, VaultTooNew, VaultReadOnly,
        DiskFull.
        """
        place = VaultFolder(path=folder)
        place.require()
        lock = VaultLock.take(place.lock)
        try:
            raw = _opened(place, data_key, schema, made_by)
        except BaseException:
            lock.release()
            raise
        vault = cls(place, lock, raw, data_key, schema, stores)
        try:
            vault._sign(made_by)
        except BaseException:
            vault._shut()
            raise
        return vault

    @property
    def place(self) -> VaultFolder:
        """Where its files lie."""
        return self._place

    @property
    def id(self) -> VaultId:
        """The name that no other vault has."""
        return self._data_key.vault

    @property
    def schema(self) -> Schema:
        """What this version of the app keeps in it."""
        return self._schema

    @property
    def data_key(self) -> DataKey:
        """Its key, for a backup or a new slot; overwritten on closing."""
        return self._data_key

    @property
    def is_open(self) -> bool:
        """Whether it can still be used."""
        return self._is_open

    @property
    def schema_version(self) -> int:
        """The schema that its file has now."""
        return self._version

    @property
    def is_behind(self) -> bool:
        """Whether it must be backed up and migrated before it can be used."""
        return self._version < self._schema.version

    def watch(self, callback: Callable[[], None]) -> None:
        """Call this after every change that was kept, on the vault's own thread."""
        self._watchers.append(callback)

    @contextmanager
    def reading(self) -> Iterator[S]:
        """The stores, for looking; what they change is dropped."""
        with self._session("BEGIN") as connection:
            yield self._stores(connection)

    @contextmanager
    def writing(self) -> Iterator[S]:
        """The stores, for changing; when the block ends all is on the disk, or nothing.

        Raises VaultMoved, DiskFull, DiskFailed, VaultReadOnly; then nothing of it was kept.
        """
        self._require_same_file()
        with self._session("BEGIN IMMEDIATE") as connection:
            yield self._stores(connection)
            require_seals(self._raw)
            connection.commit()
        for tell in tuple(self._watchers):
            tell()

    def migrate(self, steps: tuple[Step, ...], made_by: str = "") -> None:
        """Bring an older vault to this version's schema, wholly or not at all. Back it up first."""
        with self._bare_session("BEGIN IMMEDIATE") as connection:
            take(steps, connection)
            connection.commit()
        self._version = version_of(self._raw)
        if made_by:
            self._sign(made_by)

    def check(self) -> CheckReport:
        """Look at every page, tree and reference; takes about a second for 200 MB."""
        with file_errors():
            work_in_log(self._raw)
            return examined(self._raw, self._schema)

    def copy_into(self, path: Path) -> tuple[tuple[str, int], ...]:
        """Copy the whole database, encrypted with the same key, into a new private file; says its rows."""
        with disk_errors(), file_errors():
            copy_database(self._raw, path, self._data_key)
            return rows_in(self._raw, self._schema)

    def close(self) -> None:
        """Work in the log, let the file and the lock go, overwrite the key; doing so twice is fine."""
        if not self._is_open:
            return
        # What cannot be worked in now stays in the log, and the next opening does it.
        with suppress(VaultError), file_errors():
            work_in_log(self._raw)
        self._shut()
        self._data_key.wipe()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _session(self, begin: str) -> Iterator[Connection]:
        if self.is_behind:
            raise RuntimeError("this vault must be migrated first")
        with self._bare_session(begin) as connection:
            yield connection

    @contextmanager
    def _bare_session(self, begin: str) -> Iterator[Connection]:
        if self._closed_by is not None:
            raise self._closed_by
        if threading.get_ident() != self._thread:
            # The driver would refuse, too, but leaves SQLAlchemy with a connection that nobody can end.
            raise RuntimeError("a vault is used from the thread that opened it")
        if not self._is_open or self._has_session:
            raise RuntimeError("a vault has one session at a time, while it is open")
        self._has_session = True
        try:
            with file_errors(), self._engine.connect() as connection:
                connection.exec_driver_sql(begin)
                try:
                    yield connection
                finally:
                    # What was made of a torn page is no answer, whether it looked like one or not.
                    if self._is_open:
                        require_seals(self._raw)
        except DiskFailed as error:
            # After a failed fsync nobody knows what the disk has: this connection is never used again.
            self._closed_by = error
            self._shut()
            raise
        finally:
            self._has_session = False

    def _require_same_file(self) -> None:
        try:
            same = _identity(self._place.database) == self._file
        except FileNotFoundError:
            same = False
        if self._is_open and not same:
            raise VaultMoved

    def _sign(self, made_by: str) -> None:
        """Note which version used the vault last, so that an older one can name it."""
        facts = self._schema.metadata.tables["facts"]
        if self.is_behind:
            return
        with self._bare_session("BEGIN IMMEDIATE") as connection:
            if _made_by(connection.connection.dbapi_connection) == made_by:
                return
            connection.execute(facts.update().where(facts.c.name == "made_by").values(value=made_by))
            connection.commit()

    def _shut(self) -> None:
        if self._is_open:
            self._is_open = False
            self._engine.dispose()
            self._raw.close()
            self._lock.release()


def take(steps: tuple[Step, ...], connection: Connection) -> None:
    """Take these steps in the transaction that is open; a ValueError where a row then points at nothing."""
    for step in steps:
        for statement in step.statements:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA user_version = {step.version}")
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if orphans is not None:
        raise ValueError(f"a step leaves a row of {orphans[0]} that points at nothing")


def make_vault(folder: Path, slots: KeySlots, fill: Callable[[Path], None]) -> None:
    """Make a vault's folder whole, with ``fill`` writing its database, and only then give it its name.

    Raises VaultExists, VaultReadOnly, DiskFull.
    """
    place = VaultFolder(path=folder)
    making = VaultFolder(path=folder.with_name(f".{folder.name}.making-{secrets.token_hex(4)}"))
    with disk_errors():
        if folder.exists():
            raise VaultExists(place.name)
        folder.parent.mkdir(parents=True, exist_ok=True)
        make_private_folder(making.path)
        try:
            make_private_folder(making.backups)
            write_key_slots(making.path, slots)
            fill(making.database)
            sync_folder(making.path)
            making.path.rename(folder)
        except BaseException:
            shutil.rmtree(making.path, ignore_errors=True)
            raise
        sync_folder(folder.parent)


def make_database(
    path: Path,
    data_key: DataKey,
    schema: Schema,
    made_by: str,
    fill: Callable[[Connection], None] = lambda _: None,
) -> None:
    """Write a new database that nobody knows yet, filled in one transaction and safe on the disk."""
    with disk_errors(), file_errors():
        os.close(make_private_file(path))
        raw = connect_for_writing(path, data_key)
        engine = engine_on(raw)
        try:
            # A file without a name is thrown away when the power fails: no journal, one wait at the end.
            raw.execute("PRAGMA journal_mode = MEMORY").fetchall()
            raw.execute("PRAGMA synchronous = OFF")
            with engine.connect() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version = {schema.version}")
                schema.create(connection)
                fill(connection)
                facts = schema.metadata.tables["facts"]
                own = {"id": data_key.vault, "made_by": made_by}
                connection.execute(facts.delete().where(facts.c.name.in_(own)))
                connection.execute(facts.insert(), [{"name": n, "value": v} for n, v in own.items()])
                connection.commit()
        finally:
            engine.dispose()
            raw.close()
        sync_file(path)


def copy_database(raw: RawConnection, path: Path, data_key: DataKey) -> None:
    """Copy a database page by page into a new private file of its own, without a log beside it."""
    os.close(make_private_file(path))
    target = connect_for_writing(path, data_key)
    try:
        raw.backup(target)
        target.execute("PRAGMA journal_mode = DELETE").fetchall()
    finally:
        target.close()
    sync_file(path)


def examined(raw: RawConnection, schema: Schema) -> CheckReport:
    """What is wrong with a database at rest; its log must have been worked in."""
    seals = pages_match(raw)
    if seals:
        return CheckReport(seals=seals, structure=(), orphans=(), rows=())
    structure = tuple(str(row[0]) for row in raw.execute("PRAGMA integrity_check") if row[0] != "ok")
    orphans = tuple(f"{row[0]} row {row[1]}" for row in raw.execute("PRAGMA foreign_key_check"))
    rows = () if structure else rows_in(raw, schema)
    return CheckReport(seals=(), structure=structure, orphans=orphans, rows=rows)


def rows_in(raw: RawConnection, schema: Schema) -> tuple[tuple[str, int], ...]:
    """How many rows each table has, by name; an older database has not all of them yet."""
    there = {row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    count = {
        table.name: str(select(func.count()).select_from(table))
        for table in schema.metadata.sorted_tables
        if table.name in there
    }
    return tuple(sorted((name, raw.execute(query).fetchone()[0]) for name, query in count.items()))


def require_ours(raw: RawConnection, schema: Schema, this_is: str) -> None:
    """Raise VaultDamaged for a database of another program, VaultTooNew for one of a newer version."""
    [application] = raw.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise VaultDamaged("The file is not a vault of this app.")
    if version_of(raw) > schema.version:
        raise VaultTooNew(_made_by(raw) or "a newer version", this_is)


def _opened(place: VaultFolder, data_key: DataKey, schema: Schema, this_is: str) -> RawConnection:
    with disk_errors(), file_errors():
        log = place.write_ahead_log
        has_log = log.exists() and log.stat().st_size > 0
        if place.database.exists() and not has_log:
            require_whole(place.database, data_key)
        raw = connect_for_writing(place.database, data_key)
        try:
            # Before anything is switched: a newer vault must not even be touched.
            require_ours(raw, schema, this_is)
            switch_to_our_writing(raw)
        except BaseException:
            raw.close()
            raise
    return raw


def version_of(raw: RawConnection) -> int:
    """The schema that a database says it has."""
    return int(raw.execute("PRAGMA user_version").fetchone()[0])


def _made_by(raw: RawConnection) -> str:
    has_facts = raw.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'facts'").fetchone()[0]
    found = raw.execute("SELECT value FROM facts WHERE name = 'made_by'").fetchone() if has_facts else None
    return str(found[0]) if found else ""


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino
