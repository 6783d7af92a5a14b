# SPDX-License-Identifier: Apache-2.0
"""Search as you type: a full-text index (FTS5) inside the vault, so that no word of it lies outside.

Only this module and ``vault.py`` use words that SQLite alone knows.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, Integer, TextualSelect, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CREATE = """
CREATE VIRTUAL TABLE request_search USING fts5(
    company, reference, person, words, content='', contentless_delete=1,
    tokenize="unicode61 remove_diacritics 2", prefix='1 2 3'
)
"""
_COLUMNS = ("company", "reference", "person", "words")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_FIND = "SELECT rowid FROM request_search WHERE request_search MATCH :query"
_BY_NEARNESS = text(_FIND + " ORDER BY rank LIMIT :limit")
_NEWEST_FIRST = text(_FIND + " ORDER BY rowid DESC LIMIT :limit")
_IS_OFTEN = text(f"SELECT count(*) FROM ({_FIND} LIMIT :limit)")  # noqa: S608  # only our own words
OFTEN = 2_000
"""More requests than so many are found quicker by walking through all than by looking each up."""
_IN_ALL = frozenset({"o", "oo"})
"""Every reference begins with these: as a beginning they are found in every request."""
UNRANKED_LETTERS = 3
"""A shorter beginning matches too much to be worth ranking."""


def create_search(connection: Connection) -> None:
    """Make the empty index."""
    connection.execute(text(_CREATE))


class SearchIndex:
    """What can be searched of each request: company, reference, person, the words of its note and right."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, row: int, company: str, reference: str, person: str, words: str) -> None:
        """Index one request in the place of what was indexed for it."""
        self._connection.execute(text("DELETE FROM request_search WHERE rowid = :row"), {"row": row})
        self.add_all([(row, company, reference, person, words)])

    def add_all(self, entries: Sequence[tuple[int, str, str, str, str]]) -> None:
        """Index many requests that are not in the index yet."""
        if entries:
            self._connection.execute(
                text(
                    "INSERT INTO request_search(rowid, company, reference, person, words)"
                    " VALUES (:row, :company, :reference, :person, :words)"
                ),
                [
                    {"row": row, **dict(zip(_COLUMNS, map(folded, words), strict=True))}
                    for row, *words in entries
                ],
            )

    def clear(self) -> None:
        """Empty the index before it is rebuilt."""
        self._connection.execute(text("INSERT INTO request_search(request_search) VALUES ('delete-all')"))

    def size(self) -> int:
        """How many requests are in the index."""
        return int(self._connection.execute(text("SELECT count(*) FROM request_search")).scalar_one())

    def rows(self, typed: str, limit: int) -> list[int]:
        """Row numbers of requests in which every typed word begins a word, at most ``limit``.

        Ranked by nearness where at least three letters were typed, else the newest first.
        """
        query = match_expression(typed)
        if not query:
            return []
        ranked = max(map(len, _words(typed))) >= UNRANKED_LETTERS
        statement = _BY_NEARNESS if ranked else _NEWEST_FIRST
        return [
            int(row)
            for row in self._connection.execute(statement, {"query": query, "limit": limit}).scalars()
        ]

    def is_found_often(self, typed: str) -> bool:
        """Whether what was typed is found in more than ``OFTEN`` requests."""
        query = match_expression(typed)
        if not query:
            return False
        counted = self._connection.execute(_IS_OFTEN, {"query": query, "limit": OFTEN + 1})
        return int(counted.scalar_one()) > OFTEN

    def check(self) -> None:
        """Ask the index to verify itself; raises the driver's error where it is damaged."""
        self._connection.execute(
            text("INSERT INTO request_search(request_search) VALUES ('integrity-check')")
        )


def match_expression(typed: str) -> str:
    """The FTS5 query for what was typed: each word quoted, as a beginning; empty where there is no word."""
    words = _words(typed)
    # beside another word it leaves nothing out and costs much
    telling = [word for word in words if word.casefold() not in _IN_ALL] or words
    return " ".join(f'"{word}"*' for word in telling)


def matching(typed: str) -> TextualSelect:
    """The row numbers of all requests in which every typed word begins a word, as a part of another query.

    What holds no word matches nothing.
    """
    query = match_expression(typed)
    found = "request_search MATCH :typed" if query else ":typed IS NULL"
    statement = text(f"SELECT rowid FROM request_search WHERE {found}").bindparams(typed=query)  # noqa: S608
    return statement.columns(Column("rowid", Integer))


def finds_all(typed: str) -> bool:
    """Whether what was typed begins a word of every request."""
    words = _words(typed)
    return bool(words) and all(word.casefold() in _IN_ALL for word in words)


def folded(words: str) -> str:
    """``words`` as they are indexed and looked for: without accents, whichever way these were typed."""
    if words.isascii():
        return words
    apart = unicodedata.normalize("NFKD", words)
    return unicodedata.normalize("NFC", "".join(char for char in apart if not unicodedata.combining(char)))


def _words(typed: str) -> list[str]:
    return _WORD.findall(folded(typed))


def words_of(parts: Iterable[str]) -> str:
    """Texts joined for the index."""
    return " ".join(part for part in parts if part)
