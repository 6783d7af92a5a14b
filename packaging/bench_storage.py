# SPDX-License-Identifier: Apache-2.0
"""How fast the vault is: opening it, the dashboard's rows, a long list's first rows, search as you type.

The baseline is the same work done bare: sqlcipher3 without SQLAlchemy, stores or services, on the same file.
`recorded` writes down which SELECTs a piece of work sends, so that exactly these can be repeated bare.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench_measuring import Bench, Row, Subject, interleaved, percentile
from bench_vaults import PASSPHRASE, TODAY, key_slots, open_vault
from sqlalchemy import event
from sqlcipher3 import dbapi2

from optout_desktop import __version__
from optout_desktop.domain.agenda import RequestFilter, SortOrder
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.paged_table import PAGE_ROWS
from optout_desktop.services.stopped_clock import StoppedClock
from optout_desktop.storage.data_key import DataKey
from optout_desktop.storage.stores import SCHEMA, Stores
from optout_desktop.storage.vault import Vault
from optout_desktop.storage.vault_files import VaultFolder

Statements = list[tuple[str, Any]]
MOST_FOUND = 10_000


def opening(bench: Bench) -> Iterator[Row]:
    """Opening a vault. Baselines: a bare SQLCipher connection with the raw key; Argon2id alone."""
    requests = bench.sizes.many_requests
    path = bench.workshop.vault_of(requests)
    slots = key_slots(path)
    data_key = slots.open(Secret(PASSPHRASE))

    ours, bare = interleaved(
        bench.sizes.runs,
        lambda: _open_and_close(path, data_key.copy()),
        lambda: _bare_connection(path, data_key),
    )
    yield Row(
        subject=f"opening and closing a vault of {requests:,} requests, beside its key derivation",
        ours=ours,
        runs=bench.sizes.runs,
        baseline_name="bare SQLCipher: connect, raw key, one SELECT, close",
        baseline=bare,
        most=0.020,
    )
    ours, derivation = interleaved(
        bench.sizes.runs,
        lambda: open_vault(path, slots).close(),
        lambda: slots.open(Secret(PASSPHRASE)).wipe(),
    )
    yield Row(
        subject="unlocking it in all",
        ours=ours,
        runs=bench.sizes.runs,
        baseline_name="Argon2id alone, at the least cost (64 MiB, 3 rounds)",
        baseline=derivation,
    )


def dashboard(bench: Bench) -> Iterator[Row]:
    """The dashboard's agenda. Baseline: the SELECTs that it sends, on a bare connection to the same vault."""
    requests = bench.sizes.many_requests
    with bench.workshop.opened(requests) as vault:
        clock = StoppedClock(TODAY)
        desk = bench.workshop.house().open_desk(vault, clock)
        with recorded(vault) as statements:
            desk.dashboard.today()
        selects = selects_of(statements)
        ours, bare = interleaved(bench.sizes.runs, desk.dashboard.today, lambda: repeat(vault, selects))
        yield Row(
            subject=f"dashboard: its agenda out of {requests:,} requests",
            ours=ours,
            runs=bench.sizes.runs,
            baseline_name=f"its {len(selects)} SELECTs, bare",
            baseline=bare,
            most_ratio=3,
        )
        yield _after_midnight(bench, requests, clock, desk.dashboard.today)


def _after_midnight(bench: Bench, requests: int, clock: StoppedClock, today: Callable[[], object]) -> Row:
    days = iter(range(1, bench.sizes.runs + 2))

    def next_day() -> None:
        clock.move_to(TODAY + timedelta(days=next(days)))
        today()

    [ours] = interleaved(bench.sizes.runs, next_day)
    return Row(
        subject=f"re-assessing {requests:,} requests after midnight",
        ours=ours,
        runs=bench.sizes.runs,
        most=5.0,
    )


def list_rows(bench: Bench) -> Iterator[Row]:
    """A list's order and first page. Baseline: fetching 256 overview rows, bare."""
    requests = bench.sizes.many_requests
    with bench.workshop.opened(requests) as vault:
        desk = bench.workshop.house().open_desk(vault)
        desk.preferences.all()

        def glance() -> None:
            found = desk.requests.list(RequestFilter(), limit=PAGE_ROWS)
            desk.requests.page(found.rows)

        def whole() -> None:
            found = desk.requests.list(RequestFilter())
            desk.requests.page(found.rows[:PAGE_ROWS])

        def bare() -> None:
            raw = raw_of(vault)
            raw.execute(f"SELECT * FROM overviews ORDER BY row LIMIT {PAGE_ROWS}").fetchall()  # noqa: S608

        at_first, in_all, fetched = interleaved(bench.sizes.runs, glance, whole, bare)
        name = f"fetching {PAGE_ROWS} rows, bare"
        for subject, seconds in (
            (f"list of {requests:,}: first glance by urgency, {PAGE_ROWS} rows", at_first),
            (f"list of {requests:,}: all numbers by urgency and {PAGE_ROWS} rows", in_all),
        ):
            yield Row(
                subject=subject, ours=seconds, runs=bench.sizes.runs, baseline_name=name, baseline=fetched
            )
        for sort in (SortOrder.COMPANY, SortOrder.DUE, SortOrder.SENT):
            [seconds] = interleaved(bench.sizes.runs, partial(desk.requests.list, RequestFilter(), sort=sort))
            yield Row(
                subject=f"list of {requests:,}: all numbers by {sort}", ours=seconds, runs=bench.sizes.runs
            )


def search(bench: Bench) -> Iterator[Row]:
    """Search as you type, letter by letter. Baseline: LIKE '%…%' over the same rows, bare."""
    requests = bench.sizes.many_requests
    with bench.workshop.opened(requests) as vault:
        typed = _typed(vault, bench.sizes.words)
        raw = raw_of(vault)
        query = f"SELECT row FROM overviews WHERE company_name LIKE ? OR reference LIKE ? LIMIT {MOST_FOUND}"  # noqa: S608
        ours, listed, bare = [], [], []
        desk = bench.workshop.house().open_desk(vault)
        desk.preferences.all()
        for text in typed:
            with vault.reading() as stores:
                ours.append(_seconds(partial(stores.search.rows, text, limit=MOST_FOUND)))
            bare.append(_seconds(partial(_fetched, raw, query, (f"%{text}%", f"%{text}%"))))
            listed.append(_seconds(partial(desk.requests.list, RequestFilter(typed=text), limit=PAGE_ROWS)))
        for words, percent, most in (("median", 50, 0.0003), ("95th percentile", 95, 0.010)):
            yield Row(
                subject=f"search as you type in {requests:,}: the query, {words}",
                ours=percentile(ours, percent),
                runs=len(typed),
                baseline_name=f"LIKE over every row, {words}",
                baseline=percentile(bare, percent),
                most=most,
            )
        for words, percent in (("median", 50), ("95th percentile", 95)):
            yield Row(
                subject=f"search as you type in {requests:,}: the ordered list, {words}",
                ours=percentile(listed, percent),
                runs=len(typed),
            )


SUBJECTS: dict[str, Subject] = {
    "opening": opening,
    "agenda": dashboard,
    "list-rows": list_rows,
    "search": search,
}


# ── bare ─────────────────────────────────────────────────────────────────────────────────────────────


def raw_of(vault: Vault[Stores]) -> Any:  # noqa: ANN401  # sqlcipher3 ships no types
    """The driver's own connection under a vault: what a bare program would hold."""
    return vault._raw  # noqa: SLF001  # a benchmark compares with what lies below


@contextmanager
def recorded(vault: Vault[Stores]) -> Iterator[Statements]:
    """Every statement with its values that goes to the driver meanwhile."""
    statements: Statements = []

    def note(*call: Any) -> None:  # noqa: ANN401  # SQLAlchemy's event hands over six things
        statements.append((call[2], call[3]))

    engine = vault._engine  # noqa: SLF001
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def selects_of(statements: Statements) -> Statements:
    """The questions among the statements."""
    return [one for one in statements if one[0].lstrip().upper().startswith(("SELECT", "WITH"))]


def repeat(vault: Vault[Stores], statements: Statements) -> None:
    """Send the same statements through the driver alone, and fetch what they say."""
    raw = raw_of(vault)
    for statement, values in statements:
        raw.execute(statement, values).fetchall()


def _fetched(raw: Any, query: str, values: tuple[str, ...]) -> None:  # noqa: ANN401
    raw.execute(query, values).fetchall()


def _open_and_close(path: Path, data_key: DataKey) -> None:
    Vault.open(path, data_key, schema=SCHEMA, stores=Stores, made_by=__version__).close()


def _bare_connection(path: Path, data_key: DataKey) -> None:
    raw = dbapi2.connect(str(VaultFolder(path=path).database))
    raw.execute(data_key.pragma())
    raw.execute("SELECT count(*) FROM overviews WHERE row < 10").fetchone()
    raw.close()


def _typed(vault: Vault[Stores], words: int) -> list[str]:
    """What stands in the search field after each letter of so many company names and references."""
    chance = random.Random(7)  # noqa: S311  # the same words in every run
    with vault.reading() as stores:
        rows = stores.overviews.page([chance.randint(1, 50) for _ in range(words)])
    texts = [row.reference if at % 5 == 0 else row.company_name for at, row in enumerate(rows)]
    return [text[:length] for text in texts for length in range(1, min(len(text), 12) + 1)]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
