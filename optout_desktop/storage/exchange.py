# SPDX-License-Identifier: Apache-2.0
"""What exports and imports ask of many requests at once: their letters, and which names are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Connection, bindparam, insert, select, update

from optout_desktop.domain.exchange import CopiedLetter
from optout_desktop.domain.ids import CompanyId, EventId, LetterId, PersonId, RequestId
from optout_desktop.domain.letters import KeptLetter, Letter

from .requests import IN_ONE_QUERY, event_row
from .tables import events, letters, notes, overviews, requests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from optout_desktop.domain.requests import RequestEvent


class ExchangeStore:
    """Questions about many rows of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def letters(
        self, ids: Iterable[RequestId], *, has_content: bool
    ) -> dict[RequestId, tuple[CopiedLetter, ...]]:
        """The letters of requests that are not in the bin, in the order they were made."""
        wanted = [column for column in letters.c if has_content or column.name not in {"bytes", "body"}]
        found: dict[RequestId, list[CopiedLetter]] = {}
        for part in _parts(ids):
            query = select(*wanted).where(letters.c.request.in_(part), letters.c.is_binned.is_(False))
            for row in self._connection.execute(query.order_by(letters.c.sequence)):
                copied = CopiedLetter(
                    kept=KeptLetter(
                        id=LetterId(row.id),
                        request=RequestId(row.request),
                        letter=Letter(
                            kind=row.kind,
                            subject=row.subject,
                            body=row.body if has_content else "",
                            language=row.language,
                            template=row.template,
                            template_version=row.template_version,
                            is_edited=row.is_edited,
                        ),
                        channel=row.channel,
                        to_address=row.to_address,
                        made_on=row.made_on,
                        sha256=row.sha256,
                        way=row.way,
                    ),
                    event=EventId(row.event) if row.event else None,
                    content=bytes(row.bytes) if has_content else None,
                )
                found.setdefault(copied.kept.request, []).append(copied)
        return {request: tuple(many) for request, many in found.items()}

    def named(self, rows: Sequence[int]) -> tuple[tuple[PersonId, CompanyId, str], ...]:
        """Person, company and rules of the requests with these row numbers."""
        query = select(requests.c.person, requests.c.company, requests.c.rules).where(
            requests.c.row.in_(rows)
        )
        return tuple(
            (PersonId(row.person), CompanyId(row.company), row.rules)
            for row in self._connection.execute(query)
        )

    def notes(self, ids: Iterable[RequestId]) -> dict[RequestId, str]:
        """The standing versions of the notes of these requests."""
        found: dict[RequestId, str] = {}
        for part in _parts(ids):
            query = select(notes.c.request, notes.c.text).where(notes.c.request.in_(part))
            for row in self._connection.execute(query.order_by(notes.c.sequence)):
                found[RequestId(row.request)] = str(row.text)
        return found

    def letter_ids(self, ids: Iterable[LetterId]) -> frozenset[str]:
        """Those of ``ids`` that a letter has."""
        return frozenset(self._taken(letters.c.id, ids))

    def by_reference(self, references: Iterable[str]) -> dict[str, RequestId]:
        """The requests that have one of these references."""
        found: dict[str, RequestId] = {}
        for part in _parts(references):
            query = select(requests.c.reference, requests.c.id).where(requests.c.reference.in_(part))
            found |= {row.reference: RequestId(row.id) for row in self._connection.execute(query)}
        return found

    def requests_of_entries(self, entries: Iterable[EventId]) -> dict[EventId, RequestId]:
        """The request that each of these entries belongs to."""
        found: dict[EventId, RequestId] = {}
        for part in _parts(entries):
            query = select(events.c.id, events.c.request).where(events.c.id.in_(part))
            found |= {EventId(row.id): RequestId(row.request) for row in self._connection.execute(query)}
        return found

    def append_all(self, entries: Iterable[tuple[RequestId, RequestEvent]]) -> None:
        """Add entries to the histories of many requests, in this order."""
        rows = [event_row(request, event) for request, event in entries]
        if rows:
            self._connection.execute(insert(events), rows)

    def set_binned(self, days: Mapping[RequestId, date | None]) -> None:
        """Move many requests to the bin, or back where the day is None; their rows in lists follow."""
        if not days:
            return
        moved = update(requests).where(requests.c.id == bindparam("of")).values(binned_on=bindparam("on"))
        self._connection.execute(moved, [{"of": of, "on": on} for of, on in days.items()])
        seen = update(overviews).where(overviews.c.id == bindparam("of")).values(is_binned=bindparam("is_in"))
        self._connection.execute(seen, [{"of": of, "is_in": on is not None} for of, on in days.items()])

    def _taken(self, column: Column[Any], values: Iterable[str]) -> Iterator[str]:
        for part in _parts(values):
            yield from self._connection.execute(select(column).where(column.in_(part))).scalars()


def _parts(values: Iterable[str]) -> Iterator[list[str]]:
    whole = list(dict.fromkeys(values))
    for start in range(0, len(whole), IN_ONE_QUERY):
        yield whole[start : start + IN_ONE_QUERY]
