# SPDX-License-Identifier: Apache-2.0
"""“Redact the copy”: what the company need not see is blacked out or cut away before a document goes along.

``ask`` opens the file and comes back with a new picture, or with None. Drawing with the mouse and typing four
numbers do the same; every step is undone by one key; what will be sent can be looked at before.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.errors import InputError
from optout_desktop.gui import dialogs, theme
from optout_desktop.gui.dialog_room import fit
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.redaction.canvas import Canvas
from optout_desktop.gui.redaction.fields import BoxFields
from optout_desktop.gui.redaction.pictures import Box, RedactedPicture, Redaction, finished, opened
from optout_desktop.gui.redaction.watermarks import watermark_words
from optout_desktop.gui.voice import announce

ZOOM_STEP = 1.25
PICTURE_FILTER = "PNG, JPEG, WebP (*.png *.jpg *.jpeg *.webp)"
"""For the dialog that asks for the file."""


def ask(parent: QWidget | None, path: Path, reference: str, language: str) -> RedactedPicture | None:
    """The redacted copy of a picture, marked for one request in the letter's language; None if the person left.

    A file that cannot be used is said, and is None too.
    """
    try:
        image = opened(path)
    except InputError as error:
        dialogs.tell(
            parent, QCoreApplication.translate("redaction", "This picture cannot be used"), str(error)
        )
        return None
    dialog = RedactionDialog(image, reference, language, parent)
    dialog.exec()
    dialog.deleteLater()
    return dialog.result_picture


class RedactionDialog(QDialog):
    """The picture on one side, what is done to it on the other."""

    def __init__(self, image: QImage, reference: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result_picture: RedactedPicture | None = None
        """The finished copy once the dialog was accepted."""
        self._image = image
        self._reference = reference
        self._words = watermark_words(language, reference)
        self._done = [Redaction()]
        self.canvas = Canvas(image, self._words)
        self.around = QScrollArea()
        self.fields = BoxFields(image.width(), image.height())
        self.blackens = QRadioButton(self.tr("&Black out"))
        self.crops = QRadioButton(self.tr("&Crop: only this part stays"))
        self.add = QPushButton(self.tr("&Do it with these numbers"))
        self.list = QListWidget()
        self.remove = QPushButton(self.tr("&Remove"))
        self.whole = QPushButton(self.tr("Use the wh&ole picture"))
        self.undo = QPushButton(self.tr("U&ndo"))
        self.preview = QCheckBox(self.tr("&Show what will be sent"))
        self.why = label("", Look.SECOND, wraps=True)
        self.finish = QPushButton(self.tr("Use this co&py"))
        self._lay_out()
        self._connect()
        self._show()
        self.setWindowTitle(self.tr("Redact the copy"))
        fit(self, theme.px(1040), theme.px(700))

    @property
    def redaction(self) -> Redaction:
        """What is done to the picture now."""
        return self._done[-1]

    # ── making ───────────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        self.around.setWidget(self.canvas)
        self.around.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.around.setAccessibleName(self.tr("The picture"))
        left = QVBoxLayout()
        left.addWidget(self.around, 1)
        left.addLayout(self._zoom_row())
        side = QScrollArea()
        side.setWidgetResizable(True)
        side.setFrameShape(QFrame.Shape.NoFrame)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setAccessibleName(self.tr("What is done to the picture"))
        inner = self._side()
        side.setWidget(inner)
        side.setFixedWidth(inner.sizeHint().width() + theme.px(24))
        top = QHBoxLayout()
        top.setContentsMargins(16, 16, 8, 8)
        top.addLayout(left, 1)
        top.addWidget(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top, 1)
        layout.addLayout(self._buttons())

    def _zoom_row(self) -> QHBoxLayout:
        self.larger = QPushButton(self.tr("Lar&ger"))
        self.smaller = QPushButton(self.tr("S&maller"))
        self.fit_all = QPushButton(self.tr("&Fit the window"))
        self.larger.setShortcut(QKeySequence(QKeySequence.StandardKey.ZoomIn))
        self.smaller.setShortcut(QKeySequence(QKeySequence.StandardKey.ZoomOut))
        row = QHBoxLayout()
        for button in (self.smaller, self.larger, self.fit_all):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.preview)
        return row

    def _side(self) -> QWidget:
        inner = QFrame()
        inner.setProperty("surface", "window")
        column = QVBoxLayout(inner)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(8)
        told = self.tr("Draw a box over what the company need not see, or type where it is.")
        column.addWidget(label(told, wraps=True))
        self.blackens.setChecked(True)
        column.addWidget(self.blackens)
        column.addWidget(self.crops)
        column.addWidget(self.fields)
        column.addWidget(self.add)
        column.addWidget(label(self.tr("Blacked out"), Look.STRONG))
        self.list.setAccessibleName(self.tr("Blacked out"))
        self.list.setMinimumHeight(theme.px(84))
        self.list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(self.remove)
        row.addWidget(self.undo)
        column.addLayout(row)
        column.addWidget(self.whole)
        across = self.tr("Across the whole copy stands: “{words}”.").format(words=self._words)
        column.addWidget(label(across, Look.SECOND, wraps=True))
        return inner

    def _buttons(self) -> QHBoxLayout:
        leave = QPushButton(self.tr("Cancel"))
        leave.clicked.connect(self.reject)
        self.finish.setProperty("kind", "accent")
        self.finish.setDefault(True)
        for button in (
            self.add,
            self.remove,
            self.whole,
            self.undo,
            self.larger,
            self.smaller,
            self.fit_all,
            leave,
        ):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 16)
        row.addWidget(self.why, 1)
        row.addWidget(leave)
        row.addWidget(self.finish)
        return row

    def _connect(self) -> None:
        self.canvas.drawn.connect(self.apply)
        self.canvas.zoomed.connect(self._zoom_by)
        self.larger.clicked.connect(lambda: self._zoom_by(1))
        self.smaller.clicked.connect(lambda: self._zoom_by(-1))
        self.fit_all.clicked.connect(self.fit_picture)
        self.add.clicked.connect(lambda: self.apply(self.fields.typed()))
        self.list.currentRowChanged.connect(self._choose)
        self.remove.clicked.connect(self._remove)
        self.whole.clicked.connect(lambda: self._take(self.redaction.cropped_to(None)))
        self.undo.clicked.connect(self.undo_one)
        self.preview.toggled.connect(self._preview)
        self.finish.clicked.connect(self._finish)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.undo_one)
        QShortcut(
            QKeySequence(QKeySequence.StandardKey.Delete),
            self.list,
            self._remove,
            context=Qt.ShortcutContext.WidgetShortcut,
        )

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────

    def apply(self, drawn: Box) -> None:
        """Black out a rectangle, or crop to it, as far as it lies on the picture; a mere click does nothing."""
        box = drawn.within(self._image.width(), self._image.height())
        if box is None:
            return
        self.fields.show_box(box)
        crops = self.crops.isChecked()
        self._take(self.redaction.cropped_to(box) if crops else self.redaction.with_box(box))
        announce(self, self.tr("Cropped.") if crops else self.tr("Blacked out."))

    def undo_one(self) -> None:
        """Take the last step back."""
        if len(self._done) > 1:
            self._done.pop()
            self._show()

    def fit_picture(self) -> None:
        """Show the whole picture as large as there is room."""
        room, shown = self.around.viewport().size(), self.canvas.sizeHint() / self.canvas.zoom
        self.canvas.set_zoom(
            min(room.width() / max(1, shown.width()), room.height() / max(1, shown.height()), 1.0)
        )

    def showEvent(self, event: QShowEvent) -> None:
        """The whole picture is seen at first."""
        super().showEvent(event)
        self.fit_picture()

    def _zoom_by(self, steps: int) -> None:
        self.canvas.set_zoom(self.canvas.zoom * ZOOM_STEP**steps)

    def _remove(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self.redaction.boxes):
            self._take(self.redaction.without_box(at))

    def _take(self, redaction: Redaction) -> None:
        if redaction != self.redaction:
            self._done.append(redaction)
            self._show()

    def _choose(self, at: int) -> None:
        self._mark(at)
        if at >= 0:
            self.fields.show_box(self.redaction.boxes[at])

    def _mark(self, at: int) -> None:
        self.remove.setEnabled(at >= 0)
        self.canvas.show_redaction(self.redaction, at if at >= 0 else None, self._said())

    def _show(self) -> None:
        redaction = self.redaction
        self.list.blockSignals(True)
        self.list.clear()
        words = self.tr("{number}: {width} × {height} at {left}, {top}")
        for number, box in enumerate(redaction.boxes, start=1):
            self.list.addItem(
                words.format(number=number, width=box.width, height=box.height, left=box.left, top=box.top)
            )
        self.list.setCurrentRow(len(redaction.boxes) - 1)
        self.list.blockSignals(False)
        self._mark(self.list.currentRow())
        self.undo.setEnabled(len(self._done) > 1)
        self.whole.setEnabled(redaction.crop is not None)
        self.finish.setEnabled(redaction.hides_something)
        if redaction.hides_something:
            self.why.setText(self.tr("The copy is a new picture: what is black or cut away is not in it."))
        else:
            self.why.setText(self.tr("Black out or crop something first: a whole copy is not needed."))
        self.finish.setAccessibleDescription(self.why.text())
        if self.preview.isChecked():
            self._preview(True)

    def _said(self) -> str:
        crop = self.redaction.crop
        count = self.tr("%n place(s) blacked out.", "", len(self.redaction.boxes))
        if crop is None:
            return count
        part = self.tr("{count} Cropped to {width} × {height} pixels.")
        return part.format(count=count, width=crop.width, height=crop.height)

    def _made(self) -> RedactedPicture:
        return finished(self._image, self.redaction, self._words, self._reference)

    def _preview(self, is_on: bool) -> None:  # noqa: FBT001 - what the signal says
        """What will be sent, read back from the very bytes; the picture where there is nothing to send yet."""
        shows = is_on and self.redaction.hides_something
        self.canvas.show_result(QImage.fromData(self._made().content) if shows else None)
        if is_on:
            self.fit_picture()

    def _finish(self) -> None:
        self.result_picture = self._made()
        self.accept()
