# SPDX-License-Identifier: Apache-2.0
"""About: versions and licences of the app and of every part that it stands on, to be read and copied."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from optout_desktop import APP_NAME, __version__
from optout_desktop.gui import theme
from optout_desktop.gui.dialog_room import fit
from optout_desktop.gui.labels import IconLabel, Look, label
from optout_desktop.gui.parts import as_table, distributions, engines, licence_text
from optout_desktop.gui.voice import announce


class AboutDialog(QDialog):
    """Versions, licences, and that nothing is connected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About OptOut Desktop"))
        inside = engines()
        self.parts = (*inside, *distributions())
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel("logo", 40, "accent"))
        words = QVBoxLayout()
        words.addWidget(label(APP_NAME, Look.PAGE))
        words.addWidget(label(self.tr("Version {version}").format(version=__version__), Look.SECOND))
        python, qt, cipher, database = (part.version for part in inside)
        standing = self.tr("Python {python} · Qt {qt} · SQLCipher {cipher} · SQLite {database}").format(
            python=python, qt=qt, cipher=cipher, database=database
        )
        words.addWidget(label(standing, Look.SECOND, wraps=True))
        head.addLayout(words, 1)
        tabs = QTabWidget()
        tabs.addTab(self._parts(), self.tr("&Parts"))
        tabs.addTab(self._licence(), self.tr("&Licence texts"))
        self.copy = QPushButton(self.tr("C&opy the list of parts"))
        self.copy.clicked.connect(self._copy)
        close = QPushButton(self.tr("&Close"))
        close.setProperty("kind", "accent")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addStretch()
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        sentence = self.tr(
            "The code is under the Apache License 2.0, laws and letters are in the public domain (CC0). "
            "The app gives information, not legal advice."
        )
        layout.addWidget(label(sentence, wraps=True))
        layout.addWidget(tabs, 1)
        layout.addLayout(row)
        fit(self, theme.px(600), theme.px(600))

    def _parts(self) -> QTableWidget:
        self.table = QTableWidget(len(self.parts), 3)
        self.table.setAccessibleName(self.tr("Parts with version and licence"))
        self.table.setHorizontalHeaderLabels([self.tr("Part"), self.tr("Version"), self.tr("Licence")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        rows = self.table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)  # a long licence takes two lines
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        for y, part in enumerate(self.parts):
            for x, text in enumerate((part.name, part.version, part.licence)):
                self.table.setItem(y, x, QTableWidgetItem(text))
        return self.table

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(as_table(self.parts))
        announce(self, self.tr("The list was copied."))

    def _licence(self) -> QPlainTextEdit:
        self.texts = QPlainTextEdit()
        self.texts.setReadOnly(True)
        self.texts.setAccessibleName(self.tr("Licence texts"))
        names = ("optout-desktop", *(part.name for part in self.parts))
        parts = [(name, licence_text(name)) for name in names]
        self.texts.setPlainText("\n\n".join(f"{name}\n\n{text}" for name, text in parts if text))
        return self.texts
