# SPDX-License-Identifier: Apache-2.0
"""Vaults of earlier days: each opens with its passphrase, and every row is still there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from optout_desktop.domain.secrets import Secret
from optout_desktop.services.machine import MachinePreferences
from optout_desktop.services.vaults import VaultService
from optout_desktop.storage.keyslots import LEAST_COST, read_key_slots
from optout_desktop.storage.schema import text_of
from optout_desktop.storage.stores import SCHEMA, Stores
from optout_desktop.storage.vault import Vault
from tests.fakes import FakeKeychain, FakePreferenceFile
from tests.museum.make import MADE_BY, ORACLE, PASSPHRASE, make, rows_of
from tests.services import desks

HERE = Path(__file__).parent
NEWEST = HERE / f"v{SCHEMA.version}"
ROOMS = sorted(HERE.glob("v*"))


def a_copy(room, tmp_path):
    """A copy with the modes that a vault has; what is kept under version control has none."""
    path = tmp_path / "Museum.optout"
    shutil.copytree(room / "Museum.optout", path)
    path.chmod(0o700)
    for file in path.iterdir():
        file.chmod(0o600)
    return path


def opened(path):
    key = read_key_slots(path).open(Secret(PASSPHRASE))
    return Vault.open(path, key, schema=SCHEMA, stores=Stores, made_by=MADE_BY)


def test_there_is_a_vault_of_this_schema_and_it_is_small():
    size = sum(file.stat().st_size for file in NEWEST.rglob("*") if file.is_file())

    assert NEWEST in ROOMS
    assert size < 500 * 1024
    assert read_key_slots(NEWEST / "Museum.optout").passphrase.cost == LEAST_COST


def test_every_row_of_the_newest_one_is_as_it_was_written(tmp_path):
    oracle = json.loads((NEWEST / ORACLE).read_text(encoding="utf-8"))
    with opened(a_copy(NEWEST, tmp_path)) as vault:
        rows = rows_of(vault)

    assert all(oracle.values()), "a table without rows proves nothing"
    assert rows == oracle


def test_its_schema_is_word_for_word_that_of_a_new_vault(tmp_path):
    with opened(a_copy(NEWEST, tmp_path)) as vault:
        found = text_of(vault._raw)
    with desks.create(tmp_path / "New.optout") as vault:
        fresh = text_of(vault._raw)

    assert found == fresh == SCHEMA.text()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_each_opens_as_a_person_opens_it_and_is_sound(room, tmp_path):
    path = a_copy(room, tmp_path)
    machine = MachinePreferences(FakePreferenceFile())
    vaults = VaultService(tmp_path, machine, FakeKeychain(), desks.a_clock())
    with vaults.unlock(path, Secret(PASSPHRASE)) as vault:
        desk = desks.open_desk(vault, desks.library(), desks.an_outside(desks.a_clock()))
        before = desks.digest_of(vault)
        checked = desk.backups.check()
        after = desks.digest_of(vault)

    oracle = json.loads((room / ORACLE).read_text(encoding="utf-8"))
    assert checked.is_sound
    assert (checked.stale_rows, checked.requests) == (0, len(oracle["requests"]))
    assert before == after


def test_a_vault_made_today_has_rows_in_every_table(tmp_path):
    make(tmp_path / "v")

    rows = json.loads((tmp_path / "v" / ORACLE).read_text(encoding="utf-8"))
    assert {name for name, found in rows.items() if not found} == set()
