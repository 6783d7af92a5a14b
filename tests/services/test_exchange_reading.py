# SPDX-License-Identifier: Apache-2.0
"""A file held against a vault: who and whom are found, and what is left out says why."""

from dataclasses import replace
from datetime import timedelta

import pytest

from optout_desktop.domain.companies import Origin
from optout_desktop.domain.errors import NotAllowed
from optout_desktop.domain.exchange import (
    ImportChoice,
    ImportSource,
    Problem,
    ReadDocument,
    ReadRequest,
    Verdict,
)
from optout_desktop.domain.people import PersonKind
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from tests.builders import DAY, a_company, a_person, a_request, an_event, an_id, corrected, sent
from tests.services import desks

PERSON = a_person("Ann Elsewhere", emails=("ann@example.org",))
COMPANY = a_company("Old Mill Post", domains=("oldmill.example",))


def asked(*events, **changes):
    return a_request(events or (sent(),), person=PERSON.id, company=COMPANY.id, **changes)


def a_document(*requests, **changes):
    plain = {
        "source": ImportSource.JSON,
        "file_name": "f.json",
        "people": (PERSON,),
        "companies": (COMPANY,),
        "requests": tuple(
            ReadRequest(place=f"requests {number}", request=one)
            for number, one in enumerate(requests, start=1)
        ),
    }
    return ReadDocument(**plain | changes)


def lines(desk, document):
    return desk.exchange.preview(document, ImportChoice()).lines


@pytest.mark.parametrize(
    ("request_", "problem"),
    [
        (asked(law="xx-none"), Problem.UNKNOWN_LAW),
        (asked(law="register:xx-none"), Problem.UNKNOWN_REGISTER),
        (asked(right=Right.SMS_STOP), Problem.NO_SUCH_RIGHT),
        (replace(asked(), person=an_id()), Problem.UNKNOWN_PERSON),
        (replace(asked(), company="own-unknown"), Problem.UNKNOWN_COMPANY),
        (asked(an_event(EventKind.COMPLETED)), Problem.IMPOSSIBLE_HISTORY),
        (asked(sent(), an_event(EventKind.COMPLETED, DAY - timedelta(days=1))), Problem.IMPOSSIBLE_HISTORY),
        (asked(*(an_event(EventKind.NOTE) for _ in range(501))), Problem.TOO_LONG),
    ],
)
def test_what_cannot_be_taken_in_says_why(desk, request_, problem):
    [line] = lines(desk, a_document(request_))

    assert (line.verdict, line.problem) == (Verdict.UNUSABLE, problem)


def test_entries_that_correct_each_other_in_a_circle_are_not_followed(desk):
    first = sent()
    second = corrected(first)
    circle = asked(replace(first, corrects=second.id), second)
    own = asked(replace(first, corrects=first.id))

    assert [line.problem for line in lines(desk, a_document(circle, own))] == [Problem.WRONG_SHAPE] * 2


def test_the_same_twice_in_a_file_is_taken_once(desk):
    one = asked()
    other = replace(asked(), reference=one.reference)
    shared = asked(*one.events)
    found = lines(desk, a_document(one, one, other, shared))

    assert [line.verdict for line in found] == [Verdict.NEW, *[Verdict.UNUSABLE] * 3]
    assert {line.problem for line in found[1:]} == {Problem.TWICE}
    assert {line.detail for line in found[1:]} == {"requests 1"}


def test_rules_that_were_changed_are_not_believed(desk):
    found = lines(desk, a_document(asked(rules="0" * 64), rules=(("0" * 64, "{}"),)))

    assert [line.problem for line in found] == [Problem.RULES_DAMAGED]


def test_a_request_without_its_rules_counts_by_the_newest(desk):
    request = asked(rules="0" * 64)

    desk.exchange.take_in(a_document(request), ImportChoice())

    assert desk.requests.detail(request.id).deadline is not None


def test_a_person_is_found_by_name_and_address(desk, jane):
    theirs = replace(PERSON, name=jane.name.upper(), emails=(jane.email.upper(),))

    done = desk.exchange.take_in(a_document(asked(), people=(theirs,)), ImportChoice())
    [(_, request, *_)] = desks.everything(desk)

    assert done.preview.new_people == ()
    assert request.person == jane.id


def test_a_second_oneself_becomes_a_client(desk, jane):
    desk.exchange.take_in(a_document(asked()), ImportChoice())

    assert {(one.name, one.kind) for one in desk.people.all()} == {
        (jane.name, PersonKind.ONESELF),
        (PERSON.name, PersonKind.CLIENT),
    }


def test_a_company_is_found_by_its_domain_else_added(desk, jane):
    known = desk.companies.add(desks.CompanyInput(name="Mill", domains=("oldmill.example",)))
    by_domain = desk.exchange.preview(a_document(asked()), ImportChoice())
    elsewhere = replace(COMPANY, domains=("other.example",))
    added = desk.exchange.preview(a_document(asked(), companies=(elsewhere,)), ImportChoice())

    desk.exchange.take_in(a_document(asked()), ImportChoice())
    [(row, *_)] = desks.everything(desk)

    assert (by_domain.new_companies, added.new_companies) == (0, 1)
    assert row.company == known.id


def test_a_correction_of_a_shipped_company_comes_along_where_there_is_none(desk, library):
    shipped = next(iter(library.directory))
    theirs = replace(shipped, name="As I know it", origin=Origin.CORRECTED)
    request = replace(asked(), company=shipped.id)

    desk.exchange.take_in(a_document(request, companies=(theirs,)), ImportChoice())

    assert desk.companies.get(shipped.id).name == "As I know it"


def test_a_reference_or_an_entry_of_another_request_is_a_conflict(desk, sent_request):
    mine = desk.requests.detail(sent_request.id).request
    same_reference = replace(asked(), reference=mine.reference)
    same_entry = asked(*mine.events)
    found = lines(desk, a_document(same_reference, same_entry))

    assert [(line.verdict, line.problem) for line in found] == [
        (Verdict.CONFLICT, Problem.REFERENCE_TAKEN),
        (Verdict.CONFLICT, Problem.ENTRY_ELSEWHERE),
    ]


def test_a_request_that_asks_something_else_is_a_conflict(desk, sent_request):
    mine = desk.requests.detail(sent_request.id).request
    changed = replace(mine, to_address="other@northwind.example")
    document = a_document(
        changed, people=desk.people.all(), companies=desk.companies.own(), source=ImportSource.JSON
    )

    assert [(line.verdict, line.detail) for line in lines(desk, document)] == [
        (Verdict.CONFLICT, "to_address")
    ]


def test_a_file_that_names_nobody_needs_somebody_in_the_vault(desk):
    document = a_document(replace(asked(), person=""), source=ImportSource.CSV)

    with pytest.raises(NotAllowed):
        lines(desk, document)

    assert desk.people.all() == ()
