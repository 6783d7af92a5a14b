# SPDX-License-Identifier: Apache-2.0
"""Orders of the list: each way round it is the order of the domain's own rows, whole or only its beginning."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optout_desktop.domain.agenda import Bucket, RequestFilter, SortOrder, Urgency
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.requests import Attention, RequestStatus
from optout_desktop.storage.overview import search_entry
from optout_desktop.storage.search import OFTEN
from tests.builders import a_request, an_overview

TODAY = date(2026, 6, 15)
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
CHANNELS = (Channel.POST, Channel.EMAIL, Channel.SMS, Channel.CALL, Channel.FORM)
"""Any order but the alphabet's: only the window knows what the channels are called."""
BUCKETS = {
    RequestStatus.DRAFT: Bucket.DRAFT,
    RequestStatus.SENT: Bucket.OPEN,
    RequestStatus.REFUSED: Bucket.NEEDS_YOU,
    RequestStatus.COMPLETED: Bucket.DONE,
    RequestStatus.ACKNOWLEDGED: Bucket.STANDING,
}
days = st.none() | st.integers(-40, 40)
shapes = st.lists(
    st.tuples(
        st.sampled_from(list(BUCKETS)), days, days, days, st.sampled_from("bAaCé"), st.sampled_from(CHANNELS)
    ),
    max_size=20,
)


def on(days_away):
    return None if days_away is None else TODAY + timedelta(days=days_away)


def filled(stores, made):
    stores.overviews.clear()
    stores.search.clear()
    rows = []
    for state, due, sent, last, letter, channel in made:
        request = a_request()
        number = stores.requests.add(request)
        rows.append(
            an_overview(
                row=number,
                id=request.id,
                status=state,
                bucket=BUCKETS[state],
                due_on=on(due),
                flag_after_on=on(due),
                sent_on=on(sent),
                last_on=on(last),
                company_name=f"{letter} Company",
                reference=request.reference,
                channel=channel,
            )
        )
    stores.overviews.add_all(rows)
    stores.search.add_all([search_entry(row, "") for row in rows])
    return rows


def numbers(stores, sort, limit=None, **how):
    wanted = RequestFilter(typed=how.pop("typed", ""))
    return stores.overviews.numbers(wanted, sort, TODAY, 7, limit, **how)[0]


VALUES = {
    SortOrder.COMPANY: lambda row: row.company_name.translate(str.maketrans("ABC", "abc")),
    SortOrder.REFERENCE: lambda row: row.reference,
    SortOrder.DUE: lambda row: row.due_on,
    SortOrder.DAYS_LEFT: lambda row: row.days_left(TODAY),
    SortOrder.SENT: lambda row: row.sent_on,
    SortOrder.LAST: lambda row: row.last_on,
    SortOrder.CHANNEL: lambda row: CHANNELS.index(row.channel),
}


@pytest.mark.parametrize("sort", VALUES)
@SHARED
@given(shapes, st.booleans(), st.none() | st.integers(1, 8))
def test_each_order_is_that_of_the_rows_and_what_has_no_day_comes_last_either_way(
    sort, stores, made, is_reversed, limit
):
    rows = filled(stores, made)
    value = VALUES[sort]
    is_down = sort.is_newest_first is not is_reversed
    full = [row for row in rows if value(row) is not None]
    full.sort(key=lambda row: (value(row), row.row), reverse=is_down)
    empty = [row for row in rows if value(row) is None]
    empty.sort(key=lambda row: row.row, reverse=is_down)
    found = numbers(stores, sort, limit, is_reversed=is_reversed, ranking=CHANNELS)

    assert found == [row.row for row in (*full, *empty)][:limit]


@SHARED
@given(shapes)
def test_by_urgency_and_by_status_turned_round_is_the_very_same_backwards(stores, made):
    filled(stores, made)

    for sort in (SortOrder.URGENCY, SortOrder.STATUS):
        assert numbers(stores, sort, is_reversed=True) == numbers(stores, sort)[::-1]


@SHARED
@given(shapes)
def test_by_status_the_groups_of_urgency_follow_each_other(stores, made):
    rows = {row.row: row for row in filled(stores, made)}
    order = [
        list(Urgency).index(rows[number].urgency(TODAY, 7)) for number in numbers(stores, SortOrder.STATUS)
    ]

    assert order == sorted(order)
    assert len(order) == len(rows)


def test_by_status_what_waits_for_the_person_stands_together_by_what_is_wanted(stores):
    wishes = (Attention.NEEDS_ANSWER, None, Attention.DELIVERY_FAILED, Attention.NEEDS_ANSWER)
    made = []
    for wish in wishes:
        request = a_request()
        number = stores.requests.add(request)
        made.append(
            an_overview(
                row=number,
                id=request.id,
                bucket=Bucket.NEEDS_YOU,
                attention=wish,
                status=RequestStatus.SENT if wish else RequestStatus.REFUSED,
            )
        )
    stores.overviews.add_all(made)
    found = [made[[row.row for row in made].index(number)] for number in numbers(stores, SortOrder.STATUS)]

    assert [row.attention for row in found] == [wishes[2], wishes[0], wishes[3], None]


@pytest.mark.parametrize("is_reversed", [False, True])
def test_what_is_found_in_thousands_stands_in_the_same_order_as_without_search(stores, is_reversed):
    states = (RequestStatus.SENT, RequestStatus.COMPLETED, RequestStatus.REFUSED, RequestStatus.DRAFT)
    shape = [
        (states[at % 4], None if at % 7 == 0 else at % 81 - 40, None, None, "A", Channel.SMS)
        for at in range(OFTEN + 1)
    ]
    filled(stores, shape)

    assert stores.search.is_found_often("company")
    for sort in (SortOrder.URGENCY, SortOrder.DUE):
        found = numbers(stores, sort, typed="company", is_reversed=is_reversed)
        glance = numbers(stores, sort, 5, typed="company", is_reversed=is_reversed)

        assert found == numbers(stores, sort, is_reversed=is_reversed)
        assert glance == found[:5]


def test_more_than_two_thousand_requests_are_found_often(stores):
    stores.search.add_all([(row, "Common Ltd", f"OO-{row}", "", "") for row in range(1, 2002)])
    stores.search.add_all([(3000, "Rare Ltd", "OO-3000", "", "")])

    assert stores.search.is_found_often("comm")
    assert not stores.search.is_found_often("rare")
    assert not stores.search.is_found_often("…")


@SHARED
@given(shapes, st.sampled_from(["o", "OO", "oo-"]))
def test_the_beginning_of_every_reference_leaves_nothing_out(stores, made, typed):
    filled(stores, made)

    assert numbers(stores, SortOrder.URGENCY, typed=typed) == numbers(stores, SortOrder.URGENCY)


def test_the_values_of_a_column_are_those_outside_the_bin(stores):
    for channel, is_binned in ((Channel.SMS, False), (Channel.POST, True), (Channel.SMS, False)):
        request = a_request()
        number = stores.requests.add(request)
        stores.overviews.add_all(
            [an_overview(row=number, id=request.id, channel=channel, is_binned=is_binned)]
        )

    assert stores.overviews.values("channel") == ("sms",)


def test_by_status_an_appeal_that_waits_stands_behind_what_was_sent_and_before_what_was_confirmed(stores):
    made = []
    for state in (
        RequestStatus.ACKNOWLEDGED,
        RequestStatus.REFUSED,
        RequestStatus.EXTENDED,
        RequestStatus.SENT,
    ):
        request = a_request()
        number = stores.requests.add(request)
        made.append(an_overview(row=number, id=request.id, bucket=Bucket.OPEN, status=state))
    stores.overviews.add_all(made)

    assert numbers(stores, SortOrder.STATUS) == [made[place].row for place in (3, 1, 0, 2)]
