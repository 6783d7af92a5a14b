# SPDX-License-Identifier: Apache-2.0
"""Short lives of the window, each in a process of its own: bench_scenes.py SCENE FOLDER

A scene prints one line of JSON: when it had painted (`time.monotonic`, which all processes share), how much
memory it holds, and which modules it has loaded. `bench_window.py` starts them in turns.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6 import QtWidgets  # noqa: E402  # what both scenes need, and nothing more
from PySide6.QtCore import QEvent, QObject, Qt, QTimer  # noqa: E402

WIDTH, HEIGHT = 960, 680
"""The size of the app's own window before a vault is open."""


def memory_mib() -> float:
    """What this process holds, shared pages by their part (PSS); 0 where the system does not say."""
    rollup = Path("/proc/self/smaps_rollup")
    if not rollup.is_file():
        return 0.0
    line = next(line for line in rollup.read_text(encoding="ascii").splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / 1024


class FirstPaint(QObject):
    """Waits for the first paint event of a window; after it, tells and ends the process.

    It listens to that window alone: for each event of the whole application, PySide6 would first have to learn
    every class of widget that there is, and that (40 ms) would be measured instead of the app.
    """

    def __init__(self, window: QtWidgets.QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Qt's question; the answer is always that the event goes on."""
        if event.type() is QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self.tell)  # the rest of the window is painted before it
        return False

    def tell(self) -> None:
        """Say when it was, and end at once: what happens afterwards is not measured here."""
        painted_at = time.monotonic()
        say(painted_at=painted_at, memory_mib=memory_mib(), modules=sorted(sys.modules))
        sys.stdout.flush()
        os._exit(0)  # what is loaded from here on is not measured, and nothing is open yet


def say(**facts: Any) -> None:  # noqa: ANN401  # whatever JSON can say
    """Tell the process that started the scene."""
    print(json.dumps(facts))


def empty(_folder: Path) -> int:
    """An empty window of the same size."""
    app = QtWidgets.QApplication(sys.argv[:1])
    window = QtWidgets.QWidget()
    window.resize(WIDTH, HEIGHT)
    FirstPaint(window)
    window.show()
    return app.exec()


def form(_folder: Path) -> int:
    """The least that any window with words can be: a label, a field and a button under a style sheet."""
    app = QtWidgets.QApplication(sys.argv[:1])
    app.setStyleSheet("QLabel { font-size: 14pt }")
    window = QtWidgets.QWidget()
    window.resize(WIDTH, HEIGHT)
    column = QtWidgets.QVBoxLayout(window)
    column.setAlignment(Qt.AlignmentFlag.AlignCenter)
    for widget in (QtWidgets.QLabel("Passphrase"), QtWidgets.QLineEdit(), QtWidgets.QPushButton("Unlock")):
        column.addWidget(widget)
    FirstPaint(window)
    window.show()
    return app.exec()


def unlock(folder: Path) -> int:
    """The app itself with a vault to unlock, until its first paint."""
    from optout_desktop import app

    app.hasten()
    from optout_desktop.gui import application

    class WatchedWindow(application.LockedWindow):
        """The app's own window before unlocking, with somebody who waits for its paint."""

        def __init__(self, *parts: Any) -> None:  # noqa: ANN401  # whatever that window is made of
            super().__init__(*parts)
            FirstPaint(self)

    application.LockedWindow = WatchedWindow  # type: ignore[misc, assignment]
    house = app.House(vaults=folder, settings=folder / "settings.json", handover=folder / "handover")
    return application.run(house, sys.argv[:1])


SCENES = {"empty": empty, "form": form, "unlock": unlock}


if __name__ == "__main__":
    sys.exit(SCENES[sys.argv[1]](Path(sys.argv[2])))
