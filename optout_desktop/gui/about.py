# SPDX-License-Identifier: Apache-2.0
"""About: versions and licences of the app and of what it stands on."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6.QtCore import qVersion
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
from optout_desktop.gui.labels import IconLabel, Look, label

PARTS = (
    ("pyside6-essentials", "LGPL-3.0-only"),
    ("sqlalchemy", "MIT"),
    ("sqlcipher3", "Zlib"),
    ("cryptography", "Apache-2.0 OR BSD-3-Clause"),
    ("keyring", "MIT"),
    ("platformdirs", "MIT"),
    ("python-liquid", "MIT"),
    ("segno", "BSD-3-Clause"),
    ("holidays", "MIT"),
    ("typst", "Apache-2.0"),
    ("click", "BSD-3-Clause"),
    ("email-validator", "Unlicense"),
    ("phonenumberslite", "Apache-2.0"),
    ("publicsuffixlist", "MPL-2.0"),
    ("jeepney", "MIT"),
)
"""What the app stands on, and under which licence."""


def installed(name: str) -> str:
    """The version that is installed, or an empty text."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def licence_text(name: str) -> str:
    """The full licence texts that a part brings along, or an empty text."""
    try:
        files = metadata.files(name) or []
    except metadata.PackageNotFoundError:
        return ""
    wanted = [
        each
        for each in files
        if each.name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE"))
        and ".py" not in each.suffixes
    ]
    return "\n\n".join(each.read_text(encoding="utf-8") for each in wanted if each.locate())


class AboutDialog(QDialog):
    """Versions, licences, and that nothing is connected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About OptOut Desktop"))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel("logo", 40, "accent"))
        words = QVBoxLayout()
        words.addWidget(label(APP_NAME, Look.PAGE))
        words.addWidget(
            label(
                self.tr("Version {version} · Python {python} · Qt {qt}").format(
                    version=__version__, python=platform.python_version(), qt=qVersion()
                ),
                Look.SECOND,
            )
        )
        head.addLayout(words, 1)
        tabs = QTabWidget()
        tabs.addTab(self._parts(), self.tr("&Parts"))
        tabs.addTab(self._licence(), self.tr("&Licence texts"))
        close = QPushButton(self.tr("&Close"))
        close.setProperty("kind", "accent")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
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
        self.resize(theme.px(560), 560)

    def _parts(self) -> QTableWidget:
        rows = [(name, installed(name), licence) for name, licence in PARTS if installed(name)]
        self.table = QTableWidget(len(rows), 3)
        self.table.setAccessibleName(self.tr("Parts with version and licence"))
        self.table.setHorizontalHeaderLabels([self.tr("Part"), self.tr("Version"), self.tr("Licence")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                self.table.setItem(y, x, QTableWidgetItem(text))
        return self.table

    def _licence(self) -> QPlainTextEdit:
        self.texts = QPlainTextEdit()
        self.texts.setReadOnly(True)
        self.texts.setAccessibleName(self.tr("Licence texts"))
        own = licence_text("optout-desktop")
        parts = [(name, licence_text(name)) for name, _ in PARTS]
        shown = [("optout-desktop", own), *parts]
        self.texts.setPlainText("\n\n".join(f"{name}\n\n{text}" for name, text in shown if text))
        return self.texts
