# SPDX-License-Identifier: Apache-2.0
"""The requests of a file, one row each, with what becomes of them; those that need a look stand first."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from optout_desktop.domain.exchange import PlannedLine, Verdict
from optout_desktop.gui import theme, wording
from optout_desktop.gui.exchange.exchange_words import verdict_words, why_words
from optout_desktop.gui.labels import shown

_ORDER = (Verdict.UNUSABLE, Verdict.CONFLICT, Verdict.MERGED, Verdict.NEW, Verdict.KNOWN)
_ROOT = QModelIndex()
_WIDTHS_PX = (150, 160, 290, 150, 130)
_NARROW_PX = 560
"""Below this width, at 100 % text, the reasons would be out of sight."""
_NARROW_PARTS = (0.28, 0.30, 0.42)


class LinesModel(QAbstractTableModel):
    """The lines of a preview; a cell's words are made when it is seen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: tuple[PlannedLine, ...] = ()
        self.headers = (
            self.tr("What happens"),
            self.tr("Company"),
            self.tr("Why"),
            self.tr("Right"),
            self.tr("Reference"),
            self.tr("Where in the file"),
        )

    def show_lines(self, lines: tuple[PlannedLine, ...]) -> None:
        """Show these lines, those first that need a look."""
        self.beginResetModel()
        self.lines = tuple(sorted(lines, key=lambda line: _ORDER.index(line.verdict)))
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """How many requests."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """A column's name."""
        is_name = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.headers[section] if is_name else None

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """The words of a cell."""
        wanted = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        )
        if not index.isValid() or role not in wanted:
            return None
        line = self.lines[index.row()]
        match index.column():
            case 0:
                return verdict_words(line.verdict)
            case 1:
                return shown(line.name)
            case 2:
                return shown(why_words(line))
            case 3:
                return wording.right(line.right) if line.right else ""
            case 4:
                return shown(line.reference)
            case _:
                return shown(line.place)


class LinesTable(QTableView):
    """The table over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = LinesModel(self)
        self.setModel(self.lines)
        self.setAccessibleName(self.tr("Requests of the file"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(theme.px(160))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short, as with large text, what happens and why stay in sight together."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.viewport().width()
        is_narrow = room < theme.px(_NARROW_PX)
        for column, width in enumerate(_WIDTHS_PX):
            is_shared = is_narrow and column < len(_NARROW_PARTS)
            self.setColumnWidth(column, int(room * _NARROW_PARTS[column]) if is_shared else theme.px(width))
