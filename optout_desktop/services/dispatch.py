# SPDX-License-Identifier: Apache-2.0
"""Dispatch: the courier's jobs on the vault's thread, each of them one transaction.

``claim`` writes STARTED and the row of the network log before a line is opened, ``hand_over`` writes HANDED_OVER before
the first byte of the text leaves, ``settle`` writes the result with everything that follows from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from optout_desktop.domain.accounts import MailAccount, MailServer, ServerPurpose
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound, TemplateError
from optout_desktop.domain.ids import MailAccountId
from optout_desktop.domain.letters import KeptLetter
from optout_desktop.domain.messages import (
    BatchState,
    DeliveryStep,
    OutgoingMessage,
    Purpose,
    SendResult,
)
from optout_desktop.domain.requests import ProofGrade
from optout_desktop.domain.secrets import Secret
from optout_desktop.storage.lanes import Lane
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .accounts import AccountService
from .letters import LetterService
from .network_log import opening
from .outbox import INTERRUPTED, cancel
from .outgoing import Acceptance, MessageMaker, step_of
from .ports import Clock

RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
"""When a message is tried again after the server said *later*; after the last it is given up."""
GAVE_UP = "gave up"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A message whose turn it is, with what a line to its server needs; no password where the keyring has it."""

    message: OutgoingMessage
    content: bytes
    server: MailServer
    password: Secret | None
    log: int
    """The row of the network log; 0 where a line is open already."""
    has_mailbox: bool = False
    """Whether a copy of it belongs into a Sent folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyJob:
    """A copy that belongs into the Sent folder."""

    message: OutgoingMessage
    content: bytes
    server: MailServer
    password: Secret | None
    log: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """What crossed a line, for its row in the network log, and how it stands."""

    log: int
    bytes_out: int
    bytes_in: int
    result: str

    def note(self, stores: Stores) -> None:
        """Add it to the row, in the transaction that is open."""
        if self.log:
            stores.network_log.add(
                self.log, bytes_out=self.bytes_out, bytes_in=self.bytes_in, result=self.result
            )


class Dispatch:
    """What the courier has done in the vault."""

    def __init__(
        self,
        vault: Vault[Stores],
        letters: LetterService,
        accounts: AccountService,
        maker: MessageMaker,
        acceptance: Acceptance,
        clock: Clock,
    ) -> None:
        self._vault = vault
        self._letters = letters
        self._accounts = accounts
        self._maker = maker
        self._acceptance = acceptance
        self._clock = clock

    def claim(
        self, now: datetime, blocked: Mapping[MailAccountId, datetime], has_line: MailAccountId | None
    ) -> Job | datetime | None:
        """The message whose turn it is, the instant at which one's turn comes, or None where nothing waits.

        ``blocked`` are accounts that must wait; ``has_line`` is the account to whose server a line is open.
        """
        while True:
            with self._vault.reading() as stores:
                turn = self._turn(stores, now, blocked)
            if not isinstance(turn, OutgoingMessage):
                return turn
            if (ready := self._refreshed(turn)) is not None:
                return self._start(ready, now, has_line)

    def open_rows(self, server: MailServer, purpose: Purpose, count: int = 1) -> tuple[int, ...]:
        """New rows of the network log, one a line."""
        row = opening(purpose, server, self._clock.now())
        with self._vault.writing() as stores:
            return tuple(stores.network_log.begin(row) for _ in range(count))

    def note(self, crossed: tuple[Crossed, ...]) -> None:
        """Write what crossed some lines since."""
        with self._vault.writing() as stores:
            for one in crossed:
                one.note(stores)

    def hand_over(self, message: OutgoingMessage) -> None:
        """Write that the text leaves now; whoever waits for this sends no byte of it before."""
        with self._vault.writing() as stores:
            stores.outbox.append(message.id, step_of(DeliveryStep.HANDED_OVER, self._clock.now()))

    def settle(self, job: Job, result: SendResult, crossed: tuple[Crossed, ...]) -> DeliveryStep:
        """Write what became of a message, and what follows; the answer is the step that was written."""
        return self._settle(job, result, crossed, lambda _: None)

    def settle_and_claim(
        self,
        job: Job,
        result: SendResult,
        crossed: tuple[Crossed, ...],
        blocked: Mapping[MailAccountId, datetime],
    ) -> tuple[DeliveryStep, Job | None]:
        """The same, and the message whose turn it is over the same line, in one transaction.

        None where ``claim`` must look: nothing is ready, another account's turn has come, or a text is to be written
        anew.
        """
        following: Job | None = None

        def take_next(stores: Stores) -> None:
            nonlocal following
            now = self._clock.now()
            turn = self._turn(stores, now, blocked)
            if not isinstance(turn, OutgoingMessage) or turn.account != job.message.account:
                return
            if not self._is_fresh(stores, turn):
                return
            following = replace(
                job, message=_started(stores, turn, now), content=stores.letters.content(turn.letter), log=0
            )

        step = self._settle(job, result, crossed, take_next)
        return step, following

    def hold(self, job: Job, why: str, crossed: tuple[Crossed, ...], *, until: datetime) -> None:
        """Let a message wait because its account cannot be used, and stop its batch until the person goes on."""
        with self._vault.writing() as stores:
            stores.outbox.append(job.message.id, step_of(DeliveryStep.DEFERRED, self._clock.now(), reply=why))
            stores.outbox.put_off(job.message.id, until)
            for one in crossed:
                one.note(stores)
            if job.message.batch is not None:
                stores.batches.set_state(job.message.batch, BatchState.PAUSED)

    def copy_job(self, message: OutgoingMessage) -> CopyJob | None:
        """What the Sent folder needs, or None where the account has no IMAP server."""
        with self._vault.reading() as stores:
            account = stores.accounts.get(message.account)
            content = stores.letters.content(message.letter)
        if account.server(ServerPurpose.IMAP) is None:
            return None
        server, password = self._accounts.kept_password(account.id, ServerPurpose.IMAP)
        [log] = self.open_rows(server, Purpose.FILE_SENT_COPY)
        return CopyJob(message=message, content=content, server=server, password=password, log=log)

    def settle_copy(self, job: CopyJob, step: DeliveryStep, reply: str, crossed: Crossed) -> None:
        """Write whether a copy was filed; the sending stands either way."""
        with self._vault.writing() as stores:
            stores.outbox.append(job.message.id, step_of(step, self._clock.now(), reply=reply))
            crossed.note(stores)

    def owed_copies(self, now: datetime) -> tuple[OutgoingMessage, ...]:
        """Messages of the last day that an earlier run sent and did not live to file."""
        with self._vault.reading() as stores:
            return stores.lanes.without_copy(now - _DAY)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _settle(
        self,
        job: Job,
        result: SendResult,
        crossed: tuple[Crossed, ...],
        last: Callable[[Stores], None],
    ) -> DeliveryStep:
        message, now = job.message, self._clock.now()

        def along(stores: Stores) -> None:
            for one in crossed:
                one.note(stores)
            if message.batch is not None:
                stores.batches.finish(message.batch)
            last(stores)

        if result.step is DeliveryStep.ACCEPTED:
            accepted = step_of(DeliveryStep.ACCEPTED, now, result.code, result.reply)
            try:
                self._acceptance.record(
                    message,
                    accepted,
                    on=self._clock.today(),
                    grade=ProofGrade.SERVER_ACCEPTED,
                    along=along,
                )
            except (NotAllowed, InputError):
                # the request was closed or moved on meanwhile: the outbox alone keeps that it was accepted
                self._write(message, accepted.step, now, result, along=along)
            return DeliveryStep.ACCEPTED
        later = self._later(message, result)
        self._write(message, later[0], now, result, reply=later[2], put_off=later[1], along=along)
        return later[0]

    def _turn(
        self, stores: Stores, now: datetime, blocked: Mapping[MailAccountId, datetime]
    ) -> OutgoingMessage | datetime | None:
        """The message whose turn it is, the instant at which one's turn comes, or None where nothing waits."""
        turns = [(_ready_at(stores, one, now, blocked), one) for one in stores.lanes.all()]
        if not turns:
            return None
        ready_at, lane = min(turns, key=lambda turn: turn[0])
        return ready_at if ready_at > now else stores.lanes.first_of(lane)

    def _is_fresh(self, stores: Stores, message: OutgoingMessage) -> bool:
        """Whether a message may leave as it is: its bytes wait, and are of today or were handed over before."""
        made_on = stores.lanes.waits_since(message)
        has_left = any(one.step is DeliveryStep.HANDED_OVER for one in message.events)
        return made_on is not None and (has_left or made_on == self._clock.today())

    def _refreshed(self, message: OutgoingMessage) -> OutgoingMessage | None:
        """The message as it may leave now, or None where it was cancelled.

        It is cancelled where its letter was sent by another way or put aside. One that waited into another day is
        written anew, unless its text ever left: a letter names the day on which it is sent.
        """
        with self._vault.reading() as stores:
            if self._is_fresh(stores, message):
                return message
            is_free = stores.lanes.is_letter_free(message)
            account = stores.accounts.get(message.account)
        try:
            again = self._made_again(message, account) if is_free else None
        except (NotAllowed, InputError, NotFound, TemplateError):
            again = None
        with self._vault.writing() as stores:
            if again is None:
                cancel(stores, message, self._clock)
                if message.batch is not None:
                    stores.batches.finish(message.batch)
                return None
            stores.letters.set_binned((message.letter,), is_binned=True)
            stores.letters.keep(*again)
            stores.outbox.set_letter(message.id, again[0].id)
            return stores.outbox.get(message.id)

    def _made_again(self, message: OutgoingMessage, account: MailAccount) -> tuple[KeptLetter, bytes]:
        view = self._letters.view(message.request, message.kind)
        return self._maker.make_again(view, account, message)

    def _start(self, message: OutgoingMessage, now: datetime, has_line: MailAccountId | None) -> Job:
        server, password = self._accounts.kept_password(message.account, ServerPurpose.SMTP)
        with self._vault.writing() as stores:
            log = 0
            if has_line != message.account:
                log = stores.network_log.begin(opening(Purpose.SEND_MAIL, server, now))
            return Job(
                message=_started(stores, message, now),
                content=stores.letters.content(message.letter),
                server=server,
                password=password,
                log=log,
                has_mailbox=stores.accounts.get(message.account).server(ServerPurpose.IMAP) is not None,
            )

    def _later(
        self, message: OutgoingMessage, result: SendResult
    ) -> tuple[DeliveryStep, datetime | None, str]:
        """What a result that is no acceptance comes to: the step, until when it waits, and the words."""
        reply = result.reply
        if result.refused:
            first = result.refused[0]
            reply = f"{first.address}: {first.code} {first.reply}"
        if result.step is not DeliveryStep.DEFERRED:
            return result.step, None, reply
        tries = sum(one.step is DeliveryStep.DEFERRED and one.reply != INTERRUPTED for one in message.events)
        if tries >= len(RETRY_AFTER):
            return DeliveryStep.REFUSED, None, f"{GAVE_UP}: {reply}"
        return DeliveryStep.DEFERRED, self._clock.now() + RETRY_AFTER[tries], reply

    def _write(
        self,
        message: OutgoingMessage,
        step: DeliveryStep,
        now: datetime,
        result: SendResult,
        *,
        along: Callable[[Stores], None],
        reply: str | None = None,
        put_off: datetime | None = None,
    ) -> None:
        words = result.reply if reply is None else reply
        with self._vault.writing() as stores:
            stores.outbox.append(message.id, step_of(step, now, result.code, words))
            if put_off is not None:
                stores.outbox.put_off(message.id, put_off)
            if step is DeliveryStep.REFUSED:
                stores.letters.set_binned((message.letter,), is_binned=True)
            along(stores)


def _ready_at(
    stores: Stores, lane: Lane, now: datetime, blocked: Mapping[MailAccountId, datetime]
) -> datetime:
    """When the first message of a lane may leave: its own time, the batch's pace, the account's daily cap."""
    ready_at = max(lane.ready_at, blocked.get(lane.account, lane.ready_at))
    if lane.batch is None:
        return ready_at
    if lane.delay_seconds and (left := stores.lanes.handed_over_at(batch=lane.batch, limit=1)):
        pause = timedelta(seconds=lane.delay_seconds)
        ready_at = max(ready_at, min(left[0], now) + pause)  # a clock that was set back does not stop a batch
    if lane.daily_cap:
        began_at = stores.lanes.cap_began_at(lane.account, lane.daily_cap)
        if began_at is not None:
            ready_at = max(ready_at, min(began_at, now) + _DAY)
    return ready_at


def _started(stores: Stores, message: OutgoingMessage, now: datetime) -> OutgoingMessage:
    """Write that a server is spoken to about a message, in the transaction that is open."""
    step = step_of(DeliveryStep.STARTED, now)
    stores.outbox.append(message.id, step)
    return replace(message, events=(*message.events, step))
