# SPDX-License-Identifier: Apache-2.0
"""JSON that a person hands in → plain values, within the limits that untrusted files have.

A name that stands twice, a number that a float or a script could not hold, NaN, and what is too large or nested too
deep are refused with ``ImportRefused``: nothing of such a file is taken.
"""

from __future__ import annotations

import json
import math
from typing import Any

from optout_desktop.domain.errors import ImportRefused

LARGEST_BYTES = 20 * 1024 * 1024
MOST_KEYS = 1_000_000
MOST_NESTS = 1_000_000
"""Lists and objects: each of them takes much more memory than the two bytes that it may be in a file."""

DEEPEST = 32
LARGEST_WHOLE = 2**53
_LONGEST_WHOLE_CHARS = 17


def read_json(content: bytes, name: str) -> Any:  # noqa: ANN401 - what JSON may hold
    """What a JSON file says. Raises ImportRefused, naming ``name``."""
    if len(content) > LARGEST_BYTES:
        raise ImportRefused(
            f"{name} has more than {LARGEST_BYTES // 1024 // 1024} MB, the limit for JSON. It was not read.",
            "too_large",
            name,
        )
    if content.count(b"[") + content.count(b"{") > MOST_NESTS:
        raise ImportRefused(
            f"{name} holds more than {MOST_NESTS:,} lists and objects. It was not read.", "too_large", name
        )
    keys = _Keys(name)
    try:
        text = content.decode("utf-8-sig")
        value = json.loads(
            text,
            object_pairs_hook=keys.object,
            parse_constant=keys.constant,
            parse_int=keys.whole,
            parse_float=keys.fraction,
        )
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise ImportRefused(
            f"{name} is not JSON that can be read{line}. Nothing was changed.", "not_json", name
        ) from error
    except RecursionError as error:
        raise _too_deep(name) from error
    _require_shallow(value, name)
    return value


class _Keys:
    """Builds objects while it counts their names."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._count = 0

    def object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """One object. Raises ImportRefused for a name that stands twice, or one too many."""
        self._count += len(pairs)
        if self._count > MOST_KEYS:
            raise ImportRefused(
                f"{self._name} holds more than {MOST_KEYS:,} named values. It was not read.",
                "too_large",
                self._name,
            )
        made = dict(pairs)
        if len(made) < len(pairs):
            raise self._wrong("names the same thing twice in one object")
        return made

    def constant(self, word: str) -> float:
        """Never a number. Raises ImportRefused."""
        raise self._wrong(f"holds {word}, which is no number")

    def whole(self, digits: str) -> int:
        """A whole number. Raises ImportRefused for one that is too large."""
        if len(digits) > _LONGEST_WHOLE_CHARS or abs(number := int(digits)) > LARGEST_WHOLE:
            raise self._wrong("holds a number that is too large")
        return number

    def fraction(self, digits: str) -> float:
        """A number with a fraction. Raises ImportRefused for one that no float holds."""
        if math.isinf(number := float(digits)):
            raise self._wrong("holds a number that is too large")
        return number

    def _wrong(self, what: str) -> ImportRefused:
        return ImportRefused(f"{self._name} {what}. Nothing was changed.", "not_json", self._name)


def _require_shallow(value: object, name: str) -> None:
    level: list[object] = [value]
    depth = 0
    while level:
        depth += 1
        if depth > DEEPEST + 1:
            raise _too_deep(name)
        inner: list[object] = []
        for one in level:
            if isinstance(one, dict):
                inner.extend(one.values())
            elif isinstance(one, list):
                inner.extend(one)
        level = [one for one in inner if isinstance(one, dict | list)]


def _too_deep(name: str) -> ImportRefused:
    return ImportRefused(
        f"{name} is nested deeper than {DEEPEST} levels. Nothing was changed.", "not_json", name
    )
