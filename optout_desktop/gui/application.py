# SPDX-License-Identifier: Apache-2.0
"""The running app: locked or unlocked, and nothing between.

Locked there is the entrance and a vault thread; unlocked, a desk on that same thread and the main window.
Locking closes the vault on its thread, clears what lies about, and destroys the window. A vault that turns out
to be damaged while it is open is locked, and the entrance shows what can be done about it.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from optout_desktop import APP_NAME, __version__
from optout_desktop.domain.errors import OptOutError, VaultDamaged
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui import singletons, warming
from optout_desktop.gui.errors import Errors
from optout_desktop.gui.single_instance import SingleInstance, ask
from optout_desktop.gui.tasks import Tasks
from optout_desktop.gui.theme import Appearance, Theme, dressed_application
from optout_desktop.gui.unlock.doors import House
from optout_desktop.gui.unlock.entrance import Entrance

if TYPE_CHECKING:
    from optout_desktop.gui.autolock import AutoLock
    from optout_desktop.gui.main_window import MainWindow
    from optout_desktop.gui.screen_watcher import ScreenWatcher
    from optout_desktop.gui.surroundings import Opener
    from optout_desktop.gui.system_clipboard import SystemClipboard
    from optout_desktop.services.desk import Desk

_APPEARANCES = {
    "system": Appearance.SYSTEM,
    "light": Appearance.LIGHT,
    "dark": Appearance.DARK,
    "contrast": Appearance.HIGH_CONTRAST,
}
Preferences = dict[str, bool | int | str]
_TIDY_EVERY_MS = 60_000
_STALE_SECONDS = 24 * 3600
_SETTLED_AT_LATEST_MS = 500


class LockedWindow(QMainWindow):
    """The window while no vault is open; its title tells nothing."""

    quit_wanted = Signal()

    def __init__(self, entrance: Entrance) -> None:
        super().__init__()
        self.setWindowTitle(APP_NAME)
        self.entrance = entrance
        self.setCentralWidget(entrance)
        self.setMinimumSize(640, 520)
        self.resize(960, 680)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window quits."""
        event.ignore()
        self.quit_wanted.emit()


@dataclass(slots=True, kw_only=True, eq=False)
class _Session:
    """What exists while a vault is open."""

    desk: Desk
    window: MainWindow
    autolock: AutoLock
    watcher: ScreenWatcher | None
    is_damaged: bool = False


class Application(QObject):
    """Switches between locked and unlocked."""

    locked = Signal()
    unlocked = Signal()
    ended = Signal()
    settled = Signal()
    """The entrance is painted, or nobody sees it: what could wait is done now, before anything can be asked."""

    def __init__(
        self,
        house: House,
        *,
        theme: Theme | None = None,
        opener: Opener | None = None,
        is_watching_screen: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._house = house
        self._opener = opener
        self._is_watching_screen = is_watching_screen
        self._preferences: Preferences = house.machine.all()
        self._theme = theme or Theme(house.resources.folder, self)
        self._wear()
        self._saved_at: datetime | None = None
        self.errors = Errors(saved_at=lambda: self._saved_at, parent=self, take_over=self._take_over)
        self._key = ""
        self._was_warmed = False
        self._instance = SingleInstance(self)
        self._instance.raise_wanted.connect(self.raise_window)
        self._instance.lock_wanted.connect(self.lock)
        self._locked_window: LockedWindow | None = None
        self._session: _Session | None = None
        self._tasks: Tasks | None = None
        self._tidying = QTimer(self)
        self._tidying.timeout.connect(self._tidy)

    # ── what the hall and the tests ask ──────────────────────────────────────────────────────────────

    def start(self) -> bool:
        """Show the entrance, unless another window has the same vault: that one is raised, and we leave."""
        paths = self._house.glance()
        key = str(paths[0]) if paths else "first run"
        if ask(key):
            return False
        self._key = key
        self._show_entrance(paths)
        QTimer.singleShot(
            _SETTLED_AT_LATEST_MS, self, self._settle
        )  # a window that nobody sees is not painted
        return True

    @cached_property
    def clipboard(self) -> SystemClipboard:
        """Where copied text goes."""
        from optout_desktop.gui.system_clipboard import SystemClipboard

        return SystemClipboard(parent=self)

    @property
    def window(self) -> LockedWindow | MainWindow | None:
        """The window that is shown."""
        return self._session.window if self._session else self._locked_window

    @property
    def entrance(self) -> Entrance | None:
        """The pages before unlocking, while locked."""
        return self._locked_window.entrance if self._locked_window else None

    @property
    def desk(self) -> Desk | None:
        """The services, while unlocked."""
        return self._session.desk if self._session else None

    @property
    def tasks(self) -> Tasks | None:
        """The background of the present state: the vault's thread and the pool."""
        return self._tasks

    @property
    def autolock(self) -> AutoLock | None:
        """Counts idle seconds, while unlocked."""
        return self._session.autolock if self._session else None

    def raise_window(self) -> None:
        """Bring the window to the front."""
        if (window := self.window) is not None:
            window.showNormal() if window.isMinimized() else window.show()
            window.raise_()
            window.activateWindow()

    def lock(self) -> None:
        """Close the vault, clear what lies about, destroy the window, show the entrance."""
        if self._session is None:
            return
        self._close_session()
        self._show_entrance(self._house.glance())
        self.locked.emit()

    def end(self) -> None:
        """Close everything; no window is left afterwards."""
        self._close_session()
        self._drop_entrance()
        if self._tasks is not None:
            self._tasks.close()
            self._tasks = None
        self._instance.end()
        self.ended.emit()

    # ── locked ───────────────────────────────────────────────────────────────────────────────────────

    def _show_entrance(self, paths: tuple[Path, ...]) -> None:
        self._tasks = Tasks(self.errors.show, self.errors.show_bug, take_over=self._take_over)
        entrance = Entrance(self._house, self._tasks, paths)
        entrance.opened.connect(self._open)
        entrance.painted.connect(self._painted)
        entrance.in_use.connect(lambda path: ask(str(path)))
        entrance.help_wanted.connect(self._help)
        self._locked_window = LockedWindow(entrance)
        self._locked_window.quit_wanted.connect(self.end)
        self._locked_window.show()
        entrance.setFocus()

    def _painted(self) -> None:
        self._settle()
        if self._tasks is not None and self.entrance is not None:
            self._tasks.run(self.entrance, self._load, self._warmed_up)

    def _settle(self) -> None:
        """What can wait for the first paint, once."""
        if self._key:
            gc.enable()
            self._instance.listen(self._key)
            self._key = ""
            self.settled.emit()

    def _load(self) -> None:
        self._house.warm_up()
        from optout_desktop.gui import autolock, main_window, pages  # noqa: F401 - loaded while the person types
        from optout_desktop.gui.dashboard import page  # noqa: F401

    def _warmed_up(self, _nothing: None) -> None:
        if self.entrance is not None:
            self.entrance.warmed_up()
            if not self._was_warmed:  # once: what a closed vault left behind must not be kept for ever
                QTimer.singleShot(0, self.entrance, warming.learn_widgets)
            self._was_warmed = True

    def _help(self, screen: str) -> None:
        from optout_desktop.gui.help.page import HelpWindow

        HelpWindow(self._help_folder(), screen, self._locked_window).open()

    def _help_folder(self) -> Path:
        return self._house.resources.folder / "help" / "en"

    def _drop_entrance(self) -> None:
        if self._locked_window is not None:
            _destroy(self._locked_window)
            self._locked_window = None

    # ── unlocked ─────────────────────────────────────────────────────────────────────────────────────

    def _open(self, desk: Desk, is_new: bool, is_for_clients: bool) -> None:  # noqa: FBT001 - a signal
        from optout_desktop.gui.autolock import AutoLock, LockWarning
        from optout_desktop.gui.main_window import MainWindow
        from optout_desktop.gui.surroundings import DesktopOpener

        if self._tasks is None:
            return
        self._was_warmed = True  # from now on there is something to forget
        tasks = self._tasks
        desk.vault.watch(tasks.announce)
        tasks.vault_changed.connect(self._note_saving)
        window = MainWindow(
            desk, tasks, self.errors, self._opener or DesktopOpener(), self.clipboard, self._help_folder()
        )
        window.lock_wanted.connect(self._lock_soon)
        window.quit_wanted.connect(self.end)
        window.own_vault_wanted.connect(self._start_own_vault)
        window.restore_wanted.connect(self._start_restore)
        window.preferences_read.connect(self._apply)
        window.was_minimised.connect(self._minimised)
        autolock = AutoLock(int(self._preferences["lock_minutes"]), parent=window)
        LockWarning(autolock, window)
        autolock.lock_wanted.connect(self._lock_soon)
        self._session = _Session(desk=desk, window=window, autolock=autolock, watcher=self._watch(window))
        self._instance.listen(str(desk.path))
        window.show()
        if is_new:
            window.begin_first_run(is_for_clients=is_for_clients)
        else:
            window.begin()
        self._drop_entrance()
        autolock.begin()
        self._tidying.start(_TIDY_EVERY_MS)
        self.unlocked.emit()

    def _tidy(self) -> None:
        """Handed-over files live for ten minutes."""
        self._house.handover.remove_expired()

    def _watch(self, window: MainWindow) -> ScreenWatcher | None:
        if not self._is_watching_screen:
            return None
        from optout_desktop.gui.screen_watcher import ScreenWatcher

        watcher = ScreenWatcher(parent=window)
        watcher.screen_locked.connect(lambda: self._lock_if("lock_with_screen"))
        watcher.sleep_begins.connect(lambda: self._lock_if("lock_on_suspend"))
        return watcher

    def _minimised(self) -> None:
        self._lock_if("lock_when_minimised")

    def _lock_if(self, preference: str) -> None:
        if self._preferences.get(preference):
            self._lock_soon()

    def _lock_soon(self) -> None:
        # the button that asked is part of the window that goes
        QTimer.singleShot(0, self.lock)

    def _close_session(self) -> None:
        session, tasks = self._session, self._tasks
        if session is None or tasks is None:
            return
        self._session = self._tasks = None
        self._tidying.stop()
        session.autolock.end()
        if session.watcher is not None:
            session.watcher.end()
        if session.window.post.is_running:
            from optout_desktop.gui.covering import cover

            cover(session.window)
        else:
            session.window.hide()
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.done(QDialog.DialogCode.Rejected)
        self.clipboard.clear_if_ours()
        self._house.handover.clear()
        session.window.post.end()
        session.window.hide()
        try:
            tasks.close(session.desk.close)
        except OptOutError as error:
            self.errors.show(error)
        _destroy(session.window)
        tasks.deleteLater()

    def _take_over(self, error: OptOutError) -> bool:
        """Whether the error ends the session: what the open vault still holds is no business of its pages then."""
        session = self._session
        if session is None or not isinstance(error, VaultDamaged):
            return False
        if not session.is_damaged:  # all that was asked for at once comes back with it
            session.is_damaged = True
            path = session.desk.path
            self._leave_for(lambda entrance: entrance.show_damaged(path, Secret("")))
        return True

    def _start_own_vault(self) -> None:
        self._leave_for(lambda entrance: entrance.start_vault())

    def _start_restore(self) -> None:
        self._leave_for(lambda entrance: entrance.start_restore())

    def _leave_for(self, act: Callable[[Entrance], None]) -> None:
        def leave() -> None:
            self.lock()
            if self.entrance is not None:
                act(self.entrance)

        QTimer.singleShot(0, leave)

    # ── settings ─────────────────────────────────────────────────────────────────────────────────────

    def _apply(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._wear()
        self.clipboard.set_seconds(int(preferences["clipboard_seconds"]))
        if self.autolock is not None and self.autolock.idle_minutes != preferences["lock_minutes"]:
            self.autolock.set_idle_minutes(int(preferences["lock_minutes"]))

    def _wear(self) -> None:
        appearance = _APPEARANCES[str(self._preferences["theme"])]
        self._theme.wear(appearance, int(self._preferences["text_size"]) / 100)

    def _note_saving(self) -> None:
        self._saved_at = self._house.clock.now().replace(tzinfo=UTC).astimezone()


def _destroy(window: QWidget) -> None:
    """Take a window off the screen now, and let Qt delete it once nothing of it is running."""
    window.hide()
    window.setParent(None)
    window.deleteLater()


def _clear_stale(private: Path) -> None:
    """Remove the folders for Qt's own settings that killed runs left beside ours."""
    for folder in private.parent.glob("optout-qt-*"):
        if folder != private and folder.stat().st_mtime < private.stat().st_mtime - _STALE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _settle_down(private: Path) -> None:
    """Send what Qt remembers of dialogs to our private folder, and clear away what earlier runs left."""
    from optout_desktop.gui import dialogs

    dialogs.redirect_qsettings(private)
    _clear_stale(private)


def run(house: House, argv: list[str]) -> int:
    """Open the window and stay until it is closed; the answer is the exit status."""
    singletons.keep_alive()
    private = Path(tempfile.mkdtemp(prefix="optout-qt-", dir=os.environ.get("XDG_RUNTIME_DIR") or None))
    try:
        if QLocale().language() == QLocale.Language.C:
            QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        app = dressed_application(argv)
        app.setApplicationName(APP_NAME)
        app.setApplicationVersion(__version__)
        app.setQuitOnLastWindowClosed(False)
        application = Application(house)
        application.errors.install_excepthook()
        application.errors.install_qt_handler()
        application.ended.connect(app.quit)
        application.settled.connect(lambda: _settle_down(private))
        if not application.start():
            return 0
        return app.exec()
    finally:
        shutil.rmtree(private, ignore_errors=True)
