# SPDX-License-Identifier: Apache-2.0
"""Laws: ``resources/laws/<place>/<law>.toml`` → ``Law``, strictly, each file by itself.

A law that cannot be read is left out and named among the problems; all others still load. ``LawBook`` finds
a law by its id and says which laws answer to a wish, the most fitting first.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from optout_desktop.domain.clocks import Conventions
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.damages import Currency, Damages, Fault, Per
from optout_desktop.domain.errors import CatalogError, NotFound
from optout_desktop.domain.findings import FindingKind
from optout_desktop.domain.ids import LawId, RegulatorId, RuleId
from optout_desktop.domain.laws import (
    COMPANY_ACTS,
    UNITS_WITH_NUMBER,
    Amendment,
    Appeal,
    Applicability,
    CalendarRule,
    DayZero,
    Extension,
    ExtensionFrom,
    Law,
    LawLevel,
    LawStatus,
    LenientCalendar,
    Period,
    Reckoning,
    RightOffered,
    Roll,
    Rule,
    Source,
    StartEvent,
    Step,
    Unit,
    Verification,
    judge,
    rank,
)
from optout_desktop.domain.places import Place, is_place
from optout_desktop.domain.rights import Right

from .files import Resources, TomlFile
from .tables import Table

PATIENT = Conventions(post_transit_days=14)
"""What is used where the app's own conventions are refused: later days only."""

_CONVENTIONS = "conventions.toml"
_SOME_DAY = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class LawBook:
    """Every law that could be read, in order of id, and what was wrong with the others."""

    laws: tuple[Law, ...]
    problems: tuple[CatalogError, ...] = ()
    _by_id: dict[LawId, Law] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {law.id: law for law in self.laws})

    def law(self, law: LawId) -> Law:
        """The law of that id. Raises NotFound with the nearest known ids."""
        if (found := self._by_id.get(law)) is not None:
            return found
        raise NotFound("law", law, _nearest(law, self._by_id))

    def all(self) -> tuple[Law, ...]:
        """Every law, in order of id."""
        return self.laws

    def rules(self, rule: RuleId) -> tuple[Rule, ...]:
        """All versions of a rule. Raises NotFound with the nearest known ids."""
        found = tuple(known for law in self.laws for known in law.rules if known.id == rule)
        if found:
            return found
        known_ids = {known.id for law in self.laws for known in law.rules}
        raise NotFound("rule", rule, _nearest(rule, known_ids))

    def judged(
        self, rights: tuple[Right, ...], place: Place, channel: Channel | None, on: date
    ) -> tuple[Applicability, ...]:
        """Every law judged for a person at ``place``, those that apply first, the most fitting on top."""
        judged = [judge(law, rights=rights, place=place, channel=channel, on=on) for law in self.laws]
        return tuple(rank(judged, rights, place))


def _nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names that resemble ``name`` most; whatever it is, some are named."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=3)
    return tuple(close or difflib.get_close_matches(name, names, n=3, cutoff=0.0))


def load_laws(
    resources: Resources, regulators: frozenset[RegulatorId], *, knows_every_regulator: bool = True
) -> LawBook:
    """All law files; ``regulators`` are the ids that a law may name.

    Where some of those could not be read, a law is not refused for naming one: it loads without it.
    """
    laws: dict[LawId, Law] = {}
    problems = list(resources.missing("laws"))
    rule_homes: dict[RuleId, LawId] = {}
    for path in resources.files("laws", ending=".toml"):
        try:
            if path.name == _CONVENTIONS:
                load_conventions(resources)
                continue
            file = resources.toml(path)
            law = check_law(file, regulators if knows_every_regulator else None, path.stem, rule_homes)
            if law.id in laws:
                raise CatalogError(
                    resources.name_of(path), "id", f"{law.id} stands in another folder already", 1
                )
        except CatalogError as problem:
            if problem not in problems:  # a list of digests that cannot be read is one problem, not one a law
                problems.append(problem)
        else:
            laws[law.id] = replace(law, regulators=tuple(one for one in law.regulators if one in regulators))
            rule_homes.update((rule.id, law.id) for rule in law.rules)
    return LawBook(laws=tuple(laws[law] for law in sorted(laws)), problems=tuple(problems))


def check_law(
    file: TomlFile, regulators: frozenset[RegulatorId] | None, name: str, rule_homes: Mapping[RuleId, LawId]
) -> Law:
    """The law that a file called ``name`` tells, beside laws that have the rules of ``rule_homes`` already; None
    for ``regulators`` takes any.

    Raises CatalogError naming file, line and field.
    """
    law = read_law(file, regulators)
    if law.id != name:
        raise CatalogError(
            file.name, "id", f"must be the file’s own name, {name}, not {law.id}", file.line_of((), "id")
        )
    for number, rule in enumerate(law.rules):
        if (home := rule_homes.get(rule.id, law.id)) != law.id:
            line = file.line_of(("rules", number), "id")
            raise CatalogError(file.name, "id", f"rule {rule.id} stands in {home} already", line)
    return law


def load_conventions(resources: Resources) -> Conventions:
    """The app's own conventions, which are not law. Raises CatalogError."""
    file = resources.toml(resources.path("laws", _CONVENTIONS))
    top = Table(file=file, content=file.table)
    days = top.number_of("post_transit_days", least=0)
    if days is None:
        top.refuse("post_transit_days", "is missing")
    top.finish()
    return Conventions(post_transit_days=days)


def read_law(file: TomlFile, regulators: frozenset[RegulatorId] | None) -> Law:
    """The law that a file tells. Raises CatalogError naming file, line and field."""
    top = Table(file=file, content=file.table)
    law_id = LawId(top.text("id"))
    sources = {key: _source(table) for key, table in top.children("sources").items()}
    offered = tuple(_right(table) for table in top.entries("rights"))
    tables = top.entries("rules")
    rules = tuple(_rule(table, law_id, sources) for table in tables)
    law = Law(
        id=law_id,
        title=top.text("title"),
        short_title=top.text("short_title"),
        level=top.word("level", LawLevel),
        places=_places(top),
        status=top.word("status", LawStatus, LawStatus.IN_FORCE),
        applies_from=top.day("applies_from"),
        applies_to=top.day_or_none("applies_to"),
        citation=top.text("citation"),
        rights=offered,
        rules=rules,
        channels=top.words("channels", Channel),
        protects=top.text("protects", ""),
        binds=top.text("binds", ""),
        has_thresholds=top.flag("has_thresholds"),
        appeal=_appeal(top),
        identity_rule=top.text("identity_rule", ""),
        agent_rule=top.text("agent_rule", ""),
        fee_rule=top.text("fee_rule", ""),
        private_action=top.text("private_action", ""),
        damages=tuple(_damages(table) for table in top.entries("damages")),
        fines=tuple(_damages(table) for table in top.entries("fines")),
        history=tuple(_amendment(table) for table in top.entries("history")),
        regulators=_regulators(top, regulators),
        doubts=top.texts("doubts"),
        sources=tuple(sources.values()),
        verified_on=top.day("verified_on"),
    )
    top.finish()
    _check_rights(law, top, tables)
    _check_versions(rules, tables)
    return law


# ── the parts of a law ───────────────────────────────────────────────────────────────────────────────


def _places(top: Table) -> tuple[Place, ...]:
    found = top.texts("places")
    if not found or not all(map(is_place, found)):
        top.refuse("places", "must be countries or regions such as DE or US-CA")
    return tuple(map(Place, found))


def _regulators(top: Table, known: frozenset[RegulatorId] | None) -> tuple[RegulatorId, ...]:
    named = tuple(map(RegulatorId, top.texts("regulators")))
    if known is None:
        return named
    for regulator in named:
        if regulator not in known:
            near = difflib.get_close_matches(regulator, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            top.refuse("regulators", f"no regulator is called “{regulator}”{hint}")
    return named


def _source(table: Table) -> Source:
    found = Source(title=table.text("title"), url=table.text("url", ""), is_primary=table.flag("primary"))
    if found.url and not found.url.startswith(("https://", "http://")):
        table.refuse("url", "must be a web address")
    table.finish()
    return found


def _right(table: Table) -> RightOffered:
    found = RightOffered(
        right=table.word("right", Right), title=table.text("title"), citation=table.text("citation")
    )
    table.finish()
    return found


def _appeal(top: Table) -> Appeal:
    table = top.child("appeal")
    if table is None:
        return Appeal()
    found = Appeal(
        is_available=table.flag("available"),
        window=table.text("window", ""),
        after_denial=table.text("after_denial", ""),
        citation=table.text("citation", ""),
    )
    table.finish()
    return found


def _damages(table: Table) -> Damages:
    found = Damages(
        min=table.number_of("min"),
        max=table.number_of("max"),
        per=table.word("per", Per),
        currency=table.word("currency", Currency),
        fault=table.word("fault", Fault, Fault.ANY),
        citation=table.text("citation"),
        is_verified=table.flag("verified"),
        note=table.text("note", ""),
    )
    table.finish()
    if found.min is None and found.max is None:
        table.refuse("max", "is missing, and so is min: an amount has one of them at least")
    if found.min is not None and found.max is not None and found.max < found.min:
        table.refuse("max", f"is less than min, {found.min}")
    return found


def _amendment(table: Table) -> Amendment:
    found = Amendment(on=table.text("on", ""), what=table.text("what"), is_verified=table.flag("verified"))
    if not _SOME_DAY.fullmatch(found.on):
        table.refuse("on", f"must be a day, a month or a year such as 2026-11, not “{found.on}”")
    table.finish()
    return found


# ── one rule ─────────────────────────────────────────────────────────────────────────────────────────


def _rule(table: Table, law: LawId, sources: dict[str, Source]) -> Rule:
    lenient = table.child("lenient_period")
    found = Rule(
        id=RuleId(table.text("id")),
        law=law,
        rights=table.words("rights", Right),
        step=table.word("step", Step),
        what=table.text("what"),
        period=_period(table),
        lenient_period=_whole_period(lenient) if lenient else None,
        starts_on=table.word("starts_on", StartEvent),
        start_floor=table.day_or_none("start_floor"),
        day_zero=table.word("day_zero", DayZero, DayZero.EXCLUDED),
        reckoning=table.word("reckoning", Reckoning, Reckoning.BY),
        roll=table.word("roll", Roll, Roll.NONE),
        lenient_roll=table.word("lenient_roll", Roll, Roll.NONE),
        calendar=table.word("calendar", CalendarRule, CalendarRule.NONE),
        lenient_calendar=table.word("lenient_calendar", LenientCalendar, LenientCalendar.NONE),
        extension=_extension(table),
        valid_from=table.day("valid_from"),
        valid_to=table.day_or_none("valid_to"),
        is_soft=table.flag("is_soft"),
        only_where=table.text("only_where", ""),
        is_for_refusal=table.flag("is_for_refusal"),
        pause_rights=table.words("pause_rights", Right),
        follow_ups=table.texts("follow_ups"),
        findings=table.words("findings", FindingKind),
        breaches=table.texts("breaches"),
        citation=table.text("citation"),
        sources=_named_sources(table, sources),
        verification=table.word("verification", Verification),
        doubt=table.text("doubt", ""),
        note=table.text("note", ""),
    )
    table.finish()
    _check_rule(found, table)
    return found


def _period(table: Table) -> Period:
    unit = table.word("unit", Unit)
    amount = table.number_of("amount")
    if unit in UNITS_WITH_NUMBER and amount is None:
        table.refuse("amount", f"is missing for a period in {unit}")
    if unit not in UNITS_WITH_NUMBER and amount is not None:
        table.refuse("amount", f"“{unit}” has no number, and none may be invented")
    return Period(amount=amount, unit=unit)


def _whole_period(table: Table) -> Period:
    found = _period(table)
    table.finish()
    return found


def _extension(table: Table) -> Extension | None:
    inner = table.child("extension")
    if inner is None:
        return None
    needs = {
        name: inner.flag(name) if name in inner.content else True for name in ("needs_notice", "needs_reason")
    }
    found = Extension(
        period=_period(inner),
        counted_from=inner.word("counted_from", ExtensionFrom, ExtensionFrom.NOMINAL_END),
        needs_notice=needs["needs_notice"],
        needs_reason=needs["needs_reason"],
        condition=inner.text("condition", ""),
        citation=inner.text("citation", ""),
    )
    inner.finish()
    return found


def _named_sources(table: Table, sources: dict[str, Source]) -> tuple[Source, ...]:
    keys = table.texts("sources")
    if not keys:
        table.refuse("sources", "must name at least one source")
    for key in keys:
        if key not in sources:
            table.refuse("sources", f"no source of this file is called “{key}”")
    return tuple(sources[key] for key in keys)


def _check_rule(rule: Rule, table: Table) -> None:
    """What a single rule must not contradict itself in."""
    if not rule.rights:
        table.refuse("rights", "must name at least one right")
    if rule.valid_to is not None and rule.valid_to < rule.valid_from:
        table.refuse("valid_to", "lies before valid_from")
    counts = rule.period.unit is Unit.BUSINESS_DAYS or (rule.roll, rule.lenient_roll) != (
        Roll.NONE,
        Roll.NONE,
    )
    must_act = rule.step in COMPANY_ACTS and rule.period.has_number
    if (counts or must_act) and rule.calendar is CalendarRule.NONE:
        table.refuse("calendar", "is missing: business days, a roll and a company's own duty need one")


def _check_rights(law: Law, top: Table, tables: list[Table]) -> None:
    """Every right once, and no rule about a right that the law does not offer."""
    offered = [right.right for right in law.rights]
    if not offered:
        top.refuse("rights", "must name at least one right")
    if len(set(offered)) < len(offered):
        top.refuse("rights", "names the same right twice")
    for rule, table in zip(law.rules, tables, strict=True):
        for right in rule.rights:
            if right not in offered:
                table.refuse("rights", f"the law does not offer “{right}”")


def _check_versions(rules: tuple[Rule, ...], tables: list[Table]) -> None:
    """No two versions of one rule in force on the same day."""
    for number, rule in enumerate(rules):
        for earlier in rules[:number]:
            if rule.id != earlier.id:
                continue
            if rule.valid_from == earlier.valid_from:
                tables[number].refuse("id", f"{rule.id} stands here twice from {rule.valid_from}")
            if earlier.is_valid_on(rule.valid_from) or rule.is_valid_on(earlier.valid_from):
                tables[number].refuse("valid_from", f"two versions of {rule.id} overlap")
