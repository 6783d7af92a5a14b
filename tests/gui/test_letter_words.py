# SPDX-License-Identifier: Apache-2.0
"""Letters by their names: every kind has its words, and those with a place keep it."""

from __future__ import annotations

import pytest

from optout_desktop.domain.letters import LetterKind
from optout_desktop.gui import letter_words

SETS_A_DAY = {LetterKind.REQUEST, LetterKind.APPEAL}


@pytest.mark.parametrize("kind", LetterKind)
def test_every_kind_has_its_words(kind):
    assert letter_words.to_write(kind).endswith("…")
    assert letter_words.title(kind)
    assert "{company}" in letter_words.title_to(kind)
    assert "{day}" in letter_words.of_day(kind)
    assert "{day}" in letter_words.made_on(kind)
    assert bool(letter_words.recorded(kind)) is (kind not in SETS_A_DAY)


def test_no_two_kinds_look_alike_in_a_menu():
    assert len({letter_words.to_write(kind) for kind in LetterKind}) == len(LetterKind)
