# SPDX-License-Identifier: Apache-2.0
"""A backup is worth what can be restored from it."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import stat
from datetime import UTC, datetime, timedelta

import pytest
from sqlcipher3 import dbapi2

from optout_desktop.domain.errors import BackupUnusable, VaultDamaged, VaultError, VaultInUse, WrongKey
from optout_desktop.domain.secrets import Secret
from optout_desktop.storage import backup_files
from optout_desktop.storage.backups import (
    automatic_backups,
    back_up,
    key_slots_of,
    newest_good,
    prune,
    restore,
    verified,
    would_be_lost,
)
from optout_desktop.storage.keyslots import KeySlots, read_key_slots, write_key_slots
from optout_desktop.storage.vault import Vault
from tests.storage import notebook

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)
PASSPHRASE = Secret("granite lantern otter forty")


def made(vault, when=NOON, to=None):
    return back_up(vault, when=when, made_by="1.0", to=to)


def brought_back(backup, folder, key=None, **how):
    how = {"schema": notebook.SCHEMA, "when": LATER, "this_is": "1.0"} | how
    return restore(backup, key or notebook.a_key(), folder, **how)


def numbers_in(folder):
    with notebook.reopen(folder) as vault, vault.reading() as page:
        assert page.torn() == []
        return page.numbers()


@pytest.fixture
def backed_up(folder):
    """A closed vault of three notes, of which the backup knows two."""
    with notebook.create(folder) as vault:
        with vault.writing() as page:
            page.add(1)
            page.add(2)
        backup = made(vault)
        with vault.writing() as page:
            page.add(3)
    return backup


def rewritten(backup, change):
    """The same backup with its database changed by somebody who has the key."""
    database = backup.path.with_name("database")
    header = backup_files.unwrap(backup.path, database)
    connection = dbapi2.connect(str(database), isolation_level=None)
    connection.execute(notebook.a_key().pragma())
    for statement in change:
        connection.execute(statement).fetchall()
    connection.close()
    backup.path.unlink()
    backup_files.wrap(database, backup.path, slots=header.slots, made_at=header.made_at, made_by="1.0")
    return backup.path


class TestMaking:
    def test_a_backup_says_what_it_holds(self, notes):
        with notes.writing() as page:
            page.add(1)

        backup = made(notes)

        assert backup.path.name == "auto-20261122-120000.optoutbak"
        assert dict(backup.rows) == {"facts": 2, "lines": 3, "notes": 1}
        assert backup.size_bytes == backup.path.stat().st_size

    def test_a_backup_is_private_encrypted_and_alone(self, notes, folder):
        with notes.writing() as page:
            page.add(1, "Kowalczyk")

        backup = made(notes)

        assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
        assert b"Kowalczyk" not in backup.path.read_bytes()
        assert b"SQLite format" not in backup.path.read_bytes()
        assert [path.name for path in (folder / "backups").iterdir()] == [backup.path.name]

    def test_the_vault_can_be_used_on_while_and_after_it_is_backed_up(self, notes):
        made(notes)
        with notes.writing() as page:
            page.add(5)

        with notes.reading() as page:
            assert page.numbers() == [5]

    def test_a_backup_may_be_made_elsewhere_and_prunes_nothing(self, notes, tmp_path, folder):
        made(notes)

        backup = made(notes, LATER, to=tmp_path / "stick" / "copy.optoutbak")

        assert verified(backup.path, notebook.a_key(), notebook.SCHEMA, "1.0").made_at == LATER
        assert len(list((folder / "backups").iterdir())) == 1

    def test_two_backups_within_a_second_are_two(self, notes):
        first, second = made(notes), made(notes)

        assert first.path != second.path
        assert second.path.name == "auto-20261122-120000-2.optoutbak"

    def test_a_damaged_vault_is_not_backed_up_and_older_backups_stay(self, folder, backed_up):
        database = folder / "vault.optout"
        content = bytearray(database.read_bytes())
        content[-100] ^= 1
        database.write_bytes(content)

        with pytest.raises(VaultDamaged), notebook.reopen(folder) as vault:
            made(vault, LATER)

        assert [path.name for path in (folder / "backups").iterdir()] == [backed_up.path.name]

    def test_older_backups_are_pruned_after_the_new_one_was_verified(self, notes, folder):
        for day in range(40):
            made(notes, NOON + timedelta(days=day))

        left = automatic_backups(notes.place)

        assert 8 <= len(left) <= 13
        assert left[0].made_at == NOON + timedelta(days=39)
        assert prune(notes.place) == ()

    def test_a_backup_with_files_in_it_comes_back_whole(self, folder, tmp_path):
        with notebook.create(folder) as vault:
            with vault.writing() as page:
                for number in range(40):
                    page.add(number, "x" * 20_000)
            backup = made(vault)

        restored = brought_back(backup.path, tmp_path / "New.optout")

        assert dict(restored.rows)["lines"] == 120


class TestRestoring:
    def test_a_backup_is_restored_where_no_vault_is(self, backed_up, tmp_path):
        restored = brought_back(backed_up.path, tmp_path / "elsewhere" / "New.optout")

        assert numbers_in(tmp_path / "elsewhere" / "New.optout") == [1, 2]
        assert restored.kept is None
        assert restored.made_at == NOON

    def test_the_passphrase_alone_restores_it_on_another_machine(self, folder, tmp_path):
        slots, key = KeySlots.create(PASSPHRASE, notebook.QUICK)
        with Vault.create(
            folder, slots, key, schema=notebook.SCHEMA, stores=notebook.Notebook, made_by="1.0"
        ) as vault:
            with vault.writing() as page:
                page.add(4)
            backup = made(vault, to=tmp_path / "carried.optoutbak")

        found = key_slots_of(backup.path)
        with pytest.raises(WrongKey):
            found.open(Secret("something else entirely"))
        there = tmp_path / "There.optout"
        brought_back(backup.path, there, found.open(PASSPHRASE))

        again = read_key_slots(there).open(PASSPHRASE)
        with (
            Vault.open(
                there, again, schema=notebook.SCHEMA, stores=notebook.Notebook, made_by="1.0"
            ) as vault,
            vault.reading() as page,
        ):
            assert page.numbers() == [4]

    def test_a_healthy_vault_is_replaced_and_kept(self, folder, backed_up):
        restored = brought_back(backed_up.path, folder)

        assert numbers_in(folder) == [1, 2]
        assert restored.kept == folder / "vault.optout.replaced-20261122-140000"
        restored.kept.replace(folder / "vault.optout")
        assert numbers_in(folder) == [1, 2, 3]

    def test_a_damaged_vault_is_replaced_and_kept_as_it_was(self, folder, backed_up):
        database = folder / "vault.optout"
        database.write_bytes(database.read_bytes()[:6000])
        before = hashlib.sha256(database.read_bytes()).hexdigest()

        restored = brought_back(backed_up.path, folder)

        assert numbers_in(folder) == [1, 2]
        assert restored.kept == folder / "vault.optout.damaged-20261122-140000"
        assert hashlib.sha256(restored.kept.read_bytes()).hexdigest() == before

    def test_a_log_beside_a_damaged_vault_never_meets_the_new_one(self, folder, backed_up):
        database = folder / "vault.optout"
        database.write_bytes(database.read_bytes()[:6000])
        (folder / "vault.optout-wal").write_bytes(b"remains of a crash" * 100)

        restored = brought_back(backed_up.path, folder)

        assert numbers_in(folder) == [1, 2]
        assert restored.kept.with_name(restored.kept.name + "-wal").read_bytes().startswith(b"remains")

    @pytest.mark.parametrize("lost", ["vault.optout", "keyslots.json"])
    def test_a_vault_that_lost_a_file_is_restored(self, folder, backed_up, lost):
        (folder / lost).unlink()

        brought_back(backed_up.path, folder)

        assert numbers_in(folder) == [1, 2]

    def test_search_finds_what_was_restored(self, folder, backed_up):
        brought_back(backed_up.path, folder)

        with notebook.reopen(folder) as vault, vault.reading() as page:
            found = page.connection.exec_driver_sql("SELECT rowid FROM found WHERE found MATCH 'note'").all()

        assert found == [(1,), (2,)]

    def test_the_present_passphrase_may_go_with_an_older_backup(self, folder):
        slots, key = KeySlots.create(PASSPHRASE, notebook.QUICK)
        vault = Vault.create(
            folder, slots, key, schema=notebook.SCHEMA, stores=notebook.Notebook, made_by="1.0"
        )
        backup = made(vault)
        vault.close()
        changed = slots.with_passphrase(
            slots.open(PASSPHRASE), Secret("velvet harbour crows"), notebook.QUICK
        )
        write_key_slots(folder, changed)

        brought_back(backup.path, folder, slots.open(PASSPHRASE), slots=changed)

        assert read_key_slots(folder) == changed

    def test_an_open_vault_is_not_replaced(self, folder, backed_up):
        with notebook.reopen(folder) as vault:
            with pytest.raises(VaultInUse):
                brought_back(backed_up.path, folder)
            with vault.reading() as page:
                assert page.numbers() == [1, 2, 3]

    def test_a_backup_of_another_vault_does_not_take_its_place(self, folder, backed_up, tmp_path):
        slots, key = KeySlots.create(PASSPHRASE, notebook.QUICK)
        other = tmp_path / "Other.optout"
        Vault.create(
            other, slots, key, schema=notebook.SCHEMA, stores=notebook.Notebook, made_by="1.0"
        ).close()

        with pytest.raises(BackupUnusable, match="another vault"):
            brought_back(backed_up.path, other)

        assert read_key_slots(other) == slots

    def test_nothing_is_left_over(self, folder, backed_up, tmp_path):
        brought_back(backed_up.path, folder)

        assert [path for path in tmp_path.rglob(".*") if "room" in path.name or "making" in path.name] == []


class TestHostileBackups:
    @pytest.mark.parametrize(
        "change",
        [
            ["CREATE TRIGGER t AFTER INSERT ON notes BEGIN SELECT load_extension('x'); END"],
            ["CREATE VIEW v AS SELECT * FROM notes"],
            ["CREATE TABLE more (a)"],
            ["DROP TABLE lines"],
            ["ALTER TABLE notes ADD COLUMN b"],
            ["CREATE INDEX i ON notes (title)"],
        ],
        ids=["trigger", "view", "table", "no table", "column", "index"],
    )
    def test_another_schema_is_refused(self, folder, backed_up, change):
        path = rewritten(backed_up, change)

        with pytest.raises(BackupUnusable, match="tables are not those"):
            brought_back(path, folder)

        assert numbers_in(folder) == [1, 2, 3]

    def test_a_newer_schema_names_its_version(self, folder, backed_up):
        path = rewritten(
            backed_up, ["PRAGMA user_version = 2", "UPDATE facts SET value = '7.3' WHERE name = 'made_by'"]
        )

        with pytest.raises(BackupUnusable, match=r"made by OptOut 7\.3, which is newer"):
            brought_back(path, folder)

    def test_a_database_of_another_program_is_refused(self, folder, backed_up):
        path = rewritten(backed_up, ["PRAGMA application_id = 1"])

        with pytest.raises(BackupUnusable, match="not a vault of this app"):
            brought_back(path, folder)

    def test_a_row_that_points_at_nothing_is_refused(self, folder, backed_up):
        path = rewritten(backed_up, ["DELETE FROM notes"])

        with pytest.raises(BackupUnusable, match="Part of it"):
            brought_back(path, folder)

    def test_a_plain_database_in_a_backup_is_refused(self, folder, backed_up, tmp_path):
        plain = tmp_path / "plain"
        connection = dbapi2.connect(str(plain))
        connection.execute("CREATE TABLE notes (a)")
        connection.close()
        path = tmp_path / "plain.optoutbak"
        backup_files.wrap(plain, path, slots=notebook.sealed_slots(), made_at=NOON, made_by="1.0")

        with pytest.raises(BackupUnusable, match="not encrypted"):
            brought_back(path, folder)

    def test_another_key_does_not_read_it(self, folder, backed_up):
        with pytest.raises(BackupUnusable, match="with this key"):
            brought_back(backed_up.path, folder, notebook.key_of("ab" * 16))

    @pytest.mark.parametrize("share", [0.0, 0.001, 0.01, 0.05, 0.5, 0.99, 0.99999])
    def test_a_cut_backup_is_refused_at_any_length(self, folder, backed_up, share):
        content = backed_up.path.read_bytes()
        backed_up.path.write_bytes(content[: int(len(content) * share)])

        with pytest.raises(BackupUnusable):
            brought_back(backed_up.path, folder)

        assert numbers_in(folder) == [1, 2, 3]

    @pytest.mark.parametrize("share", [0.0, 0.01, 0.03, 0.3, 0.6, 0.999])
    def test_a_turned_bit_is_noticed(self, folder, backed_up, share):
        content = bytearray(backed_up.path.read_bytes())
        content[int(len(content) * share)] ^= 4
        backed_up.path.write_bytes(content)

        try:
            restored = brought_back(backed_up.path, folder)
        except BackupUnusable:
            assert numbers_in(folder) == [1, 2, 3]
        else:
            # The turned bit lies in a slot or a date of the header, which the key did not need.
            assert restored.rows == backed_up.rows

    @pytest.mark.parametrize(
        "content", [b"", b"PK\x03\x04", b"OptOut backup 1\n", b"OptOut backup 1\n\xff\xff\xff\xff"]
    )
    def test_any_other_file_is_refused(self, folder, backed_up, tmp_path, content):
        (tmp_path / "x.optoutbak").write_bytes(content)

        with pytest.raises(BackupUnusable):
            key_slots_of(tmp_path / "x.optoutbak")

    def test_a_missing_file_and_a_folder_are_refused(self, tmp_path):
        with pytest.raises(BackupUnusable, match="gone"):
            key_slots_of(tmp_path / "none.optoutbak")
        with pytest.raises(BackupUnusable, match="not a backup"):
            key_slots_of(tmp_path)


class TestTheDamagedPage:
    def test_the_newest_good_backup_is_found_behind_a_bad_one(self, folder, backed_up):
        with notebook.reopen(folder) as vault:
            newer = made(vault, LATER)
        content = bytearray(newer.path.read_bytes())
        content[-1] ^= 1
        newer.path.write_bytes(content)

        found = newest_good(folder, notebook.a_key(), notebook.SCHEMA, "1.0")

        assert found is not None
        assert (found.path, found.made_at) == (backed_up.path, NOON)

    def test_no_backup_is_none(self, folder):
        notebook.written(folder, 1)

        assert newest_good(folder, notebook.a_key(), notebook.SCHEMA, "1.0") is None

    def test_what_would_be_lost_is_counted_where_it_can_still_be_read(self, folder, backed_up):
        lost = would_be_lost(folder, notebook.a_key(), notebook.SCHEMA, backed_up)

        assert lost == (("lines", 3), ("notes", 1))

    def test_what_would_be_lost_is_not_known_where_nothing_can_be_read(self, folder, backed_up):
        (folder / "vault.optout").write_bytes(os.urandom(8192))

        assert would_be_lost(folder, notebook.a_key(), notebook.SCHEMA, backed_up) is None


def test_a_failed_restoring_into_a_new_place_leaves_no_vault(backed_up, tmp_path):
    broken = dataclasses.replace(notebook.SCHEMA, refill_search=lambda connection: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        brought_back(backed_up.path, tmp_path / "New.optout", schema=broken)

    assert not (tmp_path / "New.optout").exists()


def test_a_folder_that_others_may_write_is_not_restored_into(folder, backed_up):
    folder.chmod(0o777)

    with pytest.raises(VaultError, match="Other people"):
        brought_back(backed_up.path, folder)
