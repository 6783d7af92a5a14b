# SPDX-License-Identifier: Apache-2.0
"""Keeps the outbox: messages, and what became of each, step by step.

``delivery`` is a cache of the last step and is written with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, insert, select, update

from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import BatchId, LetterId, MailAccountId, OutgoingId, RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import (
    DELIVERY_AFTER,
    Delivery,
    DeliveryEvent,
    OutgoingMessage,
)

from .tables import outgoing, outgoing_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

IN_ONE_QUERY = 500
UNSETTLED = (Delivery.WAITING, Delivery.UNDER_WAY, Delivery.UNCERTAIN)
"""Another message of the same letter could reach the company a second time."""

# statements of every message: put together once, because that takes longer than running them
_ADD_STEP = insert(outgoing_events)
_SET_DELIVERY = (
    update(outgoing).where(outgoing.c.id == bindparam("which")).values(delivery=bindparam("delivery_after"))
)
_STEPS = (
    select(outgoing_events)
    .where(outgoing_events.c.message.in_(bindparam("ids", expanding=True)))
    .order_by(outgoing_events.c.sequence)
)


class OutboxStore:
    """The outgoing messages of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *many: OutgoingMessage) -> None:
        """Keep new messages with the events they have, all at once."""
        if not many:
            return
        self._connection.execute(insert(outgoing), [_row(one) for one in many])
        steps = [_event_row(one.id, event) for one in many for event in one.events]
        if steps:
            self._connection.execute(insert(outgoing_events), steps)

    def append(self, message: OutgoingId, event: DeliveryEvent) -> None:
        """Add a step to a message, and note where it stands now."""
        self._connection.execute(_ADD_STEP, _event_row(message, event))
        self._connection.execute(
            _SET_DELIVERY, {"which": message, "delivery_after": DELIVERY_AFTER[event.step]}
        )

    def put_off(self, message: OutgoingId, until: datetime) -> None:
        """Let a message wait until an instant."""
        self._change(message, not_before_at=until)

    def set_letter(self, message: OutgoingId, letter: LetterId) -> None:
        """Name other bytes than those that were made for a message, of which none has left yet."""
        self._change(message, letter=letter)

    def _change(self, message: OutgoingId, **changes: object) -> None:
        self._connection.execute(update(outgoing).where(outgoing.c.id == message).values(changes))

    def get(self, message: OutgoingId) -> OutgoingMessage:
        """One message. Raises NotFound."""
        found = self.found(select(outgoing).where(outgoing.c.id == message))
        if not found:
            raise NotFound("message in the outbox", message)
        return found[0]

    def find(self, typed: str) -> tuple[OutgoingId, ...]:
        """The messages whose id begins with ``typed``, two at most."""
        query = select(outgoing.c.id).where(outgoing.c.id.startswith(typed, autoescape=True)).limit(2)
        return tuple(OutgoingId(one) for one in self._connection.execute(query).scalars())

    def of(self, request: RequestId) -> tuple[OutgoingMessage, ...]:
        """The messages of a request, the oldest first."""
        return self.found(_in_order(outgoing.c.request == request))

    def of_batch(self, batch: BatchId) -> tuple[OutgoingMessage, ...]:
        """The messages of a batch, the oldest first."""
        return self.found(_in_order(outgoing.c.batch == batch))

    def standing(self, *deliveries: Delivery) -> tuple[OutgoingMessage, ...]:
        """The messages that stand so, the oldest first."""
        return self.found(_in_order(outgoing.c.delivery.in_(deliveries)))

    def latest(self, limit: int) -> tuple[OutgoingMessage, ...]:
        """The newest messages, the newest first."""
        return self.found(select(outgoing).order_by(outgoing.c.sequence.desc()).limit(limit))

    def unsettled(
        self, pairs: Iterable[tuple[RequestId, LetterKind]]
    ) -> frozenset[tuple[RequestId, LetterKind]]:
        """Of these letters, those of which a message waits, is under way, or is uncertain."""
        wanted = set(pairs)
        query = select(outgoing.c.request, outgoing.c.kind).where(outgoing.c.delivery.in_(UNSETTLED))
        return frozenset(
            pair
            for row in self._connection.execute(query)
            if (pair := (RequestId(row.request), row.kind)) in wanted
        )

    def has_waiting(self, account: MailAccountId) -> bool:
        """True where a message of an account waits or is under way."""
        query = select(outgoing.c.id).where(
            outgoing.c.account == account, outgoing.c.delivery.in_((Delivery.WAITING, Delivery.UNDER_WAY))
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def found(self, query: Select[Any]) -> tuple[OutgoingMessage, ...]:
        """The messages that a query for rows of the outbox finds, with their steps."""
        return self.with_steps(self._connection.execute(query).all())

    def with_steps(self, rows: Sequence[Row[Any]]) -> tuple[OutgoingMessage, ...]:
        """The messages of rows of the outbox, with their steps."""
        steps: dict[str, list[DeliveryEvent]] = {}
        ids = [row.id for row in rows]
        for start in range(0, len(ids), IN_ONE_QUERY):
            some = {"ids": ids[start : start + IN_ONE_QUERY]}
            for row in self._connection.execute(_STEPS, some):
                event = DeliveryEvent(step=row.step, at=row.at, code=row.code, reply=row.reply)
                steps.setdefault(row.message, []).append(event)
        return tuple(_message(row, tuple(steps.get(row.id, ()))) for row in rows)


def _in_order(condition: ColumnElement[bool]) -> Select[Any]:
    return select(outgoing).where(condition).order_by(outgoing.c.sequence)


def _row(message: OutgoingMessage) -> dict[str, Any]:
    names = [column.name for column in outgoing.c if column.name != "sequence"]
    return {name: getattr(message, name) for name in names}


def _event_row(message: OutgoingId, event: DeliveryEvent) -> dict[str, Any]:
    return {
        "message": message,
        "step": event.step,
        "at": event.at,
        "code": event.code,
        "reply": event.reply,
    }


def _message(row: Row[Any], events: tuple[DeliveryEvent, ...]) -> OutgoingMessage:
    return OutgoingMessage(
        id=OutgoingId(row.id),
        request=RequestId(row.request),
        kind=row.kind,
        letter=LetterId(row.letter),
        account=MailAccountId(row.account),
        sender=row.sender,
        recipients=tuple(row.recipients),
        message_id=row.message_id,
        not_before_at=row.not_before_at,
        batch=BatchId(row.batch) if row.batch else None,
        events=events,
    )
