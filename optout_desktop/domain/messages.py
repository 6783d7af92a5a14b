# SPDX-License-Identifier: Apache-2.0
"""Outgoing messages: what was given to the outbox, and what became of it, read off its events.

A message is queued with the exact bytes already in the vault (``letters``). ``STARTED`` is written before a server
is spoken to, ``HANDED_OVER`` before the first byte of the text crosses the line. A run that dies between the
two sent nothing and may try again; one that dies after the second leaves the message *uncertain*, and only the
person can say what became of it. Nothing is ever sent twice by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .ids import BatchId, LetterId, MailAccountId, OutgoingId, RequestId
from .letters import LetterKind


class DeliveryStep(StrEnum):
    """What happened to a message, in the order in which it can."""

    QUEUED = "queued"
    STARTED = "started"
    """A connection was opened for it; no byte of the text has left."""
    DEFERRED = "deferred"
    """The server said *later* (4xx), or could not be reached, before the text left; it is tried again."""
    HANDED_OVER = "handed_over"
    """The text is on its way; until the server answers nobody knows."""
    ACCEPTED = "accepted"
    """The server took it (250 after DATA), or the person says that it arrived."""
    REFUSED = "refused"
    """The server refused it (5xx), or the person says that it did not arrive; it may be queued anew."""
    UNCERTAIN = "uncertain"
    """The line broke after the text was handed over."""
    CANCELLED = "cancelled"
    FILED = "filed"
    """A copy lies in the Sent folder."""
    NOT_FILED = "not_filed"
    """No copy could be put there; the sending stands."""


class Delivery(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


DELIVERY_AFTER: dict[DeliveryStep, Delivery] = {
    DeliveryStep.QUEUED: Delivery.WAITING,
    DeliveryStep.DEFERRED: Delivery.WAITING,
    DeliveryStep.STARTED: Delivery.UNDER_WAY,
    DeliveryStep.HANDED_OVER: Delivery.UNDER_WAY,
    DeliveryStep.ACCEPTED: Delivery.ACCEPTED,
    DeliveryStep.FILED: Delivery.ACCEPTED,
    DeliveryStep.NOT_FILED: Delivery.ACCEPTED,
    DeliveryStep.REFUSED: Delivery.REFUSED,
    DeliveryStep.UNCERTAIN: Delivery.UNCERTAIN,
    DeliveryStep.CANCELLED: Delivery.CANCELLED,
}
"""Where a message stands after each step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryEvent:
    """One step of one message; ``code`` and ``reply`` are the server's words, 0 and empty where it said none."""

    step: DeliveryStep
    at: datetime
    code: int = 0
    reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """A message in the outbox; its bytes are those of ``letter``."""

    id: OutgoingId
    request: RequestId
    kind: LetterKind
    letter: LetterId
    account: MailAccountId
    sender: str
    recipients: tuple[str, ...]
    message_id: str
    not_before_at: datetime
    batch: BatchId | None = None
    events: tuple[DeliveryEvent, ...] = ()

    @property
    def delivery(self) -> Delivery:
        """Where it stands, read off the last event."""
        return DELIVERY_AFTER[self.events[-1].step] if self.events else Delivery.WAITING

    @property
    def attempts(self) -> int:
        """How often a server was spoken to for it."""
        return sum(event.step is DeliveryStep.STARTED for event in self.events)


class BatchState(StrEnum):
    """How far a batch has come."""

    REVIEW = "review"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DONE = "done"


class BatchWay(StrEnum):
    """How the letters of a batch leave."""

    SMTP = "smtp"
    EML = "eml"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchItem:
    """One letter of a batch."""

    request: RequestId
    kind: LetterKind = LetterKind.REQUEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Letters that leave one after another, after one consent that named every recipient.

    ``delay_seconds`` lies between two messages; ``daily_cap`` is the most that leave within 24 hours, 0: no cap.
    """

    id: BatchId
    way: BatchWay
    state: BatchState
    created_at: datetime
    items: tuple[BatchItem, ...]
    account: MailAccountId | None = None
    consented_at: datetime | None = None
    delay_seconds: int = 20
    daily_cap: int = 100


class Purpose(StrEnum):
    """Why the app opened a connection."""

    SEND_MAIL = "send_mail"
    FILE_SENT_COPY = "file_sent_copy"
    TEST_ACCOUNT = "test_account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One connection that the app opened, as the network log keeps it; ``result`` is a word or the server's code."""

    at: datetime
    purpose: Purpose
    host: str
    port: int
    bytes_out: int
    bytes_in: int
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRecipient:
    """A recipient whom the server would not take; then nobody gets the message."""

    address: str
    code: int
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendResult:
    """What one try at sending came to.

    ``step`` is ACCEPTED, DEFERRED, REFUSED or UNCERTAIN; DEFERRED and REFUSED mean that the text did not leave or that
    the server said that it does not keep it. ``bytes_out`` and ``bytes_in`` count what crossed the line.
    """

    step: DeliveryStep
    code: int = 0
    reply: str = ""
    refused: tuple[RefusedRecipient, ...] = ()
    bytes_out: int = 0
    bytes_in: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledCopy:
    """Where a copy of a sent message lies; ``was_there`` where the server had put one there itself."""

    folder: str
    was_there: bool = False
    bytes_out: int = 0
    bytes_in: int = 0
