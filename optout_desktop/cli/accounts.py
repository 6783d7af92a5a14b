# SPDX-License-Identifier: Apache-2.0
"""``optout account`` and ``optout network``: one's own mail accounts, and what was connected to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from optout_desktop.domain.accounts import (
    USUAL_PORT,
    MailAccount,
    PasswordHome,
    Security,
    ServerPurpose,
)
from optout_desktop.domain.errors import NotAllowed

from .output import table
from .people import person_named
from .session import Session, secret
from .tree import Group, in_session

if TYPE_CHECKING:
    from optout_desktop.services.accounts import ServerInput

SECURITY = click.Choice([one.value for one in Security])


@click.group(cls=Group)
def account() -> None:
    """Set up the mail accounts that letters are sent through."""


@account.command()
@click.argument("address")
@click.option("--smtp-host", required=True, metavar="HOST", help="The server that takes outgoing mail.")
@click.option("--smtp-port", type=int, metavar="N", help="Its port; 465 with tls, 587 with starttls.")
@click.option("--smtp-security", type=SECURITY, default=Security.TLS.value, help="How it is encrypted.")
@click.option("--user", default="", metavar="NAME", help="The user name; without it, the address.")
@click.option("--imap-host", default="", metavar="HOST", help="Where copies go; without it, none are kept.")
@click.option("--imap-port", type=int, metavar="N", help="Its port; 993 with tls, 143 with starttls.")
@click.option("--imap-security", type=SECURITY, default=Security.TLS.value, help="How it is encrypted.")
@click.option("--sent-folder", default="", metavar="NAME", help="The folder for copies, if none is marked.")
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Read the account's password from this file, which only you may be able to read.",
)
@click.option("--keyring", is_flag=True, help="Keep the password in the system's keyring, not in the vault.")
@click.option("--person", "person_typed", metavar="ID|NAME", help="Whose account it is; without it, yours.")
@click.option("--label", default="", help="What you call it.")
@in_session
def add(  # noqa: PLR0913 - one parameter an option
    session: Session,
    *,
    address: str,
    smtp_host: str,
    smtp_port: int | None,
    smtp_security: str,
    user: str,
    imap_host: str,
    imap_port: int | None,
    imap_security: str,
    sent_folder: str,
    password_file: Path | None,
    keyring: bool,
    person_typed: str | None,
    label: str,
) -> None:
    """Set up the account of ADDRESS. No server is asked; “optout account test” does that."""
    from optout_desktop.services.accounts import AccountInput, ServerInput  # loads the vault's engine

    password = secret(password_file, f"Password of {address}: ")
    home = PasswordHome.KEYRING if keyring else PasswordHome.VAULT

    def server(
        purpose: ServerPurpose, host: str, port: int | None, security: str, folder: str = ""
    ) -> ServerInput:
        chosen = Security(security)
        return ServerInput(
            host=host,
            port=port if port is not None else USUAL_PORT[purpose, chosen],
            security=chosen,
            user_name=user,
            password=password,
            password_home=home,
            sent_folder=folder,
        )

    with session.desk() as desk:
        typed = AccountInput(
            person=person_named(person_typed, desk.people.all()).id,
            address=address,
            smtp=server(ServerPurpose.SMTP, smtp_host, smtp_port, smtp_security),
            imap=server(ServerPurpose.IMAP, imap_host, imap_port, imap_security, sent_folder)
            if imap_host
            else None,
            label=label,
        )
        added = desk.mailroom.accounts.add(typed)
    session.show(account_data(added), [f"Set up: {added.address} ({added.id})"])


@account.command(name="list")
@in_session
def list_accounts(session: Session) -> None:
    """List the accounts that can send."""
    with session.desk() as desk:
        found = desk.mailroom.accounts.list()
    session.show(
        [account_data(one) for one in found],
        table(
            ("address", "sends through", "copies to", "label"),
            [
                (one.address, _place(one, ServerPurpose.SMTP), _place(one, ServerPurpose.IMAP), one.label)
                for one in found
            ],
            "No account is set up. Letters can leave as drafts: optout send REQUEST --via eml --folder DIR",
        ),
    )


@account.command()
@click.argument("address")
@in_session
def remove(session: Session, *, address: str) -> None:
    """Forget the account of ADDRESS and its passwords; what it sent stays in the record."""
    with session.desk() as desk:
        found = desk.mailroom.accounts.named(address)
        desk.mailroom.accounts.remove(found.id)
    session.show(account_data(found), [f"Removed: {found.address}"])


@account.command()
@click.argument("address")
@in_session
def test(session: Session, *, address: str) -> None:
    """Log in at the servers of ADDRESS and out again; nothing is sent."""
    with session.desk() as desk:
        found = desk.mailroom.accounts.named(address)
        for server in found.servers:
            desk.mailroom.accounts.try_out(found.id, server.purpose, lambda job: job())
            session.say(f"{server.host} took the login.")
    session.show(account_data(found), [f"{found.address} can be used."])


@click.group(cls=Group)
def network() -> None:
    """See what the app connected to."""


@network.command()
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, metavar="N", help="How many; 100.")
@in_session
def log(session: Session, *, limit: int) -> None:
    """List the connections, the newest first."""
    with session.desk() as desk:
        found = desk.mailroom.network_log.latest(limit)
    rows = [
        {
            "at": one.at,
            "purpose": one.purpose,
            "host": one.host,
            "port": one.port,
            "bytes_out": one.bytes_out,
            "bytes_in": one.bytes_in,
            "result": one.result,
        }
        for one in found
    ]
    headers = ("time (UTC)", "why", "host", "port", "out", "in", "result")
    session.show(
        rows,
        table(
            headers,
            [
                (f"{one.at:%Y-%m-%d %H:%M:%S}", *list(row.values())[1:])
                for one, row in zip(found, rows, strict=True)
            ],
            "Nothing was connected to. OptOut only connects when you ask it to.",
        ),
    )


def _place(one: MailAccount, purpose: ServerPurpose) -> str:
    server = one.server(purpose)
    return f"{server.host}:{server.port} ({server.security})" if server else "–"


def account_data(one: MailAccount) -> dict[str, object]:
    """An account as programs read it; a password is never in it."""
    return {
        "id": one.id,
        "person": one.person,
        "address": one.address,
        "label": one.label,
        "servers": [
            {
                "purpose": server.purpose,
                "host": server.host,
                "port": server.port,
                "security": server.security,
                "user_name": server.user_name,
                "password_home": server.password_home,
                "sent_folder": server.sent_folder,
            }
            for server in one.servers
        ],
    }


def account_for(known: tuple[MailAccount, ...]) -> MailAccount:
    """The only account there is. Raises NotAllowed where there are none or several."""
    if len(known) == 1:
        return known[0]
    if not known:
        raise NotAllowed(
            "No mail account is set up. Do that first: optout account add ADDRESS --smtp-host HOST"
        )
    raise NotAllowed(f"Name an account with --account: {', '.join(one.address for one in known)}.")
