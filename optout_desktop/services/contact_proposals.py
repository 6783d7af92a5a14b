# SPDX-License-Identifier: Apache-2.0
"""Which contact of a company to write to, and what a message that came back means for the next one.

``note_bounces`` is called wherever an entry of a request is recorded, corrected or taken back, in its transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from optout_desktop.domain.companies import Channel, Company, Contact
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import CompanyId, RequestId, register_in
from optout_desktop.domain.proposals import (
    DeadContact,
    Proposal,
    bounced_addresses,
    key_of,
    next_contact,
    proposals,
)
from optout_desktop.domain.requests import Attention, OptOutRequest
from optout_desktop.domain.rights import Right
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .companies import CompanyService
from .undoing import UndoLabel, UndoService


def note_bounces(stores: Stores, before: OptOutRequest, after: OptOutRequest) -> None:
    """Keep the addresses that came to be dead between two states of a request, and let go those that are not so."""
    if before.events == after.events:
        return
    then, now = bounced_addresses(before), bounced_addresses(after)
    for channel, value in then.keys() - now.keys():
        for dead in stores.dead_contacts.of(after.company):
            if (dead.channel, dead.value, dead.request) == (channel, value, after.id):
                stores.dead_contacts.remove(after.company, channel, value)
    for (channel, value), on in now.items():
        if then.get((channel, value)) != on:
            dead = DeadContact(
                company=after.company, channel=channel, value=value, since_on=on, request=after.id
            )
            stores.dead_contacts.put(dead)


class ContactProposalService:
    """The best living contact, the next ones, and those that are dead."""

    def __init__(self, vault: Vault[Stores], companies: CompanyService, undoing: UndoService) -> None:
        self._vault = vault
        self._companies = companies
        self._undoing = undoing

    def of(
        self, company: CompanyId, channel: Channel | None = None, right: Right | None = None
    ) -> tuple[Proposal, ...]:
        """Every contact of a company, the best living one first, dead ones last. Raises NotFound."""
        found = self._companies.get(company)
        return proposals(found, self._dead(company), channel, right)

    def best(self, company: CompanyId, channel: Channel, right: Right | None = None) -> Contact | None:
        """The contact to propose, or None where the company has no living one of that channel."""
        first = next(iter(self.of(company, channel, right)), None)
        return first.contact if first is not None and first.dead_since_on is None else None

    def next_contact(self, request: RequestId) -> Contact | None:
        """Where a request can be sent again after it came back, or None. Raises NotFound."""
        with self._vault.reading() as stores:
            found = stores.requests.get(request)
            dead = stores.dead_contacts.of(found.company)
        return next_contact(found, self._companies.get(found.company), dead)

    def after_bounce(self, request: RequestId) -> Contact | None:
        """Where a request whose message came back can be sent again; None for every other one. Raises NotFound."""
        with self._vault.reading() as stores:
            found = stores.requests.get(request)
        if found.attention is not Attention.DELIVERY_FAILED or register_in(found.law) is not None:
            return None
        try:
            return self.next_contact(request)
        except NotFound:  # the company was taken out of the vault; its request stays
            return None

    def turn_to_next(self, request: RequestId) -> Contact | None:
        """Let a request whose message came back go to the next living contact, which is the answer. Raises NotFound.

        Where it went before stands in the entries of its history.
        """
        contact = self.after_bounce(request)
        if contact is None:
            return None
        with self._vault.reading() as stores:
            before = stores.requests.get(request)
        after = replace(before, channel=contact.channel, to_address=contact.value)
        self._write(after)
        self._undoing.push(
            UndoLabel.REQUEST_CHANGED,
            before.company_name,
            undo=lambda: self._write(before),
            redo=lambda: self._write(after),
        )
        return contact

    def _write(self, request: OptOutRequest) -> None:
        with self._vault.writing() as stores:
            now = stores.requests.get(request.id)
            stores.requests.change(replace(now, channel=request.channel, to_address=request.to_address))
            if (row := stores.overviews.get(request.id)) is not None:
                stores.overviews.put(replace(row, channel=request.channel))

    def revive(self, company: CompanyId, contact: Contact) -> Company:
        """Say that an address works again; nothing happens where it was not dead. Raises NotFound."""
        found = self._companies.get(company)
        key = key_of(contact.channel, contact.value)
        dead = tuple(
            one
            for one in self._dead(company)
            if one.channel is contact.channel and key_of(one.channel, one.value) == key
        )
        if not dead:
            return found
        self._set(dead, is_dead=False)
        self._undoing.push(
            UndoLabel.COMPANY_CHANGED,
            found.name,
            undo=lambda: self._set(dead, is_dead=True),
            redo=lambda: self._set(dead, is_dead=False),
        )
        return found

    def _dead(self, company: CompanyId) -> tuple[DeadContact, ...]:
        with self._vault.reading() as stores:
            return stores.dead_contacts.of(company)

    def _set(self, dead: Iterable[DeadContact], *, is_dead: bool) -> None:
        with self._vault.writing() as stores:
            for one in dead:
                if is_dead:
                    stores.dead_contacts.put(one)
                else:
                    stores.dead_contacts.remove(one.company, one.channel, one.value)
