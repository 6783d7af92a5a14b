# SPDX-License-Identifier: Apache-2.0
"""Keeps requests and their events; events are only ever appended."""

from __future__ import annotations

from dataclasses import fields
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import CompanyId, EventId, LawId, PersonId, RequestId
from optout_desktop.domain.letters import RequestFact
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.places import Place
from optout_desktop.domain.requests import OptOutRequest, RequestEvent

from .tables import events, notes, request_facts, requests, rule_snapshots

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from optout_desktop.domain.rights import Right

IN_ONE_QUERY = 500
"""Ids in one ``IN (…)``: well under SQLite's limit of bound values."""
_AFTER_EVERY_DIGIT = "g"
"""Ids are hexadecimal."""


class RequestStore:
    """The requests of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, request: OptOutRequest) -> int:
        """Keep a new request with the events it has; the answer is its row number."""
        self._connection.execute(insert(requests).values(_row(request)))
        row = self._connection.execute(select(requests.c.row).where(requests.c.id == request.id)).scalar_one()
        self._put_facts((request,))
        for event in request.events:
            self.append(request.id, event)
        return int(row)

    def add_all(self, many: Sequence[OptOutRequest]) -> None:
        """Keep many new requests with their events at once."""
        if not many:
            return
        self._connection.execute(insert(requests), [_row(request) for request in many])
        self._put_facts(many)
        entries = [event_row(request.id, event) for request in many for event in request.events]
        if entries:
            self._connection.execute(insert(events), entries)

    def change(self, request: OptOutRequest) -> None:
        """Write the fields of a request again, such as a draft's channel or the snapshot at sending."""
        values = _row(request)
        del values["id"]
        self._connection.execute(update(requests).where(requests.c.id == request.id).values(values))
        self._connection.execute(delete(request_facts).where(request_facts.c.request == request.id))
        self._put_facts((request,))

    def append(self, request: RequestId, event: RequestEvent) -> None:
        """Add one entry to a request's history."""
        self._connection.execute(insert(events).values(event_row(request, event)))

    def get(self, request: RequestId) -> OptOutRequest:
        """One request with all its entries. Raises NotFound."""
        found = self.many((request,))
        if not found:
            raise NotFound("request", request)
        return found[0]

    def many(self, ids: Iterable[RequestId]) -> tuple[OptOutRequest, ...]:
        """Requests with all their entries, in the order of their rows."""
        wanted = list(dict.fromkeys(ids))
        found: list[tuple[int, OptOutRequest]] = []
        for start in range(0, len(wanted), IN_ONE_QUERY):
            found += self._load(wanted[start : start + IN_ONE_QUERY])
        return tuple(request for _, request in sorted(found, key=itemgetter(0)))

    def _load(self, ids: Sequence[RequestId]) -> list[tuple[int, OptOutRequest]]:
        rows = self._connection.execute(
            select(requests).where(requests.c.id.in_(ids)).order_by(requests.c.row)
        )
        entries: dict[str, list[RequestEvent]] = {}
        query = select(events).where(events.c.request.in_(ids)).order_by(events.c.sequence)
        for entry in self._connection.execute(query):
            entries.setdefault(entry.request, []).append(_event(entry))
        told: dict[str, dict[RequestFact, str]] = {}
        for fact in self._connection.execute(select(request_facts).where(request_facts.c.request.in_(ids))):
            told.setdefault(fact.request, {})[fact.fact] = fact.text
        return [
            (int(row.row), _request(row, tuple(entries.get(row.id, ())), told.get(row.id, {})))
            for row in rows
        ]

    def _put_facts(self, many: Iterable[OptOutRequest]) -> None:
        rows = [
            {"request": request.id, "fact": fact, "text": text}
            for request in many
            for fact, text in request.facts
        ]
        if rows:
            self._connection.execute(insert(request_facts), rows)

    def ids(self) -> tuple[RequestId, ...]:
        """The ids of all requests by row."""
        return tuple(self._connection.execute(select(requests.c.id).order_by(requests.c.row)).scalars())

    def row_of(self, request: RequestId) -> int:
        """A request's row number. Raises NotFound."""
        row = self._connection.execute(select(requests.c.row).where(requests.c.id == request)).scalar()
        if row is None:
            raise NotFound("request", request)
        return int(row)

    def find(self, reference: str) -> RequestId | None:
        """The request of a reference, or whose id begins with ``reference`` where only one does."""
        typed = reference.strip()
        if not typed:
            return None
        exact = select(requests.c.id).where(requests.c.reference == typed.upper())
        if (found := self._connection.execute(exact).scalar()) is not None:
            return RequestId(found)
        # a range, because LIKE would look at every row
        start = typed.lower()
        within = and_(requests.c.id >= start, requests.c.id < start + _AFTER_EVERY_DIGIT)
        begun = self._connection.execute(select(requests.c.id).where(within).limit(2)).scalars().all()
        return RequestId(begun[0]) if len(begun) == 1 else None

    def rows_of(self, ids: Iterable[RequestId]) -> dict[RequestId, int]:
        """The row numbers of many requests."""
        wanted, found = list(ids), dict[RequestId, int]()
        for start in range(0, len(wanted), IN_ONE_QUERY):
            query = select(requests.c.id, requests.c.row).where(
                requests.c.id.in_(wanted[start : start + IN_ONE_QUERY])
            )
            found |= {RequestId(row.id): int(row.row) for row in self._connection.execute(query)}
        return found

    def notes(self) -> dict[RequestId, str]:
        """The standing versions of all notes."""
        standing = select(func.max(notes.c.sequence)).group_by(notes.c.request)
        query = select(notes.c.request, notes.c.text).where(notes.c.sequence.in_(standing))
        return {RequestId(row.request): str(row.text) for row in self._connection.execute(query)}

    def asked_before(self, person: PersonId, company: CompanyId, right: Right) -> tuple[RequestId, ...]:
        """Requests of a person to a company under a right that are not in the bin, the newest first."""
        query = (
            select(requests.c.id)
            .where(
                requests.c.company == company,
                requests.c.right == right,
                requests.c.person == person,
                requests.c.binned_on.is_(None),
            )
            .order_by(requests.c.row.desc())
        )
        return tuple(self._connection.execute(query).scalars())

    def set_binned(self, request: RequestId, on: date | None) -> None:
        """Move a request to the bin, or back with None."""
        self._connection.execute(update(requests).where(requests.c.id == request).values(binned_on=on))

    def keep_snapshot(self, digest: str, text: str) -> None:
        """Keep rules and non-working days under their digest, once."""
        known = self._connection.execute(
            select(rule_snapshots.c.digest).where(rule_snapshots.c.digest == digest)
        ).first()
        if known is None:
            self._connection.execute(insert(rule_snapshots).values(digest=digest, text=text))

    def snapshot(self, digest: str) -> str:
        """The text of a snapshot. Raises NotFound."""
        query = select(rule_snapshots.c.text).where(rule_snapshots.c.digest == digest)
        text = self._connection.execute(query).scalar()
        if text is None:
            raise NotFound("snapshot", digest)
        return str(text)

    def note(self, request: RequestId) -> str:
        """The standing version of a request's note, or an empty text."""
        query = select(notes.c.text).where(notes.c.request == request).order_by(notes.c.sequence.desc())
        return str(self._connection.execute(query.limit(1)).scalar() or "")

    def put_note(self, request: RequestId, text: str, at: datetime) -> None:
        """Keep a new version of a request's note."""
        self._connection.execute(insert(notes).values(request=request, text=text, saved_at=at))


def _row(request: OptOutRequest) -> dict[str, Any]:
    kept = {field.name: getattr(request, field.name) for field in fields(request)}
    del kept["events"], kept["facts"]
    return {**kept, "identity": tuple(sorted(request.identity))}


def event_row(request: RequestId, event: RequestEvent) -> dict[str, Any]:
    """An entry as its table has it."""
    kept = {field.name: getattr(event, field.name) for field in fields(event)}
    del kept["sequence"]  # the vault numbers entries itself
    return {**kept, "request": request, "details": tuple(f"{name}={value}" for name, value in event.details)}


def _request(row: Row[Any], history: tuple[RequestEvent, ...], told: dict[RequestFact, str]) -> OptOutRequest:
    return OptOutRequest(
        id=RequestId(row.id),
        person=PersonId(row.person),
        company=CompanyId(row.company),
        company_name=row.company_name,
        right=row.right,
        law=LawId(row.law),
        residence=Place(row.residence),
        addressee_place=row.addressee_place,
        channel=row.channel,
        to_address=row.to_address,
        list_id=row.list_id,
        reference=row.reference,
        identity=frozenset(IdentityItem(item) for item in row.identity),
        customer_number=row.customer_number,
        facts=tuple((fact, told[fact]) for fact in RequestFact if fact in told),
        created_on=row.created_on,
        binned_on=row.binned_on,
        rules=row.rules,
        events=history,
    )


def _event(row: Row[Any]) -> RequestEvent:
    pairs = (detail.partition("=") for detail in row.details)
    return RequestEvent(
        id=EventId(row.id),
        kind=row.kind,
        on=row.on,
        recorded_at=row.recorded_at,
        sequence=row.sequence,
        until=row.until,
        reason=row.reason,
        note=row.note,
        grade=row.grade,
        channel=row.channel,
        to_address=row.to_address,
        details=tuple((name, value) for name, _, value in pairs),
        corrects=EventId(row.corrects) if row.corrects else None,
    )
