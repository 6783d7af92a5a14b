# SPDX-License-Identifier: Apache-2.0
"""The network log names every connection, also one that came to nothing."""

from __future__ import annotations

from datetime import date

import pytest

from optout_desktop.domain.accounts import MailServer, Security, ServerPurpose
from optout_desktop.domain.errors import (
    CertificateRefused,
    EncryptionRefused,
    LoginRefused,
    MailServerError,
    ServerRefused,
    ServerUnreachable,
)
from optout_desktop.domain.messages import Purpose
from optout_desktop.services.network_log import result_of

SERVER = MailServer(
    purpose=ServerPurpose.SMTP, host="smtp.example.org", port=465, security=Security.TLS, user_name="jane"
)


def test_a_connection_is_started_until_it_ends(desk):
    log = desk.mailroom.network_log
    number = log.begin(Purpose.TEST_ACCOUNT, SERVER)
    [begun] = log.latest()
    log.end(number, bytes_out=5, bytes_in=6, result="ok")
    [ended] = log.latest()

    assert (begun.host, begun.port, begun.result) == ("smtp.example.org", 465, "started")
    assert (ended.bytes_out, ended.bytes_in, ended.result) == (5, 6, "ok")


def test_today_ends_after_a_day_and_the_count_does_not(desk, clock):
    log = desk.mailroom.network_log
    log.begin(Purpose.TEST_ACCOUNT, SERVER)
    on_that_day = len(log.today())
    clock.move_to(date(2026, 3, 4))

    assert (on_that_day, log.today(), log.count()) == (1, (), 1)


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (ServerUnreachable("h", "silent"), "silent"),
        (EncryptionRefused("h"), "no_encryption"),
        (CertificateRefused("h", "expired"), "certificate"),
        (LoginRefused("h"), "login"),
        (ServerRefused("h", 554, "no"), "554"),
        (MailServerError("Something else.", "h"), "refused"),
    ],
)
def test_each_failure_has_its_word(error, word):
    assert result_of(error) == word
