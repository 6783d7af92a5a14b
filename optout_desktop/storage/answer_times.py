# SPDX-License-Identifier: Apache-2.0
"""How long companies took to answer: rows read off the overview, for the companies that were busy of late.

Which companies is asked of the latest requests alone, in the index of their sending; the days themselves are then
read for these few, so that a vault of any size answers in a few milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Boolean, ColumnElement, Connection, Date, and_, func, literal_column, or_, select

from optout_desktop.domain.agenda import Bucket

from .tables import overviews

if TYPE_CHECKING:
    from datetime import date

    from optout_desktop.domain.ids import CompanyId, PersonId

LOOKED_AT = 400
"""So many of the latest requests say which companies are asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTime:
    """One request that was answered, or whose day has passed: ``met_on`` is None until the answer."""

    company: CompanyId
    company_name: str
    sent_on: date
    due_on: date
    met_on: date | None


class AnswerTimeStore:
    """Reads answer times off the overview rows of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(
        self, since: date, today: date, companies: int, person: PersonId | None = None
    ) -> tuple[AnswerTime, ...]:
        """Every request sent ``since`` then that counts, of the ``companies`` with the most of the latest ones."""
        table = overviews.c
        latest = (
            select(table.row)
            .where(table.is_binned.is_(False), table.sent_on >= since, *_counting(today, person))
            .order_by(table.sent_on.desc(), table.row.desc())
            .limit(LOOKED_AT)
        )
        busiest = (
            select(table.company)
            .where(table.row.in_(latest))
            .group_by(table.company)
            .order_by(func.count().desc(), func.lower(func.min(table.company_name)), table.company)
            .limit(companies)
        )
        chosen = self._connection.execute(busiest).scalars().all()
        if not chosen:
            return ()
        # SQLite leaves alone what stands behind a plus, and so takes the index of the companies
        in_time: tuple[ColumnElement[bool], ...] = (
            literal_column("+overviews.is_binned", Boolean).is_(False),
            literal_column("+overviews.sent_on", Date) >= since,
        )
        query = (
            select(table.company, table.company_name, table.sent_on, table.due_on, table.met_on)
            .where(table.company.in_(chosen), *in_time, table.due_on.is_not(None), *_counting(today, person))
            .order_by(table.company, table.sent_on, table.row)
        )
        return tuple(
            AnswerTime(
                company=row.company,
                company_name=row.company_name,
                sent_on=row.sent_on,
                due_on=row.due_on,
                met_on=row.met_on,
            )
            for row in self._connection.execute(query)
        )


def _counting(today: date, person: PersonId | None) -> tuple[ColumnElement[bool], ...]:
    """What counts: a company that owed an answer by a day, and gave it or let the day pass."""
    table = overviews.c
    conditions: tuple[ColumnElement[bool], ...] = (
        table.flag_after_on.is_not(None),
        table.bucket != Bucket.STANDING,
        or_(table.met_on.is_not(None), and_(table.bucket == Bucket.OPEN, table.flag_after_on < today)),
    )
    return conditions if person is None else (*conditions, table.person == person)
