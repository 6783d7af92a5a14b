# SPDX-License-Identifier: Apache-2.0
"""Finding companies by a few letters: an index in memory over names, aliases and domains as folded words.

The words of all companies stand in one long text, so that what does not fit costs next to nothing; only those that
hold the first word are looked at and ranked. A company can be put in, replaced and taken out at any time.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from optout_desktop.domain.companies import Company
from optout_desktop.domain.ids import CompanyId

_END = "\n"
_RANKS = 5


class CompanyIndex:
    """Companies by what they are called."""

    def __init__(self, companies: Iterable[Company] = ()) -> None:
        self._entries: dict[CompanyId, _Entry] = {one.id: _entry(one) for one in companies}
        self._text: tuple[str, list[int], list[_Entry]] | None = None
        self._vocabulary: _Vocabulary | None = None

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, company: object) -> bool:
        return company in self._entries

    def __iter__(self) -> Iterator[Company]:
        return (entry.company for entry in self._entries.values())

    def get(self, company: CompanyId) -> Company | None:
        """The company of that id, or None."""
        entry = self._entries.get(company)
        return entry.company if entry is not None else None

    def put(self, company: Company) -> None:
        """Have a company found from now on, in the place of an earlier one of the same id."""
        self._entries[company.id] = _entry(company)
        self._forget()

    def remove(self, company: CompanyId) -> None:
        """Have a company no longer found."""
        if self._entries.pop(company, None) is not None:
            self._forget()

    def matches(self, text: str, limit: int = 20) -> tuple[Company, ...]:
        """The companies whose names, aliases or domains hold every word of ``text``.

        First those whose words begin with it, then those that hold it inside; no text finds nothing.
        """
        words = words_of(text)
        if not words:
            return ()
        beginning = self._beginning(" " + " ".join(words), limit)
        if len(beginning) >= limit:  # nothing that only holds the words could come before these
            return tuple(beginning)
        by_rank: tuple[list[Company], ...] = tuple([] for _ in range(_RANKS))
        for entry in self._holding(max(words, key=len)):  # in order of likelihood: a full rank needs no more
            rank = entry.rank(words)
            if rank is not None and len(by_rank[rank]) < limit:
                by_rank[rank].append(entry.company)
        return tuple(islice(chain.from_iterable(by_rank), limit))

    def near_misses(self, text: str, limit: int = 20) -> tuple[Company, ...]:
        """The companies with a word like each that was typed, the likeliest first."""
        words = words_of(text)
        vocabulary = self._vocabulary_now()
        mistakes_of = [_near(word, vocabulary) for word in words]
        if not words or not all(mistakes_of):
            return ()
        ranked = (
            (mistakes, len(entry.company.name), entry.company.id, entry.company)
            for entry in self._entries.values()
            if (mistakes := entry.mistakes(mistakes_of)) is not None
        )
        return tuple(hit[-1] for hit in heapq.nsmallest(limit, ranked, key=lambda hit: hit[:3]))

    def _beginning(self, typed: str, limit: int) -> list[Company]:
        """So many companies whose names begin with what was typed, a name that is nothing else first."""
        text, starts, entries = self._text_now()
        found: list[_Entry] = []
        at = text.find(_END + typed)
        while at >= 0 and len(found) < limit:
            found.append(entries[bisect_right(starts, at + 1) - 1])
            at = text.find(_END + typed, at + 1)
        # the shorter the name the earlier it stands, so that a name that is nothing else is among these
        return [entry.company for entry in sorted(found, key=lambda entry: entry.name_words != typed)]

    def _holding(self, word: str) -> Iterator[_Entry]:
        """The entries whose words hold this one, each once."""
        text, starts, entries = self._text_now()
        at = text.find(word)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            yield entries[number]
            following = starts[number + 1] if number + 1 < len(starts) else len(text)
            at = text.find(word, following)

    def _text_now(self) -> tuple[str, list[int], list[_Entry]]:
        if self._text is None:
            entries = sorted(
                self._entries.values(), key=lambda entry: (len(entry.company.name), entry.company.id)
            )
            starts: list[int] = []
            length = len(_END)
            for entry in entries:
                starts.append(length)
                length += len(entry.all_words) + len(_END)
            self._text = _END + _END.join(entry.all_words for entry in entries), starts, entries
        return self._text

    def _vocabulary_now(self) -> _Vocabulary:
        if self._vocabulary is None:
            self._vocabulary = {}
            for word in {word for entry in self._entries.values() for word in entry.own_words}:
                self._vocabulary.setdefault(len(word), {})[word] = _letters(word)
        return self._vocabulary

    def _forget(self) -> None:
        self._text = None
        self._vocabulary = None


# ── words and likeness ──────────────────────────────────────────────────────────────────────────────

_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_SHORTEST_LIKENESS = 4
_LONGEST_LIKENESS = 40

_Vocabulary = dict[int, dict[str, int]]
"""Every word that a company is known by, by its length, with its letters as bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One company as the search sees it: folded words, each led by a space, so that " dat" is a beginning."""

    company: Company
    name_words: str
    all_words: str
    own_words: tuple[str, ...]

    def rank(self, words: tuple[str, ...]) -> int | None:
        """How well the words fit, 0 best; None where one of them does not occur."""
        haystack, name = self.all_words, self.name_words
        for word in words:
            if word not in haystack:
                return None
        typed = " " + " ".join(words)
        if name.startswith(typed):
            return 0 if len(name) == len(typed) else 1
        if len(words) == 1:
            return 2 if typed in name else 3 if typed in haystack else 4
        if all(f" {word}" in name for word in words):
            return 2
        return 3 if all(f" {word}" in haystack for word in words) else 4

    def mistakes(self, mistakes_of: list[dict[str, int]]) -> int | None:
        """The sum of the fewest mistakes for each typed word; None where a word resembles none of these."""
        total = 0
        for mistakes in mistakes_of:
            if mistakes.keys().isdisjoint(self.own_words):
                return None
            total += min(mistakes[word] for word in self.own_words if word in mistakes)
        return total


def _entry(company: Company) -> _Entry:
    name = words_of(company.name)
    others = (word for text in (*company.aliases, *company.domains) for word in words_of(text))
    own_words = tuple(dict.fromkeys((*name, *others)))
    return _Entry(
        company=company,
        name_words=" " + " ".join(name),
        all_words=" " + " ".join((*name, *own_words)),
        own_words=own_words,
    )


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in small letters without accents."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(mark for mark in decomposed if not unicodedata.combining(mark)).translate(_PLAIN)
    return tuple(_BETWEEN_WORDS.sub(" ", text.casefold()).split())


def _letters(word: str) -> int:
    """Which letters occur, as bits: two words with few mistakes between them differ in few bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _most_mistakes(word: str) -> int:
    """How many slips of the finger still make a word of this length the same word."""
    return 0 if len(word) < _SHORTEST_LIKENESS else 1 if len(word) < _SHORTEST_LIKENESS * 2 else 2


def _near(word: str, vocabulary: _Vocabulary) -> dict[str, int]:
    """The words of the vocabulary that resemble ``word``, each with its number of mistakes."""
    most = _most_mistakes(word)
    if len(word) > _LONGEST_LIKENESS:
        return {}
    letters = _letters(word)
    likely = (
        other
        for length in range(len(word) - most, len(word) + most + 1)
        for other, bits in vocabulary.get(length, {}).items()
        if (bits ^ letters).bit_count() <= 2 * most
    )
    return {other: mistakes for other in likely if (mistakes := _distance(word, other)) <= most}


def _distance(left: str, right: str) -> int:
    """The number of letters inserted, left out, replaced or swapped with a neighbour."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, above, row = row, before, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]
