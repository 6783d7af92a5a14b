# SPDX-License-Identifier: Apache-2.0
"""Speaks to a person's own mailbox by IMAP (RFC 3501, RFC 9051), encrypted or not at all.

``mailbox`` → a ``Mailbox`` that is logged in, whose troubles come out as ``MailServerError``. ``file_copy`` puts a
sent message into the Sent folder; of what lies in the mailbox it asks for the names of the folders, and
whether this one message is there already.
"""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from optout_desktop.domain.accounts import MailServer, Security
from optout_desktop.domain.errors import (
    EncryptionRefused,
    InputError,
    LoginRefused,
    MailServerError,
    ServerRefused,
    ServerUnreachable,
)
from optout_desktop.domain.messages import FiledCopy
from optout_desktop.domain.secrets import Secret

from .envelopes import checked_content, cleaned
from .lines import USUAL_TERMS, Line, Terms, dial

MOST_ANSWER_BYTES = 64 * 1024 * 1024

_USUAL_NAMES = (
    *("sent", "sent items", "sent messages", "sent mail", "[gmail]/sent mail"),
    *(
        "gesendet",
        "gesendete objekte",
        "gesendete elemente",
        "envoyés",
        "éléments envoyés",
        "messages envoyés",
    ),
    *(
        "enviados",
        "elementos enviados",
        "posta inviata",
        "inviata",
        "inviati",
        "verzonden",
        "verzonden items",
    ),
    *("enviadas", "itens enviados", "wysłane", "elementy wysłane"),
)
"""What the folder is called where the server does not mark it (RFC 6154), in the languages of the letters."""

_NO_MAIL = {b"\\noselect", b"\\nonexistent"}


def file_copy(
    server: MailServer, password: Secret, content: bytes, message_id: str, *, terms: Terms = USUAL_TERMS
) -> FiledCopy:
    """Where the copy lies; see ``MailServers.file_copy``."""
    checked = checked_content(content)
    with mailbox(server, password, terms) as box:
        folder = box.sent_folder(server.sent_folder)
        was_there = box.holds(folder, _checked_id(message_id))
        if not was_there:
            box.append(folder, checked, (b"\\Seen",), _date(checked))
    bytes_out, bytes_in = box.crossed()
    return FiledCopy(folder=folder, was_there=was_there, bytes_out=bytes_out, bytes_in=bytes_in)


def try_out(server: MailServer, password: Secret, *, terms: Terms = USUAL_TERMS) -> tuple[int, int]:
    """Bytes out and in of a login and nothing else."""
    with mailbox(server, password, terms) as box:
        pass
    return box.crossed()


@contextmanager
def mailbox(server: MailServer, password: Secret, terms: Terms = USUAL_TERMS) -> Iterator[Mailbox]:
    """A mailbox, logged in; what goes wrong inside the ``with`` comes out as a ``MailServerError``."""
    wire = _Wire(server, terms)
    with _named(wire):
        box = Mailbox(wire)
        box.log_in(server.user_name, password)
        yield box
        box.take_leave()


class Mailbox(IMAPClient):  # type: ignore[misc]  # it ships no types
    """A person's mailbox over an encrypted line."""

    def __init__(self, wire: _Wire) -> None:
        self._wire = wire
        super().__init__(wire.server.host, wire.server.port, ssl=False)
        self._imap.debug = 0  # the client would write every line to its log

    def log_in(self, user_name: str, password: Secret) -> None:
        """Raises LoginRefused, and InputError for what this server's way of logging in cannot carry."""
        user, secret = user_name.encode(), password.encoded()
        if any(byte < 32 or byte == 127 for byte in user + secret):
            raise InputError("password", "User name and password cannot hold control characters.")
        try:
            if self.has_capability("AUTH=PLAIN"):
                self.sasl_login("PLAIN", lambda _challenge: b"\0" + user + b"\0" + secret)
            elif self.has_capability("AUTH=LOGIN"):
                words = iter((user, secret))
                self.sasl_login("LOGIN", lambda _challenge: next(words, b""))
            elif self.has_capability("LOGINDISABLED"):
                raise LoginRefused(self.host)
            elif not (user + secret).isascii():
                raise InputError("password", "This server takes only plain letters, digits and signs here.")
            else:
                self.login(user_name, password.reveal())
        except LoginError as error:
            if "[UNAVAILABLE]" in str(error):  # RFC 5530: later
                raise
            raise LoginRefused(self.host) from None

    def sent_folder(self, wanted: str = "") -> str:
        """The folder for sent mail: the wanted one, made if it is missing; else the marked one, else by its name.

        Raises ServerRefused where there is none.
        """
        folders: dict[str, tuple[bytes, ...]] = {
            name: flags for flags, _, name in self.list_folders() if not _lowered(flags) & _NO_MAIL
        }
        prefix = self._prefix()
        if wanted:
            return self._wanted_folder(wanted, prefix, folders)
        marked = (name for name, flags in folders.items() if b"\\sent" in _lowered(flags))
        plain = {name.removeprefix(prefix).casefold(): name for name in folders}
        named = (plain[usual] for usual in _USUAL_NAMES if usual in plain)
        if folder := next(marked, None) or next(named, None):
            return folder
        raise ServerRefused(self.host, 0, "there is no folder for sent mail")

    def holds(self, folder: str, message_id: str) -> bool:
        """Whether a message with this Message-ID lies in the folder, which is opened for reading alone."""
        self.select_folder(folder, readonly=True)
        return bool(self.search(["HEADER", "Message-ID", message_id]))

    def take_leave(self) -> None:
        """Log out; what the server says to that does not matter."""
        self._wire.hurry()
        with suppress(MailServerError, IMAPClientError):
            self.logout()

    def crossed(self) -> tuple[int, int]:
        """Bytes out and in."""
        return self._wire.bytes_out, self._wire.bytes_in

    def _wanted_folder(self, wanted: str, prefix: str, folders: dict[str, tuple[bytes, ...]]) -> str:
        found = next((name for name in (wanted, prefix + wanted) if name in folders), None)
        if found is None:
            found = wanted if wanted.startswith(prefix) else prefix + wanted
            self.create_folder(found)
        return found

    def _prefix(self) -> str:
        """What stands in front of a person's own folders, such as ``INBOX.`` (RFC 2342)."""
        if not self.has_capability("NAMESPACE"):
            return ""
        personal = self.namespace().personal
        return str(personal[0][0]) if personal else ""

    def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802 - the client's name for it
        return _Imap4(self._wire)


class _Wire:
    """The line under a mailbox, and what it is for."""

    def __init__(self, server: MailServer, terms: Terms) -> None:
        self.server = server
        self._terms = terms
        self._line: Line | None = None

    def opened(self) -> Line:
        """A line, encrypted if that comes first."""
        self._line = dial(
            self.server.host, self.server.port, self._terms, most_answer_bytes=MOST_ANSWER_BYTES
        )
        if self.server.security is Security.TLS:
            self._line.encrypt()
        return self._line

    @property
    def bytes_out(self) -> int:
        """All of them."""
        return self._line.bytes_out if self._line else 0

    @property
    def bytes_in(self) -> int:
        """All of them."""
        return self._line.bytes_in if self._line else 0

    def hurry(self) -> None:
        """Wait no longer than a farewell is worth."""
        if self._line:
            self._line.hurry()

    def close(self) -> None:
        """Hang up."""
        if self._line:
            self._line.close()


class _Imap4(imaplib.IMAP4):
    """The standard library's grammar over our line."""

    def __init__(self, wire: _Wire) -> None:
        self._wire = wire
        super().__init__(wire.server.host, wire.server.port)
        if wire.server.security is Security.STARTTLS:
            self._encrypted()

    def open(self, host: str = "", port: int = 0, _timeout: float | None = None) -> None:
        """Open the line."""
        self.host, self.port = host, port
        self.sock = self._line = self._wire.opened()  # type: ignore[assignment]

    def read(self, size: int) -> bytes:
        """Exactly so many bytes."""
        return self._line.read(size)

    def readline(self) -> bytes:
        """One line with its end."""
        return self._line.readline()

    def send(self, data: bytes) -> None:  # type: ignore[override]
        """All of it."""
        self._line.sendall(data)

    def shutdown(self) -> None:
        """Hang up."""
        self._line.close()

    def _log(self, _line: object) -> None:
        """Nothing: the standard library would keep the last commands, and the password with them."""

    def _encrypted(self) -> None:
        is_offered = self.state == "NONAUTH" and "STARTTLS" in self.capabilities
        if not is_offered or not self._starts():
            raise EncryptionRefused(self.host)
        self._line.encrypt()
        self.untagged_responses.clear()  # what was said in the open counts for nothing
        self._get_capabilities()

    def _starts(self) -> bool:
        try:
            return bool(self._simple_command("STARTTLS")[0] == "OK")
        except self.abort:
            raise
        except self.error:
            return False


@contextmanager
def _named(wire: _Wire) -> Iterator[None]:
    """Hangs up at the end, and gives every trouble its name and its bytes."""
    host = wire.server.host
    try:
        yield
    except imaplib.IMAP4.abort:
        raise _counted(wire, ServerUnreachable(host, "dropped")) from None
    except imaplib.IMAP4.error as error:
        raise _counted(wire, ServerRefused(host, 0, cleaned(str(error)))) from None
    except MailServerError as error:
        raise _counted(wire, error) from None
    except (ValueError, LookupError, AssertionError):
        # how the client ends where an answer is no IMAP
        raise _counted(wire, ServerUnreachable(host, "dropped")) from None
    finally:
        wire.close()


def _counted(wire: _Wire, error: MailServerError) -> MailServerError:
    error.bytes_out, error.bytes_in = wire.bytes_out, wire.bytes_in
    return error


def _lowered(flags: tuple[bytes, ...]) -> set[bytes]:
    return {flag.lower() for flag in flags}


def _checked_id(message_id: str) -> str:
    if not message_id.isascii() or not message_id.isprintable() or " " in message_id or not message_id:
        raise InputError("message_id", "This is no Message-ID.")
    return message_id


def _date(content: bytes) -> datetime | None:
    """When the message says that it was written, or None: then the server's own time holds."""
    written = BytesHeaderParser().parsebytes(content)["Date"]
    if written is None:
        return None
    try:
        at = parsedate_to_datetime(written)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
