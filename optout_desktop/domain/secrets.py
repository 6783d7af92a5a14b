# SPDX-License-Identifier: Apache-2.0
"""Text that must never be seen: passphrases, recovery codes, what a keyring keeps.

A ``Secret`` walks from the field it was typed into to the key slots, and shows itself nowhere else:
not in a repr, a log line, a traceback or a pickle.
"""

from __future__ import annotations

import hmac
from typing import NoReturn, Self, SupportsIndex, final

from optout_desktop.domain.errors import InputError

LONGEST_BYTES = 1024


@final
class Secret:
    """A secret exactly as it was typed; only ``reveal`` and ``encoded`` give it away."""

    __slots__ = ("_text",)
    __hash__ = None  # type: ignore[assignment]  # a hash would let a dict keep it for good

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The secret itself."""
        return self._text

    def encoded(self) -> bytes:
        """The secret as UTF-8, unchanged (ASVS 5.0, 6.2.8: no trimming, no normalisation).

        Raises InputError for more than 1,024 bytes, for nothing at all, and for half a character.
        """
        try:
            data = self._text.encode("utf-8")
        except UnicodeEncodeError:
            # "from None": the original error carries the text.
            raise InputError("passphrase", "This passphrase holds half a character. Type it again.") from None
        if not data:
            raise InputError("passphrase", "Type the passphrase.")
        if len(data) > LONGEST_BYTES:
            raise InputError("passphrase", f"A passphrase may have at most {LONGEST_BYTES} bytes.")
        return data

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        mine, theirs = (text.encode("utf-8", "surrogatepass") for text in (self._text, other._text))
        return hmac.compare_digest(mine, theirs)

    def __bool__(self) -> bool:
        return bool(self._text)

    def __repr__(self) -> str:
        return "Secret(…)"

    def __format__(self, specification: str) -> str:
        return repr(self)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("A secret is never written down.")
