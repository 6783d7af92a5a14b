# SPDX-License-Identifier: Apache-2.0
"""The dashboard: counts, what to do next, the first day."""

import pytest

from optout_desktop.domain.agenda import Urgency
from optout_desktop.gui import wording
from optout_desktop.gui.application import Application
from tests.gui.house import CheapHouse, running, unlocked, wait_until


@pytest.fixture
def window(tmp_path, theme):
    with running(Application(CheapHouse(tmp_path), theme=theme, is_watching_screen=False)) as application:
        application.entrance.start_sample()
        wait_until(lambda: application.desk is not None and application.window.page.rows, 60)
        yield application.window


@pytest.fixture
def new_window(tmp_path, theme):
    house = CheapHouse(tmp_path)
    house.make_vault()
    with running(Application(house, theme=theme, is_watching_screen=False)) as application:
        window = unlocked(application)
        wait_until(lambda: window.page._today is not None)
        yield window


def test_the_four_counts_are_seen_without_scrolling(window):
    window.resize(1280, 800)
    page = window.page
    tiles = (page.overdue, page.due_soon, page.waiting, page.needs_you)

    assert not any(tile.visibleRegion().isEmpty() for tile in tiles)
    assert all(tile.height() >= tile.sizeHint().height() for tile in tiles)


def test_a_tile_counts_what_its_list_shows(window):
    desk, agenda = window.surroundings.desk, window.page._today.agenda
    wanted = []
    window.navigator.requests_wanted.disconnect()
    window.navigator.requests_wanted.connect(wanted.append)
    for tile in (window.page.overdue, window.page.due_soon, window.page.waiting, window.page.needs_you):
        tile.click()
    counts = []
    window.surroundings.tasks.run(
        window,
        lambda: [len(desk.requests.list(each).rows) for each in wanted],
        counts.extend,
    )
    wait_until(lambda: counts)
    tally = agenda.tally

    assert counts == [tally.overdue, tally.due_soon, tally.waiting, tally.needs_you]


def test_the_most_overdue_stands_first_and_then_what_needs_you(window):
    today = window.page._today.agenda.today
    rows = [row.row for row in window.page.rows]
    late = [row.days_overdue(today) for row in rows if row.urgency(today) is Urgency.OVERDUE]

    assert late == sorted(late, reverse=True)
    assert rows[len(late)].urgency(today) is Urgency.NEEDS_YOU


def test_a_rows_button_is_its_next_step(window):
    today = window.page._today.agenda.today
    shown = [row.button.text() for row in window.page.rows]

    assert shown == [wording.next_step(row.row.next_step(today)) for row in window.page.rows]


def test_a_request_to_which_nothing_is_owed_any_more_names_no_due_day(window):
    today = window.page._today.agenda.today
    refused = [row for row in window.page.rows if row.row.days_left(today) is None]
    owed = [row for row in window.page.rows if row.row.days_left(today) is not None]

    assert refused
    assert not any("due " in row.about.text() for row in refused)
    assert all("due " in row.about.text() for row in owed)


def test_a_row_opens_its_request(window):
    opened = []
    window.navigator.request_wanted.disconnect()
    window.navigator.request_wanted.connect(opened.append)
    row = window.page.rows[0]
    row.request_wanted.emit(row.row.id)

    assert opened == [row.row.id]


def test_the_first_day_offers_three_steps_in_place_of_counts(new_window):
    page = new_window.page

    assert page.checklist.isVisible()
    assert not page.tiles.isVisible()
    assert page.checklist.details.accessibleName() == "Say who you are: done"
    assert page.checklist.first.accessibleName() == "Send a first request: to do"


def test_the_first_steps_can_be_dismissed_for_ever(new_window):
    page = new_window.page
    page.checklist.dismiss.click()
    wait_until(page.empty.isVisible)

    assert not page.checklist.isVisible()
    assert new_window.surroundings.desk.preferences.get("checklist_dismissed") is True
    assert page.empty.title.text() == "No requests yet"


def test_with_fewer_than_five_answers_no_percentage_is_shown(new_window):
    assert new_window.page.answered.says_too_few


def test_the_days_to_answer_are_the_same_spoken_and_in_the_table(window):
    chart = window.page.days
    told = []
    dashboard = window.surroundings.desk.dashboard
    window.surroundings.tasks.run(window, lambda: dashboard.days_to_answer(5), told.extend)
    wait_until(lambda: told)
    table = chart.table
    rows = [[table.item(y, x).text() for x in range(table.columnCount())] for y in range(table.rowCount())]
    expected = [
        [
            f"≥ {one.median_days}" if one.is_open else str(one.median_days),
            *(str(each) for each in (one.shortest_days, one.longest_days, one.answers, one.limit_days)),
        ]
        for one in told
    ]

    assert chart.isVisible()
    assert [row[1:] for row in rows] == expected
    assert len(chart.spoken()) == len(told)
    for words, one in zip(chart.spoken(), told, strict=True):
        assert one.name in words
        assert f"{one.median_days} days" in words
        assert words.endswith(f"limit {one.limit_days}")
