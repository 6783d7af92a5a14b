# SPDX-License-Identifier: Apache-2.0
"""What they kept: the question after a *done*, the answer, and until when; and the form for the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QPushButton, QWidget

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.domain.errors import InputError, OptOutError
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.requests import EventKind
from optout_desktop.gui import letter_words, theme
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import DateField, FieldRow, FormErrors
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.scroll_dialog import ScrollDialog
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import Card
from optout_desktop.gui.wording import long_date
from optout_desktop.services.requests import RequestDetail
from optout_desktop.services.what_was_kept import WhatWasKept, what_was_kept

_YEAR_DAYS = 365
_TEXT_PX = 90


def has_kept_card(detail: RequestDetail) -> bool:
    """True where a company said that it is done, or something is known of what it kept."""
    is_done = detail.request.last(EventKind.COMPLETED) is not None and not detail.overview.is_registration
    return is_done or what_was_kept(detail.request) is not None


class KeptCard(Card):
    """What is known, and the next thing to do about it."""

    letter_wanted = Signal()
    """The question shall be written."""
    answer_wanted = Signal()
    """The answer shall be recorded."""

    def __init__(self, detail: RequestDetail, today: date, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        title = self.tr("What they kept")
        self.setAccessibleName(title)
        kept = what_was_kept(detail.request)
        self.lines = [label(words, wraps=True) for words in self._lines(kept, today)]
        self.body.addWidget(label(title, Look.STRONG))
        for line in self.lines:
            self.body.addWidget(line)
        buttons = QWidget()
        row = FlowLayout(buttons)
        self.ask = QPushButton(letter_words.to_write(LetterKind.WHAT_WAS_KEPT))
        self.ask.clicked.connect(self.letter_wanted)
        self.answer = QPushButton(self.tr("Record their answer…"))
        self.answer.clicked.connect(self.answer_wanted)
        can_ask = LetterKind.WHAT_WAS_KEPT in detail.follow_ups and (kept is None or not kept.is_awaited)
        row.addWidget(self.ask)
        row.addWidget(self.answer)
        self.body.addWidget(buttons)
        self.ask.setVisible(can_ask)
        is_done = detail.request.last(EventKind.COMPLETED) is not None
        self.answer.setVisible(is_done)

    def _lines(self, kept: WhatWasKept | None, today: date) -> list[str]:
        if kept is None:
            return [self.tr("A company may keep a part for a while, such as invoices. You can ask which.")]
        lines = []
        if kept.asked_on is not None:
            lines.append(self.tr("You asked on {day}.").format(day=long_date(kept.asked_on)))
        if kept.answered_on is None:
            lines.append(self.tr("No answer is recorded yet."))
            return lines
        said = self.tr("On {day} they said that they keep: {what}")
        lines.append(said.format(day=long_date(kept.answered_on), what=shown(kept.text)))
        if kept.until is None:
            lines.append(self.tr("They named no day until which they keep it."))
        elif kept.until < today:
            words = self.tr("They meant to keep it until {day}. That day has passed: it should be gone.")
            lines.append(words.format(day=long_date(kept.until)))
        else:
            lines.append(self.tr("They keep it until {day}.").format(day=long_date(kept.until)))
        return lines


class KeptDialog(ScrollDialog):
    """Records what a company said that it keeps."""

    recorded = Signal(object)
    """The request's ``RequestOverview``."""

    def __init__(
        self, surroundings: Surroundings, detail: RequestDetail, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._request = detail.request.id
        today = surroundings.desk.clock.today()
        self.day = DateField(today, latest=today)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(_TEXT_PX))
        self.has_end = QCheckBox(self.tr("They named a day until which they &keep it"))
        self.until = DateField(today + timedelta(days=_YEAR_DAYS))
        self.until.setMinimumDate(QDate(2000, 1, 1))
        self.until.setEnabled(False)
        self.has_end.toggled.connect(self.until.setEnabled)
        rows = (
            FieldRow(self.tr("&Received on"), self.day, "on"),
            FieldRow(
                self.tr("&What do they keep, and why?"),
                self.text,
                "text",
                self.tr(
                    "Such as: invoices for ten years; my address on their list of people not to write to."
                ),
                is_required=True,
            ),
            FieldRow(self.tr("Kept &until"), self.until, "until"),
        )
        self.errors = FormErrors(rows)
        self.body.addWidget(self.errors)
        self.body.addWidget(rows[0])
        self.body.addWidget(rows[1])
        self.body.addWidget(self.has_end)
        self.body.addWidget(rows[2])
        self.main.clicked.connect(self._try)
        self.finish(self.tr("What they kept"), self.tr("&Save"), 520, 460)
        self.text.setFocus()

    def _try(self) -> None:
        kept, request = self._around.desk.kept, self._request
        on, text = self.day.day(), self.text.toPlainText()
        until = self.until.day() if self.has_end.isChecked() else None
        self.errors.clear()
        self._around.tasks.run(
            self, lambda: kept.record(request, on, text, until), self._recorded, self._show_problem
        )

    def _recorded(self, overview: RequestOverview) -> None:
        self.recorded.emit(overview)
        self.accept()

    def _show_problem(self, error: OptOutError) -> None:
        told = error if isinstance(error, InputError) else InputError("", words_for(error).text)
        self.errors.show_errors([told])


def ask_kept(
    surroundings: Surroundings,
    detail: RequestDetail,
    parent: QWidget,
    then: Callable[[RequestOverview], None],
) -> KeptDialog:
    """Show the form; ``then`` is given the request's row once the answer is recorded."""
    dialog = KeptDialog(surroundings, detail, parent)
    dialog.recorded.connect(then)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
