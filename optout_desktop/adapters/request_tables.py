# SPDX-License-Identifier: Apache-2.0
"""Requests ↔ a table (RFC 4180, UTF-8): one request a row, for spreadsheets and back.

What a spreadsheet would take for a formula goes out with an apostrophe before it, and so does what begins with an
apostrophe already, so that taking one away again gives exactly what was there. Entries other than the sending,
the company's last answer and the closing do not fit into a row: for them there is the document.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from optout_desktop.domain.companies import Channel, Company, Contact, Origin
from optout_desktop.domain.errors import ImportRefused
from optout_desktop.domain.exchange import (
    ImportSource,
    OutgoingRequest,
    Problem,
    ReadDocument,
    ReadRequest,
    Unusable,
    drp_exercise,
    drp_status,
)
from optout_desktop.domain.ids import CompanyId, EventId, LawId, PersonId, RequestId
from optout_desktop.domain.people import Person, PersonKind
from optout_desktop.domain.places import Place
from optout_desktop.domain.requests import CloseReason, EventKind, OptOutRequest, RefusalReason, RequestEvent
from optout_desktop.domain.rights import Right

from .read_fields import Fields, NotUsable, made_id
from .tables_in import LONGEST_CELL_CHARS, MOST_COLUMNS, MOST_ROWS, TableText

COLUMNS = (
    "id",
    "reference",
    "person",
    "person_email",
    "person_id",
    "person_kind",
    "company",
    "company_id",
    "right",
    "law",
    "residence",
    "addressee_place",
    "channel",
    "to_address",
    "status",
    "created_on",
    "sent_on",
    "due_on",
    "last_defensible_on",
    "answer",
    "answered_on",
    "answer_reason",
    "extended_until",
    "closed_on",
    "close_reason",
    "last_entry",
    "last_entry_on",
    "note",
    "drp_exercise",
    "drp_status",
    "drp_reason",
)
"""The columns in order; the help page *Exports* says what each means."""

NEEDED = frozenset({"company", "right", "law"})
ANSWERS = (
    EventKind.ACKNOWLEDGED,
    EventKind.EXTENDED,
    EventKind.COMPLETED,
    EventKind.PARTLY_COMPLETED,
    EventKind.REFUSED,
)
"""What can stand in the column ``answer``."""

GUARD = "'"
_TRIGGERS = frozenset("=+-@＝＋－＠\t\r\n'")
_ROWS_AT_ONCE = 200


def guarded(text: str) -> str:
    """``text`` as it may stand in a cell: never the beginning of a formula."""
    text = text.replace("\0", "")
    first = text.lstrip()[:1] or text[:1]
    return f"{GUARD}{text}" if text[:1] in _TRIGGERS or first in _TRIGGERS else text


def unguarded(cell: str) -> str:
    """What ``guarded`` was given."""
    return cell.removeprefix(GUARD)


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────


def table_file(requests: Iterable[OutgoingRequest], *, has_bom: bool) -> Iterator[bytes]:
    """The file's pieces, the header first, lines ended by CR and LF, every cell quoted."""
    if has_bom:
        yield codecs.BOM_UTF8
    lines: list[tuple[str, ...]] = [COLUMNS]
    for one in requests:
        lines.append(tuple(map(guarded, _row(one))))
        if len(lines) >= _ROWS_AT_ONCE:
            yield _written(lines)
            lines = []
    yield _written(lines)


def _written(lines: list[tuple[str, ...]]) -> bytes:
    page = io.StringIO(newline="")
    csv.writer(page, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(lines)
    # a lone surrogate, which no text should hold, must not spoil the whole file
    return page.getvalue().encode("utf-8", "replace")


def _row(one: OutgoingRequest) -> Iterator[str]:
    request, row, person = one.request, one.overview, one.person
    answer, closed = request.last(*ANSWERS), request.last(EventKind.CLOSED)
    if closed is not None and request.last(EventKind.CLOSED, EventKind.REOPENED) is not closed:
        closed = None
    status, reason = drp_status(request)
    yield from (request.id, request.reference, person.name, person.email, person.id, person.kind)
    yield from (request.company_name, request.company, request.right, request.law)
    yield from (request.residence, request.addressee_place, request.channel, request.to_address)
    yield from (request.status, request.created_on.isoformat(), _day(request.sent_on))
    yield from (_day(row.due_on), _day(row.flag_after_on))
    yield from (answer.kind, _day(answer.on), answer.reason) if answer else ("", "", "")
    yield _day(answer.until) if answer else ""
    yield from (_day(closed.on), closed.reason) if closed else ("", "")
    yield from (row.last_kind or "", _day(row.last_on), one.note)
    yield from (drp_exercise(request.right), status, reason)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────


def read_table(table: TableText) -> ReadDocument:
    """The requests of a table that ``table_file`` wrote, or one with the same columns.

    Raises ImportRefused for what is no such table. A row without an id is given one made of what it says, so
    that reading it twice gives the same request.
    """
    for _ in _rows(table):
        pass  # a limit is met before anything is made of the rows
    rows = _rows(table)
    header = next(rows, (1, ()))[1]
    columns = [label.strip().lower() for label in header]
    if missing := sorted(NEEDED - set(columns)):
        raise ImportRefused(
            f"{table.name} has no column called “{missing[0]}”. Its first line must name the columns: "
            f"{', '.join(sorted(NEEDED))} at least. Nothing was changed.",
            "columns",
            "line 1",
        )
    people: dict[str, Person] = {}
    companies: dict[str, Company] = {}
    found: list[ReadRequest] = []
    unusable: list[Unusable] = []
    for line, cells in rows:
        place = f"line {line}"
        record = dict(zip(columns, map(unguarded, cells), strict=False))
        try:
            read, person, company = _read(Fields(record, place))
        except NotUsable as error:
            name = record.get("company", "")[:100]
            unusable.append(Unusable(place=place, problem=error.problem, detail=error.detail, name=name))
            continue
        found.append(read)
        companies.setdefault(company.id, company)
        if person is not None:
            people.setdefault(person.id, person)
    return ReadDocument(
        source=ImportSource.CSV,
        file_name=table.name,
        encoding=table.encoding,
        people=tuple(people.values()),
        companies=tuple(companies.values()),
        requests=tuple(found),
        unusable=tuple(unusable),
    )


def _rows(table: TableText) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Rows that hold anything, exactly as they are, with the line that each begins on."""
    reader = csv.reader(io.StringIO(table.text, newline=""), delimiter=table.delimiter, strict=True)
    count = 0
    while True:
        began = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ImportRefused(
                f"The row that begins on line {began} of {table.name} cannot be read. Nothing was changed. "
                "Look there for a missing quotation mark.",
                "columns",
                f"line {began}",
            ) from error
        if not any(cells):
            continue
        count += 1
        if count > MOST_ROWS + 1 or len(cells) > MOST_COLUMNS:
            limit = f"{MOST_COLUMNS} columns" if len(cells) > MOST_COLUMNS else f"{MOST_ROWS:,} rows"
            raise ImportRefused(
                f"{table.name} has more than {limit}. It was not read, and nothing was changed. "
                "Split it into smaller files.",
                "too_large",
                f"line {began}",
            )
        if any(len(cell) > LONGEST_CELL_CHARS for cell in cells):
            raise ImportRefused(
                f"The row that begins on line {began} of {table.name} has a cell of more than "
                f"{LONGEST_CELL_CHARS // 1024} KB. Nothing was changed.",
                "cell_too_long",
                f"line {began}",
            )
        yield began, tuple(cells)


def _read(row: Fields) -> tuple[ReadRequest, Person | None, Company]:
    id_ = row.id("id") or made_id(
        "row",
        *(
            row.text(name)
            for name in ("reference", "person", "company", "right", "law", "created_on", "sent_on")
        ),
    )
    right, law = row.word("right", Right), row.needed("law").lower()
    sent_on, created_on = row.day("sent_on"), row.day("created_on")
    day = created_on or sent_on
    if day is None:
        raise NotUsable(Problem.MISSING, "created_on")
    channel = row.word_or("channel", Channel, Channel.EMAIL)
    to_address = row.text("to_address", is_long=True)
    company = _company(row, channel, to_address)
    person = _person(row, day)
    request = OptOutRequest(
        id=RequestId(id_),
        person=person.id if person else PersonId(""),
        company=company.id,
        company_name=company.name,
        right=right,
        law=LawId(law),
        residence=Place(row.place("residence")),
        addressee_place=row.place("addressee_place"),
        channel=channel,
        to_address=to_address,
        reference=row.text("reference") or f"CSV-{id_[:8].upper()}",
        created_on=day,
        events=tuple(_entries(row, id_, sent_on)),
    )
    note = row.text("note", is_long=True)
    return ReadRequest(place=row.where, request=request, note=note), person, company


def _entries(row: Fields, request: str, sent_on: date | None) -> Iterator[RequestEvent]:
    if sent_on is not None:
        yield _entry(request, EventKind.SENT, sent_on)
    if row.text("answer"):
        kind = row.word("answer", EventKind)
        if kind not in ANSWERS:
            raise NotUsable(Problem.UNKNOWN_WORD, f"answer: {kind}")
        on = row.day("answered_on")
        if on is None:
            raise NotUsable(Problem.MISSING, "answered_on")
        until, reason = row.day("extended_until"), row.text("answer_reason")
        if kind is EventKind.EXTENDED:
            reason = reason or RefusalReason.NONE_GIVEN
            if until is None:
                raise NotUsable(Problem.MISSING, "extended_until")
        elif kind is EventKind.REFUSED:
            reason = row.word_or("answer_reason", RefusalReason, RefusalReason.NONE_GIVEN)
        yield _entry(request, kind, on, until=until, reason=reason)
    if (closed_on := row.day("closed_on")) is not None:
        reason = row.word_or("close_reason", CloseReason, CloseReason.DONE)
        yield _entry(request, EventKind.CLOSED, closed_on, reason=reason)


def _entry(
    request: str, kind: EventKind, on: date, *, until: date | None = None, reason: str = ""
) -> RequestEvent:
    return RequestEvent(
        id=EventId(made_id("entry", request, kind, on.isoformat())),
        kind=kind,
        on=on,
        recorded_at=datetime.combine(on, time()),
        until=until,
        reason=reason,
    )


def _company(row: Fields, channel: Channel, to_address: str) -> Company:
    name = row.needed("company")
    contacts = (Contact(channel=channel, value=to_address),) if to_address else ()
    typed = row.text("company_id")
    return Company(
        id=CompanyId(typed or f"own-{made_id('company', name.casefold())}"),
        name=name,
        origin=Origin.IMPORTED,
        contacts=contacts,
    )


def _person(row: Fields, created_on: date) -> Person | None:
    name, email = row.text("person"), row.text("person_email")
    if not name:
        return None
    return Person(
        id=PersonId(row.id("person_id") or made_id("person", name.casefold(), email.casefold())),
        kind=row.word_or("person_kind", PersonKind, PersonKind.CLIENT),
        name=name,
        emails=(email,) if email else (),
        place=Place(row.place("residence")),
        created_on=created_on,
    )
