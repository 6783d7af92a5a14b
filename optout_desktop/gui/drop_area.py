# SPDX-License-Identifier: Apache-2.0
"""A place to drop files, with a button that does the same; web addresses are refused, not fetched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from optout_desktop.gui import dialogs
from optout_desktop.gui.fields import restyle
from optout_desktop.gui.labels import IconLabel, Look, label
from optout_desktop.gui.voice import announce


def local_files(data: QMimeData) -> tuple[Path, ...]:
    """The files of this computer among what is dragged; folders and web addresses are left out."""
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return tuple(path for path in paths if path.is_file())


class DropArea(QFrame):
    """Files dropped here or chosen by its button."""

    files_given = Signal(object)
    """A tuple of paths, never empty."""

    def __init__(
        self, words: str, button_words: str, filters: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "drop")
        self.setAcceptDrops(True)
        self.setAccessibleName(words)
        self._invitation = words
        self._filters = filters
        self._words = label(words, Look.SECOND, wraps=True)
        self.button = QPushButton(button_words)
        self.button.clicked.connect(self._choose)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(12)
        layout.addWidget(IconLabel("file-plus", 22))
        layout.addWidget(self._words, 1)
        layout.addWidget(self.button)

    @property
    def words(self) -> str:
        """What it says now."""
        return self._words.text()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for whatever has addresses; what they are is looked at on dropping."""
        if event.mimeData().hasUrls():
            self._light(is_over=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go dark again."""
        self._light(is_over=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand over the files; say why the rest was not taken."""
        self._light(is_over=False)
        files = local_files(event.mimeData())
        if len(files) < len(event.mimeData().urls()):
            self._words.setText(
                self.tr(
                    "Only files from this computer can be added. Save the others first, then add them here."
                )
            )
            announce(self, self._words.text())
        else:
            self._words.setText(self._invitation)
        if files:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.files_given.emit(files)

    def _choose(self) -> None:
        files = dialogs.open_files(self, self.button.text().replace("&", "").rstrip("…"), self._filters)
        if files:
            self.files_given.emit(files)

    def _light(self, *, is_over: bool) -> None:
        self.setProperty("over", "true" if is_over else "false")
        restyle(self)
