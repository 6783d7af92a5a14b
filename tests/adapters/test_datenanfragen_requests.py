# SPDX-License-Identifier: Apache-2.0
"""“My requests” of Datenanfragen.de in its three shapes; all people and companies are made up."""

from datetime import date

import pytest

from optout_desktop.adapters.datenanfragen_requests import (
    is_proceedings,
    is_table,
    read_proceedings,
    read_rows,
)
from optout_desktop.adapters.tables_in import open_table
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import ImportRefused
from optout_desktop.domain.exchange import Problem
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right

E = EventKind
REFERENCE = "2026-ABCDEFG"
HEAD = "date;slug;recipient;email;reference;type;via"


def a_message(number: int, type_: str, on: str, *, is_mine: bool = True, **changes):
    plain = {
        "id": f"{REFERENCE}-{number:02}",
        "reference": REFERENCE,
        "date": f"{on}T10:00:00.000Z",
        "type": type_,
        "slug": "litware",
        "correspondent_address": "Litware Audience\nHauptstrasse 1\n10115 Berlin",
        "correspondent_email": "privacy@litware.example",
        "transport_medium": "email",
        "sentByMe": is_mine,
    }
    return plain | changes


def proceedings(*messages, status="waitingForResponse", reference=REFERENCE):
    one = {"reference": reference, "status": status, "messages": {each["id"]: each for each in messages}}
    return {"state": {"proceedings": {reference: one}}, "version": 0}


def only(value):
    document = read_proceedings(value, "requests.json")
    assert document.unusable == ()
    [one] = document.requests
    return one.request


def table(*lines):
    return open_table("\n".join((HEAD, *lines)).encode(), "MyRequests.csv")


@pytest.mark.parametrize(
    ("type_", "right"),
    [
        ("access", Right.ACCESS),
        ("erasure", Right.DELETE),
        ("rectification", Right.CORRECT),
        ("objection", Right.OBJECT_DIRECT_MARKETING),
    ],
)
def test_a_type_names_a_right_of_the_gdpr(type_, right):
    request = only(proceedings(a_message(0, type_, "2026-03-02")))

    assert (request.right, request.law, request.reference) == (right, "eu-gdpr", REFERENCE)
    assert (request.company, request.company_name) == ("litware", "Litware Audience")
    assert (request.channel, request.to_address) == (Channel.EMAIL, "privacy@litware.example")
    assert (request.sent_on, request.person, request.residence) == (date(2026, 3, 2), "", "")


def test_messages_become_entries_by_type_and_direction():
    request = only(
        proceedings(
            a_message(0, "access", "2026-03-02", transport_medium="letter"),
            a_message(1, "admonition", "2026-04-10"),
            a_message(2, "response", "2026-04-15", is_mine=False),
            a_message(3, "response", "2026-04-16", subject="Thanks"),
            a_message(4, "complaint", "2026-05-20"),
        )
    )

    assert [event.kind for event in request.events] == [
        E.SENT,
        E.REMINDER_SENT,
        E.ACKNOWLEDGED,
        E.NOTE,
        E.COMPLAINT_LODGED,
    ]
    assert request.events[0].to_address == "Litware Audience\nHauptstrasse 1\n10115 Berlin"
    assert request.events[3].note == "Thanks"
    assert request.first_impossible() is None


def test_a_proceeding_that_is_done_or_given_up_ends_so():
    asked, answered = (
        a_message(0, "access", "2026-03-02"),
        a_message(1, "response", "2026-03-20", is_mine=False),
    )

    done = only(proceedings(asked, answered, status="done"))
    silent = only(proceedings(asked, status="done"))
    given_up = only(proceedings(asked, status="abandoned"))

    assert [event.kind for event in done.events] == [E.SENT, E.COMPLETED]
    assert [(event.kind, event.reason) for event in silent.events][1] == (E.CLOSED, "done")
    assert [(event.kind, event.reason) for event in given_up.events][1] == (E.CLOSED, "given_up")


def test_reading_a_file_twice_gives_the_same_requests():
    value = proceedings(a_message(0, "access", "2026-03-02"), a_message(1, "admonition", "2026-04-10"))

    assert only(value) == only(value)


def test_a_letter_of_ones_own_cannot_be_used():
    document = read_proceedings(proceedings(a_message(0, "custom", "2026-03-02")), "x.json")
    [one] = document.unusable

    assert (one.place, one.problem, one.name) == ("entry 1", Problem.FREE_LETTER, "Litware Audience")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"date": "soon"}, Problem.NOT_A_DAY),
        ({"date": ""}, Problem.MISSING),
        ({"transport_medium": "pigeon"}, Problem.UNKNOWN_WORD),
        ({"slug": "", "correspondent_address": "", "correspondent_email": ""}, Problem.MISSING),
        ({"type": "response", "sentByMe": False}, Problem.NOTHING_ASKED),
        ({"correspondent_email": 7}, Problem.WRONG_SHAPE),
    ],
)
def test_what_is_not_usable_says_why(changes, problem):
    document = read_proceedings(proceedings(a_message(0, "access", "2026-03-02", **changes)), "x.json")

    assert [one.problem for one in document.unusable] == [problem]


def test_the_sites_table_is_read_although_addresses_hold_its_delimiter():
    lines = (
        f"2026-03-02;litware;Litware; Audience, Hauptstrasse 1;p@litware.example;{REFERENCE};access;email",
        f"2026-04-10;litware;Litware; Audience, Hauptstrasse 1;p@litware.example;{REFERENCE};admonition;email",
        "2026-03-03;;Old Mill Post, Mill Lane 1;;2026-HIJKLMN;erasure;letter",
        "2026-03-04;;Old Mill Post;;2026-OPQRSTU;custom;letter",
    )
    document = read_rows(table(*lines))
    first, second = (one.request for one in document.requests)

    assert is_table(table(*lines))
    assert [event.kind for event in first.events] == [E.SENT, E.REMINDER_SENT]
    assert first.company_name == "Litware; Audience"
    assert (second.channel, second.to_address) == (Channel.POST, "Old Mill Post\nMill Lane 1")
    assert [(one.place, one.problem) for one in document.unusable] == [("line 5", Problem.FREE_LETTER)]


def test_rows_of_the_first_years_are_read():
    rows = [
        {
            "reference": "2018-ABCDEFG",
            "date": "2018-06-01",
            "type": type_,
            "response_type": "",
            "slug": "litware",
            "recipient": "Litware Audience",
            "email": "p@litware.example",
            "via": "email",
        }
        for type_ in ("access", "response")
    ]
    request = only(rows)

    assert is_proceedings(rows)
    assert [event.kind for event in request.events] == [E.SENT, E.ACKNOWLEDGED]


@pytest.mark.parametrize("value", [{}, [], [1], "x", {"proceedings": 1}, None])
def test_what_holds_no_requests_is_refused(value):
    with pytest.raises(ImportRefused):
        read_proceedings(value, "x.json")

    assert not is_proceedings(value)


@pytest.mark.parametrize("messages", [None, 7, [], {"a": 1}, "x"])
def test_a_proceeding_without_messages_is_listed(messages):
    value = {"proceedings": {REFERENCE: {"messages": messages}}}

    assert [one.problem for one in read_proceedings(value, "x").unusable] == [Problem.NOTHING_ASKED]
