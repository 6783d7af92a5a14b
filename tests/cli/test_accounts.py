# SPDX-License-Identifier: Apache-2.0
import pytest

from optout_desktop.domain.errors import LoginRefused
from tests.cli import mail
from tests.cli.conftest import a_private_file


@pytest.fixture
def servers(optout):
    return mail.with_servers(optout)


def test_an_account_is_set_up_listed_and_removed_and_its_password_is_never_shown(optout, servers):
    added = mail.set_up(optout)
    listed = optout("account", "list")
    optout.data("account", "remove", "jane@example.org")

    assert added["servers"][0] | {"purpose": "smtp", "port": 465, "security": "tls"} == added["servers"][0]
    assert "smtp.example.org:465 (tls)" in listed.out
    assert "herons" not in str(added) + listed.out
    assert optout.data("account", "list") == []


def test_imap_and_starttls_have_their_own_ports(optout, servers):
    file = a_private_file(optout.home / "mail-password", "quiet herons")
    added = optout.data(
        *("account", "add", "jane@example.org", "--smtp-host", "smtp.example.org", "--password-file", file),
        *("--smtp-security", "starttls", "--imap-host", "imap.example.org", "--user", "jane"),
    )

    assert [(one["purpose"], one["port"], one["user_name"]) for one in added["servers"]] == [
        ("smtp", 587, "jane"),
        ("imap", 993, "jane"),
    ]


def test_a_password_file_that_others_may_read_is_refused(optout, servers):
    file = a_private_file(optout.home / "mail-password", "quiet herons")
    file.chmod(0o644)
    answer = optout(
        *("account", "add", "jane@example.org", "--smtp-host", "smtp.example.org", "--password-file", file)
    )

    assert (answer.status, answer.out) == (1, "")
    assert "Others may read" in answer.err
    assert optout.data("account", "list") == []


def test_an_account_is_tried_out_and_the_network_log_says_so(optout, servers):
    mail.set_up(optout)
    quiet = optout("network", "log")
    fine = optout("account", "test", "jane@example.org")

    def refuse(*_):
        raise LoginRefused("smtp.example.org")

    servers.try_out = refuse
    refused = optout("account", "test", "jane@example.org")
    rows = optout.data("network", "log")

    assert quiet.out.startswith("Nothing was connected to.")
    assert (fine.status, refused.status) == (0, 1)
    assert "did not accept the user name or password" in refused.err
    assert [(one["purpose"], one["result"]) for one in rows] == [
        ("test_account", "login"),
        ("test_account", "ok"),
    ]
