# SPDX-License-Identifier: Apache-2.0
"""How fast a letter becomes a page: ours beside bare typst, ReportLab and WeasyPrint with the same letter.

Every page is of another letter (its reference differs), so that no engine is measured by what it remembers. The
other engines are asked for the same: the address in its window, the code, the words, embedded fonts. ReportLab's
page has no tags; WeasyPrint's claims PDF/UA-1 as ours does.
"""

from __future__ import annotations

import base64
import html
import io
import json
from calendar import timegm
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

import typst
from bench_measuring import Bench, Row, Subject, interleaved
from bench_vaults import TODAY

from optout_desktop.adapters.pages import Pages
from optout_desktop.adapters.qr import qr_drawing, qr_modules
from optout_desktop.catalog.files import Resources
from optout_desktop.domain.letters import Letter, LetterKind, PageAddress, PageFormat

_LAYOUTS = {
    PageFormat.US_LETTER_10: "letter-us.typ",
    PageFormat.A4_DIN_5008: "letter-a4.typ",
    PageFormat.A4_DIN_5008_A: "letter-a4-a.typ",
}
_MM = 72 / 25.4
_LETTER = Letter(
    kind=LetterKind.REQUEST,
    subject="Opt-out of sale and sharing",
    body="""Dear Northwind Data LLC,

I direct you not to sell or share my personal information, under Cal. Civ. Code 1798.120 (CCPA). Please:
– stop every sale, and every sharing for cross-context behavioral advertising, under all your names and for every
identifier linked to me;
– tell each third party to whom it was sold or shared after you received this request, so that they stop too.

An opt-out needs neither a verified identity nor an account (11 CCR 7026(d); Cal. Civ. Code 1798.135(c)(1)). If you
need more to find the record, please ask for that alone. Please do not ask me to reverse it for 12 months.

Please have this done by Thursday 17 December 2026 (15 business days: 11 CCR 7026(f)(1)) and confirm it in writing.

These details identify my record:
Name: Jane Example
E-mail: jane@example.org

Yours faithfully,

Jane Example
""",
)
"""About as long as the shipped letters are."""


def pages(bench: Bench) -> Iterator[Row]:
    """One-page letters as PDF. Baselines: typst itself on the same layout and letter; ReportLab; WeasyPrint."""
    folder = Resources.found().path("pages")
    runs = bench.sizes.pages
    for page_format, layout in _LAYOUTS.items():
        ours, bare = _ours(folder, page_format), _bare(folder, layout, page_format, runs + 1)
        set_by_us, set_bare = interleaved(runs, ours, bare)
        yield Row(
            subject=f"a one-page PDF ({page_format})",
            ours=set_by_us,
            runs=runs,
            baseline_name="typst on the same layout and letter",
            baseline=set_bare,
            most_ratio=1.15,
        )
    fewer = max(1, runs // 4)
    ours = _ours(folder, PageFormat.A4_DIN_5008)
    for name, other in (("ReportLab", _reportlab()), ("WeasyPrint", _weasyprint())):
        set_by_us, set_by_other = interleaved(fewer, ours, other)
        yield Row(
            subject="a one-page PDF of the same letter",
            ours=set_by_us,
            runs=fewer,
            baseline_name=name,
            baseline=set_by_other,
        )


SUBJECTS: dict[str, Subject] = {"pages": pages}


def _ours(folder: Path, page_format: PageFormat) -> Callable[[], bytes]:
    printer, numbers = Pages(folder), count(1)

    def one() -> bytes:
        return printer.letter(_LETTER, _address(page_format, f"OO-A{next(numbers):03}-22"))

    return one


def _bare(folder: Path, layout: str, page_format: PageFormat, how_many: int) -> Callable[[], bytes]:
    """The same by typst alone: its inputs lie ready."""
    compiler: Any = typst.Compiler(folder / layout, root=folder, ignore_system_fonts=True)
    ready = iter([_inputs(_address(page_format, f"OO-B{number:03}-22")) for number in range(1, how_many + 1)])
    written_at = timegm(TODAY.timetuple())

    def one() -> bytes:
        made: bytes = compiler.compile(
            sys_inputs=next(ready), format="pdf", timestamp=written_at, pdf_standards=["a-2a", "ua-1"]
        )
        return made

    return one


def _address(page_format: PageFormat, reference: str) -> PageAddress:
    return PageAddress(
        sender_lines=("Jane Example", "12 Linden Street", "Springfield, VA 22150"),
        recipient_lines=("Northwind Data LLC", "4567 Main Street, Suite 300", "Sacramento, CA 95814"),
        written_on=TODAY,
        date_text=f"{TODAY:%A} {TODAY.day} {TODAY:%B %Y}",
        reference=reference,
        page_format=page_format,
    )


def _inputs(address: PageAddress) -> dict[str, str]:
    """What the layouts read; the printer hands over the same."""
    modules = qr_modules(address.reference, mask=3)
    data = {
        "language": "en",
        "title": _LETTER.subject,
        "author": address.sender_lines[0],
        "body": _LETTER.body,
        "sender_lines": address.sender_lines,
        "recipient_lines": address.recipient_lines,
        "date_text": address.date_text,
        "reference": address.reference,
        "code": qr_drawing(modules),
        "code_modules": len(modules) + 8,
        "annexes": [],
        "is_registered": False,
        "year": address.written_on.year,
        "month": address.written_on.month,
        "day": address.written_on.day,
    }
    return {"letter": json.dumps(data, ensure_ascii=False)}


# ── the other engines: used here only, and loaded only here ──────────────────────────────────────────


def _reportlab() -> Callable[[], bytes]:
    """A4, form B, with the fonts that come with ReportLab, embedded."""
    platypus: Any = import_module("reportlab.platypus")
    styles: Any = import_module("reportlab.lib.styles")
    metrics: Any = import_module("reportlab.pdfbase.pdfmetrics")
    fonts: Any = import_module("reportlab.pdfbase.ttfonts")
    codes: Any = import_module("reportlab.graphics.barcode.qr")
    shapes: Any = import_module("reportlab.graphics.shapes")
    drawing: Any = import_module("reportlab.graphics.renderPDF")
    metrics.registerFont(fonts.TTFont("Vera", "Vera.ttf"))
    metrics.registerFont(fonts.TTFont("VeraBd", "VeraBd.ttf"))
    plain = styles.ParagraphStyle("plain", fontName="Vera", fontSize=10, leading=13, spaceAfter=8)
    bold = styles.ParagraphStyle("bold", parent=plain, fontName="VeraBd", fontSize=11, spaceAfter=12)
    numbers = count(1)

    def one() -> bytes:
        address = _address(PageFormat.A4_DIN_5008, f"OO-C{next(numbers):03}-22")

        def first_page(canvas: Any, _document: Any) -> None:  # noqa: ANN401 - it ships no types
            canvas.setFont("Vera", 7)
            canvas.drawString(25 * _MM, (297 - 55) * _MM, " · ".join(address.sender_lines))
            canvas.setFont("Vera", 10)
            for row, line in enumerate(address.recipient_lines):
                canvas.drawString(25 * _MM, (297 - 67) * _MM - row * 12, line)
            for row, line in enumerate((address.date_text, address.reference)):
                canvas.drawString(125 * _MM, (297 - 55) * _MM - row * 14, line)
            code = codes.QrCodeWidget(address.reference, barLevel="M")
            left, bottom, right, top = code.getBounds()
            side = 16 * _MM
            frame = shapes.Drawing(
                side, side, transform=[side / (right - left), 0, 0, side / (top - bottom), 0, 0]
            )
            frame.add(code)
            drawing.draw(frame, canvas, 125 * _MM, (297 - 80) * _MM)
            for at in (105, 210):
                canvas.line(4 * _MM, (297 - at) * _MM, 8 * _MM, (297 - at) * _MM)
            canvas.drawString(25 * _MM, 15 * _MM, f"Reference {address.reference}")
            canvas.drawRightString(190 * _MM, 15 * _MM, "Page 1 of 1")

        buffer = io.BytesIO()
        document = platypus.SimpleDocTemplate(
            buffer,
            pagesize=(210 * _MM, 297 * _MM),
            leftMargin=25 * _MM,
            rightMargin=20 * _MM,
            topMargin=98 * _MM,
            bottomMargin=25 * _MM,
        )
        flow = [platypus.Paragraph(html.escape(_LETTER.subject), bold)]
        flow += [
            platypus.Paragraph(html.escape(part).replace("\n", "<br/>"), plain)
            for part in _LETTER.body.strip().split("\n\n")
        ]
        document.build(flow, onFirstPage=first_page)
        return buffer.getvalue()

    return one


def _weasyprint() -> Callable[[], bytes]:
    """A4, form B, tagged."""
    engine: Any = import_module("weasyprint")
    numbers = count(1)
    style = (
        "@page { size: A4; margin: 27mm 20mm 25mm 25mm;"
        " @bottom-right { content: 'Page ' counter(page) ' of ' counter(pages) } }"
        " body { font: 10.5pt/1.3 serif; margin: 0 } h1 { font-size: 11.5pt; margin-top: 71mm }"
        " div { position: absolute } p { white-space: pre-line }"
        " .from { top: 28mm; font-size: 7.5pt } .to { top: 36mm } .info { top: 23mm; left: 100mm }"
        " img { width: 16mm }"
    )

    def one() -> bytes:
        address = _address(PageFormat.A4_DIN_5008, f"OO-D{next(numbers):03}-22")
        code = base64.b64encode(qr_drawing(qr_modules(address.reference, mask=3)).encode()).decode()
        rows = "<br>".join(map(html.escape, address.recipient_lines))
        paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in _LETTER.body.strip().split("\n\n"))
        page = (
            f"<html lang=en><head><title>{html.escape(_LETTER.subject)}</title><style>{style}</style></head><body>"
            f"<div class=from>{html.escape(' · '.join(address.sender_lines))}</div><div class=to>{rows}</div>"
            f"<div class=info>{html.escape(address.date_text)}<br>{html.escape(address.reference)}<br>"
            f'<img alt="{html.escape(address.reference)}" src="data:image/svg+xml;base64,{code}"></div>'
            f"<h1>{html.escape(_LETTER.subject)}</h1>{paragraphs}</body></html>"
        )
        made: bytes = engine.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
        return made

    return one
