# SPDX-License-Identifier: Apache-2.0
"""The messages of the outbox as a table: what each is, where it stands, and what the server said last."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from optout_desktop.domain.ids import BatchId, OutgoingId
from optout_desktop.domain.messages import Delivery
from optout_desktop.gui import post_words, theme
from optout_desktop.gui.labels import shown
from optout_desktop.gui.tokens import STATUS_ICONS, StatusToken
from optout_desktop.gui.wording import instant
from optout_desktop.services.outbox import OutboxLine

_Index = QModelIndex | QPersistentModelIndex
_SIGNS = {
    Delivery.WAITING: StatusToken.DUE_SOON,
    Delivery.UNDER_WAY: StatusToken.SENT,
    Delivery.ACCEPTED: StatusToken.COMPLETED,
    Delivery.REFUSED: StatusToken.REFUSED,
    Delivery.UNCERTAIN: StatusToken.NEEDS_YOU,
    Delivery.CANCELLED: StatusToken.CLOSED,
}


class Column(IntEnum):
    """The columns, in order."""

    COMPANY = 0
    RECIPIENT = 1
    LETTER = 2
    STATE = 3
    WHEN = 4
    TRIES = 5


class OutboxModel(QAbstractTableModel):
    """At most a thousand lines, so all of them are here."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[OutboxLine, ...] = ()
        self._paused: frozenset[BatchId] = frozenset()

    def show_lines(self, lines: Sequence[OutboxLine], paused: frozenset[BatchId]) -> bool:
        """Show other lines; whether they are others at all."""
        if (tuple(lines), paused) == (self.lines, self._paused):
            return False
        self.beginResetModel()
        self.lines, self._paused = tuple(lines), paused
        self.endResetModel()
        return True

    def state_of(self, line: OutboxLine) -> str:
        """Where a message stands, in a few words."""
        return post_words.state(line.message, is_paused=line.message.batch in self._paused)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many messages there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.COMPANY: self.tr("Company"),
            Column.RECIPIENT: self.tr("To"),
            Column.LETTER: self.tr("Letter"),
            Column.STATE: self.tr("State"),
            Column.WHEN: self.tr("Last step"),
            Column.TRIES: self.tr("Tries"),
        }[Column(section)]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        """Words, the state's sign, and the sentence that is spoken for a row."""
        line, column = self.lines[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(line, column)
            case Qt.ItemDataRole.DecorationRole if column is Column.STATE:
                sign = _SIGNS[line.message.delivery]
                return theme.icon(STATUS_ICONS[sign], theme.tokens().statuses[sign].on_surface)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(line) if column is Column.COMPANY else self._text(line, column)
        return None

    def _text(self, line: OutboxLine, column: Column) -> str:
        message = line.message
        match column:
            case Column.COMPANY:
                return shown(line.company_name)
            case Column.RECIPIENT:
                return shown(", ".join(message.recipients))
            case Column.LETTER:
                return post_words.letter(message.kind)
            case Column.STATE:
                return self.state_of(line)
            case Column.WHEN:
                return instant(line.last.at)
            case Column.TRIES:
                return str(message.attempts)

    def _spoken(self, line: OutboxLine) -> str:
        return self.tr("{company}, {letter}, {state}, to {recipient}").format(
            company=shown(line.company_name),
            letter=post_words.letter(line.message.kind),
            state=self.state_of(line),
            recipient=shown(", ".join(line.message.recipients)),
        )


class OutboxTable(QTableView):
    """The table; Enter opens the request, Del takes a waiting message back."""

    chosen = Signal(object)
    """The ``OutboxLine`` with the focus, or None."""
    open_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = OutboxModel(self)
        self.setModel(self.lines)
        self.setAccessibleName(self.tr("Messages"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (Column.COMPANY, Column.RECIPIENT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(theme.px(180))
        self.selectionModel().currentRowChanged.connect(lambda _now, _before: self.chosen.emit(self.line))
        self.doubleClicked.connect(lambda _index: self.open_wanted.emit())
        self._fit()

    @property
    def line(self) -> OutboxLine | None:
        """The line with the focus."""
        at = self.currentIndex().row()
        return self.lines.lines[at] if 0 <= at < len(self.lines.lines) else None

    def show_lines(self, lines: Sequence[OutboxLine], paused: frozenset[BatchId]) -> None:
        """Show other lines; the message with the focus keeps it."""
        before = self.line.message.id if self.line is not None else None
        if self.lines.show_lines(lines, paused):
            self.choose(before)

    def choose(self, message: OutgoingId | None) -> None:
        """Give a message the focus, or the first one that needs a word, or the newest."""
        ids = [one.message.id for one in self.lines.lines]
        asking = [at for at, one in enumerate(self.lines.lines) if one.message.delivery is Delivery.UNCERTAIN]
        at = ids.index(message) if message in ids else next(iter(asking), 0)
        self.setCurrentIndex(self.lines.index(at, 0))
        self.chosen.emit(self.line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Del."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.line is not None:
            self.open_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete and self.line is not None:
            self.cancel_wanted.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Rows grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(32))
