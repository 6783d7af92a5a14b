# SPDX-License-Identifier: Apache-2.0
import json
import stat
import sys
from datetime import date

import pytest

from optout_desktop.cli.exports import describing
from optout_desktop.domain.exchange import CalendarDeadline
from optout_desktop.domain.rights import Right
from tests.adapters.strict_calendar import events_of


def a_deadline(**changes) -> CalendarDeadline:
    plain = {
        "request": "r",
        "rule": "x",
        "company_name": "Northwind",
        "reference": "OO-1",
        "right": Right.ACCESS,
        "due": date(2026, 4, 1),
        "on": date(2026, 4, 1),
    }
    return CalendarDeadline(**plain | changes)


@pytest.mark.parametrize("form", ["csv", "json", "ics"])
def test_requests_are_written_for_the_person_alone(optout, sent, tmp_path, form):
    file = tmp_path / f"out.{form}"
    data = optout.data("export", "requests", "--format", form, "-o", file)

    assert (data["requests"], data["size_bytes"]) == (1, file.stat().st_size)
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_terminal_says_that_the_file_is_not_encrypted(optout, sent, tmp_path):
    answer = optout("export", "requests", "--format", "csv", "-o", tmp_path / "out.csv")

    assert answer.status == 0
    assert "not encrypted" in answer.err


def test_the_standard_output_takes_the_bytes_as_they_are(optout, sent, tmp_path):
    answer = optout("export", "requests", "--format", "json", "-o", "-")

    assert json.loads(answer.out)["requests"][0]["reference"] == sent
    assert optout("export", "requests", "--format", "json", "-o", "-", "--json").status == 2


def test_filters_choose_what_goes_out(optout, sent, tmp_path):
    file = tmp_path / "out.json"
    none = optout.data("export", "requests", "--format", "json", "-o", file, "--status", "refused")
    right = optout.data(
        *(
            "export",
            "requests",
            "--format",
            "json",
            "-o",
            file,
            "--right",
            "optout_sale",
            "--person",
            "Jane Doe",
        )
    )

    assert (none["requests"], right["requests"]) == (0, 1)


def test_a_calendar_names_no_company_unless_asked_to(optout, sent, tmp_path):
    file = tmp_path / "out.ics"
    optout.data("export", "requests", "--format", "ics", "-o", file, "--as-of", "2026-03-03")
    plain = file.read_bytes()
    optout.data("export", "requests", "--format", "ics", "-o", file, "--names", "--as-of", "2026-03-03")

    assert {event.text("SUMMARY") for event in events_of(plain)} == {"OptOut deadline"}
    assert b"Northwind" not in plain
    assert b"Northwind" in file.read_bytes()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Nobody is late before the end of 2026-04-01."),
        ({"on": date(2026, 4, 9)}, "2026-04-01 by one reading and 2026-04-09 by another"),
        ({"is_mine": True}, "You can act until the end of 2026-04-01."),
        ({"is_registration": True}, "Renew it before."),
    ],
)
def test_an_entry_says_what_its_day_means(changes, words):
    assert words in describing(has_names=False)(a_deadline(**changes)).text
