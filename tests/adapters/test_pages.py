# SPDX-License-Identifier: Apache-2.0
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from optout_desktop.adapters.pages import Pages
from optout_desktop.catalog.templates import Templates
from optout_desktop.domain.errors import HandOverError
from optout_desktop.domain.letters import PageAddress, PageFormat
from tests.golden.letters.cases import CASES, LETTERS, facts

LAYOUTS = LETTERS.parent / "pages"
PAGES = Pages(LAYOUTS)
LETTER = Templates(LETTERS).fill(facts())
LONG = replace(
    LETTER, body=LETTER.body.replace("Please have this", "A paragraph more. " * 400 + "\n\nPlease have this")
)
MM, INCH = 72 / 25.4, 72.0
RECIPIENT = (
    "Northwind Data LLC",
    "Attn: Privacy Office",
    "4567 Main Street, Suite 300",
    "Sacramento, CA 95814",
)


@dataclass(frozen=True)
class Box:
    """A rectangle in points, counted from the sheet's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other):
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


# DIN 5008 form B: the address field of the window envelope, and its zone below the return line
FORM_B_WINDOW = Box(20 * MM, 45 * MM, 105 * MM, 90 * MM)
FORM_B_ADDRESS = Box(20 * MM, 62.7 * MM, 105 * MM, 90 * MM)
# a #10 window (⅞ in from the left, ½ in from the bottom, 4½ × 1⅛ in) over a sheet of 8½ × 3⅔ in in 9½ × 4⅛ in
NUMBER_10_IN_THE_MIDDLE = Box(0.375 * INCH, 2.271 * INCH, 4.875 * INCH, 3.396 * INCH)
NUMBER_10_WHEREVER_IT_SLIDES = Box(0.875 * INCH, 2.5 * INCH, 4.375 * INCH, 3.167 * INCH)


def an_address(page_format=PageFormat.A4_DIN_5008, **changes):
    address = PageAddress(
        sender_lines=("Jane Example", "12 Linden Street", "Springfield, VA 22150"),
        recipient_lines=RECIPIENT,
        written_on=date(2026, 11, 25),
        date_text="Wednesday 25 November 2026",
        reference="OO-7F3K-22",
        page_format=page_format,
    )
    return replace(address, **changes)


def told(program, document, *options):
    """What one of poppler's tools says about a PDF (Debian package: poppler-utils)."""
    done = subprocess.run([program, *options, "-"], input=document, capture_output=True, check=True)
    return done.stdout.decode()


def words_of(document, page=1):
    xhtml = text_of_pages(document, "-bbox")
    pages = ET.fromstring(re.sub(r' xmlns="[^"]+"', "", xhtml)).iter("page")  # noqa: S314 - poppler wrote it
    return [
        (word.text, Box(*(float(word.get(side)) for side in ("xMin", "yMin", "xMax", "yMax"))))
        for word in list(pages)[page - 1].iter("word")
    ]


def text_of_pages(document, option="-raw"):
    """The words of all pages in reading order, by poppler's pdftotext."""
    done = subprocess.run(["pdftotext", option, "-", "-"], input=document, capture_output=True, check=True)
    return done.stdout.decode()


def place_of(document, *wanted):
    """The rectangle around the first run of these words."""
    found = words_of(document)
    texts = [text for text, _ in found]
    start = next(at for at in range(len(texts)) if texts[at : at + len(wanted)] == list(wanted))
    boxes = [box for _, box in found[start : start + len(wanted)]]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def plain(text):
    return " ".join(text.replace("\u200b", "").split())


def test_on_a4_the_address_lies_in_the_window_below_the_return_line():
    document = PAGES.letter(LETTER, an_address())

    for line in RECIPIENT:
        assert FORM_B_ADDRESS.holds(place_of(document, *line.split())), line
    returned = place_of(document, "Jane", "Example", "·", "12", "Linden", "Street")
    assert FORM_B_WINDOW.holds(returned)
    assert returned.bottom < FORM_B_ADDRESS.top


def test_on_us_letter_the_address_lies_in_the_window_wherever_the_sheet_slides():
    document = PAGES.letter(LETTER, an_address(PageFormat.US_LETTER_10))

    for line in RECIPIENT:
        assert NUMBER_10_WHEREVER_IT_SLIDES.holds(place_of(document, *line.split())), line


@pytest.mark.parametrize(
    ("page_format", "window"),
    [
        (PageFormat.A4_DIN_5008, FORM_B_ADDRESS),
        (PageFormat.US_LETTER_10, NUMBER_10_IN_THE_MIDDLE),
    ],
)
@pytest.mark.parametrize(
    "name", ["N" * 300, "Northwind Data " * 20, "Donaudampfschifffahrtsgesellschaft-" * 8, "שלום עולם " * 30]
)
def test_a_name_of_300_signs_wraps_inside_the_window(page_format, window, name):
    recipient = (name, "Attn: Privacy Office", "4567 Main Street", "Sacramento, CA 95814")
    document = PAGES.letter(LETTER, an_address(page_format, recipient_lines=recipient))
    subject = place_of(document, "Opt-out", "of", "sale", "and", "sharing")
    in_address = [
        box
        for _, box in words_of(document)
        if box.bottom < subject.top and box.top > window.top and box.left < window.right
    ]

    assert window.holds(place_of(document, "Sacramento,", "CA", "95814"))
    assert len(in_address) > 5
    assert all(window.holds(box) for box in in_address)


@pytest.mark.parametrize("page_format", PageFormat)
def test_six_lines_of_address_fit(page_format):
    recipient = (
        "Northwind Data LLC",
        "Legal",
        "Attn: Privacy",
        "Building 7",
        "1 Main Street",
        "Springfield 22150",
    )
    window = FORM_B_ADDRESS if page_format is PageFormat.A4_DIN_5008 else NUMBER_10_IN_THE_MIDDLE
    document = PAGES.letter(LETTER, an_address(page_format, recipient_lines=recipient))

    assert all(window.holds(place_of(document, *line.split())) for line in recipient)


@pytest.mark.parametrize("page_format", PageFormat)
def test_every_page_says_which_of_how_many_it_is(page_format):
    one, many = (PAGES.letter(letter, an_address(page_format)) for letter in (LETTER, LONG))
    total = len(PdfReader(BytesIO(many)).pages)

    assert "Page 1 of 1" in PdfReader(BytesIO(one)).pages[0].extract_text()
    assert total >= 2
    for number, page in enumerate(PdfReader(BytesIO(many)).pages, start=1):
        assert f"Page {number} of {total}" in page.extract_text()


@pytest.mark.parametrize("page_format", PageFormat)
def test_a_letter_shows_date_reference_and_subject(page_format):
    words = plain(text_of_pages(PAGES.letter(LETTER, an_address(page_format))))

    assert "Wednesday 25 November 2026" in words
    assert "Reference OO-7F3K-22" in words
    assert LETTER.subject in words


@pytest.mark.parametrize("case", CASES)
def test_the_page_says_exactly_what_the_letter_says(case):
    letter = Templates(LETTERS).fill(CASES[case])
    words = plain(text_of_pages(PAGES.letter(letter, an_address())))

    assert plain(letter.body) in words


@pytest.mark.parametrize("page_format", PageFormat)
def test_the_pdf_is_tagged_and_its_fonts_are_embedded(page_format):
    document = PAGES.letter(LONG, an_address(page_format))
    _, _, *fonts = told("pdffonts", document).splitlines()

    assert fonts
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)
    assert re.search(r"^Tagged: +yes$", told("pdfinfo", document), re.MULTILINE)
    assert re.search(r"^Title: +Opt-out of sale", told("pdfinfo", document), re.MULTILINE)


def test_the_pdf_claims_the_two_standards_that_archives_and_screen_readers_ask_for():
    document = PAGES.letter(LETTER, an_address())

    assert b"<pdfaid:part>2</pdfaid:part>" in document
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document


def test_paper_has_its_size():
    sizes = {
        page_format: re.search(
            r"Page size: +(.*)", told("pdfinfo", PAGES.letter(LETTER, an_address(page_format)))
        )[1]
        for page_format in PageFormat
    }

    assert sizes[PageFormat.A4_DIN_5008].endswith("(A4)")
    assert sizes[PageFormat.US_LETTER_10].endswith("(letter)")


def test_the_same_letter_makes_the_same_bytes():
    assert PAGES.letter(LETTER, an_address()) == Pages(LAYOUTS).letter(LETTER, an_address())


def test_the_preview_shows_the_pages_of_the_pdf():
    pictures = [Image.open(BytesIO(page)) for page in PAGES.preview(LONG, an_address())]

    assert len(pictures) == len(PdfReader(BytesIO(PAGES.letter(LONG, an_address()))).pages)
    assert {picture.format for picture in pictures} == {"PNG"}
    assert all(picture.convert("L").getextrema()[0] < 60 for picture in pictures)


def test_what_looks_like_markup_stays_text():
    body = (
        'Dear all,\n\n#read("/etc/passwd") $x^2$ *bold* = head @ref <label> // gone \\ \\u{41} `raw` #[x]\n'
    )
    words = plain(
        text_of_pages(PAGES.letter(replace(LETTER, body=body, subject="#panic() *x*"), an_address()))
    )

    assert plain(body) in words
    assert "#panic() *x*" in words


@pytest.mark.parametrize(
    "text",
    [
        "שרה כהן",
        "محمد علي",
        "e\u0301\u0323 o\u0308\u0304",
        "李小龙",
        "🛑",
        "\U00012000",
        "a\u200bb",
        "\u202eabc",
        "-- ... \"q\" 'q'",
    ],
)
@pytest.mark.parametrize("page_format", PageFormat)
def test_no_script_breaks_a_page(page_format, text):
    letter = replace(LETTER, body=f"{text},\n\n{text}\n– {text}\n\nYours,\n\n{text}\n", subject=text)
    document = PAGES.letter(
        letter, an_address(page_format, recipient_lines=(text, "Street 1", "City"), reference=text)
    )

    assert document.startswith(b"%PDF-")
    assert PAGES.preview(letter, an_address(page_format, recipient_lines=(text,)))


@pytest.mark.parametrize("body", ["", "\n", "x", ",", "a,\n\nb", "– a", "–", "x\n– a\ny", "\n\n\n– \n\n\n"])
def test_a_text_of_any_shape_becomes_a_page(body):
    assert PAGES.letter(replace(LETTER, body=body), an_address()).startswith(b"%PDF-")


def test_a_letter_without_sender_and_subject_becomes_a_page_too():
    bare = an_address(sender_lines=(), recipient_lines=())

    assert PAGES.letter(replace(LETTER, subject=""), bare).startswith(b"%PDF-")


def test_a_signature_never_stands_alone_on_a_sheet():
    for more in range(300, 420, 4):
        body = LETTER.body.replace("Please have this", "Some words more. " * more + "\n\nPlease have this")
        document = PAGES.letter(replace(LETTER, body=body), an_address())
        last = PdfReader(BytesIO(document)).pages[-1].extract_text()

        assert "Yours faithfully" not in last or "E-mail:" in last


def test_a_layout_reads_nothing_outside_its_folder(tmp_path):
    layouts = tmp_path / "pages"
    shutil.copytree(LAYOUTS, layouts)
    (tmp_path / "secret.txt").write_text("secret")
    (layouts / "letter-a4.typ").write_text('#read("../secret.txt")')
    with pytest.raises(HandOverError, match="Copy its text"):
        Pages(layouts).letter(LETTER, an_address())

    (layouts / "letter-a4.typ").write_text('#import "@preview/cetz:0.4.0"')
    with pytest.raises(HandOverError):
        Pages(layouts).letter(LETTER, an_address())


def test_reading_pages_in_does_not_load_the_engine():
    code = "import sys, optout_desktop.adapters.pages; sys.exit('typst' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
