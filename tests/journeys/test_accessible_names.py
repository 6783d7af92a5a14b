# SPDX-License-Identifier: Apache-2.0
"""Whatever can be pressed, typed into or chosen has a name and a role, on every page of the real window."""

import time

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QWidget

from optout_desktop.app import House
from optout_desktop.gui.application import Application
from optout_desktop.gui.laws.page import CALCULATOR, LAWS, REGISTERS

WAIT_SECONDS = 30
INTERACTIVE = {
    QAccessible.Role.Button,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.EditableText,
    QAccessible.Role.ComboBox,
    QAccessible.Role.PageTab,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.ButtonDropDown,
    QAccessible.Role.Link,
    QAccessible.Role.Slider,
    QAccessible.Role.SpinBox,
    QAccessible.Role.List,
    QAccessible.Role.Table,
    QAccessible.Role.Tree,
    QAccessible.Role.MenuItem,
}


def until(condition):
    """Let the window live until something is so."""
    ends = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < ends
        QApplication.processEvents()


def settle():
    """A moment for what was asked to arrive."""
    ends = time.monotonic() + 0.5
    until(lambda: time.monotonic() > ends)


@pytest.fixture
def application(qapp, english, tmp_path):
    """The real window on the sample vault."""
    house = House(vaults=tmp_path / "vaults", settings=tmp_path / "settings.json", handover=tmp_path / "out")
    application = Application(house, is_watching_screen=False)
    application.start()
    settle()
    yield application
    application.end()
    settle()


def nodes_below(node, depth=0):
    """Every node of the tree that a screen reader sees, as (role, name, where)."""
    if node is None or depth > 40 or node.state().invisible:
        return
    widget = node.object()
    where = type(widget).__name__ if isinstance(widget, QWidget) else ""
    yield node.role(), node.text(QAccessible.Text.Name), where
    if node.role() in {QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.Tree}:
        return  # rows are spoken by the model, which has a test of its own
    for number in range(node.childCount()):
        yield from nodes_below(node.child(number), depth + 1)


def nameless(window):
    """The interactive nodes without a name."""
    tree = QAccessible.queryAccessibleInterface(window)
    return [
        (str(role), where)
        for role, name, where in nodes_below(tree)
        if role in INTERACTIVE and not name.strip()
    ]


def controls(window):
    """The controls that take the focus and can be seen."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)
    for widget in window.findChildren(QWidget):
        if (
            isinstance(widget, kinds)
            and widget.isVisible()
            and not isinstance(widget.parent(), QComboBox | QAbstractSpinBox)
        ):
            yield widget


def test_every_control_before_unlocking_has_a_name(application):
    assert nameless(application.window) == []


@pytest.mark.parametrize("place", ["dashboard", "requests", "companies", "clients", "settings", "help"])
def test_every_control_of_a_page_has_a_name_and_a_role(application, place):
    application.entrance.start_sample()
    until(lambda: application.desk is not None)
    application.window.go(place)
    settle()
    settle()

    assert nameless(application.window) == []
    assert len(list(controls(application.window))) > 5


@pytest.mark.parametrize("tab", [LAWS, REGISTERS, CALCULATOR])
def test_every_control_of_a_tab_of_the_laws_has_a_name_and_a_role(application, tab):
    application.entrance.start_sample()
    until(lambda: application.desk is not None)
    shown = application.window.go("laws").show_tab(tab)
    settle()
    if tab == CALCULATOR:
        shown.press()
        until(lambda: bool(shown.answer))
    settle()

    assert nameless(application.window) == []
    assert len(list(controls(application.window))) > 5


def test_every_control_of_the_wizard_has_a_name_and_a_role(application):
    application.entrance.start_sample()
    until(lambda: application.desk is not None)
    application.window.start_request(None, None)
    settle()

    assert nameless(application.window) == []


def test_a_control_without_a_name_is_found(application):
    planted = QLineEdit(application.window)
    planted.show()

    assert nameless(application.window) != []
