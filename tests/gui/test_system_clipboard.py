# SPDX-License-Identifier: Apache-2.0
"""Copied texts go again, and other people's stay."""

import pytest
from PySide6.QtGui import QGuiApplication

from optout_desktop.gui.system_clipboard import HINTS, SystemClipboard
from tests.gui.house import wait_until


@pytest.fixture
def clipboard(qapp):
    clipboard = SystemClipboard(seconds=1)
    yield clipboard
    clipboard.clear_if_ours()


def held():
    return QGuiApplication.clipboard().text()


def test_what_is_copied_is_there_and_goes_after_its_seconds(clipboard):
    clipboard.put("jane@example.org")
    at_first = held()
    wait_until(lambda: held() == "")

    assert at_first == "jane@example.org"


def test_what_somebody_else_copied_since_is_left_alone(clipboard):
    clipboard.put("jane@example.org")
    QGuiApplication.clipboard().setText("a recipe")
    clipboard.clear_if_ours()

    assert held() == "a recipe"


def test_managers_are_told_to_keep_nothing(clipboard):
    clipboard.put("jane@example.org")

    assert set(HINTS) <= set(QGuiApplication.clipboard().mimeData().formats())


def test_with_0_seconds_it_stays_until_locking(qapp):
    clipboard = SystemClipboard(seconds=0)
    clipboard.put("jane@example.org")
    is_counting = clipboard._timer.isActive()
    clipboard.clear_if_ours()

    assert not is_counting
    assert held() == ""
