# SPDX-License-Identifier: Apache-2.0
"""In your own words: what only the person can say about a request, such as what is wrong and what is right.

What is typed is told when the fingers rest or the field is left; the letter is written anew with it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.letters import (
    MAX_FACT_LENGTH,
    LetterKind,
    RequestFact,
    clean_text,
    facts_needed,
    facts_of,
)
from optout_desktop.domain.rights import Right
from optout_desktop.gui import theme
from optout_desktop.gui.fields import FieldRow, restyle
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.new_request.loading import Loaded

TYPING_REST_MS = 700
_FIELD_PX = 62


class FactField(QPlainTextEdit):
    """A few lines; Tab leaves it, and leaving it tells."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.px(_FIELD_PX))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed counts from here on."""
        super().focusOutEvent(event)
        self.left.emit()


class OwnWords(QFrame):
    """One field a fact that the right takes; folded up where none is needed."""

    changed = Signal()
    """Something else is said than the letter says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.fields: dict[RequestFact, FactField] = {}
        self.rows: dict[RequestFact, FieldRow] = {}
        self._shown: tuple[str, ...] = ()
        self._told: dict[RequestFact, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_REST_MS)
        self._timer.timeout.connect(self.flush)
        self.unfold = QPushButton(self.tr("Add something in your own words…"))
        self.unfold.setProperty("kind", "link")
        self.unfold.clicked.connect(self.open_fields)
        self.title = label(self.tr("In your own words"), Look.STRONG)
        self.edited = label(
            self.tr(
                "You wrote the text yourself, so it says what you wrote. These fields work again after “{reset}”."
            ).format(reset=self.tr("Reset to template")),
            Look.SMALL,
            wraps=True,
        )
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.unfold, alignment=Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self.edited)
        layout.addWidget(self._inner)
        self.hide()

    def show_letter(self, loaded: Loaded, *, is_editable: bool) -> None:
        """Show the fields of a draft's right with what was said; what is being typed stays."""
        view = loaded.view
        request, told = view.request, dict(view.request.facts)
        wanted = facts_of(request.right)
        has_place = is_editable and bool(wanted) and view.letter.kind is LetterKind.REQUEST
        self.setVisible(has_place and not loaded.is_text_message)
        if not has_place:
            self._shown = ()
            return
        key = (request.id, request.right, request.law)
        needed = facts_needed(request.right, request.law)
        if key != self._shown:
            self._shown = key
            self._build(request.right, wanted, needed)
            self._fold(is_open=bool(needed or told))
        for fact, field in self.fields.items():
            stands = told.get(fact, "")
            if not field.hasFocus() and clean_text(field.toPlainText()) == self._told.get(fact, ""):
                field.setPlainText(stands)
        self._told = told
        self.edited.setVisible(view.letter.is_edited)
        self._inner.setEnabled(not view.letter.is_edited)

    def facts(self) -> dict[RequestFact, str]:
        """What is typed."""
        texts = {fact: clean_text(field.toPlainText()) for fact, field in self.fields.items()}
        return {fact: text for fact, text in texts.items() if text}

    @property
    def has_changes(self) -> bool:
        """Whether something else is typed than the letter says."""
        return not self.isHidden() and self.facts() != self._told

    def flush(self) -> None:
        """Tell what was typed, if it is new."""
        self._timer.stop()
        too_long = {fact for fact, text in self.facts().items() if len(text) > MAX_FACT_LENGTH}
        for fact, row in self.rows.items():
            words = self.tr("More than {count} characters. Shorten it.").format(count=MAX_FACT_LENGTH)
            row.show_error(words if fact in too_long else "")
        if self.has_changes and not too_long:
            self.changed.emit()

    def open_fields(self) -> None:
        """Unfold, and go to the first field."""
        self._fold(is_open=True)
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.setFocus()

    def _fold(self, *, is_open: bool) -> None:
        self.setProperty("kind", "card" if is_open else "")  # one line needs no frame
        restyle(self)
        margins = (16, 12, 16, 12) if is_open else (0, 0, 0, 0)
        self._layout.setContentsMargins(*margins)
        self._inner.setVisible(is_open)
        self.title.setVisible(is_open)
        self.unfold.setVisible(not is_open)

    def _build(self, right: Right, wanted: tuple[RequestFact, ...], needed: frozenset[RequestFact]) -> None:
        self._timer.stop()
        for row in self.rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.fields, self.rows, self._told = {}, {}, {}
        for fact in wanted:
            field = self.fields[fact] = FactField()
            words, hint = self._words(right, fact)
            if fact in needed:
                words = self.tr("{question} (needed)").format(question=words)
            row = self.rows[fact] = FieldRow(words, field, fact, hint, is_required=fact in needed)
            field.textChanged.connect(self._timer.start)
            field.left.connect(self.flush)
            self._column.addWidget(row)
            row.show()  # now, not in the next turn of the event loop

    def _words(self, right: Right, fact: RequestFact) -> tuple[str, str]:  # noqa: C901, PLR0911 - one a fact
        tr = self.tr
        match fact:
            case RequestFact.WRONG_DATA:
                return tr("What is wrong?"), tr("As the company has it, such as: the street “Elm Street 3”.")
            case RequestFact.RIGHT_DATA:
                return tr("What is right?"), tr("As it should read, such as: “Oak Street 12”.")
            case RequestFact.SITUATION if right is Right.RESTRICT:
                return tr("On which ground?"), tr(
                    "Such as: I dispute that the data are right; or: I need them for a claim."
                )
            case RequestFact.SITUATION:
                return tr("Your particular situation"), tr("Why this use of your data weighs on you.")
            case RequestFact.WHICH_CONSENT:
                return tr("Which consent?"), tr("Leave it empty to withdraw every one.")
            case RequestFact.WHICH_DATA:
                return tr("Which data?"), tr("Leave it empty to mean everything.")
            case RequestFact.PERIOD:
                return tr("Which time?"), tr("Such as: 2024 and 2025. Leave it empty for all.")
            case RequestFact.FORMAT_WISHED:
                return tr("In which format?"), tr("Such as: a CSV file by e-mail.")
            case RequestFact.WHICH_DECISION:
                return tr("Which decisions?"), tr("Such as: the price of my insurance. Empty means all.")
            case RequestFact.WHICH_LISTS:
                return tr("Which lists, channels or brands?"), tr("Leave it empty to mean all of them.")
