# SPDX-License-Identifier: Apache-2.0
"""Writing what was read in: rows of people, companies, requests and letters, their overview rows, and back again.

Taking an import back erases nothing: what came in goes to the bin, entries that were added are taken back by
entries, and doing it again brings all of it back.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from optout_desktop.domain.companies import Company
from optout_desktop.domain.errors import NotAllowed
from optout_desktop.domain.ids import EventId, LawId, PersonId, RequestId
from optout_desktop.domain.requests import EventKind, OptOutRequest, RequestEvent
from optout_desktop.domain.rights import Right
from optout_desktop.storage.overview import search_entry
from optout_desktop.storage.stores import Stores

from .assessing import Assessor
from .exchange_reading import AT_ONCE, Planned, Planner
from .ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedRow:
    """A request that got entries: which ones stand now, and what it counted by before."""

    request: RequestId
    entries: tuple[EventId, ...]
    rules_before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRows:
    """What one import put into the vault, for its undo; a day is that of the bin, where it came in binned."""

    added: tuple[tuple[RequestId, date | None], ...] = ()
    merged: tuple[MergedRow, ...] = ()
    people: tuple[PersonId, ...] = ()
    companies: tuple[Company, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether anything was changed."""
        return bool(self.added or self.merged)


class RowWriter:
    """Writes the plans of one import, a bundle at a time, in the transaction that is open."""

    def __init__(self, assessor: Assessor, clock: Clock) -> None:
        self._assessor = assessor
        self._clock = clock
        self._people: set[PersonId] = set()
        self._companies: set[str] = set()
        self._added: list[tuple[RequestId, date | None]] = []
        self._merged: list[MergedRow] = []
        self._counted: dict[tuple[LawId, Right, str, int], str] = {}
        self._kept: set[str] = set()

    def write(self, stores: Stores, many: Sequence[Planned], planner: Planner) -> None:
        """Write a bundle. What has no request to write is passed over."""
        self._put_new(stores, planner)
        fresh = [
            replace(one, request=self._counting(stores, one.request, planner))
            for one in many
            if one.request is not None
        ]
        new = [one.request for one in fresh if one.before is None and one.request is not None]
        stores.requests.add_all(new)
        self._added += [(request.id, request.binned_on) for request in new]
        for one in fresh:
            self._write_along(stores, one)
        notes = {one.request.id: one.note for one in fresh if one.request is not None}
        self._show_new(stores, new, notes)
        self._show_again(stores, [one.request.id for one in fresh if one.before and one.request])

    def rows(self, planner: Planner) -> ImportedRows:
        """What was written since this writer was made."""
        return ImportedRows(
            added=tuple(self._added),
            merged=tuple(self._merged),
            people=tuple(planner.new_people),
            companies=tuple(planner.new_companies.values()),
        )

    def take_back(self, stores: Stores, rows: ImportedRows, *, is_in: bool) -> ImportedRows:
        """Take an import back, or (``is_in``) bring it in again; the answer is for the next time.

        Raises NotAllowed where a later entry rests on one that came in.
        """
        if is_in:
            stores.companies.put_all(rows.companies, self._clock.now())
        else:
            stores.companies.remove_all(company.id for company in rows.companies)
        for person in rows.people:
            stores.people.set_binned(person, is_binned=not is_in)
        stores.exchange.set_binned({id_: on if is_in else self._clock.today() for id_, on in rows.added})
        toggled: list[MergedRow] = []
        for start in range(0, len(rows.merged), AT_ONCE):
            toggled += self._toggle(stores, rows.merged[start : start + AT_ONCE])
        return replace(rows, merged=tuple(toggled))

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _put_new(self, stores: Stores, planner: Planner) -> None:
        for person in planner.new_people.values():
            if person.id not in self._people:
                stores.people.put(person)
                self._people.add(person.id)
        new = [one for one in planner.new_companies.values() if one.id not in self._companies]
        stores.companies.put_all(new, self._clock.now())
        self._companies.update(one.id for one in new)

    def _counting(self, stores: Stores, request: OptOutRequest, planner: Planner) -> OptOutRequest:
        """The request with the rules that it counts by: those of its file, else the newest."""
        if request.sent_on is None:
            return replace(request, rules="")
        if request.rules:
            text = planner.rules(request.rules)
            if text and request.rules not in self._kept:
                stores.requests.keep_snapshot(request.rules, text)
                self._kept.add(request.rules)
            return request
        # a snapshot is cut to whole years, so all requests of a year under one law and right share one
        key = (request.law, request.right, request.addressee_place, request.sent_on.year)
        if key not in self._counted:
            self._counted[key] = self._assessor.keep(stores, self._assessor.snapshot_for(request))
        return replace(request, rules=self._counted[key])

    def _write_along(self, stores: Stores, one: Planned) -> None:
        request = one.request
        if request is None:
            return
        if one.before is not None:
            stores.exchange.append_all((request.id, event) for event in one.fresh)
            if request.rules != one.before.rules:
                stores.requests.change(request)
            if one.fresh:
                ids = tuple(event.id for event in one.fresh)
                self._merged.append(MergedRow(request=request.id, entries=ids, rules_before=one.before.rules))
        if one.note:
            stores.requests.put_note(request.id, one.note, self._clock.now())
        for letter in one.letters:
            if letter.content is not None:
                stores.letters.keep(letter.kept, letter.content, letter.event)

    def _show_new(self, stores: Stores, new: Sequence[OptOutRequest], notes: Mapping[RequestId, str]) -> None:
        """Overview rows and index entries of requests that have none."""
        if not new:
            return
        # as the vault numbers their entries, and not as the file did
        rows = self._assessor.derived(stores, stores.requests.many(request.id for request in new))
        stores.overviews.add_all(rows)
        stores.search.add_all([search_entry(row, notes.get(row.id, "")) for row in rows])

    def _show_again(self, stores: Stores, ids: Sequence[RequestId]) -> None:
        """Overview rows and index entries of requests whose history or note is another one now."""
        rows = self._assessor.derived(stores, stores.requests.many(ids))
        stores.overviews.put_all(rows)
        for row in rows:
            stores.search.put(*search_entry(row, stores.requests.note(row.id)))

    def _toggle(self, stores: Stores, merged: Sequence[MergedRow]) -> list[MergedRow]:
        """Take back the last entries of requests, the newest first; those may be entries that take back."""
        befores = {one.id: one for one in stores.requests.many(row.request for row in merged)}
        toggled: list[MergedRow] = []
        added: list[tuple[RequestId, RequestEvent]] = []
        for row in merged:
            before = befores[row.request]
            taking = tuple(self._taking_back(entry) for entry in reversed(row.entries))
            _require_nothing_later(before, taking)
            added += [(row.request, event) for event in taking]
            if before.rules != row.rules_before:
                stores.requests.change(replace(before, rules=row.rules_before))
            entries = tuple(event.id for event in taking)
            toggled.append(MergedRow(request=row.request, entries=entries, rules_before=before.rules))
        stores.exchange.append_all(added)
        self._show_again(stores, [row.request for row in merged])
        return toggled

    def _taking_back(self, entry: EventId) -> RequestEvent:
        return RequestEvent(
            id=EventId(uuid.uuid4().hex),
            kind=EventKind.TAKEN_BACK,
            on=self._clock.today(),
            recorded_at=self._clock.now(),
            corrects=entry,
        )


def _numbered(events: Iterable[RequestEvent], after: int) -> list[RequestEvent]:
    return [replace(event, sequence=number) for number, event in enumerate(events, start=after + 1)]


def _require_nothing_later(before: OptOutRequest, taking: Sequence[RequestEvent]) -> None:
    """Raise NotAllowed where a later entry rests on one that is taken back."""
    number = max((event.sequence for event in before.events), default=0)
    late = replace(before, events=(*before.events, *_numbered(taking, number))).first_impossible()
    if late is not None:
        raise NotAllowed(
            f"The entry “{late.kind}” of {late.on.isoformat()} in {before.reference} rests on what was "
            "imported. Take back that one first. Nothing was changed."
        )
