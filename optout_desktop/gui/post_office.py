# SPDX-License-Identifier: Apache-2.0
"""The post office of an open vault: counts down, lets the courier go when something is due, and says what came of it.

``queue`` → ten seconds in which it can be taken back → one round of the courier on a worker, which hops onto the
vault's thread for each step → toasts, or the question of a message of which nobody knows. While nothing waits,
nothing here wakes up.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.ids import MailAccountId, OutgoingId, RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import Delivery, DeliveryStep, OutgoingMessage
from optout_desktop.gui import post_words
from optout_desktop.gui.tasks import Tasks
from optout_desktop.gui.toast import SECONDS, Toast
from optout_desktop.services.courier import DeliveryReport
from optout_desktop.services.desk import Desk
from optout_desktop.services.outbox import UNDO_SECONDS

PATIENCE_SECONDS = 30.0
"""How long a round stays for what is due soon, such as the next letter of a batch."""
LOCK_WAIT_SECONDS = 5.0
"""How long locking waits for the server's word on the message that is under way."""
_COUNT_EVERY_MS = 250
_TELL_EVERY_MS = 250
_LONGEST_SLEEP_MS = 3_600_000
"""After an hour the clock is asked again: it may have been set."""


class WakeableStop:
    """Tells the courier to stop, and wakes it while it waits; may be used from every thread."""

    def __init__(self) -> None:
        self._woken = threading.Event()
        self._is_set = False

    def set(self) -> None:
        """Stop after the message that is under way."""
        self._is_set = True
        self._woken.set()

    def nudge(self) -> None:
        """Look again now."""
        self._woken.set()

    def is_set(self) -> bool:
        """Whether it is to stop."""
        return self._is_set

    def wait(self, timeout: float) -> bool:
        """Wait for so many seconds, or less where there is a reason to look."""
        self._woken.wait(timeout)
        self._woken.clear()
        return self._is_set


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """A message that can still be taken back."""

    message: OutgoingId
    to: str
    leaves_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What became of a message, for a toast."""

    message: OutgoingMessage
    due_words: str


class PostOffice(QObject):
    """Sends what waits, one round of the courier at a time."""

    changed = Signal()
    """What counts down, is under way or went wrong is another now."""
    outbox_wanted = Signal()
    _stepped = Signal()
    _round_left = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, toast: Toast, window: QWidget, wait_seconds: int = UNDO_SECONDS
    ) -> None:
        super().__init__(window)
        self._desk, self._tasks, self._toast, self._window = desk, tasks, toast, window
        self._wait_seconds = wait_seconds
        self._stop = WakeableStop()
        self._is_running = False
        self._is_ended = False
        self._looks_again = False
        self._steps: deque[tuple[OutgoingMessage, DeliveryStep]] = deque()
        self._words = ""
        self.counting: Counting | None = None
        self.problem: OptOutError | None = None
        """What keeps the accounts from being used; nothing is sent until ``go_on``."""
        self._next = self._timer(self.look)
        self._telling = self._timer(self._tell)
        self._count = self._timer(self._count_down)
        self._stepped.connect(lambda: self._telling.isActive() or self._telling.start(_TELL_EVERY_MS))

    # ── what pages and the window ask ────────────────────────────────────────────────────────────────

    @property
    def is_running(self) -> bool:
        """Whether a round is under way, even if it only waits."""
        return self._is_running

    @property
    def is_connected(self) -> bool:
        """Whether a server is, or is about to be, spoken to."""
        return self._is_running and self.counting is None

    @property
    def undo_words(self) -> str:
        """What Edit › Undo says while a message can be taken back; else empty."""
        return post_words.undo(self.counting.to) if self.counting is not None else ""

    def open(self) -> None:
        """After unlocking: say what an earlier run left open, and send what is due."""
        if self._desk.sample_day is not None:
            return
        self._tasks.run(self, self._desk.mailroom.outbox.uncertain, self._say_uncertain)
        self.look()

    def _say_uncertain(self, found: tuple[OutgoingMessage, ...]) -> None:
        """Each unlocking asks again, until the person has said what became of them."""
        if found:
            self._offer_outbox(post_words.recovered(len(found)))

    def queue(
        self,
        owner: QObject,
        request: RequestId,
        kind: LetterKind,
        account: MailAccountId,
        queued: Callable[[OutgoingMessage], object],
        failed: Callable[[OptOutError], None],
    ) -> None:
        """Let a letter wait to be sent, and count down."""
        outbox, seconds = self._desk.mailroom.outbox, self._wait_seconds

        def done(message: OutgoingMessage) -> None:
            self._begin_to_count(message)
            queued(message)

        self._tasks.run(owner, lambda: outbox.queue(request, kind, account, seconds), done, failed)

    def try_again(self, owner: QObject, message: OutgoingId) -> None:
        """Send anew what was refused or cancelled, with the same time to think."""
        outbox, seconds = self._desk.mailroom.outbox, self._wait_seconds
        self._tasks.run(owner, lambda: outbox.retry(message, seconds), self._begin_to_count)

    def take_back(self, message: OutgoingId | None = None) -> bool:
        """Cancel a message, or the one that counts down; whether there is one to cancel."""
        wanted = message or (self.counting.message if self.counting is not None else None)
        if wanted is None:
            return False
        outbox = self._desk.mailroom.outbox

        def done(_message: OutgoingMessage) -> None:
            self._stop_counting(wanted)
            self._toast.say(post_words.taken_back())

        self._tasks.run(self._window, lambda: outbox.undo(wanted), done)
        return True

    def look(self) -> None:
        """Send what is due; something may have changed."""
        if self._is_ended or self.problem is not None or self._desk.sample_day is not None:
            return
        self._next.stop()
        if self._is_running:
            self._looks_again = True
            self._stop.nudge()
            return
        self._is_running, self._looks_again = True, False
        self._tasks.run_outside(self, self._round, self._round_over, self._round_failed)

    def go_on(self) -> None:
        """The person has seen to the account: send again."""
        if self.problem is not None:
            self.problem = None
            self.changed.emit()
        self.look()

    def ask(self, message: OutgoingMessage) -> None:
        """Ask what became of a message of which nobody knows; leaving decides nothing."""
        answer = post_words.ask_what_became(self._window, message)
        if answer is not None:
            self.say(message.id, is_sent=answer)

    def say(self, message: OutgoingId, *, is_sent: bool) -> None:
        """Record the person's word on a message of which nobody knows."""
        outbox = self._desk.mailroom.outbox

        def job() -> _Outcome:
            after = outbox.say_sent(message) if is_sent else outbox.say_not_sent(message)
            return _Outcome(message=after, due_words=post_words.due(self._desk, after))

        self._tasks.run(self._window, job, self._say_outcome)

    def end(self, seconds: float = LOCK_WAIT_SECONDS) -> None:
        """Before locking: stop, and let the message that is under way come to its end, for a while.

        What waits stays in the outbox. Where the server has no word in time, the message is *uncertain* at the next
        unlocking; nothing is sent again by itself.
        """
        self._is_ended = True
        loop, limit = QEventLoop(), QTimer()
        limit.setSingleShot(True)
        limit.timeout.connect(loop.quit)
        self._round_left.connect(loop.quit)  # before the stop: the round may leave at once
        self._stop.set()
        for timer in (self._next, self._telling, self._count):
            timer.stop()
        if self._is_running:
            limit.start(round(seconds * 1000))
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    # ── counting down ────────────────────────────────────────────────────────────────────────────────

    def _begin_to_count(self, message: OutgoingMessage) -> None:
        self.problem = None
        to = ", ".join(message.recipients)
        self.counting = Counting(message=message.id, to=to, leaves_at=message.not_before_at)
        self._words = post_words.counting(to, self._left())
        self._toast.say(
            self._words, undo=lambda: self.take_back(message.id), seconds=self._wait_seconds + SECONDS
        )
        self._count.start(_COUNT_EVERY_MS)
        self.changed.emit()
        self.look()

    def _left(self) -> float:
        if self.counting is None:
            return 0.0
        return (self.counting.leaves_at - self._desk.clock.now()).total_seconds()

    def _count_down(self) -> None:
        if self.counting is None:
            return
        left = self._left()
        if left > 0:
            words = post_words.counting(self.counting.to, left)
            if words != self._words:
                self._toast.reword(self._words, words)
                self._words = words
            self._count.start(_COUNT_EVERY_MS)
            return
        words = post_words.leaving(self.counting.to)
        is_shown = self._toast.words == self._words and not self._toast.isHidden()
        self._stop_counting(self.counting.message)
        if is_shown:
            self._toast.say(words)
        self.look()
        self.changed.emit()

    def _stop_counting(self, message: OutgoingId) -> None:
        if self.counting is not None and self.counting.message == message:
            self.counting, self._words = None, ""
            self._count.stop()
            self.changed.emit()

    # ── a round of the courier ───────────────────────────────────────────────────────────────────────

    def _round(self) -> DeliveryReport:
        """On a worker."""
        desk, tasks = self._desk, self._tasks
        try:
            return desk.mailroom.courier.deliver_due(
                tasks.in_vault, desk.clock.now, self._stop, self._note, patience_seconds=PATIENCE_SECONDS
            )
        finally:
            self._is_running = False
            self._round_left.emit()

    def _note(self, message: OutgoingMessage, step: DeliveryStep) -> None:
        """On a worker: what became of a message."""
        self._steps.append((message, step))
        self._stepped.emit()

    def _round_over(self, report: DeliveryReport) -> None:
        if report.error is not None:
            self._steps.clear()
            self._pause(report.error)
            return
        self._tell()
        if self._is_ended:
            return
        if self._looks_again:
            self.look()
        elif report.next_at is not None:
            seconds = (report.next_at - self._desk.clock.now()).total_seconds()
            self._next.start(min(max(round(seconds * 1000), 0), _LONGEST_SLEEP_MS))
        self.changed.emit()

    def _round_failed(self, error: OptOutError) -> None:
        """The vault could not write: what was under way is set right, and nothing is sent until the person goes on."""
        self._steps.clear()
        self._pause(error)
        self._tasks.run(self, self._desk.mailroom.outbox.recover, lambda _recovered: None)

    def _pause(self, error: OptOutError) -> None:
        self.problem = error
        self.changed.emit()
        self._offer_outbox(post_words.problem(error))

    def _tell(self) -> None:
        """Say what came of single messages; a batch shows it on its own card."""
        self._telling.stop()
        steps = list(self._steps)
        self._steps.clear()
        outbox = self._desk.mailroom.outbox
        for message, _step in steps:
            self._stop_counting(message.id)
            if message.batch is None and not self._is_ended:

                def job(wanted: OutgoingId = message.id) -> _Outcome:
                    found = outbox.get(wanted)
                    return _Outcome(message=found, due_words=post_words.due(self._desk, found))

                self._tasks.run(self._window, job, self._say_outcome)
        if steps:
            self.changed.emit()

    def _say_outcome(self, outcome: _Outcome) -> None:
        message = outcome.message
        match message.delivery:
            case Delivery.ACCEPTED:
                self._toast.say(post_words.accepted(message, outcome.due_words))
            case Delivery.UNCERTAIN:
                self.ask(message)
            case Delivery.REFUSED | Delivery.WAITING:
                self._offer_outbox(post_words.not_sent(message))
            case _:
                pass

    def _offer_outbox(self, words: str) -> None:
        self._toast.say(words, undo=self.outbox_wanted.emit, undo_words=post_words.show())

    def _timer(self, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        return timer
