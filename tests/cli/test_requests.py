# SPDX-License-Identifier: Apache-2.0
import pytest

NEW = ("request", "new", "--company", "Northwind Data LLC")


def test_the_law_is_proposed_from_where_the_person_lives(optout):
    made = optout.data(*NEW, "--right", "optout_sale")

    assert (made["law"], made["status"], made["channel"]) == ("us-ca-ccpa", "draft", "email")
    assert "protects people who live there" in made["because"]


def test_another_residence_proposes_another_law(optout):
    made = optout.data(*NEW, "--right", "object_direct_marketing", "--place", "DE")

    assert made["law"] == "eu-gdpr"


def test_another_law_may_be_taken_and_what_speaks_against_it_is_said(optout):
    answer = optout(*NEW, "--right", "optout_sale", "--law", "us-va-vcdpa", "--json")

    assert answer.data["law"] == "us-va-vcdpa"
    assert answer.err == "Note: VCDPA protects people who live elsewhere.\n"


def test_a_stop_goes_by_text_message_to_the_number_that_was_given(optout):
    made = optout.data(*NEW, "--right", "sms_stop", "--to", "(202) 555-0123")
    shown = optout.data("request", "show", made["reference"])

    assert (made["law"], made["channel"], shown["to_address"]) == ("us-tcpa", "sms", "+12025550123")


def test_a_mailing_list_and_what_the_letter_tells_are_kept(optout):
    made = optout.data(
        *NEW, "--right", "unsubscribe_email", "--list-id", "news.example.com", "--tell", "email"
    )
    shown = optout.data("request", "show", made["id"][:8])

    assert (shown["list_id"], shown["identity"]) == ("news.example.com", ["email"])


def test_a_client_asks_under_the_law_of_their_own_home(optout):
    optout.data(
        *("person", "add", "--client", "--name", "Ben Okri", "--email", "b@example.org", "--place", "GB-SCT")
    )
    made = optout.data(*NEW, "--right", "object_direct_marketing", "--person", "Ben Okri")

    assert (made["law"], made["person_name"]) == ("uk-gdpr", "Ben Okri")


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        ((*NEW, "--right", "optout"), "No right is called “optout”. Did you mean"),
        ((*NEW, "--right", "optout_sale", "--law", "us-ca"), "No law is called “us-ca”."),
        ((*NEW, "--right", "optout_sale", "--law", "us-tcpa"), "TCPA has no right called optout_sale."),
        (
            (*NEW, "--right", "optout_sale", "--place", "JP"),
            "No law in force gives the right “optout_sale” to somebody in JP.",
        ),
        ((*NEW, "--right", "optout_sale", "--person", "Nobody"), "No person is called “Nobody”."),
        ((*NEW, "--right", "optout_sale", "--to", "a@b@c", "--channel", "email"), "a@b@c is missing"),
        (
            ("request", "new", "--right", "delete", "--company", "Northwnd"),
            "No company is called “Northwnd”.",
        ),
    ],
)
def test_a_request_that_cannot_be_made_leaves_nothing_behind(optout, argv, sentence):
    answer = optout(*argv)

    assert (answer.status, answer.out) == (1, "")
    assert sentence in answer.err
    assert optout.data("request", "list") == []


def test_a_sent_request_has_a_due_day_and_keeps_its_letter(optout, sent):
    shown = optout.data("request", "show", sent, "--as-of", "2026-03-03")

    assert (shown["status"], shown["due"], shown["days_left"]) == ("sent", "2026-03-23", 20)
    assert [letter["kind"] for letter in shown["letters"]] == ["request"]
    assert shown["deadline"] == "ccpa.optout"
    stop = next(clock for clock in shown["clocks"] if clock["rule_id"] == "ccpa.optout")
    assert (stop["state"], stop["start"]["proof"]) == ("running", "presumed")
    assert "The last lawful day is Mon 2026-03-23." in stop["why"]


def test_a_sending_with_a_proof_and_a_note_keeps_its_letter_and_both(optout, draft):
    optout.data(
        *("request", "record", draft, "sent", "--on", "2026-03-02", "--as-of", "2026-03-02"),
        *("--proof", "server_accepted", "--note", "by my own mail program"),
    )
    shown = optout.data("request", "show", draft)

    assert [(entry["event"], entry["proof"], entry["note"]) for entry in shown["history"]] == [
        ("sent", "server_accepted", ""),
        ("note", "stated", "by my own mail program"),
    ]
    assert [letter["kind"] for letter in shown["letters"]] == ["request"]


def test_an_extension_moves_the_due_day(optout):
    made = optout.data(*NEW, "--right", "delete", "--as-of", "2026-03-02")["reference"]
    optout.data("request", "record", made, "sent", "--on", "2026-03-02", "--as-of", "2026-03-02")
    after = optout.data(
        *("request", "record", made, "extended", "--on", "2026-03-20", "--as-of", "2026-03-20"),
        *("--until", "2026-05-31", "--reason", "many requests"),
    )

    assert (after["status"], after["due"]) == ("extended", "2026-05-31")


def test_a_refusal_keeps_its_ground_and_whether_an_appeal_was_named(optout, sent):
    after = optout.data(
        *("request", "record", sent, "refused", "--on", "2026-03-09", "--as-of", "2026-03-09"),
        *("--reason", "no_match", "--appeal-named", "no"),
    )
    entry = optout.data("request", "show", sent)["history"][-1]

    assert (after["status"], after["urgency"]) == ("refused", "needs_you")
    assert (entry["reason"], entry["details"]) == ("no_match", {"appeal_named": "no"})


@pytest.mark.parametrize(
    ("event", "on", "sentence"),
    [
        ("completed", "2026-03-01", "is before the request was sent"),
        ("completed", "2026-03-10", "is in the future"),
        ("reopened", "2026-03-09", "cannot be recorded while the request is “sent”"),
        ("refused", "2026-03-09", "needs --reason"),
        ("complete", "2026-03-09", "Did you mean completed"),
        ("completed", "9 March", "is not a day"),
    ],
)
def test_an_entry_that_cannot_be_changes_nothing(optout, sent, event, on, sentence):
    answer = optout("request", "record", sent, event, "--on", on, "--as-of", "2026-03-09")

    assert (answer.status, answer.out) == (1, "")
    assert sentence in answer.err
    assert len(optout.data("request", "show", sent)["history"]) == 1


def test_a_wrong_entry_is_corrected_by_a_later_one_and_both_stay(optout, sent):
    wrong = optout.data("request", "show", sent)["history"][0]["id"]
    after = optout.data(
        *("request", "correct", sent, wrong[:10], "sent", "--on", "2026-03-03", "--as-of", "2026-03-04")
    )
    first, second = optout.data("request", "show", sent)["history"]

    assert (after["sent_on"], after["due"]) == ("2026-03-03", "2026-03-24")
    assert (first["stands"], second["stands"], second["corrects"]) == (False, True, wrong)


def test_an_entry_that_is_taken_back_no_longer_stands(optout, sent):
    entry = optout.data("request", "show", sent)["history"][0]["id"]
    after = optout.data("request", "take-back", sent, entry, "--as-of", "2026-03-04")

    assert (after["status"], after["due"]) == ("draft", None)


def test_an_entry_that_is_not_there_cannot_be_taken_back(optout, sent):
    answer = optout("request", "take-back", sent, "zzzz")

    assert answer.status == 1
    assert answer.err.startswith("No entry of this request is called “zzzz”.")


def test_lists_are_narrowed_by_status_and_by_lateness(optout, sent):
    other = optout.data(*NEW, "--right", "delete", "--as-of", "2026-03-02")["reference"]

    def listed(*options):
        return {one["reference"] for one in optout.data("request", "list", *options)}

    assert listed("--as-of", "2026-03-03") == {sent, other}
    assert listed("--status", "draft", "--as-of", "2026-03-03") == {other}
    assert listed("--overdue", "--as-of", "2026-03-23") == set()
    assert listed("--overdue", "--as-of", "2026-03-24") == {sent}


def test_what_is_due_is_told_as_far_ahead_as_is_asked(optout, sent):
    def due(*options):
        return [one["urgency"] for one in optout.data("due", *options)]

    assert due("--as-of", "2026-03-03") == []
    assert due("--as-of", "2026-03-03", "--within", "20") == ["due_soon"]
    assert due("--as-of", "2026-03-16") == ["due_soon"]
    assert due("--as-of", "2026-03-25", "--within", "0") == ["overdue"]


def test_a_person_reads_history_clocks_and_reasons(optout, sent):
    answer = optout("request", "show", sent, "--as-of", "2026-03-26")

    assert "Standing: overdue by 3 days\n" in answer.out
    assert "  Missed: Mon 2026-03-23 has ended.\n" in answer.out
    assert "    The last lawful day is Mon 2026-03-23.\n" in answer.out
    assert "2026-03-02  sent" in answer.out


def test_when_nothing_is_due_that_is_said(optout):
    assert optout("due").out == "Nothing is overdue or due within 7 days.\n"


CORRECT = (*NEW, "--right", "correct")
FACTS = ("--fact", "wrong_data=Elm Street", "--fact", "right-data=Oak Street = no. 12")


def test_a_correction_says_what_is_wrong_and_what_is_right(optout):
    made = optout.data(*CORRECT, *FACTS)
    shown = optout.data("request", "show", made["reference"])
    letter = optout("letter", made["reference"])

    assert shown["facts"] == {"wrong_data": "Elm Street", "right_data": "Oak Street = no. 12"}
    assert "What is wrong: Elm Street\nWhat is right: Oak Street = no. 12\n" in letter.out


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (CORRECT, "needs --fact wrong_data=TEXT --fact right_data=TEXT"),
        ((*CORRECT, *FACTS[:2]), "needs --fact right_data=TEXT"),
        ((*CORRECT, "--fact", "wrong"), "Write it as NAME=TEXT"),
        ((*CORRECT, "--fact", "wrong_date=x"), "Did you mean wrong_data"),
        ((*NEW, "--right", "optout_sale", "--fact", "period=2024"), "does not say “period”"),
        ((*NEW, "--right", "restrict", "--place", "FR"), "needs --fact situation=TEXT"),
    ],
)
def test_facts_that_are_missing_or_do_not_belong_are_told(optout, argv, sentence):
    answer = optout(*argv)

    assert answer.status == 1
    assert sentence in answer.err
    assert optout.data("request", "list") == []


def test_a_place_is_kept_with_the_request_and_changes_nothing_about_the_person(optout):
    made = optout.data(*NEW, "--right", "object_direct_marketing", "--place", "DE")
    shown = optout.data("request", "show", made["reference"])
    [person] = optout.data("person", "list")

    assert (shown["residence"], shown["law"], person["place"]) == ("DE", "eu-gdpr", "US-CA")


def test_a_name_that_two_companies_have_is_answered_with_their_ids(optout):
    other = optout.data("company", "add", "--name", "northwind data llc")
    answer = optout(*NEW, "--right", "optout_sale")

    assert answer.status == 1
    assert "Name one by its id: own-" in answer.err
    assert other["id"] in answer.err


def test_a_law_may_be_written_in_capitals_and_is_never_nothing(optout):
    made = optout.data(*NEW, "--right", "optout_sale", "--law", "US-CA-CCPA")
    empty = optout(*NEW, "--right", "optout_sale", "--law", "")

    assert made["law"] == "us-ca-ccpa"
    assert (empty.status, empty.err[:22]) == (1, "No law is called “”. D")


def test_an_entry_that_was_taken_back_is_not_taken_back_again(optout, sent):
    optout.data(*("request", "record", sent, "note", "--on", "2026-03-03", "--note", "by telephone"))
    note = optout.data("request", "show", sent)["history"][-1]["id"]
    optout.data("request", "take-back", sent, note[:8])
    again = optout("request", "take-back", sent, note[:8])
    unknown = optout("request", "take-back", sent, "zz")
    lines = optout("request", "show", sent).out.splitlines()

    assert again.err.startswith(
        f"The entry {note[:8]}, “note” of 2026-03-03, was corrected or taken back already."
    )
    assert unknown.err.startswith("No entry of this request is called “zz”. Did you mean ")
    assert any(line.split()[2:] == ["note", "(no", "longer", "so)", "by", "telephone"] for line in lines)
    assert any(line.endswith(f"taken back           about {note[:8]}") for line in lines)


def test_an_objection_to_an_extension_is_recorded_as_the_reminder_that_it_is(optout, sent, tmp_path):
    new = ("request", "new", "--right", "delete", "--company", "Northwind Data LLC", "--place", "US-VA")
    ref = optout.data(*new, "--as-of", "2026-03-02")["reference"]
    optout.data("request", "record", ref, "sent", "--on", "2026-03-02", "--as-of", "2026-03-02")
    optout.data(
        *("request", "record", ref, "extended", "--on", "2026-04-01", "--until", "2026-09-30"),
        *("--reason", "none_given"),
    )
    told = optout("letter", ref, "--kind", "extension_objection", "-o", tmp_path / "o.txt")
    optout.data("request", "record", ref, "reminder_sent", "--on", "2026-04-03")
    shown = optout.data("request", "show", ref)

    assert f"“optout request record {ref} reminder_sent --on DATE”" in told.err
    assert [letter["kind"] for letter in shown["letters"]] == ["request", "extension_objection"]
    assert shown["made_letters"] == []


@pytest.mark.parametrize("day", ["0001-01-01", "1989-12-31", "2061-01-01", "9999-12-31"])
def test_days_that_no_calendar_covers_are_refused_everywhere(optout, sent, day):
    for argv in (
        ("request", "record", sent, "completed", "--on", day),
        ("request", "record", sent, "extended", "--on", "2026-03-09", "--reason", "other", "--until", day),
        ("request", "list", "--as-of", day),
        ("due", "--as-of", day),
        ("register", "record", "us-dnc", "--on", day),
        ("laws", "--place", "US-CA", "--as-of", day),
    ):
        answer = optout(*argv)

        assert (answer.status, answer.out) == (1, "")
        assert answer.err == f"Days are counted from 1990 to 2060; {day} lies outside.\n"
