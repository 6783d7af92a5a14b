# SPDX-License-Identifier: Apache-2.0
"""Chat links: a company's contact in a messenger and a text → the link that opens the conversation with it.

Only the two hosts whose links carry a text are known, WhatsApp's and Telegram's; whatever else stands in a contact
is refused, so that no directory can lead anybody elsewhere.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from .errors import InputError

LONGEST_TEXT_CHARACTERS = 1000
"""Of a text in a link: messengers cut off what is much longer."""

_NUMBER = re.compile(r"[1-9]\d{6,14}")
_NAME = re.compile(r"[A-Za-z]\w{3,31}", re.ASCII)
_WHATSAPP, _TELEGRAM = "wa.me", "t.me"
_REFUSED = "This is no chat that the app can open: a link to wa.me with a number, or to t.me with a name."


def is_chat_contact(contact: str) -> bool:
    """True where ``chat_link`` would make a link of the contact."""
    return _partner(contact) is not None


def chat_link(contact: str, text: str) -> str:
    """The link that opens a chat with ``text`` in it, ready to be sent.

    ``contact`` is a link to ``wa.me`` or ``t.me``, or a telephone number, which means WhatsApp. Raises InputError
    ``to`` for any other, and ``text`` for one that would be cut off.
    """
    partner = _partner(contact)
    if partner is None:
        raise InputError("to", _REFUSED)
    if len(text) > LONGEST_TEXT_CHARACTERS:
        limit = f"{LONGEST_TEXT_CHARACTERS:,}"
        raise InputError(
            "text", f"A chat link takes {limit} characters at most. Shorten the text, or copy it."
        )
    return f"https://{partner}?text={quote(text, safe='')}"


def _partner(contact: str) -> str | None:
    """Host and name of a conversation, such as ``wa.me/12025550143``, or None."""
    plain = contact.strip()
    if "/" not in plain:
        digits = re.sub(r"[ ().-]", "", plain)
        is_number = digits.startswith("+") and _NUMBER.fullmatch(digits[1:])
        return f"{_WHATSAPP}/{digits[1:]}" if is_number else None
    try:
        parts = urlsplit(plain if "://" in plain else f"https://{plain}")
    except ValueError:
        return None
    name = parts.path.removeprefix("/").rstrip("/")
    fits = {_WHATSAPP: _NUMBER, _TELEGRAM: _NAME}.get(parts.netloc.lower())
    is_plain = parts.scheme == "https" and not parts.fragment and fits is not None
    return f"{parts.netloc.lower()}/{name}" if is_plain and fits and fits.fullmatch(name) else None
