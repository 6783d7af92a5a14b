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
from optout_desktop.domain.counting import EARLIEST_YEAR, LATEST_YEAR, calendar_choice
from optout_desktop.domain.errors import CatalogError, InputError, NotFound
from optout_desktop.domain.explaining import explain
from optout_desktop.domain.ids import CompanyId, EventId, LawId, PersonId, RegulatorId, RequestId
from optout_desktop.domain.laws import Applicability, Law, StartEvent
from optout_desktop.domain.places import Place, country_of
from optout_desktop.domain.regulators import Regulator
from optout_desktop.domain.requests import EventKind, OptOutRequest, ProofGrade, RequestEvent
from optout_desktop.domain.rights import RIGHTS_OF_GOAL, Goal, Right
from optout_desktop.domain.running import clocks_of, concerns, main_clock

from .ports import Calendars, Clock

GOAL_CHANNEL = {Goal.STOP_EMAIL: Channel.EMAIL, Goal.STOP_TEXTS: Channel.SMS, Goal.STOP_CALLS: Channel.CALL}
"""The medium that a goal is about; the others are about any."""

_READ_FOR: dict[StartEvent, tuple[EventKind, ...]] = {
    StartEvent.RECEIPT: (EventKind.RECEIVED,),
    StartEvent.RECEIPT_OF_REVOCATION: (EventKind.RECEIVED,),
    StartEvent.RECEIPT_IDENTITY_FEE: (
        EventKind.RECEIVED,
        EventKind.IDENTITY_ASKED,
        EventKind.IDENTITY_GIVEN,
        EventKind.FEE_ASKED,
        EventKind.FEE_PAID,
    ),
    StartEvent.RECEIPT_OF_APPEAL: (EventKind.APPEAL_SENT,),
    StartEvent.REGISTRATION: (EventKind.REGISTERED,),
    StartEvent.AUTHENTICATION: (EventKind.IDENTITY_GIVEN,),
    StartEvent.COMPLAINT_LODGED: (EventKind.COMPLAINT_LODGED,),
    StartEvent.MESSAGE_RECEIVED: (EventKind.MESSAGE_RECEIVED,),
    StartEvent.TRANSMISSION_OF_MESSAGE: (EventKind.MESSAGE_RECEIVED,),
    StartEvent.RECEIPT_AND_IMPLEMENTATION: (EventKind.COMPLETED,),
    StartEvent.EFFECTIVE_DATE: (EventKind.COMPLETED,),
    StartEvent.BROKER_RECEIPT_FROM_PLATFORM: (EventKind.ACKNOWLEDGED,),
    StartEvent.DECISION_COMMUNICATED: (EventKind.REFUSED,),
    StartEvent.OUTCOME_OF_REQUEST: (EventKind.REFUSED,),
    StartEvent.REFUSAL_OR_END_OF_PERIOD: (EventKind.REFUSED,),
}
"""The entries beside the sending that each start event is read off."""

_IN_ORDER = (
    *(EventKind.REGISTERED, EventKind.RECEIVED, EventKind.ACKNOWLEDGED),
    *(EventKind.IDENTITY_ASKED, EventKind.IDENTITY_GIVEN, EventKind.FEE_ASKED, EventKind.FEE_PAID),
    *(EventKind.CLARIFICATION_ASKED, EventKind.CLARIFICATION_RECEIVED, EventKind.EXTENDED),
    *(EventKind.COMPLETED, EventKind.REFUSED, EventKind.APPEAL_SENT),
    *(EventKind.COMPLAINT_LODGED, EventKind.MESSAGE_RECEIVED),
)
"""The order in which things happen to a request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionTaken:
    """A company's notice that it takes longer: when it came, the day it names, whether it says why."""

    on: date
    until: date | None = None
    has_reason: bool = True


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
        calendars: Calendars,
        clock: Clock,
    ) -> None:
        self._laws = laws
        self._regulators = regulators
        self._conventions = conventions
        self._calendars = calendars
        self._clock = clock

    def all(self) -> tuple[Law, ...]:
        """Every law that could be read, in order of id."""
        return self._laws.all()

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

    def facts_read(self, law: LawId, right: Right) -> tuple[EventKind, ...]:
        """What can start, move or end a clock of a right beside the sending, in the order it happens.

        Raises NotFound for an unknown law.
        """
        read: set[EventKind] = set()
        for rule in self.law(law).rules:
            if not concerns(rule, right):
                continue
            is_of_right = right in rule.rights
            if is_of_right or rule.starts_on is not StartEvent.RECEIPT:
                read.update(_READ_FOR.get(rule.starts_on, ()))
            else:  # what follows a request begins with the receipt of a complaint
                read.add(EventKind.COMPLAINT_LODGED)
            if rule.is_for_refusal:
                read.add(EventKind.REFUSED)
            if rule.extension is not None and not rule.is_for_refusal:
                read.add(EventKind.EXTENDED)
            if right in rule.pause_rights:
                read.update((EventKind.CLARIFICATION_ASKED, EventKind.CLARIFICATION_RECEIVED))
        return tuple(kind for kind in _IN_ORDER if kind in read)

    def regions(self, country: str) -> tuple[tuple[Place, str], ...]:
        """The regions of a country, by name, where a rule of some law counts by other days than the country.

        Takes up to half a second when asked for the first time.
        """
        rules = {(rule.calendar, rule.lenient_calendar): rule for law in self.all() for rule in law.rules}
        return tuple(
            (place, name)
            for place, name in self._calendars.named_regions(country)
            if any(calendar_choice(rule, place) != calendar_choice(rule, country) for rule in rules.values())
        )

    def counted(  # noqa: PLR0913 - one parameter a fact
        self,
        law: LawId,
        right: Right,
        start: date,
        *,
        place: str = "",
        event: EventKind = EventKind.SENT,
        facts: tuple[tuple[EventKind, date], ...] = (),
        is_extended: bool = False,
        extension: ExtensionTaken | None = None,
    ) -> tuple[CountedClock, ...]:
        """Every clock of a right counted from a day, without any request in the vault.

        ``place`` is where the company must act. ``is_extended`` takes the longest extension that the law
        allows, ``extension`` the one that a company announced. Raises NotFound for an unknown law,
        InputError for a right that the law does not have, a day outside its force or outside the calendars.
        """
        known = self.law(law)
        if known.offers(right) is None:
            raise InputError("right", f"{known.short_title} has no right called {right}.")
        if start < known.applies_from or (known.applies_to is not None and start > known.applies_to):
            raise InputError("from", f"{known.short_title} was not in force on {start.isoformat()}.")
        for day in (start, *(on for _, on in facts), *((extension.on,) if extension else ())):
            _require_countable(day)
        request = _example(known, right, place, _entries(known, start, event, facts, extension))
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


def _require_countable(day: date) -> None:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise InputError(
            "from",
            f"Days are counted from {EARLIEST_YEAR} to {LATEST_YEAR}; {day.isoformat()} lies outside.",
        )


def _entries(
    law: Law,
    start: date,
    event: EventKind,
    facts: tuple[tuple[EventKind, date], ...],
    extension: ExtensionTaken | None,
) -> tuple[RequestEvent, ...]:
    """The history that the facts make, in the order of their days; of one day, in the order told."""
    entries = [_entry(0, EventKind.SENT, start)]
    if event is not EventKind.SENT:
        entries.append(_entry(0, event, start))
    later = [_entry(0, kind, on) for kind, on in facts]
    if extension is not None:
        reason = "stated" if extension.has_reason else ""
        later.append(
            replace(_entry(0, EventKind.EXTENDED, extension.on), until=extension.until, reason=reason)
        )
    entries += sorted(later, key=lambda entry: entry.on)
    if any(Right.COMPLAINT_TO_CONTROLLER in rule.rights for rule in law.rules):
        # under such a law the company hears the complaint first
        to_company = (("to", "company"),)
        entries = [
            replace(entry, details=to_company) if entry.kind is EventKind.COMPLAINT_LODGED else entry
            for entry in entries
        ]
    return tuple(replace(entry, id=EventId(str(at)), sequence=at) for at, entry in enumerate(entries))


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
