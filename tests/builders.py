# SPDX-License-Identifier: Apache-2.0
"""Phrases for what tests are about: each says only what matters, and makes up the rest."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, datetime, time

from optout_desktop.domain.agenda import Bucket, RequestOverview
from optout_desktop.domain.companies import Channel, Company, Contact
from optout_desktop.domain.evidence import Evidence
from optout_desktop.domain.ids import CompanyId, EventId, EvidenceId, LawId, LetterId, PersonId, RequestId
from optout_desktop.domain.letters import KeptLetter, Letter, LetterKind
from optout_desktop.domain.people import Person, PersonKind, PostalAddress
from optout_desktop.domain.places import Place
from optout_desktop.domain.requests import (
    EventKind,
    OptOutRequest,
    ProofGrade,
    RequestEvent,
    RequestStatus,
)
from optout_desktop.domain.rights import Right

DAY = date(2026, 3, 2)
"""A Monday."""
_numbers = itertools.count(1)


def an_id() -> str:
    """One that no other thing has."""
    return f"{next(_numbers):032x}"


def an_instant(day: date = DAY) -> datetime:
    return datetime.combine(day, time(12))


def a_person(name: str = "Jane Example", **changes) -> Person:
    plain = {
        "id": PersonId(an_id()),
        "name": name,
        "emails": ("jane@example.org",),
        "place": Place("US-CA"),
        "created_on": DAY,
    }
    return Person(**plain | changes)


def a_client(name: str = "Lena Muster", **changes) -> Person:
    return a_person(name, **{"kind": PersonKind.CLIENT, "place": Place("DE-BY")} | changes)


def an_address(**changes) -> PostalAddress:
    plain = {
        "lines": ("12 Orchard Street",),
        "postcode": "94110",
        "city": "San Francisco",
        "region": "CA",
        "country": "US",
    }
    return PostalAddress(**plain | changes)


def a_company(name: str = "Northwind Data LLC", **changes) -> Company:
    plain = {
        "id": CompanyId(f"own-{an_id()}"),
        "name": name,
        "country": "US",
        "contacts": (Contact(channel=Channel.EMAIL, value="privacy@northwind.example"),),
    }
    return Company(**plain | changes)


def an_event(kind: EventKind, on: date = DAY, **changes) -> RequestEvent:
    plain = {
        "id": EventId(an_id()),
        "kind": kind,
        "on": on,
        "recorded_at": an_instant(on),
        "grade": ProofGrade.STATED,
    }
    return RequestEvent(**plain | changes)


def sent(on: date = DAY, **changes) -> RequestEvent:
    return an_event(EventKind.SENT, on, **changes)


def corrected(wrong: RequestEvent, **changes) -> RequestEvent:
    """An entry in the place of a wrong one."""
    return replace(wrong, id=EventId(an_id()), corrects=wrong.id, **changes)


def taken_back(wrong: RequestEvent) -> RequestEvent:
    return an_event(EventKind.TAKEN_BACK, wrong.on, corrects=wrong.id)


def a_request(events: tuple[RequestEvent, ...] = (), **changes) -> OptOutRequest:
    """A request with that history, its entries numbered as a vault would."""
    number = an_id()
    plain = {
        "id": RequestId(number),
        "person": PersonId("1" * 32),
        "company": CompanyId("northwind"),
        "company_name": "Northwind Data LLC",
        "right": Right.OPTOUT_SALE,
        "law": LawId("us-ca-ccpa"),
        "residence": Place("US-CA"),
        "addressee_place": "US",
        "channel": Channel.EMAIL,
        "to_address": "privacy@northwind.example",
        "reference": f"OO-{int(number, 16):04d}-TEST",
        "created_on": DAY,
        "events": tuple(replace(event, sequence=place) for place, event in enumerate(events, start=1)),
    }
    return OptOutRequest(**plain | changes)


def an_overview(**changes) -> RequestOverview:
    """The row of an open request without any date."""
    plain = {
        "row": next(_numbers),
        "id": RequestId(an_id()),
        "person": PersonId("1" * 32),
        "company": CompanyId("northwind"),
        "company_name": "Northwind Data LLC",
        "right": Right.OPTOUT_SALE,
        "law": LawId("us-ca-ccpa"),
        "channel": Channel.EMAIL,
        "reference": f"OO-{next(_numbers):08d}",
        "status": RequestStatus.SENT,
        "bucket": Bucket.OPEN,
        "created_on": DAY,
    }
    return RequestOverview(**plain | changes)


def a_letter(body: str = "Please stop.", **changes) -> Letter:
    return Letter(**{"kind": LetterKind.REQUEST, "subject": "Stop", "body": body} | changes)


def a_kept_letter(request: OptOutRequest, **changes) -> KeptLetter:
    plain = {
        "id": LetterId(an_id()),
        "request": request.id,
        "letter": a_letter(),
        "channel": Channel.EMAIL,
        "to_address": "privacy@northwind.example",
        "made_on": DAY,
        "sha256": "0" * 64,
    }
    return KeptLetter(**plain | changes)


def a_file(request: OptOutRequest, sha256: str, **changes) -> Evidence:
    plain = {
        "id": EvidenceId(an_id()),
        "request": request.id,
        "number": 1,
        "name": "reply.txt",
        "size_bytes": 5,
        "sha256": sha256,
        "media_type": "text/plain",
        "added_at": an_instant(),
    }
    return Evidence(**plain | changes)
