# SPDX-License-Identifier: Apache-2.0
"""The controls above the list of laws: search, filter, and the chips of what is on.

It holds the ``LawFilter`` and tells of every change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.laws import Law
from optout_desktop.domain.places import Place
from optout_desktop.gui import wording
from optout_desktop.gui.chips import FilterChip, FilterChips
from optout_desktop.gui.fields import SearchField
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.laws.law_filter import LawFilter, LawState, places_of, rights_of
from optout_desktop.gui.laws.law_list import state_words
from optout_desktop.gui.laws.law_words import law_place

_PLACE, _RIGHT, _STATE = "place", "right", "state"


class LawFilterBar(QWidget):
    """Everything that says which laws are shown."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wanted = LawFilter()
        self._laws: Sequence[Law] = ()
        self._home: Place | None = None
        self.search = SearchField(self.tr("Search laws by name, citation, place or right"))
        self.place = self._menu_button(self._fill_places)
        self.right = self._menu_button(self._fill_rights)
        self.state = self._menu_button(self._fill_states)
        self.chips = FilterChips()
        self.count = label("", Look.SMALL)
        buttons = QWidget()
        row = FlowLayout(buttons)
        for each in (self.place, self.right, self.state, self.chips, self.count):
            row.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(buttons)
        self.place.setText(self.tr("Place"))
        self.right.setText(self.tr("Right"))
        self.state.setText(self.tr("Status"))
        self.place.setAccessibleName(self.tr("Filter by place"))
        self.right.setAccessibleName(self.tr("Filter by right"))
        self.state.setAccessibleName(self.tr("Filter by status"))
        self.search.wanted.connect(lambda typed: self.want(replace(self.wanted, typed=typed)))
        self.chips.removed.connect(self._take_off)

    def know(self, laws: Sequence[Law], home: Place | None) -> None:
        """From now on offer the places and rights of these laws, and the place where the person lives."""
        self._laws, self._home = laws, home

    def want(self, wanted: LawFilter) -> None:
        """Show the laws of another filter."""
        if wanted == self.wanted:
            return
        self.wanted = wanted
        if self.search.text() != wanted.typed:
            was = self.search.blockSignals(True)
            self.search.setText(wanted.typed)
            self.search.blockSignals(was)
        self.chips.set_filters(self._chips())
        before: QWidget = self.state
        for chip in self.chips.findChildren(FilterChip):
            if not chip.isHidden():  # an old one is hidden until it is deleted
                QWidget.setTabOrder(before, chip)
                before = chip
        self.changed.emit()

    def clear(self) -> None:
        """Take everything off."""
        self.want(LawFilter())

    def _chips(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if self.wanted.place is not None:
            found[_PLACE] = law_place(self.wanted.place)
        if self.wanted.right is not None:
            found[_RIGHT] = wording.right(self.wanted.right)
        if self.wanted.state is not None:
            found[_STATE] = state_words(self.wanted.state)
        return found

    def _take_off(self, key: str) -> None:
        without = {
            _PLACE: replace(self.wanted, place=None),
            _RIGHT: replace(self.wanted, right=None),
            _STATE: replace(self.wanted, state=None),
        }
        self.want(without[key])

    # ── menus ────────────────────────────────────────────────────────────────────────────────────────

    def _menu_button(self, fill: object) -> QPushButton:
        button = QPushButton()
        menu = QMenu(button)
        button.setMenu(menu)
        menu.aboutToShow.connect(fill)
        return button

    def _fill_places(self) -> None:
        offered: dict[str, LawFilter] = {self.tr("All places"): replace(self.wanted, place=None)}
        known = places_of(self._laws)
        home = (self._home,) if self._home is not None and self._home not in known else ()
        for place in sorted((*known, *home), key=law_place):
            offered[law_place(place)] = replace(self.wanted, place=place)
        self._fill(self.place.menu(), offered)

    def _fill_rights(self) -> None:
        offered = {self.tr("All rights"): replace(self.wanted, right=None)}
        for right in rights_of(self._laws):
            offered[wording.right(right)] = replace(self.wanted, right=right)
        self._fill(self.right.menu(), offered)

    def _fill_states(self) -> None:
        offered = {self.tr("Any status"): replace(self.wanted, state=None)}
        for state in LawState:
            offered[state_words(state)] = replace(self.wanted, state=state)
        self._fill(self.state.menu(), offered)

    def _fill(self, menu: QMenu, offered: dict[str, LawFilter]) -> None:
        menu.clear()
        group = QActionGroup(menu)
        for words, wanted in offered.items():
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(wanted == self.wanted)
            action.triggered.connect(lambda _on=False, wanted=wanted: self.want(wanted))
            group.addAction(action)
