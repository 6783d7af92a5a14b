# SPDX-License-Identifier: Apache-2.0
"""The clock: the only place that asks what day and what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime


class SystemClock:
    """The machine's clock."""

    def today(self) -> date:
        """The day where the person is."""
        return datetime.now().astimezone().date()

    def now(self) -> datetime:
        """The instant in UTC, without a zone attached, as the vault keeps it."""
        return datetime.now(UTC).replace(tzinfo=None)
