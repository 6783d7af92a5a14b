# SPDX-License-Identifier: Apache-2.0
"""What leaves as a redacted copy, read back by Pillow: the hidden pixels are gone, and so is all that is no pixel."""

import io
import random
from pathlib import Path

import pytest
from PIL import Image, ImageChops, PngImagePlugin
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from optout_desktop.domain.errors import InputError
from optout_desktop.domain.letters import LETTER_LANGUAGES
from optout_desktop.gui.redaction import pictures
from optout_desktop.gui.redaction.pictures import LONGEST_SIDE_PX, Box, Redaction, finished, opened
from optout_desktop.gui.redaction.watermarks import paint_watermark, watermark_words

SECRET = "SECRET-PLACE-48.8583N"
BOX = Box(left=40, top=30, width=120, height=60)
WORDS = watermark_words("en", "OO-7F3K-22")


def noise(width=400, height=260, seed=7):
    """A picture in which no part looks like another, with its hidden part in one bright colour."""
    grains = random.Random(seed).randbytes(width * height * 3)  # noqa: S311 - no secret, only unlike itself
    picture = Image.frombytes("RGB", (width, height), grains)
    picture.paste((255, 0, 255), (BOX.left, BOX.top, BOX.left + BOX.width, BOX.top + BOX.height))
    return picture


def plain(width=400, height=260):
    picture = Image.new("RGB", (width, height), (230, 240, 250))
    picture.paste((255, 0, 255), (BOX.left, BOX.top, BOX.left + BOX.width, BOX.top + BOX.height))
    return picture


def saved(path, picture, form, **more):
    picture.save(path, form, **more)
    return path


def with_much_beside(folder, form):
    """A file that says much beside its pixels: place, comment, profile, and a thumbnail of the whole."""
    picture = noise()
    small = io.BytesIO()
    picture.resize((64, 42)).save(small, "JPEG")
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif[0x9286] = SECRET
    path = folder / f"Passport of Jane.{form.lower()}"
    if form == "PNG":
        about = PngImagePlugin.PngInfo()
        about.add_text("Comment", SECRET)
        about.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET}</x>")
        return saved(path, picture, form, pnginfo=about, exif=exif, dpi=(77, 77))
    more = {"comment": SECRET.encode()} if form == "JPEG" else {}
    return saved(path, picture, form, quality=95, exif=exif, xmp=f"<x>{SECRET}</x>".encode(), **more)


def copy_of(path, redaction, words=WORDS):
    return finished(opened(path), redaction, words, "OO-7F3K-22")


def pixels_of(copy):
    picture = Image.open(io.BytesIO(copy.content))
    picture.load()
    return picture


def magenta_in(picture):
    """How many pixels still show the colour that was hidden."""
    red, green, blue = picture.convert("RGB").split()
    strong = ImageChops.multiply(
        red.point(lambda value: 255 * (value > 150)), blue.point(lambda value: 255 * (value > 150))
    )
    return ImageChops.multiply(strong, green.point(lambda value: 255 * (value < 70))).histogram()[255]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_what_was_blacked_out_is_in_no_pixel_of_the_copy(qapp, tmp_path, form):
    path = saved(tmp_path / "id", plain(), form)
    copy = copy_of(path, Redaction(boxes=(BOX,)), words="")
    inside = pixels_of(copy).crop((BOX.left, BOX.top, BOX.left + BOX.width, BOX.top + BOX.height))

    assert magenta_in(Image.open(path)) > 5_000
    assert magenta_in(pixels_of(copy)) < 200 * (form != "PNG") + 1
    assert inside.convert("L").getextrema() == (0, 0)


def test_the_same_copy_comes_out_whatever_was_hidden(qapp, tmp_path):
    one, other = noise(), noise()
    other.paste(noise(BOX.width, BOX.height, seed=9).crop((0, 0, BOX.width, BOX.height)), (BOX.left, BOX.top))
    copies = [
        copy_of(saved(tmp_path / name, picture, "PNG"), Redaction(boxes=(BOX,)))
        for name, picture in (("one", one), ("other", other))
    ]

    assert one.tobytes() != other.tobytes()
    assert copies[0].content == copies[1].content


def test_the_same_copy_comes_out_whatever_was_cut_away(qapp, tmp_path):
    crop = Redaction(crop=Box(left=200, top=100, width=150, height=120))
    copies = []
    for name, seed in (("one", 1), ("other", 2)):
        around = noise(seed=seed)
        around.paste(plain().crop((200, 100, 350, 220)), (200, 100))
        copies.append(copy_of(saved(tmp_path / name, around, "PNG"), crop))

    assert copies[0].content == copies[1].content
    assert (copies[0].width, copies[0].height) == pixels_of(copies[0]).size == (150, 120)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_nothing_but_pixels_comes_along(qapp, tmp_path, form):
    path = with_much_beside(tmp_path, form)
    copy = copy_of(path, Redaction(boxes=(BOX,)))
    picture = pixels_of(copy)

    assert SECRET.encode() in path.read_bytes()
    assert SECRET.encode() not in copy.content
    assert all(
        mark not in copy.content for mark in (b"Exif", b"eXIf", b"http://ns.adobe", b"tEXt", b"iTXt", b"iCCP")
    )
    assert len(picture.getexif()) == 0
    assert set(picture.info) <= {"dpi", "jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert copy.name == "OO-7F3K-22-document.png"


def test_a_large_photograph_becomes_a_jpeg_with_nothing_but_pixels(qapp, tmp_path):
    path = saved(tmp_path / "id.jpg", noise(2_400, 1_600), "JPEG", quality=80, comment=SECRET.encode())
    copy = copy_of(path, Redaction(boxes=(BOX,)))
    picture = pixels_of(copy)

    assert (copy.media_type, picture.format, copy.name) == ("image/jpeg", "JPEG", "OO-7F3K-22-document.jpg")
    assert max(picture.size) == LONGEST_SIDE_PX
    assert len(picture.getexif()) == 0
    assert "comment" not in picture.info
    assert copy.content.count(b"\xff\xd8\xff") == 1


def test_a_picture_that_lies_on_its_side_is_turned_before_it_is_redacted(qapp, tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    image = opened(saved(tmp_path / "id.jpg", plain(400, 260), "JPEG", exif=exif))

    assert (image.width(), image.height()) == (260, 400)


def test_a_copy_of_the_whole_is_not_made(qapp, tmp_path):
    with pytest.raises(InputError, match="Black out or crop something first") as caught:
        copy_of(saved(tmp_path / "id.png", plain(), "PNG"), Redaction())

    assert caught.value.field == "redaction"


@pytest.mark.parametrize("shade", ["white", "black", "grey"])
def test_the_watermark_can_be_seen_in_every_part_of_every_ground(qapp, shade):
    image = QImage(1200, 800, QImage.Format.Format_RGB32)
    image.fill(shade)
    before = image.copy()
    painter = QPainter(image)
    paint_watermark(painter, QRectF(image.rect()), WORDS)
    painter.end()
    seen = [
        before.copy(x, y, 300, 200) != image.copy(x, y, 300, 200)
        for x in range(0, 1200, 300)
        for y in range(0, 800, 200)
    ]

    assert all(seen)


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_the_watermark_speaks_the_language_of_the_letter(language):
    words = watermark_words(language, "OO-7F3K-22")

    assert "OO-7F3K-22" in words
    assert "{" not in words
    assert (words == watermark_words("en", "OO-7F3K-22")) == (language == "en")


def test_a_language_without_letters_is_marked_in_english():
    assert watermark_words("xx", "OO-1") == "For request OO-1 only"


def test_the_name_of_the_copy_is_the_reference_and_nothing_else(qapp, tmp_path):
    image = opened(saved(tmp_path / "Passport Jane Example.png", plain(), "PNG"))
    names = {
        reference: finished(image, Redaction(boxes=(BOX,)), WORDS, reference).name
        for reference in ("OO-7F3K-22", "../../etc/passwd", "a b\r\nc", "")
    }

    assert names == {
        "OO-7F3K-22": "OO-7F3K-22-document.png",
        "../../etc/passwd": "etc-passwd-document.png",
        "a b\r\nc": "a-b-c-document.png",
        "": "request-document.png",
    }


# ── files that are refused ───────────────────────────────────────────────────────────────────────────


def refused(path):
    with pytest.raises(InputError) as caught:
        opened(path)
    assert caught.value.field == "picture"
    return str(caught.value)


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", b"%PDF-1.7\n", b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
def test_what_is_no_picture_is_refused_with_a_sentence(qapp, tmp_path, content):
    path = tmp_path / "id.png"
    path.write_bytes(content)

    assert "PNG, JPEG or WebP" in refused(path)


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF"])
def test_another_kind_of_picture_is_refused_whatever_its_name(qapp, tmp_path, form):
    assert "PNG, JPEG or WebP" in refused(saved(tmp_path / "id.png", plain(), form))


def test_a_file_that_is_gone_and_a_folder_are_refused(qapp, tmp_path):
    assert "cannot be opened" in refused(tmp_path / "gone.png")
    assert "cannot be opened" in refused(tmp_path)


def test_more_than_50_mebibytes_are_refused_before_anything_is_read(qapp, tmp_path):
    path = tmp_path / "id.png"
    with path.open("wb") as file:
        file.truncate(pictures.LARGEST_FILE_BYTES + 1)

    assert "50 MiB" in refused(path)


def test_more_than_40_megapixels_are_refused_before_they_are_unpacked(qapp, tmp_path):
    path = saved(tmp_path / "id.png", Image.new("1", (10_000, 4_001)), "PNG")

    assert path.stat().st_size < 100_000
    assert "40 megapixels" in refused(path)


def test_exactly_40_megapixels_are_opened(qapp, tmp_path):
    image = opened(saved(tmp_path / "id.png", Image.new("1", (8_000, 5_000), 1), "PNG"))

    assert max(image.width(), image.height()) == LONGEST_SIDE_PX


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_a_picture_that_breaks_off_is_refused_or_shown_as_far_as_it_goes(qapp, tmp_path, form):
    whole = saved(tmp_path / "whole", noise(), form).read_bytes()
    outcomes = set()
    for keep in (40, len(whole) // 2, len(whole) - 20):
        path = Path(tmp_path / f"part-{keep}")
        path.write_bytes(whole[:keep])
        try:
            outcomes.add(opened(path).width())
        except InputError as error:
            outcomes.add(error.field)

    assert outcomes <= {400, "picture"}
    assert "picture" in outcomes


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        (Box(left=-20, top=-20, width=60, height=60), Box(left=0, top=0, width=40, height=40)),
        (Box(left=380, top=240, width=90, height=90), Box(left=380, top=240, width=20, height=20)),
        (Box(left=500, top=10, width=90, height=90), None),
        (Box(left=10, top=10, width=2, height=90), None),
    ],
)
def test_a_box_is_kept_as_far_as_it_lies_on_the_picture(box, kept):
    assert box.within(400, 260) == kept
