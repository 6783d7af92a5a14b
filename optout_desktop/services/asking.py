# SPDX-License-Identifier: Apache-2.0
"""Asking: what a person chose for a new request → the part of a request that its draft may change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from optout_desktop.domain.companies import Channel, Company
from optout_desktop.domain.errors import InputError
from optout_desktop.domain.ids import CompanyId, LawId, PersonId
from optout_desktop.domain.letters import MAX_FACT_LENGTH, RequestFact, clean_text, facts_of
from optout_desktop.domain.people import IdentityItem, Person
from optout_desktop.domain.places import Place
from optout_desktop.domain.proposals import DeadContact, best_contact
from optout_desktop.domain.rights import Right

from .laws import addressee_place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """What a new draft is made of; an empty ``to_address`` takes the company's contact for the channel.

    ``place`` is where the person lives or lived as far as this request goes (the law that protects them hangs
    on it); None takes their present residence. ``facts`` is what they say of their own, in any order.
    """

    person: PersonId
    company: CompanyId
    right: Right
    law: LawId
    channel: Channel
    to_address: str = ""
    list_id: str = ""
    identity: frozenset[IdentityItem] = frozenset({IdentityItem.NAME, IdentityItem.EMAIL})
    customer_number: str = ""
    facts: tuple[tuple[RequestFact, str], ...] = ()
    place: Place | None = None


def require_fitting_facts(new: NewRequest) -> None:
    """Raise InputError where a fact does not belong to the right, or is a story of its own."""
    for fact, text in new.facts:
        if fact not in facts_of(new.right):
            known = ", ".join(facts_of(new.right)) or "nothing of the kind"
            raise InputError(fact, f"A request for “{new.right}” does not say “{fact}”; it can say: {known}.")
        if len(text) > MAX_FACT_LENGTH:
            raise InputError(fact, f"This has more than {MAX_FACT_LENGTH} characters. Shorten it.")


def asking(
    new: NewRequest, person: Person, company: Company, dead: Iterable[DeadContact] = ()
) -> dict[str, Any]:
    """The part of a request that its draft may change; an address that is ``dead`` is not proposed."""
    contact = best_contact(company, new.channel, new.right, dead)
    return {
        "person": new.person,
        "company": new.company,
        "company_name": company.name,
        "right": new.right,
        "law": new.law,
        "residence": new.place or person.place,
        "addressee_place": company.region or addressee_place_of(company.country),
        "channel": new.channel,
        "to_address": new.to_address or (contact.value if contact else ""),
        "list_id": new.list_id,
        "identity": new.identity,
        "customer_number": new.customer_number,
        "facts": _told(new),
    }


def _told(new: NewRequest) -> tuple[tuple[RequestFact, str], ...]:
    """The facts that were filled in, cleaned and in order."""
    told = {fact: clean_text(text) for fact, text in new.facts}
    return tuple((fact, told[fact]) for fact in RequestFact if told.get(fact))
