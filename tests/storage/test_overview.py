# SPDX-License-Identifier: Apache-2.0
"""Overview rows: lists, tiles and the next things to do agree with each other and with the domain."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optout_desktop.domain.agenda import (
    Bucket,
    RequestFilter,
    SortOrder,
    Urgency,
    do_next,
)
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.requests import RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.storage.overview import refill_search, search_entry
from tests.builders import a_client, a_request, an_instant, an_overview

TODAY = date(2026, 6, 15)
STATUS_IN = {
    Bucket.DRAFT: RequestStatus.DRAFT,
    Bucket.NEEDS_YOU: RequestStatus.REFUSED,
    Bucket.OPEN: RequestStatus.SENT,
    Bucket.STANDING: RequestStatus.SENT,
    Bucket.DONE: RequestStatus.COMPLETED,
}
TILES = {
    Urgency.OVERDUE: "overdue",
    Urgency.NEEDS_YOU: "needs_you",
    Urgency.DUE_SOON: "due_soon",
    Urgency.WAITING: "waiting",
    Urgency.DRAFT: "drafts",
    Urgency.DONE: "done",
}
shapes = st.lists(
    st.tuples(
        st.sampled_from(list(Bucket)),
        st.none() | st.integers(-40, 40),
        st.integers(0, 5),
        st.booleans(),
        st.sampled_from([Right.OPTOUT_SALE, Right.DELETE]),
    ),
    max_size=25,
)
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def filled(stores, made):
    """Requests with these rows in an emptied cache; returns the rows."""
    stores.overviews.clear()
    stores.search.clear()
    rows = []
    for bucket, due, grace, is_binned, right in made:
        request = a_request(right=right)
        number = stores.requests.add(request)
        day = None if due is None or bucket is Bucket.DRAFT else TODAY + timedelta(days=due)
        late_after = 0 if bucket is Bucket.STANDING else grace
        rows.append(
            an_overview(
                row=number,
                id=request.id,
                bucket=bucket,
                status=STATUS_IN[bucket],
                due_on=day,
                flag_after_on=day and day + timedelta(days=late_after),
                is_binned=is_binned,
                right=right,
                company_name=f"Company {due}",
            )
        )
    stores.overviews.add_all(rows)
    stores.search.add_all([search_entry(row, "") for row in rows])
    return rows


def numbers(stores, sort=SortOrder.URGENCY, limit=None, days=7, **wanted):
    return stores.overviews.numbers(RequestFilter(**wanted), sort, TODAY, days, limit)


@settings(SHARED, max_examples=200)
@given(shapes, st.integers(3, 14))
def test_every_tile_counts_what_its_list_shows_and_what_the_domain_says(stores, made, days):
    rows = [row for row in filled(stores, made) if not row.is_binned]
    tally = stores.overviews.tally(TODAY, days)
    listed = {one: numbers(stores, days=days, urgencies=frozenset({one})) for one in Urgency}
    said = Counter(row.urgency(TODAY, days) for row in rows)

    assert {one: getattr(tally, tile) for one, tile in TILES.items()} == {one: said[one] for one in Urgency}
    assert {one: len(found) for one, (found, _) in listed.items()} == {one: said[one] for one in Urgency}
    assert all(dict(groups) == ({one: said[one]} if said[one] else {}) for one, (_, groups) in listed.items())
    assert tally.total == len(rows)


@SHARED
@given(shapes)
def test_the_facts_under_the_tiles_are_those_of_the_rows(stores, made):
    rows = [row for row in filled(stores, made) if not row.is_binned]
    tally = stores.overviews.tally(TODAY, 7)

    def dues(urgency):
        return [row.due_on for row in rows if row.urgency(TODAY) is urgency and row.due_on]

    to_come = [day for day in dues(Urgency.DUE_SOON) if day >= TODAY]

    assert tally.oldest_overdue_days == max((row.days_overdue(TODAY) for row in rows), default=0)
    assert tally.next_due_on == min(to_come, default=None)
    assert tally.next_waiting_on == min(dues(Urgency.WAITING), default=None)


@SHARED
@given(shapes, st.integers(1, 30))
def test_the_first_rows_are_the_beginning_of_the_whole_list_and_groups_count_it_all(stores, made, limit):
    rows = filled(stores, made)
    whole, groups = numbers(stores)
    first, same_groups = numbers(stores, limit=limit)
    order = {row.row: list(Urgency).index(row.urgency(TODAY)) for row in rows}

    assert first == whole[:limit]
    assert groups == same_groups
    assert [order[number] for number in whole] == sorted(order[number] for number in whole)
    assert sum(count for _, count in groups) == len(whole) == len(set(whole))


@SHARED
@given(shapes)
def test_searching_lists_in_the_same_order_and_groups(stores, made):
    filled(stores, made)

    assert numbers(stores, typed="company") == numbers(stores)
    assert numbers(stores, typed="company", limit=3) == numbers(stores, limit=3)
    assert numbers(stores, typed="nowhere") == ([], [])


@SHARED
@given(shapes)
def test_the_most_pressing_come_as_the_domain_orders_them(stores, made):
    rows = [row for row in filled(stores, made) if not row.is_binned]
    pressing = stores.overviews.pressing(TODAY, 7, 50)
    first = [row.row for row in do_next(pressing, TODAY)]

    assert first == [row.row for row in do_next(rows, TODAY)]


@SHARED
@given(shapes, st.integers(1, 5))
def test_a_cut_leaves_the_most_pressing_of_each_group(stores, made, limit):
    rows = [row for row in filled(stores, made) if not row.is_binned]
    cut = do_next(stores.overviews.pressing(TODAY, 7, limit), TODAY)

    for urgency in (Urgency.OVERDUE, Urgency.NEEDS_YOU, Urgency.DUE_SOON):
        everything = [row for row in do_next(rows, TODAY) if row.urgency(TODAY) is urgency]
        kept = [row for row in cut if row.urgency(TODAY) is urgency]

        assert len(kept) == min(limit, len(everything))
        assert [row.days_overdue(TODAY) for row in kept] == [
            row.days_overdue(TODAY) for row in everything[:limit]
        ]


class TestLists:
    @pytest.fixture
    def rows(self, stores):
        client = a_client()
        stores.people.put(client)
        changes = (
            {"company_name": "beta", "due_on": date(2026, 9, 2), "sent_on": date(2026, 6, 2)},
            {"company_name": "Alpha", "due_on": None, "sent_on": None, "channel": Channel.SMS},
            {"company_name": "alpha", "due_on": date(2026, 9, 1), "person": client.id, "law": "eu-gdpr"},
            {"company_name": "Gamma", "sent_on": date(2026, 6, 3), "company": "gamma", "right": Right.ACCESS},
        )
        made = []
        for change in changes:
            request = a_request(person=change.get("person", "1" * 32))
            number = stores.requests.add(request)
            made.append(an_overview(row=number, id=request.id, **change))
        stores.overviews.add_all(made)
        return made

    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            (SortOrder.COMPANY, [1, 2, 0, 3]),
            (SortOrder.DUE, [2, 0, 1, 3]),
            (SortOrder.SENT, [3, 0, 2, 1]),
            (SortOrder.CREATED, [3, 2, 1, 0]),
        ],
    )
    def test_they_can_be_sorted(self, stores, rows, sort, order):
        assert numbers(stores, sort) == ([rows[place].row for place in order], [])

    @pytest.mark.parametrize(
        ("wanted", "places"),
        [
            ({"rights": frozenset({Right.ACCESS})}, {3}),
            ({"laws": frozenset({"eu-gdpr"})}, {2}),
            ({"channels": frozenset({Channel.SMS})}, {1}),
            ({"company": "gamma"}, {3}),
            ({"statuses": frozenset({RequestStatus.SENT})}, {0, 1, 2, 3}),
            ({"statuses": frozenset({RequestStatus.CLOSED})}, set()),
            ({"urgencies": frozenset({Urgency.WAITING}), "channels": frozenset({Channel.EMAIL})}, {0, 2, 3}),
            ({"is_binned": True}, set()),
        ],
    )
    @pytest.mark.parametrize("sort", [SortOrder.URGENCY, SortOrder.COMPANY])
    def test_filters_are_combined(self, stores, rows, wanted, places, sort):
        assert set(numbers(stores, sort, **wanted)[0]) == {rows[place].row for place in places}

    def test_one_persons_rows_can_be_picked_and_counted(self, stores, rows):
        client = rows[2].person

        assert numbers(stores, person=client)[0] == [rows[2].row]
        assert stores.overviews.tally(TODAY, 7, client).total == 1
        assert stores.overviews.pressing(TODAY, 7, 9, client) == ()

    def test_a_page_has_the_order_asked_for_and_leaves_out_what_is_gone(self, stores, rows):
        asked = [rows[3].row, 999_999, rows[0].row]

        assert stores.overviews.page(asked) == (rows[3], rows[0])

    def test_a_row_that_is_written_again_replaces_the_old_one(self, stores, rows):
        changed = replace(rows[0], status=RequestStatus.CLOSED, bucket=Bucket.DONE)
        stores.overviews.put(changed)

        assert stores.overviews.get(changed.id) == changed
        assert stores.overviews.get("nothing") is None

    def test_values_are_counted(self, stores, rows):
        assert stores.overviews.counts_by("channel") == {"email": 3, "sms": 1}

    def test_a_renamed_person_is_renamed_in_each_row(self, stores, rows):
        changed = stores.overviews.rename_person(rows[2].person, "Lena Neu")

        assert [row.row for row in changed] == [rows[2].row]
        assert stores.overviews.get(rows[2].id).person_name == "Lena Neu"
        assert stores.overviews.get(rows[0].id).person_name == ""


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({"met_on": TODAY, "flag_after_on": TODAY, "bucket": Bucket.DONE}, (1, 0, 0)),
        ({"met_on": TODAY, "flag_after_on": TODAY - timedelta(days=1), "bucket": Bucket.DONE}, (0, 1, 0)),
        ({"flag_after_on": TODAY - timedelta(days=1)}, (0, 0, 1)),
        ({"flag_after_on": TODAY}, (0, 0, 0)),
        ({"flag_after_on": TODAY - timedelta(days=1), "bucket": Bucket.NEEDS_YOU}, (0, 0, 0)),
        ({"met_on": TODAY, "flag_after_on": TODAY, "sent_on": TODAY - timedelta(days=366)}, (0, 0, 0)),
        ({"met_on": TODAY, "flag_after_on": TODAY, "is_binned": True}, (0, 0, 0)),
        ({"met_on": TODAY, "flag_after_on": TODAY, "bucket": Bucket.STANDING}, (0, 0, 0)),
    ],
)
def test_answers_are_counted_on_time_late_and_missing(stores, changes, counted):
    request = a_request()
    row = stores.requests.add(request)
    made = an_overview(**{"row": row, "id": request.id, "sent_on": TODAY - timedelta(days=30)} | changes)
    stores.overviews.add_all([made])
    answered = stores.overviews.answered(TODAY)

    assert (answered.on_time, answered.late, answered.open) == counted


def test_a_list_of_10_000_rows_is_grouped_and_paged(stores):
    requests = [a_request() for _ in range(10_000)]
    stores.requests.add_all(requests)
    buckets = list(Bucket)
    rows = [
        an_overview(
            row=number,
            id=request.id,
            bucket=buckets[number % len(buckets)],
            status=STATUS_IN[buckets[number % len(buckets)]],
            due_on=TODAY + timedelta(days=number % 60 - 30),
            flag_after_on=TODAY + timedelta(days=number % 60 - 30),
        )
        for number, request in enumerate(requests, 1)
    ]
    stores.overviews.add_all(rows)
    found, groups = numbers(stores)
    by_number = {row.row: row for row in rows}

    assert len(found) == 10_000
    assert dict(groups) == Counter(row.urgency(TODAY) for row in rows)
    assert stores.overviews.page(found[:256]) == tuple(by_number[number] for number in found[:256])


def test_the_search_index_can_be_made_anew_from_rows_and_notes(stores):
    request = a_request()
    row = stores.requests.add(request)
    stores.overviews.add_all([an_overview(row=row, id=request.id)])
    for note in ("first thought", "second thought"):
        stores.requests.put_note(request.id, note, an_instant())
    refill_search(stores.overviews._connection)

    assert stores.search.rows("northwind", 9) == stores.search.rows("second", 9) == [row]
    assert stores.search.rows("first", 9) == []
