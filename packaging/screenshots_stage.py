# SPDX-License-Identifier: Apache-2.0
"""The stage for the pictures: the real application on made-up vaults, a camera, and patience.

A scene asks for what it needs (`at_entrance`, `in_own_vault`, `in_sample`); the stage changes over only where
it must. Waiting always waits for something: the vault's thread to be idle, or a condition.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QLocale, QMessageLogContext, QObject, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from optout_desktop.app import House
from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.rights import Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui import singletons
from optout_desktop.gui.application import Application
from optout_desktop.gui.theme import Theme
from optout_desktop.gui.unlock.doors import enter
from optout_desktop.services import references
from optout_desktop.services.people import PersonInput
from optout_desktop.services.samples import SAMPLE_TODAY
from optout_desktop.services.stopped_clock import StoppedClock

PASSPHRASE = "seventeen lanterns over the quiet harbour"  # noqa: S105  # opens nothing but made-up rows
LONGEST_WAIT_SECONDS = 30.0
_CALM_SECONDS = 0.12
Shown = TypeVar("Shown", bound=QDialog)


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Where the pictures go, and what they have in common."""

    folder: Path
    look: str
    text_percent: int
    width: int
    height: int

    def take(self, widget: QWidget, name: str) -> None:
        """Take a picture of a widget as it is now."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{name}-{self.look}.png"
        if not widget.grab().save(str(path)):
            raise OSError(f"{path} could not be written")
        print(path.name, flush=True)


class Quiet(QObject):
    """Opens nothing: the stage has no browser and no mail program."""

    def open(self, _target: Path | str) -> bool:
        """Nothing was opened, and nobody minds."""
        return True


class Stage:
    """One application after the other on vaults in a folder of its own."""

    def __init__(self, camera: Camera, folder: Path) -> None:
        self.camera = camera
        self.folder = folder
        self._kind = ""
        self._app: Application | None = None

    # ── what a scene asks for ────────────────────────────────────────────────────────────────────────

    def at_entrance(self, *, has_vault: bool) -> Application:
        """The application with no vault open; with one to unlock, or as on a fresh machine."""
        if has_vault:
            self._make_own_vault()
        return self._changed_over("unlock" if has_vault else "welcome", self._vaults(is_fresh=not has_vault))

    def in_own_vault(self) -> Application:
        """The application in an open vault that has no request and no person yet."""
        kind = "own"
        if self._kind == kind and self._app is not None:
            return self._app
        app = self._changed_over(kind, self.folder / "own")
        house, entrance, tasks = app._house, app.entrance, app._tasks  # noqa: SLF001
        assert entrance is not None and tasks is not None  # noqa: PT018, S101

        def job() -> Any:  # noqa: ANN401  # a desk
            return enter(house, house.vaults.create("Personal", Secret(PASSPHRASE)))

        tasks.run(entrance, job, lambda desk: entrance.opened.emit(desk, True, False))  # noqa: FBT003
        until(lambda: app.desk is not None)
        return self._sized(app)

    def at_home(self) -> Application:
        """The application in an open vault after the first run: it knows who the person is."""
        app = self.in_own_vault()
        if self.ask(self.desk.people.me) is None:
            self.window._frame.currentWidget().finished.emit(None)  # noqa: SLF001  # the step stands in the frame
            me = PersonInput(name="Jane Example", emails=("jane@example.org",), place="US-CA")
            self.ask(lambda: self.desk.people.add(me))
            self.window._look()  # noqa: SLF001  # what the window does after that step
            self.calm()
        return app

    def in_sample(self) -> Application:
        """The application in the sample vault."""
        kind = "sample"
        if self._kind == kind and self._app is not None:
            return self._sized(self._app)
        app = self._changed_over(kind, self.folder / "sample")
        assert app.entrance is not None  # noqa: S101
        app.entrance.start_sample()
        until(lambda: app.desk is not None)
        self.calm()
        return self._sized(app)

    @property
    def app(self) -> Application:
        """The application that is on stage."""
        if self._app is None:
            raise RuntimeError("nothing is on stage")
        return self._app

    @property
    def window(self) -> Any:  # noqa: ANN401  # locked or main window, as the scene knows
        """The window that is shown."""
        return self.app.window

    @property
    def desk(self) -> Any:  # noqa: ANN401  # there is one where a scene asks
        """The services of the vault that is open."""
        return self.app.desk

    # ── acting ───────────────────────────────────────────────────────────────────────────────────────

    def ask(self, job: Callable[[], Any]) -> Any:  # noqa: ANN401  # what the job says
        """The answer of a job on the vault's thread."""
        answers: list[Any] = []
        problems: list[Exception] = []
        tasks = self.app._tasks  # noqa: SLF001  # the one vault thread of the application
        assert tasks is not None  # noqa: S101
        tasks.run(self.window, job, answers.append, problems.append)
        until(lambda: bool(answers or problems))
        if problems:
            raise problems[0]
        return answers[0]

    def request(self, company: str, right: Right) -> RequestId:
        """A request of the sample vault."""
        desk = self.desk

        def look() -> RequestId:
            rows = desk.requests.page(desk.requests.list(RequestFilter()).rows)
            return next(
                RequestId(one.id) for one in rows if one.company_name == company and one.right is right
            )

        found: RequestId = self.ask(look)
        return found

    def go(self, key: str) -> Any:  # noqa: ANN401  # the page of that key
        """Go to a page and let it come to rest."""
        page = self.window.go(key)
        self.calm()
        return page

    def calm(self, seconds: float = _CALM_SECONDS) -> None:
        """Wait until the vault's thread has nothing to do and what it said is on screen."""
        for _ in range(3):
            if self.app._tasks is not None:  # noqa: SLF001
                self.ask(lambda: None)
            rest(seconds / 3)

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Take a picture of the window, or of a dialog, once it has come to rest."""
        self.calm()
        self.camera.take(widget or self.window, name)

    def take_dialog(self, name: str, show: Callable[[], object], seconds: float = 0.3) -> None:
        """Take a picture of the dialog that `show` opens and waits for, and leave it."""
        taken: list[bool] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None:
                timer.start(20)
                return
            self.calm(seconds)
            self.camera.take(dialog, name)
            taken.append(True)
            dialog.close()

        timer = QTimer()
        timer.setSingleShot(True)
        timer.timeout.connect(look)
        timer.start(20)
        show()
        until(lambda: bool(taken))
        self.leave_dialogs()

    def dialog(self, kind: type[Shown]) -> Shown:
        """The dialog of a kind that is open, once it is; one that a scene left behind does not count."""
        found: list[Shown] = []

        def look() -> bool:
            found[:] = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind)]
            found[:] = [one for one in found if one.isVisible()]
            return bool(found)

        until(look)
        return found[-1]

    def leave_dialogs(self) -> None:
        """Leave every dialog that is still open."""
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.done(QDialog.DialogCode.Rejected)
        QApplication.processEvents()

    def end(self) -> None:
        """Take everything off the stage."""
        if self._app is not None:
            self.leave_dialogs()
            self._app.end()
            self._app.deleteLater()
            rest(0.05)
            self._app, self._kind = None, ""

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _changed_over(self, kind: str, vaults: Path) -> Application:
        self.end()
        # the same references in every run, whichever scenes are played
        references.secrets = random.Random(kind)  # type: ignore[assignment, attr-defined]  # noqa: S311
        settings = self.folder / f"{kind}.json"
        look = {"theme": self.camera.look, "text_size": self.camera.text_percent}
        settings.write_text(json.dumps(look), encoding="ascii")
        handover, clock = self.folder / "handover", StoppedClock(SAMPLE_TODAY)
        house = House(vaults=vaults, settings=settings, handover=handover, clock=clock)
        theme = _worn(house)
        self._app = Application(house, theme=theme, opener=Quiet(), is_watching_screen=False)
        self._kind = kind
        self._app.start()
        until(lambda: self.window is not None and self.window.isVisible())
        return self._sized(self._app)

    def _sized(self, app: Application) -> Application:
        assert app.window is not None  # noqa: S101
        app.window.resize(self.camera.width, self.camera.height)
        self.calm()
        return app

    def _vaults(self, *, is_fresh: bool) -> Path:
        return self.folder / ("fresh" if is_fresh else "own")

    def _make_own_vault(self) -> None:
        """A vault with a backup beside it, closed."""
        backups = self.folder / "own" / "Personal.optout" / "backups"
        if not (backups.is_dir() and any(backups.iterdir())):
            self.at_home()
            self.ask(self.desk.backups.back_up)


def until(condition: Callable[[], bool]) -> None:
    """Let Qt work until the condition holds; raises TimeoutError after half a minute."""
    ends = time.monotonic() + LONGEST_WAIT_SECONDS
    while not condition():
        if time.monotonic() > ends:
            raise TimeoutError("the window did not come to where it should")
        QApplication.processEvents()
        time.sleep(0.002)


def rest(seconds: float) -> None:
    """Let Qt work for a while."""
    ends = time.monotonic() + seconds
    until(lambda: time.monotonic() >= ends)


_themes: list[Theme] = []


def _worn(house: House) -> Theme:
    """The one look of this process: it belongs to the application that Qt allows once."""
    if not _themes:
        _themes.append(Theme(house.resources.folder, QApplication.instance()))
    return _themes[0]


def begin() -> None:
    """Make the application of Qt, in English."""
    singletons.keep_alive()
    qInstallMessageHandler(_tell)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)


def _tell(_kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
    if message and not message.startswith("This plugin does not support "):  # there is no window manager
        print(message, file=sys.stderr)


def end() -> None:
    """Let it go."""
    QApplication.quit()


TODAY: date = SAMPLE_TODAY
