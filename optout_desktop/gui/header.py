# SPDX-License-Identifier: Apache-2.0
"""The strip above the pages: whose vault, search, new request, lock; and the banner of the sample."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from optout_desktop.domain.ids import PersonId
from optout_desktop.domain.people import Person
from optout_desktop.gui import keymap, theme
from optout_desktop.gui.chips import IconButton
from optout_desktop.gui.fields import SearchField
from optout_desktop.gui.keymap import Act
from optout_desktop.gui.labels import IconLabel, Look, label, shown

_LONGEST_NAME = 24


class Header(QFrame):
    """Whose vault, search, new request, lock."""

    search_wanted = Signal(str)
    new_wanted = Signal()
    lock_wanted = Signal()
    person_wanted = Signal(object)
    """A ``PersonId``, or None for everybody."""

    def __init__(self, vault_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "window")
        self._vault_name = vault_name
        self.who = QPushButton()
        self.who.setProperty("kind", "quiet")
        self.who.setIcon(theme.icon("shield"))
        self.search = SearchField(self.tr("Search requests"))
        self.search.wanted.connect(self.search_wanted)
        self.search.setMinimumWidth(theme.px(150))  # at 200 % text in a small window all of it must fit
        self.search.setMaximumWidth(theme.px(520))
        self.new = QPushButton(self.tr("New request"))
        self.new.setProperty("kind", "accent")
        self.new.clicked.connect(self.new_wanted)
        self._say_keys(self.new, Act.NEW_REQUEST)
        self.lock = IconButton("lock", self.tr("Lock"))
        self._say_keys(self.lock, Act.LOCK)
        self.lock.clicked.connect(self.lock_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 16, 8)
        layout.setSpacing(12)
        layout.addWidget(self.who)
        layout.addWidget(self.search, 3)
        layout.addSpacing(12)  # beside a stretch a layout leaves no room of its own
        layout.addStretch(1)
        layout.addWidget(self.new)
        layout.addWidget(self.lock)
        self._tint()
        self.show_people((), None)

    def show_people(self, people: Sequence[Person], chosen: PersonId | None) -> None:
        """Offer the clients, where there are several; else the vault's name stands alone."""
        name = next((person.name for person in people if person.id == chosen), "")
        words = name or (self.tr("All clients") if people else self._vault_name)
        cut = (
            words
            if len(words) <= _LONGEST_NAME
            else self.tr("{start}…").format(start=words[: _LONGEST_NAME - 1])
        )
        self.who.setText(shown(cut).replace("&", "&&"))
        spoken = self.tr("Client: {name}") if people else self.tr("Vault: {name}")
        self.who.setAccessibleName(spoken.format(name=shown(words)))
        self.who.setToolTip(self.who.accessibleName())
        old = self.who.menu()
        menu = QMenu(self.who)
        for person_id, person_name in ((None, self.tr("All clients")), *((p.id, p.name) for p in people)):
            if not people:
                break
            action = menu.addAction(shown(person_name).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(person_id == chosen)
            action.triggered.connect(lambda _on=False, wanted=person_id: self.person_wanted.emit(wanted))
        if not people:
            menu.addAction(keymap.words_of(Act.LOCK), self.lock_wanted.emit)
        self.who.setMenu(menu)
        if old is not None:
            old.deleteLater()

    def changeEvent(self, event: QEvent) -> None:
        """Tint again when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "lock"):
            self._tint()

    def _tint(self) -> None:
        self.who.setIcon(theme.icon("shield", theme.tokens().text_2))
        self.new.setIcon(theme.icon("plus", theme.tokens().on_accent))

    def _say_keys(self, widget: QWidget, act: Act) -> None:
        keys = keymap.keys_shown(act)
        tip = self.tr("{words} ({keys})").format(words=keymap.plain_words_of(act), keys=", ".join(keys))
        widget.setToolTip(tip)


class SampleBanner(QFrame):
    """Says that this is the sample, and offers a vault of one's own."""

    own_wanted = Signal()

    def __init__(self, day_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sample_banner")
        words = self.tr("Sample data · sending is off · today is {day}").format(day=day_words)
        self.words = label(words, Look.STRONG, wraps=True)
        self.setAccessibleName(words)
        self.own = QPushButton(self.tr("Create my own &vault"))
        self.own.clicked.connect(self.own_wanted)
        self.own.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(12)
        layout.addWidget(IconLabel("info", 18, "info"))
        layout.addWidget(self.words, 1)
        layout.addWidget(self.own)
        self._paint_ground()

    def changeEvent(self, event: QEvent) -> None:
        """Its ground follows the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._paint_ground()

    def _paint_ground(self) -> None:
        self.setProperty("surface", "sidebar")
