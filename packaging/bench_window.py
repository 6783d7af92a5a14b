# SPDX-License-Identifier: Apache-2.0
"""How fast the window is: from the key to the painted dashboard, a long list, search, scrolling, memory.

Each journey is a process of its own (`bench_journey.py`), with its baselines in the same process; the rows
are medians over the journeys.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from bench_measuring import LARGE_REQUESTS, Bench, Row, Subject, Unit
from bench_start import told_by

JOURNEY = Path(__file__).with_name("bench_journey.py")
_250_MB_IN_MIB = 250e6 / 2**20


def window(bench: Bench) -> Iterator[Row]:
    """One way through the window. Baselines: the same SELECTs bare; 256 rows bare in a plain `QTableView`."""
    requests = bench.sizes.many_requests
    bench.workshop.vault_of(requests)
    way = [str(JOURNEY), str(bench.workshop.folder), str(requests)]
    if bench.sizes.journeys > 1:
        told_by(way, bench.workshop.compiled)  # compiles, and does not count
    journeys = [told_by(way, bench.workshop.compiled) for _ in range(bench.sizes.journeys)]
    told = {name: statistics.median(one[name] for one in journeys) for name in journeys[0]}
    runs = len(journeys)
    bare = f"its {told['selects']:.0f} SELECTs, bare"
    absolute = 1.0 if requests >= LARGE_REQUESTS else 0.5
    for subject, name, most, most_ratio in (
        (f"key to the painted dashboard, {requests:,} requests, first time", "dashboard_cold", None, 3.0),
        ("the same, in all", "dashboard_cold", absolute, None),
        ("the same, after locking and unlocking", "dashboard_again", None, 3.0),
    ):
        yield Row(
            subject=subject,
            ours=told[name],
            runs=runs,
            baseline_name=bare,
            baseline=told["dashboard_bare"],
            most=most,
            most_ratio=most_ratio,
        )
    yield Row(
        subject=f"list of {requests:,}: first rows painted",
        ours=told["list"],
        runs=runs,
        baseline_name="256 rows, bare, in a plain QTableView",
        baseline=told["list_bare"],
        most_ratio=3,
    )
    for subject, name, most in (
        (f"list of {requests:,}: what was typed is found and painted, median", "typed_median", 0.050),
        (f"list of {requests:,}: what was typed is found and painted, worst", "typed_worst", None),
        (f"list of {requests:,}: a frame while scrolling, worst", "frame_worst", 0.050),
        ("the longest block of the window's thread on the whole way", "longest_block", None),
    ):
        yield Row(subject=subject, ours=told[name], runs=runs, most=most)
    if told["memory_mib"]:
        yield Row(
            subject=f"memory (PSS) at rest with {requests:,} requests in the list",
            ours=told["memory_mib"],
            unit=Unit.MEBIBYTES,
            runs=runs,
            most=_250_MB_IN_MIB,
        )


SUBJECTS: dict[str, Subject] = {"window": window}
