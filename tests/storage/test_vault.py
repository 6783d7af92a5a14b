# SPDX-License-Identifier: Apache-2.0
"""The open vault: all or nothing, one owner, and never a plain file."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import stat
import threading

import pytest
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from optout_desktop.domain.errors import (
    VaultDamaged,
    VaultError,
    VaultExists,
    VaultInUse,
    VaultMissing,
    VaultMoved,
    VaultNotEncrypted,
    VaultTooNew,
)
from optout_desktop.storage.data_key import DataKey, VaultId, new_vault_id
from optout_desktop.storage.migrations import Step, steps_between
from optout_desktop.storage.vault import Vault
from tests.storage import notebook

NEWER = dataclasses.replace(notebook.SCHEMA, version=9999)


def digest_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def in_another_thread(job):
    caught = []

    def run():
        try:
            job()
        except (RuntimeError, dbapi2.ProgrammingError) as error:
            caught.append(str(error))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return caught


class TestSessions:
    def test_what_was_written_is_there_after_closing_and_opening(self, folder):
        notebook.written(folder, 3)

        with notebook.reopen(folder) as vault, vault.reading() as notes:
            assert notes.numbers() == [0, 1, 2]
            assert notes.torn() == []

    def test_writing_keeps_nothing_if_the_block_fails(self, notes):
        def change():
            with notes.writing() as page:
                page.add(1)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            change()

        with notes.reading() as page:
            assert page.numbers() == []

    def test_a_broken_constraint_is_a_bug_and_keeps_nothing(self, notes):
        with notes.writing() as page:
            page.add(1)

        def change():
            with notes.writing() as page:
                page.add(2)
                page.add(1)

        with pytest.raises(IntegrityError):
            change()

        with notes.reading() as page:
            assert page.numbers() == [1]

    def test_reading_leaves_nothing_behind(self, notes):
        with notes.reading() as page:
            page.add(1)

        with notes.reading() as page:
            assert page.numbers() == []

    def test_watchers_are_told_after_what_was_kept_and_not_otherwise(self, notes):
        told = []

        def look():
            with notes.reading() as page:
                told.append(page.numbers())

        notes.watch(look)
        with notes.writing() as page:
            page.add(7)
        with notes.reading():
            pass
        with pytest.raises(ZeroDivisionError), notes.writing():
            raise ZeroDivisionError

        assert told == [[7]]

    def test_a_session_within_a_session_is_a_bug(self, notes):
        with notes.reading(), pytest.raises(RuntimeError, match="one session"), notes.reading():
            pass

        with notes.reading() as page:
            assert page.numbers() == []

    def test_another_thread_is_refused_by_the_vault_and_by_the_driver(self, notes):
        def look():
            with notes.reading() as page:
                page.numbers()

        assert in_another_thread(look) == ["a vault is used from the thread that opened it"]
        [refusal] = in_another_thread(lambda: notes._raw.execute("SELECT 1"))
        assert "can only be used in that same thread" in refusal

    def test_a_closed_vault_cannot_be_used(self, notes):
        notes.close()
        notes.close()

        with pytest.raises(RuntimeError, match="while it is open"), notes.reading():
            pass


class TestOpening:
    def test_the_file_begins_with_the_id_of_the_vault_and_not_as_a_plain_database(self, folder):
        notebook.written(folder, 1)

        assert (folder / "vault.optout").read_bytes()[:16].hex() == notebook.VAULT_ID

    def test_a_closed_vault_is_a_single_database_file(self, folder):
        notebook.written(folder, 50)

        assert sorted(path.name for path in folder.iterdir()) == [
            "backups",
            "keyslots.json",
            "lock",
            "vault.optout",
        ]

    def test_the_connection_is_set_as_the_design_says(self, notes):
        wanted = {
            "journal_mode": "wal",
            "synchronous": 2,
            "locking_mode": "exclusive",
            "temp_store": 2,
            "secure_delete": 1,
            "foreign_keys": 1,
            "trusted_schema": 0,
            "cell_size_check": 1,
            "cache_size": -32768,
            "application_id": 0x4F70744F,
            "user_version": 1,
            "cipher_memory_security": "0",
        }

        with notes.reading() as page:
            found = {
                name: page.connection.exec_driver_sql(f"PRAGMA {name}").scalar_one_or_none()
                for name in wanted
            }

        assert found == wanted

    @pytest.mark.parametrize(
        "statement",
        [
            "ATTACH DATABASE ':memory:' AS other",
            "SELECT load_extension('x')",
            "PRAGMA writable_schema = ON",
            "VACUUM INTO '/nowhere'",
        ],
    )
    def test_doors_out_of_the_file_are_shut(self, notes, statement):
        with pytest.raises(dbapi2.DatabaseError, match=r"not authorized|prohibited|authorization denied"):
            notes._raw.execute(statement)

    def test_a_second_opening_in_the_same_process_is_refused_with_its_number(self, notes, folder):
        with pytest.raises(VaultInUse) as caught:
            notebook.reopen(folder)

        assert caught.value.process == os.getpid()

    def test_two_vaults_may_be_open_at_once(self, notes, tmp_path):
        with notebook.create(tmp_path / "Work.optout") as other, other.reading() as page:
            assert page.numbers() == []

    def test_a_plain_database_is_not_opened(self, folder):
        notebook.written(folder, 1)
        database = folder / "vault.optout"
        database.unlink()
        plain = dbapi2.connect(str(database))
        plain.execute("CREATE TABLE t (a)")
        plain.close()
        before = digest_of(database)

        with pytest.raises(VaultNotEncrypted):
            notebook.reopen(folder)

        assert digest_of(database) == before

    def test_another_key_finds_a_damaged_file(self, folder):
        notebook.written(folder, 1)
        other = DataKey.fresh(VaultId(notebook.VAULT_ID))

        with pytest.raises(VaultDamaged):
            Vault.open(folder, other, schema=notebook.SCHEMA, stores=notebook.Notebook, made_by="1.0")

    def test_a_wrong_key_prints_nothing(self, folder, capfd):
        notebook.written(folder, 1)

        with pytest.raises(VaultDamaged):
            Vault.open(
                folder,
                DataKey.fresh(VaultId(notebook.VAULT_ID)),
                schema=notebook.SCHEMA,
                stores=notebook.Notebook,
                made_by="1.0",
            )

        assert capfd.readouterr() == ("", "")

    def test_another_vaults_file_is_told_from_its_first_bytes(self, folder):
        notebook.written(folder, 1)

        with pytest.raises(VaultDamaged) as caught:
            Vault.open(
                folder,
                notebook.key_of(new_vault_id()),
                schema=notebook.SCHEMA,
                stores=notebook.Notebook,
                made_by="1.0",
            )

        assert caught.value.detail == "The first page is not this vault's."

    def test_opening_what_is_not_there_says_so(self, folder):
        with pytest.raises(VaultMissing) as caught:
            notebook.reopen(folder)

        assert caught.value.name == "Personal"
        assert not folder.exists()

    def test_a_missing_database_is_never_made_anew(self, folder):
        notebook.written(folder, 1)
        (folder / "vault.optout").unlink()

        with pytest.raises(VaultDamaged) as caught:
            notebook.reopen(folder)

        assert caught.value.detail == "The vault's file is gone."
        assert not (folder / "vault.optout").exists()

    def test_after_a_failed_opening_the_vault_can_be_opened(self, folder):
        notebook.written(folder, 1)
        with pytest.raises(VaultTooNew):
            _marked(folder, NEWER)
        with notebook.reopen(folder, NEWER, made_by="99.1") as vault:
            assert vault.schema_version == 9999

    def test_a_newer_vault_names_its_version_and_is_not_touched(self, folder):
        _newer(folder)
        before = {path.name: digest_of(path) for path in folder.iterdir() if path.name.startswith("vault")}

        with pytest.raises(VaultTooNew) as caught:
            notebook.reopen(folder, made_by="1.0")

        assert (caught.value.made_by, caught.value.this_is) == ("99.1", "1.0")
        assert {p.name: digest_of(p) for p in folder.iterdir() if p.name.startswith("vault")} == before

    def test_the_version_that_used_it_last_is_noted(self, folder):
        notebook.written(folder, 1)
        notebook.reopen(folder, made_by="1.7").close()

        with notebook.reopen(folder, made_by="1.7") as vault, vault.reading() as page:
            noted = dict(page.connection.execute(notebook.facts.select()).all())

        assert noted == {"id": notebook.VAULT_ID, "made_by": "1.7"}


def _newer(folder):
    vault = Vault.create(
        folder,
        notebook.sealed_slots(),
        notebook.a_key(),
        schema=NEWER,
        stores=notebook.Notebook,
        made_by="99.1",
    )
    vault.close()


def _marked(folder, schema):
    with notebook.reopen(folder) as vault:
        vault.migrate((Step(version=schema.version, name="leap", statements=()),))
    return notebook.reopen(folder)


class TestCreating:
    def test_a_vault_is_never_made_over_another(self, folder):
        notebook.written(folder, 2)

        with pytest.raises(VaultExists):
            notebook.create(folder)

        with notebook.reopen(folder) as vault, vault.reading() as page:
            assert page.numbers() == [0, 1]

    def test_a_failed_making_leaves_nothing(self, tmp_path, folder):
        def fail(connection):
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            notebook.create(folder, dataclasses.replace(notebook.SCHEMA, create_search=fail))

        assert list(tmp_path.glob("*Personal*")) == []

    def test_every_file_is_private_under_an_open_umask(self, folder):
        before = os.umask(0)
        try:
            vault = notebook.create(folder)
            with vault.writing() as page:
                page.add(1)
            found = {
                path.relative_to(folder).as_posix(): stat.S_IMODE(path.stat().st_mode)
                for path in folder.rglob("*")
            }
            vault.close()
        finally:
            os.umask(before)

        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert found == {
            "backups": 0o700,
            "keyslots.json": 0o600,
            "lock": 0o600,
            "vault.optout": 0o600,
            "vault.optout-wal": 0o600,
        }

    @pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
    def test_a_folder_that_others_may_write_is_refused(self, folder, mode):
        notebook.written(folder, 1)
        folder.chmod(mode)

        with pytest.raises(VaultError, match="Other people"):
            notebook.reopen(folder)

    def test_a_name_may_hold_signs_of_addresses(self, tmp_path):
        folder = tmp_path / "Zoë? #1 & 50%.optout"
        notebook.written(folder, 1)

        with notebook.reopen(folder) as vault:
            assert vault.place.name == "Zoë? #1 & 50%"


class TestTheFileUnderIt:
    def test_a_removed_file_is_noticed_before_the_next_change(self, notes, folder):
        (folder / "vault.optout").unlink()

        with pytest.raises(VaultMoved), notes.writing() as page:
            page.add(1)

    def test_a_replaced_file_is_noticed_before_the_next_change(self, notes, folder):
        database = folder / "vault.optout"
        database.with_name("copy").write_bytes(database.read_bytes())
        database.with_name("copy").replace(database)
        before = digest_of(database)

        with pytest.raises(VaultMoved), notes.writing() as page:
            page.add(1)

        assert digest_of(database) == before

    def test_closing_overwrites_the_key(self, folder):
        vault = notebook.create(folder)
        key = vault.data_key
        exposed = key.exposed()

        vault.close()

        assert exposed == bytearray(32)
        assert key.is_wiped


class TestChecking:
    def test_a_sound_vault_is_found_sound_with_its_rows(self, notes):
        with notes.writing() as page:
            page.add(1)

        report = notes.check()

        assert report.is_sound
        assert dict(report.rows) == {"facts": 2, "lines": 3, "notes": 1}

    def test_a_turned_page_is_named(self, folder):
        notebook.written(folder, 2000)
        database = folder / "vault.optout"
        content = bytearray(database.read_bytes())
        content[40 * 4096 + 100] ^= 1
        database.write_bytes(content)

        with notebook.reopen(folder) as vault:
            report = vault.check()

        assert not report.is_sound
        assert "page 41" in report.seals[0]

    def test_a_row_that_points_at_nothing_is_named(self, notes):
        with notes.writing() as page:
            page.add(1)
            page.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        notes._raw.execute("PRAGMA foreign_keys = OFF")
        with notes.writing() as page:
            page.connection.execute(notebook.notes.delete())

        assert notes.check().orphans == ("lines row 1", "lines row 2", "lines row 3")


class TestMigrating:
    TWO = dataclasses.replace(notebook.SCHEMA, version=2)

    def test_an_older_vault_must_be_migrated_before_it_is_used(self, folder):
        notebook.written(folder, 1)

        with notebook.reopen(folder, self.TWO) as vault:
            assert vault.is_behind
            with pytest.raises(RuntimeError, match="migrated first"), vault.reading():
                pass

    def test_a_step_is_taken_whole_and_the_rows_stay(self, folder, tmp_path):
        notebook.written(folder, 2)
        (tmp_path / "0002_2027-03-01_add_colour.sql").write_text(
            "-- notes get a colour\n"
            "ALTER TABLE notes ADD COLUMN colour TEXT;\n"
            "CREATE TRIGGER paint AFTER INSERT ON notes BEGIN\n"
            "  UPDATE notes SET colour = 'grey' WHERE number = new.number;\n"
            "END;\n"
        )

        with notebook.reopen(folder, self.TWO) as vault:
            vault.migrate(steps_between(1, 2, tmp_path))
            with vault.writing() as page:
                page.add(9)
            with vault.reading() as page:
                colours = page.connection.exec_driver_sql("SELECT number, colour FROM notes").all()

        assert colours == [(0, None), (1, None), (9, "grey")]

    def test_a_step_that_fails_changes_nothing(self, folder):
        notebook.written(folder, 2)
        broken = Step(version=2, name="broken", statements=("DROP TABLE lines", "DROP TABLE ghosts"))

        with notebook.reopen(folder, self.TWO) as vault:
            with pytest.raises(Exception, match="no such table"):
                vault.migrate((broken,))
            assert vault.is_behind

        with notebook.reopen(folder) as vault, vault.reading() as page:
            assert page.torn() == []


def test_the_apps_own_tables_make_a_vault(vault):
    assert vault.check().is_sound
