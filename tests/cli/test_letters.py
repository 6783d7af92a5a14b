# SPDX-License-Identifier: Apache-2.0
import hashlib
import sys
from email import message_from_bytes

import pytest


@pytest.fixture
def text_request(optout):
    made = optout.data(
        *("request", "new", "--right", "sms_stop", "--company", "Northwind Data LLC", "--to", "262966"),
    )
    return made["reference"]


def test_a_mail_draft_is_an_unsent_message_for_you_alone_to_read(optout, draft, tmp_path):
    file = tmp_path / "letter.eml"
    written = optout.data("letter", draft, "--format", "eml", "-o", file)

    message = message_from_bytes(file.read_bytes())
    assert (message["To"], message["X-Unsent"], message["Date"]) == (
        "privacy@northwind.example.com",
        "1",
        None,
    )
    assert written["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert written["size_bytes"] == file.stat().st_size
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_letter_is_a_pdf(optout, draft, tmp_path):
    optout.data("letter", draft, "--format", "pdf", "-o", tmp_path / "letter.pdf")

    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("form", ["txt", "form"])
def test_a_text_stands_on_standard_output_where_no_file_is_named(optout, draft, form):
    answer = optout("letter", draft, "--format", form)

    assert answer.status == 0
    assert "Dear Northwind Data LLC," in answer.out
    assert draft in answer.out
    assert answer.err == ""


def test_a_text_message_is_a_number_a_word_and_the_code_for_a_phone(optout, text_request):
    answer = optout("letter", text_request, "--format", "sms")

    assert answer.out.splitlines() == ["To:   262966", "Text: STOP", "Code: SMSTO:262966:STOP"]


def test_no_letter_marks_a_request_as_sent(optout, draft, tmp_path):
    for form in ("txt", "eml", "pdf", "form"):
        assert optout("letter", draft, "--format", form, "-o", tmp_path / form).status == 0

    assert [one["status"] for one in optout.data("request", "list")] == ["draft"]


def test_what_does_not_fit_the_channel_is_refused_with_the_way_that_does(optout, draft, text_request):
    no_text = optout("letter", draft, "--format", "sms")
    no_page = optout("letter", text_request, "--format", "pdf")

    assert (no_text.status, no_text.out) == (1, "")
    assert "not as a text message" in no_text.err
    assert (no_page.status, no_page.out) == (1, "")
    assert "Choose --format sms" in no_page.err


def test_a_mail_draft_needs_an_address_on_both_sides(optout):
    new = ("request", "new", "--right", "optout_sale", "--company", "Northwind Data LLC")
    by_post = optout.data(*new, "--channel", "post")["reference"]
    unnamed = optout.data(*new, "--tell", "name")["reference"]

    assert "no e-mail address to send this request to" in optout("letter", by_post, "--format", "eml").err
    assert "tells no e-mail address" in optout("letter", unnamed, "--format", "eml").err


def test_a_reminder_wants_a_request_that_was_sent(optout, draft):
    early = optout("letter", draft, "--reminder")
    optout.data("request", "record", draft, "sent", "--on", "2026-03-02", "--as-of", "2026-03-02")
    late = optout("letter", draft, "--reminder", "--as-of", "2026-04-01")

    assert early.status == 1
    assert late.status == 0
    assert "23 March 2026" in late.out


def test_where_a_file_cannot_be_written_nothing_is_left_behind(optout, draft, tmp_path):
    answer = optout("letter", draft, "-o", tmp_path / "missing" / "letter.txt")

    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("letter.txt could not be written there.")


def test_a_document_for_programs_and_the_letter_do_not_share_a_stream(optout, draft):
    assert optout("letter", draft, "--json").status == 2


def test_an_unknown_request_is_named(optout):
    answer = optout("letter", "OO-XXXX-XXXX")

    assert (answer.status, answer.err) == (1, "No request is called “OO-XXXX-XXXX”.\n")


def test_record_sent_keeps_the_very_bytes_that_were_written(optout, draft, tmp_path):
    file = tmp_path / "letter.eml"
    written = optout.data("letter", draft, "--format", "eml", "-o", file, "--as-of", "2026-03-02")
    made = optout.data("request", "show", draft)
    optout.data("request", "record", draft, "sent", "--on", "2026-03-04", "--as-of", "2026-03-05")
    sent = optout.data("request", "show", draft)

    assert [one["way"] for one in made["made_letters"]] == ["eml"]
    assert [one["sha256"] for one in made["made_letters"]] == [written["sha256"]]
    assert [one["sha256"] for one in sent["letters"]] == [written["sha256"]]
    assert sent["letters"][0]["made_on"] == "2026-03-02"
    assert sent["made_letters"] == []


@pytest.mark.parametrize("form", ["txt", "form", "pdf"])
def test_what_is_written_is_what_is_kept(optout, draft, tmp_path, form):
    file = tmp_path / f"letter.{form}"
    optout.data("letter", draft, "--format", form, "-o", file)
    [made] = optout.data("request", "show", draft)["made_letters"]

    assert made["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


def test_what_could_not_be_written_was_not_made(optout, draft, tmp_path):
    optout("letter", draft, "-o", tmp_path / "missing" / "letter.txt")

    assert optout.data("request", "show", draft)["made_letters"] == []


def test_an_appeal_is_written_and_recorded_with_its_bytes(optout, tmp_path):
    new = ("request", "new", "--right", "access", "--company", "Northwind Data LLC", "--place", "US-VA")
    ref = optout.data(*new, "--as-of", "2026-03-02")["reference"]
    early = optout("letter", ref, "--kind", "appeal")
    optout.data("request", "record", ref, "sent", "--on", "2026-03-02", "--as-of", "2026-03-02")
    optout.data(*("request", "record", ref, "refused", "--on", "2026-03-09", "--reason", "no_match"))
    written = optout.data(
        "letter", ref, "--kind", "appeal", "-o", tmp_path / "a.txt", "--as-of", "2026-03-10"
    )
    row = optout.data("request", "record", ref, "appeal_sent", "--on", "2026-03-10", "--as-of", "2026-03-11")
    sent = optout.data("request", "show", ref)

    assert early.status == 1
    assert [one["sha256"] for one in sent["letters"]][-1] == written["sha256"]
    assert (row["status"], row["due"]) == ("refused", "2026-05-11")


@pytest.mark.parametrize("register", ["us-dnc", "us-ca-drop"])
@pytest.mark.parametrize("kind", ["request", "reminder", "appeal"])
def test_a_register_takes_no_letter_but_has_steps(optout, register, kind):
    made = optout.data("register", "record", register, "--on", "2026-11-02", "--as-of", "2026-11-23")
    answer = optout("letter", made["reference"], "--kind", kind)

    assert answer.status == 1
    assert "a register takes no letter: see its steps under Laws, Registers." in answer.err
    assert "plans.toml" not in answer.err


def test_two_kinds_at_once_are_wrongly_written(optout, draft):
    assert optout("letter", draft, "--reminder", "--kind", "appeal").status == 2


def test_a_letter_is_never_written_over_a_part_of_a_vault(optout, draft):
    slots = optout.home / "vaults" / "Personal.optout" / "keyslots.json"
    before = slots.read_bytes()
    answer = optout("letter", draft, "-o", slots)

    assert (answer.status, answer.err) == (1, "Personal.optout is a vault. Choose a file outside of it.\n")
    assert slots.read_bytes() == before
