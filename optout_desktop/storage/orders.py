# SPDX-License-Identifier: Apache-2.0
"""The orders of a list of requests, as stretches of the overview rows that are read one after the other.

A stretch is a condition and the order inside it. Most lie in an index as they are wanted, so that the first
rows of a long list come out without sorting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, String, UnaryExpression, and_, case, func, or_, true, type_coerce
from sqlalchemy.sql import operators

from optout_desktop.domain.agenda import Bucket, SortOrder, Urgency, lapses_soon_until
from optout_desktop.domain.requests import OPEN_STATUSES, Attention, RequestStatus

from .tables import overviews, people, requests

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of the index that lies in one group of urgency, and the order in which it is read."""

    condition: ColumnElement[bool]
    order: tuple[Any, ...]

    def turned(self) -> Part:
        """The same rows, the last one first."""
        return Part(condition=self.condition, order=tuple(_turned(one) for one in self.order))


def _turned(one: Any) -> Any:
    is_down = isinstance(one, UnaryExpression) and one.modifier is operators.desc_op
    return one.element if is_down else one.desc()


def group_parts(urgency: Urgency, today: date, due_soon_days: int) -> tuple[Part, ...]:
    """The stretches of a group in order: those with a day, the earliest first, then those without."""
    table = overviews.c
    soon = today + timedelta(days=due_soon_days)
    by_day, newest = (table.flag_after_on, table.row), (table.row.desc(),)

    def dated(bucket: Bucket, *conditions: ColumnElement[bool]) -> Part:
        days = conditions or (table.flag_after_on.is_not(None),)
        return Part(condition=and_(table.bucket == bucket, *days), order=by_day)

    def undated(bucket: Bucket) -> Part:
        return Part(condition=and_(table.bucket == bucket, table.flag_after_on.is_(None)), order=newest)

    to_come = table.flag_after_on >= today
    has_lapsed = table.flag_after_on < today  # of a registration both days are its last one
    near = lapses_soon_until(today, due_soon_days)
    match urgency:
        case Urgency.OVERDUE:
            return (dated(Bucket.OPEN, table.flag_after_on < today),)
        case Urgency.DUE_SOON:
            return (
                dated(Bucket.OPEN, to_come, table.due_on <= soon),
                dated(Bucket.STANDING, to_come, table.flag_after_on <= near),
            )
        case Urgency.WAITING:
            return (dated(Bucket.OPEN, to_come, table.due_on > soon), undated(Bucket.OPEN))
        case Urgency.NEEDS_YOU:
            return (
                dated(Bucket.NEEDS_YOU),
                undated(Bucket.NEEDS_YOU),
                dated(Bucket.STANDING, has_lapsed),
            )
        case Urgency.DRAFT:
            return (dated(Bucket.DRAFT), undated(Bucket.DRAFT))
        case Urgency.DONE:
            return (
                dated(Bucket.DONE),
                undated(Bucket.DONE),
                dated(Bucket.STANDING, table.flag_after_on > near),
                undated(Bucket.STANDING),
            )


def in_group(urgency: Urgency, today: date, due_soon_days: int) -> ColumnElement[bool]:
    """Where a request stands in a group of urgency."""
    return or_(*(part.condition for part in group_parts(urgency, today, due_soon_days)))


def sorted_parts(
    sort: SortOrder, today: date, due_soon_days: int, ranking: Sequence[str], *, is_reversed: bool
) -> tuple[Part, ...]:
    """The stretches of a list in an order other than by urgency; rows without a day come last either way."""
    table = overviews.c
    if sort is SortOrder.STATUS:
        parts = _status_parts(today, due_soon_days)
        return tuple(part.turned() for part in reversed(parts)) if is_reversed else parts
    last = table.row.desc() if sort.is_newest_first else table.row
    lead: tuple[Any, ...] = ()
    rest: tuple[Part, ...] = ()
    condition: ColumnElement[bool] = true()
    order: tuple[Any, ...]
    if sort is SortOrder.SENT:  # its index knows these two stretches
        condition, order = table.sent_on.is_not(None), (table.sent_on.desc(), last)
        rest = (Part(condition=table.sent_on.is_(None), order=(last,)),)
    elif (day := _days().get(sort)) is not None:
        lead = (day.is_(None),)
        order = (day.desc() if sort.is_newest_first else day, last)
    elif sort.is_by_words and ranking:
        places = {value: place for place, value in enumerate(ranking)}
        order = (case(places, value=_word(table[sort.value]), else_=len(places)), last)
    elif sort is SortOrder.COMPANY:
        order = (func.lower(table.company_name), last)
    else:
        order = (last,)
    parts = (Part(condition=condition, order=order), *rest)
    parts = tuple(part.turned() for part in parts) if is_reversed else parts
    return tuple(Part(condition=part.condition, order=(*lead, *part.order)) for part in parts)


def _days() -> dict[SortOrder, Any]:
    """The orders by a day that no index is made for."""
    table = overviews.c
    running = case((_is_running(), table.due_on))
    return {SortOrder.DUE: table.due_on, SortOrder.DAYS_LEFT: running, SortOrder.LAST: table.last_on}


def _status_parts(today: date, due_soon_days: int) -> tuple[Part, ...]:
    """Group after group of urgency; inside, what is wanted of the person, then the steps of a request's life."""
    table = overviews.c
    step = case({one.value: place for place, one in enumerate(RequestStatus)}, value=_word(table.status))
    # a refusal waits only where an appeal was sent, and then it is called so
    waiting = case((table.status == RequestStatus.REFUSED, 1.5), else_=step)
    wish = case(
        {one.value: place for place, one in enumerate(Attention)}, value=_word(table.attention), else_=99
    )
    inside: dict[Urgency, tuple[Any, ...]] = {
        Urgency.NEEDS_YOU: (wish, step),
        Urgency.WAITING: (waiting,),
        Urgency.DONE: (step,),
    }
    return tuple(
        Part(condition=in_group(one, today, due_soon_days), order=(*inside.get(one, ()), table.row))
        for one in Urgency
    )


def _word(column: Any) -> ColumnElement[str]:
    return type_coerce(column, String)


def _is_running() -> ColumnElement[bool]:
    """Where ``RequestOverview.days_left`` gives a number."""
    table = overviews.c
    waits_for_appeal = and_(table.status == RequestStatus.REFUSED, table.bucket == Bucket.OPEN)
    will_lapse = table.bucket == Bucket.STANDING
    is_open = table.status.in_(sorted(OPEN_STATUSES))
    return and_(table.due_on.is_not(None), or_(is_open, waits_for_appeal, will_lapse))


# (row number, the person to join by or None, order): no index of the overview rows holds these words
ELSEWHERE: dict[SortOrder, tuple[Any, Any, tuple[Any, ...]]] = {
    SortOrder.REFERENCE: (requests.c.row, None, (requests.c.reference,)),
    SortOrder.PERSON: (overviews.c.row, overviews.c.person, (func.lower(people.c.name), overviews.c.row)),
}
