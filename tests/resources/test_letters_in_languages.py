# SPDX-License-Identifier: Apache-2.0
"""What a translated block may not change, and what a language must name: places in a law, and rights."""

import re
import tomllib

import pytest

from optout_desktop.catalog.templates import FALLBACK_LANGUAGE, Templates
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.rights import Right
from tests.golden.letters.cases import LETTERS

TEMPLATES = Templates(LETTERS)
OTHERS = [language for language in TEMPLATES.languages if language != FALLBACK_LANGUAGE]
LOGIC = re.compile(r"{%.*?%}", re.DOTALL)
PLACE = re.compile(r"\d{2,}(?:[.-]\d+)*")
"""An article or a section: digits, with what joins them."""


def blocks_of(language):
    """The text of every block of ``language``, by its name."""
    return {file.stem: file.read_text("utf-8") for file in (LETTERS / language).glob("*.liquid")}


@pytest.mark.parametrize("language", OTHERS)
def test_a_block_names_the_same_places_of_a_law_in_every_language(language):
    translated = blocks_of(language)
    for name, english in blocks_of(FALLBACK_LANGUAGE).items():
        here, there = (set(PLACE.findall(LOGIC.sub("", text))) for text in (translated[name], english))

        assert here == there, name


@pytest.mark.parametrize("language", OTHERS)
def test_the_place_where_no_authentication_is_asked_for_is_the_same_in_every_language(language):
    places = re.compile(r'law == "([a-z0-9-]+)" -%}(.+)')
    here, there = (
        places.findall(blocks_of(name)["stance-no-authentication"]) for name in (language, FALLBACK_LANGUAGE)
    )

    assert here == there


@pytest.mark.parametrize("language", OTHERS)
def test_every_right_has_a_name_in_every_language(language):
    words = tomllib.loads((LETTERS / language / "words.toml").read_text("utf-8"))
    written = {right.value for right in Right if TEMPLATES.offers(right, LetterKind.REQUEST)}

    assert written <= words["rights"].keys()
