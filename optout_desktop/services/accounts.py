# SPDX-License-Identifier: Apache-2.0
"""Mail accounts: what a person typed about their servers → an account, with each password in the vault or the keyring.

No server is asked anything unless the person wants the settings tried out. A password goes into the keyring before
the account is written, and out again where that fails: nothing is half saved.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from optout_desktop.domain.accounts import (
    USUAL_PORT,
    MailAccount,
    MailServer,
    PasswordHome,
    Security,
    ServerPurpose,
)
from optout_desktop.domain.errors import InputError, MailServerError, NotAllowed, NotFound
from optout_desktop.domain.ids import MailAccountId, PersonId
from optout_desktop.domain.letters import clean_line
from optout_desktop.domain.messages import Purpose
from optout_desktop.domain.secrets import Secret
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .network_log import NetworkLogService, result_of
from .ports import Addresses, InVault, Keychain, MailServers

MAX_NAME_LENGTH = 255
"""Octets that RFC 4616 section 2 allows a user name."""
_PORTS = range(1, 65536)
_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.IGNORECASE)
_LONGEST_HOST = 253


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerInput:
    """What is typed about one server, not yet checked; without a password the one that is kept stays."""

    host: str
    port: int
    security: Security = Security.TLS
    user_name: str = ""
    """Empty: the address."""
    password: Secret | None = None
    password_home: PasswordHome = PasswordHome.VAULT
    sent_folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInput:
    """What is typed about an account, not yet checked; without IMAP no copy is put into the Sent folder."""

    person: PersonId
    address: str
    smtp: ServerInput
    imap: ServerInput | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Servers to begin with; a guess is only what such servers are often called."""

    smtp: ServerInput
    imap: ServerInput
    is_guess: bool = True


class AccountService:
    """Everything that can be done with mail accounts."""

    def __init__(
        self,
        vault: Vault[Stores],
        keychain: Keychain,
        servers: MailServers,
        addresses: Addresses,
        log: NetworkLogService,
        is_sample: Callable[[], bool],
    ) -> None:
        self._vault = vault
        self._keychain = keychain
        self._servers = servers
        self._addresses = addresses
        self._log = log
        self._is_sample = is_sample

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────

    def list(self, person: PersonId | None = None) -> tuple[MailAccount, ...]:
        """The accounts that can send, by address; of one person, or of everybody."""
        with self._vault.reading() as stores:
            found = stores.accounts.all() if person is None else stores.accounts.of(person)
        return tuple(one for one in found if one.server(ServerPurpose.SMTP) is not None)

    def get(self, account: MailAccountId) -> MailAccount:
        """One account, also one that was removed and has sent before. Raises NotFound."""
        with self._vault.reading() as stores:
            return stores.accounts.get(account)

    def named(self, typed: str) -> MailAccount:
        """The account of an address, an id or the beginning of one. Raises NotFound."""
        known = self.list()
        wanted = typed.strip().casefold()
        fitting = [one for one in known if wanted and one.address.casefold() == wanted]
        fitting = fitting or [one for one in known if wanted and one.id.startswith(wanted)]
        if len(fitting) != 1:
            raise NotFound("mail account", typed, tuple(one.address for one in known[:3]))
        return fitting[0]

    def propose(self, address: str) -> Proposal:
        """Servers that an address may have, guessed from its domain; nobody is asked. Raises InputError."""
        checked = self._addresses.email(address, "address")
        domain = checked.rpartition("@")[2]

        def guess(purpose: ServerPurpose) -> ServerInput:
            port = USUAL_PORT[purpose, Security.TLS]
            return ServerInput(host=f"{purpose}.{domain}", port=port, user_name=checked)

        return Proposal(smtp=guess(ServerPurpose.SMTP), imap=guess(ServerPurpose.IMAP))

    def password(self, account: MailAccountId, purpose: ServerPurpose) -> Secret:
        """The password for one connection. Raises KeyringError, NotAllowed where it is gone."""
        server, kept = self.kept_password(account, purpose)
        return kept or self.keyring_password(account, server)

    def kept_password(
        self, account: MailAccountId, purpose: ServerPurpose
    ) -> tuple[MailServer, Secret | None]:
        """A server and its password, None where the keyring has it. On the vault's thread. Raises NotFound."""
        with self._vault.reading() as stores:
            server = stores.accounts.get(account).server(purpose)
            kept = stores.accounts.password(account, purpose)
        if server is None:
            raise NotFound("mail server of this account", purpose)
        return server, kept if server.password_home is PasswordHome.VAULT else None

    def keyring_password(self, account: MailAccountId, server: MailServer) -> Secret:
        """The password that the keyring has; needs no vault. Raises KeyringError, NotAllowed where it is gone."""
        found = None
        if server.password_home is PasswordHome.KEYRING:
            found = self._keychain.fetch(self._entry(account, server.purpose))
        if found is None:
            raise NotAllowed(
                f"The password for {server.host} is no longer where it was kept. Type it again in "
                "Settings › Sending. Nothing was sent."
            )
        return found

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────

    def add(self, typed: AccountInput) -> MailAccount:
        """Keep a new account. Raises InputError naming the field, KeyringError; then nothing was kept."""
        address = self._addresses.email(typed.address, "address")
        with self._vault.reading() as stores:
            stores.people.get(typed.person)
            known = [one for one in stores.accounts.of(typed.person) if one.address == address]
        if any(one.servers for one in known):
            raise InputError("address", f"{address} is set up already. Change it instead.")
        used_before = next((one.id for one in known), None)  # its messages are still in the outbox
        return self._save(used_before or MailAccountId(uuid.uuid4().hex), typed, None)

    def change(self, account: MailAccountId, typed: AccountInput) -> MailAccount:
        """Replace what is known of an account. Raises as ``add``, and NotAllowed for another person."""
        before = self.get(account)
        if typed.person != before.person:
            raise NotAllowed("An account stays with its person. Add another one. Nothing was changed.")
        return self._save(account, typed, before)

    def remove(self, account: MailAccountId) -> None:
        """Forget an account's servers and passwords; what it sent stays in the record.

        Raises NotAllowed while a message of it waits. A KeyringError says that the account is gone and the keyring
        still has its entry.
        """
        with self._vault.writing() as stores:
            found = stores.accounts.get(account)
            if stores.outbox.has_waiting(account):
                raise NotAllowed(
                    f"Messages from {found.address} are still waiting in the outbox. Send or cancel them first. "
                    "Nothing was changed."
                )
            stores.accounts.drop(account)
        for server in found.servers:
            if server.password_home is PasswordHome.KEYRING:
                self._keychain.forget(self._entry(account, server.purpose))

    def try_out(self, account: MailAccountId, purpose: ServerPurpose, in_vault: InVault) -> None:
        """Log in and out again, because the person asked for it. Outside the vault's thread.

        Raises MailServerError, KeyringError, NotAllowed in the sample vault.
        """
        server, kept = in_vault(lambda: self.kept_password(account, purpose))
        self.try_server(server, kept or self.keyring_password(account, server), in_vault)

    def try_server(self, server: MailServer, password: Secret, in_vault: InVault) -> None:
        """The same for settings that are not kept yet."""
        if self._is_sample():
            raise NotAllowed("This is the sample vault: it connects to nothing.")
        number = in_vault(lambda: self._log.begin(Purpose.TEST_ACCOUNT, server))

        def end(bytes_out: int, bytes_in: int, result: str) -> None:
            in_vault(lambda: self._log.end(number, bytes_out=bytes_out, bytes_in=bytes_in, result=result))

        try:
            bytes_out, bytes_in = self._servers.try_out(server, password)
        except MailServerError as error:
            end(error.bytes_out, error.bytes_in, result_of(error))
            raise
        end(bytes_out, bytes_in, "ok")

    def checked_server(self, purpose: ServerPurpose, typed: ServerInput, address: str) -> MailServer:
        """What was typed about a server, checked. Raises InputError naming the field."""
        return MailServer(
            purpose=purpose,
            host=self._host(typed.host, f"{purpose}_host"),
            port=_port(typed.port, f"{purpose}_port"),
            security=typed.security,
            user_name=_one_line(typed.user_name or address, f"{purpose}_user_name"),
            password_home=typed.password_home,
            sent_folder=_one_line(typed.sent_folder, f"{purpose}_sent_folder"),
        )

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _save(self, account: MailAccountId, typed: AccountInput, before: MailAccount | None) -> MailAccount:
        address = self._addresses.email(typed.address, "address")
        wanted = {ServerPurpose.SMTP: typed.smtp, ServerPurpose.IMAP: typed.imap}
        servers = {
            purpose: self.checked_server(purpose, one, address) for purpose, one in wanted.items() if one
        }
        passwords = {
            purpose: self._password_for(account, server, wanted[purpose], before)
            for purpose, server in servers.items()
        }
        after = MailAccount(
            id=account,
            person=typed.person,
            address=address,
            label=clean_line(typed.label),
            servers=tuple(servers.values()),
        )
        held = {
            one.purpose: passwords[one.purpose]
            for one in after.servers
            if one.password_home is PasswordHome.KEYRING
        }
        with _Kept(self._keychain) as keyring:
            for purpose, password in held.items():
                keyring.keep(self._entry(account, purpose), password)
            with self._vault.writing() as stores:
                stores.accounts.put(after)
                for purpose, password in passwords.items():
                    stores.accounts.set_password(account, purpose, None if purpose in held else password)
        for server in before.servers if before else ():
            if server.password_home is PasswordHome.KEYRING and server.purpose not in held:
                self._keychain.forget(self._entry(account, server.purpose))
        return after

    def _password_for(
        self,
        account: MailAccountId,
        server: MailServer,
        typed: ServerInput | None,
        before: MailAccount | None,
    ) -> Secret:
        field = f"{server.purpose}_password"
        if typed is not None and typed.password is not None:
            typed.password.encoded()
            if any(unicodedata.category(char) == "Cc" for char in typed.password.reveal()):
                raise InputError(field, "A password is one line without control characters. Type it again.")
            return typed.password
        known = before.server(server.purpose) if before else None
        if known is None or (known.host, known.user_name) != (server.host, server.user_name):
            raise InputError(field, f"Type the password for {server.host}.")
        return self.password(account, server.purpose)

    def _host(self, typed: str, field: str) -> str:
        """A host name in ASCII, or an IP address. Raises InputError."""
        text = typed.strip()
        if not text:
            raise InputError(field, "Type the name of the server, such as smtp.example.org.")
        bare = text.removeprefix("[").removesuffix("]")
        try:
            return str(ipaddress.ip_address(bare))
        except ValueError:
            host = text.removesuffix(".")
        if not host.isascii() and "@" not in host:
            host = self._addresses.email(f"postmaster@{host}", field).rpartition("@")[2]
        if len(host) > _LONGEST_HOST or not _HOST.fullmatch(host) or host.replace(".", "").isdigit():
            raise InputError(
                field,
                f"“{clean_line(text)}” is not the name of a server. Type the name alone, such as "
                "smtp.example.org, without http:// and without a path.",
            )
        return host.lower()

    def _entry(self, account: MailAccountId, purpose: ServerPurpose) -> str:
        return f"{self._vault.id}/{account}/{purpose}"


class _Kept:
    """Entries of the keyring that are put back as they were where the rest cannot be saved."""

    def __init__(self, keychain: Keychain) -> None:
        self._keychain = keychain
        self._before: dict[str, Secret | None] = {}

    def keep(self, entry: str, password: Secret) -> None:
        self._before[entry] = self._keychain.fetch(entry)
        self._keychain.keep(entry, password)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            return
        for entry, secret in self._before.items():
            if secret is None:
                self._keychain.forget(entry)
            else:
                self._keychain.keep(entry, secret)


def _port(number: int, field: str) -> int:
    if number not in _PORTS:
        raise InputError(field, "A port is a number from 1 to 65535, such as 465.")
    return number


def _one_line(typed: str, field: str) -> str:
    text = typed.strip()
    if any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in text):
        raise InputError(field, "This must be one line without control characters. Type it again.")
    if len(text.encode()) > MAX_NAME_LENGTH:
        raise InputError(field, f"This has more than {MAX_NAME_LENGTH} characters. Shorten it.")
    return text
