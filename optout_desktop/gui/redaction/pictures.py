# SPDX-License-Identifier: Apache-2.0
"""The redaction itself: a file → a picture of modest size → boxes blacked out, cropped, marked → a new file.

What comes out is drawn anew, pixel by pixel: nothing that was blacked out or cut away is in it, and none of
what the first file said beside its pixels (place, camera, thumbnail, colour profile, comments).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QFileInfo, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QImageWriter, QPainter

from optout_desktop.domain.errors import InputError
from optout_desktop.gui.redaction.watermarks import paint_watermark

LARGEST_FILE_BYTES = 50 * 1024 * 1024
LARGEST_PIXELS = 40_000_000
LONGEST_SIDE_PX = 2_000
"""A copy is no larger than this: enough to read a document that fills it, and less to give away."""
SMALLEST_SIDE_PX = 4

_FORMATS = frozenset({b"png", b"jpeg", b"webp"})
_LARGEST_PNG_BYTES = 3 * 1024 * 1024
_JPEG_QUALITY = 85
_DOTS_PER_METRE = 5906
"""150 dpi, whatever the screen has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in pixels of the opened picture."""

    left: int
    top: int
    width: int
    height: int

    @property
    def rect(self) -> QRect:
        """The same for Qt."""
        return QRect(self.left, self.top, self.width, self.height)

    def within(self, width: int, height: int) -> Box | None:
        """The part that lies on a picture of that size; None where too little of it does."""
        part = self.rect.normalized().intersected(QRect(0, 0, width, height))
        if part.width() < SMALLEST_SIDE_PX or part.height() < SMALLEST_SIDE_PX:
            return None
        return Box(left=part.x(), top=part.y(), width=part.width(), height=part.height())


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """What is done to a picture: the part that stays, and what is blacked out."""

    crop: Box | None = None
    boxes: tuple[Box, ...] = ()

    @property
    def hides_something(self) -> bool:
        """Whether the copy says less than the picture."""
        return self.crop is not None or bool(self.boxes)

    def with_box(self, box: Box) -> Redaction:
        """The same with one more black box."""
        return replace(self, boxes=(*self.boxes, box))

    def without_box(self, at: int) -> Redaction:
        """The same without the box at that place of the list."""
        return replace(self, boxes=(*self.boxes[:at], *self.boxes[at + 1 :]))

    def cropped_to(self, crop: Box | None) -> Redaction:
        """The same with another part that stays; None is the whole picture."""
        return replace(self, crop=crop)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactedPicture:
    """A finished copy, ready to go along with a letter; its name says nothing about the person."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    width: int
    height: int


def opened(path: Path) -> QImage:
    """The picture of a PNG, JPEG or WebP file, upright and at most ``LONGEST_SIDE_PX`` on its longer side.

    Raises ``InputError`` on ``picture`` for another kind of file, one above 50 MiB or 40 megapixels, or a
    damaged one.
    """
    about = QFileInfo(str(path))
    if not about.isFile() or not about.isReadable():
        raise _refused(_tr("This file cannot be opened. Choose another one."))
    if about.size() > LARGEST_FILE_BYTES:
        raise _refused(_tr("This file is larger than 50 MiB. Take a smaller picture of the document."))
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    if not reader.canRead() or reader.format().data() not in _FORMATS:
        raise _refused(_tr("This is not a PNG, JPEG or WebP picture. Choose a picture of the document."))
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > LARGEST_PIXELS:
        raise _refused(_tr("This picture has more than 40 megapixels. Take a smaller one."))
    reader.setAutoTransform(True)
    if max(size.width(), size.height()) > LONGEST_SIDE_PX:
        reader.setScaledSize(
            size.scaled(QSize(LONGEST_SIDE_PX, LONGEST_SIDE_PX), Qt.AspectRatioMode.KeepAspectRatio)
        )
    image = reader.read()
    if image.isNull():
        raise _refused(_tr("This picture is damaged and cannot be shown. Choose another one."))
    if image.colorSpace().isValid():
        image.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    return _flat(image)


def redacted(image: QImage, redaction: Redaction, words: str) -> QImage:
    """A new picture: boxes black, only the part that stays, the words across it."""
    covered = _flat(image)
    painter = QPainter(covered)
    for box in redaction.boxes:
        painter.fillRect(box.rect, Qt.GlobalColor.black)
    painter.end()
    kept = _flat(covered.copy(redaction.crop.rect) if redaction.crop else covered)
    painter = QPainter(kept)
    paint_watermark(painter, QRectF(kept.rect()), words)
    painter.end()
    return kept


def finished(image: QImage, redaction: Redaction, words: str, reference: str) -> RedactedPicture:
    """The copy as a file: PNG, or JPEG where that would be large.

    Raises ``InputError`` on ``redaction`` where nothing was blacked out or cropped.
    """
    if not redaction.hides_something:
        raise InputError("redaction", _tr("Black out or crop something first: a whole copy is not needed."))
    copy = redacted(image, redaction, words)
    content, ending, kind = _encoded(copy, "png"), "png", "image/png"
    if len(content) > _LARGEST_PNG_BYTES:
        content, ending, kind = _encoded(copy, "jpeg"), "jpg", "image/jpeg"
    stem = re.sub(r"[^A-Za-z0-9-]+", "-", reference).strip("-") or "request"
    return RedactedPicture(
        name=f"{stem}-document.{ending}",
        media_type=kind,
        content=content,
        width=copy.width(),
        height=copy.height(),
    )


def _flat(image: QImage) -> QImage:
    """A new opaque picture with nothing but pixels: what Qt keeps beside them stays behind."""
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(Qt.GlobalColor.white)
    flat.setDotsPerMeterX(_DOTS_PER_METRE)
    flat.setDotsPerMeterY(_DOTS_PER_METRE)
    painter = QPainter(flat)
    painter.drawImage(QRect(0, 0, image.width(), image.height()), image)
    painter.end()
    return flat


def _encoded(image: QImage, form: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, form.encode())
    if form == "jpeg":
        writer.setQuality(_JPEG_QUALITY)
    if not writer.write(image):
        raise RuntimeError(f"a picture could not be written as {form}: {writer.errorString()}")
    return bytes(buffer.data().data())


def _refused(sentence: str) -> InputError:
    return InputError("picture", sentence)


def _tr(words: str) -> str:
    return QCoreApplication.translate("redaction", words)
