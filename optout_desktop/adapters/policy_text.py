# SPDX-License-Identifier: Apache-2.0
"""The text of a privacy policy, pasted → the addresses, links and numbers in it, the likeliest for a request first.

Nothing is fetched. Every search walks outwards from a mark (an @, a scheme, a digit) by a bounded way, so that a
text made to be slow costs no more than any other of its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError
from optout_desktop.domain.letters import clean_line
from optout_desktop.domain.policy_text import FoundContact, Purpose
from optout_desktop.domain.proposals import key_of

from .addresses import check_email
from .directories.drafts import checked_link

LONGEST_TEXT_CHARS = 1024 * 1024
MOST_FOUND = 40
_MOST_CANDIDATES = 400
_AROUND_CHARS = 160
_LONGEST_LOCAL, _LONGEST_HOST, _LONGEST_LINK = 64, 253, 2_048

_AT = re.compile(r"[ \t]{0,3}[\[({][ \t]{0,3}(?:at|@|ät)[ \t]{0,3}[\])}][ \t]{0,3}", re.IGNORECASE)
_DOT = re.compile(r"[ \t]{0,3}[\[({][ \t]{0,3}(?:dot|punkt|\.)[ \t]{0,3}[\])}][ \t]{0,3}", re.IGNORECASE)
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.@/-])(?:\+|00|\(|\d)[\d ().\-/\u2010-\u2015\u00a0]{5,22}\d(?![\w@])")
_SENTENCE_END = re.compile(r"[.!?][ \t\n]|\n[ \t]*\n")
_OUTSIDE_EMAIL = frozenset(" \t\r\n<>()[]{},;:\"'“”‘’„|\\*`=\u00a0\u2028\u2029")
_OUTSIDE_LINK = frozenset(' \t\r\n<>"“”„|\\`\u00a0\u2028\u2029')
_AFTER_LINK = ".,;:!?)]}'*’"

_WORDS: tuple[tuple[Purpose, tuple[str, ...]], ...] = (
    (
        Purpose.OPT_OUT,
        (
            *(
                "opt out",
                "opt-out",
                "optout",
                "opting out",
                "do not sell",
                "do-not-sell",
                "donotsell",
                "dnsmpi",
            ),
            *("your privacy choices", "privacy-choices", "privacychoices", "limit the use", "preference"),
            *("widerspr", "oppos", "opposi", "bezwaar", "sprzeciw"),
        ),
    ),
    (
        Purpose.RIGHTS,
        (
            *(
                "exercise",
                "your rights",
                "privacy rights",
                "rights request",
                "data request",
                "privacy request",
            ),
            *(
                "subject access",
                "subject request",
                "dsar",
                "consumer request",
                "betroffenenrecht",
                "auskunft",
            ),
            *("ihre rechte", "vos droits", "sus derechos", "i tuoi diritti", "uw rechten", "seus direitos"),
        ),
    ),
    (
        Purpose.DELETION,
        (
            "delete",
            "deletion",
            "erasure",
            "remove your",
            "löschung",
            "suppression",
            "supresión",
            "cancellazione",
        ),
    ),
    (Purpose.UNSUBSCRIBE, ("unsubscribe", "abmelde", "abbestell", "désabonn", "darse de baja", "afmelden")),
    (
        Purpose.PRIVACY_OFFICE,
        (
            *(
                "privacy@",
                "privacy officer",
                "privacy team",
                "data protection officer",
                "dpo",
                "dataprotection",
            ),
            *("datenschutz", "privacidad", "rgpd", "gdpr", "privacy-", "privacy."),
        ),
    ),
)
_OTHER_OFFICES = (
    "press",
    "media",
    "jobs",
    "career",
    "sales",
    "invest",
    "abuse",
    "security",
    "billing",
    "karriere",
)


def find_contacts(text: str, country: str = "") -> tuple[FoundContact, ...]:
    """What a policy says about reaching a company, the likeliest for a request first, each address once.

    ``country`` reads numbers without a country code. Raises InputError for a text that is too long.
    """
    if len(text) > LONGEST_TEXT_CHARS:
        raise InputError(
            "text", "This text is longer than 1 MB. Paste only the part on your rights or on contacts."
        )
    plain = _DOT.sub(".", _AT.sub("@", text))
    found: dict[tuple[Channel, str], tuple[int, FoundContact]] = {}
    for at, channel, value in (*_emails(plain), *_links(plain), *_numbers(plain, country)):
        sentence = _sentence(plain, at)
        purpose = _purpose(value, sentence)
        if channel is Channel.FORM and purpose in {Purpose.GENERAL, Purpose.PRIVACY_OFFICE}:
            continue  # a policy is full of links; only those for a request are ways to reach anybody
        rank = 10 * list(Purpose).index(purpose) + (5 if channel is Channel.CALL else 0)
        rank += 100 if any(word in value.partition("@")[0].casefold() for word in _OTHER_OFFICES) else 0
        one = FoundContact(channel=channel, value=value, purpose=purpose, sentence=sentence)
        key = (channel, key_of(channel, value))
        if key not in found or rank < found[key][0]:
            found[key] = rank, one
    ranked = sorted(found.values(), key=lambda each: each[0])
    return tuple(one for _, one in ranked[:MOST_FOUND])


def _emails(text: str) -> Iterator[tuple[int, Channel, str]]:
    at, seen = text.find("@"), 0
    while at >= 0 and seen < _MOST_CANDIDATES:
        begin = at
        while begin > 0 and at - begin < _LONGEST_LOCAL and text[begin - 1] not in _OUTSIDE_EMAIL:
            begin -= 1
        end = at + 1
        while end < len(text) and end - at <= _LONGEST_HOST and text[end] not in _OUTSIDE_EMAIL:
            end += 1
        following = text.find("@", max(end, at + 1))
        candidate = text[begin:end].strip(".-_/!?")
        if candidate.count("@") == 1:
            seen += 1
            with suppress(InputError):  # an @ is not always an address
                yield at, Channel.EMAIL, check_email(candidate)
        at = following


def _links(text: str) -> Iterator[tuple[int, Channel, str]]:
    mark = _LINK.search(text)
    for _ in range(_MOST_CANDIDATES):
        if mark is None:
            return
        end = mark.end()
        while end < len(text) and end - mark.start() <= _LONGEST_LINK and text[end] not in _OUTSIDE_LINK:
            end += 1
        link = checked_link(text[mark.start() : end].rstrip(_AFTER_LINK))
        if link and "." in (urlsplit(link).hostname or ""):
            yield mark.start(), Channel.FORM, link
        mark = _LINK.search(text, end)


def _numbers(text: str, country: str) -> Iterator[tuple[int, Channel, str]]:
    import phonenumbers

    region = country[:2].upper() or None
    for number, mark in enumerate(_NUMBER.finditer(text)):
        if number >= _MOST_CANDIDATES:
            return
        typed = mark.group().strip()
        if not typed.startswith(("+", "00")) and region is None:
            continue
        try:
            parsed = phonenumbers.parse(typed, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            plain = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
            yield mark.start(), Channel.CALL, plain


def _purpose(value: str, sentence: str) -> Purpose:
    places = value.casefold(), sentence.casefold()
    fitting = (
        purpose for purpose, words in _WORDS if any(word in place for place in places for word in words)
    )
    return next(fitting, Purpose.GENERAL)


def _sentence(text: str, at: int) -> str:
    """What stands around a place, up to where the sentence begins and ends."""
    before = text[max(0, at - _AROUND_CHARS) : at]
    after = text[at : at + _AROUND_CHARS]
    ends = list(_SENTENCE_END.finditer(before))
    begin = ends[-1].end() if ends else 0
    end = _SENTENCE_END.search(after)
    cut = ("" if ends or at <= _AROUND_CHARS else "…") + before[begin:]
    rest = after[: end.start() + 1] if end else after + ("…" if at + _AROUND_CHARS < len(text) else "")
    return clean_line(cut + rest)
