# SPDX-License-Identifier: Apache-2.0
"""Two charts, drawn: shares of a whole, and days to answer against the limit.

Each bar can be reached by Tab and the arrow keys and is spoken; patterns and words carry what the colours
say; the same numbers stand in a table behind *Show as table*. Below five answers no share is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.gui import theme
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.tiles import Card

ENOUGH_ANSWERS = 5
_FOCUS_PX = 2
_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Series(StrEnum):
    """What a share stands for; colour and pattern follow from it."""

    ON_TIME = "on_time"
    LATE = "late"
    OPEN = "open"


_PATTERNS = {
    Series.ON_TIME: Qt.BrushStyle.SolidPattern,
    Series.LATE: Qt.BrushStyle.BDiagPattern,
    Series.OPEN: Qt.BrushStyle.Dense6Pattern,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One part of the whole."""

    words: str
    count: int
    series: Series


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysRow:
    """One company's days to answer; ``is_open`` marks a median that can only grow (at least so many)."""

    name: str
    median_days: int
    shortest_days: int
    longest_days: int
    answers: int
    limit_days: int
    is_open: bool = False


class _Mark(QAbstractButton):
    """A painted part of a chart that can be reached and is spoken; arrows go to its neighbours."""

    def __init__(self, spoken: str) -> None:
        super().__init__()
        self.setText(spoken)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move between the bars of one chart."""
        step = _STEPS.get(event.key())
        parent = self.parentWidget()
        if step is None or parent is None:
            super().keyPressEvent(event)
            return
        marks = parent.findChildren(_Mark)
        at = marks.index(self) + step
        if 0 <= at < len(marks):
            marks[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def paint_focus(self, painter: QPainter) -> None:
        """The ring around the bar that has the focus."""
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.tokens().focus), _FOCUS_PX))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


def _fill(painter: QPainter, rect: QRectF, series: Series) -> None:
    """A part in its colour and pattern, with a border that carries the shape."""
    table = theme.tokens()
    colour = QColor(str(getattr(table, series)))
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(QColor(table.surface))
    painter.drawRoundedRect(rect, 3, 3)
    painter.setBrush(QBrush(colour, _PATTERNS[series]))
    painter.drawRoundedRect(rect, 3, 3)


class _ShareMark(_Mark):
    def __init__(self, share: Share, spoken: str) -> None:
        super().__init__(spoken)
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(24, theme.px(36))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, theme.px(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _fill(painter, QRectF(self.rect()).adjusted(4, 4, -4, -4), self._share.series)
        self.paint_focus(painter)


class _Swatch(QWidget):
    def __init__(self, series: Series) -> None:
        super().__init__()
        self._series = series
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(24), theme.px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _fill(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), self._series)


class _Chart(Card):
    """What both charts share: a title, the drawing or why there is none, the table, and the switch."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._title = title
        self._few = label(self.tr("Too few answers yet"), Look.SECOND)
        self._drawing = QWidget()
        self._table: QTableWidget | None = None
        self._heads: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()
        self._stack = QStackedWidget()
        for each in (self._drawing, self._few):
            self._stack.addWidget(each)
        self.switch = QPushButton(self.tr("Show as table"))
        self.switch.setProperty("kind", "link")
        self.switch.setAccessibleDescription(title)
        self.switch.clicked.connect(self._switch)
        self._has_drawing = False
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.switch, alignment=Qt.AlignmentFlag.AlignTrailing)
        self._settle(has_drawing=False)

    @property
    def table(self) -> QTableWidget:
        """The numbers of the drawing as a table, made when it is first wanted."""
        if self._table is None:
            table = self._table = QTableWidget()
            table.setAccessibleName(self.tr("{title}, as a table").format(title=self._title))
            table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            table.verticalHeader().hide()
            table.setTabKeyNavigation(False)
            self._stack.addWidget(table)
            self._write(table)
        return self._table

    @property
    def is_table_shown(self) -> bool:
        """Whether the numbers stand in a table now."""
        return self._table is not None and self._stack.currentWidget() is self._table

    @property
    def says_too_few(self) -> bool:
        """Whether it shows words in place of a drawing."""
        return self._stack.currentWidget() is self._few

    def spoken(self) -> tuple[str, ...]:
        """What the bars say, in order."""
        return tuple(mark.accessibleName() for mark in self._drawing.findChildren(_Mark))

    def _switch(self) -> None:
        if self.is_table_shown:
            self._settle(has_drawing=self._has_drawing)
        else:
            self._stack.setCurrentWidget(self.table)
            self.switch.setText(self.tr("Show as chart"))

    def _settle(self, *, has_drawing: bool) -> None:
        self._has_drawing = has_drawing
        self._stack.setCurrentWidget(self._drawing if has_drawing else self._few)
        self.switch.setText(self.tr("Show as table"))

    def _new_drawing(self) -> QWidget:
        old = self._drawing
        self._drawing = QWidget()
        self._drawing.setAccessibleName(self._title)
        self._stack.insertWidget(0, self._drawing)
        self._stack.removeWidget(old)
        old.deleteLater()
        return self._drawing

    def _fill_table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._heads, self._rows = heads, rows
        if self._table is not None:
            self._write(self._table)

    def _write(self, table: QTableWidget) -> None:
        table.setColumnCount(len(self._heads))
        table.setRowCount(len(self._rows))
        table.setHorizontalHeaderLabels(list(self._heads))
        for y, row in enumerate(self._rows):
            for x, text in enumerate(row):
                table.setItem(y, x, QTableWidgetItem(text))
        table.resizeColumnsToContents()


class ShareChart(_Chart):
    """One bar divided into shares, with a line of words for each."""

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Draw these parts; fewer than five in all are only named in the table."""
        total = sum(share.count for share in shares)
        is_enough = total >= ENOUGH_ANSWERS
        heads = [self.tr("Share"), self.tr("Number")]
        rows = [[share.words, self.locale().toString(share.count)] for share in shares]
        if is_enough:
            heads.append(self.tr("Percent"))
            rows = [
                [*row, self._percent(share.count, total)] for row, share in zip(rows, shares, strict=True)
            ]
        self._fill_table(heads, rows)
        drawing = self._new_drawing()
        if is_enough:
            self._draw(drawing, [share for share in shares if share.count], total)
        self._settle(has_drawing=is_enough)

    def _percent(self, count: int, total: int) -> str:
        return self.tr("{number} %").format(number=self.locale().toString(round(100 * count / total)))

    def _draw(self, drawing: QWidget, shares: Sequence[Share], total: int) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(0)
        layout = QVBoxLayout(drawing)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(bar)
        for share in shares:
            words = self.tr("{percent} {words} ({count} of {total})").format(
                percent=self._percent(share.count, total),
                words=share.words,
                count=self.locale().toString(share.count),
                total=self.locale().toString(total),
            )
            bar.addWidget(_ShareMark(share, words), share.count)
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(_Swatch(share.series))
            line.addWidget(label(words), 1)
            layout.addLayout(line)
        layout.addStretch()


class _DaysMark(_Mark):
    def __init__(
        self, row: DaysRow, spoken: str, words: str, longest_days: int, all_words: Sequence[str]
    ) -> None:
        super().__init__(spoken)
        self._row = row
        self._words = words
        self._all_words = all_words
        self._longest_days = max(longest_days, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            self._paint_words(painter, is_mirrored=True)
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        else:
            self._paint_words(painter, is_mirrored=False)
        self._paint_range(painter)
        self.paint_focus(painter)

    def _thirds(self) -> tuple[float, float]:
        name = self.width() * 0.3
        # one end for all rows, so that a day is as long in each of them
        widest = max(self.fontMetrics().horizontalAdvance(words) for words in self._all_words)
        return name, self.width() - widest - 16

    def _paint_words(self, painter: QPainter, *, is_mirrored: bool) -> None:
        start, end = self._thirds()
        table = theme.tokens()
        name = QRectF(8, 0, start - 16, self.height())
        words = QRectF(end + 8, 0, self.width() - end - 12, self.height())
        if is_mirrored:
            name.moveLeft(self.width() - name.right())
            words.moveLeft(self.width() - words.right())
        leading = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
        painter.setPen(QColor(table.text))
        cut = self.fontMetrics().elidedText(self._row.name, Qt.TextElideMode.ElideRight, int(name.width()))
        painter.drawText(name, leading, cut)
        painter.setPen(QColor(table.text_2))
        painter.drawText(words, leading, self._words)

    def _paint_range(self, painter: QPainter) -> None:
        row, table = self._row, theme.tokens()
        start, end = self._thirds()
        room = max(end - start - 24, 1)
        middle = self.height() / 2

        def x(days: int) -> float:
            return start + 8 + room * days / self._longest_days

        is_late = row.median_days > row.limit_days
        colour = QColor(table.late if is_late else table.open)
        painter.setPen(QPen(QColor(table.control_border), 1))
        painter.drawLine(round(start + 8), round(middle), round(start + 8 + room), round(middle))
        painter.setPen(QPen(colour, 3))
        painter.drawLine(
            round(x(row.shortest_days)), round(middle), round(x(row.longest_days)), round(middle)
        )
        painter.setPen(QPen(QColor(table.text), 2))
        painter.drawLine(
            round(x(row.limit_days)), round(middle - 8), round(x(row.limit_days)), round(middle + 8)
        )
        painter.setPen(QPen(colour, 2))
        painter.setBrush(QColor(table.surface) if row.is_open else colour)
        painter.drawEllipse(QRectF(x(row.median_days) - 5, middle - 5, 10, 10))


class DaysChart(_Chart):
    """One line a company: shortest to longest answer, a dot at the median, a stroke at the limit."""

    def show_rows(self, rows: Sequence[DaysRow]) -> None:
        """Draw these companies; fewer than five answers in all are only named in the table."""
        heads = [
            self.tr("Company"),
            self.tr("Median days"),
            self.tr("Shortest"),
            self.tr("Longest"),
            self.tr("Answers"),
            self.tr("Limit"),
        ]
        number = self.locale().toString
        self._fill_table(
            heads,
            [
                [
                    row.name,
                    self._days(row),
                    number(row.shortest_days),
                    number(row.longest_days),
                    number(row.answers),
                    number(row.limit_days),
                ]
                for row in rows
            ],
        )
        is_enough = sum(row.answers for row in rows) >= ENOUGH_ANSWERS
        drawing = self._new_drawing()
        if is_enough:
            layout = QVBoxLayout(drawing)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
            longest = max(max(row.longest_days, row.limit_days, row.median_days) for row in rows)
            words = [self._short(row) for row in rows]
            for row, short in zip(rows, words, strict=True):
                layout.addWidget(_DaysMark(row, self._spoken(row), short, longest, words))
            key = self.tr("Dot: median. Line: from the shortest to the longest. Stroke: the limit.")
            layout.addWidget(label(key, Look.SMALL, wraps=True))
            layout.addStretch()
        self._settle(has_drawing=is_enough)

    def _days(self, row: DaysRow) -> str:
        shown = self.tr("≥ {days}") if row.is_open else "{days}"
        return shown.format(days=self.locale().toString(row.median_days))

    def _short(self, row: DaysRow) -> str:
        return self.tr("{days} days, limit {limit}").format(days=self._days(row), limit=row.limit_days)

    def _spoken(self, row: DaysRow) -> str:
        answers = (
            self.tr("1 answer") if row.answers == 1 else self.tr("{count} answers").format(count=row.answers)
        )
        sentence = (
            self.tr("{name}: at least {days} days, {answers}, limit {limit}")
            if row.is_open
            else self.tr("{name}: {days} days, {answers}, limit {limit}")
        )
        return sentence.format(name=row.name, days=row.median_days, answers=answers, limit=row.limit_days)
