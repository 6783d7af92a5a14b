# SPDX-License-Identifier: Apache-2.0
import pytest

from optout_desktop.domain.messages import DeliveryStep, SendResult
from tests.cli import mail


@pytest.fixture
def servers(optout):
    return mail.with_servers(optout)


@pytest.fixture
def draft(optout):
    """The reference of a draft of today."""
    return optout.data("request", "new", "--right", "optout_sale", "--company", "Northwind Data LLC")[
        "reference"
    ]


def test_looking_first_says_what_is_ready_and_changes_nothing(optout, servers, draft):
    mail.set_up(optout)
    [item] = optout.data("send", draft, "--via", "smtp", "--dry-run")

    assert (item["is_ready"], item["to"]) == (True, "privacy@northwind.example.com")
    assert optout.data("outbox", "list") == []
    assert servers.sent == []


def test_what_needs_attention_is_said_with_exit_status_1(optout, servers, draft, sent):
    mail.set_up(optout)
    looked = optout("send", draft, sent, "--via", "smtp", "--dry-run")
    refused = optout("send", draft, sent, "--via", "smtp", "--yes")

    assert (looked.status, refused.status) == (1, 1)
    assert "not now" in looked.out
    assert f"{sent} to Northwind Data LLC needs attention" in refused.err
    assert servers.sent == []


def test_a_letter_is_sent_and_recorded_and_its_recipient_was_named(optout, servers, draft):
    mail.set_up(optout)
    answer = optout("send", draft, "--via", "smtp", "--yes", "--json")
    shown = optout.data("request", "show", draft)
    [line] = optout.data("outbox", "list")

    assert (answer.status, answer.data["accepted"]) == (0, 1)
    assert "Northwind Data LLC <privacy@northwind.example.com>" in answer.err
    assert shown["status"] == "sent"
    assert (line["state"], line["code"], line["reference"]) == ("accepted", 250, draft)


def test_nothing_is_sent_without_a_yes(optout, servers, draft):
    mail.set_up(optout)
    answer = optout("send", draft, "--via", "smtp")

    assert answer.status == 1
    assert "There is no terminal to ask on." in answer.err
    assert servers.sent == []


def test_a_refusal_ends_with_status_1(optout, servers, draft):
    mail.set_up(optout)
    servers.answers = [SendResult(step=DeliveryStep.REFUSED, code=550, reply="no such user")]
    answer = optout("send", draft, "--via", "smtp", "--yes", "--json")

    assert (answer.status, answer.data["refused"]) == (1, 1)
    assert optout.data("request", "show", draft)["status"] == "draft"


def test_drafts_go_into_a_folder_and_are_not_sent(optout, servers, draft):
    folder = optout.home / "drafts"
    folder.mkdir()
    made = optout.data("send", draft, "--via", "eml", "--folder", folder, "--yes")

    assert made["files"] == [f"{draft}.eml"]
    assert b"X-Unsent: 1" in (folder / f"{draft}.eml").read_bytes()
    assert optout.data("request", "show", draft)["status"] == "draft"


def test_several_accounts_want_one_to_be_named(optout, servers, draft):
    none = optout("send", draft, "--via", "smtp", "--dry-run")
    mail.set_up(optout)
    mail.set_up(optout, "shop@example.org")
    several = optout("send", draft, "--via", "smtp", "--dry-run")
    named = optout("send", draft, "--via", "smtp", "--dry-run", "--account", "shop@example.org")

    assert "No mail account is set up." in none.err
    assert "Name an account with --account" in several.err
    assert named.status == 0


def test_drafts_without_a_folder_and_mail_on_another_day_are_wrong_usage(optout, servers, draft):
    folderless = optout("send", draft, "--via", "eml")
    another_day = optout("send", draft, "--via", "smtp", "--as-of", "2026-03-02")

    assert (folderless.status, another_day.status) == (2, 2)
