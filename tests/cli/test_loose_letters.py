# SPDX-License-Identifier: Apache-2.0
"""Letters for somebody in a file, without a vault."""

import hashlib
import json
from email import message_from_bytes
from email.policy import default

import pytest

JANE = {
    "name": "Jane Doe",
    "emails": ["jane@example.org"],
    "phones": ["+12025550123"],
    "addresses": [
        {
            "lines": ["12 Linden Street"],
            "postcode": "94105",
            "city": "San Francisco",
            "region": "CA",
            "country": "US",
        }
    ],
    "place": "US-CA",
    "language": "en",
}
SALE = ("letter", "--law", "us-ca-ccpa", "--right", "optout_sale", "--company", "google")


@pytest.fixture
def jane(tmp_path):
    """Writes a person file, with changes; None takes a field away."""

    def write(**changes):
        told = {name: value for name, value in {**JANE, **changes}.items() if value is not None}
        file = tmp_path / "jane.json"
        file.write_text(json.dumps(told), encoding="utf-8")
        return file

    return write


def test_a_letter_for_somebody_in_a_file_needs_no_vault(bare, jane):
    answer = bare.type(*SALE, "--person-file", jane(), "--lang", "en", "--as-of", "2026-11-25")

    assert answer.status == 0, answer.err
    assert "Dear Google LLC," in answer.out
    assert "Thursday 17 December 2026" in answer.out
    assert not (bare.home / "vaults").exists()


def test_such_a_letter_tells_name_and_email_and_whatever_else_is_ticked(bare, jane):
    plain = bare.type(*SALE, "--person-file", jane()).out
    ticked = bare.type(*SALE, "--person-file", jane(), "--tick", "email,postal_address").out

    assert "Name: Jane Doe" in plain
    assert "jane@example.org" in plain
    assert "Linden" not in plain + "+1202555"
    assert "Jane Doe" not in ticked
    assert "12 Linden Street, San Francisco, CA 94105" in ticked


def test_a_draft_goes_to_the_address_of_the_directory_or_to_another(bare, jane, tmp_path):
    file = tmp_path / "letter.eml"
    written = bare.type(
        *SALE,
        *("--person-file", jane(), "--format", "eml", "--to", "privacy@northwind.example", "-o", file),
        *("--reference", "OO-TEST-0001", "--json", "--as-of", "2026-11-25"),
    ).data
    message = message_from_bytes(file.read_bytes(), policy=default)

    assert message["To"] == written["to_address"] == "privacy@northwind.example"
    assert "OO-TEST-0001" in message["Subject"]
    assert written["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert written["answer_by"] == "2026-12-17"
    assert (written["law"], written["language"], written["told"]) == ("us-ca-ccpa", "en", ["email", "name"])


def test_a_form_gets_a_text_that_fits_or_a_sentence(bare, jane):
    fitting = bare.type(*SALE, "--person-file", jane(), "--format", "form", "--limit", "1000")
    too_small = bare.type(*SALE, "--person-file", jane(), "--format", "form", "--limit", "40")

    assert len(fitting.out) <= 1000
    assert "Cal. Civ. Code 1798.120" in fitting.out
    assert too_small.status == 1
    assert "and the form takes 40." in too_small.err


def test_a_page_and_a_text_message_are_made_as_well(bare, jane, tmp_path):
    page = bare.type(*SALE, "--person-file", jane(), "--format", "pdf", "-o", tmp_path / "a.pdf")
    text = bare.type(
        *("letter", "--law", "us-tcpa", "--right", "sms_stop", "--company", "google", "--format", "sms"),
        *("--person-file", jane(), "--to", "262966"),
    )

    assert page.status == 0, page.err
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert text.out.splitlines() == ["To:   262966", "Text: STOP", "Code: SMSTO:262966:STOP"]


def test_without_a_law_the_one_that_fits_best_is_taken(bare, jane, tmp_path):
    written = bare.type(
        *("letter", "--right", "delete", "--company", "google", "--person-file", jane(place="DE")),
        *("-o", tmp_path / "a.txt", "--json"),
    ).data

    assert written["law"] == "eu-gdpr"


def test_a_reminder_says_when_the_request_was_sent(bare, jane):
    without = bare.type(*SALE, "--person-file", jane(), "--kind", "reminder")
    late = bare.type(
        *SALE,
        *("--person-file", jane(), "--kind", "reminder", "--asked-on", "2026-10-01", "--as-of", "2026-11-25"),
    )

    assert "--asked-on DATE" in without.err
    assert "Thursday 1 October 2026" in late.out


def test_what_only_the_person_can_say_is_asked_for(bare, jane):
    correct = ("letter", "--law", "eu-gdpr", "--right", "correct", "--company", "google")
    person = ("--person-file", jane(place="DE"))
    silent = bare.type(*correct, *person)
    told = bare.type(*correct, *person, "--fact", "wrong_data=born 1980", "--fact", "right_data=born 1981")
    other = bare.type(*SALE, *person, "--fact", "wrong_data=x")

    assert "--fact right_data=TEXT" in silent.err
    assert "born 1981" in told.out
    assert "says nothing about “wrong_data”" in other.err


def test_what_does_not_fit_is_refused_before_anything_is_written(bare, jane, tmp_path):
    file = tmp_path / "letter.txt"
    person = ("--person-file", jane(), "-o", file)
    refusals = {
        "Letters are written in": (*SALE, *person, "--lang", "tlh"),
        "No company of the directory": (*SALE[:-1], "no such company at all", *person),
        "The person file holds no customer number": (*SALE, *person, "--tick", "customer_number"),
        "has no right called": ("letter", "--law", "us-can-spam", *SALE[3:], *person),
        "a register takes no letter": (
            *("letter", "--law", "us-dnc", "--right", "do_not_call_registry", "--company", "google"),
            *person,
        ),
    }
    said = {sentence: bare.type(*typed) for sentence, typed in refusals.items()}

    assert {sentence: answer.status for sentence, answer in said.items()} == dict.fromkeys(refusals, 1)
    assert [sentence for sentence, answer in said.items() if sentence not in answer.err] == []
    assert not file.exists()


def test_a_letter_wants_either_a_request_or_a_person(optout, draft, jane):
    both = optout("letter", draft, "--company", "google")
    neither = optout("letter", "--right", "optout_sale")

    assert (both.status, neither.status) == (2, 2)


def test_a_kept_letter_takes_a_tone_as_well(optout, draft, tmp_path):
    firm = optout.data("letter", draft, "--tone", "firm", "--lang", "en", "-o", tmp_path / "a.txt")
    unknown = optout("letter", draft, "--lang", "tlh")

    assert (firm["tone"], firm["language"]) == ("firm", "en")
    assert (unknown.status, "Letters are written in" in unknown.err) == (1, True)
