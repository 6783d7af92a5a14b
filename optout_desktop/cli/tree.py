# SPDX-License-Identifier: Apache-2.0
"""Commands that know the options all of them share, before or after the command's own name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from .arguments import DAY
from .session import Session

in_session = click.make_pass_decorator(Session)


def _note(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def note(context: click.Context, _: click.Parameter, value: Any) -> None:  # noqa: ANN401 - any option's
        if value is not None and value is not False:
            setattr(context.find_object(Session), name, value)

    return note


def shared_options() -> list[click.Parameter]:
    """The options of every command; each notes itself in the session."""
    return [
        click.Option(
            ["--vault"],
            metavar="DIR",
            expose_value=False,
            callback=_note("vault"),
            help="The vault's folder; without it the one that was opened last.",
        ),
        click.Option(
            ["--passphrase-file"],
            metavar="FILE",
            type=click.Path(path_type=Path),
            expose_value=False,
            callback=_note("passphrase_file"),
            help="Read the passphrase from this file, which only you may be able to read.",
        ),
        click.Option(
            ["--json", "as_json"],
            is_flag=True,
            expose_value=False,
            callback=_note("is_json"),
            help="Print one JSON document and nothing else.",
        ),
        click.Option(
            ["--as-of"],
            metavar="DATE",
            type=DAY,
            expose_value=False,
            callback=_note("as_of"),
            help="Take this day as today, for one command.",
        ),
    ]


class Command(click.Command):
    """A command with the shared options after its own."""

    def __init__(self, *args: Any, **named: Any) -> None:  # noqa: ANN401 - handed on as it came
        super().__init__(*args, **named)
        self.params += shared_options()


class Group(click.Group):
    """A group of commands, with the shared options too."""

    command_class = Command
    group_class = type

    def __init__(self, *args: Any, **named: Any) -> None:  # noqa: ANN401 - handed on as it came
        super().__init__(*args, **named)
        self.params += shared_options()
