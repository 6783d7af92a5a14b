# SPDX-License-Identifier: Apache-2.0
"""One letter in a window of its own: a reminder, or the request once more."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.gui import letter_words, theme
from optout_desktop.gui.dialog_room import fit
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.new_request.letter import LetterPane
from optout_desktop.gui.new_request.loading import Loaded
from optout_desktop.gui.surroundings import Surroundings


class LetterDialog(QDialog):
    """Shows a letter with its ways out; ``ask`` says whether it was recorded as sent."""

    def __init__(
        self,
        surroundings: Surroundings,
        request_id: RequestId,
        kind: LetterKind,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(letter_words.title(kind))
        self._kind = kind
        self.title = label(self.windowTitle(), Look.TITLE, wraps=True)
        self.pane = LetterPane(surroundings)
        self.pane.sent.connect(lambda _overview: self.accept())
        self.pane.queued.connect(lambda _message: self.accept())
        self.pane.loaded_anew.connect(self._say_company)
        leave = QPushButton(self.tr("Close"))
        leave.clicked.connect(self.reject)
        self.pane.footer.lead(leave)
        self.setProperty("surface", "window")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addWidget(self.pane, 1)
        layout.addWidget(self.pane.footer)
        fit(self, theme.px(940), theme.px(680))
        self.pane.open(request_id, kind, is_editable=False)

    def ask(self) -> bool:
        """Whether it was recorded as sent."""
        return self.exec() == QDialog.DialogCode.Accepted

    def reject(self) -> None:
        """Leave; what was typed into the text is kept."""
        self.pane.preview.keep_edits()
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter presses the main button."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pane.press_main()
            return
        if is_enter:
            return  # Enter alone never sends
        super().keyPressEvent(event)

    def _say_company(self, loaded: Loaded) -> None:
        name = shown(loaded.view.request.company_name)
        self.title.setText(letter_words.title_to(self._kind).format(company=name))
