# SPDX-License-Identifier: Apache-2.0
import csv

import pytest

from optout_desktop.cli.cases import COLUMNS
from tests.cli.test_cases import a_row

CCPA = ("deadline", "--law", "us-ca-ccpa", "--right", "optout_sale", "--place", "US-CA")


def write_cases(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def clocks(answer):
    return {clock["rule_id"]: clock for clock in answer.data["clocks"]}


def test_every_clock_of_a_right_is_counted_from_a_day(bare):
    found = clocks(bare.type(*CCPA, "--from", "2026-11-09", "--json"))

    stop = found["ccpa.optout"]
    assert (stop["nominal"], stop["due"], stop["overdue_after"]) == ("2026-12-02", "2026-12-02", "2026-12-03")
    assert stop["calendar"] == "US-federal"
    assert "Wed 2026-11-11 does not count: Veterans Day (United States (federal))." in stop["why"]
    assert found["ccpa.reask"]["due"] == "2027-11-09"


def test_a_person_reads_a_table_and_the_steps(bare):
    answer = bare.type(*CCPA, "--from", "2026-11-09")

    assert answer.out.startswith("RULE ")
    assert "  Nobody is accused before Thu 2026-12-03 has ended.\n" in answer.out


def test_an_extension_moves_the_answer(bare):
    delete = ("deadline", "--law", "us-ca-ccpa", "--right", "delete", "--from", "2026-11-22", "--json")
    plain, longer = clocks(bare.type(*delete)), clocks(bare.type(*delete, "--extended"))

    assert plain["ccpa.respond"]["due"] == "2027-01-06"
    assert longer["ccpa.respond"]["due"] == "2027-02-22"
    assert longer["ccpa.respond"]["unextended"]["due"] == "2027-01-06"


def test_facts_move_the_clocks_that_know_them(bare):
    asked = ("deadline", "--law", "uk-gdpr", "--right", "access", "--place", "GB-ENG", "--from", "2026-09-08")
    facts = ("--fact", "identity_asked=2026-09-09", "--fact", "identity_given=2026-09-15", "--json")

    assert clocks(bare.type(*asked, *facts))["uk.answer"]["due"] == "2026-10-15"


def test_the_day_may_be_that_of_another_event(bare):
    appeal = ("deadline", "--law", "us-va-vcdpa", "--right", "appeal", "--from", "2026-11-22", "--json")

    assert clocks(bare.type(*appeal, "--event", "appeal_sent"))["va.appeal"]["due"] == "2027-01-21"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"--law": "us-ca-cpa"}, "No law is called “us-ca-cpa”. Did you mean us-ca-ccpa"),
        ({"--right": "optout_sell"}, "No right is called “optout_sell”. Did you mean optout_sale"),
        ({"--right": "sms_stop"}, "CCPA/CPRA has no right called sms_stop."),
        ({"--place": "CA-ZZ"}, "No place is called “CA-ZZ”."),
        ({"--from": "2026-02-30"}, "“2026-02-30” is not a day."),
        ({"--from": "9999-01-01"}, "Days are counted from 1990 to 2060; 9999-01-01 lies outside."),
        ({"--from": "1995-01-01"}, "CCPA/CPRA is not in force on 1995-01-01: it applies from 2020-01-01."),
        ({"--law": "zzz"}, "No law is called “zzz”. Did you mean "),
        ({"--from": "0001-01-01"}, "Days are counted from 1990 to 2060; 0001-01-01 lies outside."),
        ({"--fact": "received=9999-01-01"}, "Days are counted from 1990 to 2060; 9999-01-01 lies outside."),
        (
            {"--fact": "received=2026-11-01"},
            "“received” on 2026-11-01 lies before the sending on 2026-11-09.",
        ),
        ({"--fact": "registered=2026-11-10"}, "No clock of this right knows “registered”; they start with: "),
        ({"--place": "DE-XX", "--law": "eu-gdpr", "--right": "delete"}, "No calendar is called “DE-XX”. Did"),
        ({"--event": "recieved"}, "No event is called “recieved”. Did you mean received"),
        ({"--event": "closed"}, "No clock of this right knows “closed”; they start with: "),
        ({"--fact": "received"}, "“received” tells no day."),
    ],
)
def test_what_cannot_be_counted_is_said_in_a_sentence(bare, changes, sentence):
    options = {"--law": "us-ca-ccpa", "--right": "optout_sale", "--from": "2026-11-09"} | changes
    answer = bare.type("deadline", "--json", *(word for pair in options.items() for word in pair))

    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith(sentence)
    assert answer.err.count("\n") == 1


def test_a_table_of_cases_is_answered_row_by_row(bare, tmp_path):
    file = write_cases(tmp_path / "cases.csv", a_row(case_id="A"), a_row(case_id="B", extended="yes"))
    answer = bare.type("deadline", "--cases", file, "--json")

    assert answer.status == 0
    assert [(one["case_id"], one["due"]) for one in answer.data] == [("A", "2027-01-06"), ("B", "2027-02-22")]
    assert set(answer.data[0]) >= {"case_id", "nominal", "due", "overdue_after", "rule_id", "calendar", "why"}


def test_a_row_that_cannot_be_counted_does_not_take_the_others_with_it(bare, tmp_path):
    file = write_cases(tmp_path / "cases.csv", a_row(case_id="A", law_id="us-xx"), a_row(case_id="B"))
    answer = bare.type("deadline", "--cases", file, "--json")

    assert answer.status == 1
    assert [one["due"] for one in answer.data] == ["NONE", "2027-01-06"]
    assert answer.err.startswith("A: No law is called “us-xx”.")


def test_cases_stand_alone(bare, tmp_path):
    for option in (("--law", "us-ca-ccpa"), ("--place", "DE"), ("--event", "sent"), ("--extended",)):
        answer = bare.type("deadline", "--cases", tmp_path / "cases.csv", *option)

        assert answer.status == 2


def test_a_table_for_eyes_has_a_line_a_case(bare, tmp_path):
    answer = bare.type("deadline", "--cases", write_cases(tmp_path / "cases.csv", a_row(case_id="A")))

    assert answer.out.splitlines()[1].split() == [
        *("A", "2027-01-06", "2027-01-06", "2027-01-06", "va.respond", "US-federal"),
    ]


def test_a_register_is_counted_by_without_a_vault_and_says_no_day_from_which_its_word_holds(bare):
    asked = ("deadline", "--right", "do_not_call_registry", "--from", "2026-11-02")
    national = clocks(bare.type(*asked, "--law", "register:us-dnc", "--json"))
    texas = bare.type(*asked, "--law", "register:us-dnc-tx")

    assert national["dnc-registry.effective"]["due"] == "2026-12-03"
    assert "2029-11-02" in texas.out
    assert "1990" not in texas.out


def test_a_clock_that_stands_still_says_since_when(bare):
    uk = ("deadline", "--law", "UK-GDPR", "--right", "access", "--place", "GB-ENG", "--from", "2026-11-09")
    found = clocks(bare.type(*uk, "--fact", "clarification_asked=2026-11-12", "--json"))

    assert found["uk.answer"]["paused_since"] == "2026-11-12"


def test_a_row_without_a_name_is_told_by_its_number(bare, tmp_path):
    file = write_cases(tmp_path / "cases.csv", a_row(case_id="A"), a_row(case_id="", law_id="us-xx"))
    answer = bare.type("deadline", "--cases", file, "--json")

    assert answer.err.startswith("Row 2: No law is called “us-xx”.")
