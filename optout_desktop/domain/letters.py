# SPDX-License-Identifier: Apache-2.0
"""Letters: which letters there are, and the facts that one may use.

``facts_for`` (services) fills ``LetterFacts``; ``catalog/templates.py`` turns them into words. A template can
only say what stands here, and only ticked identity items ever do.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .companies import Channel
from .ids import LetterId, RequestId
from .people import DisclosedIdentity


class LetterKind(StrEnum):
    """What a letter is for."""

    REQUEST = "request"
    REMINDER = "reminder"


class PageFormat(StrEnum):
    """How a printed letter is folded into its envelope."""

    A4_DIN_5008 = "a4-din-5008"
    US_LETTER_10 = "us-letter-10"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """Everything that a letter's blocks may say.

    ``answer_by_on`` is the computed date, None where the law gives no number. ``asked_on`` and ``was_due_on``
    are for reminders. ``right`` and ``law_*`` are the law's own words and citation. ``details`` is what the
    person adds in their own words (what to correct, on which grounds they object); ``regulator_name`` is
    where a complaint could go, which a reminder mentions.
    """

    kind: LetterKind
    right: str
    right_title: str
    right_citation: str
    law: str
    law_title: str
    law_short_title: str
    rule_citation: str
    period_amount: int | None
    period_unit: str
    answer_by_on: date | None
    written_on: date
    reference: str
    company_name: str
    channel: Channel
    identity: DisclosedIdentity
    list_id: str = ""
    asked_on: date | None = None
    was_due_on: date | None = None
    days_late: int = 0
    is_for_client: bool = False
    client_name: str = ""
    writer_name: str = ""
    no_reask_months: int | None = None
    details: str = ""
    regulator_name: str = ""

    @property
    def legal_basis(self) -> str:
        """The provision with the law's short title, such as *Cal. Civ. Code 1798.120 (CCPA)*, said once."""
        citation = clean_line(self.right_citation or self.rule_citation or self.law_title)
        short = clean_line(self.law_short_title)
        if not short or short in citation:
            return citation
        return f"{citation}, {short}" if "(" in short else f"{citation} ({short})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A filled letter: subject and plain text are canonical; page and e-mail are made from them."""

    kind: LetterKind
    subject: str
    body: str
    language: str = "en"
    template: str = ""
    """Which plan made it, such as ``optout_sale.request``; ``edited`` where a person changed the text."""
    template_version: int = 1
    is_edited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLetter:
    """A letter as it was handed over, with the exact bytes' digest."""

    id: LetterId
    request: RequestId
    letter: Letter
    channel: Channel
    to_address: str
    made_on: date
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAddress:
    """What a printed letter needs beside its words."""

    sender_lines: tuple[str, ...]
    recipient_lines: tuple[str, ...]
    written_on: date
    date_text: str
    reference: str
    page_format: PageFormat


SMS_KEYWORD = "STOP"
"""The only word in every list of revocations (47 CFR 64.1200(a)(10)); it is sent alone."""


_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that could make the rest of a line read in another order than it was written in."""


def clean_line(text: str) -> str:
    """``text`` as one line: every kind of white space one space, no control or reordering characters."""
    return "".join(char for char in " ".join(text.split()) if _is_printable(char))


def clean_text(text: str) -> str:
    """``text`` line by line, each one cleaned, without empty lines at its ends."""
    return "\n".join(clean_line(line) for line in text.splitlines()).strip()


def _is_printable(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cs"} and char not in _REORDERING
