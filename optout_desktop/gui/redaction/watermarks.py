# SPDX-License-Identifier: Apache-2.0
"""The words across a redacted copy, in the language of the letter that it goes along with, and their painting.

Whoever finds the copy later sees what it was made for. The words run over the whole picture, so that none of it
can be cut out without them.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

_WORDS = {
    "en": "For request {reference} only",
    "de": "Nur für die Anfrage {reference}",
    "fr": "Uniquement pour la demande {reference}",
    "es": "Solo para la solicitud {reference}",
    "it": "Solo per la richiesta {reference}",
    "nl": "Alleen voor verzoek {reference}",
    "pt": "Apenas para o pedido {reference}",
    "pl": "Wyłącznie do wniosku {reference}",
}
_SLANT_DEGREES = -24.0
_SIGNS_ACROSS = 34.0
"""How many signs of text the longer side of a picture is wide: readable, and still fine enough to see through."""
_ROWS_APART = 3.2
"""Distance of the rows in heights of a line."""


def watermark_words(language: str, reference: str) -> str:
    """What the watermark says; in English for a language that letters are not written in."""
    return _WORDS.get(language, _WORDS["en"]).format(reference=reference)


def paint_watermark(painter: QPainter, area: QRectF, words: str) -> None:
    """Write the words across the whole area, dark with a light rim, so that they show on dark and on light."""
    font = QFont()
    font.setBold(True)
    font.setPixelSize(max(12, round(max(area.width(), area.height()) / _SIGNS_ACROSS * 1.6)))
    room = QFontMetricsF(font)
    step_x = room.horizontalAdvance(words) + room.horizontalAdvance("      ")
    step_y = room.height() * _ROWS_APART
    reach = (area.width() ** 2 + area.height() ** 2) ** 0.5
    path, y, row = QPainterPath(), -reach / 2, 0
    while y < reach / 2:
        x = -reach / 2 - (row % 2) * step_x / 2
        while x < reach / 2:
            path.addText(QPointF(x, y), font, words)
            x += step_x
        y, row = y + step_y, row + 1
    painter.save()
    painter.setClipRect(area)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.center())
    painter.rotate(_SLANT_DEGREES)
    rim = QPen(QColor(255, 255, 255, 150), font.pixelSize() / 9)
    rim.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, rim)
    painter.fillPath(path, QColor(150, 0, 0, 130))
    painter.restore()
