# SPDX-License-Identifier: Apache-2.0
"""A secret shows itself nowhere but where it is asked to."""

from __future__ import annotations

import copy
import logging
import pickle
import traceback
from collections.abc import Callable

import pytest

from optout_desktop.domain.errors import InputError
from optout_desktop.domain.secrets import Secret

WORDS = "granite lantern otter forty"


def _traceback(secret: Secret) -> str:
    try:
        raise RuntimeError(secret)
    except RuntimeError as error:
        return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())


WAYS_TO_SHOW: dict[str, Callable[[Secret], str]] = {
    "repr": repr,
    "str": str,
    "format": lambda secret: f"{secret}",
    "format with width": lambda secret: f"{secret:>80}",
    "percent s": lambda secret: "%s" % secret,  # noqa: UP031
    "percent r": lambda secret: "%r" % secret,  # noqa: UP031
    "str.format": "{}".format,
    "in a list": lambda secret: repr([secret]),
    "in a dict": lambda secret: repr({"passphrase": secret}),
    "in a tuple": lambda secret: str((secret,)),
    "in an error": lambda secret: repr(ValueError(secret)),
    "copied": lambda secret: repr(copy.copy(secret)),
    "deeply copied": lambda secret: repr(copy.deepcopy([secret])),
    "in a traceback": _traceback,
    "in a log line": lambda secret: logging.makeLogRecord({"msg": "%s", "args": (secret,)}).getMessage(),
}


@pytest.mark.parametrize("show", WAYS_TO_SHOW.values(), ids=WAYS_TO_SHOW.keys())
def test_a_secret_is_never_shown(show: Callable[[Secret], str]) -> None:
    shown = show(Secret(WORDS))

    assert "Secret(…)" in shown
    assert not any(word in shown for word in WORDS.split())


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_secret_is_never_pickled(protocol: int) -> None:
    with pytest.raises(TypeError, match="never written"):
        pickle.dumps(Secret(WORDS), protocol)


def test_a_secret_cannot_be_kept_as_a_key() -> None:
    with pytest.raises(TypeError):
        hash(Secret(WORDS))


@pytest.mark.parametrize(
    "text", [" spaces at both ends ", "Zoe\u0308 decomposed", "Zo\u00eb composed", "ﬁ ligature"]
)
def test_a_secret_is_encoded_exactly_as_it_was_typed(text: str) -> None:
    assert Secret(text).encoded() == text.encode("utf-8")


def test_a_secret_of_1024_bytes_is_taken_and_a_longer_one_is_refused() -> None:
    assert len(Secret("é" * 512).encoded()) == 1024
    with pytest.raises(InputError, match="1024 bytes"):
        Secret("é" * 512 + "x").encoded()


def test_half_a_character_is_refused_without_repeating_it() -> None:
    with pytest.raises(InputError) as caught:
        Secret("granite\ud800").encoded()

    assert "granite" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_two_secrets_are_equal_if_they_say_the_same() -> None:
    assert Secret(WORDS) == Secret(WORDS)
    assert Secret(WORDS) != Secret(WORDS.title())
    assert Secret(WORDS) != WORDS
