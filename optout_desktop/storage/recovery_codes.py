# SPDX-License-Identifier: Apache-2.0
"""The recovery code as people write it down: six groups of five letters and digits.

27 random symbols (135 bits) are followed by three that check them: the number that the 27 spell, modulo
a prime. Every single wrong symbol and every two exchanged ones are noticed, so that a slip of the pen is
told from a code of another vault.
"""

from __future__ import annotations

import secrets

from optout_desktop.domain.errors import InputError
from optout_desktop.domain.secrets import Secret

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 symbols: without 0 and O, 1 and I."""

RANDOM_SYMBOLS = 27
_CHECK_SYMBOLS = 3
_GROUP = 5
_PRIME = 32_749  # the largest prime that three symbols can hold


def new_code() -> Secret:
    """A fresh code such as ``ABCDE-FGHJK-…``, to be shown once."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_SYMBOLS))
    return Secret(_grouped(body + _check(body)))


def tidied(typed: Secret) -> Secret:
    """The code as it was printed, from however it was typed: small letters, spaces, missing dashes.

    Raises InputError where it cannot be any vault's code.
    """
    symbols = "".join(typed.reveal().split()).replace("-", "").upper()
    if not set(symbols) <= set(ALPHABET):
        raise _mistyped("A recovery code has the letters A to Z without I and O, and the digits 2 to 9.")
    expected = RANDOM_SYMBOLS + _CHECK_SYMBOLS
    if len(symbols) != expected:
        raise _mistyped(f"A recovery code has {expected} letters and digits; this one has {len(symbols)}.")
    if _check(symbols[:RANDOM_SYMBOLS]) != symbols[RANDOM_SYMBOLS:]:
        raise _mistyped("This recovery code has a typing mistake. Compare it with your print.")
    return Secret(_grouped(symbols))


def _mistyped(sentence: str) -> InputError:
    return InputError("recovery_code", sentence)


def _check(body: str) -> str:
    number = 0
    for symbol in body:
        number = number * len(ALPHABET) + ALPHABET.index(symbol)
    rest = number % _PRIME
    return "".join(ALPHABET[(rest >> shift) % len(ALPHABET)] for shift in (10, 5, 0))


def _grouped(symbols: str) -> str:
    return "-".join(symbols[start : start + _GROUP] for start in range(0, len(symbols), _GROUP))
