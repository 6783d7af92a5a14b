# SPDX-License-Identifier: Apache-2.0
"""Liquid with what a letter needs and nothing else: a text → measured → parsed → something that can be filled.

Four tags, a dozen filters, and limits that are counted, not timed. ``measure`` looks at a text before Liquid does:
what is too long, too deep or not closed never reaches its parser. Liquid's import costs 0.25 s, so it happens
when the first letter is written.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from optout_desktop.domain.errors import TemplateError

if TYPE_CHECKING:
    from liquid import Environment

LONGEST_BYTES = 64 * 1024
"""Of a template, and of what it writes."""
MOST_LOOPS = 500
"""Turns of all loops together, inner ones included."""
MOST_PLACEHOLDERS = 200
"""Tags and placeholders of one text."""
DEEPEST_NESTING = 3
LONGEST_PLACEHOLDER = 300
"""Characters between the braces: Liquid's parser calls itself for what stands there."""

_CONTEXT_DEPTH = 10
_MOST_BRACKETS = 4
_OPENING = re.compile(r"\{\{|\{%")
_CLOSING = {"{{": "}}", "{%": "%}"}
_TAG_NAME = re.compile(r"-?\s*(#|\w*)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_LONG_NUMBER = re.compile(r"\d{7}|\d[eE]")
_OPENING_TAGS = frozenset({"if", "unless", "for", "comment"})
_TAGS = _OPENING_TAGS | {"elsif", "else"} | {f"end{tag}" for tag in _OPENING_TAGS}


def narrow_environment(
    filters: Mapping[str, Callable[..., object]], undefined: type[Any] | None = None
) -> Environment:
    """An environment with ``filters`` and no other; ``undefined`` stands for unknown names (else they are errors)."""
    from liquid import Environment, Mode, StrictUndefined
    from liquid.builtin import comment_tag, content, if_tag, illegal, output, unless_tag

    from .liquid_pieces import CountedForTag

    class Narrow(Environment):
        output_stream_limit = LONGEST_BYTES
        loop_iteration_limit = MOST_LOOPS
        context_depth_limit = _CONTEXT_DEPTH
        local_namespace_limit = LONGEST_BYTES

        def setup_tags_and_filters(self, *, extra: bool = False) -> None:  # noqa: ARG002 - Liquid's own signature
            for tag in (
                content.Literal,
                output.Output,
                illegal.Illegal,
                if_tag.IfTag,
                unless_tag.UnlessTag,
                CountedForTag,
                comment_tag.CommentTag,
            ):
                self.add_tag(tag)
            for name, function in filters.items():
                self.add_filter(name, function)

    return Narrow(tolerance=Mode.STRICT, undefined=undefined or StrictUndefined, strict_filters=True)


def measure(text: str, name: str) -> TemplateError | None:
    """What keeps a text from being parsed, or None; one pass over it, whatever stands in it."""
    if (size := len(text.encode("utf-8", "surrogatepass"))) > LONGEST_BYTES:
        problem = f"the text has {size:,} bytes, and {LONGEST_BYTES:,} are allowed."
        return TemplateError(name, problem)
    count = depth = at = 0
    while opening := _OPENING.search(text, at):
        start, count = opening.start(), count + 1
        line = text.count("\n", 0, start) + 1
        end = text.find(_CLOSING[opening[0]], opening.end())
        if end < 0:
            return TemplateError(name, f"“{opening[0]}” is not closed.", line)
        inside = text[opening.end() : end]
        tag = _tag_of(inside) if opening[0] == "{%" else ""
        problem = _problem_inside(inside) or (_problem_of_tag(tag) if opening[0] == "{%" else "")
        depth += 1 if tag in _OPENING_TAGS else -1 if tag.startswith("end") else 0
        if depth > DEEPEST_NESTING:
            problem = f"no more than {DEEPEST_NESTING} tags may stand inside one another."
        if count > MOST_PLACEHOLDERS:
            problem = f"no more than {MOST_PLACEHOLDERS} tags and placeholders are allowed."
        if problem:
            return TemplateError(name, problem, line)
        at = end + len("}}")
    return None


def as_template_error(block: str, error: Any) -> TemplateError:  # noqa: ANN401 - Liquid is imported late
    """What Liquid says, with the line where it happened."""
    from liquid.exceptions import LoopIterationLimitError, OutputStreamLimitError

    token = error.token
    said = error.message
    if isinstance(error, LoopIterationLimitError):
        said = f"the loops take more than {MOST_LOOPS} turns"
    elif isinstance(error, OutputStreamLimitError):
        said = f"the letter has more than {LONGEST_BYTES:,} bytes"
    known = token is not None and token.start_index >= 0
    line = token.source.count("\n", 0, token.start_index) + 1 if known else 0
    return TemplateError(block, f"{said}.", line)


def did_you_mean(typed: str, known: list[str]) -> str:
    """The known name that is nearest to what was typed, as a question, or an empty text."""
    alike = difflib.get_close_matches(typed, known, n=1)
    return f" Did you mean “{alike[0]}”?" if alike else ""


def _tag_of(inside: str) -> str:
    found = _TAG_NAME.match(inside)
    return found[1] if found else ""


def _problem_of_tag(tag: str) -> str:
    if not tag:
        return "a tag has no name."
    return "" if tag in _TAGS else f"there is no tag called “{tag}”.{did_you_mean(tag, sorted(_TAGS))}"


def _problem_inside(inside: str) -> str:
    if len(inside) > LONGEST_PLACEHOLDER:
        return f"no more than {LONGEST_PLACEHOLDER} characters may stand between the braces."
    bare = _QUOTED.sub("", inside)
    if bare.count("[") + bare.count("(") > _MOST_BRACKETS:
        return f"no more than {_MOST_BRACKETS} brackets may stand between the braces."
    return "a number has more than six digits." if _LONG_NUMBER.search(bare) else ""
