# SPDX-License-Identifier: Apache-2.0
"""Keeps batches: which letters leave together, after which consent, and how far they have come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    select,
    tuple_,
    update,
)

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import BatchId, CompanyId, MailAccountId, RequestId
from optout_desktop.domain.messages import Batch, BatchItem, BatchState, Delivery
from optout_desktop.domain.requests import OPEN_STATUSES

from .tables import batch_items, batches, dead_contacts, outgoing, overviews, requests

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

IN_ONE_QUERY = 400
"""Pairs in one ``IN (…)``: well under SQLite's limit of bound values."""

_other = requests.alias("other")
_ALIKE = (
    select(requests.c.id, _other.c.reference)
    .join(
        _other,
        and_(
            _other.c.company == requests.c.company,
            _other.c.right == requests.c.right,
            _other.c.person == requests.c.person,
            _other.c.binned_on.is_(None),
            _other.c.id != requests.c.id,
        ),
    )
    .join(overviews, overviews.c.row == _other.c.row)
    .where(
        requests.c.id.in_(bindparam("ids", expanding=True)),
        overviews.c.status.in_(sorted(OPEN_STATUSES)),
    )
    .order_by(_other.c.row)
)
"""The newest comes last, and so stays."""

_FINISH = (
    update(batches)
    .where(
        batches.c.id == bindparam("which"),
        batches.c.state.in_((BatchState.RUNNING, BatchState.PAUSED)),
        ~exists().where(
            outgoing.c.batch == batches.c.id,
            outgoing.c.delivery.in_((Delivery.WAITING, Delivery.UNDER_WAY)),
        ),
    )
    .values(state=BatchState.DONE)
)


class BatchStore:
    """The batches of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, batch: Batch) -> None:
        """Keep a new batch with its letters in order."""
        values = {name: getattr(batch, name) for name in _COLUMNS}
        self._connection.execute(insert(batches).values(values))
        self.put_items(batch.id, batch.items)

    def put_items(self, batch: BatchId, items: Sequence[BatchItem]) -> None:
        """Keep these letters in the place of those that a batch had."""
        self._connection.execute(delete(batch_items).where(batch_items.c.batch == batch))
        rows = [
            {"batch": batch, "position": position, "request": item.request, "kind": item.kind}
            for position, item in enumerate(items)
        ]
        if rows:
            self._connection.execute(insert(batch_items), rows)

    def set_state(self, batch: BatchId, state: BatchState) -> None:
        """Say how far a batch has come."""
        self._connection.execute(update(batches).where(batches.c.id == batch).values(state=state))

    def consent(self, batch: BatchId, at: datetime) -> None:
        """Say that the person consented, and set the batch going."""
        changed = {"state": BatchState.RUNNING, "consented_at": at}
        self._connection.execute(update(batches).where(batches.c.id == batch).values(changed))

    def set_pace(self, batch: BatchId, delay_seconds: int, daily_cap: int) -> None:
        """Say how fast a batch leaves."""
        changed = {"delay_seconds": delay_seconds, "daily_cap": daily_cap}
        self._connection.execute(update(batches).where(batches.c.id == batch).values(changed))

    def finish(self, batch: BatchId) -> bool:
        """Call a running or paused batch done where none of its messages waits or is under way; True if it is."""
        done = self._connection.execute(_FINISH, {"which": batch})
        return done.rowcount > 0

    def get(self, batch: BatchId) -> Batch:
        """One batch. Raises NotFound."""
        found = self._found(select(batches).where(batches.c.id == batch))
        if not found:
            raise NotFound("batch", batch)
        return found[0]

    def all(self) -> tuple[Batch, ...]:
        """Every batch, the newest first."""
        return self._found(select(batches).order_by(batches.c.created_at.desc(), batches.c.id))

    def dead(self, pairs: Iterable[tuple[CompanyId, str]]) -> frozenset[tuple[CompanyId, str]]:
        """Of these companies and e-mail addresses, those from which a message came back."""
        wanted = list(dict.fromkeys(pairs))
        found: set[tuple[CompanyId, str]] = set()
        columns = (dead_contacts.c.company, dead_contacts.c.value)
        for start in range(0, len(wanted), IN_ONE_QUERY):
            query = select(*columns).where(
                dead_contacts.c.channel == Channel.EMAIL,
                tuple_(*columns).in_(wanted[start : start + IN_ONE_QUERY]),
            )
            found |= {(CompanyId(row.company), row.value) for row in self._connection.execute(query)}
        return frozenset(found)

    def open_alike(self, drafts: Iterable[RequestId]) -> dict[RequestId, str]:
        """Of these requests, those for whose person an open one asks the same, with the newest one's reference."""
        wanted, found = list(dict.fromkeys(drafts)), dict[RequestId, str]()
        for start in range(0, len(wanted), IN_ONE_QUERY):
            some = {"ids": wanted[start : start + IN_ONE_QUERY]}
            found |= {RequestId(row.id): row.reference for row in self._connection.execute(_ALIKE, some)}
        return found

    def _found(self, query: Select[Any]) -> tuple[Batch, ...]:
        rows = self._connection.execute(query).all()
        return tuple(_batch(row, self._items(BatchId(row.id))) for row in rows)

    def _items(self, batch: BatchId) -> tuple[BatchItem, ...]:
        query = select(batch_items).where(batch_items.c.batch == batch).order_by(batch_items.c.position)
        return tuple(
            BatchItem(request=RequestId(row.request), kind=row.kind)
            for row in self._connection.execute(query)
        )


_COLUMNS = tuple(column.name for column in batches.c)


def _batch(row: Row[Any], items: tuple[BatchItem, ...]) -> Batch:
    return Batch(
        id=BatchId(row.id),
        way=row.way,
        state=row.state,
        created_at=row.created_at,
        items=items,
        account=MailAccountId(row.account) if row.account else None,
        consented_at=row.consented_at,
        delay_seconds=row.delay_seconds,
        daily_cap=row.daily_cap,
    )
