# SPDX-License-Identifier: Apache-2.0
"""The outbox: letters that wait to be sent through a person's own account, and what became of them.

``queue`` keeps the exact bytes and the message in one transaction; the courier takes it from there. Whatever left and
was never answered is uncertain, and only the person's word ends that. Nothing is sent twice by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from optout_desktop.domain.errors import NotAllowed, NotFound
from optout_desktop.domain.ids import MailAccountId, OutgoingId, RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import Delivery, DeliveryEvent, DeliveryStep, OutgoingMessage
from optout_desktop.domain.requests import ProofGrade
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .letters import LetterService
from .outgoing import Acceptance, MessageMaker, require_unsent, step_of
from .ports import Clock

UNDO_SECONDS = 10
"""How long a message can be taken back before a server is spoken to."""
INTERRUPTED = "interrupted"
"""The reply of a step that no server took part in: the app ended before the text left."""
MOST_LINES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxLine:
    """A message as a list shows it."""

    message: OutgoingMessage
    company_name: str
    reference: str

    @property
    def last(self) -> DeliveryEvent:
        """Its last step, with the server's words."""
        return self.message.events[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What an earlier run left behind: messages that wait again, and messages that may have been sent."""

    waiting: tuple[OutgoingMessage, ...]
    uncertain: tuple[OutgoingMessage, ...]


class OutboxService:
    """Everything that a person can do with outgoing messages."""

    def __init__(
        self,
        vault: Vault[Stores],
        letters: LetterService,
        maker: MessageMaker,
        acceptance: Acceptance,
        clock: Clock,
        is_sample: Callable[[], bool],
    ) -> None:
        self._vault = vault
        self._letters = letters
        self._maker = maker
        self._acceptance = acceptance
        self._clock = clock
        self._is_sample = is_sample

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────

    def list(self, limit: int = MOST_LINES) -> tuple[OutboxLine, ...]:
        """The newest messages, the newest first."""
        with self._vault.reading() as stores:
            found = stores.outbox.latest(limit)
            requests = {one.id: one for one in stores.requests.many(each.request for each in found)}
        return tuple(
            OutboxLine(
                message=one,
                company_name=requests[one.request].company_name,
                reference=requests[one.request].reference,
            )
            for one in found
        )

    def get(self, message: OutgoingId) -> OutgoingMessage:
        """One message. Raises NotFound."""
        with self._vault.reading() as stores:
            return stores.outbox.get(message)

    def named(self, typed: str) -> OutgoingId:
        """The message whose id begins so. Raises NotFound."""
        with self._vault.reading() as stores:
            found = stores.outbox.find(typed.strip().lower()) if typed.strip() else ()
        if len(found) != 1:
            raise NotFound("message in the outbox", typed)
        return found[0]

    def of(self, request: RequestId) -> tuple[OutgoingMessage, ...]:
        """The messages of a request, the oldest first."""
        with self._vault.reading() as stores:
            return stores.outbox.of(request)

    def uncertain(self) -> tuple[OutgoingMessage, ...]:
        """The messages of which only the person can say what became of them."""
        with self._vault.reading() as stores:
            return stores.outbox.standing(Delivery.UNCERTAIN)

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────

    def queue(
        self,
        request: RequestId,
        kind: LetterKind,
        account: MailAccountId,
        wait_seconds: int = UNDO_SECONDS,
    ) -> OutgoingMessage:
        """Make a letter's bytes and let them wait; the courier sends them after ``wait_seconds``.

        Raises NotAllowed in the sample vault, where the letter was sent, waits, is under way or uncertain, or where the
        account cannot send; InputError for a missing recipient or fact.
        """
        if self._is_sample():
            raise NotAllowed(
                "This is the sample vault: its people and companies are made up, so nothing can be sent."
            )
        with self._vault.reading() as stores:
            through = stores.accounts.get(account)
            found = stores.requests.get(request)
            is_unsettled = bool(stores.outbox.unsettled([(request, kind)]))
        if is_unsettled:
            raise NotAllowed(
                "This letter is in the outbox already, or nobody knows yet whether it arrived. See there first; it is "
                "never sent twice."
            )
        require_unsent(found, kind)
        at = self._clock.now() + timedelta(seconds=wait_seconds)
        made = self._maker.make(self._letters.view(request, kind), through, not_before_at=at)
        with self._vault.writing() as stores:
            made.keep(stores)
        return made.message

    def undo(self, message: OutgoingId) -> OutgoingMessage:
        """Take a waiting message back, and put its letter aside. Raises NotAllowed once a server is spoken to."""
        with self._vault.writing() as stores:
            found = stores.outbox.get(message)
            if found.delivery is not Delivery.WAITING:
                raise NotAllowed("It is too late to take this back: it was handed over. Nothing was changed.")
            cancel(stores, found, self._clock)
            if found.batch is not None:
                stores.batches.finish(found.batch)
            return stores.outbox.get(message)

    def say_sent(self, message: OutgoingId, on: date | None = None) -> OutgoingMessage:
        """The person says that an uncertain message arrived: on the day on which it left, or on ``on``.

        It can be undone. Raises NotAllowed for any other message.
        """
        found = self._uncertain(message)
        left = [one.at for one in found.events if one.step is DeliveryStep.HANDED_OVER]
        day = on or min(left[-1].date() if left else self._clock.today(), self._clock.today())
        self._acceptance.record(
            found, step_of(DeliveryStep.ACCEPTED, self._clock.now()), on=day, grade=ProofGrade.STATED
        )
        return self.get(message)

    def say_not_sent(self, message: OutgoingId) -> OutgoingMessage:
        """The person says that an uncertain message did not arrive; it may be sent anew. Raises NotAllowed."""
        found = self._uncertain(message)
        with self._vault.writing() as stores:
            stores.outbox.append(message, step_of(DeliveryStep.REFUSED, self._clock.now()))
            stores.letters.set_binned((found.letter,), is_binned=True)
        return self.get(message)

    def retry(self, message: OutgoingId, wait_seconds: int = UNDO_SECONDS) -> OutgoingMessage:
        """A new message in the place of one that was refused or cancelled. Raises NotAllowed, and as ``queue``."""
        found = self.get(message)
        if found.delivery not in {Delivery.REFUSED, Delivery.CANCELLED}:
            raise NotAllowed("Only what was refused can be sent again. Nothing was sent.")
        return self.queue(found.request, found.kind, found.account, wait_seconds)

    def recover(self) -> Recovered:
        """Set right what an earlier run left under way: once, when the vault is opened, before anything is sent."""
        waiting: list[OutgoingId] = []
        uncertain: list[OutgoingId] = []
        with self._vault.reading() as stores:
            found = stores.outbox.standing(Delivery.UNDER_WAY)
        if not found:
            return Recovered(waiting=(), uncertain=())
        now = self._clock.now()
        with self._vault.writing() as stores:
            for one in found:
                has_left = one.events[-1].step is DeliveryStep.HANDED_OVER
                step = DeliveryStep.UNCERTAIN if has_left else DeliveryStep.DEFERRED
                stores.outbox.append(one.id, step_of(step, now, reply=INTERRUPTED))
                (uncertain if has_left else waiting).append(one.id)
            for batch in {one.batch for one in found if one.batch is not None}:
                stores.batches.finish(batch)
            return Recovered(
                waiting=tuple(map(stores.outbox.get, waiting)),
                uncertain=tuple(map(stores.outbox.get, uncertain)),
            )

    def _uncertain(self, message: OutgoingId) -> OutgoingMessage:
        found = self.get(message)
        if found.delivery is not Delivery.UNCERTAIN:
            raise NotAllowed("What became of this message is known. Nothing was changed.")
        return found


def cancel(stores: Stores, message: OutgoingMessage, clock: Clock) -> None:
    """Cancel a waiting message and put its letter aside, in the transaction that is open."""
    stores.outbox.append(message.id, step_of(DeliveryStep.CANCELLED, clock.now()))
    if stores.lanes.is_letter_free(message):
        stores.letters.set_binned((message.letter,), is_binned=True)
