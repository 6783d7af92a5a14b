# SPDX-License-Identifier: Apache-2.0
"""The list of requests: groups, filters, search, ticks, and what it says when it is empty."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt

from optout_desktop.app import House
from optout_desktop.domain.agenda import RequestFilter, SortOrder, Urgency
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.requests import RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.gui.paged_table import HEADER_ROLE
from optout_desktop.gui.requests.filters import SmartList, from_json, to_json, with_smart
from optout_desktop.gui.requests.page import RequestsPage
from optout_desktop.gui.surroundings import Navigator, Surroundings


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample vault, made once; tests that change something put it back."""
    folder = tmp_path_factory.mktemp("sample")
    house = House(vaults=folder / "vaults", settings=folder / "settings.json", handover=folder / "handover")
    desk = house.open_desk(house.open_sample())
    yield desk
    desk.close()


@pytest.fixture
def desk(sample):
    """The sample vault, as nobody has arranged anything in it."""
    for name, value in (
        ("group_requests", "urgency"),
        ("sort_requests", "urgency"),
        ("saved_filters", "[]"),
        ("splitter", ""),
    ):
        sample.preferences.remember(name, value)
    return sample


@pytest.fixture
def open_page(desk, tasks, show):
    def opened(width=1080, height=740):
        surroundings = Surroundings(
            desk=desk,
            tasks=tasks,
            errors=SimpleNamespace(show=lambda error, parent=None: tasks.errors.append(error)),
            navigator=Navigator(),
            opener=SimpleNamespace(open=lambda _target: True),
            clipboard=SimpleNamespace(put=lambda _text: None, clear_if_ours=lambda: None),
            say=lambda _words: None,
            say_undoable=lambda _words: None,
        )
        return show(RequestsPage(surroundings), width, height)

    return opened


def headings(page):
    model = page.list_pane.model
    found = (model.index(row, 0).data(HEADER_ROLE) for row in range(model.rowCount()))
    return [words for words in found if words]


def companies(page):
    model = page.list_pane.model
    values = (model.row_value(row) for row in range(model.rowCount()))
    return [value.overview.company_name for value in values if value]


def test_requests_stand_in_groups_of_urgency_with_their_counts(open_page, desk):
    page = open_page()
    tally = desk.dashboard.today().tally

    assert headings(page)[0] == f"OVERDUE ({tally.overdue})"
    assert f"DONE ({tally.done})" in headings(page)
    assert page.list_pane.count.text() == f"{tally.total} shown"


@pytest.mark.parametrize("smart", [one for one in SmartList if one not in (SmartList.ALL, SmartList.BIN)])
def test_each_tile_of_the_dashboard_counts_what_its_list_shows(smart, open_page, desk):
    page = open_page()
    page.show_filter(with_smart(RequestFilter(), smart))
    tally = desk.dashboard.today().tally
    counts = {
        SmartList.OVERDUE: tally.overdue,
        SmartList.NEEDS_YOU: tally.needs_you,
        SmartList.DUE_SOON: tally.due_soon,
        SmartList.WAITING: tally.waiting,
        SmartList.DRAFTS: tally.drafts,
        SmartList.DONE: tally.done,
    }

    assert len(page.list_pane.model.ids) == counts[smart]


def test_the_first_request_is_shown_beside_the_list(open_page):
    page = open_page()

    assert page.list_pane.chosen() is not None
    assert page.detail_pane.detail.overview.row == page.list_pane.chosen()


def test_the_search_narrows_the_list_while_typing(open_page):
    page = open_page()
    page.list_pane.bar.search.setText("northw")

    assert set(companies(page)) == {"Northwind Data LLC"}


def test_a_search_that_finds_nothing_says_so_and_offers_what_is_near(open_page):
    page = open_page()
    page.list_pane.bar.search.setText("nortwind")
    empty = page.list_pane.empty

    assert "Nothing found for" in empty.title.text()
    assert "Did you mean" in empty.line.text()

    empty.buttons[0].click()

    assert set(companies(page)) == {"Northwind Data LLC"}


def test_filters_are_combined_and_each_is_taken_off_by_its_chip(open_page):
    page = open_page()
    bar = page.list_pane.bar
    bar.want(
        replace(bar.wanted, laws=frozenset({LawId("us-ca-ccpa")}), statuses=frozenset({RequestStatus.SENT}))
    )
    both = len(page.list_pane.model.ids)
    bar.chips.removed.emit("status:sent")
    one = len(page.list_pane.model.ids)

    assert 0 < both < one
    assert bar.wanted.statuses == frozenset()
    assert bar.wanted.laws == {"us-ca-ccpa"}


def test_a_filter_is_saved_under_a_name_and_wanted_again(open_page, desk):
    page = open_page()
    bar = page.list_pane.bar
    wanted = replace(bar.wanted, channels=frozenset({Channel.SMS}))
    bar.want(wanted)
    bar.ask_name()
    bar.dialog.save.click()
    missing = bar.dialog.errors.isHidden()
    bar.dialog.name.setText("Texts")
    bar.dialog.save.click()

    assert not missing
    assert from_json(str(desk.preferences.get("saved_filters")))["Texts"] == wanted


def test_groups_order_filter_and_splitter_are_found_again_the_next_time(open_page):
    page = open_page()
    page.list_pane.bar.arrange(SortOrder.COMPANY, is_grouped=False)
    page.list_pane.bar.want(RequestFilter(rights=frozenset({Right.OPTOUT_SALE})))
    page.splitter.setSizes([500, 500])
    sizes = page.splitter.sizes()
    page.remember()
    page.close()
    again = open_page()

    assert again.list_pane.bar.sort is SortOrder.COMPANY
    assert not again.list_pane.bar.is_grouped
    assert again.list_pane.bar.wanted.rights == {Right.OPTOUT_SALE}
    assert again.splitter.sizes() == sizes
    assert companies(again) == sorted(companies(again), key=str.lower)


def test_groups_can_be_ordered_by_company_inside(open_page):
    page = open_page()
    page.list_pane.bar.arrange(SortOrder.COMPANY, is_grouped=True)
    first = int(headings(page)[0].partition("(")[2].rstrip(")"))
    inside = companies(page)[:first]

    assert headings(page)[0].startswith("OVERDUE")
    assert inside == sorted(inside, key=str.lower)


def test_mouse_and_keyboard_tick_the_same_rows(open_page, qtbot):
    page = open_page()
    rows = page.list_pane.list
    first, third = (rows.visualRect(page.list_pane.model.index(row, 0)).center() for row in (1, 3))
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseClick(
        rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, QPoint(third)
    )
    by_mouse = page.list_pane.ticked()
    page.list_pane.model.set_ticked(())
    rows.setCurrentIndex(page.list_pane.model.index(1, 0))
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    for _ in range(2):
        qtbot.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    assert len(by_mouse) == 3
    assert page.list_pane.ticked() == by_mouse


def test_the_bar_for_many_stands_below_the_row_that_has_the_focus(open_page):
    page = open_page()
    rows, model = page.list_pane.list, page.list_pane.model
    rows.setFocus()
    rows.setCurrentIndex(model.index(model.rowCount() - 1, 0))
    model.tick_all()
    focused = rows.visualRect(rows.currentIndex())
    bottom = rows.viewport().mapTo(page, focused.bottomLeft()).y()

    assert page.list_pane.bulk.isVisible()
    assert rows.viewport().rect().contains(focused)
    assert bottom < page.list_pane.bulk.mapTo(page, QPoint(0, 0)).y()


def test_ticked_requests_go_to_the_bin_and_come_back(open_page, desk):
    page = open_page()
    before = len(page.list_pane.model.ids)
    page.list_pane.model.set_ticked(page.list_pane.model.ids[:2])
    page.list_pane.bulk.to_bin.click()
    after = len(page.list_pane.model.ids)
    page.show_filter(with_smart(RequestFilter(), SmartList.BIN))
    in_bin = len(page.list_pane.model.ids)
    page.list_pane.model.tick_all()
    page.list_pane.bulk.restore.click()

    assert (after, in_bin) == (before - 2, 2)
    assert page.list_pane.empty.title.text() == "The bin is empty"
    assert len(desk.requests.list(RequestFilter()).rows) == before


def test_where_room_is_short_the_detail_takes_the_place_of_the_list_and_back_finds_row_and_scroll(
    open_page, qtbot
):
    page = open_page(900, 560)
    rows = page.list_pane.list
    rows.verticalScrollBar().setValue(rows.verticalScrollBar().maximum() // 2)
    row = rows.rowAt(rows.viewport().height() // 2)
    rows.setCurrentIndex(page.list_pane.model.index(row, 0))
    chosen, scrolled = page.list_pane.chosen(), rows.verticalScrollBar().value()
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    replaced = page.list_pane.isHidden() and page.detail_pane.isVisible()
    page.detail_pane.back.click()

    assert replaced
    assert page.detail_pane.isHidden()
    assert page.list_pane.chosen() == chosen
    assert rows.verticalScrollBar().value() == scrolled


def test_del_moves_the_chosen_request_to_the_bin(open_page, desk, qtbot):
    page = open_page()
    chosen = page.detail_pane.request
    page.list_pane.list.setFocus()
    qtbot.keyClick(page.list_pane.list, Qt.Key.Key_Delete)
    is_binned = desk.requests.detail(chosen).overview.is_binned
    desk.requests.restore((chosen,))

    assert is_binned


def test_a_request_that_the_filter_hides_is_shown_all_the_same(open_page, desk):
    page = open_page()
    page.show_filter(with_smart(RequestFilter(), SmartList.DRAFTS))
    wanted = desk.requests.page(
        desk.requests.list(RequestFilter(urgencies=frozenset({Urgency.DONE}))).rows[:1]
    )[0]
    page.show_request(wanted.id)

    assert page.detail_pane.detail.request.id == wanted.id
    assert page.list_pane.chosen() == wanted.row


def test_a_row_is_spoken_as_company_status_due_right_and_law(open_page):
    page = open_page()
    spoken = page.list_pane.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert "Overdue by" in spoken
    assert ", due " in spoken
    assert "CCPA" in spoken or "GDPR" in spoken or "CAN-SPAM" in spoken


FILTERS = st.builds(
    RequestFilter,
    urgencies=st.frozensets(st.sampled_from(Urgency)),
    statuses=st.frozensets(st.sampled_from(RequestStatus)),
    rights=st.frozensets(st.sampled_from(Right)),
    channels=st.frozensets(st.sampled_from(Channel)),
    is_binned=st.booleans(),
)


@pytest.mark.parametrize("is_table", [False, True])
def test_in_a_low_window_no_control_is_cut_and_the_rows_keep_room(open_page, qapp, is_table):
    pane = open_page(700, 260).list_pane
    pane.bar.table.setChecked(is_table)
    qapp.processEvents()

    assert pane.bar.height() >= pane.bar.minimumSizeHint().height()
    assert pane.views.height() >= 120


@given(st.dictionaries(st.text(max_size=12), FILTERS, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_saved_filters_come_back_as_they_were(saved):
    assert from_json(to_json(saved)) == saved


@pytest.mark.parametrize("text", ["", "no json", "{}", '[{"name": 1}]', '[{"name": "x"}]'])
def test_saved_filters_that_cannot_be_read_are_left_out(text):
    assert from_json(text) == {}


@given(st.integers(0, 400), st.integers(3, 14))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_on_every_day_the_counts_of_the_tiles_are_those_of_the_lists(sample, ahead, soon):
    today = date(2026, 4, 1) + timedelta(days=ahead)
    with sample.vault.reading() as stores:
        tally = stores.overviews.tally(today, soon)
        sizes = [
            len(
                stores.overviews.numbers(
                    RequestFilter(urgencies=frozenset({one})), SortOrder.DUE, today, soon
                )[0]
            )
            for one in Urgency
        ]

    assert sizes == [
        tally.overdue,
        tally.needs_you,
        tally.due_soon,
        tally.waiting,
        tally.drafts,
        tally.done,
    ]
