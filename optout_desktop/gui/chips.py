# SPDX-License-Identifier: Apache-2.0
"""Small words with a shape: the status of a request, and filters that can be taken off again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from optout_desktop.gui import theme
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.tokens import STATUS_ICONS, StatusToken

_PAD_PX = 8
_GAP_PX = 5
_ICON_PX = 15


class StatusChip(QLabel):
    """Icon, word, tinted fill and a border in the word's colour: readable without colour."""

    def __init__(self, words: str, status: StatusToken, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.status = status
        self.say(words, status)

    def say(self, words: str, status: StatusToken) -> None:
        """Show another status."""
        self.status = status
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon and word with room around."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + theme.px(_ICON_PX) + _GAP_PX + 2 * _PAD_PX + 2
        return QSize(width, max(metrics.height() + 6, theme.px(24)))

    def minimumSizeHint(self) -> QSize:
        """The same: a status is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self.text(), self.status, self)


def paint_chip(painter: QPainter, rect: QRectF, words: str, status: StatusToken, widget: QWidget) -> None:
    """Draw a status into a rectangle; also used by lists, which have no widget a row."""
    table = theme.tokens()
    tint = table.statuses[status]
    colour = QColor(tint.text)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # a solid chip would vanish into a border of its own text's colour
    edge = QColor(tint.fill) if status is StatusToken.VIOLATED else colour
    painter.setPen(QPen(edge, table.border_px))
    painter.setBrush(QColor(tint.fill))
    half = table.border_px / 2
    body = rect.adjusted(half, half, -half, -half)
    painter.drawRoundedRect(body, 6, 6)
    side = theme.px(_ICON_PX)
    is_mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    icon_x = rect.right() - _PAD_PX - side if is_mirrored else rect.left() + _PAD_PX
    icon_y = rect.top() + (rect.height() - side) / 2
    painter.drawPixmap(QPointF(icon_x, icon_y), theme.pixmap(STATUS_ICONS[status], tint.text, side, widget))
    painter.setPen(colour)
    taken = _PAD_PX + side + _GAP_PX
    room = rect.adjusted(_PAD_PX, 0, -taken, 0) if is_mirrored else rect.adjusted(taken, 0, -_PAD_PX, 0)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), words)
    painter.restore()


class IconButton(QToolButton):
    """A button with an icon only; its words are its tooltip and what is spoken."""

    def __init__(self, icon: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tint()

    def show_as(self, icon: str, words: str) -> None:
        """Another icon and other words, as for a switch."""
        self._icon = icon
        self.setAccessibleName(words)
        self.setToolTip(words)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon again when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        self.setIcon(theme.icon(self._icon, theme.tokens().text_2))
        side = theme.px(18)
        self.setIconSize(QSize(side, side))


class FilterChip(QPushButton):
    """A filter that is on; pressing it, or Del, takes it off."""

    removed = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setProperty("kind", "chip")
        self.setAccessibleName(self.tr("Remove filter {name}").format(name=words))
        self.setToolTip(self.accessibleName())
        self.setLayoutDirection(
            Qt.LayoutDirection.LeftToRight
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            else Qt.LayoutDirection.RightToLeft  # the cross stands after the word
        )
        self.setIcon(theme.icon("cross", theme.tokens().text_2))
        self.setIconSize(QSize(theme.px(14), theme.px(14)))
        self.clicked.connect(self.removed)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the cross again when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.setIcon(theme.icon("cross", theme.tokens().text_2))


class FilterChips(QWidget):
    """The filters that are on, wrapped into lines; hidden while there are none."""

    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self.hide()

    def set_filters(self, filters: dict[str, str]) -> None:
        """Show these filters: key to words."""
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for key, words in filters.items():
            chip = FilterChip(words, self)
            chip.removed.connect(lambda key=key: self.removed.emit(key))
            self._flow.addWidget(chip)
            chip.show()
        self.setVisible(bool(filters))
