# SPDX-License-Identifier: Apache-2.0
"""Hands a message to a person's own mail server by SMTP, encrypted or not at all."""

from __future__ import annotations

from collections.abc import Callable

from optout_desktop.domain.accounts import MailServer
from optout_desktop.domain.messages import SendResult
from optout_desktop.domain.secrets import Secret


def send(
    server: MailServer,
    password: Secret,
    sender: str,
    recipients: tuple[str, ...],
    content: bytes,
    before_text: Callable[[], None],
) -> SendResult:
    """What became of one message; see ``MailServers.send``."""
    raise NotImplementedError


def try_out(server: MailServer, password: Secret) -> tuple[int, int]:
    """Bytes out and in of a login and nothing else."""
    raise NotImplementedError
