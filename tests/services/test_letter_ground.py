# SPDX-License-Identifier: Apache-2.0
"""What letters are written from is read once, for one letter and for many."""

from __future__ import annotations

import pytest

from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.letters import LetterChoice, LetterKind, Tone
from optout_desktop.domain.people import PersonKind
from optout_desktop.services.letter_ground import Ground, Wishes
from optout_desktop.services.people import PersonInput
from tests.services import desks

REQUEST = LetterKind.REQUEST


def ground_of(desk, *requests):
    with desk.vault.reading() as stores:
        return Ground.of(stores, desk.letters._assessor, [(one.id, REQUEST) for one in requests])


def test_only_a_letter_that_somebody_changed_has_wishes(desk, jane, northwind, draft):
    changed = desk.requests.start(desks.new_request(jane, northwind))
    desk.letters.choose(changed.id, REQUEST, LetterChoice(tone=Tone.FIRM))
    ground = ground_of(desk, draft, changed)

    assert ground.wishes(draft.id, REQUEST) == Wishes()
    assert ground.wishes(changed.id, REQUEST).choice == LetterChoice(tone=Tone.FIRM)


def test_whoever_lies_in_the_bin_is_still_the_person_of_their_letters(desk, jane, northwind):
    client = desk.people.add(
        PersonInput(name="Old Client", emails=("old@example.org",), place="US-CA"), PersonKind.CLIENT
    )
    request = desk.requests.start(desks.new_request(client, northwind))
    with desk.vault.writing() as stores:
        stores.people.set_binned(client.id, is_binned=True)
    ground = ground_of(desk, request)

    assert ground.people[client.id].name == "Old Client"
    assert ground.me == jane


def test_a_draft_has_no_rules_of_its_own_and_a_sent_request_has(desk, jane, northwind, draft, sent_request):
    other = desk.requests.start(desks.new_request(jane, northwind))
    ground = ground_of(desk, other, sent_request)

    assert ground.rules[ground.request(other.id).rules] is None
    assert ground.rules[ground.request(sent_request.id).rules].rules


def test_a_request_that_is_not_there_is_missed_when_it_is_asked_for(desk, draft):
    ground = ground_of(desk, draft)

    with pytest.raises(NotFound):
        ground.request(RequestId("none"))
