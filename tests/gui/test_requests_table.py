# SPDX-License-Identifier: Apache-2.0
"""The table of requests: sorting, hiding, moving and widening columns, and what is found again the next time."""

from itertools import pairwise
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication

from optout_desktop.app import House
from optout_desktop.domain.agenda import SortOrder
from optout_desktop.gui import wording
from optout_desktop.gui.requests.page import RequestsPage
from optout_desktop.gui.requests.table_columns import Arrangement, arrangement_from, request_columns, status
from optout_desktop.gui.surroundings import Navigator, Surroundings
from optout_desktop.gui.theme import Appearance

KEYS = [one.column.key for one in request_columns()]
ARRANGED = ("group_requests", "sort_requests", "saved_filters", "splitter", "columns", "requests_view")
BEFORE = ("urgency", "urgency", "[]", "", "", "list")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample vault, made once; tests only arrange things in it."""
    folder = tmp_path_factory.mktemp("sample")
    house = House(vaults=folder / "vaults", settings=folder / "settings.json", handover=folder / "handover")
    desk = house.open_desk(house.open_sample())
    yield desk
    desk.close()


@pytest.fixture
def desk(sample):
    for name, value in zip(ARRANGED, BEFORE, strict=True):
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


@pytest.fixture
def page(open_page):
    """The page with a table without groups."""
    page = open_page()
    page.list_pane.bar.table.click()
    page.list_pane.bar.arrange(SortOrder.CREATED, is_grouped=False)
    return page


def rows_of(page):
    model = page.list_pane.model
    values = (model.row_value(row) for row in range(model.rowCount()))
    return [value for value in values if value]


def press_head(page, qtbot, key):
    head = page.list_pane.table.horizontalHeader()
    at = KEYS.index(key)
    page.list_pane.table.horizontalScrollBar().setValue(head.sectionPosition(at))
    place = QPoint(head.sectionViewportPosition(at) + 12, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)


def oracle(rows, key):
    """The rows sorted upwards by what the column means; those without a value apart."""
    value = {
        "company": lambda row: row.overview.company_name.lower(),
        "right": lambda row: wording.right(row.overview.right).casefold(),
        "law": lambda row: row.law.casefold(),
        "person": lambda row: row.overview.person_name.lower(),
        "due": lambda row: row.overview.due_on,
        "days_left": lambda row: row.overview.days_left(row.today),
        "sent": lambda row: row.overview.sent_on,
        "last": lambda row: row.overview.last_on,
        "channel": lambda row: wording.channel(row.overview.channel).casefold(),
        "reference": lambda row: row.overview.reference,
    }[key]
    full = sorted(
        (row for row in rows if value(row) is not None), key=lambda row: (value(row), row.overview.row)
    )
    return [value(row) for row in full], sum(value(row) is None for row in rows), value


@pytest.mark.parametrize("key", [key for key in KEYS if key != "status"])
def test_a_head_sorts_by_its_column_and_a_second_press_turns_it_round(key, page, desk, qtbot):
    desk.preferences.remember("advocate_mode", key == "person")
    page.list_pane.arrange_columns(Arrangement(), is_for_clients=key == "person")
    everything = rows_of(page)
    full, without, value = oracle(everything, key)
    press_head(page, qtbot, key)
    once = [value(row) for row in rows_of(page)]
    press_head(page, qtbot, key)
    twice = [value(row) for row in rows_of(page)]
    is_newest_first = key in {"sent", "last"}
    desk.preferences.remember("advocate_mode", False)

    assert len(once) == len(twice) == len(everything)
    assert once[: len(full)] == (full[::-1] if is_newest_first else full)
    assert twice[: len(full)] == (full if is_newest_first else full[::-1])
    assert once[len(full) :] == twice[len(full) :] == [None] * without


def test_by_status_what_is_called_alike_stands_together_and_the_most_urgent_comes_first(page, qtbot):
    press_head(page, qtbot, "status")
    signs = [status(row)[1] for row in rows_of(page)]
    press_head(page, qtbot, "status")
    turned = [status(row)[1] for row in rows_of(page)]
    changes = sum(one is not next_one for one, next_one in pairwise(signs))

    assert signs[0] == "overdue"
    assert changes == len(set(signs)) - 1
    assert turned == signs[::-1]


def test_a_head_says_by_which_way_its_column_is_sorted(page, qtbot, said):
    press_head(page, qtbot, "due")
    head = page.list_pane.table.horizontalHeader()
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = page.list_pane.model.headerData(KEYS.index("due"), Qt.Orientation.Horizontal, role)
    others = page.list_pane.model.headerData(0, Qt.Orientation.Horizontal, role)

    assert spoken == "Due, sorted upwards"
    assert others == "Company"
    assert "Due, sorted upwards" in said
    assert head.sortIndicatorSection() == KEYS.index("due")
    assert head.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder


def test_view_order_columns_and_widths_are_found_again_the_next_time(page, open_page):
    table, bar = page.list_pane.table, page.list_pane.bar
    bar.arrange(SortOrder.LAW, is_grouped=True, is_reversed=True)
    table.show_column("law", is_shown=False)
    table.setColumnWidth(KEYS.index("right"), 222)
    table.horizontalHeader().moveSection(KEYS.index("reference"), 1)
    page.splitter.setSizes([600, 400])
    page.splitter.splitterMoved.emit(600, 1)
    sizes = page.splitter.sizes()
    page.remember()
    page.close()
    again = open_page()
    new = again.list_pane.table

    assert again.list_pane.view is new
    assert (again.list_pane.bar.sort, again.list_pane.bar.is_reversed) == (SortOrder.LAW, True)
    assert again.list_pane.bar.is_grouped
    assert new.isColumnHidden(KEYS.index("law"))
    assert new.columnWidth(KEYS.index("right")) == 222
    assert new.horizontalHeader().visualIndex(KEYS.index("reference")) == 1
    assert again.splitter.sizes() == sizes


def test_list_and_table_keep_their_own_division_of_the_window(page):
    page.splitter.setSizes([700, 300])
    page.splitter.splitterMoved.emit(700, 1)
    as_table = page.splitter.sizes()
    page.list_pane.bar.table.click()
    as_list = page.splitter.sizes()
    page.list_pane.bar.table.click()

    assert as_list != as_table
    assert page.splitter.sizes() == as_table


def test_columns_are_hidden_from_a_menu_that_the_keyboard_reaches(page):
    bar, table = page.list_pane.bar, page.list_pane.table
    menu = bar.columns.menu()
    menu.aboutToShow.emit()
    lines = {line.text(): line for line in menu.actions()}
    can_company_go = lines["Company"].isEnabled()
    lines["Channel"].trigger()
    hidden = table.isColumnHidden(KEYS.index("channel"))
    menu.aboutToShow.emit()
    {line.text(): line for line in menu.actions()}["As they were at &first"].trigger()

    assert bar.columns.isVisible()
    assert bar.columns.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert not can_company_go
    assert hidden
    assert not table.isColumnHidden(KEYS.index("channel"))


def test_the_person_has_a_column_only_where_clients_are_looked_after(page):
    table = page.list_pane.table
    alone = table.isColumnHidden(KEYS.index("person"))
    page.list_pane.arrange_columns(Arrangement(), is_for_clients=True)

    assert alone
    assert not table.isColumnHidden(KEYS.index("person"))


def test_mouse_and_keyboard_tick_the_same_rows_of_the_table(page, qtbot):
    table, model = page.list_pane.table, page.list_pane.model
    shift = Qt.KeyboardModifier.ShiftModifier
    first, third = (table.visualRect(model.index(row, 1)).center() for row in (1, 3))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, shift, third)
    by_mouse = page.list_pane.ticked()
    model.set_ticked(())
    table.setCurrentIndex(model.index(1, 0))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    for _ in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Down, shift)

    assert len(by_mouse) == 3
    assert page.list_pane.ticked() == by_mouse
    assert page.list_pane.bulk.isVisible()


def test_a_box_is_ticked_without_opening_its_row(page, qtbot):
    table, model = page.list_pane.table, page.list_pane.model
    place = table.visualRect(model.index(2, 0))
    opened = []
    page.list_pane.clicked_row.connect(opened.append)
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left() + 18, place.center().y())
    )

    assert page.list_pane.ticked() == (int(model.ids[2]),)
    assert opened == []


def test_the_row_that_is_chosen_in_the_table_is_shown_in_detail_and_stays_chosen_in_the_list(page, qtbot):
    table, model = page.list_pane.table, page.list_pane.model
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(model.index(4, 1)).center()
    )
    chosen = page.list_pane.chosen()
    shown = page.detail_pane.detail.overview.row
    page.list_pane.bar.table.click()

    assert chosen == shown == int(model.ids[4])
    assert page.list_pane.view is page.list_pane.list
    assert page.list_pane.chosen() == chosen


def test_left_and_right_show_other_columns_and_moving_on_keeps_them_in_sight(page, qtbot):
    table = page.list_pane.table
    table.setFocus()
    table.setCurrentIndex(page.list_pane.model.index(0, 0))
    for _ in range(3):
        qtbot.keyClick(table, Qt.Key.Key_Right)
    at_side = table.horizontalScrollBar().value()
    qtbot.keyClick(table, Qt.Key.Key_Down)

    assert at_side > 0
    assert table.horizontalScrollBar().value() == at_side
    assert table.currentIndex().row() == 1


def test_where_room_is_short_enter_opens_a_row_of_the_table_and_back_finds_it_again(open_page, qtbot):
    page = open_page(900, 560)
    page.list_pane.bar.table.click()
    table = page.list_pane.table
    table.setCurrentIndex(page.list_pane.model.index(3, 0))
    chosen = page.list_pane.chosen()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    replaced = page.list_pane.isHidden() and page.detail_pane.isVisible()
    page.detail_pane.back.click()

    assert replaced
    assert page.list_pane.chosen() == chosen
    assert table.hasFocus()


def test_headings_stand_across_the_table_and_a_status_has_a_sign_and_a_word(open_page):
    page = open_page()
    page.list_pane.bar.table.click()
    model = page.list_pane.model
    at = KEYS.index("status")
    words = [model.index(row, at).data() for row in range(model.rowCount()) if model.id_at(row)]

    assert model.index(0, 0).data().startswith("OVERDUE (")
    assert model.index(0, at).data() is None
    assert all(words)
    assert request_columns()[at].column.status is not None


def test_columns_grow_with_the_text(page, theme):
    table = page.list_pane.table
    table.setColumnWidth(KEYS.index("law"), 90)
    before = table.columnWidth(0)
    theme.wear(theme.appearance, 2.0)

    assert table.columnWidth(0) == 2 * before
    assert table.columnWidth(KEYS.index("law")) == 180
    assert table.rowHeight(0) > table.fontMetrics().height()


@pytest.mark.parametrize(
    "text", ["", "no json", "[]", '{"order": 1, "hidden": ["x"], "widths": {"law": "x"}}']
)
def test_an_arrangement_that_cannot_be_read_is_as_if_there_were_none(text):
    assert arrangement_from(text) == Arrangement()


def test_an_arrangement_comes_back_as_it_was_and_the_company_never_goes():
    kept = Arrangement(
        order=("law", "company"), hidden=frozenset({"sent"}), widths_px={"due": 99}, splitter=(1, 2)
    )
    without_company = '{"hidden": ["company"], "widths": {"due": 9}}'

    assert arrangement_from(kept.to_json()) == kept
    assert arrangement_from(without_company).hidden == frozenset()
    assert arrangement_from(without_company).widths_px["due"] > 9


def colour_in(table, at, x):
    return table.viewport().grab().toImage().pixelColor(x, table.rowViewportPosition(at) + 3).name().upper()


def point_at(table, place):
    at = QPointF(place)
    none = Qt.MouseButton.NoButton
    everywhere = QPointF(table.viewport().mapToGlobal(place))
    moved = QMouseEvent(QEvent.Type.MouseMove, at, everywhere, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(table.viewport(), moved)


def test_the_whole_line_under_the_pointer_is_tinted_until_it_leaves(page, theme):
    table = page.list_pane.table
    row = next(
        at for at in range(table.rowAt(0) + 1, table.model().rowCount()) if at != table.currentIndex().row()
    )
    places = 6, table.viewport().width() - 6
    plain = [colour_in(table, row, x) for x in places]
    point_at(table, QPoint(60, table.rowViewportPosition(row) + 9))
    pointed = [colour_in(table, row, x) for x in places]
    QApplication.sendEvent(table.viewport(), QEvent(QEvent.Type.Leave))
    left = [colour_in(table, row, x) for x in places]

    assert pointed == [theme.tokens.hover] * 2
    assert plain == left == [theme.tokens.surface] * 2


def test_the_tick_on_the_button_of_the_table_takes_the_colour_of_the_theme(page, theme):
    button = page.list_pane.bar.table
    shades = []
    for appearance in (Appearance.LIGHT, Appearance.DARK, Appearance.HIGH_CONTRAST):
        theme.wear(appearance)
        QApplication.processEvents()
        image = button.icon().pixmap(16).toImage()
        inked = [image.pixelColor(x, y) for x in range(16) for y in range(16)]
        shades.append(max((one for one in inked if one.alpha() == 255), key=QColor.alpha).lightness())

    assert shades[0] < 128 < min(shades[1:])
