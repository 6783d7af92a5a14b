# SPDX-License-Identifier: Apache-2.0
"""Locking when nobody is there."""

import subprocess

import pytest
from jeepney import DBusAddress, new_signal
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from optout_desktop.gui.autolock import CHOICES_MINUTES, WARNING_SECONDS, AutoLock, LockWarning
from optout_desktop.gui.screen_watcher import ScreenWatcher


class Watch:
    """Seconds that pass when told."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def autolock(qapp, watch):
    autolock = AutoLock(5, watch)
    autolock.begin()
    yield autolock
    autolock.end()


@pytest.fixture
def locked(autolock):
    times = []
    autolock.lock_wanted.connect(lambda: times.append(1))
    return times


def test_it_locks_after_the_idle_minutes(autolock, watch, locked):
    watch.seconds += 299
    autolock.look()
    before = list(locked)
    watch.seconds += 1
    autolock.look()

    assert (before, locked) == ([], [1])


def test_it_warns_twenty_seconds_before(autolock, watch):
    warned = []
    autolock.warned.connect(warned.append)
    watch.seconds += 300 - WARNING_SECONDS - 1
    autolock.look()
    watch.seconds += 1
    autolock.look()

    assert warned == [20]


def test_a_key_or_a_click_begins_the_count_anew(autolock, watch, locked, show):
    field = show(QLineEdit())
    watch.seconds += 250
    QTest.keyClick(field, Qt.Key.Key_A)
    watch.seconds += 250
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    watch.seconds += 250
    autolock.look()

    assert locked == []


def test_never_means_never(autolock, watch, locked):
    autolock.set_idle_minutes(0)
    watch.seconds += 1_000_000
    autolock.look()

    assert locked == []


def test_the_choices_end_with_never():
    assert CHOICES_MINUTES == (1, 2, 5, 10, 15, 30, 60, 0)


def test_the_warning_offers_to_stay(autolock, watch, locked, qtbot, said):
    warning = LockWarning(autolock)
    qtbot.addWidget(warning)
    watch.seconds += 285
    autolock.look()
    visible, words = warning.isVisible(), warning.words
    warning.stay_button.click()
    watch.seconds += 200
    autolock.look()

    assert visible
    assert words.endswith("The vault locks in 15 s.")
    assert said == [words]
    assert not warning.isVisible()
    assert locked == []


def test_the_warning_can_lock_at_once(autolock, watch, locked, qtbot):
    warning = LockWarning(autolock)
    qtbot.addWidget(warning)
    watch.seconds += 285
    autolock.look()
    warning.lock_button.click()

    assert locked == [1]
    assert not warning.isVisible()


def test_it_locks_once(autolock, watch, locked):
    watch.seconds += 400
    autolock.look()
    watch.seconds += 400

    assert not autolock._timer.isActive()
    assert locked == [1]


def test_without_a_bus_the_screen_is_quietly_not_watched(qapp, tmp_path):
    missing = f"unix:path={tmp_path}/none"
    watcher = ScreenWatcher(missing, missing)

    assert not watcher.is_screen_watched
    assert not watcher.is_sleep_watched


@pytest.fixture
def bus():
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, text=True
    )
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


def _tell(bus, path, interface, member, signature, body):
    desktop = open_dbus_connection(bus)
    desktop.send(new_signal(DBusAddress(path, interface=interface), member, signature, body))
    desktop.close()


def test_the_desktop_tells_that_the_screen_was_locked(qapp, bus, qtbot):
    watcher = ScreenWatcher(bus, bus)
    with qtbot.waitSignal(watcher.screen_locked):
        _tell(bus, "/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", "b", (True,))
    with qtbot.waitSignal(watcher.screen_locked):
        _tell(bus, "/x", "org.freedesktop.login1.Session", "Lock", None, ())
    watched = watcher.is_screen_watched
    watcher.end()

    assert watched


def test_the_desktop_tells_that_the_computer_sleeps_and_waking_locks_nothing(qapp, bus, qtbot):
    watcher = ScreenWatcher(bus, bus)
    told = []
    watcher.sleep_begins.connect(lambda: told.append(1))
    for is_asleep in (False, True):
        _tell(
            bus,
            "/org/freedesktop/login1",
            "org.freedesktop.login1.Manager",
            "PrepareForSleep",
            "b",
            (is_asleep,),
        )
    qtbot.waitUntil(lambda: bool(told))
    watcher.end()

    assert told == [1]
