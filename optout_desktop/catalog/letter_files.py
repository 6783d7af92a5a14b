# SPDX-License-Identifier: Apache-2.0
"""The TOML files of letters, read strictly: whatever is not as it should be is a CatalogError with its field."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from optout_desktop.domain.errors import CatalogError

_E = TypeVar("_E", bound=StrEnum)


def read_table(
    read: Callable[[Path], bytes],
    file: Path,
    keys: AbstractSet[str],
    optional: AbstractSet[str] = frozenset(),
    name: str = "",
) -> dict[str, Any]:
    """A whole file with every one of ``keys``, maybe the ``optional`` ones, and no other.

    Raises CatalogError, which calls the file ``name`` (else as it is called in its folder).
    """
    name = name or file.name
    try:
        content = tomllib.loads(read(file).decode())
    except OSError as error:
        raise CatalogError(name, "file", "it cannot be read.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogError(name, "file", f"{error}.") from error
    for key in sorted(content.keys() - keys - optional):
        raise CatalogError(name, f"file.{key}", "nothing here has that name.")
    for key in sorted(keys - content.keys()):
        raise CatalogError(name, key, "it is missing.")
    return content


def texts(file: str, field: str, value: Any, count: int | None = None) -> tuple[str, ...]:  # noqa: ANN401
    """A list of texts, of ``count`` where that is said. Raises CatalogError."""
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one for one in value):
        raise CatalogError(file, field, "it is not made of texts.")
    if count is not None and len(value) != count:
        raise CatalogError(file, field, f"it holds {len(value)} texts instead of {count}.")
    return tuple(value)


def table(file: str, field: str, value: Any) -> dict[str, str]:  # noqa: ANN401
    """A table of texts. Raises CatalogError."""
    if not isinstance(value, dict):
        raise CatalogError(file, field, "it is not a table.")
    for name, text in value.items():
        if not isinstance(text, str):
            raise CatalogError(file, f"{field}.{name}", "it is not a text.")
    return value


def whole(file: str, field: str, value: Any) -> int:  # noqa: ANN401
    """A whole number from 1. Raises CatalogError."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise CatalogError(file, field, "it is not a whole number from 1.")
    return value


def members(file: str, field: str, kind: Callable[[str], _E], value: Any) -> tuple[_E, ...]:  # noqa: ANN401
    """Words of a closed vocabulary. Raises CatalogError."""
    return tuple(_member(file, field, kind, word) for word in texts(file, field, value))


def _member(file: str, field: str, kind: Callable[[str], _E], word: str) -> _E:
    try:
        return kind(word)
    except ValueError as error:
        raise CatalogError(file, field, f"“{word}” is not one of the known words.") from error
