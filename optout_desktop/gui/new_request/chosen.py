# SPDX-License-Identifier: Apache-2.0
"""What has been chosen so far in the wizard, and the ``NewRequest`` that it makes."""

from __future__ import annotations

from dataclasses import dataclass, field

from optout_desktop.domain.companies import Channel, Company, Contact
from optout_desktop.domain.ids import CompanyId
from optout_desktop.domain.letters import RequestFact, facts_of
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.places import Place
from optout_desktop.domain.rights import Right
from optout_desktop.gui.company_words import LETTER_CHANNELS
from optout_desktop.gui.new_request.about_you import value_of
from optout_desktop.gui.new_request.drafts import KeptDraft
from optout_desktop.gui.new_request.wish import Prospect, Wish
from optout_desktop.services.batches import BatchWish
from optout_desktop.services.least_identity import least_identity
from optout_desktop.services.requests import NewRequest


@dataclass(slots=True, kw_only=True)
class Chosen:
    """Plain values, each None or empty until it is known; ``place`` is another residence than the present one."""

    wish: Wish | None = None
    law: Prospect | None = None
    company: Company | None = None
    contact: Contact | None = None
    identity: frozenset[IdentityItem] | None = None
    customer_number: str = ""
    list_id: str = ""
    is_for_several: bool = False
    """Whether many companies are to be asked, in the batch window."""
    place: Place | None = None
    facts: dict[RequestFact, str] = field(default_factory=dict)

    @classmethod
    def of(cls, draft: KeptDraft) -> Chosen:
        """What a kept draft holds."""
        request = draft.request
        return cls(
            wish=draft.wish,
            law=draft.wish.prospect(request.law, request.right) or draft.wish.proposed,
            company=draft.company,
            contact=draft.contact,
            identity=request.identity,
            customer_number=request.customer_number,
            list_id=request.list_id,
            place=draft.place,
            facts=dict(request.facts),
        )

    @property
    def is_text(self) -> bool:
        """Whether a phone sends it."""
        return self.law is not None and self.law.item.right is Right.SMS_STOP

    def law_changed(self) -> None:
        """Another right may go another way and tell something else."""
        self.identity = None
        channel = self.contact.channel if self.contact else None
        if channel is not None and (channel is Channel.SMS) != self.is_text:
            self.contact = None

    def reaches(self, company: Company) -> bool:
        """Whether a company has a contact that this request can go to."""
        wanted = (Channel.SMS,) if self.is_text else LETTER_CHANNELS
        return any(channel in company.channels for channel in wanted)

    def contact_of(self, company: Company) -> Contact | None:
        """The contact of a company that comes first."""
        if self.is_text:
            return company.contact(Channel.SMS)
        found = (company.contact(channel) for channel in LETTER_CHANNELS)
        return next((contact for contact in found if contact is not None), None)

    def ticks(self) -> frozenset[IdentityItem]:
        """What the letter tells: as ticked, else the least that is needed."""
        if self.identity is not None:
            return self.identity
        if self.wish is None or self.is_text:
            return frozenset()
        person = self.wish.person
        return frozenset(item for item in self.least() if value_of(person, item))

    def least(self) -> frozenset[IdentityItem]:
        """What such a company needs for such a request, by such a way."""
        if self.law is None or self.contact is None:
            return frozenset()
        return least_identity(self.company, self.law.item.right, self.contact.channel)

    def batch_wish(self) -> BatchWish | None:
        """The same asked of many companies, or None where the wish or its law is still to be chosen."""
        if self.wish is None or self.law is None or self.is_text:
            return None
        right = self.law.item.right
        mine = {item for item in IdentityItem if value_of(self.wish.person, item)}
        least = least_identity(Company(id=CompanyId(""), name=""), right, Channel.EMAIL) & mine
        return BatchWish(
            person=self.wish.person.id,
            right=right,
            law=self.law.item.law.id,
            companies=(self.company.id,) if self.company is not None else (),
            identity=least if self.identity is None else self.identity,
            facts=tuple((fact, self.facts[fact]) for fact in facts_of(right) if self.facts.get(fact)),
            place=self.place,
            list_id=self.list_id,
        )

    def new_request(self) -> NewRequest | None:
        """What the draft is made of, or None where something is still to be chosen."""
        if self.wish is None or self.law is None or self.company is None:
            return None
        contact = self.contact or self.contact_of(self.company)
        if contact is None:
            return None
        right = self.law.item.right
        return NewRequest(
            person=self.wish.person.id,
            company=self.company.id,
            right=right,
            law=self.law.item.law.id,
            channel=contact.channel,
            to_address=contact.value,
            list_id=self.list_id,
            identity=self.ticks(),
            customer_number=self.customer_number,
            facts=tuple((fact, self.facts[fact]) for fact in facts_of(right) if self.facts.get(fact)),
            place=self.place,
        )
