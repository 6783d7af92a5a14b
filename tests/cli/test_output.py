# SPDX-License-Identifier: Apache-2.0
import json
from datetime import date, datetime
from pathlib import Path

import pytest

from optout_desktop.cli.output import cell, document, facts, table, text, words


def test_a_document_is_one_line_of_ascii():
    line = document(
        "request list", {"name": "Jürgen", "on": date(2026, 3, 2), "items": frozenset({"b", "a"})}
    )

    assert line.isascii()
    assert "\n" not in line
    assert json.loads(line) == {
        "schema": 1,
        "command": "request list",
        "data": {"name": "Jürgen", "on": "2026-03-02", "items": ["a", "b"]},
    }


def test_instants_and_paths_are_texts():
    assert json.loads(document("x", [datetime(2026, 3, 2, 12), Path("a") / "b"]))["data"] == [
        "2026-03-02T12:00:00",
        str(Path("a") / "b"),
    ]


def test_what_has_no_place_in_a_document_is_a_bug():
    with pytest.raises(TypeError):
        document("x", object())


def test_columns_are_aligned_and_the_last_one_is_as_wide_as_it_wants():
    lines = table(("id", "told"), [("a", "x" * 80), ("b" * 60, None)], "Nothing.")

    assert lines[0].startswith("ID ")
    assert lines[1].endswith("x" * 80)
    assert lines[2].startswith(f"{'b' * 47}…  –")


def test_a_table_without_rows_says_so():
    assert table(("id",), [], "Nobody is here.") == ["Nobody is here."]


def test_what_would_steer_the_terminal_is_taken_out():
    assert text("Acme\x1b[2J\u202e\nInc") == "Acme[2J Inc"


def test_facts_leave_out_what_is_empty():
    assert facts([("Name", "Jane"), ("List", ""), ("Sound", False), ("Law", None)]) == [
        "Name:  Jane",
        "Sound: no",
    ]


def test_codes_are_words_for_people():
    assert words("partly_completed") == "partly completed"
    assert words("without-delay") == "without delay"


def test_lists_stand_in_one_cell():
    assert cell(("email", "post")) == "email, post"
    assert text(frozenset({"b", "a"})) == "a, b"
