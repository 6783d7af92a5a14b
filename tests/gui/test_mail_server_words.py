# SPDX-License-Identifier: Apache-2.0
"""What a mail server's refusal means: the server's name, the reason, and that nothing was sent."""

from __future__ import annotations

from datetime import date

import pytest

from optout_desktop.domain import errors as known
from optout_desktop.gui.mail_server_words import text, title

HOST = "mail.example.org"
ERRORS = [
    *(known.ServerUnreachable(HOST, why) for why in ("name", "refused", "silent", "dropped")),
    known.EncryptionRefused(HOST),
    *(
        known.CertificateRefused(HOST, why)
        for why in ("expired", "not_yet", "self_signed", "other_host", "untrusted", "weak", "other")
    ),
    known.LoginRefused(HOST),
    known.ServerRefused(HOST, 554, "policy"),
]


@pytest.mark.parametrize(
    "error", ERRORS, ids=lambda error: f"{type(error).__name__}-{getattr(error, 'why', '')}"
)
def test_each_names_the_server_and_says_that_nothing_was_sent(error):
    assert HOST in text(error)
    assert "othing was sent" in text(error)
    assert title(error)


def test_each_reason_has_words_of_its_own():
    assert len({text(error) for error in ERRORS}) == len(ERRORS)


def test_the_day_on_which_a_certificate_ended_is_named():
    assert "2026" in text(known.CertificateRefused(HOST, "expired", date(2026, 11, 2)))
