# SPDX-License-Identifier: Apache-2.0
"""People: who a request is made for."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from optout_desktop.domain.errors import InputError, NotAllowed
from optout_desktop.domain.ids import PersonId
from optout_desktop.domain.letters import clean_line
from optout_desktop.domain.people import Person, PersonKind, PostalAddress
from optout_desktop.domain.places import Place, country_of, is_place
from optout_desktop.storage.overview import search_entry
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .ports import Addresses, Clock
from .undoing import UndoLabel, UndoService

MAX_NAME_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInput:
    """What is typed about a person, not yet checked."""

    name: str
    emails: tuple[str, ...]
    place: str
    phones: tuple[str, ...] = ()
    addresses: tuple[PostalAddress, ...] = ()
    language: str = "en"


class PeopleService:
    """Everything that can be done with people."""

    def __init__(
        self, vault: Vault[Stores], clock: Clock, addresses: Addresses, undoing: UndoService
    ) -> None:
        self._vault = vault
        self._clock = clock
        self._addresses = addresses
        self._undoing = undoing

    def all(self) -> tuple[Person, ...]:
        """Oneself first, then clients by name."""
        with self._vault.reading() as stores:
            return stores.people.all()

    def me(self) -> Person | None:
        """Oneself, or None before the first run is through."""
        return next((person for person in self.all() if person.kind is PersonKind.ONESELF), None)

    def get(self, person: PersonId) -> Person:
        """One person. Raises NotFound."""
        with self._vault.reading() as stores:
            return stores.people.get(person)

    def add(self, typed: PersonInput, kind: PersonKind = PersonKind.ONESELF) -> Person:
        """Keep a new person. Raises InputError naming the field, NotAllowed for a second oneself."""
        if kind is PersonKind.ONESELF and self.me() is not None:
            raise NotAllowed(
                "You are in this vault already. Change your details in Settings, or add a client."
            )
        person = self._checked(typed, PersonId(uuid.uuid4().hex), kind)
        with self._vault.writing() as stores:
            stores.people.put(person)
        return person

    def change(self, person: PersonId, typed: PersonInput) -> Person:
        """Replace what is known of a person; letters already sent keep what they said. Raises InputError."""
        before = self.get(person)
        after = replace(self._checked(typed, person, before.kind), created_on=before.created_on)
        self._put(after)
        self._undoing.push(
            UndoLabel.PERSON_CHANGED,
            after.name,
            undo=lambda: self._put(before),
            redo=lambda: self._put(after),
        )
        return after

    def _put(self, person: Person) -> None:
        """Keep a person, and give the rows and the index of their requests the name they have now."""
        with self._vault.writing() as stores:
            stores.people.put(person)
            for row in stores.overviews.rename_person(person.id, person.name):
                stores.search.put(*search_entry(row, stores.requests.note(row.id)))

    def _checked(self, typed: PersonInput, person: PersonId, kind: PersonKind) -> Person:
        name = clean_line(typed.name)
        if not name:
            raise InputError("name", "A name is needed: the company must know who asks.")
        if len(name) > MAX_NAME_LENGTH:
            raise InputError("name", f"This name is longer than {MAX_NAME_LENGTH} characters. Shorten it.")
        place = typed.place.strip().upper()
        if not is_place(place):
            raise InputError("place", "Choose where you live: it decides which laws protect you.")
        country = country_of(Place(place))
        emails = tuple(
            dict.fromkeys(self._addresses.email(text, "email") for text in typed.emails if text.strip())
        )
        if not emails and kind is PersonKind.ONESELF:
            raise InputError("email", "An e-mail address is needed: companies answer there.")
        phones = tuple(
            dict.fromkeys(
                self._addresses.phone(text, country, "phone") for text in typed.phones if text.strip()
            )
        )
        return Person(
            id=person,
            kind=kind,
            name=name,
            emails=emails,
            phones=phones,
            addresses=typed.addresses,
            place=Place(place),
            language=typed.language,
            created_on=self._clock.today(),
        )
