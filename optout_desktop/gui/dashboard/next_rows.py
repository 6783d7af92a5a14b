# SPDX-License-Identifier: Apache-2.0
"""One row of *Do next*: status, company, what was asked, and the button for the next step."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.gui import theme, wording
from optout_desktop.gui.labels import ElidedLabel, Look, shown
from optout_desktop.gui.widgets import StatusChip

_FOCUS_PX = 2


class NextRow(QFrame):
    """A request that wants something; the row opens it, the button does the next step."""

    request_wanted = Signal(object)
    """A ``RequestId``."""
    step_wanted = Signal(object, object)
    """The ``RequestOverview`` and its ``NextStep``."""

    def __init__(
        self, row: RequestOverview, today: date, law: str, due_soon_days: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.row = row
        self.step = row.next_step(today)
        words, status = wording.chip(row, today, due_soon_days)
        self.chip = StatusChip(words, status)
        self.company = ElidedLabel(shown(row.company_name), Look.STRONG)
        about = self.tr("{right} · {law}").format(right=wording.right(row.right), law=law)
        if row.due_on is not None and row.days_left(today) is not None and not row.will_lapse:
            about = self.tr("{right} · {law} · due {day}").format(
                right=wording.right(row.right), law=law, day=wording.short_date(row.due_on, today)
            )
        self.about = ElidedLabel(about, Look.SMALL)
        self.button = QPushButton(wording.next_step(self.step))
        self.button.setAccessibleName(
            self.tr("{step}: {company}").format(step=self.button.text(), company=shown(row.company_name))
        )
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(lambda: self.step_wanted.emit(self.row, self.step))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(
            self.tr("{company}, {status}, {about}").format(
                company=shown(row.company_name), status=words, about=about
            )
        )
        self.setProperty("kind", "row")
        self._words = QVBoxLayout()
        self._words.setSpacing(1)
        self._words.addWidget(self.company)
        self._words.addWidget(self.about)
        rule = QFrame()
        rule.setProperty("kind", "line")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(4, 0, 4, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.addWidget(rule, 0, 0, 1, 3)
        self._is_stacked: bool | None = None
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Status above the words where the row is narrow."""
        super().resizeEvent(event)
        self._lay_out()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the button and three letters."""
        return QSize(theme.px(200), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring of the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.tokens().focus), _FOCUS_PX))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere opens the request."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.request_wanted.emit(self.row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the request."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.request_wanted.emit(self.row.id)
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Larger text is laid out anew."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_is_stacked"):
            self._lay_out()

    def _lay_out(self) -> None:
        is_stacked = self.width() < theme.px(620)
        self._grid.setColumnMinimumWidth(0, 0 if is_stacked else theme.px(184))
        if is_stacked is self._is_stacked:
            return
        self._is_stacked = is_stacked
        for widget in (self.chip, self.button):
            self._grid.removeWidget(widget)
        self._grid.removeItem(self._words)
        middle = Qt.AlignmentFlag.AlignVCenter
        if is_stacked:
            self._grid.addWidget(self.chip, 1, 0, 1, 2, Qt.AlignmentFlag.AlignLeading)
            self._grid.addLayout(self._words, 2, 0, 1, 2)
            self._grid.addWidget(self.button, 1, 2, 2, 1, middle)
            self._grid.setColumnStretch(0, 1)
            self._grid.setColumnStretch(1, 0)
        else:
            self._grid.addWidget(self.chip, 1, 0, middle | Qt.AlignmentFlag.AlignLeading)
            self._grid.addLayout(self._words, 1, 1)
            self._grid.addWidget(self.button, 1, 2, middle)
            self._grid.setColumnStretch(0, 0)
            self._grid.setColumnStretch(1, 1)
        self._grid.setRowMinimumHeight(3, 4)
