# SPDX-License-Identifier: Apache-2.0
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from threading import Barrier

import pytest
from PIL import Image
from pypdf import PdfReader

from optout_desktop.adapters.pages import Pages
from optout_desktop.catalog.templates import Templates
from optout_desktop.domain.errors import HandOverError
from optout_desktop.domain.letters import PageFormat
from tests.adapters.printed_pages import LAYOUTS, LETTER, PAGES, an_address
from tests.golden.letters.cases import CASES, LETTERS

LONG = replace(
    LETTER, body=LETTER.body.replace("Please have this", "A paragraph more. " * 400 + "\n\nPlease have this")
)


def told(program, document, *options):
    """What one of poppler's tools says about a PDF (Debian package: poppler-utils)."""
    done = subprocess.run([program, *options, "-"], input=document, capture_output=True, check=True)
    return done.stdout.decode()


def text_of_pages(document, option="-raw"):
    """The words of all pages in reading order, by poppler's pdftotext."""
    done = subprocess.run(["pdftotext", option, "-", "-"], input=document, capture_output=True, check=True)
    return done.stdout.decode()


def plain(text):
    return " ".join(text.replace("\u200b", "").split())


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
    assert sizes[PageFormat.A4_DIN_5008_A].endswith("(A4)")
    assert sizes[PageFormat.US_LETTER_10].endswith("(letter)")


def test_the_same_letter_makes_the_same_bytes():
    assert PAGES.letter(LETTER, an_address()) == Pages(LAYOUTS).letter(LETTER, an_address())


def test_pages_that_are_asked_for_at_once_are_all_set():
    """The preview is drawn beside the vault's thread, where the same letter may be set at that moment."""
    pages, at_once = Pages(LAYOUTS), Barrier(4)

    def ask(number):
        at_once.wait()
        if number % 2:
            return {len(pages.preview(LONG, an_address())) for _ in range(8)}
        return {pages.letter(LONG, an_address()) for _ in range(8)}

    with ThreadPoolExecutor(4) as threads:
        first, sheets, again, _ = threads.map(ask, range(4))

    document = PAGES.letter(LONG, an_address())
    assert first == again == {document}
    assert sheets == {len(PdfReader(BytesIO(document)).pages)}


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
