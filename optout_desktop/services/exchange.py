# SPDX-License-Identifier: Apache-2.0
"""Exports and imports of requests: out into a file that is not encrypted, and in again on another machine.

Outward, requests are read in bundles and written while they are read, so that ten thousand of them need little
memory. Inward, a file is read without the vault (``read``), held against it (``preview``), and taken in by one
transaction (``take_in``) that can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from optout_desktop import APP_NAME, __version__
from optout_desktop.catalog.companies import Directory
from optout_desktop.domain.agenda import RequestFilter, SortOrder
from optout_desktop.domain.clocks import RulesSnapshot
from optout_desktop.domain.companies import Company
from optout_desktop.domain.exchange import (
    CalendarDeadline,
    CalendarEntry,
    Describe,
    ExportChoice,
    ExportForm,
    ImportChoice,
    ImportPreview,
    ImportSource,
    OutgoingRequest,
    PlannedLine,
    ReadDocument,
    ReadRequest,
    Verdict,
    calendar_deadlines,
    uid_of,
)
from optout_desktop.domain.ids import CompanyId, PersonId, RequestId, RuleId
from optout_desktop.domain.people import Person
from optout_desktop.domain.requests import OptOutRequest
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .assessing import Assessor
from .exchange_reading import AT_ONCE, Laws, Planned, Planner
from .exchange_writing import ImportedRows, RowWriter
from .ports import Clock, Exchange, Files
from .undoing import UndoLabel, UndoService

T = TypeVar("T")
Told = Callable[[int, int], None]
"""Told how many of how many are done; may raise, to end the work."""

Deliver = Callable[[Iterable[bytes]], None]
"""Takes a file's pieces somewhere."""

EXPORTED_DEADLINES = "exported_deadlines"
"""The fact that says which clocks earlier calendars held, one a line: request, rule, day."""


class Turns(Protocol):
    """Does a job that needs the vault when it is its turn, so that the jobs of others come in between."""

    def __call__(self, job: Callable[[], T], /) -> T:
        """What the job answers."""
        ...


def at_once(job: Callable[[], T]) -> T:
    """Do it now: whoever calls is on the vault's thread."""
    return job()


def _nobody(_done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What went out. ``is_too_large`` where the document could not be read in again in one piece."""

    requests: int
    size_bytes: int
    deadlines: int = 0
    cancelled: int = 0
    is_too_large: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was taken in, by the numbers of the preview."""

    preview: ImportPreview

    @property
    def new(self) -> int:
        """Requests that were added."""
        return self.preview.count(Verdict.NEW)

    @property
    def merged(self) -> int:
        """Requests that got entries."""
        return self.preview.count(Verdict.MERGED)


@dataclass(slots=True, kw_only=True)
class _Run:
    """One export while it is made."""

    choice: ExportChoice
    told: Told
    turns: Turns
    requests: int = 0
    size_bytes: int = 0
    deadlines: int = 0
    cancelled: int = 0
    remembered: dict[str, date] = field(default_factory=dict)
    rules: dict[str, RulesSnapshot | None] = field(default_factory=dict)
    """Snapshots by digest: thousands of requests share a few."""


class ExchangeService:
    """Everything that leaves for a file, and comes back from one."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it stands on
        self,
        vault: Vault[Stores],
        assessor: Assessor,
        laws: Laws,
        directory: Directory,
        exchange: Exchange,
        files: Files,
        clock: Clock,
        undoing: UndoService,
    ) -> None:
        self._vault = vault
        self._assessor = assessor
        self._laws = laws
        self._directory = directory
        self._exchange = exchange
        self._files = files
        self._clock = clock
        self._undoing = undoing

    # ── out ──────────────────────────────────────────────────────────────────────────────────────────

    def count(self, wanted: RequestFilter | None = None) -> int:
        """How many requests would go out."""
        with self._vault.reading() as stores:
            return len(self._rows(stores, wanted))

    def save(
        self,
        choice: ExportChoice,
        path: Path,
        describe: Describe | None = None,
        told: Told = _nobody,
        turns: Turns = at_once,
    ) -> Exported:
        """Write a file for the person alone; it is not encrypted. Raises HandOverError, DiskFull."""
        return self.export(choice, lambda pieces: self._files.write(path, pieces), describe, told, turns)

    def export(
        self,
        choice: ExportChoice,
        deliver: Deliver,
        describe: Describe | None = None,
        told: Told = _nobody,
        turns: Turns = at_once,
    ) -> Exported:
        """Hand a file's pieces over while the requests are read; a calendar needs ``describe`` for its words.

        The vault is asked for one bundle after the other, in ``turns``.
        """
        run = _Run(choice=choice, told=told, turns=turns)
        rows = self._ask(run, lambda stores: self._rows(stores, choice.wanted))
        known = ""
        if choice.form is ExportForm.ICS:
            if describe is None:
                raise TypeError("a calendar needs words")
            known = self._ask(run, lambda stores: stores.facts.get(EXPORTED_DEADLINES))
            pieces = self._exchange.calendar(self._entries(run, rows, describe, known), self._clock.now())
        else:
            pieces = self._written(run, rows)
        deliver(_counted(pieces, run))
        remembered = _as_lines(run.remembered)
        if choice.form is ExportForm.ICS and remembered != known:
            turns(lambda: self._remember(remembered))
        is_document = choice.form is ExportForm.JSON
        return Exported(
            requests=run.requests,
            size_bytes=run.size_bytes,
            deadlines=run.deadlines,
            cancelled=run.cancelled,
            is_too_large=is_document and run.size_bytes > self._exchange.largest_json_bytes,
        )

    def _ask(self, run: _Run, question: Callable[[Stores], T]) -> T:
        """What the vault answers, when it is our turn."""

        def asked() -> T:
            with self._vault.reading() as stores:
                return question(stores)

        return run.turns(asked)

    def _remember(self, deadlines: str) -> None:
        with self._vault.writing() as stores:
            stores.facts.put(EXPORTED_DEADLINES, deadlines)

    def _rows(self, stores: Stores, wanted: RequestFilter | None) -> list[int]:
        """Row numbers in the order in which the requests were made, so that the same data give the same file."""
        numbers, _ = stores.overviews.numbers(
            wanted or RequestFilter(), SortOrder.CREATED, self._clock.today(), 0
        )
        return sorted(numbers)

    def _written(self, run: _Run, rows: Sequence[int]) -> Iterator[bytes]:
        if run.choice.form is ExportForm.CSV:
            return self._exchange.table(self._outgoing(run, rows), has_bom=run.choice.has_bom)
        people, companies, digests = self._mentioned(run, rows)

        def rules() -> Iterator[tuple[str, str]]:
            for digest in sorted(digests):
                yield digest, self._ask(run, partial(_rules, digest=digest))

        return self._exchange.document(
            self._outgoing(run, rows),
            people=people,
            companies=companies,
            rules=rules,
            made_at=self._clock.now(),
            made_by=f"{APP_NAME} {__version__}",
        )

    def _mentioned(
        self, run: _Run, rows: Sequence[int]
    ) -> tuple[list[Person], list[Company], frozenset[str]]:
        """The people and companies of these requests in order of id, and the rules that they count by."""
        people, companies, digests = set[PersonId](), set[CompanyId](), set[str]()
        for _, part in _parts(rows):
            for person, company, rules in self._ask(run, partial(_named, rows=part)):
                people.add(person)
                companies.add(company)
                digests.add(rules)
        own, everybody = self._ask(
            run,
            lambda stores: ({one.id: one for one in stores.companies.all()}, stores.people.everybody()),
        )
        found = (own.get(id_) or self._directory.get(id_) for id_ in sorted(companies))
        return (
            [one for one in sorted(everybody, key=lambda one: one.id) if one.id in people],
            [one for one in found if one is not None],
            frozenset(digests - {""}),
        )

    def _outgoing(self, run: _Run, rows: Sequence[int]) -> Iterator[OutgoingRequest]:
        for start, part in _parts(rows):
            run.told(start, len(rows))
            for outgoing in self._ask(run, partial(_whole, choice=run.choice, rows=part)):
                run.requests += 1
                yield outgoing
        run.told(len(rows), len(rows))

    def _entries(
        self, run: _Run, rows: Sequence[int], describe: Describe, known: str
    ) -> Iterator[CalendarEntry]:
        """What runs, then what earlier calendars held and has ended since.

        The number of a request's entries is the sequence: they are only ever added, and without one no date of
        a sent request moves. So it is the same on every machine that has the same entries, and grows with them.
        """
        earlier = _from_lines(known)
        run.remembered = {
            f"{request} {rule}": on for request, days in earlier.items() for rule, on in days.items()
        }
        for start, part in _parts(rows):
            run.told(start, len(rows))
            for request, deadlines in self._ask(run, partial(self._running, run=run, rows=part)):
                run.requests += 1
                for deadline in deadlines:
                    words = describe(deadline)
                    run.deadlines += 1
                    run.remembered[f"{deadline.request} {deadline.rule}"] = deadline.on
                    earlier.get(request.id, {}).pop(deadline.rule, None)
                    yield CalendarEntry(
                        uid=deadline.uid,
                        on=deadline.on,
                        title=words.title,
                        text=words.text,
                        sequence=len(request.events),
                    )
        yield from self._ended(run, describe, earlier)
        run.told(len(rows), len(rows))

    def _ended(
        self, run: _Run, describe: Describe, earlier: dict[RequestId, dict[RuleId, date]]
    ) -> Iterator[CalendarEntry]:
        """Clocks of earlier calendars that run no more, whatever the list shows now; of the person, if one is named."""
        person = run.choice.wanted.person if run.choice.wanted else None
        wanted = [request for request, days in earlier.items() if days]
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            for request, deadlines in self._ask(run, partial(self._counted, run=run, ids=part)):
                running = {deadline.rule for deadline in deadlines}
                for rule, on in earlier[request.id].items():
                    if rule in running or person not in {None, request.person}:
                        continue
                    ended = CalendarDeadline(
                        request=request.id,
                        rule=rule,
                        company_name=request.company_name,
                        reference=request.reference,
                        right=request.right,
                        due=on,
                        on=on,
                    )
                    run.cancelled += 1
                    yield CalendarEntry(
                        uid=uid_of(request.id, rule),
                        on=on,
                        title=describe(ended).title,
                        sequence=len(request.events),
                        is_cancelled=True,
                    )

    def _running(
        self, stores: Stores, run: _Run, rows: Sequence[int]
    ) -> list[tuple[OptOutRequest, tuple[CalendarDeadline, ...]]]:
        return self._counted(stores, run, [one.id for one in stores.overviews.page(rows)])

    def _counted(
        self, stores: Stores, run: _Run, ids: Sequence[RequestId]
    ) -> list[tuple[OptOutRequest, tuple[CalendarDeadline, ...]]]:
        """Requests and the clocks that run for them."""
        return [(request, self._deadlines(stores, run, request)) for request in stores.requests.many(ids)]

    def _deadlines(self, stores: Stores, run: _Run, request: OptOutRequest) -> tuple[CalendarDeadline, ...]:
        if request.sent_on is None:
            return ()
        if request.rules not in run.rules:
            run.rules[request.rules] = self._assessor.kept(stores, request)
        return calendar_deadlines(request, self._assessor.clocks(request, run.rules[request.rules]))

    # ── in ───────────────────────────────────────────────────────────────────────────────────────────

    def read(self, path: Path, source: ImportSource | None = None) -> ReadDocument:
        """What a file says; asks nothing of the vault. Raises HandOverError, ImportRefused."""
        return self._exchange.read(self._files.open(path), source)

    def preview(
        self,
        document: ReadDocument,
        choice: ImportChoice,
        told: Told = _nobody,
        turns: Turns = at_once,
    ) -> ImportPreview:
        """What taking the file in would do. Raises NotAllowed where it needs a person and there is none."""

        def begun() -> Planner:
            with self._vault.reading() as stores:
                return self._planner(stores, document, choice)

        def looked(many: Sequence[ReadRequest]) -> tuple[Planned, ...]:
            with self._vault.reading() as stores:
                return planner.plan(stores, many)

        planner = turns(begun)
        planned: list[Planned] = []
        for many in planner.bundles(told):
            planned += turns(partial(looked, many))
        return _preview(document, planner, planned)

    def take_in(self, document: ReadDocument, choice: ImportChoice, told: Told = _nobody) -> Imported:
        """Take in what the preview says, all of it or nothing. ``told`` may raise; then nothing was changed.

        It is one transaction: of an import that was cut off by a crash nothing is there.
        """
        planned: list[Planned] = []
        with self._vault.writing() as stores:
            planner = self._planner(stores, document, choice)
            writer = RowWriter(self._assessor, self._clock)
            for many in planner.bundles(told):
                plans = planner.plan(stores, many)
                writer.write(stores, plans, planner)
                planned += plans
        rows = writer.rows(planner)
        if rows.is_any:
            self._push(rows, document.file_name)
        return Imported(preview=_preview(document, planner, planned))

    def _planner(self, stores: Stores, document: ReadDocument, choice: ImportChoice) -> Planner:
        return Planner(stores, self._laws, self._directory, document, choice)

    def _push(self, rows: ImportedRows, name: str) -> None:
        writer = RowWriter(self._assessor, self._clock)
        last = rows

        def undo() -> None:
            nonlocal last
            with self._vault.writing() as stores:
                last = writer.take_back(stores, last, is_in=False)

        def redo() -> None:
            nonlocal last
            with self._vault.writing() as stores:
                last = writer.take_back(stores, last, is_in=True)

        self._undoing.push(UndoLabel.REQUESTS_IMPORTED, name, undo=undo, redo=redo)


def _named(stores: Stores, rows: Sequence[int]) -> tuple[tuple[PersonId, CompanyId, str], ...]:
    return stores.exchange.named(rows)


def _rules(stores: Stores, digest: str) -> str:
    return stores.requests.snapshot(digest)


def _whole(stores: Stores, choice: ExportChoice, rows: Sequence[int]) -> list[OutgoingRequest]:
    """Requests with all that a file may say of them."""
    people = {person.id: person for person in stores.people.everybody()}
    overviews = {one.id: one for one in stores.overviews.page(rows)}
    notes = stores.exchange.notes(overviews)
    has_letters = choice.form is ExportForm.JSON
    letters = stores.exchange.letters(overviews, has_content=choice.has_texts) if has_letters else {}
    return [
        OutgoingRequest(
            request=request,
            person=people[request.person],
            overview=overviews[request.id],
            note=notes.get(request.id, ""),
            letters=letters.get(request.id, ()),
        )
        for request in stores.requests.many(overviews)
    ]


def _counted(pieces: Iterable[bytes], run: _Run) -> Iterator[bytes]:
    for piece in pieces:
        run.size_bytes += len(piece)
        yield piece


def _parts(rows: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
    for start in range(0, len(rows), AT_ONCE):
        yield start, rows[start : start + AT_ONCE]


def _from_lines(text: str) -> dict[RequestId, dict[RuleId, date]]:
    found: dict[RequestId, dict[RuleId, date]] = {}
    for line in text.splitlines():
        request, rule, on = line.split(" ")
        found.setdefault(RequestId(request), {})[RuleId(rule)] = date.fromisoformat(on)
    return found


def _as_lines(remembered: dict[str, date]) -> str:
    return "\n".join(f"{name} {on.isoformat()}" for name, on in sorted(remembered.items()))


def _preview(document: ReadDocument, planner: Planner, planned: Sequence[Planned]) -> ImportPreview:
    unusable = [
        PlannedLine(
            place=one.place,
            verdict=Verdict.UNUSABLE,
            name=one.name,
            problem=one.problem,
            detail=one.detail,
        )
        for one in document.unusable
    ]
    return ImportPreview(
        source=document.source,
        file_name=document.file_name,
        encoding=document.encoding,
        lines=(*(one.line for one in planned), *unusable),
        new_people=tuple(person.name for person in planner.new_people.values()),
        new_companies=len(planner.new_companies),
        letters_left_out=sum(one.letters_left_out for one in planned),
    )
