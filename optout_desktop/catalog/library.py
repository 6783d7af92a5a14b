# SPDX-License-Identifier: Apache-2.0
"""The library: one door to everything that the app ships knowing, each shelf read when it is first asked for."""

from __future__ import annotations

from functools import cached_property

from optout_desktop.domain.clocks import Conventions

from .companies import Directory
from .files import Resources
from .laws import LawBook, load_conventions, load_laws
from .regulators import RegulatorBook, load_regulators
from .templates import Templates


class Library:
    """Laws, regulators, letters and companies of one resource folder."""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources

    @cached_property
    def regulators(self) -> RegulatorBook:
        """Every regulator."""
        return load_regulators(self.resources)

    @cached_property
    def laws(self) -> LawBook:
        """Every law."""
        return load_laws(self.resources, self.regulators.ids)

    @cached_property
    def conventions(self) -> Conventions:
        """The app's own conventions."""
        return load_conventions(self.resources)

    @cached_property
    def templates(self) -> Templates:
        """Every letter."""
        return Templates(self.resources.path("letters"))

    @cached_property
    def directory(self) -> Directory:
        """Every company."""
        return Directory(self.resources.path("companies", "companies.jsonl"))
