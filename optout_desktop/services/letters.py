# SPDX-License-Identifier: Apache-2.0
"""Letters: the words for a request, from its facts to a text that a person can edit.

``facts_for`` gathers what a letter may say; the catalogue fills it in; an edited text is kept as a draft until
the letter goes out. A letter that went out is never rendered again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from optout_desktop.catalog.templates import Templates
from optout_desktop.domain.clocks import Clock, ClockState, RulesSnapshot
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.laws import COMPANY_ACTS, Law, Rule, Step, Unit
from optout_desktop.domain.letters import Letter, LetterFacts, LetterKind, PageAddress, PageFormat
from optout_desktop.domain.people import DisclosedIdentity, IdentityItem, Person, PersonKind, disclose
from optout_desktop.domain.places import country_of
from optout_desktop.domain.requests import OptOutRequest
from optout_desktop.domain.running import main_clock
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .assessing import Assessor
from .companies import CompanyService
from .follow_ups import citation_for, expected_clock, follow_ups, said_of, takes_no_letter
from .laws import LawService
from .ports import Clock as Time
from .ports import Pages
from .preferences import PreferenceService
from .undoing import UndoLabel, UndoService

MAX_BODY_LENGTH = 64 * 1024
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""Letters are in English for now, whatever language the machine speaks (``%B`` follows the machine)."""
_LATER = frozenset({LetterKind.APPEAL, LetterKind.COMPLAINT, LetterKind.EXTENSION_OBJECTION})
_WHY_NOT = {
    LetterKind.APPEAL: "An appeal follows a refusal, under a law that gives one.",
    LetterKind.COMPLAINT: "This law does not make the company answer a complaint, or the request was not sent.",
    LetterKind.EXTENSION_OBJECTION: "The company took no extension that would be doubtful under this law.",
}
LETTER_PAPER = frozenset({"US", "CA", "MX"})
"""Countries that print on US Letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """A letter as the preview shows it, with what stands beside it.

    ``recipient`` is the address of the channel; ``recipient_source`` says where it is from. ``answer_by_on`` is
    None where the law gives no number. ``missing`` says why the letter cannot go out by its channel yet.
    """

    letter: Letter
    request: OptOutRequest
    person: Person
    identity: DisclosedIdentity
    recipient: str
    recipient_source: str
    recipient_checked_on: date | None
    legal_basis: str
    answer_by_on: date | None
    flag_after_on: date | None
    page_format: PageFormat
    postal_address: str = ""
    """Where a printed letter goes, line by line; empty where nobody knows."""
    missing: str = ""


class LetterService:
    """Everything that can be done with the words of a letter."""

    def __init__(  # noqa: PLR0913, PLR0917 - a letter is where every room meets
        self,
        vault: Vault[Stores],
        assessor: Assessor,
        laws: LawService,
        companies: CompanyService,
        templates: Templates,
        pages: Pages,
        preferences: PreferenceService,
        clock: Time,
        undoing: UndoService,
    ) -> None:
        self._vault = vault
        self._assessor = assessor
        self._laws = laws
        self._companies = companies
        self._templates = templates
        self._pages = pages
        self._preferences = preferences
        self._clock = clock
        self._undoing = undoing

    def view(self, request: RequestId, kind: LetterKind = LetterKind.REQUEST) -> LetterView:
        """A letter with what stands beside it. Raises NotAllowed for a reminder of what was never sent, and
        for whatever is said to a register.
        """
        with self._vault.reading() as stores:
            found = stores.requests.get(request)
            person = stores.people.get(found.person)
            me = next((one for one in stores.people.all() if one.kind is PersonKind.ONESELF), person)
            edited = stores.letters.draft(request, kind)
            kept = self._assessor.kept(stores, found)
        if why_not := takes_no_letter(found):
            raise NotAllowed(f"{why_not} Nothing was changed.")
        if kind is not LetterKind.REQUEST and found.sent_on is None:
            raise NotAllowed(
                "This request was not sent yet, so there is nothing to remind of. Send it first."
            )
        law = self._laws.law(found.law)
        clocks = self._assessor.clocks(found, kept)
        if kind in _LATER:
            self._require_fitting(kind, found, law, clocks, self._clock.today())
            deadline = self._expected(found, kind, kept)
        else:
            deadline = main_clock(clocks) or (None if found.sent_on else self._expected(found, kind, kept))
        facts = self._facts(found, person, me, law, kind, deadline)
        if kind in _LATER:
            late = main_clock(clocks)
            facts = replace(
                facts,
                **said_of(found, clocks),
                later_citation=citation_for(kind, law, clocks),
                was_due_on=_missed_on(late, self._clock.today()),
            )
        letter = self._templates.fill(facts)
        if edited is not None:
            letter = replace(letter, subject=edited[0], body=edited[1], is_edited=True)
        contact_source, contact_checked = self._contact(found)
        dates = deadline.dates if deadline else None
        return LetterView(
            letter=letter,
            request=found,
            person=person,
            identity=facts.identity,
            recipient=found.to_address,
            recipient_source=contact_source,
            recipient_checked_on=contact_checked,
            legal_basis=facts.legal_basis,
            answer_by_on=dates.due if dates else None,
            flag_after_on=dates.flag_after if dates else None,
            page_format=self._page_format(person),
            postal_address=self._postal_address(found),
            missing=_missing(found),
        )

    def save(self, request: RequestId, kind: LetterKind, subject: str, body: str) -> LetterView:
        """Keep the text as the person edited it. Raises InputError for an empty or endless text."""
        if not subject.strip() or any(ord(char) < ord(" ") for char in subject):
            raise InputError("subject", "A letter needs a subject of one line.")
        if not body.strip():
            raise InputError("body", "The letter is empty. Write something, or go back to the template.")
        if len(body) > MAX_BODY_LENGTH:
            raise InputError(
                "body", "This text is longer than 64 KiB. Shorten it; files can be added separately."
            )
        with self._vault.reading() as stores:
            before = stores.letters.draft(request, kind)
            name = stores.requests.get(request).company_name
        after = (subject.strip(), body)
        self._put(request, kind, after)
        self._undoing.push(
            UndoLabel.LETTER_EDITED,
            name,
            undo=lambda: self._put(request, kind, before),
            redo=lambda: self._put(request, kind, after),
        )
        return self.view(request, kind)

    def reset(self, request: RequestId, kind: LetterKind) -> LetterView:
        """Go back to the shipped template; what was edited can be brought back by undo."""
        with self._vault.reading() as stores:
            before = stores.letters.draft(request, kind)
            name = stores.requests.get(request).company_name
        if before is not None:
            self._put(request, kind, None)
            self._undoing.push(
                UndoLabel.LETTER_EDITED,
                name,
                undo=lambda: self._put(request, kind, before),
                redo=lambda: self._put(request, kind, None),
            )
        return self.view(request, kind)

    def pdf(self, view: LetterView) -> bytes:
        """The letter as a page for a window envelope; needs no vault, so it may run outside its thread."""
        return self._pages.letter(view.letter, self._page(view))

    def preview(self, view: LetterView) -> tuple[bytes, ...]:
        """The same pages as pictures (PNG); needs no vault."""
        return self._pages.preview(view.letter, self._page(view))

    def follow_ups(self, request: RequestId) -> tuple[LetterKind, ...]:
        """The letters beside a reminder that fit a request now."""
        with self._vault.reading() as stores:
            found = stores.requests.get(request)
            kept = self._assessor.kept(stores, found)
        law, clocks = self._laws.law(found.law), self._assessor.clocks(found, kept)
        fitting = follow_ups(found, law, clocks, self._clock.today())
        return tuple(kind for kind in fitting if self._templates.offers(found.right, kind))

    def offers_reminder(self, request: OptOutRequest) -> bool:
        """True where there is a reminder letter for a request's right."""
        return self._templates.offers(request.right, LetterKind.REMINDER)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _put(self, request: RequestId, kind: LetterKind, text: tuple[str, str] | None) -> None:
        with self._vault.writing() as stores:
            if text is None:
                stores.letters.drop_draft(request, kind)
            else:
                stores.letters.put_draft(request, kind, *text, self._clock.now())

    def _contact(self, request: OptOutRequest) -> tuple[str, date | None]:
        try:
            company = self._companies.get(request.company)
        except NotFound:
            return "", None
        contact = next((one for one in company.contacts if one.value == request.to_address), None)
        return (contact.source, contact.checked_on) if contact else ("", None)

    def _postal_address(self, request: OptOutRequest) -> str:
        if request.channel is Channel.POST:
            return request.to_address
        try:
            contact = self._companies.get(request.company).contact(Channel.POST)
        except NotFound:
            return ""
        return contact.value if contact else ""

    def _expected(self, request: OptOutRequest, kind: LetterKind, kept: RulesSnapshot | None) -> Clock | None:
        """The deadline if the letter were sent today."""
        now = datetime.combine(self._clock.today(), time())
        return expected_clock(kind, request, now, lambda one: self._assessor.clocks(one, kept))

    @staticmethod
    def _require_fitting(
        kind: LetterKind, request: OptOutRequest, law: Law, clocks: tuple[Clock, ...], today: date
    ) -> None:
        if kind not in follow_ups(request, law, clocks, today):
            raise NotAllowed(f"{_WHY_NOT[kind]} Nothing was changed.")

    def _facts(
        self,
        request: OptOutRequest,
        person: Person,
        me: Person,
        law: Law,
        kind: LetterKind,
        deadline: Clock | None,
    ) -> LetterFacts:
        offered = law.offers(request.right)
        if offered is None:
            raise NotFound("right of this law", request.right)
        today = self._clock.today()
        rule = deadline.rule if deadline else _rule_to_cite(law, request, today)
        dates = deadline.dates if deadline else None
        is_client = person.kind is PersonKind.CLIENT
        is_missed = deadline is not None and deadline.state(today) is ClockState.MISSED
        return LetterFacts(
            kind=kind,
            right=request.right,
            right_title=offered.title,
            right_citation=offered.citation,
            law=law.id,
            law_title=law.title,
            law_short_title=law.short_title,
            rule_citation=rule.citation if rule else law.citation,
            period_amount=rule.period.amount if rule else None,
            period_unit=rule.period.unit if rule else Unit.NONE_STATED,
            answer_by_on=dates.due if dates and kind is not LetterKind.REMINDER else None,
            written_on=today,
            reference=request.reference,
            company_name=request.company_name,
            channel=request.channel,
            identity=disclose(person, request.identity, request.customer_number),
            list_id=request.list_id,
            asked_on=request.sent_on,
            was_due_on=dates.due if dates and is_missed else None,
            days_late=(today - dates.flag_after).days if dates and is_missed else 0,
            is_for_client=is_client,
            client_name=person.name if is_client and IdentityItem.NAME in request.identity else "",
            writer_name=me.name if is_client else "",
            no_reask_months=_no_reask_months(law, request, today),
            facts=request.facts,
            regulator_name=self._regulator(law),
        )

    def _regulator(self, law: Law) -> str:
        if not law.regulators:
            return ""
        return self._laws.regulator(law.regulators[0]).name

    def _page_format(self, person: Person) -> PageFormat:
        chosen = str(self._preferences.get("page_format"))
        if chosen:
            return PageFormat(chosen)
        is_letter = country_of(person.place) in LETTER_PAPER
        return PageFormat.US_LETTER_10 if is_letter else PageFormat.A4_DIN_5008

    def _page(self, view: LetterView) -> PageAddress:
        identity = view.identity
        lines = [identity.name, *identity.postal_address]
        if not identity.postal_address:
            lines.append(identity.email)
        recipient = view.postal_address.splitlines()
        today = self._clock.today()
        return PageAddress(
            sender_lines=tuple(line for line in lines if line),
            recipient_lines=(view.request.company_name, *(line for line in recipient if line.strip())),
            written_on=today,
            date_text=f"{today.day} {_MONTHS[today.month - 1]} {today.year}",
            reference=view.request.reference,
            page_format=view.page_format,
        )


def file_name(request: OptOutRequest, ending: str) -> str:
    """A name for what leaves the app, without personal data."""
    return f"{request.reference}.{ending}"


def _missing(request: OptOutRequest) -> str:
    if request.channel in {Channel.EMAIL, Channel.SMS, Channel.POST} and not request.to_address:
        return "to"
    return ""


def _missed_on(clock: Clock | None, today: date) -> date | None:
    """The day that has passed without an answer, or None."""
    if clock is None or clock.dates is None or clock.state(today) is not ClockState.MISSED:
        return None
    return clock.dates.due


def _rule_to_cite(law: Law, request: OptOutRequest, today: date) -> Rule | None:
    rules = law.rules_for(request.right, request.sent_on or today)
    return next((rule for rule in rules if rule.step in COMPANY_ACTS), None)


def _no_reask_months(law: Law, request: OptOutRequest, today: date) -> int | None:
    for rule in law.rules_for(request.right, request.sent_on or today):
        if rule.step is Step.NO_REASK and rule.period.unit is Unit.MONTHS:
            return rule.period.amount
    return None
