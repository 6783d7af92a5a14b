# SPDX-License-Identifier: Apache-2.0
"""A telephone call: the number, what to say and to ask in large words, and what is to be written down."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.errors import TemplateError
from optout_desktop.domain.letters import Shape
from optout_desktop.gui import theme
from optout_desktop.gui.fields import FieldRow
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown, visible_controls
from optout_desktop.gui.new_request.loading import Loaded
from optout_desktop.services.letters import LetterService
from optout_desktop.services.sending import SPOKE_WITH, TICKET

Details = tuple[tuple[str, str], ...]
_READ_OUT_PX = 17
_NOTE_PX = 62


def parts_of(script: str) -> tuple[tuple[str, str], ...]:
    """Headings and what stands under each, in order; a heading is a line alone that ends with a colon."""
    found: list[tuple[str, str]] = []
    for piece in script.strip().split("\n\n"):
        is_heading = "\n" not in piece and piece.endswith(":")
        if is_heading:
            found.append((piece.rstrip(":"), ""))
        elif found:
            heading, text = found[-1]
            found[-1] = (heading, f"{text}\n\n{piece}".strip())
        else:
            found.append(("", piece))
    return tuple(found)


class CallPanel(QWidget):
    """The script of a call, and its note."""

    copy_wanted = Signal(str)
    """The number."""
    script_wanted = Signal()
    """The whole script shall be copied."""

    def __init__(self, letters: LetterService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = letters
        self._request = ""
        self.number = label("", Look.TITLE)
        self.number.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.number.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.number.setAccessibleName(self.tr("Telephone number"))
        self.copy_number = QPushButton(self.tr("Copy number"))
        self.copy_number.clicked.connect(lambda: self.copy_wanted.emit(str(self.number.property("plain"))))
        self.copy_script = QPushButton(self.tr("Copy script"))
        self.copy_script.clicked.connect(self.script_wanted)
        line = QWidget()
        flow = FlowLayout(line, 12)
        for widget in (self.number, self.copy_number, self.copy_script):
            flow.addWidget(widget)
        self.parts: list[QLabel] = []
        self._script = QVBoxLayout()
        self._script.setSpacing(4)
        self.spoke_with = QLineEdit()
        self.ticket = QLineEdit()
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.px(_NOTE_PX))
        rows = (
            FieldRow(self.tr("Whom did you speak with?"), self.spoke_with, SPOKE_WITH),
            FieldRow(self.tr("Ticket number"), self.ticket, TICKET),
            FieldRow(self.tr("What was promised or refused?"), self.note, "note"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(line)
        layout.addLayout(self._script)
        layout.addWidget(label(self.tr("During the call"), Look.SECTION))
        for row in rows:
            row.setMaximumWidth(theme.px(480))
            layout.addWidget(row)

    def show_letter(self, loaded: Loaded) -> None:
        """Show number and script; what was noted of a call stays while its letter is open."""
        view = loaded.view
        if view.request.id != self._request:
            self._request = view.request.id
            for field in (self.spoke_with, self.ticket, self.note):
                field.clear()
        self.number.setText(shown(view.phone_number))
        self.number.setProperty("plain", view.phone_number)
        for old in self.parts:
            self._script.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.parts = []
        try:
            script = self._letters.shaped(view, Shape.SCRIPT).body if view.phone_number else ""
        except TemplateError:
            script = ""  # the way is closed then, and says why
        for heading, text in parts_of(script):
            if heading:
                self._add(label(visible_controls(heading), Look.SECTION, wraps=True))
            if text:
                self._add(_large(visible_controls(text)))

    def note_text(self) -> str:
        """What was written down in the person's own words."""
        return self.note.toPlainText().strip()

    def details(self) -> Details:
        """With whom, and under which number."""
        return ((SPOKE_WITH, self.spoke_with.text()), (TICKET, self.ticket.text()))

    def _add(self, part: QLabel) -> None:
        self.parts.append(part)
        self._script.addWidget(part)
        part.show()


def _large(text: str) -> QLabel:
    """Words to be read out while one holds a receiver."""
    words = label(text, wraps=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words.setStyleSheet(f"font-size: {theme.px(_READ_OUT_PX)}px")
    return words
