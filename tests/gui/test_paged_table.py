# SPDX-License-Identifier: Apache-2.0
"""Long lists: pages, headings, ticks."""

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from optout_desktop.gui.paged_table import (
    FACE_ROLE,
    HEADER_ROLE,
    PAGE_ROWS,
    Column,
    GroupHeader,
    NumberIds,
    PagedModel,
    RowFace,
)
from optout_desktop.gui.row_views import RowList
from optout_desktop.gui.tokens import StatusToken

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


class Shelf:
    """Hands over rows at once, or when told."""

    def __init__(self, *, is_late=False):
        self.asked = []
        self.late = []
        self.is_late = is_late

    def fetch(self, ids, then):
        self.asked.append(ids)
        rows = [f"Company {each}" for each in ids]
        if self.is_late:
            self.late.append(lambda: then(rows))
        else:
            then(rows)


def _face(row):
    return RowFace(
        title=row,
        second="Do not sell",
        trailing="due 10 Nov",
        status=StatusToken.OVERDUE,
        spoken=f"{row}, overdue",
    )


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def model(qapp, shelf, qtmodeltester):
    return PagedModel(shelf.fetch, _face)


def _ids(count):
    return [str(each) for each in range(count)]


def _texts(model):
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_only_the_page_on_screen_is_read(model, shelf):
    model.show_ids(_ids(100_000))
    text = model.index(0, 0).data()

    assert text == "Company 0"
    assert [len(ids) for ids in shelf.asked] == [PAGE_ROWS]
    assert model.rowCount() == 100_000


def test_each_row_shows_its_own_company(model):
    model.show_ids(_ids(600))

    assert _texts(model) == [f"Company {each}" for each in range(600)]


def test_rows_on_their_way_are_placeholders_and_arrive_later(qapp, qtbot):
    shelf = Shelf(is_late=True)
    model = PagedModel(shelf.fetch, _face)
    model.show_ids(_ids(10))
    before = model.index(3, 0).data(), model.index(3, 0).data(FACE_ROLE)
    with qtbot.waitSignal(model.dataChanged):
        shelf.late.pop()()

    assert before == ("…", None)
    assert model.index(3, 0).data() == "Company 3"


def test_a_page_is_asked_for_once_while_it_is_on_its_way(qapp):
    shelf = Shelf(is_late=True)
    model = PagedModel(shelf.fetch, _face)
    model.show_ids(_ids(10))
    _texts(model)
    _texts(model)

    assert len(shelf.asked) == 1


def test_while_scrolling_fast_only_the_last_pages_seen_are_read(qapp):
    shelf = Shelf(is_late=True)
    model = PagedModel(shelf.fetch, _face)
    model.show_ids(_ids(100 * PAGE_ROWS))
    for page in range(100):
        model.index(page * PAGE_ROWS, 0).data()
    while shelf.late:
        shelf.late.pop()()

    assert len(shelf.asked) <= 6
    assert shelf.asked[1][0] == str(99 * PAGE_ROWS)


def test_rows_that_come_too_late_for_another_list_are_dropped(qapp):
    shelf = Shelf(is_late=True)
    model = PagedModel(shelf.fetch, _face)
    model.show_ids(["a"])
    model.index(0, 0).data()
    model.show_ids(["b"])
    model.index(0, 0).data()
    for arrive in shelf.late:
        arrive()

    assert model.index(0, 0).data() == "Company b"


@pytest.fixture
def grouped(model):
    model.show_ids(
        _ids(5),
        [GroupHeader(words="Overdue (2)", first_row=0), GroupHeader(words="Waiting (3)", first_row=2)],
    )
    return model


def test_headings_stand_above_their_rows(grouped):
    assert _texts(grouped) == [
        *("Overdue (2)", "Company 0", "Company 1"),
        *("Waiting (3)", "Company 2", "Company 3", "Company 4"),
    ]
    assert grouped.index(3, 0).data(HEADER_ROLE) == "Waiting (3)"


def test_headings_cannot_be_chosen(grouped):
    assert grouped.flags(grouped.index(0, 0)) == Qt.ItemFlag.NoItemFlags
    assert grouped.id_at(0) is None


def test_an_id_is_found_below_its_heading(grouped):
    assert [grouped.row_of(each) for each in ("0", "1", "2", "4", "missing")] == [1, 2, 4, 6, -1]


def test_a_row_is_spoken_as_one_sentence(grouped):
    assert grouped.index(1, 0).data(ACCESSIBLE) == "Company 0, overdue"


def test_ticks_stay_with_their_rows_when_the_order_changes(grouped):
    grouped.toggle(1)
    grouped.show_ids(["4", "0", "3"])

    assert grouped.ticked == ("0",)
    grouped.show_ids(["4"])
    assert grouped.ticked == ()


def test_columns_read_their_text_off_the_row(qapp, shelf):
    columns = [
        Column(key="company", words="Company", text=str),
        Column(key="length", words="Length", text=lambda row: str(len(row)), is_number=True),
    ]
    model = PagedModel(shelf.fetch, _face, columns)
    model.show_ids(_ids(3))

    assert model.index(1, 1).data() == "9"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Length"


def test_the_model_keeps_to_qts_rules(grouped, qtmodeltester):
    qtmodeltester.check(grouped)


@pytest.fixture
def rows(grouped, show):
    rows = show(RowList(grouped, "Requests"))
    rows.setFocus()
    return rows


def _press(rows, row, modifiers=Qt.KeyboardModifier.NoModifier, x=300):
    place = rows.visualRect(rows.rows.index(row, 0))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, modifiers, QPoint(x, place.center().y()))


def test_mouse_and_keyboard_tick_alike(rows, grouped):
    shift, none = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
    _press(rows, 1)
    _press(rows, 5, shift)
    by_mouse = grouped.ticked
    grouped.set_ticked(())
    _press(rows, 1)
    for _ in range(3):
        QTest.keyClick(rows, Qt.Key.Key_Down, shift)
    by_keyboard = grouped.ticked

    assert by_mouse == by_keyboard == ("0", "1", "2", "3")
    QTest.keyClick(rows, Qt.Key.Key_Up, shift)
    assert grouped.ticked == ("0", "1", "2")
    QTest.keyClick(rows, Qt.Key.Key_Space, none)
    assert grouped.ticked == ("0", "1")


def test_a_box_a_control_click_and_space_toggle_one_row(rows, grouped):
    _press(rows, 1, x=20)
    by_box = grouped.ticked
    _press(rows, 1, Qt.KeyboardModifier.ControlModifier)
    by_control = grouped.ticked
    QTest.keyClick(rows, Qt.Key.Key_Space)

    assert (by_box, by_control, grouped.ticked) == (("0",), (), ("0",))


def test_all_are_ticked_and_none_by_keys_and_escape_then_leaves(rows, grouped, qtbot):
    QTest.keyClick(rows, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    everything = grouped.ticked_count
    QTest.keyClick(rows, Qt.Key.Key_Escape)
    nothing = grouped.ticked_count
    with qtbot.waitSignal(rows.left):
        QTest.keyClick(rows, Qt.Key.Key_Escape)

    assert (everything, nothing) == (5, 0)


def test_choosing_a_row_ticks_nothing_and_tells_its_id(rows, grouped, qtbot):
    with qtbot.waitSignal(rows.chosen) as told:
        _press(rows, 4)

    assert told.args == ["2"]
    assert rows.chosen_id() == "2"
    assert grouped.ticked_count == 0


def test_the_arrow_keys_pass_over_headings(rows):
    _press(rows, 2)
    QTest.keyClick(rows, Qt.Key.Key_Down)

    assert rows.chosen_id() == "2"


def test_enter_opens_the_row(rows, qtbot):
    rows.choose("3")
    with qtbot.waitSignal(rows.opened) as told:
        QTest.keyClick(rows, Qt.Key.Key_Return)

    assert told.args == ["3"]


def test_letters_typed_into_the_list_read_no_further_pages(qapp, show):
    shelf = Shelf()
    model = PagedModel(shelf.fetch, _face)
    model.show_ids(_ids(5000))
    rows = show(RowList(model, "Requests"))
    QTest.keyClicks(rows, "xyz")

    assert len(shelf.asked) == 1


def test_a_hundred_thousand_rows_are_painted_by_reading_one_page(qapp, show, record_property):
    shelf = Shelf()
    model = PagedModel(shelf.fetch, _face)
    rows = show(RowList(model, "Requests"))
    begun = time.perf_counter()
    model.show_ids(_ids(100_000))
    rows.grab()
    record_property("first_paint_ms", round(1000 * (time.perf_counter() - begun)))

    assert len(shelf.asked) == 1


def test_the_rest_of_a_long_list_comes_below_without_reading_the_first_rows_again(
    model, shelf, qtmodeltester
):
    first = GroupHeader(words="Overdue (2)", first_row=0)
    model.show_ids(_ids(PAGE_ROWS), [first], [f"Company {each}" for each in range(40)])
    top = model.index(40, 0).data()
    came_along = len(shelf.asked)
    model.toggle(3)
    rest = GroupHeader(words="Waiting (998)", first_row=300)
    model.show_ids(_ids(1000), [first, rest], is_continued=True)
    qtmodeltester.check(model)

    assert (top, came_along) == ("Company 39", 0)
    assert model.rowCount() == 1002
    assert model.ticked == ("2",)
    assert model.index(301, 0).data(HEADER_ROLE) == "Waiting (998)"
    assert model.index(302, 0).data() == "Company 300"


def test_a_list_that_begins_otherwise_is_shown_anew(model):
    model.show_ids(_ids(PAGE_ROWS))
    other = ["x", *_ids(999)]
    model.show_ids(other, is_continued=True)

    assert model.ids == other
    assert model.index(0, 0).data() == "Company x"


def test_rows_beyond_those_that_came_along_are_read_when_they_are_seen(model, shelf):
    model.show_ids(_ids(100), first=["Company 0", "Company 1"])
    seen = model.index(1, 0).data(), len(shelf.asked)
    below = model.index(50, 0).data()

    assert seen == ("Company 1", 0)
    assert below == "Company 50"
    assert len(shelf.asked) == 1


def test_numbers_serve_as_ids_without_being_made_into_texts():
    ids = NumberIds((7, 9, 11))

    assert (ids[0], ids[1:], len(ids), ids.index("11"), list(ids)) == (
        "7",
        ["9", "11"],
        3,
        2,
        ["7", "9", "11"],
    )
    assert ids == NumberIds((7, 9, 11))
    assert ids != NumberIds((7,))
