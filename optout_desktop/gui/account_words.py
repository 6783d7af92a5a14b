# SPDX-License-Identifier: Apache-2.0
"""What a mail account is called, and how its servers are described."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.accounts import MailAccount, MailServer, PasswordHome, Security, ServerPurpose
from optout_desktop.gui.labels import shown


def tr(text: str) -> str:
    """The sentence in the person's language."""
    return QCoreApplication.translate("account_words", text)


def name(account: MailAccount) -> str:
    """An account as it is chosen: what the person calls it, and its address."""
    if not account.label:
        return shown(account.address)
    return tr("{label} · {address}").format(label=shown(account.label), address=shown(account.address))


def security(value: Security) -> str:
    """How a connection is encrypted."""
    return {Security.TLS: tr("TLS"), Security.STARTTLS: tr("STARTTLS")}[value]


def place(server: MailServer) -> str:
    """Where a server is, and how it is spoken to."""
    return tr("{host}, port {port}, {security}").format(
        host=shown(server.host), port=server.port, security=security(server.security)
    )


def about(account: MailAccount) -> str:
    """The servers of an account and where its password lies, one line each."""
    lines = []
    if (smtp := account.server(ServerPurpose.SMTP)) is not None:
        lines.append(tr("Sends through {place}").format(place=place(smtp)))
    if (imap := account.server(ServerPurpose.IMAP)) is not None:
        folder = imap.sent_folder
        words = (
            tr("Copies into “{folder}” at {place}")
            if folder
            else tr("Copies into the Sent folder at {place}")
        )
        lines.append(words.format(place=place(imap), folder=shown(folder)))
    else:
        lines.append(tr("No copy into a Sent folder"))
    homes = {server.password_home for server in account.servers}
    is_in_keyring = homes == {PasswordHome.KEYRING}
    lines.append(tr("Password in the keyring") if is_in_keyring else tr("Password in this vault"))
    return "\n".join(lines)
