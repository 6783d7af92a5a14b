# SPDX-License-Identifier: Apache-2.0
"""Column types: what goes in comes out, and words of no vocabulary go neither in nor out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout_desktop.domain.companies import Channel
from optout_desktop.storage.columns import Word, Words

WORD, WORDS = Word(Channel), Words()


@pytest.mark.parametrize("channel", [*Channel, None])
def test_a_word_comes_back_as_its_member(channel):
    stored = WORD.process_bind_param(channel, None)

    assert WORD.process_result_value(stored, None) is channel


def test_an_unknown_word_is_refused_both_ways():
    with pytest.raises(KeyError):
        WORD.process_bind_param("pigeon", None)
    with pytest.raises(KeyError):
        WORD.process_result_value("pigeon", None)


@given(st.lists(st.text()).map(tuple))
def test_a_list_of_texts_comes_back_as_it_was(texts):
    assert WORDS.process_result_value(WORDS.process_bind_param(texts, None), None) == texts


def test_no_list_is_an_empty_one():
    assert WORDS.process_bind_param(None, None) == "[]"
    assert WORDS.process_result_value(None, None) == ()
