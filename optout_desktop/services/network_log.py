# SPDX-License-Identifier: Apache-2.0
"""The network log: every connection that the app opened, when, whereto, why, how much crossed it, and its end.

The row is written before the line is opened, in the vault, so that no connection is missing from it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from optout_desktop.domain.accounts import MailServer
from optout_desktop.domain.errors import (
    CertificateRefused,
    EncryptionRefused,
    LoginRefused,
    MailServerError,
    ServerRefused,
    ServerUnreachable,
)
from optout_desktop.domain.messages import Connection, Purpose
from optout_desktop.storage.network_log import STARTED
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .ports import Clock

MOST_ROWS = 1_000
_DAY = timedelta(days=1)


class NetworkLogService:
    """What the app connected to, while this vault was open."""

    def __init__(self, vault: Vault[Stores], clock: Clock) -> None:
        self._vault = vault
        self._clock = clock

    def latest(self, limit: int = MOST_ROWS) -> tuple[Connection, ...]:
        """The newest connections, the newest first."""
        with self._vault.reading() as stores:
            return stores.network_log.latest(limit)

    def today(self) -> tuple[Connection, ...]:
        """The connections of the last 24 hours, the newest first."""
        with self._vault.reading() as stores:
            return stores.network_log.since(self._clock.now() - _DAY)

    def count(self) -> int:
        """How many connections there ever were."""
        with self._vault.reading() as stores:
            return stores.network_log.count()

    def begin(self, purpose: Purpose, server: MailServer) -> int:
        """Note a connection that is about to be opened; the answer is its number."""
        with self._vault.writing() as stores:
            return stores.network_log.begin(opening(purpose, server, self._clock.now()))

    def end(self, number: int, *, bytes_out: int, bytes_in: int, result: str) -> None:
        """Note what crossed a connection, and how it ended."""
        with self._vault.writing() as stores:
            stores.network_log.add(number, bytes_out=bytes_out, bytes_in=bytes_in, result=result)


def opening(purpose: Purpose, server: MailServer, at: datetime) -> Connection:
    """The row of a connection that is about to be opened."""
    return Connection(
        at=at, purpose=purpose, host=server.host, port=server.port, bytes_out=0, bytes_in=0, result=STARTED
    )


def result_of(error: MailServerError) -> str:
    """How a connection ended that could not be used, in a word or the server's code."""
    match error:
        case ServerUnreachable():
            return error.why
        case EncryptionRefused():
            return "no_encryption"
        case CertificateRefused():
            return "certificate"
        case LoginRefused():
            return "login"
        case ServerRefused():
            return str(error.code)
    return "refused"
