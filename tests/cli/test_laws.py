# SPDX-License-Identifier: Apache-2.0
import pytest

from optout_desktop.cli import laws
from optout_desktop.domain.laws import Reason
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
