# SPDX-License-Identifier: Apache-2.0
"""A picture leaves as its pixels: no place, no text, no thumbnail, nothing behind its end."""

from __future__ import annotations

import io
import zlib
from functools import cache

import pytest
from PIL import Image

from optout_desktop.domain.errors import InputError
from optout_desktop.domain.redaction import JPEG, PNG, bare_picture

SECRET = b"Jane Example, 48.1372N"


@cache
def drawn(form: str) -> bytes:
    """A small picture with some colours, as another library writes it."""
    image = Image.new("RGB", (64, 48))
    image.putdata([(4 * x, 5 * y, x * y % 256) for y in range(48) for x in range(64)])
    content = io.BytesIO()
    image.save(content, form)
    return content.getvalue()


def pixels(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        return image.tobytes()


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(data) + 2).to_bytes(2) + data


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"iCCP", b"prVt"])
def test_a_png_keeps_its_pixels_and_loses_what_it_tells(kind):
    plain = drawn("PNG")
    told = plain[:33] + chunk(kind, SECRET) + plain[33:] + SECRET
    bare = bare_picture(told, PNG)

    assert SECRET in told
    assert SECRET not in bare
    assert pixels(bare) == pixels(plain)


@pytest.mark.parametrize("marker", [0xE0, 0xE1, 0xE2, 0xED, 0xEF, 0xFE])
def test_a_jpeg_keeps_its_pixels_and_loses_what_it_tells(marker):
    plain = drawn("JPEG")
    told = plain[:2] + segment(marker, SECRET) + plain[2:] + drawn("JPEG") + SECRET
    bare = bare_picture(told, JPEG)

    assert SECRET not in bare
    assert bare.count(b"\xff\xd8\xff") == 1
    assert pixels(bare) == pixels(plain)


@pytest.mark.parametrize(("form", "media_type"), [("PNG", PNG), ("JPEG", JPEG)])
def test_what_is_bare_already_stays_as_it_is(form, media_type):
    once = bare_picture(drawn(form), media_type)

    assert bare_picture(once, media_type) == once


@pytest.mark.parametrize(("form", "media_type"), [("PNG", PNG), ("JPEG", JPEG)])
def test_a_picture_that_is_cut_off_anywhere_is_refused(form, media_type):
    whole = bare_picture(drawn(form), media_type)
    stream = io.BytesIO(whole)

    for length in range(0, len(whole) - 1, 7):
        with pytest.raises(InputError):
            bare_picture(stream.getvalue()[:length], media_type)


def test_a_png_that_begins_otherwise_than_with_its_size_is_refused():
    content = drawn("PNG")

    with pytest.raises(InputError, match="damaged"):
        bare_picture(content[:8] + content[33:], PNG)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(b"%PDF-1.7", "application/pdf"), (b"GIF89a", "image/gif"), (b"%PDF-1.7", PNG), (b"\x89PNG", JPEG)],
)
def test_another_kind_of_file_is_refused(content, media_type):
    with pytest.raises(InputError, match="PNG or JPEG") as caught:
        bare_picture(content, media_type)

    assert caught.value.field == "file"
