# SPDX-License-Identifier: Apache-2.0
"""A QR code on screen: black on white in every theme, with the four quiet modules that scanners want."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET_MODULES = 4
SMALLEST_PX = 200


class QrView(QWidget):
    """Draws a square of dark and light modules; its words are what is spoken instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modules: tuple[tuple[bool, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_code(self, modules: Sequence[Sequence[bool]], words: str) -> None:
        """Show a code given row by row (True is dark), without its quiet zone, and say ``words`` for it."""
        self._modules = tuple(tuple(bool(module) for module in row) for row in modules)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    @property
    def module_px(self) -> int:
        """Whole pixels a module, so that the whole is at least 200 px wide."""
        across = len(self._modules) + 2 * QUIET_MODULES
        return max(4, -(-SMALLEST_PX // across))

    def sizeHint(self) -> QSize:
        """The code with its quiet zone."""
        side = self.module_px * (len(self._modules) + 2 * QUIET_MODULES)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """The same: a smaller one might not scan."""
        return self.sizeHint()

    def picture(self) -> QImage:
        """The code, for the clipboard or a file."""
        image = QImage(self.sizeHint(), QImage.Format.Format_RGB32)
        self._draw(QPainter(image))
        return image

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        self._draw(QPainter(self))

    def _draw(self, painter: QPainter) -> None:
        side = self.module_px
        painter.fillRect(QRect(0, 0, self.sizeHint().width(), self.sizeHint().height()), Qt.GlobalColor.white)
        for y, row in enumerate(self._modules):
            for x, is_dark in enumerate(row):
                if is_dark:
                    left, top = (x + QUIET_MODULES) * side, (y + QUIET_MODULES) * side
                    painter.fillRect(QRect(left, top, side, side), Qt.GlobalColor.black)
        painter.end()
