# SPDX-License-Identifier: Apache-2.0
"""Paper: where a person lives → the format that is usual there."""

from __future__ import annotations

from optout_desktop.domain.letters import PageFormat
from optout_desktop.domain.places import Place, country_of

_LETTER_PAPER = frozenset({"US", "CA", "MX"})
"""Countries that print on US Letter."""


def usual_format(home: Place) -> PageFormat:
    """The page format for somebody who lives there."""
    return PageFormat.US_LETTER_10 if country_of(home) in _LETTER_PAPER else PageFormat.A4_DIN_5008
