# SPDX-License-Identifier: Apache-2.0
"""The ways into a vault: real key slots at the least cost, and a keyring in memory."""

from __future__ import annotations

import pytest

from optout_desktop.domain.errors import KeyringMissing, KeyringRefused, WeakPassphrase, WrongKey
from optout_desktop.domain.secrets import Secret
from optout_desktop.services.security import SecurityService
from optout_desktop.storage.keyslots import KeySlots, read_key_slots
from optout_desktop.storage.stores import SCHEMA, Stores
from optout_desktop.storage.vault import Vault
from tests.fakes import FakeKeychain
from tests.storage.notebook import QUICK

OLD = Secret("seven quiet lanterns over water")
NEW = Secret("nine loud drums under the bridge")


@pytest.fixture
def vault(folder):
    slots, key = KeySlots.create(OLD, QUICK)
    with Vault.create(folder, slots, key, schema=SCHEMA, stores=Stores, made_by="1.0") as opened:
        yield opened


@pytest.fixture
def keychain():
    return FakeKeychain()


@pytest.fixture
def security(vault, keychain):
    return SecurityService(vault, keychain)


def opens(vault, secret) -> bool:
    try:
        read_key_slots(vault.place.path).open(secret).wipe()
    except WrongKey:
        return False
    return True


def test_only_the_passphrase_is_a_way_in_at_first(security):
    ways = security.ways_in()

    assert (ways.remembered_in, ways.keyring_here, ways.has_recovery_code) == ("", "Test Keyring", False)


def test_a_machine_without_a_keyring_says_so(vault):
    assert SecurityService(vault, FakeKeychain(title="")).ways_in().keyring_here == ""


def test_a_changed_passphrase_opens_and_the_old_one_no_longer_does(security, vault):
    security.change_passphrase(OLD, NEW)

    assert opens(vault, NEW)
    assert not opens(vault, OLD)
    security.confirm(NEW)


@pytest.mark.parametrize(
    ("old", "new", "error"), [(NEW, NEW, WrongKey), (OLD, Secret("password"), WeakPassphrase)]
)
def test_what_does_not_do_changes_no_way_in(security, vault, old, new, error):
    before = (vault.place.path / "keyslots.json").read_bytes()

    with pytest.raises(error):
        security.change_passphrase(old, new)

    assert (vault.place.path / "keyslots.json").read_bytes() == before


def test_a_recovery_code_opens_until_a_newer_one_or_none_does(security, vault):
    first, second = security.make_recovery_code(), security.make_recovery_code()
    slots = read_key_slots(vault.place.path)
    with pytest.raises(WrongKey):
        slots.open_with_recovery(first)
    slots.open_with_recovery(second).wipe()
    had = security.ways_in().has_recovery_code
    security.remove_recovery_code()

    assert had
    assert not security.ways_in().has_recovery_code


def test_a_remembered_vault_opens_by_the_keyring_until_it_is_forgotten(security, vault, keychain):
    name = security.remember()
    slots = read_key_slots(vault.place.path)
    slots.open_with_keyring(keychain.fetch(vault.id)).wipe()
    remembered = security.ways_in().remembered_in
    security.forget()

    assert name == remembered == "Test Keyring"
    assert security.ways_in().remembered_in == ""
    assert keychain.kept == {}


@pytest.mark.parametrize(
    ("keychain", "error"),
    [(FakeKeychain(forgets=True), KeyringRefused), (FakeKeychain(title=""), KeyringMissing)],
)
def test_a_keyring_that_keeps_nothing_becomes_no_way_in(vault, keychain, error):
    security = SecurityService(vault, keychain)

    with pytest.raises(error):
        security.remember()

    assert read_key_slots(vault.place.path).keyring is None


def test_the_passphrase_opens_after_every_change_of_the_other_ways(security, vault):
    security.make_recovery_code()
    security.remember()
    security.forget()

    assert opens(vault, OLD)
