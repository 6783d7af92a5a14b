# SPDX-License-Identifier: Apache-2.0
"""Worked cases: rows of a table → the three dates of each, the rule that was chosen, and every step.

A row names a law, a rule (or a chain ``a+b``, whose second clock starts on the first one's last day, the
worst case for the person), the place where the company must act, and the start. The version in force on the
day of the request counts; where none is, or the law gives no number, there is no date.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
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
NO_DATE = "NONE"
EXTENDED = ("no", "yes", "paused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One row, read. ``asked_on`` picks the version; ``pauses`` are pairs of days, both left out."""

    id: str
    law: LawId
    rules: tuple[RuleId, ...]
    right: Right
    place: str
    starts_on: StartEvent
    start_on: date
    asked_on: date
    is_extended: bool
    extension_on: date | None
    pauses: tuple[tuple[date, date], ...]


def read_rows(path: Path) -> tuple[dict[str, str], ...]:
    """The rows of a file. Raises HandOverError, InputError for a file that is no such table."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = tuple({name: row.get(name) or "" for name in COLUMNS} for row in reader)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    except OSError as error:
        raise HandOverError(f"{path.name} cannot be read.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError("cases", f"{path.name} is no table of comma-separated values in UTF-8.") from error
    if missing:
        raise InputError("cases", f"{path.name} has no column called {', '.join(missing)}.")
    return rows


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
    starts_on = known_word(StartEvent, "start event", row["start_event"])
    start_on = known_day(row["start_date"], "start_date")
    extended = row["extended"].strip().lower() or "no"
    if extended not in EXTENDED:
        raise NotFound("kind of extension", extended, EXTENDED)
    others = _other_dates(row["other_dates"])
    if starts_on is StartEvent.RECEIPT_IDENTITY_FEE:
        awaited = [on for name, on in others if name.startswith(("identity", "information", "fee"))]
        start_on = max([start_on, *awaited])
    asked_on = next((on for name, on in others if name.startswith("request")), start_on)
    return Case(
        id=row["case_id"],
        law=LawId(row["law_id"].strip()),
        rules=tuple(RuleId(name.strip()) for name in row["rule_id"].split("+")),
        right=known_word(Right, "right", row["request_kind"]),
        place=known_place(row["place"]) if row["place"].strip() else "",
        starts_on=starts_on,
        start_on=start_on,
        asked_on=asked_on,
        is_extended=extended == "yes",
        extension_on=next((on for name, on in others if name.startswith("exten")), None),
        pauses=_pauses(others) if extended == "paused" else (),
    )


def _other_dates(typed: str) -> tuple[tuple[str, date], ...]:
    pairs = (part.partition("=") for part in typed.split(";") if part.strip())
    return tuple((name.strip().lower(), known_day(on, "other_dates")) for name, _, on in pairs)


def _pauses(others: tuple[tuple[str, date], ...]) -> tuple[tuple[date, date], ...]:
    """Each question to the person with its answer: the days of the clarification or pause, two and two."""
    stops = sorted(on for name, on in others if "clarif" in name or "pause" in name)
    if not stops or len(stops) % 2:
        raise InputError(
            "other_dates",
            "A paused clock needs the day of each question and of its answer: "
            "clarification_asked=DATE;clarification_received=DATE.",
        )
    return tuple(zip(stops[::2], stops[1::2], strict=True))


def _answer(case: Case, laws: LawService, calendars: CalendarBook) -> dict[str, object]:
    law = laws.law(case.law)
    start, why, chosen = case.start_on, [], []
    found: Dates | None = None
    for number, name in enumerate(case.rules):
        versions = _versions(law, name)
        governing = in_force(versions, case.asked_on)
        if not governing:
            why.append(_why_not_in_force(name, versions, case.asked_on))
            return {"why": why}
        rule = governing[0]
        if number == 0 and rule.starts_on is not case.starts_on:
            raise InputError(
                "start_event",
                f"The rule {rule.id} does not start with “{case.starts_on}” but with “{rule.starts_on}”.",
            )
        clock = _clock(rule, case, start, calendars)
        why += sentences(rule, explain(clock, _example(case, law), calendars))
        chosen.append(rule.id)
        found = clock.dates
        if found is None:
            return {"why": why, "rule_id": "+".join(chosen)}
        start = found.due
    if found is None:
        return {"why": why}
    return {
        "nominal": found.nominal,
        "due": found.due,
        "overdue_after": found.flag_after,
        "rule_id": "+".join(chosen),
        "calendar": found.calendar or "none",
        "why": why,
    }


def _versions(law: Law, name: RuleId) -> tuple[Rule, ...]:
    versions = tuple(rule for rule in law.rules if rule.id == name)
    if not versions:
        known = list(dict.fromkeys(rule.id for rule in law.rules))
        raise NotFound(
            f"rule of {law.id}", name, tuple(difflib.get_close_matches(name, known, n=3) or known[:3])
        )
    return versions


def _why_not_in_force(name: RuleId, versions: tuple[Rule, ...], on: date) -> str:
    first = min(rule.valid_from for rule in versions)
    if on < first:
        return (
            f"The rule {name} applies from {day(first)}; the request is of {day(on)}: there is no deadline."
        )
    return f"The rule {name} was not in force on {day(on)}: there is no deadline."


def _clock(rule: Rule, case: Case, start_on: date, calendars: CalendarBook) -> Clock:
    """One rule counted for a case; an extension whose notice came after the first period does not count."""
    pauses = case.pauses if case.right in rule.pause_rights else ()
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


def _example(case: Case, law: Law) -> OptOutRequest:
    """A request that has the case's place and history, for the explanation."""
    sent = RequestEvent(
        id=EventId("sent"),
        kind=EventKind.SENT,
        on=case.asked_on,
        recorded_at=datetime.combine(case.asked_on, time()),
    )
    return OptOutRequest(
        id=RequestId("case"),
        person=PersonId("case"),
        company=CompanyId("case"),
        company_name="",
        right=case.right,
        law=law.id,
        residence=law.places[0],
        addressee_place=case.place,
        channel=Channel.EMAIL,
        reference="",
        created_on=case.asked_on,
        events=(sent,),
    )
