# SPDX-License-Identifier: Apache-2.0
"""Redaction: a picture of a document leaves the app as its pixels and nothing else.

The window crops, blackens and marks, and hands over what it has drawn anew. Here everything is taken out of that
file that is not needed to draw it: EXIF with its place and thumbnail, texts, colour profiles, other pictures and
whatever stands behind the end. PNG follows the W3C's third edition, JPEG ITU-T T.81.
"""

from __future__ import annotations

from .errors import InputError

PNG, JPEG = "image/png", "image/jpeg"

_PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs"})
_JPEG_BEGINS = b"\xff\xd8"
_JPEG_ENDS = 0xD9
_JPEG_SCAN = 0xDA
_JPEG_ADOBE = 0xEE
"""Says how colours are stored; without it some readers show others."""
_JPEG_LEFT_OUT = frozenset({*range(0xE0, 0xF0), 0xFE}) - {_JPEG_ADOBE}
_JPEG_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})


def bare_picture(content: bytes, media_type: str) -> bytes:
    """The same picture without anything but its pixels. Raises InputError ``file`` where it is no whole picture."""
    if media_type == PNG and content.startswith(_PNG_BEGINS):
        return _bare_png(content)
    if media_type == JPEG and content.startswith(_JPEG_BEGINS):
        return _bare_jpeg(content)
    raise InputError(
        "file", "A copy of an identity document goes along as a blacked-out PNG or JPEG picture only."
    )


def _bare_png(content: bytes) -> bytes:
    kept, at, kind = [_PNG_BEGINS], len(_PNG_BEGINS), b""
    while kind != b"IEND":
        length = int.from_bytes(content[at : at + 4])
        kind = content[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(content):
            raise _broken()
        if len(kept) == 1 and kind != b"IHDR":
            raise _broken()
        if kind in _PNG_KEPT:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def _bare_jpeg(content: bytes) -> bytes:
    kept, at, has_scan = [_JPEG_BEGINS], len(_JPEG_BEGINS), False
    while True:
        if content[at : at + 1] != b"\xff" or at + 1 >= len(content):
            raise _broken()
        marker = content[at + 1]
        if marker == 0xFF:  # a filling byte
            at += 1
            continue
        if marker == _JPEG_ENDS:
            if not has_scan:
                raise _broken()
            return b"".join((*kept, b"\xff\xd9"))
        end = at + 2 if marker in _JPEG_WITHOUT_LENGTH else _end_of_segment(content, at)
        if marker == _JPEG_SCAN:
            end, has_scan = _end_of_scan(content, end), True
        if marker not in _JPEG_LEFT_OUT:
            kept.append(content[at:end])
        at = end


def _end_of_segment(content: bytes, at: int) -> int:
    length = int.from_bytes(content[at + 2 : at + 4])
    if length < 2 or at + 2 + length > len(content):
        raise _broken()
    return at + 2 + length


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands; a zero behind FF, and a restart, belong to the pixels."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        follows = content[at + 1]
        if follows != 0 and follows not in range(0xD0, 0xD8):
            return at
        at += 2
    raise _broken()


def _broken() -> InputError:
    return InputError("file", "This picture is damaged or not whole. It was not added; nothing else changed.")
