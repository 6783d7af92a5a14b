# SPDX-License-Identifier: Apache-2.0
"""What happened with a request, newest first: entries, the deadline among them, and what no longer stands.

Each entry shows the day that the person stated and when it was recorded; it can be corrected or taken back,
both by a later entry.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.agenda import Urgency
from optout_desktop.domain.requests import EventKind, ProofGrade, RequestEvent
from optout_desktop.gui import wording
from optout_desktop.gui.fields import restyle
from optout_desktop.gui.labels import shown
from optout_desktop.gui.registration_words import end_words, entry_sentence
from optout_desktop.gui.requests.letter_entries import letter_sentence
from optout_desktop.gui.requests.sentences import by_way, complaint_to, reason_words
from optout_desktop.gui.timeline import Timeline, TimelineEntry
from optout_desktop.gui.tokens import StatusToken
from optout_desktop.gui.wording import long_date
from optout_desktop.services.requests import HistoryLine, RequestDetail

_SIGNS: dict[EventKind, StatusToken] = {
    EventKind.SENT: StatusToken.SENT,
    EventKind.ACKNOWLEDGED: StatusToken.ACKNOWLEDGED,
    EventKind.EXTENDED: StatusToken.EXTENDED,
    EventKind.COMPLETED: StatusToken.COMPLETED,
    EventKind.REFUSED: StatusToken.REFUSED,
    EventKind.COMPLAINT_LODGED: StatusToken.ESCALATED,
    EventKind.CLOSED: StatusToken.CLOSED,
    EventKind.IDENTITY_ASKED: StatusToken.NEEDS_YOU,
    EventKind.CLARIFICATION_ASKED: StatusToken.NEEDS_YOU,
    EventKind.FEE_ASKED: StatusToken.NEEDS_YOU,
    EventKind.FORM_DEMANDED: StatusToken.NEEDS_YOU,
}
_CHOICES = frozenset({"login", "appeal_named"})
_ICONS: dict[EventKind, str] = {
    EventKind.REMINDER_SENT: "bell",
    EventKind.BOUNCED: "warning",
    EventKind.RECEIVED: "check-circle",
    EventKind.TAKEN_BACK: "undo",
    EventKind.REOPENED: "redo",
    EventKind.MESSAGE_RECEIVED: "envelope",
    EventKind.APPEAL_SENT: "letter",
    EventKind.APPEAL_ANSWERED: "envelope",
    EventKind.UNSUBSCRIBE_FAILED: "warning",
    EventKind.ASKED_AGAIN: "envelope",
    EventKind.REGISTERED: "check-circle",
    EventKind.AUTHORITY_ANSWERED: "scales",
}


class TimelineTab(QWidget):
    """The history of one request."""

    correct_wanted = Signal(object)
    """The ``RequestEvent`` to correct."""
    take_back_wanted = Signal(object)
    """The ``RequestEvent`` to take back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.timeline = Timeline()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.timeline)
        layout.addStretch()

    def show_detail(self, detail: RequestDetail, today: date) -> None:
        """Show the history of this request."""
        entries: list[tuple[TimelineEntry, bool]] = []
        deadline = _deadline(detail, today)
        for line in sorted(detail.history, key=lambda one: one.event.sequence, reverse=True):
            due = detail.overview.due_on
            if deadline is not None and due is not None and line.stands and line.event.on <= due:
                entries.append((deadline, False))
                deadline = None
            entries.append((self._entry(line, detail), not line.stands and _can_fall(line.event)))
        if deadline is not None:
            entries.append((deadline, False))
        made_on, first_on = (
            detail.request.created_on,
            min((one.event.on for one in detail.history), default=None),
        )
        is_afterwards = first_on is not None and first_on < made_on
        words = self.tr("Entered here afterwards") if is_afterwards else self.tr("Created")
        created = TimelineEntry(day=long_date(made_on), sentence=words, icon="pencil")
        entries.append((created, False))
        self.timeline.show_entries([entry for entry, _ in entries])
        for row, (_, is_struck) in zip(self.timeline.rows, entries, strict=True):
            row.setProperty("struck", "true" if is_struck else "false")
            if is_struck:
                _strike(row)
            for button in row.findChildren(QPushButton):
                button.setAccessibleName(self.tr("Change {entry}").format(entry=row.accessibleName()))

    def _entry(self, line: HistoryLine, detail: RequestDetail) -> TimelineEntry:
        event = line.event
        return TimelineEntry(
            day=long_date(event.on),
            sentence=sentence(event, detail),
            second=self._second(line),
            status=_SIGNS.get(event.kind) if line.stands else None,
            icon=_ICONS.get(event.kind, "note"),
            action=(self.tr("Change…"), lambda: self._offer(event)) if line.stands else None,
        )

    def _second(self, line: HistoryLine) -> str:
        recorded = self.tr("Recorded {time}").format(time=wording.instant(line.event.recorded_at))
        parts = [recorded]
        if (code := line.event.detail("code")) and line.event.grade is ProofGrade.SERVER_ACCEPTED:
            accepted = self.tr("Your mail server accepted it ({code})").format(code=shown(code))
            parts.insert(0, accepted)
        if not line.stands and _can_fall(line.event):
            parts.insert(0, self.tr("No longer stands"))
        if line.event.corrects is not None and line.event.kind is not EventKind.TAKEN_BACK:
            parts.insert(0, self.tr("Corrects an earlier entry"))
        text = " · ".join(parts)
        if line.event.note:
            noted = self.tr("{note}\n{record}")
            return noted.format(note=shown(line.event.note), record=text)
        return text

    def _offer(self, event: RequestEvent) -> None:
        button, place = QApplication.focusWidget(), QCursor.pos()
        if isinstance(button, QPushButton) and self.isAncestorOf(button):
            place = button.mapToGlobal(button.rect().bottomLeft())
        self.menu_for(event).popup(place)

    def menu_for(self, event: RequestEvent) -> QMenu:
        """The two ways to change an entry."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        correct = menu.addAction(self.tr("&Correct…"))
        correct.triggered.connect(lambda: self.correct_wanted.emit(event))
        correct.setEnabled(event.kind is not EventKind.REOPENED)
        take_back = menu.addAction(self.tr("&Take back"))
        take_back.triggered.connect(lambda: self.take_back_wanted.emit(event))
        return menu


def _can_fall(event: RequestEvent) -> bool:
    return event.kind is not EventKind.TAKEN_BACK


def _strike(row: QWidget) -> None:
    for words in row.findChildren(QLabel):
        if words.property("look") == "":
            font = words.font()
            font.setStrikeOut(True)
            words.setFont(font)
            words.setProperty("look", "second")
            restyle(words)


def _deadline(detail: RequestDetail, today: date) -> TimelineEntry | None:
    row = detail.overview
    if row.due_on is None:
        return None
    if row.urgency(today) is Urgency.OVERDUE:
        late = wording.tr("Deadline passed {days} ago").format(days=wording.days((today - row.due_on).days))
        return TimelineEntry(day=long_date(row.due_on), sentence=late, status=StatusToken.OVERDUE)
    if row.will_lapse:
        return TimelineEntry(day=long_date(row.due_on), sentence=end_words(row), icon="clock")
    return TimelineEntry(day=long_date(row.due_on), sentence=wording.tr("Deadline"), icon="clock")


def sentence(event: RequestEvent, detail: RequestDetail) -> str:
    """What happened, with whatever that kind of entry tells."""
    if told := letter_sentence(event, detail.request):
        return told
    words = wording.event(event.kind)
    channel = event.channel or detail.request.channel
    match event.kind:
        case EventKind.SENT if detail.overview.is_registration:
            return entry_sentence(event, detail)
        case EventKind.SENT | EventKind.REMINDER_SENT:
            address = event.to_address or detail.request.to_address
            if address and event.kind is EventKind.SENT:
                return wording.tr("{event} {way} to {address}").format(
                    event=words, way=by_way(channel), address=shown(" ".join(address.split()))
                )
            return wording.tr("{event} {way}").format(event=words, way=by_way(channel))
        case EventKind.EXTENDED if event.until is not None:
            text = wording.tr("{event} to {day}. {reason}")
            return text.format(event=words, day=long_date(event.until), reason=reason_words(event)).strip()
        case EventKind.COMPLAINT_LODGED:
            return wording.tr("Complaint sent to {whom}").format(whom=complaint_to(event.detail("to")))
        case EventKind.RECEIVED:
            grade = wording.proof_grade(event.grade)
            return wording.tr("{event} ({proof})").format(event=words, proof=grade)
        case _:
            pass
    told = reason_words(event) or event.detail("what") or event.detail("amount")
    text = wording.tr("{event}: {what}").format(event=words, what=shown(told)) if told else words
    more = _named(event)
    return wording.tr("{sentence}. {more}").format(sentence=text, more=more) if more else text


def _named(event: RequestEvent) -> str:
    """What was asked with a choice of yes and no."""
    return {
        ("login", "yes"): wording.tr("It needs an account."),
        ("login", "no"): wording.tr("It needs no account."),
        ("appeal_named", "yes"): wording.tr("They said how to appeal."),
        ("appeal_named", "no"): wording.tr("They did not say how to appeal."),
    }.get(next(((name, said) for name, said in event.details if name in _CHOICES), ("", "")), "")
