# SPDX-License-Identifier: Apache-2.0
"""Lists of any length: an array of ids, and the rows of what is on screen.

The model knows the ids in order and asks for 256 rows at a time, through a callable that goes by way of
``Tasks``; rows on their way are painted as placeholders. Ticks are kept by id, so that they survive sorting.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, overload

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from optout_desktop.gui.tokens import StatusToken

PAGE_ROWS = 256
_PAGES_KEPT = 48
_PAGES_WAITING = 4

FACE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ID_ROLE = int(Qt.ItemDataRole.UserRole) + 2
HEADER_ROLE = int(Qt.ItemDataRole.UserRole) + 3
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 4
"""What was fetched for a row: the page's own kind of row."""
_Index = QModelIndex | QPersistentModelIndex


Fetch = Callable[[Sequence[str], Callable[[Sequence[Any]], None]], None]
"""(ids, then): get one row an id, in order, None for one that is gone, and call ``then`` with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFace:
    """What one row shows: two lines, a word at the end, a sign, and the sentence that is spoken."""

    title: str
    second: str = ""
    trailing: str = ""
    status: StatusToken | None = None
    spoken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the table view; ``text`` reads it off a row."""

    key: str
    words: str
    text: Callable[[Any], str]
    status: Callable[[Any], StatusToken | None] | None = None
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupHeader:
    """A heading above the row with this number, counted from 0 without headings."""

    words: str
    first_row: int


class NumberIds(Sequence[str]):
    """Row numbers as ids: 100,000 of them are made into texts only where one is asked for."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...

    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [str(number) for number in self.numbers[at]]
        return str(self.numbers[at])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, NumberIds):
            return self.numbers == other.numbers
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # two lists may be equal and neither is a key

    def index(self, value: str, start: int = 0, stop: int | None = None) -> int:
        """Where an id stands; ValueError where it does not."""
        return self.numbers.index(int(value), start, len(self) if stop is None else stop)


class PagedModel(QAbstractTableModel):
    """Rows by id, read page by page; a heading is a row that cannot be chosen."""

    ticks_changed = Signal()
    page_shown = Signal()
    """A page of rows has arrived."""

    def __init__(
        self,
        fetch: Fetch,
        face: Callable[[Any], RowFace],
        columns: Sequence[Column] = (),
        loading_words: str = "…",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._face = face
        self._columns = tuple(columns)
        self._loading_words = loading_words
        self._ids: Sequence[str] = ()
        self._starts: list[int] = []
        self._header_rows: list[int] = []
        self._headers: tuple[GroupHeader, ...] = ()
        self._pages: OrderedDict[int, list[Any | None]] = OrderedDict()
        self._faces: dict[int, dict[int, RowFace]] = {}
        self._loading: int | None = None
        self._waiting: list[int] = []
        self._generation = 0
        self._sorted: tuple[int, str] | None = None
        self._ticked: set[str] = set()

    # what is shown

    def show_ids(
        self,
        ids: Sequence[str],
        headers: Sequence[GroupHeader] = (),
        first: Sequence[Any | None] = (),
        *,
        is_continued: bool = False,
    ) -> None:
        """Show these ids in this order; ticks on ids that are gone are dropped.

        ``first`` are the rows of the first page, or of its beginning, where they came along. ``is_continued``
        says that the rows read so far still hold: where the ids begin with those shown, more come below them.
        """
        if is_continued and self._extend(ids, headers):
            return
        self.beginResetModel()
        self._generation += 1
        self._put(ids, headers)
        self._forget_pages(first)
        had_ticks = bool(self._ticked)
        if had_ticks:
            self._ticked.intersection_update(ids)
        self.endResetModel()
        if had_ticks:
            self.ticks_changed.emit()
        if first:
            self.page_shown.emit()

    def refresh_rows(self, first: Sequence[Any | None] = ()) -> None:
        """Ask again for the rows on screen; the ids stay. ``first`` as in ``show_ids``."""
        self._generation += 1
        self._forget_pages(first)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        if first:
            self.page_shown.emit()

    def _extend(self, ids: Sequence[str], headers: Sequence[GroupHeader]) -> bool:
        size, titles = len(self._ids), len(self._headers)
        is_longer = 0 < size < len(ids) and not size % PAGE_ROWS and list(ids[:size]) == list(self._ids)
        if not is_longer or tuple(headers[:titles]) != self._headers:
            return False
        self.beginInsertRows(QModelIndex(), self.rowCount(), len(ids) + len(headers) - 1)
        self._put(ids, headers)
        self.endInsertRows()
        return True

    def _put(self, ids: Sequence[str], headers: Sequence[GroupHeader]) -> None:
        self._ids = ids
        self._headers = tuple(headers)
        self._starts = [header.first_row for header in self._headers]
        self._header_rows = [start + at for at, start in enumerate(self._starts)]

    @property
    def ids(self) -> Sequence[str]:
        """All ids in order."""
        return self._ids

    def id_at(self, row: int) -> str | None:
        """The id of a row on screen; None for a heading or no row."""
        at = self._position(row)
        return self._ids[at] if at is not None else None

    def row_of(self, wanted: str) -> int:
        """The row on screen of an id; -1 if it is not shown."""
        try:
            at = self._ids.index(wanted)
        except ValueError:
            return -1
        return at + bisect_right(self._starts, at)

    def row_value(self, row: int) -> Any | None:  # noqa: ANN401 - the page's own kind of row
        """What was fetched for a row on screen; None while it is on its way."""
        return self._entry(row)

    # ticks

    @property
    def ticked(self) -> tuple[str, ...]:
        """The ticked ids in the order of the list."""
        return tuple(each for each in self._ids if each in self._ticked) if self._ticked else ()

    @property
    def ticked_count(self) -> int:
        """How many are ticked."""
        return len(self._ticked)

    def is_ticked(self, row: int) -> bool:
        """Whether the row on screen is ticked."""
        return self.id_at(row) in self._ticked

    def set_ticked(self, ids: Iterable[str]) -> None:
        """Tick exactly these."""
        wanted = set(ids)
        if wanted != self._ticked:
            self._ticked = wanted
            self.ticks_changed.emit()
            if self.rowCount():
                last = self.index(self.rowCount() - 1, 0)
                self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])

    def toggle(self, row: int) -> None:
        """Tick a row, or take its tick away."""
        chosen = self.id_at(row)
        if chosen is not None:
            self.set_ticked(self._ticked ^ {chosen})

    def tick_all(self) -> None:
        """Tick every row, also those not read yet."""
        self.set_ticked(self._ids)

    def ids_between(self, one_row: int, other_row: int) -> tuple[str, ...]:
        """The ids of the rows on screen from one to the other, both included."""
        first, last = sorted((one_row, other_row))
        found = (self.id_at(row) for row in range(first, last + 1))
        return tuple(each for each in found if each is not None)

    # Qt's questions

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """All rows and headings."""
        return 0 if parent.isValid() else len(self._ids) + len(self._headers)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """The table's columns; one for a list."""
        return 0 if parent.isValid() else max(len(self._columns), 1)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Rows can be chosen and ticked, headings cannot."""
        if self._position(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return (
            flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable | flag.ItemNeverHasChildren
        )

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's signature
        """The words above the columns."""
        if orientation is not Qt.Orientation.Horizontal or not self._columns:
            return None
        words = self._columns[section].words
        if role == Qt.ItemDataRole.AccessibleTextRole and self._sorted is not None:
            return self._sorted[1] if self._sorted[0] == section else words
        return words if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None

    def setHeaderData(
        self,
        section: int,
        _orientation: Qt.Orientation,
        value: Any,  # noqa: ANN401 - Qt's signature
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """How the head of the one column that is in order is spoken; no words where none is."""
        if role != Qt.ItemDataRole.AccessibleTextRole or not self._columns:
            return False
        self._sorted = (section, str(value)) if value else None
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        return True

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        """One aspect of one row; asking for a row that is not there has it fetched."""
        row = index.row()
        header = self._header(row)
        if header is not None:
            wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, HEADER_ROLE)
            return header.words if role in wanted and index.column() == 0 else None
        if role == ID_ROLE:
            return self.id_at(row)
        if role == Qt.ItemDataRole.CheckStateRole:
            if index.column():
                return None
            return Qt.CheckState.Checked if self.is_ticked(row) else Qt.CheckState.Unchecked
        if role not in (FACE_ROLE, ROW_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._alignment(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None
        entry = self._entry(row)
        if entry is None:
            return None if role in (FACE_ROLE, ROW_ROLE) else self._loading_words
        return self._shown(index, entry, role)

    def _shown(self, index: _Index, value: Any, role: int) -> Any:  # noqa: ANN401 - as for ``data``
        if role == ROW_ROLE:
            return value
        column = index.column()
        is_spoken = role == Qt.ItemDataRole.AccessibleTextRole
        if role != FACE_ROLE and self._columns and (column or not is_spoken):
            return self._columns[column].text(value)
        face = self._face_of(index.row(), value)
        if role == FACE_ROLE:
            return face
        return (face.spoken or face.title) if is_spoken else face.title

    def _face_of(self, row: int, value: Any) -> RowFace:  # noqa: ANN401 - the page's own kind of row
        """The face of a row, made when it is first painted."""
        page, inside = divmod(self._position(row) or 0, PAGE_ROWS)
        faces = self._faces.setdefault(page, {})
        if inside not in faces:
            faces[inside] = self._face(value)
        return faces[inside]

    # pages

    def _alignment(self, column: int) -> Any:  # noqa: ANN401 - a flag for Qt
        is_number = bool(self._columns) and self._columns[column].is_number
        side = Qt.AlignmentFlag.AlignTrailing if is_number else Qt.AlignmentFlag.AlignLeading
        return side | Qt.AlignmentFlag.AlignVCenter

    def _header(self, row: int) -> GroupHeader | None:
        at = bisect_left(self._header_rows, row)
        is_header = at < len(self._header_rows) and self._header_rows[at] == row
        return self._headers[at] if is_header else None

    def _position(self, row: int) -> int | None:
        above = bisect_right(self._header_rows, row)
        if above and self._header_rows[above - 1] == row:
            return None
        at = row - above
        return at if 0 <= at < len(self._ids) else None

    def _entry(self, row: int) -> Any | None:  # noqa: ANN401 - the page's own kind of row
        at = self._position(row)
        if at is None:
            return None
        page, inside = divmod(at, PAGE_ROWS)
        rows = self._pages.get(page, ())
        if inside >= len(rows):
            self._want(page)
            rows = self._pages.get(page, ())  # an immediate fetch has put it there
        else:
            self._pages.move_to_end(page)
        return rows[inside] if inside < len(rows) else None

    def _want(self, page: int) -> None:
        if page == self._loading:
            return
        if self._loading is None:
            self._load(page)
            return
        # while the scroll bar is dragged only the last pages seen are worth reading
        if page in self._waiting:
            self._waiting.remove(page)
        self._waiting = [*self._waiting[-_PAGES_WAITING + 1 :], page]

    def _load(self, page: int) -> None:
        self._loading = page
        generation = self._generation
        ids = tuple(self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS])

        def then(rows: Sequence[Any]) -> None:
            if generation == self._generation:
                self._keep(page, rows)

        self._fetch(ids, then)

    def _keep(self, page: int, rows: Sequence[Any]) -> None:
        self._pages[page] = list(rows)
        self._faces.pop(page, None)
        while len(self._pages) > _PAGES_KEPT:
            gone, _ = self._pages.popitem(last=False)
            self._faces.pop(gone, None)
        self._loading = None
        first = page * PAGE_ROWS
        last = first + len(rows) - 1
        if rows:
            top = self.index(first + bisect_right(self._starts, first), 0)
            end = self.index(last + bisect_right(self._starts, last), self.columnCount() - 1)
            self.dataChanged.emit(top, end)
        self.page_shown.emit()
        if self._waiting and self._loading is None:
            self._load(self._waiting.pop())

    def _forget_pages(self, first: Sequence[Any | None]) -> None:
        self._pages.clear()
        self._faces.clear()
        if first:
            self._pages[0] = list(first)
        self._waiting.clear()
        self._loading = None
