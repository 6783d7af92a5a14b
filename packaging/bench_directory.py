# SPDX-License-Identifier: Apache-2.0
"""How fast a company is found among ten thousand, the shipped ones and a person's own, letter by letter.

The baseline looks for the same letters in every folded name, alias and domain, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from bench_measuring import Bench, Row, Subject, interleaved
from bench_vaults import TODAY

from optout_desktop.catalog.company_search import words_of
from optout_desktop.domain.companies import Company, Origin
from optout_desktop.domain.ids import CompanyId
from optout_desktop.services.stopped_clock import StoppedClock

COMPANIES = 10_000
MOST_HITS = 60
_TYPED = ("a", "co", "data", "acxiom", "google llc", "zzzz")


def directory(bench: Bench) -> Iterator[Row]:
    """Searching companies as one types. Baseline: a plain substring scan over the same folded words."""
    with bench.workshop.opened(bench.sizes.requests) as vault:
        clock = StoppedClock(TODAY)
        desk = bench.workshop.house().open_desk(vault, clock)
        shipped = list(desk.companies.everybody())
        missing = max(0, min(COMPANIES, 100 * bench.sizes.requests) - len(shipped))
        with vault.writing() as stores:
            stores.companies.put_all(list(islice(_own(shipped), missing)), clock.now())
        desk.companies.forget_index()
        known = list(desk.companies.everybody())
        folded = [
            (" ".join(words_of(" ".join((one.name, *one.aliases, *one.domains)))), one) for one in known
        ]
        desk.companies.search("a")  # the index is built at the first question
        for typed in _TYPED:

            def ours(typed: str = typed) -> None:
                desk.companies.search(typed, MOST_HITS)

            def bare(typed: str = typed) -> None:
                words = words_of(typed)
                _ = [one for text, one in folded if all(word in text for word in words)][:MOST_HITS]

            found, scanned = interleaved(bench.sizes.runs, ours, bare)
            yield Row(
                subject=f"finding “{typed}” among {len(known):,} companies, {missing:,} of them one's own",
                ours=found,
                runs=bench.sizes.runs,
                baseline_name="plain substring scan",
                baseline=scanned,
                most=0.020,
            )


def _own(shipped: list[Company]) -> Iterator[Company]:
    """Companies like the shipped ones, as a person would have imported them."""
    number = 0
    while True:
        for one in shipped:
            number += 1
            yield replace(
                one, id=CompanyId(f"own-{number}"), name=f"{one.name} {number}", origin=Origin.IMPORTED
            )


SUBJECTS: dict[str, Subject] = {"directory": directory}
