# SPDX-License-Identifier: Apache-2.0
"""Companies: the shipped directory with the person's own companies and corrections laid over it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from optout_desktop.catalog.companies import Directory
from optout_desktop.catalog.company_search import CompanyIndex, words_of
from optout_desktop.domain.companies import Channel, Company, Contact, Origin
from optout_desktop.domain.errors import InputError, NotFound
from optout_desktop.domain.ids import CompanyId, RegisterId, register_in
from optout_desktop.domain.letters import clean_line
from optout_desktop.domain.places import country_of, is_place, region_of
from optout_desktop.domain.proposals import key_of
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .ports import Addresses, Clock
from .undoing import UndoLabel, UndoService

MAX_NAME_LENGTH = 300
OWN_SOURCE = "you"
POLICY_SOURCE = "privacy_policy"
"""The source of a contact that a person took from the company's privacy policy."""

_ONES_OWN = frozenset({Origin.ADDED, Origin.IMPORTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyInput:
    """What is typed about a company, not yet checked; ``further`` are addresses after the first of a channel.

    ``region`` and ``language`` None leave what was known.
    """

    name: str
    email: str = ""
    website: str = ""
    form: str = ""
    phone: str = ""
    sms_number: str = ""
    postal_address: str = ""
    chat: str = ""
    country: str = ""
    region: str | None = None
    language: str | None = None
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
        self._index: CompanyIndex | None = None

    def search(self, typed: str, limit: int = 20) -> CompanyHits:
        """Companies whose name, alias or domain fits what was typed, the person's own first."""
        own = self._own()
        if not typed.strip():
            return CompanyHits(companies=self.own()[:limit])
        mine = own.matches(typed, limit)
        shipped = (one for one in self._directory.matches(typed, limit) if one.id not in own)
        found = (*mine, *shipped)[:limit]
        return CompanyHits(companies=found, nearest=() if found else self._nearest(typed))

    def get(self, company: CompanyId) -> Company:
        """One company, with the person's corrections, or the register that stands in the place of one.

        Raises NotFound with the nearest names.
        """
        register = register_in(company)
        if register is not None and self._registers is not None:
            return self._registers(register)
        found = self._own().get(company) or self._directory.get(company)
        if found is None:
            raise NotFound("company", company, self._directory.nearest(company))
        return found

    def named(self, text: str) -> Company:
        """The company whose id or exact name is ``text``. Raises NotFound with the nearest names."""
        try:
            return self.get(CompanyId(text))
        except NotFound:
            wanted = words_of(text)
            hits = self.search(text, limit=50)
            exact = [
                one for one in hits.companies if wanted in {words_of(one.name), *map(words_of, one.aliases)}
            ]
            if len(exact) == 1:
                return exact[0]
            nearest = tuple(one.name for one in hits.companies[:3]) or hits.nearest
            raise NotFound("company", text, nearest) from None

    def own(self) -> tuple[Company, ...]:
        """What the person added, corrected or imported, by name."""
        return tuple(sorted(self._own(), key=lambda one: one.name))

    def own_count(self) -> int:
        """How many companies the person added, corrected or imported."""
        return len(self._own())

    def everybody(self) -> Iterator[Company]:
        """Every company that is known: the person's own, and those of the directory that they left as they are."""
        own = self._own()
        yield from own
        yield from (one for one in self._directory if one.id not in own)

    def forget_index(self) -> None:
        """Look at the vault again at the next question: many companies were changed at once."""
        self._index = None

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
        origin = before.origin if before.origin in _ONES_OWN else Origin.CORRECTED
        checked = self._checked(typed, company, origin)
        after = replace(
            checked,
            aliases=before.aliases,
            categories=before.categories,
            language=before.language if typed.language is None else checked.language,
            region=_region_left(typed, checked, before),
            is_data_broker=before.is_data_broker,
            contacts=tuple(_same_as_before(contact, before) for contact in checked.contacts),
            quality=before.quality,
            sources=before.sources,
        )
        self._change(before, after)
        return after

    def add_found(self, company: CompanyId, found: Sequence[tuple[Channel, str]]) -> Company:
        """Add addresses that its privacy policy names after those that are known; raises NotFound, InputError."""
        before = self.get(company)
        known = {(one.channel, key_of(one.channel, one.value)) for one in before.contacts}
        new: dict[tuple[Channel, str], Contact] = {}
        for channel, text in found:
            value = self._address(channel, text, "further", before.country, before.domains)
            if (key := (channel, key_of(channel, value))) not in known:
                new[key] = Contact(
                    channel=channel, value=value, source=POLICY_SOURCE, checked_on=self._clock.today()
                )
        if not new:
            return before
        origin = before.origin if before.origin in _ONES_OWN else Origin.CORRECTED
        after = replace(before, origin=origin, contacts=(*before.contacts, *new.values()))
        self._change(before, after)
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

    def _own(self) -> CompanyIndex:
        """The person's own companies, read when somebody first asks and kept in step with every change."""
        if self._index is None:
            with self._vault.reading() as stores:
                self._index = CompanyIndex(stores.companies.all())
        return self._index

    def _nearest(self, typed: str) -> tuple[str, ...]:
        mine = (one.name for one in self._own().near_misses(typed, 1))
        return tuple(dict.fromkeys((*mine, *self._directory.nearest(typed))))[:3]

    def _change(self, before: Company, after: Company) -> None:
        self._put(after)
        is_shipped = before.origin is Origin.SHIPPED
        self._undoing.push(
            UndoLabel.COMPANY_CHANGED,
            after.name,
            undo=lambda: self._remove(after.id) if is_shipped else self._put(before),
            redo=lambda: self._put(after),
        )

    def _put(self, company: Company) -> None:
        with self._vault.writing() as stores:
            stores.companies.put(company, self._clock.now())
        if self._index is not None:
            self._index.put(company)

    def _remove(self, company: CompanyId) -> None:
        with self._vault.writing() as stores:
            stores.companies.remove(company)
        if self._index is not None:
            self._index.remove(company)

    def _checked(self, typed: CompanyInput, company: CompanyId, origin: Origin) -> Company:
        name = clean_line(typed.name)
        if not name:
            raise InputError("company", "A company needs a name.")
        if len(name) > MAX_NAME_LENGTH:
            raise InputError("company", f"This name is longer than {MAX_NAME_LENGTH} characters. Shorten it.")
        country, region = _place(typed)
        language = (typed.language or "").strip().lower()
        if language and not (len(language) == 2 and language.isascii() and language.isalpha()):
            raise InputError(
                "language", f"“{typed.language}” is not a language. Choose one, such as de or en."
            )
        firsts = {
            Channel.EMAIL: (typed.email, "email"),
            Channel.FORM: (typed.form, "form"),
            Channel.POST: (typed.postal_address, "postal_address"),
            Channel.SMS: (typed.sms_number, "sms_number"),
            Channel.CALL: (typed.phone, "phone"),
            Channel.CHAT: (typed.chat, "chat"),
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
            region=region,
            language=language,
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


def _place(typed: CompanyInput) -> tuple[str, str]:
    """The country, and the place within it such as ``CH-ZH``, each of which may be unknown. Raises InputError."""
    country, region = typed.country.strip().upper(), (typed.region or "").strip().upper()
    if country and not is_place(country):
        raise InputError("country", f"“{typed.country}” is not a country. Choose one, such as US or DE.")
    if region and (not is_place(region) or not region_of(region)):
        raise InputError("region", f"“{typed.region}” is not a region. It should look like CH-ZH or US-CA.")
    if region and country and country_of(region) != country_of(country):
        raise InputError("region", f"{region} is not in {country}. Choose a region of that country.")
    return country or (country_of(region) if region else ""), region


def _region_left(typed: CompanyInput, checked: Company, before: Company) -> str:
    """The region: what was typed, else what was known, unless it is of another country by now."""
    if typed.region is not None:
        return checked.region
    return before.region if before.region and country_of(before.region) == checked.country else ""


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
