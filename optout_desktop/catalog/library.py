# SPDX-License-Identifier: Apache-2.0
"""The library: one door to everything that the app ships knowing, each shelf read when it is first asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path

from optout_desktop.domain.clocks import Conventions
from optout_desktop.domain.errors import CatalogError
from optout_desktop.domain.laws import Law

from .companies import Directory
from .files import Resources, own_toml
from .laws import PATIENT, LawBook, check_law, load_conventions, load_laws
from .registers import RegisterBook, RuleBook, load_registers
from .regulators import RegulatorBook, load_regulators
from .templates import Templates


class Library:
    """Laws, registers, regulators, letters and companies of one resource folder."""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources

    @cached_property
    def regulators(self) -> RegulatorBook:
        """Every regulator."""
        return load_regulators(self.resources)

    @cached_property
    def laws(self) -> LawBook:
        """Every law; what is wrong with regulators is named with what is wrong with laws."""
        near = self.regulators
        book = load_laws(self.resources, near.ids, knows_every_regulator=not near.problems)
        return replace(book, problems=(*near.problems, *book.problems))

    def check_law(self, path: Path) -> Law:
        """The law that somebody wrote in a file of their own, read beside the shipped ones.

        Raises CatalogError naming file, line and field; HandOverError where the file cannot be read.
        """
        homes = {rule.id: law.id for law in self.laws.laws for rule in law.rules}
        return check_law(own_toml(path), self.regulators.ids, path.stem, homes)

    @cached_property
    def registers(self) -> RegisterBook:
        """Every register."""
        book = load_registers(self.resources, frozenset(law.id for law in self.laws.laws))
        return replace(
            book, problems=tuple(dict.fromkeys((*self.resources.missing("registers"), *book.problems)))
        )

    @cached_property
    def rule_book(self) -> RuleBook:
        """Whatever a request can count by: the laws, and the registers, which are read when one is asked for."""
        return RuleBook(laws=self.laws.laws, problems=self.laws.problems, registers=lambda: self.registers)

    @cached_property
    def conventions(self) -> Conventions:
        """The app's own conventions; the most patient ones where their file is refused, so that nobody is
        accused early and every vault still opens.
        """
        try:
            return load_conventions(self.resources)
        except CatalogError:
            return PATIENT

    @cached_property
    def templates(self) -> Templates:
        """Every letter."""
        return Templates(self.resources.path("letters"), self.resources.read)

    @cached_property
    def directory(self) -> Directory:
        """Every company."""
        return Directory(self.resources.path("companies", "companies.jsonl"), self.resources.read)
