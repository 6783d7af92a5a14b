# SPDX-License-Identifier: Apache-2.0
"""Importing companies: a list that was read in, held against what is known, then kept in one transaction.

Nothing is overwritten unasked: where a list and what is known differ, the person chooses, and what they had stays
unless they say otherwise. An import can be taken back at once, and later as far as nothing rests on it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from optout_desktop.catalog.company_search import words_of
from optout_desktop.domain.companies import Channel, Company, Contact, Origin
from optout_desktop.domain.company_lists import (
    CompanyList,
    Difference,
    ImportOutcome,
    KeptImport,
    LeftOut,
    LeftOutReason,
    Likeness,
    ListChoice,
    ListedCompany,
    ListPreview,
    ListSource,
    PreviewRow,
    TakenBack,
)
from optout_desktop.domain.errors import NotAllowed, NotFound
from optout_desktop.domain.ids import CompanyId, ImportId
from optout_desktop.domain.policy_text import FoundContact
from optout_desktop.domain.proposals import key_of
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .companies import CompanyService
from .ports import Clock, CompanyLists
from .undoing import UndoLabel, UndoService

_TOLD_EVERY = 250
_LEGAL_FORMS = frozenset(
    (
        *("llc", "inc", "ltd", "limited", "gmbh", "corp", "corporation", "co", "company", "ag", "sa", "bv"),
        *(
            "se",
            "plc",
            "lp",
            "llp",
            "kg",
            "sarl",
            "srl",
            "spa",
            "ab",
            "as",
            "oy",
            "the",
            "pty",
            "incorporated",
        ),
    )
)

Told = Callable[[int, int], None]


class ImportingService:
    """Lists of companies, read in and taken back."""

    def __init__(
        self,
        vault: Vault[Stores],
        companies: CompanyService,
        lists: CompanyLists,
        clock: Clock,
        undoing: UndoService,
    ) -> None:
        self._vault = vault
        self._companies = companies
        self._lists = lists
        self._clock = clock
        self._undoing = undoing

    def read(
        self, path: Path, source: ListSource | None = None, told: Told = lambda _done, _total: None
    ) -> CompanyList:
        """What a file says; needs no vault. ``told`` may raise, to end it. Raises ImportRefused."""
        return self._lists.read(path, source, told)

    def in_policy(self, text: str, country: str = "") -> tuple[FoundContact, ...]:
        """The addresses in a pasted privacy policy, the likeliest first; needs no vault. Raises InputError."""
        return self._lists.in_policy(text, country)

    def preview(self, found: CompanyList, told: Told = lambda _done, _total: None) -> ListPreview:
        """A list held against the directory and the person's own companies; changes nothing."""
        known = _Known(self._companies, self._lists.family)
        rows: list[PreviewRow] = []
        left_out = list(found.left_out)
        taken: dict[object, str] = {}
        for done, listed in enumerate(found.companies):
            if done % _TOLD_EVERY == 0:
                told(done, len(found.companies))
            match = known.match(listed)
            key: object = match.id if match else (_name_key(listed.company.name), listed.families)
            if key in taken:
                twice = LeftOut(place=listed.place, reason=LeftOutReason.TWICE, detail=listed.company.name)
                left_out.append(twice)
                continue
            taken[key] = listed.place
            rows.append(_held_against(listed, match))
        return ListPreview(list=found, rows=tuple(rows), left_out=tuple(left_out))

    def apply(
        self,
        preview: ListPreview,
        differing: ListChoice = ListChoice.KEEP_MINE,
        choices: Mapping[str, ListChoice] | None = None,
        told: Told = lambda _done, _total: None,
    ) -> ImportOutcome:
        """Keep what is new, and of what differs as chosen: ``choices`` by the place of a row, else ``differing``.

        What is the same, and comes in a newer list, is noted as checked on the day of that list. All of it or
        nothing, also where ``told`` raises; nothing is kept where there is nothing to change.
        """
        chosen = choices or {}
        added = [_as_new(row.listed.company) for row in preview.rows if row.likeness is Likeness.NEW]
        differs = [row for row in preview.rows if row.likeness is Likeness.DIFFERS]
        changed = [
            _changed(row, choice)
            for row in differs
            if (choice := chosen.get(row.listed.place, differing)) is not ListChoice.KEEP_MINE
        ]
        seen = [
            _seen_again(row.known, row.listed.company) for row in preview.rows if row.is_newer and row.known
        ]
        is_any = bool(added or changed or seen)
        import_id = self._keep(preview.list, [*added, *changed, *seen], told) if is_any else None
        return ImportOutcome(
            id=import_id,
            added=tuple(one.id for one in added),
            changed=tuple(one.id for one in changed),
            kept=len(differs) - len(changed),
            same=preview.count(Likeness.SAME),
            seen_again=len(seen),
            left_out=preview.left_out,
        )

    def kept(self) -> tuple[KeptImport, ...]:
        """Every import, the latest first."""
        with self._vault.reading() as stores:
            return stores.imports.all()

    def take_back(self, import_id: ImportId) -> TakenBack:
        """Undo an import later: companies that were changed since, or that a request goes to, stay as they are.

        Raises NotFound, NotAllowed where it was undone before or nothing of it can be taken back.
        """
        kept = next((one for one in self.kept() if one.id == import_id), None)
        if kept is None:
            raise NotFound("import", import_id)
        if kept.undone_at is not None:
            raise NotAllowed("This import was undone already. Nothing was changed.")
        with self._vault.reading() as stores:
            of_it, added = stores.imports.of(import_id), stores.imports.added(import_id)
            free = stores.imports.unchanged(import_id) - stores.imports.asked(added)
            now = {one.id: one for one in stores.companies.all() if one.id in of_it}
        staying = tuple(sorted(one.name for one in now.values() if one.id not in free))
        if not free:
            raise NotAllowed(
                "Every company of this import was changed since, or a request goes to it. Nothing was changed."
            )
        again = [now[one] for one in free]
        self._take_back(import_id, free)
        self._push(UndoLabel.IMPORT_UNDONE, kept.file_name, import_id, again, is_back=True)
        return TakenBack(taken_back=len(free), staying=staying)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _keep(self, found: CompanyList, changed: list[Company], told: Told) -> ImportId:
        import_id = ImportId(uuid.uuid4().hex)
        with self._vault.writing() as stores:
            stores.imports.add(import_id, found.source, found.file_name, self._clock.now(), changed, told)
        self._companies.forget_index()
        self._push(UndoLabel.COMPANIES_IMPORTED, found.file_name, import_id, changed, is_back=False)
        return import_id

    def _push(
        self, label: UndoLabel, subject: str, import_id: ImportId, changed: list[Company], *, is_back: bool
    ) -> None:
        ids = frozenset(one.id for one in changed)

        def back() -> None:
            self._take_back(import_id, ids)

        def again() -> None:
            self._put_again(import_id, changed)

        self._undoing.push(label, subject, undo=again if is_back else back, redo=back if is_back else again)

    def _take_back(self, import_id: ImportId, wanted: frozenset[CompanyId]) -> None:
        with self._vault.writing() as stores:
            stores.imports.take_back(import_id, wanted, self._clock.now())
        self._companies.forget_index()

    def _put_again(self, import_id: ImportId, changed: list[Company]) -> None:
        with self._vault.writing() as stores:
            stores.imports.put_again(import_id, changed)
        self._companies.forget_index()


class _Known:
    """Every company that is known, by the ways in which a list can mean the same one."""

    def __init__(self, companies: CompanyService, family: Callable[[str], str]) -> None:
        self._by_id: dict[CompanyId, Company] = {}
        self._by_family: dict[str, list[Company]] = {}
        self._by_name: dict[str, list[Company]] = {}
        self._families: dict[CompanyId, frozenset[str]] = {}
        for one in companies.everybody():
            self._by_id[one.id] = one
            families = frozenset(filter(None, map(family, (*one.domains, one.website))))
            self._families[one.id] = families
            for each in families:
                self._by_family.setdefault(each, []).append(one)
            for name in {_name_key(one.name), *map(_name_key, one.aliases)}:
                self._by_name.setdefault(name, []).append(one)

    def match(self, listed: ListedCompany) -> Company | None:
        """The one company that a listed one must be: by id and family, by family and name, or by either alone."""
        same_id = self._by_id.get(listed.company.id)
        families = frozenset(listed.families)
        if same_id is not None and (not families or families & self._families[same_id.id]):
            return same_id
        related = _once(one for each in listed.families for one in self._by_family.get(each, ()))
        namesakes = self._by_name.get(_name_key(listed.company.name), [])
        both = [one for one in related if one in namesakes]
        if both:
            return both[0]
        if len(related) == 1:
            return related[0]
        if related:
            return None
        apart = [one for one in namesakes if not families or not self._families[one.id]]
        exact = [one for one in apart if words_of(one.name) == words_of(listed.company.name)]
        likely = exact or apart
        own = [one for one in likely if one.origin in {Origin.ADDED, Origin.IMPORTED}]
        return likely[0] if len(likely) == 1 else own[0] if own else None


def _once(companies: Iterable[Company]) -> list[Company]:
    return list({one.id: one for one in companies}.values())


def _name_key(name: str) -> str:
    """A name without its legal form, as two lists may write it."""
    words = words_of(name)
    return " ".join(word for word in words if word not in _LEGAL_FORMS) or " ".join(words)


def _held_against(listed: ListedCompany, known: Company | None) -> PreviewRow:
    if known is None:
        return PreviewRow(listed=listed, likeness=Likeness.NEW)
    differences = []
    for channel in listed.company.channels:
        mine = [one.value for one in known.contacts if one.channel is channel]
        theirs = _unknown(listed.company, known, channel)
        if theirs:
            values = tuple(one.value for one in theirs)
            differences.append(Difference(channel=channel, mine=tuple(mine), theirs=values))
    likeness = Likeness.DIFFERS if differences else Likeness.SAME
    return PreviewRow(
        listed=listed,
        likeness=likeness,
        known=known,
        differences=tuple(differences),
        is_newer=not differences and _seen_again(known, listed.company) != known,
    )


def _unknown(listed: Company, known: Company, channel: Channel) -> list[Contact]:
    """The contacts of a channel that the list has and nobody here knew."""
    mine = [one.value for one in known.contacts if one.channel is channel]
    keys = {key_of(channel, value) for value in mine}
    words = [frozenset(words_of(value)) for value in mine] if channel is Channel.POST else []
    return [
        one
        for one in listed.contacts
        if one.channel is channel
        and key_of(channel, one.value) not in keys
        and not any(frozenset(words_of(one.value)) <= known_words for known_words in words)
    ]


def _seen_again(known: Company, listed: Company) -> Company:
    """A known company with the later day on those contacts that came from the same list, and stand in it still.

    Shipped records stay as they are: a day is not worth an own copy, which later updates would not reach.
    """
    if known.origin is Origin.SHIPPED:
        return known
    days = {_name_of(one): one.checked_on for one in listed.contacts}
    return replace(known, contacts=tuple(_checked(one, days.get(_name_of(one))) for one in known.contacts))


def _name_of(contact: Contact) -> tuple[str, Channel, str]:
    return contact.source, contact.channel, key_of(contact.channel, contact.value)


def _checked(contact: Contact, on: date | None) -> Contact:
    is_later = on is not None and contact.checked_on is not None and contact.checked_on < on
    return replace(contact, checked_on=on) if is_later else contact


def _as_new(company: Company) -> Company:
    return replace(company, id=CompanyId(f"own-{uuid.uuid4().hex}"), origin=Origin.IMPORTED)


def _changed(row: PreviewRow, choice: ListChoice) -> Company:
    """A known company with the list's contacts in the place of its own, or after them."""
    known = row.known
    if known is None:
        raise NotFound("company", row.listed.company.name)
    listed = row.listed.company
    contacts = list(known.contacts)
    for difference in row.differences:
        channel = difference.channel
        if choice is ListChoice.TAKE_THEIRS:
            theirs = [one for one in listed.contacts if one.channel is channel]
            at = next((at for at, one in enumerate(contacts) if one.channel is channel), len(contacts))
            contacts = [one for one in contacts if one.channel is not channel]
            contacts[at:at] = theirs
        else:
            contacts += _unknown(listed, known, channel)
    origin = Origin.CORRECTED if known.origin is Origin.SHIPPED else known.origin
    return replace(known, contacts=tuple(contacts), origin=origin)
