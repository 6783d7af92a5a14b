# SPDX-License-Identifier: Apache-2.0
"""What tests about laws share: the shipped laws, the real holiday tables, phrases for requests and rules."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from optout_desktop.adapters.holiday_calendars import HolidayCalendars
from optout_desktop.catalog.files import Resources
from optout_desktop.catalog.laws import LawBook, load_conventions, load_laws
from optout_desktop.catalog.regulators import load_regulators
from optout_desktop.domain.clocks import Conventions
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import CompanyId, EventId, LawId, PersonId, RequestId, RuleId
from optout_desktop.domain.laws import Period, Rule, StartEvent, Step, Unit
from optout_desktop.domain.places import Place
from optout_desktop.domain.requests import EventKind, OptOutRequest, RequestEvent
from optout_desktop.domain.rights import Right


@cache
def shipped_laws() -> LawBook:
    resources = Resources.found()
    return load_laws(resources, load_regulators(resources).ids)


@cache
def holiday_book() -> HolidayCalendars:
    return HolidayCalendars()


@cache
def conventions() -> Conventions:
    return load_conventions(Resources.found())


def rule_of(rule: str, on: date) -> Rule:
    """The version of a shipped rule that is valid on a day."""
    return next(known for known in shipped_laws().rules(RuleId(rule)) if known.is_valid_on(on))


def a_rule(**changes) -> Rule:
    """A rule of ten days to stop, without any calendar."""
    plain = {
        "id": RuleId("test.honour"),
        "law": LawId("test"),
        "rights": (Right.OPTOUT_SALE,),
        "step": Step.HONOUR,
        "what": "Stop.",
        "period": Period(amount=10, unit=Unit.DAYS),
        "starts_on": StartEvent.RECEIPT,
        "valid_from": date(2000, 1, 1),
        "citation": "Test Act s. 1",
    }
    return Rule(**plain | changes)


def an_event(kind: EventKind, on: date, **changes) -> RequestEvent:
    """An entry of that day; its id says what and when it was."""
    return RequestEvent(
        id=EventId(f"{kind}-{on}-{changes.get('sequence', 0)}"),
        kind=kind,
        on=on,
        recorded_at=datetime(2026, 11, 22, tzinfo=UTC),
        **changes,
    )


def a_request(
    law: str, right: Right, *events: RequestEvent, place: str = "US-CA", channel: Channel = Channel.EMAIL
) -> OptOutRequest:
    """A request under a shipped law with that history, in the order given."""
    numbered = [(number, event) for number, event in enumerate(events, start=1)]
    return OptOutRequest(
        id=RequestId("0" * 32),
        person=PersonId("1" * 32),
        company=CompanyId("2" * 32),
        company_name="Northwind Data LLC",
        right=right,
        law=LawId(law),
        residence=Place(place or "US"),
        addressee_place=place,
        channel=channel,
        reference="OO-7F3K-22",
        created_on=date(2026, 1, 1),
        events=tuple(_numbered(event, number) for number, event in numbered),
    )


def _numbered(event: RequestEvent, number: int) -> RequestEvent:
    return replace(event, sequence=number, id=EventId(f"{number:032x}"))
