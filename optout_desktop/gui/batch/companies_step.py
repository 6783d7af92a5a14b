# SPDX-License-Identifier: Apache-2.0
"""Step 1, Companies: find and tick as many as are wanted, and see the ticked ones in a list of their own.

What fits is looked up on the vault's thread; rows are made only where they are on screen, so that thousands stay
fluid. A tick outlives every search and filter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.companies import Channel, Company
from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.ids import CompanyId
from optout_desktop.gui import company_words, theme
from optout_desktop.gui.batch.batch_words import number
from optout_desktop.gui.batch.looking import CompanyQuestion, Kind, countries, matching
from optout_desktop.gui.fields import SearchField
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown, visible_controls
from optout_desktop.gui.new_request.panes import TwoColumns, scrolled
from optout_desktop.gui.paged_table import PagedModel, RowFace
from optout_desktop.gui.places import country_name
from optout_desktop.gui.row_views import RowList
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.voice import announce
from optout_desktop.services.batches import MOST_ITEMS

TYPING_REST_MS = 80
_SIDE_BY_SIDE_FROM_PX = 720
_LOWEST_ROWS_PX = 132


class ChosenList(RowList):
    """The ticked companies; Delete takes the highlighted one out."""

    removed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace take it out."""
        chosen = self.chosen_id()
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and chosen is not None:
            self.removed.emit(chosen)
            return
        super().keyPressEvent(event)


class CompaniesStep(QWidget):
    """Whom to ask."""

    changed = Signal()
    """Other companies are ticked now."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._known: dict[str, Company] = {}
        self._ticked: dict[str, None] = {}
        self._is_showing = False
        self._asked: CompanyQuestion | None = None
        self.search = SearchField(self.tr("Name or domain of a company"))
        self.kind = QComboBox()
        self.country = QComboBox()
        self.has_email = QCheckBox(self.tr("With an e-mail &address"))
        self.tick_found = QPushButton()
        self.said = label("", Look.SECOND, wraps=True)
        self.found = PagedModel(self._fetch, _face, parent=self)
        self.rows = RowList(self.found, self.tr("Companies found, Space ticks"))
        self.chosen = PagedModel(self._fetch, _chosen_face, parent=self)
        self.chosen_rows = ChosenList(self.chosen, self.tr("Ticked companies"), has_ticks=False)
        self.count = label("", Look.STRONG)
        self.remove = QPushButton(self.tr("&Remove"))
        self.clear = QPushButton(self.tr("Remove a&ll"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_REST_MS)
        self._timer.timeout.connect(self._look)
        self._build()
        self._connect()
        self._say_chosen()

    # ── what the page asks ───────────────────────────────────────────────────────────────────────────

    def begin(self, companies: Sequence[Company] = ()) -> None:
        """Start anew, with these ticked."""
        self._known = {str(one.id): one for one in companies}
        self._ticked = dict.fromkeys(self._known)
        for each in (self.search, self.kind, self.country, self.has_email):
            each.blockSignals(True)
        self.search.clear()
        self.kind.setCurrentIndex(0)
        self.country.setCurrentIndex(0)
        self.has_email.setChecked(True)
        for each in (self.search, self.kind, self.country, self.has_email):
            each.blockSignals(False)
        self._asked = None
        desk = self._around.desk
        self._around.tasks.run(self, partial(countries, desk), self._offer_countries)
        self.show_step()

    def show_step(self) -> None:
        """Show it as it was left."""
        self._say_chosen()
        self._look()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def companies(self) -> tuple[CompanyId, ...]:
        """The ticked companies in the order in which they were ticked."""
        return tuple(CompanyId(one) for one in self._ticked)

    def forget(self) -> None:
        """Look for nothing more, and know nobody."""
        self._timer.stop()
        self._asked = None
        self._known, self._ticked = {}, {}
        self.found.show_ids(())
        self.chosen.show_ids(())

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees is not looked for."""
        self._timer.stop()
        super().hideEvent(event)

    # ── making ───────────────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        self.kind.setAccessibleName(self.tr("Which companies"))
        for kind, words in (
            (Kind.ALL, self.tr("All companies")),
            (Kind.BROKERS, self.tr("Data brokers")),
            (Kind.IMPORTED, self.tr("Imported by you")),
            (Kind.OWN, self.tr("Added, changed or imported by you")),
        ):
            self.kind.addItem(words, kind)
        self.country.setAccessibleName(self.tr("Country"))
        self.country.addItem(self.tr("Every country"), "")
        self.has_email.setChecked(True)
        filters = QWidget()
        flow = FlowLayout(filters)
        for widget in (self.kind, self.country, self.has_email):
            flow.addWidget(widget)
        found = QHBoxLayout()
        found.addWidget(self.said, 1)
        found.addWidget(self.tick_found)
        left = QWidget()
        body = QVBoxLayout(left)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        body.addWidget(self.search)
        body.addWidget(filters)
        body.addLayout(found)
        body.addWidget(self.rows, 1)
        right = QWidget()
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        side.addWidget(self.count)
        side.addWidget(self.chosen_rows, 1)
        buttons = QWidget()
        below = FlowLayout(buttons)
        for button in (self.remove, self.clear):
            below.addWidget(button)
        side.addWidget(buttons)
        for view in (self.rows, self.chosen_rows):
            view.setMinimumHeight(theme.px(_LOWEST_ROWS_PX))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(TwoColumns(left, right, _SIDE_BY_SIDE_FROM_PX, (3, 2))))

    def _connect(self) -> None:
        self.search.wanted.connect(lambda _typed: self._timer.start())
        self.kind.currentIndexChanged.connect(self._look)
        self.country.currentIndexChanged.connect(self._look)
        self.has_email.toggled.connect(self._look)
        self.tick_found.clicked.connect(self.found.tick_all)
        self.found.ticks_changed.connect(self._tick)
        self.rows.opened.connect(lambda one: self.found.toggle(self.found.row_of(one)))
        self.chosen_rows.removed.connect(self._remove)
        self.chosen_rows.opened.connect(self._remove)
        self.remove.clicked.connect(self._remove_highlighted)
        self.clear.clicked.connect(self._remove_all)

    def _offer_countries(self, found: Sequence[str]) -> None:
        chosen = self.country.currentData()
        self.country.blockSignals(True)
        self.country.clear()
        self.country.addItem(self.tr("Every country"), "")
        for code in sorted(found, key=country_name):
            self.country.addItem(country_name(code), code)
        self.country.setCurrentIndex(max(self.country.findData(chosen), 0))
        self.country.blockSignals(False)

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────

    def _look(self, _what: object = None) -> None:
        self._timer.stop()
        question = CompanyQuestion(
            typed=self.search.text(),
            kind=Kind(self.kind.currentData()),
            country=str(self.country.currentData() or ""),
            has_email=self.has_email.isChecked(),
        )
        is_asking, self._asked = self._asked is not None, question
        if not is_asking:
            self._ask(question)

    def _ask(self, question: CompanyQuestion) -> None:
        desk = self._around.desk

        def then(found: tuple[Company, ...]) -> None:
            newest, self._asked = self._asked, None
            if newest is not None and newest != question:
                self._asked = newest
                self._ask(newest)
            else:
                self._show(found)

        def failed(error: OptOutError) -> None:
            self._asked = None
            self._around.errors.show(error, self)

        self._around.tasks.run(self, partial(matching, desk, question), then, failed)

    def _show(self, found: tuple[Company, ...]) -> None:
        ids = [str(one.id) for one in found]
        self._known = {one: self._known[one] for one in self._ticked} | dict(zip(ids, found, strict=True))
        self._is_showing = True
        self.found.show_ids(ids)
        self.found.set_ticked(one for one in ids if one in self._ticked)
        self._is_showing = False
        self._say_found()
        announce(self.rows, self.said.text())

    def _say_found(self) -> None:
        count = len(self.found.ids)
        self.tick_found.setText(self.tr("&Tick all found ({count})").format(count=number(count)))
        self.tick_found.setEnabled(count > self.found.ticked_count)
        if not count:
            self.said.setText(self.tr("No company fits. Take a filter away, or type less of the name."))
        elif count == 1:
            self.said.setText(self.tr("1 company. Space or a click on its box ticks it."))
        else:
            words = self.tr("{count} companies. Space or a click on the box ticks one, Ctrl+A ticks all.")
            self.said.setText(words.format(count=number(count)))

    def _fetch(self, ids: Sequence[str], then: Callable[[Sequence[Company | None]], None]) -> None:
        then([self._known.get(one) for one in ids])

    # ── ticking ──────────────────────────────────────────────────────────────────────────────────────

    def _tick(self) -> None:
        if self._is_showing:
            return
        now = set(self.found.ticked)
        gone = {one for one in self.found.ids if one in self._ticked and one not in now}
        before = len(self._ticked)
        kept = [one for one in self._ticked if one not in gone]
        self._ticked = dict.fromkeys([*kept, *(one for one in self.found.ticked if one not in self._ticked)])
        self._say_chosen()
        if before != len(self._ticked):
            announce(self.rows, self.count.text())
        self.changed.emit()

    def _remove(self, wanted: str) -> None:
        row = self.chosen.row_of(wanted)
        self._ticked.pop(wanted, None)
        self._show_ticks()
        if self.chosen.rowCount():
            self.chosen_rows.setCurrentIndex(self.chosen.index(min(row, self.chosen.rowCount() - 1), 0))

    def _remove_highlighted(self) -> None:
        chosen = self.chosen_rows.chosen_id()
        if chosen is not None:
            self._remove(chosen)

    def _remove_all(self) -> None:
        self._ticked = {}
        self._show_ticks()

    def _show_ticks(self) -> None:
        self._is_showing = True
        self.found.set_ticked(one for one in self.found.ids if one in self._ticked)
        self._is_showing = False
        self._say_chosen()
        self.changed.emit()

    def _say_chosen(self) -> None:
        count = len(self._ticked)
        self.chosen.show_ids(list(self._ticked))
        if count > MOST_ITEMS:
            words = self.tr("{count} ticked; a batch has at most {most}. Take some out.")
            self.count.setText(words.format(count=number(count), most=number(MOST_ITEMS)))
        else:
            words = self.tr("1 company ticked") if count == 1 else self.tr("{count} companies ticked")
            self.count.setText(words.format(count=number(count)))
        self.remove.setEnabled(count > 0)
        self.clear.setEnabled(count > 0)
        self._say_found()


def _face(company: Company) -> RowFace:
    where = country_name(company.country) if company.country else ""
    address = _address(company)
    second = company_words.tr("{address} · {country}").format(address=address, country=where)
    name, end = shown(company.name), company_words.row_end(company)
    spoken = company_words.tr("{name}, {line}, {end}").format(name=name, line=second, end=end)
    return RowFace(title=name, second=second if where else address, trailing=end, spoken=spoken)


def _chosen_face(company: Company) -> RowFace:
    name, address = shown(company.name), _address(company)
    spoken = company_words.tr("{name}, {address}").format(name=name, address=address)
    return RowFace(title=name, second=address, spoken=spoken)


def _address(company: Company) -> str:
    found = company.contact(Channel.EMAIL)
    return visible_controls(found.value) if found is not None else company_words.tr("no e-mail address")
