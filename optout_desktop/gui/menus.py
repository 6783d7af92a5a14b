# SPDX-License-Identifier: Apache-2.0
"""The menus, made from the one table of keys: the window's own actions, and those of the page that is shown.

Where a page has an action of its own for a line of the table, that one stands in the menu, and the window's
is off, so that a key never means two things.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from optout_desktop.gui import keymap
from optout_desktop.gui.keymap import Act, Menu
from optout_desktop.gui.undo_words import redo_words, undo_words
from optout_desktop.services.undoing import UndoView


class Menus:
    """The menu bar of the window; it is filled when a page is shown."""

    def __init__(self, window: QMainWindow, acts: Mapping[Act, Callable[[], object]]) -> None:
        self.actions = keymap.actions_for(acts, window)
        for act, action in self.actions.items():
            action.triggered.connect(lambda _on=False, act=act: acts[act]())
            window.addAction(action)
        self._not_offered: set[Act] = {Act.SWITCH_CLIENT, Act.OUTBOX}
        self._of_page: Mapping[Act, QAction] = {}
        self._menus: dict[Menu, QMenu] = {
            menu: window.menuBar().addMenu(keymap.menu_title(menu)) for menu in Menu
        }
        self.show_undo(UndoView(undo=None, redo=None))

    def offer(self, act: Act, *, is_offered: bool) -> None:
        """Offer an action, or not."""
        before = frozenset(self._not_offered)
        (self._not_offered.discard if is_offered else self._not_offered.add)(act)
        if before != self._not_offered:
            self._fill()

    def show_for(self, page: QWidget) -> None:
        """Bring in the actions of the page that is shown, where it names them (``acts``)."""
        acts = getattr(page, "acts", {})
        self._of_page = acts if isinstance(acts, Mapping) else {}
        self._fill()

    def show_undo(self, view: UndoView, counting: str = "") -> None:
        """Say what can be undone and redone; a message that still counts down is taken back first."""
        for act, words, is_there in (
            (Act.UNDO, undo_words(view.undo), view.undo is not None),
            (Act.REDO, redo_words(view.redo), view.redo is not None),
        ):
            self.actions[act].setText(words)
            self.actions[act].setEnabled(is_there)
        if counting:
            self.actions[Act.UNDO].setText(counting)
            self.actions[Act.UNDO].setEnabled(True)

    def tint_again(self) -> None:
        """Icons in the colours of the theme that was just put on."""
        keymap.tint_again(self.actions)
        keymap.tint_again(self._of_page)

    def _fill(self) -> None:
        for act, action in self.actions.items():
            if act not in {Act.UNDO, Act.REDO}:
                action.setEnabled(act not in self._not_offered and act not in self._of_page)
        for menu, shown in self._menus.items():
            shown.clear()
            for key in keymap.menu_entries(menu):
                offered = self._of_page.get(key.act) or self.actions.get(key.act)
                if offered is None or key.act in self._not_offered:
                    continue
                if key.begins_group and not shown.isEmpty():
                    shown.addSeparator()
                shown.addAction(offered)
            shown.menuAction().setVisible(not shown.isEmpty())
