# SPDX-License-Identifier: Apache-2.0
"""The form in which an entry is recorded or corrected: a day, and what that kind of entry needs.

It stays open until the service has taken the entry; what is wrong is said beside its field and summed up on
top, and nothing that was typed is lost. It is shown beside the running window, so that locking can drop it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.domain.errors import InputError, OptOutError
from optout_desktop.domain.requests import CloseReason, EventKind, ProofGrade, RefusalReason, RequestEvent
from optout_desktop.gui import theme, wording
from optout_desktop.gui.clock_words import not_advice
from optout_desktop.gui.dialog_room import fit
from optout_desktop.gui.fields import DateField, FieldRow, FormErrors
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.requests.entries import DETAIL_NAMES, date_words, what_words
from optout_desktop.gui.requests.foresight_panel import ForesightPanel
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.wording import long_date
from optout_desktop.services.requests import NO_REASON_GIVEN, Entry, RequestDetail

_PROOFS = (
    ProofGrade.STATED,
    ProofGrade.DELIVERY_RECEIPT,
    ProofGrade.AUTO_REPLY,
    ProofGrade.REGISTERED_POST,
)
_WITH_ADVICE = frozenset({EventKind.EXTENDED, EventKind.REFUSED, EventKind.COMPLAINT_LODGED, EventKind.SENT})
Done = Callable[[RequestOverview], None]


class OpenDateField(DateField):
    """A day that may still be open; its calendar begins near ``earliest``."""

    def __init__(self, earliest: date, words: str, parent: QWidget | None = None) -> None:
        super().__init__(earliest, parent=parent)
        self._earliest = earliest
        self.setMinimumDate(QDate(earliest.year, earliest.month, earliest.day))
        self.setSpecialValueText(words)

    def chosen(self) -> date | None:
        """The day; None while none was chosen."""
        day = self.day()
        return day if day != self._earliest else None


class EntryDialog(QDialog):
    """Records one entry, or corrects ``wrong`` by a later one."""

    recorded = Signal(object)
    """The request's ``RequestOverview`` after the entry."""

    def __init__(
        self,
        surroundings: Surroundings,
        detail: RequestDetail,
        kind: EventKind,
        wrong: RequestEvent | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._detail = detail
        self._kind = kind
        self._wrong = wrong
        self._today = surroundings.desk.clock.today()
        self.setWindowTitle(self._title())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.day = DateField(wrong.on if wrong else self._today)
        self.until = OpenDateField(detail.request.sent_on or self._today, self.tr("Choose the new date"))
        self.reason = QLineEdit()
        self.no_reason = QCheckBox(self.tr("&No reason given"))
        self.ground = QComboBox()
        self.what = QLineEdit()
        self.whom = QComboBox()
        self.proof = QComboBox()
        self.login = QComboBox()
        self.appeal_named = QComboBox()
        self.note = QPlainTextEdit()
        self.rows = self._make_rows()
        self.errors = FormErrors(tuple(self.rows.values()))
        self.foresight = ForesightPanel(surroundings, detail.request.id, wrong.id if wrong else None)
        self._fill_choices()
        if wrong is not None:
            self._fill(wrong)
        self._lay_out()
        self._watch()
        self.day.setFocus()

    @classmethod
    def ask(
        cls,
        surroundings: Surroundings,
        detail: RequestDetail,
        kind: EventKind,
        parent: QWidget,
        then: Done,
        *,
        wrong: RequestEvent | None = None,
    ) -> EntryDialog:
        """Show the form; ``then`` is given the request's row once the entry is recorded, else nothing."""
        dialog = cls(surroundings, detail, kind, wrong, parent)
        dialog.recorded.connect(then)
        dialog.open()
        return dialog

    @property
    def save(self) -> QPushButton:
        """The button that records."""
        return self._save

    # ── making ───────────────────────────────────────────────────────────────────────────────────────

    def _title(self) -> str:
        event = wording.event(self._kind)
        if self._wrong is not None:
            return self.tr("Correct: {event}").format(event=event)
        return event

    def _make_rows(self) -> dict[str, FieldRow]:
        extended = self._kind is EventKind.EXTENDED
        refused = self._kind is EventKind.REFUSED
        lodged = self._kind is EventKind.COMPLAINT_LODGED
        rows = {"on": FieldRow(date_words(self._kind), self.day, "on", is_required=True)}
        if extended:
            rows["until"] = FieldRow(self.tr("New &date they gave"), self.until, "until", is_required=True)
            rows["reason"] = FieldRow(self.tr("&Reason they gave"), self.reason, "reason")
        if refused or self._kind is EventKind.CLOSED:
            words = self.tr("&Ground they gave") if refused else self.tr("&Why do you close it?")
            rows["reason"] = FieldRow(words, self.ground, "reason", is_required=True)
        if lodged:
            rows["to"] = FieldRow(self.tr("Sent &to"), self.whom, "to", is_required=True)
        if words := what_words(self._kind):
            rows["what"] = FieldRow(words, self.what, "what")
        if self._kind is EventKind.FORM_DEMANDED:
            rows["login"] = FieldRow(self.tr("Does it need an &account?"), self.login, "login")
        if refused and self._detail.law.appeal.is_available:
            words = self.tr("Did they say how to &appeal?")
            rows["appeal_named"] = FieldRow(words, self.appeal_named, "appeal_named")
        if self._kind is EventKind.RECEIVED:
            rows["grade"] = FieldRow(self.tr("&How do you know?"), self.proof, "grade")
        rows["note"] = FieldRow(self.tr("N&ote (optional)"), self.note, "note")
        return rows

    def _fill_choices(self) -> None:
        self.ground.addItem(self.tr("Please choose"), "")
        if self._kind is EventKind.CLOSED:
            for closing in CloseReason:
                self.ground.addItem(wording.close_reason(closing), str(closing))
        else:
            for refusing in RefusalReason:
                self.ground.addItem(wording.refusal_reason(refusing), str(refusing))
        self.whom.addItem(self.tr("An authority"), "authority")
        self.whom.addItem(self.tr("The company itself"), "company")
        for grade in _PROOFS:
            self.proof.addItem(_sentence_case(wording.proof_grade(grade)), str(grade))
        for choice in (self.login, self.appeal_named):
            choice.addItem(self.tr("I do not know"), "")
            choice.addItem(self.tr("Yes"), "yes")
            choice.addItem(self.tr("No"), "no")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.px(72))
        self.no_reason.toggled.connect(self.reason.setDisabled)

    def _fill(self, wrong: RequestEvent) -> None:
        if wrong.until is not None:
            self.until.setDate(QDate(wrong.until.year, wrong.until.month, wrong.until.day))
        if wrong.reason == NO_REASON_GIVEN and self._kind is EventKind.EXTENDED:
            self.no_reason.setChecked(True)
        else:
            self.reason.setText(wrong.reason)
        self.ground.setCurrentIndex(max(self.ground.findData(wrong.reason), 0))
        self.whom.setCurrentIndex(max(self.whom.findData(wrong.detail("to")), 0))
        self.proof.setCurrentIndex(max(self.proof.findData(str(wrong.grade)), 0))
        self.login.setCurrentIndex(max(self.login.findData(wrong.detail("login")), 0))
        self.appeal_named.setCurrentIndex(max(self.appeal_named.findData(wrong.detail("appeal_named")), 0))
        self.what.setText(wrong.detail(DETAIL_NAMES.get(self._kind, "what")))
        self.note.setPlainText(wrong.note)

    def _lay_out(self) -> None:
        form = QFrame()
        form.setProperty("surface", "window")
        fields = QVBoxLayout(form)
        fields.setContentsMargins(0, 0, 8, 0)
        fields.setSpacing(14)
        about = self.tr("{company}, reference {reference}").format(
            company=shown(self._detail.request.company_name), reference=self._detail.request.reference
        )
        fields.addWidget(label(about, Look.SECOND, wraps=True))
        fields.addWidget(self.errors)
        for name, row in self.rows.items():
            if name == "note":
                fields.addWidget(self.foresight)
            fields.addWidget(row)
            if name == "reason" and self._kind is EventKind.EXTENDED:
                fields.addWidget(self.no_reason)
        if self._wrong is not None:
            kept = self.tr("The entry that was wrong stays in the record, struck through.")
            fields.addWidget(label(kept, Look.SMALL, wraps=True))
        if self._kind in _WITH_ADVICE:
            fields.addWidget(label(not_advice(), Look.SMALL, wraps=True))
        fields.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(form)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self._save = QPushButton(self.tr("&Correct") if self._wrong else self.tr("&Save entry"))
        self._save.setProperty("kind", "accent")
        self._save.setDefault(True)
        self._save.clicked.connect(self._try)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self._save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(scroll, 1)
        layout.addLayout(buttons)
        wanted = form.sizeHint().height() + theme.px(180)  # what an entry changes takes a few lines more
        fit(self, theme.px(600), min(max(wanted, theme.px(420)), theme.px(720)))

    # ── recording ────────────────────────────────────────────────────────────────────────────────────

    def entry(self) -> Entry:
        """What the form says now."""
        kind, wrong = self._kind, self._wrong
        return Entry(
            kind=kind,
            on=self.day.day(),
            until=self.until.chosen() if kind is EventKind.EXTENDED else None,
            reason=self._reason(),
            note=self.note.toPlainText(),
            grade=self._grade(),
            channel=wrong.channel if wrong else None,
            to_address=wrong.to_address if wrong else "",
            details=self._details(),
        )

    def _reason(self) -> str:
        if self._kind is EventKind.EXTENDED:
            return NO_REASON_GIVEN if self.no_reason.isChecked() else self.reason.text().strip()
        if self._kind in {EventKind.REFUSED, EventKind.CLOSED}:
            return str(self.ground.currentData())
        return self._wrong.reason if self._wrong else ""

    def _grade(self) -> ProofGrade:
        if self._kind is EventKind.RECEIVED:
            return ProofGrade(self.proof.currentData())
        # the server's word was for the day it gave; another day is the person's
        return ProofGrade.STATED

    def _details(self) -> tuple[tuple[str, str], ...]:
        found = dict(self._wrong.details) if self._wrong else {}
        if name := DETAIL_NAMES.get(self._kind):
            found[name] = self.what.text().strip()
        if self._kind is EventKind.COMPLAINT_LODGED:
            found["to"] = str(self.whom.currentData())
        for name, choice in (("login", self.login), ("appeal_named", self.appeal_named)):
            if name in self.rows:
                found[name] = str(choice.currentData())
        return tuple((name, value) for name, value in found.items() if value)

    def _mistakes(self, entry: Entry) -> list[InputError]:
        found: list[InputError] = []
        sent_on = self._detail.request.sent_on
        if entry.on > self._today:
            future = self.tr("{day} is in the future. Record it when it has happened.")
            found.append(InputError("on", future.format(day=long_date(entry.on))))
        elif sent_on is not None and entry.on < sent_on and entry.kind is not EventKind.SENT:
            early = self.tr("{day} is before the day you sent it, {sent}.")
            found.append(InputError("on", early.format(day=long_date(entry.on), sent=long_date(sent_on))))
        if entry.kind is EventKind.EXTENDED:
            if entry.until is None:
                found.append(InputError("until", self.tr("Enter the new date that the company gave.")))
            elif entry.until <= entry.on:
                found.append(
                    InputError("until", self.tr("The new date must lie after the day of the notice."))
                )
            if not entry.reason:
                missing = self.tr("Enter it, or tick “No reason given”.")
                found.append(InputError("reason", missing))
        if entry.kind is EventKind.REFUSED and not entry.reason:
            missing = self.tr("Choose one, or “No ground given”.")
            found.append(InputError("reason", missing))
        if entry.kind is EventKind.CLOSED and not entry.reason:
            found.append(InputError("reason", self.tr("Choose why you close this request.")))
        return found

    def _watch(self) -> None:
        """Whatever is changed in the form is judged at once: days that cannot be, and what would move."""
        for day in (self.day, self.until):
            day.dateChanged.connect(self._look)
        self.reason.textChanged.connect(self._look)
        self.no_reason.toggled.connect(self._look)
        for choice in (self.ground, self.whom, self.proof):
            choice.currentIndexChanged.connect(self._look)
        self._look()

    def _look(self) -> None:
        entry = self.entry()
        mistakes = self._mistakes(entry)
        for row in self.rows.values():
            wrong = next((str(one) for one in mistakes if one.field == row.name), "")
            # a field that is still empty is no mistake before the form is handed in
            if row.name in {"on", "until"} and (not wrong or row.name == "on" or entry.until is not None):
                row.show_error(wrong)
            elif not wrong:
                row.clear_error()
        if mistakes:
            self.foresight.wait()
        else:
            self.foresight.foresee(replace(entry, note=""))

    def _try(self) -> None:
        entry = self.entry()
        mistakes = self._mistakes(entry)
        self.errors.show_errors(mistakes)
        if mistakes:
            return
        self._save.setEnabled(False)
        requests, request, wrong = self._surroundings.desk.requests, self._detail.request.id, self._wrong

        def job() -> RequestOverview:
            if wrong is not None:
                return requests.correct(request, wrong.id, entry)
            return requests.record(request, entry)

        self._surroundings.tasks.run(self, job, self._taken, self._refused)

    def _taken(self, row: RequestOverview) -> None:
        self.recorded.emit(row)
        self.accept()

    def _refused(self, error: OptOutError) -> None:
        self._save.setEnabled(True)
        if not isinstance(error, InputError):
            error = InputError("", str(error))
        self.errors.show_errors((error,))


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
