# SPDX-License-Identifier: Apache-2.0
"""From the first schema to this one: every row comes along, a backup lies beside it, and no half step is kept."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys

import pytest

from optout_desktop.domain.errors import VaultDamaged, VaultTooNew
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.secrets import Secret
from optout_desktop.services.machine import MachinePreferences
from optout_desktop.services.vaults import VaultService
from optout_desktop.storage import backups
from optout_desktop.storage.cipher import connect_for_reading, connect_for_writing
from optout_desktop.storage.keyslots import read_key_slots
from optout_desktop.storage.schema import text_of
from optout_desktop.storage.stores import SCHEMA, Stores
from optout_desktop.storage.vault import Vault, version_of
from optout_desktop.storage.vault_files import VaultFolder
from tests.fakes import FakeKeychain, FakePreferenceFile
from tests.museum.make import ORACLE, PASSPHRASE, rows_of
from tests.museum.test_museum import HERE, a_copy
from tests.services import desks

EARLIER = [HERE / f"v{version}" for version in range(1, SCHEMA.version)]
FIRST = HERE / "v1"
ROOT = HERE.parents[1]


@pytest.fixture
def vaults(tmp_path):
    return VaultService(tmp_path, MachinePreferences(FakePreferenceFile()), FakeKeychain(), desks.a_clock())


@pytest.fixture
def first(tmp_path):
    return a_copy(FIRST, tmp_path)


def in_the_new_shape(oracle):
    """The rows of an earlier schema as they must stand in this one; who made them last is not their affair."""
    rows = {table.name: [] for table in SCHEMA.metadata.sorted_tables} | oracle
    if "request_facts" not in oracle:
        rows["letters"] = [[*row, None, 0] for row in oracle["letters"]]
    return {name: found for name, found in rows.items() if name != "facts"}


@pytest.mark.parametrize("room", EARLIER, ids=lambda room: room.name)
def test_every_row_of_an_earlier_schema_comes_along(vaults, room, tmp_path):
    oracle = json.loads((room / ORACLE).read_text(encoding="utf-8"))
    with vaults.unlock(a_copy(room, tmp_path), Secret(PASSPHRASE)) as vault:
        rows = rows_of(vault)
        version = vault.schema_version

    assert oracle["letters"]
    assert version == SCHEMA.version
    assert {name: found for name, found in rows.items() if name != "facts"} == in_the_new_shape(oracle)


def test_a_migrated_vault_has_word_for_word_the_schema_of_a_new_one(vaults, first):
    with vaults.unlock(first, Secret(PASSPHRASE)) as vault:
        found = text_of(vault._raw)

    assert found == SCHEMA.text()


def test_letters_that_were_sent_before_are_shown_and_letters_made_now_are_kept(vaults, first):
    with vaults.unlock(first, Secret(PASSPHRASE)) as vault:
        desk = desks.open_desk(vault, desks.library(), desks.an_outside(desks.a_clock()))
        with vault.reading() as stores:
            requests = stores.requests.many(stores.requests.ids())
        sent = next(one for one in requests if one.sent_on)
        kept = desk.requests.detail(sent.id).letters
        draft = next(one for one in requests if not one.sent_on and not one.binned_on)
        left = desk.sending.text(desk.letters.view(draft.id, LetterKind.REQUEST))
        [made] = desk.sending.made(draft.id)
        content = desk.sending.sent_bytes(made.id).decode()

    assert [letter.way for letter in kept] == [None]
    assert content == left


def test_a_backup_of_the_first_schema_lies_beside_it_and_can_be_restored_by_this_version(
    vaults, first, tmp_path
):
    with vaults.unlock(first, Secret(PASSPHRASE)) as vault:
        rows = rows_of(vault) | {"facts": []}
    [kept] = backups.automatic_backups(VaultFolder(path=first))
    again = tmp_path / "Again.optout"
    vaults.restore(kept.path, Secret(PASSPHRASE), into=again)
    with vaults.unlock(again, Secret(PASSPHRASE)) as vault:
        found = rows_of(vault) | {"facts": []}

    assert found == rows


def test_the_backup_before_the_migration_is_in_the_old_schema(vaults, first, tmp_path):
    key = read_key_slots(first).open(Secret(PASSPHRASE))
    vaults.unlock(first, Secret(PASSPHRASE)).close()
    [kept] = backups.automatic_backups(VaultFolder(path=first))
    backups.unwrap(kept.path, tmp_path / "database")
    raw = connect_for_reading(tmp_path / "database", key)
    version = version_of(raw)
    raw.close()

    assert version == 1


def test_where_no_backup_can_be_made_nothing_is_migrated(vaults, first):
    (first / "backups").write_text("a file where the folder should be")
    before = hashlib.sha256((first / "vault.optout").read_bytes()).hexdigest()

    with pytest.raises(FileExistsError):
        vaults.unlock(first, Secret(PASSPHRASE))

    assert hashlib.sha256((first / "vault.optout").read_bytes()).hexdigest() == before


def test_killed_after_any_statement_it_is_the_old_vault_still(first):
    finished = subprocess.run(
        [sys.executable, "-m", "tests.museum.killed_migration", first, PASSPHRASE],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )

    assert finished.returncode == 0, finished.stderr[-3000:]
    answer = json.loads(finished.stdout.splitlines()[-1])
    assert len(answer["found"]) > 5
    assert answer["before"][1] == 1
    assert [state for state in answer["found"] if state != answer["before"]] == []
    assert answer["is_sound"]


def test_a_vault_of_a_later_version_is_refused_and_not_touched(tmp_path, vaults):
    path = a_copy(HERE / f"v{SCHEMA.version}", tmp_path)
    key = read_key_slots(path).open(Secret(PASSPHRASE))
    raw = connect_for_writing(path / "vault.optout", key)
    raw.execute(f"PRAGMA user_version = {SCHEMA.version + 1}")
    raw.close()
    before = hashlib.sha256((path / "vault.optout").read_bytes()).hexdigest()

    with pytest.raises(VaultTooNew):
        vaults.unlock(path, Secret(PASSPHRASE))

    assert hashlib.sha256((path / "vault.optout").read_bytes()).hexdigest() == before


def test_a_backup_whose_tables_are_not_those_of_its_version_is_refused(vaults, first, tmp_path):
    key = read_key_slots(first).open(Secret(PASSPHRASE))
    raw = connect_for_writing(first / "vault.optout", key)
    raw.execute("CREATE TRIGGER sly AFTER INSERT ON notes BEGIN DELETE FROM notes; END")
    raw.close()
    with (
        Vault.open(first, key, schema=SCHEMA, stores=Stores, made_by="1.0") as vault,
        pytest.raises(VaultDamaged),
    ):
        backups.back_up(vault, when=desks.a_clock().now(), made_by="1.0", to=tmp_path / "sly.optoutbak")

    assert not (tmp_path / "sly.optoutbak").exists()
