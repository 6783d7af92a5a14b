# SPDX-License-Identifier: Apache-2.0
"""The frame of every page before unlocking: one calm column in the middle, which scrolls where it must."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from optout_desktop.gui import theme
from optout_desktop.gui.labels import IconLabel, Look, label


class Panel(QScrollArea):
    """A card in the middle of the window; ``body`` takes the content."""

    def __init__(self, *, has_logo: bool = False, width: int = 480) -> None:
        super().__init__()
        self._width = width
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QFrame()
        ground.setProperty("surface", "window")
        self.card = QFrame()
        self.card.setProperty("kind", "card")
        self.body = QVBoxLayout(self.card)
        self.body.setContentsMargins(32, 28, 32, 28)
        self.body.setSpacing(12)
        self._step = label("", Look.SECTION)
        self._step.hide()
        self.body.addWidget(self._step)
        head = QHBoxLayout()
        head.setSpacing(12)
        if has_logo:
            head.addWidget(IconLabel("logo", 36, "accent"))
        self.title = label("", Look.PAGE, wraps=True)
        head.addWidget(self.title, 1)
        self.body.addLayout(head)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(self.card)
        middle.addStretch()
        outer = QVBoxLayout(ground)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)
        self.setWidget(ground)
        self._fit()

    def entitle(self, title: str, step: str = "") -> None:
        """Give the page its heading, and which step of how many it is."""
        self.title.setText(title)
        self._step.setText(step)
        self._step.setVisible(bool(step))
        self.setAccessibleName(title)

    def changeEvent(self, event: QEvent) -> None:
        """A wider column for larger text."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _fit(self) -> None:
        if hasattr(self, "card"):
            self.card.setFixedWidth(min(theme.px(self._width), 880))


def buttons(*widgets: QWidget) -> QHBoxLayout:
    """A row of buttons at the trailing edge, the main one last."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch()
    for widget in widgets:
        row.addWidget(widget)
    return row
