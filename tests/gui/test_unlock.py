# SPDX-License-Identifier: Apache-2.0
"""The unlock page: right, wrong and slow passphrases, the keyring, a damaged vault."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from optout_desktop.domain.errors import (
    DiskFull,
    KeyringChanged,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    WrongKey,
)
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.application import Application
from optout_desktop.gui.unlock.damaged import DamagedPage
from optout_desktop.gui.unlock.entrance import Entrance
from optout_desktop.gui.unlock.keyring_line import line_for_error, line_for_place, line_while_asking
from optout_desktop.gui.unlock.page import UnlockPage
from optout_desktop.storage.vault_files import VaultFolder
from tests.gui.house import (
    PASSPHRASE,
    CheapHouse,
    HandKeyring,
    running,
    unlocked,
    wait_until,
)


@pytest.fixture
def keyring():
    return HandKeyring()


@pytest.fixture
def house(tmp_path, keyring):
    house = CheapHouse(tmp_path, keyring=keyring)
    house.path = house.make_vault()
    return house


@pytest.fixture
def application(house, theme):
    with running(Application(house, theme=theme, is_watching_screen=False)) as application:
        yield application


@pytest.fixture
def page(application):
    return application.entrance.page


def try_passphrase(page, text):
    page.row.passphrase.setText(text)
    page.unlock.click()
    wait_until(lambda: not page.is_unlocking)


def test_a_wrong_passphrase_is_said_beside_the_field_which_stays_selected(page):
    page.window().activateWindow()
    try_passphrase(page, "not this one at all")

    assert page.row.error.startswith("That passphrase did not open this vault.")
    assert page.row.passphrase.selectedText() == page.row.passphrase.text()
    assert page.row.passphrase.hasFocus()


def test_after_several_wrong_ones_the_wait_is_told(page):
    for _ in range(3):
        try_passphrase(page, "not this one at all")

    assert "The next try waits 2 s." in page.row.error


def test_whoever_cancels_at_the_last_moment_can_try_again_at_once(application, page):
    """The vault is open by then, and only the word of it is still on its way to the window."""
    page.row.passphrase.setText(PASSPHRASE)
    page.unlock.click()
    behind = threading.Thread(target=application._tasks.in_vault, args=(lambda: None,))
    behind.start()
    behind.join()
    QTest.keyClick(page.row.passphrase, Qt.Key.Key_Escape)
    window = unlocked(application)

    assert window is application.window


def test_an_empty_passphrase_is_asked_for(page):
    try_passphrase(page, "")

    assert page.row.error == "Type the passphrase."


def test_escape_cancels_a_running_try(application, page):
    page.row.passphrase.setText(PASSPHRASE)
    page.unlock.click()
    was_unlocking = page.is_unlocking, page.unlock.text()
    QTest.keyClick(page.row.passphrase, Qt.Key.Key_Escape)
    done = []
    application._tasks.run(page, lambda: None, lambda _nothing: done.append(True))
    wait_until(lambda: done)

    assert was_unlocking == (True, "Unlocking…")
    assert not page.is_unlocking
    assert application.desk is None


def test_a_passphrase_can_be_pasted_and_shown(page):
    QGuiApplication.clipboard().setText("pasted words")
    page.row.passphrase.paste()

    assert page.row.passphrase.text() == "pasted words"
    assert page.row.passphrase.eye.accessibleName() == "Show passphrase"


STATES = {
    "not remembered": line_for_place("", "GNOME Keyring"),
    "ready": line_for_place("GNOME Keyring", "GNOME Keyring"),
    "asking": line_while_asking("GNOME Keyring"),
    "missing": line_for_place("GNOME Keyring", ""),
    "changed": line_for_place("KWallet", "GNOME Keyring"),
    "locked": line_for_error(KeyringLocked()),
    "refused": line_for_error(KeyringRefused()),
    "no longer fits": line_for_error(WrongKey()),
    "something else": line_for_error(DiskFull()),
}


def test_nine_keyring_states_have_nine_sentences():
    assert len({line.sentence for line in STATES.values()}) == len(STATES) == 9


@pytest.mark.parametrize("state", STATES)
def test_in_every_keyring_state_the_passphrase_field_stays_usable(page, state):
    page.show_keyring(STATES[state])

    assert page.row.passphrase.isEnabled()
    assert not page.row.passphrase.isReadOnly()
    assert page.keyring_line.isVisible() is bool(STATES[state].sentence)


def test_what_asking_says_before_and_after_is_the_same():
    assert line_for_error(KeyringMissing()) == STATES["missing"]
    assert line_for_error(KeyringChanged("KWallet", "GNOME Keyring")) == STATES["changed"]


def test_a_remembered_vault_opens_with_the_keyring(house, application, page):
    window = unlocked(application)
    application._tasks.run(window, window.surroundings.desk.security.remember, lambda _name: None)
    application.lock()
    page = application.entrance.page
    wait_until(page.use_keyring.isVisible)
    page.use_keyring.click()
    wait_until(lambda: application.desk is not None)

    assert application.desk.path == house.path


def test_a_locked_keyring_says_so_and_the_passphrase_works(house, keyring, application):
    window = unlocked(application)
    application._tasks.run(window, window.surroundings.desk.security.remember, lambda _name: None)
    application.lock()
    keyring.error = KeyringLocked()
    page = application.entrance.page
    wait_until(page.use_keyring.isVisible)
    page.use_keyring.click()
    wait_until(lambda: "locked" in page.keyring_line.text())
    unlocked(application)

    assert application.desk is not None


def test_a_recovery_code_opens_the_vault(house, application, page):
    vault = house.vaults.unlock(house.path, Secret(PASSPHRASE))
    desk = house.open_desk(vault)
    code = desk.security.make_recovery_code()
    desk.close()
    page.recovery.click()
    recovery = application.entrance.page
    recovery.code.setText(code.reveal().lower().replace("-", " "))
    recovery.unlock.click()
    wait_until(lambda: application.desk is not None)

    assert application.desk.path == house.path


def test_a_mistyped_recovery_code_is_said_beside_the_field(application, page):
    page.recovery.click()
    recovery = application.entrance.page
    recovery.code.setText("ABCDE")
    recovery.unlock.click()
    wait_until(lambda: recovery.row.error)

    assert "30 letters and digits" in recovery.row.error


def test_a_damaged_vault_is_brought_back_in_three_clicks(house, application, page):
    vault = house.vaults.unlock(house.path, Secret(PASSPHRASE))
    desk = house.open_desk(vault)
    desk.backups.back_up()
    desk.close()
    database = VaultFolder(path=house.path).database
    content = bytearray(database.read_bytes())
    content[4096:8192] = bytes(4096)
    database.write_bytes(content)
    page.row.passphrase.setText(PASSPHRASE)
    page.unlock.click()
    wait_until(lambda: isinstance(application.entrance.page, DamagedPage))
    damaged = application.entrance.page
    wait_until(damaged.restore.isEnabled)
    damaged.restore.click()
    wait_until(lambda: isinstance(application.entrance.page, UnlockPage))
    unlocked(application)

    assert [person.name for person in application.window.facts.people] == ["Jane Canary"]


def test_a_folder_that_is_no_vault_is_not_taken(page, asked, tmp_path):
    asked.answers.append(tmp_path)
    page._open_another()

    assert page.row.error == "This folder is not a vault: a vault's name ends in .optout."


def test_f1_asks_for_the_help_of_this_screen(application):
    wanted = []
    application.entrance.help_wanted.disconnect()
    application.entrance.help_wanted.connect(wanted.append)
    QTest.keyClick(application.entrance, Qt.Key.Key_F1)

    assert wanted == ["unlock"]
    assert isinstance(application.entrance, Entrance)


def test_escape_ends_the_wait_after_wrong_passphrases_at_once(house, application, page):
    for _ in range(4):
        try_passphrase(page, "not this one at all")
    waits, was_pressed = [], threading.Event()

    def wait(seconds):
        waits.append(seconds)
        assert was_pressed.wait(30)

    house.vaults._wait = wait
    page.row.passphrase.setText(PASSPHRASE)
    page.unlock.click()
    wait_until(lambda: waits)
    QTest.keyClick(page.row.passphrase, Qt.Key.Key_Escape)
    was_free_at_once = not page.is_unlocking
    was_pressed.set()
    done = []
    application._tasks.run(page, lambda: None, lambda _nothing: done.append(True))
    wait_until(lambda: done)

    assert was_free_at_once
    assert len(waits) == 1
    assert waits[0] < house.vaults.wait_seconds(house.path)
    assert application.desk is None


def test_escape_ends_asking_the_keyring(house, application, page):
    window = unlocked(application)
    application._tasks.run(window, window.surroundings.desk.security.remember, lambda _name: None)
    application.lock()
    page = application.entrance.page
    wait_until(page.use_keyring.isVisible)
    page.use_keyring.click()
    was_unlocking = page.is_unlocking
    QTest.keyClick(page.row.passphrase, Qt.Key.Key_Escape)
    done = []
    application._tasks.run(page, lambda: None, lambda _nothing: done.append(True))
    wait_until(lambda: done)

    assert was_unlocking
    assert not page.is_unlocking
    assert page.use_keyring.isVisible()
    assert application.desk is None


def test_a_recovery_code_that_is_cancelled_leaves_the_vault_closed(house, application, page):
    vault = house.vaults.unlock(house.path, Secret(PASSPHRASE))
    desk = house.open_desk(vault)
    code = desk.security.make_recovery_code()
    desk.close()
    page.recovery.click()
    recovery = application.entrance.page
    recovery.code.setText(code.reveal())
    recovery.unlock.click()
    QTest.keyClick(recovery.code, Qt.Key.Key_Escape)
    is_still_there = application.entrance.page is recovery
    QTest.keyClick(recovery.code, Qt.Key.Key_Escape)
    unlocked(application)

    assert is_still_there
    assert application.desk.path == house.path
