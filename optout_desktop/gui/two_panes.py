# SPDX-License-Identifier: Apache-2.0
"""Two panes: a list with its search, and one of its rows in full; one pane where two do not fit.

The page that owns it fills the list and the detail; which of them is seen, how the keys of the search field move the
highlight and how one gets back, is said here once.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.gui import theme

_TWO_PANES_FROM_PX = 760


class Rows(Protocol):
    """What the list must be able to do."""

    def step(self, by: int) -> None:
        """Move the highlight."""
        ...

    def open_chosen(self) -> None:
        """Open the highlighted row."""
        ...


class TwoPanes(QWidget):
    """The list pane and the detail pane."""

    list_wanted = Signal()
    """Back to the list was asked for, by button or Esc; only where one pane is shown at a time."""

    def __init__(
        self, rows: QWidget, detail: QWidget, unchosen: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows, self._detail = rows, detail
        self._is_detail = False
        self._field: QWidget | None = None
        self._steps: Rows | None = None
        self.back = QPushButton(self.tr("&Back to the list"))
        self.back.setProperty("kind", "link")
        self.list_pane = QScrollArea()
        self.list_pane.setWidgetResizable(True)
        self.list_pane.setFrameShape(QFrame.Shape.NoFrame)
        self.list_pane.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QFrame()
        inner.setProperty("surface", "window")
        self.list_pane.setWidget(inner)
        self._above = QVBoxLayout()
        self._above.setSpacing(8)
        self.listed = QStackedWidget()
        self.listed.addWidget(rows)
        left = QVBoxLayout(inner)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addLayout(self._above)
        left.addWidget(self.listed, 1)
        self.detail_pane = QWidget()
        self._shown = QStackedWidget()
        self._shown.addWidget(unchosen)
        self._shown.addWidget(detail)
        right = QVBoxLayout(self.detail_pane)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.back, alignment=Qt.AlignmentFlag.AlignLeading)
        right.addWidget(self._shown, 1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(self.list_pane, 5)
        columns.addWidget(self.detail_pane, 6)
        self.back.clicked.connect(self.show_list)

    @property
    def has_both(self) -> bool:
        """Whether there is room for both."""
        return self.width() >= theme.px(_TWO_PANES_FROM_PX)

    def add_above(self, widget: QWidget) -> None:
        """Put something above the list."""
        self._above.addWidget(widget)

    def search_with(self, field: QWidget, rows: Rows) -> None:
        """In ``field`` arrows move the highlight of ``rows`` and Enter opens it, before the pane would scroll."""
        self._field, self._steps = field, rows
        field.installEventFilter(self)

    def show_rows(self) -> None:
        """Show the list."""
        self._drop_nothing()
        self.listed.setCurrentWidget(self._rows)

    def show_nothing(self, why: QWidget) -> None:
        """Show ``why`` there is no list."""
        self._drop_nothing()
        self.listed.addWidget(why)
        self.listed.setCurrentWidget(why)

    def fill_detail(self) -> None:
        """Something is chosen: the detail stands where the invitation to choose was."""
        self._shown.setCurrentWidget(self._detail)

    def show_detail(self) -> None:
        """Show the detail, alone where both do not fit."""
        self._is_detail = True
        self._fit()

    def rest_on_list(self) -> None:
        """Where the window is made narrow from here on, the list stays."""
        self._is_detail = False

    def show_list(self) -> None:
        """Go back to the list."""
        self._is_detail = False
        self._fit()
        self._rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list_wanted.emit()

    # ── Qt ───────────────────────────────────────────────────────────────────────────────────────────

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the panes into the room there is."""
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One pane where two do not fit."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape and not self.has_both and self._is_detail:
            self.show_list()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the search field."""
        steps = self._steps if watched is self._field else None
        if steps is not None and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                steps.step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                steps.open_chosen()
                return True
        return super().eventFilter(watched, event)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _fit(self) -> None:
        has_both = self.has_both
        self.list_pane.setVisible(has_both or not self._is_detail)
        self.detail_pane.setVisible(has_both or self._is_detail)
        self.back.setVisible(not has_both)

    def _drop_nothing(self) -> None:
        while self.listed.count() > 1:
            old = self.listed.widget(1)
            if old is not None:
                self.listed.removeWidget(old)
                old.deleteLater()
