# SPDX-License-Identifier: Apache-2.0
import csv
from datetime import date
from pathlib import Path

import pytest

from optout_desktop.app import House
from optout_desktop.cli.cases import COLUMNS, counted, read_case, read_rows
from optout_desktop.domain.errors import HandOverError, InputError, NotFound
from tests.lawbooks import holiday_book, shipped_laws

GOLDEN = Path(__file__).parent.parent / "golden" / "deadlines.csv"


@pytest.fixture(scope="module")
def laws():
    return House().laws


def a_row(**changes):
    plain = {
        "case_id": "T1",
        "law_id": "us-va-vcdpa",
        "rule_id": "va.respond",
        "request_kind": "delete",
        "step": "respond",
        "place": "US-VA",
        "start_event": "receipt",
        "start_date": "2026-11-22",
        "other_dates": "",
        "extended": "no",
    }
    return plain | changes


def worked_rows():
    """The worked deadlines as rows of a table of cases: what they leave out is read off the rule."""
    rules = {rule.id: rule for law in shipped_laws().laws for rule in law.rules}
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        for known in csv.DictReader(file):
            first, last = (rules[known["rule"].split("+")[index]] for index in (0, -1))
            row = a_row(
                case_id=known["case"],
                law_id=known["law"],
                rule_id=known["rule"],
                request_kind=last.rights[0],
                step=last.step,
                place=known["place"],
                start_event=first.starts_on,
                start_date=known["start"],
                extended=known["extended"] or "no",
            )
            yield pytest.param(row, known, id=known["case"])


@pytest.mark.parametrize(("row", "known"), list(worked_rows()))
def test_a_worked_deadline_is_counted_the_same_in_a_terminal(row, known, laws):
    answer = counted(row, laws, holiday_book())

    assert answer["problem"] == ""
    assert answer["rule_id"] == known["rule"]
    assert (str(answer["nominal"]), str(answer["due"]), str(answer["overdue_after"])) == (
        known["nominal"] or "NONE",
        known["due"] or "NONE",
        known["flag_after"] or "NONE",
    )
    assert answer["why"]


def test_the_second_clock_of_a_chain_starts_on_the_last_day_of_the_first(laws):
    row = a_row(
        law_id="us-ca-delete-act",
        rule_id="delete-act.pickup.30+delete-act.delete.30",
        request_kind="broker_deletion_platform",
        place="US-CA",
        start_event="submission",
        start_date="2027-01-10",
        other_dates="pickup_latest=2027-02-09",
    )
    answer = counted(row, laws, holiday_book())

    assert answer["due"] == date(2027, 3, 11)
    assert answer["rule_id"] == "delete-act.pickup.30+delete-act.delete.30"
    assert (
        "The clock starts with: broker receipt from drop, on Tue 2027-02-09 (as you state)." in answer["why"]
    )


def uk(**changes):
    plain = {
        "law_id": "uk-gdpr",
        "rule_id": "uk.answer",
        "request_kind": "access",
        "place": "GB-ENG",
        "start_event": "later_of_receipt_and_identity_information_and_fee",
        "start_date": "2026-09-08",
    }
    return a_row(**plain | changes)


def test_both_days_of_a_clarification_are_left_out(laws):
    row = uk(
        other_dates="clarification_asked=2026-09-10;clarification_received=2026-09-14", extended="paused"
    )
    plain, paused = counted(uk(), laws, holiday_book()), counted(row, laws, holiday_book())

    assert plain["nominal"] == date(2026, 10, 8)
    assert paused["nominal"] == date(2026, 10, 13)
    assert any("5 days are added" in line for line in paused["why"])


def test_a_clarification_pauses_only_the_rights_that_the_law_names(laws):
    pause = {
        "other_dates": "clarification_asked=2026-09-10;clarification_received=2026-09-14",
        "extended": "paused",
    }
    answer = counted(uk(request_kind="delete", **pause), laws, holiday_book())

    assert answer["nominal"] == date(2026, 10, 8)


def test_a_pause_without_its_days_is_a_problem(laws):
    answer = counted(uk(extended="paused"), laws, holiday_book())

    assert answer["due"] == "NONE"
    assert answer["problem"].startswith("A paused clock needs the day of each question")


def test_the_clock_waits_for_the_identity_that_was_asked_for(laws):
    row = uk(other_dates="request_received=2026-09-08;identity_asked=2026-09-10;identity_received=2026-09-15")
    case = read_case(row)

    assert (case.asked_on, case.awaited_on) == (date(2026, 9, 8), (date(2026, 9, 15),))
    assert counted(row, laws, holiday_book())["nominal"] == date(2026, 10, 15)


def test_an_extension_whose_notice_came_late_does_not_count(laws):
    in_time = a_row(extended="yes", other_dates="extension_notice=2027-01-06")
    too_late = a_row(extended="yes", other_dates="notice_of_extension=2027-01-07")

    assert counted(in_time, laws, holiday_book())["due"] == date(2027, 2, 22)
    assert counted(too_late, laws, holiday_book())["due"] == date(2027, 1, 6)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"law_id": "us-va-vcpda"}, "No law is called “us-va-vcpda”. Did you mean us-va-vcdpa"),
        ({"rule_id": "va.repond"}, "No rule of us-va-vcdpa is called “va.repond”. Did you mean va.respond"),
        ({"request_kind": "erase"}, "No right is called “erase”."),
        ({"place": "US-ZZ"}, "No place is called “US-ZZ”."),
        ({"start_event": "reciept"}, "No start event is called “reciept”. Did you mean receipt"),
        ({"start_event": "sending"}, "The rule va.respond does not start with “sending”"),
        ({"start_date": "2026-02-30"}, "“2026-02-30” is not a day."),
        ({"start_date": "9999-01-01"}, "The days from 9999-01-01 lie outside the years"),
        ({"extended": "perhaps"}, "No kind of extension is called “perhaps”."),
        ({"other_dates": "notice=soon"}, "“soon” is not a day."),
        ({"other_dates": "2026-11-30"}, "“2026-11-30” tells no day. Write it as NAME=YYYY-MM-DD."),
    ],
)
def test_a_row_that_cannot_be_counted_says_why(changes, problem, laws):
    answer = counted(a_row(**changes), laws, holiday_book())

    assert (answer["nominal"], answer["due"], answer["overdue_after"]) == ("NONE", "NONE", "NONE")
    assert answer["problem"].startswith(problem)


def test_before_a_law_there_is_no_deadline_and_the_steps_say_since_when(laws):
    row = uk(
        rule_id="uk.complaint-ack",
        request_kind="complaint_to_controller",
        step="acknowledge",
        start_event="receipt",
        start_date="2026-06-18",
    )
    answer = counted(row, laws, holiday_book())

    assert (answer["due"], answer["problem"]) == ("NONE", "")
    assert "applies from Fri 2026-06-19" in answer["why"][0]


def test_rows_are_read_by_the_names_of_their_columns(tmp_path):
    file = tmp_path / "cases.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, ["tags", *reversed(COLUMNS)])
        writer.writeheader()
        writer.writerow(a_row() | {"tags": "ignored"})

    assert read_rows(file) == (a_row(),)


@pytest.mark.parametrize(
    "text",
    [
        "case_id,law_id,rule_id,place,start_date\r\nT1,us-va-vcdpa,va.respond,US-VA,2026-11-22\r\n",
        "\ufeffStart_Date, Case ID ,rule_id,law_id,tags\n\n2026-11-22 , T1 ,VA.respond, US-VA-VCDPA,x;y\n",
        (
            '"case_id";"law_id";"rule_id";"place";"start_date";"other_dates"\n'
            'T1;us-va-vcdpa;va.respond;us_va;2026-11-22;"request_received=2026-11-22;notice=2026-11-30"\n'
        ),
        "case_id\tlaw_id\trule_id\tstart_date\textended\nT1\tus-va-vcdpa\tva.respond\t2026-11-22\tNO\n",
        "\ncase_id,law_id,rule_id,start_date,step\nT1,us-va-vcdpa,va.respond,2026-11-22\n,,,,\n",
    ],
    ids=["carriage returns", "other spelling", "semicolons", "tabs", "short row and blank lines"],
)
def test_a_table_may_be_spelled_as_spreadsheets_do(tmp_path, laws, text):
    file = tmp_path / "cases.csv"
    file.write_text(text, encoding="utf-8", newline="")
    [row] = read_rows(file)
    answer = counted(row, laws, holiday_book())

    assert (answer["case_id"], answer["due"], answer["problem"]) == ("T1", date(2027, 1, 6), "")


def test_what_a_row_leaves_open_is_read_off_the_rule(laws):
    row = uk(request_kind="", start_event="", step="", extended="", place="")

    assert counted(row, laws, holiday_book())["due"] == date(2026, 10, 8)


def test_the_codes_of_the_union_name_the_same_places():
    assert read_case(uk(place="uk-sct")).place == "GB-SCT"
    assert read_case(uk(place="EL")).place == "GR"


def test_a_plain_receipt_starts_a_rule_that_waits_for_more(laws):
    assert counted(uk(start_event="receipt"), laws, holiday_book())["due"] == date(2026, 10, 8)


def drop(**changes):
    plain = {
        "law_id": "us-ca-delete-act",
        "rule_id": "delete-act.pickup.45+delete-act.delete.45",
        "request_kind": "broker_deletion_platform",
        "place": "US-CA",
        "start_event": "submission",
        "start_date": "2026-02-15",
    }
    return a_row(**plain | changes)


VERSIONS = [
    (uk(start_date="2026-02-04"), "uk.answer.before-duaa", date(2026, 3, 4)),
    (uk(rule_id="uk.answer.before-duaa", start_date="2026-02-05"), "uk.answer", date(2026, 3, 5)),
    (
        a_row(
            law_id="us-dnc-internal",
            rule_id="dnc-internal.honour.2025",
            request_kind="do_not_call_internal",
            place="US",
            start_date="2025-04-10",
        ),
        "dnc-internal.honour.before-2025",
        date(2025, 5, 10),
    ),
    (
        a_row(
            law_id="in-trai",
            rule_id="trai.complain-window",
            request_kind="complaint_to_regulator",
            place="IN",
            start_event="message_received",
            start_date="2025-03-13",
        ),
        "trai.complain-window.old",
        date(2025, 3, 16),
    ),
    (
        a_row(
            law_id="us-tcpa",
            rule_id="tcpa.revocation",
            request_kind="sms_stop",
            place="US",
            start_date="2025-04-10",
        ),
        "tcpa.revocation.before-2025",
        "NONE",
    ),
    (
        drop(rule_id="delete-act.pickup.30", start_date="2026-12-31"),
        "delete-act.pickup.45",
        date(2027, 2, 14),
    ),
    (drop(), "delete-act.pickup.45+delete-act.delete.45", date(2026, 10, 30)),
    (drop(start_date="2026-12-20"), "delete-act.pickup.45+delete-act.delete.45", date(2027, 3, 20)),
    (
        drop(start_date="2027-01-10", other_dates="pickup_latest=2027-02-01"),
        "delete-act.pickup.30+delete-act.delete.30",
        date(2027, 3, 3),
    ),
    (
        drop(
            rule_id="delete-act.delete.30",
            start_event="broker_receipt_from_drop",
            start_date="2027-02-03",
            other_dates="submission=2026-12-20",
        ),
        "delete-act.delete.45",
        date(2027, 3, 20),
    ),
    (
        drop(rule_id="delete-act.delete.45", start_event="broker_receipt_from_drop", start_date="2027-02-03"),
        "delete-act.delete.45",
        date(2027, 3, 20),
    ),
]


@pytest.mark.parametrize(("row", "version", "due"), VERSIONS)
def test_the_day_of_the_request_picks_the_version_whichever_is_named(row, version, due, laws):
    answer = counted(row, laws, holiday_book())

    assert (answer["problem"], answer["rule_id"], answer["due"]) == ("", version, due)


def test_a_right_that_a_law_gained_later_has_no_deadline_before(laws):
    utah = {"law_id": "us-ut-ucpa", "rule_id": "ut.respond", "place": "US-UT", "request_kind": "correct"}
    before = counted(a_row(**utah, start_date="2026-06-30"), laws, holiday_book())
    after = counted(a_row(**utah, start_date="2026-07-01"), laws, holiday_book())

    assert (before["due"], before["problem"]) == ("NONE", "")
    assert "applies from Wed 2026-07-01" in before["why"][0]
    assert after["due"] == date(2026, 8, 17)


@pytest.mark.parametrize(
    "days",
    [
        "stopped=2026-09-10;resumed=2026-09-14",
        "Paused-From = 2026-09-10 | paused-until = 2026-09-14",
        "request_received=2026-09-08;pause=2026-09-10..2026-09-14",
        "clarification=2026-09-10/2026-09-14",
        (
            "clarification_asked=2026-09-10,clarification_received=2026-09-12;"
            "clarification_asked=2026-09-20;clarification_received=2026-09-21"
        ),
    ],
)
def test_a_pause_may_be_written_in_several_ways(days, laws):
    answer = counted(uk(other_dates=days, extended="paused"), laws, holiday_book())

    assert (answer["problem"], answer["nominal"]) == ("", date(2026, 10, 13))


@pytest.mark.parametrize("place", ["BE-VLG", "NL-NH", "SE-AB", "FR-IDF", "ES-M", "PT-11"])
def test_a_region_without_public_holidays_of_its_own_is_counted_by_its_country(place, laws):
    row = a_row(law_id="eu-gdpr", rule_id="gdpr.answer", place=place, start_date="2026-12-01")
    answer = counted(row, laws, holiday_book())

    assert (answer["problem"], answer["due"], answer["calendar"]) == ("", date(2027, 1, 4), place[:2])


def test_a_file_that_is_no_table_of_cases_is_refused(tmp_path):
    file = tmp_path / "cases.csv"
    with pytest.raises(HandOverError, match=r"cases\.csv cannot be read"):
        read_rows(file)

    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="no table"):
        read_rows(file)

    file.write_text("case_id,law_id\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no column called rule_id, start_date"):
        read_rows(file)


def test_an_unknown_word_of_a_row_names_the_known_ones():
    with pytest.raises(NotFound, match="Did you mean no, yes, paused"):
        read_case(a_row(extended="maybe"))
