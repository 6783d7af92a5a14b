# SPDX-License-Identifier: Apache-2.0
"""How fast the app starts: each run is a process of its own, in turns with an empty window.

Modules are compiled once, into a folder of the run's own, as they are for everybody from the second start on.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench_measuring import Bench, Row, Subject, Unit

SCENES = Path(__file__).with_name("bench_scenes.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """What one short life of a window was like up to its first paint."""

    seconds: float
    memory_mib: float
    modules: tuple[str, ...]


def start(bench: Bench) -> Iterator[Row]:
    """Start to the painted unlock page. Baseline: an empty PySide6 window of the same size, to its paint."""
    folder = bench.workshop.vault_of(bench.sizes.requests).parent
    compiled = bench.workshop.compiled
    lives: dict[str, list[Painted]] = {"unlock": [], "empty": [], "form": []}
    for turn in range(bench.sizes.starts + 1):
        for scene, painted in lives.items():
            life = played(scene, folder, compiled)
            if turn:
                painted.append(life)
    seconds = {scene: statistics.median(one.seconds for one in painted) for scene, painted in lives.items()}
    memory = {scene: statistics.median(one.memory_mib for one in painted) for scene, painted in lives.items()}
    yield Row(
        subject="start to the painted unlock page",
        ours=seconds["unlock"],
        runs=bench.sizes.starts,
        baseline_name="an empty PySide6 window",
        baseline=seconds["empty"],
        most_ratio=1.25,
    )
    yield Row(
        subject="start to the painted unlock page",
        ours=seconds["unlock"],
        runs=bench.sizes.starts,
        baseline_name="a PySide6 window with a label, a field and a button",
        baseline=seconds["form"],
    )
    if not memory["unlock"]:
        yield Row(subject="memory (PSS): this system does not say", ours=0, unit=Unit.MEBIBYTES)
        return
    for name, scene, most in (
        ("an empty PySide6 window", "empty", 60.0),
        ("a PySide6 window with a label, a field and a button", "form", None),
    ):
        yield Row(
            subject="memory (PSS) with the unlock page painted",
            ours=memory["unlock"],
            unit=Unit.MEBIBYTES,
            runs=bench.sizes.starts,
            baseline_name=name,
            baseline=memory[scene],
            most=most,
        )


def played(scene: str, folder: Path, compiled: Path) -> Painted:
    """Play a scene in a process of its own, from the moment it is asked for to its first paint."""
    began_at = time.monotonic()
    told = told_by([str(SCENES), scene, str(folder)], compiled)
    return Painted(
        seconds=told["painted_at"] - began_at, memory_mib=told["memory_mib"], modules=tuple(told["modules"])
    )


def told_by(script: list[str], compiled: Path) -> dict[str, Any]:
    """What a script says in its last line, as JSON; its modules are compiled once into a folder."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept["PYTHONPYCACHEPREFIX"] = str(compiled)
    done = subprocess.run([sys.executable, *script], env=kept, capture_output=True, check=False, text=True)
    if done.returncode or not done.stdout:
        raise RuntimeError(f"{script} broke off:\n{done.stderr}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


SUBJECTS: dict[str, Subject] = {"start": start}
