# SPDX-License-Identifier: Apache-2.0
"""A company while a list is read: each value is checked on its way in, and what does not pass is noted.

Every reader fills a ``Draft`` for each row and asks it for the company at the end; a bad value costs itself, a row
without a name or without any contact costs the row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from optout_desktop.adapters.addresses import check_email, check_phone
from optout_desktop.adapters.domain_families import family_of
from optout_desktop.domain.companies import Channel, Company, Contact, Origin, Quality
from optout_desktop.domain.company_lists import LeftOut, LeftOutReason, ListedCompany
from optout_desktop.domain.errors import InputError
from optout_desktop.domain.ids import CompanyId
from optout_desktop.domain.letters import clean_line, clean_text

LONGEST_NAME = 300
LONGEST_LINK = 2_048
LONGEST_NOTE = 1_000
MOST_OF_A_KIND = 10

_SIMPLE_EMAIL = re.compile(
    r"[a-z0-9][a-z0-9_+-]*(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:-?[a-z0-9])*\.)+[a-z]{2,24}"
)
_SIMPLE_HOST = re.compile(r"(?:[a-z0-9_](?:-*[a-z0-9_])*\.)+[a-z0-9](?:-*[a-z0-9])+")
_NOTHING = frozenset({"", "n/a", "na", "none", "-", "–", "null", "not applicable", "unknown", "no"})
_BETWEEN = re.compile(r"\s*[;\n]\s*|\s+(?=https?://)|\s*,\s+")
_AT = re.compile(r"\s*[\[({]\s*at\s*[\])}]\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*[\[({]\s*dot\s*[\])}]\s*", re.IGNORECASE)


def is_nothing(text: str) -> bool:
    """Whether a cell only says that there is nothing."""
    return text.strip().casefold() in _NOTHING


def parts_of(text: str) -> tuple[str, ...]:
    """The several values of one cell, as lists write them one after the other."""
    return tuple(part for part in _BETWEEN.split(text.strip()) if not is_nothing(part))[:MOST_OF_A_KIND]


def spelt_out(text: str) -> str:
    """An e-mail address that was written ``privacy [at] company [dot] example``, as it is."""
    return _DOT.sub(".", _AT.sub("@", text.strip()))


def checked_link(text: str) -> str:
    """An address on the web with its scheme and its host in ASCII; empty where it is none."""
    typed = text.strip()
    address = typed if "://" in typed else f"https://{typed}"
    if len(address) > LONGEST_LINK or any(char.isspace() or not char.isprintable() for char in address):
        return ""
    try:
        parts = urlsplit(address)
        host = ascii_host(parts.hostname or "")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or parts.username is not None:
        return ""
    return parts._replace(scheme=parts.scheme.lower(), netloc=f"{host}{port}").geturl()


def ascii_host(host: str) -> str:
    """A host name as the network has it, ``xn--…`` where it has other letters; empty where it is none."""
    host = host.strip().rstrip(".").lower()
    if host.isascii():
        return host if len(host) <= 253 and _SIMPLE_HOST.fullmatch(host) else ""
    try:
        return check_email(f"x@{unicodedata.normalize('NFC', host)}").removeprefix("x@")
    except InputError:
        return ""


@dataclass(slots=True, kw_only=True)
class Draft:
    """One row on its way to a company."""

    place: str
    title: str
    """The name of the list, beside each contact."""
    checked_on: date | None
    problems: list[LeftOut]
    name: str = ""
    slug: str = ""
    country: str = ""
    region: str = ""
    language: str = ""
    website: str = ""
    note: str = ""
    quality: Quality = Quality.IMPORTED
    is_data_broker: bool = False
    aliases: list[str] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)
    categories: tuple[str, ...] = ()
    contacts: dict[tuple[Channel, str], Contact] = field(default_factory=dict)

    def leave_out(self, reason: LeftOutReason, detail: str = "") -> None:
        """Note that a value, or the row, is not taken."""
        self.problems.append(LeftOut(place=self.place, reason=reason, detail=clean_line(detail)[:200]))

    def email(self, text: str) -> None:
        """Add an e-mail address."""
        typed = spelt_out(text).removeprefix("mailto:")
        plain = typed.lower()
        if len(plain) <= 254 and len(plain.partition("@")[0]) <= 64 and _SIMPLE_EMAIL.fullmatch(plain):
            self._add(Channel.EMAIL, typed)
            return
        try:
            self._add(Channel.EMAIL, check_email(typed))
        except InputError:
            self.leave_out(LeftOutReason.BAD_EMAIL, text)

    def link(self, text: str, channel: Channel = Channel.FORM) -> None:
        """Add a page with a form, or the link of a chat."""
        if text.lower().startswith("mailto:"):
            self.email(text.partition("?")[0][len("mailto:") :])
        elif link := checked_link(text):
            self._add(channel, link)
        else:
            self.leave_out(LeftOutReason.BAD_LINK, text)

    def phone(self, text: str, channel: Channel = Channel.CALL) -> None:
        """Add a number; one without a country code is read as of the company's country, a bare 1… as American."""
        typed = text.partition(" ext.")[0].strip()
        if typed.isdigit() and len(typed) == 11 and typed.startswith("1"):
            typed = f"+{typed}"
        try:
            self._add(channel, check_phone(typed, self.country or "US"))
        except InputError:
            self.leave_out(LeftOutReason.BAD_PHONE, text)

    def post(self, lines: Iterable[str]) -> None:
        """Add a postal address; what is only a town is none."""
        told = [clean_line(line) for line in lines if not is_nothing(line)]
        if len(told) > 1:
            self._add(Channel.POST, "\n".join(told))

    def site(self, text: str) -> None:
        """Note the website, and its host as a domain."""
        link = checked_link(text)
        if not link:
            self.leave_out(LeftOutReason.BAD_LINK, text)
            return
        self.website = self.website or link
        self.domain(urlsplit(link).hostname or "", is_told=False)

    def domain(self, text: str, *, is_told: bool = True) -> None:
        """Note a domain."""
        host = ascii_host(text).removeprefix("www.")
        if host and host not in self.domains:
            self.domains.append(host)
        elif not host and is_told:
            self.leave_out(LeftOutReason.BAD_DOMAIN, text)

    def listed(self) -> ListedCompany | None:
        """The company, or None where the row says too little of one."""
        name = clean_line(self.name)
        if is_nothing(name):
            self.leave_out(LeftOutReason.NO_NAME)
            return None
        if len(name) > LONGEST_NAME:
            self.leave_out(LeftOutReason.NAME_TOO_LONG, name)
            return None
        if not self.contacts:
            self.leave_out(LeftOutReason.NO_CONTACT, name)
            return None
        company = Company(
            id=CompanyId(self.slug),
            name=name,
            origin=Origin.IMPORTED,
            aliases=tuple(
                dict.fromkeys(alias for alias in map(clean_line, self.aliases) if alias and alias != name)
            ),
            domains=tuple(self.domains),
            country=self.country,
            region=self.region,
            categories=self.categories,
            contacts=tuple(self.contacts.values()),
            website=self.website,
            language=self.language,
            quality=self.quality,
            sources=(self.title,),
            is_data_broker=self.is_data_broker,
            note=clean_text(self.note)[:LONGEST_NOTE],
        )
        families = dict.fromkeys(family for family in map(family_of, self.domains) if family)
        return ListedCompany(place=self.place, company=company, families=tuple(families))

    def _add(self, channel: Channel, value: str) -> None:
        contact = Contact(channel=channel, value=value, source=self.title, checked_on=self.checked_on)
        self.contacts.setdefault((channel, value.casefold()), contact)
