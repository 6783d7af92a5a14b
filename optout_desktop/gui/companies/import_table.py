# SPDX-License-Identifier: Apache-2.0
"""The rows of a list before they are imported, and what was not taken of it: a table that paints only what is seen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from optout_desktop.domain.company_lists import Likeness, ListPreview, PreviewRow
from optout_desktop.gui import company_words, theme
from optout_desktop.gui.companies import import_words
from optout_desktop.gui.labels import shown, visible_controls

_Index = QModelIndex | QPersistentModelIndex
_WIDTHS_PX = (64, 96, 220)
_NARROW_PX = 520
"""Below this width, at 100 % text, the last column would be out of sight."""
_ORDER = (Likeness.DIFFERS, Likeness.NEW, Likeness.SAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLine:
    """One line: its words, and the row that it stands for; None for what was not taken."""

    words: tuple[str, str, str, str]
    row: PreviewRow | None = None


class ImportLines(QAbstractTableModel):
    """What differs first, then what is new, what was not taken, and what is the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[TableLine] = []

    def show_preview(self, preview: ListPreview | None) -> None:
        """Show another list."""
        self.beginResetModel()
        self._lines = [] if preview is None else _lines(preview)
        self.endResetModel()

    def line(self, number: int) -> TableLine | None:
        """The line of a number, or None."""
        return self._lines[number] if 0 <= number < len(self._lines) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Line, state, name, what it says."""
        return 0 if parent.isValid() else 4

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole} and index.isValid():
            return self._lines[index.row()].words[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (self.tr("Line"), self.tr("State"), self.tr("Company"), self.tr("What it says"))[section]


class ImportTable(QTableView):
    """The lines of a preview."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = ImportLines(self)
        self.setModel(self.lines)
        self.setAccessibleName(self.tr("Companies in the list"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMinimumHeight(theme.px(190))
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short, as with large text, the line's number makes way for what the line says."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.viewport().width()
        is_narrow = room < theme.px(_NARROW_PX)
        self.setColumnHidden(0, is_narrow)
        parts = (0.0, 0.22, 0.36) if is_narrow else ()
        for column, width in enumerate(_WIDTHS_PX):
            self.setColumnWidth(column, int(room * parts[column]) if is_narrow else theme.px(width))

    def chosen(self) -> PreviewRow | None:
        """The row that is chosen, where it stands for a company."""
        line = self.lines.line(self.currentIndex().row())
        return line.row if line is not None else None


def _lines(preview: ListPreview) -> list[TableLine]:
    by_likeness = {each: [row for row in preview.rows if row.likeness is each] for each in _ORDER}
    left_out = [
        TableLine(
            words=(
                visible_controls(one.place),
                import_words.tr("not taken") if one.is_row else import_words.tr("in part"),
                "",
                import_words.tr("{reason}: {what}").format(
                    reason=import_words.reason(one.reason), what=shown(one.detail)
                )
                if one.detail
                else import_words.reason(one.reason),
            )
        )
        for one in preview.left_out
    ]
    shown_rows = [[_line(row) for row in by_likeness[each]] for each in _ORDER]
    return [*shown_rows[0], *shown_rows[1], *left_out, *shown_rows[2]]


def _line(row: PreviewRow) -> TableLine:
    company = row.listed.company
    says = (
        " · ".join(import_words.difference(one) for one in row.differences)
        if row.differences
        else visible_controls(company_words.channels(company))
    )
    words = (
        visible_controls(row.listed.place),
        import_words.likeness(row.likeness),
        shown(company.name),
        says,
    )
    return TableLine(words=words, row=row)
