# SPDX-License-Identifier: Apache-2.0
"""One's own details."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from optout_desktop.domain.people import Person
from optout_desktop.gui.person_form import PersonForm
from optout_desktop.gui.settings.rows import Section
from optout_desktop.gui.surroundings import Surroundings


class YouSection(Section):
    """Shows and keeps what companies may need to find you."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entitle(self.tr("You"))
        self._around = surroundings
        self._me: Person | None = None
        self._is_loaded = False
        self.say(self.tr("Only what you tick for a request is put in its letter."))
        self.form = PersonForm(is_whole=True)
        self.add(self.form)
        self.save = QPushButton(self.tr("&Save my details"))
        self.save.setProperty("kind", "accent")
        self.save.clicked.connect(self._save)
        self.rows.addWidget(self.save)
        self.finish()
        self.form.changed.connect(lambda: self.save.setEnabled(True))

    def refresh(self) -> None:
        """Ask who you are; what is being typed is not written over."""
        if not (self._is_loaded and self.save.isEnabled()):
            self._around.tasks.run(self, self._around.desk.people.me, self._show)

    def _show(self, me: Person | None) -> None:
        self._me = me
        self._is_loaded = True
        if me is not None:
            self.form.show_person(me)
        self.save.setEnabled(me is None)

    def _save(self) -> None:
        typed, me, people = self.form.typed(), self._me, self._around.desk.people
        self.form.errors.clear()

        def job() -> Person:
            return people.add(typed) if me is None else people.change(me.id, typed)

        def kept(person: Person) -> None:
            self._show(person)
            if me is None:
                self._around.say(self.tr("Your details are kept."))
            else:
                self._around.say_undoable(self.tr("Your details were changed."))

        self._around.tasks.run(self, job, kept, self.form.show_problem)
