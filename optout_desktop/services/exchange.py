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
from pathlib import Path

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

Told = Callable[[int, int], None]
"""Told how many of how many are done; may raise, to end the work."""

Deliver = Callable[[Iterable[bytes]], None]
"""Takes a file's pieces somewhere."""

EXPORTED_DEADLINES = "exported_deadlines"
"""The fact that says which clocks earlier calendars held, one a line: request, rule, day."""


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


@dataclass(slots=True)
class _Count:
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
        self, choice: ExportChoice, path: Path, describe: Describe | None = None, told: Told = _nobody
    ) -> Exported:
        """Write a file for the person alone; it is not encrypted. Raises HandOverError, DiskFull."""
        return self.export(choice, lambda pieces: self._files.write(path, pieces), describe, told)

    def export(
        self, choice: ExportChoice, deliver: Deliver, describe: Describe | None = None, told: Told = _nobody
    ) -> Exported:
        """Hand a file's pieces over while the requests are read; a calendar needs ``describe`` for its words."""
        count = _Count()
        with self._vault.reading() as stores:
            known = stores.facts.get(EXPORTED_DEADLINES)
            if choice.form is ExportForm.ICS:
                if describe is None:
                    raise TypeError("a calendar needs words")
                pieces = self._calendar(stores, choice, describe, known, count, told)
            else:
                pieces = self._written(stores, choice, count, told)
            deliver(_counted(pieces, count))
        remembered = _as_lines(count.remembered)
        if choice.form is ExportForm.ICS and remembered != known:
            with self._vault.writing() as stores:
                stores.facts.put(EXPORTED_DEADLINES, remembered)
        is_document = choice.form is ExportForm.JSON
        return Exported(
            requests=count.requests,
            size_bytes=count.size_bytes,
            deadlines=count.deadlines,
            cancelled=count.cancelled,
            is_too_large=is_document and count.size_bytes > self._exchange.largest_json_bytes,
        )

    def _rows(self, stores: Stores, wanted: RequestFilter | None) -> list[int]:
        """Row numbers in the order in which the requests were made, so that the same data give the same file."""
        numbers, _ = stores.overviews.numbers(
            wanted or RequestFilter(), SortOrder.CREATED, self._clock.today(), 0
        )
        return sorted(numbers)

    def _written(self, stores: Stores, choice: ExportChoice, count: _Count, told: Told) -> Iterator[bytes]:
        rows = self._rows(stores, choice.wanted)
        if choice.form is ExportForm.CSV:
            return self._exchange.table(
                self._outgoing(stores, rows, choice, count, told), has_bom=choice.has_bom
            )
        people, companies, digests = self._mentioned(stores, rows)
        return self._exchange.document(
            self._outgoing(stores, rows, choice, count, told),
            people=people,
            companies=companies,
            rules=lambda: ((digest, stores.requests.snapshot(digest)) for digest in sorted(digests)),
            made_at=self._clock.now(),
            made_by=f"{APP_NAME} {__version__}",
        )

    def _mentioned(self, stores: Stores, rows: Sequence[int]) -> tuple[list[Person], list[Company], set[str]]:
        """The people and companies of these requests in order of id, and the rules that they count by."""
        people, companies, digests = set[PersonId](), set[CompanyId](), set[str]()
        for _, part in _parts(rows):
            for request in stores.requests.many(one.id for one in stores.overviews.page(part)):
                people.add(request.person)
                companies.add(request.company)
                digests.add(request.rules)
        own = {one.id: one for one in stores.companies.all()}
        found = (own.get(id_) or self._directory.get(id_) for id_ in sorted(companies))
        everybody = sorted(stores.people.everybody(), key=lambda one: one.id)
        return (
            [one for one in everybody if one.id in people],
            [one for one in found if one is not None],
            digests - {""},
        )

    def _outgoing(
        self, stores: Stores, rows: Sequence[int], choice: ExportChoice, count: _Count, told: Told
    ) -> Iterator[OutgoingRequest]:
        people = {person.id: person for person in stores.people.everybody()}
        notes = stores.requests.notes()
        has_letters = choice.form is ExportForm.JSON
        for start, part in _parts(rows):
            told(start, len(rows))
            overviews = {one.id: one for one in stores.overviews.page(part)}
            letters = stores.exchange.letters(overviews, has_content=choice.has_texts) if has_letters else {}
            for request in stores.requests.many(overviews):
                count.requests += 1
                yield OutgoingRequest(
                    request=request,
                    person=people[request.person],
                    overview=overviews[request.id],
                    note=notes.get(request.id, ""),
                    letters=letters.get(request.id, ()),
                )
        told(len(rows), len(rows))

    def _calendar(
        self,
        stores: Stores,
        choice: ExportChoice,
        describe: Describe,
        known: str,
        count: _Count,
        told: Told,
    ) -> Iterator[bytes]:
        entries = self._entries(stores, choice, describe, known, count, told)
        return self._exchange.calendar(entries, self._clock.now())

    def _entries(
        self,
        stores: Stores,
        choice: ExportChoice,
        describe: Describe,
        known: str,
        count: _Count,
        told: Told,
    ) -> Iterator[CalendarEntry]:
        """What runs, then what earlier calendars held and has ended since.

        The number of a request's entries is the sequence: they are only ever added, and without one no date of
        a sent request moves. So it is the same on every machine that has the same entries, and grows with them.
        """
        rows = self._rows(stores, choice.wanted)
        earlier = _from_lines(known)
        count.remembered = {f"{request} {rule}": on for (request, rule), on in earlier.items()}
        for start, part in _parts(rows):
            told(start, len(rows))
            ids = [one.id for one in stores.overviews.page(part)]
            for request in stores.requests.many(ids):
                count.requests += 1
                for deadline in self._deadlines(stores, request, count):
                    words = describe(deadline)
                    count.deadlines += 1
                    count.remembered[f"{deadline.request} {deadline.rule}"] = deadline.on
                    yield CalendarEntry(
                        uid=deadline.uid,
                        on=deadline.on,
                        title=words.title,
                        text=words.text,
                        sequence=len(request.events),
                    )
        yield from self._ended(stores, choice, describe, earlier, count)
        told(len(rows), len(rows))

    def _ended(
        self,
        stores: Stores,
        choice: ExportChoice,
        describe: Describe,
        earlier: dict[tuple[RequestId, RuleId], date],
        count: _Count,
    ) -> Iterator[CalendarEntry]:
        """Clocks of earlier calendars that run no more, whatever the list shows now; of the person, if one is named."""
        person = choice.wanted.person if choice.wanted else None
        wanted = list(dict.fromkeys(request for request, _ in earlier))
        for start in range(0, len(wanted), AT_ONCE):
            for request in stores.requests.many(wanted[start : start + AT_ONCE]):
                if person not in {None, request.person}:
                    continue
                running = {deadline.rule for deadline in self._deadlines(stores, request, count)}
                for (of, rule), on in earlier.items():
                    if of != request.id or rule in running:
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
                    count.cancelled += 1
                    yield CalendarEntry(
                        uid=uid_of(request.id, rule),
                        on=on,
                        title=describe(ended).title,
                        sequence=len(request.events),
                        is_cancelled=True,
                    )

    def _deadlines(
        self, stores: Stores, request: OptOutRequest, count: _Count
    ) -> tuple[CalendarDeadline, ...]:
        if request.sent_on is None:
            return ()
        if request.rules not in count.rules:
            count.rules[request.rules] = self._assessor.kept(stores, request)
        return calendar_deadlines(request, self._assessor.clocks(request, count.rules[request.rules]))

    # ── in ───────────────────────────────────────────────────────────────────────────────────────────

    def read(self, path: Path, source: ImportSource | None = None) -> ReadDocument:
        """What a file says; asks nothing of the vault. Raises HandOverError, ImportRefused."""
        return self._exchange.read(self._files.open(path), source)

    def preview(self, document: ReadDocument, choice: ImportChoice, told: Told = _nobody) -> ImportPreview:
        """What taking the file in would do. Raises NotAllowed where it needs a person and there is none."""
        with self._vault.reading() as stores:
            planner = self._planner(stores, document, choice)
            planned = [one for many in planner.plan(told) for one in many]
        return _preview(document, planner, planned)

    def take_in(self, document: ReadDocument, choice: ImportChoice, told: Told = _nobody) -> Imported:
        """Take in what the preview says, all of it or nothing. ``told`` may raise; then nothing was changed."""
        planned: list[Planned] = []
        with self._vault.writing() as stores:
            planner = self._planner(stores, document, choice)
            writer = RowWriter(self._assessor, self._clock)
            for many in planner.plan(told):
                writer.write(stores, many, planner)
                planned += many
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


def _counted(pieces: Iterable[bytes], count: _Count) -> Iterator[bytes]:
    for piece in pieces:
        count.size_bytes += len(piece)
        yield piece


def _parts(rows: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
    for start in range(0, len(rows), AT_ONCE):
        yield start, rows[start : start + AT_ONCE]


def _from_lines(text: str) -> dict[tuple[RequestId, RuleId], date]:
    found: dict[tuple[RequestId, RuleId], date] = {}
    for line in text.splitlines():
        request, rule, on = line.split(" ")
        found[RequestId(request), RuleId(rule)] = date.fromisoformat(on)
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
