# SPDX-License-Identifier: Apache-2.0
"""What may enter a dialogue with a mail server, and what may come out of it.

Addresses and a message's bytes → ``Envelope``, or ``InputError`` before any line is opened: whatever passes here can
be neither a command nor a second recipient nor the end of the text. A server's words → one clean line.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from optout_desktop.domain.errors import InputError

from .addresses import LONGEST_ADDRESS_CHARS

LONGEST_LINE_OCTETS = 998
"""RFC 5322 section 2.1.1, without the line end."""
LONGEST_REPLY_CHARS = 500

_ADDRESS = re.compile(r"[^\s@<>()\[\]\\,;:\"]+@[^\s@<>()\[\]\\,;:\"]+")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FORBIDDEN = re.compile(rb"\x00|\r(?!\n)|(?<!\r)\n")
_TOO_LONG = re.compile(rb"[^\r\n]{%d}" % (LONGEST_LINE_OCTETS + 1))
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A message that can be handed over: its text exactly as it was given."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def needs_utf8(self) -> bool:
        """Whether an address has letters that only SMTPUTF8 carries (RFC 6531)."""
        return not all(address.isascii() for address in (self.sender, *self.recipients))

    @property
    def is_8bit(self) -> bool:
        """Whether the text has bytes that only 8BITMIME carries (RFC 6152)."""
        return not self.content.isascii()

    @property
    def as_data(self) -> bytes:
        """The text as ``DATA`` carries it: a dot in front of each leading dot, and the end (RFC 5321, 4.5.2)."""
        return _LEADING_DOT.sub(b"..", self.content) + b".\r\n"


def envelope(sender: str, recipients: tuple[str, ...], content: bytes) -> Envelope:
    """A checked envelope. Raises InputError naming ``sender``, ``recipient`` or ``content``."""
    if not recipients:
        raise InputError("recipient", "Nobody is named to whom this should go.")
    return Envelope(
        sender=_address(sender, "sender"),
        recipients=tuple(dict.fromkeys(_address(each, "recipient") for each in recipients)),
        content=checked_content(content),
    )


def checked_content(content: bytes) -> bytes:
    """``content`` where mail carries it byte for byte. Raises InputError naming ``content``."""
    if not content.endswith(b"\r\n"):
        raise InputError("content", "The message does not end with a whole line.")
    if _FORBIDDEN.search(content):
        raise InputError(
            "content", "The message holds a line end or a control character that mail cannot carry."
        )
    if _TOO_LONG.search(content):
        raise InputError("content", f"The message has a line of more than {LONGEST_LINE_OCTETS} bytes.")
    return content


def cleaned(reply: bytes | str) -> str:
    """A server's words as one line without control characters, 500 characters at most."""
    text = reply if isinstance(reply, str) else reply.decode("utf-8", "replace")
    seen = "".join(" " if unicodedata.category(char) in _UNSEEN else char for char in text)
    return " ".join(seen.split())[:LONGEST_REPLY_CHARS]


def _address(text: str, field: str) -> str:
    is_plain = _ADDRESS.fullmatch(text) and len(text) <= LONGEST_ADDRESS_CHARS
    if not is_plain or any(unicodedata.category(char) in _UNSEEN for char in text):
        raise InputError(
            field, "This is not an e-mail address that a mail server can be given. Check its spelling."
        )
    return text
