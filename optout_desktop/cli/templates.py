# SPDX-License-Identifier: Apache-2.0
"""``optout template check``: a block of a letter that somebody wrote, held against what a template may do."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, cast

import click

from optout_desktop.domain.errors import InputError, TemplateError

from .session import Session
from .tree import Group, in_session

_LARGEST_BYTES = 64 * 1024


class BlockReader(Protocol):
    """Looks at a block of a letter."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that letters exist in."""
        ...

    def check(self, block_text: str, name: str = ..., language: str = ...) -> TemplateError | None:
        """What is wrong with it, or None."""
        ...


class Shelf(Protocol):
    """The part of the library that this asks."""

    @property
    def templates(self) -> BlockReader:
        """Every letter."""
        ...


@click.group(cls=Group)
def template() -> None:
    """Look at templates of letters."""


@template.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--language",
    default="en",
    metavar="CODE",
    help="The language whose words the block may use; English else.",
)
@in_session
def check(session: Session, *, file: Path, language: str) -> int:
    """Check the block in FILE; exit 1 with the place of the fault."""
    reader = cast("Shelf", session.house.library).templates
    if language not in reader.languages:
        known = ", ".join(reader.languages)
        raise InputError("language", f"Letters are written in {known}, not in “{language}”.")
    error = reader.check(_text(session, file), file.name, language)
    place = {"line": error.line, "problem": error.problem} if error else {"line": None, "problem": ""}
    data = {"file": file, "language": language, "is_usable": error is None, **place}
    session.show(data, [] if error else [f"{file.name} can be filled."])
    if error is None:
        return 0
    where = f"{file.name}, line {error.line}" if error.line else file.name
    session.say(f"{where}: {error.problem}")
    return 1


def _text(session: Session, file: Path) -> str:
    opened = session.house.outside.files.open(file)
    if opened.size_bytes > _LARGEST_BYTES:
        raise InputError(
            "file", f"{file.name} has {opened.size_bytes:,} bytes, and {_LARGEST_BYTES:,} are allowed."
        )
    try:
        return b"".join(opened.pieces).decode("utf-8-sig")
    except UnicodeDecodeError:
        # "from None": the original error carries the text
        raise InputError("file", f"{file.name} is no UTF-8 text.") from None
