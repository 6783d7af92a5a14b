# SPDX-License-Identifier: Apache-2.0
"""Keeps mail accounts, the servers that were set up for them, and passwords that no keyring keeps.

A password is handed out on its own, for the one connection that needs it; no account carries it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, insert, or_, select, true, update

from optout_desktop.domain.accounts import MailAccount, MailServer, ServerPurpose
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import MailAccountId, PersonId
from optout_desktop.domain.secrets import Secret

from .tables import batches, mail_accounts, mail_servers, outgoing

if TYPE_CHECKING:
    from collections.abc import Iterable


class AccountStore:
    """The mail accounts of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, account: MailAccount) -> None:
        """Add an account with its servers, or replace what is known of one; passwords of servers that stay, stay."""
        row = {"id": account.id, "person": account.person, "address": account.address, "label": account.label}
        here = mail_accounts.c.id == account.id
        if self._connection.execute(select(mail_accounts.c.id).where(here)).first():
            self._connection.execute(update(mail_accounts).where(here).values(row))
        else:
            self._connection.execute(insert(mail_accounts).values(row))
        known = select(mail_servers.c.purpose, mail_servers.c.password).where(
            mail_servers.c.account == account.id
        )
        passwords = {found.purpose: found.password for found in self._connection.execute(known)}
        self._connection.execute(delete(mail_servers).where(mail_servers.c.account == account.id))
        rows = [_row(account.id, one, passwords.get(one.purpose, "")) for one in account.servers]
        if rows:
            self._connection.execute(insert(mail_servers), rows)

    def set_password(self, account: MailAccountId, purpose: ServerPurpose, password: Secret | None) -> None:
        """Keep a server's password in the vault; None: it lies elsewhere."""
        self._connection.execute(
            update(mail_servers)
            .where(mail_servers.c.account == account, mail_servers.c.purpose == purpose)
            .values(password=password.reveal() if password else "")
        )

    def password(self, account: MailAccountId, purpose: ServerPurpose) -> Secret | None:
        """A server's password, or None where the vault has none."""
        query = select(mail_servers.c.password).where(
            mail_servers.c.account == account, mail_servers.c.purpose == purpose
        )
        kept = self._connection.execute(query).scalar()
        return Secret(str(kept)) if kept else None

    def get(self, account: MailAccountId) -> MailAccount:
        """One account. Raises NotFound."""
        found = self._found(mail_accounts.c.id == account)
        if not found:
            raise NotFound("mail account", account)
        return found[0]

    def of(self, person: PersonId) -> tuple[MailAccount, ...]:
        """A person's mail accounts by address, those without a server too."""
        return self._found(mail_accounts.c.person == person)

    def all(self) -> tuple[MailAccount, ...]:
        """Every account by address, those without a server too."""
        return self._found(true())

    def drop(self, account: MailAccountId) -> None:
        """Forget an account's servers and passwords, and the account itself where no message names it."""
        self._connection.execute(delete(mail_servers).where(mail_servers.c.account == account))
        named = or_(
            exists().where(outgoing.c.account == account),
            exists().where(batches.c.account == account),
        )
        self._connection.execute(delete(mail_accounts).where(mail_accounts.c.id == account, ~named))

    def _found(self, condition: ColumnElement[bool]) -> tuple[MailAccount, ...]:
        rows = self._connection.execute(
            select(mail_accounts).where(condition).order_by(mail_accounts.c.address)
        ).all()
        ids = [row.id for row in rows]
        query = (
            select(mail_servers)
            .where(mail_servers.c.account.in_(ids))
            .order_by(mail_servers.c.purpose.desc())
        )
        servers = self._connection.execute(query).all()
        return tuple(_account(row, (one for one in servers if one.account == row.id)) for row in rows)


def _row(account: MailAccountId, server: MailServer, password: str) -> dict[str, Any]:
    return {
        "account": account,
        "purpose": server.purpose,
        "host": server.host,
        "port": server.port,
        "security": server.security,
        "user_name": server.user_name,
        "password_home": server.password_home,
        "password": password,
        "sent_folder": server.sent_folder,
    }


def _account(row: Row[Any], servers: Iterable[Row[Any]]) -> MailAccount:
    return MailAccount(
        id=MailAccountId(row.id),
        person=PersonId(row.person),
        address=row.address,
        label=row.label,
        servers=tuple(
            MailServer(
                purpose=one.purpose,
                host=one.host,
                port=one.port,
                security=one.security,
                user_name=one.user_name,
                password_home=one.password_home,
                sent_folder=one.sent_folder,
            )
            for one in servers
        ),
    )
