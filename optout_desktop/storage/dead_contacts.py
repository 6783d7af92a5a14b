# SPDX-License-Identifier: Apache-2.0
"""Keeps which addresses of companies mail came back from; the company itself may be one that the app ships."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import CompanyId, RequestId
from optout_desktop.domain.proposals import DeadContact

from .tables import dead_contacts


class DeadContactStore:
    """Addresses that are not to be proposed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, dead: DeadContact) -> None:
        """Keep that an address is dead, in the place of what was kept of it before."""
        self.remove(dead.company, dead.channel, dead.value)
        self._connection.execute(
            insert(dead_contacts).values(
                company=dead.company,
                channel=dead.channel,
                value=dead.value,
                since_on=dead.since_on,
                request=dead.request,
            )
        )

    def remove(self, company: CompanyId, channel: Channel, value: str) -> None:
        """Forget that an address was dead."""
        self._connection.execute(
            delete(dead_contacts).where(
                dead_contacts.c.company == company,
                dead_contacts.c.channel == channel,
                dead_contacts.c.value == value,
            )
        )

    def of(self, company: CompanyId) -> tuple[DeadContact, ...]:
        """The dead addresses of a company, the latest first."""
        rows = self._connection.execute(
            select(dead_contacts)
            .where(dead_contacts.c.company == company)
            .order_by(dead_contacts.c.since_on.desc(), dead_contacts.c.value)
        )
        return tuple(
            DeadContact(
                company=CompanyId(row.company),
                channel=row.channel,
                value=row.value,
                since_on=row.since_on,
                request=RequestId(row.request),
            )
            for row in rows
        )
