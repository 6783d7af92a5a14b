# SPDX-License-Identifier: Apache-2.0
"""Snapshots: the rules and the non-working days that a request was sent under, as one canonical text.

A snapshot is cut to whole calendar years around the sending, so that all requests of a year under the same
law, right and place share one text and one digest. Neither a later law file nor a later holiday table can
move a deadline that is counted from it.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from .calendars import Calendar, NonWorkingDay
from .clocks import CalendarBook, FrozenBook, RulesSnapshot
from .counting import calendar_choice
from .errors import InputError
from .ids import CalendarId
from .laws import COMPANY_ACTS, Extension, Period, Roll, Rule, Source, Unit

_FORMAT = 1
_YEARS_BEFORE, _YEARS_AFTER = 1, 2


def snapshot(
    rules: tuple[Rule, ...], addressee_place: str, sent_on: date, book: CalendarBook
) -> RulesSnapshot:
    """What must be kept with a request sent on ``sent_on``: its rules, and their calendars for four years."""
    first = date(sent_on.year - _YEARS_BEFORE, 1, 1)
    latest_start = max((rule.begins_on(sent_on) for rule in rules), default=sent_on)
    last = date(latest_start.year + _YEARS_AFTER, 12, 31)
    wanted: dict[CalendarId, None] = {}
    regions: dict[str, tuple[CalendarId, ...]] = {}
    for rule in rules:
        if not _needs_calendar(rule):
            continue
        choice = calendar_choice(rule, addressee_place)
        wanted.update(dict.fromkeys(choice.all_in(book)))
        if choice.widens_to:
            regions[choice.widens_to] = book.regions(choice.widens_to)
    calendars = tuple(book.calendar(calendar).between(first, last) for calendar in sorted(wanted))
    kept = FrozenBook(calendars=calendars, region_lists=tuple(sorted(regions.items())))
    text = _text(rules, kept)
    return RulesSnapshot(digest=_digest(text), rules=rules, book=kept)


def snapshot_to_text(kept: RulesSnapshot) -> str:
    """The canonical JSON of a snapshot: sorted keys, no blanks, ASCII; its SHA-256 is the digest."""
    return _text(kept.rules, kept.book)


def snapshot_from_text(text: str) -> RulesSnapshot:
    """The snapshot that ``text`` holds. Raises InputError where a word or a field is unknown or missing."""
    try:
        record = json.loads(text)
        if set(record) != {"format", "rules", "calendars", "regions"} or record["format"] != _FORMAT:
            raise ValueError("not a snapshot of this format")
        book = FrozenBook(
            calendars=tuple(_calendar(entry) for entry in record["calendars"]),
            region_lists=tuple(
                (country, tuple(map(CalendarId, ids))) for country, ids in sorted(record["regions"].items())
            ),
        )
        rules = tuple(_read(Rule, entry) for entry in record["rules"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            "rules", f"The rules that were kept with this request cannot be read: {error}."
        ) from error
    return RulesSnapshot(digest=_digest(_text(rules, book)), rules=rules, book=book)


def _needs_calendar(rule: Rule) -> bool:
    if not rule.period.has_number:
        return False
    rolls = (rule.roll, rule.lenient_roll) != (Roll.NONE, Roll.NONE)
    return rolls or rule.period.unit is Unit.BUSINESS_DAYS or rule.step in COMPANY_ACTS


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _text(rules: tuple[Rule, ...], book: FrozenBook) -> str:
    record = {
        "format": _FORMAT,
        "rules": [_write(rule) for rule in rules],
        "calendars": [_calendar_record(calendar) for calendar in book.calendars],
        "regions": {country: list(ids) for country, ids in book.region_lists},
    }
    return json.dumps(record, sort_keys=True, separators=(",", ":"))


def _calendar_record(calendar: Calendar) -> dict[str, Any]:
    return {
        "id": calendar.id,
        "title": calendar.title,
        "first": calendar.first.isoformat(),
        "last": calendar.last.isoformat(),
        "weekend": list(calendar.weekend),
        "holidays": [[day.on.isoformat(), day.name] for day in calendar.holidays],
    }


def _calendar(record: dict[str, Any]) -> Calendar:
    return Calendar(
        id=CalendarId(record["id"]),
        title=record["title"],
        first=date.fromisoformat(record["first"]),
        last=date.fromisoformat(record["last"]),
        weekend=tuple(record["weekend"]),
        holidays=tuple(
            NonWorkingDay(on=date.fromisoformat(day), name=name) for day, name in record["holidays"]
        ),
    )


# ── rules as JSON: fields at their default are left out ──────────────────────────────────────────────

_KEPT = (Rule, Period, Extension, Source)
_HINTS: dict[type[Any], dict[str, Any]] = {kind: get_type_hints(kind) for kind in _KEPT}


def _write(value: object) -> Any:  # noqa: ANN401  # JSON has no narrower type
    if isinstance(value, _KEPT):
        return {
            field.name: _write(content)
            for field in fields(value)
            if (content := getattr(value, field.name)) != field.default or field.default is MISSING
        }
    if isinstance(value, tuple):
        return [_write(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _read(kind: type[Any], record: dict[str, Any]) -> Any:  # noqa: ANN401  # one reader for four kinds
    hints = _HINTS[kind]
    if unknown := set(record) - set(hints):
        raise ValueError(f"unknown field {min(unknown)}")
    return kind(**{name: _convert(hints[name], value) for name, value in record.items()})


def _convert(hint: Any, value: Any) -> Any:  # noqa: ANN401  # type hints are values of any kind
    if get_origin(hint) in {Union, types.UnionType}:
        return None if value is None else _convert(get_args(hint)[0], value)
    if get_origin(hint) is tuple:
        return tuple(_convert(get_args(hint)[0], item) for item in value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    if hint is date:
        return date.fromisoformat(value)
    if hint in _KEPT:
        return _read(hint, value)
    plain: Callable[[Any], Any] = hint
    if hint in {bool, int, str} and not isinstance(value, hint):
        raise TypeError(f"{value!r} is not a {hint.__name__}")
    return plain(value)
