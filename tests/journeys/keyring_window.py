# SPDX-License-Identifier: Apache-2.0
"""The real window and a real Secret Service: remember a vault, lock, and open it again without a passphrase.

dbus-run-session -- python -m tests.journeys.keyring_window FOLDER
"""

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QPushButton

from optout_desktop.adapters.keychain import Keychain
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui import singletons
from optout_desktop.gui.application import Application
from tests.adapters.keyring_scenes import daemon
from tests.gui.house import PASSPHRASE, CheapHouse, wait_until


def keyring_button(application):
    """The button that opens by the keyring, where it is offered."""
    buttons = application.entrance.page.findChildren(QPushButton)
    return next((one for one in buttons if "keyring" in one.text().lower() and one.isVisible()), None)


def main(folder):
    """The scene; prints what came of it."""
    singletons.keep_alive()
    QApplication([])
    house = CheapHouse(folder, keyring=Keychain())
    path = house.make_vault()
    vault = house.vaults.unlock(path, Secret(PASSPHRASE))
    remembered_in = house.open_desk(vault).security.remember()
    vault.close()
    application = Application(house, is_watching_screen=False)
    application.start()
    told = {"remembered in": remembered_in, "opened": 0, "locked": 0}
    for _ in range(2):
        wait_until(lambda: keyring_button(application) is not None)
        keyring_button(application).click()
        wait_until(lambda: application.desk is not None)
        told["opened"] += 1
        application.lock()
        wait_until(lambda: application.desk is None and application.entrance is not None)
        told["locked"] += 1
    application.end()
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    with daemon("keyring password"):
        main(Path(sys.argv[1]))
