# SPDX-License-Identifier: Apache-2.0
"""The form for one person, used for oneself and for clients: from fields to a ``PersonInput``.

``PersonForm`` shows what is known and hands back what was typed; the service checks it. ``PersonDialog`` asks
with it and answers with the person kept.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.errors import InputError, OptOutError
from optout_desktop.domain.people import Person, PostalAddress
from optout_desktop.domain.places import country_of
from optout_desktop.gui import theme
from optout_desktop.gui.fields import FieldRow, FormErrors
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.places import PlaceField
from optout_desktop.gui.scroll_dialog import ScrollDialog
from optout_desktop.gui.tasks import Tasks
from optout_desktop.services.people import PersonInput


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class PersonForm(QWidget):
    """Name, e-mail, place; with ``is_whole`` also phones and postal addresses."""

    changed = Signal()

    def __init__(
        self, person: Person | None = None, *, is_whole: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._is_whole = is_whole
        self.name = QLineEdit()
        self.emails: QLineEdit | QPlainTextEdit = _several() if is_whole else QLineEdit()
        self.place = PlaceField(person.place if person else None)
        self.phones = _several()
        self.street = _several()
        self.postcode, self.city = QLineEdit(), QLineEdit()
        rows = [
            FieldRow(self.tr("&Name"), self.name, "name", is_required=True),
            FieldRow(
                self.tr("&E-mail addresses, one a line") if is_whole else self.tr("&E-mail"),
                self.emails,
                "email",
                self.tr("The first is preferred; companies answer there.") if is_whole else "",
                is_required=True,
            ),
            FieldRow(
                self.tr("Where do you &live?") if not is_whole else self.tr("P&lace of residence"),
                self.place,
                "place",
                self.tr("This decides which laws protect you."),
                is_required=True,
            ),
        ]
        if is_whole:
            rows += [
                FieldRow(
                    self.tr("Tele&phone numbers, one a line"),
                    self.phones,
                    "phone",
                    self.tr("For stopping texts and calls, such as +1 202 555 0143."),
                ),
                FieldRow(self.tr("&Street, one line or several"), self.street, "address"),
                FieldRow(self.tr("Post&code"), self.postcode, "postcode"),
                FieldRow(self.tr("C&ity"), self.city, "city"),
            ]
        self.errors = FormErrors(rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.errors)
        for row in rows:
            layout.addWidget(row)
        self._person = person
        if person is not None:
            self.show_person(person)
        for field in (self.name, self.emails, self.phones, self.street, self.postcode, self.city):
            field.textChanged.connect(lambda *_: self.changed.emit())
        self.place.changed.connect(self.changed)

    def show_person(self, person: Person) -> None:
        """Fill the fields."""
        self._person = person
        self.name.setText(person.name)
        if isinstance(self.emails, QPlainTextEdit):
            self.emails.setPlainText("\n".join(person.emails))
        else:
            self.emails.setText(person.email)
        self.place.show_place(person.place)
        self.phones.setPlainText("\n".join(person.phones))
        if person.addresses:
            address = person.addresses[0]
            self.street.setPlainText("\n".join(address.lines))
            self.postcode.setText(address.postcode)
            self.city.setText(address.city)

    def typed(self) -> PersonInput:
        """What the fields hold, not yet checked."""
        emails = self.emails.toPlainText() if isinstance(self.emails, QPlainTextEdit) else self.emails.text()
        return PersonInput(
            name=self.name.text(),
            emails=_lines(emails),
            place=self.place.place(),
            phones=_lines(self.phones.toPlainText()),
            addresses=self._addresses(),
            language=self._person.language if self._person else "en",
        )

    def show_problem(self, error: OptOutError) -> None:
        """Say at the field what cannot be."""
        told = error if isinstance(error, InputError) else InputError("", str(error))
        self.errors.show_errors([told])

    def _addresses(self) -> tuple[PostalAddress, ...]:
        kept = self._person.addresses if self._person else ()
        if not self._is_whole:
            return kept
        street = _lines(self.street.toPlainText())
        if not (street or self.postcode.text().strip() or self.city.text().strip()):
            return kept[1:]
        place = self.place.place()
        first = PostalAddress(
            lines=street,
            postcode=self.postcode.text().strip(),
            city=self.city.text().strip(),
            region=place.partition("-")[2],
            country=country_of(place),
        )
        return (first, *kept[1:])


def _several() -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setFixedHeight(theme.px(64))
    return field


class PersonDialog(ScrollDialog):
    """Asks for everything about one person; ``ask`` answers with the person kept, or None."""

    def __init__(
        self,
        title: str,
        keep: Callable[[PersonInput], Person],
        tasks: Tasks,
        person: Person | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self._tasks = tasks
        self._kept: Person | None = None
        self.form = PersonForm(person, is_whole=True)
        self.body.addWidget(label(title, Look.TITLE))
        self.body.addWidget(self.form)
        self.save = self.main
        self.save.clicked.connect(self._save)
        self.finish(title, self.tr("&Save"), 460, 620)

    def ask(self) -> Person | None:
        """The person as kept, or None if the dialog was left."""
        self.exec()
        return self._kept

    def _save(self) -> None:
        typed = self.form.typed()
        self._tasks.run(self, lambda: self._keep(typed), self._done, self.form.show_problem)

    def _done(self, person: Person) -> None:
        self._kept = person
        self.accept()
