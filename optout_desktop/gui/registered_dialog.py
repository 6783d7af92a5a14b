# SPDX-License-Identifier: Apache-2.0
"""“I registered”: the day, what was registered, whether it was confirmed, and a day to look again.

The same form says that a registration was made again; it then knows who and what, and asks for the day. It is
shown beside the running window, so that locking can drop it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.domain.errors import InputError, OptOutError
from optout_desktop.domain.people import Person
from optout_desktop.domain.registers import Ask, Lasting, Register, RegisterKind, Stops, Way
from optout_desktop.gui import register_words
from optout_desktop.gui.fields import DateField, FieldRow, FormErrors
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.scroll_dialog import ScrollDialog
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.services.registers import Registration
from optout_desktop.services.requests import RequestDetail

REMINDER_DAYS = 180
"""How far away the day to look again is proposed."""

Done = Callable[[RequestOverview], None]


class RegisteredDialog(ScrollDialog):
    """Records a registration, or that one was made again."""

    recorded = Signal(object)
    """The ``RequestOverview`` of the registration."""

    def __init__(
        self,
        surroundings: Surroundings,
        register: Register,
        people: Sequence[Person],
        again: RequestDetail | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._around = surroundings
        self._register = register
        self._again = again
        today = surroundings.desk.clock.today()
        self.who = QComboBox()
        self.day = DateField(today, latest=today)
        self.how = QComboBox()
        self.what = QComboBox()
        self.what.setEditable(True)
        self.confirmed = QCheckBox(self.tr("The register has &confirmed it"))
        self.reminds = QCheckBox(self.tr("&Remind me to look again on this day"))
        self.remind_on = DateField(today + timedelta(days=REMINDER_DAYS))
        self.remind_on.setEnabled(False)
        self.reminds.toggled.connect(self.remind_on.setEnabled)
        self._people = tuple(people)
        self.rows = self._make_rows()
        self.errors = FormErrors(tuple(self.rows.values()))
        self._fill()
        self._lay_out()
        self.save = self.main
        self.save.clicked.connect(self._try)
        title = register_words.done_words(register.kind).replace("&", "").rstrip("…")
        if again is not None:
            title = self.tr("Registered again")
        self.finish(title, self.tr("&Save"), 520, 560)
        self.day.setFocus()

    @classmethod
    def ask(
        cls,
        surroundings: Surroundings,
        register: Register,
        people: Sequence[Person],
        parent: QWidget,
        then: Done,
        *,
        again: RequestDetail | None = None,
    ) -> RegisteredDialog:
        """Show the form; ``then`` is given the request's row once it is recorded."""
        dialog = cls(surroundings, register, people, again, parent)
        dialog.recorded.connect(then)
        dialog.open()
        return dialog

    def typed(self) -> Registration:
        """What the form says now."""
        way = self.how.currentData()
        return Registration(
            person=self.who.currentData(),
            register=self._register.id,
            on=self.day.day(),
            identifier=self.what.currentText().strip(),
            way=way if isinstance(way, Way) else None,
            is_confirmed=self.confirmed.isChecked(),
            remind_on=self.remind_on.day() if self.reminds.isChecked() else None,
        )

    # ── making ───────────────────────────────────────────────────────────────────────────────────────

    def _make_rows(self) -> dict[str, FieldRow]:
        what = register_words.what_words(self._register)
        return {
            "person": FieldRow(self.tr("&For whom?"), self.who, "person"),
            "on": FieldRow(self.tr("On which &day?"), self.day, "on", is_required=True),
            "way": FieldRow(self.tr("&How?"), self.how, "way"),
            "identifier": FieldRow(what, self.what, "identifier", self.tr("Kept in your vault only.")),
            "remind_on": FieldRow(self.tr("&Look again on"), self.remind_on, "remind_on"),
        }

    def _fill(self) -> None:
        for person in self._people:
            self.who.addItem(shown(person.name), person.id)
        self.who.currentIndexChanged.connect(self._offer)
        for way in self._register.ways:
            self.how.addItem(register_words.way(way).replace("\n", ", "), way)
        self.how.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.how.setMinimumContentsLength(20)
        self._offer()
        is_first = self._again is None
        self.rows["person"].setVisible(is_first and len(self._people) > 1)
        self.rows["way"].setVisible(is_first and len(self._register.ways) > 1)
        self.rows["identifier"].setVisible(is_first)

    def _offer(self) -> None:
        self.what.clear()
        chosen = next((one for one in self._people if one.id == self.who.currentData()), None)
        if chosen is not None:
            for offered in identifiers(self._register, chosen):
                self.what.addItem(offered)
        self.what.setCurrentIndex(0 if self.what.count() else -1)

    def _lay_out(self) -> None:
        register = self._register
        self.body.addWidget(label(register.title, Look.TITLE, wraps=True))
        hint = self.tr("Takes effect: {effect} Holds: {holds}").format(
            effect=register_words.takes_effect(register), holds=register_words.holds(register)
        )
        self.body.addWidget(label(hint, Look.SECOND, wraps=True))
        self.body.addWidget(self.errors)
        for name in ("person", "on", "way", "identifier"):
            self.body.addWidget(self.rows[name])
        self.body.addWidget(self.confirmed)
        self.confirmed.setVisible(register.kind is not RegisterKind.BROWSER_SIGNAL)
        self.body.addWidget(self.reminds)
        self.body.addWidget(self.rows["remind_on"])
        if register.validity.lasting is Lasting.UNTIL_COOKIES_CLEARED:
            lost = self.tr("It is lost when you clear the cookies of that browser; a reminder helps.")
            self.body.addWidget(label(lost, Look.SECOND, wraps=True))

    # ── recording ────────────────────────────────────────────────────────────────────────────────────

    def _try(self) -> None:
        self.save.setEnabled(False)
        registers, typed, again = self._around.desk.registers, self.typed(), self._again

        def keep() -> RequestOverview:
            if again is None:
                return registers.record(typed)
            return registers.renew(
                again.request.id, typed.on, is_confirmed=typed.is_confirmed, remind_on=typed.remind_on
            )

        self._around.tasks.run(self, keep, self._taken, self._refused)

    def _taken(self, row: RequestOverview) -> None:
        self.recorded.emit(row)
        self.accept()

    def _refused(self, error: OptOutError) -> None:
        self.save.setEnabled(True)
        known = error if isinstance(error, InputError) else InputError("", str(error))
        self.errors.show_errors((known,))


def identifiers(register: Register, person: Person) -> tuple[str, ...]:
    """What of a person can be registered there, the most fitting first."""
    numbers = person.phones
    mails = person.emails
    addresses = tuple(", ".join(address.as_lines()) for address in person.addresses)
    wants_number = Ask.PHONE_NUMBER in register.asks_for or {Stops.CALLS, Stops.TEXTS} & set(register.stops)
    if register.kind is RegisterKind.BROWSER_SIGNAL:
        return ()
    if register.kind is RegisterKind.ADVERTISING_CHOICE:
        return (*mails, *numbers) if register.asks_for else ()
    if wants_number and Stops.ADDRESSED_MAIL not in register.stops:
        return numbers
    if set(register.stops) == {Stops.EMAIL}:
        return mails
    if wants_number:
        return (*numbers, *addresses, *mails)
    return (*addresses, *mails)
