# SPDX-License-Identifier: Apache-2.0
"""``optout export``: requests as a table, as a document for another machine, or as deadlines in a calendar.

What is written is not encrypted; a file is readable by the person alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from optout_desktop.domain.agenda import RequestFilter, Urgency
from optout_desktop.domain.exchange import (
    CalendarDeadline,
    CalendarText,
    Describe,
    ExportChoice,
    ExportForm,
)
from optout_desktop.domain.requests import RequestStatus
from optout_desktop.domain.rights import Right

from .arguments import NEW_FILE, RIGHT, STANDARD_OUTPUT, STATUS
from .output import print_bytes, words
from .people import person_named
from .session import Session
from .tree import Group, in_session

if TYPE_CHECKING:
    from optout_desktop.services.exchange import Exported


@click.group(name="export", cls=Group)
def export() -> None:
    """Write requests into a file that other programs read. It is not encrypted."""


@export.command()
@click.option(
    "--format",
    "form_typed",
    type=click.Choice([one.value for one in ExportForm]),
    required=True,
    help="csv for a spreadsheet, json for another machine, ics for a calendar.",
)
@click.option(
    "-o",
    "--output",
    type=NEW_FILE,
    required=True,
    metavar="FILE",
    help="Where it is written, for you alone to read; - is the standard output.",
)
@click.option("--status", "statuses", type=STATUS, multiple=True, metavar="S", help="Only with this status.")
@click.option("--right", "rights", type=RIGHT, multiple=True, metavar="KIND", help="Only of this right.")
@click.option("--overdue", is_flag=True, help="Only those whose last defensible day has ended.")
@click.option("--search", "typed", default="", metavar="TEXT", help="Only those that hold these words.")
@click.option("--person", "person_typed", metavar="ID|NAME", help="Only of this person.")
@click.option("--names", is_flag=True, help="ics: say the companies' names; without it, none.")
@click.option("--texts", is_flag=True, help="json: put the letters' words and bytes in.")
@click.option("--bom/--no-bom", "bom", default=True, help="csv: begin with the mark that spreadsheets want.")
@in_session
def requests(  # noqa: PLR0913 - one parameter an option
    session: Session,
    *,
    form_typed: str,
    output: Path,
    statuses: tuple[RequestStatus, ...],
    rights: tuple[Right, ...],
    overdue: bool,
    typed: str,
    person_typed: str | None,
    names: bool,
    texts: bool,
    bom: bool,
) -> None:
    """Export the requests that are not in the bin."""
    if session.is_json and output == STANDARD_OUTPUT:
        raise click.UsageError("With --json, name a file with -o: the document says where the export lies.")
    form = ExportForm(form_typed)
    with session.desk() as desk:
        wanted = RequestFilter(
            statuses=frozenset(statuses),
            rights=frozenset(rights),
            urgencies=frozenset({Urgency.OVERDUE}) if overdue else frozenset(),
            typed=typed,
            person=person_named(person_typed, desk.people.all()).id if person_typed else None,
        )
        choice = ExportChoice(form=form, wanted=wanted, has_names=names, has_texts=texts, has_bom=bom)
        describe = describing(has_names=names)
        if output == STANDARD_OUTPUT:
            desk.exchange.export(choice, _print, describe)
            return
        done = desk.exchange.save(choice, output, describe)
    data = {
        "file": output,
        "format": form,
        "requests": done.requests,
        "deadlines": done.deadlines,
        "cancelled": done.cancelled,
        "size_bytes": done.size_bytes,
    }
    session.show(data, [_done_words(done, form, output)])
    session.say("This file is not encrypted. Delete it when you no longer need it.")
    if done.is_too_large:
        session.say(
            "It is too large to be imported again in one piece. Export fewer requests, one --person at a time."
        )


def describing(*, has_names: bool) -> Describe:
    """Words for a calendar: without names a title that tells nobody anything."""

    def describe(deadline: CalendarDeadline) -> CalendarText:
        title = "OptOut deadline"
        if has_names:
            title = f"{title}: {deadline.company_name} ({words(deadline.right)})"
        lines = [f"Reference {deadline.reference}."]
        if deadline.is_mine:
            lines.append(f"You can act until the end of {deadline.on.isoformat()}.")
        elif deadline.is_registration:
            lines.append(f"The registration lasts until {deadline.on.isoformat()}. Renew it before.")
        elif deadline.is_uncertain:
            lines.append(
                f"The date is uncertain: it is {deadline.due.isoformat()} by one reading and "
                f"{deadline.on.isoformat()} by another. Nobody is late before the later one has ended."
            )
        else:
            lines.append(f"Nobody is late before the end of {deadline.on.isoformat()}.")
        return CalendarText(title=title, text="\n".join(lines))

    return describe


def _print(pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        print_bytes(piece)


def _done_words(done: Exported, form: ExportForm, output: Path) -> str:
    if form is not ExportForm.ICS:
        return f"Wrote {done.requests} requests to {output}."
    ended = f", {done.cancelled} that ended since are cancelled" if done.cancelled else ""
    return f"Wrote {done.deadlines} deadlines of {done.requests} requests to {output}{ended}."
