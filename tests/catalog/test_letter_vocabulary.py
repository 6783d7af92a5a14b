# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout_desktop.catalog.letter_vocabulary import (
    KNOWN_FACTS,
    Marked,
    Unset,
    UnsetFactError,
    known_paths,
    marked,
    vocabulary,
)
from optout_desktop.catalog.letter_words import read_words
from optout_desktop.domain.letters import clean_line
from optout_desktop.domain.people import DisclosedIdentity
from tests.golden.letters.cases import LETTERS, facts

WORDS = read_words(LETTERS / "en", lambda path: path.read_bytes())


def test_every_known_fact_stands_there_with_or_without_a_value():
    told = vocabulary(facts(), WORDS)

    assert set(told) == KNOWN_FACTS | {"fact", "identity", "word"}
    assert isinstance(told["fee"], Unset)
    assert {path for path in known_paths(WORDS) if len(path) == 1} == {(name,) for name in KNOWN_FACTS}


def test_an_empty_fact_cannot_be_written():
    with pytest.raises(UnsetFactError):
        str(vocabulary(facts(), WORDS)["fee"])


def test_no_name_stands_anywhere_where_it_was_not_ticked():
    told = vocabulary(facts(identity=DisclosedIdentity(), client_name="Jane", is_for_client=True), WORDS)

    assert isinstance(told["client_name"], Unset)
    assert not told["identity"]["has_any"] or isinstance(told["identity"]["has_any"], Unset)


@given(text=st.text())
def test_names_come_in_as_single_clean_lines(text):
    told = vocabulary(facts(company_name=text), WORDS)["company_name"]

    assert isinstance(told, Unset) if not clean_line(text) else told == clean_line(text)


def test_for_a_preview_what_is_empty_or_unknown_is_marked_and_noted():
    seen: list[str] = []
    shown = marked(vocabulary(facts(), WORDS), [("shoe", "size"), ("kind", "x")], seen)

    assert f"{shown['fee']} {shown['shoe']['size']} {shown['fact']['period']}" == (
        "⟦fee⟧ ⟦shoe.size⟧ ⟦fact.period⟧"
    )
    assert seen == ["fee", "shoe.size", "fact.period"]
    assert shown["kind"] == "request"
    assert isinstance(shown["fee"], Marked)
