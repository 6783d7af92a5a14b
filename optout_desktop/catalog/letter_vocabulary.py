# SPDX-License-Identifier: Apache-2.0
"""Everything that a block may name: ``LetterFacts`` → the facts, the identity and the words of one language.

A fact that is known but has no value is ``Unset``: false in a condition, an error where it is printed. Names of
people and companies come in as single lines; only what was ticked comes in at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from optout_desktop.domain.letters import LetterFacts, RequestFact, clean_line, clean_text

from .letter_words import LetterWords

KNOWN_FACTS = frozenset(
    {
        *("kind", "right", "right_title", "right_citation"),
        *("legal_basis", "law", "law_title", "law_short_title"),
        *("rule_citation", "period", "period_basis", "answer_by_on"),
        *("written_on", "asked_on", "was_due_on", "days_late"),
        *("no_reask_months", "reference", "company_name", "regulator_name"),
        *("refused_on", "refusal_ground", "extended_on", "extended_until"),
        *("extension_doubt", "unextended_due_on", "later_citation", "channel"),
        *("list_id", "is_for_client", "client_name", "writer_name"),
        *("tone", "shape", "answered_on", "demanded"),
        *("fee", "done_on", "attachments", "reply_language"),
        "company_country",
    }
)
"""The facts that stand at the top of a block's vocabulary; below ``identity``, ``fact`` and ``word`` there are more."""

IDENTITY_FACTS = ("has_any", "name", "email", "phone", "postal_address", "customer_number")


class FactGroup(StrEnum):
    """What a fact is about, for a person who looks for one."""

    REQUEST = "request"
    LAW = "law"
    DAYS = "days"
    COMPANY = "company"
    ANSWER = "answer"
    """What the company said or did."""
    IDENTITY = "identity"
    OWN = "own"
    """What only the person can say."""
    LETTER = "letter"
    """How this letter is written."""
    WORDS = "words"
    """The words that differ between oneself and a client."""


_GROUPS: dict[FactGroup, tuple[str, ...]] = {
    FactGroup.REQUEST: ("reference", "right_title", "right", "list_id", "client_name", "writer_name"),
    FactGroup.LAW: (
        *("legal_basis", "right_citation", "rule_citation", "period", "period_basis"),
        *("law_title", "law_short_title", "law", "no_reask_months", "later_citation", "regulator_name"),
    ),
    FactGroup.DAYS: ("answer_by_on", "written_on", "asked_on", "was_due_on", "days_late"),
    FactGroup.COMPANY: ("company_name", "company_country"),
    FactGroup.ANSWER: (
        *("answered_on", "demanded", "fee", "done_on", "refused_on", "refusal_ground"),
        *("extended_on", "extended_until", "extension_doubt", "unextended_due_on"),
    ),
    FactGroup.IDENTITY: tuple(f"identity.{name}" for name in IDENTITY_FACTS),
    FactGroup.OWN: tuple(f"fact.{fact.value}" for fact in RequestFact),
    FactGroup.LETTER: ("kind", "channel", "tone", "shape", "is_for_client", "attachments", "reply_language"),
}


class UnsetFactError(Exception):
    """An empty fact was printed; never leaves the catalogue."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Unset:
    """A fact that is known but has no value: false in ``if``, an error where it is printed."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        self.path = path

    def __liquid__(self) -> None:
        """What Liquid's ``if`` looks at."""

    def __str__(self) -> str:
        raise UnsetFactError(self.path)


class Marked(Unset):
    """The same in a preview: written as ⟦name⟧, and noted in ``seen``."""

    __slots__ = ("seen",)

    def __init__(self, path: str, seen: list[str]) -> None:
        super().__init__(path)
        self.seen = seen

    def __str__(self) -> str:
        self.seen.append(self.path)
        return f"⟦{self.path}⟧"


def known_paths(words: LetterWords) -> frozenset[tuple[str, ...]]:
    """The path of every fact that a block in this language may name."""
    return frozenset(
        {(name,) for name in KNOWN_FACTS}
        | {("identity", name) for name in IDENTITY_FACTS}
        | {("fact", fact.value) for fact in RequestFact}
        | {("word", name) for name in words.for_oneself}
    )


def offered(words: LetterWords) -> tuple[tuple[FactGroup, tuple[str, ...]], ...]:
    """The names that a person may use, as they are written between the braces, by what they are about."""
    spoken = tuple(f"word.{name}" for name in words.for_oneself)
    return (*_GROUPS.items(), (FactGroup.WORDS, spoken))


_UNSET = MappingProxyType({name: Unset(name) for name in KNOWN_FACTS})
_UNSET_IDENTITY = MappingProxyType({name: Unset(f"identity.{name}") for name in IDENTITY_FACTS})
_UNSET_OWN = MappingProxyType({fact.value: Unset(f"fact.{fact.value}") for fact in RequestFact})


def vocabulary(facts: LetterFacts, words: LetterWords) -> dict[str, Any]:
    """Everything that a block may name, in the words of one language; a fact without a value is ``Unset``."""
    told = {**_letter(facts, words), **_law(facts, words), **_course(facts, words)}
    own = {fact.value: clean_text(text) for fact, text in facts.facts}
    return {
        **_UNSET,
        **{name: value for name, value in told.items() if value},
        "fact": {**_UNSET_OWN, **{name: value for name, value in own.items() if value}},
        "identity": {**_UNSET_IDENTITY, **{name: value for name, value in _identity(facts).items() if value}},
        "word": words.for_a_client if facts.is_for_client else words.for_oneself,
    }


def marked(known: Mapping[str, Any], unknown: Iterable[tuple[str, ...]], seen: list[str]) -> dict[str, Any]:
    """``known`` for a preview: what is empty, and the ``unknown`` names, are ``Marked``."""

    def mark(value: object) -> object:
        if isinstance(value, Unset):
            return Marked(value.path, seen)
        return {name: mark(one) for name, one in value.items()} if isinstance(value, Mapping) else value

    shown = {name: mark(value) for name, value in known.items()}
    for path in unknown:
        _put(shown, path, Marked(".".join(path), seen))
    return shown


def _put(shown: dict[str, Any], path: tuple[str, ...], mark: Marked) -> None:
    first, *rest = path
    if not rest:
        shown.setdefault(first, mark)
        return
    inner = shown.setdefault(first, {})
    if isinstance(inner, dict):  # below a text there is nothing: Liquid says so itself
        _put(inner, tuple(rest), mark)


def _line(text: str) -> str:
    """``clean_line``, which looks at every character, where a glance does not show that the text is clean."""
    is_clean = text.isprintable() and "  " not in text and text == text.strip()
    return text if is_clean else clean_line(text)


def _letter(facts: LetterFacts, words: LetterWords) -> dict[str, object]:
    has_name = bool(facts.identity.name)
    return {
        "kind": facts.kind.value,
        "channel": facts.channel.value,
        "tone": facts.tone.value,
        "shape": facts.shape.value,
        "reference": _line(facts.reference),
        "company_name": _line(facts.company_name),
        "company_country": _line(facts.company_country),
        "list_id": _line(facts.list_id),
        "written_on": facts.written_on,
        "attachments": [_line(name) for name in facts.attachments],
        "reply_language": _reply_language(facts, words),
        "is_for_client": facts.is_for_client,
        # a name stands in the letter only where it was ticked, or where it is the agent's own
        "client_name": _line(facts.client_name or facts.identity.name) if has_name else "",
        "writer_name": _line(facts.writer_name) if facts.is_for_client else "",
    }


def _law(facts: LetterFacts, words: LetterWords) -> dict[str, object]:
    rule = words.citation(_line(facts.rule_citation))
    period = words.count(facts.period_amount, facts.period_unit) if facts.period_amount is not None else ""
    return {
        "right": facts.right,
        "right_title": words.rights.get(facts.right) or _line(facts.right_title),
        "right_citation": words.citation(_line(facts.right_citation)),
        "legal_basis": _legal_basis(facts, words),
        "law": facts.law,
        "law_title": _line(facts.law_title),
        "law_short_title": _short_title(facts, words),
        "rule_citation": rule,
        "period": period,
        "period_basis": words.colon.join(part for part in (period, rule) if part),
        "later_citation": words.citation(_line(facts.later_citation)),
        "no_reask_months": facts.no_reask_months,
        "regulator_name": _line(facts.regulator_name),
    }


def _course(facts: LetterFacts, words: LetterWords) -> dict[str, object]:
    return {
        "answer_by_on": facts.answer_by_on,
        "asked_on": facts.asked_on,
        "was_due_on": facts.was_due_on,
        "days_late": facts.days_late,
        "refused_on": facts.refused_on,
        "refusal_ground": words.refusals.get(facts.refusal_reason, ""),
        "extended_on": facts.extended_on,
        "extended_until": facts.extended_until,
        "extension_doubt": facts.extension_doubt,
        "unextended_due_on": facts.unextended_due_on,
        "answered_on": facts.answered_on,
        "demanded": _line(facts.demanded),
        "fee": _line(facts.fee),
        "done_on": facts.done_on,
    }


def _identity(facts: LetterFacts) -> dict[str, object]:
    identity = facts.identity
    return {
        "has_any": bool(identity.items()),
        "name": _line(identity.name),
        "email": _line(identity.email),
        "phone": _line(identity.phone),
        "postal_address": [_line(line) for line in identity.postal_address],
        "customer_number": _line(identity.customer_number),
    }


def _legal_basis(facts: LetterFacts, words: LetterWords) -> str:
    """As ``LetterFacts.legal_basis`` says it, with the provision and the law's name in this language."""
    if words.citations is None and not words.laws:
        return facts.legal_basis
    return replace(
        facts,
        right_citation=words.citation(facts.right_citation),
        rule_citation=words.citation(facts.rule_citation),
        law_short_title=_short_title(facts, words),
    ).legal_basis


def _short_title(facts: LetterFacts, words: LetterWords) -> str:
    short = _line(facts.law_short_title)
    named = words.citations.laws.get(short, short) if words.citations else short
    return words.laws.get(facts.law, named)


def _reply_language(facts: LetterFacts, words: LetterWords) -> str:
    """The name of the wished language, empty where it is the letter's own; what has no name here stays as it is."""
    wished = _line(facts.reply_language)
    return "" if wished == words.language else words.languages.get(wished, wished)
