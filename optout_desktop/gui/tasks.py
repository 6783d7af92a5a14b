# SPDX-License-Identifier: Apache-2.0
"""Work that must not hold up the window.

``run`` hands a job to the vault thread (one worker: the vault knows no other thread), ``run_outside`` to a
small pool for network and parsers; from there ``in_vault`` waits for one job of the vault. What comes back, value
or error, crosses to the GUI thread through one queued signal and is given to ``then`` or ``failed``, unless the
owner is gone by then; what ends the whole session (a damaged vault) goes past both. A change of the vault is told
to all pages by one signal, ``vault_changed``.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from optout_desktop.domain.errors import OptOutError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Told how many of how many are done; a total of 0 means: not known."""

_OUTSIDE_WORKERS = 4
_PROGRESS_EVERY_SECONDS = 0.1


class Cancelled(Exception):
    """Raised inside a job by ``CancelToken.check``; nobody is told, the person already knows."""


class CancelToken:
    """Says to a job that its result is no longer wanted; may be used from every thread."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop at its next look."""
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked for the end."""
        return self._event.is_set()

    def check(self) -> None:
        """Leave the job if somebody asked for the end; raises Cancelled."""
        if self.is_cancelled:
            raise Cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class _Delivery:
    owner: QObject
    future: Future[Any]
    then: Callable[[Any], None]
    failed: Callable[[OptOutError], None] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    owner: QObject
    show: Progress
    done: int
    total: int


class Tasks(QObject):
    """The one place where work leaves the GUI thread and comes back to it."""

    vault_changed = Signal()
    _finished = Signal(object)
    _stepped = Signal(object)
    _announced = Signal()

    def __init__(
        self,
        show_error: Callable[[OptOutError, QWidget | None], None],
        show_bug: Callable[[BaseException], None],
        parent: QObject | None = None,
        *,
        take_over: Callable[[OptOutError], bool] = lambda _error: False,
    ) -> None:
        """``take_over`` is asked before any owner is told; where it says True, nobody else is."""
        super().__init__(parent)
        self._take_over = take_over
        self._show_error = show_error
        self._show_bug = show_bug
        self._is_closed = False
        self._closing = threading.Lock()
        self._is_announcing = False
        queued = Qt.ConnectionType.QueuedConnection
        self._finished.connect(self._deliver, queued)
        self._stepped.connect(self._show_step, queued)
        self._announced.connect(self._tell_pages, queued)

    @cached_property
    def _vault_thread(self) -> ThreadPoolExecutor:
        return _workers(1, "vault")

    @cached_property
    def _outside(self) -> ThreadPoolExecutor:
        return _workers(_OUTSIDE_WORKERS, "outside")

    def run(
        self,
        owner: QObject,
        job: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[OptOutError], None] | None = None,
    ) -> None:
        """Do a job on the vault thread, in order of asking; a job should stay under 200 ms."""
        self._start(self._vault_thread, owner, job, then, failed)

    def run_outside(
        self,
        owner: QObject,
        job: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[OptOutError], None] | None = None,
    ) -> None:
        """Do a job that waits for the network or reads foreign files, beside others; never with the vault."""
        self._start(self._outside, owner, job, then, failed)

    def in_vault(self, job: Callable[[], T]) -> T:
        """Do a job on the vault thread and wait for it; for a job outside, never for the window.

        Raises what the job raises, and Cancelled once this is closed: then the job was not begun.
        """
        with self._closing:
            if self._is_closed:
                raise Cancelled
            future = self._vault_thread.submit(job)
        return future.result()

    def progress(self, owner: QObject, show: Progress) -> Progress:
        """A callable to hand to a job: what it tells arrives at ``show``, ten times a second at most."""
        last_at = 0.0

        def tell(done: int, total: int) -> None:
            nonlocal last_at
            now = time.monotonic()
            if done != total and now - last_at < _PROGRESS_EVERY_SECONDS:
                return
            last_at = now
            self._stepped.emit(_Step(owner=owner, show=show, done=done, total=total))

        return tell

    def announce(self) -> None:
        """Tell all pages that the vault has changed; from any thread, several calls at once count as one."""
        if not self._is_announcing and not self._is_closed:
            self._is_announcing = True
            self._announced.emit()

    def close(self, last: Callable[[], None] | None = None) -> None:
        """Finish every vault job already asked for, then ``last`` on the vault thread (it closes the vault).

        Jobs outside that have not begun are dropped. Nothing is delivered afterwards. An error of ``last`` is
        raised here.
        """
        with self._closing:  # whoever waits in in_vault comes before the last job, or not at all
            self._is_closed = True
        self._outside.shutdown(wait=False, cancel_futures=True)
        closing = self._vault_thread.submit(last) if last else None
        self._vault_thread.shutdown(wait=True)
        if closing is not None:
            closing.result()

    def _start(
        self,
        workers: ThreadPoolExecutor,
        owner: QObject,
        job: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[OptOutError], None] | None,
    ) -> None:
        if self._is_closed:
            return

        def finished(future: Future[T]) -> None:
            # after closing, this object itself may be gone
            if not self._is_closed:
                self._finished.emit(_Delivery(owner=owner, future=future, then=then, failed=failed))

        workers.submit(job).add_done_callback(finished)

    @Slot(object)
    def _deliver(self, delivery: _Delivery) -> None:
        # asked here, not learnt from `destroyed`: PySide6 cannot connect a method of a slotted dataclass
        if self._is_closed or not isValid(delivery.owner) or delivery.future.cancelled():
            return
        error = delivery.future.exception()
        if error is None:
            delivery.then(delivery.future.result())
        elif isinstance(error, OptOutError):
            if self._take_over(error):
                return
            if delivery.failed is not None:
                delivery.failed(error)
            else:
                self._show_error(error, delivery.owner if isinstance(delivery.owner, QWidget) else None)
        elif not isinstance(error, Cancelled):
            self._show_bug(error)

    @Slot(object)
    def _show_step(self, step: _Step) -> None:
        if not self._is_closed and isValid(step.owner):
            step.show(step.done, step.total)

    @Slot()
    def _tell_pages(self) -> None:
        self._is_announcing = False
        if not self._is_closed:
            self.vault_changed.emit()


def _workers(count: int, name: str) -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor  # loaded after the first paint

    return ThreadPoolExecutor(count, thread_name_prefix=name)
