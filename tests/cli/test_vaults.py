# SPDX-License-Identifier: Apache-2.0
import pytest

from tests.cli.conftest import PASSPHRASE, a_private_file
from tests.storage.damaging import tear_page


def test_a_name_makes_a_vault_in_the_usual_place(bare):
    made = bare.data("vault", "create", "Personal")

    assert made == {"path": str(bare.home / "vaults" / "Personal.optout"), "name": "Personal"}
    assert bare.data("person", "list") == []


@pytest.mark.parametrize("typed", ["here/Mine", "here/Mine.optout"])
def test_a_folder_makes_a_vault_anywhere(bare, typed):
    made = bare.data("vault", "create", bare.home / typed)

    assert made["path"] == str(bare.home / "here" / "Mine.optout")


def test_a_vault_that_exists_is_not_overwritten(optout):
    answer = optout("vault", "create", "Personal")

    assert answer.status == 1
    assert answer.err.startswith("There is already a vault named “Personal” here.")
    assert [one["name"] for one in optout.data("person", "list")] == ["Jane Doe"]


def test_a_weak_passphrase_makes_no_vault(bare):
    a_private_file(bare.passphrase_file, "password")
    answer = bare("vault", "create", "Personal")

    assert (answer.status, answer.out) == (1, "")
    assert not (bare.home / "vaults" / "Personal.optout").exists()


def test_a_new_vault_wants_a_name(bare):
    assert bare("vault", "create").status == 2


def test_a_sound_vault_is_found_sound(optout):
    checked = optout.data("vault", "check")

    assert (checked["is_sound"], checked["problems"], checked["stale_rows"]) == (True, [], 0)


def test_a_damaged_vault_ends_with_1(optout):
    file = next((optout.home / "vaults" / "Personal.optout").glob("vault*"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2 :: 97] = bytes(len(content[len(content) // 2 :: 97]))
    file.write_bytes(content)
    answer = optout("vault", "check")

    assert answer.status == 1
    assert "damaged" in answer.err


def test_a_backup_is_brought_back_and_the_old_file_is_kept(optout, draft):
    saved = optout.data("vault", "backup")
    optout.data("request", "record", draft, "sent", "--on", "2026-03-02", "--as-of", "2026-03-02")
    back = optout.data("vault", "restore", saved["path"])

    assert (saved["requests"], back["requests"]) == (1, 1)
    assert back["path"] == str(optout.home / "vaults" / "Personal.optout")
    assert back["kept"]
    assert [one["status"] for one in optout.data("request", "list")] == ["draft"]


def test_a_backup_goes_where_it_is_told(optout, tmp_path):
    saved = optout.data("vault", "backup", "-o", tmp_path / "saved.optout-backup")

    assert saved["path"] == str(tmp_path / "saved.optout-backup")
    assert (tmp_path / "saved.optout-backup").stat().st_size == saved["size_bytes"]


def test_a_backup_is_restored_beside_the_vault_where_that_is_asked(optout, tmp_path):
    saved = optout.data("vault", "backup", "-o", tmp_path / "saved.optout-backup")
    back = optout.data("vault", "restore", saved["path"], "--vault", tmp_path / "Copy")

    assert back["path"] == str(tmp_path / "Copy.optout")
    assert [one["name"] for one in optout.data("person", "list", "--vault", tmp_path / "Copy")] == [
        "Jane Doe"
    ]


def test_what_is_no_backup_is_not_restored(optout, tmp_path):
    (tmp_path / "holiday.jpg").write_bytes(b"no backup")
    answer = optout("vault", "restore", tmp_path / "holiday.jpg")

    assert (answer.status, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert optout("person", "list").status == 0


def test_the_passphrase_changes_and_the_old_one_opens_nothing_any_more(optout, tmp_path):
    new = a_private_file(tmp_path / "new", "eight green owls count business days")
    changed = optout("vault", "passwd", "--new-passphrase-file", new)

    assert changed.status == 0
    assert optout("person", "list").status == 1
    assert optout.type("person", "list", "--passphrase-file", new).status == 0


def test_a_new_passphrase_may_not_be_ones_own_name(optout, tmp_path):
    new = a_private_file(tmp_path / "new", "jane doe jane doe")
    answer = optout("vault", "passwd", "--new-passphrase-file", new)

    assert answer.status == 1
    assert optout("person", "list").status == 0


def test_no_passphrase_stands_in_what_a_command_says(optout):
    answer = optout("vault", "check", "--json")

    assert PASSPHRASE not in answer.out + answer.err


def test_what_is_readable_of_a_damaged_vault_is_saved_into_a_new_one(optout, draft):
    file = optout.home / "vaults" / "Personal.optout" / "vault.optout"
    torn = tear_page(file, 2)
    refused = optout("request", "list")
    saved = optout.data("vault", "salvage", "Rescued")
    parts = {one["part"]: one["saved"] for one in saved["parts"]}

    assert refused.status == 1
    assert (saved["is_whole"], parts["people"], parts["requests"]) == (True, 1, 1)
    assert file.read_bytes() == torn
    assert [one["name"] for one in optout.data("person", "list", "--vault", saved["path"])] == ["Jane Doe"]


def test_a_new_vault_is_named_once(bare):
    answer = bare("vault", "create", "Personal", "--vault", bare.home / "Other")

    assert answer.status == 2
    assert list((bare.home).glob("**/*.optout")) == []


@pytest.mark.parametrize("typed", ["", ".", "/"])
def test_what_names_no_vault_makes_none(bare, tmp_path, monkeypatch, typed):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    answer = bare("vault", "create", typed)

    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith(f"“{typed}” names no vault.")
    assert list(tmp_path.glob("**/*.optout")) == []


def test_a_vault_below_a_file_is_refused_in_a_sentence(bare):
    answer = bare("vault", "create", bare.passphrase_file / "Mine")

    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith(f"“{bare.passphrase_file}” cannot be used: ")


def test_a_backup_goes_neither_over_a_folder_nor_into_the_vault(optout, tmp_path):
    vault = optout.home / "vaults" / "Personal.optout"
    before = (vault / "keyslots.json").read_bytes()
    folder = optout("vault", "backup", "-o", tmp_path)
    empty = optout("vault", "backup", "-o", "")
    inside = optout("vault", "backup", "-o", vault / "keyslots.json")
    stream = optout("vault", "backup", "-o", "-")

    assert (folder.status, folder.err) == (1, f"“{tmp_path}” is a folder. Name a file in it.\n")
    assert (empty.status, empty.err) == (1, "“” is a folder. Name a file in it.\n")
    assert (inside.status, inside.err) == (1, "Personal.optout is a vault. Choose a file outside of it.\n")
    assert stream.status == 2
    assert (vault / "keyslots.json").read_bytes() == before


def test_a_backup_with_a_name_that_no_file_can_have_is_refused_in_a_sentence(bare):
    answer = bare("vault", "restore", "x" * 5000)

    assert (answer.status, answer.out, answer.err.count("\n")) == (1, "", 1)
