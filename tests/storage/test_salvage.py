# SPDX-License-Identifier: Apache-2.0
"""What can still be read of a torn vault goes into a new database, and the rest is counted."""

from __future__ import annotations

import pytest

from optout_desktop.domain.errors import VaultDamaged, VaultTooNew
from optout_desktop.storage.cipher import connect_for_reading
from optout_desktop.storage.data_key import DataKey, new_vault_id
from optout_desktop.storage.salvage import Keyed, Mending, salvage
from optout_desktop.storage.schema import Schema
from optout_desktop.storage.vault import examined
from optout_desktop.storage.vault_files import VaultFolder
from tests.storage import notebook
from tests.storage.damaging import pages_of, tear_page

NOTES = 200
LONG = "x" * 10_000


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A closed vault of many notes, of which every tenth has long lines; and what its file holds."""
    folder = tmp_path_factory.mktemp("vaults") / "Torn.optout"
    with notebook.create(folder) as vault:
        with vault.writing() as book:
            for number in range(1, NOTES + 1):
                book.add(number, f"{number} {LONG}" if number % 10 == 0 else "")
        with vault.reading() as book:
            rows = everything(book.connection)
    return folder, VaultFolder(path=folder).database.read_bytes(), rows


@pytest.fixture
def torn(written):
    """The folder of that vault, whole at first."""
    folder, content, _ = written
    VaultFolder(path=folder).database.write_bytes(content)
    return folder


@pytest.fixture
def rows(written):
    return written[2]


@pytest.fixture
def new(tmp_path):
    return Keyed(path=tmp_path / "new", data_key=DataKey.fresh(new_vault_id()))


def everything(connection):
    return {
        table.name: {tuple(row) for row in connection.execute(table.select())}
        for table in (notebook.notes, notebook.lines)
    }


def saved_in(new):
    raw = connect_for_reading(new.path, new.data_key)
    try:
        rows = {
            table.name: {tuple(row) for row in raw.execute(str(table.select()))}
            for table in (notebook.notes, notebook.lines)
        }
        return rows, examined(raw, notebook.SCHEMA)
    finally:
        raw.close()


def save(folder, new, **changes):
    source = Keyed(path=folder, data_key=notebook.a_key())
    wanted = {"schema": notebook.SCHEMA, "this_is": "1.0"} | changes
    return {each.table: each for each in salvage(source, new, **wanted)}


def database(folder):
    return VaultFolder(path=folder).database


def test_of_a_whole_vault_everything_goes_across(torn, new, rows):
    outcomes = save(torn, new)
    saved, report = saved_in(new)

    assert saved == rows
    assert report.is_sound
    assert all(not (each.unreadable or each.left_out) for each in outcomes.values())


def test_whatever_page_is_torn_what_was_saved_is_what_was_written_and_the_rest_is_counted(
    torn, rows, tmp_path
):
    lost = 0
    for page in range(2, pages_of(database(torn)) + 1, 3):
        whole = database(torn).read_bytes()
        damaged = tear_page(database(torn), page)
        new = Keyed(path=tmp_path / f"new-{page}", data_key=DataKey.fresh(new_vault_id()))
        outcomes = save(torn, new)
        saved, report = saved_in(new)
        untouched = database(torn).read_bytes()
        database(torn).write_bytes(whole)

        assert report.is_sound
        assert untouched == damaged
        for name, written in rows.items():
            outcome = outcomes[name]
            assert saved[name] <= written
            assert outcome.saved == len(saved[name])
            assert outcome.is_exact
            assert outcome.saved + outcome.unreadable + outcome.left_out == len(written)
            lost += outcome.unreadable

    assert lost > 0


def test_a_torn_page_costs_only_its_own_rows(torn, new, rows):
    tear_page(database(torn), pages_of(database(torn)) // 2)
    outcomes = save(torn, new)
    missing = sum(each.unreadable for each in outcomes.values())

    assert 1 <= missing <= 3


def test_lines_whose_note_is_lost_are_left_out_and_counted(torn, new):
    raw = connect_for_reading(database(torn), notebook.a_key())
    [root] = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'notes'").fetchone()
    raw.close()
    tear_page(database(torn), root)
    outcomes = save(torn, new)
    _, report = saved_in(new)

    assert outcomes["notes"].saved == 0
    assert outcomes["lines"].unreadable == 0
    assert outcomes["lines"].left_out == NOTES * notebook.LINES
    assert report.is_sound


def test_a_stand_in_keeps_what_belongs_to_it(torn, new):
    raw = connect_for_reading(database(torn), notebook.a_key())
    [root] = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'notes'").fetchone()
    raw.close()
    tear_page(database(torn), root)
    mending = Mending(stand_ins={"notes": lambda _reader: iter([{"number": 7, "title": "a stand-in"}])})
    outcomes = save(torn, new, mending=mending)

    assert outcomes["notes"].stand_ins == 1
    assert outcomes["lines"].saved == notebook.LINES


def test_where_no_index_tells_how_many_there_were_that_is_said(torn, new):
    raw = connect_for_reading(database(torn), notebook.a_key())
    [root] = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_lines_note'").fetchone()
    raw.close()
    tear_page(database(torn), root)
    tear_page(database(torn), pages_of(database(torn)) // 2)
    lines = save(torn, new)["lines"]

    assert not lines.is_exact
    assert lines.unreadable >= 1
    assert lines.saved >= NOTES * notebook.LINES - 3


def test_it_can_be_ended_at_any_row_and_leaves_nothing_behind(torn, new, tmp_path):
    class Enough(Exception):
        pass

    told = []

    def enough(done, total):
        told.append((done, total))
        if done == 50:
            raise Enough

    with pytest.raises(Enough):
        save(torn, new, told=enough)

    assert told[-1] == (50, NOTES * (1 + notebook.LINES) + 2)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_without_the_first_page_nothing_can_be_read(torn, new):
    tear_page(database(torn), 1)
    with pytest.raises(VaultDamaged):
        save(torn, new)

    assert not new.path.exists()


def test_a_file_that_ends_within_a_page_is_read_up_to_its_last_whole_one(torn, new, rows):
    size = database(torn).stat().st_size
    with database(torn).open("r+b") as file:
        file.truncate(size - 100)
    outcomes = save(torn, new)

    assert 0 < sum(each.unreadable for each in outcomes.values()) < 10


def test_what_only_the_log_holds_is_saved_too(torn, new, rows):
    vault = notebook.reopen(torn)
    with vault.writing() as book:
        book.add(NOTES + 1)
    copy = torn.with_name("Crashed.optout")
    copy.mkdir()
    for path in (database(torn), VaultFolder(path=torn).write_ahead_log):
        (copy / path.name).write_bytes(path.read_bytes())
    vault.close()
    outcomes = save(copy, new)

    assert outcomes["notes"].saved == NOTES + 1


def test_a_newer_vault_is_not_read(torn, new):
    newer = Schema(version=9, metadata=notebook.metadata, create_search=notebook.create_search)
    later = torn.with_name("Later.optout")
    notebook.create(later, schema=newer, made_by="9.0").close()
    with pytest.raises(VaultTooNew):
        save(later, new)


def test_a_page_of_zeros_is_noticed_although_the_cipher_lets_it_pass(torn, new, rows):
    content = bytearray(database(torn).read_bytes())
    middle = pages_of(database(torn)) // 2 * 4096
    content[middle : middle + 4096] = bytes(4096)
    database(torn).write_bytes(content)
    outcomes = save(torn, new)
    saved, _ = saved_in(new)

    assert sum(each.unreadable for each in outcomes.values()) >= 1
    assert all(saved[name] <= written for name, written in rows.items())


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_of_a_file_that_ends_too_early_the_beginning_is_saved(torn, new, rows, part):
    with database(torn).open("r+b") as file:
        file.truncate(int(database(torn).stat().st_size * part))
    outcomes = save(torn, new)
    saved, report = saved_in(new)

    assert report.is_sound
    assert sum(each.unreadable for each in outcomes.values()) >= 1
    assert all(saved[name] <= written for name, written in rows.items())
