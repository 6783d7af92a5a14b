# SPDX-License-Identifier: Apache-2.0
"""The process guard, tried in processes of its own: what it does cannot be undone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

LOOK = """
import ctypes, json, os, pathlib, resource, stat, sys
from optout_desktop.adapters.process_guard import guard_process
os.umask(0)
guarded = guard_process(allow_core=sys.argv[1] == "allow")
pathlib.Path("file").write_text("")
os.mkdir("folder")
modes = [oct(stat.S_IMODE(os.stat(name).st_mode)) for name in ("file", "folder")]
dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
[limit] = [line for line in open("/proc/self/limits") if line.startswith("Max core file size")]
print(json.dumps([guarded.has_private_files, guarded.leaves_no_core, guarded.refuses_debuggers,
                  modes, dumpable, limit.split()[4:6]]))
"""


def run(program, *arguments, folder):
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        preexec_fn=_ask_for_core_files,
    )


def _ask_for_core_files():
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


def test_files_are_private_and_neither_core_nor_debugger_is_allowed(tmp_path):
    finished = run(LOOK, "forbid", folder=tmp_path)

    assert json.loads(finished.stdout) == [True, True, True, ["0o600", "0o700"], 0, ["0", "0"]]


def test_developers_may_keep_core_files_and_debuggers_but_files_stay_private(tmp_path):
    finished = run(LOOK, "allow", folder=tmp_path)

    private, no_core, no_debugger, modes, dumpable, _ = json.loads(finished.stdout)
    assert (private, no_core, no_debugger, modes, dumpable) == (True, False, False, ["0o600", "0o700"], 1)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT])
def test_a_crash_leaves_no_core_file(tmp_path, number):
    program = (
        "import os; from optout_desktop.adapters.process_guard import guard_process\n"
        f"guard_process(); os.kill(os.getpid(), {int(number)})"
    )

    finished = run(program, folder=tmp_path)

    assert finished.returncode == -number
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("core")] == []
