# SPDX-License-Identifier: Apache-2.0
"""A chat message: with whom, at which host, and the words that the conversation will open with."""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.chat_links import LONGEST_TEXT_CHARACTERS, chat_link, is_chat_contact
from optout_desktop.domain.errors import TemplateError
from optout_desktop.domain.letters import Shape
from optout_desktop.gui import theme
from optout_desktop.gui.labels import Look, label, shown, visible_controls
from optout_desktop.gui.new_request.loading import Loaded
from optout_desktop.services.letters import LetterService

_TEXT_PX = 130


class ChatPanel(QWidget):
    """Everything that the link will do, before it is opened."""

    copy_wanted = Signal()
    """The link shall be copied rather than opened."""

    def __init__(self, letters: LetterService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = letters
        self.where = label("", Look.STRONG, wraps=True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(_TEXT_PX))
        self.text.setAccessibleName(self.tr("Text of the chat message"))
        self.copy = QPushButton(self.tr("Copy link"))
        self.copy.clicked.connect(self.copy_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.where)
        layout.addWidget(
            label(
                self.tr("The text is put in for you. Nothing is sent before you press Send there."),
                Look.SECOND,
                wraps=True,
            )
        )
        layout.addWidget(self.text)
        layout.addWidget(self.copy, alignment=Qt.AlignmentFlag.AlignLeading)

    def show_letter(self, loaded: Loaded) -> None:
        """Show where the link leads and what it says."""
        view = loaded.view
        if not is_chat_contact(view.chat_address):
            self.text.clear()
            self.where.clear()
            return
        parts = urlsplit(chat_link(view.chat_address, ""))
        address = f"{parts.netloc}{parts.path}"
        self.where.setText(self.tr("Opens {address}").format(address=shown(address)))
        try:
            body = self._letters.shaped(view, Shape.SHORT, LONGEST_TEXT_CHARACTERS).body
        except TemplateError:
            body = ""  # the way is closed then, and says why
        self.text.setPlainText(visible_controls(body.rstrip()))
