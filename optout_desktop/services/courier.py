# SPDX-License-Identifier: Apache-2.0
"""The courier: takes what is due out of the outbox to the servers, one message after another.

It works outside the vault's thread and never holds it while it is on the line: each step is written by a job of
``Dispatch``. Between messages it waits on an event that whoever wants it to stop can set.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from optout_desktop.domain.errors import (
    InputError,
    KeyringError,
    MailServerError,
    NotAllowed,
    OptOutError,
    ServerRefused,
    ServerUnreachable,
)
from optout_desktop.domain.ids import MailAccountId
from optout_desktop.domain.messages import DeliveryStep, OutgoingMessage, Purpose, SendResult

from .accounts import AccountService
from .dispatch import RETRY_AFTER, CopyJob, Crossed, Dispatch, Job
from .network_log import result_of
from .ports import InVault, MailServers, MailSession

LONGEST_IDLE = timedelta(seconds=30)
"""A line is hung up when nothing is to be sent for longer."""
_REPLACED = "dropped"
"""How a line ended that the server closed between two messages."""
_CLOSING = 421
"""The code with which a server takes leave (RFC 5321 section 3.8)."""
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
    """The session with one account's server, and the rows of the network log, one for each line that it opened."""

    account: MailAccountId | None = None
    session: MailSession | None = None
    rows: list[int] = field(default_factory=list)
    noted: list[tuple[int, int]] = field(default_factory=list)
    result: str = ""
    closing: ExitStack = field(default_factory=ExitStack)

    def open(
        self, account: MailAccountId, session: AbstractContextManager[MailSession], row: int
    ) -> MailSession:
        """Begin a session whose first line has its row already."""
        self.session = self.closing.enter_context(session)
        self.account, self.rows, self.noted = account, [row], []
        return self.session

    @property
    def unlisted(self) -> int:
        """How many lines the session opened that have no row yet: it opens one anew where that is harmless."""
        return max(0, len(self.session.lines()) - len(self.rows)) if self.session else 0

    def crossed(self, result: str) -> tuple[Crossed, ...]:
        """What crossed each line since it was asked last; ``result`` is how the last one stands."""
        if self.session is None:
            return ()
        self.result = result
        lines = self.session.lines()
        before = [*self.noted, *[(0, 0)] * len(lines)]
        self.noted = list(lines)
        found = []
        for number, (row, now, then) in enumerate(zip(self.rows, lines, before, strict=False), start=1):
            is_last = number == len(lines)
            if is_last or now != then:
                word = result if is_last else _REPLACED
                found.append(
                    Crossed(log=row, bytes_out=now[0] - then[0], bytes_in=now[1] - then[1], result=word)
                )
        return tuple(found)

    def hang_up(self) -> None:
        """Close it, if one is open."""
        self.account = None
        self.closing.close()
        self.session = None


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
            report = self._deliver(line, in_vault, now, stop, told, timedelta(seconds=patience_seconds))
            self._leave(line, in_vault)
            return report
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
        report, following = DeliveryReport(), None
        blocked: dict[MailAccountId, datetime] = {}
        while following is not None or not stop.is_set():
            at = now()
            turn: Job | datetime | None = following
            if turn is None:
                turn = in_vault(lambda at=at: self._dispatch.claim(at, blocked, line.account))  # type: ignore[misc]
            if turn is None:
                return replace(report, next_at=None)
            if isinstance(turn, datetime):
                report = replace(report, next_at=turn)
                if turn - at > patience:
                    return report
                if turn - at > LONGEST_IDLE:
                    self._leave(line, in_vault)
                stop.wait((turn - at).total_seconds())
                continue
            step, error, following = self._carry(line, turn, in_vault, now, stop, blocked)
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
        self,
        line: _Line,
        job: Job,
        in_vault: InVault,
        now: Callable[[], datetime],
        stop: Stop,
        blocked: Mapping[MailAccountId, datetime],
    ) -> tuple[DeliveryStep, OptOutError | None, Job | None]:
        """Take one message to its server: the step that came of it, what is wrong with the account, and the next.

        The next one is claimed with the result, unless a copy is to be filed before, or it is time to stop.
        """
        has_left = threading.Event()

        def before_text() -> None:
            self._list_lines(line, job, in_vault)
            in_vault(lambda: self._dispatch.hand_over(job.message))
            has_left.set()

        message = job.message
        try:
            session = self._line_for(line, job)
            result = session.send(message.sender, message.recipients, job.content, before_text)
        except MailServerError as error:
            self._list_lines(line, job, in_vault)
            crossed = line.crossed(result_of(error))
            step, why = self._failed(job, error, crossed, in_vault, now, is_uncertain=has_left.is_set())
            return step, why, None
        except (KeyringError, NotAllowed) as error:
            held = (Crossed(log=job.log, bytes_out=0, bytes_in=0, result="no_password"),)
            why, until = error, now() + RETRY_AFTER[0]
            in_vault(lambda: self._dispatch.hold(job, str(why), held, until=until))
            return DeliveryStep.DEFERRED, why, None
        except InputError as error:
            # an address or a text that mail cannot carry: told before anything left
            step = DeliveryStep.UNCERTAIN if has_left.is_set() else DeliveryStep.REFUSED
            result = SendResult(step=step, reply=str(error))
        self._list_lines(line, job, in_vault)
        crossed = line.crossed(str(result.code) if result.code else result.step.value)
        if result.step is not DeliveryStep.ACCEPTED or job.has_mailbox or stop.is_set():
            step = in_vault(lambda: self._dispatch.settle(job, result, crossed))
            if result.step is DeliveryStep.UNCERTAIN or result.code == _CLOSING:
                line.hang_up()  # the session has: the next line is to have its row before it is opened
            return step, None, None
        step, following = in_vault(lambda: self._dispatch.settle_and_claim(job, result, crossed, blocked))
        return step, None, following

    def _list_lines(self, line: _Line, job: Job, in_vault: InVault) -> None:
        """Give each line that the session opened by itself its row in the network log."""
        if missing := line.unlisted:
            line.rows += in_vault(lambda: self._dispatch.open_rows(job.server, Purpose.SEND_MAIL, missing))

    def _leave(self, line: _Line, in_vault: InVault) -> None:
        """Hang up in good order, and note what that took."""
        line.closing.close()
        if parting := line.crossed(line.result):
            in_vault(lambda: self._dispatch.note(parting))
        line.hang_up()

    def _failed(
        self,
        job: Job,
        error: MailServerError,
        crossed: tuple[Crossed, ...],
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
            return in_vault(lambda: self._dispatch.settle(job, result, crossed)), None
        is_passing = isinstance(error, ServerUnreachable) or _LATER <= code < _FOR_GOOD
        if is_passing or job.message.batch is None:
            step = DeliveryStep.DEFERRED if is_passing else DeliveryStep.REFUSED
            result = SendResult(step=step, code=code, reply=str(error))
            return in_vault(lambda: self._dispatch.settle(job, result, crossed)), error
        in_vault(lambda: self._dispatch.hold(job, str(error), crossed, until=now()))
        return DeliveryStep.DEFERRED, error

    def _line_for(self, line: _Line, job: Job) -> MailSession:
        """The line to a message's server: the one that is open, or a new one."""
        if line.session is None or line.account != job.message.account:
            line.hang_up()
            password = job.password or self._accounts.keyring_password(job.message.account, job.server)
            return line.open(job.message.account, self._servers.session(job.server, password), job.log)
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
