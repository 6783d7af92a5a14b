# SPDX-License-Identifier: Apache-2.0
"""Keeps one flat row a request, so that lists and the dashboard need no events.

The rows are a cache of the events: written in the same transaction, compared and rebuilt by
``optout vault check``. What depends on the day is never stored: it is read off by comparing dates with today.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from optout_desktop.domain.agenda import (
    Answered,
    Bucket,
    RequestFilter,
    RequestOverview,
    SortOrder,
    Tally,
    Urgency,
)

from .orders import ELSEWHERE, Part, group_parts, in_group, sorted_parts
from .search import SearchIndex, finds_all, matching
from .tables import notes, overviews, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from optout_desktop.domain.ids import PersonId, RequestId

_COLUMNS = tuple(field.name for field in fields(RequestOverview))


class OverviewStore:
    """The overview rows of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, overview: RequestOverview) -> None:
        """Write the row of a request in the place of the old one."""
        self.put_all((overview,))

    def put_all(self, many: Sequence[RequestOverview]) -> None:
        """Write the rows of many requests in the place of the old ones."""
        if many:
            old = delete(overviews).where(overviews.c.row == bindparam("old"))
            self._connection.execute(old, [{"old": one.row} for one in many])
            self.add_all(many)

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
        *,
        is_reversed: bool = False,
        ranking: Sequence[str] = (),
    ) -> tuple[list[int], list[tuple[Urgency, int]]]:
        """Row numbers of a list in its order, and how many stand in each group of urgency, in order.

        The groups are only counted for the order by urgency, and of the whole list whatever ``limit`` is.
        Turned round, rows without a day still come last, save in the order by urgency. ``ranking`` names the
        column's values as their words are ordered, for an order by words.
        """
        conditions = self._conditions(wanted)
        if sort is SortOrder.URGENCY:
            shown = [one for one in Urgency if not wanted.urgencies or one in wanted.urgencies]
            ask = self._found_by_urgency if _is_searching(wanted) else self._by_urgency
            return ask(shown, conditions, today, due_soon_days, limit, is_reversed=is_reversed)
        if wanted.urgencies:
            groups = (in_group(one, today, due_soon_days) for one in sorted(wanted.urgencies))
            conditions.append(or_(*groups))
        if sort in ELSEWHERE:
            return self._read_by_other(sort, conditions, limit, is_reversed=is_reversed), []
        parts = sorted_parts(sort, today, due_soon_days, ranking, is_reversed=is_reversed)
        return self._read(parts, conditions, limit), []

    def _read(
        self, parts: Iterable[Part], conditions: Sequence[ColumnElement[bool]], limit: int | None
    ) -> list[int]:
        """The row numbers of one stretch after the other, until there are enough."""
        numbers: list[int] = []
        for part in parts:
            left = None if limit is None else limit - len(numbers)
            if left == 0:
                break
            query = select(overviews.c.row).where(*conditions, part.condition).order_by(*part.order)
            if left is None:
                numbers += self._all(query)
            else:
                numbers += self._connection.execute(query.limit(left)).scalars()
        return numbers

    def _read_by_other(
        self,
        sort: SortOrder,
        conditions: Sequence[ColumnElement[bool]],
        limit: int | None,
        *,
        is_reversed: bool,
    ) -> list[int]:
        """The row numbers in an order that another table knows: no index of this one holds these words."""
        number, key, order = ELSEWHERE[sort]
        query = select(number)
        if key is not None:
            query = query.join_from(overviews, people, people.c.id == key).where(*conditions)
        else:
            query = query.where(number.in_(select(overviews.c.row).where(*conditions)))
        turned = tuple(one.desc() for one in order) if is_reversed else order
        query = query.order_by(*turned)
        if limit is None:
            return self._all(query)
        return list(self._connection.execute(query.limit(limit)).scalars())

    def _all(self, query: Select[tuple[int]]) -> list[int]:
        """Every number of a long list, joined to one text by the database: a row each takes three times as long."""
        listed = query.subquery()
        return _numbers(self._connection.execute(select(func.group_concat(listed.c.row))).scalar_one())

    def _by_urgency(
        self,
        shown: Sequence[Urgency],
        conditions: Sequence[ColumnElement[bool]],
        today: date,
        due_soon_days: int,
        limit: int | None,
        *,
        is_reversed: bool,
    ) -> tuple[list[int], list[tuple[Urgency, int]]]:
        """Group after group, each read off the index in order until there are enough: nothing is sorted."""
        parts = [part for one in shown for part in group_parts(one, today, due_soon_days)]
        if is_reversed:
            shown, parts = shown[::-1], [part.turned() for part in reversed(parts)]
        numbers = self._read(parts, conditions, limit)
        counts = {
            one: sum(_number(*conditions, part.condition) for part in group_parts(one, today, due_soon_days))
            for one in shown
        }
        if not counts:
            return numbers, []
        row = self._connection.execute(select(*(count.label(one) for one, count in counts.items()))).one()
        return numbers, [(one, int(count)) for one, count in zip(counts, row, strict=True) if count]

    def _found_by_urgency(
        self,
        shown: Sequence[Urgency],
        conditions: Sequence[ColumnElement[bool]],
        today: date,
        due_soon_days: int,
        limit: int | None,
        *,
        is_reversed: bool,
    ) -> tuple[list[int], list[tuple[Urgency, int]]]:
        """The same in one pass over what the search index leaves, as each pass would search again."""
        table = overviews.c
        parts = [(one, part) for one in shown for part in group_parts(one, today, due_soon_days)]
        place = case(*((part.condition, number) for number, (_, part) in enumerate(parts)), else_=len(parts))
        downwards = case((table.flag_after_on.is_(None), -table.row), else_=table.row)
        query = select(place.label("place"), table.row).where(*conditions)
        found = query.order_by("place", table.flag_after_on, downwards).subquery()
        joined = (func.group_concat(found.c.row).filter(found.c.place == at) for at in range(len(parts)))
        if not parts:
            return [], []
        row = self._connection.execute(select(*joined)).one()
        lists = [(one, _numbers(text)) for (one, _), text in zip(parts, row, strict=True)]
        numbers = [number for _, listed in lists for number in listed]
        counted = {one: sum(len(listed) for group, listed in lists if group is one) for one in shown}
        if is_reversed:
            numbers.reverse()
            shown = shown[::-1]
        return numbers[:limit], [(one, counted[one]) for one in shown if counted[one]]

    def _conditions(self, wanted: RequestFilter) -> list[ColumnElement[bool]]:
        """Everything but the urgency, which depends on the day."""
        table = overviews.c
        conditions: list[ColumnElement[bool]] = [table.is_binned.is_(wanted.is_binned)]
        for words, values in (
            (table.status, wanted.statuses),
            (table.right, wanted.rights),
            (table.law, wanted.laws),
            (table.channel, wanted.channels),
        ):
            if values:
                conditions.append(words.in_(sorted(values)))
        if wanted.person is not None:
            conditions.append(table.person == wanted.person)
        if wanted.company is not None:
            conditions.append(table.company == wanted.company)
        if _is_searching(wanted):
            # one walk through the index is shorter than looking up each of many, and longer than a few; SQLite
            # cannot know how many, and leaves alone what stands behind a plus
            is_often = SearchIndex(self._connection).is_found_often(wanted.typed)
            number: Any = literal_column("+overviews.row", Integer) if is_often else table.row
            if not is_often:
                conditions[0] = literal_column("+overviews.is_binned", Boolean).is_(wanted.is_binned)
            conditions.append(number.in_(matching(wanted.typed)))
        return conditions

    def tally(self, today: date, due_soon_days: int, person: PersonId | None = None) -> Tally:
        """How many requests stand in each group today."""
        mine = _outside_the_bin(person)

        def least(column: Any, urgency: Urgency, *conditions: ColumnElement[bool]) -> Any:
            # each stretch is asked by itself: together no index would serve them
            first, *others = (
                func.coalesce(
                    select(func.min(column)).where(*mine, *conditions, part.condition).scalar_subquery(),
                    date.max,
                )
                for part in group_parts(urgency, today, due_soon_days)
            )
            earliest = func.min(first, *others) if others else first
            return func.nullif(earliest, date.max, type_=Date)

        row = self._connection.execute(
            select(
                *(
                    sum(
                        _number(*mine, part.condition) for part in group_parts(one, today, due_soon_days)
                    ).label(one.value)
                    for one in Urgency
                ),
                least(overviews.c.flag_after_on, Urgency.OVERDUE).label("oldest"),
                least(overviews.c.due_on, Urgency.DUE_SOON, overviews.c.due_on >= today).label("next_due"),
                least(overviews.c.due_on, Urgency.WAITING).label("next_waiting"),
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
        table = overviews.c
        for urgency in (Urgency.OVERDUE, Urgency.NEEDS_YOU, Urgency.DUE_SOON):
            order = (
                (table.flag_after_on,)
                if urgency is Urgency.OVERDUE
                else (table.due_on.is_(None), table.due_on)
            )
            # numbers first: they are sorted in the index alone, and only the few that are shown are looked up
            numbers = (
                select(table.row)
                .where(*_outside_the_bin(person), in_group(urgency, today, due_soon_days))
                .order_by(*order, table.row)
                .limit(limit)
            )
            found += self.page(self._connection.execute(numbers).scalars().all())
        return tuple(found)

    def answered(self, today: date, person: PersonId | None = None) -> Answered:
        """Requests of the last twelve months: done on time, late, or not at all though the day has passed.

        What nobody can be late with, such as a registration, is none of them.
        """
        table = overviews.c
        base = (
            *_outside_the_bin(person),
            table.sent_on >= today - timedelta(days=365),
            table.flag_after_on.is_not(None),
            table.bucket != Bucket.STANDING,
        )
        row = self._connection.execute(
            select(
                func.sum(case((table.met_on <= table.flag_after_on, 1), else_=0)),
                func.sum(case((table.met_on > table.flag_after_on, 1), else_=0)),
                func.sum(case((and_(table.bucket == Bucket.OPEN, table.flag_after_on < today), 1), else_=0)),
            ).where(*base)
        ).one()
        on_time, late, still_open = (int(value or 0) for value in row)
        return Answered(on_time=on_time, late=late, open=still_open)

    def rename_person(self, person: PersonId, name: str) -> tuple[RequestOverview, ...]:
        """Give a person's rows the new name; the answer is those that had another."""
        table = overviews.c
        of_person = and_(table.person == person, table.person_name != name)
        numbers = self._connection.execute(select(table.row).where(of_person)).scalars().all()
        self._connection.execute(update(overviews).where(of_person).values(person_name=name))
        return self.page(numbers)

    def counts_by(self, name: str) -> dict[str, int]:
        """How many rows outside the bin have each value of ``right``, ``law``, ``channel``, ``status``, ``person``."""
        by = overviews.c[name]
        query = select(by, func.count()).where(overviews.c.is_binned.is_(False)).group_by(by)
        return {str(value): int(count) for value, count in self._connection.execute(query)}

    def values(self, name: str) -> tuple[str, ...]:
        """Every value that a column of words has outside the bin."""
        query = select(overviews.c[name]).where(overviews.c.is_binned.is_(False)).distinct()
        return tuple(str(value) for value in self._connection.execute(query).scalars())


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


def _number(*conditions: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(overviews).where(*conditions).scalar_subquery()


def _outside_the_bin(person: PersonId | None) -> list[ColumnElement[bool]]:
    mine: list[ColumnElement[bool]] = [overviews.c.is_binned.is_(False)]
    return mine if person is None else [*mine, overviews.c.person == person]


def _is_searching(wanted: RequestFilter) -> bool:
    return bool(wanted.typed.strip()) and not finds_all(wanted.typed)


def _numbers(joined: str | None) -> list[int]:
    return list(map(int, joined.split(","))) if joined else []


def _overview(row: Row[Any]) -> RequestOverview:
    return RequestOverview(**row._mapping)  # noqa: SLF001  # the public name of a row's mapping in SQLAlchemy
