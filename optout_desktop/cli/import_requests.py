# SPDX-License-Identifier: Apache-2.0
"""``optout import requests``: what another machine, a table or Datenanfragen.de knows of requests.

With ``--dry-run`` it says what would become of each one and changes nothing.
"""

from __future__ import annotations

from pathlib import Path

import click

from optout_desktop.domain.exchange import (
    ImportChoice,
    ImportPreview,
    ImportSource,
    PlannedLine,
    Problem,
    Verdict,
)
from optout_desktop.domain.places import Place

from .arguments import RESIDENCE
from .output import table
from .people import person_named
from .session import Session
from .tree import Command, in_session

_VERDICTS = {
    Verdict.NEW: "new",
    Verdict.KNOWN: "already there",
    Verdict.MERGED: "gets entries",
    Verdict.CONFLICT: "differs, left as it is",
    Verdict.UNUSABLE: "not usable",
}
_PROBLEMS = {
    Problem.UNKNOWN_WORD: "a word that this version does not know: {detail}",
    Problem.MISSING: "there is no {detail}",
    Problem.NOT_A_DAY: "this is not a day that can be counted from: {detail}",
    Problem.NOT_A_PLACE: "this is not a place: {detail}",
    Problem.NOT_AN_ID: "this is not an id: {detail}",
    Problem.TOO_LONG: "{detail} is too long",
    Problem.WRONG_SHAPE: "{detail} has the wrong shape",
    Problem.FREE_LETTER: "a letter of one's own, under no right that is known",
    Problem.NOTHING_ASKED: "no message in it asks for anything",
    Problem.TWICE: "the same stands in the file before: {detail}",
    Problem.UNKNOWN_LAW: "this version knows no law called {detail}; update it, then import again",
    Problem.UNKNOWN_REGISTER: "this version knows no register called {detail}; update it, then import again",
    Problem.NO_SUCH_RIGHT: "this law does not give this right: {detail}",
    Problem.UNKNOWN_PERSON: "the file does not say who this person is: {detail}",
    Problem.UNKNOWN_COMPANY: "the file does not say who this company is: {detail}",
    Problem.RULES_DAMAGED: "the rules that came with it were changed",
    Problem.REFERENCE_TAKEN: "another request has the reference {detail}",
    Problem.ENTRY_ELSEWHERE: "an entry of it belongs to another request",
    Problem.IMPOSSIBLE_HISTORY: "this entry cannot follow those before it: {detail}",
    Problem.REQUEST_DIFFERS: "it is there with another {detail}",
    Problem.ENTRY_DIFFERS: "an entry is there with other words: {detail}",
}


@click.command(name="requests", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "source_typed",
    type=click.Choice([one.value for one in ImportSource]),
    help="Whose file it is; without it, what the file says.",
)
@click.option(
    "--person", "person_typed", metavar="ID|NAME", help="Whose requests these are, where it does not say."
)
@click.option("--place", type=RESIDENCE, metavar="CODE", help="Where they lived, where it does not say.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@in_session
def requests(
    session: Session,
    *,
    file: Path,
    source_typed: str | None,
    person_typed: str | None,
    place: Place | None,
    dry_run: bool,
) -> None:
    """Take in the requests of FILE: an export as JSON or CSV, or “My requests” of Datenanfragen.de."""
    with session.desk() as desk:
        document = desk.exchange.read(file, ImportSource(source_typed) if source_typed else None)
        person = person_named(person_typed, desk.people.all()).id if person_typed else None
        choice = ImportChoice(person=person, place=place)
        if dry_run:
            preview = desk.exchange.preview(document, choice)
        else:
            preview = desk.exchange.take_in(document, choice).preview
    session.show(_data(preview, is_done=not dry_run), _lines(preview, is_done=not dry_run))


def problem_words(line: PlannedLine) -> str:
    """Why a request is left out, or an empty text."""
    if line.problem is None:
        return f"{line.new_entries} new" if line.new_entries else ""
    return _PROBLEMS[line.problem].format(detail=line.detail)


def _data(preview: ImportPreview, *, is_done: bool) -> dict[str, object]:
    return {
        "file": preview.file_name,
        "source": preview.source,
        "encoding": preview.encoding,
        "is_done": is_done,
        **{verdict.value: preview.count(verdict) for verdict in Verdict},
        "new_people": len(preview.new_people),
        "new_companies": preview.new_companies,
        "letters_left_out": preview.letters_left_out,
        "requests": [
            {
                "place": line.place,
                "verdict": line.verdict,
                "company_name": line.name,
                "reference": line.reference,
                "right": line.right,
                "sent_on": line.sent_on,
                "new_entries": line.new_entries,
                "problem": line.problem,
                "detail": line.detail,
            }
            for line in preview.lines
        ],
    }


def _lines(preview: ImportPreview, *, is_done: bool) -> list[str]:
    told = [line for line in preview.lines if not is_done or line.problem is not None]
    rows = [
        (line.place, _VERDICTS[line.verdict], line.name, line.reference, problem_words(line)) for line in told
    ]
    counts = ", ".join(
        f"{preview.count(verdict)} {_VERDICTS[verdict]}" for verdict in Verdict if preview.count(verdict)
    )
    summary = f"{'Imported' if is_done else 'Nothing was changed. It would be'}: {counts or 'no request'}."
    headers = ("where", "what", "company", "reference", "why")
    return [*(table(headers, rows, "") if rows else []), summary]
