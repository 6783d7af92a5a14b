# SPDX-License-Identifier: Apache-2.0
"""Failures injected where they happen, and what the person reads: what happened, what it means, what to do.

Each failure is a generator: up to its first ``yield`` it breaks something; then the vault is looked at; up to the
second it does what a person does and yields the words that are on the screen; then the vault is looked at again.
"""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from optout_desktop.domain.errors import KeyringLocked, KeyringRefused
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.company_dialog import CompanyDialog
from optout_desktop.gui.person_form import PersonDialog
from optout_desktop.gui.settings.backups import BackupsSection
from optout_desktop.gui.unlock.first_run import VaultStep
from optout_desktop.gui.unlock.page import UnlockPage
from optout_desktop.gui.unlock.recovery import RecoveryPage
from optout_desktop.gui.unlock.restore import RestorePage
from optout_desktop.gui.unlock.salvage import SalvagePage
from optout_desktop.services.companies import CompanyInput
from optout_desktop.storage.cipher import PLAIN_HEADER
from optout_desktop.storage.vault_files import VaultFolder, VaultLock
from tests.gui.failing import SENT_ON, Door, Office, ToldTasks, is_said_well, largest_file, told_by
from tests.gui.house import PASSPHRASE, TODAY, CheapHouse, HandKeyring
from tests.storage.damaging import tear_page


@pytest.fixture
def told_tasks():
    made = ToldTasks()
    yield made
    made.close()


# ── at the door ──────────────────────────────────────────────────────────────────────────────────────


def wrong_passphrase(door, asked):
    yield
    yield door.unlock("nine loud drums under the bridge")


def wrong_passphrase_for_the_fourth_time(door, asked):
    for _ in range(3):
        door.unlock("nine loud drums under the bridge")
    yield
    yield door.unlock("nine loud drums under the bridge")


def torn_page(door, asked):
    tear_page(door.place.database, 2)
    yield
    yield door.unlock()


def file_that_ends_within_a_page(door, asked):
    os.truncate(door.place.database, door.place.database.stat().st_size - 100)
    yield
    yield door.unlock()


def empty_file(door, asked):
    os.truncate(door.place.database, 0)
    yield
    yield door.unlock()


def plain_database(door, asked):
    content = door.place.database.read_bytes()
    door.place.database.write_bytes(PLAIN_HEADER + content[len(PLAIN_HEADER) :])
    yield
    yield door.unlock()


def newer_vault(door, asked):
    vault = door.house.vaults.unlock(door.path, Secret(PASSPHRASE))
    vault._raw.execute("PRAGMA user_version = 9999")
    vault._raw.execute("UPDATE facts SET value = '9.4' WHERE name = 'made_by'")
    vault.close()
    yield
    yield door.unlock()


def open_in_another_window(door, asked):
    lock = VaultLock.take(door.place.lock)
    yield
    yield door.unlock()
    lock.release()


def key_slots_gone(door, asked):
    door.place.key_slots.unlink()
    yield
    yield door.unlock()


def folder_gone(door, asked):
    page = door.shown(UnlockPage(door.house, door.tasks, (door.path,)))
    aside = door.path.rename(door.path.with_suffix(".aside"))
    yield
    page.row.passphrase.setText(PASSPHRASE)
    page.unlock.click()
    yield page.row.error
    aside.rename(door.path)


def others_may_write_into_the_folder(door, asked):
    door.path.chmod(0o777)
    yield
    yield door.unlock()
    door.path.chmod(0o700)


def keyring_locked(door, asked):
    door.remember_in_keyring()
    door.house.keychain.error = KeyringLocked()
    yield
    yield door.ask_keyring()


def keyring_silent(door, asked):
    door.remember_in_keyring()
    door.house.keychain.error = KeyringRefused()
    yield
    yield door.ask_keyring()


def keyring_keeps_another_key(door, asked):
    door.remember_in_keyring()
    kept = door.house.keychain.kept
    kept.update(dict.fromkeys(kept, Secret("0" * 64)))
    yield
    yield door.ask_keyring()


def keyring_missing(door, asked):
    door.remember_in_keyring()
    door.house.keychain._name = ""
    yield
    page = door.shown(UnlockPage(door.house, door.tasks, (door.path,)))
    page.look_at_keyring()
    yield page.keyring_line.text()


def mistyped_recovery_code(door, asked):
    yield
    page = door.shown(RecoveryPage(door.house, door.tasks, door.path))
    page.code.setText("ABCDE")
    page.unlock.click()
    yield page.row.error


def damaged_backup(door, asked):
    backup = door.backup()
    tear_page(backup, 12)
    yield
    page = door.shown(RestorePage(door.house, door.tasks, backup, into=door.path))
    page.row.passphrase.setText(PASSPHRASE)
    page.go.click()
    yield page.row.error


def something_else_than_a_backup(door, asked):
    other = door.path.with_name("holiday.optoutbak")
    other.write_bytes(b"\x89PNG not at all a backup")
    yield
    page = door.shown(RestorePage(door.house, door.tasks, other))
    page.row.passphrase.setText(PASSPHRASE)
    page.go.click()
    yield page.row.error


def name_that_is_taken(door, asked):
    yield
    page = door.shown(VaultStep(door.house, door.tasks))
    for row in (page.passphrase.first, page.passphrase.again):
        row.passphrase.setText("seven quiet lanterns over water")
    page.create_button.click()
    yield page.name_row.error


def nothing_left_to_save(door, asked):
    tear_page(door.place.database, 1)
    yield
    page = door.shown(SalvagePage(door.house, door.tasks, door.path, Secret(PASSPHRASE)))
    page.go.click()
    yield page.problem.text()


AT_THE_DOOR = {
    wrong_passphrase: (
        "That passphrase did not open this vault.",
        "Check Caps Lock and the keyboard layout",
    ),
    wrong_passphrase_for_the_fourth_time: ("did not open this vault", "The next try waits 4 s."),
    torn_page: ("This vault is damaged", "Your passphrase is right. Nothing was changed.", "choose it"),
    file_that_ends_within_a_page: ("This vault is damaged", "Nothing was changed.", "choose it"),
    empty_file: ("This vault is damaged", "Nothing was changed.", "choose it"),
    plain_database: ("not an encrypted vault", "It was not opened and nothing was changed."),
    newer_vault: ("last used by OptOut 9.4", "Please update; nothing was changed."),
    open_in_another_window: (
        f"already open (process {os.getpid()})",
        "Close or lock it there first.",
    ),
    key_slots_gone: ("This vault is damaged", "Nothing was changed."),
    folder_gone: ("There is no vault named “Personal” here.", "Choose another one, or create it."),
    others_may_write_into_the_folder: (
        "Other people on this computer may write into the folder",
        "It was not opened.",
        "Take that permission away from them, then try again.",
    ),
    keyring_locked: ("Your keyring is locked.", "or type the passphrase."),
    keyring_silent: ("did not answer", "ype the passphrase."),
    keyring_keeps_another_key: ("passphrase",),
    keyring_missing: ("keyring", "passphrase"),
    mistyped_recovery_code: ("30 letters and digits",),
    damaged_backup: ("This backup cannot be restored:", "Your vault was not changed."),
    something_else_than_a_backup: ("This backup cannot be restored:", "Your vault was not changed."),
    name_that_is_taken: (
        "There is already a vault named “Personal” here.",
        "Choose another name; nothing was changed.",
    ),
    nothing_left_to_save: (
        "This vault is damaged",
        "Nothing was changed.",
        "Restore the newest good backup.",
    ),
}


# ── in the open vault ────────────────────────────────────────────────────────────────────────────────


def sending_in_the_future(office, asked):
    yield
    yield office.record(EventKind.RECEIVED, TODAY + timedelta(days=1))


def reply_before_the_sending(office, asked):
    yield
    yield office.record(EventKind.ACKNOWLEDGED, SENT_ON - timedelta(days=1))


def company_with(office, **typed):
    dialog = office.shown(CompanyDialog(office.surroundings))
    dialog.form.fill(CompanyInput(**{"name": "Fabrikam Ads", "country": "US"} | typed))
    dialog.save.click()
    words = dialog.form.errors.accessibleDescription()
    dialog.reject()
    return words


def address_without_an_ending(office, asked):
    yield
    yield company_with(office, email="privacy@northwind")


def address_without_an_at(office, asked):
    yield
    yield company_with(office, email="privacy.northwind.example")


def number_of_letters(office, asked):
    yield
    yield company_with(office, sms_number="call me")


def person_with(office, name, email="lena@example.org"):
    me = office.desk.people.me()
    dialog = PersonDialog("You", lambda typed: office.desk.people.change(me.id, typed), office.tasks, me)
    office.shown(dialog)
    dialog.form.name.setText(name)
    dialog.save.click()
    words = dialog.form.errors.accessibleDescription()
    dialog.reject()
    return words


def name_of_301_letters(office, asked):
    yield
    yield person_with(office, "J" * 301)


def no_name_at_all(office, asked):
    yield
    yield person_with(office, "  ")


def file_that_is_lost_before_it_is_added(office, asked):
    asked.answers.append("close")
    yield
    office.requests_page().detail_pane.files.add([Path(office.path) / "gone.png"])
    yield told_by(asked)


def file_that_is_too_large(office, asked):
    large = office.path.with_name("film.mp4")
    with large.open("wb") as file:
        file.truncate(251 * 1024 * 1024)
    asked.answers.append("close")
    yield
    office.requests_page().detail_pane.files.add([large])
    yield told_by(asked)


def copy_that_cannot_be_written(office, asked):
    reply = office.path.with_name("reply.txt")
    reply.write_text("We will not.", encoding="utf-8")
    item = office.desk.evidence.add(office.request, reply)
    asked.answers.extend([office.path.with_name("no such folder") / "reply.txt", "close"])
    yield
    office.requests_page().detail_pane.files._save(item)
    yield told_by(asked)


def disk_that_fails_at_a_note(office, asked):
    asked.answers.append("close")
    yield
    with largest_file(4096):
        page = office.requests_page()
        save = office.desk.requests.save_note
        office.tasks.run(page, lambda: save(office.request, "n" * 9000), lambda _none: None)
    yield told_by(asked)


def disk_that_is_full_at_a_backup(office, asked):
    asked.answers.append("close")
    yield
    office.desk.backups.check()  # works the log in, so that the file is as large as its copy will be
    section = office.shown(BackupsSection(office.surroundings))
    # the copy of the database fits, the backup that is made of it does not
    with largest_file(VaultFolder(path=office.path).database.stat().st_size + 16):
        section.back_up()
    yield told_by(asked)


def vault_that_was_moved_away(office, asked):
    asked.answers.append("close")
    database = VaultFolder(path=office.path).database
    yield
    aside = database.rename(database.with_name("aside"))
    page = office.requests_page()
    office.tasks.run(page, lambda: office.desk.requests.save_note(office.request, "new"), lambda _none: None)
    aside.rename(database)
    yield told_by(asked)


IN_THE_VAULT = {
    sending_in_the_future: ("23 Nov 2026 is in the future.", "Record it when it has happened."),
    reply_before_the_sending: ("is before the day you sent it",),
    address_without_an_ending: (
        "privacy@northwind is missing a domain ending such as .com.",
        "Did you mean privacy@northwind.",
    ),
    address_without_an_at: ("is missing an @ sign, as in name@example.org.",),
    number_of_letters: ("“call me” is not a telephone number",),
    name_of_301_letters: ("This name is longer than", "Shorten it."),
    no_name_at_all: ("A name is needed: the company must know who asks.",),
    file_that_is_lost_before_it_is_added: ("gone.png", "cannot be read"),
    file_that_is_too_large: ("larger than 250 MiB", "It was not added; nothing else changed."),
    copy_that_cannot_be_written: (
        "reply.txt could not be written there.",
        "Choose another folder; nothing was changed.",
    ),
    disk_that_fails_at_a_note: (
        "The disk reported an error.",
        "Your last change was not saved; everything before it is safe.",
        "make a backup elsewhere.",
    ),
    disk_that_is_full_at_a_backup: (
        "The disk is full.",
        "everything before it is safe.",
        "Free at least 20 MB, then choose Try again.",
    ),
    vault_that_was_moved_away: (
        "The vault's file is gone.",
        "Your last change was not saved.",
        "Put the file back, then unlock again.",
    ),
}


@pytest.fixture
def house(tmp_path):
    return CheapHouse(tmp_path, keyring=HandKeyring())


@pytest.mark.parametrize("failure", AT_THE_DOOR, ids=lambda each: each.__name__)
def test_at_the_door_a_failure_is_told_and_the_vault_stays_as_it_was(
    failure, house, told_tasks, show, asked, english
):
    door = Door(house, told_tasks, show)
    steps = failure(door, asked)
    next(steps)
    is_there = door.path.is_dir()
    before = door.digest()
    words = next(steps)
    after = door.digest()
    list(steps)

    assert [part for part in AT_THE_DOOR[failure] if part not in words] == [], words
    is_said_well(words)
    assert after == before
    assert is_there is door.path.is_dir() or failure is folder_gone


@pytest.mark.parametrize("failure", IN_THE_VAULT, ids=lambda each: each.__name__)
def test_in_the_vault_a_failure_is_told_and_nothing_is_changed(
    failure, house, told_tasks, show, asked, english
):
    office = Office(house, told_tasks, show)
    steps = failure(office, asked)
    next(steps)
    before = office.digest()
    words = next(steps)
    after = office.digest()
    list(steps)
    office.close()

    assert [part for part in IN_THE_VAULT[failure] if part not in words] == [], words
    is_said_well(words)
    assert after == before


def test_more_than_twenty_failures_are_injected():
    assert len(AT_THE_DOOR) + len(IN_THE_VAULT) >= 20
