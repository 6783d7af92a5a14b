# SPDX-License-Identifier: Apache-2.0
"""Registers: ``resources/registers/<country>.toml`` → ``Register``, strictly, each entry by itself.

``RuleBook`` answers for laws and for registers alike, so that a registration is counted and explained by
those who count and explain requests; the registers are only read when the first of them is asked for.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from optout_desktop.domain.errors import CatalogError, NotFound
from optout_desktop.domain.ids import LawId, RegisterId, register_in
from optout_desktop.domain.laws import (
    UNITS_WITH_NUMBER,
    Law,
    Period,
    Reckoning,
    Source,
    Unit,
    Verification,
)
from optout_desktop.domain.places import Place, is_place
from optout_desktop.domain.registers import (
    Ask,
    Effect,
    Fact,
    Force,
    Lasting,
    Register,
    RegisterKind,
    RegisterStatus,
    Stops,
    Validity,
    Way,
    WayKind,
)

from .files import Resources
from .laws import LawBook
from .tables import Table

_SPANS = frozenset({Unit.DAYS, Unit.MONTHS, Unit.YEARS})


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterBook:
    """Every register that could be read, in order of id, and what was wrong with other entries."""

    registers: tuple[Register, ...]
    problems: tuple[CatalogError, ...] = ()
    _by_id: dict[RegisterId, Register] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {register.id: register for register in self.registers})

    def register(self, register: RegisterId) -> Register:
        """The register of that id. Raises NotFound with the nearest known ids."""
        if (found := self._by_id.get(register)) is not None:
            return found
        raise NotFound("register", register, tuple(difflib.get_close_matches(register, self._by_id, n=3)))

    def all(self) -> tuple[Register, ...]:
        """Every register, in order of id."""
        return self.registers


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook(LawBook):
    """The laws, and the registers as laws: whatever a request can count by."""

    registers: Callable[[], RegisterBook]

    def law(self, law: LawId) -> Law:
        """The law of that id, or the register that stands in its place. Raises NotFound."""
        found = register_in(law)
        if found is None:
            return LawBook.law(self, law)
        register = self.registers().register(found)
        return register.as_law(LawBook.law(self, register.law) if register.law else None)


def load_registers(resources: Resources, laws: frozenset[LawId]) -> RegisterBook:
    """All register files; ``laws`` are the ids that a register may name. An entry that is wrong costs itself."""
    found: dict[RegisterId, Register] = {}
    problems: list[CatalogError] = []
    for path in resources.files("registers", ending=".toml"):
        try:
            file = resources.toml(path)
            top = Table(file=file, content=file.table)
            checked_on = top.day("checked_on")
            entries = top.entries("registers")
            top.finish()
        except CatalogError as problem:
            problems.append(problem)
            continue
        for entry in entries:
            try:
                register = _register(entry, checked_on, laws)
                if register.id in found:
                    entry.refuse("id", f"{register.id} stands here twice")
                found[register.id] = register
            except CatalogError as problem:
                problems.append(problem)
    return RegisterBook(registers=tuple(found[one] for one in sorted(found)), problems=tuple(problems))


def _register(table: Table, checked_on: date, laws: frozenset[LawId]) -> Register:
    found = Register(
        id=RegisterId(table.text("id")),
        title=table.text("title"),
        kind=table.word("kind", RegisterKind),
        places=_places(table),
        operator=table.text("operator", ""),
        ways=_ways(table),
        stops=table.words("stops", Stops),
        asks_for=table.words("asks_for", Ask),
        asks_note=table.text("asks_note", ""),
        covers=table.texts("covers"),
        does_not_cover=table.texts("does_not_cover"),
        force=table.word("force", Force),
        force_note=table.text("force_note", ""),
        status=table.word("status", RegisterStatus, RegisterStatus.ACTIVE),
        status_note=table.text("status_note", ""),
        ended_on=table.day_or_none("ended_on"),
        fee=table.text("fee", ""),
        is_free=table.flag("is_free"),
        effect=_effect(table.child("effect")),
        validity=_validity(table.child("lasts")),
        renewal=table.text("renewal", ""),
        law=_law(table, laws),
        citation=table.text("citation", ""),
        steps=table.texts("steps"),
        note=table.text("note", ""),
        sources=_sources(table),
        verification=table.word("verification", Verification),
        unverified=table.words("unverified", Fact),
        checked_on=checked_on,
    )
    table.finish()
    if not found.steps:
        table.refuse("steps", "must say what to do")
    if found.status is not RegisterStatus.ACTIVE and not found.status_note:
        table.refuse("status_note", "must say why the register cannot be used")
    return found


def _places(table: Table) -> tuple[Place, ...]:
    places = table.texts("places")
    if not places or not all(map(is_place, places)):
        table.refuse("places", "must be countries or regions such as DE or US-CA")
    return tuple(map(Place, places))


def _law(table: Table, laws: frozenset[LawId]) -> LawId | None:
    law = LawId(table.text("law", ""))
    if law and law not in laws:
        near = difflib.get_close_matches(law, laws, n=1)
        table.refuse("law", f"there is no law {law}{f'; did you mean {near[0]}?' if near else ''}")
    return law or None


def _ways(table: Table) -> tuple[Way, ...]:
    ways: list[Way] = []
    for entry in table.entries("ways"):
        way = Way(
            kind=entry.word("kind", WayKind),
            value=entry.text("value"),
            text=entry.text("text", ""),
            note=entry.text("note", ""),
        )
        if way.kind is WayKind.WEB and not way.value.startswith(("https://", "http://")):
            entry.refuse("value", "must be a web address")
        entry.finish()
        ways.append(way)
    if not ways:
        table.refuse("ways", "must name at least one way to reach it")
    return tuple(ways)


def _sources(table: Table) -> tuple[Source, ...]:
    sources: list[Source] = []
    for entry in table.entries("sources"):
        sources.append(Source(title=entry.text("title"), url=entry.text("url", "")))
        entry.finish()
    if not sources:
        table.refuse("sources", "must say where this was read")
    return tuple(sources)


def _effect(table: Table | None) -> Effect:
    if table is None:
        return Effect()
    amount = table.number_of("amount")
    unit = table.word("unit", Unit) if amount is not None or "unit" in table.content else None
    if unit is not None and (unit in UNITS_WITH_NUMBER) != (amount is not None):
        table.refuse("amount", "a number of days, months or years has an amount, other words have none")
    if amount is not None and unit not in _SPANS:
        table.refuse("unit", "must be days, months or years: registers name no calendar")
    found = Effect(
        period=Period(amount=amount, unit=unit) if unit else None,
        reckoning=table.word("reckoning", Reckoning, Reckoning.BY),
        note=table.text("note", ""),
    )
    table.finish()
    return found


def _validity(table: Table | None) -> Validity:
    if table is None:
        return Validity()
    lasting = table.word("lasting", Lasting)
    amount = table.number_of("amount")
    if (lasting is Lasting.SPAN) != (amount is not None):
        table.refuse("amount", "a span has an amount, everything else has none")
    unit = table.word("unit", Unit) if amount is not None else None
    if unit is not None and unit not in _SPANS:
        table.refuse("unit", "must be days, months or years")
    found = Validity(
        lasting=lasting,
        period=Period(amount=amount, unit=unit) if unit else None,
        note=table.text("note", ""),
    )
    table.finish()
    return found
