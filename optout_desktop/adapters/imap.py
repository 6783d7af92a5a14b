# SPDX-License-Identifier: Apache-2.0
"""Puts a copy of a sent message into the Sent folder of a person's own mailbox, encrypted or not at all."""

from __future__ import annotations

from optout_desktop.domain.accounts import MailServer
from optout_desktop.domain.messages import FiledCopy
from optout_desktop.domain.secrets import Secret


def file_copy(server: MailServer, password: Secret, content: bytes, message_id: str) -> FiledCopy:
    """Where the copy lies; see ``MailServers.file_copy``."""
    raise NotImplementedError


def try_out(server: MailServer, password: Secret) -> tuple[int, int]:
    """Bytes out and in of a login and nothing else."""
    raise NotImplementedError
