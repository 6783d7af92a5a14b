# SPDX-License-Identifier: Apache-2.0
"""Errors: each has a whole sentence, and its facts."""

from __future__ import annotations

from datetime import date

import pytest

from optout_desktop.domain import errors
from optout_desktop.domain.errors import OptOutError

EXAMPLES = (
    errors.WrongKey(2.0),
    errors.VaultDamaged("page 3"),
    errors.VaultNotEncrypted(),
    errors.VaultTooNew("2.0", "1.0"),
    errors.VaultInUse(4711),
    errors.VaultInUse(),
    errors.VaultMissing("Personal"),
    errors.VaultExists("Personal"),
    errors.VaultReadOnly(),
    errors.VaultMoved(),
    errors.DiskFull(),
    errors.DiskFailed(),
    errors.BackupUnusable("It was cut."),
    errors.KeyringMissing(),
    errors.KeyringLocked(),
    errors.KeyringRefused(),
    errors.KeyringChanged("KWallet", "GNOME Keyring"),
    errors.WeakPassphrase("Choose a longer one."),
    errors.InputError("name", "A name is needed."),
    errors.NotAllowed("Send it first."),
    errors.NotFound("law", "ccpa", ("us-ca-ccpa",)),
    errors.NotFound("law", "x."),
    errors.CatalogError("a.toml", "unit", "“fortnight” is no unit.", 7),
    errors.TemplateError("ask", "“reference” is missing.", 3),
    errors.HandOverError("That file cannot be written."),
    errors.ServerUnreachable("mail.example.org", "silent"),
    errors.EncryptionRefused("mail.example.org"),
    errors.CertificateRefused("mail.example.org", "expired", date(2026, 11, 2)),
    errors.LoginRefused("mail.example.org"),
    errors.ServerRefused("mail.example.org", 554, "no"),
    errors.ImportRefused("This file is larger than 50 MB.", "too_large"),
)


def every_kind(kind=OptOutError):
    return {kind}.union(*map(every_kind, kind.__subclasses__()))


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_each_says_a_whole_sentence(error):
    sentence = str(error)

    assert sentence[-1] in ".?"
    assert "  " not in sentence


def test_every_kind_that_can_be_raised_has_an_example_here():
    bases = {OptOutError, errors.VaultError, errors.KeyringError, errors.MailServerError}

    assert every_kind() - bases == {type(error) for error in EXAMPLES}


def test_what_was_not_found_names_what_resembles_it():
    assert str(errors.NotFound("law", "ccpa", ("us-ca-ccpa",))) == (
        "No law is called “ccpa”. Did you mean us-ca-ccpa?"
    )


def test_a_vault_in_use_names_the_process_only_where_it_is_known():
    assert "4711" in str(errors.VaultInUse(4711))
    assert "process" not in str(errors.VaultInUse())


def test_a_wrong_resource_names_its_line():
    assert str(errors.CatalogError("a.toml", "unit", "no unit.", 7)) == "a.toml, line 7: unit: no unit."
