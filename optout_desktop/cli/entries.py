# SPDX-License-Identifier: Apache-2.0
"""What is told of an event on the command line → the entry that a request's history keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import click

from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.ids import EventId
from optout_desktop.domain.requests import CloseReason, EventKind, ProofGrade, RefusalReason

from .arguments import countable_day, known_word, listed

if TYPE_CHECKING:
    from optout_desktop.services.requests import Entry, RequestDetail

ENTRY_DIGITS = 8
"""So much of an entry's id is shown, and enough to name it."""

_Function = TypeVar("_Function", bound=Callable[..., object])

_REASONS: dict[EventKind, type[StrEnum]] = {
    EventKind.REFUSED: RefusalReason,
    EventKind.CLOSED: CloseReason,
}
"""Events whose reason is a word of a closed list."""

_BY_LETTER = frozenset({EventKind.SENT, EventKind.REMINDER_SENT, EventKind.APPEAL_SENT})
"""Events of one's own, which need no reason."""

_DETAIL_OF = {
    "what": EventKind.IDENTITY_ASKED,
    "amount": EventKind.FEE_ASKED,
    "login": EventKind.FORM_DEMANDED,
    "appeal_named": EventKind.REFUSED,
    "to": EventKind.COMPLAINT_LODGED,
}
"""The event that each further detail belongs to."""


EVENTS = "\n\n".join(
    (
        f"Events: {', '.join(one.value for one in EventKind if one is not EventKind.TAKEN_BACK)}.",
        listed("Reasons of refused", RefusalReason),
        listed("Reasons of closed", CloseReason),
        listed("Grades of proof", ProofGrade),
    )
)
"""The words that an event is told with, for the end of a command's help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told beside the event and its day; empty where nothing was."""

    until: date | None
    reason: str
    note: str
    details: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, typed: Mapping[str, str | None]) -> Told:
        """The options of ``told_options``. Raises InputError."""
        until = typed["until"]
        return cls(
            until=countable_day(until, "until") if until is not None else None,
            reason=typed["reason"] or "",
            note=typed["note"] or "",
            details=tuple((name, told) for name in _DETAIL_OF if (told := typed[name])),
        )


def told_options(command: _Function) -> _Function:
    """The options of an event: --until, --reason, --note and the details of single kinds."""
    yes_or_no = click.Choice(["yes", "no"])
    for option in reversed(
        [
            click.option("--until", metavar="DATE", help="The new date of an extension."),
            click.option("--reason", metavar="CODE", help="Why it was refused, extended, closed."),
            click.option("--note", metavar="T", help="In your own words."),
            click.option("--what", metavar="T", help="identity_asked: what they want to see."),
            click.option("--amount", metavar="T", help="fee_asked: how much."),
            click.option("--login", type=yes_or_no, help="form_demanded: does it need an account?"),
            click.option("--appeal-named", type=yes_or_no, help="refused: did they name an appeal?"),
            click.option(
                "--to",
                type=click.Choice(["company", "authority"]),
                help="complaint_lodged: with whom.",
            ),
        ]
    ):
        command = option(command)
    return command


def entry_of(event: EventKind, on: date, told: Told, proof: ProofGrade) -> Entry:
    """The entry for the history. Raises NotFound, InputError for what does not belong to the event."""
    from optout_desktop.services.requests import Entry  # loads the vault's engine

    if event is EventKind.TAKEN_BACK:
        raise InputError("event", "An entry is taken back with “optout request take-back REQUEST ENTRY”.")
    if told.until is not None and event is not EventKind.EXTENDED:
        raise InputError("until", f"Only “{EventKind.EXTENDED}” has a new date; “{event}” has none.")
    if told.reason and event in _BY_LETTER:
        raise InputError("reason", f"“{event}” has no reason. Say it with --note.")
    for name, _ in told.details:
        if event is not _DETAIL_OF[name]:
            option = name.replace("_", "-")
            raise InputError(name, f"--{option} belongs to “{_DETAIL_OF[name]}”, not to “{event}”.")
    if event is EventKind.EXTENDED and told.until is None:
        raise InputError("until", f"“{event}” needs --until with the new date that the company gave.")
    return Entry(
        kind=event,
        on=on,
        until=told.until,
        reason=_reason(event, told.reason),
        note=told.note,
        grade=proof,
        details=told.details,
    )


def note_of(on: date, note: str) -> Entry:
    """A note of its own."""
    from optout_desktop.services.requests import Entry  # loads the vault's engine

    return Entry(kind=EventKind.NOTE, on=on, note=note)


def _reason(event: EventKind, typed: str) -> str:
    vocabulary = _REASONS.get(event)
    if event is EventKind.EXTENDED and not typed:
        raise InputError("reason", f"“{event}” needs --reason with what the company said, or none_given.")
    if vocabulary is None:
        return typed
    if not typed:
        known = ", ".join(reason.value for reason in vocabulary)
        raise InputError("reason", f"“{event}” needs --reason with one of: {known}.")
    return known_word(vocabulary, "reason", typed)


def entry_named(detail: RequestDetail, typed: str) -> EventId:
    """The entry whose id begins with ``typed``. Raises NotFound, NotAllowed where it no longer stands."""
    fitting = [line for line in detail.history if typed and line.event.id.startswith(typed.lower())]
    if len(fitting) != 1:
        known = (*fitting, *(line for line in detail.history if line.stands and line not in fitting))
        raise NotFound(
            "entry of this request", typed, tuple(line.event.id[:ENTRY_DIGITS] for line in known[:3])
        )
    event = fitting[0].event
    if not fitting[0].stands:
        raise NotAllowed(
            f"The entry {event.id[:ENTRY_DIGITS]}, “{event.kind}” of {event.on.isoformat()}, was corrected or "
            "taken back already. Nothing was changed."
        )
    return event.id
