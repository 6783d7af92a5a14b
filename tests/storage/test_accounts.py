# SPDX-License-Identifier: Apache-2.0
"""Keeping mail accounts: servers come back as given, passwords on their own."""

from __future__ import annotations

import pytest

from optout_desktop.domain.accounts import MailAccount, MailServer, PasswordHome, Security, ServerPurpose
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import MailAccountId
from optout_desktop.domain.secrets import Secret
from tests.builders import an_id

SMTP = MailServer(
    purpose=ServerPurpose.SMTP,
    host="smtp.example.org",
    port=465,
    security=Security.TLS,
    user_name="jane",
)
IMAP = MailServer(
    purpose=ServerPurpose.IMAP,
    host="2001:db8::1",
    port=143,
    security=Security.STARTTLS,
    user_name="jane",
    password_home=PasswordHome.KEYRING,
    sent_folder="Envoyés",
)


def an_account(stores, **changes):
    [me] = stores.people.all()
    plain = {"id": MailAccountId(an_id()), "person": me.id, "address": "jane@example.org"}
    return MailAccount(**plain | changes)


def test_accounts_are_kept_by_address_and_replaced_by_id(stores):
    first, second = an_account(stores, address="z@example.org"), an_account(stores, label="Shop")
    for account in (first, second, an_account(stores, id=first.id, address="a@example.org")):
        stores.accounts.put(account)

    assert [one.address for one in stores.accounts.all()] == ["a@example.org", "jane@example.org"]
    assert stores.accounts.of(first.person)[1] == stores.accounts.get(second.id) == second


def test_servers_come_back_as_given(stores):
    account = an_account(stores, servers=(SMTP, IMAP))
    stores.accounts.put(account)

    assert stores.accounts.get(account.id) == account


def test_a_password_stays_with_its_server_while_the_account_changes_and_goes_with_it(stores):
    account = an_account(stores, servers=(SMTP, IMAP))
    stores.accounts.put(account)
    stores.accounts.set_password(account.id, ServerPurpose.SMTP, Secret("quiet"))
    stores.accounts.put(an_account(stores, id=account.id, servers=(SMTP,)))
    kept = stores.accounts.password(account.id, ServerPurpose.SMTP)
    stores.accounts.put(an_account(stores, id=account.id))

    assert kept == Secret("quiet")
    assert stores.accounts.password(account.id, ServerPurpose.SMTP) is None
    assert stores.accounts.password(account.id, ServerPurpose.IMAP) is None


def test_a_dropped_account_is_gone(stores):
    account = an_account(stores, servers=(SMTP,))
    stores.accounts.put(account)
    stores.accounts.drop(account.id)

    assert stores.accounts.all() == ()
    with pytest.raises(NotFound):
        stores.accounts.get(account.id)
