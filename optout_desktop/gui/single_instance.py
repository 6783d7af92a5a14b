# SPDX-License-Identifier: Apache-2.0
"""One window a vault: a second start asks the first to come to the front, and leaves.

A local socket, for the same user only, takes two words, ``raise`` and ``lock``, of at most 64 bytes; anything
else is dropped unread. Its name is a digest of the vault's path, so that it tells nothing. Qt's part for sockets
is loaded when somebody may be there to ask, or when the window listens: after its first paint.
"""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

LARGEST_BYTES = 64
_PATIENCE_MS = 1000
_LOOK_EVERY_MS = 20
RAISE = b"raise"
LOCK = b"lock"


def socket_name(key: str) -> str:
    """Where the window that holds ``key`` listens: in the user's run-time folder where there is one."""
    name = f"optout-{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return str(Path(folder) / name) if folder else name


def ask(key: str, word: bytes = RAISE) -> bool:
    """Ask the window that holds ``key``; whether one was there and heard."""
    if not _may_be_there(socket_name(key)):
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(socket_name(key))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(word)
    has_heard = socket.waitForBytesWritten(_PATIENCE_MS)
    socket.disconnectFromServer()
    if socket.state() is not QLocalSocket.LocalSocketState.UnconnectedState:
        socket.waitForDisconnected(_PATIENCE_MS)
    return bool(has_heard)


def _may_be_there(name: str) -> bool:
    """Whether it is worth asking: where a socket is a file, there is none before somebody listens."""
    if sys.platform == "win32":
        return True  # a named pipe
    return os.path.lexists(Path(QDir.tempPath()) / name)  # which leaves an absolute name as it is


class SingleInstance(QObject):
    """The ear of the window that was first."""

    raise_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._servers: dict[str, QLocalServer] = {}
        self._visitors: list[QLocalSocket] = []
        self._listening = QTimer(self)
        self._listening.setInterval(_LOOK_EVERY_MS)
        self._listening.timeout.connect(self._listen_to_all)

    @property
    def keys(self) -> tuple[str, ...]:
        """What is answered for now."""
        return tuple(self._servers)

    def listen(self, key: str) -> bool:
        """Answer for ``key`` from here on; whether that is possible. Who lives is asked before: ``ask``."""
        if key in self._servers:
            return True
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(lambda: self._greet(server))
        # what a crash left behind would keep every later window from listening
        QLocalServer.removeServer(socket_name(key))
        if not server.listen(socket_name(key)):
            server.deleteLater()
            return False
        self._servers[key] = server
        return True

    def end(self) -> None:
        """Stop answering."""
        self._listening.stop()
        self._visitors = []
        for server in self._servers.values():
            server.close()  # and it goes with us: marked for deletion, Qt would stop the process
        self._servers = {}

    def _greet(self, server: QLocalServer) -> None:
        while (socket := server.nextPendingConnection()) is not None:
            self._visitors.append(socket)
            socket.setReadBufferSize(LARGEST_BYTES + 1)
        if not self._listening.isActive():
            self._listening.start()

    def _listen_to_all(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        # looked at from a timer: a socket must not be closed while it is telling that it has something
        for socket in tuple(self._visitors):
            is_gone = socket.state() is not QLocalSocket.LocalSocketState.ConnectedState
            if not (socket.bytesAvailable() or is_gone):
                continue
            self._visitors.remove(socket)
            word = bytes(socket.read(LARGEST_BYTES + 1).data())
            socket.close()
            socket.deleteLater()
            self._obey(word)
        if not self._visitors:
            self._listening.stop()

    def _obey(self, word: bytes) -> None:
        if word == RAISE:
            self.raise_wanted.emit()
        elif word == LOCK:
            self.lock_wanted.emit()
