# SPDX-License-Identifier: Apache-2.0
"""Writes one own template: name, language, subject and text on one side, what becomes of it on the other.

What is typed is checked when the fingers rest, against the request that it was opened from where there is one;
only *Save* keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.errors import InputError, OptOutError, TemplateError
from optout_desktop.domain.ids import RequestId, TemplateId
from optout_desktop.domain.letters import OwnTemplate
from optout_desktop.gui import dialogs, theme, wording
from optout_desktop.gui.dialog_room import fit
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import FieldRow, FormErrors
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, visible_controls
from optout_desktop.gui.language_words import letter_language
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.templates.fact_words import as_liquid, fact_words, group_words, problem_place
from optout_desktop.services.own_templates import TemplateInput

TYPING_REST_MS = 350
_SHOWN_PROBLEMS = 4
_TEXT_PX = 140
_FROM_PX = 640


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the check of a text brought: the words of a letter where there is a request, and what is wrong."""

    subject: str = ""
    body: str = ""
    problems: tuple[TemplateError, ...] = ()


class TemplateEditor(QDialog):
    """A new template, or the next version of ``template``; ``shipped`` is what one can go back to."""

    def __init__(
        self,
        surroundings: Surroundings,
        written: TemplateInput,
        languages: tuple[str, ...],
        parent: QWidget | None = None,
        *,
        template: TemplateId | None = None,
        request: RequestId | None = None,
        shipped: TemplateInput | None = None,
    ) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._begun = written
        self._template = template
        self._request = request
        self._shipped = shipped
        self.saved: OwnTemplate | None = None
        """The template as it was kept; None where nothing was."""
        self._turn = 0
        self.setProperty("surface", "window")
        self.setWindowTitle(self.tr("Change the template") if template else self.tr("New template"))
        self._make_fields(written, languages)
        self._make_preview()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_REST_MS)
        self._timer.timeout.connect(self.check)
        self.subject.textChanged.connect(lambda _text: self._timer.start())
        self.body.textChanged.connect(self._timer.start)
        self.language.currentIndexChanged.connect(lambda _at: self._language_chosen())
        self._lay_out()
        fit(self, theme.px(960), theme.px(680))
        self.name.setFocus()
        self.check()

    def ask(self) -> OwnTemplate | None:
        """The template that was kept; None if the person left."""
        self.exec()
        return self.saved

    def typed(self) -> TemplateInput:
        """What the fields say now."""
        return TemplateInput(
            name=self.name.text().strip(),
            kind=self._begun.kind,
            right=self._begun.right if self.right.currentIndex() == 0 else None,
            language=str(self.language.currentData()),
            subject=self.subject.text(),
            body=self.body.toPlainText(),
        )

    @property
    def has_changes(self) -> bool:
        """Whether something was typed that is not kept."""
        return self.saved is None and self.typed() != self._begun

    def check(self) -> None:
        """Ask what is wrong and what becomes of it."""
        self._timer.stop()
        self._turn += 1
        turn, written, request, own = self._turn, self.typed(), self._request, self._around.desk.own_templates

        def look() -> Seen:
            if request is None:
                return Seen(problems=own.check(written))
            preview = own.preview(written, request)
            letter = preview.letter
            return Seen(subject=letter.subject, body=letter.body, problems=preview.problems)

        def show(seen: Seen) -> None:
            if turn == self._turn:
                self._show(seen)

        self._around.tasks.run(self, look, show)

    def save(self) -> None:
        """Keep it; what is wrong is said at its field."""
        written, template, own = self.typed(), self._template, self._around.desk.own_templates
        self.errors.clear()
        self._around.tasks.run(self, lambda: own.save(written, template), self._kept, self._refused)

    def reject(self) -> None:
        """Leave; what was typed is asked for once."""
        if self.has_changes:
            keep = dialogs.Verb(key="stay", words=self.tr("Go on writing"))
            drop = dialogs.Verb(key="drop", words=self.tr("Throw it away"), is_destructive=True)
            title = self.tr("The template is not saved")
            text = self.tr("What you typed since is lost if you leave now.")
            if dialogs.choose(self, title, text, (keep, drop), safe="stay") != "drop":
                return
        super().reject()

    def done(self, result: int) -> None:
        """Nothing is checked any more once it is closed."""
        self._timer.stop()
        super().done(result)

    def insert(self, name: str) -> None:
        """Put a fact where the cursor was last, in the subject or in the text."""
        words = as_liquid(name)
        if self._is_in_subject:
            self.subject.insert(words)
            self.subject.setFocus()
        else:
            self.body.insertPlainText(words)
            self.body.setFocus()

    # ── making ───────────────────────────────────────────────────────────────────────────────────────

    def _make_fields(self, written: TemplateInput, languages: tuple[str, ...]) -> None:
        self.name = QLineEdit(written.name)
        self.language = QComboBox()
        for code in languages:
            self.language.addItem(letter_language(code), code)
        self.language.setCurrentIndex(max(self.language.findData(written.language), 0))
        self.right = QComboBox()
        if written.right is not None:
            self.right.addItem(wording.right(written.right))
        else:
            self.right.addItem(self.tr("Every request"))
        if written.right is not None:
            self.right.addItem(self.tr("Every request"))
        for box in (self.language, self.right):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
        self.subject = QLineEdit(written.subject)
        self.body = QPlainTextEdit()
        self.body.setPlainText(written.body)
        self.body.setTabChangesFocus(True)
        self.body.setMinimumHeight(theme.px(_TEXT_PX))
        self._is_in_subject = False
        self.subject.cursorPositionChanged.connect(lambda _old, _new: self._note_subject(is_in=True))
        self.body.cursorPositionChanged.connect(lambda: self._note_subject(is_in=False))
        self.rows = (
            FieldRow(self.tr("&Name"), self.name, "name", self.tr("So that you find it again.")),
            FieldRow(self.tr("&Language"), self.language, "language"),
            FieldRow(self.tr("&For"), self.right, "right"),
            FieldRow(self.tr("S&ubject"), self.subject, "subject"),
            FieldRow(self.tr("&Text"), self.body, "body"),
        )
        self.errors = FormErrors(self.rows)
        self.facts = QPushButton(self.tr("Insert a fa&ct"))
        self.facts.setMenu(self._facts_menu())
        self.back = QPushButton(self.tr("&Back to the shipped words"))
        self.back.clicked.connect(self._go_back)
        self.back.setVisible(self._shipped is not None)

    def _make_preview(self) -> None:
        self.seen_subject = label("", Look.STRONG, wraps=True)
        self.seen = QPlainTextEdit()
        self.seen.setReadOnly(True)
        self.seen.setTabChangesFocus(True)
        self.seen.setMinimumHeight(theme.px(_TEXT_PX))
        self.seen.setAccessibleName(self.tr("What becomes of it"))
        self.problems = label("", Look.ERROR, wraps=True)
        self.fine = label(self.tr("Nothing is wrong with it."), Look.SMALL, wraps=True)

    def _lay_out(self) -> None:
        sides = _Sides(self._written(), self._becoming())
        self.keep = QPushButton(self.tr("&Save template"))
        self.keep.setProperty("kind", "accent")
        self.keep.clicked.connect(self.save)
        leave = QPushButton(self.tr("Cancel"))
        leave.clicked.connect(self.reject)
        for button in (self.keep, leave, self.facts, self.back):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(leave)
        buttons.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(_scrolled(sides), 1)
        layout.addLayout(buttons)

    def _written(self) -> QWidget:
        """The side on which is typed."""
        pair, tools = QHBoxLayout(), QWidget()
        pair.setSpacing(12)
        pair.addWidget(self.rows[1], 1)
        pair.addWidget(self.rows[2], 1)
        flow = FlowLayout(tools)
        flow.addWidget(self.facts)
        flow.addWidget(self.back)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.errors)
        column.addWidget(self.rows[0])
        column.addLayout(pair)
        column.addWidget(self.rows[3])
        column.addWidget(self.rows[4], 1)
        column.addWidget(tools)
        return side

    def _becoming(self) -> QWidget:
        """The side that shows what becomes of it."""
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        title = self.tr("With this request it reads") if self._request else self.tr("Check")
        column.addWidget(label(title, Look.SECTION))
        column.addWidget(self.seen_subject)
        column.addWidget(self.seen, 1)
        column.addWidget(self.problems)
        column.addWidget(self.fine)
        if self._request is None:
            self.seen.hide()
            self.seen_subject.hide()
            words = self.tr("Open a template from a letter to see how it reads for that request.")
            column.addWidget(label(words, Look.SECOND, wraps=True))
            column.addStretch()
        return side

    def _facts_menu(self) -> QMenu:
        menu = QMenu(self)
        offered = self._around.desk.own_templates.facts_offered(str(self.language.currentData()))
        for group, names in offered:
            sub = menu.addMenu(group_words(str(group)))
            for name in names:
                act = sub.addAction(fact_words(name).replace("&", "&&"))
                act.setObjectName(name)
                act.setToolTip(as_liquid(name))
                act.triggered.connect(lambda _checked=False, name=name: self.insert(name))
        return menu

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────

    def _note_subject(self, *, is_in: bool) -> None:
        self._is_in_subject = is_in

    def _language_chosen(self) -> None:
        self.facts.setMenu(self._facts_menu())
        self.check()

    def _go_back(self) -> None:
        if self._shipped is not None:
            self.subject.setText(self._shipped.subject)
            self.body.setPlainText(self._shipped.body)

    def _show(self, seen: Seen) -> None:
        self.seen_subject.setText(visible_controls(seen.subject))
        if self.seen.toPlainText() != seen.body:
            self.seen.setPlainText(visible_controls(seen.body))
        lines = [
            self.tr("{place}: {problem}").format(
                place=problem_place(one.block, one.line), problem=visible_controls(one.problem)
            )
            for one in seen.problems[:_SHOWN_PROBLEMS]
        ]
        if (more := len(seen.problems) - len(lines)) > 0:
            lines.append(self.tr("… and {count} more.").format(count=more))
        self.problems.setText("\n".join(lines))
        self.problems.setVisible(bool(lines))
        self.fine.setVisible(not lines)

    def _kept(self, template: OwnTemplate) -> None:
        self.saved = template
        self._around.say_undoable(
            self.tr("The template “{name}” is kept.").format(name=visible_controls(template.name))
        )
        self.accept()

    def _refused(self, error: OptOutError) -> None:
        if isinstance(error, TemplateError):
            field = "subject" if error.block == "subject" else "body"
            words = self.tr("{place}: {problem}").format(
                place=problem_place(error.block, error.line), problem=visible_controls(error.problem)
            )
            self.errors.show_errors([InputError(field, words)])
            return
        told = error if isinstance(error, InputError) else InputError("", words_for(error).text)
        self.errors.show_errors([told])


class _Sides(QWidget):
    """Both sides beside each other, or below each other where there is no room."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.addWidget(first, 3)
        self._row.addWidget(second, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or below, by the width."""
        super().resizeEvent(event)
        is_wide = self.width() >= theme.px(_FROM_PX)
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if is_wide else way.TopToBottom)


def _scrolled(sides: QWidget) -> QScrollArea:
    """What is never cut, however large the text is."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    sides.setProperty("surface", "window")
    area.setWidget(sides)
    return area
