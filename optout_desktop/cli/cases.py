# SPDX-License-Identifier: Apache-2.0
"""Worked cases: rows of a table → the three dates of each, the rule that was chosen, and every step.

A row names a law, a rule (or a chain ``a+b``, whose second clock starts on the first one's last day, the
worst case for the person), the place where the company must act, and the start. The version in force on the
day of the request counts, under whichever id it stands; where none is, or the law gives no number, there is
no date. A row that cannot be read says why and stops no other row.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from optout_desktop.domain.calendars import OutOfCalendar
from optout_desktop.domain.clocks import Clock, Start
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.counting import CalendarBook, Dates, dates, in_force
from optout_desktop.domain.errors import HandOverError, InputError, NotFound, OptOutError
from optout_desktop.domain.explaining import explain
from optout_desktop.domain.ids import CompanyId, EventId, LawId, PersonId, RequestId, RuleId
from optout_desktop.domain.laws import Law, Rule, StartEvent
from optout_desktop.domain.requests import EventKind, OptOutRequest, ProofGrade, RequestEvent
from optout_desktop.domain.rights import Right

from .arguments import known_day, known_place, known_word
from .explanations import day, sentences

if TYPE_CHECKING:
    from optout_desktop.services.laws import LawService

COLUMNS = (
    *("case_id", "law_id", "rule_id", "request_kind", "step", "place"),
    *("start_event", "start_date", "other_dates", "extended"),
)
NEEDED = ("case_id", "law_id", "rule_id", "start_date")
"""The columns without which nothing can be counted; every other one may be missing or empty."""

NO_DATE = "NONE"
EXTENDED = ("no", "yes", "paused")
_SEPARATORS = ",;\t"
_PARTS = re.compile(r"[;,|]")
_SPAN = re.compile(r"\.\.|/")
_CODES_OF_THE_UNION = {"EL": "GR", "UK": "GB"}
"""Country codes of the European Union that ISO 3166 spells otherwise."""

_RECEIPTS = frozenset(
    {StartEvent.RECEIPT_IDENTITY_FEE, StartEvent.RECEIPT_OF_APPEAL, StartEvent.RECEIPT_OF_REVOCATION}
)
"""Starts that a row may call a receipt, plainly."""

_STARTED_BY_A_CLOCK = frozenset({StartEvent.BROKER_RECEIPT_FROM_PLATFORM, StartEvent.EFFECTIVE_DATE})
"""Starts that come after the request: their day does not tell under which version the request was made."""


_ASKED = ("request", "submi")
_AWAITED = ("identity", "information", "fee")
_HANDED_ON = ("pickup", "pick_up", "broker_receipt")
_EXTENSION = ("exten", "notice")
_OTHER_DAYS = (*_ASKED, *_AWAITED, *_HANDED_ON, *_EXTENSION)
"""How the names of other dates begin, by what they tell; the rest of a paused row are its questions and
answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One row, read. What a row leaves open is None.

    ``asked_on`` picks the version, ``awaited_on`` are the days of identity and fee, ``handed_on`` is the start
    of a chain's second clock, ``pauses`` are pairs of days that are both left out.
    """

    id: str
    law: LawId
    rules: tuple[RuleId, ...]
    right: Right | None
    place: str
    starts_on: StartEvent | None
    start_on: date
    asked_on: date | None
    awaited_on: tuple[date, ...]
    handed_on: date | None
    is_extended: bool
    extension_on: date | None
    pauses: tuple[tuple[date, date], ...]


def read_rows(path: Path) -> tuple[dict[str, str], ...]:
    """The rows of a file. Raises HandOverError, InputError for a file that is no such table."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            file.seek(0)
            separator = max(_SEPARATORS, key=header.count)
            lines = (cells for cells in csv.reader(file, delimiter=separator) if any(map(str.strip, cells)))
            names = [name.strip().lower().replace(" ", "_") for name in next(lines, [])]
            rows = tuple(_by_column(names, cells) for cells in lines)
    except OSError as error:
        raise HandOverError(f"{path.name or path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError("cases", f"{path.name} is no table of comma-separated values in UTF-8.") from error
    if missing := [name for name in NEEDED if name not in names]:
        raise InputError("cases", f"{path.name} has no column called {', '.join(missing)}.")
    return rows


def _by_column(names: list[str], cells: list[str]) -> dict[str, str]:
    found = dict(zip(names, cells, strict=False))
    return {name: found.get(name, "").strip() for name in COLUMNS}


def counted(row: Mapping[str, str], laws: LawService, calendars: CalendarBook) -> dict[str, object]:
    """The answer to one row; ``problem`` says why it could not be counted, or is empty."""
    answer: dict[str, object] = {
        "case_id": row["case_id"],
        "nominal": NO_DATE,
        "due": NO_DATE,
        "overdue_after": NO_DATE,
        "rule_id": row["rule_id"],
        "calendar": "none",
        "why": [],
        "problem": "",
    }
    try:
        return answer | _answer(read_case(row), laws, calendars)
    except OptOutError as error:
        return answer | {"problem": str(error)}
    except OutOfCalendar:
        problem = f"The days from {row['start_date']} lie outside the years that the calendars cover."
        return answer | {"problem": problem}


def read_case(row: Mapping[str, str]) -> Case:
    """A row as a case. Raises NotFound, InputError."""
    extended = row["extended"].strip().lower() or "no"
    if extended not in EXTENDED:
        raise NotFound("kind of extension", extended, EXTENDED)
    others = _other_dates(row["other_dates"])
    event, right = row["start_event"].strip(), row["request_kind"].strip()
    return Case(
        id=row["case_id"],
        law=LawId(row["law_id"].strip().lower()),
        rules=tuple(RuleId(name.strip().lower()) for name in row["rule_id"].split("+")),
        right=known_word(Right, "right", right) if right else None,
        place=_place(row["place"]),
        starts_on=known_word(StartEvent, "start event", event) if event else None,
        start_on=known_day(row["start_date"], "start_date"),
        asked_on=_first(others, *_ASKED),
        awaited_on=tuple(on for name, on in others if name.startswith(_AWAITED) and "asked" not in name),
        handed_on=_first(others, *_HANDED_ON),
        is_extended=extended == "yes",
        extension_on=_first(others, *_EXTENSION),
        pauses=_pauses(others, is_paused=extended == "paused"),
    )


def _place(typed: str) -> str:
    place = typed.strip().upper().replace("_", "-")
    country, dash, region = place.partition("-")
    return known_place(_CODES_OF_THE_UNION.get(country, country) + dash + region) if place else ""


_OtherDates = tuple[tuple[str, date], ...]


def _other_dates(typed: str) -> _OtherDates:
    """Each name with its day; a span such as ``paused=2026-03-10..2026-03-14`` gives both of its days."""
    parts = (part.strip() for part in _PARTS.split(typed))
    return tuple(pair for part in parts if part for pair in _named_days(part))


def _named_days(typed: str) -> _OtherDates:
    name, sign, days = typed.partition("=")
    if not sign:
        raise InputError("other_dates", f"“{typed}” tells no day. Write it as NAME=YYYY-MM-DD.")
    name = name.strip().lower().replace("-", "_")
    return tuple((name, known_day(on, "other_dates")) for on in _SPAN.split(days))


def _first(others: _OtherDates, *beginnings: str) -> date | None:
    return next((on for name, on in others if name.startswith(beginnings)), None)


def _pauses(others: _OtherDates, *, is_paused: bool) -> tuple[tuple[date, date], ...]:
    """Each question to the person with its answer: the days of the clarification or pause, two and two."""
    stops = sorted(on for name, on in others if "clarif" in name or "pause" in name)
    if is_paused and not stops:
        stops = sorted(on for name, on in others if not name.startswith(_OTHER_DAYS))
    if len(stops) % 2 or (is_paused and not stops):
        raise InputError(
            "other_dates",
            "A paused clock needs the day of each question and of its answer: "
            "clarification_asked=DATE;clarification_received=DATE.",
        )
    return tuple(zip(stops[::2], stops[1::2], strict=True))


def _answer(case: Case, laws: LawService, calendars: CalendarBook) -> dict[str, object]:
    law = laws.law(case.law)
    why: list[str] = []
    chosen: list[Rule] = []
    found: Dates | None = None
    start, asked_on = case.start_on, case.asked_on
    for name in case.rules:
        named = _named(law, name)
        asked_on = asked_on or _asked_with(named, start)
        rule = _version(law, named, asked_on)
        if rule is None or _comes_later(case.right, rule, named):
            why.append(_why_not_in_force(name, named, case.right, asked_on))
            return {"why": why}
        if not chosen:
            _require_start(case.starts_on, rule, named)
            asked_on = rule.begins_on(asked_on)
        clock = _clock(rule, case, start, calendars)
        why += sentences(rule, explain(clock, _example(case, law, rule, asked_on), calendars))
        chosen.append(rule)
        found = clock.dates
        if found is None:
            return {"why": why, "rule_id": _ids(chosen)}
        start = case.handed_on or found.due
    if found is None:
        return {"why": why}
    return {
        "nominal": found.nominal,
        "due": found.due,
        "overdue_after": found.flag_after,
        "rule_id": _ids(chosen),
        "calendar": found.calendar or "none",
        "why": why,
    }


def _ids(rules: list[Rule]) -> str:
    return "+".join(rule.id for rule in rules)


# ── the version that governs ─────────────────────────────────────────────────────────────────────────


def _named(law: Law, name: RuleId) -> tuple[Rule, ...]:
    """Every version that stands under this id. Raises NotFound."""
    versions = tuple(rule for rule in law.rules if rule.id == name)
    if not versions:
        known = list(dict.fromkeys(rule.id for rule in law.rules))
        raise NotFound(
            f"rule of {law.id}", name, tuple(difflib.get_close_matches(name, known, n=3) or known[:3])
        )
    return versions


def _version(law: Law, named: tuple[Rule, ...], asked_on: date) -> Rule | None:
    """The version that governs a request of that day: one of those named, else their neighbour in time."""
    neighbours = tuple(rule for rule in law.rules if any(_follows(rule, one) for one in named))
    return next(iter((*in_force(named, asked_on), *in_force(neighbours, asked_on))), None)


def _follows(rule: Rule, other: Rule) -> bool:
    """True where one rule replaces the other: the same duty about the same rights, one from the day after."""
    if rule.step is not other.step or set(rule.rights) != set(other.rights):
        return False
    spans = ((rule.valid_to, other.valid_from), (other.valid_to, rule.valid_from))
    return any(end is not None and end + timedelta(days=1) == begin for end, begin in spans)


def _asked_with(named: tuple[Rule, ...], start_on: date) -> date:
    """The day of a request that the row does not tell: its start, or earlier for a clock that follows one."""
    last = named[-1]
    if last.starts_on in _STARTED_BY_A_CLOCK and last.valid_to is not None:
        return min(start_on, last.valid_to)
    return start_on


def _comes_later(right: Right | None, rule: Rule, named: tuple[Rule, ...]) -> bool:
    """True where the version in force lacks the right and a later version has it."""
    later = (one for one in named if one.valid_from > rule.valid_from)
    return right is not None and right not in rule.rights and any(right in one.rights for one in later)


def _why_not_in_force(name: RuleId, named: tuple[Rule, ...], right: Right | None, on: date) -> str:
    about_it = [rule.valid_from for rule in named if right is None or right in rule.rights]
    first = min(about_it or [rule.valid_from for rule in named])
    if on < first:
        return (
            f"The rule {name} applies from {day(first)}; the request is of {day(on)}: there is no deadline."
        )
    return f"The rule {name} was not in force on {day(on)}: there is no deadline."


def _require_start(typed: StartEvent | None, rule: Rule, named: tuple[Rule, ...]) -> None:
    known = {rule.starts_on, *(one.starts_on for one in named)}
    if typed is None or typed in known or (typed is StartEvent.RECEIPT and known & _RECEIPTS):
        return
    raise InputError(
        "start_event", f"The rule {rule.id} does not start with “{typed}” but with “{rule.starts_on}”."
    )


# ── one clock ────────────────────────────────────────────────────────────────────────────────────────


def _clock(rule: Rule, case: Case, started_on: date, calendars: CalendarBook) -> Clock:
    """One rule counted for a case; an extension whose notice came after the first period does not count."""
    awaited = case.awaited_on if rule.starts_on is StartEvent.RECEIPT_IDENTITY_FEE else ()
    start_on = max([started_on, *awaited])
    pauses = case.pauses if (case.right or rule.rights[0]) in rule.pause_rights else ()
    paused = sum((until - since).days + 1 for since, until in pauses)
    plain = dates(rule, start_on, case.place, calendars, paused_days=paused)
    start = rule.begins_on(start_on)
    clock = Clock(
        rule=rule,
        start=Start(event=rule.starts_on, on=start, grade=ProofGrade.STATED, is_floored=start != start_on),
        dates=plain,
        paused_days=paused,
    )
    is_late = plain is not None and case.extension_on is not None and case.extension_on > plain.due
    if not case.is_extended or plain is None or rule.extension is None or is_late:
        return clock
    longer = dates(rule, start_on, case.place, calendars, extended=True, paused_days=paused)
    return replace(clock, dates=longer, unextended=plain)


def _example(case: Case, law: Law, rule: Rule, asked_on: date) -> OptOutRequest:
    """A request that has the case's place and history, for the explanation."""
    sent = RequestEvent(
        id=EventId("sent"),
        kind=EventKind.SENT,
        on=asked_on,
        recorded_at=datetime.combine(asked_on, time()),
    )
    return OptOutRequest(
        id=RequestId("case"),
        person=PersonId("case"),
        company=CompanyId("case"),
        company_name="",
        right=case.right or rule.rights[0],
        law=law.id,
        residence=law.places[0],
        addressee_place=case.place,
        channel=Channel.EMAIL,
        reference="",
        created_on=asked_on,
        events=(sent,),
    )
