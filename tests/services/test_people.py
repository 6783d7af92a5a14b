# SPDX-License-Identifier: Apache-2.0
"""People: what is typed is checked, and a changed name reaches every list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.people import PersonKind
from optout_desktop.services.people import PersonInput
from tests.services import desks

JANE = PersonInput(name="Jane Example", emails=("jane@example.org",), place="US-CA")


def test_oneself_is_kept_with_plain_addresses(desk):
    typed = replace(
        JANE, name="  Jane \n Example ", phones=("(202) 555-0143", "+1 202 555 0143"), place="us-ca"
    )
    jane = desk.people.add(typed)

    assert desk.people.me() == desk.people.get(jane.id) == jane
    assert (jane.name, jane.phones, jane.place) == ("Jane Example", ("+12025550143",), "US-CA")


def test_there_is_one_oneself_and_any_number_of_clients(desk, jane):
    for name in ("Tom", "Lena"):
        desk.people.add(replace(JANE, name=name, emails=()), PersonKind.CLIENT)

    with pytest.raises(NotAllowed, match="already"):
        desk.people.add(JANE)

    assert [person.name for person in desk.people.all()] == ["Jane Example", "Lena", "Tom"]


BAD = {
    "no name": ({"name": " \n"}, "name", "name is needed"),
    "a name of control characters": ({"name": "\u202e\x07"}, "name", "name is needed"),
    "a name without end": ({"name": "x" * 301}, "name", "longer than 300"),
    "no address": ({"emails": ()}, "email", "needed"),
    "an address without an ending": ({"emails": ("jane@gmail",)}, "email", "jane@gmail.com"),
    "an address without a domain": ({"emails": ("jane@",)}, "email", "after the @"),
    "a phone that is none": ({"phones": ("call me",)}, "phone", "not a telephone number"),
    "no place": ({"place": "Mars"}, "place", "where you live"),
}


@pytest.mark.parametrize(("changes", "field", "sentence"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_is_told_and_changes_nothing(desk, jane, changes, field, sentence):
    before = desks.digest_of(desk.vault)
    typed = replace(JANE, **changes)
    me = desk.people.me()

    with pytest.raises(InputError) as caught:
        desk.people.change(me.id, typed)

    assert sentence in str(caught.value)
    assert caught.value.field == field
    assert desks.digest_of(desk.vault) == before


@pytest.mark.parametrize(
    "name", ["שלום עולם", "Zoe\u0308 Ne\u0301", "Ng\u0169gĩ wa Thiong’o", "李小龍", "x" * 300]
)
def test_any_name_that_people_have_is_kept_as_it_is(desk, name):
    assert desk.people.add(replace(JANE, name=name)).name == name


def test_signs_that_would_turn_a_line_around_are_left_out(desk):
    assert desk.people.add(replace(JANE, name="Jane\u202e Example")).name == "Jane Example"


def test_a_new_name_is_in_every_row_and_in_the_search_and_can_be_undone(desk, jane, sent_request):
    desk.requests.save_note(sent_request.id, "hotline")
    desk.people.change(jane.id, replace(JANE, name="Jana Neu"))
    [row] = desk.requests.page(desk.requests.list(RequestFilter(typed="jana hotline")).rows)
    desk.undoing.undo()

    assert row.person_name == "Jana Neu"
    assert desk.requests.list(RequestFilter(typed="jana")).rows == ()
    assert desk.requests.detail(row.id).overview.person_name == "Jane Example"
    assert desk.backups.check().stale_rows == 0


def test_nobody_is_found_under_an_unknown_id(desk):
    with pytest.raises(NotFound):
        desk.people.get("nobody")
