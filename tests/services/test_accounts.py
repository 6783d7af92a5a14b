# SPDX-License-Identifier: Apache-2.0
"""Mail accounts: what is typed is checked, passwords lie where the person wants, and nothing is half saved."""

from __future__ import annotations

import pytest

from optout_desktop.domain.accounts import PasswordHome, Security, ServerPurpose
from optout_desktop.domain.errors import (
    InputError,
    KeyringLocked,
    KeyringMissing,
    LoginRefused,
    NotAllowed,
    NotFound,
)
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import Purpose
from optout_desktop.domain.people import PersonKind
from optout_desktop.domain.secrets import Secret
from optout_desktop.services.desk import SAMPLE_DAY
from optout_desktop.services.people import PersonInput
from tests.services import desks, mailrooms

SMTP, IMAP = ServerPurpose.SMTP, ServerPurpose.IMAP
IN_KEYRING = {"password_home": PasswordHome.KEYRING}


@pytest.fixture
def accounts(desk):
    return desk.mailroom.accounts


def test_an_account_comes_back_as_it_was_typed_without_its_password(accounts, jane):
    added = accounts.add(mailrooms.typed(jane, label=" Private\n", imap=mailrooms.imap()))

    assert accounts.list() == (added,)
    assert (added.label, added.server(SMTP).user_name) == ("Private", "jane@example.org")
    assert mailrooms.PASSWORD not in repr(added)
    assert accounts.password(added.id, SMTP) == Secret(mailrooms.PASSWORD)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" SMTP.Example.org. ", "smtp.example.org"),
        ("192.0.2.7", "192.0.2.7"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("post.bücher.example", "post.xn--bcher-kva.example"),
        ("nas", "nas"),
    ],
)
def test_a_host_is_kept_in_the_form_that_the_network_knows(accounts, jane, typed, kept):
    added = accounts.add(mailrooms.typed(jane, smtp=mailrooms.smtp(host=typed)))

    assert added.server(SMTP).host == kept


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"host": ""}, "smtp_host"),
        ({"host": "https://smtp.example.org"}, "smtp_host"),
        ({"host": "smtp.example.org/in"}, "smtp_host"),
        ({"host": "smtp.example.org:465"}, "smtp_host"),
        ({"host": "jane@example.org"}, "smtp_host"),
        ({"host": "smtp example.org"}, "smtp_host"),
        ({"host": "smtp.example.org\r\nRSET"}, "smtp_host"),
        ({"host": "-smtp.example.org"}, "smtp_host"),
        ({"host": "1.2.3"}, "smtp_host"),
        ({"host": "a" * 64 + ".example"}, "smtp_host"),
        ({"port": 0}, "smtp_port"),
        ({"port": 65536}, "smtp_port"),
        ({"user_name": "jane\r\nRCPT TO:<x@y>"}, "smtp_user_name"),
        ({"user_name": "j" * 256}, "smtp_user_name"),
        ({"password": None}, "smtp_password"),
        ({"password": Secret("two\nlines")}, "smtp_password"),
        ({"password": Secret("")}, "passphrase"),
    ],
)
def test_what_cannot_be_a_server_is_refused_by_its_field_and_nothing_is_kept(
    accounts, jane, outside, changes, field
):
    with pytest.raises(InputError) as refused:
        accounts.add(mailrooms.typed(jane, smtp=mailrooms.smtp(**changes)))

    assert refused.value.field == field
    assert accounts.list() == ()
    assert outside.keychain.kept == {}


def test_the_same_address_is_not_set_up_twice(accounts, jane):
    accounts.add(mailrooms.typed(jane))
    with pytest.raises(InputError, match="set up already"):
        accounts.add(mailrooms.typed(jane, address="JANE@example.org".replace("JANE", "jane")))

    assert len(accounts.list()) == 1


def test_a_password_in_the_keyring_is_not_in_the_vault_and_each_server_has_its_own(
    accounts, jane, outside, vault
):
    added = accounts.add(
        mailrooms.typed(
            jane,
            smtp=mailrooms.smtp(**IN_KEYRING),
            imap=mailrooms.imap(password=Secret("another one"), **IN_KEYRING),
        )
    )
    rows = repr(desks.rows_of(vault))

    assert mailrooms.PASSWORD not in rows
    assert set(outside.keychain.kept) == {f"{vault.id}/{added.id}/smtp", f"{vault.id}/{added.id}/imap"}
    assert accounts.password(added.id, IMAP) == Secret("another one")


def test_a_keyring_that_refuses_leaves_nothing_half_saved(accounts, jane, outside, vault):
    before = desks.digest_of(vault)
    outside.keychain.title = ""
    with pytest.raises(KeyringMissing):
        accounts.add(mailrooms.typed(jane, smtp=mailrooms.smtp(**IN_KEYRING)))

    assert desks.digest_of(vault) == before


def test_a_keyring_that_refuses_the_second_password_gives_the_first_one_back(accounts, jane, outside, vault):
    added = accounts.add(mailrooms.typed(jane, smtp=mailrooms.smtp(**IN_KEYRING)))
    before, kept = desks.digest_of(vault), dict(outside.keychain.kept)
    real = outside.keychain.keep

    def keep(entry, secret):
        if entry.endswith("imap"):
            raise KeyringLocked
        real(entry, secret)

    outside.keychain.keep = keep
    with pytest.raises(KeyringLocked):
        accounts.change(
            added.id,
            mailrooms.typed(
                jane,
                smtp=mailrooms.smtp(password=Secret("new"), **IN_KEYRING),
                imap=mailrooms.imap(**IN_KEYRING),
            ),
        )

    assert (desks.digest_of(vault), outside.keychain.kept) == (before, kept)


def test_without_a_new_password_the_old_one_moves_along(accounts, jane, outside):
    added = accounts.add(mailrooms.typed(jane))
    accounts.change(added.id, mailrooms.typed(jane, smtp=mailrooms.smtp(password=None, **IN_KEYRING)))
    in_keyring = accounts.password(added.id, SMTP), len(outside.keychain.kept)
    accounts.change(added.id, mailrooms.typed(jane, smtp=mailrooms.smtp(password=None, port=587)))

    assert in_keyring == (Secret(mailrooms.PASSWORD), 1)
    assert accounts.password(added.id, SMTP) == Secret(mailrooms.PASSWORD)
    assert outside.keychain.kept == {}


def test_another_server_is_not_given_the_password_of_the_old_one(accounts, jane):
    added = accounts.add(mailrooms.typed(jane))
    with pytest.raises(InputError) as refused:
        accounts.change(
            added.id, mailrooms.typed(jane, smtp=mailrooms.smtp(host="evil.example", password=None))
        )

    assert refused.value.field == "smtp_password"
    assert accounts.list() == (added,)


def test_an_account_stays_with_its_person(accounts, jane, desk):
    added = accounts.add(mailrooms.typed(jane))
    lena = desk.people.add(PersonInput(name="Lena", emails=("l@example.org",), place="DE"), PersonKind.CLIENT)

    with pytest.raises(NotAllowed, match="stays with its person"):
        accounts.change(added.id, mailrooms.typed(lena))


def test_an_account_with_waiting_messages_is_not_removed(accounts, desk, jane, draft):
    added = accounts.add(mailrooms.typed(jane))
    queued = desk.mailroom.outbox.queue(draft.id, LetterKind.REQUEST, added.id)
    with pytest.raises(NotAllowed, match="still waiting in the outbox"):
        accounts.remove(added.id)
    still_there = accounts.list()
    desk.mailroom.outbox.undo(queued.id)
    accounts.remove(added.id)

    assert still_there == (added,)
    assert accounts.list() == ()
    assert accounts.get(added.id).address == "jane@example.org"


def test_a_removed_account_leaves_no_password_and_may_be_set_up_again(accounts, jane, outside, vault):
    added = accounts.add(mailrooms.typed(jane, imap=mailrooms.imap(**IN_KEYRING)))
    accounts.remove(added.id)
    rows, kept = repr(desks.rows_of(vault)), dict(outside.keychain.kept)
    again = accounts.add(mailrooms.typed(jane))

    assert mailrooms.PASSWORD not in rows
    assert kept == {}
    assert accounts.list() == (again,)


def test_a_password_that_the_keyring_lost_is_asked_for_in_a_sentence(accounts, jane, outside):
    added = accounts.add(mailrooms.typed(jane, smtp=mailrooms.smtp(**IN_KEYRING)))
    outside.keychain.kept.clear()

    with pytest.raises(NotAllowed, match="Type it again"):
        accounts.password(added.id, SMTP)
    with pytest.raises(NotFound):
        accounts.password(added.id, IMAP)


def test_servers_are_guessed_from_the_address_and_said_to_be_a_guess(accounts, desk):
    proposed = accounts.propose("robin@post.example.org")

    assert (proposed.smtp.host, proposed.smtp.port) == ("smtp.post.example.org", 465)
    assert (proposed.imap.host, proposed.imap.port) == ("imap.post.example.org", 993)
    assert (proposed.is_guess, proposed.smtp.security) == (True, Security.TLS)
    assert desk.mailroom.network_log.count() == 0


def test_settings_are_tried_out_on_request_and_the_log_says_so(accounts, jane, desk, outside):
    added = accounts.add(mailrooms.typed(jane))
    before = desk.mailroom.network_log.count()
    accounts.try_out(added.id, SMTP, mailrooms.at_once)

    def refuse(*_):
        raise LoginRefused("smtp.example.org", bytes_out=7, bytes_in=9)

    outside.servers.try_out = refuse
    with pytest.raises(LoginRefused):
        accounts.try_out(added.id, SMTP, mailrooms.at_once)
    refused, fine = desk.mailroom.network_log.latest()

    assert before == 0
    assert (fine.purpose, fine.host, fine.result) == (Purpose.TEST_ACCOUNT, "smtp.example.org", "ok")
    assert (refused.result, refused.bytes_out, refused.bytes_in) == ("login", 7, 9)


def test_the_sample_vault_connects_to_nothing(vault, outside, library):
    with vault.writing() as stores:
        stores.facts.put(SAMPLE_DAY, "2026-03-02")
    desk = desks.open_desk(vault, library, outside)
    added = desk.mailroom.accounts.add(mailrooms.typed(desks.add_jane(desk)))

    with pytest.raises(NotAllowed, match="sample vault"):
        desk.mailroom.accounts.try_out(added.id, SMTP, mailrooms.at_once)


def test_an_account_is_found_by_its_address_or_the_beginning_of_its_id(accounts, jane):
    added = accounts.add(mailrooms.typed(jane))

    assert accounts.named("Jane@Example.org") == accounts.named(added.id[:6]) == added
    with pytest.raises(NotFound, match=r"jane@example\.org"):
        accounts.named("joan@example.org")
