# SPDX-License-Identifier: Apache-2.0
"""The deadline calculator: a question on one side, every clock of the answer on the other.

Counting goes to ``services/laws`` outside the window's thread, because the holidays of an unknown region are
looked up for the first time then. Once something was counted, the answer follows every change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.errors import InputError, OptOutError
from optout_desktop.domain.ids import LawId, register_in
from optout_desktop.domain.laws import Law
from optout_desktop.domain.places import Place
from optout_desktop.domain.rights import Goal, Right
from optout_desktop.gui import theme, wording
from optout_desktop.gui.annex_saving import save_annex
from optout_desktop.gui.busy import BusyMark
from optout_desktop.gui.clock_words import not_advice
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.laws.calculator_answer import ClockGrid, answer_text
from optout_desktop.gui.laws.calculator_fields import Regions
from optout_desktop.gui.laws.calculator_form import CalculatorForm, Facts, Question
from optout_desktop.gui.places import COUNTRIES
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.voice import announce
from optout_desktop.gui.why_view import WhyDialog
from optout_desktop.gui.wording import long_date
from optout_desktop.services.desk import Desk
from optout_desktop.services.laws import CountedClock

_TWO_PANES_FROM_PX = 760
_FORM_PX = 340
_REST_MS = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    laws: tuple[Law, ...]
    facts: Facts
    first: tuple[LawId, Right] | None
    today: date


class CalculatorTab(QWidget):
    """Counts deadlines of a right from a day."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._is_known = False
        self._has_regions = False
        self._wanted: tuple[LawId, Right | None] | None = None
        self._registers: tuple[LawId, ...] = ()
        """Registers that are offered beside the laws, because somebody came from there."""
        self._asked = 0
        self._today = surroundings.desk.clock.today()
        self.answer: tuple[CountedClock, ...] = ()
        self._about: tuple[str, ...] = ()
        self.dialog: WhyDialog | None = None
        """The last explanation that was shown."""
        self.form = CalculatorForm(self._today)
        self.count = QPushButton(self.tr("&Calculate"))
        self.count.setProperty("kind", "accent")
        self.copy = QPushButton(self.tr("Co&py everything"))
        self.head = label("", Look.TITLE, wraps=True)
        self.sentence = label("", wraps=True)
        self.grid = ClockGrid()
        self.busy = BusyMark()
        self._advice = label(not_advice(), Look.SMALL, wraps=True)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._build()
        self._rest.timeout.connect(lambda: self._ask(takes_focus=False))
        self.form.changed.connect(self._changed)
        self.count.clicked.connect(self.press)
        self.copy.clicked.connect(self._copy)
        self._show_nothing()

    def refresh(self) -> None:
        """Ask again for the laws; what was typed stays."""
        desk, registers = self._around.desk, self._registers
        self._around.tasks.run(self, lambda: _known(desk, registers), self._show_known)
        if not self._has_regions:
            self._around.tasks.run_outside(self, lambda: _regions(desk), self._show_regions)

    def choose(self, law: LawId, right: Right | None) -> None:
        """Begin with a law, or a register in the place of one, and a right of it where one is named."""
        self._wanted = (law, right)
        if register_in(law) is not None and law not in self._registers:
            self._registers = (*self._registers, law)
            self.refresh()
        elif self.form.knows(law):
            self._choose_wanted()
        self.form.law.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self) -> None:
        """Count; a mistake in the fields is said and takes the focus."""
        self._rest.stop()
        self._ask(takes_focus=True)

    # ── Qt ───────────────────────────────────────────────────────────────────────────────────────────

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees is not counted."""
        self._rest.stop()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit into the room there is."""
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The answer below the question where it does not fit beside it."""
        super().resizeEvent(event)
        self._fit()

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        question = QWidget()
        left = QVBoxLayout(question)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addWidget(self.form)
        buttons = QWidget()
        row = FlowLayout(buttons)
        row.addWidget(self.count)
        row.addWidget(self.copy)
        left.addWidget(buttons)
        left.addWidget(self.busy)
        left.addStretch()
        self._question = question
        result = QWidget()
        right = QVBoxLayout(result)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        for each in (self.head, self.sentence, self.grid, self._advice):
            right.addWidget(each)
        right.addStretch()
        self._inner = QFrame()
        self._inner.setProperty("surface", "window")
        whole = QVBoxLayout(self._inner)
        whole.setContentsMargins(0, 0, 8, 8)
        whole.setSpacing(12)
        whole.addWidget(self.form.errors)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        whole.addLayout(self._columns, 1)
        self._columns.setSpacing(24)
        self._columns.addWidget(question)
        self._columns.addWidget(result, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)

    def _fit(self) -> None:
        has_two = self.width() >= theme.px(_TWO_PANES_FROM_PX)
        direction = QBoxLayout.Direction.LeftToRight if has_two else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(direction)
        if has_two:
            self._question.setFixedWidth(theme.px(_FORM_PX))
        else:
            self._question.setMinimumWidth(0)
            self._question.setMaximumWidth(16_777_215)
        self._question.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def _show_known(self, known: _Known) -> None:
        self._today = known.today
        self.form.know(known.laws, known.facts)
        if not self._is_known:
            self._is_known = True
            self._wanted = self._wanted or known.first
        elif self.answer:
            self._ask(takes_focus=False)
        self._choose_wanted()

    def _choose_wanted(self) -> None:
        if self._wanted is not None and self.form.knows(self._wanted[0]):
            wanted, self._wanted = self._wanted, None
            self.form.choose(*wanted)

    def _show_regions(self, regions: Regions) -> None:
        self._has_regions = True
        self.form.place.know(regions)

    def _changed(self) -> None:
        if self.answer or self.sentence.property("is_answer"):
            self._rest.start()

    def _ask(self, *, takes_focus: bool) -> None:
        question, mistakes = self.form.check()
        self.form.show_mistakes(mistakes, takes_focus=takes_focus)
        if question is None:
            self._show_sentence(" ".join(str(each) for each in mistakes))
            return
        self._asked += 1
        number, laws = self._asked, self._around.desk.laws
        self.busy.begin(self.tr("Looking up holidays…"))
        self._around.tasks.run_outside(
            self,
            lambda: laws.counted(
                question.law,
                question.right,
                question.start,
                place=question.place,
                event=question.event,
                facts=question.facts,
                extension=question.extension,
            ),
            lambda counted: self._show_answer(number, question, counted, is_pressed=takes_focus),
            lambda error: self._show_error(number, error),
        )

    def _show_answer(
        self, number: int, question: Question, counted: tuple[CountedClock, ...], *, is_pressed: bool
    ) -> None:
        if number != self._asked:
            return  # a newer question is on its way
        self.busy.end()
        law = self.form.chosen_law
        title = law.short_title if law is not None else question.law
        self.answer = counted
        head = self.tr("{right} under {law}, sent on {day}")
        if register_in(question.law) is not None:
            head = self.tr("{right}, {law}, registered on {day}")
        head = head.format(right=wording.right(question.right), law=title, day=long_date(question.start))
        self.head.setText(head)
        where = self.tr("Where it must be done: {place}.").format(place=self.form.place.name())
        self._about = (head, where)
        self.head.show()
        words = "" if counted else self.tr("No clock of this right runs then.")
        self.sentence.setText(words)
        self.sentence.setVisible(bool(words))
        self.sentence.setProperty("is_answer", True)
        self.grid.show_clocks(counted, self._today, self._explain)
        self.grid.setVisible(bool(counted))
        self.copy.setEnabled(bool(counted))
        told = self.tr("1 period") if len(counted) == 1 else self.tr("{count} periods")
        announce(self, told.format(count=len(counted)))
        if is_pressed and self._columns.direction() is QBoxLayout.Direction.TopToBottom:
            QTimer.singleShot(0, self, self._scroll_to_answer)  # once the cards have their places

    def _scroll_to_answer(self) -> None:
        self._scroll.verticalScrollBar().setValue(self.head.mapTo(self._inner, QPoint()).y())

    def _show_error(self, number: int, error: OptOutError) -> None:
        if number != self._asked:
            return
        self.busy.end()
        if isinstance(error, InputError):
            self.form.show_mistakes((error,), takes_focus=False)
        self._show_sentence(str(error))

    def _show_sentence(self, words: str) -> None:
        self._asked += 1  # what is still being counted is no longer wanted
        self.busy.end()
        self.answer = ()
        self.head.hide()
        self.sentence.setText(words)
        self.sentence.setProperty("is_answer", True)
        self.sentence.show()
        self.grid.show_clocks((), self._today, self._explain)
        self.grid.hide()
        self.copy.setEnabled(False)

    def _show_nothing(self) -> None:
        self._show_sentence(self.tr("Choose a law, a right and a day, then “Calculate”."))
        self.sentence.setProperty("is_answer", False)

    def _explain(self, counted: CountedClock) -> None:
        dialog = WhyDialog(self._around, counted.clock.step, counted.why, self, self._about)
        self.dialog = dialog
        of_example = self._around.desk.annexes.of_example
        dialog.save_wanted.connect(lambda words: save_annex(self._around, dialog, lambda: of_example(words)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _copy(self) -> None:
        text = self.tr("{head}\n\n{answer}\n\n{advice}").format(
            head=self.head.text(), answer=answer_text(self.answer, self._today), advice=not_advice()
        )
        self._around.clipboard.put(text)
        self._around.say(self.tr("The whole calculation was copied."))


def _known(desk: Desk, registers: tuple[LawId, ...]) -> _Known:
    laws = (*desk.laws.all(), *map(desk.laws.law, registers))
    facts = {
        (law.id, offered.right): desk.laws.facts_read(law.id, offered.right)
        for law in laws
        for offered in law.rights
    }
    me = desk.people.me()
    first = _proposed(desk, me.place) if me is not None else None
    return _Known(laws=laws, facts=facts, first=first, today=desk.clock.today())


def _regions(desk: Desk) -> Regions:
    return {country: found for country in COUNTRIES if (found := desk.laws.regions(country))}


def _proposed(desk: Desk, home: Place) -> tuple[LawId, Right] | None:
    fitting = next((one for one in desk.laws.proposals(Goal.STOP_SELLING, home) if one.applies), None)
    return (fitting.law.id, fitting.right) if fitting is not None else None
