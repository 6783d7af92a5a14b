# SPDX-License-Identifier: Apache-2.0
"""The command tree: one group a subject, in the order of the help."""

from __future__ import annotations

import click

from optout_desktop import __version__

from .accounts import account, network
from .companies import company
from .deadlines import deadline
from .exports import export
from .imports import imports
from .laws import laws
from .letters import letter
from .outbox import outbox
from .people import person
from .registers import register
from .requests import due, request
from .send import send
from .templates import template
from .tree import Group
from .vaults import vault


@click.group(cls=Group)
@click.version_option(__version__, prog_name="optout")
def optout() -> None:
    """Tell companies to stop, and keep an encrypted record of when they had to."""


for command in (
    vault,
    person,
    company,
    request,
    letter,
    template,
    due,
    register,
    laws,
    deadline,
    imports,
    export,
    account,
    send,
    outbox,
    network,
):
    optout.add_command(command)
