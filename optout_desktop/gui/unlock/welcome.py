# SPDX-License-Identifier: Apache-2.0
"""The first page that anybody sees: what the app does, and the ways to begin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from optout_desktop import APP_NAME
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import IconLabel, Look, label
from optout_desktop.gui.unlock.panel import Panel


def link(words: str, act: Callable[[], object]) -> QPushButton:
    """A button that looks like a link."""
    made = QPushButton(words)
    made.setProperty("kind", "link")
    made.clicked.connect(lambda _on=False: act())
    return made


class WelcomePage(Panel):
    """Where a new person begins."""

    create_wanted = Signal()
    clients_wanted = Signal()
    sample_wanted = Signal()
    open_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(has_logo=True, width=560)
        self.entitle(APP_NAME)
        self.body.addWidget(label(self.tr("Keep proof of every opt-out."), Look.TITLE))
        for icon, words in (
            ("lock", self.tr("Everything stays on this computer, encrypted.")),
            ("plane", self.tr("Nothing is sent until you send it.")),
            ("calendar", self.tr("Each deadline is counted for you, with its reason.")),
        ):
            self.body.addLayout(_promise(icon, words))
        self.body.addSpacing(8)
        self.create_button = QPushButton(self.tr("&Create my vault"))
        self.create_button.setProperty("kind", "accent")
        self.create_button.setDefault(True)
        self.create_button.setAutoDefault(True)
        self.create_button.clicked.connect(self.create_wanted)
        self.sample = QPushButton(self.tr("&Look around with sample data"))
        self.sample.setAutoDefault(True)
        self.sample.clicked.connect(self.sample_wanted)
        row = FlowLayout()
        row.addWidget(self.create_button)
        row.addWidget(self.sample)
        self.body.addLayout(row)
        links = QWidget()
        flow = FlowLayout(links)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.addWidget(link(self.tr("&Open an existing vault…"), self.open_wanted.emit))
        flow.addWidget(link(self.tr("&Restore a backup…"), self.restore_wanted.emit))
        flow.addWidget(link(self.tr("I &file for clients"), self.clients_wanted.emit))
        self.body.addWidget(links)
        self.setFocusProxy(self.create_button)


def _promise(icon: str, words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(IconLabel(icon, 18, "accent"))
    row.addWidget(label(words, wraps=True), 1)
    return row
