# SPDX-License-Identifier: Apache-2.0
"""What holds for every test, whether it asks for it or not.

No network. Folders of its own. English. No window left open. No warning in the product's log.
Fixtures of a room lie in that room's own conftest.py.
"""

import logging
import os
import socket
import sys
import tempfile

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("pr", derandomize=True, database=None, deadline=None, max_examples=60)
settings.register_profile("night", database=None, deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "pr"))

THIS_MACHINE = {"127.0.0.1", "::1", "localhost"}


class NetworkTouched(AssertionError):
    """The test tried to leave this machine, or to open a socket without saying so."""


@pytest.fixture(autouse=True)
def no_network(request, monkeypatch):
    """Sockets to the network are refused; to this machine, unless the test is marked `loopback`."""
    may_loop_back = request.node.get_closest_marker("loopback") is not None

    def refuse(host):
        if not (may_loop_back and host in THIS_MACHINE):
            raise NetworkTouched(f"tried to reach {host!r}")

    def guard(name, position):
        real = getattr(socket.socket, name)

        def guarded(self, *arguments):
            if self.family in (socket.AF_INET, socket.AF_INET6):
                refuse(arguments[position][0])
            return real(self, *arguments)

        monkeypatch.setattr(socket.socket, name, guarded)

    guard("connect", 0)
    guard("connect_ex", 0)
    guard("bind", 0)
    guard("sendto", -1)
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
        real = getattr(socket, name)

        def guarded(host, *arguments, real=real, **named):
            refuse(host)
            return real(host, *arguments, **named)

        monkeypatch.setattr(socket, name, guarded)


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    """A home of its own, and no session bus: the keyring of whoever runs the tests is out of reach."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name, folder in {
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
    }.items():
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    # a socket's path must be short, which tmp_path is not; a daemon may still be leaving when the folder goes
    with tempfile.TemporaryDirectory(prefix="optout-", ignore_cleanup_errors=True) as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        yield home


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """The language and the number format of the United States, whatever the machine speaks."""
    for name in ("LANG", "LC_ALL"):
        monkeypatch.setenv(name, "C.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QLocale

        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))


@pytest.fixture(autouse=True)
def no_window_left_open():
    """A window that outlives its test would be found by the next one."""
    yield
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return
    left_open = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    names = [f"{type(widget).__name__} {widget.windowTitle()!r}" for widget in left_open]
    for widget in left_open:
        widget.close()

    assert names == [], "windows were left open"


class _Warnings(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def product_warnings():
    """A warning in the product's log fails the test; one that expects it takes its line off this list."""
    handler = _Warnings()
    logger = logging.getLogger("optout_desktop")
    logger.addHandler(handler)
    yield handler.lines
    logger.removeHandler(handler)

    assert handler.lines == [], "the product logged warnings"
