# SPDX-License-Identifier: Apache-2.0
"""Helps with a company's web form: the page to open, and each field to copy with a tick when it is done.

Where the field for the text is short, the letter is cut to what must be said.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from optout_desktop.domain.errors import TemplateError
from optout_desktop.domain.letters import Shape
from optout_desktop.domain.people import DisclosedIdentity, IdentityItem
from optout_desktop.gui import wording
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import ElidedLabel, Look, label, visible_controls
from optout_desktop.gui.new_request.loading import Loaded
from optout_desktop.services.letters import LetterService

LONGEST_FIELD = 20_000
_STEP = 100
_MARGIN_PX = 8


class FormHelper(QWidget):
    """One line a field of the form; only what was ticked for the letter is offered."""

    copy_wanted = Signal(str)
    text_wanted = Signal(int)
    """The letter shall be copied for a field of so many characters."""

    def __init__(self, letters: LetterService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = letters
        self._loaded: Loaded | None = None
        self._request = ""
        self.lines: dict[str, tuple[QCheckBox, QPushButton]] = {}
        self._copied: dict[str, str] = {}
        """What was copied of each field: its tick stands as long as the field still says it."""
        self._shown: tuple[tuple[str, str], ...] = ()
        self.limit = QSpinBox()
        self.limit.setRange(0, LONGEST_FIELD)
        self.limit.setSingleStep(_STEP)
        self.limit.setSpecialValueText(self.tr("any number of"))
        self.limit.setKeyboardTracking(False)
        self.limit.lineEdit().setTextMargins(_MARGIN_PX, 0, 0, 0)
        self.limit.setAccessibleName(self.tr("Characters that the field for the text takes"))
        self.limit.valueChanged.connect(lambda _count: self._limited())
        limited = QWidget()
        line = FlowLayout(limited, 6)
        for widget in (
            label(self.tr("The field for the text takes"), Look.SECOND),
            self.limit,
            label(self.tr("characters"), Look.SECOND),
        ):
            line.addWidget(widget)
        self.uploads = label(
            self.tr("What goes along does not go through the form by itself. Upload it there."),
            Look.SECOND,
            wraps=True,
        )
        self.problem = label("", Look.ERROR, wraps=True)
        self.problem.hide()
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        self._grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        steps = self.tr(
            "1. Open the page.  2. Copy field by field.  3. Press Send there.  4. Say here that you sent it."
        )
        layout.addWidget(label(steps, Look.SMALL, wraps=True))
        layout.addLayout(self._grid)
        layout.addWidget(limited)
        layout.addWidget(self.uploads)
        layout.addWidget(self.problem)

    def show_letter(self, loaded: Loaded) -> None:
        """Offer the fields of a letter; ticks stay where nothing changed."""
        self._loaded = loaded
        if loaded.view.request.id != self._request:
            self._request = loaded.view.request.id
            self._copied = {}
        self.uploads.setVisible(bool(loaded.view.attachments))
        self._offer()

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _limited(self) -> None:
        if self._loaded is not None:
            self._offer()

    def _text(self, loaded: Loaded) -> str:
        """The letter for the field; the whole one where it cannot be that short, and why."""
        limit, letter = self.limit.value(), loaded.view.letter
        self.problem.hide()
        if not limit:
            return letter.body
        try:
            letter = self._letters.shaped(loaded.view, Shape.SHORT, limit)
        except TemplateError:
            self.problem.setText(self._too_short(limit))
            self.problem.show()
            return letter.body
        if len(letter.body) > limit:
            words = self.tr("Your own text has {count} characters. Shorten it under “Edit text”.")
            self.problem.setText(words.format(count=self.locale().toString(len(letter.body))))
            self.problem.show()
        return letter.body

    def _too_short(self, limit: int) -> str:
        return self.tr(
            "{count} characters are too few for what the letter must say. Use another way, or attach it there."
        ).format(count=self.locale().toString(limit))

    def _offer(self) -> None:
        loaded = self._loaded
        if loaded is None:
            return
        text = self._text(loaded)
        wanted = (
            *_identity_lines(loaded.view.identity),
            (self.tr("Subject"), loaded.view.letter.subject),
            (self.tr("Text"), text),
        )
        if wanted == self._shown:
            return
        self._shown = wanted
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.lines = {}
        for row, (name, value) in enumerate(wanted):
            is_text = row == len(wanted) - 1
            self._add(row, name, value, is_text=is_text)

    def _add(self, row: int, name: str, value: str, *, is_text: bool) -> None:
        words = name
        if is_text:
            words = self.tr("{field} ({count})").format(field=name, count=self.locale().toString(len(value)))
        box = QCheckBox(words.replace("&", "&&"))
        box.setAccessibleDescription(self.tr("Ticked when it was copied"))
        box.setChecked(self._copied.get(name) == value)
        box.toggled.connect(lambda is_on: self._copied.update({name: value if is_on else ""}))
        text = ElidedLabel(visible_controls(" ".join(value.split())), Look.SECOND)
        copy = QPushButton(self.tr("Copy"))
        copy.setAccessibleName(self.tr("Copy {field}").format(field=name))
        copy.clicked.connect(lambda: self._copy(name, value, is_text=is_text))
        for column, widget in enumerate((box, text, copy)):
            self._grid.addWidget(widget, row, column)
            widget.show()
        self.lines[name] = (box, copy)

    def _copy(self, name: str, value: str, *, is_text: bool) -> None:
        self.lines[name][0].setChecked(True)
        self._copied[name] = value
        if is_text and self.limit.value() and not self.problem.isVisible():
            self.text_wanted.emit(self.limit.value())
        else:
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
