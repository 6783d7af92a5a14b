# SPDX-License-Identifier: Apache-2.0
"""The terminal: the same services as the window, for scheduled checks, scripts and people who live there.

``run`` reads the arguments, does one command and answers with the exit status: 0 done, 1 refused or failed
with one sentence on standard error and nothing changed, 2 wrongly written. Nothing here imports Qt.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from optout_desktop.domain.errors import OptOutError

from .commands import optout
from .session import MakeHouse, Session

DONE, REFUSED = 0, 1


def run(make_house: MakeHouse, argv: Sequence[str]) -> int:
    """Do the command that ``argv`` names; the answer is the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console may not know every letter of a name
    try:
        status = optout.main(
            args=list(argv), prog_name="optout", standalone_mode=False, obj=Session(make_house)
        )
        sys.stdout.flush()
    except click.Abort:
        click.echo("Stopped. Nothing was changed.", err=True)
        return REFUSED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except OptOutError as error:
        click.echo(str(error), err=True)
        return REFUSED
    except BrokenPipeError:
        return _nobody_listens()
    return status if isinstance(status, int) else DONE


def _nobody_listens() -> int:
    """The reader of our output has gone: keep the interpreter from complaining about it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return REFUSED
