# SPDX-License-Identifier: Apache-2.0
"""What happened, newest first or last as it is handed in: day, sign, sentence, and a second line in grey."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optout_desktop.gui import theme
from optout_desktop.gui.labels import IconLabel, Look, label
from optout_desktop.gui.tokens import STATUS_ICONS, StatusToken

_ICON_PX = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One row; ``action`` is a word and what pressing it does."""

    day: str
    sentence: str
    second: str = ""
    status: StatusToken | None = None
    icon: str = "note"
    action: tuple[str, Callable[[], object]] | None = None


class Timeline(QWidget):
    """Rows along one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Timeline"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 4, 0, 4)
        self._layout.setSpacing(0)
        self._layout.addStretch()
        self.rows: list[TimelineRow] = []

    def show_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show these rows instead of those before."""
        for row in self.rows:
            self._layout.removeWidget(row)
            row.deleteLater()
        self.rows = [
            TimelineRow(entry, is_first=at == 0, is_last=at == len(entries) - 1)
            for at, entry in enumerate(entries)
        ]
        for at, row in enumerate(self.rows):
            self._layout.insertWidget(at, row)


class TimelineRow(QFrame):
    """One event."""

    def __init__(self, entry: TimelineEntry, *, is_first: bool, is_last: bool) -> None:
        super().__init__()
        self.entry = entry
        self._is_first = is_first
        self._is_last = is_last
        spoken = self.tr("{day}: {sentence} {second}")
        self.setAccessibleName(
            spoken.format(day=entry.day, sentence=entry.sentence, second=entry.second).strip()
        )
        day = label(entry.day, Look.SMALL)
        day.setMinimumWidth(theme.px(76))
        day.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._icon = _EntryIcon(entry)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(entry.sentence, wraps=True))
        if entry.second:
            words.addWidget(label(entry.second, Look.SMALL, wraps=True))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 8)
        layout.setSpacing(12)
        layout.addWidget(day)
        layout.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        if entry.action is not None:
            words_of_action, act = entry.action
            button = QPushButton(words_of_action)
            button.setProperty("kind", "link")
            button.clicked.connect(lambda _checked=False, act=act: act())
            layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line that joins the signs."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme.tokens().hairline), 2))
        sign = self._icon.geometry()
        middle = sign.center().x()
        if not self._is_first:
            painter.drawLine(middle, 0, middle, sign.top() - 4)
        if not self._is_last:
            painter.drawLine(middle, sign.bottom() + 5, middle, self.height())


class _EntryIcon(IconLabel):
    def __init__(self, entry: TimelineEntry) -> None:
        super().__init__(STATUS_ICONS[entry.status] if entry.status else entry.icon, _ICON_PX)
        self._status = entry.status

    def colour(self) -> str:
        """The status's colour, or the quiet one."""
        table = theme.tokens()
        return table.statuses[self._status].on_surface if self._status else table.text_2
