# SPDX-License-Identifier: Apache-2.0
import json
import re
import shutil

import pytest

from optout_desktop.app import House
from optout_desktop.catalog.files import Resources
from optout_desktop.cli import laws, run
from optout_desktop.domain.laws import Reason
from tests.catalog.test_laws import GOOD
from tests.lawbooks import shipped_laws


def test_there_are_words_for_every_reason():
    assert set(laws._REASONS) == set(Reason)


def test_every_law_is_listed(bare):
    found = bare.type("laws", "--json").data["laws"]

    assert [law["id"] for law in found] == [law.id for law in shipped_laws().laws]


def test_laws_with_a_right_are_listed(bare):
    found = bare.type("laws", "--right", "sms_stop", "--json").data["laws"]

    assert "us-tcpa" in {law["id"] for law in found}
    assert all("sms_stop" in law["rights"] for law in found)


def test_for_a_place_each_law_says_whether_it_applies_and_why(bare):
    data = bare.type("laws", "--place", "US-CA", "--right", "delete", "--as-of", "2026-11-22", "--json").data

    assert data["proposed"] == "us-ca-ccpa"
    assert [law["id"] for law in data["applicable"]] == ["us-ca-ccpa"]
    against = {law["id"]: law["reasons"] for law in data["not_applicable"]}
    assert against["us-va-vcdpa"] == ["lives_elsewhere"]
    assert len(against) + 1 == len(shipped_laws().laws)


def test_a_law_that_is_not_in_force_on_the_day_does_not_apply(bare):
    asked = ("laws", "--place", "US-OK", "--right", "delete", "--json")
    before = bare.type(*asked, "--as-of", "2026-11-22").data["not_applicable"]
    after = bare.type(*asked, "--as-of", "2027-01-01").data["applicable"]

    assert {law["id"]: law["reasons"] for law in before}["us-ok-okcdpa"] == ["not_yet_in_force"]
    assert "us-ok-okcdpa" in {law["id"] for law in after}


def test_a_person_reads_the_reasons_in_words(bare):
    answer = bare.type("laws", "--place", "US-VA", "--right", "delete", "--as-of", "2026-11-22")

    assert "protects people who live elsewhere" in answer.out


@pytest.mark.parametrize(
    ("option", "typed", "sentence"),
    [
        ("--place", "US-ZZ", "No place is called “US-ZZ”."),
        ("--right", "deletion", "No right is called “deletion”. Did you mean delete"),
        ("--channel", "mail", "No channel is called “mail”. Did you mean email"),
    ],
)
def test_an_unknown_word_is_answered_with_the_nearest(bare, option, typed, sentence):
    answer = bare.type("laws", option, typed)

    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith(sentence)


def test_the_channel_of_the_messages_decides_between_laws(bare):
    asked = ("laws", "--place", "US-CA", "--right", "sms_stop", "--channel", "sms", "--json")

    assert bare.type(*asked).data["proposed"] == "us-tcpa"


LAW = GOOD.replace('["xx-authority"]', '["us-ftc"]')


def test_a_law_file_that_is_right_is_told_what_it_holds(bare, tmp_path):
    file = tmp_path / "xx-test.toml"
    file.write_text(LAW, encoding="utf-8")

    assert (
        bare.type("laws", "check", file).out == "xx-test.toml can be used: Test Act. Rights: 1, rules: 1.\n"
    )
    assert bare.type("laws", "check", file, "--json").data == {
        "file": "xx-test.toml",
        "law": "xx-test",
        "rights": 1,
        "rules": 1,
    }


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("amount = 10", "amount = -10", "amount: must be a whole number of at least 1, not -10"),
        ('unit = "days"', 'unit = "day"', "unit: unknown word “day”; did you mean “days”?"),
        (
            "EU-member-state",
            "EU-member",
            "calendar: unknown word “EU-member”; did you mean “EU-member-state”?",
        ),
        ("us-ftc", "us-ftcc", "regulators: no regulator is called “us-ftcc”; did you mean us-ftc?"),
        ('citation = "s. 2"\n', "", "citation: is missing"),
    ],
)
def test_a_law_file_that_is_wrong_is_told_the_place_of_the_fault(bare, tmp_path, old, new, fault):
    file = tmp_path / "xx-test.toml"
    file.write_text(LAW.replace(old, new), encoding="utf-8")
    answer = bare.type("laws", "check", file, "--json")

    assert (answer.status, answer.out) == (1, "")
    assert re.fullmatch(rf"xx-test\.toml, line \d+: {re.escape(fault)}\n", answer.err)


def test_a_law_file_is_checked_by_itself(bare, tmp_path):
    answer = bare.type("laws", "--place", "US-CA", "check", tmp_path / "xx-test.toml")

    assert (answer.status, answer.out) == (2, "")


def test_what_a_statute_sets_for_a_breach_is_told(bare):
    found = {law["id"]: law for law in bare.type("laws", "--json").data["laws"]}

    assert [one["max"] for one in found["us-tcpa"]["damages"]] == [500, 1500]
    assert found["us-ca-delete-act"]["fines"][0]["per"] == "request-and-day"


def test_a_law_that_was_changed_is_named_as_missing_and_the_others_are_listed(tmp_path, capsys):
    shutil.copytree(Resources.found().folder, tmp_path / "resources")
    changed = tmp_path / "resources" / "laws" / "us-ca" / "us-ca-ccpa.toml"
    changed.write_bytes(changed.read_bytes().replace(b"amount = 15", b"amount = 5"))
    resources = Resources(folder=tmp_path / "resources", is_listed=True)
    status = run(lambda **facts: House(resources=resources, **facts), ["laws", "--json"])
    printed = capsys.readouterr()

    assert status == 0
    assert printed.err.startswith(
        "This file cannot be used: laws/us-ca/us-ca-ccpa.toml: digest: the file was changed"
    )
    listed = {law["id"] for law in json.loads(printed.out)["data"]["laws"]}
    assert listed == {law.id for law in shipped_laws().laws} - {"us-ca-ccpa"}
