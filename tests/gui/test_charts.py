# SPDX-License-Identifier: Apache-2.0
"""Charts: few answers, words for bars, and the table with the same numbers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from optout_desktop.gui.charts import DaysChart, DaysRow, Series, Share, ShareChart


def _shares(on_time, late, still_open):
    return [
        Share(words="on time", count=on_time, series=Series.ON_TIME),
        Share(words="late", count=late, series=Series.LATE),
        Share(words="open", count=still_open, series=Series.OPEN),
    ]


NORTHWIND = DaysRow(
    name="Northwind", median_days=41, shortest_days=20, longest_days=60, answers=4, limit_days=45
)
FABRIKAM = DaysRow(
    name="Fabrikam", median_days=12, shortest_days=5, longest_days=15, answers=1, limit_days=30
)


def _bars(chart):
    return [each for each in chart.findChildren(QAbstractButton) if each.accessibleName() in chart.spoken()]


def _cells(chart):
    table = chart.table
    return [[table.item(y, x).text() for x in range(table.columnCount())] for y in range(table.rowCount())]


def test_shares_are_named_with_their_fraction(show):
    chart = show(ShareChart("Answered on time"))
    chart.show_shares(_shares(22, 9, 5))

    assert chart.spoken() == ("61 % on time (22 of 36)", "25 % late (9 of 36)", "14 % open (5 of 36)")


@pytest.mark.parametrize("count", [0, 1, 4])
def test_below_five_answers_no_percentage_is_named(show, count):
    chart = show(ShareChart("Answered on time"))
    chart.show_shares(_shares(count, 0, 0))

    assert chart.says_too_few
    assert chart.spoken() == ()
    assert not any("%" in cell for row in _cells(chart) for cell in row)


def test_with_five_answers_it_is(show):
    chart = show(ShareChart("Answered on time"))
    chart.show_shares(_shares(5, 0, 0))

    assert not chart.says_too_few
    assert chart.spoken() == ("100 % on time (5 of 5)",)


def test_the_table_has_the_numbers_of_the_drawing(show):
    chart = show(ShareChart("Answered on time"))
    chart.show_shares(_shares(22, 9, 5))
    chart.switch.click()

    assert chart.is_table_shown
    assert _cells(chart) == [["on time", "22", "61 %"], ["late", "9", "25 %"], ["open", "5", "14 %"]]
    chart.switch.click()
    assert not chart.is_table_shown


def test_days_are_spoken_with_answers_and_limit(show):
    chart = show(DaysChart("Days to answer"))
    chart.show_rows([NORTHWIND, FABRIKAM])

    assert chart.spoken() == (
        "Northwind: 41 days, 4 answers, limit 45",
        "Fabrikam: 12 days, 1 answer, limit 30",
    )
    assert _cells(chart)[0] == ["Northwind", "41", "20", "60", "4", "45"]


def test_the_arrow_keys_move_between_bars(show):
    chart = show(DaysChart("Days to answer"))
    chart.show_rows([NORTHWIND, FABRIKAM])
    marks = _bars(chart)
    marks[0].setFocus()
    QTest.keyClick(marks[0], Qt.Key.Key_Down)
    reached = QApplication.focusWidget()
    QTest.keyClick(marks[1], Qt.Key.Key_Down)

    assert reached is marks[1]
    assert QApplication.focusWidget() is marks[1]
    assert QAccessible.queryAccessibleInterface(marks[1]).text(QAccessible.Text.Name).startswith("Fabrikam")


def test_parts_differ_by_pattern_and_not_by_colour_alone(show):
    chart = show(ShareChart("Answered on time"))
    chart.show_shares(_shares(10, 10, 10))
    marks = _bars(chart)
    patterns = set()
    for mark in marks:
        picture = mark.grab().toImage()
        patterns.add(
            tuple(picture.pixelColor(x, y).lightness() < 128 for x in range(12, 28) for y in range(10, 26))
        )

    assert len(patterns) == 3


def test_drawing_again_replaces_the_bars(show):
    chart = show(DaysChart("Days to answer"))
    chart.show_rows([NORTHWIND, FABRIKAM])
    chart.show_rows([NORTHWIND, NORTHWIND])
    QApplication.processEvents()

    assert len(chart.spoken()) == 2
