# SPDX-License-Identifier: Apache-2.0
"""Columns are found by their labels."""

from __future__ import annotations

from datetime import date

import pytest

from optout_desktop.adapters.directories.columns import Wanted, beginning, day_of, find_columns
from optout_desktop.adapters.tables_in import TableRow

WANTED = (
    Wanted(name="name", labels=("broker name",)),
    Wanted(name="site", labels=("website",), unlike=("rights",)),
    Wanted(name="id", labels=("id",), is_whole=True),
)


def rows(*cells):
    return [TableRow(line=number, cells=each) for number, each in enumerate(cells, 1)]


def test_labels_are_found_in_any_order_and_below_other_rows():
    table = rows(("Exported on", "today"), ("Website of rights", "ID", "Data broker\u00a0name:", "Website"))
    columns, until = find_columns(table, WANTED, ("name",))
    row = TableRow(line=3, cells=("https://r.example", "7", "Acme"))

    assert until == 2
    assert [columns.cell(row, each) for each in ("name", "site", "id", "none")] == ["Acme", "", "7", ""]


def test_without_what_is_needed_there_are_no_columns():
    assert find_columns(rows(("name", "website")), WANTED, ("name",)) is None


def test_only_the_first_rows_are_looked_through_for_labels():
    many = iter(rows(*[("x",)] * 100))

    assert len(beginning(many)) == 25


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-08", date(2026, 5, 8)),
        ("5/8/2026", date(2026, 5, 8)),
        ("8.5.2026", date(2026, 5, 8)),
        ("12/31/2026 12:00:00 AM", date(2026, 12, 31)),
        ("31/12/2026", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_these_lists_write_it(text, day):
    assert day_of(text) == day
