# SPDX-License-Identifier: Apache-2.0
"""Whose turn it is: the outbox as the courier sees it.

A *lane* is a sender's account with one batch, or with all its single messages; within a lane messages leave one
after another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, or_, select, true

from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import BatchId, MailAccountId
from optout_desktop.domain.messages import BatchState, Delivery, DeliveryStep, OutgoingMessage

from .outbox import OutboxStore
from .tables import batches, letters, outgoing, outgoing_events


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A sender's account with one batch or none, and when its first waiting message may leave."""

    account: MailAccountId
    batch: BatchId | None
    ready_at: datetime
    delay_seconds: int = 0
    daily_cap: int = 0


class LaneStore:
    """The lanes of one vault's outbox."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._outbox = OutboxStore(connection)

    def all(self) -> tuple[Lane, ...]:
        """Every lane in which a message waits and that nobody stopped, the one that is ready first, first."""
        ready_at = func.min(outgoing.c.not_before_at)
        query = (
            select(
                outgoing.c.account,
                outgoing.c.batch,
                ready_at.label("ready_at"),
                batches.c.delay_seconds,
                batches.c.daily_cap,
            )
            .select_from(outgoing.outerjoin(batches, outgoing.c.batch == batches.c.id))
            .where(
                outgoing.c.delivery == Delivery.WAITING,
                or_(outgoing.c.batch.is_(None), batches.c.state == BatchState.RUNNING),
            )
            .group_by(outgoing.c.account, outgoing.c.batch)
            .order_by(ready_at, outgoing.c.batch)
        )
        return tuple(
            Lane(
                account=MailAccountId(row.account),
                batch=BatchId(row.batch) if row.batch else None,
                ready_at=row.ready_at,
                delay_seconds=row.delay_seconds or 0,
                daily_cap=row.daily_cap or 0,
            )
            for row in self._connection.execute(query)
        )

    def first_of(self, lane: Lane) -> OutgoingMessage:
        """The message of a lane whose turn it is. Raises NotFound where none waits."""
        query = (
            select(outgoing)
            .where(
                outgoing.c.delivery == Delivery.WAITING,
                outgoing.c.account == lane.account,
                outgoing.c.batch.is_(None) if lane.batch is None else outgoing.c.batch == lane.batch,
            )
            .order_by(outgoing.c.not_before_at, outgoing.c.sequence)
        )
        found = self._outbox.found(query.limit(1))
        if not found:
            raise NotFound("message in the outbox", lane.account)
        return found[0]

    def handed_over_at(
        self, *, account: MailAccountId | None = None, batch: BatchId | None = None, limit: int
    ) -> tuple[datetime, ...]:
        """When the last ``limit`` texts of an account or of a batch left, the latest first."""
        query = (
            select(outgoing_events.c.at)
            .join(outgoing, outgoing.c.id == outgoing_events.c.message)
            .where(
                outgoing_events.c.step == DeliveryStep.HANDED_OVER,
                true() if account is None else outgoing.c.account == account,
                true() if batch is None else outgoing.c.batch == batch,
            )
            .order_by(outgoing_events.c.sequence.desc())
        )
        return tuple(self._connection.execute(query.limit(limit)).scalars())

    def without_copy(self, since: datetime) -> tuple[OutgoingMessage, ...]:
        """Messages that a server took since then, and of which nobody tried to file a copy."""
        last = select(func.max(outgoing_events.c.sequence)).group_by(outgoing_events.c.message)
        query = (
            select(outgoing)
            .join(outgoing_events, outgoing.c.id == outgoing_events.c.message)
            .where(
                outgoing.c.delivery == Delivery.ACCEPTED,
                outgoing_events.c.sequence.in_(last),
                outgoing_events.c.step == DeliveryStep.ACCEPTED,
                outgoing_events.c.code != 0,
                outgoing_events.c.at >= since,
            )
            .order_by(outgoing.c.sequence)
        )
        return self._outbox.found(query)

    def is_letter_free(self, message: OutgoingMessage) -> bool:
        """True where the bytes of a message still wait to be sent: nobody put them aside or sent them otherwise."""
        query = select(letters.c.id).where(
            and_(letters.c.id == message.letter, letters.c.event.is_(None), letters.c.is_binned.is_(False))
        )
        return self._connection.execute(query).first() is not None
