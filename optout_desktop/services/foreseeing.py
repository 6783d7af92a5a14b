# SPDX-License-Identifier: Apache-2.0
"""Foreseeing: every date of a request, and what an entry would change before it is recorded.

An entry is tried on the request in memory; nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from optout_desktop.domain.calendars import OutOfCalendar
from optout_desktop.domain.clocks import Clock
from optout_desktop.domain.counting import CalendarBook, Dates, dates
from optout_desktop.domain.ids import EventId, RequestId
from optout_desktop.domain.laws import Appeal
from optout_desktop.domain.milestones import Milestone, Move, milestones_of, moves
from optout_desktop.domain.requests import OptOutRequest, RequestEvent, RequestStatus
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .assessing import Assessor
from .laws import LawService
from .ports import Clock as Time
from .requests import Entry

_TRIED = EventId("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """What an entry would do: the dates that it moves, and the status before and after.

    ``is_possible`` is False where the status does not allow it; then nothing moves.
    """

    today: date
    is_possible: bool
    before: RequestStatus
    after: RequestStatus
    moves: tuple[Move, ...] = ()


class ForeseeingService:
    """The dates of a request, as they are and as they would be."""

    def __init__(
        self,
        vault: Vault[Stores],
        assessor: Assessor,
        laws: LawService,
        calendars: CalendarBook,
        clock: Time,
    ) -> None:
        self._vault = vault
        self._assessor = assessor
        self._laws = laws
        self._calendars = calendars
        self._clock = clock

    def milestones(self, request: RequestId) -> tuple[Milestone, ...]:
        """Every date of a request, in order. Raises NotFound."""
        with self._vault.reading() as stores:
            return self._milestones(stores, stores.requests.get(request))

    def preview(self, request: RequestId, entry: Entry, wrong: EventId | None = None) -> Foresight:
        """What ``entry`` would change, in the place of ``wrong`` where that is given. Raises NotFound."""
        event = RequestEvent(
            id=_TRIED,
            kind=entry.kind,
            on=entry.on,
            recorded_at=self._clock.now(),
            until=entry.until,
            reason=entry.reason.strip(),
            grade=entry.grade,
            channel=entry.channel,
            to_address=entry.to_address,
            details=entry.details,
            corrects=wrong,
        )
        with self._vault.reading() as stores:
            now = stores.requests.get(request)
            last = max((one.sequence for one in now.events), default=0)
            then = now.with_event(replace(event, sequence=last + 1))
            is_possible = then.first_impossible() is None
            return Foresight(
                today=self._clock.today(),
                is_possible=is_possible,
                before=now.status,
                after=then.status if is_possible else now.status,
                moves=self._moves(stores, now, then) if is_possible else (),
            )

    def _moves(self, stores: Stores, now: OptOutRequest, then: OptOutRequest) -> tuple[Move, ...]:
        if then.sent_on != now.sent_on:
            then = replace(then, rules="")  # a new sending counts by the newest law
        return moves(self._milestones(stores, now), self._milestones(stores, then))

    def _milestones(self, stores: Stores, request: OptOutRequest) -> tuple[Milestone, ...]:
        kept = self._assessor.kept(stores, request)
        clocks = self._assessor.clocks(request, kept)
        book: CalendarBook = kept.book if kept else self._calendars
        longest = {
            clock.rule.id: most for clock in clocks if (most := _longest(clock, request, book)) is not None
        }
        return milestones_of(request, clocks, self._appeal(request), longest)

    def _appeal(self, request: OptOutRequest) -> Appeal:
        return self._laws.law(request.law).appeal


def _longest(clock: Clock, request: OptOutRequest, book: CalendarBook) -> Dates | None:
    """How long the company may take if it announces an extension in time."""
    extension = clock.rule.extension
    if clock.start is None or extension is None or not extension.period.has_number:
        return None
    try:
        return dates(
            clock.rule,
            clock.start.on,
            request.addressee_place,
            book,
            extended=True,
            paused_days=clock.paused_days,
        )
    except OutOfCalendar:
        return None
