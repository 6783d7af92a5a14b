# SPDX-License-Identifier: Apache-2.0
"""How long companies took: which requests count, and of which companies."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optout_desktop.domain.agenda import Bucket
from optout_desktop.domain.ids import CompanyId
from optout_desktop.storage.answer_times import AnswerTime
from tests.builders import a_request, an_overview

TODAY = date(2026, 6, 15)
SINCE = TODAY - timedelta(days=365)
LIMIT_DAYS = 30
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)

shapes = st.lists(
    st.tuples(
        st.sampled_from(["Northwind", "Fabrikam", "Contoso"]),
        st.integers(0, 420),
        st.none() | st.integers(0, 90),
        st.sampled_from(list(Bucket)),
        st.booleans(),
    ),
    max_size=20,
)


@pytest.fixture
def fill(stores):
    """Write requests: company, days since sending, days until the answer or None, bucket, in the bin."""

    def write(shapes):
        stores.overviews.clear()
        rows = []
        for name, ago, answer, bucket, is_binned in shapes:
            sent = TODAY - timedelta(days=ago)
            row = replace(
                an_overview(bucket=bucket),
                company=CompanyId(name.lower()),
                company_name=name,
                sent_on=sent,
                due_on=sent + timedelta(days=LIMIT_DAYS),
                flag_after_on=sent + timedelta(days=LIMIT_DAYS),
                met_on=None if answer is None else sent + timedelta(days=answer),
                is_binned=is_binned,
            )
            request = a_request(id=row.id)
            rows.append(replace(row, row=stores.requests.add(request)))
        stores.overviews.add_all(rows)
        return rows

    return write


def counts(row):
    """What the dashboard says of a request in words: a year, an answer owed by a day, given or let pass."""
    was_let_pass = row.bucket is Bucket.OPEN and row.flag_after_on < TODAY
    is_owed = row.bucket is not Bucket.STANDING and not row.is_binned and row.sent_on >= SINCE
    return is_owed and (row.met_on is not None or was_let_pass)


@SHARED
@given(shapes)
def test_every_request_counts_that_was_answered_or_whose_day_passed(stores, fill, made):
    expected = Counter(
        (row.company, row.sent_on, row.due_on, row.met_on) for row in fill(made) if counts(row)
    )
    found = stores.answer_times.latest(SINCE, TODAY, 5)

    assert Counter((one.company, one.sent_on, one.due_on, one.met_on) for one in found) == expected


def test_the_companies_with_the_most_of_the_latest_requests_are_asked_about(stores, fill):
    shape = (100, 20, Bucket.DONE, False)
    fill([("Northwind", *shape)] * 2 + [("Fabrikam", *shape)] + [("Contoso", *shape)] * 3)
    found = stores.answer_times.latest(SINCE, TODAY, 2)

    assert Counter(one.company for one in found) == {"northwind": 2, "contoso": 3}


def test_only_the_requests_of_one_person_are_read_when_asked_so(stores, fill):
    rows = fill([("Northwind", 100, 20, Bucket.DONE, False)])

    assert stores.answer_times.latest(SINCE, TODAY, 5, "2" * 32) == ()
    assert stores.answer_times.latest(SINCE, TODAY, 5, rows[0].person) == (
        AnswerTime(
            company=rows[0].company,
            company_name="Northwind",
            sent_on=rows[0].sent_on,
            due_on=rows[0].due_on,
            met_on=rows[0].met_on,
        ),
    )


def test_a_registration_that_lapses_is_nobodys_answer(stores, fill):
    fill([("Northwind", 100, None, Bucket.STANDING, False), ("Northwind", 9, 2, Bucket.STANDING, False)])

    assert stores.answer_times.latest(SINCE, TODAY, 5) == ()


def test_the_days_are_read_off_indexes_alone(vault, stores, fill):
    fill([("Northwind", 100, 20, Bucket.DONE, False)])
    asked = []
    vault._raw.set_trace_callback(asked.append)
    stores.answer_times.latest(SINCE, TODAY, 5)
    vault._raw.set_trace_callback(None)
    plans = [
        [row[3] for row in vault._raw.execute(f"EXPLAIN QUERY PLAN {text}")]  # what the trace has filled in
        for text in asked
        if text.startswith("SELECT")
    ]

    assert len(plans) == 2
    assert any("COVERING INDEX ix_overviews_sent" in step for step in plans[0])
    assert any("ix_overviews_company" in step for step in plans[1])
    assert not any(step.startswith("SCAN") for plan in plans for step in plan)
