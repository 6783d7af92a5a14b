# SPDX-License-Identifier: Apache-2.0
"""Laws: which one protects a person for what they want, why, and what it would count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from optout_desktop.catalog.laws import LawBook
from optout_desktop.catalog.regulators import RegulatorBook
from optout_desktop.domain.clocks import Clock as RunningClock
from optout_desktop.domain.clocks import Conventions, WhyLine
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.counting import CalendarBook
from optout_desktop.domain.errors import CatalogError, InputError, NotFound
from optout_desktop.domain.explaining import explain
from optout_desktop.domain.ids import CompanyId, EventId, LawId, PersonId, RegulatorId, RequestId
from optout_desktop.domain.laws import Applicability, Law
from optout_desktop.domain.places import Place, country_of
from optout_desktop.domain.regulators import Regulator
from optout_desktop.domain.requests import EventKind, OptOutRequest, ProofGrade, RequestEvent
from optout_desktop.domain.rights import RIGHTS_OF_GOAL, Goal, Right
from optout_desktop.domain.running import clocks_of, main_clock

from .ports import Clock

GOAL_CHANNEL = {Goal.STOP_EMAIL: Channel.EMAIL, Goal.STOP_TEXTS: Channel.SMS, Goal.STOP_CALLS: Channel.CALL}
"""The medium that a goal is about; the others are about any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedClock:
    """One clock with its explanation."""

    clock: RunningClock
    why: tuple[WhyLine, ...]


class LawService:
    """Everything that can be asked of the laws. Needs no vault."""

    def __init__(
        self,
        laws: LawBook,
        regulators: RegulatorBook,
        conventions: Conventions,
        calendars: CalendarBook,
        clock: Clock,
    ) -> None:
        self._laws = laws
        self._regulators = regulators
        self._conventions = conventions
        self._calendars = calendars
        self._clock = clock

    def law(self, law: LawId) -> Law:
        """One law. Raises NotFound with the nearest ids."""
        return self._laws.law(law)

    def regulator(self, regulator: RegulatorId) -> Regulator:
        """One regulator. Raises NotFound."""
        return self._regulators.regulator(regulator)

    def problems(self) -> tuple[CatalogError, ...]:
        """What is wrong with law files that could not be read; the other laws work."""
        return self._laws.problems

    def proposals(self, goal: Goal, place: Place, on: date | None = None) -> tuple[Applicability, ...]:
        """Every law judged for what a person wants: those that apply first, the one to propose on top."""
        return self.judged(RIGHTS_OF_GOAL[goal], place, GOAL_CHANNEL.get(goal), on)

    def judged(
        self, rights: tuple[Right, ...], place: Place, channel: Channel | None = None, on: date | None = None
    ) -> tuple[Applicability, ...]:
        """Every law judged for one of ``rights``, with reasons for and against."""
        return self._laws.judged(rights, place, channel, on or self._clock.today())

    def propose(self, right: Right, place: Place, channel: Channel | None = None) -> Applicability:
        """The law to use for ``right``. Raises NotFound where none applies."""
        first = next((item for item in self.judged((right,), place, channel) if item.applies), None)
        if first is None:
            raise NotFound("law that gives this right where you live", right)
        return first

    def counted(
        self,
        law: LawId,
        right: Right,
        start: date,
        *,
        place: str = "",
        event: EventKind = EventKind.SENT,
        facts: tuple[tuple[EventKind, date], ...] = (),
        is_extended: bool = False,
    ) -> tuple[CountedClock, ...]:
        """Every clock of a right counted from a day, without any request in the vault.

        ``place`` is where the company must act. Raises NotFound for an unknown law, InputError for a right
        that the law does not have or a day outside its force.
        """
        known = self.law(law)
        if known.offers(right) is None:
            raise InputError("right", f"{known.short_title} has no right called {right}.")
        if start < known.applies_from or (known.applies_to is not None and start > known.applies_to):
            raise InputError("from", f"{known.short_title} was not in force on {start.isoformat()}.")
        entries = [_entry(0, EventKind.SENT, start)]
        if event is not EventKind.SENT:
            entries.append(_entry(1, event, start))
        entries += [_entry(number, kind, on) for number, (kind, on) in enumerate(facts, start=2)]
        request = _example(known, right, place, tuple(entries))
        rules = known.rules
        clocks = clocks_of(request, rules, self._calendars, self._conventions)
        deadline = main_clock(clocks)
        if is_extended and deadline is not None and deadline.dates is not None:
            notice = replace(_entry(99, EventKind.EXTENDED, start), reason="stated")
            request = request.with_event(notice)
            clocks = clocks_of(request, rules, self._calendars, self._conventions)
        return tuple(
            CountedClock(clock=clock, why=explain(clock, request, self._calendars))
            for clock in clocks
            if right in clock.rule.rights or clock.start is not None
        )


def _entry(number: int, kind: EventKind, on: date) -> RequestEvent:
    return RequestEvent(
        id=EventId(str(number)),
        kind=kind,
        on=on,
        recorded_at=datetime.combine(on, time()),
        sequence=number,
        grade=ProofGrade.STATED,
    )


def _example(law: Law, right: Right, place: str, entries: tuple[RequestEvent, ...]) -> OptOutRequest:
    return OptOutRequest(
        id=RequestId("example"),
        person=PersonId("example"),
        company=CompanyId("example"),
        company_name="",
        right=right,
        law=law.id,
        residence=law.places[0],
        addressee_place=place,
        channel=Channel.EMAIL,
        reference="",
        created_on=entries[0].on,
        events=entries,
    )


def addressee_place_of(country: str) -> str:
    """Where a company must act, from the country of its contact; an empty text where nobody knows."""
    return country_of(Place(country)) if country else ""
