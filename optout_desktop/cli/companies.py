# SPDX-License-Identifier: Apache-2.0
"""``optout company``: look into the directory, and keep a company of one's own."""

from __future__ import annotations

import click

from optout_desktop.domain.companies import Company

from .arguments import COUNTRY, DOMAIN
from .output import table
from .session import Session
from .tree import Group, in_session

SHORT_CODE_DIGITS = 6


@click.group(cls=Group)
def company() -> None:
    """Find and add companies."""


@company.command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many.")
@in_session
def search(session: Session, *, text: str, limit: int) -> None:
    """Look for TEXT in the directory; with --vault, also among your own companies."""
    if session.vault is None:  # the directory alone: no passphrase is asked for
        found = session.house.library.directory.search(text, limit)
    else:
        with session.desk() as desk:
            found = desk.companies.search(text, limit).companies
    session.show(
        [company_data(one) for one in found],
        table(
            ("id", "name", "country", "channels", "domains"),
            [(one.id, one.name, one.country, one.channels, one.domains) for one in found],
            "No company fits.",
        ),
    )


@company.command()
@click.option("--name", required=True, help="What it is called.")
@click.option("--domain", "domains", type=DOMAIN, multiple=True, metavar="D", help="A domain that it owns.")
@click.option(
    "--number",
    "numbers",
    multiple=True,
    metavar="N",
    help="A number or short code; a second one is the number for calls.",
)
@click.option("--email", default="", help="Where it takes requests.")
@click.option("--form", default="", metavar="URL", help="Its opt-out page.")
@click.option("--website", default="", metavar="URL", help="Its website.")
@click.option("--address", "lines", multiple=True, help="A line of its postal address.")
@click.option("--country", type=COUNTRY, default="", metavar="CODE", help="The country of its contact.")
@click.option("--region", default="", metavar="CODE", help="The region of its contact, such as CH-ZH.")
@click.option(
    "--language", default="", metavar="CODE", help="The language that it wants letters in, such as de."
)
@click.option("--chat", default="", metavar="URL", help="The link that opens a chat with it.")
@click.option("--note", default="", help="In your own words.")
@in_session
def add(  # noqa: PLR0913 - one parameter an option
    session: Session,
    *,
    name: str,
    domains: tuple[str, ...],
    numbers: tuple[str, ...],
    email: str,
    form: str,
    website: str,
    lines: tuple[str, ...],
    country: str,
    region: str,
    language: str,
    chat: str,
    note: str,
) -> None:
    """Add a company to the vault."""
    if len(numbers) > 2:
        raise click.UsageError("A company has one number for texts and one for calls.")
    from optout_desktop.services.companies import CompanyInput  # loads the vault's engine

    typed = CompanyInput(
        name=name,
        email=email,
        website=website,
        form=form,
        phone=_number_for_calls(numbers),
        sms_number=numbers[0] if numbers else "",
        postal_address="\n".join(lines),
        chat=chat,
        country=country,
        region=region,
        language=language,
        domains=domains,
        note=note,
    )
    with session.desk() as desk:
        added = desk.companies.add(typed)
    session.show(company_data(added), [f"Added: {added.name} ({added.id})"])


def _number_for_calls(numbers: tuple[str, ...]) -> str:
    """The last number, unless it is a short code that nobody can call."""
    last = numbers[-1] if numbers else ""
    return last if sum(char.isdigit() for char in last) > SHORT_CODE_DIGITS else ""


def company_data(one: Company) -> dict[str, object]:
    """A company as programs read it."""
    return {
        "id": one.id,
        "name": one.name,
        "origin": one.origin,
        "aliases": one.aliases,
        "domains": one.domains,
        "country": one.country,
        "region": one.region,
        "language": one.language,
        "website": one.website,
        "contacts": [
            {
                "channel": contact.channel,
                "value": contact.value,
                "source": contact.source,
                "checked_on": contact.checked_on,
            }
            for contact in one.contacts
        ],
        "is_data_broker": one.is_data_broker,
        "quality": one.quality,
        "note": one.note,
    }
