# SPDX-License-Identifier: Apache-2.0
"""The person's own notes about one request, kept a second after the last key and on leaving."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.ids import RequestId
from optout_desktop.gui import theme
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.surroundings import Surroundings

IDLE_MS = 1000


class NotesTab(QWidget):
    """A text that saves itself; each kept version can be undone."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._request: RequestId | None = None
        self._kept = ""
        self._saves_on_their_way = 0
        self.edit = _NoteEdit(self)
        self.edit.setAccessibleName(self.tr("Notes"))
        self.edit.setPlaceholderText(self.tr("Your own notes. They stay in the vault and are in no letter."))
        self.edit.setMinimumHeight(theme.px(160))
        self.edit.setTabChangesFocus(True)
        self.state = label("", Look.SMALL)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.save)
        self.edit.textChanged.connect(self._changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 8)
        layout.setSpacing(6)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.state)

    @property
    def is_waiting(self) -> bool:
        """Whether something typed is not kept yet."""
        return self.edit.toPlainText() != self._kept

    def show_note(self, request: RequestId, text: str) -> None:
        """Show the note of this request; what is being typed for it stays."""
        if request != self._request:
            self.save()
            self._request = request
        elif self.is_waiting or self._saves_on_their_way:
            return  # what comes back was read before what is being typed
        self._kept = text
        if text != self.edit.toPlainText():
            self.edit.setPlainText(text)
        self.state.setText("")

    def save(self) -> None:
        """Keep what was typed, where it is new."""
        self._idle.stop()
        if self._request is None or not self.is_waiting:
            return
        text = self.edit.toPlainText()
        self._kept = text
        self._saves_on_their_way += 1
        notes = self._surroundings.desk.requests
        self._surroundings.tasks.run(
            self, partial(notes.save_note, self._request, text), self._saved, self._not_saved
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving keeps it."""
        super().hideEvent(event)
        self.save()

    def _changed(self) -> None:
        if self.is_waiting:
            self.state.setText(self.tr("Not saved yet"))
            self._idle.start()

    def _not_saved(self, error: OptOutError) -> None:
        self._saves_on_their_way -= 1
        self._kept = ""
        self._surroundings.errors.show(error, self)

    def _saved(self, _none: None) -> None:
        self._saves_on_their_way -= 1
        self.state.setText("" if self.is_waiting else self.tr("Saved"))
        self._surroundings.tasks.announce()


class _NoteEdit(QPlainTextEdit):
    def __init__(self, tab: NotesTab) -> None:
        super().__init__(tab)
        self._tab = tab

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tab.save()
