# SPDX-License-Identifier: Apache-2.0
"""A whole session with personal words leaves none of them outside the vault, and asks nothing of the network.

The session runs in a process of its own (``scripted_session.py``) and is watched from outside.
"""

import base64
import os
import shutil
import stat
from pathlib import Path

import pytest

from tests.journeys.scripted_session import CANARIES
from tests.journeys.watching import canaries_below, canaries_in, network_calls, watch, written_outside

pytestmark = pytest.mark.serial

SEGMENTATION_FAULT = -11


@pytest.fixture(scope="module")
def quiet(tmp_path_factory):
    """A session that ended as sessions should."""
    return watch(tmp_path_factory.mktemp("quiet") / "home", "quit")


def tool(name):
    """A program that the check cannot do without; its absence is a failure, not a reason to pass."""
    path = shutil.which(name)
    assert path, f"{name} is needed for this check: python3 packaging/dev.py test installs it"
    return path


def test_a_session_ends_well(quiet):
    assert quiet.code == 0, quiet.errors


def test_no_personal_word_lies_on_the_disk_during_or_after_a_session(quiet):
    assert quiet.seen_on_disk == {}
    assert canaries_below(quiet.home) == {}


def test_after_locking_no_window_no_clipboard_and_no_screen_reader_knows_a_personal_word(quiet):
    assert quiet.answer["told"] == []


def test_no_personal_word_stands_in_the_arguments_or_the_environment_of_any_process(quiet):
    assert quiet.seen_in_arguments == set()


def test_no_core_file_is_ever_written(quiet):
    assert quiet.answer["core"] == [0, 0]


def test_everything_of_a_vault_is_private_whatever_the_umask(quiet):
    vault = quiet.home / "data" / "optout-desktop" / "vaults" / "Personal.optout"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [vault, *vault.rglob("*")]}

    assert {name: mode for name, mode in modes.items() if mode & 0o077} == {}
    assert len(modes) > 3


def test_a_crash_while_unlocked_leaves_no_personal_word_and_no_core_file(tmp_path):
    crashed = watch(tmp_path / "home", "crash")

    assert crashed.code == SEGMENTATION_FAULT
    assert canaries_below(crashed.home) == {}
    assert [path for path in crashed.home.rglob("*core*") if path.is_file()] == []


def test_an_error_that_nobody_caught_tells_no_personal_word(tmp_path):
    mishap = watch(tmp_path / "home", "mishap")

    assert mishap.code == 0, mishap.errors
    assert canaries_in(mishap.errors.encode()) == set()
    assert canaries_below(mishap.home) == {}


def test_a_session_reaches_for_no_network_and_writes_nowhere_else(tmp_path):
    trace = tmp_path / "trace"
    strace = (
        tool("strace"),
        "-f",
        "-qq",
        "-s",
        "300",
        "-e",
        "trace=network,openat,rename,renameat,renameat2",
    )
    traced = watch(tmp_path / "home", "quit", (*strace, "-o", str(trace)))
    told = trace.read_text("utf-8", "replace")

    assert traced.code == 0, traced.errors
    assert network_calls(told) == []
    assert written_outside(told, str(tmp_path / "home")) == []


def test_the_watcher_of_the_network_sees_a_connection_when_there_is_one(tmp_path):
    trace = tmp_path / "trace"
    watch(
        tmp_path / "home", "connect", (tool("strace"), "-f", "-qq", "-e", "trace=network", "-o", str(trace))
    )

    assert network_calls(trace.read_text("utf-8", "replace"))


def test_a_session_works_on_a_machine_without_any_network(tmp_path):
    assert os.geteuid() == 0, "a network namespace of its own needs root: run this test as root"
    alone = watch(tmp_path / "home", "quit", (tool("unshare"), "--net"))

    assert alone.code == 0, alone.errors


@pytest.mark.parametrize("encode", [
    lambda word: word.encode(),
    lambda word: word.encode("utf-16-le"),
    lambda word: base64.b64encode(b"xx" + word.encode() + b"yyyy"),
    lambda word: word.replace(" ", "%20").encode(),
])  # fmt: skip
def test_the_search_for_personal_words_finds_a_planted_one_in_every_spelling(tmp_path: Path, encode):
    (tmp_path / "planted").write_bytes(b"before " + encode(CANARIES["note"]) + b" after")

    assert canaries_below(tmp_path) == {"planted": {"note"}}
