# SPDX-License-Identifier: Apache-2.0
"""The outside world as the services see it; ``app.py`` fills each port with an adapter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from optout_desktop.domain.accounts import MailServer
from optout_desktop.domain.counting import CalendarBook
from optout_desktop.domain.evidence import OpenedFile
from optout_desktop.domain.explaining import Annex
from optout_desktop.domain.letters import AttachedFile, Letter, PageAddress
from optout_desktop.domain.messages import FiledCopy, SendResult
from optout_desktop.domain.places import Place
from optout_desktop.domain.secrets import Secret


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

    def letter(self, letter: Letter, address: PageAddress) -> bytes:
        """A PDF."""
        ...

    def preview(self, letter: Letter, address: PageAddress) -> tuple[bytes, ...]:
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
        before the text's first byte leaves; if it raises, nothing leaves.
        """
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
    handover: HandoverFiles
    preferences: PreferenceFile
