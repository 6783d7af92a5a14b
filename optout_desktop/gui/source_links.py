# SPDX-License-Identifier: Apache-2.0
"""A web address that the person may open or copy; nothing is opened before they said so."""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6.QtWidgets import QPushButton, QWidget

from optout_desktop.gui import dialogs
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.voice import announce


class SourceLinks(QWidget):
    """“Open the source” and “Copy link” for one address; ``name`` says to a screen reader which source."""

    def __init__(
        self, surroundings: Surroundings, link: str, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._link = link
        named = name or _host(link)
        self.open = self._button(self.tr("Open the source…"), self.tr("Open the source: {name}"), named)
        self.copy = self._button(self.tr("Copy link"), self.tr("Copy the link: {name}"), named)
        self.open.clicked.connect(self._open)
        self.copy.clicked.connect(self._copy)
        row = FlowLayout(self)
        row.addWidget(self.open)
        row.addWidget(self.copy)

    def _button(self, words: str, spoken: str, name: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", "link")
        button.setAccessibleName(spoken.format(name=name))
        button.setToolTip(self._link)
        return button

    def _copy(self) -> None:
        self._surroundings.clipboard.put(self._link)
        announce(self, self.tr("The link was copied."))

    def _open(self) -> None:
        is_wanted = dialogs.confirm(
            self,
            self.tr("Open {host} in your browser?").format(host=_host(self._link)),
            self.tr("The site will see your network address. This app itself connects to nothing."),
            self.tr("Open the page"),
        )
        if is_wanted:
            self._surroundings.opener.open(self._link)


def _host(link: str) -> str:
    return urlsplit(link).hostname or link
