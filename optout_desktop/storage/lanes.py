# SPDX-License-Identifier: Apache-2.0
"""Whose turn it is: the outbox as the courier sees it.

A *lane* is a sender's account with one batch, or with all its single messages; within a lane messages leave one
after another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, or_, select, true

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


_READY_AT = func.min(outgoing.c.not_before_at)
_LANES = (
    select(
        outgoing.c.account,
        outgoing.c.batch,
        _READY_AT.label("ready_at"),
        batches.c.delay_seconds,
        batches.c.daily_cap,
    )
    .select_from(outgoing.outerjoin(batches, outgoing.c.batch == batches.c.id))
    .where(
        outgoing.c.delivery == Delivery.WAITING,
        or_(outgoing.c.batch.is_(None), batches.c.state == BatchState.RUNNING),
    )
    .group_by(outgoing.c.account, outgoing.c.batch)
    .order_by(_READY_AT, outgoing.c.batch)
)
_FIRST = (
    select(outgoing)
    .where(
        outgoing.c.delivery == Delivery.WAITING,
        outgoing.c.account == bindparam("of_account"),
        outgoing.c.batch.is_not_distinct_from(bindparam("of_batch")),
    )
    .order_by(outgoing.c.not_before_at, outgoing.c.sequence)
    .limit(1)
)
_HANDED_OVER = (
    select(outgoing_events.c.at)
    .join(outgoing, outgoing.c.id == outgoing_events.c.message)
    .where(outgoing_events.c.step == DeliveryStep.HANDED_OVER, outgoing.c.account == bindparam("of_account"))
    .order_by(outgoing_events.c.sequence.desc())
    .limit(1)
    .offset(bindparam("more"))
)
_MADE_ON = select(letters.c.made_on).where(
    letters.c.id == bindparam("letter"), letters.c.event.is_(None), letters.c.is_binned.is_(False)
)


class LaneStore:
    """The lanes of one vault's outbox."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._outbox = OutboxStore(connection)

    def all(self) -> tuple[Lane, ...]:
        """Every lane in which a message waits and that nobody stopped, the one that is ready first, first."""
        return tuple(
            Lane(
                account=MailAccountId(row.account),
                batch=BatchId(row.batch) if row.batch else None,
                ready_at=row.ready_at,
                delay_seconds=row.delay_seconds or 0,
                daily_cap=row.daily_cap or 0,
            )
            for row in self._connection.execute(_LANES)
        )

    def first_of(self, lane: Lane) -> OutgoingMessage:
        """The message of a lane whose turn it is. Raises NotFound where none waits."""
        which = {"of_account": lane.account, "of_batch": lane.batch}
        found = self._outbox.with_steps(self._connection.execute(_FIRST, which).all())
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

    def cap_began_at(self, account: MailAccountId, cap: int) -> datetime | None:
        """When the first of the last ``cap`` texts of an account left, or None where there were fewer."""
        which = {"of_account": account, "more": cap - 1}
        found: datetime | None = self._connection.execute(_HANDED_OVER, which).scalar()
        return found

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
        return self.waits_since(message) is not None

    def waits_since(self, message: OutgoingMessage) -> date | None:
        """The day on which those bytes were made, or None where they no longer wait."""
        made_on: date | None = self._connection.execute(_MADE_ON, {"letter": message.letter}).scalar()
        return made_on
