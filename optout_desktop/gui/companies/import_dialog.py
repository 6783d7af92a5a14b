# SPDX-License-Identifier: Apache-2.0
"""File › Import › Companies: choose a list, see what it would do, choose where it differs, then import it.

The list is read beside the vault's thread; holding it against what is known and keeping it are done on that thread.
Nothing is changed before Import is pressed, and an import can be undone, also later.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.company_lists import (
    CompanyList,
    ImportOutcome,
    KeptImport,
    Likeness,
    ListChoice,
    ListPreview,
    TakenBack,
)
from optout_desktop.domain.errors import OptOutError
from optout_desktop.gui import dialogs, wording
from optout_desktop.gui.busy import TaskBarItem
from optout_desktop.gui.companies import import_words
from optout_desktop.gui.companies.import_table import ImportTable
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import FieldRow
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.scroll_dialog import ScrollDialog
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tasks import Cancelled, CancelToken
from optout_desktop.gui.voice import announce

T = TypeVar("T")
Told = Callable[[int, int], None]


class ImportCompaniesDialog(ScrollDialog):
    """Shows what a list would do, and does it."""

    help_topic = "companies"
    imported = Signal()

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self.help_wanted.connect(surroundings.navigator.help_wanted)
        self._token: CancelToken | None = None
        self._choices: dict[str, ListChoice] = {}
        self.preview: ListPreview | None = None
        self.progress: TaskBarItem | None = None
        self.undoers: list[QPushButton] = []
        self.file = QPushButton(self.tr("Choose a &file…"))
        self.folder = QPushButton(self.tr("Choose a f&older…"))
        self.name = label("", Look.STRONG, wraps=True)
        self.summary = label("", wraps=True)
        self.table = ImportTable()
        self.differing = self._choice_box(self.tr("Where they differ"))
        self.differing_row = FieldRow(self.tr("&Where they differ"), self.differing, "differing")
        self.one = self._choice_box(self.tr("For the chosen company"), is_one=True)
        self.one_row = FieldRow(self.tr("For the c&hosen company"), self.one, "one")
        self.one_told = label("", Look.SMALL, wraps=True)
        self.problem = label("", Look.ERROR, wraps=True)
        self._earlier = QVBoxLayout()
        self._build()
        self._connect()
        self._show_preview(None)
        self._look_earlier()

    @property
    def is_busy(self) -> bool:
        """Whether the work is running."""
        return self._token is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends running work first."""
        if event.key() == Qt.Key.Key_Escape and self.is_busy:
            self.cancel()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Leaving ends running work; then nothing was changed."""
        self.cancel()
        super().reject()

    def cancel(self) -> None:
        """End running work at its next bundle."""
        if self._token is not None:
            self._token.cancel()

    def read(self, path: Path) -> None:
        """Read a list and show what it would do."""
        importing = self._around.desk.importing
        if not self.is_busy:
            self._show_preview(None)
            self._begin(
                self.tr("Reading"),
                lambda told: importing.read(path, None, told),
                self._compare,
                self._around.tasks.run_outside,
            )

    # ── making ───────────────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        body = self.body
        title = self.tr("Import companies")
        body.addWidget(label(title, Look.TITLE))
        meaning = self.tr(
            "A checkout or ZIP of Datenanfragen.de, sites.json of JustDeleteMe, a broker registry of California, "
            "Texas or Oregon, or a table of your own (CSV). Nothing is changed before you press Import."
        )
        body.addWidget(label(meaning, Look.SECOND, wraps=True))
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.file, self.folder):
            button.setAutoDefault(False)
            flow.addWidget(button)
        body.addWidget(buttons)
        for widget in (self.name, self.summary, self.differing_row):
            body.addWidget(widget)
        body.addWidget(self.table, 1)
        body.addWidget(self.one_told)
        body.addWidget(self.one_row)
        self.problem.hide()
        body.addWidget(self.problem)
        body.addLayout(self._earlier)
        self.finish(title, self.tr("&Import"), 860, 680)
        body.setStretch(body.count() - 1, 0)

    def _connect(self) -> None:
        self.file.clicked.connect(self._choose_file)
        self.folder.clicked.connect(self._choose_folder)
        self.main.clicked.connect(self._import)
        self.differing.currentIndexChanged.connect(self._say_count)
        self.one.activated.connect(self._choose_one)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_one())

    def _choice_box(self, name: str, *, is_one: bool = False) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        if is_one:
            box.addItem(self.tr("As chosen above"), None)
        for each in ListChoice:
            box.addItem(import_words.choice(each), each)
        return box

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────

    def _choose_file(self) -> None:
        filters = self.tr("Lists (*.csv *.txt *.json *.zip);;All files (*)")
        path = dialogs.open_file(self, self.tr("Import companies"), filters)
        if path is not None:
            self.read(path)

    def _choose_folder(self) -> None:
        path = dialogs.choose_folder(self, self.tr("Import companies"))
        if path is not None:
            self.read(path)

    def _compare(self, found: CompanyList | None) -> None:
        if found is None:
            self._say_problem(self.tr("It was cancelled. Nothing was changed."))
            return
        importing = self._around.desk.importing
        self._begin(
            self.tr("Comparing"),
            lambda told: importing.preview(found, told),
            self._show_preview,
            self._around.tasks.run,
        )

    def _show_preview(self, preview: ListPreview | None) -> None:
        self.preview = preview
        self._choices = {}
        self.table.lines.show_preview(preview)
        for widget in (self.name, self.summary, self.table):
            widget.setVisible(preview is not None)
        self.differing_row.setVisible(preview is not None and preview.count(Likeness.DIFFERS) > 0)
        if preview is not None:
            words = self.tr("{file}: {kind}, {day}")
            dated = (
                wording.long_date(preview.list.dated_on) if preview.list.dated_on else self.tr("not dated")
            )
            kind = import_words.source(preview.list.source)
            self.name.setText(words.format(file=shown(preview.list.file_name), kind=kind, day=dated))
            self.summary.setText(import_words.summary(preview))
            announce(self, self.summary.text())
            if self.table.lines.rowCount():
                self.table.setCurrentIndex(self.table.lines.index(0, 0))
        self._show_one()
        self._say_count()

    # ── choosing ─────────────────────────────────────────────────────────────────────────────────────

    def _show_one(self) -> None:
        row = self.table.chosen()
        is_differing = row is not None and row.likeness is Likeness.DIFFERS
        self.one_row.setVisible(is_differing)
        self.one_told.setVisible(is_differing)
        if row is not None and is_differing:
            chosen = self._choices.get(row.listed.place)
            self.one.setCurrentIndex(0 if chosen is None else 1 + list(ListChoice).index(chosen))
            told = "\n".join(import_words.difference(one) for one in row.differences)
            self.one_told.setText(told)

    def _choose_one(self) -> None:
        row, chosen = self.table.chosen(), self.one.currentData()
        if row is None:
            return
        if chosen is None:
            self._choices.pop(row.listed.place, None)
        else:
            self._choices[row.listed.place] = ListChoice(chosen)
        self._say_count()

    def _count(self) -> int:
        if self.preview is None:
            return 0
        general = ListChoice(self.differing.currentData())
        return sum(
            row.likeness is Likeness.NEW
            or (
                row.likeness is Likeness.DIFFERS
                and self._choices.get(row.listed.place, general) is not ListChoice.KEEP_MINE
            )
            for row in self.preview.rows
        )

    def _say_count(self) -> None:
        count = self._count()
        words = self.tr("&Import {count} companies").format(count=self.locale().toString(count))
        newer = self.preview.newer if self.preview is not None else 0
        checked = self.tr("&Note {count} as checked").format(count=self.locale().toString(newer))
        self.main.setText(words if count else checked if newer else self.tr("&Import"))
        self.main.setEnabled(count + newer > 0 and not self.is_busy)

    # ── importing ────────────────────────────────────────────────────────────────────────────────────

    def _import(self) -> None:
        preview = self.preview
        if preview is None or self.is_busy:
            return
        importing, choices = self._around.desk.importing, dict(self._choices)
        differing = ListChoice(self.differing.currentData())
        self._begin(
            self.tr("Importing"),
            lambda told: importing.apply(preview, differing, choices, told),
            self._imported,
            self._around.tasks.run,
        )

    def _imported(self, outcome: ImportOutcome | None) -> None:
        if outcome is None:
            self._say_problem(self.tr("It was cancelled. Nothing was changed."))
            return
        words = self.tr("Imported: {added} new companies, {changed} changed.")
        if outcome.seen_again:
            words = self.tr("Imported: {added} new companies, {changed} changed, {seen} checked again.")
        self._around.say_undoable(
            words.format(added=len(outcome.added), changed=len(outcome.changed), seen=outcome.seen_again)
        )
        self._around.tasks.announce()
        self.imported.emit()
        self.accept()

    # ── earlier imports ──────────────────────────────────────────────────────────────────────────────

    def _look_earlier(self) -> None:
        self._around.tasks.run(self, self._around.desk.importing.kept, self._show_earlier)

    def _show_earlier(self, kept: tuple[KeptImport, ...]) -> None:
        while (item := self._earlier.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.undoers = []
        if kept:
            self._earlier.addWidget(label(self.tr("Earlier imports"), Look.SECTION))
        for one in kept[:10]:
            self._earlier.addWidget(self._earlier_line(one))

    def _earlier_line(self, one: KeptImport) -> QWidget:
        host = QWidget()
        flow = FlowLayout(host)
        words = self.tr("{file}, {day}: {count} companies").format(
            file=shown(one.file_name), day=wording.long_date(one.imported_at.date()), count=one.companies
        )
        flow.addWidget(label(words))
        if one.undone_at is not None:
            flow.addWidget(label(self.tr("undone"), Look.SMALL))
            return host
        undo = QPushButton(self.tr("Undo this import"))
        undo.setProperty("kind", "link")
        undo.setAutoDefault(False)
        undo.setAccessibleName(self.tr("Undo the import of {file}").format(file=one.file_name))
        undo.clicked.connect(lambda _on=False: self._take_back(one))
        flow.addWidget(undo)
        self.undoers.append(undo)
        return host

    def _take_back(self, one: KeptImport) -> None:
        importing = self._around.desk.importing
        self._around.tasks.run(self, lambda: importing.take_back(one.id), self._taken_back, self._fail)

    def _taken_back(self, back: TakenBack) -> None:
        words = self.tr("The import was undone: {count} companies.").format(count=back.taken_back)
        self._around.say_undoable(words)
        if back.staying:
            names = ", ".join(shown(name) for name in back.staying[:5])
            stay = self.tr("{count} stay, because they were changed since or a request goes to them: {names}")
            self._say_problem(stay.format(count=len(back.staying), names=names))
        self._around.tasks.announce()
        self._look_earlier()

    # ── working ──────────────────────────────────────────────────────────────────────────────────────

    def _begin(
        self,
        words: str,
        job: Callable[[Told], T],
        then: Callable[[T | None], None],
        run: Callable[..., None],
    ) -> None:
        token = self._token = CancelToken()
        self.problem.hide()
        self._say_count()
        self.progress = TaskBarItem(words)
        self.progress.cancelled.connect(self.cancel)
        self.body.insertWidget(self.body.indexOf(self.problem), self.progress)
        tell = self._around.tasks.progress(self, self._show_progress)

        def told(done: int, total: int) -> None:
            token.check()
            tell(done, total)

        def work() -> T | None:
            try:
                return job(told)
            except Cancelled:
                return None

        def done(result: T | None) -> None:
            self._rest()
            then(result)

        run(self, work, done, self._fail)

    def _show_progress(self, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress.show_progress(done, total)

    def _rest(self) -> None:
        self._token = None
        if self.progress is not None:
            self.body.removeWidget(self.progress)
            self.progress.deleteLater()
            self.progress = None
        self._say_count()

    def _fail(self, error: OptOutError) -> None:
        self._rest()
        self._say_problem(words_for(error).text)

    def _say_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
        announce(self, words, is_urgent=True)
