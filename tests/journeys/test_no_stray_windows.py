# SPDX-License-Identifier: Apache-2.0
"""What belongs into a page never comes up as a small window of its own, not even for a moment.

A widget that is shown before it has a parent does: it flashes on the screen and takes the focus away.
"""

import time

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QDialog, QMainWindow, QMenu, QWidget

from optout_desktop.app import House
from optout_desktop.domain.requests import EventKind
from optout_desktop.gui.application import Application
from tests.gui.house import wait_until

EXPECTED = (QMainWindow, QDialog, QMenu)


class Windows(QObject):
    """The windows that came up and are none of the kinds that should."""

    def __init__(self):
        super().__init__()
        self.stray = []

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's own name
        if (
            event.type() is QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, EXPECTED)
        ):
            words = watched.accessibleName() or getattr(watched, "text", str)()
            self.stray.append(f"{type(watched).__name__}: {words}")
        return False


def settle(seconds=0.4):
    """A moment for what was asked to arrive."""
    ends = time.monotonic() + seconds
    wait_until(lambda: time.monotonic() > ends)


@pytest.fixture
def window(qapp, english, tmp_path):
    """The real window on the sample vault."""
    house = House(vaults=tmp_path / "vaults", settings=tmp_path / "settings.json", handover=tmp_path / "out")
    application = Application(house, is_watching_screen=False)
    application.start()
    application.entrance.start_sample()
    wait_until(lambda: application.desk is not None and application.window.facts is not None)
    yield application.window
    application.end()
    settle()


def test_no_page_shows_a_part_of_itself_as_a_window(window, qapp):
    windows = Windows()
    qapp.installEventFilter(windows)
    for place in ("dashboard", "companies", "clients", "laws", "settings", "help", "requests"):
        window.go(place)
        settle()
    for tab in ("registers", "calculator"):
        window.go("laws").show_tab(tab)
        settle()
    window.start_request(None, None)
    settle()
    requests = window.go("requests")
    wait_until(lambda: requests.detail_pane.detail is not None)
    requests.doing.enter(requests.detail_pane.detail, EventKind.EXTENDED)
    settle()
    requests.doing.dialog.reject()
    qapp.removeEventFilter(windows)

    assert windows.stray == []
