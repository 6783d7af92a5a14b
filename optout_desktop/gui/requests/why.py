# SPDX-License-Identifier: Apache-2.0
"""“Why this date?”: the arithmetic of one clock in plain sentences, to be read, copied and checked.

The service hands over lines of dates, names and numbers; ``sentences_of`` makes the words. Neighbouring
weekend days are told in one sentence, everything else line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from optout_desktop.domain.clocks import ExtensionDoubt, WhyKind, WhyLine
from optout_desktop.domain.laws import (
    DayZero,
    ExtensionFrom,
    Period,
    Reckoning,
    StartEvent,
    Unit,
    Verification,
)
from optout_desktop.domain.requests import ProofGrade
from optout_desktop.gui import dialogs, theme, wording
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.requests.sentences import extension_doubt, not_advice, period
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.voice import announce
from optout_desktop.gui.wording import long_date, weekday_date

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


def sentences_of(lines: Iterable[WhyLine]) -> tuple[WhySentence, ...]:
    """The lines in words, in their order."""
    found: list[WhySentence] = []
    for is_weekend, group in groupby(lines, _is_weekend):
        several = list(group)
        if is_weekend:
            days = ", ".join(long_date(line.on) for line in several if line.on)
            found.append(WhySentence(text=tr("Weekend days that do not count: {days}.").format(days=days)))
        else:
            found += [_sentence(line) for line in several]
    return tuple(found)


def _is_weekend(line: WhyLine) -> bool:
    return line.kind is WhyKind.SKIPPED and line.name in _WEEKEND


def _sentence(line: WhyLine) -> WhySentence:
    text = _counting(line) or _grounds(line)
    return WhySentence(text=text, is_result=line.kind in {WhyKind.DUE, WhyKind.FLAG_AFTER}, link=line.link)


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
            return tr("{day} is already day 1.").format(day=day)
        case WhyKind.DAY_ZERO:
            return tr("{day} is day 0; counting begins on the next day.").format(day=day)
        case WhyKind.PERIOD:
            return tr("Period: {period}.").format(period=_period(line))
        case WhyKind.SKIPPED:
            return tr("{day} does not count: {name} ({calendar}).").format(
                day=day, name=line.name, calendar=line.calendar
            )
        case WhyKind.NOMINAL:
            return tr("Counting ends on {day}.").format(day=day)
        case WhyKind.ROLL:
            return tr("{day} cannot be a last day ({name}): the period ends later.").format(
                day=day, name=line.name
            )
        case WhyKind.PAUSE:
            paused = wording.days(line.amount or 0)
            return tr("{days} of waiting for your clarification are added.").format(days=paused)
        case WhyKind.EXTENSION:
            return _extension(line, day, until)
        case WhyKind.EXTENSION_DOUBT:
            return extension_doubt(ExtensionDoubt(line.name))
        case WhyKind.DUE if line.name == Reckoning.EFFECT_FROM:
            return tr("It must hold from {day} on.").format(day=day)
        case WhyKind.DUE:
            return tr("Due on {day}, until the end of the day.").format(day=day)
        case WhyKind.FLAG_AFTER:
            return tr("Nobody is called late before {day} has ended.").format(day=day)
        case WhyKind.LENIENT:
            return _lenient(line, day)
        case _:
            return ""


def _start(line: WhyLine, day: str) -> str:
    event = start_event(StartEvent(line.name))
    if not line.on:
        return tr("This clock starts with: {event}. That has not happened yet.").format(event=event)
    grade = wording.proof_grade(ProofGrade(line.unit))
    return tr("Start: {event} on {day} ({grade}).").format(event=event, day=day, grade=grade)


def _extension(line: WhyLine, day: str, until: str) -> str:
    if line.name == ExtensionFrom.START:
        text = tr("Extended: {period} in all, counted from {day}.")
    else:
        text = tr("Extended: {period} more, counted from {day}.")
    text = text.format(period=_period(line), day=day)
    if until:
        named = tr("{sentence} The company named {until}.")
        return named.format(sentence=text, until=until)
    return text


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


def verification(value: Verification) -> str:
    """How far a rule was checked."""
    return {
        Verification.PRIMARY_TEXT: tr("Checked against the text of the law itself."),
        Verification.SOURCE_AGREES: tr(
            "A source that describes the law agrees; the text itself was not read."
        ),
        Verification.NOT_VERIFIED: tr("Not verified: nobody has checked this number against a source."),
    }[value]


def start_event(value: StartEvent) -> str:
    """What starts a clock."""
    return {
        StartEvent.RECEIPT: tr("the company receives your request"),
        StartEvent.SENDING: tr("you send your request"),
        StartEvent.REQUEST_MADE: tr("you make your request"),
        StartEvent.RECEIPT_OF_APPEAL: tr("the company receives your appeal"),
        StartEvent.RECEIPT_OF_REVOCATION: tr("the company receives your withdrawal"),
        StartEvent.REGISTRATION: tr("your registration"),
        StartEvent.TRANSMISSION_OF_MESSAGE: tr("the message is sent to you"),
        StartEvent.SUBMISSION: tr("you hand in your request"),
        StartEvent.NOTICE_MAILED: tr("the company mails its notice"),
        StartEvent.BROKER_RECEIPT_FROM_PLATFORM: tr(
            "the data broker collects your request from the platform"
        ),
        StartEvent.AUTHENTICATION: tr("you prove who you are"),
        StartEvent.COMPLAINT_LODGED: tr("you lodge a complaint"),
        StartEvent.RECEIPT_IDENTITY_FEE: tr(
            "the company has your request, and the identification and fee it asked for"
        ),
        StartEvent.MESSAGE_RECEIVED: tr("you receive a message"),
        StartEvent.DECISION_COMMUNICATED: tr("the company tells its decision"),
        StartEvent.NOTIFICATION_TO_AGENCY: tr("you notify the agency"),
        StartEvent.EFFECTIVE_DATE: tr("the opt-out takes effect"),
        StartEvent.RECEIPT_AND_IMPLEMENTATION: tr("the company receives and carries out your request"),
        StartEvent.NOTIFICATION_TO_CALLER: tr("you tell the caller"),
        StartEvent.REFUSAL_OR_END_OF_PERIOD: tr("the company refuses, or its period ends"),
        StartEvent.OUTCOME_OF_REQUEST: tr("the outcome of your request"),
    }[value]


def _period(line: WhyLine) -> str:
    return period(Period(amount=line.amount, unit=Unit(line.unit)))


class WhyDialog(QDialog):
    """The explanation of one date."""

    def __init__(
        self, surroundings: Surroundings, title: str, lines: Sequence[WhyLine], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self.setWindowTitle(self.tr("Why this date?"))
        self.sentences = sentences_of(lines)
        head = label(title, Look.TITLE, wraps=True)
        sheet = QFrame()
        sheet.setProperty("surface", "surface")
        body = QVBoxLayout(sheet)
        body.setContentsMargins(16, 12, 16, 12)
        body.setSpacing(8)
        for sentence in self.sentences:
            body.addWidget(self._line(sentence))
            if sentence.link:
                body.addLayout(self._link_row(sentence.link))
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
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch()
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(scroll, 1)
        layout.addWidget(label(not_advice(), Look.SMALL, wraps=True))
        layout.addLayout(row)
        self.resize(theme.px(600), theme.px(560))
        close.setFocus()

    @property
    def text(self) -> str:
        """The whole explanation, one sentence a line."""
        lines: list[str] = []
        for sentence in self.sentences:
            lines.append(sentence.text)
            if sentence.link:
                lines.append(sentence.link)
        return "\n".join((*lines, not_advice()))

    def _line(self, sentence: WhySentence) -> QWidget:
        made = label(sentence.text, Look.STRONG if sentence.is_result else Look.PLAIN, wraps=True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def _link_row(self, link: str) -> QHBoxLayout:
        row = QHBoxLayout()
        open_it = QPushButton(self.tr("&Open the source…"))
        open_it.setProperty("kind", "link")
        open_it.clicked.connect(lambda: self._open(link))
        copy = QPushButton(self.tr("Copy &link"))
        copy.setProperty("kind", "link")
        copy.clicked.connect(lambda: self._copy_link(link))
        row.addWidget(open_it)
        row.addWidget(copy)
        row.addStretch()
        return row

    def _copy(self) -> None:
        self._surroundings.clipboard.put(self.text)
        announce(self, self.tr("The explanation was copied."))

    def _copy_link(self, link: str) -> None:
        self._surroundings.clipboard.put(link)
        announce(self, self.tr("The link was copied."))

    def _open(self, link: str) -> None:
        host = urlsplit(link).hostname or link
        is_wanted = dialogs.confirm(
            self,
            self.tr("Open {host} in your browser?").format(host=host),
            self.tr("The site will see your network address. This app itself connects to nothing."),
            self.tr("Open the page"),
        )
        if is_wanted:
            self._surroundings.opener.open(link)
