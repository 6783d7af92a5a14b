# SPDX-License-Identifier: Apache-2.0
"""The courier: takes what is due out of the outbox to the servers, one message after another.

It works outside the vault's thread and never holds it while it is on the line: each step is written by a job of
``Dispatch``. Between messages it waits on an event that whoever wants it to stop can set.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from optout_desktop.domain.errors import (
    KeyringError,
    MailServerError,
    NotAllowed,
    OptOutError,
    ServerRefused,
    ServerUnreachable,
)
from optout_desktop.domain.ids import MailAccountId
from optout_desktop.domain.messages import DeliveryStep, OutgoingMessage, SendResult

from .accounts import AccountService
from .dispatch import RETRY_AFTER, CopyJob, Crossed, Dispatch, Job
from .network_log import result_of
from .ports import InVault, MailServers, MailSession

LONGEST_IDLE = timedelta(seconds=30)
"""A line is hung up when nothing is to be sent for longer."""
_LATER = 400
_FOR_GOOD = 500


class Stop(Protocol):
    """What ``threading.Event`` is, as far as the courier asks it."""

    def is_set(self) -> bool:
        """Whether it is to stop."""
        ...

    def wait(self, timeout: float) -> bool:
        """Wait for so many seconds, or less where it is to stop."""
        ...


Told = Callable[[OutgoingMessage, DeliveryStep], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What one round of the courier came to.

    ``next_at`` is when something is due again, None where nothing waits. ``error`` is the last one that concerns an
    account and not a message: login, certificate, keyring; what waits there needs the person.
    """

    accepted: int = 0
    refused: int = 0
    deferred: int = 0
    uncertain: int = 0
    next_at: datetime | None = None
    error: OptOutError | None = None

    def with_step(self, step: DeliveryStep) -> DeliveryReport:
        """The report with one more message."""
        return replace(self, **{step.value: getattr(self, step.value) + 1})


@dataclass(slots=True)
class _Line:
    """The open line to one account's server, and what the network log knows of it."""

    account: MailAccountId | None = None
    session: MailSession | None = None
    log: int = 0
    noted: tuple[int, int] = (0, 0)
    closing: ExitStack = field(default_factory=ExitStack)

    def hang_up(self) -> None:
        """Close it, if one is open."""
        self.account = self.session = None
        self.closing.close()


class Courier:
    """Delivers messages; one round at a time."""

    def __init__(self, dispatch: Dispatch, accounts: AccountService, servers: MailServers) -> None:
        self._dispatch = dispatch
        self._accounts = accounts
        self._servers = servers
        self._round = threading.Lock()

    def deliver_due(
        self,
        in_vault: InVault,
        now: Callable[[], datetime],
        stop: Stop,
        told: Told = lambda _message, _step: None,
        *,
        patience_seconds: float = 60,
    ) -> DeliveryReport:
        """Send what is due, and what becomes due within ``patience_seconds`` of a pause.

        A second call while one is under way does nothing. Raises what the vault raises: then what was under way is
        set right by ``OutboxService.recover``.
        """
        if not self._round.acquire(blocking=False):
            return DeliveryReport()
        line = _Line()
        try:
            self._file_owed(in_vault, now())
            return self._deliver(line, in_vault, now, stop, told, timedelta(seconds=patience_seconds))
        finally:
            line.hang_up()
            self._round.release()

    def _deliver(
        self,
        line: _Line,
        in_vault: InVault,
        now: Callable[[], datetime],
        stop: Stop,
        told: Told,
        patience: timedelta,
    ) -> DeliveryReport:
        report = DeliveryReport()
        blocked: dict[MailAccountId, datetime] = {}
        while not stop.is_set():
            at = now()
            turn = in_vault(lambda at=at: self._dispatch.claim(at, blocked, line.account))  # type: ignore[misc]
            if turn is None:
                return replace(report, next_at=None)
            if isinstance(turn, datetime):
                report = replace(report, next_at=turn)
                if turn - at > patience:
                    return report
                if turn - at > LONGEST_IDLE:
                    line.hang_up()
                stop.wait((turn - at).total_seconds())
                continue
            step, error = self._carry(line, turn, in_vault, now)
            report = report.with_step(step)
            told(turn.message, step)
            if error is not None:
                blocked[turn.message.account] = now() + RETRY_AFTER[0]
                line.hang_up()
                report = report if isinstance(error, ServerUnreachable) else replace(report, error=error)
            elif step is DeliveryStep.ACCEPTED and turn.has_mailbox:
                self._file(turn.message, in_vault)
        return report

    def _carry(
        self, line: _Line, job: Job, in_vault: InVault, now: Callable[[], datetime]
    ) -> tuple[DeliveryStep, OptOutError | None]:
        """Take one message to its server; the step that came of it, and what is wrong with the account."""
        has_left = threading.Event()

        def before_text() -> None:
            in_vault(lambda: self._dispatch.hand_over(job.message))
            has_left.set()

        message = job.message
        try:
            session = self._line_for(line, job)
            result = session.send(message.sender, message.recipients, job.content, before_text)
        except MailServerError as error:
            crossed = Crossed(
                log=line.log, bytes_out=error.bytes_out, bytes_in=error.bytes_in, result=result_of(error)
            )
            return self._failed(job, error, crossed, in_vault, now, is_uncertain=has_left.is_set())
        except (KeyringError, NotAllowed) as error:
            crossed = Crossed(log=job.log, bytes_out=0, bytes_in=0, result="no_password")
            why, until = str(error), now() + RETRY_AFTER[0]
            in_vault(lambda: self._dispatch.hold(job, why, (crossed,), until=until))
            return DeliveryStep.DEFERRED, error
        crossed = Crossed(
            log=line.log,
            bytes_out=result.bytes_out,
            bytes_in=result.bytes_in,
            result=str(result.code) if result.code else result.step.value,
        )
        return in_vault(lambda: self._dispatch.settle(job, result, (crossed,))), None

    def _failed(
        self,
        job: Job,
        error: MailServerError,
        crossed: Crossed,
        in_vault: InVault,
        now: Callable[[], datetime],
        *,
        is_uncertain: bool,
    ) -> tuple[DeliveryStep, OptOutError | None]:
        """What becomes of a message whose server could not be used.

        Where no line came about it is tried again later. What concerns the account (login, certificate, encryption)
        ends a single message, and lets a batch wait for the person: the next try would fail alike, and lock them out.
        """
        code = error.code if isinstance(error, ServerRefused) else 0
        if is_uncertain:
            result = SendResult(step=DeliveryStep.UNCERTAIN, code=code, reply=str(error))
            return in_vault(lambda: self._dispatch.settle(job, result, (crossed,))), None
        is_passing = isinstance(error, ServerUnreachable) or _LATER <= code < _FOR_GOOD
        if is_passing or job.message.batch is None:
            step = DeliveryStep.DEFERRED if is_passing else DeliveryStep.REFUSED
            result = SendResult(step=step, code=code, reply=str(error))
            return in_vault(lambda: self._dispatch.settle(job, result, (crossed,))), error
        in_vault(lambda: self._dispatch.hold(job, str(error), (crossed,), until=now()))
        return DeliveryStep.DEFERRED, error

    def _line_for(self, line: _Line, job: Job) -> MailSession:
        """The line to a message's server: the one that is open, or a new one."""
        if line.session is None or line.account != job.message.account:
            line.hang_up()
            password = job.password or self._accounts.keyring_password(job.message.account, job.server)
            line.log = job.log
            line.session = line.closing.enter_context(self._servers.session(job.server, password))
            line.account = job.message.account
        return line.session

    # ── copies ───────────────────────────────────────────────────────────────────────────────────────

    def _file_owed(self, in_vault: InVault, now: datetime) -> None:
        for message in in_vault(lambda: self._dispatch.owed_copies(now)):
            self._file(message, in_vault)

    def _file(self, message: OutgoingMessage, in_vault: InVault) -> None:
        """Put a copy into the Sent folder where the account has one; its failure is noted and changes nothing."""
        job = in_vault(lambda: self._dispatch.copy_job(message))
        if job is None:
            return
        step, reply, crossed = self._filed(job)
        in_vault(lambda: self._dispatch.settle_copy(job, step, reply, crossed))

    def _filed(self, job: CopyJob) -> tuple[DeliveryStep, str, Crossed]:
        try:
            password = job.password or self._accounts.keyring_password(job.message.account, job.server)
            filed = self._servers.file_copy(job.server, password, job.content, job.message.message_id)
        except MailServerError as error:
            crossed = Crossed(
                log=job.log, bytes_out=error.bytes_out, bytes_in=error.bytes_in, result=result_of(error)
            )
            return DeliveryStep.NOT_FILED, str(error), crossed
        except (KeyringError, NotAllowed) as error:
            crossed = Crossed(log=job.log, bytes_out=0, bytes_in=0, result="no_password")
            return DeliveryStep.NOT_FILED, str(error), crossed
        crossed = Crossed(log=job.log, bytes_out=filed.bytes_out, bytes_in=filed.bytes_in, result="ok")
        return DeliveryStep.FILED, filed.folder, crossed
