# SPDX-License-Identifier: Apache-2.0
import pytest

from optout_desktop.cli import registers
from optout_desktop.domain.registers import Nearness

ON = ("--as-of", "2026-11-23")


def ids(found):
    return [register["id"] for register in found]


def test_there_are_words_for_every_nearness():
    assert set(registers._BECAUSE) == set(Nearness)


def test_the_registers_of_ones_own_place_are_listed(optout):
    found = optout.data("register", "list")

    assert {"us-dnc", "us-ca-drop", "gpc"} <= set(ids(found))
    assert all(register["applies"] for register in found)
    assert "us-dnc-tx" not in ids(found)


def test_another_place_and_one_kind_can_be_asked_for(optout):
    found = optout.data("register", "list", "--place", "GB-ENG", "--kind", "do-not-call")

    assert ids(found) == ["gb-ctps", "gb-tps"]


def test_with_all_the_others_come_afterwards_and_say_why(optout):
    found = optout.data("register", "list", "--all")

    assert len(found) == 109
    assert (found[-1]["applies"], found[-1]["because"]) == (False, "is for people elsewhere")


def test_a_register_tells_when_it_takes_effect_how_long_it_holds_and_what_was_not_checked(optout):
    texas = next(
        one for one in optout.data("register", "list", "--place", "US-TX") if one["id"] == "us-dnc-tx"
    )

    assert texas["effect"]["amount"] == 153
    assert (texas["lasts"]["lasting"], texas["lasts"]["amount"], texas["lasts"]["unit"]) == (
        "span",
        3,
        "years",
    )
    assert "asks_for" in texas["unverified"]
    assert texas["steps"]


def test_a_registration_is_recorded_and_then_a_request_like_any_other(optout):
    made = optout.data("register", "record", "us-dnc", "--on", "2026-11-02", "--confirmed", *ON)
    shown = optout.data("request", "show", made["reference"], *ON)

    assert (made["status"], made["company_name"]) == ("sent", "National Do Not Call Registry")
    assert made["clocks"] == [
        {"rule_id": "dnc-registry.effective", "step": "registry_effective", "due": "2026-12-03"}
    ]
    assert [entry["event"] for entry in shown["history"]] == ["sent", "registered"]


def test_what_will_lapse_is_never_overdue(optout):
    made = optout.data("register", "record", "us-dnc-tx", "--on", "2023-01-02", *ON)
    said = optout("request", "list", *ON).out

    assert (made["due"], made["overdue_after"], made["next_step"]) == ("2026-01-02", None, "renew")
    assert "lapsed 325 days ago" in said


def test_what_was_registered_is_told_in_the_list(optout):
    optout.data("register", "record", "us-dnc", "--on", "2026-11-02", *ON)
    table = optout("register", "list", *ON).out

    assert "registered on 2026-11-02" in table
    [listed] = [one for one in optout.data("register", "list", *ON) if one["id"] == "us-dnc"]
    assert listed["last_sent_on"] == "2026-11-02"


def test_recording_says_the_days_that_follow(optout):
    said = optout(
        "register", "record", "us-dnc-tx", "--on", "2026-11-02", "--identifier", "+1 202 555 0143", *ON
    ).out

    assert "Recorded: Texas No Call List" in said
    assert "2027-04-04" in said


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (("us-dnk", "--on", "2026-11-02"), "us-dnc"),
        (("fr-bloctel", "--on", "2026-11-02"), "Bloctel ended"),
        (("us-vt-registry", "--on", "2026-11-02"), "nothing to register in"),
        (("us-dnc", "--on", "2026-12-02"), "in the future"),
        (("us-dnc", "--on", "2026-11-02", "--person", "Nobody"), "Nobody"),
    ],
)
def test_what_cannot_be_recorded_is_said_and_nothing_changes(optout, argv, sentence):
    answer = optout("register", "record", *argv, *ON)

    assert answer.status == 1
    assert sentence in answer.err
    assert optout.data("request", "list", *ON) == []


def test_a_register_is_no_law_for_a_request_to_a_company(optout):
    answer = optout(
        *("request", "new", "--right", "do_not_call_registry", "--company", "Northwind Data LLC"),
        *("--law", "register:us-dnc", *ON),
    )

    assert answer.status == 1
    assert "optout register record us-dnc" in answer.err


def test_a_register_may_be_written_in_capitals_and_its_day_stands_behind_its_words(optout):
    answer = optout("register", "record", "US-DNC", "--on", "2026-03-02", "--as-of", "2026-03-02")

    assert answer.status == 0
    assert "Sales calls to a registered number must have stopped: 2026-04-02" in answer.out
