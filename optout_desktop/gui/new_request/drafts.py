# SPDX-License-Identifier: Apache-2.0
"""A kept draft as the wizard goes on with it."""

from __future__ import annotations

from dataclasses import dataclass

from optout_desktop.domain.companies import Company, Contact
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.places import Place
from optout_desktop.domain.requests import OptOutRequest
from optout_desktop.gui.new_request.wish import Opening, Wish, opening, wanted_of, wish_of
from optout_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDraft:
    """Everything that the steps show of a draft."""

    opening: Opening
    request: OptOutRequest
    wish: Wish
    company: Company

    @property
    def contact(self) -> Contact:
        """The contact that the draft goes to."""
        request = self.request
        plain = Contact(channel=request.channel, value=request.to_address)
        return next((one for one in self.company.contacts if one.value == request.to_address), plain)

    @property
    def place(self) -> Place | None:
        """Where the person lived as far as this request goes, if that is not where they live now."""
        return self.request.residence if self.request.residence != self.wish.person.place else None


def kept_draft(desk: Desk, request: RequestId) -> KeptDraft:
    """A draft with what the steps show of it. On the vault's thread. Raises NotFound."""
    detail = desk.requests.detail(request)
    found, person = detail.request, detail.person
    today, place = desk.clock.today(), found.residence
    wish = wish_of(desk.laws, wanted_of(found.right), person, today, place)
    if wish.prospect(found.law, found.right) is None:
        wish = wish_of(desk.laws, found.right, person, today, place)
    try:
        company = desk.companies.get(found.company)
    except NotFound:
        contact = Contact(channel=found.channel, value=found.to_address)
        company = Company(id=found.company, name=found.company_name, contacts=(contact,))
    return KeptDraft(opening=opening(desk, person, place), request=found, wish=wish, company=company)
