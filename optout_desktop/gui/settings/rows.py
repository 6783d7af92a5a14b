# SPDX-License-Identifier: Apache-2.0
"""Rows of the settings: a choice or a tick bound to one preference, kept at once; it can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from optout_desktop.gui import theme
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.surroundings import Surroundings

Value = bool | int | str


class Binder:
    """Joins rows to preferences: shows what is kept, keeps what is chosen."""

    def __init__(self, surroundings: Surroundings, owner: QWidget) -> None:
        self._around = surroundings
        self._owner = owner
        self._shows: dict[str, Callable[[Value], None]] = {}

    def bind(self, name: str, show: Callable[[Value], None]) -> None:
        """From here on a preference is shown through ``show``."""
        self._shows[name] = show

    def show(self, values: Mapping[str, Value]) -> None:
        """Show what is kept."""
        for name, show in self._shows.items():
            show(values[name])

    def put(self, name: str, value: Value) -> None:
        """Keep what a person chose, and tell the window."""
        tasks, preferences = self._around.tasks, self._around.desk.preferences

        def kept(_nothing: None) -> None:
            tasks.announce()
            self._around.say_undoable(self._owner.tr("The setting was changed."))

        tasks.run(self._owner, lambda: preferences.put(name, value), kept)


class Section(QFrame):
    """One page of settings: groups of rows below each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "window")
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(4, 0, 12, 8)
        self.rows.setSpacing(12)
        self._title = label("", Look.TITLE)
        self.rows.addWidget(self._title)

    def entitle(self, title: str) -> None:
        """Give the page its heading."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def refresh(self) -> None:
        """Ask again for what is shown; sections without anything of their own need nothing."""

    def add(self, widget: QWidget) -> None:
        """One more row."""
        self.rows.addWidget(widget)

    def say(self, words: str) -> QLabel:
        """A line of explanation."""
        made = label(words, Look.SECOND, wraps=True)
        self.rows.addWidget(made)
        return made

    def finish(self) -> None:
        """Leave the rest of the page empty."""
        self.rows.addStretch()


class ChoiceRow(QWidget):
    """A box with the values that a setting can have."""

    def __init__(
        self, binder: Binder, name: str, words: str, choices: Sequence[tuple[Value, str]], hint: str = ""
    ) -> None:
        super().__init__()
        self.box = QComboBox()
        self.box.setMinimumWidth(theme.px(180))
        for value, text in choices:
            self.box.addItem(text, value)
        title = QLabel(words)
        title.setBuddy(self.box)
        title.setWordWrap(True)
        self.box.setAccessibleName(words.replace("&", ""))
        self.box.setAccessibleDescription(hint)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(title, 1)
        row.addWidget(self.box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        if hint:
            layout.addWidget(label(hint, Look.SMALL, wraps=True))
        binder.bind(name, self._show)
        self.box.activated.connect(lambda _at: binder.put(name, self.box.currentData()))

    def _show(self, value: Value) -> None:
        self.box.setCurrentIndex(self.box.findData(value))


class TickRow(QWidget):
    """A tick that is a setting."""

    def __init__(self, binder: Binder, name: str, words: str, hint: str = "") -> None:
        super().__init__()
        self.box = QCheckBox(words)
        self.box.setAccessibleDescription(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.box)
        if hint:
            below = label(hint, Look.SMALL, wraps=True)
            below.setContentsMargins(theme.px(28), 0, 0, 0)
            layout.addWidget(below)
        binder.bind(name, self._show)
        self.box.clicked.connect(lambda is_on: binder.put(name, bool(is_on)))

    def _show(self, value: Value) -> None:
        self.box.setChecked(bool(value))
