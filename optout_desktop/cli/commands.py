# SPDX-License-Identifier: Apache-2.0
"""The command tree: one group a subject, in the order of the help."""

from __future__ import annotations

import click

from optout_desktop import __version__

from .companies import company
from .deadlines import deadline
from .laws import laws
from .letters import letter
from .people import person
from .registers import register
from .requests import due, request
from .tree import Group
from .vaults import vault


@click.group(cls=Group)
@click.version_option(__version__, prog_name="optout")
def optout() -> None:
    """Tell companies to stop, and keep an encrypted record of when they had to."""


for command in (vault, person, company, request, letter, due, register, laws, deadline):
    optout.add_command(command)
