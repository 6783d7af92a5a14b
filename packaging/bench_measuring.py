# SPDX-License-Identifier: Apache-2.0
"""What a measurement is: ours beside a named baseline, run in turns on the same machine, and its row.

A subject is a function from `Bench` to rows; its docstring names the baseline. Times are seconds, memory is
MiB. Nothing here passes or fails: the table says *met* or *missed* against the limit that the project set.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench_vaults import Workshop


class Unit(Enum):
    """What a number counts, and whether less of it is better."""

    SECONDS = "s"
    MEBIBYTES = "MiB"
    PER_SECOND = "/s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much of everything is measured."""

    requests: int
    many_requests: int
    deadlines: int
    letters: int
    pages: int
    starts: int
    words: int
    journeys: int
    runs: int


FULL = Sizes(
    requests=10_000,
    many_requests=10_000,
    deadlines=10_000,
    letters=1_000,
    pages=40,
    starts=9,
    words=60,
    journeys=3,
    runs=9,
)
SMALL = Sizes(
    requests=60, many_requests=60, deadlines=60, letters=6, pages=2, starts=1, words=3, journeys=1, runs=2
)
LARGE_REQUESTS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What every subject is given: the sizes, and the vaults to measure on, each made once."""

    sizes: Sizes
    workshop: Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table; `most` and `least` are limits of `ours` itself, `most_ratio` of its ratio."""

    subject: str
    ours: float
    unit: Unit = Unit.SECONDS
    runs: int = 1
    baseline_name: str = ""
    baseline: float | None = None
    most_ratio: float | None = None
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the baseline ours is, or None without a baseline."""
        return self.ours / self.baseline if self.baseline else None

    @property
    def limit(self) -> str:
        """The limit as the table prints it, or an empty text where the project set none."""
        parts = []
        if self.most_ratio is not None:
            parts.append(f"≤ {self.most_ratio:g} ×")
        if self.most is not None:
            parts.append(f"≤ {amount(self.most, self.unit)}")
        if self.least is not None:
            parts.append(f"≥ {amount(self.least, self.unit)}")
        return ", ".join(parts)

    @property
    def verdict(self) -> str:
        """*met*, *missed*, or an empty text where there is no limit."""
        if not self.limit:
            return ""
        ratio = self.ratio
        kept = (
            self.most_ratio is None or (ratio is not None and ratio <= self.most_ratio),
            self.most is None or self.ours <= self.most,
            self.least is None or self.ours >= self.least,
        )
        return "met" if all(kept) else "missed"

    def cells(self) -> tuple[str, ...]:
        """The row as text, cell by cell, in the order of `HEADINGS`."""
        return (
            self.subject,
            f"{amount(self.ours, self.unit)} ({self.runs})",
            self.baseline_name,
            "" if self.baseline is None else amount(self.baseline, self.unit),
            "" if self.ratio is None else f"{self.ratio:.2f} ×",
            self.limit,
            self.verdict,
        )


HEADINGS = ("subject", "ours (runs)", "baseline", "baseline value", "ratio", "limit", "verdict")

Subject = Callable[[Bench], Iterator[Row]]


def amount(value: float, unit: Unit) -> str:
    """A number with its unit, in the unit of time that fits."""
    if unit is Unit.MEBIBYTES:
        return f"{value:.0f} MiB"
    if unit is Unit.PER_SECOND:
        return f"{value:,.0f}/s"
    for factor, name in ((1, "s"), (1e3, "ms")):
        if value * factor >= 1:
            return f"{value * factor:.3g} {name}"
    return f"{value * 1e6:.3g} µs"


def seconds_of(work: Callable[[], object]) -> float:
    """How long one run takes, with the collector quiet."""
    gc.collect()
    gc.disable()
    try:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began
    finally:
        gc.enable()


def interleaved(runs: int, *works: Callable[[], object]) -> tuple[float, ...]:
    """The median seconds of each work, run in turns after one round that does not count."""
    taken: list[list[float]] = [[] for _ in works]
    for turn in range(runs + 1):
        for times, work in zip(taken, works, strict=True):
            seconds = seconds_of(work)
            if turn:
                times.append(seconds)
    return tuple(statistics.median(times) for times in taken)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def table(rows: Sequence[Row]) -> str:
    """All rows under their headings, in columns."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEADINGS))]
    lines.insert(1, tuple("─" * width for width in widths))
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
