# SPDX-License-Identifier: Apache-2.0
"""Fields of the calculator: a place that may be unknown, and a day that may not have come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from optout_desktop.domain.places import Place, country_of
from optout_desktop.domain.requests import EventKind
from optout_desktop.gui.fields import DateField, FieldRow, restyle
from optout_desktop.gui.places import COUNTRIES, country_name
from optout_desktop.services.laws import ExtensionTaken

_SHORTEST_LETTERS = 10

Regions = Mapping[str, tuple[tuple[Place, str], ...]]
"""The regions with days of their own, by name, of each country that has any."""


class CompanyPlace(QWidget):
    """Where the company must act: country and region, each of which nobody need know."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._regions: Regions = {}
        self.country = QComboBox()
        self.country.setAccessibleName(self.tr("Country of the company"))
        self.country.addItem(self.tr("Not known"), "")
        for code in sorted(COUNTRIES, key=country_name):
            self.country.addItem(country_name(code), code)
        self.region = QComboBox()
        self.region.setAccessibleName(self.tr("State or region of the company"))
        for box in (self.country, self.region):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_SHORTEST_LETTERS)
            box.setMaxVisibleItems(14)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.country, 1)
        layout.addWidget(self.region, 1)
        self.setFocusProxy(self.country)
        self.country.currentIndexChanged.connect(self._country_chosen)
        self.region.currentIndexChanged.connect(self.changed)
        self._offer_regions()

    def know(self, regions: Regions) -> None:
        """From now on offer these regions; what is chosen stays chosen."""
        chosen = self.place()
        self._regions = regions
        self._offer_regions()
        with QSignalBlocker(self.region):
            self.region.setCurrentIndex(max(self.region.findData(chosen), 0))

    def place(self) -> str:
        """``CH-ZH``, ``CH`` where the region is not known, or an empty text."""
        return str(self.region.currentData() or self.country.currentData())

    def name(self) -> str:
        """What is chosen, in words."""
        if not self.region.currentData():
            return self.country.currentText()
        words = self.tr("{region}, {country}")
        return words.format(region=self.region.currentText(), country=self.country.currentText())

    def show_place(self, place: str) -> None:
        """Set both boxes."""
        self.country.setCurrentIndex(max(self.country.findData(country_of(place)), 0))
        self.region.setCurrentIndex(max(self.region.findData(place), 0))

    def _country_chosen(self) -> None:
        self._offer_regions()
        self.changed.emit()

    def _offer_regions(self) -> None:
        regions = self._regions.get(str(self.country.currentData()), ())
        with QSignalBlocker(self.region):
            self.region.clear()
            self.region.addItem(self.tr("Not known"), "")
            for place, name in regions:
                self.region.addItem(name, place)
        self.region.setVisible(bool(regions))


class MaybeDay(QWidget):
    """A day behind a box to tick: not ticked, it has not come. ``usual`` gives the day to begin with."""

    changed = Signal()

    def __init__(self, words: str, usual: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual = usual
        self._was_ticked = False
        self.tick = QCheckBox(words)
        self.date = DateField(usual())
        self.date.setAccessibleName(words)
        self.date.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.tick)
        column.addWidget(self.date)
        self.setFocusProxy(self.tick)
        self.tick.toggled.connect(self._tick)
        self.date.dateChanged.connect(lambda _day: self.changed.emit())

    def day(self) -> date | None:
        """The day, or None where it has not come."""
        return self.date.day() if self.tick.isChecked() else None

    def set_day(self, day: date) -> None:
        """Say that it came, and when."""
        self.tick.setChecked(True)
        self.date.setDate(QDate(day.year, day.month, day.day))

    def _tick(self) -> None:
        is_on = self.tick.isChecked()
        if is_on and not self._was_ticked:
            self._was_ticked = True
            day = self._usual()
            self.date.setDate(QDate(day.year, day.month, day.day))
        self.date.setVisible(is_on)
        self.changed.emit()


class FactRow(FieldRow):
    """One thing that may have happened, with its day and what is wrong with it."""

    changed = Signal()

    def __init__(self, kind: EventKind, words: str, usual: Callable[[], date]) -> None:
        self.kind = kind
        self.maybe = MaybeDay(words, usual)
        super().__init__(words, self.maybe, kind.value)
        self.label.hide()  # the box says it
        self.maybe.setAccessibleName("")
        self.maybe.changed.connect(self.changed)

    def day(self) -> date | None:
        """The day, or None where it has not come."""
        return self.maybe.day()

    def show_error(self, sentence: str) -> None:
        """Say what is wrong below the field, and by the border of the day."""
        super().show_error(sentence)
        self.maybe.date.setAccessibleDescription(sentence)
        self.maybe.date.setProperty("invalid", "true" if sentence else "false")
        restyle(self.maybe.date)


class ExtensionRow(FactRow):
    """A company's notice that it takes longer: its day, the day it names, whether it says why."""

    def __init__(self, words: str, usual: Callable[[], date]) -> None:
        super().__init__(EventKind.EXTENDED, words, usual)
        self.until = MaybeDay(self.tr("It names a new last day"), usual)
        self.reason = QCheckBox(self.tr("It gives a reason"))
        self.reason.setChecked(True)
        self._more = QWidget()
        column = QVBoxLayout(self._more)
        column.setContentsMargins(24, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.until)
        column.addWidget(self.reason)
        self._more.hide()
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self._more)
        self.maybe.tick.toggled.connect(self._more.setVisible)
        self.until.changed.connect(self.changed)
        self.reason.toggled.connect(lambda _on: self.changed.emit())

    def extension(self) -> ExtensionTaken | None:
        """What the company took, or None."""
        on = self.day()
        if on is None:
            return None
        return ExtensionTaken(on=on, until=self.until.day(), has_reason=self.reason.isChecked())
