# SPDX-License-Identifier: Apache-2.0
"""Journey 5: remembered by the keyring, locked, and opened by it again."""

from optout_desktop.domain.errors import KeyringRefused
from tests.gui.house import unlocked, wait_until


def remember(application):
    window = unlocked(application)
    window.go("settings")
    box = window.page.sections["security"].keyring
    wait_until(box.isEnabled)
    box.click()
    wait_until(lambda: application._house.keychain.kept)
    application.lock()
    page = application.entrance.page
    wait_until(page.use_keyring.isVisible)
    return page


def test_a_remembered_vault_opens_without_its_passphrase(application):
    page = remember(application)
    page.use_keyring.click()
    wait_until(lambda: application.desk is not None)

    assert application.window.windowTitle() == "OptOut Desktop"


def test_a_keyring_that_refuses_leaves_the_passphrase(application):
    page = remember(application)
    application._house.keychain.error = KeyringRefused()
    page.use_keyring.click()
    wait_until(lambda: page.keyring_line.text() == "Your keyring did not answer. Type the passphrase.")
    unlocked(application)

    assert application.desk is not None
