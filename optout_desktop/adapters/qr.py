# SPDX-License-Identifier: Apache-2.0
"""QR codes: what is to be read (a text message that says STOP, a letter's reference) → modules, or a drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby

from optout_desktop.domain.errors import InputError
from optout_desktop.domain.letters import SMS_KEYWORD

QUIET_ZONE_MODULES = 4
"""White modules around the code that scanners count on (ISO/IEC 18004); whoever paints it leaves them."""

_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,8}")


class QrForm(StrEnum):
    """Two ways to say the same: most cameras read the first, some only the second."""

    SMSTO = "SMSTO"
    SMS = "sms"


def sms_payload(number: str, form: QrForm = QrForm.SMSTO, keyword: str = SMS_KEYWORD) -> str:
    """What the code says, such as ``SMSTO:+12025550123:STOP``, or ``sms:78901?body=STOP`` (RFC 5724).

    ``number`` is E.164 with its plus, or a short code's bare digits; raises ``InputError`` otherwise.
    """
    if not _NUMBER.fullmatch(number):
        raise InputError("phone", f"“{number}” is neither a number with its country code nor a short code.")
    if form is QrForm.SMS:
        return f"sms:{number}?body={keyword}"
    return f"SMSTO:{number}:{keyword}"


def qr_modules(payload: str, *, mask: int | None = None) -> tuple[tuple[bool, ...], ...]:
    """The code row by row, True where it is black, without the quiet zone.

    ``mask`` (0 to 7) settles the pattern laid over the data; without it the best of all eight is sought, which
    takes six times as long.
    """
    import segno

    code = segno.make(payload, error="m", micro=False, boost_error=True, mask=mask)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def qr_drawing(modules: tuple[tuple[bool, ...], ...]) -> str:
    """The code as an SVG picture, one unit a module, with its quiet zone."""
    side = len(modules) + 2 * QUIET_ZONE_MODULES
    path = "".join(
        f"M{start + QUIET_ZONE_MODULES} {y + QUIET_ZONE_MODULES}h{length}v1h-{length}z"
        for y, row in enumerate(modules)
        for start, length in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path d="{path}"/></svg>'
    )


def _runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Where black modules stand side by side: the first one's place, and how many."""
    at = 0
    for is_black, group in groupby(row):
        length = len(tuple(group))
        if is_black:
            yield at, length
        at += length
