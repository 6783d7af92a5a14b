# SPDX-License-Identifier: Apache-2.0
import base64
import hashlib
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import jsonschema
import pytest

from optout_desktop.adapters.request_documents import document_file, is_document, read_document
from optout_desktop.domain.errors import ImportRefused
from optout_desktop.domain.exchange import CopiedLetter, OutgoingRequest, Problem
from optout_desktop.domain.letters import RequestFact
from optout_desktop.domain.requests import EventKind, ProofGrade
from tests.builders import (
    DAY,
    a_company,
    a_kept_letter,
    a_person,
    a_request,
    an_address,
    an_event,
    an_overview,
    corrected,
    sent,
)

SCHEMA = Path(__file__).resolve().parents[2] / "resources" / "schemas" / "requests.schema.json"
RULES = '{"calendars":[],"format":1,"regions":{},"rules":[]}'
DIGEST = hashlib.sha256(RULES.encode()).hexdigest()


def a_full_request():
    first = sent(
        details=(("identifier", "a=b"), ("remind_on", "2026-05-01")), grade=ProofGrade.SERVER_ACCEPTED
    )
    return a_request(
        (first, corrected(first, note="Ünïcode\nlines"), an_event(EventKind.REFUSED, reason="no_match")),
        facts=((RequestFact.WHICH_DATA, "all of it"),),
        rules=DIGEST,
        binned_on=DAY,
        customer_number="17",
    )


def written(request, *, content=b"letter", note="A note.") -> bytes:
    kept = replace(a_kept_letter(request), sha256=hashlib.sha256(b"letter").hexdigest())
    letter = CopiedLetter(kept=kept, event=request.events[0].id if request.events else None, content=content)
    person = a_person(id=request.person, addresses=(an_address(),), phones=("+12025550143",))
    out = OutgoingRequest(
        request=request, person=person, overview=an_overview(id=request.id), note=note, letters=(letter,)
    )
    pieces = document_file(
        [out],
        people=[person],
        companies=[a_company(id=request.company, domains=("northwind.example",))],
        rules=lambda: [(DIGEST, RULES)],
        made_at=datetime(2026, 3, 2, 12),
        made_by="OptOut Desktop 1",
    )
    return b"".join(pieces)


def read(content):
    return read_document(json.loads(content), "requests.json")


def test_everything_comes_back():
    request = a_full_request()
    document = read(written(request))
    [one] = document.requests

    assert document.unusable == ()
    assert replace(one.request, events=()) == replace(request, events=())
    assert one.request.events == tuple(replace(event, sequence=0) for event in request.events)
    assert (one.note, one.letters[0].content, one.letters[0].is_whole) == ("A note.", b"letter", True)
    assert document.people[0].addresses == (an_address(),)
    assert document.companies[0].domains == ("northwind.example",)
    assert document.rules == ((DIGEST, RULES),)


@pytest.mark.parametrize("content", [b"letter", None])
def test_a_document_is_as_its_schema_says(content):
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(written(a_full_request(), content=content)), schema)
    assert written(a_request()).isascii()


def test_the_words_of_the_data_rights_protocol_stand_beside_ours():
    [record] = json.loads(written(a_full_request()))["requests"]

    assert (record["status"], record["drp"]["status"], record["drp"]["reason"]) == (
        "refused",
        "denied",
        "no_match",
    )


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"id": "x"}, Problem.NOT_AN_ID),
        ({"right": "fly"}, Problem.UNKNOWN_WORD),
        ({"channel": None}, Problem.MISSING),
        ({"created_on": "1066-10-14"}, Problem.NOT_A_DAY),
        ({"entries": {}}, Problem.WRONG_SHAPE),
        ({"entries": [{"id": "0" * 32, "kind": "sent"}]}, Problem.MISSING),
        ({"facts": {"shoe_size": "9"}}, Problem.UNKNOWN_WORD),
        ({"facts": []}, Problem.WRONG_SHAPE),
        ({"identity": ["dna"]}, Problem.UNKNOWN_WORD),
        ({"note": "x" * 70_000}, Problem.TOO_LONG),
    ],
)
def test_a_request_that_cannot_be_used_is_listed(change, problem):
    value = json.loads(written(a_full_request()))
    value["requests"][0] |= change
    if change.get("facts") == []:
        value["requests"][0]["facts"] = [1]
    document = read_document(value, "requests.json")

    assert document.requests == ()
    assert [(one.place, one.problem) for one in document.unusable] == [("requests 1", problem)]


def test_bytes_that_are_none_make_a_request_unusable():
    value = json.loads(written(a_full_request()))
    value["requests"][0]["letters"][0]["bytes"] = "***"

    assert [one.problem for one in read_document(value, "x").unusable] == [Problem.WRONG_SHAPE]


def test_changed_bytes_are_not_whole():
    value = json.loads(written(a_full_request()))
    value["requests"][0]["letters"][0]["bytes"] = base64.b64encode(b"other").decode()

    assert not read_document(value, "x").requests[0].letters[0].is_whole


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        {"kind": "optout-requests", "schema": 2},
        {"kind": "optout-requests", "schema": 1, "requests": 7},
    ],
)
def test_what_is_no_such_document_is_refused(value):
    with pytest.raises(ImportRefused) as refused:
        read_document(value, "x.json")

    assert "changed" in str(refused.value)
    assert is_document(value) is ("kind" in value)
