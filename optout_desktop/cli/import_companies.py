# SPDX-License-Identifier: Apache-2.0
"""``optout import companies``: lists of companies, by a registry or by a person."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from optout_desktop.domain.company_lists import (
    LeftOut,
    Likeness,
    ListChoice,
    ListPreview,
    ListSource,
    PreviewRow,
)

from .arguments import Word
from .output import facts, table, words
from .session import Session
from .tree import Command, in_session

SOURCE = Word(ListSource, "kind of list")
CHOICE = Word(ListChoice, "choice")
MOST_SHOWN = 10


@click.command("companies", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "source",
    type=SOURCE,
    metavar="KIND",
    help=f"{', '.join(ListSource)}; without it the kind is told from the file.",
)
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would be done, and change nothing.")
@click.option(
    "--differing",
    type=CHOICE,
    default=ListChoice.KEEP_MINE.value,
    show_default=True,
    metavar="CHOICE",
    help="Where the file and what is known differ: keep what is known, take the file's, or add it as further contacts.",
)
@in_session
def companies(
    session: Session, *, file: Path, source: ListSource | None, is_dry: bool, differing: ListChoice
) -> None:
    """Import the companies of FILE: a folder, a ZIP, JSON or a table. Nothing is overwritten unasked."""
    with session.desk() as desk:
        preview = desk.importing.preview(desk.importing.read(file, source))
        outcome = None if is_dry else desk.importing.apply(preview, differing)
    if outcome is None:
        summary = [f"Nothing was changed: this is what importing {preview.list.file_name} would do."]
    elif outcome.id is None:
        summary = [f"There was nothing to import from {preview.list.file_name} that is not known."]
    else:
        summary = [
            f"Imported from {preview.list.file_name}: {len(outcome.added)} new, {len(outcome.changed)} changed."
        ]
    if outcome is not None and outcome.seen_again:
        summary.append(f"Found again in a later edition of their list: {outcome.seen_again}.")
    session.show(_data(preview, None if outcome is None else outcome.id), [*summary, "", *_lines(preview)])


def _data(preview: ListPreview, import_id: str | None) -> dict[str, object]:
    found = preview.list
    return {
        "source": found.source,
        "title": found.title,
        "file": found.file_name,
        "dated_on": found.dated_on,
        "import": import_id,
        "new": preview.count(Likeness.NEW),
        "same": preview.count(Likeness.SAME),
        "newer": preview.newer,
        "differs": preview.count(Likeness.DIFFERS),
        "unusable": preview.unusable,
        "companies": [_row(row) for row in preview.rows if row.likeness is not Likeness.SAME],
        "left_out": [
            {"place": one.place, "reason": one.reason, "detail": one.detail, "is_row": one.is_row}
            for one in preview.left_out
        ],
    }


def _row(row: PreviewRow) -> dict[str, object]:
    company = row.listed.company
    return {
        "place": row.listed.place,
        "name": company.name,
        "verdict": row.likeness,
        "known": row.known.id if row.known else None,
        "contacts": [{"channel": one.channel, "value": one.value} for one in company.contacts],
        "differences": [
            {"channel": one.channel, "mine": one.mine, "theirs": one.theirs} for one in row.differences
        ],
    }


def _lines(preview: ListPreview) -> Iterable[str]:
    found = preview.list
    yield from facts(
        [
            ("List", found.title),
            ("Dated", found.dated_on),
            ("New", preview.count(Likeness.NEW)),
            ("Same", preview.count(Likeness.SAME)),
            ("Differing", preview.count(Likeness.DIFFERS)),
            ("Not usable", preview.unusable),
        ]
    )
    differing = [row for row in preview.rows if row.likeness is Likeness.DIFFERS]
    if differing:
        yield ""
        rows = [
            (row.listed.company.name, one.channel, " | ".join(one.mine), " | ".join(one.theirs))
            for row in differing[:MOST_SHOWN]
            for one in row.differences
        ]
        yield from table(("differs", "channel", "known", "in the file"), rows, "")
    yield from _left_out(preview.left_out)


def _left_out(left_out: tuple[LeftOut, ...]) -> Iterable[str]:
    if not left_out:
        return
    yield ""
    rows = [(one.place, words(one.reason), one.detail) for one in left_out[:MOST_SHOWN]]
    yield from table(("not taken", "why", "what"), rows, "")
    if len(left_out) > MOST_SHOWN:
        yield f"… and {len(left_out) - MOST_SHOWN} more; --json lists all of them."
