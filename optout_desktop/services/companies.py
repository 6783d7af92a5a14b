# SPDX-License-Identifier: Apache-2.0
"""Companies: the shipped directory with the person's own companies and corrections laid over it."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from optout_desktop.catalog.companies import Directory
from optout_desktop.domain.companies import Channel, Company, Contact, Origin
from optout_desktop.domain.errors import InputError, NotFound
from optout_desktop.domain.ids import CompanyId, RegisterId, register_in
from optout_desktop.domain.letters import clean_line
from optout_desktop.domain.places import is_place
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .ports import Addresses, Clock
from .undoing import UndoLabel, UndoService

MAX_NAME_LENGTH = 300
OWN_SOURCE = "you"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyInput:
    """What is typed about a company, not yet checked; ``further`` are addresses after the first of a channel."""

    name: str
    email: str = ""
    website: str = ""
    form: str = ""
    phone: str = ""
    sms_number: str = ""
    postal_address: str = ""
    country: str = ""
    domains: tuple[str, ...] = ()
    note: str = ""
    further: tuple[tuple[Channel, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyHits:
    """What a search found, and the nearest known names where it found nothing."""

    companies: tuple[Company, ...]
    nearest: tuple[str, ...] = ()


class CompanyService:
    """Everything that can be done with companies."""

    def __init__(
        self,
        vault: Vault[Stores],
        directory: Directory,
        clock: Clock,
        addresses: Addresses,
        undoing: UndoService,
        registers: Callable[[RegisterId], Company] | None = None,
    ) -> None:
        self._vault = vault
        self._directory = directory
        self._clock = clock
        self._addresses = addresses
        self._undoing = undoing
        self._registers = registers

    def search(self, typed: str, limit: int = 20) -> CompanyHits:
        """Companies whose name, alias or domain fits what was typed, the person's own first."""
        with self._vault.reading() as stores:
            own = stores.companies.all()
        wanted = _folded(typed)
        mine = [
            one
            for one in own
            if any(wanted in _folded(text) for text in (one.name, *one.aliases, *one.domains))
        ]
        overlaid = {one.id for one in own}
        shipped = [one for one in self._directory.matches(typed, limit) if one.id not in overlaid]
        found = tuple((mine + shipped)[:limit])
        return CompanyHits(companies=found, nearest=() if found else self._directory.nearest(typed))

    def get(self, company: CompanyId) -> Company:
        """One company, with the person's corrections, or the register that stands in the place of one.

        Raises NotFound with the nearest names.
        """
        register = register_in(company)
        if register is not None and self._registers is not None:
            return self._registers(register)
        with self._vault.reading() as stores:
            own = stores.companies.find(company)
        found = own or self._directory.get(company)
        if found is None:
            raise NotFound("company", company, self._directory.nearest(company))
        return found

    def named(self, text: str) -> Company:
        """The company whose id or exact name is ``text``. Raises NotFound with the nearest names."""
        try:
            return self.get(CompanyId(text))
        except NotFound:
            wanted = _folded(text)
            hits = self.search(text, limit=50)
            exact = [
                one for one in hits.companies if wanted in {_folded(one.name), *map(_folded, one.aliases)}
            ]
            if len(exact) == 1:
                return exact[0]
            nearest = tuple(one.name for one in hits.companies[:3]) or hits.nearest
            raise NotFound("company", text, nearest) from None

    def own(self) -> tuple[Company, ...]:
        """What the person added or corrected."""
        with self._vault.reading() as stores:
            return stores.companies.all()

    def add(self, typed: CompanyInput) -> Company:
        """Keep a new company. Raises InputError naming the field."""
        company = self._checked(typed, CompanyId(f"own-{uuid.uuid4().hex}"), Origin.ADDED)
        self._put(company)
        self._undoing.push(
            UndoLabel.COMPANY_ADDED,
            company.name,
            undo=lambda: self._remove(company.id),
            redo=lambda: self._put(company),
        )
        return company

    def correct(self, company: CompanyId, typed: CompanyInput) -> Company:
        """Lay the person's own words over a company; the shipped record stays as it is. Raises InputError."""
        before = self.get(company)
        origin = Origin.ADDED if before.origin is Origin.ADDED else Origin.CORRECTED
        checked = self._checked(typed, company, origin)
        after = replace(
            checked,
            aliases=before.aliases,
            categories=before.categories,
            language=before.language,
            is_data_broker=before.is_data_broker,
            contacts=tuple(_same_as_before(contact, before) for contact in checked.contacts),
            quality=before.quality,
            sources=before.sources,
        )
        self._put(after)
        self._undoing.push(
            UndoLabel.COMPANY_CHANGED,
            after.name,
            undo=lambda: self._remove(company) if before.origin is Origin.SHIPPED else self._put(before),
            redo=lambda: self._put(after),
        )
        return after

    def forget_correction(self, company: CompanyId) -> Company:
        """Show the shipped record again. Raises NotFound where there is none."""
        shipped = self._directory.get(company)
        if shipped is None:
            raise NotFound("company of the directory", company)
        before = self.get(company)
        if before.origin is Origin.SHIPPED:
            return shipped
        self._remove(company)
        self._undoing.push(
            UndoLabel.COMPANY_CHANGED,
            before.name,
            undo=lambda: self._put(before),
            redo=lambda: self._remove(company),
        )
        return shipped

    def count(self) -> int:
        """How many companies the directory ships."""
        return len(self._directory)

    def _put(self, company: Company) -> None:
        with self._vault.writing() as stores:
            stores.companies.put(company, self._clock.now())

    def _remove(self, company: CompanyId) -> None:
        with self._vault.writing() as stores:
            stores.companies.remove(company)

    def _checked(self, typed: CompanyInput, company: CompanyId, origin: Origin) -> Company:
        name = clean_line(typed.name)
        if not name:
            raise InputError("company", "A company needs a name.")
        if len(name) > MAX_NAME_LENGTH:
            raise InputError("company", f"This name is longer than {MAX_NAME_LENGTH} characters. Shorten it.")
        country = typed.country.strip().upper()
        if country and not is_place(country):
            raise InputError("country", f"“{typed.country}” is not a country. Choose one, such as US or DE.")
        firsts = {
            Channel.EMAIL: (typed.email, "email"),
            Channel.FORM: (typed.form, "form"),
            Channel.POST: (typed.postal_address, "postal_address"),
            Channel.SMS: (typed.sms_number, "sms_number"),
            Channel.CALL: (typed.phone, "phone"),
        }
        found = {
            (channel, self._address(channel, text, field, country, typed.domains)): None
            for channel, first in firsts.items()
            for text, field in (
                first,
                *((more, "further") for kind, more in typed.further if kind is channel),
            )
            if text.strip()
        }
        contacts = tuple(
            Contact(channel=channel, value=value, source=OWN_SOURCE, checked_on=self._clock.today())
            for channel, value in found
        )
        return Company(
            id=company,
            name=name,
            origin=origin,
            domains=tuple(
                dict.fromkeys(domain.strip().lower() for domain in typed.domains if domain.strip())
            ),
            country=country,
            contacts=contacts,
            website=_web_address(typed.website, "website"),
            note=typed.note.strip(),
        )

    def _address(
        self, channel: Channel, text: str, field: str, country: str, domains: tuple[str, ...]
    ) -> str:
        """An address in its plain form. Raises InputError naming ``field``."""
        match channel:
            case Channel.EMAIL:
                return self._addresses.email(text, field, domains)
            case Channel.FORM | Channel.CHAT:
                return _web_address(text, field)
            case Channel.POST:
                return text.strip()
            case Channel.SMS | Channel.CALL:
                return self._addresses.phone(text, country, field)


def _same_as_before(contact: Contact, before: Company) -> Contact:
    """A contact that was not changed keeps its source and date."""
    return next(
        (old for old in before.contacts if (old.channel, old.value) == (contact.channel, contact.value)),
        contact,
    )


def _web_address(text: str, field: str) -> str:
    text = text.strip()
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    host = address.split("://", 1)[1].split("/", 1)[0]
    if (
        not address.startswith(("https://", "http://"))
        or "." not in host
        or any(char.isspace() for char in address)
    ):
        raise InputError(
            field, f"“{text}” is not a web address. It should look like https://company.example/privacy."
        )
    return address


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char)).strip()
