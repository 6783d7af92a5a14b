# SPDX-License-Identifier: Apache-2.0
"""Colours, sizes and icons of the window."""

import gc
import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from optout_desktop.gui import theme as looks
from optout_desktop.gui.theme import Appearance
from optout_desktop.gui.tokens import STATUS_ICONS, THEMES, StatusToken, contrast

TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("window", "surface", "sidebar", "selection", "hover")
ICON_FOLDER = "icons"


@pytest.mark.parametrize("table", THEMES.values(), ids=lambda table: table.name)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("words", ["text", "text_2"])
def test_words_can_be_read_on_every_ground(table, ground, words):
    assert contrast(getattr(table, words), getattr(table, ground)) >= TEXT


@pytest.mark.parametrize("table", THEMES.values(), ids=lambda table: table.name)
def test_links_errors_and_placeholders_can_be_read_where_they_stand(table):
    pairs = {
        (name, ground): contrast(getattr(table, name), getattr(table, ground))
        for name in ("link", "danger", "placeholder")
        for ground in ("window", "surface")
    }
    pairs["accent button"] = contrast(table.on_accent, table.accent)
    pairs["accent button, pointed at"] = contrast(table.on_accent, table.accent_hover)

    assert {name: ratio for name, ratio in pairs.items() if ratio < TEXT} == {}


@pytest.mark.parametrize("table", THEMES.values(), ids=lambda table: table.name)
def test_borders_rings_and_bars_stand_out(table):
    shapes = ("control_border", "accent", "focus", "on_time", "late", "open")
    ratios = {
        (name, ground): contrast(getattr(table, name), getattr(table, ground))
        for name in shapes
        for ground in ("window", "surface")
    }
    ratios["bar on a chosen row"] = contrast(table.accent, table.selection)
    ratios["ring on a chosen row"] = contrast(table.focus, table.selection)

    assert {name: ratio for name, ratio in ratios.items() if ratio < SHAPE} == {}


@pytest.mark.parametrize("table", THEMES.values(), ids=lambda table: table.name)
@pytest.mark.parametrize("status", StatusToken)
def test_a_status_can_be_read_on_its_chip_and_beside_it(table, status):
    tint = table.statuses[status]

    assert contrast(tint.text, tint.fill) >= TEXT
    assert contrast(tint.on_surface, table.surface) >= TEXT
    assert contrast(tint.on_surface, table.selection) >= TEXT


def test_statuses_differ_without_colour():
    assert len(set(STATUS_ICONS.values())) == len(StatusToken)


def test_black_on_white_has_the_highest_contrast():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_every_icon_that_a_status_needs_is_drawn(theme):
    assert set(STATUS_ICONS.values()) <= set(theme.icons.names())


def test_every_icon_is_tinted_to_the_text_and_shows_something(theme):
    for name in theme.icons.names():
        picture = theme.icons.pixmap(name, "#ff0000", 64).toImage()
        colours = {
            picture.pixelColor(x, y).name()
            for x in range(64)
            for y in range(64)
            if picture.pixelColor(x, y).alpha() == 255
        }

        assert colours == {"#ff0000"}, name


def test_icons_are_crisp_on_fine_screens(theme):
    picture = theme.icons.pixmap("check", "#000000", 20, 2.0)

    assert picture.width() == 40
    assert picture.deviceIndependentSize().width() == 20


def test_an_icon_of_a_button_is_crisp_and_paler_where_it_is_off(theme):
    icon = theme.icons.icon("check", "#ff0000", "#0000ff")
    fine = icon.pixmap(QSize(20, 20), 2.0)
    off = icon.pixmap(QSize(20, 20), 1.0, QIcon.Mode.Disabled).toImage()
    seen = {
        off.pixelColor(x, y).name()
        for x in range(20)
        for y in range(20)
        if off.pixelColor(x, y).alpha() == 255
    }

    assert fine.width() == 40
    assert fine.devicePixelRatio() == 2.0
    assert seen == {"#0000ff"}


def test_an_icon_outlives_its_maker_and_is_drawn_where_qt_wants_it(theme, show):
    button = show(QPushButton(theme.icons.icon("check", "#ff0000", "#0000ff"), "Done"))
    gc.collect()
    picture = button.grab().toImage()
    reds = [
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).name() == "#ff0000"
    ]

    assert reds


def test_a_name_that_no_icon_has_is_noticed_at_once(theme):
    with pytest.raises(FileNotFoundError):
        theme.icons.icon("no such icon", "#ff0000", "#0000ff")


def test_the_look_changes_while_the_window_is_open(theme, show):
    window = show(QWidget())
    window.setProperty("surface", "window")
    theme.wear(Appearance.DARK)
    dark = window.grab().toImage().pixelColor(10, 10)
    theme.wear(Appearance.LIGHT)
    light = window.grab().toImage().pixelColor(10, 10)

    assert (dark.name(), light.name()) == ("#15181c", "#f6f7f9")


def test_the_palette_follows_the_look(theme, qapp):
    theme.wear(Appearance.HIGH_CONTRAST)

    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor("#000000")
    assert looks.tokens().text == "#FFFFFF"


def test_without_a_word_from_the_system_the_look_is_light(theme):
    theme.wear(Appearance.SYSTEM)

    assert looks.tokens().name == "light"


def test_a_change_of_look_is_told_once(theme, qtbot):
    with qtbot.waitSignal(theme.changed):
        theme.wear(Appearance.DARK)
    told = []
    connection = theme.changed.connect(lambda: told.append(1))
    theme.wear(Appearance.DARK)
    theme.disconnect(connection)

    assert told == []


def test_text_grows_in_steps_to_double_and_back(theme):
    sizes = [theme.body_pt]
    for _ in range(8):
        theme.larger()
        sizes.append(theme.body_pt)

    assert sizes[-1] == pytest.approx(2 * sizes[0])
    assert sizes == sorted(sizes)
    theme.smaller()
    assert theme.body_pt < sizes[-1]
    theme.normal_size()
    assert theme.body_pt == sizes[0]


def test_small_text_is_never_under_nine_points(theme):
    assert theme.body_pt * 0.9 >= 9


def test_text_size_reaches_every_label(theme, show):
    label = show(QLabel("Northwind"))
    before = label.sizeHint().height()
    theme.wear(Appearance.LIGHT, 2.0)

    assert label.sizeHint().height() >= 1.7 * before


@pytest.mark.parametrize("kind", ["", "accent", "danger", "quiet", "link"])
@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_buttons_are_high_enough_to_hit(theme, show, kind, factor):
    theme.wear(Appearance.LIGHT, factor)
    button = QPushButton("Send")
    button.setProperty("kind", kind)
    show(button)

    assert button.sizeHint().height() >= 32 * factor


@pytest.mark.parametrize("kind", ["", "accent", "danger", "quiet", "link"])
@pytest.mark.parametrize("appearance", [each for each in Appearance if each is not Appearance.SYSTEM])
def test_the_focus_shows_and_moves_nothing(theme, show, kind, appearance):
    theme.wear(appearance)
    host = show(QWidget())
    host.setProperty("surface", "window")
    button = QPushButton("Send", host)
    button.setProperty("kind", kind)
    button.adjustSize()
    button.show()
    host.setFocus()
    without, size = host.grab(button.geometry()).toImage(), button.sizeHint()
    button.setFocus()
    focused = host.grab(button.geometry()).toImage()

    assert button.sizeHint() == size
    assert _differing(without, focused) > 2 * (button.width() + button.height())


@pytest.mark.parametrize("appearance", [each for each in Appearance if each is not Appearance.SYSTEM])
def test_a_button_that_stays_down_is_seen_to_be_down(theme, show, appearance):
    theme.wear(appearance)
    host = show(QWidget())
    button = QPushButton("Table", host)
    button.setCheckable(True)
    button.adjustSize()
    button.show()
    host.setFocus()
    up, size = button.grab().toImage().pixelColor(6, 6), button.sizeHint()
    button.setChecked(True)
    picture = button.grab().toImage()
    edge = picture.pixelColor(0, picture.height() // 2)

    assert button.sizeHint() == size
    assert up.name().upper() == theme.tokens.surface
    assert picture.pixelColor(6, 6).name().upper() == theme.tokens.selection
    assert edge.name().upper() == theme.tokens.accent


def _differing(one, other):
    return sum(one.pixel(x, y) != other.pixel(x, y) for x in range(one.width()) for y in range(one.height()))


def test_movement_stops_where_the_person_wants_none(theme):
    theme.is_motion_wanted = False
    still = theme.motion_ms
    theme.is_motion_wanted = True

    assert still == 0
    assert 0 < theme.motion_ms <= 150


def test_the_style_sheet_names_no_colour_of_its_own():
    from tests.gui.conftest import RESOURCES

    sheet = (RESOURCES / "styles" / "app.qss").read_text(encoding="utf-8")

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet) == []
