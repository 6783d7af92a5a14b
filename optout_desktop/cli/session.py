# SPDX-License-Identifier: Apache-2.0
"""What surrounds one command: the options that all of them share, the house behind it, and the open vault.

``run`` makes a session; the options of ``tree`` are noted in it while the arguments are read; the command
then asks it for a desk (which asks for the passphrase) or for what needs no vault, and shows its result.
"""

from __future__ import annotations

import getpass
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from optout_desktop.domain.companies import Company
from optout_desktop.domain.errors import HandOverError, InputError, NotAllowed, VaultMissing
from optout_desktop.domain.secrets import LONGEST_BYTES, Secret
from optout_desktop.services.machine import SUFFIX, MachinePreferences
from optout_desktop.services.stopped_clock import StoppedClock

from .arguments import is_folder
from .output import document, on_one_line

if TYPE_CHECKING:  # loaded when a command first asks for them: a question about laws opens no vault
    from optout_desktop.services.desk import Desk
    from optout_desktop.services.laws import LawService
    from optout_desktop.services.ports import Clock, Outside
    from optout_desktop.services.unkept_letters import UnkeptLetters
    from optout_desktop.services.vaults import VaultService

OTHERS_MAY = 0o077


class Directory(Protocol):
    """The companies that the app ships knowing."""

    def search(self, text: str, limit: int = 20) -> tuple[Company, ...]:
        """The companies that fit, else the near misses."""
        ...


class Library(Protocol):
    """What the app ships knowing, as far as it is asked without a vault."""

    @property
    def directory(self) -> Directory:
        """Every company."""
        ...


class House(Protocol):
    """What the terminal needs of the hall."""

    @property
    def clock(self) -> Clock:
        """What day it is."""
        ...

    @property
    def machine(self) -> MachinePreferences:
        """The settings that hold before a vault is open."""
        ...

    @property
    def vaults(self) -> VaultService:
        """Creates, opens and restores vaults."""
        ...

    @property
    def laws(self) -> LawService:
        """What can be asked of the laws without a vault."""
        ...

    @property
    def library(self) -> Library:
        """Everything that the app ships knowing."""
        ...

    @property
    def unkept_letters(self) -> UnkeptLetters:
        """Letters that are written without a vault."""
        ...

    @property
    def outside(self) -> Outside:
        """Every port filled."""
        ...

    @property
    def open_desk(self) -> Callable[..., Desk]:
        """The services over an open vault."""
        ...


MakeHouse = Callable[..., House]


class Session:
    """One command with its shared options; the house is built when it is first needed."""

    def __init__(self, make_house: MakeHouse) -> None:
        self._make_house = make_house
        self.vault: str | None = None
        self.passphrase_file: Path | None = None
        self.as_of: date | None = None
        self.is_json = False

    @cached_property
    def house(self) -> House:
        """The hall, with today as ``--as-of`` says."""
        return self._make_house(clock=StoppedClock(self.as_of)) if self.as_of else self._make_house()

    @property
    def today(self) -> date:
        """The day that counts as today outside the sample vault."""
        return self.house.clock.today()

    def vault_path(self) -> Path:
        """The vault that ``--vault`` names, else the last one opened. Raises VaultMissing, InputError."""
        if self.vault is None:
            last = str(self.house.machine.all()["last_vault"])
            if not last:
                raise InputError(
                    "vault",
                    "No vault was opened on this machine yet. Name one with --vault, or make one with "
                    "“optout vault create NAME”.",
                )
            return Path(last)
        given = Path(self.vault).expanduser().absolute()
        name = given.name.removesuffix(SUFFIX)
        if not name or not self.vault.strip():
            raise InputError("vault", f"“{self.vault}” names no vault. Name its folder, or the vault alone.")
        exact = given.with_name(f"{name}{SUFFIX}")
        is_bare = Path(self.vault).name == self.vault
        usual: tuple[Path, ...] = (self.house.vaults.folder / exact.name,) if is_bare else ()
        for path in (exact, *usual, given):  # a folder of that name last: it may be anything
            if is_folder(path):
                return path
        raise VaultMissing(name)

    @contextmanager
    def desk(self, passphrase: Secret | None = None) -> Iterator[Desk]:
        """The services over the unlocked vault, locked again afterwards. Raises as ``unlock``."""
        path = self.vault_path()
        known = passphrase or self.passphrase(f"Passphrase of {path.stem}: ")
        vault = self.house.vaults.unlock(path, known)
        if vault is None:
            raise click.Abort
        try:
            yield self.house.open_desk(vault, self.house.clock if self.as_of else None)
        finally:
            vault.close()

    def passphrase(self, question: str, *, twice: bool = False) -> Secret:
        """What the passphrase file says, else what is typed. Raises as ``secret``."""
        return secret(self.passphrase_file, question, twice=twice)

    def show(self, data: object, lines: Iterable[str]) -> None:
        """The result of the command: one document for programs, or lines for eyes."""
        if self.is_json:
            path = click.get_current_context().command_path
            click.echo(document(path.partition(" ")[2], data))
            return
        for line in lines:
            click.echo(line)

    def say(self, text: str) -> None:
        """A message that is not the result."""
        click.echo(on_one_line(text), err=True)

    def warn_of_missing_laws(self) -> None:
        """Say which files of the laws, or of what they name, cannot be used; the others work."""
        for problem in self.house.laws.problems():
            self.say(f"This file cannot be used: {problem}")


def secret(file: Path | None, question: str, *, twice: bool = False) -> Secret:
    """What a private file says, else what is typed without being shown, a second time where ``twice``.

    Raises NotAllowed, HandOverError, InputError.
    """
    if file is not None:
        return _read_secret(file)
    if sys.stdin is None or not sys.stdin.isatty():
        raise NotAllowed(
            "There is no terminal to ask for the passphrase on. Give --passphrase-file with a file that only "
            "you can read."
        )
    typed = Secret(getpass.getpass(question))
    if twice and typed != Secret(getpass.getpass("The same again: ")):
        raise InputError("passphrase", "The two passphrases differ. Nothing was changed.")
    return typed


def _read_secret(path: Path) -> Secret:
    try:
        with path.open("rb") as file:
            _require_private(path, os.fstat(file.fileno()))
            content = file.read(LONGEST_BYTES + len(b"\r\n") + 1)
    except OSError as error:
        raise HandOverError(
            f"The passphrase file {path.name or path} cannot be read: {error.strerror}."
        ) from error
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        # "from None": the original error carries the text
        raise InputError("passphrase", f"The passphrase file {path.name} is no UTF-8 text.") from None
    text = text.removesuffix("\n").removesuffix("\r")
    if not text:
        raise InputError("passphrase", f"The passphrase file {path.name} is empty.")
    return Secret(text)


def _require_private(path: Path, facts: os.stat_result) -> None:
    # Windows keeps who may read a file in lists that its mode does not show: there the file is taken as it is
    if os.name == "posix" and stat.S_IMODE(facts.st_mode) & OTHERS_MAY:
        raise NotAllowed(
            f"Others may read the passphrase file {path.name}. Make it private first: chmod 600 {path.name}"
        )
