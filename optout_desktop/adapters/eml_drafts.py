# SPDX-License-Identifier: Apache-2.0
"""E-mail drafts as files: a letter and its two addresses → ``.eml`` that a mail program opens as unsent.

A draft has no date and no message id: the program that sends it adds both. ``X-Unsent: 1`` is what makes
Outlook and Apple Mail open the file for editing; Thunderbird offers *Edit as new*. Every byte is ASCII and no
line is longer than 76 columns where it could be folded, so that a server without 8BITMIME (RFC 6152) is given
the same bytes that are kept.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import UTC, datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, quote

from optout_desktop.domain.errors import InputError
from optout_desktop.domain.letters import AttachedFile, Letter

from .addresses import check_email

LONGEST_SUBJECT_CHARS = 500

_LINE_CHARS = 76
_POLICY = SMTP.clone(max_line_length=_LINE_CHARS, cte_type="7bit")
_OCTETS = "application", "octet-stream"
_WHOLE_MESSAGES = frozenset({"message", "multipart", ""})
"""Kinds that must not be encoded (RFC 2046 section 5): such a file goes along as plain octets."""
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Control characters, halves of surrogate pairs, line and paragraph separators (U+2028, U+2029)."""

_ENCODED_WORD = "=?"
"""How RFC 2047 opens an encoded word: written literally, it could be decoded into anything."""
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}")
"""RFC 6838 section 4.2."""


def draft(
    letter: Letter,
    sender: str,
    recipient: str,
    *,
    sender_name: str = "",
    attachments: tuple[AttachedFile, ...] = (),
) -> bytes:
    """The draft's bytes: ASCII with CRLF line ends, the text in UTF-8 behind its transfer encoding.

    Raises ``InputError`` naming ``sender``, ``recipient``, ``sender_name``, ``subject``, ``body`` or ``attachment``.
    """
    head = {**_head(letter, sender, recipient, sender_name), "X-Unsent": "1"}
    return _written(head, letter, attachments)


def message(
    letter: Letter,
    sender: str,
    recipient: str,
    *,
    sender_name: str,
    message_id: str,
    at: datetime,
    attachments: tuple[AttachedFile, ...] = (),
) -> bytes:
    """The bytes of a whole e-mail for a mail server; ``at`` is an instant in UTC, ``message_id`` has its brackets.

    Raises ``InputError`` as ``draft`` does.
    """
    head = {
        **_head(letter, sender, recipient, sender_name),
        "Date": format_datetime(at.replace(tzinfo=UTC)),
        "Message-ID": check_header(message_id, "message_id"),
    }
    return _written(head, letter, attachments)


def _head(letter: Letter, sender: str, recipient: str, sender_name: str) -> dict[str, str]:
    name = check_header(sender_name, "sender_name")
    address = check_email(sender, "sender")
    return {
        "From": f"{_phrase(name)} <{address}>" if name else address,
        "To": check_email(recipient, "recipient"),
        "Subject": _encoded(check_header(letter.subject, "subject"), "Subject"),
    }


def _written(head: dict[str, str], letter: Letter, attachments: tuple[AttachedFile, ...]) -> bytes:
    text = check_body(letter.body)
    content = EmailMessage(policy=_POLICY)
    content.set_content(text, cte=_encoding(text))
    for file in attachments:
        kind, sub_kind = _media_type(file.media_type)
        content.add_attachment(
            file.content, maintype=kind, subtype=sub_kind, filename=check_header(file.name, "attachment")
        )
    if attachments:
        content.set_boundary(_border(attachments))
    lines = "".join(f"{field}: {value}\r\n" for field, value in head.items())
    return lines.encode("ascii") + content.as_bytes()


def _encoding(text: str) -> str:
    """Quoted-printable, which a person can still read, or base64 where most of the text is not ASCII."""
    ascii_signs = sum(char.isascii() for char in text)
    return "quoted-printable" if ascii_signs * 2 >= len(text) else "base64"


def _media_type(media_type: str) -> tuple[str, str]:
    kind, _, sub_kind = check_header(media_type, "attachment").lower().partition("/")
    if kind in _WHOLE_MESSAGES or not _MEDIA_TYPE.fullmatch(f"{kind}/{sub_kind}"):
        return _OCTETS
    return kind, sub_kind


def _border(attachments: tuple[AttachedFile, ...]) -> str:
    """What parts the parts: of the files' digest, not a number by chance, so that the same is the same bytes.

    Short enough to stay on one line: few mail programs read a border in pieces (RFC 2231).
    """
    digest = hashlib.sha256()
    for file in attachments:
        digest.update(hashlib.sha256(file.content).digest())
    return f"part-{digest.hexdigest()[:32]}"


def check_header(text: str, field: str) -> str:
    """``text`` where it can stand in a header as one line; raises ``InputError`` where it cannot."""
    if any(unicodedata.category(char) in _REFUSED_CATEGORIES for char in text):
        raise InputError(field, "This must be one line without control characters. Type it again.")
    if _ENCODED_WORD in text:
        raise InputError(field, "This must not contain “=?”, which mail programs read as a code.")
    if len(text) > LONGEST_SUBJECT_CHARS:
        raise InputError(field, f"This has more than {LONGEST_SUBJECT_CHARS} characters. Shorten it.")
    return " ".join(text.split())


def check_body(text: str) -> str:
    """``text`` with plain line ends; raises ``InputError`` where mail could not carry it."""
    lines = text.splitlines()
    if any(unicodedata.category(char) in {"Cc", "Cs"} and char != "\t" for line in lines for char in line):
        raise InputError("body", "The text holds a control character that mail cannot carry. Remove it.")
    return "\n".join(lines) + "\n"


def _phrase(name: str) -> str:
    """A display name as a quoted string, or as encoded words where it is not ASCII (RFC 2047 section 5)."""
    return f'"{quote(name)}"' if name.isascii() else _encoded(name, "From")


def _encoded(text: str, header: str) -> str:
    """``text`` as it is where it is ASCII, else encoded as one piece (RFC 2047).

    Not by the standard library's newer header classes: they encode word by word, and in Python 3.11 put a
    second space where a fold meets an encoded word. ASCII is not folded: it stays far below the 998 octets
    that RFC 5322 section 2.1.1 allows a line.
    """
    if text.isascii():
        return text
    return Header(text, "utf-8", maxlinelen=_LINE_CHARS, header_name=header).encode(linesep="\r\n")
