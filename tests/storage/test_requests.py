# SPDX-License-Identifier: Apache-2.0
"""Keeping requests: entries are only ever added, and everything comes back as it went in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.letters import RequestFact
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.requests import EventKind, ProofGrade
from optout_desktop.domain.rights import Right
from tests.builders import DAY, a_client, a_request, an_event, an_instant, sent


def test_a_request_comes_back_with_everything(stores):
    entry = an_event(
        EventKind.EXTENDED,
        until=DAY + timedelta(days=30),
        reason="Große Menge",
        note="e\u0301 \u05e9",
        grade=ProofGrade.AUTO_REPLY,
        channel=Channel.POST,
        to_address="1 Main Street",
        details=(("what", "a = b"), ("amount", "20")),
    )
    request = a_request(
        (sent(), entry),
        identity=frozenset(IdentityItem),
        customer_number="C-1",
        list_id="news",
        binned_on=DAY,
        rules="digest",
    )
    stores.requests.add(request)
    found = stores.requests.get(request.id)

    assert found == request


def test_a_correction_names_what_it_corrects(stores):
    wrong = sent()
    right = replace(sent(), corrects=wrong.id)
    request = a_request((wrong, right))
    stores.requests.add(request)

    assert stores.requests.get(request.id).history[0].id == right.id


def test_entries_come_in_the_order_in_which_they_were_added(stores):
    first, second = a_request(), a_request()
    stores.requests.add(first)
    stores.requests.add(second)
    for number in range(6):
        owner = first if number % 2 else second
        stores.requests.append(owner.id, an_event(EventKind.NOTE, note=str(number)))

    notes = [event.note for event in stores.requests.get(first.id).events]
    sequences = [event.sequence for event in stores.requests.get(first.id).events]

    assert notes == ["1", "3", "5"]
    assert sequences == sorted(sequences)


def test_many_at_once_are_kept_as_one_by_one_and_come_by_row(stores):
    made = [a_request((sent(),)) for _ in range(1203)]
    stores.requests.add_all(made)
    found = stores.requests.many([request.id for request in reversed(made)])

    assert [request.id for request in found] == [request.id for request in made]
    assert stores.requests.ids() == tuple(request.id for request in made)
    assert list(stores.requests.rows_of(request.id for request in made).values()) == list(range(1, 1204))


def test_adding_none_at_once_adds_none(stores):
    stores.requests.add_all([])

    assert stores.requests.ids() == ()


def test_changing_writes_the_fields_and_leaves_the_entries(stores):
    request = a_request((sent(),))
    stores.requests.add(request)
    stores.requests.change(replace(request, to_address="other@northwind.example", rules="digest"))
    found = stores.requests.get(request.id)

    assert (found.to_address, found.rules) == ("other@northwind.example", "digest")
    assert len(found.events) == 1


FACTS = ((RequestFact.WRONG_DATA, "Elm Street"), (RequestFact.RIGHT_DATA, "Oak Street\n12"))


def test_facts_come_back_in_order_and_follow_a_change(stores):
    request, other = a_request(facts=FACTS), a_request()
    stores.requests.add_all([request, other])
    before = stores.requests.get(request.id).facts
    stores.requests.change(replace(request, facts=FACTS[1:]))

    assert before == FACTS
    assert stores.requests.get(request.id).facts == FACTS[1:]
    assert stores.requests.get(other.id).facts == ()


@pytest.mark.parametrize("ask", ["get", "row_of", "snapshot"])
def test_what_is_not_there_is_not_found(stores, ask):
    with pytest.raises(NotFound):
        getattr(stores.requests, ask)("nothing")


def test_a_request_belongs_to_somebody(stores):
    with pytest.raises(IntegrityError):
        stores.requests.add(a_request(person="nobody"))


class TestFinding:
    @pytest.fixture
    def pair(self, stores):
        pair = (
            a_request(id="ab" + "0" * 30, reference="OO-7F3K-22AB"),
            a_request(id="ac" + "0" * 30, reference="OO-7F3K-22AC"),
        )
        stores.requests.add_all(pair)
        return pair

    def test_by_reference_in_any_case(self, stores, pair):
        assert stores.requests.find(" oo-7f3k-22ab ") == pair[0].id

    def test_by_the_beginning_of_an_id_where_only_one_has_it(self, stores, pair):
        assert stores.requests.find("AC") == pair[1].id
        assert stores.requests.find("a") is None

    @pytest.mark.parametrize("typed", ["", " ", "%", "_", "a%", "'", "OO-", "\x00", "zz"])
    def test_nothing_by_anything_else(self, stores, pair, typed):
        assert stores.requests.find(typed) is None


def test_asked_before_is_the_same_person_company_and_right_newest_first(stores):
    client = a_client()
    stores.people.put(client)
    first, second = a_request(), a_request()
    others = (
        a_request(right=Right.DELETE),
        a_request(company="other"),
        a_request(person=client.id),
        a_request(binned_on=DAY),
    )
    stores.requests.add_all((first, second, *others))

    asked = stores.requests.asked_before(first.person, first.company, first.right)

    assert asked == (second.id, first.id)


def test_the_bin_can_be_entered_and_left(stores):
    request = a_request()
    stores.requests.add(request)
    stores.requests.set_binned(request.id, DAY)

    assert stores.requests.get(request.id).binned_on == DAY

    stores.requests.set_binned(request.id, None)

    assert stores.requests.get(request.id).binned_on is None


def test_a_snapshot_is_kept_once(stores):
    stores.requests.keep_snapshot("d", "first")
    stores.requests.keep_snapshot("d", "second")

    assert stores.requests.snapshot("d") == "first"


def test_the_last_version_of_a_note_stands(stores):
    request, other = a_request(), a_request()
    stores.requests.add_all((request, other))
    for text in ("one", "two\nlines"):
        stores.requests.put_note(request.id, text, an_instant())

    assert stores.requests.note(request.id) == "two\nlines"
    assert stores.requests.note(other.id) == ""
    assert stores.requests.notes() == {request.id: "two\nlines"}
