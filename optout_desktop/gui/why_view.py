# SPDX-License-Identifier: Apache-2.0
"""“Why this date?”: the arithmetic of one clock in plain sentences, to be read, copied and checked.

The service hands over lines of dates, names and numbers; ``sentences_of`` makes the words. Neighbouring
weekend days are told in one sentence, everything else line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from optout_desktop.domain.clocks import ExtensionDoubt, WhyKind, WhyLine
from optout_desktop.domain.explaining import AnnexLine, AnnexWords
from optout_desktop.domain.laws import (
    COMPANY_ACTS,
    DayZero,
    ExtensionFrom,
    Period,
    Reckoning,
    StartEvent,
    Step,
    Unit,
    Verification,
)
from optout_desktop.domain.requests import ProofGrade, RefusalReason
from optout_desktop.gui import theme, wording
from optout_desktop.gui.clock_words import (
    extension_doubt,
    not_advice,
    period,
    start_event,
    step_words,
    verification,
)
from optout_desktop.gui.dialog_room import fit
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown, without_isolates
from optout_desktop.gui.source_links import SourceLinks
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.voice import announce
from optout_desktop.gui.wording import long_date, weekday_date

_SOME_REASON = "stated"
"""What stands for the reason of a notice in an example."""
_WEEKEND = frozenset({"Saturday", "Sunday"})


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("why", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhySentence:
    """One sentence of the explanation; the result stands out, a link can be opened."""

    text: str
    is_result: bool = False
    link: str = ""


def sentences_of(step: Step, lines: Iterable[WhyLine]) -> tuple[WhySentence, ...]:
    """The lines of a clock in words, in their order; of a span that nobody can miss, no word of lateness."""
    found: list[WhySentence] = []
    for is_weekend, group in groupby(lines, _is_weekend):
        several = list(group)
        if is_weekend:
            days = ", ".join(long_date(line.on) for line in several if line.on)
            found.append(WhySentence(text=tr("Weekend days that do not count: {days}.").format(days=days)))
        else:
            found += [_sentence(line) if step in COMPANY_ACTS else _of_a_span(line) for line in several]
    return tuple(sentence for sentence in found if sentence.text)


def _is_weekend(line: WhyLine) -> bool:
    return line.kind is WhyKind.SKIPPED and line.name in _WEEKEND


def _sentence(line: WhyLine) -> WhySentence:
    text = _counting(line) or _grounds(line)
    return WhySentence(text=text, is_result=line.kind in {WhyKind.DUE, WhyKind.FLAG_AFTER}, link=line.link)


def _of_a_span(line: WhyLine) -> WhySentence:
    if line.kind is WhyKind.DUE and line.name != Reckoning.EFFECT_FROM and line.on:
        return WhySentence(text=tr("It ends on {day}.").format(day=weekday_date(line.on)), is_result=True)
    if line.kind is WhyKind.FLAG_AFTER:
        return WhySentence(text="")
    return _sentence(line)


def _counting(line: WhyLine) -> str:  # noqa: C901, PLR0911, PLR0912 - one sentence a kind of line
    day = weekday_date(line.on) if line.on else ""
    until = weekday_date(line.until) if line.until else ""
    match line.kind:
        case WhyKind.START:
            return _start(line, day)
        case WhyKind.START_FLOOR:
            return tr("The law starts this clock on {day} at the earliest.").format(day=day)
        case WhyKind.RECEIPT_PRESUMED:
            return tr(
                "Sent on {sent}. Nothing proves the day of arrival; it is presumed to be {day}."
            ).format(sent=day, day=until)
        case WhyKind.DAY_ZERO if line.name == DayZero.INCLUDED:
            return tr("{day} is already day 1 where it is a day that counts.").format(day=day)
        case WhyKind.DAY_ZERO:
            return tr("{day} is day 0; counting begins on the next day.").format(day=day)
        case WhyKind.PERIOD:
            return tr("Period: {period}.").format(period=_period(line))
        case WhyKind.COUNTED:
            return _counted(line, day, until)
        case WhyKind.MONTH_END:
            return tr("That month has no day {number}; its last day, {day}, is taken.").format(
                number=line.amount, day=day
            )
        case WhyKind.SKIPPED:
            return tr("{day} does not count: {name} ({calendar}).").format(
                day=day, name=line.name, calendar=line.calendar
            )
        case WhyKind.NOMINAL:
            return tr("Counting ends on {day}.").format(day=day)
        case WhyKind.ROLL:
            return tr("{day} cannot be a last day ({name}, {calendar}): the period ends later.").format(
                day=day, name=line.name, calendar=line.calendar
            )
        case WhyKind.PAUSE:
            paused = wording.days(line.amount or 0)
            return tr("{days} of waiting for your clarification are added.").format(days=paused)
        case WhyKind.EXTENSION:
            return _extension(line, day)
        case WhyKind.EXTENSION_DOUBT:
            return _doubt(line, until)
        case WhyKind.DUE if line.name == Reckoning.EFFECT_FROM:
            return tr("The last tolerated day is {day}; it must hold from the next day on.").format(day=day)
        case WhyKind.DUE:
            return tr("Due on {day}, until the end of the day.").format(day=day)
        case WhyKind.FLAG_AFTER:
            return tr("Nobody is called late before {day} has ended.").format(day=day)
        case WhyKind.LENIENT:
            return _lenient(line, day)
        case _:
            return _circumstances(line, day, until)


def _counted(line: WhyLine, day: str, until: str) -> str:
    first = line.amount or 1
    if line.on is None or line.until is None or line.on == line.until:
        return tr("Day {number}: {day}.").format(number=first, day=day)
    last = first + (line.until - line.on).days
    return tr("Days {first} to {last}: {day} to {until}.").format(
        first=first, last=last, day=day, until=until
    )


def _circumstances(line: WhyLine, day: str, until: str) -> str:
    match line.kind:
        case WhyKind.CHAIN:
            return tr("No entry proves that day. It is the last day of another clock: {rule}.").format(
                rule=line.name
            )
        case WhyKind.CALENDAR:
            return tr("Calendar: {calendar}.").format(calendar=line.name)
        case WhyKind.CLARIFICATION if line.until is None:
            return tr("The question of {day} is not answered yet: no day counts until it is.").format(day=day)
        case WhyKind.CLARIFICATION:
            return tr(
                "Question to you on {day}, your answer on {until}: {days} left out, both included."
            ).format(day=day, until=until, days=wording.days(line.amount or 0))
        case WhyKind.NAMED_EARLIER:
            return tr(
                "The company named an earlier day, {day}. It is held to that, and called late only by the "
                "law's own day."
            ).format(day=day)
        case WhyKind.EXTENSION_NOTICE:
            return _notice(line, day, until)
        case _:
            return ""


def _notice(line: WhyLine, day: str, until: str) -> str:
    if line.name in {"", RefusalReason.NONE_GIVEN}:
        text = tr("On {day} the company announced an extension to {until}. It gave no reason.")
    elif line.name == _SOME_REASON:
        text = tr("On {day} the company announced an extension to {until}. It gave a reason.")
    else:
        text = tr("On {day} the company announced an extension to {until}. Its reason: {reason}.")
    return text.format(day=day, until=until, reason=shown(line.name.rstrip(".")))


def _start(line: WhyLine, day: str) -> str:
    event = start_event(StartEvent(line.name))
    if not line.on:
        return tr("This clock starts with: {event}. That has not happened yet.").format(event=event)
    grade = wording.proof_grade(ProofGrade(line.unit))
    return tr("Start: {event} on {day} ({grade}).").format(event=event, day=day, grade=grade)


def _extension(line: WhyLine, day: str) -> str:
    if line.amount is None:
        return tr("The law sets no length for an extension; the day that the company named counts.")
    if line.name == ExtensionFrom.START:
        text = tr("The longest extension: {period} in all, counted from {day}.")
    else:
        text = tr("The longest extension: {period} more, counted from {day}.")
    return text.format(period=_period(line), day=day)


def _doubt(line: WhyLine, until: str) -> str:
    doubt = extension_doubt(ExtensionDoubt(line.name))
    if not until:
        return tr("The extension may not be valid: {doubt}").format(doubt=doubt)
    return tr("The extension may not be valid: {doubt} Without it the day was {day}.").format(
        doubt=doubt, day=until
    )


def _lenient(line: WhyLine, day: str) -> str:
    if line.on is None:
        return tr("A longer reading can be defended: {period}.").format(period=_period(line))
    return tr("{day} is {name} in another calendar that may count ({calendar}).").format(
        day=day, name=line.name, calendar=line.calendar
    )


def _grounds(line: WhyLine) -> str:  # noqa: PLR0911 - one sentence a kind of line
    match line.kind:
        case WhyKind.RULE:
            return tr("Rule: {name}.").format(name=line.name)
        case WhyKind.VERSION if line.on and line.until:
            return tr("Version in force from {day} to {until}.").format(
                day=long_date(line.on), until=long_date(line.until)
            )
        case WhyKind.VERSION if line.on:
            return tr("Version in force since {day}.").format(day=long_date(line.on))
        case WhyKind.CITATION:
            return tr("Where it is written: {name}.").format(name=line.name)
        case WhyKind.VERIFICATION:
            return verification(Verification(line.name))
        case WhyKind.SOFT:
            return tr("This number is a guide: it is shown and never held against anybody.")
        case WhyKind.ONLY_WHERE:
            return tr("It binds only where this is so, which the app cannot know: {name}.").format(
                name=line.name.rstrip(".")
            )
        case WhyKind.DOUBT:
            return tr("Uncertain: {name}").format(name=line.name)
        case _:
            return ""


def _period(line: WhyLine) -> str:
    return period(Period(amount=line.amount, unit=Unit(line.unit)))


def text_lines(sentences: Iterable[WhySentence]) -> tuple[str, ...]:
    """An explanation as it is copied: one sentence a line, each link on a line of its own."""
    lines: list[str] = []
    for sentence in sentences:
        lines.append(sentence.text)
        if sentence.link:
            lines.append(sentence.link)
    return tuple(lines)


class WhyDialog(QDialog):
    """The explanation of one date, to copy or save as a page; ``about`` says what was counted.

    Where that is a request (``can_keep``), the page can be kept with it.
    """

    save_wanted = Signal(object)
    """The ``AnnexWords`` to write outside the vault."""
    keep_wanted = Signal(object)
    """The ``AnnexWords`` to keep with the request."""

    def __init__(
        self,
        surroundings: Surroundings,
        step: Step,
        lines: Sequence[WhyLine],
        parent: QWidget | None = None,
        about: tuple[str, ...] = (),
        *,
        can_keep: bool = False,
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._step = step
        self._lines = tuple(lines)
        self._about = about
        self.setWindowTitle(self.tr("Why this date?"))
        self.sentences = sentences_of(step, lines)
        head = label(step_words(step), Look.TITLE, wraps=True)
        sheet = QFrame()
        sheet.setProperty("surface", "surface")
        body = QVBoxLayout(sheet)
        body.setContentsMargins(16, 12, 16, 12)
        body.setSpacing(8)
        for sentence in self.sentences:
            body.addWidget(self._line(sentence))
            if sentence.link:
                body.addWidget(SourceLinks(self._surroundings, sentence.link))
        body.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(sheet)
        scroll.setAccessibleName(self.windowTitle())
        copy = QPushButton(self.tr("&Copy all"))
        copy.clicked.connect(self._copy)
        close = QPushButton(self.tr("C&lose"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.save = QPushButton(self.tr("&Save as PDF…"))
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.words()))
        self.keep = QPushButton(self.tr("&Keep with this request"))
        self.keep.clicked.connect(lambda: self.keep_wanted.emit(self.words()))
        self.told = label("", Look.SECOND, wraps=True)
        self.told.hide()
        row = QWidget()
        buttons = FlowLayout(row)
        for button in (copy, self.save, self.keep, close):
            buttons.addWidget(button)
        self.keep.setVisible(can_keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(scroll, 1)
        layout.addWidget(label(not_advice(), Look.SMALL, wraps=True))
        layout.addWidget(self.told)
        layout.addWidget(row)
        fit(self, theme.px(640), theme.px(580))
        close.setFocus()

    @property
    def text(self) -> str:
        """The whole explanation, one sentence a line."""
        return "\n".join((*text_lines(self.sentences), not_advice()))

    def words(self) -> AnnexWords:
        """The explanation as it stands on a page."""
        rule = next(line.name for line in self._lines if line.kind is WhyKind.RULE)
        today = long_date(self._surroundings.desk.clock.today())
        return AnnexWords(
            rule=rule,
            title=self.windowTitle(),
            heading=step_words(self._step),
            about=tuple(map(without_isolates, self._about)),
            lines=tuple(
                AnnexLine(text=without_isolates(one.text), is_result=one.is_result, link=one.link)
                for one in self.sentences
            ),
            made_text=self.tr("Counted on {day} with OptOut Desktop.").format(day=today),
            notice=not_advice(),
            language=QLocale().bcp47Name().partition("-")[0] or "en",
        )

    def tell(self, words: str) -> None:
        """Say what became of the page, in sight and to a screen reader."""
        self.told.setText(words)
        self.told.show()
        announce(self, words)

    def _line(self, sentence: WhySentence) -> QWidget:
        made = label(sentence.text, Look.STRONG if sentence.is_result else Look.PLAIN, wraps=True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def _copy(self) -> None:
        self._surroundings.clipboard.put(self.text)
        self.tell(self.tr("The explanation was copied."))
