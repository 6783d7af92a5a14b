# SPDX-License-Identifier: Apache-2.0
"""Letters and annexes on paper: words and addresses → typst → PDF, or the pages of the preview.

The layouts lie in ``resources/pages``; what is said is handed in as data, so its text is never markup, and the
compiler can read nothing outside that folder. The same words always make the same bytes. An address that does
not fit the window of its envelope is refused, never cut off.
"""

from __future__ import annotations

import json
from calendar import timegm
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from optout_desktop.domain.errors import HandOverError
from optout_desktop.domain.explaining import Annex
from optout_desktop.domain.letters import Letter, PageAddress, PageFormat, clean_line

from .qr import QUIET_ZONE_MODULES, qr_drawing, qr_modules

PREVIEW_PIXELS_PER_INCH = 110.0
LONGEST_CODED_REFERENCE = 40
"""Signs; the code of a longer one would outgrow its place."""

_MASK = 3
"""One pattern for every page: a page is made in a few milliseconds, and every reader undoes every pattern."""
_LAYOUTS = {
    PageFormat.A4_DIN_5008: "letter-a4.typ",
    PageFormat.A4_DIN_5008_A: "letter-a4-a.typ",
    PageFormat.US_LETTER_10: "letter-us.typ",
}
_ANNEX = "annex.typ"
_PAPERS = {
    PageFormat.A4_DIN_5008: "a4",
    PageFormat.A4_DIN_5008_A: "a4",
    PageFormat.US_LETTER_10: "us-letter",
}
_REFUSALS = {
    "recipient-too-long": (
        "The recipient's address does not fit the window of the envelope, even in the smallest letters. "
        "Shorten it, or leave out a line."
    ),
    "sender-too-long": (
        "Your own address does not fit its place on the page, even in the smallest letters. "
        "Shorten it, or leave out a line."
    ),
}
"""What a layout says where an address is too long, by its own word for it."""
_STANDARDS = ["a-2a", "ua-1"]
"""Archivable and accessible at once: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1)."""


class Pages:
    """Typeset pages from the layouts in ``folder`` (``resources/pages``); may be asked from several threads.

    A compiler of typst serves one caller at a time and refuses a second one, so that pages are set one after another.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._compilers: dict[tuple[str, bool], Any] = {}
        self._press = Lock()

    def letter(
        self,
        letter: Letter,
        address: PageAddress,
        *,
        annexes: tuple[str, ...] = (),
        is_registered: bool = False,
    ) -> bytes:
        """The letter as a tagged PDF with embedded fonts.

        ``annexes`` names what goes along and is listed at the end; ``is_registered`` says so above the
        recipient. Raises ``HandOverError`` where it cannot be set, or an address does not fit its window.
        """
        inputs = _as_inputs(letter, address, annexes, is_registered=is_registered)
        with self._press:
            document, _ = self._typeset(_LAYOUTS[address.page_format], inputs, address.written_on)
        return document

    def annex(self, annex: Annex) -> bytes:
        """The explanation of a date as a tagged PDF; raises ``HandOverError`` where it cannot be set."""
        inputs = _annex_as_inputs(annex)
        with self._press:
            document, _ = self._typeset(_ANNEX, inputs, annex.made_on)
        return document

    def preview(
        self,
        letter: Letter,
        address: PageAddress,
        *,
        annexes: tuple[str, ...] = (),
        is_registered: bool = False,
    ) -> tuple[bytes, ...]:
        """The pages of the same PDF as PNG pictures; raises ``HandOverError`` as ``letter`` does."""
        inputs = _as_inputs(letter, address, annexes, is_registered=is_registered)
        with self._press:
            _, compiler = self._typeset(_LAYOUTS[address.page_format], inputs, address.written_on)
            made: bytes | list[bytes] = compiler.compile(
                sys_inputs=inputs, format="png", ppi=PREVIEW_PIXELS_PER_INCH
            )
        return (made,) if isinstance(made, bytes) else tuple(made)

    def _typeset(self, layout: str, inputs: dict[str, str], made_on: date) -> tuple[bytes, Any]:
        """The PDF and the compiler that could set it.

        First with the fonts that come with the engine: they serve every Latin, Greek, Cyrillic, Hebrew and
        Arabic letter and depend on nothing of this machine. Other scripts need the system's fonts, and a sign
        that no font has is only allowed outside the standards.
        """
        written_at = timegm(made_on.timetuple())
        problem: Exception | None = None
        for with_system_fonts, standards in ((False, _STANDARDS), (True, _STANDARDS), (True, [])):
            compiler = self._compiler(layout, with_system_fonts=with_system_fonts)
            try:
                document: bytes = compiler.compile(
                    sys_inputs=inputs, format="pdf", timestamp=written_at, pdf_standards=standards
                )
            except self._engine.TypstError as error:
                for word, sentence in _REFUSALS.items():
                    if word in str(error):
                        raise HandOverError(sentence) from error
                problem = error
            else:
                return document, compiler
        raise HandOverError("The letter could not be set on a page. Copy its text instead.") from problem

    def _compiler(self, layout: str, *, with_system_fonts: bool) -> Any:  # noqa: ANN401 - see _engine
        key = layout, with_system_fonts
        if key not in self._compilers:
            self._compilers[key] = self._engine.Compiler(
                self._folder / layout,
                root=self._folder,
                ignore_system_fonts=not with_system_fonts,
                # an empty place: no layout may fetch or find a package
                package_path=self._folder / "no-packages",
                package_cache_path=self._folder / "no-packages",
            )
        return self._compilers[key]

    @cached_property
    def _engine(self) -> Any:  # noqa: ANN401 - 30 MB of machine code that the start of the app does not need
        import typst

        return typst


def _as_inputs(
    letter: Letter, address: PageAddress, annexes: tuple[str, ...], *, is_registered: bool
) -> dict[str, str]:
    drawing, modules_across = _code(address.reference)
    data = {
        "language": letter.language,
        "title": letter.subject or address.reference,
        "author": clean_line(address.sender_lines[0]) if address.sender_lines else "",
        "body": letter.body,
        "sender_lines": _lines(address.sender_lines),
        "recipient_lines": _lines(address.recipient_lines),
        "date_text": address.date_text,
        "reference": address.reference,
        "code": drawing,
        "code_modules": modules_across,
        "annexes": _lines(annexes),
        "is_registered": is_registered,
        "year": address.written_on.year,
        "month": address.written_on.month,
        "day": address.written_on.day,
    }
    return {"letter": json.dumps(data, ensure_ascii=False)}


def _lines(lines: tuple[str, ...]) -> list[str]:
    """The lines that say something, each one in one line."""
    return [line for line in map(clean_line, lines) if line]


def _code(reference: str) -> tuple[str, int]:
    """The drawing of the reference's code and its modules across; nothing where there is none to draw."""
    if not reference or len(reference) > LONGEST_CODED_REFERENCE:
        return "", 0
    modules = qr_modules(reference, mask=_MASK)
    return qr_drawing(modules), len(modules) + 2 * QUIET_ZONE_MODULES


def _annex_as_inputs(annex: Annex) -> dict[str, str]:
    words = annex.words
    data = {
        "paper": _PAPERS[annex.page_format],
        "language": words.language,
        "title": words.title,
        "heading": words.heading,
        "about": [clean_line(line) for line in words.about],
        "lines": [
            {"text": line.text, "is_result": line.is_result, "link": line.link} for line in words.lines
        ],
        "made_text": words.made_text,
        "notice": words.notice,
        "reference": annex.reference,
        "year": annex.made_on.year,
        "month": annex.made_on.month,
        "day": annex.made_on.day,
    }
    return {"annex": json.dumps(data, ensure_ascii=False)}
