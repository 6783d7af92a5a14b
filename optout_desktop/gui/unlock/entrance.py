# SPDX-License-Identifier: Apache-2.0
"""The window while no vault is open: a stack of pages that ends in a ``Desk``.

Welcome where there is no vault yet, else the unlock page; from both to a new vault, the sample, a recovery
code or a backup, and back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.tasks import Tasks
from optout_desktop.gui.unlock.doors import House, enter
from optout_desktop.gui.unlock.page import UnlockPage
from optout_desktop.gui.unlock.panel import Panel
from optout_desktop.gui.unlock.welcome import WelcomePage

if TYPE_CHECKING:
    from optout_desktop.services.desk import Desk


class Entrance(QStackedWidget):
    """Every page before unlocking."""

    opened = Signal(object, bool, bool)
    """The ``Desk``; whether its vault is new; whether it is for clients."""
    painted = Signal()
    """The first page is on screen."""
    in_use = Signal(object)
    help_wanted = Signal(str)

    def __init__(
        self, house: House, tasks: Tasks, paths: tuple[Path, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "window")
        self._house = house
        self._tasks = tasks
        self._paths = paths
        self._is_painted = False
        self._is_for_clients = False
        self._first: WelcomePage | UnlockPage = self._unlock_page() if self._paths else self._welcome_page()
        self.addWidget(self._first)
        self.setFocusProxy(self._first)

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self.currentWidget()

    @property
    def screen_name(self) -> str:
        """What the help calls this screen."""
        return "unlock" if isinstance(self.page, UnlockPage) else "first_run"

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first paint is what the start-up is measured by; heavy things are loaded after it."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def warmed_up(self) -> None:
        """The services are there now."""
        if isinstance(self._first, UnlockPage):
            self._first.look_at_keyring()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the first page; F1 helps."""
        if event.key() == Qt.Key.Key_F1:
            self.help_wanted.emit(self.screen_name)
        elif event.key() == Qt.Key.Key_Escape and self.page is not self._first:
            self.back()
        else:
            super().keyPressEvent(event)

    def back(self) -> None:
        """To the first page."""
        page = self.page
        if page is not self._first and page is not None:
            self.removeWidget(page)
            page.deleteLater()
        self.setCurrentWidget(self._first)
        self._first.setFocus()

    def show_vault(self, path: Path) -> None:
        """The unlock page with this vault chosen."""
        if not isinstance(self._first, UnlockPage):
            old, self._paths = self._first, (path,)
            self._first = self._unlock_page()
            self.addWidget(self._first)
            self.removeWidget(old)
            old.deleteLater()
            self.setFocusProxy(self._first)
        self._first.choose(path)
        self.back()

    def start_sample(self) -> None:
        """Make the sample vault and open it."""
        house = self._house
        page = _Preparing()
        self._show(page)
        told = self._tasks.progress(page, page.show_progress)

        def failed(error: OptOutError) -> None:
            page.line.setText(str(error))

        self._tasks.run(
            self,
            lambda: enter(house, house.open_sample(told)),
            lambda desk: self.opened.emit(desk, False, False),
            failed,
        )

    def start_vault(self, *, is_for_clients: bool = False) -> None:
        """Step 1 of the first run."""
        from optout_desktop.gui.unlock.first_run import VaultStep

        self._is_for_clients = is_for_clients
        page = VaultStep(self._house, self._tasks)
        page.left.connect(self.back)
        page.opened.connect(self._new_vault_opened)
        self._show(page)

    def start_restore(self, into: Path | None = None) -> None:
        """The page that restores a backup."""
        from optout_desktop.gui.unlock.restore import RestorePage

        page = RestorePage(self._house, self._tasks, into=into)
        page.left.connect(self.back)
        page.restored.connect(self.show_vault)
        self._show(page)

    def start_recovery(self, path: Path | None) -> None:
        """The page that takes a recovery code."""
        if path is None:
            return
        from optout_desktop.gui.unlock.recovery import RecoveryPage

        page = RecoveryPage(self._house, self._tasks, path)
        page.left.connect(self.back)
        page.opened.connect(self._vault_opened)
        page.damaged.connect(self.show_damaged)
        self._show(page)

    def show_damaged(self, path: Path, key: Secret) -> None:
        """The page about a damaged vault."""
        from optout_desktop.gui.unlock.damaged import DamagedPage

        page = DamagedPage(self._house, self._tasks, path, key)
        page.left.connect(self.back)
        page.restored.connect(self.show_vault)
        page.another_wanted.connect(self.start_restore)
        page.salvage_wanted.connect(self.start_salvage)
        self._show(page)

    def start_salvage(self, path: Path, key: Secret) -> None:
        """The page that saves what is readable of a damaged vault."""
        from optout_desktop.gui.unlock.salvage import SalvagePage

        page = SalvagePage(self._house, self._tasks, path, key)
        page.left.connect(lambda: self.show_damaged(path, key))
        page.saved.connect(self.show_vault)
        self._show(page)

    def _show(self, page: QWidget) -> None:
        self.back()
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.setFocus()

    def _vault_opened(self, desk: Desk) -> None:
        self.opened.emit(desk, False, False)

    def _new_vault_opened(self, desk: Desk) -> None:
        self.opened.emit(desk, True, self._is_for_clients)

    def _unlock_page(self) -> UnlockPage:
        page = UnlockPage(self._house, self._tasks, self._paths)
        page.opened.connect(self._vault_opened)
        page.damaged.connect(self.show_damaged)
        page.in_use.connect(self.in_use)
        page.new_wanted.connect(self.start_vault)
        page.sample_wanted.connect(self.start_sample)
        page.recovery_wanted.connect(self.start_recovery)
        page.restore_wanted.connect(self.start_restore)
        return page

    def _welcome_page(self) -> WelcomePage:
        page = WelcomePage()
        page.create_wanted.connect(self.start_vault)
        page.clients_wanted.connect(lambda: self.start_vault(is_for_clients=True))
        page.sample_wanted.connect(self.start_sample)
        page.open_wanted.connect(self._open_existing)
        page.restore_wanted.connect(self.start_restore)
        return page

    def _open_existing(self) -> None:
        from optout_desktop.gui import dialogs
        from optout_desktop.gui.unlock.doors import SUFFIX

        folder = dialogs.choose_folder(self, self.tr("Choose a vault's folder, which ends in .optout"))
        if folder is not None and folder.suffix == SUFFIX:
            self.show_vault(folder)
        elif folder is not None:
            dialogs.tell(
                self,
                self.tr("This folder is not a vault"),
                self.tr("A vault is a folder whose name ends in .optout. Nothing was changed."),
            )


class _Preparing(Panel):
    """While the sample is made."""

    def __init__(self) -> None:
        super().__init__()
        self.entitle(self.tr("Preparing the sample"))
        self.line = label(self.tr("Made-up people and companies; sending is off."), Look.SECOND, wraps=True)
        self.body.addWidget(self.line)
        from PySide6.QtWidgets import QProgressBar

        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self.title.text())
        self.body.addWidget(self.bar)

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
