# SPDX-License-Identifier: Apache-2.0
"""Saving what is readable of a damaged vault: a new one that opens, counts again and passes its check."""

from __future__ import annotations

import pytest

from optout_desktop.domain.errors import InputError, VaultDamaged, VaultExists, VaultInUse, WrongKey
from optout_desktop.domain.secrets import Secret
from optout_desktop.services.machine import MachinePreferences
from optout_desktop.services.salvaging import Part, save_readable
from optout_desktop.services.vaults import VaultService
from optout_desktop.storage.vault_files import VaultFolder
from tests.fakes import FakeFiles, FakeKeychain, FakePreferenceFile
from tests.services import desks
from tests.storage.damaging import pages_of, tear_page
from tests.storage.notebook import QUICK

KEY = Secret("seven quiet lanterns over water")
REQUESTS = 30


class Enough(Exception):
    """Raised to end the work."""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A closed vault with requests, entries, letters, notes and a file; and what it holds."""
    folder = tmp_path_factory.mktemp("vaults")
    vaults = vaults_in(folder)
    vault = vaults.create("Personal", KEY)
    files = FakeFiles(content={folder / "reply.txt": b"We will not." * 3000})
    desk = open_desk(vault, files)
    jane, northwind = desks.add_jane(desk), desks.add_northwind(desk)
    for number in range(REQUESTS):
        request = desk.requests.start(desks.new_request(jane, northwind))
        desk.requests.record(request.id, desks.entry("sent", desks.TODAY))
        desk.requests.save_note(request.id, f"Note {number}. " * 40)
        if number == 3:
            desk.evidence.add(request.id, folder / "reply.txt")
    rows = desks.rows_of(vault)
    path = desk.path
    desk.close()
    return path, VaultFolder(path=path).database.read_bytes(), rows


def vaults_in(folder):
    machine = MachinePreferences(FakePreferenceFile())
    return VaultService(folder, machine, FakeKeychain(), desks.a_clock(), cost=lambda: QUICK)


def open_desk(vault, files=None):
    outside = desks.an_outside(desks.a_clock(), **({"files": files} if files else {}))
    return desks.open_desk(vault, desks.library(), outside)


@pytest.fixture
def damaged(written, tmp_path):
    """A copy of that vault, to be damaged."""
    path, content, _ = written
    copy = tmp_path / "Personal.optout"
    copy.mkdir(mode=0o700)
    (copy / "keyslots.json").write_bytes((path / "keyslots.json").read_bytes())
    VaultFolder(path=copy).database.write_bytes(content)
    return copy


@pytest.fixture
def rows(written):
    return written[2]


@pytest.fixture
def vaults(tmp_path):
    return vaults_in(tmp_path)


def database(folder):
    return VaultFolder(path=folder).database


def tear_root_of(folder, table):
    vault = vaults_in(folder.parent).unlock(folder, KEY)
    root = vault._raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    vault.close()
    tear_page(database(folder), root)


def save(vaults, damaged, name="Rescued", **changes):
    return save_readable(vaults, open_desk, damaged, KEY, name, **changes)


def parts_of(salvaged):
    return {each.part: each for each in salvaged.parts}


def test_the_new_vault_opens_with_the_same_passphrase_and_holds_every_row_that_was_readable(
    vaults, damaged, rows
):
    before = tear_page(database(damaged), pages_of(database(damaged)) * 2 // 3)
    salvaged = save(vaults, damaged)
    with vaults.unlock(salvaged.path, KEY) as vault:
        now = desks.rows_of(vault)
        checked = open_desk(vault).backups.check()

    assert database(damaged).read_bytes() == before
    assert (checked.is_sound, checked.stale_rows) == (True, 0)
    assert sum(len(each) for each in now.values()) > 0.8 * sum(len(each) for each in rows.values())
    for name in ("people", "companies", "events", "notes", "letters", "evidence", "pieces"):
        assert set(now[name]) <= set(rows[name])


def test_whatever_page_is_torn_the_new_vault_can_be_used_or_it_is_said_that_nothing_can_be_read(
    vaults, damaged
):
    whole, made = database(damaged).read_bytes(), 0
    for page in range(2, pages_of(database(damaged)) + 1, 5):
        tear_page(database(damaged), page)
        try:
            salvaged = save(vaults, damaged, f"Rescued {page}")
        except VaultDamaged:
            continue
        finally:
            database(damaged).write_bytes(whole)
        with vaults.unlock(salvaged.path, KEY) as vault:
            seen = desks.everything(open_desk(vault))
        requests = parts_of(salvaged).get(Part.REQUESTS)
        made += 1

        assert len(seen) == (requests.saved if requests else 0)

    assert made > 5


def test_a_person_who_cannot_be_read_is_put_back_by_name_with_all_requests(vaults, damaged):
    tear_root_of(damaged, "people")
    salvaged = save(vaults, damaged)
    with vaults.unlock(salvaged.path, KEY) as vault:
        [person] = open_desk(vault).people.all()
    people = parts_of(salvaged)[Part.PEOPLE]

    assert (person.name, person.place) == ("Jane Example", "US-CA")
    assert (people.saved, people.unreadable, people.stand_ins) == (0, 1, 1)
    assert parts_of(salvaged)[Part.REQUESTS].saved == REQUESTS


def test_a_file_without_its_bytes_is_left_out_and_counted(vaults, damaged):
    tear_root_of(damaged, "pieces")
    files = parts_of(save(vaults, damaged))[Part.FILES]

    assert (files.saved, files.unreadable, files.left_out) == (0, 0, 1)


def test_requests_whose_rules_are_lost_are_counted_by_todays(vaults, damaged):
    tear_root_of(damaged, "rule_snapshots")
    salvaged = save(vaults, damaged)
    with vaults.unlock(salvaged.path, KEY) as vault:
        desk = open_desk(vault)
        with vault.reading() as stores:
            due = {row.due_on for row in stores.overviews.page(range(1, REQUESTS + 1))}
        desk.close()

    assert parts_of(salvaged)[Part.RULES].unreadable == 1
    assert len(due) == 1
    assert None not in due


def test_of_a_whole_vault_nothing_is_missing(vaults, damaged):
    salvaged = save(vaults, damaged)

    assert salvaged.is_whole
    assert parts_of(salvaged)[Part.REQUESTS].saved == REQUESTS


def test_it_can_be_ended_and_then_nothing_was_made(vaults, damaged, tmp_path):
    def enough(done, _total):
        if done == 20:
            raise Enough

    with pytest.raises(Enough):
        save(vaults, damaged, told=enough)

    assert [path.name for path in tmp_path.glob("*Rescued*")] == []


@pytest.mark.parametrize(
    ("name", "error"), [("Personal", VaultExists), ("../elsewhere", InputError), ("", InputError)]
)
def test_a_name_that_cannot_be_is_refused_before_anything_is_read(vaults, damaged, name, error):
    with pytest.raises(error):
        save(vaults, damaged, name)


def test_a_wrong_passphrase_opens_nothing(vaults, damaged):
    with pytest.raises(WrongKey):
        save_readable(vaults, open_desk, damaged, Secret("nine loud drums"), "Rescued")


def test_a_vault_that_is_open_elsewhere_is_not_read(vaults, damaged):
    with vaults.unlock(damaged, KEY), pytest.raises(VaultInUse):
        save(vaults, damaged)


def test_without_the_first_page_nothing_is_made(vaults, damaged, tmp_path):
    tear_page(database(damaged), 1)
    with pytest.raises(VaultDamaged):
        save(vaults, damaged)

    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".optout"] == ["Personal.optout"]
