# SPDX-License-Identifier: Apache-2.0
"""A letter, its address and the printer that sets it, as the tests of printed pages share them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from optout_desktop.adapters.pages import Pages
from optout_desktop.domain.letters import Letter, LetterKind, PageAddress, PageFormat

LAYOUTS = Path(__file__).parents[2] / "resources" / "pages"
PAGES = Pages(LAYOUTS)
RECIPIENT = (
    "Northwind Data LLC",
    "Attn: Privacy Office",
    "4567 Main Street, Suite 300",
    "Sacramento, CA 95814",
)
LETTER = Letter(
    kind=LetterKind.REQUEST,
    subject="Opt-out of sale and sharing – reference OO-7F3K-22",
    body="""Dear Northwind Data LLC,

I direct you not to sell or share my personal information, under Cal. Civ. Code 1798.120 (CCPA). Please:
– stop every sale and every sharing, under all your names;
– tell each third party to whom it was sold after you received this request (11 CCR 7026(f)(2)).

Please have this done by Thursday 17 December 2026 and confirm it to me in writing.

These details identify my record:
Name: Jane Example
E-mail: jane@example.org

Yours faithfully,

Jane Example
""",
)
"""A letter of one page with everything that a layout must set: a list, a citation, lines to keep, a signature."""


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
