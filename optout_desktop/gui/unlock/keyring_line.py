# SPDX-License-Identifier: Apache-2.0
"""What the unlock page says about the keyring: one state, one sentence; the passphrase always works."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.errors import (
    KeyringChanged,
    KeyringError,
    KeyringLocked,
    KeyringMissing,
    OptOutError,
    WrongKey,
)
from optout_desktop.gui.errors import words_for


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("keyring_line", text)


class KeyringState(Enum):
    """How things stand with the keyring."""

    NOT_REMEMBERED = auto()
    READY = auto()
    ASKING = auto()
    MISSING = auto()
    LOCKED = auto()
    REFUSED = auto()
    CHANGED = auto()
    NO_LONGER_FITS = auto()
    OTHERWISE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyringLine:
    """What is shown: a sentence, and whether the button is offered."""

    state: KeyringState
    sentence: str = ""
    is_offered: bool = False


def line_for_place(remembered: str, here: str) -> KeyringLine:
    """Before asking: ``remembered`` is the keyring of the vault, ``here`` that of this computer."""
    if not remembered:
        return KeyringLine(state=KeyringState.NOT_REMEMBERED)
    if not here:
        return KeyringLine(state=KeyringState.MISSING, sentence=words_for(KeyringMissing()).text)
    if remembered != here:
        changed = KeyringChanged(remembered, here)
        return KeyringLine(state=KeyringState.CHANGED, sentence=words_for(changed).text)
    sentence = tr("This vault is remembered in {keyring}.").format(keyring=here)
    return KeyringLine(state=KeyringState.READY, sentence=sentence, is_offered=True)


def line_while_asking(keyring: str) -> KeyringLine:
    """While the keyring is asked."""
    return KeyringLine(
        state=KeyringState.ASKING,
        sentence=tr("Asking {keyring}… You can type the passphrase meanwhile.").format(keyring=keyring),
    )


def line_for_error(error: OptOutError) -> KeyringLine:
    """After asking in vain."""
    match error:
        case KeyringLocked():
            state, may_retry = KeyringState.LOCKED, True
        case KeyringMissing():
            state, may_retry = KeyringState.MISSING, False
        case KeyringChanged():
            state, may_retry = KeyringState.CHANGED, False
        case WrongKey():
            return KeyringLine(
                state=KeyringState.NO_LONGER_FITS,
                sentence=tr(
                    "What the keyring keeps no longer opens this vault. Type your passphrase; "
                    "Settings › Security can remember it again."
                ),
            )
        case KeyringError():
            state, may_retry = KeyringState.REFUSED, True
        case _:
            state, may_retry = KeyringState.OTHERWISE, True
    return KeyringLine(state=state, sentence=words_for(error).text, is_offered=may_retry)
