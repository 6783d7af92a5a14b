# SPDX-License-Identifier: Apache-2.0
"""How long requests take into a file and back, ten thousand of them, beside what nobody could leave out.

Outward the baseline sends the same SELECTs through the driver alone and writes as many rows with the plain csv or
json module; inward it parses the same file with the json module and inserts as many rows of one table.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from bench_measuring import Bench, Row, Subject, interleaved
from bench_storage import raw_of, recorded, repeat, selects_of
from bench_vaults import PASSPHRASE, TODAY

from optout_desktop import __version__
from optout_desktop.domain.companies import Company, Origin
from optout_desktop.domain.exchange import (
    CalendarDeadline,
    CalendarText,
    ExportChoice,
    ExportForm,
    ImportChoice,
    ReadDocument,
)
from optout_desktop.domain.secrets import Secret
from optout_desktop.services.desk import Desk
from optout_desktop.services.stopped_clock import StoppedClock
from optout_desktop.storage.keyslots import KeySlots
from optout_desktop.storage.stores import SCHEMA, Stores
from optout_desktop.storage.vault import Vault

RUNS = 2


def exports(bench: Bench) -> Iterator[Row]:
    """Requests into a file. Baseline: the same SELECTs, bare, and the plain csv or json module on as many rows."""
    requests = bench.sizes.many_requests
    with bench.workshop.opened(requests) as vault:
        desk = bench.workshop.house().open_desk(vault, StoppedClock(TODAY))
        for form in ExportForm:
            with recorded(vault) as statements:
                _exported(desk, form)
            selects = selects_of(statements)

            def bare(selects: Any = selects, form: ExportForm = form) -> None:  # noqa: ANN401  # statements
                repeat(vault, selects)
                _written(vault, form)

            ours, plain = interleaved(RUNS, partial(_exported, desk, form), bare)
            yield Row(
                subject=f"{requests:,} requests into {form.upper()}",
                ours=ours,
                runs=RUNS,
                baseline_name=f"the same SELECTs and plain {'json' if form is ExportForm.JSON else 'csv'}",
                baseline=plain,
            )


def imports(bench: Bench) -> Iterator[Row]:
    """A document into an empty vault, and back out by Undo. Baseline: json.loads, and one INSERT of each entry."""
    requests = bench.sizes.many_requests
    path = bench.workshop.folder / "exchanged.json"
    with bench.workshop.opened(requests) as vault:
        desk = bench.workshop.house().open_desk(vault, StoppedClock(TODAY))
        path.write_bytes(_exported(desk, ExportForm.JSON))
    with _empty(bench) as vault:
        desk = bench.workshop.house().open_desk(vault, StoppedClock(TODAY))
        document = _with_companies(desk.exchange.read(path))
        raw = raw_of(vault)
        raw.execute("CREATE TEMP TABLE bare(a, b, c, d)").fetchall()

        def parsed() -> None:
            json.loads(path.read_bytes())

        def inserted() -> None:
            rows = [
                (one.id, str(one.kind), one.on.isoformat(), one.note)
                for each in document.requests
                for one in each.request.events
            ]
            raw.executemany("INSERT INTO bare VALUES (?, ?, ?, ?)", rows)

        reading, bare_reading = interleaved(RUNS, partial(desk.exchange.read, path), parsed)
        [looking] = interleaved(RUNS, partial(desk.exchange.preview, document, ImportChoice()))
        taking, bare_taking = interleaved(
            1, partial(desk.exchange.take_in, document, ImportChoice()), inserted
        )
        undoing, again = interleaved(1, desk.undoing.undo, desk.undoing.redo)
        for words, seconds, name, bare in (
            ("reading the document", reading, "json.loads", bare_reading),
            ("what it would do", looking, "", None),
            ("taking it in", taking, "bare INSERTs of its entries", bare_taking),
            ("undoing it", undoing, "doing it again", again),
        ):
            yield Row(
                subject=f"{requests:,} requests: {words}", ours=seconds, baseline_name=name, baseline=bare
            )


SUBJECTS: dict[str, Subject] = {"exports": exports, "imports": imports}


def _exported(desk: Desk, form: ExportForm) -> bytes:
    pieces: list[bytes] = []
    desk.exchange.export(ExportChoice(form=form), pieces.extend, _words)
    return b"".join(pieces)


def _words(deadline: CalendarDeadline) -> CalendarText:
    return CalendarText(title="OptOut deadline", text=f"Reference {deadline.reference}.")


def _written(vault: Vault[Stores], form: ExportForm) -> None:
    """Write as many rows with what the standard library has."""
    raw = raw_of(vault)
    query = "SELECT * FROM events" if form is ExportForm.JSON else "SELECT * FROM overviews"
    rows = [tuple(row) for row in raw.execute(query).fetchall()]
    if form is ExportForm.JSON:
        json.dumps(rows, default=str)
        return
    csv.writer(io.StringIO()).writerows(rows)


def _with_companies(document: ReadDocument) -> ReadDocument:
    """The companies of measured vaults are names alone; a vault that reads them in wants a record of each."""
    there = {one.id for one in document.companies}
    asked = {one.request.company: one.request.company_name for one in document.requests}
    made = [
        Company(id=id_, name=name, origin=Origin.ADDED) for id_, name in asked.items() if id_ not in there
    ]
    return replace(document, companies=(*document.companies, *made))


def _empty(bench: Bench) -> Vault[Stores]:
    slots, key = KeySlots.create(Secret(PASSPHRASE))
    path = bench.workshop.folder / "vaults" / "Empty.optout"
    return Vault.create(path, slots, key, schema=SCHEMA, stores=Stores, made_by=__version__)
