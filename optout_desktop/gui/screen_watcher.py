# SPDX-License-Identifier: Apache-2.0
"""Hears from the desktop that the screen was locked or that the computer is about to sleep.

Linux tells both over D-Bus; we only listen, on the GUI thread, whenever a bus has something to say. Where no
bus answers, that part is quietly not there. Windows and macOS have no branch yet (*not verified*);
``is_screen_watched`` and ``is_sleep_watched`` say what is there, so that the settings can.
"""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_SCREEN_SIGNALS = (
    ("org.freedesktop.ScreenSaver", "ActiveChanged"),
    ("org.gnome.ScreenSaver", "ActiveChanged"),
)
_SLEEP_SIGNALS = (
    ("org.freedesktop.login1.Manager", "PrepareForSleep"),
    ("org.freedesktop.login1.Session", "Lock"),
)
_ANSWER_SECONDS = 1.0


class ScreenWatcher(QObject):
    """Two signals for ``AutoLock``'s owner; nothing is sent to the desktop but the wish to hear."""

    screen_locked = Signal()
    sleep_begins = Signal()

    def __init__(
        self, session_bus: str = "SESSION", system_bus: str = "SYSTEM", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ears: list[_Ear] = []
        self.is_screen_watched = self._listen(session_bus, _SCREEN_SIGNALS)
        self.is_sleep_watched = self._listen(system_bus, _SLEEP_SIGNALS)

    def end(self) -> None:
        """Stop listening."""
        for ear in self._ears:
            ear.close()
        self._ears = []

    def _listen(self, bus: str, wanted: tuple[tuple[str, str], ...]) -> bool:
        if not sys.platform.startswith("linux"):
            return False
        connection = _connect(bus, wanted)
        if connection is None:
            return False
        self._ears.append(_Ear(connection, self))
        return True

    def heard(self, name: str, is_on: bool) -> None:  # noqa: FBT001 - the signal's own argument
        """Take one signal of the desktop: its member's name, and whether something began."""
        if name == "Lock" or (name == "ActiveChanged" and is_on):
            self.screen_locked.emit()
        elif name == "PrepareForSleep" and is_on:
            self.sleep_begins.emit()


class _Ear(QObject):
    """One bus, read when its socket has something; closed when the bus goes away."""

    def __init__(self, connection: Any, watcher: ScreenWatcher) -> None:  # noqa: ANN401 - jeepney ships no types
        super().__init__(watcher)
        self._connection = connection
        self._watcher = watcher
        self._notifier = QSocketNotifier(connection.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def close(self) -> None:
        """Let go of the bus."""
        self._notifier.setEnabled(False)
        self._connection.close()

    def _read(self) -> None:
        try:
            while True:
                self._take(self._connection.receive(timeout=0))
        except TimeoutError:
            return
        except OSError:
            self.close()

    def _take(self, message: Any) -> None:  # noqa: ANN401 - as above
        from jeepney import HeaderFields, MessageType

        if message.header.message_type is MessageType.signal:
            name = str(message.header.fields.get(HeaderFields.member, ""))
            self._watcher.heard(name, message.body[:1] == (True,))


def _connect(bus: str, wanted: tuple[tuple[str, str], ...]) -> Any | None:  # noqa: ANN401 - as above
    from jeepney import (
        AuthenticationError,
        DBusErrorResponse,
        MatchRule,
        message_bus,
    )
    from jeepney.io.blocking import Proxy, open_dbus_connection

    try:
        connection = open_dbus_connection(bus, auth_timeout=_ANSWER_SECONDS)
    except (KeyError, OSError, RuntimeError, AuthenticationError):
        return None  # no bus here: KeyError stands for an address that is not set
    try:
        proxy = Proxy(message_bus, connection, timeout=_ANSWER_SECONDS)
        for interface, member in wanted:
            proxy.AddMatch(MatchRule(type="signal", interface=interface, member=member))
    except (OSError, DBusErrorResponse):
        connection.close()
        return None
    return connection
