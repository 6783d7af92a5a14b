# SPDX-License-Identifier: Apache-2.0
"""The directory: the companies that the app ships knowing, and finding one by a few letters.

``companies.jsonl`` (one company a line) and ``sources.toml`` beside it are read when somebody first asks.
Every line becomes a checked ``Company`` or a problem that names file, line and field; a broken line costs
itself and no other. ``company_search`` finds them by name.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from optout_desktop.domain.companies import Channel, Company, Contact, Origin, Quality
from optout_desktop.domain.errors import CatalogError
from optout_desktop.domain.ids import CompanyId

from .company_search import CompanyIndex

SOURCES_FILE = "sources.toml"

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIELDS = frozenset(
    {
        "slug", "name", "aliases", "domains", "country", "relevant-countries", "categories", "contacts",
        "web", "request-language", "parent", "required-elements", "accepts", "account-deletion",
        "data-copy-url", "reported-days", "quality", "flags", "sources", "evidence",
    }
)  # fmt: skip
_CONTACT_FIELDS = frozenset({"channel", "value", "source", "checked-on"})
_BROKER = "data-broker"

_ASKED_FOR = {
    "name": "name",
    "email": "e-mail address",
    "address": "postal address",
    "birthdate": "date of birth",
    "id_document": "a copy of an identity document",
    "input": "a detail of its own choosing",
    "textarea": "a detail of its own choosing",
}
_SENTENCES = {
    "data-broker": "",
    "domain-from-email": "",
    "email-bounced-2026": "Mail to it was reported as bounced in August 2026.",
    "email-differs-in-2026-register": "The California registers of 2025 and 2026 name different addresses.",
    "email-other-domain": "Its e-mail address is under another domain than its website.",
    "email-was-a-persons": "The e-mail address that it published looked like a person's, and is left out.",
    "fcra": "It told the register that the Fair Credit Reporting Act covers part of its data.",
    "form-error-2025": "Its opt-out page answered with an error in August 2025.",
    "form-hidden-from-search": "Its opt-out page was hidden from search engines in 2025.",
    "glba": "It told the register that the Gramm-Leach-Bliley Act covers part of its data.",
    "hipaa": "It told the register that HIPAA covers part of its data.",
    "knows-by-tracking-identifier": "It may know people only by cookie or device identifiers.",
    "left-2025-register": "It stood in an earlier California register and not in that of 2025.",
    "minors-data": "It told the register that it collects data about minors.",
    "precise-location": "It told the register that it collects precise locations.",
    "self-declared": "Its contacts are those that it filed itself.",
    "stale-register": "Its contacts come from an older register and may be out of date.",
}
"""What a flag says to a person; an empty sentence where it shows elsewhere or matters to nobody."""

_T = TypeVar("_T")


class Directory:
    """The companies of one ``companies.jsonl``; the file is read at the first question.

    That question raises CatalogError where the file, or ``sources.toml`` beside it, cannot be read at all.
    """

    def __init__(self, path: Path, read: Callable[[Path], bytes] = Path.read_bytes) -> None:
        self._path = path
        self._bytes = read

    def __len__(self) -> int:
        return len(self._read.companies)

    def __iter__(self) -> Iterator[Company]:
        return iter(self._read.companies.values())

    @property
    def problems(self) -> tuple[CatalogError, ...]:
        """What is wrong with the lines that were left out, in order of lines."""
        return self._read.problems

    def get(self, id: CompanyId) -> Company | None:  # noqa: A002 - the noun of ids.py
        """The company of that id, or None."""
        return self._read.companies.get(id)

    def by_domain(self, domain: str) -> tuple[Company, ...]:
        """The companies that own this host name or the nearest one above it; none for a mere ending."""
        host = domain.strip().rstrip(".").lower()
        while "." in host:
            if found := self._domains.get(host):
                return found
            host = host.partition(".")[2]
        return ()

    def matches(self, text: str, limit: int = 20) -> tuple[Company, ...]:
        """The companies whose names, aliases or domains hold every word of ``text``, the best first."""
        return self._index.matches(text, limit)

    def search(self, text: str, limit: int = 20) -> tuple[Company, ...]:
        """What ``matches`` finds, else the near misses: companies with a word like the one that was typed."""
        return self._index.matches(text, limit) or self._index.near_misses(text, limit)

    def nearest(self, text: str, limit: int = 3) -> tuple[str, ...]:
        """Names that resemble ``text``, the nearest first: for "did you mean …?"."""
        return tuple(dict.fromkeys(company.name for company in self._index.near_misses(text, limit)))

    @cached_property
    def _read(self) -> _Contents:
        return _read(self._path, self._bytes)

    @cached_property
    def _index(self) -> CompanyIndex:
        return CompanyIndex(self._read.companies.values())

    @cached_property
    def _domains(self) -> dict[str, tuple[Company, ...]]:
        owners: dict[str, list[Company]] = {}
        for company in self._read.companies.values():
            for domain in company.domains:
                owners.setdefault(domain, []).append(company)
        return {domain: tuple(companies) for domain, companies in owners.items()}


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contents:
    """What a directory file held."""

    companies: dict[CompanyId, Company]
    problems: tuple[CatalogError, ...]


def _read(path: Path, read: Callable[[Path], bytes]) -> _Contents:
    titles = _source_titles(path.with_name(SOURCES_FILE), read)
    companies: dict[CompanyId, Company] = {}
    problems: list[CatalogError] = []
    for number, line in enumerate(_bytes(path, read).split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            company = _Line(path.name, number, line).company(titles)
            if company.id in companies:
                problem = f"“{company.id}” stands on an earlier line already"
                raise CatalogError(path.name, "slug", problem, number)
        except CatalogError as error:
            problems.append(error)
        else:
            companies[company.id] = company
    return _Contents(companies=companies, problems=tuple(problems))


def _bytes(path: Path, read: Callable[[Path], bytes]) -> bytes:
    try:
        return read(path)
    except OSError as error:
        raise CatalogError(path.name, "file", f"cannot be read ({error.strerror})") from error


def _source_titles(path: Path, read: Callable[[Path], bytes]) -> dict[str, str]:
    """What each key of a list is called on the screen."""
    try:
        tables = tomllib.loads(_bytes(path, read).decode())
    except ValueError as error:
        raise CatalogError(path.name, "file", f"is not TOML: {error}") from error
    for key, table in tables.items():
        if not isinstance(table, dict) or not isinstance(table.get("title"), str):
            raise CatalogError(path.name, f"{key}.title", "is missing")
    return {key: table["title"] for key, table in tables.items()}


class _Line:
    """One line of the file; its readers return a checked value or raise CatalogError with the place."""

    def __init__(self, file: str, number: int, line: bytes) -> None:
        self._file = file
        self._number = number
        try:
            values = json.loads(line.decode())
        except (ValueError, RecursionError) as error:
            raise self._wrong("line", f"is not JSON ({error})") from error
        if not isinstance(values, dict):
            raise self._wrong("line", "is not a JSON object")
        if unknown := values.keys() - _FIELDS:
            raise self._wrong(min(unknown), "is not a field of a company")
        self._values: dict[str, Any] = values

    def company(self, titles: dict[str, str]) -> Company:
        slug = self._text("slug")
        if not _SLUG.fullmatch(slug):
            raise self._wrong("slug", "may hold small letters, digits and single hyphens only")
        name = self._text("name")
        sources = self._texts("sources")
        if not sources:
            raise self._wrong("sources", "names no list")
        flags = self._texts("flags")
        return Company(
            id=CompanyId(slug),
            name=name,
            origin=Origin.SHIPPED,
            aliases=self._texts("aliases"),
            domains=self._texts("domains"),
            country=self._optional_text("country"),
            categories=self._texts("categories"),
            contacts=self._contacts(titles),
            website=self._optional_text("web"),
            language=self._optional_text("request-language"),
            quality=self._one_of("quality", self._text("quality"), _QUALITIES),
            sources=tuple(self._one_of("sources", source, titles) for source in sources),
            is_data_broker=_BROKER in flags,
            note=self._note(flags),
        )

    def _contacts(self, titles: dict[str, str]) -> tuple[Contact, ...]:
        return tuple(
            self._contact(f"contacts[{position}]", record, titles)
            for position, record in enumerate(self._objects("contacts"))
        )

    def _contact(self, where: str, record: dict[str, Any], titles: dict[str, str]) -> Contact:
        if unknown := record.keys() - _CONTACT_FIELDS:
            raise self._wrong(f"{where}.{min(unknown)}", "is not a field of a contact")
        value = record.get("value")
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(f"{where}.value", "is missing")
        return Contact(
            channel=self._one_of(f"{where}.channel", record.get("channel"), _CHANNELS),
            value=value,
            source=self._one_of(f"{where}.source", record.get("source"), titles),
            checked_on=self._day(f"{where}.checked-on", record.get("checked-on")),
        )

    def _note(self, flags: tuple[str, ...]) -> str:
        """What else is known, in sentences."""
        sentences = [self._one_of("flags", flag, _SENTENCES) for flag in flags]
        if asked_for := self._objects("required-elements"):
            things = dict.fromkeys(
                self._one_of("required-elements", thing.get("type"), _ASKED_FOR)
                for thing in asked_for
                if not thing.get("optional")
            )
            sentences.append(f"It asks for: {', '.join(things)}." if things else "")
        if self._values.get("account-deletion"):
            url = self._field_of("account-deletion", "url")
            difficulty = self._field_of("account-deletion", "difficulty")
            sentences.append(f"An account is deleted at {url} ({difficulty}).")
        return " ".join(filter(None, sentences))

    # readers

    def _text(self, field: str) -> str:
        value = self._values.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(field, "is missing" if value in (None, "") else "must be a text")
        return value

    def _optional_text(self, field: str) -> str:
        return self._text(field) if field in self._values else ""

    def _texts(self, field: str) -> tuple[str, ...]:
        values = self._list(field)
        if not all(isinstance(value, str) and value for value in values):
            raise self._wrong(field, "must be a list of texts")
        return tuple(values)

    def _objects(self, field: str) -> list[dict[str, Any]]:
        values = self._list(field)
        if not all(isinstance(value, dict) for value in values):
            raise self._wrong(field, "must be a list of objects")
        return values

    def _list(self, field: str) -> list[Any]:
        values = self._values.get(field, [])
        if not isinstance(values, list):
            raise self._wrong(field, "must be a list")
        return values

    def _field_of(self, field: str, part: str) -> str:
        record = self._values[field]
        value = record.get(part) if isinstance(record, dict) else None
        if not isinstance(value, str):
            raise self._wrong(f"{field}.{part}", "is missing")
        return value

    def _day(self, where: str, value: object) -> date | None:
        if value is None:
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            raise self._wrong(where, f"“{value}” is not a date such as 2026-08-14") from error

    def _one_of(self, where: str, word: object, known: dict[str, _T]) -> _T:
        if not isinstance(word, str) or word not in known:
            raise self._wrong(where, f"“{word}” is not a known word")
        return known[word]

    def _wrong(self, field: str, problem: str) -> CatalogError:
        return CatalogError(self._file, field, problem, self._number)


_QUALITIES = {quality.value: quality for quality in Quality}
_CHANNELS = {channel.value: channel for channel in Channel}
