# SPDX-License-Identifier: Apache-2.0
"""Companies: whom a request goes to, and how they can be reached.

The app ships a directory (``catalog/companies.py``); what a person adds or corrects lies in the vault and
overlays it (``storage/companies.py``). A request keeps a copy of the name and the address it was sent to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .ids import CompanyId


class Channel(StrEnum):
    """How words reach a company."""

    EMAIL = "email"
    SMS = "sms"
    CALL = "call"
    POST = "post"
    FORM = "form"
    CHAT = "chat"
    """A conversation in a messenger; the contact is the link that opens it."""


class Origin(StrEnum):
    """Who says so."""

    SHIPPED = "shipped"
    CORRECTED = "corrected"
    ADDED = "added"
    IMPORTED = "imported"
    """From a file that the person read in."""


class Quality(StrEnum):
    """How far a shipped record was checked, in the words of its source."""

    TESTED = "tested"
    VERIFIED = "verified"
    IMPORTED = "imported"
    SCRAPED = "scraped"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One way to reach a company: an e-mail address, a web address, a number, or postal lines joined by newlines."""

    channel: Channel
    value: str
    source: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """One organisation that can be asked, with its contacts in order of preference."""

    id: CompanyId
    name: str
    origin: Origin = Origin.ADDED
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str = ""
    region: str = ""
    """The place within the country, such as ``CH-ZH``, where rules there differ; empty where nobody said."""
    categories: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    website: str = ""
    language: str = ""
    quality: Quality = Quality.UNKNOWN
    sources: tuple[str, ...] = ()
    is_data_broker: bool = False
    note: str = ""

    def contact(self, channel: Channel) -> Contact | None:
        """The preferred contact of a channel, or None where there is none."""
        return next((contact for contact in self.contacts if contact.channel is channel), None)

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels that this company can be reached by, preferred first, each once."""
        return tuple(dict.fromkeys(contact.channel for contact in self.contacts))
