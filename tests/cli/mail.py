# SPDX-License-Identifier: Apache-2.0
"""A terminal whose mail servers are made up, and an account at them."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from tests.cli.conftest import CheapHouse, a_private_file
from tests.fakes import FakeMailServers


def with_servers(terminal):
    """The terminal, and the servers that its house speaks to."""
    servers = FakeMailServers()

    class House(CheapHouse):
        @cached_property
        def outside(self):
            return replace(CheapHouse.outside.func(self), servers=servers)

    home = terminal.home

    def house(**named):
        return House(vaults=home / "vaults", settings=home / "settings.json", **named)

    terminal.house = house
    return servers


def set_up(terminal, address="jane@example.org"):
    """An account, as programs read it."""
    file = a_private_file(terminal.home / "mail-password", "quiet herons\n")
    return terminal.data(
        *("account", "add", address, "--smtp-host", "smtp.example.org", "--password-file", file)
    )
