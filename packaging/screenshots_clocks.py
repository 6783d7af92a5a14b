# SPDX-License-Identifier: Apache-2.0
"""Scenes of the clocks of a request: every date, why a date, and what an entry would change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QDate
from screenshots_stage import Stage, rest

from optout_desktop.domain.requests import EventKind, RefusalReason
from optout_desktop.domain.rights import Right
from optout_desktop.gui.requests.entry_dialog import EntryDialog
from optout_desktop.gui.why_view import WhyDialog

Shown = Callable[[Stage, str, Right], Any]
_CLOCKS = 3


def clock_scenes(shown: Shown) -> dict[str, Callable[[Stage], None]]:
    """The scenes; ``shown`` opens a request's detail."""

    def clocks(name: str, company: str, right: Right) -> Callable[[Stage], None]:
        def scene(stage: Stage) -> None:
            page = shown(stage, company, right)
            page.detail_pane.tabs.setCurrentIndex(_CLOCKS)
            rest(0.4)
            stage.take(name)
            page.detail_pane.tabs.setCurrentIndex(0)

        scene.__doc__ = f"The clocks of a request: {name}."
        return scene

    def why(name: str, company: str, right: Right) -> Callable[[Stage], None]:
        def scene(stage: Stage) -> None:
            page = shown(stage, company, right)
            page.detail_pane.header.why_wanted.emit()
            stage.take(name, stage.dialog(WhyDialog))
            stage.leave_dialogs()

        scene.__doc__ = f"Why this date: {name}."
        return scene

    def extension(stage: Stage) -> None:
        """An extension without a reason, and what it would move."""
        page = shown(stage, "Trey Research", Right.DELETE)
        detail = page.detail_pane.detail
        page.doing.enter(detail, EventKind.EXTENDED)
        form = stage.dialog(EntryDialog)
        day = detail.request.sent_on + timedelta(days=120)
        form.until.setDate(QDate(day.year, day.month, day.day))
        form.no_reason.setChecked(True)
        rest(0.6)
        stage.take("entry-extension", form)
        stage.leave_dialogs()

    def refusal(stage: Stage) -> None:
        """A refusal, and the clocks it opens."""
        page = shown(stage, "Tailspin People", Right.DELETE)
        page.doing.enter(page.detail_pane.detail, EventKind.REFUSED)
        form = stage.dialog(EntryDialog)
        form.ground.setCurrentIndex(form.ground.findData(str(RefusalReason.NO_MATCH)))
        rest(0.6)
        stage.take("entry-refusal", form)
        stage.leave_dialogs()

    return {
        "detail-clocks": clocks("detail-clocks", "Northwind Data LLC", Right.OPTOUT_SALE),
        "clocks-extended": clocks("clocks-extended", "Tailspin People", Right.DELETE),
        "clocks-refused": clocks("clocks-refused", "Tailspin People", Right.ACCESS),
        "why-this-date": why("why-this-date", "Northwind Data LLC", Right.OPTOUT_SALE),
        "why-extended": why("why-extended", "Tailspin People", Right.DELETE),
        "entry-extension": extension,
        "entry-refusal": refusal,
    }
