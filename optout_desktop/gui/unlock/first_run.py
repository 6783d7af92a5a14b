# SPDX-License-Identifier: Apache-2.0
"""The first two of the three steps to a first request: the vault, and you.

Step 1 stands before unlocking and makes the vault; step 2 stands in the open window and makes the person.
Step 3 is the wizard itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.errors import InputError, OptOutError, VaultExists
from optout_desktop.gui import dialogs
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import FieldRow
from optout_desktop.gui.labels import Look, isolated, label
from optout_desktop.gui.new_passphrase import NewPassphrase
from optout_desktop.gui.tasks import Tasks
from optout_desktop.gui.unlock.doors import House, enter
from optout_desktop.gui.unlock.panel import Panel, buttons

if TYPE_CHECKING:
    from optout_desktop.domain.people import Person
    from optout_desktop.services.desk import Desk


class VaultStep(Panel):
    """Step 1: a passphrase, twice; where the vault is stored is folded away."""

    opened = Signal(object)
    """The ``Desk`` of the new vault."""
    left = Signal()

    def __init__(self, house: House, tasks: Tasks) -> None:
        super().__init__()
        self.entitle(self.tr("Your vault"), self.tr("Step 1 of 3"))
        self._house = house
        self._tasks = tasks
        self._folder: Path | None = None
        self.passphrase = NewPassphrase()
        self.body.addWidget(self.passphrase)
        self.body.addWidget(
            label(
                self.tr("Nobody can reset it. You can print a recovery code once you are in."),
                Look.SECOND,
                wraps=True,
            )
        )
        self.unfold = QPushButton(self.tr("&Where is it stored?"))
        self.unfold.setProperty("kind", "link")
        self.unfold.setCheckable(True)
        self.body.addWidget(self.unfold, alignment=Qt.AlignmentFlag.AlignLeading)
        self.where = self._where()
        self.where.hide()
        self.unfold.toggled.connect(self.where.setVisible)
        self.body.addWidget(self.where)
        self.error = label("", Look.ERROR, wraps=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.back = QPushButton(self.tr("&Back"))
        self.back.clicked.connect(self._leave)
        self.create_button = QPushButton(self.tr("&Create vault"))
        self.create_button.setProperty("kind", "accent")
        self.create_button.setDefault(True)
        self.create_button.setAutoDefault(True)
        self.create_button.clicked.connect(self._create)
        for row in (self.passphrase.first, self.passphrase.again):
            row.passphrase.returnPressed.connect(self._create)
        self.body.addLayout(buttons(self.back, self.create_button))
        self.setFocusProxy(self.passphrase.first.passphrase)

    def _where(self) -> QWidget:
        box = QWidget()
        self.name = QLineEdit(self.tr("Personal", "the name that a first vault gets"))
        self.place = label("", Look.SMALL, wraps=True)
        choose = QPushButton(self.tr("Another &folder…"))
        choose.clicked.connect(self._choose_folder)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.name_row = FieldRow(self.tr("&Name of the vault"), self.name, "vault_name")
        layout.addWidget(self.name_row)
        layout.addWidget(self.place)
        layout.addLayout(buttons(choose))
        self._say_where()
        return box

    def _say_where(self) -> None:
        if self._folder is None:
            self.place.setText(self.tr("It is stored in this app's own folder for your account."))
        else:
            self.place.setText(
                self.tr("It is stored in {folder}.").format(folder=isolated(str(self._folder)))
            )

    def _choose_folder(self) -> None:
        chosen = dialogs.choose_folder(self, self.tr("Where should the vault be stored?"))
        if chosen is not None:
            self._folder = chosen
            self._say_where()

    def _create(self) -> None:
        self.error.hide()
        self.name_row.clear_error()
        secret = self.passphrase.take()
        if secret is None:
            return
        self.create_button.setText(self.tr("Creating…"))
        self.create_button.setEnabled(False)
        house, name, folder = self._house, self.name.text(), self._folder

        def job() -> Desk | None:
            return enter(house, house.vaults.create(name, secret, folder=folder))

        self._tasks.run(self, job, self._done, self._fail)

    def _done(self, desk: Desk | None) -> None:
        self.passphrase.forget()
        self.opened.emit(desk)

    def _fail(self, error: OptOutError) -> None:
        self.create_button.setText(self.tr("&Create vault"))
        self.create_button.setEnabled(True)
        if isinstance(error, VaultExists) or (isinstance(error, InputError) and error.field == "vault_name"):
            self.unfold.setChecked(True)
            self.name_row.show_error(str(error))
            self.name.setFocus()
            self.name.selectAll()
            return
        self.error.setText(words_for(error).text)
        self.error.show()

    def _leave(self) -> None:
        self.passphrase.forget()
        self.left.emit()


class YouStep(Panel):
    """Step 2: name, e-mail, where you live. In the open window."""

    finished = Signal(object)
    """The ``Person``, or None where the step was skipped."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        from optout_desktop.gui.person_form import PersonForm

        super().__init__()
        self.entitle(self.tr("You"), self.tr("Step 2 of 3"))
        self._desk = desk
        self._tasks = tasks
        self.body.addWidget(
            label(self.tr("Companies need this to find you. It stays in the vault."), Look.SECOND, wraps=True)
        )
        self.form = PersonForm(is_whole=False)
        self.body.addWidget(self.form)
        self.skip = QPushButton(self.tr("&Skip"))
        self.skip.clicked.connect(lambda: self.finished.emit(None))
        self.go_on = QPushButton(self.tr("&Continue"))
        self.go_on.setProperty("kind", "accent")
        self.go_on.setDefault(True)
        self.go_on.setAutoDefault(True)
        self.go_on.clicked.connect(self._keep)
        self.body.addLayout(buttons(self.skip, self.go_on))
        self.setFocusProxy(self.form.name)

    def _keep(self) -> None:
        typed = self.form.typed()

        def done(person: Person) -> None:
            self.finished.emit(person)

        self._tasks.run(self, lambda: self._desk.people.add(typed), done, self.form.show_problem)
