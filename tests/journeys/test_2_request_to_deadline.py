# SPDX-License-Identifier: Apache-2.0
"""Journey 2: a wish, a company, a letter, *I sent it*, and the deadline that follows from it.

The wizard with its real background, a real vault on its own thread, and a real draft file; only the program
that would open the file is a stand-in.
"""

import email
from datetime import date, timedelta
from email import policy
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from optout_desktop.app import House
from optout_desktop.domain.agenda import RequestFilter, Urgency
from optout_desktop.domain.requests import RequestStatus
from optout_desktop.domain.rights import Goal
from optout_desktop.gui.errors import Errors
from optout_desktop.gui.new_request.wizard import SEND, WHO, NewRequestWizard
from optout_desktop.gui.surroundings import Navigator, Surroundings
from optout_desktop.gui.tasks import Tasks
from optout_desktop.gui.theme import Appearance, Theme
from optout_desktop.services.people import PersonInput
from optout_desktop.services.stopped_clock import StoppedClock

TODAY = date(2026, 11, 23)
DUE = date(2026, 12, 15)
RESOURCES = Path(__file__).resolve().parents[2] / "resources"


class Programs:
    """Stands in for the mail program and the clipboard."""

    def __init__(self):
        self.opened = []

    def open(self, target):
        self.opened.append(target)
        return True

    def put(self, text):
        """Nothing is copied in this journey."""

    def clear_if_ours(self):
        """Nothing was copied."""


class Home:
    """One open vault with its background thread."""

    def __init__(self, folder, owner):
        self.clock = StoppedClock(TODAY)
        (folder / "out").mkdir()
        self.house = House(
            vaults=folder / "vaults", settings=folder / "s.json", handover=folder / "out", clock=self.clock
        )
        self.problems = []
        self.tasks = Tasks(lambda error, _parent: self.problems.append(error), self.problems.append)
        self.owner = owner
        self.programs = Programs()
        self.said = []

    def do(self, qtbot, job):
        """A job on the vault's thread, and what came of it."""
        came = []
        self.tasks.run(self.owner, job, came.append)
        qtbot.waitUntil(lambda: bool(came or self.problems), timeout=20_000)
        assert self.problems == []
        return came[0]

    def surroundings(self, desk):
        return Surroundings(
            desk=desk,
            tasks=self.tasks,
            errors=Errors(),
            navigator=Navigator(),
            opener=self.programs,
            clipboard=self.programs,
            say=self.said.append,
            say_undoable=self.said.append,
        )


def open_vault(home):
    desk = home.house.open_desk(home.house.vaults.create_sample())
    desk.people.add(PersonInput(name="Jane Example", emails=("jane@example.org",), place="US-CA"))
    return desk


@pytest.fixture
def home(tmp_path, qapp):
    made = Home(tmp_path, qapp)
    yield made
    made.house.handover.clear()


def test_from_a_wish_to_the_day_on_which_it_is_overdue(home, qtbot, qapp):
    Theme(RESOURCES, qapp).wear(Appearance.LIGHT)
    desk = home.do(qtbot, lambda: open_vault(home))
    wizard = NewRequestWizard(home.surroundings(desk))
    qtbot.addWidget(wizard)
    wizard.resize(1100, 760)
    wizard.show()
    wizard.begin(None, None)
    qtbot.waitUntil(lambda: Goal.STOP_SELLING in wizard.what.cards, timeout=20_000)

    wizard.what.cards[Goal.STOP_SELLING].click()
    qtbot.waitUntil(lambda: wizard.step == WHO)
    QTest.keyClicks(wizard.who.search, "acxiom llc")
    QTest.keyClick(wizard.who.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.step == SEND and wizard.pane.loaded is not None, timeout=20_000)
    shown = wizard.pane.preview.text.toPlainText()
    wizard.pane.footer.main.click()
    qtbot.waitUntil(wizard.pane.footer.bar.isVisible, timeout=20_000)
    draft = email.message_from_bytes(home.programs.opened[0].read_bytes(), policy=policy.default)
    with qtbot.waitSignal(wizard.finished, timeout=20_000) as told:
        wizard.pane.footer.bar.yes.click()
    detail = home.do(qtbot, lambda: desk.requests.detail(told.args[0]))
    home.clock.move_to(DUE + timedelta(days=2))
    late = home.do(
        qtbot, lambda: desk.requests.list(RequestFilter(urgencies=frozenset({Urgency.OVERDUE}))).rows
    )
    wizard.close()
    home.tasks.close(desk.close)

    assert draft.get_content().splitlines() == shown.splitlines()
    assert detail.request.status is RequestStatus.SENT
    assert detail.overview.due_on == DUE
    assert [kept.letter.body for kept in detail.letters] == [shown]
    assert len(late) == 1
    assert home.said == ["Recorded. Answer due 15 Dec 2026."]
