# SPDX-License-Identifier: Apache-2.0
"""``optout import companies``."""

import pytest

TABLE = """name;domains;email
Northwind Data LLC;northwind.example.com;other@northwind.example.com
Newcomer GmbH;newcomer.example;dpo@newcomer.example
Nameless;;
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def companies(optout, typed):
    return [one["name"] for one in optout.data("company", "search", typed, "--vault", "Personal")]


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(optout, file):
    data = optout.data("import", "companies", file, "--dry-run")

    assert (data["source"], data["new"], data["differs"], data["same"], data["unusable"]) == (
        "csv",
        1,
        1,
        0,
        1,
    )
    assert data["companies"][0]["differences"] == [
        {
            "channel": "email",
            "mine": ["privacy@northwind.example.com"],
            "theirs": ["other@northwind.example.com"],
        }
    ]
    assert data["left_out"] == [{"place": "4", "reason": "no_contact", "detail": "Nameless", "is_row": True}]
    assert data["import"] is None
    assert "Newcomer GmbH" not in companies(optout, "newcomer")


def test_an_import_keeps_what_is_known_and_adds_what_is_new(optout, file):
    answer = optout("import", "companies", file, "--from", "csv")
    [northwind] = optout.data("company", "search", "northwind data", "--vault", "Personal")

    assert answer.status == 0
    assert "Imported from mine.csv: 1 new, 0 changed." in answer.out
    assert "no contact" in answer.out
    assert companies(optout, "newcomer") == ["Newcomer GmbH"]
    assert "other@" not in str(northwind["contacts"])


def test_further_contacts_are_added_where_that_is_wanted_and_a_second_time_nothing(optout, file):
    optout.data("import", "companies", file, "--differing", "add")
    [northwind] = optout.data("company", "search", "northwind data", "--vault", "Personal")
    again = optout("import", "companies", file, "--differing", "add")

    assert [one["value"] for one in northwind["contacts"] if one["channel"] == "email"] == [
        "privacy@northwind.example.com",
        "other@northwind.example.com",
    ]
    assert "There was nothing to import" in again.out


@pytest.mark.parametrize("source", ["oregon", "jdm", "elsewhere"])
def test_a_wrong_kind_is_refused_with_one_sentence(optout, file, source):
    answer = optout("import", "companies", file, "--from", source)

    assert (answer.status, answer.out) == (1, "")
    assert answer.err.count("\n") == 1


def test_a_file_that_is_not_there_is_told(optout, tmp_path):
    answer = optout("import", "companies", tmp_path / "none.csv")

    assert (answer.status, answer.err[:8]) == (1, "none.csv")
