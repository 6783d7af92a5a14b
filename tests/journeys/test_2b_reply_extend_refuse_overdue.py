# SPDX-License-Identifier: Apache-2.0
"""From a sent request over its replies to its overdue day: the real page, a real vault on its own thread."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QDate

from optout_desktop.app import House
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.requests import EventKind, RefusalReason, RequestStatus
from optout_desktop.gui import dialogs
from optout_desktop.gui.requests.page import RequestsPage
from optout_desktop.gui.surroundings import Navigator, Surroundings
from optout_desktop.gui.tasks import Tasks
from optout_desktop.gui.theme import Appearance, Theme

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture
def world(tmp_path, qtbot, qapp):
    """The sample vault on the vault's thread, the page over it, and what came out of it."""
    look = Theme(RESOURCES, qapp)
    look.wear(Appearance.LIGHT, 1.0)
    mishaps = []
    tasks = Tasks(lambda error, _parent: mishaps.append(error), mishaps.append)
    house = House(vaults=tmp_path / "vaults", settings=tmp_path / "s.json", handover=tmp_path / "handover")
    built = []
    tasks.run(qapp, lambda: house.open_desk(house.open_sample()), built.append)
    qtbot.waitUntil(lambda: bool(built or mishaps), timeout=60_000)
    [desk] = built
    said, letters = [], []
    navigator = Navigator()
    navigator.letter_wanted.connect(lambda request, kind: letters.append((request, kind)))
    surroundings = Surroundings(
        desk=desk,
        tasks=tasks,
        errors=SimpleNamespace(show=lambda error, parent=None: mishaps.append(error)),
        navigator=navigator,
        opener=SimpleNamespace(open=lambda _target: True),
        clipboard=SimpleNamespace(put=lambda _text: None, clear_if_ours=lambda: None),
        say=said.append,
        say_undoable=said.append,
    )
    page = RequestsPage(surroundings)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    with dialogs.script():
        page.show()
        qtbot.waitUntil(lambda: page.detail_pane.detail is not None, timeout=20_000)
        yield SimpleNamespace(page=page, desk=desk, tasks=tasks, letters=letters, said=said, qtbot=qtbot)
        page.close()
        tasks.close(desk.close)

    assert mishaps == []


def open_one(world, status):
    """Choose the first request of a status."""
    model = world.page.list_pane.model
    world.qtbot.waitUntil(lambda: model.row_value(1) is not None, timeout=20_000)
    values = [model.row_value(row) for row in range(model.rowCount())]
    wanted = next(one.overview for one in values if one and one.overview.status is status)
    world.page.show_request(wanted.id)
    detail = world.page.detail_pane
    world.qtbot.waitUntil(lambda: detail.detail.request.id == wanted.id, timeout=20_000)
    return wanted


def record(world, kind, fill):
    """Fill the form of a kind of entry, save it, and wait until the page shows it."""
    page = world.page
    before = len(page.detail_pane.detail.request.events)
    page.doing.enter(page.detail_pane.detail, kind)
    form = page.doing.dialog
    fill(form)
    form.save.click()
    world.qtbot.waitUntil(lambda: len(page.detail_pane.detail.request.events) > before, timeout=20_000)


def test_a_reply_an_extension_a_refusal_and_an_overdue_day_with_its_reminder(world):
    page = world.page
    overdue = page.detail_pane.detail

    assert "Overdue by" in page.detail_pane.header.chip.text()

    page.detail_pane.header.press_main()

    assert world.letters == [(overdue.request.id, LetterKind.REMINDER)]

    sent = open_one(world, RequestStatus.SENT)
    record(world, EventKind.ACKNOWLEDGED, lambda form: None)

    assert page.detail_pane.detail.request.status is RequestStatus.ACKNOWLEDGED

    def extend(form):
        day = page.detail_pane.detail.overview.due_on or date(2026, 12, 1)
        form.until.setDate(QDate(day.year, day.month, day.day).addDays(40))
        form.reason.setText("Many requests")

    record(world, EventKind.EXTENDED, extend)

    assert page.detail_pane.detail.request.status is RequestStatus.EXTENDED

    record(
        world,
        EventKind.REFUSED,
        lambda form: form.ground.setCurrentIndex(form.ground.findData(str(RefusalReason.NO_MATCH))),
    )

    assert page.detail_pane.detail.request.id == sent.id
    assert page.detail_pane.header.chip.text() == "Refused"
    assert len(world.said) == 3
