# SPDX-License-Identifier: Apache-2.0
"""A person in a file: JSON that somebody wrote → a ``Person``, or the sentence that names the field that is wrong.

{"name", "emails": [..], "phones": [..], "place": "US-CA", "language": "en",
 "addresses": [{"lines": [..], "postcode", "city", "region", "country"}]}
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optout_desktop.domain.errors import InputError, OptOutError
from optout_desktop.domain.ids import PersonId
from optout_desktop.domain.letters import clean_line
from optout_desktop.domain.people import Person, PostalAddress
from optout_desktop.domain.places import country_of

from .arguments import known_place, nearest

if TYPE_CHECKING:
    from optout_desktop.services.ports import Addresses, Files

LARGEST_BYTES = 64 * 1024
LONGEST_CHARS = 200
MOST = 20
"""E-mail addresses, telephone numbers, postal addresses or lines of one."""
_FIELDS = ("name", "emails", "phones", "addresses", "place", "language")
_PARTS = ("lines", "postcode", "city", "region", "country")


def read_person(path: Path, files: Files, addresses: Addresses, today: date) -> Person:
    """The person of a file. Raises InputError naming the field, HandOverError where it cannot be read."""
    told = _object("file", _parsed(path, files), _FIELDS)
    home = _Field("place")(known_place, _line("place", told.get("place")))
    country = country_of(home)
    return Person(
        id=PersonId("file"),
        name=_line("name", told.get("name")),
        emails=tuple(
            _Field(f"emails[{at}]")(addresses.email, text, "emails")
            for at, text in enumerate(_lines("emails", told.get("emails", [])))
        ),
        phones=tuple(
            _Field(f"phones[{at}]")(addresses.phone, text, country, "phones")
            for at, text in enumerate(_lines("phones", told.get("phones", [])))
        ),
        addresses=tuple(
            _address(f"addresses[{at}]", one)
            for at, one in enumerate(_list("addresses", told.get("addresses", [])))
        ),
        place=home,
        language=_line("language", told["language"]) if told.get("language") else "en",
        created_on=today,
    )


class _Field:
    """Says of which field of the file a check complains."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, check: Any, *values: Any) -> Any:  # noqa: ANN401 - any check of one value
        try:
            return check(*values)
        except OptOutError as error:
            raise _wrong(self._name, str(error)) from error


def _parsed(path: Path, files: Files) -> Any:  # noqa: ANN401 - as a file says it
    file = files.open(path)
    if file.size_bytes > LARGEST_BYTES:
        raise _wrong("file", f"It has {file.size_bytes:,} bytes, and {LARGEST_BYTES:,} are allowed.")
    try:
        return json.loads(b"".join(file.pieces).decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError:
        # "from None": the original errors carry what stands in the file
        raise _wrong("file", "It is no UTF-8 text.") from None
    except json.JSONDecodeError as error:
        raise _wrong("file", f"It is no JSON (line {error.lineno}).") from None
    except ValueError:
        raise _wrong("file", "It holds a number that is too large.") from None
    except RecursionError:
        raise _wrong("file", "It is nested too deep.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        raise _wrong("file", "A field stands there twice.")
    return told


def _object(field: str, value: Any, known: tuple[str, ...]) -> dict[str, Any]:  # noqa: ANN401
    if not isinstance(value, dict):
        raise _wrong(field, "It is no JSON object.")
    for name in value.keys() - set(known):
        near = ", ".join(nearest(name, known))
        raise _wrong(clean_line(name), f"There is no such field. Known ones are {near}.")
    return value


def _list(field: str, value: Any) -> list[Any]:  # noqa: ANN401
    if not isinstance(value, list):
        raise _wrong(field, "It is no list.")
    if len(value) > MOST:
        raise _wrong(field, f"It holds {len(value):,} entries, and {MOST} are allowed.")
    return value


def _lines(field: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(_line(f"{field}[{at}]", one) for at, one in enumerate(_list(field, value)))


def _line(field: str, value: Any) -> str:  # noqa: ANN401
    if value is None:
        raise _wrong(field, "It is missing.")
    if not isinstance(value, str) or not value.strip():
        raise _wrong(field, "It is no text.")
    if len(value) > LONGEST_CHARS:
        raise _wrong(field, f"It has {len(value):,} characters, and {LONGEST_CHARS} are allowed.")
    if len(value.splitlines()) > 1 or clean_line(value) != " ".join(value.split()):
        raise _wrong(field, "It holds a line break or a control character.")
    return clean_line(value)


def _address(field: str, value: Any) -> PostalAddress:  # noqa: ANN401
    told = _object(field, value, _PARTS)
    one = {
        part: _line(f"{field}.{part}", told[part]) if told.get(part) else ""
        for part in _PARTS
        if part != "lines"
    }
    return PostalAddress(lines=_lines(f"{field}.lines", told.get("lines")), **one)


def _wrong(field: str, sentence: str) -> InputError:
    return InputError(field, f"The person file, {field}: {sentence}")
