# SPDX-License-Identifier: Apache-2.0
"""What was kept stays kept: processes are killed, disks fill up, files are cut."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from optout_desktop.domain.errors import VaultDamaged
from optout_desktop.storage.vault_files import VaultFolder
from tests.storage import notebook

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KILLS = int(os.environ.get("OPTOUT_KILLS", "100"))
PAGE = 4096


def ran(*command, timeout=240):
    """The one line of JSON that a program of ours answers with."""
    finished = subprocess.run(
        [*map(str, command)],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )

    assert finished.returncode == 0, finished.stderr[-3000:]
    return json.loads(finished.stdout.splitlines()[-1])


@pytest.mark.serial
def test_killing_the_process_at_random_moments_loses_nothing_acknowledged(folder):
    answer = ran(sys.executable, HERE / "killing.py", HERE / "killed_notebook.py", folder, KILLS, 20261125)

    assert answer["rounds"] == KILLS
    assert answer["acknowledged"] >= KILLS
    assert (answer["lost"], answer["wrong"]) == (0, [])


@pytest.mark.serial
def test_of_fifty_processes_that_start_at_once_exactly_one_gets_the_vault(folder):
    notebook.written(folder, 1)

    answers = ran(sys.executable, HERE / "starting.py", folder, 50)

    owners = [process for word, process, _ in answers if word == "owner"]
    assert len(answers) == 50
    assert len(owners) == 1
    assert {holder for word, _, holder in answers if word == "refused"} <= {owners[0], "0"}


def test_the_lock_of_a_killed_process_is_free_at_once(folder):
    notebook.written(folder, 1)
    program = (
        "import sys, signal; from pathlib import Path; from tests.storage import notebook\n"
        "vault = notebook.reopen(Path(sys.argv[1]))\n"
        "print('open', flush=True); signal.pause()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, folder],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as holder:
        assert holder.stdout.readline() == "open\n"
        holder.send_signal(signal.SIGKILL)
        holder.wait()

    with notebook.reopen(folder) as vault, vault.reading() as page:
        assert page.numbers() == [0]


class TestTruncation:
    @pytest.fixture
    def content(self, folder):
        notebook.written(folder, 400)
        return (folder / "vault.optout").read_bytes()

    def lengths(self, content):
        spread = {len(content) * part // 64 for part in range(64)}
        pages = set(range(0, len(content), PAGE))
        edges = {1, 15, 16, 17, 99, 100, len(content) - 1, len(content) - PAGE + 1}
        return sorted(spread | pages | edges)

    def test_a_file_cut_at_any_length_is_damaged_and_not_touched(self, folder, content):
        database = folder / "vault.optout"
        opened, touched = [], []
        for length in self.lengths(content):
            database.write_bytes(content[:length])
            try:
                notebook.reopen(folder).close()
                opened.append(length)
            except VaultDamaged:
                if database.read_bytes() != content[:length]:
                    touched.append(length)

        assert len(content) > 20 * PAGE
        assert opened == []
        assert touched == []

    def test_a_cut_log_gives_the_changes_before_the_cut_and_no_half_one(self, folder, tmp_path):
        vault = notebook.create(folder)
        for number in range(60):
            with vault.writing() as page:
                page.add(number)
        place = VaultFolder(path=folder)
        main, log = place.database.read_bytes(), place.write_ahead_log.read_bytes()
        vault.close()
        seen = []
        for part in range(65):
            place.database.write_bytes(main)
            place.write_ahead_log.write_bytes(log[: len(log) * part // 64])
            with notebook.reopen(folder) as again, again.reading() as page:
                seen.append((page.numbers(), page.torn()))

        assert all(numbers == list(range(len(numbers))) for numbers, _ in seen)
        assert all(torn == [] for _, torn in seen)
        assert seen[-1][0] == list(range(60))


def as_root_with_own_mounts(program, folder):
    """Run a program in a mount namespace of its own, or fail with the reason."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.fail("This check mounts a small disk of its own: run it as root on Linux.")
    return ran("unshare", "-m", sys.executable, HERE / "mounting.py", program, folder)


def test_a_full_disk_is_told_and_loses_nothing_and_writing_goes_on_once_there_is_room(tmp_path):
    answer = as_root_with_own_mounts("full", tmp_path)

    assert answer["error"] == "DiskFull"
    assert "Free at least 20 MB" in answer["sentence"]
    assert answer["acknowledged"] > 10
    assert answer["readable_when_full"] == answer["acknowledged"]
    assert answer["kept_after_room"] == answer["acknowledged"] + 1
    assert answer["after_reopening"] == answer["kept_after_room"]
    assert answer["is_sound"]


def test_a_full_disk_makes_no_half_vault_and_no_half_backup(tmp_path):
    answer = as_root_with_own_mounts("full_making", tmp_path)

    assert answer == {
        "creating": "DiskFull",
        "left": [],
        "backing_up": "DiskFull",
        "backups": [],
        "notes": 40,
    }


def test_a_read_only_disk_is_told_and_nothing_is_changed(tmp_path):
    answer = as_root_with_own_mounts("read_only", tmp_path)

    assert answer == {"opening": "VaultReadOnly", "creating": "VaultReadOnly", "is_same": True}


def test_a_folder_without_permission_is_told(tmp_path):
    answer = as_root_with_own_mounts("no_permission", tmp_path)

    assert answer == {"opening": "VaultReadOnly", "creating": "VaultReadOnly"}


def test_after_an_error_of_the_disk_the_connection_is_never_used_again(tmp_path):
    answer = ran(sys.executable, HERE / "mounting.py", "failing", tmp_path)

    assert answer == {"error": "DiskFailed", "again": "DiskFailed", "is_open": False, "notes": [1]}
