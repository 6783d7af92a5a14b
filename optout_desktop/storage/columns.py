# SPDX-License-Identifier: Apache-2.0
"""Column types: an enum, a list of words and a day are stored as text and come back as what they were."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import String, Text
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

E = TypeVar("E", bound=StrEnum)


class Word(TypeDecorator[E], Generic[E]):
    """A member of a closed vocabulary, stored as its word; an unknown word is refused both ways."""

    impl = String
    cache_ok = True

    def __init__(self, vocabulary: type[E]) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self._members = {member.value: member for member in vocabulary}

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """The word; a KeyError for one that the vocabulary does not have."""
        return None if value is None else self._members[value].value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> E | None:
        """The member."""
        return None if value is None else self._members[value]


class Words(TypeDecorator[tuple[str, ...]]):
    """A short list of texts, stored as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        """The JSON text."""
        return json.dumps(list(value or ()), ensure_ascii=False)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...]:
        """The list as a tuple."""
        return tuple(json.loads(value)) if value else ()
