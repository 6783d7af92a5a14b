# SPDX-License-Identifier: Apache-2.0
"""Which blocks make which letter: ``plans.toml`` → the plan for a right, a kind, a law and a shape.

    [[plan]]       rights, kind, version, subject, blocks: the letter for some rights
    [[follow_up]]  kind, version, subject, blocks (and rights, where not for all): a letter that may follow any
                   request; ``asked`` stands for the block by which the right's reminder says what was asked
    [[script]]     rights, version, subject, blocks (and kind, where not a request): the words for a telephone call
    [[variant]]    laws, block, use (and rights): under these laws ``use`` stands in the place of ``block``
    [short]        drop: the blocks that a form may go without, the first one first, by their names in the plan or
                   by what a law puts in their place

A plan of its own for a right goes before a follow-up. Whatever has another shape is refused with file and field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from optout_desktop.domain.errors import CatalogError, TemplateError
from optout_desktop.domain.letters import LetterKind, Shape
from optout_desktop.domain.rights import Right

from .letter_files import members, read_table, texts, whole

FILE = "plans.toml"
ASKED, ASKED_BEFORE = "asked", "remind-"

_Key = tuple[Right, LetterKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The blocks of one letter under one law, in order; ``places`` are their names before the law had its say."""

    right: Right
    kind: LetterKind
    version: int
    subject: str
    blocks: tuple[str, ...]
    shape: Shape = Shape.FULL
    places: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What a letter says it was made from, such as ``optout_sale.request`` or ``access.request.script``."""
        name = f"{self.right}.{self.kind}"
        return name if self.shape is Shape.FULL else f"{name}.{self.shape}"

    def droppable(self, order: Iterable[str]) -> Iterator[int]:
        """Where the blocks stand that may be left out, in the order in which they go."""
        for name in order:
            for at, names in enumerate(zip(self.places, self.blocks, strict=True)):
                if name in names:
                    yield at


@dataclass(frozen=True, slots=True, kw_only=True)
class _Variant:
    laws: frozenset[str]
    rights: frozenset[Right]
    block: str
    use: str

    def replaces(self, block: str, right: Right, law: str) -> bool:
        return block == self.block and law in self.laws and (not self.rights or right in self.rights)


class LetterPlans:
    """Every plan of ``plans.toml`` in ``folder``; each one is worked out once for a law. Raises CatalogError."""

    def __init__(self, folder: Path, read: Callable[[Path], bytes]) -> None:
        optional = {"follow_up", "script", "short"}
        file = read_table(read, folder / FILE, {"plan", "variant"}, optional)
        own = _plans(file["plan"])
        self._letters = {**_follow_ups(file.get("follow_up", ()), own), **own}
        self._scripts = _scripts(file.get("script", ()))
        self._variants = tuple(map(_variant, file["variant"]))
        self.dropped_first = _short(file.get("short"))
        self._known: dict[tuple[Right, LetterKind, str, Shape], Plan] = {}

    def offers(self, right: Right, kind: LetterKind, shape: Shape = Shape.FULL) -> bool:
        """True where there is such a letter; registers and regulators have none here."""
        return (right, kind) in self._of(shape)

    def plan(self, right: Right, kind: LetterKind, law: str = "", shape: Shape = Shape.FULL) -> Plan:
        """The blocks of a letter under ``law``; raises TemplateError where none serves the right."""
        key = right, kind, law, shape
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._worked_out(*key)
        return known

    def _worked_out(self, right: Right, kind: LetterKind, law: str, shape: Shape) -> Plan:
        plan = self._of(shape).get((right, kind))
        if plan is None:
            what = "call script" if shape is Shape.SCRIPT else "letter"
            raise TemplateError(FILE, f"there is no {what} for “{right}” as a {kind}.")
        blocks = tuple(self._in_place_of(block, right, law) for block in plan.blocks)
        return replace(plan, shape=shape, blocks=blocks, places=plan.blocks)

    def _of(self, shape: Shape) -> Mapping[_Key, Plan]:
        return self._scripts if shape is Shape.SCRIPT else self._letters

    def _in_place_of(self, block: str, right: Right, law: str) -> str:
        fitting = (variant.use for variant in self._variants if variant.replaces(block, right, law))
        return next(fitting, block)


def _plans(entries: Any) -> dict[_Key, Plan]:  # noqa: ANN401 - as a file says it
    plans: dict[_Key, Plan] = {}
    for entry in _entries(entries, "plan", {"rights", "kind", "version", "subject", "blocks"}):
        [kind] = members(FILE, "plan.kind", LetterKind, [entry["kind"]])
        for right in members(FILE, "plan.rights", Right, entry["rights"]):
            plans[right, kind] = _plan("plan", entry, right, kind)
    return plans


def _follow_ups(entries: Any, plans: Mapping[_Key, Plan]) -> dict[_Key, Plan]:  # noqa: ANN401
    found: dict[_Key, Plan] = {}
    for entry in _entries(entries, "follow_up", {"kind", "version", "subject", "blocks"}, {"rights"}):
        [kind] = members(FILE, "follow_up.kind", LetterKind, [entry["kind"]])
        only = set(members(FILE, "follow_up.rights", Right, entry.get("rights", ())))
        for (right, before), reminder in plans.items():
            if before is LetterKind.REMINDER and (not only or right in only):
                plan = _plan("follow_up", entry, right, kind)
                blocks = (_asked(reminder) if block == ASKED else block for block in plan.blocks)
                found[right, kind] = replace(plan, blocks=tuple(blocks))
    return found


def _asked(reminder: Plan) -> str:
    for block in reminder.blocks:
        if block.startswith(ASKED_BEFORE):
            return block
    raise CatalogError(
        FILE, "plan.blocks", f"the reminder of “{reminder.right}” says nowhere what was asked."
    )


def _scripts(entries: Any) -> dict[_Key, Plan]:  # noqa: ANN401
    plans: dict[_Key, Plan] = {}
    for entry in _entries(entries, "script", {"rights", "version", "subject", "blocks"}, {"kind"}):
        [kind] = members(FILE, "script.kind", LetterKind, [entry.get("kind", LetterKind.REQUEST.value)])
        for right in members(FILE, "script.rights", Right, entry["rights"]):
            plans[right, kind] = _plan("script", entry, right, kind)
    return plans


def _plan(table: str, entry: Mapping[str, Any], right: Right, kind: LetterKind) -> Plan:
    [subject] = texts(FILE, f"{table}.subject", [entry["subject"]])
    return Plan(
        right=right,
        kind=kind,
        version=whole(FILE, f"{table}.version", entry["version"]),
        subject=subject,
        blocks=texts(FILE, f"{table}.blocks", entry["blocks"]),
    )


def _variant(entry: Any) -> _Variant:  # noqa: ANN401
    [entry] = _entries([entry], "variant", {"laws", "block", "use"}, {"rights"})
    block, use = texts(FILE, "variant.block", [entry["block"], entry["use"]])
    return _Variant(
        laws=frozenset(texts(FILE, "variant.laws", entry["laws"])),
        rights=frozenset(members(FILE, "variant.rights", Right, entry.get("rights", ()))),
        block=block,
        use=use,
    )


def _short(entry: Any) -> tuple[str, ...]:  # noqa: ANN401
    if entry is None:
        return ()
    [entry] = _entries([entry], "short", {"drop"})
    return texts(FILE, "short.drop", entry["drop"])


def _entries(
    entries: Any,  # noqa: ANN401
    table: str,
    keys: set[str],
    optional: Iterable[str] = (),
) -> Iterator[Mapping[str, Any]]:
    """The entries of a list of tables, each with every key and no other. Raises CatalogError."""
    if not isinstance(entries, list | tuple):
        raise CatalogError(FILE, table, f"it is not written as [[{table}]].")
    for entry in entries:
        if not isinstance(entry, dict):
            raise CatalogError(FILE, table, "it is not a table.")
        for key in entry.keys() - keys - set(optional):
            raise CatalogError(FILE, f"{table}.{key}", "nothing here has that name.")
        for key in sorted(keys - entry.keys()):
            raise CatalogError(FILE, f"{table}.{key}", "it is missing.")
        yield entry
