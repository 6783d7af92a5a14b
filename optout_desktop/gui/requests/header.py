# SPDX-License-Identifier: Apache-2.0
"""The head of the detail: who was asked for what, how it stands, by when, and what to do now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.agenda import NextStep, Urgency
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.people import PersonKind
from optout_desktop.domain.requests import EventKind
from optout_desktop.gui import letter_words, wording
from optout_desktop.gui.chips import StatusChip
from optout_desktop.gui.clock_words import doubt_sentences, not_advice
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.requests.entries import (
    MENU_OF_STEP,
    MenuGroup,
    menu_words,
    reply_menu,
)
from optout_desktop.gui.requests.sentences import (
    by_way,
    due_sentence,
    lateness_sentence,
    newer_law,
    overdue_sentences,
    status_sentence,
)
from optout_desktop.gui.tokens import StatusToken
from optout_desktop.gui.wording import long_date
from optout_desktop.services.requests import RequestDetail

_LONGEST_ADDRESS_CHARS = 32
"""A button has no second line; the whole address stands in the letter and in the message."""
_NO_REPLY_BUTTON = frozenset({NextStep.REVIEW_AND_SEND, NextStep.RECORD_REPLY, NextStep.REOPEN})


class OverdueNotice(QFrame):
    """That a day has passed: by how much, what that may mean, what to do."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self.late = label("", Look.STRONG, wraps=True)
        self.rule = label("", wraps=True)
        self.advice = label("", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(4)
        for each in (self.late, self.rule, self.advice, label(not_advice(), Look.SMALL, wraps=True)):
            layout.addWidget(each)

    def show_detail(self, detail: RequestDetail, today: date) -> None:
        """Say it, where it is so."""
        is_overdue = detail.overview.urgency(today) is Urgency.OVERDUE
        self.setVisible(is_overdue)
        if is_overdue:
            late, rule, advice = overdue_sentences(detail, today)
            self.late.setText(late)
            self.rule.setText(rule)
            self.rule.setVisible(bool(rule))
            self.advice.setText(advice)
            self.setAccessibleName(late)
            self.setAccessibleDescription(rule)


class DetailHeader(QWidget):
    """Everything above the tabs."""

    why_wanted = Signal()
    step_wanted = Signal()
    """The main button was pressed, and it is no menu."""
    entry_wanted = Signal(object)
    """The ``EventKind`` to record."""
    letter_wanted = Signal(object)
    """The ``LetterKind`` to write."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.company = label("", Look.TITLE, wraps=True)
        self.chip = StatusChip("", StatusToken.DRAFT)
        self.asked = label("", wraps=True)
        self.sent = label("", Look.SECOND, wraps=True)
        self.status = label("", wraps=True)
        self.due = label("", Look.STRONG)
        self.why = QPushButton(self.tr("&Why this date?"))
        self.why.setProperty("kind", "link")
        self.why.clicked.connect(self.why_wanted)
        self.lateness = label("", Look.SECOND, wraps=True)
        self.doubts = label("", Look.SECOND, wraps=True)
        self.newer_law = label(newer_law(), Look.SECOND, wraps=True)
        self.notice = OverdueNotice()
        self.main = QPushButton()
        self.main.setProperty("kind", "accent")
        self.main.clicked.connect(self._press_main)
        self.reply = QPushButton(self.tr("&Record reply"))
        self.more = QPushButton(self.tr("&More"))
        self._lay_out()

    def _lay_out(self) -> None:
        for each in (self.company, self.sent, self.status):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.company, 1)
        head.addWidget(self.chip, alignment=Qt.AlignmentFlag.AlignTop)
        self._due_row = QWidget()
        due = FlowLayout(self._due_row, spacing_px=4)
        due.addWidget(self.due)
        due.addWidget(self.why)
        self._buttons = QWidget()
        buttons = FlowLayout(self._buttons)
        for button in (self.main, self.reply, self.more):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        for line in (self.asked, self.sent):
            layout.addWidget(line)
        layout.addSpacing(4)
        layout.addWidget(self.status)
        layout.addWidget(self._due_row)
        for line in (self.lateness, self.doubts, self.newer_law):
            layout.addWidget(line)
        layout.addSpacing(2)
        layout.addWidget(self.notice)
        layout.addSpacing(4)
        layout.addWidget(self._buttons)

    def show_detail(
        self, detail: RequestDetail, today: date, due_soon_days: int, send_again_to: str = ""
    ) -> None:
        """Show this request; ``send_again_to`` is the next address where a message came back."""
        row, request = detail.overview, detail.request
        self.company.setText(shown(request.company_name))
        self.chip.say(*wording.chip(row, today, due_soon_days))
        self.asked.setText(self._asked(detail))
        self.sent.setText(self._sent(detail))
        self.status.setText(status_sentence(detail, today))
        self.due.setText(due_sentence(detail))
        self._due_row.setVisible(detail.deadline is not None)
        self.due.setVisible(bool(self.due.text()))
        self.due.setMinimumHeight(self.why.sizeHint().height())
        for line, text in (
            (self.lateness, lateness_sentence(detail)),
            (self.doubts, "\n".join(doubt_sentences(detail.deadline))),
        ):
            line.setText(text)
            line.setVisible(bool(text))
        self.newer_law.setVisible(detail.has_newer_law)
        self.notice.show_detail(detail, today)
        step = row.next_step(today)
        self.main.setText(wording.next_step(step))
        if step is NextStep.SEND_AGAIN and send_again_to:
            is_long = len(send_again_to) > _LONGEST_ADDRESS_CHARS
            address = f"{send_again_to[:_LONGEST_ADDRESS_CHARS]}…" if is_long else send_again_to
            self.main.setText(self.tr("Send again to {address}").format(address=shown(address)))
        self.reply.setText(self.tr("&Record reply"))
        if row.is_registration:
            self.reply.setText(self.tr("&Record what happened"))
            if step is NextStep.RECORD_REPLY:
                self.main.setText(self.tr("Record what happened"))
        self.main.setVisible(not row.is_binned)
        groups = MENU_OF_STEP[step](detail) if step in MENU_OF_STEP else ()
        _give_menu(self.main, self._menu(groups) if groups else None)
        replies = reply_menu(detail)
        self.reply.setVisible(bool(replies) and step not in _NO_REPLY_BUTTON and not row.is_binned)
        _give_menu(self.reply, self._menu(replies))

    def give_more(self, menu: QMenu) -> None:
        """Put this menu behind *More*."""
        _give_menu(self.more, menu)

    def open_replies(self) -> None:
        """Open the menu of replies, wherever it is now."""
        for button in (self.reply, self.main):
            if button.isVisible() and button.menu() is not None:
                button.showMenu()
                return

    def press_main(self) -> None:
        """Press the main button."""
        if self.main.isVisible():
            self.main.setFocus()
            self.main.click()

    def _press_main(self) -> None:
        if self.main.menu() is None:
            self.step_wanted.emit()

    def _menu(self, groups: Sequence[MenuGroup]) -> QMenu:
        menu = QMenu(self)
        for group in groups:
            if len(groups) > 1:
                menu.addSection(group.title)
            for letter in group.letters:
                act = menu.addAction(letter_words.to_write(letter))
                act.setObjectName(f"letter-{letter}")
                act.triggered.connect(self._letter_emitter(letter))
            for kind in group.kinds:
                act = menu.addAction(menu_words(kind))
                act.setObjectName(str(kind))
                act.triggered.connect(self._emitter(kind))
        return menu

    def _emitter(self, kind: EventKind) -> Callable[[], None]:
        return lambda: self.entry_wanted.emit(kind)

    def _letter_emitter(self, kind: LetterKind) -> Callable[[], None]:
        return lambda: self.letter_wanted.emit(kind)

    def _asked(self, detail: RequestDetail) -> str:
        right, law = wording.right(detail.request.right), detail.law.short_title
        if detail.person.kind is PersonKind.CLIENT:
            return self.tr("{right} · {law} · for {person}").format(
                right=right, law=law, person=shown(detail.person.name)
            )
        return self.tr("{right} · {law}").format(right=right, law=law)

    def _sent(self, detail: RequestDetail) -> str:
        request = detail.request
        if request.sent_on is None or detail.overview.is_registration:
            return self.tr("Reference {reference}").format(reference=request.reference)
        entry = request.last(EventKind.SENT)
        way = by_way(entry.channel if entry and entry.channel else request.channel)
        return self.tr("Reference {reference} · sent {day} {way}").format(
            reference=request.reference, day=long_date(request.sent_on), way=way
        )


def _give_menu(button: QPushButton, menu: QMenu | None) -> None:
    before = button.menu()
    # an accent button with a menu needs room for its sign
    button.setMenu(menu)  # type: ignore[arg-type]
    if before is not None and before is not menu:
        before.deleteLater()
