# SPDX-License-Identifier: Apache-2.0
"""Panes of the wizard: content that scrolls where the window is small, and two columns that become one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

from optout_desktop.gui import theme


def scrolled(content: QWidget) -> QScrollArea:
    """The content in a frame that scrolls up and down."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    content.setProperty("surface", "window")
    area.setWidget(content)
    return area


class TwoColumns(QWidget):
    """Two widgets beside each other, or below each other where there is no room."""

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        from_px: int,
        stretch: tuple[int, int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._from_px = from_px
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.addWidget(first, stretch[0])
        self._row.addWidget(second, stretch[1])

    @property
    def is_narrow(self) -> bool:
        """Whether the columns stand below each other."""
        return self._row.direction() is QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or below, by the width."""
        super().resizeEvent(event)
        is_wide = self.width() >= theme.px(self._from_px)
        wanted = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._row.direction() is not wanted:
            self._row.setDirection(wanted)
