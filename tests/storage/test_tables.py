# SPDX-License-Identifier: Apache-2.0
"""The tables: what the lists of the window read is read off indexes."""

from __future__ import annotations

import pytest

from optout_desktop.domain.agenda import RequestFilter, RequestOverview, SortOrder
from optout_desktop.domain.requests import OptOutRequest, RequestEvent
from optout_desktop.storage import tables
from tests.builders import DAY


def columns(table):
    return {column.name for column in table.columns}


def fields(kind):
    return set(kind.__dataclass_fields__)


def test_every_field_has_its_column():
    assert fields(OptOutRequest) - {"events", "facts"} <= columns(tables.requests)
    assert fields(RequestEvent) <= columns(tables.events)
    assert fields(RequestOverview) == columns(tables.overviews)


def plans(vault, job):
    """How the database means to answer each question that a job asks."""
    asked = []
    vault._raw.set_trace_callback(asked.append)
    try:
        job()
    finally:
        vault._raw.set_trace_callback(None)
    questions = [text for text in asked if text.startswith("SELECT")]
    return [
        row[3]
        for text in questions
        for row in vault._raw.execute(f"EXPLAIN QUERY PLAN {text}")  # what the trace has filled in
        if "overviews" in row[3] or "TEMP B-TREE" in row[3]
    ]


@pytest.mark.parametrize("sort", [SortOrder.URGENCY, SortOrder.COMPANY, SortOrder.SENT])
def test_the_first_rows_of_a_long_list_are_read_off_an_index_in_order(vault, stores, sort):
    found = plans(vault, lambda: stores.overviews.numbers(RequestFilter(), sort, DAY, 7, 256))

    assert found
    assert [line for line in found if "COVERING INDEX" not in line] == []


def test_the_tiles_are_counted_in_the_index_alone(vault, stores):
    found = plans(vault, lambda: stores.overviews.tally(DAY, 7))

    assert found
    assert [line for line in found if "COVERING INDEX ix_overviews_agenda" not in line] == []


def test_a_request_is_found_by_its_id_and_by_its_reference_without_looking_at_others(vault, stores):
    asked = []
    vault._raw.set_trace_callback(asked.append)
    stores.overviews.get("a" * 32)
    stores.requests.find("OO-ABCD-2345")
    vault._raw.set_trace_callback(None)
    found = [row[3] for text in asked for row in vault._raw.execute(f"EXPLAIN QUERY PLAN {text}")]

    assert found
    assert [line for line in found if not line.startswith("SEARCH")] == []


def test_the_order_of_the_last_entry_is_read_off_an_index_too(vault, stores):
    found = plans(vault, lambda: stores.overviews.numbers(RequestFilter(), SortOrder.LAST, DAY, 7, None))

    assert any("COVERING INDEX ix_overviews_last" in line for line in found)
    assert [line for line in found if "overviews" in line and "COVERING INDEX" not in line] == []
