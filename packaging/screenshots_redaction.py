# SPDX-License-Identifier: Apache-2.0
"""The scenes of a redacted copy: nothing done yet, boxes and a crop, and what will be sent."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from screenshots_stage import Stage, rest

from optout_desktop.gui.redaction.dialog import RedactionDialog
from optout_desktop.gui.redaction.pictures import Box

_FIELDS = (
    ("Surname", "EXAMPLE"),
    ("Given names", "JANE"),
    ("Date of birth", "14 MAR 1985"),
    ("Document number", "X12345678"),
    ("Address", "12 LINDEN STREET, SPRINGFIELD"),
)


def redaction(stage: Stage) -> None:
    """The picture as it was opened, then with boxes and a crop, then the copy."""
    stage.at_home()
    dialog = RedactionDialog(_document(), "OO-7F3K-22", "en", stage.window)
    dialog.show()
    rest(0.3)
    stage.take("redaction-1-opened", dialog)
    dialog.apply(Box(left=90, top=200, width=330, height=430))
    dialog.apply(Box(left=470, top=470, width=420, height=60))
    dialog.crops.setChecked(True)
    dialog.apply(Box(left=60, top=60, width=1080, height=640))
    rest(0.3)
    stage.take("redaction-2-boxes", dialog)
    dialog.preview.setChecked(True)
    rest(0.3)
    stage.take("redaction-3-result", dialog)
    dialog.close()


def _document() -> QImage:
    """A card that nobody holds."""
    image = QImage(1240, 780, QImage.Format.Format_RGB32)
    image.fill(QColor("#b9b2a6"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#e7eef5"))
    painter.drawRoundedRect(QRect(60, 60, 1120, 660), 36, 36)
    painter.setBrush(QColor("#8fa6bd"))
    painter.drawRect(QRect(100, 210, 310, 410))
    painter.setBrush(QColor("#5d7388"))
    painter.drawEllipse(QRect(185, 280, 140, 170))
    painter.drawEllipse(QRect(130, 470, 250, 260).intersected(QRect(100, 210, 310, 410)))
    painter.setPen(QColor("#22384d"))
    title = QFont()
    title.setPixelSize(48)
    title.setBold(True)
    painter.setFont(title)
    painter.drawText(100, 150, "SPECIMEN IDENTITY CARD")
    for row, (name, value) in enumerate(_FIELDS):
        small, large = QFont(), QFont()
        small.setPixelSize(22)
        large.setPixelSize(34)
        painter.setFont(small)
        painter.drawText(480, 230 + row * 90, name)
        painter.setFont(large)
        painter.drawText(480, 268 + row * 90, value)
    painter.end()
    return image


REDACTION_SCENES: dict[str, Callable[[Stage], None]] = {"redaction": redaction}
