# SPDX-License-Identifier: Apache-2.0
"""``optout send``: letters through one's own mail account, or as drafts into a folder.

Every recipient is named before anything leaves, and one question is asked. ``--dry-run`` only looks.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from optout_desktop.domain.errors import NotAllowed
from optout_desktop.domain.ids import MailAccountId, RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import BatchWay

from .accounts import account_for
from .arguments import Word, is_folder
from .outbox import delivered, say_recovered, show_report
from .output import table, words
from .session import Session
from .tree import Command, in_session

if TYPE_CHECKING:
    from optout_desktop.services.batch_review import BatchReview, ItemReview
    from optout_desktop.services.desk import Desk

MARGIN_SECONDS = 5.0
"""Waited for longer than the pause between two messages, and for no retry."""


@click.command(cls=Command)
@click.argument("requests", nargs=-1, required=True, metavar="REQUEST…")
@click.option(
    "--via",
    type=click.Choice([one.value for one in BatchWay]),
    required=True,
    help="smtp: through your mail account; eml: as drafts into a folder.",
)
@click.option("--account", "address", metavar="ADDRESS", help="Which account; without it, the only one.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where drafts are written.",
)
@click.option(
    "--kind",
    type=Word(LetterKind, "letter"),
    default=LetterKind.REQUEST.value,
    metavar="K",
    help="Which letter.",
)
@click.option(
    "--pause", type=click.IntRange(0, 3600), default=20, metavar="SECONDS", help="Between two messages; 20."
)
@click.option(
    "--cap", type=click.IntRange(0, 10_000), default=100, metavar="N", help="Most a day; 0: no cap; 100."
)
@click.option("--dry-run", is_flag=True, help="Only say what is ready, and what needs attention.")
@click.option("--yes", is_flag=True, help="Do not ask; what may be passed over is passed over.")
@in_session
def send(  # noqa: PLR0913 - one parameter an option
    session: Session,
    *,
    requests: tuple[str, ...],
    via: str,
    address: str | None,
    folder: Path | None,
    kind: LetterKind,
    pause: int,
    cap: int,
    dry_run: bool,
    yes: bool,
) -> int:
    """Send the letters of each REQUEST (its reference, or the beginning of its id)."""
    way = BatchWay(via)
    if way is BatchWay.EML and folder is None and not dry_run:
        raise click.UsageError("Name a folder for the drafts with --folder.")
    if way is BatchWay.SMTP and session.as_of is not None and not dry_run:
        raise click.UsageError("Mail leaves today: --as-of does not go with --via smtp.")
    if folder is not None and not is_folder(folder):
        raise NotAllowed(f"There is no folder {folder}. Make it first. Nothing was changed.")
    with session.desk() as desk:
        chosen = _account(desk, way, address)
        found = [desk.requests.find(one) for one in requests]
        passed = frozenset(found) if yes else frozenset[RequestId]()
        seen = desk.mailroom.batches.look(found, way, chosen, kind, passed)
        if dry_run:
            session.show(_data(seen), _lines(seen))
            return 0 if len(seen.ready) == len(seen.items) else 1
        _require_ready(seen)
        _ask(session, seen, is_sure=yes)
        batch = desk.mailroom.batches.gather(found, way, chosen, kind)
        desk.mailroom.batches.set_pace(batch.id, pause, cap)
        digest = desk.mailroom.batches.review(batch.id, passed).digest
        desk.mailroom.batches.consent(batch.id, digest, passed, wait_seconds=0)
        if way is BatchWay.EML and folder is not None:
            progress = desk.mailroom.batches.write_drafts(batch.id, folder.absolute())
            data = {
                "folder": folder,
                "made": progress.done,
                "files": [f"{one.reference}.eml" for one in progress.items],
            }
            session.show(
                data,
                [
                    f"{progress.done} drafts are in {folder}. They are made, not sent: record each when it left."
                ],
            )
            return 0
        say_recovered(session, desk)
        report = delivered(session, desk, pause + MARGIN_SECONDS)
    return show_report(session, report)


def _account(desk: Desk, way: BatchWay, address: str | None) -> MailAccountId | None:
    if way is BatchWay.EML:
        return None
    accounts = desk.mailroom.accounts
    return (accounts.named(address) if address else account_for(accounts.list())).id


def _require_ready(seen: BatchReview) -> None:
    for one in seen.items:
        if not one.is_ready:
            raise NotAllowed(
                f"{one.reference} to {one.company_name} needs attention: {_why(one)}. Nothing was sent. "
                "“--dry-run” shows all of them; “--yes” passes over what may be passed over."
            )


def _ask(session: Session, seen: BatchReview, *, is_sure: bool) -> None:
    for one in seen.ready:
        session.say(f"{one.company_name} <{one.recipient}>: {one.subject}")
    if is_sure:
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise NotAllowed(
            "There is no terminal to ask on. Look with --dry-run, then say --yes. Nothing was sent."
        )
    if not click.confirm(f"Send {len(seen.ready)} letters to exactly these recipients?", err=True):
        raise click.Abort


def _why(one: ItemReview) -> str:
    said = ", ".join(words(trouble) for trouble in one.troubles)
    return f"{said} ({one.detail})" if one.detail else said


def _data(seen: BatchReview) -> list[dict[str, object]]:
    return [
        {
            "request": one.request,
            "reference": one.reference,
            "company_name": one.company_name,
            "kind": one.kind,
            "to": one.recipient,
            "subject": one.subject,
            "is_ready": one.is_ready,
            "troubles": one.troubles,
            "detail": one.detail,
        }
        for one in seen.items
    ]


def _lines(seen: BatchReview) -> list[str]:
    rows = [
        (one.reference, one.company_name, one.recipient, "ready" if one.is_ready else _why(one))
        for one in seen.items
    ]
    return table(("reference", "company", "to", "state"), rows, "")
