# SPDX-License-Identifier: Apache-2.0
"""``optout letter``: the words of a request as a file that something else sends.

Of a REQUEST the exact bytes are kept in the vault as made, not sent. Nothing is marked as sent: ``optout request
record`` does that, and takes the bytes that were written last. With ``--person-file`` no vault is opened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optout_desktop.domain.errors import NotAllowed
from optout_desktop.domain.letters import LetterKind, Tone

from .arguments import DAY, LAW, NEW_FILE, RIGHT, STANDARD_OUTPUT, Word
from .loose_letters import Format, LetterFact, Wanted, write_loose
from .output import facts, print_bytes
from .session import Session
from .tree import Command, in_session

if TYPE_CHECKING:
    from optout_desktop.services.letters import LetterView
    from optout_desktop.services.sending import SendingService


@click.command(cls=Command)
@click.argument("request", required=False)
@click.option(
    "--format",
    "wanted",
    type=click.Choice([one.value for one in Format]),
    default=Format.TXT.value,
    help="What it is written as; txt when nothing is said.",
)
@click.option(
    "-o",
    "--output",
    type=NEW_FILE,
    default=STANDARD_OUTPUT,
    metavar="FILE",
    help="Where it is written, for you alone to read; - is the standard output.",
)
@click.option("--reminder", is_flag=True, help="The same as --kind reminder.")
@click.option(
    "--kind",
    "kind_typed",
    type=Word(LetterKind, "letter"),
    metavar="KIND",
    help=f"One of {', '.join(LetterKind)}.",
)
@click.option("--lang", "language", metavar="CODE", help="The letter's language; else the company's.")
@click.option("--tone", type=Word(Tone, "tone"), metavar="TONE", help="plain or firm.")
@click.option("--law", type=LAW, metavar="ID", help="Without a vault: the law; else the one that fits best.")
@click.option("--right", type=RIGHT, metavar="KIND", help="Without a vault: what is asked for.")
@click.option("--company", metavar="ID", help="Without a vault: a company of the directory, by id or name.")
@click.option(
    "--person-file",
    type=click.Path(path_type=Path),
    metavar="P.json",
    help="Without a vault: who asks, as JSON.",
)
@click.option(
    "--tick", "ticked", metavar="ITEMS", help="Without a vault: what the letter tells, such as name,email."
)
@click.option(
    "--fact",
    "told",
    type=LetterFact(),
    multiple=True,
    metavar="NAME=TEXT",
    help="Without a vault: what only you can say, such as wrong_data=TEXT.",
)
@click.option(
    "--asked-on",
    type=DAY,
    metavar="DATE",
    help="Without a vault: when the request was sent, for later letters.",
)
@click.option(
    "--to", "to_address", default="", help="Without a vault: where it goes, if not as the directory says."
)
@click.option("--reference", default="", help="Without a vault: your reference; else a new one.")
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Without a vault: characters that a form takes."
)
@in_session
def letter(  # noqa: PLR0913 - one parameter an option
    session: Session,
    /,
    *,
    request: str | None,
    wanted: str,
    output: Path,
    reminder: bool,
    kind_typed: LetterKind | None,
    language: str | None,
    tone: Tone | None,
    **loose: Any,  # noqa: ANN401 - one value an option, named in Wanted
) -> None:
    """Write the letter of REQUEST (its reference, or the beginning of its id).

    Without a REQUEST, write one for the person of a file: no vault is opened, nothing is kept.
    """
    form = Format(wanted)
    if reminder and kind_typed not in {None, LetterKind.REMINDER}:
        raise click.UsageError("--reminder and --kind name two different letters.")
    if session.is_json and output == STANDARD_OUTPUT:
        raise click.UsageError("With --json, name a file with -o: the document says where the letter lies.")
    kind = kind_typed or (LetterKind.REMINDER if reminder else LetterKind.REQUEST)
    if request is None:
        write_loose(
            session,
            Wanted(kind=kind, language=language or "", tone=tone or Tone.PLAIN, **loose),
            form,
            output,
        )
        return
    if any(loose.values()):
        raise click.UsageError(
            "A REQUEST knows its law, its company and its person: leave those options out."
        )
    _write_kept(session, request, kind, _Choice(language=language, tone=tone), form, output)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    language: str | None
    tone: Tone | None


def _write_kept(
    session: Session, request: str, kind: LetterKind, choice: _Choice, form: Format, output: Path
) -> None:
    with session.desk() as desk:
        view = desk.letters.view(desk.requests.find(request), kind)
        if choice.language or choice.tone:
            chosen = replace(
                view.choice,
                language=choice.language or view.choice.language,
                tone=choice.tone or view.choice.tone,
            )
            view = desk.letters.choose(view.request.id, kind, chosen)
        _require_fitting(view, form)
        with desk.sending.handing_over(view):
            content = _WRITERS[form](desk.sending, view)
            if output != STANDARD_OUTPUT:
                session.house.outside.files.write(output, [content])
    if output == STANDARD_OUTPUT:
        print_bytes(content)
        return
    data = {
        "request": view.request.id,
        "reference": view.request.reference,
        "kind": kind,
        "language": view.language,
        "tone": view.tone,
        "format": form,
        "file": output,
        "size_bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "channel": view.request.channel,
        "to_address": view.recipient,
    }
    session.show(
        data, facts([("Written", output), ("To", view.recipient), ("Reference", view.request.reference)])
    )
    session.say(
        f"It is kept as made and not marked as sent: record that with “optout request record "
        f"{view.request.reference} {_as_recorded(kind)} --on DATE”."
    )


def _as_recorded(kind: LetterKind) -> str:
    """The event, with its details, that says that such a letter was sent."""
    from optout_desktop.services.follow_ups import EVENT_OF  # loads the vault's engine

    return f"{EVENT_OF[kind]} --to company" if kind is LetterKind.COMPLAINT else EVENT_OF[kind]


def _require_fitting(view: LetterView, form: Format) -> None:
    """Raise NotAllowed where this letter cannot go out in that form."""
    is_text = view.request.channel == "sms"
    if form is Format.SMS and not is_text:
        raise NotAllowed(
            f"This request goes by {view.request.channel}, not as a text message. Choose another --format."
        )
    if form in {Format.PDF, Format.EML} and is_text:
        raise NotAllowed("This request is a text message: it has no letter. Choose --format sms.")
    if form is Format.EML and not (view.request.channel == "email" and view.recipient):
        raise NotAllowed(
            "There is no e-mail address to send this request to. Make the request with --channel email and "
            "--to ADDRESS, or choose another --format."
        )
    if form is Format.EML and not view.identity.email:
        raise NotAllowed(
            "This letter tells no e-mail address to send it from. Make the request with --tell name --tell "
            "email, or choose another --format."
        )


def _message(sending: SendingService, view: LetterView) -> bytes:
    code = sending.code(view)
    lines = facts([("To", code.number), ("Text", code.keyword), ("Code", code.payload)])
    return ("\n".join(lines) + "\n").encode()


def _text(sending: SendingService, view: LetterView) -> bytes:
    return sending.text(view).encode()


_WRITERS: dict[Format, Callable[[SendingService, LetterView], bytes]] = {
    Format.TXT: _text,
    Format.FORM: _text,
    Format.EML: lambda sending, view: sending.eml(view),
    Format.PDF: lambda sending, view: sending.pdf(view),
    Format.SMS: _message,
}
