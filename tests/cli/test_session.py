# SPDX-License-Identifier: Apache-2.0
import errno
import io
import os
import pty
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from optout_desktop.cli.session import Session
from optout_desktop.domain.secrets import Secret
from tests.cli.conftest import PASSPHRASE, a_private_file

ROOT = Path(__file__).resolve().parents[2]


def test_without_vault_the_one_that_was_opened_last_is_meant(optout):
    assert Session(optout.house).vault_path().name == "Personal.optout"


def test_a_vault_may_be_named_by_its_folder_or_by_its_name_alone(optout):
    vaults = optout.home / "vaults"
    for typed in (vaults / "Personal.optout", vaults / "Personal", "Personal"):
        session = Session(optout.house)
        session.vault = str(typed)

        assert session.vault_path() == vaults / "Personal.optout"


def test_on_a_fresh_machine_a_command_says_how_to_make_a_vault(bare):
    answer = bare("person", "list")

    assert answer.status == 1
    assert answer.err.startswith("No vault was opened on this machine yet.")


def test_a_vault_that_is_not_there_is_named(bare):
    answer = bare("person", "list", "--vault", bare.home / "Lost.optout")

    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("There is no vault named “Lost” here.")


def test_a_vault_that_another_process_holds_is_left_alone(optout):
    with optout.house().vaults.unlock(optout.home / "vaults" / "Personal.optout", Secret(PASSPHRASE)):
        answer = optout("person", "list")

    assert (answer.status, answer.out) == (1, "")
    assert f"open in the window (process {os.getpid()})" in answer.err


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_passphrase_file_that_others_may_read_is_refused(optout, mode):
    optout.passphrase_file.chmod(mode)
    answer = optout("person", "list")

    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("Others may read the passphrase file passphrase.")


def test_a_wrong_passphrase_changes_nothing(optout):
    a_private_file(optout.passphrase_file, "seven brown foxes read nothing")
    answer = optout("person", "list")

    assert answer.status == 1
    assert answer.err.startswith("That passphrase did not open this vault.")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "is empty"), (b"\n", "is empty"), (b"\xff\xfe", "is no UTF-8 text")],
)
def test_a_passphrase_file_that_says_nothing_is_told_apart(optout, content, sentence):
    optout.passphrase_file.write_bytes(content)
    answer = optout("person", "list")

    assert answer.status == 1
    assert sentence in answer.err


def test_a_passphrase_file_that_is_not_there_is_told(optout):
    optout.passphrase_file.unlink()
    answer = optout("person", "list")
    sentence = "The passphrase file passphrase cannot be read"

    assert (answer.status, answer.err) == (1, f"{sentence}: {os.strerror(errno.ENOENT)}.\n")


def test_the_end_of_the_line_is_no_part_of_a_passphrase_and_blanks_are(optout):
    a_private_file(optout.passphrase_file, f"{PASSPHRASE}\r\n")

    assert optout("person", "list").status == 0

    a_private_file(optout.passphrase_file, f"{PASSPHRASE} \n")

    assert optout("person", "list").status == 1


def test_where_nobody_can_be_asked_the_file_is_asked_for(optout, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    answer = optout.type("person", "list")

    assert answer.status == 1
    assert "Give --passphrase-file" in answer.err


def test_as_of_is_today_for_one_command(optout):
    session = Session(optout.house)
    session.as_of = date(2026, 3, 2)

    assert session.today == date(2026, 3, 2)


def test_a_typed_passphrase_is_asked_for_twice_and_never_shown(tmp_path):
    ours, theirs = pty.openpty()
    program = "import sys; from optout_desktop.app import terminal; sys.exit(terminal())"
    typing = subprocess.Popen(
        [sys.executable, "-c", program, "vault", "create", str(tmp_path / "Typed.optout"), "--json"],
        cwd=ROOT,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    os.close(theirs)
    asked = typing.stderr.read(len("A passphrase for the new vault: "))
    os.write(ours, f"{PASSPHRASE}\n".encode())
    asked_again = typing.stderr.read(len("\nThe same again: "))
    os.write(ours, f"{PASSPHRASE}\n".encode())
    out, err = typing.communicate()
    os.close(ours)

    assert asked == b"A passphrase for the new vault: "
    assert asked_again == b"\nThe same again: "
    assert typing.returncode == 0, err
    assert PASSPHRASE.encode() not in out + err
    assert (tmp_path / "Typed.optout").is_dir()


@pytest.mark.parametrize("typed", ["", " ", "/"])
def test_what_names_no_vault_opens_none(optout, typed):
    answer = optout("person", "list", "--vault", typed)

    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith(f"“{typed}” names no vault.")


def test_a_path_never_means_the_vault_of_that_name_in_the_usual_place(optout, tmp_path):
    for typed in (tmp_path / "Personal", tmp_path / "Personal.optout", "x" * 5000):
        answer = optout("person", "list", "--vault", typed)

        assert (answer.status, answer.out) == (1, "")
        assert answer.err.startswith("There is no vault named ")


def test_a_name_with_its_ending_means_the_vault_in_the_usual_place(optout, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Personal").mkdir()

    assert len(optout.data("person", "list", "--vault", "Personal.optout")) == 1
    assert len(optout.data("person", "list", "--vault", "Personal")) == 1
