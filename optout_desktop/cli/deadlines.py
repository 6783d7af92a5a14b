# SPDX-License-Identifier: Apache-2.0
"""``optout deadline``: every clock of a right from a day, or a table of worked cases, without any vault."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from optout_desktop.domain.errors import InputError
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.laws import Law, StartEvent
from optout_desktop.domain.places import Place
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right

from .arguments import DAY, EVENT, FACT, LAW, PLACE, RIGHT
from .cases import counted, read_rows
from .explanations import clock_data, period
from .output import table, words
from .session import Session
from .tree import Command, in_session

_EVENT_OF_START = {
    StartEvent.RECEIPT: EventKind.RECEIVED,
    StartEvent.RECEIPT_OF_REVOCATION: EventKind.RECEIVED,
    StartEvent.RECEIPT_IDENTITY_FEE: EventKind.RECEIVED,
    StartEvent.RECEIPT_OF_APPEAL: EventKind.APPEAL_SENT,
    StartEvent.REGISTRATION: EventKind.REGISTERED,
    StartEvent.AUTHENTICATION: EventKind.IDENTITY_GIVEN,
    StartEvent.COMPLAINT_LODGED: EventKind.COMPLAINT_LODGED,
    StartEvent.MESSAGE_RECEIVED: EventKind.MESSAGE_RECEIVED,
    StartEvent.TRANSMISSION_OF_MESSAGE: EventKind.MESSAGE_RECEIVED,
    StartEvent.RECEIPT_AND_IMPLEMENTATION: EventKind.COMPLETED,
    StartEvent.EFFECTIVE_DATE: EventKind.COMPLETED,
    StartEvent.BROKER_RECEIPT_FROM_PLATFORM: EventKind.ACKNOWLEDGED,
    StartEvent.DECISION_COMMUNICATED: EventKind.REFUSED,
    StartEvent.OUTCOME_OF_REQUEST: EventKind.REFUSED,
    StartEvent.REFUSAL_OR_END_OF_PERIOD: EventKind.REFUSED,
}
"""The entry by which a person would record each start event; every other one is the sending."""


@click.command(cls=Command)
@click.option("--law", type=LAW, metavar="ID", help="The law, such as us-ca-ccpa.")
@click.option("--right", type=RIGHT, metavar="KIND", help="The right, such as optout_sale.")
@click.option("--from", "start", type=DAY, metavar="DATE", help="The day that the clock starts with.")
@click.option(
    "--event",
    type=EVENT,
    metavar="NAME",
    help="What happened on that day; without it, the request was sent.",
)
@click.option("--place", type=PLACE, metavar="CODE", help="Where the company must act.")
@click.option("--fact", "facts", type=FACT, multiple=True, metavar="NAME=DATE", help="What happened later.")
@click.option("--extended", is_flag=True, help="The company took the extension that the law allows.")
@click.option(
    "--cases",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Count every row of a table of cases instead.",
)
@in_session
def deadline(  # noqa: PLR0913 - one parameter an option
    session: Session,
    *,
    law: LawId | None,
    right: Right | None,
    start: date | None,
    event: EventKind | None,
    place: Place | None,
    facts: tuple[tuple[EventKind, date], ...],
    extended: bool,
    cases: Path | None,
) -> int:
    """Count a deadline and explain it."""
    if cases is not None:
        if extended or facts or any(one is not None for one in (law, right, start, event, place)):
            raise click.UsageError("--cases stands alone.")
        return _count_cases(session, cases)
    if law is None or right is None or start is None:
        raise click.UsageError("Give --law, --right and --from, or --cases.")
    event = event or EventKind.SENT
    _require_in_force(session.house.laws.law(law), start)
    if event is EventKind.SENT:
        _require_after_sending(start, facts)
    _require_known_events(session, law, right, (event, *(kind for kind, _ in facts)))
    found = session.house.laws.counted(
        law, right, start, place=place or "", event=event, facts=facts, is_extended=extended
    )
    clocks = [clock_data(one.clock, one.why) for one in found]
    rows = [
        (
            one.clock.rule.id,
            words(one.clock.step),
            period(one.clock.rule.period.amount, one.clock.rule.period.unit),
            *((dates.nominal, dates.due, dates.flag_after) if (dates := one.clock.dates) else (None,) * 3),
        )
        for one in found
    ]
    lines = table(
        ("rule", "step", "period", "nominal", "due", "overdue after"),
        rows,
        "No clock of this right runs then.",
    )
    for one, data in zip(found, clocks, strict=True):
        if one.clock.start is not None:
            lines += ["", f"{one.clock.rule.id}: {one.clock.rule.what}"]
            lines += [f"  {sentence}" for sentence in _sentences(data)]
    session.show({"law": law, "right": right, "from": start, "place": place or "", "clocks": clocks}, lines)
    return 0


def _count_cases(session: Session, path: Path) -> int:
    rows = read_rows(path)
    laws, calendars = session.house.laws, session.house.outside.calendars
    session.warn_of_missing_laws()
    answers = [counted(row, laws, calendars) for row in rows]
    columns = ("case_id", "nominal", "due", "overdue_after", "rule_id", "calendar")
    lines = table(
        [column.replace("_", " ") for column in columns],
        [[answer[column] for column in columns] for answer in answers],
        f"{path.name} has no rows.",
    )
    session.show(answers, lines)
    problems = [
        f"{answer['case_id'] or f'Row {number}'}: {answer['problem']}"
        for number, answer in enumerate(answers, 1)
        if answer["problem"]
    ]
    for problem in problems:
        session.say(problem)
    return 1 if problems else 0


def _require_in_force(law: Law, start: date) -> None:
    if start < law.applies_from:
        since = law.applies_from.isoformat()
        raise InputError(
            "from", f"{law.short_title} is not in force on {start.isoformat()}: it applies from {since}."
        )
    if law.applies_to is not None and start > law.applies_to:
        until = law.applies_to.isoformat()
        raise InputError(
            "from", f"{law.short_title} is not in force on {start.isoformat()}: it applied until {until}."
        )


def _require_after_sending(start: date, facts: tuple[tuple[EventKind, date], ...]) -> None:
    for kind, on in facts:
        if on < start:
            raise InputError(
                "fact",
                f"“{kind}” on {on.isoformat()} lies before the sending on {start.isoformat()}.",
            )


def _require_known_events(session: Session, law: LawId, right: Right, events: tuple[EventKind, ...]) -> None:
    """Raise InputError for an event that neither starts, moves nor ends a clock of the right."""
    rules = [rule for rule in session.house.laws.law(law).rules if right in rule.rights]
    starting = {_EVENT_OF_START.get(rule.starts_on, EventKind.SENT) for rule in rules}
    moving = {
        *(EventKind.SENT, EventKind.RECEIVED, EventKind.EXTENDED, EventKind.ACKNOWLEDGED),
        *(EventKind.COMPLETED, EventKind.REFUSED, EventKind.IDENTITY_ASKED, EventKind.IDENTITY_GIVEN),
        *(EventKind.FEE_ASKED, EventKind.FEE_PAID, EventKind.CLARIFICATION_ASKED),
        *(EventKind.CLARIFICATION_RECEIVED, EventKind.APPEAL_SENT, EventKind.APPEAL_ANSWERED),
        *(EventKind.COMPLAINT_LODGED, EventKind.AUTHORITY_ANSWERED),
    }
    for event in events:
        if event not in starting | moving:
            raise InputError(
                "event",
                f"No clock of this right knows “{event}”; they start with: {', '.join(sorted(starting))}.",
            )


def _sentences(data: dict[str, object]) -> list[str]:
    why = data["why"]
    return [str(line) for line in why] if isinstance(why, list) else []
