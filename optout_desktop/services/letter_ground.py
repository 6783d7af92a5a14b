# SPDX-License-Identifier: Apache-2.0
"""What the vault knows for letters, read at once: requests, people, rules, and how each letter is to be.

One letter and a thousand are read in the same way; nothing is read again while they are written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from optout_desktop.domain.clocks import RulesSnapshot
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import PersonId, RequestId
from optout_desktop.domain.letters import Attachment, LetterChoice, LetterKind, OwnTemplate
from optout_desktop.domain.people import Person, PersonKind
from optout_desktop.domain.requests import OptOutRequest
from optout_desktop.storage.stores import Stores

from .assessing import Assessor

Edited = tuple[str, str]
Which = tuple[RequestId, LetterKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the vault knows of how one letter is to be."""

    edited: Edited | None = None
    choice: LetterChoice | None = None
    own: OwnTemplate | None = None
    attachments: tuple[Attachment, ...] = ()

    @classmethod
    def of(cls, stores: Stores, request: RequestId, kind: LetterKind) -> Wishes:
        """Those of one letter."""
        choice = stores.letter_choices.find(request, kind)
        template = choice.template if choice else None
        return cls(
            edited=stores.letters.draft(request, kind),
            choice=choice,
            own=stores.own_templates.find(template) if template else None,
            attachments=stores.attachments.of(request, kind),
        )


_NONE = Wishes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What some letters are written from."""

    requests: Mapping[RequestId, OptOutRequest]
    people: Mapping[PersonId, Person]
    me: Person | None
    """Whoever writes for everybody else."""
    rules: Mapping[str, RulesSnapshot | None]
    altered: Mapping[Which, Wishes]

    @classmethod
    def of(cls, stores: Stores, assessor: Assessor, which: Sequence[Which]) -> Ground:
        """What the vault has for these letters; a request that is not there is missed when it is asked for."""
        requests = {one.id: one for one in stores.requests.many(request for request, _ in which)}
        people = {one.id: one for one in stores.people.all()}
        for binned in {one.person for one in requests.values()} - people.keys():
            people[binned] = stores.people.get(binned)
        by_rules = {one.rules: one for one in requests.values()}
        return cls(
            requests=requests,
            people=people,
            me=next((one for one in people.values() if one.kind is PersonKind.ONESELF), None),
            rules={rules: assessor.kept(stores, one) for rules, one in by_rules.items()},
            altered={one: Wishes.of(stores, *one) for one in stores.letters.altered(which)},
        )

    def request(self, request: RequestId) -> OptOutRequest:
        """One of the requests. Raises NotFound."""
        found = self.requests.get(request)
        if found is None:
            raise NotFound("request", request)
        return found

    def wishes(self, request: RequestId, kind: LetterKind) -> Wishes:
        """How one of the letters is to be."""
        return self.altered.get((request, kind), _NONE)
