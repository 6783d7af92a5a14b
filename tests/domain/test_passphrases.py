# SPDX-License-Identifier: Apache-2.0
"""Which passphrases may lock a vault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout_desktop.domain.errors import WeakPassphrase
from optout_desktop.domain.passphrases import Weakness, judge
from optout_desktop.domain.secrets import Secret

NAMES = ("Zoë Kowalczyk-Brown", "zoe.kowalczyk@example.org", "14 Birchwood Lane, Sheffield")


@pytest.mark.parametrize(
    "text",
    [
        "granite lantern otter forty",
        "Xk4#vQ9!tR2m",
        "nebel über dem kanal 7",
        "пингвин читает газету",
        "my dog hates thunderstorms",
        "ZQ7 umbrella",
    ],
)
def test_unrelated_words_or_characters_are_accepted(text: str) -> None:
    assert judge(Secret(text), NAMES).is_accepted


@pytest.mark.parametrize(
    ("text", "weakness"),
    [
        ("elevenchars", Weakness.TOO_SHORT),
        ("", Weakness.TOO_SHORT),
        ("x1" * 600, Weakness.TOO_LONG),
        ("password1234", Weakness.COMMON),
        ("P@ssw0rd!2024", Weakness.COMMON),
        ("Password Password", Weakness.COMMON),
        ("iloveyou123456", Weakness.COMMON),
        ("LetMeIn12345!", Weakness.COMMON),
        ("correct horse battery staple", Weakness.COMMON),
        ("Correct-Horse-Battery-Staple", Weakness.COMMON),
        ("aaaaaaaaaaaaaaaa", Weakness.PATTERN),
        ("abcabcabcabc", Weakness.PATTERN),
        ("ababababababab", Weakness.PATTERN),
        ("qwertyuiopasdf", Weakness.PATTERN),
        ("1q2w3e4r5t6y", Weakness.PATTERN),
        ("123456789012", Weakness.PATTERN),
        ("098765432109", Weakness.PATTERN),
        ("abcdefghijklm", Weakness.PATTERN),
        ("            ", Weakness.PATTERN),
        ("!!!!????....", Weakness.PATTERN),
        ("zoekowalczyk", Weakness.OWN_NAMES),
        ("Kowalczyk1984", Weakness.OWN_NAMES),
        ("zoë-kowalczyk-brown", Weakness.OWN_NAMES),
        ("ZOE.KOWALCZYK!!", Weakness.OWN_NAMES),
        ("birchwoodlane14", Weakness.OWN_NAMES),
        ("xxSheffield99", Weakness.OWN_NAMES),
    ],
)
def test_what_anybody_would_try_is_refused_with_its_reason(text: str, weakness: Weakness) -> None:
    verdict = judge(Secret(text), NAMES)

    assert verdict.weakness is weakness


def test_an_own_name_among_enough_other_words_is_accepted() -> None:
    assert judge(Secret("zoe granite lantern otter"), NAMES).is_accepted


def test_short_of_fifteen_characters_is_accepted_and_said() -> None:
    shorter, longer = judge(Secret("Xk4#vQ9!tR2m")), judge(Secret("Xk4#vQ9!tR2m8Lz"))

    assert shorter.is_accepted
    assert shorter.is_short_of_recommended
    assert not longer.is_short_of_recommended


def test_letters_that_another_layout_may_lack_are_accepted_and_said() -> None:
    assert judge(Secret("nebel über dem kanal 7")).has_uncertain_layout
    assert not judge(Secret("granite lantern otter")).has_uncertain_layout


def test_insisting_on_a_weak_passphrase_says_why_without_repeating_it() -> None:
    with pytest.raises(WeakPassphrase, match="first that anybody would try") as caught:
        judge(Secret("password1234")).insist()

    assert "password1234" not in str(caught.value)


def test_insisting_on_a_good_passphrase_passes() -> None:
    verdict = judge(Secret("granite lantern otter forty"))

    verdict.insist()

    assert verdict.is_accepted


@given(text=st.text(max_size=1100), names=st.lists(st.text(max_size=40), max_size=4))
def test_any_text_gets_a_verdict(text: str, names: list[str]) -> None:
    verdict = judge(Secret(text), names)

    assert verdict.is_accepted == (verdict.weakness is None)
