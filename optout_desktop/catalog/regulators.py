# SPDX-License-Identifier: Apache-2.0
"""Regulators: ``resources/regulators/<country>.toml`` → whom a complaint can go to.

Each entry says how far it was checked; nothing is guessed where a contact is unknown.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field

from optout_desktop.domain.errors import CatalogError, NotFound
from optout_desktop.domain.ids import RegulatorId
from optout_desktop.domain.laws import Verification
from optout_desktop.domain.places import Place, is_place, reaches
from optout_desktop.domain.regulators import Regulator

from .files import Resources
from .tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulatorBook:
    """Every regulator that could be read, in order of id, and what was wrong with other entries."""

    regulators: tuple[Regulator, ...]
    problems: tuple[CatalogError, ...] = ()
    _by_id: dict[RegulatorId, Regulator] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {regulator.id: regulator for regulator in self.regulators})

    def regulator(self, regulator: RegulatorId) -> Regulator:
        """The regulator of that id. Raises NotFound with the nearest known ids."""
        if (found := self._by_id.get(regulator)) is not None:
            return found
        raise NotFound("regulator", regulator, tuple(difflib.get_close_matches(regulator, self._by_id, n=3)))

    def at(self, place: Place) -> tuple[Regulator, ...]:
        """The regulators that somebody at ``place`` can turn to, the most local first."""
        near = (item for item in self.regulators if any(reaches(own, place) for own in item.places))
        return tuple(sorted(near, key=lambda item: (place not in item.places, item.id)))

    @property
    def ids(self) -> frozenset[RegulatorId]:
        """The ids that a law may name."""
        return frozenset(self._by_id)


def load_regulators(resources: Resources) -> RegulatorBook:
    """All regulator files; an entry that is wrong costs itself."""
    found: dict[RegulatorId, Regulator] = {}
    problems = list(resources.missing("regulators"))
    for path in resources.files("regulators", ending=".toml"):
        try:
            file = resources.toml(path)
            top = Table(file=file, content=file.table)
            entries = top.entries("regulators")
            top.finish()
        except CatalogError as problem:
            if problem not in problems:
                problems.append(problem)
            continue
        for entry in entries:
            try:
                regulator = _regulator(entry)
                if regulator.id in found:
                    entry.refuse("id", f"{regulator.id} stands here twice")
                found[regulator.id] = regulator
            except CatalogError as problem:
                problems.append(problem)
    return RegulatorBook(
        regulators=tuple(found[regulator] for regulator in sorted(found)), problems=tuple(problems)
    )


def _regulator(table: Table) -> Regulator:
    places = table.texts("places")
    if not places or not all(map(is_place, places)):
        table.refuse("places", "must be countries or regions such as DE or US-CA")
    found = Regulator(
        id=RegulatorId(table.text("id")),
        name=table.text("name"),
        places=tuple(map(Place, places)),
        scope=table.text("scope", ""),
        website=table.text("website", ""),
        complaint_url=table.text("complaint_url", ""),
        email=table.text("email", ""),
        phone=table.text("phone", ""),
        postal_address=table.texts("postal_address"),
        language=table.text("language", ""),
        sources=table.texts("sources"),
        verification=table.word("verification", Verification),
    )
    table.finish()
    return found
