# SPDX-License-Identifier: Apache-2.0
"""Locked and unlocked: what the app does between them, and what is gone afterwards."""

import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from optout_desktop.gui.application import Application, LockedWindow
from optout_desktop.gui.main_window import MainWindow
from tests.gui.house import (
    CheapHouse,
    delete_what_was_left,
    everything_shown,
    running,
    unlocked,
    wait_until,
)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def house(tmp_path):
    return CheapHouse(tmp_path)


@pytest.fixture
def application(house, theme):
    house.make_vault()
    with running(Application(house, theme=theme, is_watching_screen=False)) as application:
        yield application


def test_the_app_begins_locked_and_a_passphrase_opens_the_window(application):
    was_locked = isinstance(application.window, LockedWindow)
    window = unlocked(application)

    assert was_locked
    assert isinstance(window, MainWindow)
    assert application.entrance is None


def test_after_locking_nothing_personal_is_left_on_screen(application):
    window = unlocked(application)
    window.go("settings")
    window.page.show_section("you")
    wait_until(lambda: "Jane Canary" in everything_shown())
    application.lock()
    delete_what_was_left()

    assert "Canary" not in everything_shown()
    assert application.desk is None
    assert application.window.windowTitle() == "OptOut Desktop"


def test_locking_clears_the_clipboard_and_what_was_handed_over(application, house):
    unlocked(application)
    application.clipboard.put("jane@example.org")
    path = house.handover.put("letter.eml", b"Dear company")
    application.lock()

    assert QGuiApplication.clipboard().text() == ""
    assert not path.exists()


def test_after_locking_the_same_vault_can_be_unlocked_again(application):
    first = unlocked(application).surroundings.desk
    application.lock()
    second = unlocked(application).surroundings.desk

    assert second is not first
    assert not first.vault.is_open


def test_idle_minutes_lock_the_vault(application):
    unlocked(application)
    application.autolock.lock_wanted.emit()
    wait_until(lambda: application.desk is None)

    assert isinstance(application.window, LockedWindow)


def test_a_second_start_raises_the_first_window_and_leaves(application, house, theme):
    wait_until(lambda: application._instance.keys)
    second = Application(house, theme=theme, is_watching_screen=False)
    raised = []
    application._instance.raise_wanted.connect(lambda: raised.append(True))
    has_started = second.start()
    wait_until(lambda: raised)

    assert has_started is False
    assert second.window is None


def test_a_window_that_is_never_painted_is_found_by_a_second_start_all_the_same(house, theme):
    house.make_vault()
    with running(Application(house, theme=theme, is_watching_screen=False)) as application:
        application.window.hide()
        wait_until(lambda: application._instance.keys)

        assert Application(house, theme=theme, is_watching_screen=False).start() is False


def test_once_the_first_page_is_painted_the_collector_works_again(application):
    gc.disable()
    wait_until(gc.isenabled)

    assert application.window.isVisible()


def test_a_changed_theme_is_worn_at_once(application, theme):
    window = unlocked(application)
    window.go("settings")
    box = window.page.sections["look"].theme.box
    box.setCurrentIndex(box.findData("dark"))
    box.activated.emit(box.currentIndex())
    wait_until(lambda: theme.tokens.is_dark)

    assert application.desk.preferences.get("theme") == "dark"


def test_the_first_paint_needs_neither_database_nor_cryptography(tmp_path):
    program = """
import json, sys
from optout_desktop.app import House
from optout_desktop.gui import singletons
singletons.keep_alive()
from PySide6.QtWidgets import QApplication
app = QApplication([])
from optout_desktop.gui.application import Application
from pathlib import Path
folder = Path(sys.argv[1])
application = Application(House(vaults=folder, settings=folder / "s.json", handover=folder))
application.start()
app.processEvents()
loaded = sorted({name.partition(".")[0] for name in sys.modules})
application.end()
sys.stdout.write(json.dumps(loaded))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    heavy = {"sqlalchemy", "sqlcipher3", "cryptography", "liquid", "typst", "holidays", "keyring"}

    assert heavy.isdisjoint(json.loads(done.stdout))
