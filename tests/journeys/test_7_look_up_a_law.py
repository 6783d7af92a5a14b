# SPDX-License-Identifier: Apache-2.0
"""Journey 7: a law is looked up and a deadline counted by it, from the keyboard, without any request.

The real window with its real background; only the clipboard is read as another program would.
"""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from optout_desktop.domain.laws import COMPANY_ACTS
from optout_desktop.gui import pages
from optout_desktop.gui.laws.page import CALCULATOR, LAWS
from optout_desktop.gui.surroundings import platform_clipboard_text
from tests.gui.house import unlocked, wait_until
from tests.journeys.test_accessible_names import nameless

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(application):
    return unlocked(application)


def focused():
    """What has the focus; offscreen, a window that went away may have taken it along."""
    application = QApplication.instance()
    if application.focusWidget() is None:
        shown = next(one for one in application.topLevelWidgets() if one.isVisible())
        shown.activateWindow()
        wait_until(lambda: application.focusWidget() is not None)
    return application.focusWidget()


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    """A key, wherever the focus is."""
    QTest.keyClick(focused(), key, modifiers)


def type_in(words):
    """Words, wherever the focus is."""
    QTest.keyClicks(focused(), words)


def tab_to(wanted, most=120):
    """Go on with Tab until a control has the focus."""
    for _ in range(most):
        if focused() is wanted:
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(wanted.accessibleName() or wanted)


def test_from_the_sidebar_to_a_law_its_history_a_deadline_and_why(window):
    press(Qt.Key.Key_7, CONTROL)
    page = window.page
    laws = page.show_tab(LAWS)
    wait_until(lambda: laws.rows.count() > 0)
    where = window.key
    press(Qt.Key.Key_F, CONTROL)
    type_in("ccpa")
    wait_until(lambda: [law.id for law in laws.rows.laws()] == ["us-ca-ccpa"])
    press(Qt.Key.Key_Return)
    wait_until(lambda: laws.detail.law is not None and laws.detail.law.id == "us-ca-ccpa")
    card = laws.detail.rules[0]
    tab_to(card.history)
    press(Qt.Key.Key_Space)
    is_history_open = card.past.isVisible()

    tab_to(page.bar)
    press(Qt.Key.Key_Right)
    calculator = page.show_tab(CALCULATOR)
    wait_until(lambda: calculator.form.chosen_law is not None)
    form = calculator.form
    chosen = form.chosen_law.id, form.chosen_right
    tab_to(form.place.country)
    type_in("United")
    press(Qt.Key.Key_Down)  # past the United Kingdom
    tab_to(form.start)
    form.start.setSelectedSection(form.start.Section.DaySection)
    type_in("9")
    press(Qt.Key.Key_Return, CONTROL)
    wait_until(lambda: bool(calculator.answer))
    opt_out = next(one for one in calculator.grid.cards if one.counted.clock.rule.id == "ccpa.optout")
    tab_to(opt_out.why)
    press(Qt.Key.Key_Space)
    wait_until(lambda: calculator.dialog is not None and calculator.dialog.isVisible())
    dialog = calculator.dialog
    copy = next(one for one in dialog.findChildren(QPushButton) if one.text() == "&Copy all")
    copy.click()
    explained, copied = dialog.text, platform_clipboard_text()
    dialog.accept()

    assert (where, is_history_open) == (pages.LAWS, True)
    assert chosen == ("us-ca-ccpa", "optout_sale")
    assert form.start.day() == date(2026, 11, 9)
    assert form.place.place() == "US"
    assert opt_out.counted.clock.dates.due == date(2026, 12, 2)
    assert opt_out.counted.clock.rule.step in COMPANY_ACTS
    assert "Wednesday, 11 November 2026 does not count: Veterans Day (United States (federal))." in explained
    assert "Due on Wednesday, 2 December 2026, until the end of the day." in explained
    assert copied == explained


@pytest.mark.parametrize("tab", [LAWS, CALCULATOR])
def test_every_control_of_the_page_has_a_name(window, tab):
    window.go(pages.LAWS).show_tab(LAWS).refresh()
    laws = window.page.show_tab(LAWS)
    wait_until(lambda: laws.detail.law is not None)
    shown = window.page.show_tab(tab)
    if tab == CALCULATOR:
        wait_until(lambda: shown.form.chosen_law is not None)
        shown.press()
        wait_until(lambda: bool(shown.answer))

    assert nameless(window) == []


def test_the_help_key_opens_the_page_of_the_tab(window):
    window.go(pages.LAWS).show_tab(CALCULATOR)
    press(Qt.Key.Key_F1)

    assert (window.key, window.page.topic) == (pages.HELP, "calculator")
