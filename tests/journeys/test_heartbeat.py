# SPDX-License-Identifier: Apache-2.0
"""The pulse that journeys are held to is felt, and only the thread's own work counts."""

import time

from PySide6.QtCore import QTimer

from tests.gui.house import wait_until
from tests.journeys.heartbeat import LONGEST_BLOCK_SECONDS, Heartbeat


def computing(seconds):
    ends = time.thread_time() + seconds
    while time.thread_time() < ends:
        pass


def test_work_on_the_windows_thread_is_felt(qapp):
    heart, done = Heartbeat(), []
    QTimer.singleShot(0, lambda: done.append(computing(0.2)))
    wait_until(lambda: done)
    heart.stop()

    assert 0.2 <= heart.longest_seconds < LONGEST_BLOCK_SECONDS


def test_waiting_is_not_felt(qapp):
    heart, ends = Heartbeat(), time.monotonic() + 0.3
    wait_until(lambda: time.monotonic() > ends)
    heart.stop()

    assert heart.longest_seconds < 0.2
