# SPDX-License-Identifier: Apache-2.0
"""QR codes with which a phone writes STOP: number and keyword → black and white modules, to be painted."""

from __future__ import annotations

import re
from enum import StrEnum

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


def qr_modules(payload: str) -> tuple[tuple[bool, ...], ...]:
    """The code row by row, True where it is black, without the quiet zone."""
    import segno

    code = segno.make(payload, error="m", micro=False, boost_error=True)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
