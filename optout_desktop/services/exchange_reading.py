# SPDX-License-Identifier: Apache-2.0
"""Reading in: each request of a file held against the vault → what would become of it, and what to write.

The plan is made twice: once to show it, and again in the transaction that carries it out, so that what changed
meanwhile is seen. People are found by id, then by name and e-mail address; companies by id, by domain, and from
tables by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from optout_desktop.catalog.companies import Directory
from optout_desktop.domain.companies import Company, Origin
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.exchange import (
    CopiedLetter,
    ImportChoice,
    ImportSource,
    PlannedLine,
    Problem,
    ReadDocument,
    ReadRequest,
    Verdict,
)
from optout_desktop.domain.ids import CompanyId, EventId, LawId, PersonId, RequestId, register_in
from optout_desktop.domain.laws import Law
from optout_desktop.domain.people import Person, PersonKind
from optout_desktop.domain.requests import OptOutRequest, RequestEvent
from optout_desktop.domain.snapshots import snapshot_from_text
from optout_desktop.storage.stores import Stores

from .laws import addressee_place_of

AT_ONCE = 200
"""Requests that are looked at, and written, together."""

MOST_ENTRIES = 500
"""Entries of one request: more is no request, and would be counted for ever."""

_SAID_BY_ALL = ("person", "company", "right", "law")
_SAID_BY_DOCUMENTS = (
    *_SAID_BY_ALL,
    *("residence", "channel", "to_address", "list_id", "reference", "identity", "customer_number", "facts"),
    "created_on",
)
_COMPANY_ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,199}")


class Laws(Protocol):
    """Where a law is asked for."""

    def law(self, law: LawId) -> Law:
        """One law. Raises NotFound."""
        ...


class LeftOut(Exception):
    """A request of the file stays out, or stays as it is in the vault."""

    def __init__(self, problem: Problem, detail: str = "", verdict: Verdict = Verdict.UNUSABLE) -> None:
        super().__init__(f"{problem}: {detail}")
        self.problem = problem
        self.detail = detail
        self.verdict = verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One request of the file and what is to be written of it; ``request`` is None where nothing is."""

    line: PlannedLine
    request: OptOutRequest | None = None
    before: OptOutRequest | None = None
    fresh: tuple[RequestEvent, ...] = ()
    letters: tuple[CopiedLetter, ...] = ()
    letters_left_out: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _There:
    """What the vault has of the names in one bundle."""

    known: dict[RequestId, OptOutRequest]
    notes: dict[RequestId, str]
    taken: dict[str, RequestId]
    owners: dict[EventId, RequestId]
    letters: frozenset[str]


class Planner:
    """Holds a file against the vault; ``new_people`` and ``new_companies`` grow as they are needed."""

    def __init__(
        self, stores: Stores, laws: Laws, directory: Directory, document: ReadDocument, choice: ImportChoice
    ) -> None:
        self._laws = laws
        self._directory = directory
        self._document = document
        self._choice = choice
        self.new_people: dict[PersonId, Person] = {}
        self.new_companies: dict[CompanyId, Company] = {}
        self._people = {person.id: person for person in stores.people.everybody()}
        self._present = stores.people.all()
        self._own = {company.id: company for company in stores.companies.all()}
        self._their_people = {person.id: person for person in document.people}
        self._their_companies = {company.id: company for company in document.companies}
        self._rules = dict(document.rules)
        self._sound: dict[str, bool] = {}
        self._who: dict[PersonId, Person] = {}
        self._whom: dict[CompanyId, Company] = {}
        self._first_at: dict[str, str] = {}
        self._is_document = document.source is ImportSource.JSON
        self._by_domain: dict[str, Company] = {}
        self._by_name: dict[str, list[Company]] = {}
        for company in self._own.values():
            self._find_by(company)

    def rules(self, digest: str) -> str:
        """The canonical text of a snapshot that came with the file, or an empty text."""
        return self._rules.get(digest, "")

    def bundles(self, told: Callable[[int, int], None]) -> Iterator[Sequence[ReadRequest]]:
        """The requests of the file in its order, so many at once. ``told`` may raise to end it."""
        wanted = self._document.requests
        for start in range(0, len(wanted), AT_ONCE):
            told(start, len(wanted))
            yield wanted[start : start + AT_ONCE]
        told(len(wanted), len(wanted))

    # ── one bundle ───────────────────────────────────────────────────────────────────────────────────

    def plan(self, stores: Stores, many: Sequence[ReadRequest]) -> tuple[Planned, ...]:
        """The plans of one bundle; bundles come in the order of the file."""
        known = {one.id: one for one in stores.requests.many(read.request.id for read in many)}
        there = _There(
            known=known,
            notes=stores.exchange.notes(known),
            taken=stores.exchange.by_reference(read.request.reference for read in many),
            owners=stores.exchange.requests_of_entries(
                event.id for read in many for event in read.request.events
            ),
            letters=stores.exchange.letter_ids(one.kept.id for read in many for one in read.letters),
        )
        return tuple(self._one(read, there) for read in many)

    def _one(self, read: ReadRequest, there: _There) -> Planned:
        try:
            _require_order(read.request)
            self._require_once(read)
            theirs = self._mapped(read)
            _require_own_names(theirs, there)
            before = there.known.get(theirs.id)
            if before is None:
                planned = self._new(theirs, read)
            else:
                planned = self._again(theirs, read, before, there.notes.get(before.id, ""))
        except LeftOut as error:
            return Planned(
                line=_line(read, error.verdict, problem=error.problem, detail=error.detail),
            )
        if planned.request is None:
            return planned
        whole = tuple(one for one in read.letters if one.is_whole and one.kept.id not in there.letters)
        vouching = {event.id for event in planned.request.events}
        return replace(
            planned,
            letters=tuple(one for one in whole if one.event is None or one.event in vouching),
            letters_left_out=sum(not one.is_whole for one in read.letters),
        )

    def _require_once(self, read: ReadRequest) -> None:
        """Raise LeftOut where the id, the reference or an entry stood in the file before."""
        request = read.request
        names = (request.id, f"reference {request.reference}", *(event.id for event in request.events))
        for name in names:
            if (earlier := self._first_at.get(name)) is not None:
                raise LeftOut(Problem.TWICE, earlier)
        if len(set(names)) < len(names):
            raise LeftOut(Problem.TWICE, read.place)
        self._first_at |= dict.fromkeys(names, read.place)

    def _new(self, theirs: OptOutRequest, read: ReadRequest) -> Planned:
        _require_possible(theirs)
        if not theirs.sent_on:
            theirs = replace(theirs, rules="")
        return Planned(line=_line(read, Verdict.NEW), request=theirs, note=read.note)

    def _again(
        self, theirs: OptOutRequest, read: ReadRequest, before: OptOutRequest, kept_note: str
    ) -> Planned:
        """A request that is there: what it has not is added, what differs keeps the whole of it as it is."""
        said = _SAID_BY_DOCUMENTS if self._is_document else _SAID_BY_ALL
        for name in said:
            if getattr(before, name) != getattr(theirs, name):
                raise LeftOut(Problem.REQUEST_DIFFERS, name, Verdict.CONFLICT)
        if self._document.source is ImportSource.CSV:
            return Planned(line=_line(read, Verdict.KNOWN))  # a row tells less than what is there
        mine = {event.id: replace(event, sequence=0) for event in before.events}
        fresh = tuple(event for event in theirs.events if event.id not in mine)
        for event in theirs.events:
            if event.id in mine and replace(event, sequence=0) != mine[event.id]:
                raise LeftOut(Problem.ENTRY_DIFFERS, f"{event.kind} {event.on}", Verdict.CONFLICT)
        note = "" if kept_note else read.note
        if not fresh and not note:
            return Planned(line=_line(read, Verdict.KNOWN))
        after = replace(before, events=_numbered((*before.events, *fresh)))
        _require_possible(after, Verdict.CONFLICT)
        if after.sent_on == theirs.sent_on != before.sent_on:
            after = replace(after, rules=theirs.rules)
        elif after.sent_on != before.sent_on:
            after = replace(after, rules="")
        line = _line(read, Verdict.MERGED, new_entries=len(fresh))
        return Planned(line=line, request=after, before=before, fresh=fresh, note=note)

    # ── who, whom, by which rules ────────────────────────────────────────────────────────────────────

    def _mapped(self, read: ReadRequest) -> OptOutRequest:
        """The request with the person, the company and the rules that the vault knows or will know."""
        theirs = read.request
        law = self._law(theirs)
        if theirs.rules and not self._are_sound(theirs.rules):
            raise LeftOut(Problem.RULES_DAMAGED, theirs.rules[:12])
        has_rules = theirs.rules in self._rules
        if law.offers(theirs.right) is None and not has_rules:
            raise LeftOut(Problem.NO_SUCH_RIGHT, f"{theirs.right}, {theirs.law}")
        company = self._company(theirs)
        person = self._person(theirs.person)
        names_nobody = theirs.company_name == theirs.company
        return replace(
            theirs,
            person=person.id,
            company=company.id,
            company_name=company.name if names_nobody else theirs.company_name,
            residence=theirs.residence or self._choice.place or person.place,
            addressee_place=theirs.addressee_place
            or ("" if self._is_document else addressee_place_of(company.country)),
            rules=theirs.rules if has_rules else "",
            events=_numbered(theirs.events),
        )

    def _law(self, theirs: OptOutRequest) -> Law:
        try:
            return self._laws.law(theirs.law)
        except NotFound:
            is_register = register_in(theirs.law) is not None
            problem = Problem.UNKNOWN_REGISTER if is_register else Problem.UNKNOWN_LAW
            raise LeftOut(problem, theirs.law) from None

    def _are_sound(self, digest: str) -> bool:
        """Whether rules that came with the file can be read and have their digest; missing ones are counted anew."""
        if digest not in self._rules:
            return True
        if digest not in self._sound:
            try:
                self._sound[digest] = snapshot_from_text(self._rules[digest]).digest == digest
            except InputError:
                self._sound[digest] = False
        return self._sound[digest]

    def _person(self, id_: PersonId) -> Person:
        if id_ not in self._who:
            self._who[id_] = self._found_person(id_) if id_ else self._chosen_person()
        return self._who[id_]

    def _found_person(self, id_: PersonId) -> Person:
        if (mine := self._people.get(id_)) is not None:
            return mine
        theirs = self._their_people.get(id_)
        if theirs is None:
            raise LeftOut(Problem.UNKNOWN_PERSON, id_[:12])
        for one in self._present:
            if _is_same(one, theirs):
                return one
        everybody = (*self._present, *self.new_people.values())
        has_me = any(one.kind is PersonKind.ONESELF for one in everybody)
        kind = PersonKind.CLIENT if has_me else theirs.kind
        self.new_people[id_] = replace(theirs, kind=kind)
        return self.new_people[id_]

    def _chosen_person(self) -> Person:
        """Whom the person named for the whole file, else oneself. Raises NotAllowed where nobody is there."""
        wanted = self._choice.person
        chosen = next((one for one in self._present if wanted in {None, one.id}), None)
        if chosen is None:
            raise NotAllowed(
                "This file does not say whose requests these are, and there is nobody in this vault yet. "
                "Add yourself first; nothing was changed."
            )
        return chosen

    def _company(self, request: OptOutRequest) -> Company:
        id_ = request.company
        if register_in(id_) is not None:
            return Company(id=id_, name=request.company_name)
        if id_ not in self._whom:
            self._whom[id_] = self._found_company(id_)
        return self._whom[id_]

    def _found_company(self, id_: CompanyId) -> Company:
        theirs = self._their_companies.get(id_)
        mine = self._own.get(id_)
        shipped = self._directory.get(id_)
        is_correction = theirs is not None and theirs.origin is Origin.CORRECTED
        if (
            mine is None
            and shipped is not None
            and is_correction
            and theirs is not None
            and self._is_document
        ):
            return self._added(theirs)
        if (there := mine or shipped) is not None:
            return there
        if theirs is None:
            raise LeftOut(Problem.UNKNOWN_COMPANY, id_[:40])
        if (alike := self._alike(theirs)) is not None:
            return alike
        if _COMPANY_ID.fullmatch(id_) is None:
            raise LeftOut(Problem.UNKNOWN_COMPANY, id_[:40])
        return self._added(theirs)

    def _added(self, theirs: Company) -> Company:
        self.new_companies[theirs.id] = theirs
        self._find_by(theirs)
        return theirs

    def _find_by(self, company: Company) -> None:
        for domain in company.domains:
            self._by_domain.setdefault(domain, company)
        self._by_name.setdefault(company.name.casefold(), []).append(company)

    def _alike(self, theirs: Company) -> Company | None:
        """A company that has one of its domains; from a table also one of its name."""
        for domain in theirs.domains:
            found = self._by_domain.get(domain)
            shipped = self._directory.by_domain(domain)
            if found or shipped:
                return found or shipped[0]
        if self._is_document:
            return None
        name = theirs.name.casefold()
        named = self._by_name.get(name, [])
        if not named:
            named = [one for one in self._directory.matches(theirs.name, 5) if one.name.casefold() == name]
        return named[0] if len(named) == 1 else None


def _line(
    read: ReadRequest,
    verdict: Verdict,
    *,
    new_entries: int = 0,
    problem: Problem | None = None,
    detail: str = "",
) -> PlannedLine:
    request = read.request
    sent_on = request.sent_on if problem not in {Problem.WRONG_SHAPE, Problem.TOO_LONG} else None
    return PlannedLine(
        place=read.place,
        verdict=verdict,
        name=request.company_name,
        reference=request.reference,
        right=request.right,
        sent_on=sent_on,
        new_entries=new_entries,
        problem=problem,
        detail=detail,
    )


def _is_same(mine: Person, theirs: Person) -> bool:
    mails = {address.casefold() for address in mine.emails} & {one.casefold() for one in theirs.emails}
    has_none = not mine.emails and not theirs.emails
    return mine.name.casefold() == theirs.name.casefold() and bool(mails or has_none)


def _numbered(events: tuple[RequestEvent, ...]) -> tuple[RequestEvent, ...]:
    return tuple(replace(event, sequence=number) for number, event in enumerate(events, start=1))


def _require_order(request: OptOutRequest) -> None:
    """Raise LeftOut for a history that no vault writes: endless, or with an entry that corrects a later one."""
    if len(request.events) > MOST_ENTRIES:
        raise LeftOut(Problem.TOO_LONG, "entries")
    earlier: set[EventId] = set()
    for event in request.events:
        if event.corrects is not None and event.corrects not in earlier:
            raise LeftOut(Problem.WRONG_SHAPE, "corrects")
        earlier.add(event.id)


def _require_possible(request: OptOutRequest, verdict: Verdict = Verdict.UNUSABLE) -> None:
    late = request.first_impossible()
    if late is not None:
        raise LeftOut(Problem.IMPOSSIBLE_HISTORY, f"{late.kind} {late.on}", verdict)


def _require_own_names(theirs: OptOutRequest, there: _There) -> None:
    """Raise LeftOut where its reference, or an entry of it, belongs to another request."""
    if there.taken.get(theirs.reference, theirs.id) != theirs.id:
        raise LeftOut(Problem.REFERENCE_TAKEN, theirs.reference, Verdict.CONFLICT)
    if any(there.owners.get(event.id, theirs.id) != theirs.id for event in theirs.events):
        raise LeftOut(Problem.ENTRY_ELSEWHERE, theirs.reference, Verdict.CONFLICT)
