# SPDX-License-Identifier: Apache-2.0
"""The outside world as the services see it; ``app.py`` fills each port with an adapter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, TypeVar

from optout_desktop.domain.accounts import MailServer
from optout_desktop.domain.companies import Company
from optout_desktop.domain.company_lists import CompanyList, ListSource
from optout_desktop.domain.counting import CalendarBook
from optout_desktop.domain.evidence import OpenedFile
from optout_desktop.domain.exchange import CalendarEntry, ImportSource, OutgoingRequest, ReadDocument
from optout_desktop.domain.explaining import Annex
from optout_desktop.domain.letters import AttachedFile, Letter, PageAddress
from optout_desktop.domain.messages import FiledCopy, SendResult
from optout_desktop.domain.people import Person
from optout_desktop.domain.places import Place
from optout_desktop.domain.policy_text import FoundContact
from optout_desktop.domain.secrets import Secret

T = TypeVar("T")


class InVault(Protocol):
    """Runs a job on the vault's thread, for whoever works outside of it."""

    def __call__(self, job: Callable[[], T], /) -> T:
        """Wait for the job; the answer is what it returns or raises."""
        ...


class Clock(Protocol):
    """What day and what time it is."""

    def today(self) -> date:
        """The day where the person is."""
        ...

    def now(self) -> datetime:
        """The instant in UTC, without a zone attached, as the vault keeps it."""
        ...


class Calendars(CalendarBook, Protocol):
    """Calendars by id, and the regions that have one."""

    def named_regions(self, country: str) -> tuple[tuple[Place, str], ...]:
        """The regions of a country whose public holidays are known, in order of their names."""
        ...


class Keychain(Protocol):
    """The system's keyring; every call raises one of the ``KeyringError`` types where it cannot help."""

    def name(self) -> str:
        """The keyring's name, such as *GNOME Keyring*."""
        ...

    def keep(self, vault_id: str, secret: Secret) -> None:
        """Keep a vault's secret."""
        ...

    def fetch(self, vault_id: str, remembered: str = "") -> Secret | None:
        """The kept secret, or None where the entry is gone."""
        ...

    def forget(self, vault_id: str) -> None:
        """Drop the entry."""
        ...


class Pages(Protocol):
    """Makes printed pages."""

    def letter(
        self,
        letter: Letter,
        address: PageAddress,
        *,
        annexes: tuple[str, ...] = (),
        is_registered: bool = False,
    ) -> bytes:
        """A PDF; ``annexes`` names what goes along, to be listed at its end."""
        ...

    def preview(
        self,
        letter: Letter,
        address: PageAddress,
        *,
        annexes: tuple[str, ...] = (),
        is_registered: bool = False,
    ) -> tuple[bytes, ...]:
        """The same pages as pictures (PNG)."""
        ...

    def annex(self, annex: Annex) -> bytes:
        """The explanation of a date as a PDF."""
        ...


class Mail(Protocol):
    """Makes mail drafts and mail links."""

    def draft(
        self,
        letter: Letter,
        sender: str,
        recipient: str,
        *,
        sender_name: str = "",
        attachments: tuple[AttachedFile, ...] = (),
    ) -> bytes:
        """An unsent e-mail as a file."""
        ...

    def message(
        self,
        letter: Letter,
        sender: str,
        recipient: str,
        *,
        sender_name: str,
        message_id: str,
        at: datetime,
        attachments: tuple[AttachedFile, ...] = (),
    ) -> bytes:
        """A whole e-mail for a mail server, with Date and Message-ID. Raises InputError for a bad address."""
        ...

    def link(self, letter: Letter, recipient: str, *, has_accepted_notice: bool) -> str:
        """A ``mailto:`` address that carries the text. Raises HandOverError."""
        ...

    def why_no_link(self, letter: Letter, recipient: str) -> str:
        """Why a link is not offered, or an empty text."""
        ...


class MailSession(Protocol):
    """Messages to one server, one after another over one connection."""

    def send(
        self, sender: str, recipients: tuple[str, ...], content: bytes, before_text: Callable[[], None]
    ) -> SendResult:
        """Hand one message over, as ``MailServers.send`` does; the bytes are those that crossed for this message.

        A connection that the server closed meanwhile is opened anew, which is harmless before ``before_text``. After an
        error, or after a result that closed the connection, the next message opens another one.
        """
        ...

    def lines(self) -> tuple[tuple[int, int], ...]:
        """Bytes out and in of each connection that was opened, for the network log; whole when the session is over."""
        ...


class MailServers(Protocol):
    """Speaks to a person's own mail servers; no call is made that nobody asked for.

    Every call raises one of the ``MailServerError`` types where the server could not be used; nothing was sent then.
    """

    def send(
        self,
        server: MailServer,
        password: Secret,
        sender: str,
        recipients: tuple[str, ...],
        content: bytes,
        before_text: Callable[[], None],
    ) -> SendResult:
        """Hand one message over. ``before_text`` is called when the server has said yes to everything but the text,
        before the text's first byte leaves; if it raises, nothing leaves. InputError: an address or a text that mail
        cannot carry, told before any connection is opened.
        """
        ...

    def session(self, server: MailServer, password: Secret) -> AbstractContextManager[MailSession]:
        """A line for several messages; it is opened by the first one, and hung up at the end."""
        ...

    def file_copy(self, server: MailServer, password: Secret, content: bytes, message_id: str) -> FiledCopy:
        """Put a copy into the Sent folder, unless one with this Message-ID lies there."""
        ...

    def try_out(self, server: MailServer, password: Secret) -> tuple[int, int]:
        """Log in and out again; the answer is the bytes out and in."""
        ...


class Texts(Protocol):
    """Makes the code that a phone scans to send a text message."""

    def payload(self, number: str, form: str, keyword: str) -> str:
        """What the code says, such as ``SMSTO:+12025550123:STOP``. ``form`` is ``SMSTO`` or ``sms``."""
        ...

    def modules(self, payload: str) -> tuple[tuple[bool, ...], ...]:
        """The code's dark squares, row by row, without the quiet zone."""
        ...


class Addresses(Protocol):
    """Checks what people type."""

    def email(self, text: str, field: str, known_domains: Iterable[str] = ()) -> str:
        """The address in its plain form. Raises InputError."""
        ...

    def phone(self, text: str, country: str, field: str) -> str:
        """The number in E.164 form, or a short code. Raises InputError."""
        ...


class Files(Protocol):
    """Reads what a person hands in and writes what they take out."""

    def open(self, path: Path) -> OpenedFile:
        """Raises HandOverError where it is no readable file."""
        ...

    def write(self, path: Path, pieces: Iterable[bytes]) -> None:
        """All or nothing, readable by the person alone. Raises HandOverError."""
        ...


class Exchange(Protocol):
    """Writes requests into files that others read, and reads such files."""

    largest_json_bytes: int

    def calendar(self, entries: Iterable[CalendarEntry], stamped_at: datetime) -> Iterator[bytes]:
        """The pieces of an iCalendar file."""
        ...

    def table(self, requests: Iterable[OutgoingRequest], *, has_bom: bool) -> Iterator[bytes]:
        """The pieces of a table, one request a row."""
        ...

    def document(
        self,
        requests: Iterable[OutgoingRequest],
        *,
        people: Iterable[Person],
        companies: Iterable[Company],
        rules: Callable[[], Iterable[tuple[str, str]]],
        made_at: datetime,
        made_by: str,
    ) -> Iterator[bytes]:
        """The pieces of a JSON document; ``rules`` is asked when every request was written."""
        ...

    def read(self, file: OpenedFile, source: ImportSource | None = None) -> ReadDocument:
        """What a file says; without ``source`` it is told by its content. Raises ImportRefused."""
        ...


class CompanyLists(Protocol):
    """Reads lists of companies that a person hands in."""

    def read(self, path: Path, source: ListSource | None, told: Callable[[int, int], None]) -> CompanyList:
        """What a file or folder says; ``told`` may raise, to end it. Raises ImportRefused."""
        ...

    def family(self, host: str) -> str:
        """The registrable domain of a host name, or an empty text."""
        ...

    def in_policy(self, text: str, country: str) -> tuple[FoundContact, ...]:
        """The addresses in a pasted privacy policy, the likeliest first. Raises InputError."""
        ...


class HandoverFiles(Protocol):
    """Short-lived private files that another program opens."""

    def put(self, name: str, content: bytes) -> Path:
        """Where the file lies until it is cleared."""
        ...

    def remove_expired(self) -> float | None:
        """Remove what is older than ten minutes; seconds until the next file's turn, None if none is left."""
        ...

    def clear(self) -> None:
        """Remove all of them now."""
        ...


class PreferenceFile(Protocol):
    """The settings that must be known before a vault is open; nothing personal."""

    def load(self) -> dict[str, object]:
        """What the file holds; empty where there is none or it cannot be read."""
        ...

    def save(self, values: dict[str, bool | int | str]) -> None:
        """Write all of them."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Every port that the services over an open vault need."""

    clock: Clock
    calendars: Calendars
    keychain: Keychain
    pages: Pages
    mail: Mail
    servers: MailServers
    texts: Texts
    addresses: Addresses
    files: Files
    exchange: Exchange
    lists: CompanyLists
    handover: HandoverFiles
    preferences: PreferenceFile
