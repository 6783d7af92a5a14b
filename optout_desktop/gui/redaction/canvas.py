# SPDX-License-Identifier: Apache-2.0
"""The picture under the pen: shown at a zoom, with its black boxes, its crop and its watermark; a drag is a box.

What the keyboard does is beside it, in number fields: the canvas only shows, and says what it shows.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from optout_desktop.gui.redaction.pictures import Box, Redaction
from optout_desktop.gui.redaction.watermarks import paint_watermark

SMALLEST_ZOOM, LARGEST_ZOOM = 0.05, 4.0
_AWAY = QColor(0, 0, 0, 140)
"""Over what the crop leaves out."""


class Canvas(QWidget):
    """Shows a picture and what is done to it."""

    drawn = Signal(object)
    """The ``Box`` that was drawn, in pixels of the picture; it may reach over its edge."""
    zoomed = Signal(int)
    """Ctrl and the wheel: one step larger (1) or smaller (-1)."""

    def __init__(self, image: QImage, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = image
        self._words = words
        self._redaction = Redaction()
        self._result: QImage | None = None
        self._zoom = 1.0
        self._from: QPoint | None = None
        self._to = QPoint()
        self.marked: int | None = None
        """The box of the list that is framed, so that it is found."""
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("The picture"))

    @property
    def zoom(self) -> float:
        """Points of the screen a pixel of the picture."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Show the picture larger or smaller."""
        self._zoom = min(LARGEST_ZOOM, max(SMALLEST_ZOOM, zoom))
        self.resize(self.sizeHint())
        self.updateGeometry()
        self.update()

    def show_redaction(self, redaction: Redaction, marked: int | None, said: str) -> None:
        """Show what is done to the picture; ``said`` describes it to a screen reader."""
        self._redaction = redaction
        self.marked = marked
        self.setAccessibleDescription(said)
        self.update()

    def show_result(self, result: QImage | None) -> None:
        """Show the finished copy in the picture's stead, or None for the picture."""
        self._result = result
        self.setCursor(Qt.CursorShape.CrossCursor if result is None else Qt.CursorShape.ArrowCursor)
        self.resize(self.sizeHint())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The picture at its zoom."""
        return (self._result or self._image).size() * self._zoom

    def minimumSizeHint(self) -> QSize:
        """The same: what does not fit is scrolled."""
        return self.sizeHint()

    # ── drawing with the mouse ───────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a box."""
        if event.button() is Qt.MouseButton.LeftButton and self._result is None:
            self._from = self._to = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw its other corner after the pointer."""
        if self._from is not None:
            self._to = event.position().toPoint()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish it."""
        if self._from is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        self._to = event.position().toPoint()
        box = self._box(QRect(self._from, self._to).normalized())
        self._from = None
        self.update()
        self.drawn.emit(box)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl; without it the wheel scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        event.ignore()

    def _box(self, drawn: QRect) -> Box:
        """The drawn rectangle in whole pixels of the picture, none of it lost to rounding."""
        left, top = int(drawn.left() / self._zoom), int(drawn.top() / self._zoom)
        right = -int(-(drawn.right() + 1) // self._zoom)
        bottom = -int(-(drawn.bottom() + 1) // self._zoom)
        return Box(left=left, top=top, width=right - left, height=bottom - top)

    # ── painting ─────────────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The copy as it will be, with what helps to draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(self._zoom, self._zoom)
        if self._result is not None:
            painter.drawImage(QPoint(0, 0), self._result)
            painter.end()
            return
        whole = self._image.rect()
        painter.drawImage(QPoint(0, 0), self._image)
        for box in self._redaction.boxes:
            painter.fillRect(box.rect, Qt.GlobalColor.black)
        kept = self._redaction.crop.rect if self._redaction.crop else whole
        paint_watermark(painter, QRectF(kept), self._words)
        self._dim(painter, whole, kept)
        if self.marked is not None and self.marked < len(self._redaction.boxes):
            self._frame(painter, self._redaction.boxes[self.marked].rect)
        if self._from is not None:
            self._frame(painter, self._box(QRect(self._from, self._to).normalized()).rect)
        painter.end()

    @staticmethod
    def _dim(painter: QPainter, whole: QRect, kept: QRect) -> None:
        below, beside = kept.bottom() + 1, kept.right() + 1
        for away in (
            QRect(0, 0, whole.width(), kept.top()),
            QRect(0, below, whole.width(), whole.height() - below),
            QRect(0, kept.top(), kept.left(), kept.height()),
            QRect(beside, kept.top(), whole.width() - beside, kept.height()),
        ):
            painter.fillRect(away, _AWAY)

    def _frame(self, painter: QPainter, rect: QRect) -> None:
        """A line that shows on black and on white: white, with black dashes on it."""
        for colour, style in (
            (Qt.GlobalColor.white, Qt.PenStyle.SolidLine),
            (Qt.GlobalColor.black, Qt.PenStyle.DashLine),
        ):
            painter.setPen(QPen(QColor(colour), 2 / self._zoom, style))
            painter.drawRect(rect)
