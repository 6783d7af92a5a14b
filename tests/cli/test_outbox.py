# SPDX-License-Identifier: Apache-2.0
import pytest

from optout_desktop.domain.messages import DeliveryStep, SendResult
from tests.cli import mail


@pytest.fixture
def servers(optout):
    servers = mail.with_servers(optout)
    mail.set_up(optout)
    return servers


@pytest.fixture
def draft(optout):
    """The reference of a draft of today."""
    return optout.data("request", "new", "--right", "optout_sale", "--company", "Northwind Data LLC")[
        "reference"
    ]


@pytest.fixture
def uncertain(optout, servers, draft):
    """The id of a message that may have arrived."""
    servers.answers = [SendResult(step=DeliveryStep.UNCERTAIN)]
    optout("send", draft, "--via", "smtp", "--yes")
    return optout.data("outbox", "list")[0]["id"]


def test_an_empty_outbox_has_nothing_to_deliver(optout, servers):
    assert optout("outbox", "list").out == "The outbox is empty.\n"
    assert optout("outbox", "deliver").out == "Nothing was due.\n"


def test_what_the_server_wants_later_waits_and_says_when(optout, servers, draft):
    servers.answers = [SendResult(step=DeliveryStep.DEFERRED, code=451, reply="greylisted")]
    answer = optout("send", draft, "--via", "smtp", "--yes", "--json")
    [line] = optout.data("outbox", "list")

    assert (answer.status, answer.data["deferred"]) == (0, 1)
    assert answer.data["next_at"] == line["not_before_at"]
    assert (line["state"], line["attempts"], line["reply"]) == ("waiting", 1, "greylisted")


def test_the_person_says_that_an_uncertain_message_arrived(optout, uncertain, draft):
    after = optout.data("outbox", "said-sent", uncertain[:8])

    assert after["state"] == "accepted"
    assert optout.data("request", "show", draft)["status"] == "sent"


def test_or_that_it_did_not_and_then_it_may_be_sent_again(optout, uncertain, draft, servers):
    again_too_early = optout("send", draft, "--via", "smtp", "--yes")
    after = optout.data("outbox", "said-not-sent", uncertain[:8])
    again = optout("send", draft, "--via", "smtp", "--yes")

    assert again_too_early.status == 1
    assert after["state"] == "refused"
    assert (again.status, len(servers.sent)) == (0, 2)


def test_an_unknown_message_is_refused(optout, servers):
    answer = optout("outbox", "said-sent", "zzzz")

    assert answer.status == 1
    assert "No message in the outbox is called “zzzz”." in answer.err
