# SPDX-License-Identifier: Apache-2.0
"""Backups: which there are, one more now, one to a place of one's own, and bringing one back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from optout_desktop.gui import dialogs, theme
from optout_desktop.gui.labels import Look, isolated, label
from optout_desktop.gui.settings.rows import Section
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.widgets import FlowLayout
from optout_desktop.gui.wording import instant
from optout_desktop.services.backups import BackupView

_SUFFIX = ".optoutbak"


class BackupsSection(Section):
    """Every backup is opened and checked when it is made."""

    restore_wanted = Signal()

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entitle(self.tr("Backups"))
        self._around = surroundings
        self.say(
            self.tr(
                "After the first change of a day a backup is made beside the vault, and checked. "
                "7 daily, 4 weekly and 12 monthly ones are kept. A disk that breaks takes them along: "
                "keep one elsewhere now and then."
            )
        )
        self.now = QPushButton(self.tr("&Back up now"))
        self.now.clicked.connect(self.back_up)
        self.elsewhere = QPushButton(self.tr("Back up to a &file…"))
        self.elsewhere.clicked.connect(self._back_up_elsewhere)
        self.restore = QPushButton(self.tr("&Restore…"))
        self.restore.clicked.connect(self.restore_wanted)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.now, self.elsewhere, self.restore):
            flow.addWidget(button)
        self.add(buttons)
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName(self.tr("Backups beside the vault"))
        self.table.setHorizontalHeaderLabels([self.tr("Made"), self.tr("Size")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(theme.px(180))
        self.none = label(self.tr("There is no backup yet."), Look.SECOND)
        self.add(self.none)
        self.add(self.table)
        self.finish()

    def refresh(self) -> None:
        """Ask which backups there are."""
        desk = self._around.desk

        def look() -> tuple[tuple[str, str], ...]:
            size = self.locale().formattedDataSize
            kept = desk.backups.automatic()
            return tuple((instant(each.made_at), size(each.size_bytes)) for each in kept)

        self._around.tasks.run(self, look, self._show)

    def back_up(self) -> None:
        """Make one now."""
        self._start(None)

    def _back_up_elsewhere(self) -> None:
        proposed = Path(self.tr("{vault} backup").format(vault=self._around.desk.name) + _SUFFIX)
        title, filters = self.tr("Back up to"), self.tr("Backups (*.optoutbak)")
        path = dialogs.save_file(self, title, proposed, filters)
        if path is not None:
            self._start(path)

    def _start(self, to: Path | None) -> None:
        desk = self._around.desk
        self.now.setEnabled(False)
        self.elsewhere.setEnabled(False)

        def rest() -> None:
            self.now.setEnabled(True)
            self.elsewhere.setEnabled(True)

        def done(made: BackupView) -> None:
            rest()
            self._around.say(
                self.tr("The backup {name} was made and checked: {count} requests.").format(
                    name=isolated(made.path.name), count=made.requests
                )
            )
            self._around.tasks.announce()
            self.refresh()

        def failed(error: Exception) -> None:
            rest()
            self._around.errors.show(error, self)

        self._around.tasks.run(self, lambda: desk.backups.back_up(to), done, failed)

    def _show(self, lines: tuple[tuple[str, str], ...]) -> None:
        self.none.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.table.setRowCount(len(lines))
        for y, line in enumerate(lines):
            for x, text in enumerate(line):
                self.table.setItem(y, x, QTableWidgetItem(text))
