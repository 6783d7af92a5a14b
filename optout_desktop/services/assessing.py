# SPDX-License-Identifier: Apache-2.0
"""Assessing: a request, the rules it was sent under, and its clocks brought together in one place.

A draft follows the newest law files and calendars; a sent request only ever sees the snapshot kept with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from optout_desktop.catalog.laws import LawBook
from optout_desktop.domain.agenda import RequestOverview, leading_clock, overview_of
from optout_desktop.domain.clocks import Clock, Conventions, RulesSnapshot, WhyLine
from optout_desktop.domain.counting import CalendarBook
from optout_desktop.domain.explaining import explain
from optout_desktop.domain.laws import Rule
from optout_desktop.domain.requests import OptOutRequest
from optout_desktop.domain.running import clocks_of, concerns
from optout_desktop.domain.snapshots import snapshot, snapshot_from_text, snapshot_to_text
from optout_desktop.storage.overview import search_entry
from optout_desktop.storage.stores import Stores

_parsed = lru_cache(maxsize=256)(snapshot_from_text)


class Assessor:
    """Counts for requests, and keeps what they need to be counted again."""

    def __init__(self, laws: LawBook, calendars: CalendarBook, conventions: Conventions) -> None:
        self._laws = laws
        self._calendars = calendars
        self._conventions = conventions

    def newest_rules(self, request: OptOutRequest) -> tuple[Rule, ...]:
        """The rules that today's law files have for a request."""
        return tuple(rule for rule in self._laws.law(request.law).rules if concerns(rule, request.right))

    def snapshot_for(self, request: OptOutRequest) -> RulesSnapshot:
        """What must be kept with a request that has just been sent."""
        sent_on = request.sent_on or request.created_on
        return snapshot(self.newest_rules(request), request.addressee_place, sent_on, self._calendars)

    def keep(self, stores: Stores, kept: RulesSnapshot) -> str:
        """Keep a snapshot; the answer is the digest to note in the request."""
        stores.requests.keep_snapshot(kept.digest, snapshot_to_text(kept))
        return kept.digest

    def kept(self, stores: Stores, request: OptOutRequest) -> RulesSnapshot | None:
        """The snapshot that a request was sent under, or None for a draft."""
        return _parsed(stores.requests.snapshot(request.rules)) if request.rules else None

    def is_newer_version_known(self, kept: RulesSnapshot, request: OptOutRequest) -> bool:
        """True where today's law files differ from what the request was sent under."""
        return not _count_alike(self.newest_rules(request), kept.rules)

    def clocks(self, request: OptOutRequest, kept: RulesSnapshot | None) -> tuple[Clock, ...]:
        """Every clock of a request."""
        rules, book = self._ground(request, kept)
        return clocks_of(request, rules, book, self._conventions)

    def why(self, clock: Clock, request: OptOutRequest, kept: RulesSnapshot | None) -> tuple[WhyLine, ...]:
        """The arithmetic of one clock."""
        return explain(clock, request, self._ground(request, kept)[1])

    def _ground(
        self, request: OptOutRequest, kept: RulesSnapshot | None
    ) -> tuple[tuple[Rule, ...], CalendarBook]:
        return (kept.rules, kept.book) if kept else (self.newest_rules(request), self._calendars)

    def overview(
        self, stores: Stores, request: OptOutRequest, *, row: int, person_name: str
    ) -> RequestOverview:
        """The flat row of a request, from its events and clocks."""
        kept = self.kept(stores, request) if request.sent_on else None
        return self._overview(request, kept, row=row, person_name=person_name)

    def _overview(
        self, request: OptOutRequest, kept: RulesSnapshot | None, *, row: int, person_name: str
    ) -> RequestOverview:
        clocks = self.clocks(request, kept) if request.sent_on else ()
        return overview_of(request, leading_clock(request, clocks), person_name=person_name, row=row)

    def write(self, stores: Stores, request: OptOutRequest) -> RequestOverview:
        """Write the row of a request and index its words, in the transaction that changed it."""
        row = stores.requests.row_of(request.id)
        person = stores.people.get(request.person)
        overview = self.overview(stores, request, row=row, person_name=person.name)
        stores.overviews.put(overview)
        stores.search.put(*search_entry(overview, stores.requests.note(request.id)))
        return overview

    def derived(self, stores: Stores, requests: Sequence[OptOutRequest]) -> tuple[RequestOverview, ...]:
        """The rows of many requests as their events say them, whatever is cached."""
        names = {person.id: person.name for person in stores.people.everybody()}
        rows = stores.requests.rows_of(request.id for request in requests)
        digests = {request.rules for request in requests} - {""}  # thousands of requests share a few
        kept = {digest: _parsed(stores.requests.snapshot(digest)) for digest in digests}
        return tuple(
            self._overview(
                request, kept.get(request.rules), row=rows[request.id], person_name=names[request.person]
            )
            for request in requests
        )

    def rebuild(self, stores: Stores, requests: Sequence[OptOutRequest]) -> int:
        """Drop every row and index entry and make them again from the events; the answer counts them."""
        rows, notes = self.derived(stores, requests), stores.requests.notes()
        stores.overviews.clear()
        stores.overviews.add_all(rows)
        stores.search.clear()
        stores.search.add_all([search_entry(row, notes.get(row.id, "")) for row in rows])
        return len(rows)


def _count_alike(newest: tuple[Rule, ...], kept: tuple[Rule, ...]) -> bool:
    """True where both sets of rules give the same dates, whatever else their words say."""
    return len(newest) == len(kept) and all(
        one.counts_like(other) for one, other in zip(newest, kept, strict=True)
    )
