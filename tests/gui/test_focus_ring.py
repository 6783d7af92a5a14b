# SPDX-License-Identifier: Apache-2.0
"""Whoever has the focus wears a ring of 2 px in every theme, and keeps the size that it had."""

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTabBar,
    QTableWidget,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from optout_desktop.gui.theme import Appearance
from optout_desktop.gui.tokens import contrast

THEMES = [each for each in Appearance if each is not Appearance.SYSTEM]


def button(kind):
    made = QPushButton("Send now")
    made.setProperty("kind", kind)
    return made


def quiet_tool():
    made = QToolButton()
    made.setText("More")
    made.setProperty("kind", "quiet")
    return made


def tool():
    made = QToolButton()
    made.setText("More")
    return made


def navigation():
    made = QListWidget()
    made.setProperty("kind", "navigation")
    return made


def combo():
    made = QComboBox()
    made.addItem("One")
    return made


def tabs():
    made = QTabBar()
    made.addTab("History")
    made.addTab("Letters")
    return made


CONTROLS = {
    "button": lambda: button(""),
    "accent button": lambda: button("accent"),
    "danger button": lambda: button("danger"),
    "quiet button": lambda: button("quiet"),
    "link": lambda: button("link"),
    "tile": lambda: button("tile"),
    "chip": lambda: button("chip"),
    "tool button": tool,
    "quiet tool button": quiet_tool,
    "text field": lambda: QLineEdit("Northwind"),
    "choice": combo,
    "day": lambda: QDateEdit(QDate(2026, 11, 22)),
    "number": QSpinBox,
    "text": lambda: QPlainTextEdit("Dear Northwind"),
    "help text": QTextBrowser,
    "box to tick": lambda: QCheckBox("I agree"),
    "one of several": lambda: QRadioButton("By post"),
    "list": QListWidget,
    "table": lambda: QTableWidget(2, 2),
    "places": navigation,
    "tabs": tabs,
}


@pytest.fixture
def seen(theme, show):
    """Pictures of a control without and with the focus, on the window's ground, and the theme's colours."""

    def pictures(name, appearance):
        theme.wear(appearance)
        host = show(QWidget(), 320, 240)
        host.setProperty("surface", "window")
        host.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        control = CONTROLS[name]()
        control.setParent(host)
        control.move(20, 20)
        control.resize(control.sizeHint())
        control.show()
        host.setFocus()
        without = host.grab().toImage()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        frame = control.tabRect(0).translated(control.pos()) if name == "tabs" else control.geometry()
        return without, host.grab().toImage(), frame, theme.tokens

    return pictures


def extent(picture, ground):
    """The least and the greatest x and y at which something is drawn."""
    drawn = [
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if contrast(picture.pixelColor(x, y).name(), ground) > 1.15
    ]
    xs, ys = [x for x, _ in drawn], [y for _, y in drawn]
    return min(xs), max(xs), min(ys), max(ys)


def widest_run(colours, wanted):
    """The longest row of neighbours that have one colour."""
    longest = run = 0
    for colour in colours:
        run = run + 1 if colour == wanted else 0
        longest = max(longest, run)
    return longest


@pytest.mark.parametrize("appearance", THEMES)
@pytest.mark.parametrize("name", CONTROLS)
def test_the_ring_is_two_pixels_wide_on_every_side(seen, name, appearance):
    _, focused, frame, tokens = seen(name, appearance)
    ring = QColor(tokens.window if name == "accent button" else tokens.focus)
    middle = frame.center()
    depth = 14
    sides = {
        "left": [focused.pixelColor(frame.left() + n, middle.y()) for n in range(depth)],
        "right": [focused.pixelColor(frame.right() - n, middle.y()) for n in range(depth)],
        "top": [focused.pixelColor(middle.x(), frame.top() + n) for n in range(depth)],
        "bottom": [focused.pixelColor(middle.x(), frame.bottom() - n) for n in range(depth)],
    }
    widths = {side: widest_run(colours, ring) for side, colours in sides.items()}

    assert all(width >= 2 for width in widths.values()), widths


@pytest.mark.parametrize("appearance", THEMES)
@pytest.mark.parametrize("name", [name for name in CONTROLS if "button" in name or name in {"tile", "chip"}])
def test_to_the_eye_the_control_keeps_its_size(seen, name, appearance):
    without, focused, _, tokens = seen(name, appearance)
    before, after = extent(without, tokens.window), extent(focused, tokens.window)
    has_no_frame_at_rest = "quiet" in name or name == "tool button"

    assert has_no_frame_at_rest or after == before


@pytest.mark.parametrize("appearance", THEMES)
def test_the_ring_inside_an_accent_button_stands_out_from_it(seen, appearance):
    _, _, _, tokens = seen("accent button", appearance)

    assert contrast(tokens.window, tokens.accent) >= 3
    assert contrast(tokens.surface, tokens.accent) >= 3
