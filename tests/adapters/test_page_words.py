# SPDX-License-Identifier: Apache-2.0
"""What a page says beside its letter: labels and hyphens of its language, annexes, and a code to scan."""

import re
import subprocess
import tomllib
from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image, ImageChops
from pypdf import PdfReader
from pyzbar import pyzbar

from optout_desktop.adapters.pages import LONGEST_CODED_REFERENCE
from optout_desktop.domain.letters import LETTER_LANGUAGES, PageFormat
from tests.adapters.printed_pages import LAYOUTS, LETTER, PAGES, an_address

LABELS = tomllib.loads((LAYOUTS / "labels.toml").read_text(encoding="utf-8"))
WORDS = {
    "en": "“Stop,” she wrote – it’s enough…",
    "de": "„Schluss“, schrieb sie – ‚genug‘: Äpfel, Öl, Übung, Straße, ẞ",
    "fr": "« Arrêtez », écrivit-elle – œuvre, façade, naïf, où",
    "es": "«¡Basta!», escribió – ¿mañana? Ñ, ü",
    "it": "«Basta», scrisse – perché, città, è, ù",
    "nl": "„Stop”, schreef ze – één, ĳs, geïnd",
    "pt": "«Chega», escreveu – coração, não, à, õ",
    "pl": "„Dość”, napisała – zażółć gęślą jaźń, ŹDŹBŁO, Ł, ń",
}
LONG_WORDS = {
    "de": "Datenschutzgrundverordnungsbestimmungen ",
    "nl": "Gegevensbeschermingsverantwoordelijkheden ",
    "pl": "najprawdopodobniejszymi przeprowadzającymi ",
}


def in_language(language, body=None):
    return replace(LETTER, language=language, **({} if body is None else {"body": body}))


def words_of(document, option="-raw"):
    done = subprocess.run(["pdftotext", option, "-", "-"], input=document, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def picture_of(document, dots_per_inch):
    command = ["pdftoppm", "-r", str(dots_per_inch), "-f", "1", "-l", "1", "-png", "-"]
    done = subprocess.run(command, input=document, capture_output=True, check=True)
    return Image.open(BytesIO(done.stdout)).convert("L")


def test_there_are_labels_for_every_language_that_letters_are_written_in():
    assert set(LABELS) == set(LETTER_LANGUAGES)
    assert {tuple(labels) for labels in LABELS.values()} == {tuple(LABELS["en"])}
    assert all("{page}" in labels["page"] and "{pages}" in labels["page"] for labels in LABELS.values())
    assert all("{reference}" in labels["code"] for labels in LABELS.values())


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_the_labels_are_those_of_the_letters_language(language):
    labels = LABELS[language]
    document = PAGES.letter(
        in_language(language), an_address(), annexes=("Ausweis – Kopie.pdf",), is_registered=True
    )
    words = words_of(document)

    assert f"{labels['date']} Wednesday 25 November 2026" in words
    assert f"{labels['reference']} OO-7F3K-22" in words
    assert labels["page"].format(page=1, pages=1) in words
    assert f"{labels['annexes']} – Ausweis – Kopie.pdf" in words
    assert labels["registered"] in words


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_a_screen_reader_is_told_the_letters_language(language):
    document = PdfReader(BytesIO(PAGES.letter(in_language(language), an_address())))

    assert str(document.trailer["/Root"]["/Lang"]).split("-")[0] == language
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_every_letter_and_quotation_mark_of_a_language_is_in_an_embedded_font(language):
    document = PAGES.letter(in_language(language, f"{WORDS[language]}\n"), an_address())
    done = subprocess.run(["pdffonts", "-"], input=document, capture_output=True, check=True)
    _, _, *fonts = done.stdout.decode().splitlines()

    assert WORDS[language] in words_of(document)
    assert fonts
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document


@pytest.mark.parametrize("language", LONG_WORDS)
def test_a_long_word_is_parted_by_the_rules_of_its_language(language):
    body = LONG_WORDS[language] * 20 + "\n"
    lines = PAGES.letter(in_language(language, body), an_address())
    text = PdfReader(BytesIO(lines)).pages[0].extract_text()
    plain = re.sub(r"[\u00ad\u2010-]\s*", "", text)

    assert re.search(r"\w[\u00ad\u2010-]\n", text)
    assert LONG_WORDS[language].split()[0] in plain


def test_no_hyphen_slips_into_an_address():
    address = "verantwortlichkeiten.datenschutzbeauftragter@bundesangelegenheiten.example"
    for before in range(0, 60, 3):
        body = f"{'x' * before} {address} und weiter\n"
        text = words_of(PAGES.letter(in_language("de", body), an_address())).replace("\u200b", "")

        assert address in text.replace(" ", "")


def test_annexes_stand_at_the_very_end():
    document = PAGES.letter(LETTER, an_address(), annexes=("Copy of an ID.pdf", "Power of attorney.pdf"))
    words = words_of(document)

    assert words.index("Annexes") > words.index("Yours faithfully")
    assert words.index("Copy of an ID.pdf") < words.index("Power of attorney.pdf")
    assert "Annexes" not in words_of(PAGES.letter(LETTER, an_address()))


@pytest.mark.parametrize("page_format", PageFormat)
@pytest.mark.parametrize("reference", ["OO-7F3K-22", "OO-ZZZZ-99", "Ż/12 – ä", "x" * LONGEST_CODED_REFERENCE])
def test_two_readers_find_the_reference_on_the_printed_page(page_format, reference):
    page = picture_of(PAGES.letter(LETTER, an_address(page_format, reference=reference)), 200)
    [by_zxing] = zxingcpp.read_barcodes(page)
    [by_zbar] = pyzbar.decode(page, symbols=[pyzbar.ZBarSymbol.QRCODE])

    assert by_zxing.text == reference
    assert by_zbar.data.decode() == reference


def test_a_letter_without_a_reference_carries_no_code():
    for reference in ("", "x" * (LONGEST_CODED_REFERENCE + 1)):
        page = picture_of(PAGES.letter(LETTER, an_address(reference=reference)), 200)

        assert zxingcpp.read_barcodes(page) == []


def test_the_code_has_words_for_those_who_do_not_see_it():
    document = PdfReader(BytesIO(PAGES.letter(LETTER, an_address())))
    said = [
        str(each.get_object()["/Alt"])
        for each in (document.get_object(number) for number in range(1, document.trailer["/Size"]))
        if isinstance(each.get_object(), dict) and "/Alt" in each.get_object()
    ]

    assert said == ["Code to scan: OO-7F3K-22"]


@pytest.mark.parametrize("page_format", PageFormat)
def test_the_preview_is_the_page_that_is_printed(page_format):
    address = an_address(page_format)
    [preview] = PAGES.preview(LETTER, address, annexes=("a.pdf",), is_registered=True)
    seen = Image.open(BytesIO(preview)).convert("L")
    printed = picture_of(PAGES.letter(LETTER, address, annexes=("a.pdf",), is_registered=True), 110)
    # two engines draw the edges of letters differently: compared is how dark each tenth of an inch is
    grid = (seen.width // 11, seen.height // 11)
    coarse = [page.resize(grid, Image.Resampling.BOX) for page in (seen, printed)]

    assert [code.text for code in zxingcpp.read_barcodes(seen)] == ["OO-7F3K-22"]
    assert coarse[0].getextrema()[0] < 200
    assert ImageChops.difference(*coarse).getextrema()[1] < 40


@pytest.mark.parametrize("page_format", PageFormat)
def test_the_same_page_with_annexes_is_the_same_bytes(page_format):
    first, second = (
        PAGES.letter(LETTER, an_address(page_format), annexes=("a.pdf",), is_registered=True)
        for _ in range(2)
    )

    assert first == second
