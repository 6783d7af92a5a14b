# SPDX-License-Identifier: Apache-2.0
"""A house for tests of the window: its own folders, a key that is cheap to derive, a keyring made by hand."""

import time
from contextlib import contextmanager
from datetime import date, datetime

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from optout_desktop.app import House
from optout_desktop.domain.errors import KeyringMissing
from optout_desktop.domain.secrets import Secret
from optout_desktop.services.people import PersonInput
from optout_desktop.services.vaults import VaultService
from optout_desktop.storage.keyslots import Argon2Cost

PASSPHRASE = "wooden otter plays chess at noon"
CHEAP = Argon2Cost(rounds=1, memory_kib=8, lanes=1)
TODAY = date(2026, 11, 22)


class StoppedClock:
    """Always noon of one day."""

    def today(self):
        return TODAY

    def now(self):
        return datetime(2026, 11, 22, 12, 0)


class HandKeyring:
    """A keyring that does what the test says."""

    def __init__(self, name="GNOME Keyring"):
        self.kept = {}
        self.error = None
        self._name = name

    def name(self):
        if not self._name:
            raise KeyringMissing
        return self._name

    def keep(self, vault_id, secret):
        self._may_fail()
        self.kept[vault_id] = secret

    def fetch(self, vault_id, remembered=""):
        self._may_fail()
        return self.kept.get(vault_id)

    def forget(self, vault_id):
        self._may_fail()
        self.kept.pop(vault_id, None)

    def _may_fail(self):
        if self.error is not None:
            raise self.error


class CheapHouse(House):
    """The real house, with Argon2 at its cheapest and no waiting after wrong passphrases."""

    def __init__(self, folder, *, keyring=None, clock=None):
        super().__init__(
            vaults=folder / "vaults",
            settings=folder / "settings.json",
            handover=folder / "handover",
            clock=clock or StoppedClock(),
        )
        (folder / "handover").mkdir(mode=0o700, exist_ok=True)
        self.waited = []
        self.__dict__["keychain"] = keyring or HandKeyring("")
        self.__dict__["vaults"] = VaultService(
            folder / "vaults",
            self.machine,
            self.keychain,
            self.clock,
            cost=lambda: CHEAP,
            wait=self.waited.append,
        )

    def make_vault(self, name="Personal", *, has_person=True):
        """A vault with a passphrase, and somebody in it; closed again. The answer is its path."""
        vault = self.vaults.create(name, Secret(PASSPHRASE))
        desk = self.open_desk(vault)
        if has_person:
            typed = PersonInput(name="Jane Canary", emails=("jane@example.org",), place="US-CA")
            desk.people.add(typed)
        path = desk.path
        desk.close()
        return path


def wait_until(is_so, seconds=30.0):
    """Let the window work until something holds; raises AssertionError where it never does.

    ``QTest.qWait`` holds Python's lock and starves the vault thread; a loop of Qt's own does not.
    """
    ends_at = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends_at, "what was waited for did not happen"
        loop = QEventLoop()
        QTimer.singleShot(10, loop.quit)
        loop.exec()


def delete_what_was_left():
    """Have Qt delete what was marked for it."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


@contextmanager
def running(application):
    """An application that has started, ended afterwards."""
    application.start()
    try:
        yield application
    finally:
        application.end()
        delete_what_was_left()


def unlocked(application):
    """Unlock the one vault and wait until its window has read everything."""
    page = application.entrance.page
    page.row.passphrase.setText(PASSPHRASE)
    page.unlock.click()
    wait_until(lambda: application.desk is not None and application.window.facts is not None)
    return application.window


def everything_shown():
    """Every text that a widget, a title or a screen reader could tell."""
    texts = []
    for widget in QApplication.allWidgets():
        for name in ("windowTitle", "text", "toPlainText", "toolTip", "accessibleName", "currentText"):
            read = getattr(widget, name, None)
            if callable(read):
                texts.append(str(read()))
    return "\n".join(texts)
