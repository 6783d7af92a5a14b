# SPDX-License-Identifier: Apache-2.0
"""``optout person``: who a request is made for."""

from __future__ import annotations

import click

from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.people import Person, PersonKind, PostalAddress
from optout_desktop.domain.places import Place, country_of

from .arguments import RESIDENCE, nearest
from .output import table
from .session import Session
from .tree import Group, in_session

MANY = 5
"""So many are named where a name fits several."""


@click.group(cls=Group)
def person() -> None:
    """Add and list people."""


@person.command()
@click.option("--name", required=True, help="The name as a company knows it.")
@click.option("--email", "emails", multiple=True, help="An e-mail address; the first one is preferred.")
@click.option("--phone", "phones", multiple=True, help="A telephone number.")
@click.option(
    "--place", type=RESIDENCE, required=True, metavar="CODE", help="Where they live, such as US-CA."
)
@click.option("--street", multiple=True, help="A line of the postal address.")
@click.option("--postcode", default="", help="The postcode of that address.")
@click.option("--city", default="", help="The city of that address.")
@click.option("--client", is_flag=True, help="Somebody you act for; without it, yourself.")
@in_session
def add(  # noqa: PLR0913 - one parameter an option
    session: Session,
    *,
    name: str,
    emails: tuple[str, ...],
    phones: tuple[str, ...],
    place: Place,
    street: tuple[str, ...],
    postcode: str,
    city: str,
    client: bool,
) -> None:
    """Add a person to the vault."""
    from optout_desktop.services.people import PersonInput  # loads the vault's engine

    address = PostalAddress(
        lines=street,
        postcode=postcode,
        city=city,
        region=place.partition("-")[2],
        country=country_of(place),
    )
    typed = PersonInput(
        name=name,
        emails=emails,
        phones=phones,
        place=place,
        addresses=(address,) if street else (),
    )
    with session.desk() as desk:
        added = desk.people.add(typed, PersonKind.CLIENT if client else PersonKind.ONESELF)
    session.show(person_data(added), [f"Added: {added.name} ({added.id})"])


@person.command(name="list")
@in_session
def list_people(session: Session) -> None:
    """List the people of the vault."""
    with session.desk() as desk:
        found = desk.people.all()
    session.show(
        [person_data(one) for one in found],
        table(
            ("id", "name", "kind", "place", "e-mail"),
            [(one.id, one.name, one.kind, one.place, one.email) for one in found],
            "There is nobody in this vault yet.",
        ),
    )


def person_named(typed: str | None, known: tuple[Person, ...]) -> Person:
    """The person of an id, the beginning of one, or a name; oneself where none is named.

    Raises NotFound, InputError where it fits several, NotAllowed where nobody is in the vault.
    """
    if typed is None:
        if known:
            return known[0]
        raise NotAllowed(
            "There is nobody in this vault yet. Add yourself first: optout person add --name NAME --email ADDRESS "
            "--place CODE"
        )
    fitting = [
        one
        for one in known
        if one.name.casefold() == typed.casefold() or (typed and one.id.startswith(typed))
    ]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        ids = ", ".join(one.id for one in fitting[:MANY])
        raise InputError("person", f"“{typed}” may be several people. Name one by its id: {ids}.")
    raise NotFound("person", typed, nearest(typed, tuple(dict.fromkeys(one.name for one in known)))[:3])


def person_data(one: Person) -> dict[str, object]:
    """A person as programs read them."""
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "emails": one.emails,
        "phones": one.phones,
        "addresses": [
            {
                "lines": address.lines,
                "postcode": address.postcode,
                "city": address.city,
                "region": address.region,
                "country": address.country,
            }
            for address in one.addresses
        ],
        "place": one.place,
        "language": one.language,
    }
