# SPDX-License-Identifier: Apache-2.0
"""What a person chose for a new request → the part of it that a draft may change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import MAX_FACT_LENGTH, RequestFact
from optout_desktop.domain.places import Place
from optout_desktop.domain.proposals import DeadContact
from optout_desktop.domain.rights import Right
from optout_desktop.services.asking import asking
from tests.services import desks

WRONG = (RequestFact.WRONG_DATA, "  Elm\tStreet \n")
RIGHT = (RequestFact.RIGHT_DATA, "Oak Street")


@pytest.fixture
def new(jane, northwind):
    return desks.new_request(jane, northwind, right=Right.CORRECT, facts=(RIGHT, WRONG))


def kept(desk, row):
    return desk.requests.detail(row.id).request


def test_facts_are_kept_cleaned_and_in_order(desk, new):
    request = kept(desk, desk.requests.start(new))

    assert request.facts == ((RequestFact.WRONG_DATA, "Elm Street"), RIGHT)


def test_an_empty_fact_is_none(desk, new):
    blank = replace(new, facts=(RIGHT, (RequestFact.WRONG_DATA, " \n")))

    assert kept(desk, desk.requests.start(blank)).facts == (RIGHT,)


def test_a_change_of_the_draft_is_undone_with_its_facts(desk, new):
    draft = desk.requests.start(new)
    desk.requests.change_draft(draft.id, replace(new, facts=(RIGHT,)))
    changed = kept(desk, draft).facts
    desk.undoing.undo()

    assert changed == (RIGHT,)
    assert len(kept(desk, draft).facts) == 2


def test_what_was_said_is_still_said_after_sending_and_in_a_later_run(folder):
    desk = desks.a_desk(folder)
    jane, northwind = desks.add_jane(desk), desks.add_northwind(desk)
    draft = desk.requests.start(
        desks.new_request(jane, northwind, right=Right.CORRECT, facts=(WRONG, RIGHT), channel=Channel.POST)
    )
    desk.requests.record(draft.id, desks.entry("sent", desks.TODAY))
    desk.close()
    later = desks.open_desk(desks.reopen(folder), desks.library(), desks.an_outside(desks.a_clock()))
    facts = later.requests.detail(draft.id).request.facts
    later.close()

    assert [fact for fact, _ in facts] == [RequestFact.WRONG_DATA, RequestFact.RIGHT_DATA]


@pytest.mark.parametrize(
    ("fact", "match"),
    [
        ((RequestFact.PERIOD, "2024"), "can say: wrong_data, right_data"),
        ((RequestFact.WRONG_DATA, "x" * (MAX_FACT_LENGTH + 1)), "more than 2000 characters"),
    ],
)
def test_a_fact_of_another_right_and_a_long_story_are_refused_and_keep_nothing(desk, new, fact, match):
    before = desks.digest_of(desk.vault)

    with pytest.raises(InputError, match=match) as caught:
        desk.requests.start(replace(new, facts=(fact,)))

    assert caught.value.field == fact[0]
    assert desks.digest_of(desk.vault) == before


def test_a_request_for_the_time_at_another_place_keeps_that_place(desk, jane, northwind):
    moved = desks.new_request(jane, northwind, place=Place("DE-BY"))
    draft = desk.requests.start(moved)
    desk.requests.change_draft(draft.id, replace(moved, channel=Channel.POST))

    assert kept(desk, draft).residence == "DE-BY"
    assert desk.people.get(jane.id).place == "US-CA"


def test_without_a_place_it_is_where_the_person_lives(desk, jane, northwind):
    assert kept(desk, desk.requests.start(desks.new_request(jane, northwind))).residence == jane.place


def test_the_region_of_a_company_narrows_the_dates_of_a_request(folder):
    """Thirty days after 8 November 2026 are 8 December, a holiday in some cantons and not in Geneva."""
    sent_on = date(2026, 11, 8)
    desk = desks.a_desk(folder, sent_on)
    jane = desks.add_jane(desk)

    def flag_after(region):
        typed = desks.CompanyInput(name="Helvetia", email="a@helvetia.example", country="CH", region=region)
        company = desk.companies.add(typed)
        new = desks.new_request(
            jane,
            company,
            right=Right.ACCESS,
            law=LawId("ch-dsg"),
            place=Place("CH-GE"),
            channel=Channel.EMAIL,
        )
        draft = desk.requests.start(new)
        for kind in ("sent", "received"):
            desk.requests.record(draft.id, desks.entry(kind, sent_on))
        detail = desk.requests.detail(draft.id)
        dates = next(clock.dates for clock in detail.clocks if clock.dates)
        return detail.request.addressee_place, dates.flag_after

    (nowhere, wide), (geneva, narrow) = flag_after(""), flag_after("CH-GE")
    desk.close()

    assert (nowhere, geneva) == ("CH", "CH-GE")
    assert narrow < wide


def test_an_address_that_is_dead_is_not_taken(jane, northwind):
    dead = DeadContact(
        company=northwind.id,
        channel=Channel.EMAIL,
        value=northwind.contact(Channel.EMAIL).value,
        since_on=desks.TODAY,
        request="r",
    )
    new = desks.new_request(jane, northwind)

    assert asking(new, jane, northwind)["to_address"] == "privacy@northwind.example"
    assert asking(new, jane, northwind, [dead])["to_address"] == ""
