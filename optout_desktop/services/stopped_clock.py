# SPDX-License-Identifier: Apache-2.0
"""A clock that stands still until it is moved: for the sample vault, and for ``--as-of`` in a terminal."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

NOON = time(12)


class StoppedClock:
    """A clock that says what it was told; each instant is a microsecond after the one before."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._asked = 0

    def move_to(self, day: date) -> None:
        """Make another day today."""
        self._today = day

    def today(self) -> date:
        """The day it was told."""
        return self._today

    def now(self) -> datetime:
        """Noon of that day, in UTC, and a little later at each question, so that entries keep their order."""
        self._asked += 1
        return datetime.combine(self._today, NOON) + timedelta(microseconds=self._asked)
