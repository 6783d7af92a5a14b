# SPDX-License-Identifier: Apache-2.0
"""Choosing many companies: ticks by keyboard and mouse, filters, and the list of the ticked ones."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from optout_desktop.gui.batch.companies_step import CompaniesStep
from optout_desktop.gui.batch.looking import Kind
from tests.gui import batches
from tests.gui.desks import open_office


@pytest.fixture
def office(tmp_path, tasks):
    opened = open_office(tmp_path, tasks)
    yield opened
    opened.close()


@pytest.fixture
def step(office, show, qtbot):
    batches.add_companies(office.desk, 12, without_address={3, 4}, country="FJ")
    step = show(CompaniesStep(office.surroundings), 1000, 640)
    step.begin()
    step.country.setCurrentIndex(step.country.findData("FJ"))
    return step


def type_in(step, qtbot, text):
    step.search.setFocus()
    step.search.selectAll()
    qtbot.keyClicks(step.search, text)
    qtbot.waitUntil(lambda: not step._timer.isActive())


def test_space_ticks_a_company_and_it_stands_in_the_list_of_the_ticked(step, qtbot):
    step.rows.choose(step.found.ids[2])
    qtbot.keyClick(step.rows, Qt.Key.Key_Space)

    assert [str(one) for one in step.companies()] == [step.found.ids[2]]
    assert batches.names(step.chosen) == ["Company 002"]
    assert step.count.text() == "1 company ticked"


def test_tick_all_found_takes_what_the_filters_leave(step):
    step.tick_found.click()

    assert step.tick_found.text() == "&Tick all found (10)"
    assert len(step.companies()) == 10
    assert not step.tick_found.isEnabled()


def test_a_tick_outlives_every_search_and_filter(step, qtbot):
    step.tick_found.click()
    type_in(step, qtbot, "Company 007")
    seen = batches.names(step.found)
    step.has_email.setChecked(False)
    step.kind.setCurrentIndex(step.kind.findData(Kind.BROKERS))

    assert seen == ["Company 007"]
    assert list(step.found.ids) == []
    assert "No company fits" in step.said.text()
    assert len(step.companies()) == 10


def test_unticking_in_a_search_takes_only_that_one_out(step, qtbot):
    step.tick_found.click()
    type_in(step, qtbot, "Company 007")
    step.rows.choose(step.found.ids[0])
    qtbot.keyClick(step.rows, Qt.Key.Key_Space)

    assert len(step.companies()) == 9
    assert "Company 007" not in batches.names(step.chosen)


def test_companies_without_an_address_are_shown_on_demand(step):
    before = len(step.found.ids)
    step.has_email.setChecked(False)

    assert (before, len(step.found.ids)) == (10, 12)


def test_delete_takes_the_highlighted_company_out_of_the_ticked_ones(step, qtbot):
    step.tick_found.click()
    step.chosen_rows.choose(step.chosen.ids[0])
    qtbot.keyClick(step.chosen_rows, Qt.Key.Key_Delete)

    assert len(step.companies()) == 9
    assert not step.found.is_ticked(0)
    assert step.chosen_rows.chosen_id() == step.chosen.ids[0]


def test_all_can_be_taken_out_at_once(step):
    step.tick_found.click()
    step.clear.click()

    assert step.companies() == ()
    assert step.found.ticked_count == 0
    assert not step.remove.isEnabled()


def test_the_whole_directory_is_shown_a_page_at_a_time(office, show):
    step = show(CompaniesStep(office.surroundings), 1000, 640)
    made = []
    inner = step.found._face
    step.found._face = lambda company: made.append(company) or inner(company)
    step.begin()
    step.has_email.setChecked(False)
    step.rows.viewport().repaint()
    step.tick_found.click()

    assert len(step.found.ids) > 1500
    assert len(step.companies()) == len(step.found.ids)
    assert 0 < len(made) < 200
