# SPDX-License-Identifier: Apache-2.0
"""Keeps companies that a person added, and corrections that overlay the shipped directory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from optout_desktop.domain.companies import Channel, Company, Contact, Origin, Quality
from optout_desktop.domain.ids import CompanyId

from .tables import companies


class CompanyStore:
    """The person's own companies and corrections."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, company: Company, at: datetime) -> None:
        """Keep a company, in the place of an earlier one of the same id."""
        self.remove(company.id)
        self._connection.execute(
            insert(companies).values(
                id=company.id,
                origin=company.origin,
                name=company.name,
                record=json.dumps(_record(company), ensure_ascii=False),
                changed_at=at,
            )
        )

    def put_all(self, changed: Sequence[Company], at: datetime) -> None:
        """Keep many companies at once, as ``put`` keeps one."""
        if not changed:
            return
        self._connection.execute(
            delete(companies).where(companies.c.id == bindparam("gone")),
            [{"gone": one.id} for one in changed],
        )
        self._connection.execute(
            insert(companies),
            [
                {
                    "id": one.id,
                    "origin": one.origin,
                    "name": one.name,
                    "record": json.dumps(_record(one), ensure_ascii=False),
                    "changed_at": at,
                }
                for one in changed
            ],
        )

    def remove_all(self, gone: Iterable[CompanyId]) -> None:
        """Forget many companies at once."""
        ids = [{"gone": one} for one in gone]
        if ids:
            self._connection.execute(delete(companies).where(companies.c.id == bindparam("gone")), ids)

    def remove(self, company: CompanyId) -> None:
        """Forget an own company or a correction; the shipped record shows again."""
        self._connection.execute(delete(companies).where(companies.c.id == company))

    def find(self, company: CompanyId) -> Company | None:
        """An own company or a correction, or None."""
        row = self._connection.execute(select(companies).where(companies.c.id == company)).first()
        return _company(row.id, row.origin, row.name, json.loads(row.record)) if row else None

    def all(self) -> tuple[Company, ...]:
        """Everything that the person added or corrected, by name."""
        rows = self._connection.execute(select(companies).order_by(companies.c.name))
        return tuple(_company(row.id, row.origin, row.name, json.loads(row.record)) for row in rows)


def _record(company: Company) -> dict[str, Any]:
    return {
        "aliases": company.aliases,
        "domains": company.domains,
        "country": company.country,
        "region": company.region,
        "categories": company.categories,
        "website": company.website,
        "language": company.language,
        "quality": company.quality,
        "sources": company.sources,
        "is_data_broker": company.is_data_broker,
        "note": company.note,
        "contacts": [
            {
                "channel": contact.channel,
                "value": contact.value,
                "source": contact.source,
                "checked_on": contact.checked_on.isoformat() if contact.checked_on else None,
            }
            for contact in company.contacts
        ],
    }


def _company(company: str, origin: Origin, name: str, record: dict[str, Any]) -> Company:
    contacts = tuple(
        Contact(
            channel=Channel(contact["channel"]),
            value=contact["value"],
            source=contact["source"],
            checked_on=date.fromisoformat(contact["checked_on"]) if contact["checked_on"] else None,
        )
        for contact in record["contacts"]
    )
    return Company(
        id=CompanyId(company),
        name=name,
        origin=origin,
        aliases=tuple(record["aliases"]),
        domains=tuple(record["domains"]),
        country=record["country"],
        region=record.get("region", ""),
        categories=tuple(record["categories"]),
        contacts=contacts,
        website=record["website"],
        language=record["language"],
        quality=Quality(record["quality"]),
        sources=tuple(record["sources"]),
        is_data_broker=record["is_data_broker"],
        note=record["note"],
    )
