# SPDX-License-Identifier: Apache-2.0
import re
import tomllib
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from optout_desktop.catalog.templates import Templates
from optout_desktop.domain.clocks import ExtensionDoubt
from optout_desktop.domain.letters import COUNTER_KINDS, LetterKind, RequestFact, Shape, Tone
from optout_desktop.domain.people import DisclosedIdentity
from optout_desktop.domain.rights import Right
from tests.golden.letters.cases import (
    CASES,
    EVERYTHING,
    HERE,
    LETTERS,
    SHORT_LIMIT_CHARACTERS,
    as_text,
    expected,
    facts,
    reminder_of,
)

TEMPLATES = Templates(LETTERS)
PLANS = tomllib.loads((LETTERS / "plans.toml").read_text("utf-8"))
LETTER_PLANS = [*PLANS["plan"], *PLANS["follow_up"], *PLANS["script"]]
BLOCKS = sorted((LETTERS / "en").glob("*.liquid"))
SHIPPED_LAWS = [
    tomllib.loads(file.read_text("utf-8")) for file in sorted(LETTERS.parent.glob("laws/*/*.toml"))
]
WRITTEN_RIGHTS = [right for right in Right if TEMPLATES.offers(right, LetterKind.REQUEST)]
LAWS = sorted({law for variant in PLANS["variant"] for law in variant["laws"]} | {"a-law-without-variants"})

FULL = DisclosedIdentity(
    name="Jane Example",
    email="jane@example.org",
    phone="+12025550123",
    postal_address=("12 Linden Street", "Springfield, VA 22150"),
    customer_number="C-1234",
)
LONGEST_REQUEST_WORDS = 250
"""A request is about 120 words of its own; citations, details and greeting come on top."""


@pytest.mark.parametrize("case", EVERYTHING)
def test_a_letter_reads_word_for_word_as_it_was_approved(case):
    letter = TEMPLATES.fill(EVERYTHING[case], limit=SHORT_LIMIT_CHARACTERS)

    assert as_text(letter) == expected(case)


def test_no_approved_letter_lies_about_unused():
    assert {file.stem for file in HERE.glob("*.txt")} == set(EVERYTHING)


def test_every_block_can_be_filled():
    assert TEMPLATES.check_all() == ()


def test_every_block_is_used_and_every_used_block_is_there():
    used = {letter["subject"] for letter in LETTER_PLANS}
    used |= {block for letter in LETTER_PLANS for block in letter["blocks"]} - {"asked"}
    used |= {variant["use"] for variant in PLANS["variant"]}

    assert {file.stem for file in BLOCKS} == used


def test_every_variant_replaces_a_block_that_some_plan_has():
    blocks = {block for letter in LETTER_PLANS for block in letter["blocks"]}

    assert {variant["block"] for variant in PLANS["variant"]} <= blocks


def test_a_form_goes_without_nothing_that_changes_what_is_asked_for():
    dropped = set(PLANS["short"]["drop"])

    assert dropped <= {block for letter in LETTER_PLANS for block in letter["blocks"]}
    assert not dropped & {"agent", "scope", "told", "asked", "want"}
    assert not any(block.startswith(("ask-", "remind-", "counter-")) for block in dropped - {"counter-act"})


def test_every_right_that_can_be_asked_for_can_be_reminded_of():
    assert WRITTEN_RIGHTS
    assert all(TEMPLATES.offers(right, LetterKind.REMINDER) for right in WRITTEN_RIGHTS)


@pytest.mark.parametrize("kind", [LetterKind.REQUEST, LetterKind.REMINDER, LetterKind.SECOND_REMINDER])
def test_every_right_can_be_asked_for_on_the_telephone(kind):
    for right, changes in product(WRITTEN_RIGHTS, CIRCUMSTANCES):
        request = facts(right=right, right_title=f"right to {right}", shape=Shape.SCRIPT)
        known = replace(request, kind=kind, asked_on=date(2026, 11, 25))
        script = TEMPLATES.fill(replace(known, **changes))

        assert script.body.startswith("What to say:\n\nGood day. ")
        assert "What to ask:" in script.body
        assert "What to write down:" in script.body
        assert "OO-7F3K-22" in script.body
        assert SLIPS.findall(script.body) == [], script.body


@pytest.mark.parametrize("law", SHIPPED_LAWS, ids=lambda law: law["id"])
def test_every_request_fits_the_field_of_a_form(law):
    for right in {offered["right"] for offered in law["rights"]} & set(WRITTEN_RIGHTS):
        request = facts(right=right, law=law["id"], law_short_title=law["short_title"], shape=Shape.SHORT)
        letter = TEMPLATES.fill(request, limit=SHORT_LIMIT_CHARACTERS)

        assert len(letter.body) <= SHORT_LIMIT_CHARACTERS
        assert request.legal_basis in letter.body


CIRCUMSTANCES = (
    {},
    {"identity": DisclosedIdentity()},
    {"identity": FULL, "is_for_client": True, "client_name": "Jane Example", "writer_name": "Ann Advocate"},
    {"period_amount": None, "period_unit": "immediately", "answer_by_on": None, "was_due_on": None},
    {"tone": Tone.FIRM, "attachments": ("one.pdf", "two.pdf"), "reply_language": "de"},
    {
        "rule_citation": "",
        "right_citation": "",
        "no_reask_months": None,
        "facts": ((RequestFact.WHICH_DATA, "The account of 2019."),),
    },
)
SLIPS = re.compile(r"  |\n{3}| [,.;:)]|\( |\.\.|\bNone\b|[{}]|\(\)")
"""What careless blocks leave behind: doubled spaces and stops, empty brackets, braces."""


@pytest.mark.parametrize("law", LAWS)
def test_every_letter_renders_under_every_law(law):
    for right, changes in product(WRITTEN_RIGHTS, CIRCUMSTANCES):
        request = facts(right=right, law=law, right_title=f"right to {right}")
        for written in (request, reminder_of(request)):
            letter = TEMPLATES.fill(replace(written, **changes))

            assert "OO-7F3K-22" in letter.subject
            assert SLIPS.findall(letter.body) == [], letter.body
            assert len(letter.body.split()) <= LONGEST_REQUEST_WORDS


@pytest.mark.parametrize("law", SHIPPED_LAWS, ids=lambda law: law["id"])
def test_every_right_of_every_shipped_law_makes_a_letter_in_that_laws_words(law):
    for offered in law["rights"]:
        right = Right(offered["right"])
        if right not in WRITTEN_RIGHTS:
            continue
        request = facts(
            right=right,
            right_title=offered["title"],
            right_citation=offered.get("citation", ""),
            law=law["id"],
            law_title=law["title"],
            law_short_title=law["short_title"],
            no_reask_months=None,
        )
        for written in (request, reminder_of(request)):
            letter = TEMPLATES.fill(written)

            assert request.legal_basis in letter.body
            assert offered["title"].lower() in letter.subject.lower()
            assert SLIPS.findall(letter.body) == [], letter.body


def test_every_law_that_changes_a_letter_is_shipped():
    named = {law for variant in PLANS["variant"] for law in variant["laws"]}

    assert named <= {law["id"] for law in SHIPPED_LAWS}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda file: file.stem)
def test_a_block_holds_no_number_that_a_law_holds(block):
    small = "one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|thirty|forty-five|sixty|ninety"
    period = rf"\b(\d+|{small})[ -](business |working |calendar )?(day|week|month|year|hour)s?\b"

    assert not re.search(period, block.read_text("utf-8"), re.IGNORECASE)


@pytest.mark.parametrize("language", TEMPLATES.languages)
def test_no_language_counts_in_its_blocks_what_a_law_counts(language):
    words = tomllib.loads((LETTERS / language / "words.toml").read_text("utf-8"))
    units = "|".join(sorted({re.escape(name) for names in words["units"].values() for name in names}))
    counted = re.compile(rf"\d+\W+(?:{units})\b", re.IGNORECASE)

    for block in (LETTERS / language).glob("*.liquid"):
        assert not counted.search(block.read_text("utf-8")), block.name


@pytest.mark.parametrize("block", BLOCKS, ids=lambda file: file.stem)
def test_a_block_threatens_nobody(block):
    threats = r"\b(sue|lawsuit|litigat\w*|damages|penalt\w*|fined?s?|legal action|lawyer|I demand|you must)\b"

    assert not re.search(threats, block.read_text("utf-8"), re.IGNORECASE)


def test_a_whole_sentence_closes_every_paragraph():
    for case, written in CASES.items():
        if written.shape is Shape.SHORT:
            continue
        first, *middle, _, _ = TEMPLATES.fill(written).body.strip().split("\n\n")
        if written.attachments:
            assert middle.pop().startswith("Enclosed: ")
        details = middle.pop()

        assert first.endswith(","), case
        assert details.startswith("These details identify"), case
        assert all(paragraph.endswith((".", ":")) for paragraph in middle), case


REFUSED, EXTENDED = date(2026, 12, 10), date(2026, 12, 12)
LATER = {
    LetterKind.APPEAL: (
        {"refused_on": REFUSED, "refusal_reason": "no_match", "later_citation": "Va. Code 59.1-577(C)"},
        {"refused_on": REFUSED, "refusal_reason": "none_given", "answer_by_on": None},
    ),
    LetterKind.COMPLAINT: (
        {"refused_on": REFUSED, "refusal_reason": "other", "later_citation": "DPA 2018 s. 164A"},
        {"was_due_on": EXTENDED},
        {"answer_by_on": None, "regulator_name": "Information Commissioner"},
    ),
    LetterKind.EXTENSION_OBJECTION: tuple(
        {"extended_on": EXTENDED, "extended_until": until, "extension_doubt": doubt, "unextended_due_on": day}
        for doubt in ExtensionDoubt
        for until, day in ((None, None), (date(2027, 3, 1), REFUSED))
    ),
    LetterKind.SECOND_REMINDER: (
        {"was_due_on": EXTENDED, "days_late": 3, "answer_by_on": None, "regulator_name": "The Authority"},
        {"answer_by_on": None},
    ),
    LetterKind.WHAT_WAS_KEPT: ({"done_on": EXTENDED}, {}),
    **{
        kind: (
            {"answered_on": REFUSED, "demanded": "Please use our form", "fee": "20 euros"},
            {"tone": Tone.FIRM, "refused_on": REFUSED, "was_due_on": EXTENDED, "list_id": "offers.example"},
        )
        for kind in COUNTER_KINDS
    },
}


@pytest.mark.parametrize("kind", LATER)
def test_every_right_has_the_letters_that_may_follow_it(kind):
    circumstances = (*CIRCUMSTANCES[:3], *LATER[kind])
    for right, law, changes in product(WRITTEN_RIGHTS, LAWS, circumstances):
        request = facts(right=right, law=law, right_title=f"right to {right}")
        written = replace(request, kind=kind, asked_on=date(2026, 11, 25), **LATER[kind][0])
        letter = TEMPLATES.fill(replace(written, **changes))

        assert "OO-7F3K-22" in letter.subject
        assert "Wednesday 25 November 2026" in letter.body
        assert SLIPS.findall(letter.body) == [], letter.body
        assert len(letter.body.split()) <= LONGEST_REQUEST_WORDS
