# SPDX-License-Identifier: Apache-2.0
"""Which requests go out, and how much of them; then where to. The dialog is the warning: a file is not encrypted.

The requests are read in turns on the vault's thread and written beside it; Cancel leaves no file behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.exchange import ExportChoice, ExportForm
from optout_desktop.domain.people import Person
from optout_desktop.gui import dialogs
from optout_desktop.gui.busy import TaskBarItem
from optout_desktop.gui.confirm_dialog import ConfirmDialog
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.exchange.exchange_words import describing
from optout_desktop.gui.fields import FieldRow
from optout_desktop.gui.labels import IconLabel, Look, label, shown
from optout_desktop.gui.scroll_dialog import ScrollDialog
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tasks import Cancelled, CancelToken
from optout_desktop.services.exchange import Exported

_ALL = RequestFilter()


class ExportDialog(ScrollDialog):
    """Writes requests into a file."""

    help_topic = "exports"

    def __init__(
        self,
        surroundings: Surroundings,
        form: ExportForm,
        people: Sequence[Person],
        listed: RequestFilter | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._around = surroundings
        self.help_wanted.connect(surroundings.navigator.help_wanted)
        self._form = form
        self._token: CancelToken | None = None
        self.progress: TaskBarItem | None = None
        self.confirm: ConfirmDialog | None = None
        """The passphrase again, where it was asked for."""
        self.which = QComboBox()
        self.which.addItem(self.tr("All that are not in the bin"), _ALL)
        if listed is not None and replace(listed, is_binned=False) != _ALL:
            self.which.addItem(self.tr("Those in the list as it is filtered now"), listed)
            self.which.setCurrentIndex(1)
        if len(people) > 1:
            for person in people:
                words = self.tr("Only of {name}").format(name=shown(person.name))
                self.which.addItem(words, RequestFilter(person=person.id))
        self.which_row = FieldRow(self.tr("&Which requests?"), self.which, "wanted")
        self.option = QCheckBox(self._option_words())
        self.option.setChecked(form is ExportForm.CSV)
        self.problem = label("", Look.ERROR, wraps=True)
        self.problem.hide()
        self.body.addWidget(label(self._title(), Look.TITLE, wraps=True))
        self.body.addWidget(label(self._meaning(), Look.SECOND, wraps=True))
        self.body.addWidget(self.which_row)
        self.body.addWidget(self.option)
        self.body.addWidget(label(self._option_meaning(), Look.SMALL, wraps=True))
        warning = self.tr(
            "The file is not encrypted: whoever can open it can read it. A cloud folder or a backup may keep a copy."
        )
        self.warning = label(warning, wraps=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel("warning", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.warning, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.problem)
        self.main.clicked.connect(self._begin)
        self.finish(self._title(), self.tr("&Save unencrypted…"), 560, 440)
        self.which.setFocus()

    def choice(self) -> ExportChoice:
        """What the dialog says now."""
        is_on = self.option.isChecked()
        return ExportChoice(
            form=self._form,
            wanted=self.which.currentData(),
            has_names=is_on and self._form is ExportForm.ICS,
            has_texts=is_on and self._form is ExportForm.JSON,
            has_bom=is_on and self._form is ExportForm.CSV,
        )

    @property
    def is_writing(self) -> bool:
        """Whether the work is running."""
        return self._token is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends running work first."""
        if event.key() == Qt.Key.Key_Escape and self.is_writing:
            self.cancel()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Leaving ends running work."""
        self.cancel()
        super().reject()

    def cancel(self) -> None:
        """End running work at its next request."""
        if self._token is not None:
            self._token.cancel()

    # ── words ────────────────────────────────────────────────────────────────────────────────────────

    def _title(self) -> str:
        return {
            ExportForm.ICS: self.tr("Deadlines as a calendar"),
            ExportForm.CSV: self.tr("Requests as CSV"),
            ExportForm.JSON: self.tr("Requests as JSON"),
        }[self._form]

    def _meaning(self) -> str:
        return {
            ExportForm.ICS: self.tr(
                "One entry for each deadline that still runs, with reminders seven days and one day before and on "
                "the day. Export again later and import the file again: entries move, and what has ended is cancelled."
            ),
            ExportForm.CSV: self.tr(
                "One row for each request, for a spreadsheet. It holds the sending, the last answer and the closing."
            ),
            ExportForm.JSON: self.tr(
                "Everything about each request, to be imported on another machine: entries, dates, people, companies. "
                "Kept files stay here; a backup holds them."
            ),
        }[self._form]

    def _option_words(self) -> str:
        return {
            ExportForm.ICS: self.tr("Say the companies' &names"),
            ExportForm.CSV: self.tr("&Mark the file as UTF-8"),
            ExportForm.JSON: self.tr("Put the &texts of the letters in"),
        }[self._form]

    def _option_meaning(self) -> str:
        return {
            ExportForm.ICS: self.tr(
                "Without it every title is “OptOut deadline”: calendars are often shared."
            ),
            ExportForm.CSV: self.tr("Spreadsheets need it to show names with accents as they are."),
            ExportForm.JSON: self.tr("Without it only their digests go along, and the letters stay here."),
        }[self._form]

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────

    def _begin(self) -> None:
        if not self.is_writing:
            self._around.tasks.run(self, self._wants_passphrase, self._ask_whom)

    def _wants_passphrase(self) -> bool:
        """Whether to ask for it again; of the sample vault nobody knows it."""
        desk = self._around.desk
        return desk.preferences.get("passphrase_for_exports") is True and desk.sample_day is None

    def _ask_whom(self, is_wanted: bool) -> None:  # noqa: FBT001 - what a job answers
        if not is_wanted:
            self._ask_where()
            return
        self.confirm = ConfirmDialog(self._around.desk.security, self._around.tasks, self)
        self.confirm.open_for(self._ask_where)

    def _ask_where(self) -> None:
        name = {ExportForm.ICS: "optout-deadlines", ExportForm.CSV: "requests", ExportForm.JSON: "requests"}
        filters = {
            ExportForm.ICS: self.tr("Calendar (*.ics)"),
            ExportForm.CSV: self.tr("CSV table (*.csv)"),
            ExportForm.JSON: self.tr("JSON (*.json)"),
        }[self._form]
        proposed = Path(f"{name[self._form]}.{self._form}")
        path = dialogs.save_file(self, self._title(), proposed, filters)
        if path is not None:
            self._write(path)

    def _write(self, path: Path) -> None:
        token = self._token = CancelToken()
        choice, exchange, tasks = self.choice(), self._around.desk.exchange, self._around.tasks
        describe = describing(has_names=choice.has_names)
        self.problem.hide()
        self.progress = TaskBarItem(self.tr("Exporting"))
        self.progress.cancelled.connect(self.cancel)
        self.body.insertWidget(self.body.count() - 1, self.progress)
        for widget in (self.main, self.which_row, self.option):
            widget.setEnabled(False)
        tell = tasks.progress(self, self._show_progress)

        def told(done: int, total: int) -> None:
            token.check()
            tell(done, total)

        def job() -> Exported | None:
            try:
                return exchange.save(choice, path, describe, told, tasks.in_vault)
            except Cancelled:
                return None

        tasks.run_outside(self, job, partial(self._done, path), self._fail)

    def _show_progress(self, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress.show_progress(done, total)

    def _rest(self) -> None:
        self._token = None
        for widget in (self.main, self.which_row, self.option):
            widget.setEnabled(True)
        if self.progress is not None:
            self.body.removeWidget(self.progress)
            self.progress.deleteLater()
            self.progress = None

    def _done(self, path: Path, exported: Exported | None) -> None:
        self._rest()
        if exported is None:
            self._say_problem(self.tr("It was cancelled. No file was written."))
            return
        self._around.say(self._done_words(exported).format(name=shown(path.name)))
        if exported.is_too_large:
            self._say_problem(
                self.tr(
                    "{name} was saved. It is too large to be imported again in one piece: export fewer requests at "
                    "a time for that."
                ).format(name=shown(path.name))
            )
            return
        self.accept()

    def _done_words(self, exported: Exported) -> str:
        if self._form is ExportForm.ICS:
            words = self.tr("{{name}} was saved with {count} deadlines. It is not encrypted.")
            return words.format(count=exported.deadlines)
        words = self.tr("{{name}} was saved with {count} requests. It is not encrypted.")
        return words.format(count=exported.requests)

    def _fail(self, error: OptOutError) -> None:
        self._rest()
        self._say_problem(words_for(error).text)

    def _say_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
