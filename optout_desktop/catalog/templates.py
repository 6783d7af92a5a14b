# SPDX-License-Identifier: Apache-2.0
"""Letters in Liquid: facts → the plan for their right and kind → its blocks filled → subject and text.

``resources/letters/plans.toml`` says which blocks make which letter, and which block a law puts in the place
of another. The language is narrowed until it cannot do anything but fill: a few tags, a dozen filters, limits
on output and loops. An unknown or empty fact that is printed is an error, never a blank.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import CatalogError, TemplateError
from optout_desktop.domain.letters import (
    SMS_KEYWORD,
    Letter,
    LetterFacts,
    LetterKind,
    RequestFact,
    clean_line,
    clean_text,
)
from optout_desktop.domain.rights import Right

if TYPE_CHECKING:
    from liquid import BoundTemplate, Environment

_E = TypeVar("_E", bound=StrEnum)

FALLBACK_LANGUAGE = "en"
SMS_TEMPLATE = "sms_keyword"
ASKED, ASKED_BEFORE = "asked", "remind-"

_OUTPUT_LIMIT_BYTES = 64 * 1024
_LOOP_LIMIT = 500
_DEPTH_LIMIT = 10
_BLANK_LINES = re.compile(r"\n{3,}")
_SPACES_AT_END = re.compile(r"[ \t]+\n")


class Unset:
    """A fact that is known but has no value: false in ``if``, an error where it is printed."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        self.path = path

    def __liquid__(self) -> None:
        """What Liquid's ``if`` looks at."""

    def __str__(self) -> str:
        raise UnsetFactError(self.path)


class UnsetFactError(Exception):
    """An empty fact was printed; never leaves this module."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The blocks of one letter under one law, in order."""

    right: Right
    kind: LetterKind
    version: int
    subject: str
    blocks: tuple[str, ...]

    @property
    def name(self) -> str:
        """What a letter says it was made from, such as ``optout_sale.request``."""
        return f"{self.right}.{self.kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Variant:
    laws: frozenset[str]
    rights: frozenset[Right]
    block: str
    use: str

    def replaces(self, block: str, right: Right, law: str) -> bool:
        return block == self.block and law in self.laws and (not self.rights or right in self.rights)


class Templates:
    """Every letter that the app can write, read from ``folder`` (``resources/letters``) on first use.

    ``read`` hands over the bytes of a file and may refuse one that is not as it was shipped.
    """

    def __init__(self, folder: Path, read: Callable[[Path], bytes] = Path.read_bytes) -> None:
        self._folder = folder
        self._read = read
        self._languages: dict[str, _Language] = {}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that letters exist in."""
        return tuple(sorted(words.parent.name for words in self._folder.glob("*/words.toml")))

    def offers(self, right: Right, kind: LetterKind) -> bool:
        """True where there is a letter for ``right``; registers and regulators have none here."""
        return (right, kind) in self._plans

    def plan(self, right: Right, kind: LetterKind, law: str = "") -> Plan:
        """The blocks of a letter under ``law``; raises ``TemplateError`` where no letter serves the right."""
        plan = self._plans.get((right, kind))
        if plan is None:
            raise TemplateError("plans.toml", f"there is no letter for “{right}” as a {kind}.")
        return Plan(
            right=right,
            kind=kind,
            version=plan.version,
            subject=plan.subject,
            blocks=tuple(self._in_place_of(block, right, law) for block in plan.blocks),
        )

    def fill(self, facts: LetterFacts, language: str = FALLBACK_LANGUAGE) -> Letter:
        """The letter that ``facts`` make, in English where ``language`` has no letters.

        A text message carries the keyword and nothing else. Raises ``TemplateError`` with block and line.
        """
        if facts.channel is Channel.SMS:
            return Letter(kind=facts.kind, subject="", body=SMS_KEYWORD, template=SMS_TEMPLATE)
        spoken = self._language(language)
        plan = self.plan(Right(facts.right), facts.kind, facts.law)
        vocabulary = spoken.vocabulary(facts)
        blocks = (spoken.fill_block(block, vocabulary) for block in plan.blocks)
        return Letter(
            kind=facts.kind,
            subject=clean_line(spoken.fill_block(plan.subject, vocabulary)),
            body="\n\n".join(block for block in blocks if block) + "\n",
            language=spoken.name,
            template=plan.name,
            template_version=plan.version,
        )

    def check(
        self, block_text: str, name: str = "block", language: str = FALLBACK_LANGUAGE
    ) -> TemplateError | None:
        """What is wrong with a block as somebody wrote it, or None: syntax, unknown tag, filter or fact."""
        return self._language(language).check(block_text, name)

    def check_all(self) -> tuple[TemplateError, ...]:
        """What is wrong with the shipped blocks of every language."""
        found = (
            self.check(self._read(file).decode(), file.stem, language)
            for language in self.languages
            for file in sorted((self._folder / language).glob("*.liquid"))
        )
        return tuple(error for error in found if error is not None)

    def _in_place_of(self, block: str, right: Right, law: str) -> str:
        fitting = (variant.use for variant in self._variants if variant.replaces(block, right, law))
        return next(fitting, block)

    def _language(self, name: str) -> _Language:
        if name not in self.languages:
            name = FALLBACK_LANGUAGE
        if name not in self._languages:
            self._languages[name] = _Language(self._folder / name, self._read)
        return self._languages[name]

    @cached_property
    def _file(self) -> dict[str, Any]:
        return _read_toml(self._read, self._folder / "plans.toml", {"plan", "variant"}, {"follow_up"})

    @cached_property
    def _plans(self) -> dict[tuple[Right, LetterKind], Plan]:
        plans: dict[tuple[Right, LetterKind], Plan] = {}
        for entry in self._file["plan"]:
            _refuse_unknown("plans.toml", "plan", entry, {"rights", "kind", "version", "subject", "blocks"})
            kind = _member("plans.toml", "plan.kind", LetterKind, entry["kind"])
            for word in entry["rights"]:
                right = _member("plans.toml", "plan.rights", Right, word)
                plans[right, kind] = Plan(
                    right=right,
                    kind=kind,
                    version=entry["version"],
                    subject=entry["subject"],
                    blocks=tuple(entry["blocks"]),
                )
        return plans | self._follow_ups(plans)

    def _follow_ups(
        self, plans: dict[tuple[Right, LetterKind], Plan]
    ) -> dict[tuple[Right, LetterKind], Plan]:
        """The letters that follow any request; ``asked`` stands for what the right's reminder says was asked."""
        found: dict[tuple[Right, LetterKind], Plan] = {}
        for entry in self._file.get("follow_up", ()):
            _refuse_unknown("plans.toml", "follow_up", entry, {"kind", "version", "subject", "blocks"})
            kind = _member("plans.toml", "follow_up.kind", LetterKind, entry["kind"])
            for (right, before), plan in plans.items():
                if before is LetterKind.REMINDER:
                    asked = next(block for block in plan.blocks if block.startswith(ASKED_BEFORE))
                    blocks = (asked if block == ASKED else block for block in entry["blocks"])
                    version, subject = entry["version"], entry["subject"]
                    found[right, kind] = Plan(
                        right=right, kind=kind, version=version, subject=subject, blocks=tuple(blocks)
                    )
        return found

    @cached_property
    def _variants(self) -> tuple[_Variant, ...]:
        for entry in self._file["variant"]:
            _refuse_unknown("plans.toml", "variant", entry, {"laws", "rights", "block", "use"})
        return tuple(
            _Variant(
                laws=frozenset(entry["laws"]),
                rights=frozenset(
                    _member("plans.toml", "variant.rights", Right, word) for word in entry.get("rights", ())
                ),
                block=entry["block"],
                use=entry["use"],
            )
            for entry in self._file["variant"]
        )


class _Language:
    """The blocks and the words of one language, compiled once."""

    def __init__(self, folder: Path, read: Callable[[Path], bytes]) -> None:
        self.name = folder.name
        self._folder = folder
        self._read = read
        self._words = _read_toml(
            read,
            folder / "words.toml",
            {"date", "weekdays", "months", "and", "units", "refusals", "self", "client"},
        )
        self._compiled: dict[str, tuple[str, BoundTemplate]] = {}

    def vocabulary(self, facts: LetterFacts) -> dict[str, object]:
        """Everything that a block may name; a fact without a value is ``Unset``."""
        identity = facts.identity
        has_name = bool(identity.name)
        period = ""
        if facts.period_amount is not None and facts.period_unit in self._words["units"]:
            period = self.count(facts.period_amount, facts.period_unit)
        known: dict[str, object] = {
            "kind": facts.kind.value,
            "right": facts.right,
            "right_title": clean_line(facts.right_title),
            "right_citation": clean_line(facts.right_citation),
            "legal_basis": facts.legal_basis,
            "law": facts.law,
            "law_title": clean_line(facts.law_title),
            "law_short_title": clean_line(facts.law_short_title),
            "rule_citation": clean_line(facts.rule_citation),
            "period": period,
            "period_basis": ": ".join(part for part in (period, clean_line(facts.rule_citation)) if part),
            "answer_by_on": facts.answer_by_on,
            "written_on": facts.written_on,
            "asked_on": facts.asked_on,
            "was_due_on": facts.was_due_on,
            "days_late": facts.days_late,
            "no_reask_months": facts.no_reask_months,
            "reference": clean_line(facts.reference),
            "company_name": clean_line(facts.company_name),
            "regulator_name": clean_line(facts.regulator_name),
            "refused_on": facts.refused_on,
            "refusal_ground": self._words["refusals"].get(facts.refusal_reason, ""),
            "extended_on": facts.extended_on,
            "extended_until": facts.extended_until,
            "extension_doubt": facts.extension_doubt,
            "unextended_due_on": facts.unextended_due_on,
            "later_citation": clean_line(facts.later_citation),
            "channel": facts.channel.value,
            "list_id": clean_line(facts.list_id),
            "is_for_client": facts.is_for_client,
            # a name stands in the letter only where it was ticked, or where it is the agent's own
            "client_name": clean_line(facts.client_name or identity.name) if has_name else "",
            "writer_name": clean_line(facts.writer_name) if facts.is_for_client else "",
        }
        items: dict[str, object] = {
            "has_any": bool(identity.items()),
            "name": clean_line(identity.name),
            "email": clean_line(identity.email),
            "phone": clean_line(identity.phone),
            "postal_address": [clean_line(line) for line in identity.postal_address],
            "customer_number": clean_line(identity.customer_number),
        }
        told = dict(facts.facts)
        stated = {fact.value: clean_text(told.get(fact, "")) for fact in RequestFact}
        return {
            **{name: value or Unset(name) for name, value in known.items()},
            "fact": {name: value or Unset(f"fact.{name}") for name, value in stated.items()},
            "identity": {name: value or Unset(f"identity.{name}") for name, value in items.items()},
            "word": self._words["client" if facts.is_for_client else "self"],
        }

    def fill_block(self, name: str, vocabulary: Mapping[str, object]) -> str:
        """The words of one block, without blank lines at its ends."""
        from liquid.exceptions import LiquidError

        text, template = self._compiled.get(name) or self._compile(name)
        try:
            filled = template.render(vocabulary)
        except LiquidError as error:
            raise _as_template_error(name, error) from error
        except UnsetFactError as error:
            line = _line_that_prints(text, error.path)
            raise TemplateError(name, f"the fact “{error.path}” is empty.", line) from error
        return _BLANK_LINES.sub("\n\n", _SPACES_AT_END.sub("\n", filled)).strip()

    def check(self, text: str, name: str) -> TemplateError | None:
        """What is wrong with a block's text, or None."""
        from liquid.exceptions import LiquidError

        try:
            named = self._environment.from_string(text, name=name).analyze().globals
        except LiquidError as error:
            return _as_template_error(name, error)
        for variables in named.values():
            for variable in variables:
                if tuple(variable.segments) not in self._known:
                    line = text.count("\n", 0, max(variable.span.index, 0)) + 1
                    return TemplateError(name, f"there is no fact called “{variable}”.", line)
        return None

    def count(self, amount: int, unit: str) -> str:
        """An amount with its unit, such as *15 business days*."""
        one, many = self._words["units"][unit]
        return f"{amount} {one if amount == 1 else many}"

    def _compile(self, name: str) -> tuple[str, BoundTemplate]:
        file = self._folder / f"{name}.liquid"
        if not file.is_file():
            raise TemplateError(name, f"the block is missing in “{self.name}”.")
        text = self._read(file).decode()
        if error := self.check(text, name):
            raise error
        self._compiled[name] = text, self._environment.from_string(text, name=name)
        return self._compiled[name]

    @cached_property
    def _known(self) -> frozenset[tuple[str, ...]]:
        identity = ("has_any", "name", "email", "phone", "postal_address", "customer_number")
        return frozenset(
            {(name,) for name in KNOWN_FACTS}
            | {("identity", name) for name in identity}
            | {("fact", fact.value) for fact in RequestFact}
            | {("word", name) for name in self._words["self"]}
        )

    @cached_property
    def _environment(self) -> Environment:
        return _narrow_environment(self._filters())

    def _filters(self) -> dict[str, Callable[..., object]]:
        def long_date(value: object) -> str:
            day = _expect(value, date)
            return str(
                self._words["date"].format(
                    weekday=self._words["weekdays"][day.weekday()],
                    day=day.day,
                    month=self._words["months"][day.month - 1],
                    year=day.year,
                )
            )

        def in_words(value: object) -> str:
            *before, last = [str(item) for item in _expect(value, list)]
            return f"{', '.join(before)} {self._words['and']} {last}" if before else last

        return {
            "date": long_date,
            "count": lambda value, unit: self.count(_expect(value, int), unit),
            "list": in_words,
            "join": lambda value, between: str(between).join(str(item) for item in _expect(value, list)),
            "first": lambda value: _expect(value, list)[0],
            "last": lambda value: _expect(value, list)[-1],
            "size": lambda value: len(_expect(value, list)),
            "upcase": lambda value: str(value).upper(),
            "downcase": lambda value: str(value).lower(),
            "capitalize": lambda value: str(value)[:1].upper() + str(value)[1:],
            "strip": lambda value: str(value).strip(),
            "line": lambda value: clean_line(str(value)),
        }


KNOWN_FACTS = frozenset(
    {
        *("kind", "right", "right_title", "right_citation"),
        *("legal_basis", "law", "law_title", "law_short_title"),
        *("rule_citation", "period", "period_basis", "answer_by_on"),
        *("written_on", "asked_on", "was_due_on", "days_late"),
        *("no_reask_months", "reference", "company_name", "regulator_name"),
        *("refused_on", "refusal_ground", "extended_on", "extended_until"),
        *("extension_doubt", "unextended_due_on", "later_citation", "channel"),
        *("list_id", "is_for_client", "client_name", "writer_name"),
    }
)
"""The facts that stand at the top of a block's vocabulary; below ``identity``, ``fact`` and ``word`` there are more."""


def _narrow_environment(filters: Mapping[str, Callable[..., object]]) -> Environment:
    """Liquid with what a letter needs and nothing else; its import costs 0.25 s, so it happens here."""
    from liquid import Environment, Mode, StrictUndefined
    from liquid.builtin import comment_tag, content, for_tag, if_tag, illegal, output, unless_tag

    class Narrow(Environment):
        output_stream_limit = _OUTPUT_LIMIT_BYTES
        loop_iteration_limit = _LOOP_LIMIT
        context_depth_limit = _DEPTH_LIMIT
        local_namespace_limit = _OUTPUT_LIMIT_BYTES

        def setup_tags_and_filters(self, *, extra: bool = False) -> None:  # noqa: ARG002 - Liquid's own signature
            for tag in (
                content.Literal,
                output.Output,
                illegal.Illegal,
                if_tag.IfTag,
                unless_tag.UnlessTag,
                for_tag.ForTag,
                comment_tag.CommentTag,
            ):
                self.add_tag(tag)
            for name, function in filters.items():
                self.add_filter(name, function)

    return Narrow(tolerance=Mode.STRICT, undefined=StrictUndefined, strict_filters=True)


def _expect(value: object, kind: type[Any]) -> Any:  # noqa: ANN401 - what was handed in, once its kind is known
    if isinstance(value, Unset):
        raise UnsetFactError(value.path)
    if not isinstance(value, kind):
        from liquid.exceptions import FilterArgumentError

        problem = f"this filter wants a {kind.__name__}, not a {type(value).__name__}"
        raise FilterArgumentError(problem, token=None)
    return value


def _as_template_error(block: str, error: Any) -> TemplateError:  # noqa: ANN401 - Liquid is imported late
    place = error.context()
    return TemplateError(block, f"{error.message}.", place[0] if place else 0)


def _line_that_prints(source: str, path: str) -> int:
    output = re.compile(r"\{\{-?\s*" + re.escape(path) + r"\b")
    found = output.search(source)
    return source.count("\n", 0, found.start()) + 1 if found else 0


def _read_toml(
    read: Callable[[Path], bytes], file: Path, keys: set[str], optional: AbstractSet[str] = frozenset()
) -> dict[str, Any]:
    try:
        content = tomllib.loads(read(file).decode())
    except OSError as error:
        raise CatalogError(file.name, "file", "it cannot be read.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogError(file.name, "file", f"{error}.") from error
    _refuse_unknown(file.name, "file", content, {*keys, *optional})
    for key in keys - content.keys():
        raise CatalogError(file.name, key, "it is missing.")
    return content


def _refuse_unknown(file: str, where: str, entry: Mapping[str, object], keys: set[str]) -> None:
    for key in entry.keys() - keys:
        raise CatalogError(file, f"{where}.{key}", "nothing here has that name.")


def _member(file: str, field: str, kind: Callable[[str], _E], word: str) -> _E:
    try:
        return kind(word)
    except ValueError as error:
        raise CatalogError(file, field, f"“{word}” is not one of the known words.") from error
