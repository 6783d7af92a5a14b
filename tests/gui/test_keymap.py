# SPDX-License-Identifier: Apache-2.0
"""The one table of keys."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from optout_desktop.gui import keymap
from optout_desktop.gui.keymap import TABLE, Act, Menu, Scope, ShortcutSheet


def _keys(*scopes):
    return [QKeySequence(each).toString() for key in TABLE if key.scope in scopes for each in key.keys]


@pytest.mark.parametrize("scope", [each for each in Scope if each is not Scope.WINDOW])
def test_a_key_means_one_thing_in_one_place(scope):
    repeated = {key: times for key, times in Counter(_keys(Scope.WINDOW, scope)).items() if times > 1}

    assert repeated == {}


def test_every_action_stands_in_the_table_once():
    assert Counter(key.act for key in TABLE) == Counter(Act)


def test_every_key_can_be_understood():
    assert [key for key in _keys(*Scope) if not key] == []


@pytest.mark.parametrize("menu", Menu)
def test_access_keys_are_unique_in_each_menu(menu):
    letters = [key.words[key.words.index("&") + 1].lower() for key in keymap.menu_entries(menu)]

    assert letters
    assert len(set(letters)) == len(letters)


def test_menus_have_different_access_keys():
    letters = [keymap.menu_title(menu)[keymap.menu_title(menu).index("&") + 1] for menu in Menu]

    assert len(set(letters)) == len(Menu)


def test_single_letters_work_only_inside_lists():
    single = [key for key in TABLE if any(len(each) == 1 for each in key.keys)]

    assert {key.scope for key in single} == {Scope.LIST}


def test_an_action_carries_its_words_keys_and_icon(qapp):
    owner = QWidget()
    action = keymap.action(Act.NEW_REQUEST, owner)

    assert action.text() == "&New request"
    assert action.shortcut() == QKeySequence("Ctrl+N")
    assert not action.icon().isNull()


def test_every_icon_of_a_menu_is_drawn(theme):
    assert {key.icon for key in TABLE if key.icon} <= set(theme.icons.names())


def test_redo_has_two_keys(qapp):
    owner = QWidget()

    assert len(keymap.action(Act.REDO, owner).shortcuts()) == 2


def test_places_of_the_sidebar_are_numbered():
    assert [keymap.plain_words_of(act)[-16:] for act in keymap.PLACES[:1]] == ["1 of the sidebar"]
    assert len(keymap.PLACES) == 9


def test_the_sheet_shows_every_key_of_the_table(qtbot):
    sheet = ShortcutSheet()
    qtbot.addWidget(sheet)
    shown = " ".join(keys for _, keys in sheet.lines)

    assert len(sheet.lines) == len([key for key in TABLE if key.keys])
    assert "Ctrl+Shift+Z or Ctrl+Y" in shown
