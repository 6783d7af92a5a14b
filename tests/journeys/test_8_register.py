# SPDX-License-Identifier: Apache-2.0
"""Journey 8: a register is found, its steps are read, the registration is recorded, lapses, and is renewed.

The real window over a real vault; only the browser is a stand-in that opens nothing.
"""

from datetime import timedelta

import pytest

from optout_desktop.domain.ids import RegisterId
from optout_desktop.gui import pages
from optout_desktop.gui.laws.page import LAWS, REGISTERS
from tests.gui.house import TODAY, unlocked, wait_until

DNC, TEXAS, REPORT = RegisterId("us-dnc"), RegisterId("us-dnc-tx"), RegisterId("us-7726")


@pytest.fixture
def window(application):
    return unlocked(application)


@pytest.fixture
def tab(window):
    shown = window.go(pages.LAWS).show_tab(REGISTERS)
    wait_until(lambda: bool(shown.rows.registers()))
    return shown


def choose(tab, register):
    tab.show_register(register)
    wait_until(lambda: tab.detail.listed is not None and tab.detail.listed.register.id == register)


def record(tab, on=TODAY, what=""):
    """Press “I registered…”, say what, and save."""
    before = len(tab.detail.doors)
    tab.detail.done.click()
    dialog = tab.dialog
    dialog.day.setDate(dialog.day.date().addDays((on - TODAY).days))
    dialog.what.setCurrentText(what)
    dialog.save.click()
    wait_until(lambda: len(tab.detail.doors) == before + 1)


def test_registering_leads_from_the_list_to_a_request_with_its_days(window, tab):
    choose(tab, DNC)
    for line in tab.detail.steps:
        line.box.click()
    record(tab, on=TODAY - timedelta(days=2), what="+1 202 555 0143")
    tab.detail.doors[0].click()
    wait_until(lambda: window.key == pages.REQUESTS)
    page = window.page
    wait_until(lambda: page.detail_pane.detail is not None)
    header = page.detail_pane.header

    assert header.company.text().strip("\u2068\u2069") == "National Do Not Call Registry"
    assert header.chip.text() == "Registered"
    assert "It takes effect by 21 Dec 2026." in header.status.text()


def test_undo_takes_the_registration_back(window, tab):
    choose(tab, DNC)
    record(tab)
    window.undo()
    wait_until(lambda: tab.detail.doors == ())

    assert tab.detail.listed.register.id == DNC


def test_one_that_lapsed_stands_on_the_dashboard_and_is_renewed(window, tab):
    tab.everywhere.click()
    choose(tab, TEXAS)
    record(tab, on=TODAY - timedelta(days=1100))
    dashboard = window.go(pages.DASHBOARD)
    wait_until(lambda: bool(dashboard.rows))
    [row] = dashboard.rows
    lapsed = row.chip.text()
    row.button.click()
    wait_until(lambda: window.key == pages.REQUESTS and window.page.detail_pane.detail is not None)
    page = window.page
    page.detail_pane.press_main()
    page.doing.dialog.save.click()
    wait_until(lambda: page.detail_pane.header.chip.text().startswith("Registered until"))

    assert lapsed == "Lapsed 4 days ago"
    assert page.detail_pane.header.due.text() == "Holds until 22 Nov 2029"


def test_what_has_nothing_to_register_in_offers_no_button(tab):
    choose(tab, REPORT)

    assert not tab.detail.done.isVisible()


def test_the_law_behind_a_register_is_one_step_away(window, tab):
    choose(tab, DNC)
    tab.detail.law_door.click()
    laws = window.page.show_tab(LAWS)
    wait_until(lambda: laws.detail.law is not None and laws.detail.law.id == "us-dnc-registry")

    assert window.page.tab == LAWS
