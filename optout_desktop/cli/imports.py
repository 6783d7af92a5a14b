# SPDX-License-Identifier: Apache-2.0
"""``optout import``: read in what other programs, registers and machines hand over."""

from __future__ import annotations

import click

from .import_companies import companies
from .import_requests import requests
from .tree import Group


@click.group("import", cls=Group)
def imports() -> None:
    """Read in companies or requests from a file."""


for command in (companies, requests):
    imports.add_command(command)
