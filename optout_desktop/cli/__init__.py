# SPDX-License-Identifier: Apache-2.0
"""The terminal: the same services as the window, for scheduled checks, scripts and people who live there.

``run`` reads the arguments, does one command and answers with the exit status: 0 done, 1 refused or failed
with one sentence on standard error and nothing changed, 2 wrongly written. Nothing here imports Qt.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import StringIO, TextIOWrapper

import click

from optout_desktop.domain.errors import InputError, OptOutError

from .commands import optout
from .output import on_one_line
from .session import MakeHouse, Session

DONE, REFUSED = 0, 1


def run(make_house: MakeHouse, argv: Sequence[str]) -> int:
    """Do the command that ``argv`` names; the answer is the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console may not know every letter of a name
    try:
        _require_text(argv)
        status = optout.main(
            args=list(argv), prog_name="optout", standalone_mode=False, obj=Session(make_house)
        )
        if sys.stdout is not None:  # none where a program without a console starts us
            sys.stdout.flush()
    except click.Abort:
        click.echo("Stopped. Nothing was changed.", err=True)
        return REFUSED
    except click.ClickException as error:
        _show(error)
        return error.exit_code
    except OptOutError as error:
        click.echo(on_one_line(str(error)), err=True)
        return REFUSED
    except BrokenPipeError:
        return _nobody_listens()
    except OSError as error:
        if error.filename is not None:
            raise
        click.echo(f"The result could not be written: {error.strerror}.", err=True)  # a stream has no name
        return _nobody_listens()
    return status if isinstance(status, int) else DONE


def _show(error: click.ClickException) -> None:
    """The error in the words of click, which quotes what was typed: without what would steer the terminal."""
    page = StringIO()
    error.show(page)
    for line in page.getvalue().splitlines():
        click.echo(f"{' ' * (len(line) - len(line.lstrip()))}{on_one_line(line)}", err=True)


def _require_text(argv: Sequence[str]) -> None:
    """Raise InputError for a word in another encoding than UTF-8: neither the vault nor a letter could keep it."""
    for word in argv:
        plain = word.encode(errors="replace").decode()
        if plain != word:
            raise InputError("argument", f"“{plain}” is no UTF-8 text. Write it in UTF-8.")


def _nobody_listens() -> int:
    """The reader of our output has gone: keep the interpreter from complaining about it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return REFUSED
