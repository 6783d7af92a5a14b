# SPDX-License-Identifier: Apache-2.0
"""Mail accounts: which server is for what, and which port is the usual one."""

from __future__ import annotations

from optout_desktop.domain.accounts import USUAL_PORT, MailAccount, MailServer, Security, ServerPurpose
from optout_desktop.domain.ids import MailAccountId, PersonId


def an_account(*purposes):
    servers = tuple(
        MailServer(
            purpose=purpose,
            host="mail.example.org",
            port=USUAL_PORT[purpose, Security.TLS],
            security=Security.TLS,
            user_name="jane",
        )
        for purpose in purposes
    )
    return MailAccount(
        id=MailAccountId("a"), person=PersonId("p"), address="jane@example.org", servers=servers
    )


def test_a_server_is_found_by_what_it_is_for():
    account = an_account(ServerPurpose.SMTP)

    assert account.server(ServerPurpose.SMTP) == account.servers[0]
    assert account.server(ServerPurpose.IMAP) is None


def test_every_purpose_has_a_usual_port_for_each_encryption():
    assert set(USUAL_PORT) == {(purpose, security) for purpose in ServerPurpose for security in Security}
    assert len(set(USUAL_PORT.values())) == len(USUAL_PORT)
