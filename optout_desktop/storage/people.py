# SPDX-License-Identifier: Apache-2.0
"""Keeps people: oneself and clients, with any number of addresses and numbers."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import PersonId
from optout_desktop.domain.people import Person, PostalAddress
from optout_desktop.domain.places import Place

from .tables import people, person_addresses, person_contacts


class PeopleStore:
    """The people of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, person: Person) -> None:
        """Add a person, or replace what is known of one."""
        row = {
            "id": person.id,
            "kind": person.kind,
            "name": person.name,
            "place": person.place,
            "language": person.language,
            "created_on": person.created_on,
            "is_binned": False,
        }
        known = self._connection.execute(select(people.c.id).where(people.c.id == person.id)).first()
        if known:
            self._connection.execute(update(people).where(people.c.id == person.id).values(row))
        else:
            self._connection.execute(insert(people).values(row))
        self._put_contacts(person)

    def _put_contacts(self, person: Person) -> None:
        for table in (person_contacts, person_addresses):
            self._connection.execute(delete(table).where(table.c.person == person.id))
        contacts = [
            {"person": person.id, "channel": channel, "position": position, "value": value}
            for channel, values in ((Channel.EMAIL, person.emails), (Channel.CALL, person.phones))
            for position, value in enumerate(values)
        ]
        addresses = [
            {
                "person": person.id,
                "position": position,
                "lines": address.lines,
                "postcode": address.postcode,
                "city": address.city,
                "region": address.region,
                "country": address.country,
            }
            for position, address in enumerate(person.addresses)
        ]
        if contacts:
            self._connection.execute(insert(person_contacts), contacts)
        if addresses:
            self._connection.execute(insert(person_addresses), addresses)

    def get(self, person: PersonId) -> Person:
        """One person. Raises NotFound."""
        found = self._load(people.c.id == person)
        if not found:
            raise NotFound("person", person)
        return found[0]

    def all(self) -> tuple[Person, ...]:
        """Everybody who is not in the bin: oneself first, then clients by name."""
        return self._load(people.c.is_binned.is_(False))

    def everybody(self) -> tuple[Person, ...]:
        """Everybody, those in the bin too."""
        return self._load(people.c.id.is_not(None))

    def _load(self, condition: object) -> tuple[Person, ...]:
        query = select(people).where(condition).order_by(people.c.kind.desc(), people.c.name)  # type: ignore[arg-type]
        rows = self._connection.execute(query).all()
        ids = [row.id for row in rows]
        contacts = self._connection.execute(
            select(person_contacts)
            .where(person_contacts.c.person.in_(ids))
            .order_by(person_contacts.c.position)
        ).all()
        addresses = self._connection.execute(
            select(person_addresses)
            .where(person_addresses.c.person.in_(ids))
            .order_by(person_addresses.c.position)
        ).all()
        return tuple(
            Person(
                id=PersonId(row.id),
                kind=row.kind,
                name=row.name,
                place=Place(row.place),
                language=row.language,
                created_on=row.created_on,
                emails=tuple(c.value for c in contacts if c.person == row.id and c.channel is Channel.EMAIL),
                phones=tuple(c.value for c in contacts if c.person == row.id and c.channel is Channel.CALL),
                addresses=tuple(
                    PostalAddress(
                        lines=a.lines, postcode=a.postcode, city=a.city, region=a.region, country=a.country
                    )
                    for a in addresses
                    if a.person == row.id
                ),
            )
            for row in rows
        )

    def set_binned(self, person: PersonId, *, is_binned: bool) -> None:
        """Move a person to the bin or back."""
        self._connection.execute(update(people).where(people.c.id == person).values(is_binned=is_binned))
