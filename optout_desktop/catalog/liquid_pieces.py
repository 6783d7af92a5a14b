# SPDX-License-Identifier: Apache-2.0
"""What is ours inside Liquid: loops that are counted before the first turn, and marks for unknown names.

Liquid itself copies what a loop goes through in reverse before it looks at how long that is, and counts nested
loops but not one after the other. Imported with Liquid, when the first letter is written.
"""

from __future__ import annotations

from typing import TextIO

from liquid import RenderContext, Undefined
from liquid.builtin.tags.for_tag import ForNode, ForTag
from liquid.exceptions import LiquidTypeError, LoopIterationLimitError

_COUNT = "turns"


class CountedForNode(ForNode):
    """A loop through a list; all loops of a letter have a certain number of turns together."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Go through the list. Raises LoopIterationLimitError, LiquidTypeError."""
        token = self.expression.token
        through = self.expression.iterable.evaluate(context)
        turns = _turns(through)
        if turns is None:
            problem = f"only a list can be gone through, not “{self.expression.iterable}”"
            raise LiquidTypeError(problem, token=token)
        most = context.env.loop_iteration_limit or 0
        so_far = context.tag_namespace.get(_COUNT, 0) + turns
        if so_far > most:
            raise LoopIterationLimitError("too many turns", token=token)
        context.tag_namespace[_COUNT] = so_far
        return super().render_to_output(context, buffer)


class CountedForTag(ForTag):
    """The tag that makes them."""

    node_class = CountedForNode


class MarkedUndefined(Undefined):
    """A name that nobody knows, as a preview shows it; in a condition it is false."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"⟦{self.name}⟧"


def _turns(through: object) -> int | None:
    """How many turns a loop through it takes at most, or None where it is no list."""
    if isinstance(through, range):
        return max(0, through.stop - through.start)  # len() of a long one overflows
    if isinstance(through, list | tuple):
        return len(through)
    return 0 if hasattr(through, "__liquid__") and through.__liquid__() is None else None
