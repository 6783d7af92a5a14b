# SPDX-License-Identifier: Apache-2.0
"""Vaults before they are open: made, opened in three ways, brought back from a backup."""

from __future__ import annotations

import pytest

from optout_desktop.domain.errors import (
    InputError,
    KeyringMissing,
    VaultExists,
    VaultInUse,
    VaultMissing,
    WeakPassphrase,
    WrongKey,
)
from optout_desktop.domain.secrets import Secret
from optout_desktop.services.machine import MachinePreferences
from optout_desktop.services.security import SecurityService
from optout_desktop.services.vaults import LOOK_EVERY_SECONDS, VaultService
from optout_desktop.storage import backups
from tests.builders import a_person, an_instant
from tests.fakes import FakeKeychain, FakePreferenceFile
from tests.services import desks
from tests.storage.notebook import QUICK

RIGHT = Secret("seven quiet lanterns over water")
WRONG = Secret("nine loud drums under the bridge")


@pytest.fixture
def waited():
    return []


@pytest.fixture
def keychain():
    return FakeKeychain()


@pytest.fixture
def machine():
    return MachinePreferences(FakePreferenceFile())


@pytest.fixture
def vaults(tmp_path, machine, keychain, waited):
    return VaultService(
        tmp_path / "vaults", machine, keychain, desks.a_clock(), cost=lambda: QUICK, wait=waited.append
    )


@pytest.fixture
def made(vaults):
    """A closed vault with one person in it."""
    with vaults.create("Personal", RIGHT) as vault:
        with vault.writing() as stores:
            stores.people.put(a_person())
        return vault.place.path


def people_in(vault):
    with vault.reading() as stores:
        return [person.name for person in stores.people.all()]


class TestCreating:
    def test_a_new_vault_is_open_known_and_the_last_one(self, vaults, machine):
        with vaults.create(" My   vault ", RIGHT) as vault:
            path = vault.place.path

        assert path.name == "My vault.optout"
        assert [place.path for place in vaults.known()] == [path]
        assert machine.all()["last_vault"] == str(path)

    def test_a_second_one_of_that_name_is_refused(self, vaults, made):
        with pytest.raises(VaultExists):
            vaults.create("Personal", RIGHT)

    @pytest.mark.parametrize(
        "name", ["", " ", ".hidden", "a/b", "a\\b", "x:y", "what?", "CON", "nul.txt", "ü" * 101, "\u202ex"]
    )
    def test_a_name_that_some_system_could_not_keep_is_refused(self, vaults, name):
        with pytest.raises(InputError) as caught:
            vaults.create(name, RIGHT)

        assert caught.value.field == "vault_name"
        assert not vaults.folder.exists()

    def test_the_longest_name_can_be_made(self, vaults):
        with vaults.create("ü" * 100, RIGHT) as vault:
            assert vault.is_open

    def test_a_weak_passphrase_makes_nothing(self, vaults):
        with pytest.raises(WeakPassphrase):
            vaults.create("Personal", Secret("password"))

        assert not vaults.folder.exists()

    def test_own_names_make_a_passphrase_weak(self, vaults):
        assert vaults.check_passphrase(RIGHT).is_accepted
        assert not vaults.check_passphrase(Secret("jane example jane"), ["Jane Example"]).is_accepted


class TestUnlocking:
    def test_the_passphrase_opens_it(self, vaults, made):
        with vaults.unlock(made, RIGHT) as vault:
            assert people_in(vault) == ["Jane Example"]

    def test_wrong_tries_make_the_next_one_wait_longer_and_a_right_one_ends_that(self, vaults, made, waited):
        told = []
        for _ in range(9):
            with pytest.raises(WrongKey) as caught:
                vaults.unlock(made, WRONG)
            told.append(caught.value.wait_seconds)
        vaults.unlock(made, RIGHT).close()
        after = vaults.wait_seconds(made)

        assert told == [0, 1, 2, 4, 8, 16, 30, 30, 30]
        assert sum(waited) == 1 + 2 + 4 + 8 + 16 + 30 + 30 + 30
        assert after == 0

    def test_a_wait_ends_as_soon_as_nobody_wants_the_answer_and_no_try_is_counted(self, vaults, made, waited):
        for _ in range(6):
            with pytest.raises(WrongKey):
                vaults.unlock(made, WRONG)
        waited.clear()
        before = vaults.wait_seconds(made)
        opened = vaults.unlock(made, RIGHT, is_cancelled=lambda: len(waited) == 3)

        assert opened is None
        assert sum(waited) <= 3 * LOOK_EVERY_SECONDS < 0.5
        assert vaults.wait_seconds(made) == before == 16

    def test_a_cancelled_one_is_not_opened_and_can_be_opened_later(self, vaults, made):
        cancelled = vaults.unlock(made, RIGHT, is_cancelled=lambda: True)
        opened = vaults.unlock(made, RIGHT)
        opened.close()

        assert cancelled is None

    def test_it_opens_once(self, vaults, made):
        with vaults.unlock(made, RIGHT), pytest.raises(VaultInUse):
            vaults.unlock(made, RIGHT)

    def test_what_is_not_there_is_missing(self, vaults, tmp_path):
        with pytest.raises(VaultMissing):
            vaults.unlock(tmp_path / "Gone.optout", RIGHT)

    def test_the_recovery_code_opens_it_and_typing_mistakes_are_told(self, vaults, made, keychain):
        with vaults.unlock(made, RIGHT) as vault:
            code = SecurityService(vault, keychain).make_recovery_code()

        assert vaults.look(made).has_recovery_code
        vaults.unlock_with_recovery(made, code).close()
        with pytest.raises(InputError):
            vaults.unlock_with_recovery(made, Secret(code.reveal()[:-1]))

    def test_the_keyring_opens_it_and_its_failures_make_nobody_wait(self, vaults, made, keychain):
        with vaults.unlock(made, RIGHT) as vault:
            SecurityService(vault, keychain).remember()
        vaults.unlock_with_keyring(made).close()
        keychain.kept.clear()
        for _ in range(4):
            with pytest.raises(WrongKey):
                vaults.unlock_with_keyring(made)

        assert vaults.look(made).keyring == vaults.keyring_name() == "Test Keyring"
        assert vaults.wait_seconds(made) == 0

    def test_a_vault_that_no_keyring_remembers_is_told(self, vaults, made):
        with pytest.raises(KeyringMissing):
            vaults.unlock_with_keyring(made)

    def test_a_machine_without_a_keyring_has_no_name_for_it(self, tmp_path, machine):
        vaults = VaultService(tmp_path, machine, FakeKeychain(title=""), desks.a_clock())

        assert vaults.keyring_name() == ""

    def test_a_vault_with_damaged_slots_can_still_be_looked_at(self, vaults, made):
        (made / "keyslots.json").write_bytes(b"{")
        place = vaults.look(made)

        assert (place.name, place.keyring, place.has_recovery_code) == ("Personal", "", False)


class TestSamples:
    def test_each_is_fresh_and_neither_known_nor_the_last_one(self, vaults, made, machine):
        for _ in range(2):
            with vaults.create_sample() as vault, vault.writing() as stores:
                assert stores.people.all() == ()
                stores.people.put(a_person())

        assert [place.path for place in vaults.known()] == [made]
        assert machine.all()["last_vault"] == str(made)

    def test_a_vault_that_a_person_calls_sample_is_left_alone(self, vaults):
        with vaults.create("Sample", RIGHT) as vault:
            path = vault.place.path
            with vault.writing() as stores:
                stores.people.put(a_person())
        vaults.create_sample().close()

        with vaults.unlock(path, RIGHT) as vault:
            assert people_in(vault) == ["Jane Example"]

    def test_one_that_is_open_elsewhere_is_left_alone(self, vaults):
        with vaults.create_sample() as vault:
            with pytest.raises(VaultInUse):
                vaults.create_sample()

            assert people_in(vault) == []


class TestRestoring:
    @pytest.fixture
    def backup(self, vaults, made):
        with vaults.unlock(made, RIGHT) as vault:
            backup = backups.back_up(vault, when=an_instant(), made_by="1.0").path
            with vault.writing() as stores:
                stores.people.put(a_person("Later"))
        return backup

    def test_a_backup_takes_the_place_of_its_vault_and_the_old_file_is_kept(self, vaults, made, backup):
        done = vaults.restore(backup, RIGHT)

        assert done.path == made
        assert done.kept is not None
        assert done.kept.exists()
        with vaults.unlock(made, RIGHT) as vault:
            assert people_in(vault) == ["Jane Example"]

    def test_it_can_go_elsewhere_by_the_recovery_code(self, vaults, made, keychain, tmp_path):
        with vaults.unlock(made, RIGHT) as vault:
            code = SecurityService(vault, keychain).make_recovery_code()
            backup = backups.back_up(vault, when=an_instant(), made_by="1.0").path
        done = vaults.restore(backup, code, is_recovery_code=True, into=tmp_path / "New.optout")

        assert done.kept is None
        with vaults.unlock(done.path, RIGHT) as vault:
            assert people_in(vault) == ["Jane Example"]

    def test_a_backup_that_lies_elsewhere_becomes_a_vault_of_its_name(self, vaults, backup, tmp_path):
        moved = backup.rename(tmp_path / "Brought.optoutbak")

        assert vaults.restore(moved, RIGHT).path == vaults.folder / "Brought.optout"

    def test_a_wrong_passphrase_changes_nothing(self, vaults, made, backup):
        before = (made / "vault.optout").read_bytes()
        with pytest.raises(WrongKey):
            vaults.restore(backup, WRONG)

        assert (made / "vault.optout").read_bytes() == before

    def test_the_newest_good_backup_is_found(self, vaults, made, backup):
        assert vaults.newest_good_backup(made, RIGHT).path == backup

        backup.write_bytes(backup.read_bytes()[:-1])

        assert vaults.newest_good_backup(made, RIGHT) is None
