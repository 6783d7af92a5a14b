# SPDX-License-Identifier: Apache-2.0
"""How fast the app is, against named baselines in the same run: dev.py bench [OPTIONS] [NAME …]

Prints one table: ours (median), the baseline, their ratio, the limit that the project set itself, met or
missed. Nothing is gated: the exit status is 0 unless a subject breaks. `--large` measures lists, dashboard
and memory with 100,000 requests in the place of 10,000; `--sizes small` only shows that it runs.
"""

from __future__ import annotations

import argparse
import inspect
import platform
import sys
import tempfile
import traceback
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import bench_directory  # noqa: E402
import bench_exchange  # noqa: E402
import bench_pages  # noqa: E402  # the project must be found first
import bench_rules  # noqa: E402
import bench_sending  # noqa: E402
import bench_start  # noqa: E402
import bench_storage  # noqa: E402
import bench_window  # noqa: E402
from bench_measuring import FULL, LARGE_REQUESTS, SMALL, Bench, Row, Subject, table  # noqa: E402
from bench_vaults import Workshop  # noqa: E402

SUBJECTS: dict[str, Subject] = {
    **bench_start.SUBJECTS,
    **bench_window.SUBJECTS,
    **bench_storage.SUBJECTS,
    **bench_rules.SUBJECTS,
    **bench_directory.SUBJECTS,
    **bench_exchange.SUBJECTS,
    **bench_pages.SUBJECTS,
    **bench_sending.SUBJECTS,
}


def main(arguments: list[str]) -> int:
    """Measure the subjects that are named, or all; 1 where one of them broke."""
    chosen = _parsed(arguments)
    if chosen.list:
        for name, subject in SUBJECTS.items():
            print(f"{name:16} {inspect.getdoc(subject)}")
        return 0
    sizes = SMALL if chosen.sizes == "small" else FULL
    if chosen.large:
        sizes = replace(sizes, many_requests=LARGE_REQUESTS)
    rows: list[Row] = []
    broken: list[str] = []
    # the folder goes even when a subject breaks while its vault is open, which Windows minds
    with tempfile.TemporaryDirectory(prefix="optout-bench-", ignore_cleanup_errors=True) as folder:
        bench = Bench(sizes=sizes, workshop=Workshop(folder=Path(folder)))
        for name in chosen.names or SUBJECTS:
            print(f"… {name}", file=sys.stderr, flush=True)
            try:
                rows += SUBJECTS[name](bench)
            except Exception:  # noqa: BLE001  # whatever breaks one subject must not hide the others
                traceback.print_exc()
                broken.append(name)
    print(f"{platform.platform()}, Python {platform.python_version()}\n")
    print(table(rows))
    for note in dict.fromkeys(row.note for row in rows if row.note):
        print(note)
    if broken:
        print(f"\nBroken: {', '.join(broken)}")
    return 1 if broken else 0


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure; nothing is gated.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SUBJECTS))
    parser.add_argument("--sizes", choices=("small", "full"), default="full", help="small: only that it runs")
    parser.add_argument("--large", action="store_true", help="100,000 requests in the place of 10,000")
    parser.add_argument("--list", action="store_true", help="name every subject with its baseline")
    chosen = parser.parse_intermixed_args(arguments)
    if unknown := [name for name in chosen.names if name not in SUBJECTS]:
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(SUBJECTS)}")
    return chosen


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
