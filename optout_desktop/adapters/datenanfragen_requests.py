# SPDX-License-Identifier: Apache-2.0
"""“My requests” of Datenanfragen.de → requests under the GDPR.

Three shapes are known: the proceedings with their messages (JSON), the table that the site exports (cells joined by
``;`` without quotation marks), and rows of its first years (JSON or table, with ``response_type``). None of them
holds what the letters said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from optout_desktop.domain.companies import Channel, Company, Contact, Origin
from optout_desktop.domain.errors import ImportRefused
from optout_desktop.domain.exchange import ImportSource, Problem, ReadDocument, ReadRequest, Unusable
from optout_desktop.domain.ids import CompanyId, EventId, LawId, PersonId, RequestId
from optout_desktop.domain.places import Place
from optout_desktop.domain.requests import CloseReason, EventKind, OptOutRequest, RequestEvent
from optout_desktop.domain.rights import Right

from .read_fields import Fields, NotUsable, known_day, made_id, plain
from .tables_in import MOST_ROWS, TableText

LAW = LawId("eu-gdpr")
RIGHTS = {
    "access": Right.ACCESS,
    "erasure": Right.DELETE,
    "rectification": Right.CORRECT,
    "objection": Right.OBJECT_DIRECT_MARKETING,
}
FREE_LETTER = "custom"
_LATER = {"admonition": EventKind.REMINDER_SENT, "complaint": EventKind.COMPLAINT_LODGED}
_CHANNELS = {
    "email": Channel.EMAIL,
    "letter": Channel.POST,
    "fax": Channel.POST,
    "webform": Channel.FORM,
}
_TABLE = ("date", "slug", "recipient", "email", "reference", "type", "via")
_BEFORE_RECIPIENT, _AFTER_RECIPIENT = 2, 4
_SLUG_CHARS = 200


def is_proceedings(value: object) -> bool:
    """True where a JSON value holds proceedings, or rows of the first years."""
    return _proceedings(value) is not None or _is_rows(value)


def is_table(table: TableText) -> bool:
    """True where the first line names the site's columns."""
    labels = set(_labels(table.text.split("\n", 1)[0], table.delimiter))
    return {"date", "reference", "type", "via"} <= labels


def read_proceedings(value: Any, file_name: str) -> ReadDocument:  # noqa: ANN401  # what JSON may hold
    """What a file of proceedings or rows says. Raises ImportRefused where it holds neither."""
    proceedings = _proceedings(value)
    if proceedings is None and not _is_rows(value):
        raise ImportRefused(
            f"{file_name} holds no requests of Datenanfragen.de. Nothing was changed.",
            "not_requests",
            file_name,
        )
    if proceedings is None:
        return _document(_grouped(value), file_name, "utf-8")
    groups = []
    for number, (reference, one) in enumerate(proceedings.items(), start=1):
        record = one if isinstance(one, dict) else {}
        messages = record.get("messages")
        listed = list(messages.values()) if isinstance(messages, dict) else messages
        groups.append(
            _Group(
                f"entry {number}",
                str(record.get("reference") or reference),
                [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else [],
                str(record.get("status") or ""),
            )
        )
    return _document(groups, file_name, "utf-8")


def read_rows(table: TableText) -> ReadDocument:
    """What the site's table says. Raises ImportRefused above the limits of a table."""
    lines = table.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MOST_ROWS + 1:
        raise ImportRefused(
            f"{table.name} has more than {MOST_ROWS:,} rows. It was not read, and nothing was changed.",
            "too_large",
        )
    labels = _labels(lines[0], table.delimiter)
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            cells = _cells(line, table.delimiter, labels)
            rows.append(dict(zip(labels, cells, strict=False)) | {"_place": f"line {number}"})
    return _document(_grouped(rows), table.name, table.encoding)


def _labels(line: str, delimiter: str) -> tuple[str, ...]:
    if line.startswith(";".join(_TABLE[:2])):
        delimiter = ";"
    return tuple(label.strip().strip('"').lower() for label in line.split(delimiter))


def _cells(line: str, delimiter: str, labels: tuple[str, ...]) -> list[str]:
    """The cells of a line; what is too many of them are parts of an address that has the delimiter in it."""
    cells = line.split(";" if labels == _TABLE else delimiter)
    if labels == _TABLE and len(cells) > len(_TABLE):
        recipient = ";".join(cells[_BEFORE_RECIPIENT:-_AFTER_RECIPIENT])
        cells = [*cells[:_BEFORE_RECIPIENT], recipient, *cells[-_AFTER_RECIPIENT:]]
    return [cell.strip().strip('"') for cell in cells]


def _proceedings(value: object) -> dict[str, Any] | None:
    if not isinstance(value, dict):
        return None
    state = value.get("state")
    inner = state if isinstance(state, dict) else value
    found = inner.get("proceedings")
    return found if isinstance(found, dict) else None


def _is_rows(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, dict) and {"reference", "date", "type"} <= set(one) for one in value)
    )


class _Group:
    """The messages of one reference."""

    def __init__(self, place: str, reference: str, messages: list[dict[str, Any]], status: str = "") -> None:
        self.place = place
        self.reference = reference
        self.messages = messages
        self.status = status


def _grouped(rows: list[dict[str, Any]]) -> list[_Group]:
    groups: dict[str, _Group] = {}
    for number, row in enumerate(rows, start=1):
        reference = str(row.get("reference") or "")
        place = str(row.get("_place") or f"entry {number}")
        # rows without a reference cannot belong together
        groups.setdefault(reference or place, _Group(place, reference, [])).messages.append(row)
    return list(groups.values())


def _document(groups: Iterable[_Group], file_name: str, encoding: str) -> ReadDocument:
    companies: dict[str, Company] = {}
    found: list[ReadRequest] = []
    unusable: list[Unusable] = []
    for group in groups:
        try:
            read, company = _read(group)
        except NotUsable as error:
            unusable.append(
                Unusable(
                    place=group.place,
                    problem=error.problem,
                    detail=error.detail,
                    name=_shown(group),
                )
            )
            continue
        found.append(read)
        companies.setdefault(company.id, company)
    return ReadDocument(
        source=ImportSource.DATENANFRAGEN,
        file_name=file_name,
        encoding=encoding,
        companies=tuple(companies.values()),
        requests=tuple(found),
        unusable=tuple(unusable),
    )


def _read(group: _Group) -> tuple[ReadRequest, Company]:
    messages = sorted((Fields(one, group.place) for one in group.messages), key=_sorted_by)
    types = [one.text("type").lower() for one in messages]
    asking = next((one for one, kind in zip(messages, types, strict=True) if kind in RIGHTS), None)
    if asking is None:
        is_free = FREE_LETTER in types
        raise NotUsable(Problem.FREE_LETTER if is_free else Problem.NOTHING_ASKED, ", ".join(types))
    reference = Fields({"reference": group.reference}, group.place).needed("reference")
    company = _company(asking)
    channel = _channel(asking)
    address = _to_address(asking, channel)
    id_ = made_id("datenanfragen", reference)
    request = OptOutRequest(
        id=RequestId(id_),
        person=PersonId(""),
        company=company.id,
        company_name=company.name,
        right=RIGHTS[asking.text("type").lower()],
        law=LAW,
        residence=Place(""),
        addressee_place="",
        channel=channel,
        to_address=address,
        reference=reference,
        created_on=_day(asking),
        events=tuple(_entries(id_, messages, asking, group.status)),
    )
    return ReadRequest(place=group.place, request=request), company


def _entries(request: str, messages: list[Fields], asking: Fields, status: str) -> Iterator[RequestEvent]:
    """Entries by type and direction: what an answer said is not in the file, unless the person marked it as done."""
    answers = [one for one in messages if one.text("type").lower() == "response" and not _is_mine(one)]
    has_answer = False
    for number, one in enumerate(messages):
        kind, reason = _kind(one, asking, is_first_answer=not has_answer), ""
        if _is_answer(one):
            has_answer = True
            if status == "done" and one is answers[-1]:
                kind = EventKind.COMPLETED
        yield _entry(request, kind, one, one.text("id") or str(number), reason)
    last = messages[-1]
    if status == "abandoned":
        yield _entry(request, EventKind.CLOSED, last, "abandoned", CloseReason.GIVEN_UP)
    elif status == "done" and not answers:
        yield _entry(request, EventKind.CLOSED, last, "done", CloseReason.DONE)


def _kind(one: Fields, asking: Fields, *, is_first_answer: bool) -> EventKind:
    word = one.text("type").lower()
    if one is asking:
        return EventKind.SENT
    if _is_answer(one):
        return EventKind.ACKNOWLEDGED if is_first_answer else EventKind.NOTE
    if not _is_mine(one) or word in {"response", FREE_LETTER}:
        return EventKind.NOTE
    if word in RIGHTS:
        return EventKind.REMINDER_SENT  # the same asked again under the same reference
    if word not in _LATER:
        raise NotUsable(Problem.UNKNOWN_WORD, f"type: {word}")
    return _LATER[word]


def _entry(request: str, kind: EventKind, one: Fields, name: str, reason: str) -> RequestEvent:
    on = _day(one)
    channel = _channel(one)
    is_sending = kind in {EventKind.SENT, EventKind.REMINDER_SENT, EventKind.COMPLAINT_LODGED}
    return RequestEvent(
        id=EventId(made_id("datenanfragen", request, name)),
        kind=kind,
        on=on,
        recorded_at=datetime.combine(on, time()),
        reason=reason,
        note=one.text("subject"),
        channel=channel if is_sending else None,
        to_address=_to_address(one, channel) if is_sending else "",
    )


def _is_answer(one: Fields) -> bool:
    return one.text("type").lower() == "response" and not _is_mine(one)


def _is_mine(one: Fields) -> bool:
    """Who wrote a message; rows without the field are letters, except answers."""
    told = one.raw("sentByMe")
    return told if isinstance(told, bool) else one.text("type").lower() != "response"


def _sorted_by(one: Fields) -> tuple[str, str]:
    return str(one.raw("date") or "")[:10], str(one.raw("id") or "")


def _day(one: Fields) -> date:
    text = one.text("date").strip()
    if not text:
        raise NotUsable(Problem.MISSING, "date")
    return known_day(text[:10], "date")


def _address_lines(one: Fields) -> list[str]:
    text = one.text("correspondent_address", is_long=True) or one.text("recipient", is_long=True)
    parts = text.split("\n") if "\n" in text else text.split(", ")
    return [part.strip() for part in parts if part.strip()]


def _name(one: Fields) -> str:
    return next(iter(_address_lines(one)), "")[:100]


def _shown(group: _Group) -> str:
    """A name for what cannot be used: of whoever it went to, as far as that can be read, else its reference."""
    for one in group.messages:
        try:
            if name := _name(Fields(one, "")):
                return name
        except NotUsable:
            continue
    return plain(group.reference)[:100]


def _email(one: Fields) -> str:
    return (one.text("correspondent_email") or one.text("email")).strip()


def _channel(one: Fields) -> Channel:
    word = (one.text("transport_medium") or one.text("via")).strip().lower()
    if not word:
        return Channel.EMAIL
    if word not in _CHANNELS:
        raise NotUsable(Problem.UNKNOWN_WORD, f"via: {word}")
    return _CHANNELS[word]


def _to_address(one: Fields, channel: Channel) -> str:
    return (
        _email(one)
        if channel is Channel.EMAIL
        else "\n".join(_address_lines(one))
        if channel is Channel.POST
        else ""
    )


def _company(one: Fields) -> Company:
    slug, email, lines = one.text("slug").strip().lower(), _email(one), _address_lines(one)
    name = (lines[0] if lines else "") or slug or email
    if not name:
        raise NotUsable(Problem.MISSING, "recipient")
    contacts = [Contact(channel=Channel.EMAIL, value=email)] if email else []
    if len(lines) > 1:
        contacts.append(Contact(channel=Channel.POST, value="\n".join(lines)))
    key = slug[:_SLUG_CHARS] if slug else f"own-{made_id('company', name.casefold(), email.casefold())}"
    return Company(
        id=CompanyId(key),
        name=name[:300],
        origin=Origin.IMPORTED,
        contacts=tuple(contacts),
    )
