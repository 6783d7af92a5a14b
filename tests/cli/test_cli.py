# SPDX-License-Identifier: Apache-2.0
"""The terminal as a whole: one process a command, exit statuses, and what stands on which stream."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from optout_desktop.cli import run

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import sys; from optout_desktop.app import terminal; sys.exit(terminal())"


@pytest.fixture
def process(own_folders):
    """`optout` as a process of its own, in a home of its own."""
    own_folders.mkdir(exist_ok=True)
    secret = own_folders / "passphrase"
    secret.write_text("seven brown foxes read statutes\n", encoding="utf-8")
    secret.chmod(0o600)

    def start(*argv, **named):
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, *map(str, argv)],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            check=False,
            **named,
        )

    def do(*argv):
        done = start(*argv, "--passphrase-file", secret, "--json")
        assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr
        return json.loads(done.stdout)["data"]

    start.do = do
    return start


def test_a_request_walks_from_a_new_vault_to_a_restored_backup(process, tmp_path):
    do = process.do
    vault = tmp_path / "Mine.optout"
    here = ("--vault", vault)
    do("vault", "create", vault)
    do("person", "add", *here, "--name", "Jane Doe", "--email", "jane@example.org", "--place", "US-CA")
    do("company", "add", *here, "--name", "Northwind Data LLC", "--email", "privacy@northwind.example.com")
    request = do(
        *("request", "new", *here, "--right", "optout_sale", "--company", "Northwind Data LLC"),
        *("--as-of", "2026-03-02"),
    )
    draft = tmp_path / "letter.eml"
    do("letter", request["reference"], *here, "--format", "eml", "-o", draft)
    do("request", "record", request["reference"], "sent", "--on", "2026-03-02", *here)
    due = do("due", *here, "--as-of", "2026-04-01")
    do("vault", "backup", *here, "-o", tmp_path / "saved.optout-backup")
    restored = do("vault", "restore", tmp_path / "saved.optout-backup", "--vault", tmp_path / "Again.optout")
    checked = do("vault", "check")

    assert request["law"] == "us-ca-ccpa"
    assert b"X-Unsent: 1" in draft.read_bytes()
    assert [(one["due"], one["urgency"]) for one in due] == [("2026-03-23", "overdue")]
    assert restored["requests"] == 1
    assert (checked["path"], checked["is_sound"], checked["requests"]) == (
        str(tmp_path / "Again.optout"),
        True,
        1,
    )


def test_a_question_about_laws_loads_neither_the_window_nor_the_vaults_engine():
    program = (
        "import sys; from optout_desktop.app import House; from optout_desktop.cli import run; "
        "run(House, ['--help']); "
        "heavy = {'PySide6', 'sqlalchemy', 'holidays', 'typst', 'liquid'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


def test_the_terminal_loads_no_window_while_it_works(bare):
    program = (
        "import sys; from optout_desktop.app import House; from optout_desktop.cli import run; "
        "run(House, ['deadline', '--law', 'us-ca-ccpa', '--right', 'delete', '--from', '2026-03-02']); "
        "print('PySide6' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )

    assert done.stdout.splitlines()[-1] == "False"


def test_a_wrongly_written_command_ends_with_2(bare):
    for argv in (["nonsense"], ["deadline"], ["request", "show"], ["due", "--within", "soon"]):
        answer = bare.type(*argv)

        assert (answer.status, answer.out) == (2, ""), argv
        assert "Error: " in answer.err


def test_a_refusal_is_one_sentence_on_standard_error_and_ends_with_1(optout, draft):
    answer = optout("request", "record", draft, "completed", "--on", "2026-03-02", "--json")

    assert (answer.status, answer.out) == (1, "")
    assert answer.err == (
        "“completed” cannot be recorded while the request is “draft”. Nothing was changed.\n"
    )


def test_the_shared_options_may_stand_before_the_command(optout):
    before = optout.type("--json", "--passphrase-file", optout.passphrase_file, "person", "list")

    assert [one["name"] for one in before.data] == ["Jane Doe"]


def test_the_document_names_its_command(optout):
    answer = optout("request", "list", "--json")

    assert json.loads(answer.out)["command"] == "request list"
    assert answer.out.count("\n") == 1


def test_a_reader_that_has_gone_is_no_reason_to_complain(process):
    readable, writable = os.pipe()
    os.close(readable)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "laws", "--json"],
        cwd=ROOT,
        stdout=writable,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    os.close(writable)

    assert (done.returncode, done.stderr) == (1, b"")


def test_a_console_that_does_not_know_a_letter_shows_another_one(bare, monkeypatch):
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", narrow)
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO(), encoding="latin-1"))
    argv = ["deadline", "--law", "us-ca-ccpa", "--right", "optout_sale", "--from", "2026-03-02"]
    status = run(bare.house, argv)
    narrow.flush()

    assert status == 0
    assert b"?" in narrow.buffer.getvalue()


def test_help_tells_every_command_and_ends_with_0(bare):
    answer = bare.type("--help")

    assert answer.status == 0
    for command in ("vault", "person", "company", "request", "letter", "due", "laws", "deadline"):
        assert f"\n  {command} " in answer.out


def test_a_result_that_cannot_be_written_is_said_in_a_sentence(process, tmp_path):
    unwritable = tmp_path / "read only"
    unwritable.touch()
    with unwritable.open("rb") as stream:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, "laws"],
            cwd=ROOT,
            stdout=stream,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.startswith("The result could not be written: ")
    assert done.stderr.count("\n") == 1


def test_a_program_without_a_console_gets_its_status(bare, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)

    assert run(bare.house, ["laws"]) == 0
    assert run(bare.house, ["laws", "--place", "ZZ"]) == 1


def test_a_word_in_another_encoding_is_refused_before_anything_is_opened(optout):
    latin = "J\udcfcrgen"
    answer = optout("person", "add", "--client", "--name", latin, "--place", "DE")

    assert (answer.status, answer.out) == (1, "")
    assert answer.err == "“J?rgen” is no UTF-8 text. Write it in UTF-8.\n"


def test_a_message_cannot_steer_the_terminal(bare):
    answer = bare.type("laws", "--right", "a\x1b[2J\u202eb")

    assert answer.err.startswith("No right is called “a[2Jb”.")
