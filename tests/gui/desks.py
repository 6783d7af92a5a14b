# SPDX-License-Identifier: Apache-2.0
"""A desk over a real vault, and the system's programs as hand-made stand-ins, for tests of pages."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from optout_desktop.app import House
from optout_desktop.gui.errors import Errors
from optout_desktop.gui.surroundings import Navigator, Surroundings
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.people import PersonInput
from optout_desktop.services.stopped_clock import StoppedClock

TODAY = date(2026, 11, 23)


@dataclass
class Programs:
    """Opens nothing, copies nowhere, and remembers both."""

    opened: list[Path | str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    takes: bool = True

    def open(self, target):
        self.opened.append(target)
        return self.takes

    def put(self, text):
        self.copied.append(text)

    def clear_if_ours(self):
        self.copied.clear()


@dataclass
class Office:
    """A desk with one person and one company, and what a page needs around it."""

    surroundings: Surroundings
    programs: Programs
    house: House
    clock: StoppedClock

    @property
    def desk(self):
        return self.surroundings.desk

    def close(self):
        """Lock: nothing that was handed over stays, and the vault is shut."""
        self.house.handover.clear()
        self.desk.close()


def open_office(folder: Path, tasks, *, is_sample: bool = False) -> Office:
    clock = StoppedClock(TODAY)
    (folder / "out").mkdir(parents=True)
    house = House(vaults=folder / "vaults", settings=folder / "s.json", handover=folder / "out", clock=clock)
    desk = (
        house.open_desk(house.open_sample()) if is_sample else house.open_desk(house.vaults.create_sample())
    )
    if not is_sample:
        desk.people.add(PersonInput(name="Jane Example", emails=("jane@example.org",), place="US-CA"))
        desk.companies.add(
            CompanyInput(
                name="Northwind Data LLC",
                email="privacy@northwind.example",
                form="https://northwind.example/optout",
                postal_address="1 Harbor Way\nSan Diego, CA 92101",
                country="US",
            )
        )
    programs = Programs()
    surroundings = Surroundings(
        desk=desk,
        tasks=tasks,
        errors=Errors(),
        navigator=Navigator(),
        opener=programs,
        clipboard=programs,
        say=programs.said.append,
        say_undoable=programs.said.append,
    )
    return Office(surroundings=surroundings, programs=programs, house=house, clock=clock)
