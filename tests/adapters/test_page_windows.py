# SPDX-License-Identifier: Apache-2.0
"""The address in the window of its envelope, measured twice: from where the PDF sets its words, and from its ink.

A folded sheet slides in its envelope, so a window has two edges: what shows wherever the sheet lies, and what
could show at all. The recipient lies inside the first; no other word of the letter lies inside the second.
"""

import subprocess
from dataclasses import dataclass
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from optout_desktop.domain.errors import HandOverError
from optout_desktop.domain.letters import Letter, LetterKind, PageFormat
from tests.adapters.printed_pages import PAGES, RECIPIENT, an_address

DOTS_PER_INCH = 200
MM, INCH = 72 / 25.4, 72.0
LETTER = Letter(
    kind=LetterKind.REQUEST,
    subject="Opt-out of sale and sharing",
    body="Dear Sir or Madam,\n\nplease stop it, all of it.\n\nYours faithfully,\n\nJane Example\n",
)


@dataclass(frozen=True)
class Box:
    """A rectangle in points, counted from the sheet's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x, y):
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    @property
    def pixels(self):
        """The same in dots of the rendered page."""
        return tuple(
            round(max(0, side) * DOTS_PER_INCH / 72)
            for side in (self.left, self.top, self.right, self.bottom)
        )


@dataclass(frozen=True)
class Window:
    """What shows of a sheet wherever it slides, what could show at all, and the recipient's place in it."""

    always: Box
    ever: Box
    recipient: Box


def din_window(field_top):
    """DIN 680: a window of 90 x 45 mm, 20 mm from the left and 15 mm from the bottom of 220 x 110 mm, over
    a sheet folded to 210 x 105 mm; DIN 5008: the recipient below the first 17.7 mm of the field."""
    return Window(
        always=Box(20 * MM, (field_top + 5) * MM, 100 * MM, (field_top + 45) * MM),
        ever=Box(10 * MM, field_top * MM, 110 * MM, (field_top + 50) * MM),
        recipient=Box(20 * MM, (field_top + 17.7) * MM, 100 * MM, (field_top + 45) * MM),
    )


# a #10 window, 4½ x 1⅛ in, ⅞ in from the left and ½ in from the bottom of 9½ x 4⅛ in, over 8½ x 3⅔ in
NUMBER_10 = Box(0.875 * INCH, 2.5 * INCH, 4.375 * INCH, 3.167 * INCH)
WINDOWS = {
    PageFormat.A4_DIN_5008: din_window(45),
    PageFormat.A4_DIN_5008_A: din_window(27),
    PageFormat.US_LETTER_10: Window(
        always=NUMBER_10, ever=Box(0, 2.042 * INCH, 5.375 * INCH, 3.625 * INCH), recipient=NUMBER_10
    ),
}
HARD = {
    "three lines": ("Northwind Data LLC", "1 Main Street", "Sacramento, CA 95814"),
    "six lines": (
        "Northwind Data LLC",
        "Legal",
        "Attn: Privacy",
        "Building 7",
        "1 Main Street",
        "Åmål ŻÓŁĆ gjpqy",
    ),
    "a name of 120 signs": ("Northwind Data and Analytics " * 4, "1 Main Street", "Sacramento, CA 95814"),
    "a word that nothing parts": ("W" * 35, "1 Main Street", "Sacramento, CA 95814"),
    "a word of 60 signs": ("N" * 60, "1 Main Street", "Sacramento, CA 95814"),
    "German": ("Donaudampfschifffahrtsgesellschaft mbH & Co. KG", "Straße 1", "80331 München", "GERMANY"),
}
ENDLESS = {
    "ten lines": tuple(f"Line {number} of the address" for number in range(10)),
    "a name of 200 signs": (
        "Northwind Data LLC, " * 10,
        "Attn: Privacy Office",
        "4567 Main Street",
        "Sacramento",
    ),
    "a name of 300 signs": ("N" * 300, "Attn: Privacy Office", "4567 Main Street", "Sacramento, CA 95814"),
    "ten lines of 200 signs": ("Northwind Data LLC, " * 10,) * 10,
    "Hebrew": ("שלום עולם " * 30, "1 Main Street", "Sacramento"),
    "lines of one sign": ("x",) * 40,
}


def set_or_refused(page_format, recipient, **changes):
    """The PDF and no reason, or no PDF and the reason why not."""
    try:
        return PAGES.letter(LETTER, an_address(page_format, recipient_lines=recipient, **changes)), ""
    except HandOverError as error:
        return b"", str(error)


def ink(document):
    """The first page in grey, as a printer would lay it down."""
    command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-gray", "-f", "1", "-l", "1", "-png", "-"]
    done = subprocess.run(command, input=document, capture_output=True, check=True)
    return Image.open(BytesIO(done.stdout)).convert("L")


def is_blank(page, box):
    return page.crop(box.pixels).getextrema()[0] > 200


def places_of(document, *wanted):
    """Where the PDF sets the wanted lines: x and baseline, from the sheet's upper left corner."""
    page = PdfReader(BytesIO(document)).pages[0]
    height, found = float(page.mediabox.height), []

    def visit(text, matrix, place, _font, _size):
        if text.strip() in wanted:
            x = place[4] * matrix[0] + place[5] * matrix[2] + matrix[4]
            y = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
            found.append((x, height - y))

    page.extract_text(visitor_text=visit)
    return found


def edges_of_difference(one, other):
    """The rectangle, in points, around all ink that one page has and the other has not."""
    box = ImageChops.difference(one, other).point(lambda grey: 255 if grey > 40 else 0).getbbox()
    return Box(*(side * 72 / DOTS_PER_INCH for side in box))


@pytest.mark.parametrize("page_format", PageFormat)
def test_every_line_of_the_recipient_is_set_inside_the_window(page_format):
    document = PAGES.letter(LETTER, an_address(page_format))
    places = places_of(document, *RECIPIENT)

    assert len(places) == len(RECIPIENT)
    assert all(WINDOWS[page_format].recipient.holds(x, y) for x, y in places)


@pytest.mark.parametrize("page_format", PageFormat)
@pytest.mark.parametrize("recipient", HARD.values(), ids=HARD)
def test_the_ink_of_the_recipient_lies_inside_the_window_wherever_the_sheet_slides(page_format, recipient):
    document, _ = set_or_refused(page_format, recipient)
    without, _ = set_or_refused(page_format, ())
    inked, window = edges_of_difference(ink(document), ink(without)), WINDOWS[page_format].recipient

    assert window.holds(inked.left, inked.top)
    assert window.holds(inked.right, inked.bottom)


@pytest.mark.parametrize("page_format", PageFormat)
@pytest.mark.parametrize("recipient", ENDLESS.values(), ids=ENDLESS)
def test_an_endless_address_shrinks_or_is_refused_and_never_leaves_the_window(page_format, recipient):
    document, refused = set_or_refused(page_format, recipient)
    if refused:
        assert refused.startswith("The recipient's address does not fit the window")
        return
    without, _ = set_or_refused(page_format, ())
    inked, window = edges_of_difference(ink(document), ink(without)), WINDOWS[page_format].recipient

    assert window.holds(inked.left, inked.top)
    assert window.holds(inked.right, inked.bottom)


def test_an_address_of_forty_lines_is_refused_in_every_format():
    reasons = {page_format: set_or_refused(page_format, ("x",) * 40)[1] for page_format in PageFormat}

    assert all("Shorten it, or leave out a line." in reason for reason in reasons.values())


@pytest.mark.parametrize("page_format", [PageFormat.A4_DIN_5008, PageFormat.A4_DIN_5008_A])
def test_ten_lines_fit_a_german_window(page_format):
    assert set_or_refused(page_format, ENDLESS["ten lines"])[1] == ""


@pytest.mark.parametrize("page_format", PageFormat)
def test_nothing_else_shows_in_the_window_wherever_the_sheet_slides(page_format):
    long_subject = Letter(kind=LETTER.kind, subject="Opt-out of sale " * 12, body=LETTER.body)
    bare = an_address(
        page_format, sender_lines=(), recipient_lines=(), date_text="Wednesday 25 November 2026 " * 2
    )
    page = ink(PAGES.letter(long_subject, bare))

    assert not is_blank(page, Box(0, 0, 8 * INCH, 11 * INCH))
    assert is_blank(page, WINDOWS[page_format].ever)


@pytest.mark.parametrize("page_format", [PageFormat.A4_DIN_5008, PageFormat.A4_DIN_5008_A])
def test_the_return_line_stands_in_the_window_above_the_recipient(page_format):
    window = WINDOWS[page_format]
    with_line, without = (
        PAGES.letter(LETTER, an_address(page_format, sender_lines=lines))
        for lines in (("Jane Example", "12 Linden Street", "Springfield, VA 22150"), ())
    )
    inked = edges_of_difference(ink(with_line), ink(without))

    assert window.always.holds(inked.left, inked.top)
    assert inked.right <= window.always.right
    assert inked.bottom < window.recipient.top


def test_the_sender_of_an_american_letter_stands_above_the_window():
    page_format = PageFormat.US_LETTER_10
    with_sender, without = (
        PAGES.letter(LETTER, an_address(page_format, sender_lines=lines))
        for lines in (("Jane Example", *("A line of it",) * 6), ())
    )

    assert edges_of_difference(ink(with_sender), ink(without)).bottom < WINDOWS[page_format].ever.top


@pytest.mark.parametrize("page_format", PageFormat)
def test_registered_mail_is_said_above_the_recipient(page_format):
    window = WINDOWS[page_format]
    address = an_address(page_format)
    plain, registered = (PAGES.letter(LETTER, address, is_registered=is_so) for is_so in (False, True))
    inked = edges_of_difference(ink(registered), ink(plain))

    assert "Registered mail" in PdfReader(BytesIO(registered)).pages[0].extract_text()
    assert inked.bottom < window.recipient.top
    assert window.always.holds(inked.left, inked.top) or inked.bottom < window.ever.top


@pytest.mark.parametrize("page_format", PageFormat)
def test_a_sender_without_end_is_refused_with_a_sentence(page_format):
    _, refused = set_or_refused(page_format, RECIPIENT, sender_lines=("Jane Example of the Long Road",) * 60)

    assert refused.startswith("Your own address does not fit its place")


@pytest.mark.parametrize(
    ("page_format", "folds"),
    [
        (PageFormat.A4_DIN_5008, (105 * MM, 210 * MM)),
        (PageFormat.A4_DIN_5008_A, (87 * MM, 192 * MM)),
        (PageFormat.US_LETTER_10, (11 * INCH / 3, 22 * INCH / 3)),
    ],
)
def test_marks_at_the_edge_say_where_to_fold(page_format, folds):
    page = ink(PAGES.letter(LETTER, an_address(page_format)))
    around = [Box(0, at - 2, 8 * MM, at + 2) for at in folds]

    assert not any(is_blank(page, box) for box in around)
    assert is_blank(page, Box(0, folds[0] + 3, 8 * MM, folds[0] + 30 * MM))


@pytest.mark.parametrize("page_format", PageFormat)
def test_a_letter_is_black_on_white(page_format):
    command = ["pdftoppm", "-r", "100", "-png", "-"]
    document = PAGES.letter(LETTER, an_address(page_format))
    done = subprocess.run(command, input=document, capture_output=True, check=True)
    page = Image.open(BytesIO(done.stdout)).convert("RGB")
    red, green, blue = page.split()

    assert page.getpixel((2, 2)) == (255, 255, 255)
    assert page.getextrema()[0][0] < 10
    assert ImageChops.difference(red, green).getbbox() is None
    assert ImageChops.difference(green, blue).getbbox() is None
