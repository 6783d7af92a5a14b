# SPDX-License-Identifier: Apache-2.0
"""Letters: the words for a request, from its facts to a text that a person can edit.

``letter_facts`` gathers what a letter may say; the catalogue fills it in, in the company's language unless the
person chose another; an edited text is kept as a draft until the letter goes out. A letter that went out is never
rendered again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from optout_desktop.catalog.templates import OWN, Templates
from optout_desktop.domain.clocks import Clock, RulesSnapshot
from optout_desktop.domain.companies import Channel, Company
from optout_desktop.domain.counting import Dates
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound, TemplateError
from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.laws import Law
from optout_desktop.domain.letters import (
    Attachment,
    Letter,
    LetterChoice,
    LetterFacts,
    LetterKind,
    OwnTemplate,
    PageAddress,
    PageFormat,
    Shape,
    Tone,
)
from optout_desktop.domain.people import DisclosedIdentity, IdentityItem, Person
from optout_desktop.domain.requests import OptOutRequest
from optout_desktop.domain.running import main_clock
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .assessing import Assessor
from .companies import CompanyService
from .follow_ups import expected_clock, follow_ups, takes_no_letter, why_not
from .laws import LawService
from .least_identity import least_identity
from .letter_facts import REMINDERS, Case, facts_of_case
from .letter_ground import Ground, Which, Wishes
from .letter_languages import proposed_language, reply_language
from .paper import usual_format
from .ports import Clock as Time
from .ports import Pages
from .preferences import PreferenceService
from .undoing import UndoLabel, UndoService

MAX_BODY_LENGTH = 64 * 1024
_UNCHOSEN = LetterChoice()


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """A letter as the preview shows it, with what stands beside it.

    ``recipient`` is the address of the channel; ``recipient_source`` says where it is from. ``answer_by_on`` is
    None where the law gives no number. ``missing`` says why the letter cannot go out by its channel yet, and
    ``problem`` what is wrong with the person's own template for this request.

    ``language`` is the letter's, one of ``languages``; ``proposed_language`` is what the company is taken to read.
    ``companion`` is the same letter in the person's language, None where they read it anyway or changed the text.
    ``beyond_least`` are the items in the letter that ``least``, what such a company needs, does not hold.
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
    facts: LetterFacts
    postal_address: str = ""
    """Where a printed letter goes, line by line; empty where nobody knows."""
    phone_number: str = ""
    chat_address: str = ""
    missing: str = ""
    problem: str = ""
    languages: tuple[str, ...] = ()
    proposed_language: str = ""
    choice: LetterChoice = field(default_factory=LetterChoice)
    companion: Letter | None = None
    least: frozenset[IdentityItem] = frozenset()
    attachments: tuple[Attachment, ...] = ()

    @property
    def language(self) -> str:
        """The language that the letter is written in."""
        return self.letter.language

    @property
    def tone(self) -> Tone:
        """How the letter speaks."""
        return self.choice.tone

    @property
    def beyond_least(self) -> frozenset[IdentityItem]:
        """What the letter tells of the person beyond the least."""
        return self.identity.items() - self.least


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
        """A letter with what stands beside it. Raises NotAllowed for a reminder of what was never sent, for
        whatever does not fit now, and for whatever is said to a register.
        """
        seen = self.views(((request, kind),))(request, kind)
        return replace(seen, companion=self._companion(seen.facts, seen.letter))

    def views(self, which: Sequence[Which]) -> Callable[[RequestId, LetterKind], LetterView]:
        """What gives each of these letters as ``view`` does, without a companion; the vault is read once, now."""
        with self._vault.reading() as stores:
            ground = Ground.of(stores, self._assessor, which)
        page_format = str(self._preferences.get("page_format"))

        def view(request: RequestId, kind: LetterKind) -> LetterView:
            wishes = ground.wishes(request, kind)
            case = self._case(kind, ground.request(request), ground)
            case = replace(case, attachments=tuple(one.name for one in wishes.attachments))
            return self._view(case, wishes, page_format)

        return view

    def choose(
        self, request: RequestId, kind: LetterKind, choice: LetterChoice, *, drops_edited: bool = False
    ) -> LetterView:
        """Keep how a letter is to be written: its language, its tone, an own template or the shipped one.

        A text that the person edited stays as it is: another choice raises NotAllowed unless ``drops_edited``, and
        then undoing brings the text back. Raises InputError for a language or a template that does not fit.
        """
        before = self._wishes(request, kind)
        after = None if choice == _UNCHOSEN else choice
        if after == before.choice:
            return self.view(request, kind)
        name = self._require_choosable(request, kind, choice)
        if before.edited is not None and not drops_edited:
            raise NotAllowed(
                "You edited the text of this letter. Another language, tone or template replaces your words; "
                "undoing brings them back. Nothing was changed."
            )
        self._swap(request, kind, name, before, replace(before, edited=None, choice=after))
        return self.view(request, kind)

    def save(self, request: RequestId, kind: LetterKind, subject: str, body: str) -> LetterView:
        """Keep the text as the person edited it, in the language that it is in.

        Raises InputError for an empty or endless text.
        """
        if not subject.strip() or any(ord(char) < ord(" ") for char in subject):
            raise InputError("subject", "A letter needs a subject of one line.")
        if not body.strip():
            raise InputError("body", "The letter is empty. Write something, or go back to the template.")
        if len(body) > MAX_BODY_LENGTH:
            raise InputError(
                "body", "This text is longer than 64 KiB. Shorten it; files can be added separately."
            )
        seen, before = self.view(request, kind), self._wishes(request, kind)
        choice = replace(seen.choice, language=seen.language)
        after = replace(before, edited=(subject.strip(), body), choice=choice)
        self._swap(request, kind, seen.request.company_name, before, after, UndoLabel.LETTER_EDITED)
        return self.view(request, kind)

    def reset(self, request: RequestId, kind: LetterKind) -> LetterView:
        """Go back to the template; what was edited can be brought back by undo."""
        before = self._wishes(request, kind)
        if before.edited is not None:
            with self._vault.reading() as stores:
                name = stores.requests.get(request).company_name
            after = replace(before, edited=None)
            self._swap(request, kind, name, before, after, UndoLabel.LETTER_EDITED)
        return self.view(request, kind)

    def shaped(self, view: LetterView, shape: Shape, limit: int | None = None) -> Letter:
        """The letter for a form's field of ``limit`` characters, or as a script for a call; needs no vault.

        The person's own words are theirs to shorten. Raises TemplateError where the text cannot be that short.
        """
        is_own = view.letter.is_edited or view.letter.template.startswith(OWN)
        is_keyword = view.request.channel is Channel.SMS
        if shape is Shape.FULL or is_keyword or (is_own and shape is Shape.SHORT):
            return view.letter
        return self._templates.fill(replace(view.facts, shape=shape), view.language, limit)

    def beside(self, view: LetterView) -> Letter | None:
        """The shipped letter in the person's language, None where they read the letter's own; needs no vault."""
        if not view.facts.reply_language or view.request.channel is Channel.SMS:
            return None
        return view.companion or self._templates.fill(view.facts, view.facts.reply_language)

    def pdf(self, view: LetterView, *, is_registered: bool = False) -> bytes:
        """The letter as a page for a window envelope; needs no vault, so it may run outside its thread."""
        unnamed = self._unnamed(view)
        return self._pages.letter(view.letter, self._page(view), annexes=unnamed, is_registered=is_registered)

    def preview(self, view: LetterView, *, is_registered: bool = False) -> tuple[bytes, ...]:
        """The same pages as pictures (PNG); needs no vault."""
        unnamed = self._unnamed(view)
        return self._pages.preview(
            view.letter, self._page(view), annexes=unnamed, is_registered=is_registered
        )

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

    # ── what is kept ─────────────────────────────────────────────────────────────────────────────────

    def _wishes(self, request: RequestId, kind: LetterKind) -> Wishes:
        with self._vault.reading() as stores:
            return Wishes.of(stores, request, kind)

    def _swap(
        self,
        request: RequestId,
        kind: LetterKind,
        name: str,
        before: Wishes,
        after: Wishes,
        label: UndoLabel = UndoLabel.LETTER_CHOSEN,
    ) -> None:
        self._put(request, kind, after)
        self._undoing.push(
            label,
            name,
            undo=lambda: self._put(request, kind, before),
            redo=lambda: self._put(request, kind, after),
        )

    def _put(self, request: RequestId, kind: LetterKind, wishes: Wishes) -> None:
        with self._vault.writing() as stores:
            stores.letter_choices.put(request, kind, wishes.choice)
            if wishes.edited is None:
                stores.letters.drop_draft(request, kind)
            else:
                stores.letters.put_draft(request, kind, *wishes.edited, self._clock.now())

    def _require_choosable(self, request: RequestId, kind: LetterKind, choice: LetterChoice) -> str:
        """The company's name. Raises InputError where a choice does not fit the letter."""
        with self._vault.reading() as stores:
            found = stores.requests.get(request)
            own = stores.own_templates.find(choice.template) if choice.template else None
        if choice.language and choice.language not in self._templates.languages:
            known = ", ".join(self._templates.languages)
            raise InputError("language", f"Letters are written in {known}, not in “{choice.language}”.")
        if choice.template and (own is None or own.kind is not kind or own.right not in {None, found.right}):
            raise InputError("template", "This template is for another letter, or it is in the bin.")
        return found.company_name

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────

    def _case(self, kind: LetterKind, request: OptOutRequest, ground: Ground) -> Case:
        person, kept = ground.people[request.person], ground.rules[request.rules]
        if refused := takes_no_letter(request):
            raise NotAllowed(f"{refused} Nothing was changed.")
        if kind is not LetterKind.REQUEST and request.sent_on is None:
            raise NotAllowed(
                "This request was not sent yet, so there is nothing to remind of. Send it first."
            )
        law, clocks = self._laws.law(request.law), self._assessor.clocks(request, kept)
        today = self._clock.today()
        is_later = kind not in {LetterKind.REQUEST, LetterKind.REMINDER}
        if is_later and kind not in follow_ups(request, law, clocks, today):
            raise NotAllowed(f"{why_not(kind)} Nothing was changed.")
        deadline = main_clock(clocks)
        if kind not in REMINDERS and (is_later or (deadline is None and request.sent_on is None)):
            deadline = self._expected(request, kind, kept)
        return Case(
            kind=kind,
            request=request,
            person=person,
            me=ground.me or person,
            law=law,
            company=self._company(request),
            clocks=clocks,
            deadline=deadline,
            today=today,
            regulator_name=self._regulator(law),
        )

    def _view(self, case: Case, wishes: Wishes, page_format: str) -> LetterView:
        request, choice = case.request, wishes.choice or _UNCHOSEN
        proposed = proposed_language(case.company, self._templates.languages)
        language = choice.language or proposed
        if wishes.own is not None and not wishes.edited:
            language = wishes.own.language
        facts = replace(
            facts_of_case(case),
            tone=choice.tone,
            reply_language=reply_language(case.person.language, language, self._templates.languages),
        )
        letter, problem = self._letter(facts, wishes, language)
        contact = _contact(case.company, request.to_address)
        dates = _dates(case)
        return LetterView(
            letter=letter,
            request=request,
            person=case.person,
            identity=facts.identity,
            recipient=request.to_address,
            recipient_source=contact[0],
            recipient_checked_on=contact[1],
            legal_basis=facts.legal_basis,
            answer_by_on=dates.due if dates else None,
            flag_after_on=dates.flag_after if dates else None,
            page_format=_page_format(page_format, case.person),
            facts=facts,
            postal_address=_address(case, Channel.POST),
            phone_number=_address(case, Channel.CALL),
            chat_address=_address(case, Channel.CHAT),
            missing=_missing(request),
            problem=problem,
            languages=self._templates.languages,
            proposed_language=proposed,
            choice=choice,
            least=least_identity(case.company, request.right, request.channel),
            attachments=wishes.attachments,
        )

    def _letter(self, facts: LetterFacts, wishes: Wishes, language: str) -> tuple[Letter, str]:
        """The letter as it would leave, and what is wrong with the own template that it is made from."""
        if wishes.edited is not None:
            filled = self._edited(facts, wishes, language)
            return replace(filled, subject=wishes.edited[0], body=wishes.edited[1], is_edited=True), ""
        if wishes.own is None or facts.channel is Channel.SMS:
            return self._templates.fill(facts, language), ""
        try:
            return self._templates.fill_own(wishes.own, facts), ""
        except TemplateError as error:
            own = wishes.own
            shown = self._templates.preview_own(own.subject, own.body, facts, own.language)
            return _named_after(shown.letter, own), str(error)

    def _edited(self, facts: LetterFacts, wishes: Wishes, language: str) -> Letter:
        """What an edited letter was made from, without its words."""
        if wishes.own is not None:
            bare = Letter(kind=facts.kind, subject="", body="", language=language)
            return replace(_named_after(bare, wishes.own), language=language)
        return self._templates.fill(facts, language)

    def _companion(self, facts: LetterFacts, letter: Letter) -> Letter | None:
        is_own = letter.is_edited or letter.template.startswith(OWN)
        if not facts.reply_language or is_own or facts.channel is Channel.SMS:
            return None
        return self._templates.fill(facts, facts.reply_language)

    def _company(self, request: OptOutRequest) -> Company | None:
        try:
            return self._companies.get(request.company)
        except NotFound:
            return None

    def _expected(self, request: OptOutRequest, kind: LetterKind, kept: RulesSnapshot | None) -> Clock | None:
        """The deadline if the letter were sent today."""
        now = datetime.combine(self._clock.today(), time())
        return expected_clock(kind, request, now, lambda one: self._assessor.clocks(one, kept))

    def _regulator(self, law: Law) -> str:
        return self._laws.regulator(law.regulators[0]).name if law.regulators else ""

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
            date_text=self._templates.date_text(today, view.language),
            reference=view.request.reference,
            page_format=view.page_format,
        )

    @staticmethod
    def _unnamed(view: LetterView) -> tuple[str, ...]:
        """What goes along and is not named in the text, as in a text of the person's own."""
        return tuple(one.name for one in view.attachments if one.name not in view.letter.body)


def file_name(request: OptOutRequest, ending: str) -> str:
    """A name for what leaves the app, without personal data."""
    return f"{request.reference}.{ending}"


def _page_format(chosen: str, person: Person) -> PageFormat:
    return PageFormat(chosen) if chosen else usual_format(person.place)


def _named_after(letter: Letter, own: OwnTemplate) -> Letter:
    return replace(letter, template=f"{OWN}{own.id}", template_version=own.version, language=own.language)


def _dates(case: Case) -> Dates | None:
    """The days beside a letter: a reminder shows the one that has passed, and what comes later never does."""
    dates = case.deadline.dates if case.deadline else None
    if dates is None or case.kind is LetterKind.WHAT_WAS_KEPT:
        return None
    may_be_past = case.kind in {LetterKind.REQUEST, LetterKind.REMINDER}
    return dates if may_be_past or dates.due >= case.today else None


def _contact(company: Company | None, address: str) -> tuple[str, date | None]:
    contacts = company.contacts if company else ()
    found = next((one for one in contacts if one.value == address), None)
    return (found.source, found.checked_on) if found else ("", None)


def _address(case: Case, channel: Channel) -> str:
    """The request's own address where it goes by ``channel``, else the company's for it."""
    if case.request.channel is channel:
        return case.request.to_address
    contact = case.company.contact(channel) if case.company else None
    return contact.value if contact else ""


def _missing(request: OptOutRequest) -> str:
    if request.channel in {Channel.EMAIL, Channel.SMS, Channel.POST} and not request.to_address:
        return "to"
    return ""
