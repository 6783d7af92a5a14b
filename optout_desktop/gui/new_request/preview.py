# SPDX-License-Identifier: Apache-2.0
"""The letter to look at: its exact text, two languages side by side, its printed pages, and a mode to edit it.

The pages are drawn outside the GUI thread by the engine that makes the PDF; here they are only scaled.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, OptOutError
from optout_desktop.gui import theme
from optout_desktop.gui.busy import BusyMark
from optout_desktop.gui.chips import IconButton
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import FieldRow, FormErrors
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.new_request.loading import Loaded
from optout_desktop.gui.new_request.side_by_side import SideBySide

TEXT, PAGE, EDIT, BESIDE = range(4)
_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_SHEET_MARGIN_PX = 12


class PagesView(QScrollArea):
    """Printed pages below each other, as wide as there is room times the zoom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(self.tr("Printed pages"))
        self._pages: list[QPixmap] = []
        self._zoom = 1.0
        self._sheets = QWidget()
        self._column = QVBoxLayout(self._sheets)
        self._column.setContentsMargins(8, 8, 8, 8)
        self.setWidget(self._sheets)
        self.setWidgetResizable(True)

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def show_pages(self, pages: tuple[bytes, ...]) -> None:
        """Show these pictures."""
        self._pages = []
        for png in pages:
            picture = QPixmap()
            picture.loadFromData(png, "PNG")
            self._pages.append(picture)
        self._fit()

    def zoom_by(self, step: int) -> None:
        """Larger or smaller by steps."""
        at = min(range(len(_ZOOMS)), key=lambda each: abs(_ZOOMS[each] - self._zoom))
        self._zoom = _ZOOMS[min(max(at + step, 0), len(_ZOOMS) - 1)]
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        ratio = self.devicePixelRatioF()
        room = max(self.viewport().width() - 2 * _SHEET_MARGIN_PX, 160)
        for number, page in enumerate(self._pages, start=1):
            width = min(room, theme.px(620)) * self._zoom
            scaled = page.scaledToWidth(
                max(round(width * ratio), 1), Qt.TransformationMode.SmoothTransformation
            )
            scaled.setDevicePixelRatio(ratio)
            sheet = QLabel()
            sheet.setPixmap(scaled)
            sheet.setFrameShape(QFrame.Shape.Box)
            sheet.setAccessibleName(
                self.tr("Page {number} of {count}").format(number=number, count=len(self._pages))
            )
            self._column.addWidget(sheet, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch()


class LetterPreview(QFrame):
    """Text, pages, or editing; what is typed is only given up by saving or by going back to the template."""

    save_wanted = Signal(str, str)
    reset_wanted = Signal()
    pages_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._loaded: Loaded | None = None
        self._has_pages = False
        self.tabs = QButtonGroup(self)
        self._views = QStackedWidget()
        self.subject = label("", Look.STRONG, wraps=True)
        self.subject.setAccessibleName(self.tr("Subject"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Text of the letter"))
        self.pages = PagesView()
        self.beside = SideBySide()
        self.busy = BusyMark()
        self._build_bar()
        self._build_edit()
        whole = QWidget()
        whole_body = QVBoxLayout(whole)
        whole_body.setContentsMargins(0, 0, 0, 0)
        whole_body.addWidget(self.subject)
        whole_body.addWidget(self.text, 1)
        for view in (whole, self.pages, self._edit, self.beside):
            self._views.addWidget(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._bar)
        layout.addWidget(self._views, 1)
        self.setMinimumHeight(theme.px(220))

    @property
    def is_editing(self) -> bool:
        """Whether the edit mode is open."""
        return self._views.currentIndex() == EDIT

    @property
    def has_edits(self) -> bool:
        """Whether something was typed that is not saved."""
        loaded = self._loaded
        return (
            self.is_editing
            and loaded is not None
            and (self.edit_subject.text(), self.edit_body.toPlainText())
            != (loaded.view.letter.subject, loaded.view.letter.body)
        )

    def show_letter(self, loaded: Loaded, *, is_new: bool) -> None:
        """Show a letter; ``is_new`` chooses the view that is true to its channel."""
        has_unsaved = self.has_edits and not is_new
        self._loaded = loaded
        letter = loaded.view.letter
        self.subject.setText(letter.subject)
        if self.text.toPlainText() != letter.body:
            self.text.setPlainText(letter.body)
        if not has_unsaved:
            self.edit_subject.setText(letter.subject)
            self.edit_body.setPlainText(letter.body)
        self.edited.setVisible(letter.is_edited)
        self.reset.setEnabled(letter.is_edited or self.is_editing)
        self._has_pages = False
        self._show_beside(loaded)
        if is_new:
            is_paper = loaded.view.request.channel is Channel.POST
            self._choose(PAGE if is_paper else TEXT)
        elif self._views.currentIndex() == PAGE:
            self._choose(PAGE)

    def show_pages(self, pages: tuple[bytes, ...]) -> None:
        """Show the pages that were asked for."""
        self.busy.end()
        self._has_pages = True
        self.pages.show_pages(pages)

    def show_problem(self, error: OptOutError) -> None:
        """Say at the field what cannot be; what was typed stays."""
        self._choose(EDIT)
        told = error if isinstance(error, InputError) else InputError("", words_for(error).text)
        self.errors.show_errors([told])

    def draw_again(self) -> None:
        """The pages are other ones now: ask for them where they are looked at."""
        self._has_pages = False
        if self._views.currentIndex() == PAGE:
            self._choose(PAGE)

    def leave_edit(self) -> None:
        """The letter was written anew: what stands in the fields no longer counts."""
        if self.is_editing:
            self.errors.clear()
            self._loaded = None
            self._choose(TEXT)

    def close_edit(self) -> None:
        """What was typed is saved: go back to the text."""
        self.errors.clear()
        if self.is_editing:
            self._views.setCurrentIndex(TEXT)
            self._choose(TEXT)

    def keep_edits(self) -> None:
        """Ask for what was typed to be saved."""
        if self.has_edits:
            self.save_wanted.emit(self.edit_subject.text(), self.edit_body.toPlainText())

    def typed(self) -> tuple[str, str] | None:
        """Subject and text as they were typed and not saved; None where nothing was."""
        if not self.has_edits:
            return None
        return self.edit_subject.text(), self.edit_body.toPlainText()

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _build_bar(self) -> None:
        self._bar = QWidget()
        bar = FlowLayout(self._bar, 4)
        for at, words in (
            (TEXT, self.tr("&Text")),
            (BESIDE, self.tr("&Side by side")),
            (PAGE, self.tr("Pa&ge")),
            (EDIT, self.tr("Ed&it text")),
        ):
            button = QToolButton()
            button.setText(words)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setCheckable(True)
            self.tabs.addButton(button, at)
            bar.addWidget(button)
        self.tabs.idClicked.connect(self._choose)
        self.smaller = IconButton("chevron-down", self.tr("Smaller page"))
        self.larger = IconButton("chevron-up", self.tr("Larger page"))
        self.smaller.clicked.connect(lambda: self.pages.zoom_by(-1))
        self.larger.clicked.connect(lambda: self.pages.zoom_by(1))
        self.edited = label(self.tr("Edited by you"), Look.SMALL)
        for widget in (self.smaller, self.larger, self.busy, self.edited):
            bar.addWidget(widget)

    def _build_edit(self) -> None:
        self._edit = QWidget()
        self.edit_subject = QLineEdit()
        self.edit_body = QPlainTextEdit()
        self.edit_body.setTabChangesFocus(True)
        rows = (
            FieldRow(self.tr("Subject"), self.edit_subject, "subject"),
            FieldRow(self.tr("Text"), self.edit_body, "body"),
        )
        self.errors = FormErrors(rows)
        self.save = QPushButton(self.tr("Sa&ve text"))
        self.save.clicked.connect(
            lambda: self.save_wanted.emit(self.edit_subject.text(), self.edit_body.toPlainText())
        )
        self.reset = QPushButton(self.tr("&Reset to template"))
        self.reset.clicked.connect(self.reset_wanted)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.save)
        flow.addWidget(self.reset)
        body = QVBoxLayout(self._edit)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.errors)
        body.addWidget(rows[0])
        body.addWidget(rows[1], 1)
        body.addWidget(buttons)

    def _show_beside(self, loaded: Loaded) -> None:
        button, letter, other = self.tabs.button(BESIDE), loaded.view.letter, loaded.beside
        button.setVisible(other is not None)
        if other is not None:
            is_translation = loaded.view.companion is not None
            self.beside.show_letters(letter, other, is_translation=is_translation)
        elif self._views.currentIndex() == BESIDE:
            self._choose(TEXT)

    def _choose(self, view: int) -> None:
        button = self.tabs.button(view)
        if button is not None:
            button.setChecked(True)
        was_editing, has_edits = self.is_editing, self.has_edits
        self._views.setCurrentIndex(view)
        if has_edits and view != EDIT:
            self.save_wanted.emit(self.edit_subject.text(), self.edit_body.toPlainText())
        self.smaller.setVisible(view == PAGE)
        self.larger.setVisible(view == PAGE)
        if view == PAGE and not self._has_pages:
            self.busy.begin(self.tr("Drawing the pages…"))
            self.pages_wanted.emit()
        if view == EDIT and not was_editing:
            self.reset.setEnabled(True)
            self.edit_body.setFocus(Qt.FocusReason.OtherFocusReason)
