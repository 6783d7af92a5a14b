# SPDX-License-Identifier: Apache-2.0
"""A recovery code survives being written down by hand and typed again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout_desktop.domain.errors import InputError
from optout_desktop.domain.secrets import Secret
from optout_desktop.storage.recovery_codes import ALPHABET, RANDOM_SYMBOLS, new_code, tidied


def test_a_code_has_six_groups_of_five_without_look_alikes():
    groups = new_code().reveal().split("-")

    assert [len(group) for group in groups] == [5] * 6
    assert set("".join(groups)) <= set(ALPHABET)
    assert not set("01IO") & set(ALPHABET)


def test_a_code_has_at_least_128_random_bits():
    assert len(set(ALPHABET)) ** RANDOM_SYMBOLS >= 2**128


def test_two_codes_differ():
    assert new_code() != new_code()


@given(case=st.booleans(), between=st.sampled_from(["", "-", " ", " - ", "\n"]))
def test_a_code_is_read_however_it_is_spaced(case, between):
    code = new_code()
    typed = between.join(code.reveal().split("-"))

    assert tidied(Secret(typed.lower() if case else typed)) == code


def test_every_single_wrong_symbol_is_noticed():
    symbols = new_code().reveal().replace("-", "")
    slips = [
        symbols[:at] + other + symbols[at + 1 :]
        for at in range(len(symbols))
        for other in ALPHABET
        if other != symbols[at]
    ]

    unnoticed = [slip for slip in slips if _is_taken(slip)]

    assert len(slips) == 930
    assert unnoticed == []


def test_every_exchange_of_neighbours_is_noticed():
    symbols = new_code().reveal().replace("-", "")
    slips = {
        symbols[:at] + symbols[at + 1] + symbols[at] + symbols[at + 2 :] for at in range(len(symbols) - 1)
    }

    assert [slip for slip in slips - {symbols} if _is_taken(slip)] == []


def _is_taken(text):
    try:
        tidied(Secret(text))
    except InputError:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "has 30 letters and digits; this one has 0"),
        ("ABCDE-FGHJK", "this one has 10"),
        ("0" * 30, "without I and O"),
        ("é" * 30, "without I and O"),
        ("A" * 10_000, "this one has 10000"),
    ],
)
def test_what_cannot_be_a_code_is_told_why(text, sentence):
    with pytest.raises(InputError, match=sentence) as caught:
        tidied(Secret(text))

    assert caught.value.field == "recovery_code"
