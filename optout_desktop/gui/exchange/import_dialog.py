# SPDX-License-Identifier: Apache-2.0
"""What is in a file of requests, what would become of each one, and then taking them in; Undo takes it all back.

The file is read beside the vault's thread; holding it against the vault, and taking it in, are done on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.exchange import ImportChoice, ImportPreview, ReadDocument
from optout_desktop.domain.people import Person
from optout_desktop.domain.places import Place
from optout_desktop.gui import dialogs, theme
from optout_desktop.gui.busy import TaskBarItem
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.exchange.exchange_words import summary_words
from optout_desktop.gui.exchange.lines_table import LinesTable
from optout_desktop.gui.fields import FieldRow
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.places import PlaceField
from optout_desktop.gui.scroll_dialog import ScrollDialog
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tasks import Cancelled, CancelToken
from optout_desktop.gui.voice import announce
from optout_desktop.services.exchange import Imported, Told

T = TypeVar("T")


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("import_requests", text)


def import_requests(surroundings: Surroundings, people: Sequence[Person], parent: QWidget) -> None:
    """Ask for a file, read it, and show what it would do. What cannot be read is said at once."""
    filters = tr("Requests (*.json *.csv *.txt);;All files (*)")
    path = dialogs.open_file(parent, tr("Import requests"), filters)
    if path is None:
        return

    def show(document: ReadDocument) -> None:
        ImportDialog(surroundings, document, people, parent).open()

    surroundings.tasks.run_outside(parent, lambda: surroundings.desk.exchange.read(path), show)


class ImportDialog(ScrollDialog):
    """Shows what a file would do, and does it."""

    help_topic = "exports"

    def __init__(
        self,
        surroundings: Surroundings,
        document: ReadDocument,
        people: Sequence[Person],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._around = surroundings
        self.help_wanted.connect(surroundings.navigator.help_wanted)
        self._document = document
        self._token: CancelToken | None = None
        self._is_stale = False
        self.preview: ImportPreview | None = None
        self.progress: TaskBarItem | None = None
        self.who = QComboBox()
        for person in people:
            self.who.addItem(shown(person.name), person)
        self.place = PlaceField(people[0].place if people else None)
        self.who_row = FieldRow(
            self.tr("&Whose requests are these?"), self.who, "person", self.tr("The file does not say.")
        )
        self.place_row = FieldRow(self.tr("Where did they &live?"), self.place, "place")
        self.summary = label("", wraps=True)
        self.table = LinesTable()
        self.problem = label("", Look.ERROR, wraps=True)
        self.problem.hide()
        title = self.tr("Import requests from {name}").format(name=shown(document.file_name))
        self.body.addWidget(label(title, Look.TITLE, wraps=True))
        meaning = self.tr(
            "Nothing is changed before you press Import, and nothing that is there is overwritten."
        )
        self.body.addWidget(label(meaning, Look.SECOND, wraps=True))
        for row in (self.who_row, self.place_row):
            row.setVisible(document.asks_for_person and bool(people))
            self.body.addWidget(row)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.problem)
        self.main.clicked.connect(self._take_in)
        self.finish(self.tr("Import requests"), self.tr("&Import"), 860, 640)
        self.body.setStretch(self.body.count() - 1, 0)
        self.who.currentIndexChanged.connect(self._choose_person)
        self.place.changed.connect(self._look)
        self.table.setMinimumWidth(theme.px(200))
        self._look()

    def choice(self) -> ImportChoice:
        """What the dialog says now."""
        person = self.who.currentData()
        if not self._document.asks_for_person or not isinstance(person, Person):
            return ImportChoice()
        place = self.place.place()
        return ImportChoice(person=person.id, place=Place(place) if place else None)

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

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────

    def _choose_person(self) -> None:
        person = self.who.currentData()
        if isinstance(person, Person):
            was = self.place.blockSignals(True)
            self.place.show_place(person.place)
            self.place.blockSignals(was)
        self._look()

    def _look(self) -> None:
        if self.is_busy:
            self._is_stale = True  # asked again when the running look has ended
            return
        exchange, document, choice = self._around.desk.exchange, self._document, self.choice()
        tasks = self._around.tasks
        self._begin(
            self.tr("Comparing"),
            lambda told: exchange.preview(document, choice, told, tasks.in_vault),
            self._show,
            tasks.run_outside,
        )

    def _show(self, preview: ImportPreview | None) -> None:
        if self._is_stale:
            self._is_stale = False
            self._look()
            return
        self.preview = preview
        if preview is None:
            self._say_problem(self.tr("It was cancelled. Nothing was changed."))
            self.main.setEnabled(False)
            return
        self.summary.setText(summary_words(preview))
        self.table.lines.show_lines(preview.lines)
        self.main.setText(self.tr("&Import {count} requests").format(count=preview.changes))
        self.main.setEnabled(preview.changes > 0)
        announce(self, self.summary.text())

    # ── taking in ────────────────────────────────────────────────────────────────────────────────────

    def _take_in(self) -> None:
        if self.is_busy:
            return
        exchange, document, choice = self._around.desk.exchange, self._document, self.choice()
        self._begin(
            self.tr("Importing"),
            lambda told: exchange.take_in(document, choice, told),
            self._taken,
            self._around.tasks.run,
        )

    def _taken(self, imported: Imported | None) -> None:
        if imported is None:
            self._say_problem(self.tr("It was cancelled. Nothing was changed."))
            self.main.setEnabled(True)
            return
        words = self.tr("Imported: {new} new requests, {merged} with new entries.")
        self._around.say_undoable(words.format(new=imported.new, merged=imported.merged))
        self._around.tasks.announce()
        self.accept()

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
        self.main.setEnabled(False)
        self.progress = TaskBarItem(words)
        self.progress.cancelled.connect(self.cancel)
        self.body.insertWidget(self.body.count() - 1, self.progress)
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

    def _fail(self, error: OptOutError) -> None:
        self._rest()
        self._say_problem(words_for(error).text)

    def _say_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
        announce(self, words, is_urgent=True)
