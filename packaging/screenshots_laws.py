# SPDX-License-Identifier: Apache-2.0
"""The scenes of the page of laws: the list, one law with its rules, the deadline calculator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QDate
from screenshots_stage import Stage, rest, until

from optout_desktop.domain.ids import LawId
from optout_desktop.domain.places import Place
from optout_desktop.domain.rights import Right
from optout_desktop.gui.laws.law_filter import LawFilter


def laws(stage: Stage) -> None:
    """The laws of a place."""
    _law_page(stage, "laws").bar.want(LawFilter(place=Place("US-CA")))
    rest(0.3)
    stage.take("laws")


def laws_detail(stage: Stage) -> None:
    """One law, down at its rules, with the history of one of them."""
    tab = _law_page(stage, "laws")
    tab.bar.want(LawFilter(typed="maryland"))
    tab.show_law(LawId("us-md-modpa"))
    rest(0.3)
    stage.take("laws-detail")
    card = tab.detail.rules[0]
    card.history.setChecked(True)
    rest(0.2)
    tab.detail.verticalScrollBar().setValue(card.y())
    rest(0.2)
    stage.take("laws-detail-rules")
    tab.panes.show_list()  # the next scene begins at the list


def calculator(stage: Stage) -> None:
    """Every clock of a right."""
    tab = _law_page(stage, "calculator")
    tab.choose(LawId("us-ca-ccpa"), Right.DELETE)
    tab.form.place.show_place("US-CA")
    tab.form.start.setDate(QDate(2026, 11, 9))
    tab.press()
    until(lambda: bool(tab.answer))
    rest(0.3)
    stage.take("calculator")


def calculator_outside(stage: Stage) -> None:
    """A day before the law applied."""
    tab = _law_page(stage, "calculator")
    tab.choose(LawId("us-la-ldpa"), None)
    tab.form.start.setDate(QDate(2026, 11, 9))
    tab.press()
    rest(0.3)
    stage.take("calculator-outside")


def _law_page(stage: Stage, tab: str) -> Any:  # noqa: ANN401  # a tab of the page of laws
    stage.in_sample()
    shown = stage.go("laws").show_tab(tab)
    rest(0.5)
    return shown


LAW_SCENES: dict[str, Callable[[Stage], None]] = {
    "laws": laws,
    "laws-detail": laws_detail,
    "calculator": calculator,
    "calculator-outside": calculator_outside,
}
