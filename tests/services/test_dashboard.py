# SPDX-License-Identifier: Apache-2.0
"""The dashboard: counts, and what to do next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout_desktop.domain.ids import CompanyId
from optout_desktop.domain.people import PersonKind
from optout_desktop.services.dashboard import days_of
from optout_desktop.services.people import PersonInput
from optout_desktop.storage.answer_times import AnswerTime
from tests.services import desks

TODAY = desks.TODAY


@pytest.fixture
def three(desk, jane, northwind, clock):
    """One request that is late, one that needs the person, one that is due soon; today is the last's day."""
    made = []
    for days in (0, 3, 6):
        clock.move_to(TODAY + timedelta(days=days))
        row = desk.requests.start(desks.new_request(jane, northwind))
        made.append(desk.requests.record(row.id, desks.entry("sent", clock.today())))
    desk.requests.record(made[1].id, desks.entry("identity_asked", clock.today()))
    clock.move_to(made[0].flag_after_on + timedelta(days=1))
    return made


def test_it_counts_and_orders_what_to_do(desk, three, clock):
    agenda = desk.dashboard.today()

    assert agenda.today == clock.today()
    assert (agenda.tally.overdue, agenda.tally.needs_you, agenda.tally.due_soon) == (1, 1, 1)
    assert agenda.tally.oldest_overdue_days == 1
    assert agenda.tally.next_due_on == three[2].due_on
    assert [row.id for row in agenda.do_next] == [row.id for row in three]


def test_it_can_be_of_one_person(desk, three, northwind):
    client = desk.people.add(PersonInput(name="Tom", emails=(), place="US-TX"), PersonKind.CLIENT)
    desk.requests.start(desks.new_request(client, northwind))

    assert desk.dashboard.today(client.id).tally.total == 1
    assert desk.dashboard.today(client.id).answered.of == 0
    assert desk.dashboard.today().tally.total == 4


def test_due_soon_follows_the_setting(desk, three, clock):
    clock.move_to(three[2].due_on - timedelta(days=9))
    before = desk.dashboard.today().tally.due_soon
    desk.preferences.put("due_soon_days", 9)

    assert before < desk.dashboard.today().tally.due_soon


def test_what_is_due_within_days_is_listed_without_what_needs_you(desk, three):
    assert [row.id for row in desk.dashboard.due(30)] == [three[0].id, three[2].id]
    assert [row.id for row in desk.dashboard.due(0)] == [three[0].id]


def test_midnight_changes_no_byte(desk, three, clock):
    before = desks.digest_of(desk.vault)
    clock.move_to(clock.today() + timedelta(days=100))
    desk.dashboard.today()

    assert desks.digest_of(desk.vault) == before


def test_answers_are_counted_by_their_clock_even_when_closed(desk, three):
    desk.requests.record(three[2].id, desks.entry("completed", TODAY + timedelta(days=8)))
    desk.requests.record(three[2].id, desks.entry("note", TODAY + timedelta(days=9)))
    desk.requests.record(three[2].id, desks.entry("closed", TODAY + timedelta(days=9)))
    answered = desk.dashboard.today().answered

    assert (answered.on_time, answered.late, answered.open) == (1, 0, 1)


def test_the_next_dates_are_those_that_lie_ahead_and_no_more_than_asked_for(desk, three, northwind):
    client = desk.people.add(PersonInput(name="Tom", emails=(), place="US-TX"), PersonKind.CLIENT)

    assert [row.id for row in desk.dashboard.next_dates(30, 5)] == [three[2].id]
    assert desk.dashboard.next_dates(30, 0) == ()
    assert desk.dashboard.next_dates(30, 5, client.id) == ()


def test_days_are_counted_from_sending_to_the_answer(desk, three):
    desk.requests.record(three[2].id, desks.entry("completed", three[2].sent_on + timedelta(days=12)))
    [northwind] = desk.dashboard.days_to_answer(5)
    late = (desk.dashboard.today().today - three[0].sent_on).days

    assert (northwind.shortest_days, northwind.longest_days, northwind.answers) == (12, late, 1)
    assert (northwind.median_days, northwind.is_open) == (12, False)
    assert northwind.limit_days == (three[0].due_on - three[0].sent_on).days
    assert northwind.name == "Northwind Data LLC"


def test_days_can_be_of_one_person_and_of_a_few_companies(desk, three):
    client = desk.people.add(PersonInput(name="Tom", emails=(), place="US-TX"), PersonKind.CLIENT)

    assert len(desk.dashboard.days_to_answer(5)) == 1
    assert desk.dashboard.days_to_answer(5, client.id) == ()
    assert desk.dashboard.days_to_answer(0) == ()


@given(st.lists(st.tuples(st.integers(0, 300), st.none() | st.integers(0, 90)), min_size=1, max_size=12))
def test_the_median_is_the_day_by_which_half_had_answered(shapes):
    times = tuple(
        AnswerTime(
            company=CompanyId("northwind"),
            company_name="Northwind",
            sent_on=TODAY - timedelta(days=ago),
            due_on=TODAY - timedelta(days=ago - 45),
            met_on=None if answer is None else TODAY - timedelta(days=ago - answer),
        )
        for ago, answer in shapes
    )
    found = days_of(times, TODAY)
    spent = [ago if answer is None else answer for ago, answer in shapes]
    open_ones = [ago for ago, answer in shapes if answer is None]

    assert 2 * sum(days <= found.median_days for days in spent) >= len(spent)
    assert 2 * sum(days < found.median_days for days in spent) < len(spent)
    assert (found.shortest_days, found.longest_days) == (min(spent), max(spent))
    assert found.answers == len(spent) - len(open_ones)
    assert found.is_open == any(ago <= found.median_days for ago in open_ones)
    assert found.limit_days == 45
