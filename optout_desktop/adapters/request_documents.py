# SPDX-License-Identifier: Apache-2.0
"""Requests ↔ one JSON document (schema 1): everything that makes them, so that another machine counts the same.

``resources/schemas/requests.schema.json`` describes it. Fields at their default are left out; what is derived
(status, dates, the words of the Data Rights Protocol) stands there for others and is not read back. Rules and
non-working days go along under their digest, and are believed only where they have it.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from optout_desktop.domain.companies import Channel, Company, Contact, Origin, Quality
from optout_desktop.domain.errors import ImportRefused
from optout_desktop.domain.exchange import (
    KIND,
    SCHEMA,
    CopiedLetter,
    ImportSource,
    OutgoingRequest,
    Problem,
    ReadDocument,
    ReadRequest,
    Unusable,
    drp_exercise,
    drp_status,
)
from optout_desktop.domain.ids import CompanyId, EventId, LawId, LetterId, PersonId, RequestId
from optout_desktop.domain.letters import KeptLetter, Letter, LetterKind, RequestFact, Way
from optout_desktop.domain.people import IdentityItem, Person, PersonKind, PostalAddress
from optout_desktop.domain.places import Place
from optout_desktop.domain.requests import EventKind, OptOutRequest, ProofGrade, RequestEvent
from optout_desktop.domain.rights import Right

from .read_fields import Fields, NotUsable, plain

Rules = Callable[[], Iterable[tuple[str, str]]]
"""Asked when every request was written: the snapshots that they count by, as digest and canonical text."""


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────


def document_file(
    requests: Iterable[OutgoingRequest],
    *,
    people: Iterable[Person],
    companies: Iterable[Company],
    rules: Rules,
    made_at: datetime,
    made_by: str,
) -> Iterator[bytes]:
    """The document's pieces: one request a line, ASCII, the same for the same data."""
    head = {
        "schema": SCHEMA,
        "kind": KIND,
        "made_at": _instant(made_at.replace(microsecond=0)),
        "made_by": made_by,
    }
    yield f"{_json(head)[:-1]},\n".encode()
    yield from _list("people", map(_person, people))
    yield b",\n"
    yield from _list("companies", map(_company, companies))
    yield b",\n"
    yield from _list("requests", map(_request, requests))
    yield b',\n"rules":{'
    for number, (digest, text) in enumerate(rules()):
        yield f"{',' if number else ''}\n{_json(digest)}:{text}".encode()
    yield b"}}\n"


def _list(name: str, records: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    yield f'"{name}":['.encode()
    for number, record in enumerate(records):
        yield f"{',' if number else ''}\n{_json(record)}".encode()
    yield b"]"


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _instant(at: datetime) -> str:
    return f"{at.isoformat()}Z"


def _filled(**values: object) -> dict[str, Any]:
    """Those that say something."""
    return {name: value for name, value in values.items() if value not in (None, "", (), [], {}, False)}


def _person(person: Person) -> dict[str, Any]:
    return _filled(
        id=person.id,
        kind=person.kind,
        name=person.name,
        emails=person.emails,
        phones=person.phones,
        place=person.place,
        language=person.language,
        created_on=person.created_on.isoformat(),
        addresses=[
            _filled(
                lines=one.lines,
                postcode=one.postcode,
                city=one.city,
                region=one.region,
                country=one.country,
            )
            for one in person.addresses
        ],
    )


def _company(company: Company) -> dict[str, Any]:
    return _filled(
        id=company.id,
        name=company.name,
        origin=company.origin,
        aliases=company.aliases,
        domains=company.domains,
        country=company.country,
        region=company.region,
        categories=company.categories,
        website=company.website,
        language=company.language,
        quality=company.quality,
        sources=company.sources,
        is_data_broker=company.is_data_broker,
        note=company.note,
        contacts=[
            _filled(
                channel=one.channel,
                value=one.value,
                source=one.source,
                checked_on=one.checked_on.isoformat() if one.checked_on else None,
            )
            for one in company.contacts
        ],
    )


def _request(one: OutgoingRequest) -> dict[str, Any]:
    request, row = one.request, one.overview
    status, reason = drp_status(request)
    return _filled(
        id=request.id,
        reference=request.reference,
        person=request.person,
        company=request.company,
        company_name=request.company_name,
        right=request.right,
        law=request.law,
        residence=request.residence,
        addressee_place=request.addressee_place,
        channel=request.channel,
        to_address=request.to_address,
        list_id=request.list_id,
        identity=sorted(request.identity),
        customer_number=request.customer_number,
        facts=dict(request.facts),
        created_on=request.created_on.isoformat(),
        binned_on=request.binned_on.isoformat() if request.binned_on else None,
        rules=request.rules,
        note=one.note,
        entries=[_entry(event) for event in request.events],
        letters=[_letter(letter) for letter in one.letters],
        status=request.status,
        due_on=row.due_on.isoformat() if row.due_on else None,
        last_defensible_on=row.flag_after_on.isoformat() if row.flag_after_on else None,
        drp=_filled(exercise=drp_exercise(request.right), status=status, reason=reason),
    )


def _entry(event: RequestEvent) -> dict[str, Any]:
    return _filled(
        id=event.id,
        kind=event.kind,
        on=event.on.isoformat(),
        recorded_at=_instant(event.recorded_at),
        until=event.until.isoformat() if event.until else None,
        reason=event.reason,
        note=event.note,
        grade=event.grade if event.grade is not ProofGrade.STATED else None,
        channel=event.channel,
        to_address=event.to_address,
        details=[{"name": name, "value": value} for name, value in event.details],
        corrects=event.corrects,
    )


def _letter(copied: CopiedLetter) -> dict[str, Any]:
    kept, letter = copied.kept, copied.kept.letter
    record = _filled(
        id=kept.id,
        entry=copied.event,
        kind=letter.kind,
        language=letter.language,
        template=letter.template,
        template_version=letter.template_version,
        is_edited=letter.is_edited,
        channel=kept.channel,
        to_address=kept.to_address,
        made_on=kept.made_on.isoformat(),
        sha256=kept.sha256,
        way=kept.way,
    )
    if copied.content is not None:
        record |= {
            "subject": letter.subject,
            "body": letter.body,
            "bytes": base64.b64encode(copied.content).decode("ascii"),
        }
    return record


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────


def is_document(value: object) -> bool:
    """True where a JSON value says that it is such a document."""
    return isinstance(value, dict) and value.get("kind") == KIND


def read_document(value: Any, file_name: str) -> ReadDocument:  # noqa: ANN401  # what JSON may hold
    """What a document says. Raises ImportRefused where it is none, or one of a later version."""
    if not is_document(value):
        raise ImportRefused(
            f"{file_name} is not an export of requests. Nothing was changed.", "not_requests", file_name
        )
    if value.get("schema") != SCHEMA:
        raise ImportRefused(
            f"{file_name} was written by a newer version of this app. Update first, then import it again. "
            "Nothing was changed.",
            "too_new",
            file_name,
        )
    whole = Fields(value, file_name)
    found: list[ReadRequest] = []
    unusable: list[Unusable] = []
    for record in _records(whole, "requests"):
        try:
            found.append(_read_request(record))
        except NotUsable as error:
            name = str(record.raw("company_name") or "")[:100]
            unusable.append(
                Unusable(place=record.where, problem=error.problem, detail=error.detail, name=plain(name))
            )
    return ReadDocument(
        source=ImportSource.JSON,
        file_name=file_name,
        people=tuple(_read_each(whole, "people", _read_person)),
        companies=tuple(_read_each(whole, "companies", _read_company)),
        rules=tuple(_read_rules(value.get("rules", {}))),
        requests=tuple(found),
        unusable=tuple(unusable),
    )


def _records(whole: Fields, name: str) -> list[Fields]:
    try:
        return whole.records(name)
    except NotUsable:
        raise ImportRefused(
            f"{whole.where} is damaged: “{name}” is not a list of records. Nothing was changed.",
            "not_requests",
            name,
        ) from None


def _read_each(whole: Fields, name: str, read: Callable[[Fields], Any]) -> Iterator[Any]:
    """The usable records of a list: a request that needs one that is not, says so itself."""
    for record in _records(whole, name):
        try:
            yield read(record)
        except NotUsable:
            continue


def _read_rules(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for digest, rules in value.items():
            yield plain(digest), json.dumps(rules, sort_keys=True, separators=(",", ":"))


def _read_person(record: Fields) -> Person:
    place = record.place("place")
    if not place:
        raise NotUsable(Problem.MISSING, "place")
    return Person(
        id=PersonId(record.needed_id("id")),
        kind=record.word("kind", PersonKind),
        name=record.needed("name"),
        emails=record.texts("emails"),
        phones=record.texts("phones"),
        addresses=tuple(
            PostalAddress(
                lines=one.texts("lines"),
                postcode=one.text("postcode"),
                city=one.text("city"),
                region=one.text("region"),
                country=one.text("country"),
            )
            for one in record.records("addresses")
        ),
        place=Place(place),
        language=record.text("language") or "en",
        created_on=record.needed_day("created_on"),
    )


def _read_company(record: Fields) -> Company:
    return Company(
        id=CompanyId(record.needed("id")),
        name=record.needed("name"),
        origin=record.word("origin", Origin),
        aliases=record.texts("aliases"),
        domains=tuple(domain.lower() for domain in record.texts("domains")),
        country=record.place("country"),
        region=record.text("region"),
        categories=record.texts("categories"),
        contacts=tuple(
            Contact(
                channel=one.word("channel", Channel),
                value=one.text("value", is_long=True),
                source=one.text("source"),
                checked_on=one.day("checked_on"),
            )
            for one in record.records("contacts")
        ),
        website=record.text("website"),
        language=record.text("language"),
        quality=record.word_or("quality", Quality, Quality.UNKNOWN),
        sources=record.texts("sources"),
        is_data_broker=record.raw("is_data_broker") is True,
        note=record.text("note", is_long=True),
    )


def _read_request(record: Fields) -> ReadRequest:
    id_ = record.needed_id("id")
    request = OptOutRequest(
        id=RequestId(id_),
        person=PersonId(record.needed_id("person")),
        company=CompanyId(record.needed("company")),
        company_name=record.needed("company_name"),
        right=record.word("right", Right),
        law=LawId(record.needed("law")),
        residence=Place(record.place("residence")),
        addressee_place=record.place("addressee_place"),
        channel=record.word("channel", Channel),
        to_address=record.text("to_address", is_long=True),
        list_id=record.text("list_id"),
        reference=record.needed("reference"),
        identity=frozenset(_words(record, "identity")),
        customer_number=record.text("customer_number"),
        facts=_read_facts(record),
        created_on=record.needed_day("created_on"),
        binned_on=record.day("binned_on"),
        rules=record.text("rules"),
        events=tuple(map(_read_entry, record.records("entries"))),
    )
    letters = tuple(_read_letter(one, RequestId(id_)) for one in record.records("letters"))
    note = record.text("note", is_long=True)
    return ReadRequest(place=record.where, request=request, note=note, letters=letters)


def _words(record: Fields, name: str) -> Iterator[IdentityItem]:
    for text in record.texts(name):
        if text not in set(IdentityItem):
            raise NotUsable(Problem.UNKNOWN_WORD, f"{name}: {text}")
        yield IdentityItem(text)


def _read_facts(record: Fields) -> tuple[tuple[RequestFact, str], ...]:
    value = record.raw("facts") or {}
    if not isinstance(value, dict):
        raise NotUsable(Problem.WRONG_SHAPE, "facts")
    if unknown := sorted(set(value) - set(RequestFact)):
        raise NotUsable(Problem.UNKNOWN_WORD, f"facts: {unknown[0]}")
    told = Fields(value, record.where)
    return tuple((fact, told.text(fact, is_long=True)) for fact in RequestFact if fact in value)


def _read_entry(record: Fields) -> RequestEvent:
    channel = record.text("channel")
    corrects = record.id("corrects")
    return RequestEvent(
        id=EventId(record.needed_id("id")),
        kind=record.word("kind", EventKind),
        on=record.needed_day("on"),
        recorded_at=record.instant("recorded_at"),
        until=record.day("until"),
        reason=record.text("reason", is_long=True),
        note=record.text("note", is_long=True),
        grade=record.word_or("grade", ProofGrade, ProofGrade.STATED),
        channel=record.word("channel", Channel) if channel else None,
        to_address=record.text("to_address", is_long=True),
        details=tuple(
            (one.needed("name").replace("=", " "), one.text("value", is_long=True))
            for one in record.records("details")
        ),
        corrects=EventId(corrects) if corrects else None,
    )


def _read_letter(record: Fields, request: RequestId) -> CopiedLetter:
    event = record.id("entry")
    way = record.text("way")
    version = record.raw("template_version")
    return CopiedLetter(
        kept=KeptLetter(
            id=LetterId(record.needed_id("id")),
            request=request,
            letter=Letter(
                kind=record.word("kind", LetterKind),
                subject=record.text("subject"),
                body=record.text("body", is_long=True),
                language=record.text("language"),
                template=record.text("template"),
                template_version=version if type(version) is int else 1,
                is_edited=record.raw("is_edited") is True,
            ),
            channel=record.word("channel", Channel),
            to_address=record.text("to_address", is_long=True),
            made_on=record.needed_day("made_on"),
            sha256=record.text("sha256"),
            way=record.word("way", Way) if way else None,
        ),
        event=EventId(event) if event else None,
        content=_bytes(record),
    )


def _bytes(record: Fields) -> bytes | None:
    value = record.raw("bytes")
    if value is None:
        return None
    if not isinstance(value, str):
        raise NotUsable(Problem.WRONG_SHAPE, "bytes")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise NotUsable(Problem.WRONG_SHAPE, "bytes") from None
