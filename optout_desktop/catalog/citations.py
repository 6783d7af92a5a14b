# SPDX-License-Identifier: Apache-2.0
"""Provisions as a language writes them: *GDPR art. 15(1)* → *Art. 15 Abs. 1 DSGVO*.

The packs cite in English. The GDPR and its British twin are law in other languages too, with an official way to
write their articles; the ePrivacy Directive likewise. Every other law is cited as its pack cites it.

    [citations]                        in words.toml of a language
    article = "Art. {article} {law}"
    paragraph = "Art. {article} Abs. {paragraph} {law}"
    letter = "Art. {article} Abs. {paragraph} lit. {letter} {law}"
    [citations.laws]                   by the names that the packs use
    "GDPR" = "DSGVO"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, Self

from optout_desktop.domain.errors import CatalogError

from .letter_files import table, texts

REWRITTEN_LAWS = ("UK GDPR", "GDPR", "Directive 2002/58/EC")
"""The laws whose articles are re-written, as the packs call them."""

_DEPTHS = {
    "article": frozenset({"article", "law"}),
    "paragraph": frozenset({"article", "paragraph", "law"}),
    "letter": frozenset({"article", "paragraph", "letter", "law"}),
}
_LAW = rf"(?P<law>{'|'.join(map(re.escape, REWRITTEN_LAWS))})"
_PARAGRAPH = r"\(\d+[A-Z]?\)(?:-\(\d+\))?(?:\([a-z]\))?"
_ARTICLE = rf"(?:\d+[A-Z]?(?:{_PARAGRAPH}|-\d+)?)"
_CITED = re.compile(
    rf"(?<![\w-]){_LAW} arts?\. (?P<places>{_ARTICLE}(?:, (?:{_ARTICLE}|{_PARAGRAPH}))*)(?![\w(-])"
)
_PLACE = re.compile(
    r"(?P<article>\d+[A-Z]?(?:-\d+)?)?"
    r"(?:\((?P<first>\d+[A-Z]?)\)(?:-\((?P<last>\d+)\))?(?:\((?P<letter>[a-z])\))?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationStyle:
    """How one language writes an article, a paragraph of it and a letter of that, and what it calls the laws."""

    article: str
    paragraph: str
    letter: str
    laws: Mapping[str, str]

    @classmethod
    def read(cls, file: str, value: Any) -> Self:  # noqa: ANN401 - as a file says it
        """The style that ``[citations]`` of ``file`` describes. Raises CatalogError."""
        if not isinstance(value, dict):
            raise CatalogError(file, "citations", "it is not a table.")
        for key in value.keys() - {*_DEPTHS, "laws"}:
            raise CatalogError(file, f"citations.{key}", "nothing here has that name.")
        for key in ("article", "paragraph", "letter", "laws"):
            if key not in value:
                raise CatalogError(file, f"citations.{key}", "it is missing.")
        laws = table(file, "citations.laws", value["laws"])
        for law in REWRITTEN_LAWS:
            if law not in laws:
                raise CatalogError(file, f"citations.laws.{law}", "it is missing.")
        patterns = {depth: _pattern(file, depth, value[depth]) for depth in _DEPTHS}
        return cls(**patterns, laws=laws)

    def rewritten(self, text: str) -> str:
        """``text`` with every article of a known law as this language writes it, and the rest as it is."""
        return _CITED.sub(self._one_law, text)

    def _one_law(self, cited: re.Match[str]) -> str:
        law, article = self.laws[cited["law"]], ""
        written: list[str] = []
        for text in cited["places"].split(", "):
            place = _PLACE.match(text)
            if place is None:  # it matches any text
                raise ValueError(text)
            article = place["article"] or article  # “(4)” alone is of the article before
            written.append(self._place(article, place, law))
        return "; ".join(written)

    def _place(self, article: str, place: re.Match[str], law: str) -> str:
        first, last, letter = place["first"], place["last"], place["letter"]
        article = article.replace("-", "–")
        if first is None:
            return self.article.format(article=article, law=law)
        paragraph = f"{first}–{last}" if last else first
        if letter is None:
            return self.paragraph.format(article=article, paragraph=paragraph, law=law)
        return self.letter.format(article=article, paragraph=paragraph, letter=letter, law=law)


def _pattern(file: str, depth: str, value: Any) -> str:  # noqa: ANN401
    field = f"citations.{depth}"
    [pattern] = texts(file, field, [value])
    try:
        used = {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
    except ValueError as error:
        raise CatalogError(file, field, f"{error}.") from error
    if used != _DEPTHS[depth]:
        names = ", ".join(f"{{{name}}}" for name in sorted(_DEPTHS[depth]))
        raise CatalogError(file, field, f"it is made of {names}.")
    return pattern
