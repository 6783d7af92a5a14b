# SPDX-License-Identifier: Apache-2.0
"""Letters in Liquid: facts → the plan for their right and kind → its blocks filled → subject and text.

``letter_plans`` says which blocks make which letter, ``letter_language`` fills them in one language. A template
cannot do anything but fill: a few tags, a dozen filters, limits on output and loops (``narrow_liquid``). An
unknown or empty fact that is printed is an error, never a blank.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import TemplateError
from optout_desktop.domain.letters import (
    SMS_KEYWORD,
    Letter,
    LetterFacts,
    LetterKind,
    OwnTemplate,
    Shape,
    clean_line,
)
from optout_desktop.domain.rights import Right

from .letter_language import LetterLanguage
from .letter_plans import LetterPlans, Plan
from .letter_vocabulary import KNOWN_FACTS, FactGroup, offered
from .letter_words import WORDS_FILE, read_words

__all__ = ["FALLBACK_LANGUAGE", "KNOWN_FACTS", "OWN", "FactGroup", "OwnPreview", "Plan", "Templates"]

FALLBACK_LANGUAGE = "en"
SMS_TEMPLATE = "sms_keyword"
SHORT_LIMIT_CHARACTERS = 1000
"""What a field of a form takes where nobody knows better."""


OWN = "own:"
"""What the template of a letter begins with that a person's own template made."""
SUBJECT, TEXT = "subject", "text"
"""The two parts of an own template, as errors call them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPreview:
    """What an own template makes of some facts, with ⟦name⟧ for what is missing, and all that is wrong with it."""

    letter: Letter
    problems: tuple[TemplateError, ...]


class Templates:
    """Every letter that the app can write, read from ``folder`` (``resources/letters``) on first use.

    ``read`` hands over the bytes of a file and may refuse one that is not as it was shipped.
    """

    def __init__(self, folder: Path, read: Callable[[Path], bytes] = Path.read_bytes) -> None:
        self._folder = folder
        self._read = read
        self._languages: dict[str, LetterLanguage] = {}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that letters exist in."""
        return tuple(sorted(words.parent.name for words in self._folder.glob(f"*/{WORDS_FILE}")))

    def offers(self, right: Right, kind: LetterKind, shape: Shape = Shape.FULL) -> bool:
        """True where there is a letter for ``right``; registers and regulators have none here."""
        return self._plans.offers(right, kind, shape)

    def plan(self, right: Right, kind: LetterKind, law: str = "", shape: Shape = Shape.FULL) -> Plan:
        """The blocks of a letter under ``law``; raises ``TemplateError`` where no letter serves the right."""
        return self._plans.plan(right, kind, law, shape)

    def fill(self, facts: LetterFacts, language: str = FALLBACK_LANGUAGE, limit: int | None = None) -> Letter:
        """The letter that ``facts`` make, in English where ``language`` has no letters.

        A text message carries the keyword and nothing else. For ``Shape.SHORT`` blocks are left out, as
        ``[short] drop`` orders them, until the text has at most ``limit`` characters (1,000 where None). Raises
        ``TemplateError`` with block and line, and where a text cannot be made that short.
        """
        if facts.channel is Channel.SMS:
            return _keyword(facts)
        spoken = self._language(language)
        plan = self._plans.plan(Right(facts.right), facts.kind, facts.law, facts.shape)
        known = spoken.vocabulary(facts)
        subject, *blocks = spoken.fill_blocks((plan.subject, *plan.blocks), known)
        if facts.shape is Shape.SHORT:
            self._shorten(plan, blocks, limit or SHORT_LIMIT_CHARACTERS)
        return Letter(
            kind=facts.kind,
            subject=clean_line(subject),
            body=_joined(blocks),
            language=spoken.name,
            template=plan.name,
            template_version=plan.version,
        )

    def check(
        self, block_text: str, name: str = "block", language: str = FALLBACK_LANGUAGE
    ) -> TemplateError | None:
        """What is wrong with a block as somebody wrote it, or None: syntax, unknown tag, filter or fact.

        An unknown fact is answered with the nearest known one.
        """
        return self._language(language).check(block_text, name)

    def fill_own(self, template: OwnTemplate, facts: LetterFacts) -> Letter:
        """The letter that a person's own template makes of ``facts``; its name is ``own:`` and the template's id.

        A text message carries the keyword here too. Raises ``TemplateError`` whose block is *subject* or *text*.
        """
        if facts.channel is Channel.SMS:
            return _keyword(facts)
        spoken = self._language(template.language)
        known = spoken.vocabulary(facts)
        subject = clean_line(spoken.fill_own(template.subject, SUBJECT, known))
        body = spoken.fill_own(template.body, TEXT, known)
        for block, words in ((SUBJECT, subject), (TEXT, body)):
            if not words:
                raise TemplateError(block, "nothing is written in it.")
        return Letter(
            kind=facts.kind,
            subject=subject,
            body=f"{body}\n",
            language=spoken.name,
            template=f"{OWN}{template.id}",
            template_version=template.version,
        )

    def preview_own(
        self, subject: str, body: str, facts: LetterFacts, language: str = FALLBACK_LANGUAGE
    ) -> OwnPreview:
        """What a template that somebody is writing makes of ``facts`` now, and what is wrong with it.

        A fact that is empty or that nobody knows stands as ⟦name⟧ in the words and is listed; a text that cannot be
        filled at all stands as it was written. Raises nothing.
        """
        spoken = self._language(language)
        known = spoken.vocabulary(facts)
        line, in_subject = spoken.preview_own(subject, SUBJECT, known)
        words, in_text = spoken.preview_own(body, TEXT, known)
        empty = tuple(
            TemplateError(block, "nothing is written in it.")
            for block, said in ((SUBJECT, line), (TEXT, words))
            if not said.strip()
        )
        letter = Letter(kind=facts.kind, subject=clean_line(line), body=f"{words}\n", language=spoken.name)
        return OwnPreview(letter=letter, problems=(*in_subject, *in_text, *empty))

    def check_all(self) -> tuple[TemplateError, ...]:
        """What is wrong with the shipped blocks of every language."""
        found = (
            self.check(self._read(file).decode(), file.stem, language)
            for language in self.languages
            for file in sorted((self._folder / language).glob("*.liquid"))
        )
        return tuple(error for error in found if error is not None)

    def facts_offered(
        self, language: str = FALLBACK_LANGUAGE
    ) -> tuple[tuple[FactGroup, tuple[str, ...]], ...]:
        """The names that a person may use in a template of their own, by what they are about, in order."""
        return offered(self._language(language).words)

    def date_text(self, day: date, language: str = FALLBACK_LANGUAGE) -> str:
        """A day in full in the words of a language."""
        return self._language(language).words.date(day)

    def _shorten(self, plan: Plan, blocks: list[str], limit: int) -> None:
        """Empty blocks that may go until the text fits."""
        for at in plan.droppable(self._plans.dropped_first):
            if len(_joined(blocks)) <= limit:
                return
            blocks[at] = ""
        if (length := len(_joined(blocks))) > limit:
            raise TemplateError(
                plan.name,
                f"the shortest text for this form has {length:,} characters, and the form takes {limit:,}.",
            )

    def _language(self, name: str) -> LetterLanguage:
        if name not in self.languages:
            name = FALLBACK_LANGUAGE
        known = self._languages.get(name)
        if known is None:
            folder = self._folder / name
            english = None if name == FALLBACK_LANGUAGE else self._language(FALLBACK_LANGUAGE).words
            known = LetterLanguage(folder, self._read, read_words(folder, self._read, english))
            self._languages[name] = known
        return known

    @cached_property
    def _plans(self) -> LetterPlans:
        return LetterPlans(self._folder, self._read)


def _keyword(facts: LetterFacts) -> Letter:
    return Letter(kind=facts.kind, subject="", body=SMS_KEYWORD, template=SMS_TEMPLATE)


def _joined(blocks: list[str]) -> str:
    """The blocks parted by an empty line; one that came out empty is left out."""
    return "\n\n".join(block for block in blocks if block) + "\n"
