# SPDX-License-Identifier: Apache-2.0
"""Letters: which letters there are, the facts that one may use, and the ways by which it leaves.

The letter service fills ``LetterFacts``; ``catalog/templates.py`` turns them into words. A template can only
say what stands here, and only ticked identity items ever do. What a person adds of their own about a request
comes as ``RequestFact``; ``facts_of`` says which right takes which, ``facts_needed`` without which it asks
for nothing.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .companies import Channel
from .ids import AttachmentId, LawId, LetterId, RequestId, TemplateId
from .people import DisclosedIdentity
from .rights import Right


class LetterKind(StrEnum):
    """What a letter is for."""

    REQUEST = "request"
    REMINDER = "reminder"
    APPEAL = "appeal"
    COMPLAINT = "complaint"
    """To the company itself, where the law makes it answer."""
    EXTENSION_OBJECTION = "extension_objection"
    SECOND_REMINDER = "second_reminder"
    """The last word before a complaint."""
    WHAT_WAS_KEPT = "what_was_kept"
    """After a *done*: what stayed (copies, a legal duty, the suppression list), and until when."""
    COUNTER_IDENTITY = "counter_identity"
    COUNTER_FORM = "counter_form"
    COUNTER_WRONG_ENTITY = "counter_wrong_entity"
    COUNTER_EXEMPT = "counter_exempt"
    COUNTER_NO_DATA = "counter_no_data"
    COUNTER_PARTIAL = "counter_partial"
    COUNTER_FEE = "counter_fee"
    COUNTER_LANGUAGE = "counter_language"
    COUNTER_NO_REASON = "counter_no_reason"


COUNTER_KINDS = (
    LetterKind.COUNTER_IDENTITY,
    LetterKind.COUNTER_FORM,
    LetterKind.COUNTER_WRONG_ENTITY,
    LetterKind.COUNTER_EXEMPT,
    LetterKind.COUNTER_NO_DATA,
    LetterKind.COUNTER_PARTIAL,
    LetterKind.COUNTER_FEE,
    LetterKind.COUNTER_LANGUAGE,
    LetterKind.COUNTER_NO_REASON,
)
"""The answers to a deflection: the company did not do what was asked but asked, sent on or refused."""


class Tone(StrEnum):
    """How a letter speaks; both say the same."""

    PLAIN = "plain"
    FIRM = "firm"


class Shape(StrEnum):
    """What a letter is written for: the text of a mail or a page, the field of a form, a telephone call."""

    FULL = "full"
    SHORT = "short"
    """For a form's field: the same demand and provision, cut to what must be said."""
    SCRIPT = "script"
    """What to say on the telephone, and what to write down."""


LETTER_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl")
"""The languages that letters are written in (ISO 639-1)."""


class Way(StrEnum):
    """A way out of the app."""

    EML = "eml"
    PDF = "pdf"
    COPY = "copy"
    QR = "qr"
    MAILTO = "mailto"
    FORM = "form"
    SMTP = "smtp"
    """Through the person's own mail account."""
    CHAT = "chat"
    """A link that opens a conversation with the words in it."""
    CALL = "call"
    """A telephone call, by a script."""


class RequestFact(StrEnum):
    """What only the person can say about a request, each one in their own words."""

    WRONG_DATA = "wrong_data"
    RIGHT_DATA = "right_data"
    SITUATION = "situation"
    """The grounds of an objection, or of a restriction: why it is so in this person's case."""
    WHICH_CONSENT = "which_consent"
    WHICH_DATA = "which_data"
    """What is meant where it is not everything: an account, a purchase, a category."""
    PERIOD = "period"
    """The time that a request is about."""
    FORMAT_WISHED = "format_wished"
    WHICH_DECISION = "which_decision"
    WHICH_LISTS = "which_lists"
    """Exactly which lists, channels or brands are meant; without it the letter means all of them."""


FACTS_OF_RIGHT: dict[Right, tuple[RequestFact, ...]] = {
    Right.UNSUBSCRIBE_EMAIL: (RequestFact.WHICH_LISTS,),
    Right.DO_NOT_CALL_INTERNAL: (RequestFact.WHICH_LISTS,),
    Right.OPTOUT_SALE: (RequestFact.WHICH_LISTS,),
    Right.OPTOUT_SHARING_TARGETED_ADS: (RequestFact.WHICH_LISTS,),
    Right.OBJECT_DIRECT_MARKETING: (RequestFact.WHICH_LISTS,),
    Right.CORRECT: (RequestFact.WRONG_DATA, RequestFact.RIGHT_DATA),
    Right.OBJECT_PROCESSING: (RequestFact.SITUATION, RequestFact.WHICH_DATA),
    Right.RESTRICT: (RequestFact.SITUATION, RequestFact.WHICH_DATA),
    Right.WITHDRAW_CONSENT: (RequestFact.WHICH_CONSENT,),
    Right.DELETE: (RequestFact.WHICH_DATA,),
    Right.ACCESS: (RequestFact.WHICH_DATA, RequestFact.PERIOD, RequestFact.FORMAT_WISHED),
    Right.PORTABILITY: (RequestFact.WHICH_DATA, RequestFact.PERIOD, RequestFact.FORMAT_WISHED),
    Right.THIRD_PARTY_LIST: (RequestFact.PERIOD,),
    Right.OPTOUT_PROFILING: (RequestFact.WHICH_DECISION,),
    Right.LIMIT_SENSITIVE: (RequestFact.WHICH_DATA,),
}
"""The facts that a letter for a right can say, in the order in which they are asked for."""

_NEEDED: dict[Right, frozenset[RequestFact]] = {
    Right.CORRECT: frozenset({RequestFact.WRONG_DATA, RequestFact.RIGHT_DATA}),
}
_NEEDED_BY_LAW: dict[tuple[str, Right], frozenset[RequestFact]] = {
    # GDPR art. 21(1): "on grounds relating to his or her particular situation"
    ("eu-gdpr", Right.OBJECT_PROCESSING): frozenset({RequestFact.SITUATION}),
    ("uk-gdpr", Right.OBJECT_PROCESSING): frozenset({RequestFact.SITUATION}),
    # GDPR art. 18(1): where one of the four grounds applies
    ("eu-gdpr", Right.RESTRICT): frozenset({RequestFact.SITUATION}),
    ("uk-gdpr", Right.RESTRICT): frozenset({RequestFact.SITUATION}),
}
MAX_FACT_LENGTH = 2000
"""Characters of one fact; a longer story belongs into the text of the letter."""


def facts_of(right: Right) -> tuple[RequestFact, ...]:
    """The facts that a letter for ``right`` can say, in order."""
    return FACTS_OF_RIGHT.get(right, ())


def facts_needed(right: Right, law: LawId) -> frozenset[RequestFact]:
    """The facts without which a letter for ``right`` under ``law`` would ask for nothing."""
    return _NEEDED.get(right, frozenset()) | _NEEDED_BY_LAW.get((law, right), frozenset())


class PageFormat(StrEnum):
    """How a printed letter is folded into its envelope."""

    A4_DIN_5008 = "a4-din-5008"
    """Form B: the window begins 45 mm below the edge."""
    A4_DIN_5008_A = "a4-din-5008-a"
    """Form A: it begins at 27 mm."""
    US_LETTER_10 = "us-letter-10"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """Everything that a letter's blocks may say.

    ``answer_by_on`` is the computed date, None where the law gives no number. ``asked_on`` and ``was_due_on``
    are for reminders. ``right`` and ``law_*`` are the law's own words and citation. ``facts`` is what the
    person adds in their own words (what to correct, on which grounds they object); ``regulator_name`` is
    where a complaint could go, which a reminder mentions. ``refused_on`` to ``later_citation`` are for the
    letters that follow a request: the refusal with its reason's code, the extension with the code of what is
    doubtful about it, the day without it, and the provision that the letter rests on. ``answered_on`` is the day of
    the answer that a counter-letter speaks of, ``demanded`` what it asked for, ``fee`` the amount as it was
    written, ``done_on`` the day of the *done*; ``attachments`` are the names of what goes along, and
    ``reply_language`` the language in which the answer is wished for where it is not the letter's own.
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
    facts: tuple[tuple[RequestFact, str], ...] = ()
    regulator_name: str = ""
    refused_on: date | None = None
    refusal_reason: str = ""
    extended_on: date | None = None
    extended_until: date | None = None
    extension_doubt: str = ""
    unextended_due_on: date | None = None
    later_citation: str = ""
    tone: Tone = Tone.PLAIN
    shape: Shape = Shape.FULL
    answered_on: date | None = None
    demanded: str = ""
    fee: str = ""
    done_on: date | None = None
    company_country: str = ""
    attachments: tuple[str, ...] = ()
    reply_language: str = ""

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
class LetterChoice:
    """How a person wants one letter written; an empty language or template means what the app proposes."""

    language: str = ""
    tone: Tone = Tone.PLAIN
    template: TemplateId | None = None
    """One of their own; None is the shipped one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTemplate:
    """A letter that a person wrote for themselves, in Liquid: a line for the subject, and the text.

    ``right`` is None where it serves every right. ``version`` counts how often it was changed.
    """

    id: TemplateId
    name: str
    kind: LetterKind
    right: Right | None
    language: str
    subject: str
    body: str
    version: int = 1


class AttachmentWhat(StrEnum):
    """What a file that goes along is."""

    REDACTED_ID = "redacted_id"
    """A copy of an identity document, blacked out and marked for this request alone."""
    AUTHORISATION = "authorisation"
    OTHER = "other"


MAX_ATTACHMENTS_BYTES = 10 * 1024 * 1024
"""All files of one letter together: many servers refuse more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes along with one letter; its bytes lie in the vault."""

    id: AttachmentId
    request: RequestId
    kind: LetterKind
    what: AttachmentWhat
    name: str
    media_type: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """The same with its bytes, on its way into a message."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLetter:
    """A letter as it was handed over, with the exact bytes' digest.

    ``made_on`` is the day on which it left the app; ``way`` is None for letters of the first vaults, which did
    not keep it.
    """

    id: LetterId
    request: RequestId
    letter: Letter
    channel: Channel
    to_address: str
    made_on: date
    sha256: str
    way: Way | None = None


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
