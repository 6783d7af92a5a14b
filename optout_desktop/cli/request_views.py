# SPDX-License-Identifier: Apache-2.0
"""A request as programs and as people read it: one row in a list, or everything about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from optout_desktop.domain.agenda import DEFAULT_DUE_SOON_DAYS, RequestOverview, Urgency
from optout_desktop.domain.clocks import Clock, ClockState, WhyLine
from optout_desktop.domain.ids import RuleId
from optout_desktop.domain.requests import EventKind, RequestEvent

from .entries import ENTRY_DIGITS
from .explanations import clock_data, day, sentences
from .output import facts, table, text, words

if TYPE_CHECKING:
    from optout_desktop.services.requests import HistoryLine, RequestDetail

Whys = Mapping[RuleId, tuple[WhyLine, ...]]

HEADERS = ("reference", "company", "right", "law", "status", "sent", "due", "standing")


def overview_data(
    one: RequestOverview, today: date, soon_days: int = DEFAULT_DUE_SOON_DAYS
) -> dict[str, object]:
    """A row as programs read it; within ``soon_days`` of its day a request is due soon."""
    return {
        "id": one.id,
        "reference": one.reference,
        "person": one.person,
        "person_name": one.person_name,
        "company": one.company,
        "company_name": one.company_name,
        "right": one.right,
        "law": one.law,
        "channel": one.channel,
        "status": one.status,
        "attention": one.attention,
        "urgency": one.urgency(today, soon_days),
        "created_on": one.created_on,
        "sent_on": one.sent_on,
        "due": one.due_on,
        "overdue_after": None if one.will_lapse else one.flag_after_on,
        "days_left": one.days_left(today),
        "days_overdue": one.days_overdue(today),
        "rule_id": one.rule,
        "has_doubt": one.has_doubt,
        "next_step": one.next_step(today),
    }


def line_of(one: RequestOverview, today: date) -> tuple[object, ...]:
    """A row as people read it."""
    return (
        one.reference,
        one.company_name,
        one.right,
        one.law,
        one.status,
        one.sent_on,
        one.due_on,
        standing(one, today),
    )


def standing(one: RequestOverview, today: date) -> str:
    """How a request stands today, such as *overdue by 3 days*."""
    left = one.days_left(today)
    if one.will_lapse and left is not None:
        return f"{_days(left)} left" if left >= 0 else f"lapsed {_days(-left)} ago"
    match one.urgency(today):
        case Urgency.OVERDUE:
            return f"overdue by {_days(one.days_overdue(today))}"
        case Urgency.NEEDS_YOU:
            return words(one.attention or Urgency.NEEDS_YOU)
        case Urgency.DUE_SOON if left is not None and left < 0:
            return "the due day has passed, nobody is late yet"
        case Urgency.DUE_SOON | Urgency.WAITING if left is not None:
            return f"{_days(left)} left" if left else "due today"
        case other:
            return words(other)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def detail_data(detail: RequestDetail, why: Whys, today: date) -> dict[str, object]:
    """Everything about a request as programs read it."""
    request = detail.request
    return {
        **overview_data(detail.overview, today),
        "law_title": detail.law.title,
        "residence": request.residence,
        "addressee_place": request.addressee_place,
        "to_address": request.to_address,
        "list_id": request.list_id,
        "identity": request.identity,
        "customer_number": request.customer_number,
        "facts": {fact.value: text for fact, text in request.facts},
        "history": [_entry_data(line) for line in detail.history],
        "clocks": [clock_data(clock, why[clock.rule.id], today) for clock in detail.clocks],
        "deadline": detail.deadline.rule.id if detail.deadline else None,
        "letters": [
            {"id": kept.id, "kind": kept.letter.kind, "made_on": kept.made_on, "sha256": kept.sha256}
            for kept in detail.letters
        ],
        "made_letters": [
            {
                "id": kept.id,
                "kind": kept.letter.kind,
                "way": kept.way,
                "made_on": kept.made_on,
                "sha256": kept.sha256,
            }
            for kept in detail.made
        ],
        "files": [{"id": kept.id, "name": kept.name, "sha256": kept.sha256} for kept in detail.files],
        "note": detail.note,
        "has_newer_law": detail.has_newer_law,
    }


def _entry_data(line: HistoryLine) -> dict[str, object]:
    event = line.event
    return {
        "id": event.id,
        "event": event.kind,
        "on": event.on,
        "until": event.until,
        "reason": event.reason,
        "note": event.note,
        "proof": event.grade,
        "details": dict(event.details),
        "recorded_at": event.recorded_at,
        "corrects": event.corrects,
        "stands": line.stands,
    }


def detail_lines(detail: RequestDetail, why: Whys, today: date) -> list[str]:
    """Everything about a request as people read it."""
    request, row = detail.request, detail.overview
    lines = facts(
        [
            ("Request", request.reference),
            ("Id", request.id),
            ("Person", detail.person.name),
            ("Company", request.company_name),
            ("Right", words(request.right)),
            ("Law", f"{detail.law.title} ({detail.law.id})"),
            ("By", words(request.channel)),
            ("To", request.to_address),
            ("List", request.list_id),
            ("Status", request.status),
            ("Standing", standing(row, today)),
            *((words(fact).capitalize(), text(said)) for fact, said in request.facts),
            ("Note", detail.note),
            *(
                (
                    "Made",
                    f"{made.letter.kind} as {made.way or 'text'} on {made.made_on}, not recorded as sent",
                )
                for made in detail.made
            ),
        ]
    )
    lines += ["", "What happened"]
    lines += table(
        ("entry", "on", "event", "told"),
        [
            (line.event.id[:ENTRY_DIGITS], line.event.on, _event_words(line), _told(line.event))
            for line in detail.history
        ],
        "Nothing yet: it is a draft.",
    )
    for clock in detail.clocks:
        lines += ["", f"{clock.rule.id}: {clock.rule.what}", f"  {clock_words(clock, today)}"]
        if clock.start is not None:
            lines += [f"    {sentence}" for sentence in sentences(clock.rule, why[clock.rule.id])]
    return lines


def _event_words(line: HistoryLine) -> str:
    told = words(line.event.kind)
    return told if line.stands or line.event.kind is EventKind.TAKEN_BACK else f"{told} (no longer so)"


def _told(event: RequestEvent) -> str:
    until = (f"until {event.until.isoformat()}",) if event.until else ()
    instead_of = (f"about {event.corrects[:ENTRY_DIGITS]}",) if event.corrects else ()
    details = (f"{words(name)}: {text(value)}" for name, value in event.details)
    told = (*until, text(words(event.reason)), text(event.note), *details, *instead_of)
    return "; ".join(one for one in told if one)


def clock_words(clock: Clock, today: date) -> str:
    """How a clock stands, in a sentence."""
    dates = clock.dates
    last = day(dates.flag_after) if dates else ""
    match clock.state(today):
        case ClockState.NOT_STARTED:
            return "This clock has not started."
        case ClockState.NO_DATE:
            beyond = "The days lie outside the years that the calendars cover."
            return beyond if clock.is_beyond_calendars else "The law gives no number of days."
        case ClockState.RUNNING:
            return f"Runs until {day(dates.due if dates else None)}."
        case ClockState.PAUSED:
            return f"Stands still since {day(clock.paused_since)}: a question to you is not answered."
        case ClockState.GRACE:
            return f"The due day has ended; nobody is accused before {last} has ended."
        case ClockState.MISSED:
            return f"Missed: {last} has ended."
        case ClockState.MET:
            return f"Met on {day(clock.met_on)}."
        case ClockState.MET_LATE:
            return f"Met on {day(clock.met_on)}, after the last defensible day, {last}."
