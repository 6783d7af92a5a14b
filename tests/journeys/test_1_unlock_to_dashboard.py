# SPDX-License-Identifier: Apache-2.0
"""Journey 1: from the passphrase to what is to be done today."""

from optout_desktop.gui import pages
from optout_desktop.gui.main_window import MainWindow
from tests.gui.house import unlocked, wait_until


def test_a_passphrase_leads_to_the_dashboard(application):
    window = unlocked(application)
    wait_until(lambda: window.page._today is not None)

    assert isinstance(window, MainWindow)
    assert window.key == pages.DASHBOARD
    assert window.page.frame.title.text() == "Today, Sunday 22 November"


def test_locking_and_unlocking_leads_there_again(application):
    unlocked(application).header.lock.click()
    wait_until(lambda: application.desk is None)
    window = unlocked(application)

    assert [person.name for person in window.facts.people] == ["Jane Canary"]
