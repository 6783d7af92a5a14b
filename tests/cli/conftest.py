# SPDX-License-Identifier: Apache-2.0
"""A terminal with the real house behind it: real vaults in folders of the test, the cheapest passphrase."""

import json
import shutil
from dataclasses import dataclass, replace
from functools import cache, cached_property

import pytest

from optout_desktop.app import House
from optout_desktop.cli import run
from optout_desktop.services.vaults import VaultService
from optout_desktop.storage.keyslots import Argon2Cost
from tests.lawbooks import holiday_book

PASSPHRASE = "seven brown foxes read statutes"
LITTLE_WORK = Argon2Cost(rounds=1, memory_kib=32, lanes=4)
"""The least that a key slot may ask for; no vault of a person is made with it."""


@cache
def library():
    return House().library


class CheapHouse(House):
    """The hall, with little work for a passphrase, and with laws and calendars that are read once."""

    @cached_property
    def vaults(self):
        return VaultService(
            self._vaults_folder, self.machine, self.keychain, self.clock, cost=lambda: LITTLE_WORK
        )

    @cached_property
    def library(self):
        return library()

    @cached_property
    def outside(self):
        return replace(House.outside.func(self), calendars=holiday_book())


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def data(self):
        document = json.loads(self.out)
        assert set(document) == {"schema", "command", "data"}
        assert document["schema"] == 1
        return document["data"]


class Terminal:
    """Types commands, with the passphrase file where a vault is opened."""

    def __init__(self, home, capsys):
        self.home = home
        self._capsys = capsys
        self.passphrase_file = a_private_file(home / "passphrase", f"{PASSPHRASE}\n")

    def house(self, **named):
        return CheapHouse(vaults=self.home / "vaults", settings=self.home / "settings.json", **named)

    def type(self, *argv) -> Answer:
        """A command exactly as it stands."""
        self._capsys.readouterr()
        status = run(self.house, [str(word) for word in argv])
        said = self._capsys.readouterr()
        return Answer(status=status, out=said.out, err=said.err)

    def __call__(self, *argv) -> Answer:
        """A command with the passphrase file."""
        return self.type(*argv, "--passphrase-file", self.passphrase_file)

    def data(self, *argv):
        """What a command that must succeed says to programs."""
        answer = self(*argv, "--json")
        assert answer.status == 0, answer.err
        return answer.data


def a_private_file(path, text):
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture
def bare(tmp_path, capsys):
    """A terminal on a fresh machine."""
    home = tmp_path / "machine"
    home.mkdir()
    return Terminal(home, capsys)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory):
    """A machine with a vault that holds oneself and one company; each test works on a copy."""
    home = tmp_path_factory.mktemp("furnished")
    file = a_private_file(home / "passphrase", PASSPHRASE)

    def house(**named):
        return CheapHouse(vaults=home / "vaults", settings=home / "settings.json", **named)

    for argv in (
        ["vault", "create", "Personal"],
        ["person", "add", "--name", "Jane Doe", "--email", "jane@example.org", "--place", "US-CA"],
        [
            *("company", "add", "--name", "Northwind Data LLC", "--email", "privacy@northwind.example.com"),
            *("--domain", "northwind.example.com", "--number", "262966", "--country", "US"),
        ],
    ):
        assert run(house, [*argv, "--passphrase-file", str(file)]) == 0
    return home


@pytest.fixture
def optout(furnished, tmp_path, capsys):
    """A terminal whose last opened vault is a copy of the furnished one."""
    home = tmp_path / "machine"
    shutil.copytree(furnished, home)
    terminal = Terminal(home, capsys)
    settings = json.loads((home / "settings.json").read_text(encoding="utf-8"))
    settings["last_vault"] = str(home / "vaults" / "Personal.optout")
    (home / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    return terminal


@pytest.fixture
def draft(optout):
    """The reference of a draft to opt out of sale, made on a Monday."""
    made = optout.data(
        "request", "new", "--right", "optout_sale", "--company", "Northwind Data LLC", "--as-of", "2026-03-02"
    )
    return made["reference"]


@pytest.fixture
def sent(optout, draft):
    """The same, sent on that Monday."""
    optout.data("request", "record", draft, "sent", "--on", "2026-03-02", "--as-of", "2026-03-02")
    return draft
