# SPDX-License-Identifier: Apache-2.0
"""The explanation of a date on paper: word for word, tagged, numbered, the same bytes every time."""

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from optout_desktop.adapters.pages import Pages
from optout_desktop.domain.explaining import Annex, AnnexLine, AnnexWords, explain
from optout_desktop.domain.letters import PageFormat
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from optout_desktop.domain.running import clocks_of
from optout_desktop.gui.why_view import sentences_of
from tests.adapters.test_pages import LAYOUTS, PAGES, plain, text_of_pages, told
from tests.lawbooks import a_request, an_event, conventions, holiday_book, shipped_laws

SENT_ON = date(2026, 10, 20)
SENT = an_event(EventKind.SENT, SENT_ON)


def lines_of(law, right, rule, *events, place="US-CA"):
    """The sentences of a clock as the window says them."""
    request = a_request(law, right, SENT, *events, place=place)
    clocks = clocks_of(request, shipped_laws().law(request.law).rules, holiday_book(), conventions())
    clock = next(known for known in clocks if known.rule.id == rule)
    said = sentences_of(clock.step, explain(clock, request, holiday_book()))
    return tuple(AnnexLine(text=one.text, is_result=one.is_result, link=one.link) for one in said)


ONE_LINE = (AnnexLine(text="Monday is day 0."),)


def an_annex(lines=ONE_LINE, page_format=PageFormat.A4_DIN_5008, **changes):
    words = AnnexWords(
        rule="ccpa.optout",
        title="Why this date?",
        heading="The company must do what you asked",
        about=("Request of Jane Example to Northwind Data LLC", "California Consumer Privacy Act"),
        lines=tuple(lines),
        made_text="Counted on 22 Nov 2026 with OptOut Desktop.",
        notice="This is information, not legal advice.",
    )
    return Annex(
        words=replace(words, **changes),
        reference="OO-7F3K-22",
        made_on=date(2026, 11, 22),
        page_format=page_format,
    )


def after(days, kind, **changes):
    return an_event(kind, SENT_ON + timedelta(days=days), **changes)


CLOCKS = {
    "business days": ("us-ca-ccpa", Right.OPTOUT_SALE, "ccpa.optout"),
    "business days from the day itself": ("au-spam", Right.UNSUBSCRIBE_EMAIL, "au.unsub"),
    "days and an extension": (
        "us-ca-ccpa",
        Right.DELETE,
        "ccpa.respond",
        after(20, EventKind.EXTENDED, until=date(2027, 8, 1), reason="many requests"),
    ),
    "a year": ("us-ca-ccpa", Right.OPTOUT_SALE, "ccpa.reask"),
    "years": ("us-dnc-internal", Right.DO_NOT_CALL_INTERNAL, "dnc-internal.duration"),
    "months": ("eu-gdpr", Right.ACCESS, "gdpr.answer"),
    "minutes": ("us-tcpa", Right.SMS_STOP, "tcpa.confirmation"),
    "a pause": (
        "uk-gdpr",
        Right.ACCESS,
        "uk.answer",
        after(3, EventKind.CLARIFICATION_ASKED),
        after(6, EventKind.CLARIFICATION_RECEIVED),
    ),
    "no number": ("eu-gdpr", Right.OBJECT_DIRECT_MARKETING, "gdpr.object-dm"),
    "an effect": ("nz-uema", Right.UNSUBSCRIBE_EMAIL, "nz.unsub"),
}


@pytest.mark.parametrize("clock", CLOCKS)
def test_the_page_says_every_line_that_the_window_says(clock):
    law, right, rule, *events = CLOCKS[clock]
    lines = lines_of(law, right, rule, *events, place="AU-NSW" if law.startswith("au") else "DE-BY")
    words = plain(text_of_pages(PAGES.annex(an_annex(lines))))

    assert len(lines) >= 5
    for line in lines:
        assert plain(line.text) in words, line.text


@pytest.mark.parametrize("page_format", PageFormat)
def test_every_page_of_it_has_its_number_the_reference_and_that_it_is_no_advice(page_format):
    lines = [AnnexLine(text=f"Day {number} counts: it is a working day.") for number in range(90)]
    pages = PdfReader(BytesIO(PAGES.annex(an_annex(lines, page_format)))).pages

    assert len(pages) >= 2
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"Page {number} of {len(pages)}" in text
        assert "Reference OO-7F3K-22" in text
        assert "This is information, not legal advice." in text


def test_a_web_address_is_printed_in_full():
    link = "https://law.example.org/code/" + "section/" * 20
    words = text_of_pages(PAGES.annex(an_annex([AnnexLine(text="Where it is written.", link=link)])))

    assert link in words.replace("\u200b", "").replace("\n", "")


def test_an_annex_is_tagged_archivable_and_its_fonts_are_embedded():
    document = PAGES.annex(an_annex(lines_of("us-ca-ccpa", Right.OPTOUT_SALE, "ccpa.optout")))
    _, _, *fonts = told("pdffonts", document).splitlines()

    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)
    assert re.search(r"^Tagged: +yes$", told("pdfinfo", document), re.MULTILINE)
    assert re.search(r"^Title: +Why this date", told("pdfinfo", document), re.MULTILINE)
    assert b"<pdfaid:part>2</pdfaid:part>" in document
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document


def test_the_same_annex_makes_the_same_bytes():
    assert PAGES.annex(an_annex()) == Pages(LAYOUTS).annex(an_annex())


@pytest.mark.parametrize("text", ["#panic() *x* $y$", "שרה כהן", "李小龙", "\u202eabc", "x" * 400, ""])
def test_what_a_company_wrote_stays_text_and_breaks_no_page(text):
    annex = an_annex([AnnexLine(text=text, link=text)], about=(text,), heading=text or "x")

    assert PAGES.annex(annex).startswith(b"%PDF-")
