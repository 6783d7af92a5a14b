# SPDX-License-Identifier: Apache-2.0
"""People: whoever a request is made for, with everything that a company may need to find them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .ids import PersonId
from .places import Place


class PersonKind(StrEnum):
    """Whose requests these are."""

    ONESELF = "oneself"
    CLIENT = "client"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalAddress:
    """One postal address; ``lines`` are street lines without name, postcode and city."""

    lines: tuple[str, ...]
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""

    def as_lines(self) -> tuple[str, ...]:
        """The address as printed below a name, one line an entry, empty ones left out."""
        if self.country == "US":
            state = " ".join(part for part in (self.region, self.postcode) if part)
            place = ", ".join(part for part in (self.city, state) if part)
        else:
            place = " ".join(part for part in (self.postcode, self.city) if part)
        return tuple(line for line in (*self.lines, place, self.country) if line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Oneself or a client: any number of e-mail addresses, phones, postal addresses, the first preferred."""

    id: PersonId
    kind: PersonKind = PersonKind.ONESELF
    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[PostalAddress, ...] = ()
    place: Place
    language: str = "en"
    created_on: date

    @property
    def email(self) -> str:
        """The preferred e-mail address, or an empty string."""
        return self.emails[0] if self.emails else ""

    @property
    def phone(self) -> str:
        """The preferred phone number in E.164 form, or an empty string."""
        return self.phones[0] if self.phones else ""


class IdentityItem(StrEnum):
    """What of a person may stand in a letter; only ticked items ever do."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    POSTAL_ADDRESS = "postal_address"
    CUSTOMER_NUMBER = "customer_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedIdentity:
    """What one letter tells about a person: an empty field was not ticked and is not in the letter.

    The reply address is part of sending an e-mail at all and therefore stands in ``EMAIL``.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    postal_address: tuple[str, ...] = ()
    customer_number: str = ""

    def items(self) -> frozenset[IdentityItem]:
        """The items that are filled in."""
        filled = {
            IdentityItem.NAME: self.name,
            IdentityItem.EMAIL: self.email,
            IdentityItem.PHONE: self.phone,
            IdentityItem.POSTAL_ADDRESS: self.postal_address,
            IdentityItem.CUSTOMER_NUMBER: self.customer_number,
        }
        return frozenset(item for item, value in filled.items() if value)


def disclose(person: Person, ticked: frozenset[IdentityItem], customer_number: str = "") -> DisclosedIdentity:
    """The part of a person that the ticks let out, with preferred addresses."""
    address = person.addresses[0].as_lines() if person.addresses else ()
    return DisclosedIdentity(
        name=person.name if IdentityItem.NAME in ticked else "",
        email=person.email if IdentityItem.EMAIL in ticked else "",
        phone=person.phone if IdentityItem.PHONE in ticked else "",
        postal_address=address if IdentityItem.POSTAL_ADDRESS in ticked else (),
        customer_number=customer_number if IdentityItem.CUSTOMER_NUMBER in ticked else "",
    )
