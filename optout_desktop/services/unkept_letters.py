# SPDX-License-Identifier: Apache-2.0
"""Unkept letters: a law, a right, a company and a person → a letter, without any vault and without a trace.

The day of the answer is counted as if the letter went out today; a later letter counts from the day of asking.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Protocol

from optout_desktop.catalog.templates import Templates
from optout_desktop.domain.companies import Channel, Company
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.ids import CompanyId, EventId, LawId, RequestId
from optout_desktop.domain.letters import (
    Letter,
    LetterFacts,
    LetterKind,
    PageAddress,
    RequestFact,
    Shape,
    Tone,
    facts_needed,
    facts_of,
)
from optout_desktop.domain.people import IdentityItem, Person, disclose
from optout_desktop.domain.requests import EventKind, OptOutRequest, ProofGrade, RequestEvent
from optout_desktop.domain.rights import REGISTER_RIGHTS, Right
from optout_desktop.domain.running import main_clock

from .laws import LawService, addressee_place_of
from .least_identity import least_identity
from .letter_facts import Case, facts_of_case
from .letter_languages import proposed_language, reply_language
from .paper import usual_format
from .ports import Clock
from .references import new_reference


class Companies(Protocol):
    """The companies that the app ships knowing."""

    def get(self, id: CompanyId) -> Company | None:  # noqa: A002 - the noun of ids.py
        """The company of that id, or None."""
        ...

    def search(self, text: str, limit: int = 20) -> tuple[Company, ...]:
        """The companies that fit, else the near misses."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOrder:
    """What somebody wants written; empty values mean what the app proposes.

    ``company`` is an id or a name; ``ticked`` None means what such a company needs of what the person has;
    ``limit`` is in characters, for ``Shape.SHORT``.
    """

    law: LawId | None
    right: Right
    company: str
    person: Person
    kind: LetterKind = LetterKind.REQUEST
    channel: Channel | None = None
    to_address: str = ""
    language: str = ""
    tone: Tone = Tone.PLAIN
    shape: Shape = Shape.FULL
    limit: int | None = None
    ticked: frozenset[IdentityItem] | None = None
    facts: tuple[tuple[RequestFact, str], ...] = ()
    asked_on: date | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnkeptLetter:
    """A letter with what stands beside it; ``recipient`` is empty where nobody knows an address."""

    letter: Letter
    facts: LetterFacts
    company: Company
    recipient: str
    page: PageAddress


class UnkeptLetters:
    """Writes letters that nobody keeps."""

    def __init__(self, laws: LawService, templates: Templates, companies: Companies, clock: Clock) -> None:
        self._laws = laws
        self._templates = templates
        self._companies = companies
        self._clock = clock

    def write(self, order: LetterOrder) -> UnkeptLetter:
        """The letter that was ordered.

        Raises NotFound for an unknown law or company, InputError naming the field that does not fit, NotAllowed
        where there is no such letter, TemplateError where it cannot be made short enough.
        """
        company = self._company(order.company)
        channel = order.channel or _channel(company)
        contact = company.contact(channel)
        recipient = order.to_address or (contact.value if contact else "")
        law = order.law or self._laws.propose(order.right, order.person.place, channel).law.id
        self._require_written(order)
        _require_facts(order, law)
        request = _request(order, company, law, channel, recipient, self._clock.today())
        facts = self._facts(order, request, company)
        language = self._language(order.language) or proposed_language(company, self._templates.languages)
        wished = reply_language(order.person.language, language, self._templates.languages)
        facts = replace(facts, tone=order.tone, shape=order.shape, reply_language=wished)
        letter = self._templates.fill(facts, language, order.limit)
        return UnkeptLetter(
            letter=letter,
            facts=facts,
            company=company,
            recipient=recipient,
            page=self._page(order.person, facts, letter.language, company),
        )

    def _company(self, typed: str) -> Company:
        known = self._companies.get(CompanyId(typed.strip().lower()))
        if known is not None:
            return known
        found = self._companies.search(typed)
        named = [one for one in found if typed.strip().casefold() in _names(one)]
        if len(named) == 1:
            return named[0]
        near = tuple(dict.fromkeys(str(one.id) for one in (named or found)[:5]))
        raise NotFound("company of the directory", typed, near)

    def _require_written(self, order: LetterOrder) -> None:
        if order.right in REGISTER_RIGHTS:
            raise NotAllowed("For this right one registers, and a register takes no letter.")
        if not self._templates.offers(order.right, order.kind, order.shape):
            raise NotAllowed(f"There is no letter for “{order.right}” as a {order.kind}.")
        if order.kind is not LetterKind.REQUEST and order.asked_on is None:
            raise InputError(
                "asked-on", "Such a letter follows a request: say when it was sent with --asked-on DATE."
            )
        if order.asked_on is not None and order.asked_on > self._clock.today():
            raise InputError(
                "asked-on", f"The request cannot have been sent on {order.asked_on}, after today."
            )

    def _language(self, wanted: str) -> str:
        known = self._templates.languages
        if wanted and wanted not in known:
            raise InputError("lang", f"Letters are written in {', '.join(known)}, not in “{wanted}”.")
        return wanted

    def _facts(self, order: LetterOrder, request: OptOutRequest, company: Company) -> LetterFacts:
        law, today = self._laws.law(request.law), self._clock.today()
        start = order.asked_on or today
        counted = self._laws.counted(law.id, order.right, start, place=request.addressee_place)
        clocks = tuple(one.clock for one in counted)
        regulator = self._laws.regulator(law.regulators[0]).name if law.regulators else ""
        return facts_of_case(
            Case(
                kind=order.kind,
                request=request,
                person=order.person,
                me=order.person,
                law=law,
                company=company,
                clocks=clocks,
                deadline=main_clock(clocks),
                today=today,
                regulator_name=regulator,
            )
        )

    def _page(self, person: Person, facts: LetterFacts, language: str, company: Company) -> PageAddress:
        identity, today = facts.identity, self._clock.today()
        post = company.contact(Channel.POST)
        below = identity.postal_address or (identity.email,)
        return PageAddress(
            sender_lines=tuple(line for line in (identity.name, *below) if line),
            recipient_lines=(company.name, *(post.value.splitlines() if post else ())),
            written_on=today,
            date_text=self._templates.date_text(today, language),
            reference=facts.reference,
            page_format=usual_format(person.place),
        )


def _names(company: Company) -> set[str]:
    return {name.casefold() for name in (company.name, *company.aliases, *company.domains)}


def _channel(company: Company) -> Channel:
    """The company's first channel that takes a whole letter, else a page that can be printed."""
    written = (Channel.EMAIL, Channel.FORM, Channel.POST)
    return next((channel for channel in written if channel in company.channels), Channel.POST)


def _require_facts(order: LetterOrder, law: LawId) -> None:
    told = {fact for fact, text in order.facts if text.strip()}
    for fact in told - set(facts_of(order.right)):
        raise InputError("fact", f"A letter for “{order.right}” says nothing about “{fact}”.")
    for fact in sorted(facts_needed(order.right, law) - told):
        raise InputError(
            "fact", f"This letter asks for nothing without “{fact}”: say it with --fact {fact}=TEXT."
        )


def _request(
    order: LetterOrder, company: Company, law: LawId, channel: Channel, recipient: str, today: date
) -> OptOutRequest:
    asked_on = order.asked_on
    sent = () if asked_on is None else (_sent(asked_on, channel),)
    return OptOutRequest(
        id=RequestId("unkept"),
        person=order.person.id,
        company=company.id,
        company_name=company.name,
        right=order.right,
        law=law,
        residence=order.person.place,
        addressee_place=addressee_place_of(company.country),
        channel=channel,
        to_address=recipient,
        reference=order.reference or new_reference(),
        created_on=asked_on or today,
        identity=_identity(order, company, channel),
        facts=order.facts,
        events=sent,
    )


def _sent(on: date, channel: Channel) -> RequestEvent:
    return RequestEvent(
        id=EventId("sent"),
        kind=EventKind.SENT,
        on=on,
        recorded_at=datetime.combine(on, time()),
        grade=ProofGrade.STATED,
        channel=channel,
    )


def _identity(order: LetterOrder, company: Company, channel: Channel) -> frozenset[IdentityItem]:
    """What the letter tells of the person. Raises InputError where a ticked item is not there."""
    held = disclose(order.person, frozenset(IdentityItem)).items()
    if order.ticked is None:
        return least_identity(company, order.right, channel) & held
    for item in sorted(order.ticked - held):
        raise InputError(
            "tick", f"The person file holds no {str(item).replace('_', ' ')} that could be told."
        )
    return order.ticked
