# SPDX-License-Identifier: Apache-2.0
"""The letters of one language: its blocks, compiled once, and the texts that people write for themselves.

Each block is compiled once; those of a plan are put together and filled in one go, parted by a character that no
fact can hold. Only where that fails are they filled one by one, to say which one it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optout_desktop.domain.errors import TemplateError
from optout_desktop.domain.letters import LetterFacts

from .letter_filters import filters_of, marking
from .letter_vocabulary import UnsetFactError, known_paths, marked, vocabulary
from .letter_words import LetterWords
from .narrow_liquid import as_template_error, did_you_mean, measure, narrow_environment

if TYPE_CHECKING:
    from liquid import BoundTemplate, Environment
    from liquid.static_analysis import TemplateAnalysis, Variable

_BLANK_LINES = re.compile(r"\n{3,}")
_SPACES_AT_END = re.compile(r"[ \t]+\n")
_BETWEEN = "\x00"
"""No control character is in any fact: they come cleaned."""


class LetterLanguage:
    """The blocks of ``folder`` in the words of one language."""

    def __init__(self, folder: Path, read: Callable[[Path], bytes], words: LetterWords) -> None:
        self.words = words
        self._folder = folder
        self._read = read
        self._blocks: dict[str, tuple[str, BoundTemplate]] = {}
        self._letters: dict[tuple[str, ...], BoundTemplate] = {}
        self._own: dict[str, BoundTemplate] = {}

    @property
    def name(self) -> str:
        """The language's code."""
        return self.words.language

    def vocabulary(self, facts: LetterFacts) -> dict[str, Any]:
        """Everything that a block may name; a fact without a value is ``Unset``."""
        return vocabulary(facts, self.words)

    def fill_blocks(self, names: tuple[str, ...], known: Mapping[str, Any]) -> list[str]:
        """The words of blocks, each without blank lines at its ends. Raises TemplateError with block and line."""
        from liquid.exceptions import LiquidError

        letter = self._letters.get(names) or self._put_together(names)
        try:
            filled = letter.render(known)
        except (LiquidError, UnsetFactError):
            for name in names:
                self._filled(name, *self._block(name), known)
            # each block is within the limits, and all of them together are not
            raise TemplateError(names[-1], "the letter is longer than allowed.") from None
        return [_tidy(block) for block in filled.split(_BETWEEN)]

    def fill_own(self, text: str, name: str, known: Mapping[str, Any]) -> str:
        """The words of a text that somebody wrote. Raises TemplateError with line."""
        template = self._own.get(text)
        if template is None:
            if error := self.check(text, name):
                raise error
            # a batch writes one template many times: its subject and its text are enough to remember
            self._own = dict(list(self._own.items())[-1:])
            template = self._own[text] = self._environment.from_string(text, name=name)
        return self._filled(name, text, template, known)

    def preview_own(
        self, text: str, name: str, known: Mapping[str, Any]
    ) -> tuple[str, tuple[TemplateError, ...]]:
        """The words of a text that somebody writes, with ⟦name⟧ for what is missing, and all that is wrong.

        A text that cannot be filled at all comes back as it was written.
        """
        from liquid.exceptions import LiquidError

        if error := measure(text, name):
            return text, (error,)
        seen: list[str] = []
        problems: list[TemplateError] = []
        try:
            analysis = self._environment.from_string(text, name=name).analyze()
            problems += self._problems(text, name, analysis)
            unknown = [tuple(map(str, one.segments)) for one in self._unknown(analysis)]
            shown = marked(known, unknown, seen)
            filled = self._previewing.from_string(text, name=name).render(shown)
        except LiquidError as error:
            said = as_template_error(name, error)
            return text, tuple(problems) or (said,)
        told = {".".join(path) for path in unknown}
        problems += [_empty(name, text, path) for path in dict.fromkeys(seen) if path not in told]
        return _tidy(filled), tuple(sorted(problems, key=lambda problem: problem.line))

    def check(self, text: str, name: str) -> TemplateError | None:
        """What is wrong with a text, or None."""
        from liquid.exceptions import LiquidError

        if error := measure(text, name):
            return error
        try:
            analysis = self._environment.from_string(text, name=name).analyze()
        except LiquidError as error:
            return as_template_error(name, error)
        return next(self._problems(text, name, analysis), None)

    def _problems(self, text: str, name: str, analysis: TemplateAnalysis) -> Iterator[TemplateError]:
        """Every fact and every filter that a text names and nothing here is called."""
        facts = [".".join(path) for path in sorted(self._known)]
        for variable in self._unknown(analysis):
            alike = did_you_mean(str(variable), facts)
            problem = f"there is no fact called “{variable}”.{alike}"
            yield TemplateError(name, problem, _line_at(text, variable.span.index))
        filters = sorted(self._environment.filters)
        for filter_, spans in analysis.filters.items():
            if filter_ not in self._environment.filters:
                problem = f"there is no filter called “{filter_}”.{did_you_mean(filter_, filters)}"
                yield TemplateError(name, problem, _line_at(text, spans[0].index))

    def _unknown(self, analysis: TemplateAnalysis) -> Iterator[Variable]:
        for variables in analysis.globals.values():
            yield from (one for one in variables if not self._is_known(one))

    def _is_known(self, variable: Variable) -> bool:
        path = variable.segments
        return all(isinstance(part, str) for part in path) and tuple(path) in self._known

    def _filled(self, name: str, text: str, template: BoundTemplate, known: Mapping[str, Any]) -> str:
        from liquid.exceptions import LiquidError

        try:
            return _tidy(template.render(known))
        except LiquidError as error:
            raise as_template_error(name, error) from error
        except UnsetFactError as error:
            raise _empty(name, text, error.path) from error

    def _put_together(self, names: tuple[str, ...]) -> BoundTemplate:
        from liquid import BoundTemplate

        first, *others = [self._block(name)[1].nodes for name in names]
        between = self._environment.from_string(_BETWEEN).nodes
        nodes = [*first, *(node for block in others for node in (*between, *block))]
        letter = self._letters[names] = BoundTemplate(self._environment, nodes)
        return letter

    def _block(self, name: str) -> tuple[str, BoundTemplate]:
        """What is written in a block, and the same compiled. Raises TemplateError, CatalogError."""
        if name not in self._blocks:
            file = self._folder / f"{name}.liquid"
            if not file.is_file():
                raise TemplateError(name, f"the block is missing in “{self.name}”.")
            text = self._read(file).decode()
            if error := self.check(text, name):
                raise error
            self._blocks[name] = text, self._environment.from_string(text, name=name)
        return self._blocks[name]

    @cached_property
    def _known(self) -> frozenset[tuple[str, ...]]:
        return known_paths(self.words)

    @cached_property
    def _environment(self) -> Environment:
        return narrow_environment(filters_of(self.words))

    @cached_property
    def _previewing(self) -> Environment:
        from .liquid_pieces import MarkedUndefined

        return narrow_environment(marking(filters_of(self.words)), MarkedUndefined)


def _line_at(text: str, index: int) -> int:
    return text.count("\n", 0, max(index, 0)) + 1


def _tidy(filled: str) -> str:
    if " \n" in filled or "\t\n" in filled:
        filled = _SPACES_AT_END.sub("\n", filled)
    if "\n\n\n" in filled:
        filled = _BLANK_LINES.sub("\n\n", filled)
    return filled.strip()


def _empty(name: str, text: str, path: str) -> TemplateError:
    return TemplateError(name, f"the fact “{path}” is empty.", _line_that_prints(text, path))


def _line_that_prints(source: str, path: str) -> int:
    output = re.compile(r"\{\{-?\s*" + re.escape(path) + r"\b")
    found = output.search(source)
    return source.count("\n", 0, found.start()) + 1 if found else 0
