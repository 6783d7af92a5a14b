# SPDX-License-Identifier: Apache-2.0
"""The window of an open vault: places, menus, undo, toast, backups, narrow and wide."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from optout_desktop.gui import pages
from optout_desktop.gui.about import AboutDialog
from optout_desktop.gui.application import Application
from optout_desktop.gui.keymap import Act
from tests.gui.house import CheapHouse, running, unlocked, wait_until


@pytest.fixture
def application(tmp_path, theme):
    house = CheapHouse(tmp_path)
    house.make_vault()
    with running(Application(house, theme=theme, is_watching_screen=False)) as application:
        yield application


@pytest.fixture
def window(application):
    return unlocked(application)


@pytest.fixture
def sample(tmp_path, theme):
    with running(Application(CheapHouse(tmp_path), theme=theme, is_watching_screen=False)) as application:
        application.entrance.page.sample.click()
        wait_until(lambda: application.desk is not None and application.window.facts is not None, 60)
        yield application.window


def test_the_sample_opens_with_one_click_and_says_that_sending_is_off(sample):
    assert sample.banner.words.text() == "Sample data · sending is off · today is 22 Nov 2026"
    assert sample.banner.own.isVisible()


def test_keys_go_to_the_places(window):
    window.menus.actions[Act.GO_6].trigger()

    assert window.key == pages.COMPANIES


def test_back_and_forward_walk_the_pages(window):
    window.go(pages.SETTINGS)
    window.go_back()
    before = window.key
    window.go_forward()

    assert (before, window.key) == (pages.DASHBOARD, pages.SETTINGS)


def test_help_opens_the_topic_of_the_screen(window):
    window.go(pages.SETTINGS)
    window.page.show_section("backups")
    window.menus.actions[Act.HELP].trigger()

    assert window.page.topic == "backups"


def test_a_narrow_window_keeps_the_icons_of_the_places_with_their_names(window):
    window.resize(1280, 800)
    wide = window.sidebar.is_narrow
    window.resize(960, 600)
    item = window.sidebar.places.item(0)

    assert (wide, window.sidebar.is_narrow) == (False, True)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "Dashboard"
    assert item.toolTip() == "Dashboard (Ctrl+1)"


def test_at_200_percent_the_places_are_icons_too(window, theme):
    window.resize(1280, 800)
    theme.wear(theme.appearance, 2.0)

    assert window.sidebar.is_narrow


def test_edit_undo_says_what_it_takes_back_and_takes_it_back(window):
    desk, tasks = window.surroundings.desk, window.surroundings.tasks
    tasks.run(window, lambda: desk.preferences.put("due_soon_days", 9), lambda _nothing: tasks.announce())
    undo = window.menus.actions[Act.UNDO]
    wait_until(undo.isEnabled)
    words = undo.text()
    undo.trigger()
    wait_until(lambda: not undo.isEnabled())
    wait_until(lambda: window.facts.preferences["due_soon_days"] == 7)

    assert words == "&Undo change of a setting"
    assert window.menus.actions[Act.REDO].isEnabled()


def test_the_undo_of_a_toast_is_that_of_the_menu(window):
    desk, tasks = window.surroundings.desk, window.surroundings.tasks
    tasks.run(
        window,
        lambda: desk.preferences.put("compact_rows", True),
        lambda _nothing: window.say_undoable("The setting was changed."),
    )
    wait_until(lambda: window.toast_words)
    window._toasts.toast.button.click()
    wait_until(window.menus.actions[Act.REDO].isEnabled)

    assert window.toast_words == ""


def test_after_the_first_change_of_a_day_a_backup_is_made(window):
    before = window.status_line.backup.text()
    desk, tasks = window.surroundings.desk, window.surroundings.tasks
    tasks.run(window, lambda: desk.preferences.put("compact_rows", True), lambda _nothing: None)
    wait_until(lambda: window.facts.last_backup_at is not None)

    assert before.startswith("No backup yet")
    assert window.status_line.backup.text().startswith("Backup today at")


def test_clients_have_a_place_only_in_advocate_mode(window):
    desk, tasks = window.surroundings.desk, window.surroundings.tasks
    before = window.sidebar.places.count()
    tasks.run(window, lambda: desk.preferences.put("advocate_mode", True), lambda _nothing: tasks.announce())
    wait_until(lambda: window.sidebar.places.count() == 5)

    assert before == 4
    assert window.header.who.text().strip("\u2068\u2069") == "All clients"


def test_the_title_names_neither_vault_nor_person(window):
    assert window.windowTitle() == "OptOut Desktop"


def test_text_grows_with_a_key_and_the_size_is_kept(window, theme):
    window.menus.actions[Act.LARGER_TEXT].trigger()
    wait_until(lambda: theme.text_factor > 1.0)

    assert window.surroundings.desk.preferences.get("text_size") == 110


def test_a_key_never_means_two_things(window):
    window.go(pages.REQUESTS)
    taken = {}
    for action in (*window.menus.actions.values(), *window.page.acts.values()):
        if action.isEnabled():
            for keys in action.shortcuts():
                taken.setdefault(keys.toString(), set()).add(action.objectName())
    double = {keys: names for keys, names in taken.items() if len(names) > 1}

    assert double == {}


def test_f6_walks_the_panes(window):
    window.activateWindow()
    window.sidebar.places.setFocus()
    window.menus.actions[Act.NEXT_PANE].trigger()

    assert window.header.search.hasFocus()


def test_typing_into_the_search_shows_the_requests(window):
    QTest.keyClicks(window.header.search, "north")
    wait_until(lambda: window.key == pages.REQUESTS)

    assert window.header.search.text() == "north"


def test_about_shows_versions_and_licences(show):
    about = show(AboutDialog())
    rows = range(about.table.rowCount())
    parts = {about.table.item(row, 0).text(): about.table.item(row, 1).text() for row in rows}

    assert parts["pyside6-essentials"]
    assert all(parts.values())
