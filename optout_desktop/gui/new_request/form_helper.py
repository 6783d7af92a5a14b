# SPDX-License-Identifier: Apache-2.0
"""Helps with a company's web form: the page to open, and each field to copy with a tick when it is done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QWidget

from optout_desktop.domain.people import DisclosedIdentity, IdentityItem
from optout_desktop.gui import wording
from optout_desktop.gui.labels import ElidedLabel, Look, label, visible_controls
from optout_desktop.gui.new_request.loading import Loaded


class FormHelper(QWidget):
    """One line a field of the form; only what was ticked for the letter is offered."""

    copy_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: dict[str, tuple[QCheckBox, QPushButton]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._shown: tuple[tuple[str, str], ...] = ()

    def show_letter(self, loaded: Loaded) -> None:
        """Offer the fields of a letter; ticks stay where nothing changed."""
        letter = loaded.view.letter
        wanted = (
            *_identity_lines(loaded.view.identity),
            (self.tr("Subject"), letter.subject),
            (self.tr("Text"), letter.body),
        )
        if wanted == self._shown:
            return
        self._shown = wanted
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.lines = {}
        self._grid.addWidget(
            label(self.tr("Open the page, copy field by field, then press Send there."), Look.SMALL),
            0,
            0,
            1,
            3,
        )
        for row, (name, value) in enumerate(wanted, start=1):
            box = QCheckBox(name.replace("&", "&&"))
            box.setAccessibleDescription(self.tr("Ticked when it was copied"))
            text = ElidedLabel(visible_controls(" ".join(value.split())), Look.SECOND)
            copy = QPushButton(self.tr("Copy"))
            copy.setAccessibleName(self.tr("Copy {field}").format(field=name))
            copy.clicked.connect(lambda _checked=False, box=box, value=value: self._copy(box, value))
            for column, widget in enumerate((box, text, copy)):
                self._grid.addWidget(widget, row, column)
            self.lines[name] = (box, copy)

    def _copy(self, box: QCheckBox, value: str) -> None:
        box.setChecked(True)
        self.copy_wanted.emit(value)


def _identity_lines(identity: DisclosedIdentity) -> tuple[tuple[str, str], ...]:
    values = {
        IdentityItem.NAME: identity.name,
        IdentityItem.EMAIL: identity.email,
        IdentityItem.PHONE: identity.phone,
        IdentityItem.POSTAL_ADDRESS: "\n".join(identity.postal_address),
        IdentityItem.CUSTOMER_NUMBER: identity.customer_number,
    }
    return tuple((wording.identity_item(item), value) for item, value in values.items() if value)
