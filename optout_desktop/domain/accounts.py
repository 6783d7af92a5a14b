# SPDX-License-Identifier: Apache-2.0
"""Mail accounts: through which servers a person's own mail goes, and where its password lies.

The password itself is no part of these values: it lies in the system's keyring or in the vault, and a service
fetches it for the one connection that needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .ids import MailAccountId, PersonId


class ServerPurpose(StrEnum):
    """What a server is for."""

    SMTP = "smtp"
    IMAP = "imap"


class Security(StrEnum):
    """How a connection is encrypted before anything personal crosses it; there is no third way."""

    TLS = "tls"
    """From the first byte (RFC 8314)."""
    STARTTLS = "starttls"
    """A plain greeting, then demanded (RFC 3207, RFC 9051); a server that does not offer it gets nothing."""


class PasswordHome(StrEnum):
    """Where a password lies."""

    VAULT = "vault"
    KEYRING = "keyring"


USUAL_PORT = {
    (ServerPurpose.SMTP, Security.TLS): 465,
    (ServerPurpose.SMTP, Security.STARTTLS): 587,
    (ServerPurpose.IMAP, Security.TLS): 993,
    (ServerPurpose.IMAP, Security.STARTTLS): 143,
}
"""The registered ports (RFC 8314, RFC 6409, RFC 9051)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """One server of an account; ``sent_folder`` is the IMAP folder for copies, empty: the one marked as such."""

    purpose: ServerPurpose
    host: str
    port: int
    security: Security
    user_name: str
    password_home: PasswordHome = PasswordHome.VAULT
    sent_folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAccount:
    """A mail account of a person, with the servers that were set up for it, one a purpose."""

    id: MailAccountId
    person: PersonId
    address: str
    label: str = ""
    servers: tuple[MailServer, ...] = ()

    def server(self, purpose: ServerPurpose) -> MailServer | None:
        """The server for a purpose, or None where none was set up."""
        return next((one for one in self.servers if one.purpose is purpose), None)
