# SPDX-License-Identifier: Apache-2.0
"""What a service said was done is done, whenever the process ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KILLS = int(os.environ.get("OPTOUT_KILLS", "100"))


@pytest.mark.serial
def test_killing_the_process_while_requests_are_written_loses_no_acknowledged_one_and_keeps_no_half_one(
    folder,
):
    program = ROOT / "tests" / "storage" / "killing.py"
    finished = subprocess.run(
        [sys.executable, program, HERE / "killed_desk.py", folder, str(KILLS), "20261126"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )

    assert finished.returncode == 0, finished.stderr[-3000:]
    answer = json.loads(finished.stdout.splitlines()[-1])
    assert answer["rounds"] == KILLS
    assert answer["acknowledged"] >= KILLS
    assert (answer["lost"], answer["wrong"]) == (0, [])
