# SPDX-License-Identifier: Apache-2.0
"""A vault small enough to reason about: notes, each with its lines.

A note and its lines are written together, so that half a note would be seen.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Connection, ForeignKey, Integer, MetaData, Table, Text, func, select

from optout_desktop.storage.data_key import DataKey, VaultId
from optout_desktop.storage.keyslots import Argon2Cost, KeySlots, PassphraseSlot
from optout_desktop.storage.schema import Schema
from optout_desktop.storage.vault import Vault

MADE_BY = "1.0"
LINES = 3
QUICK = Argon2Cost(rounds=1, memory_kib=8, lanes=1)

metadata = MetaData()
facts = Table(
    "facts", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False)
)
notes = Table(
    "notes", metadata, Column("number", Integer, primary_key=True), Column("title", Text, nullable=False)
)
lines = Table(
    "lines",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("note", ForeignKey("notes.number"), nullable=False, index=True),
    Column("text", Text, nullable=False),
)


def create_search(connection: Connection) -> None:
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE found USING fts5(title, content='notes', content_rowid='number')"
    )


def refill_search(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT INTO found(found) VALUES ('rebuild')")


SCHEMA = Schema(version=1, metadata=metadata, create_search=create_search, refill_search=refill_search)


class Notebook:
    """What a session hands over."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, number: int, text: str = "") -> None:
        text = text or f"line of {number}"
        self.connection.execute(notes.insert(), {"number": number, "title": f"note {number}"})
        self.connection.execute(lines.insert(), [{"note": number, "text": text} for _ in range(LINES)])

    def numbers(self) -> list[int]:
        return list(self.connection.scalars(select(notes.c.number).order_by(notes.c.number)))

    def torn(self) -> list[int]:
        """Notes without all their lines, and lines without a note."""
        query = (
            select(notes.c.number)
            .select_from(notes.outerjoin(lines))
            .group_by(notes.c.number)
            .having(func.count(lines.c.id) != LINES)
        )
        orphans = select(lines.c.note).where(lines.c.note.not_in(select(notes.c.number)))
        return [*self.connection.scalars(query), *self.connection.scalars(orphans)]


def key_of(vault: str) -> DataKey:
    """Always the same key for the same vault, so that another process has it too."""
    return DataKey(VaultId(vault), bytearray(bytes.fromhex(vault) * 2))


VAULT_ID = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"


def a_key() -> DataKey:
    return key_of(VAULT_ID)


def sealed_slots() -> KeySlots:
    """Slots that nobody can open: the tests hold the data key and save the derivation."""
    slot = PassphraseSlot(id="00" * 8, cost=QUICK, salt=bytes(16), nonce=bytes(12), wrapped=bytes(48))
    return KeySlots(vault=VaultId(VAULT_ID), passphrase=slot)


def create(folder: Path, schema: Schema = SCHEMA, made_by: str = MADE_BY) -> Vault[Notebook]:
    return Vault.create(folder, sealed_slots(), a_key(), schema=schema, stores=Notebook, made_by=made_by)


def reopen(folder: Path, schema: Schema = SCHEMA, made_by: str = MADE_BY) -> Vault[Notebook]:
    return Vault.open(folder, a_key(), schema=schema, stores=Notebook, made_by=made_by)


def written(folder: Path, count: int) -> Path:
    """A closed vault with that many notes."""
    with create(folder) as vault, vault.writing() as notebook:
        for number in range(count):
            notebook.add(number)
    return folder
