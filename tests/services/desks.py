# SPDX-License-Identifier: Apache-2.0
"""Desks for tests: what they stand on, and phrases for what people do at them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from functools import cache

from optout_desktop.adapters.addresses import check_email, check_phone
from optout_desktop.adapters.directory_files import read_companies
from optout_desktop.adapters.domain_families import family_of
from optout_desktop.adapters.eml_drafts import draft, message
from optout_desktop.adapters.exchange_files import ExchangeFiles
from optout_desktop.adapters.mailto import mailto_url, why_not
from optout_desktop.adapters.policy_text import find_contacts
from optout_desktop.adapters.qr import QrForm, qr_modules, sms_payload
from optout_desktop.catalog.files import Resources
from optout_desktop.catalog.library import Library
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.desk import open_desk
from optout_desktop.services.people import PersonInput
from optout_desktop.services.ports import Outside
from optout_desktop.services.requests import Entry, NewRequest
from optout_desktop.services.stopped_clock import StoppedClock
from optout_desktop.storage.stores import SCHEMA, Stores
from optout_desktop.storage.vault import Vault
from tests.builders import an_address
from tests.fakes import FakeFiles, FakeHandover, FakeKeychain, FakeMailServers, FakePages, FakePreferenceFile
from tests.lawbooks import holiday_book
from tests.storage import notebook

__all__ = ["CompanyInput", "an_address", "date", "open_desk"]

TODAY = date(2026, 3, 2)
TABLES = tuple(table for table in SCHEMA.metadata.sorted_tables)


class Mail:
    """The real drafts and links."""

    def draft(self, letter, sender, recipient, **more):
        return draft(letter, sender, recipient, **more)

    def message(self, letter, sender, recipient, **more):
        return message(letter, sender, recipient, **more)

    def link(self, letter, recipient, *, has_accepted_notice):
        return mailto_url(letter, recipient, has_accepted_notice=has_accepted_notice)

    def why_no_link(self, letter, recipient):
        return why_not(letter, recipient)


class Texts:
    """The real codes."""

    def payload(self, number, form, keyword):
        return sms_payload(number, QrForm(form), keyword)

    def modules(self, payload):
        return qr_modules(payload)


class Lists:
    """The real readers of lists and policies."""

    def read(self, path, source, told):
        return read_companies(path, source, told)

    def family(self, host):
        return family_of(host)

    def in_policy(self, text, country):
        return find_contacts(text, country)


class Addresses:
    """The real checks."""

    def email(self, text, field, known_domains=()):
        return check_email(text, field, known_domains=known_domains)

    def phone(self, text, country, field):
        return check_phone(text, country, field)


@cache
def library() -> Library:
    return Library(Resources.found())


def a_clock(day: date = TODAY) -> StoppedClock:
    return StoppedClock(day)


def an_outside(clock, **changes) -> Outside:
    plain = {
        "clock": clock,
        "calendars": holiday_book(),
        "keychain": FakeKeychain(),
        "pages": FakePages(),
        "mail": Mail(),
        "servers": FakeMailServers(),
        "texts": Texts(),
        "addresses": Addresses(),
        "lists": Lists(),
        "files": FakeFiles(),
        "exchange": ExchangeFiles(),
        "handover": FakeHandover(),
        "preferences": FakePreferenceFile(),
    }
    return Outside(**plain | changes)


def create(folder) -> Vault[Stores]:
    slots, key = notebook.sealed_slots(), notebook.a_key()
    return Vault.create(folder, slots, key, schema=SCHEMA, stores=Stores, made_by="1.0")


def reopen(folder) -> Vault[Stores]:
    return Vault.open(folder, notebook.a_key(), schema=SCHEMA, stores=Stores, made_by="1.0")


def a_desk(folder, day: date = TODAY):
    """A desk over a new vault of its own; close it."""
    return open_desk(create(folder), library(), an_outside(a_clock(day)))


def add_jane(desk):
    return desk.people.add(
        PersonInput(
            name="Jane Example",
            emails=("jane@example.org",),
            phones=("+1 202 555 0143",),
            place="US-CA",
            addresses=(an_address(),),
        )
    )


def add_northwind(desk):
    return desk.companies.add(
        CompanyInput(
            name="Northwind Data LLC",
            email="privacy@northwind.example",
            website="northwind.example",
            form="https://northwind.example/stop",
            phone="+1 202 555 0100",
            sms_number="78901",
            postal_address="1 Main Street\nSpringfield, IL 62701",
            country="US",
        )
    )


def new_request(somebody, of_company, **changes) -> NewRequest:
    plain = {
        "person": somebody.id,
        "company": of_company.id,
        "right": Right.OPTOUT_SALE,
        "law": LawId("us-ca-ccpa"),
        "channel": Channel.EMAIL,
    }
    return NewRequest(**plain | changes)


def entry(kind: str, on: date, **changes) -> Entry:
    """An entry of that day with what its kind needs."""
    needs = {
        "refused": {"reason": "no_match"},
        "closed": {"reason": "done"},
        "extended": {"until": date.fromordinal(on.toordinal() + 30), "reason": "none_given"},
    }
    return Entry(kind=EventKind(kind), on=on, **needs.get(kind, {}) | changes)


def rows_of(vault) -> dict[str, list[tuple]]:
    """Every row of every table."""
    return {
        table.name: [tuple(row) for row in vault._raw.execute(str(table.select()))]  # an outside view
        for table in TABLES
    }


def digest_of(vault) -> str:
    """One number for everything that the vault holds."""
    return hashlib.sha256(repr(rows_of(vault)).encode()).hexdigest()


def everything(desk) -> list[tuple]:
    """What the vault says of every request: its row, its standing history, its texts and files."""
    with desk.vault.reading() as stores:
        return [_seen(stores, request) for request in stores.requests.many(stores.requests.ids())]


def _seen(stores, request) -> tuple:
    return (
        stores.overviews.get(request.id),
        replace(request, events=request.history),
        stores.requests.note(request.id),
        stores.letters.of(request.id, request.vouched()),
        stores.letters.draft(request.id, LetterKind.REQUEST),
        stores.letters.draft(request.id, LetterKind.REMINDER),
        stores.evidence.of(request.id),
    )
