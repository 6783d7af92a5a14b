# SPDX-License-Identifier: Apache-2.0
"""Is this passphrase strong enough?

A passphrase is read as a row of pieces: common words, runs on the keyboard or in the alphabet, repeats,
years. What is wholly made of three such pieces or fewer is weak, and so is one made of the person's own
names. There are no rules about kinds of characters (ASVS 5.0, 6.2.5).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from optout_desktop.domain.errors import WeakPassphrase
from optout_desktop.domain.secrets import LONGEST_BYTES, Secret

SHORTEST_CHARACTERS = 12
RECOMMENDED_CHARACTERS = 15

_MOST_PIECES = 3
_SHORTEST_RUN = 3
_LONGEST_PIECE = 40
_LONGEST_REPEATED_PART = 6
_SHORTEST_NAME = 3
_OWN_CHARACTERS_LEFT = 8

_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "yxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "qazwsxedcrfvtgbyhnujm",
    "147258369",
)

_COMMON_WORDS = frozenset(
    """
    password passwort passphrase passwd pass kennwort motdepasse contrasena senha parola secret geheim
    letmein welcome willkommen hello hallo bonjour hola login admin administrator root user guest master
    test testing demo example default changeme change temp temporary access open enter secure security
    iloveyou love lovely liebe schatz baby babygirl honey darling sweet sweetheart princess prince angel
    sunshine summer winter spring autumn sommer flower rainbow butterfly chocolate cookie coffee banana
    orange apple cheese pepper ginger monkey dragon tiger lion eagle dog cat kitty puppy horse bear wolf
    shadow ghost killer ninja samurai hunter ranger soldier warrior knight wizard hero superman batman
    spiderman pokemon pikachu starwars matrix minecraft football soccer baseball basketball hockey tennis
    fussball liverpool arsenal chelsea barcelona juventus bayern yankees cowboys computer internet google
    facebook samsung iphone microsoft windows linux android whatever trustno trust nothing something
    freedom liberty america england deutschland germany france london berlin paris michael michelle
    jennifer jessica daniel thomas charlie jordan ashley andrew george robert matthew anthony joshua
    january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    optout optoutdesktop vault privacy data my the is me you to new old mein meine
    one two three four five six
    """.split()  # noqa: SIM905 – a list of words reads best as words
)

_COMMON_PHRASES = frozenset(
    """
    correcthorsebatterystaple
    tobeornottobe tobeornottobethatisthequestion
    thequickbrownfox thequickbrownfoxjumpsoverthelazydog
    maytheforcebewithyou opensesame supercalifragilisticexpialidocious
    inthebeginningwastheword thisismypassword onceuponatime youshallnotpass winteriscoming
    """.split()  # noqa: SIM905 – a list of words reads best as words
)

_LOOKS_LIKE = str.maketrans("@4031!|5$7+", "aaoeiilsstt")


class Weakness(Enum):
    """Why a passphrase is not accepted."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    COMMON = "common"
    PATTERN = "pattern"
    OWN_NAMES = "own-names"


_SENTENCES = {
    Weakness.TOO_SHORT: f"Use at least {SHORTEST_CHARACTERS} characters; four unrelated words do well.",
    Weakness.TOO_LONG: f"A passphrase may have at most {LONGEST_BYTES} bytes.",
    Weakness.COMMON: "This passphrase is among the first that anybody would try. Choose unrelated words.",
    Weakness.PATTERN: "This passphrase is a repetition or a run on the keyboard. Choose unrelated words.",
    Weakness.OWN_NAMES: "This passphrase is made of your own names. Choose words that do not speak of you.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is to be said about a passphrase, and nothing from which it could be guessed."""

    weakness: Weakness | None
    is_short_of_recommended: bool
    has_uncertain_layout: bool
    """It holds characters that another keyboard layout may not have."""

    @property
    def is_accepted(self) -> bool:
        """Whether a vault may be locked with it."""
        return self.weakness is None

    def insist(self) -> None:
        """Raise WeakPassphrase with the reason, unless it is accepted."""
        if self.weakness is not None:
            raise WeakPassphrase(_SENTENCES[self.weakness])


def judge(passphrase: Secret, own_names: Iterable[str] = ()) -> Verdict:
    """The verdict on a passphrase; ``own_names`` are the person's names, addresses and e-mail addresses."""
    text = passphrase.reveal()
    return Verdict(
        weakness=_weakness(text, own_names),
        is_short_of_recommended=len(text) < RECOMMENDED_CHARACTERS,
        has_uncertain_layout=not text.isascii(),
    )


def _weakness(text: str, own_names: Iterable[str]) -> Weakness | None:
    if len(text) < SHORTEST_CHARACTERS:
        return Weakness.TOO_SHORT
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST_BYTES:
        return Weakness.TOO_LONG
    plain = _letters_and_digits(text)
    if _is_repetition(text.casefold()) or not plain:
        return Weakness.PATTERN
    if _is_made_of_names(plain, own_names):
        return Weakness.OWN_NAMES
    readings = (plain, _read_as_letters(text))
    if not _COMMON_PHRASES.isdisjoint(readings):
        return Weakness.COMMON
    pieces = [found for found in map(_pieces, readings) if found is not None]
    if not any(len(set(found)) <= _MOST_PIECES for found in pieces):
        return None
    has_words = any(piece in _COMMON_WORDS for found in pieces for piece in found)
    return Weakness.COMMON if has_words else Weakness.PATTERN


def _letters_and_digits(text: str) -> str:
    """The text in small letters without accents, spaces and punctuation, so that "Zoë" is read as "zoe"."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in decomposed if character.isalnum())


def _read_as_letters(text: str) -> str:
    """The text with signs read as letters, up to the last letter: "p@ssw0rd2024" is "password2024"."""
    head = text.rstrip("".join({character for character in text if not character.isalpha()}))
    tail = text[len(head) :]
    return _letters_and_digits(head.casefold().translate(_LOOKS_LIKE)) + _letters_and_digits(tail)


def _is_repetition(text: str) -> bool:
    """Whether it has three different characters at most, or is a short part over and over."""
    if len(set(text)) <= _SHORTEST_RUN:
        return True
    # A text turned around by its own period is itself again.
    period = (text + text).find(text, 1)
    return period <= _LONGEST_REPEATED_PART and period < len(text)


def _pieces(text: str) -> tuple[str, ...] | None:
    """The text cut into as few guessable pieces as possible; None if some of it is in none of them."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(text)
    for start in range(len(text)):
        so_far = best[start]
        if so_far is None:
            continue
        for end in _piece_ends(text, start):
            known = best[end]
            candidate = (*so_far, text[start:end])
            if known is None or len(set(candidate)) < len(set(known)):
                best[end] = candidate
    return best[len(text)]


def _piece_ends(text: str, start: int) -> Iterable[int]:
    """Where guessable pieces that begin at ``start`` end."""
    for end in range(start + 1, min(start + _LONGEST_PIECE, len(text)) + 1):
        piece = text[start:end]
        is_number = piece.isdigit() and len(piece) <= 4
        is_repeat = len(piece) >= _SHORTEST_RUN and len(set(piece)) == 1
        if piece in _COMMON_WORDS or is_number or is_repeat or _is_run(piece):
            yield end


def _is_run(piece: str) -> bool:
    if len(piece) < _SHORTEST_RUN:
        return False
    return any(piece in run or piece[::-1] in run for run in _RUNS)


def _is_made_of_names(plain: str, own_names: Iterable[str]) -> bool:
    """Whether too little is left once the person's names, years and runs are taken out."""
    words = {word for name in own_names for word in _words(name) if len(word) >= _SHORTEST_NAME}
    left = plain
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, " ")
    if left == plain:
        return False
    rest = [part for part in left.split() if _pieces(part) is None]
    return sum(map(len, rest)) < _OWN_CHARACTERS_LEFT


def _words(name: str) -> list[str]:
    composed = unicodedata.normalize("NFC", name)
    spaced = "".join(character if character.isalnum() else " " for character in composed)
    return [_letters_and_digits(word) for word in spaced.split()]
