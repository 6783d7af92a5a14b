# SPDX-License-Identifier: Apache-2.0
"""Every law × every right that it gives × every kind of letter × every shape, in every language that has letters.

A language is whatever folder has a ``words.toml``: a new one is held to all of this by being there.
"""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optout_desktop.catalog.files import Resources
from optout_desktop.catalog.library import Library
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.laws import COMPANY_ACTS, Step, Unit
from optout_desktop.domain.letters import (
    LETTER_LANGUAGES,
    LetterFacts,
    LetterKind,
    RequestFact,
    Shape,
    Tone,
    facts_of,
)
from optout_desktop.domain.people import DisclosedIdentity, IdentityItem

LIBRARY = Library(Resources.found())
TEMPLATES = LIBRARY.templates
LETTERS = LIBRARY.resources.path("letters")
LANGUAGES = TEMPLATES.languages
LAWS = LIBRARY.laws.laws

WRITTEN, ASKED, DUE, ANSWER = date(2027, 1, 13), date(2026, 11, 25), date(2026, 12, 28), date(2027, 2, 1)
JANE = DisclosedIdentity(name="Jane Example", email="jane@example.org")
AGENT = {"is_for_client": True, "client_name": "Jane Example", "writer_name": "Ann Advocate"}
SLIPS = re.compile(r"  |\n{3}|\( |\(\)|\.\.|\bNone\b|[{}⟦⟧%]|&\w+;")
"""What careless blocks leave behind in any language: doubled spaces and stops, empty brackets, braces."""
LONGEST_LINE_BYTES = 998
SHORT_CHARACTERS = 1_000
GSM_7 = re.compile(r"[A-Za-z0-9 @£$¥!\"#%&'()*+,\-./:;<=>?_\n]*")
"""The characters that a text message carries in seven bits and everybody types."""


def facts(law, offered, kind, **changes):
    """What a letter under ``law`` would say, everything filled in that such a letter may need."""
    rules = law.rules_for(offered.right, WRITTEN)
    rule = next((one for one in rules if one.step in COMPANY_ACTS), None)
    dated = rule is not None and rule.period.amount is not None
    reask = next((one for one in rules if one.step is Step.NO_REASK and one.period.unit is Unit.MONTHS), None)
    is_first = kind is LetterKind.REQUEST
    told = LetterFacts(
        kind=kind,
        right=offered.right,
        right_title=offered.title,
        right_citation=offered.citation,
        law=law.id,
        law_title=law.title,
        law_short_title=law.short_title,
        rule_citation=rule.citation if rule else law.citation,
        period_amount=rule.period.amount if rule else None,
        period_unit=rule.period.unit if rule else Unit.NONE_STATED,
        answer_by_on=ANSWER if dated else None,
        written_on=WRITTEN,
        reference="OO-7F3K-22",
        company_name="Northwind Data LLC",
        channel=Channel.EMAIL,
        identity=JANE,
        asked_on=None if is_first else ASKED,
        was_due_on=None if is_first or not dated else DUE,
        days_late=0 if is_first or not dated else 16,
        no_reask_months=reask.period.amount if reask else None,
        facts=tuple((fact, f"Own words on {fact.name.lower()}") for fact in facts_of(offered.right)),
        regulator_name="Regulator of Testland",
        refused_on=date(2026, 12, 10),
        refusal_reason="no_match",
        extended_on=date(2026, 12, 11),
        extended_until=date(2027, 3, 1),
        extension_doubt="no_reason",
        unextended_due_on=DUE,
        later_citation=rule.citation if rule else law.citation,
        answered_on=date(2026, 12, 12),
        demanded="a copy of the passport",
        fee="25 EUR",
        done_on=date(2026, 12, 13),
        company_country="DE",
        attachments=("authorisation.pdf",),
        reply_language="",
    )
    return replace(told, **changes)


def combinations(law):
    """Every letter that there is under a law."""
    for offered in law.rights:
        for kind in LetterKind:
            for shape in Shape:
                if TEMPLATES.offers(offered.right, kind, shape):
                    yield offered, kind, shape


def said(source, written, language):
    """What a short text says of the same facts in a language."""
    return TEMPLATES.preview_own("x", source, written, language).letter.body.strip()


def test_every_language_that_letters_are_promised_in_is_there():
    assert set(LANGUAGES) == set(LETTER_LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_blocks_that_english_has(language):
    blocks, english = ({file.stem for file in (LETTERS / name).glob("*.liquid")} for name in (language, "en"))

    assert blocks == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_block_tells_the_facts_that_it_tells_in_english(language):
    told = re.compile(r"\{\{-?\s*([\w.]+)")
    differing = {}
    for file in sorted((LETTERS / language).glob("*.liquid")):
        here, there = (
            {name for name in told.findall(path.read_text("utf-8")) if not name.startswith("word.")}
            for path in (file, LETTERS / "en" / file.name)
        )
        if here != there:
            differing[file.stem] = here ^ there

    assert differing == {}


def test_no_block_of_any_language_is_wrong():
    assert TEMPLATES.check_all() == ()


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_a_law_can_be_written(language, law):
    problems = []
    for offered, kind, shape in combinations(law):
        written = facts(law, offered, kind, shape=shape)
        name = f"{offered.right}.{kind}.{shape}"
        letter = TEMPLATES.fill(written, language)
        problems += [f"{name}: {problem}" for problem in problems_of(letter, written, language)]

    assert problems == []


def problems_of(letter, written, language):
    """What is wrong with a letter, in words for whoever repairs it."""
    body = letter.body
    if letter.language != language:
        yield f"it is in {letter.language}"
    for slip in SLIPS.findall(f"{letter.subject}\n{body}"):
        yield f"it leaves {slip!r} behind: {body}"
    if max(len(line.encode()) for line in body.splitlines()) > LONGEST_LINE_BYTES:
        yield f"a line is longer than a mail's: {body}"
    if written.reference not in letter.subject and written.reference not in body:
        yield f"it tells no reference: {body}"
    if "Ann Advocate" in body:
        yield f"an agent writes for somebody who writes for themselves: {body}"
    if written.shape is Shape.SHORT and len(body) > SHORT_CHARACTERS:
        yield f"it has {len(body)} characters: {body}"
    if (basis := basis_of(written.law, written.right, language)) not in body:
        yield f"it does not cite {basis}: {body}"
    days = [day for day in (written.answer_by_on, written.was_due_on, written.asked_on) if day]
    must_tell = days and written.shape is not Shape.SHORT  # a form has its own page for the rest
    if must_tell and not any(TEMPLATES.date_text(day, language) in body for day in days):
        yield f"it names no day: {body}"


@cache
def basis_of(law_id, right, language):
    """The provision as a letter of a language cites it."""
    law = LIBRARY.laws.law(law_id)
    written = facts(law, law.offers(right), LetterKind.REQUEST)
    return said("{{ legal_basis }}", written, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paragraph_of_an_agent_is_in_the_letters_of_agents_alone(language):
    source = (LETTERS / language / "agent.liquid").read_text("utf-8")
    somebody = facts(LAWS[0], LAWS[0].rights[0], LetterKind.REQUEST)
    paragraph = said(source, replace(somebody, **AGENT), language)
    problems = []
    for law in LAWS[::6]:
        for offered, kind, shape in combinations(law):
            for_oneself = facts(law, offered, kind, shape=shape)
            for_client = replace(for_oneself, **AGENT)
            own = TEMPLATES.fill(for_oneself, language).body
            theirs = TEMPLATES.fill(for_client, language, limit=3_000).body
            if paragraph in own or paragraph not in theirs or "Ann Advocate" in own:
                problems.append(f"{law.id}.{offered.right}.{kind}.{shape}")

    assert said(source, somebody, language) == ""
    assert problems == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_tones_say_the_same_law_and_the_same_day(language):
    problems = []
    for law in LAWS[::6]:
        for offered, kind, shape in combinations(law):
            written = facts(law, offered, kind, shape=shape, tone=Tone.FIRM)
            letter = TEMPLATES.fill(written, language)
            problems += [f"{law.id}.{kind}.{shape}: {one}" for one in problems_of(letter, written, language)]

    assert problems == []


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_no_sentence_was_left_in_english(language):
    left = set()
    for law in LAWS:
        for offered, kind, shape in combinations(law):
            if shape is Shape.SHORT:
                continue
            written = facts(law, offered, kind, shape=shape)
            here, there = (set(TEMPLATES.fill(written, one).body.splitlines()) for one in (language, "en"))
            left |= {line for line in here & there if len(line.split()) > 4}

    assert left == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_message_is_the_keyword_in_every_language(language):
    bodies = {
        TEMPLATES.fill(facts(law, offered, kind, shape=shape, channel=Channel.SMS), language).body
        for law in LAWS[::6]
        for offered, kind, shape in combinations(law)
    }

    assert bodies == {"STOP"}
    assert all(len(body) <= 160 and GSM_7.fullmatch(body) for body in bodies)


CANARIES = {
    IdentityItem.NAME: "Canary-Name",
    IdentityItem.EMAIL: "canary@mail.example",
    IdentityItem.PHONE: "+12025550188",
    IdentityItem.POSTAL_ADDRESS: "Canary Street 5",
    IdentityItem.CUSTOMER_NUMBER: "CN-CANARY-7",
}


def identity(ticked):
    return DisclosedIdentity(
        **{
            item.value: (text,) if item is IdentityItem.POSTAL_ADDRESS else text
            for item, text in CANARIES.items()
            if item in ticked
        }
    )


COMBINATIONS = [(law, *combination) for law in LAWS for combination in combinations(law)]


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    language=st.sampled_from(LANGUAGES),
    combination=st.sampled_from(COMBINATIONS),
    ticked=st.frozensets(st.sampled_from(IdentityItem)),
    is_for_client=st.booleans(),
    channel=st.sampled_from(Channel),
)
def test_only_what_was_ticked_is_told_in_any_letter(language, combination, ticked, is_for_client, channel):
    law, offered, kind, shape = combination
    agent = {**AGENT, "client_name": CANARIES[IdentityItem.NAME]} if is_for_client else {}
    written = facts(law, offered, kind, shape=shape, channel=channel, identity=identity(ticked), **agent)
    letter = TEMPLATES.fill(written, language, limit=3_000)
    words = letter.subject + letter.body
    told = {item for item, canary in CANARIES.items() if canary in words}

    assert told <= ticked
    assert told == ticked or channel is Channel.SMS


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_person_says_in_their_own_words_stands_in_the_request(language):
    missing = []
    for law in LAWS:
        for offered in law.rights:
            if not TEMPLATES.offers(offered.right, LetterKind.REQUEST):
                continue
            for fact in facts_of(offered.right):
                told = ((RequestFact(fact), "Only this, by Jane"),)
                letter = TEMPLATES.fill(facts(law, offered, LetterKind.REQUEST, facts=told), language)
                if "Only this, by Jane" not in letter.body:
                    missing.append(f"{law.id}.{offered.right}.{fact}")

    assert missing == []
