# SPDX-License-Identifier: Apache-2.0
import os
import signal
import subprocess
import sys

import pytest

from optout_desktop.adapters.handover_files import LIFETIME_SECONDS, HandoverFiles, runtime_folder
from optout_desktop.domain.errors import HandOverError


class StoppedSeconds:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def seconds():
    return StoppedSeconds()


@pytest.fixture
def base(tmp_path):
    """The run-time place, empty."""
    folder = tmp_path / "run-time"
    folder.mkdir()
    return folder


@pytest.fixture
def files(base, seconds):
    kept = HandoverFiles(base, seconds)
    yield kept
    kept.clear()


def entries(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_lies_in_a_folder_of_this_process_for_its_owner_alone(files, base):
    before = os.umask(0)
    try:
        path = files.put("OO-7F3K-22.eml", b"draft")
    finally:
        os.umask(before)

    assert path.read_bytes() == b"draft"
    assert path.parent == base / f"optout-{os.getpid()}"
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_made_before_the_first_file(base):
    HandoverFiles(base)

    assert entries(base) == []


def test_a_file_goes_after_ten_minutes(files, seconds):
    first = files.put("first.eml", b"1")
    seconds.now += LIFETIME_SECONDS - 1
    second = files.put("second.eml", b"2")

    assert first.exists()
    assert files.remove_expired() == 1

    seconds.now += 1

    assert files.remove_expired() == LIFETIME_SECONDS - 1
    assert not first.exists()
    assert second.exists()


def test_with_no_file_left_there_is_nothing_to_wait_for(files, seconds):
    files.put("first.eml", b"1")
    seconds.now += LIFETIME_SECONDS

    assert files.remove_expired() is None


def test_locking_removes_the_files_and_the_folder(files, base):
    files.put("first.eml", b"1")
    files.put("second.pdf", b"2")
    files.clear()

    assert entries(base) == []

    files.put("after.eml", b"3")

    assert entries(base) == [f"optout-{os.getpid()}"]


def test_two_files_of_one_name_lie_side_by_side(files):
    first, second = files.put("letter.eml", b"1"), files.put("letter.eml", b"2")

    assert (first.name, second.name) == ("letter.eml", "letter-2.eml")
    assert first.read_bytes() == b"1"


@pytest.mark.parametrize(
    "name", ["../../evil.eml", "/etc/passwd", "a\\b.eml", "a\x00b", "..", "", "\u202egpj.exe", "x" * 999]
)
def test_no_name_leads_out_of_the_folder(files, base, name):
    path = files.put(name, b"")

    assert path.parent == base / f"optout-{os.getpid()}"
    assert path.name.isascii()
    assert len(path.name) <= 100


def test_a_folder_that_a_crash_left_is_removed_at_the_next_start(files, base):
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from optout_desktop.adapters.handover_files import HandoverFiles\n"
        "HandoverFiles(Path(sys.argv[1])).put('CANARY.eml', b'x')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(base)], check=False)

    assert killed.returncode == -signal.SIGKILL
    assert list(base.rglob("CANARY.eml"))
    assert files.clear_stale() == 1
    assert entries(base) == []


def test_the_folder_of_another_app_that_still_runs_stays(files, base):
    code = (
        "import sys; from pathlib import Path\n"
        "from optout_desktop.adapters.handover_files import HandoverFiles\n"
        "files = HandoverFiles(Path(sys.argv[1]))\n"
        "files.put('busy.eml', b'x'); print('ready', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(base)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        other.stdout.readline()

        assert files.clear_stale() == 0
        assert list(base.rglob("busy.eml"))

        other.stdin.close()

    assert files.clear_stale() == 1


def test_own_files_are_never_taken_for_stale(files):
    path = files.put("mine.eml", b"x")

    assert files.clear_stale() == 0
    assert path.exists()


def test_other_folders_and_links_are_left_alone(files, base):
    elsewhere = base / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "keep").write_text("x")
    (base / "optout-notes").mkdir()
    (base / "optout-1").symlink_to(elsewhere, target_is_directory=True)

    assert files.clear_stale() == 0
    assert (elsewhere / "keep").exists()
    assert (base / "optout-notes").is_dir()


def test_a_link_in_the_place_of_the_folder_is_not_followed(files, base):
    elsewhere = base / "elsewhere"
    elsewhere.mkdir()
    (base / f"optout-{os.getpid()}").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(HandOverError, match="cannot be written"):
        files.put("letter.eml", b"x")

    assert entries(elsewhere) == []


def test_a_place_that_cannot_be_made_is_told_in_a_sentence(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(HandOverError, match="Copy the text"):
        HandoverFiles(tmp_path / "file" / "folder").put("letter.eml", b"x")


def test_a_place_that_is_not_there_yet_is_made(tmp_path):
    files = HandoverFiles(tmp_path / "new" / "folder")
    path = files.put("letter.eml", b"x")

    assert path.read_bytes() == b"x"

    files.clear()


def test_the_place_is_the_one_that_the_system_keeps_in_memory(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    assert runtime_folder() == tmp_path
