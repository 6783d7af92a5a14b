# SPDX-License-Identifier: Apache-2.0
"""Keeps one flat row a request, so that lists and the dashboard need no events.

The rows are a cache of the events: written in the same transaction, compared and rebuilt by
``optout vault check``. What depends on the day is never stored; it is a comparison of stored dates with today.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, delete, func, insert, or_, select

from ..domain.agenda import Answered, Bucket, RequestFilter, RequestOverview, SortOrder, Tally, Urgency
from ..domain.ids import PersonId, RequestId
from ..domain.requests import EventKind, RequestStatus
from .search import SearchIndex
from .tables import notes, overviews

_COLUMNS = tuple(field.name for field in fields(RequestOverview))


class OverviewStore:
    """The overview rows of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, overview: RequestOverview) -> None:
        """Write the row of a request in the place of the old one."""
        self._connection.execute(delete(overviews).where(overviews.c.row == overview.row))
        self.add_all((overview,))

    def add_all(self, many: Iterable[RequestOverview]) -> None:
        """Write rows of requests that have none."""
        rows = [{name: getattr(one, name) for name in _COLUMNS} for one in many]
        if rows:
            self._connection.execute(insert(overviews), rows)

    def clear(self) -> None:
        """Drop all rows before they are rebuilt."""
        self._connection.execute(delete(overviews))

    def get(self, request: RequestId) -> RequestOverview | None:
        """The row of one request, or None."""
        row = self._connection.execute(select(overviews).where(overviews.c.id == request)).first()
        return _overview(row) if row else None

    def page(self, rows: Sequence[int]) -> tuple[RequestOverview, ...]:
        """The rows of these numbers, in the order asked for; numbers that are gone are left out."""
        found = self._connection.execute(select(overviews).where(overviews.c.row.in_(list(rows))))
        by_number = {row.row: _overview(row) for row in found}
        return tuple(by_number[number] for number in rows if number in by_number)

    def numbers(
        self,
        wanted: RequestFilter,
        sort: SortOrder,
        today: date,
        due_soon_days: int,
        limit: int | None = None,
    ) -> tuple[list[int], list[tuple[Urgency, int]]]:
        """Row numbers of a list in its order, and how many stand in each group of urgency, in order.

        The groups are only counted for the order by urgency.
        """
        conditions = self._conditions(wanted, today, due_soon_days)
        group = _group(today, due_soon_days)
        orders: dict[SortOrder, tuple[Any, ...]] = {
            SortOrder.URGENCY: (
                group,
                overviews.c.flag_after_on.is_(None),
                overviews.c.flag_after_on,
                overviews.c.row.desc(),
            ),
            SortOrder.COMPANY: (func.lower(overviews.c.company_name), overviews.c.row),
            SortOrder.DUE: (overviews.c.due_on.is_(None), overviews.c.due_on, overviews.c.row),
            SortOrder.SENT: (
                overviews.c.sent_on.is_(None),
                overviews.c.sent_on.desc(),
                overviews.c.row.desc(),
            ),
            SortOrder.CREATED: (overviews.c.row.desc(),),
        }
        query = select(overviews.c.row).where(*conditions).order_by(*orders[sort])
        numbers = [int(row) for row in self._connection.execute(query.limit(limit)).scalars()]
        if sort is not SortOrder.URGENCY:
            return numbers, []
        counted = select(group, func.count()).where(*conditions).group_by(group).order_by(group)
        groups = [(list(Urgency)[number], int(count)) for number, count in self._connection.execute(counted)]
        return numbers, groups

    def _conditions(
        self, wanted: RequestFilter, today: date, due_soon_days: int
    ) -> list[ColumnElement[bool]]:
        table = overviews.c
        conditions: list[ColumnElement[bool]] = [table.is_binned.is_(wanted.is_binned)]
        if wanted.urgencies:
            conditions.append(
                or_(*(_in_group(one, today, due_soon_days) for one in sorted(wanted.urgencies)))
            )
        for column, values in (
            (table.status, wanted.statuses),
            (table.right, wanted.rights),
            (table.law, wanted.laws),
            (table.channel, wanted.channels),
        ):
            if values:
                conditions.append(column.in_(sorted(values)))
        if wanted.person is not None:
            conditions.append(table.person == wanted.person)
        if wanted.company is not None:
            conditions.append(table.company == wanted.company)
        if wanted.typed.strip():
            found = SearchIndex(self._connection).rows(wanted.typed, limit=10_000)
            conditions.append(table.row.in_(found))
        return conditions

    def tally(self, today: date, due_soon_days: int, person: PersonId | None = None) -> Tally:
        """How many requests stand in each group today."""
        mine: list[ColumnElement[bool]] = [overviews.c.is_binned.is_(False)]
        if person is not None:
            mine.append(overviews.c.person == person)

        def number(*conditions: ColumnElement[bool]) -> Any:
            return select(func.count()).select_from(overviews).where(*mine, *conditions).scalar_subquery()

        def least(column: Any, *conditions: ColumnElement[bool]) -> Any:
            return select(func.min(column)).where(*mine, *conditions).scalar_subquery()

        groups = {one: _in_group(one, today, due_soon_days) for one in Urgency}
        row = self._connection.execute(
            select(
                *(number(condition).label(one.value) for one, condition in groups.items()),
                least(overviews.c.flag_after_on, groups[Urgency.OVERDUE]).label("oldest"),
                least(overviews.c.due_on, groups[Urgency.DUE_SOON]).label("next_due"),
                least(overviews.c.due_on, groups[Urgency.WAITING]).label("next_waiting"),
            )
        ).one()
        return Tally(
            overdue=row.overdue,
            needs_you=row.needs_you,
            due_soon=row.due_soon,
            waiting=row.waiting,
            drafts=row.draft,
            done=row.done,
            oldest_overdue_days=(today - row.oldest).days if row.oldest else 0,
            next_due_on=row.next_due,
            next_waiting_on=row.next_waiting,
        )

    def pressing(
        self, today: date, due_soon_days: int, limit: int, person: PersonId | None = None
    ) -> tuple[RequestOverview, ...]:
        """The rows that want something today, at most ``limit`` of each group."""
        found: list[RequestOverview] = []
        for urgency in (Urgency.OVERDUE, Urgency.NEEDS_YOU, Urgency.DUE_SOON):
            conditions: list[ColumnElement[bool]] = [
                overviews.c.is_binned.is_(False),
                _in_group(urgency, today, due_soon_days),
            ]
            if person is not None:
                conditions.append(overviews.c.person == person)
            order = overviews.c.due_on if urgency is Urgency.DUE_SOON else overviews.c.flag_after_on
            query = select(overviews).where(*conditions).order_by(order, overviews.c.id).limit(limit)
            found += [_overview(row) for row in self._connection.execute(query)]
        return tuple(found)

    def answered(self, today: date) -> Answered:
        """Answers to requests sent in the last twelve months: on time, late, or none though the day has passed."""
        table = overviews.c
        since = today - timedelta(days=365)
        base = and_(table.is_binned.is_(False), table.sent_on >= since, table.flag_after_on.is_not(None))
        ended = and_(table.status == RequestStatus.COMPLETED, table.last_kind == EventKind.COMPLETED)
        row = self._connection.execute(
            select(
                func.sum(case((and_(ended, table.last_on <= table.flag_after_on), 1), else_=0)),
                func.sum(case((and_(ended, table.last_on > table.flag_after_on), 1), else_=0)),
                func.sum(case((and_(table.bucket == Bucket.OPEN, table.flag_after_on < today), 1), else_=0)),
            ).where(base)
        ).one()
        on_time, late, still_open = (int(value or 0) for value in row)
        return Answered(on_time=on_time, late=late, open=still_open)

    def counts_by(self, name: str) -> dict[str, int]:
        """How many rows outside the bin have each value of ``right``, ``law``, ``channel``, ``status`` or ``person``."""
        column = overviews.c[name]
        query = select(column, func.count()).where(overviews.c.is_binned.is_(False)).group_by(column)
        return {str(value): int(count) for value, count in self._connection.execute(query)}


def search_entry(overview: RequestOverview, note: str) -> tuple[int, str, str, str, str]:
    """What is searched of a request: company, reference, person, and the words of right, law and note."""
    words = f"{overview.right} {overview.law} {note}".replace("_", " ").replace("-", " ")
    return overview.row, overview.company_name, overview.reference, overview.person_name, words


def refill_search(connection: Connection) -> None:
    """Make the index anew from the overview rows and the notes: after rows were copied in from elsewhere."""
    standing = (
        select(notes.c.request, func.max(notes.c.sequence).label("last")).group_by(notes.c.request).subquery()
    )
    query = select(notes.c.request, notes.c.text).join(standing, notes.c.sequence == standing.c.last)
    texts = {row.request: row.text for row in connection.execute(query)}
    index = SearchIndex(connection)
    index.clear()
    rows = connection.execute(select(overviews).order_by(overviews.c.row))
    index.add_all([search_entry(_overview(row), texts.get(row.id, "")) for row in rows])


def _in_group(urgency: Urgency, today: date, due_soon_days: int) -> ColumnElement[bool]:
    table = overviews.c
    soon = today + timedelta(days=due_soon_days)
    is_open = table.bucket == Bucket.OPEN
    match urgency:
        case Urgency.OVERDUE:
            return and_(is_open, table.flag_after_on < today)
        case Urgency.DUE_SOON:
            return and_(is_open, table.flag_after_on >= today, table.due_on <= soon)
        case Urgency.WAITING:
            return and_(
                is_open,
                or_(table.flag_after_on.is_(None), and_(table.flag_after_on >= today, table.due_on > soon)),
            )
        case Urgency.NEEDS_YOU:
            return table.bucket == Bucket.NEEDS_YOU
        case Urgency.DRAFT:
            return table.bucket == Bucket.DRAFT
        case Urgency.DONE:
            return table.bucket == Bucket.DONE


def _group(today: date, due_soon_days: int) -> Any:
    whens = [(_in_group(one, today, due_soon_days), number) for number, one in enumerate(Urgency)]
    return case(*whens, else_=len(whens))


def _overview(row: Row[Any]) -> RequestOverview:
    return RequestOverview(**row._mapping)  # noqa: SLF001  # the public name of a row's mapping in SQLAlchemy
