# SPDX-License-Identifier: Apache-2.0
"""The furniture of pages: their frame, headings, cards, counting tiles, and what an empty list says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from optout_desktop.gui import theme
from optout_desktop.gui.labels import IconLabel, Look, label
from optout_desktop.gui.tokens import STATUS_ICONS, StatusToken


class PageFrame(QWidget):
    """A page: title row with actions, content below, which scrolls where the window is small."""

    def __init__(
        self, title: str, content: QWidget, *, scrolls: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = label(title, Look.PAGE)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.title)
        self._row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(self._row)
        if not scrolls:
            layout.addWidget(content, 1)
            return
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        content.setProperty("surface", "window")
        if (inner := content.layout()) is not None:
            inner.setContentsMargins(0, 0, 8, 8)  # the title's edge is the content's edge
        layout.addWidget(scroll, 1)

    def add_action(self, widget: QWidget) -> None:
        """Put a widget at the end of the title row."""
        self._row.addWidget(widget)


class SectionHeader(QWidget):
    """A heading inside a page, with room for one small action."""

    def __init__(self, title: str, action: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label(title, Look.TITLE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.title)
        layout.addStretch()
        if action is not None:
            layout.addWidget(action)


class Card(QFrame):
    """A framed part of a page; ``body`` takes its content."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 16)
        self.body.setSpacing(8)
        if title:
            self.setAccessibleName(title)
            self.body.addWidget(label(title, Look.STRONG))


class Tile(QPushButton):
    """A count that opens its list: title, number, one line."""

    def __init__(self, title: str, status: StatusToken, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "tile")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title_words = title
        self._icon = _StatusIcon(status)
        self._title = label(title, Look.STRONG)
        self._count = label("", Look.COUNT)
        self._line = label("", Look.SMALL)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self._count)
        layout.addWidget(self._line)
        for child in (self._icon, self._title, self._count, self._line):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.show_count(0, "")

    def show_count(self, count: int, line: str) -> None:
        """Show a number and what stands under it."""
        self._count.setText(self.locale().toString(count))
        self._line.setText(line)
        spoken = self.tr("{title}: {count}. {line}") if line else self.tr("{title}: {count}")
        self.setAccessibleName(spoken.format(title=self._title_words, count=count, line=line))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """What the content needs."""
        layout = self.layout()
        return layout.sizeHint().expandedTo(QSize(theme.px(168), 0)) if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the content needs at least."""
        layout = self.layout()
        return layout.minimumSize() if layout else super().minimumSizeHint()


class _StatusIcon(IconLabel):
    """A status without its word; the word stands beside it."""

    def __init__(self, status: StatusToken) -> None:
        super().__init__(STATUS_ICONS[status], 18)
        self._status = status

    def colour(self) -> str:
        return theme.tokens().statuses[self._status].on_surface


class EmptyState(QWidget):
    """What an empty list says: what it is, what to do, and the button that does it."""

    def __init__(
        self,
        title: str,
        line: str,
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
        icon: str = "inbox",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.title = label(title, Look.TITLE)
        self.line = label(line, Look.SECOND, wraps=True)
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.setMaximumWidth(theme.px(440))
        self.buttons: list[QPushButton] = []
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        for at, (words, act) in enumerate(actions):
            button = QPushButton(words)
            button.setProperty("kind", "accent" if at == 0 else "")
            button.clicked.connect(lambda _checked=False, act=act: act())
            row.addWidget(button)
            self.buttons.append(button)
        row.addStretch()
        centre = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 32, 24, 32)
        layout.setSpacing(8)
        layout.addStretch()
        layout.addWidget(IconLabel(icon, 40, "placeholder"), alignment=centre)
        layout.addSpacing(8)
        layout.addWidget(self.title, alignment=centre)
        line_row = QHBoxLayout()
        line_row.addStretch()
        line_row.addWidget(self.line, 4)
        line_row.addStretch()
        layout.addLayout(line_row)
        layout.addSpacing(8)
        layout.addLayout(row)
        layout.addStretch()
