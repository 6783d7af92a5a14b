# SPDX-License-Identifier: Apache-2.0
"""What is looked for among the laws, and whether a law answers to it: plain values, no window.

A few dozen laws are matched in well under a millisecond, so that the list follows every letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from optout_desktop.domain.laws import Law
from optout_desktop.domain.places import EU_PLACE, Place, reaches
from optout_desktop.domain.rights import Right
from optout_desktop.gui import wording
from optout_desktop.gui.laws.law_words import law_places


class LawState(StrEnum):
    """How a law stands on a day."""

    IN_FORCE = "in_force"
    LATER = "later"
    """Enacted, and binding nobody yet."""
    ENDED = "ended"


def state_of(law: Law, today: date) -> LawState:
    """How a law stands on a day."""
    if today < law.applies_from:
        return LawState.LATER
    if law.applies_to is not None and today > law.applies_to:
        return LawState.ENDED
    return LawState.IN_FORCE


@dataclass(frozen=True, slots=True, kw_only=True)
class LawFilter:
    """Which laws are wanted; what is None or empty says nothing."""

    typed: str = ""
    place: Place | None = None
    right: Right | None = None
    state: LawState | None = None

    @property
    def is_plain(self) -> bool:
        """Whether every law is wanted."""
        return self == LawFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class FindableLaw:
    """A law with everything that it can be found by, written small."""

    law: Law
    words: str

    @classmethod
    def of(cls, law: Law) -> FindableLaw:
        """A law, found by its names, its citation, its places and its rights in either wording."""
        offered = (text for one in law.rights for text in (one.title, one.citation, wording.right(one.right)))
        words = (law.id, law.title, law.short_title, law.citation, law_places(law), *law.places, *offered)
        return cls(law=law, words="\n".join(words).casefold())

    def answers(self, wanted: LawFilter, today: date) -> bool:
        """Whether this law is among those wanted."""
        if wanted.place is not None and not any(_concerns(one, wanted.place) for one in self.law.places):
            return False
        if wanted.right is not None and self.law.offers(wanted.right) is None:
            return False
        if wanted.state is not None and state_of(self.law, today) is not wanted.state:
            return False
        return all(word in self.words for word in wanted.typed.casefold().split())


def places_of(laws: Sequence[Law]) -> tuple[Place, ...]:
    """Every place that a law is made for, each once."""
    return tuple(sorted({place for law in laws for place in law.places}))


def rights_of(laws: Sequence[Law]) -> tuple[Right, ...]:
    """Every right that a law gives, in the order of the vocabulary."""
    given = {one.right for law in laws for one in law.rights}
    return tuple(right for right in Right if right in given)


def _concerns(law_place: Place, place: Place) -> bool:
    return place == EU_PLACE == law_place or reaches(law_place, place)
