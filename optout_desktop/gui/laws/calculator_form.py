# SPDX-License-Identifier: Apache-2.0
"""What the calculator asks: law, right, the company's place, the day, and what happened since.

Only those things are asked that a rule of the chosen right reads. ``check`` gives the question to count, or
every mistake as a sentence at its field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from optout_desktop.domain.counting import EARLIEST_YEAR, LATEST_YEAR
from optout_desktop.domain.errors import InputError
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.laws import Law
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from optout_desktop.gui import wording
from optout_desktop.gui.fields import DateField, FieldRow, FormErrors
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.laws.calculator_fields import CompanyPlace, ExtensionRow, FactRow
from optout_desktop.gui.laws.law_words import law_places, outside_force
from optout_desktop.gui.wording import long_date
from optout_desktop.services.laws import ExtensionTaken

Facts = Mapping[tuple[LawId, Right], tuple[EventKind, ...]]
"""What each right of each law reads."""

_BEGUN_WITH = {
    Right.APPEAL: EventKind.APPEAL_SENT,
    Right.COMPLAINT_TO_CONTROLLER: EventKind.COMPLAINT_LODGED,
    Right.COMPLAINT_TO_REGULATOR: EventKind.COMPLAINT_LODGED,
}
"""Rights that are used by sending something else than a request."""

_ASKED_BEFORE = {
    EventKind.IDENTITY_GIVEN: EventKind.IDENTITY_ASKED,
    EventKind.FEE_PAID: EventKind.FEE_ASKED,
    EventKind.CLARIFICATION_RECEIVED: EventKind.CLARIFICATION_ASKED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be counted."""

    law: LawId
    right: Right
    place: str
    start: date
    facts: tuple[tuple[EventKind, date], ...] = ()
    extension: ExtensionTaken | None = None

    @property
    def event(self) -> EventKind:
        """What was sent on the day of the start."""
        return _BEGUN_WITH.get(self.right, EventKind.SENT)


class CalculatorForm(QWidget):
    """The fields of the calculator."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._laws: dict[LawId, Law] = {}
        self._facts: Facts = {}
        self.law = QComboBox()
        self.right = QComboBox()
        self.place = CompanyPlace()
        self.start = DateField(today)
        for box in (self.law, self.right):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(16)
            box.setMaxVisibleItems(16)
        unknown = self.tr("Not known is an answer too: then the latest defensible holidays count.")
        self.rows = {
            "law": FieldRow(self.tr("&Law"), self.law, "law"),
            "right": FieldRow(self.tr("Ri&ght"), self.right, "right"),
            "place": FieldRow(self.tr("&Where the company is"), self.place, "place", unknown),
            "from": FieldRow(self.tr("&Sent on"), self.start, "from"),
        }
        self.facts: dict[EventKind, FactRow] = {kind: self._fact(kind) for kind in _QUESTIONS}
        # its links do not wrap, so it stands above the whole tab and not in this narrow column
        self.errors = FormErrors((*self.rows.values(), *self.facts.values()))
        self._since = label(
            self.tr("What happened since, as far as it matters here"), Look.STRONG, wraps=True
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for each in (*self.rows.values(), self._since, *self.facts.values()):
            column.addWidget(each)
        column.addStretch()
        self.law.currentIndexChanged.connect(self._law_chosen)
        self.right.currentIndexChanged.connect(self._right_chosen)
        self.place.changed.connect(self.changed)
        self.start.dateChanged.connect(lambda _day: self.changed.emit())
        for row in self.facts.values():
            row.changed.connect(self.changed)
        self._offer_facts()

    def know(self, laws: Sequence[Law], facts: Facts) -> None:
        """From now on offer these laws and registers; what is chosen stays chosen."""
        before = self.law.currentData(), self.right.currentData()
        self._laws = {law.id: law for law in laws}
        self._facts = facts
        with QSignalBlocker(self.law):
            self.law.clear()
            for law in sorted(laws, key=lambda law: law.short_title.casefold()):
                words = self.tr("{law} ({place})").format(law=law.short_title, place=law_places(law))
                self.law.addItem(words, law.id)
        if before[0] in self._laws:
            self.choose(LawId(before[0]), Right(before[1]) if before[1] else None)
        else:
            self._law_chosen()

    def choose(self, law: LawId, right: Right | None = None) -> None:
        """Choose a law, and a right of it, else its first."""
        with QSignalBlocker(self.law):
            self.law.setCurrentIndex(max(self.law.findData(law), 0))
        self._law_chosen()
        if right is not None:
            self.right.setCurrentIndex(max(self.right.findData(right.value), 0))

    def knows(self, law: LawId) -> bool:
        """True where a law, or a register in the place of one, is offered."""
        return law in self._laws

    @property
    def chosen_law(self) -> Law | None:
        """The law that is chosen."""
        return self._laws.get(LawId(str(self.law.currentData() or "")))

    @property
    def chosen_right(self) -> Right | None:
        """The right that is chosen."""
        value = self.right.currentData()
        return Right(value) if value else None

    def shown_facts(self) -> tuple[EventKind, ...]:
        """What is asked beside law, right, place and day."""
        law, right = self.chosen_law, self.chosen_right
        if law is None or right is None:
            return ()
        begins = _BEGUN_WITH.get(right)
        return tuple(kind for kind in self._facts.get((law.id, right), ()) if kind is not begins)

    def check(self) -> tuple[Question | None, tuple[InputError, ...]]:
        """The question, or every mistake in it."""
        law, right = self.chosen_law, self.chosen_right
        if law is None or right is None:
            return None, (InputError("law", self.tr("Choose a law and a right of it.")),)
        start = self.start.day()
        days = {kind: day for kind in self.shown_facts() if (day := self.facts[kind].day()) is not None}
        mistakes = [*self._start_mistakes(law, start), *self._fact_mistakes(days, start)]
        extension = self._extension()
        if extension and extension.until and extension.until <= extension.on:
            sentence = self.tr("The new last day lies before the notice. Choose a later one.")
            mistakes.append(InputError(EventKind.EXTENDED, sentence))
        if mistakes:
            return None, tuple(mistakes)
        facts = tuple((kind, day) for kind, day in days.items() if kind is not EventKind.EXTENDED)
        question = Question(
            law=law.id,
            right=right,
            place=self.place.place(),
            start=start,
            facts=facts,
            extension=extension,
        )
        return question, ()

    def show_mistakes(self, mistakes: Sequence[InputError], *, takes_focus: bool) -> None:
        """Say each mistake at its field; with the focus, also all of them above."""
        if takes_focus:
            self.errors.show_errors(mistakes)
            return
        self.errors.clear()
        rows: dict[str, FieldRow] = {**self.rows, **{kind.value: row for kind, row in self.facts.items()}}
        for mistake in mistakes:
            if (row := rows.get(mistake.field)) is not None:
                row.show_error(str(mistake))

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _extension(self) -> ExtensionTaken | None:
        row = self.facts[EventKind.EXTENDED]
        if EventKind.EXTENDED not in self.shown_facts() or not isinstance(row, ExtensionRow):
            return None
        return row.extension()

    def _start_mistakes(self, law: Law, start: date) -> list[InputError]:
        if not EARLIEST_YEAR <= start.year <= LATEST_YEAR:
            return [InputError("from", self._years())]
        sentence = outside_force(law, start)
        return [InputError("from", sentence)] if sentence else []

    def _years(self) -> str:
        return self.tr("Days are counted from {first} to {last}. Choose a day between them.").format(
            first=EARLIEST_YEAR, last=LATEST_YEAR
        )

    def _fact_mistakes(self, days: Mapping[EventKind, date], start: date) -> list[InputError]:
        found: list[InputError] = []
        for kind, day in days.items():
            asked = _ASKED_BEFORE.get(kind)
            if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
                found.append(InputError(kind, self._years()))
            elif day < start:
                sentence = self.tr("This lies before the day on which it was sent, {day}.")
                found.append(InputError(kind, sentence.format(day=long_date(start))))
            elif asked is not None and asked in self.shown_facts() and asked not in days:
                found.append(InputError(kind, self.tr("Say also on which day the company asked for it.")))
            elif asked is not None and asked in days and day < days[asked]:
                found.append(
                    InputError(kind, self.tr("This lies before the day on which the company asked."))
                )
        return found

    def _law_chosen(self) -> None:
        law, before = self.chosen_law, self.right.currentData()
        with QSignalBlocker(self.right):
            self.right.clear()
            for offered in law.rights if law else ():
                self.right.addItem(wording.right(offered.right), offered.right.value)
            self.right.setCurrentIndex(max(self.right.findData(before), 0))
        self._right_chosen()

    def _right_chosen(self) -> None:
        self._offer_facts()
        self.changed.emit()

    def _offer_facts(self) -> None:
        shown = self.shown_facts()
        self._since.setVisible(bool(shown))
        for kind, row in self.facts.items():
            row.setVisible(kind in shown)

    def _fact(self, kind: EventKind) -> FactRow:
        words = self._fact_words(kind)
        return (
            ExtensionRow(words, self.start.day)
            if kind is EventKind.EXTENDED
            else FactRow(kind, words, self.start.day)
        )

    def _fact_words(self, kind: EventKind) -> str:
        return {
            EventKind.REGISTERED: self.tr("The registration was confirmed"),
            EventKind.RECEIVED: self.tr("It arrived on a day that is known"),
            EventKind.ACKNOWLEDGED: self.tr("The company collected or confirmed it"),
            EventKind.IDENTITY_ASKED: self.tr("The company asked who you are"),
            EventKind.IDENTITY_GIVEN: self.tr("You proved who you are"),
            EventKind.FEE_ASKED: self.tr("The company asked for a fee"),
            EventKind.FEE_PAID: self.tr("You paid the fee"),
            EventKind.CLARIFICATION_ASKED: self.tr("The company asked what you mean"),
            EventKind.CLARIFICATION_RECEIVED: self.tr("You answered what you mean"),
            EventKind.EXTENDED: self.tr("The company announced an extension"),
            EventKind.COMPLETED: self.tr("The company carried it out"),
            EventKind.REFUSED: self.tr("The company refused"),
            EventKind.APPEAL_SENT: self.tr("You sent an appeal"),
            EventKind.COMPLAINT_LODGED: self.tr("You lodged a complaint"),
            EventKind.MESSAGE_RECEIVED: self.tr("A message reached you"),
        }[kind]


_QUESTIONS = (
    *(EventKind.REGISTERED, EventKind.RECEIVED, EventKind.ACKNOWLEDGED),
    *(EventKind.IDENTITY_ASKED, EventKind.IDENTITY_GIVEN, EventKind.FEE_ASKED, EventKind.FEE_PAID),
    *(EventKind.CLARIFICATION_ASKED, EventKind.CLARIFICATION_RECEIVED, EventKind.EXTENDED),
    *(EventKind.COMPLETED, EventKind.REFUSED, EventKind.APPEAL_SENT),
    *(EventKind.COMPLAINT_LODGED, EventKind.MESSAGE_RECEIVED),
)
"""Everything that can be asked, in the order in which it happens."""
