# SPDX-License-Identifier: Apache-2.0
"""What a privacy policy says about reaching a company: an address, the sentence it stands in, a guess what it is for.

``adapters/policy_text.py`` finds these in a pasted text; a person ticks which of them to keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .companies import Channel


class Purpose(StrEnum):
    """What an address seems to be for, by the words around it, the most useful first."""

    OPT_OUT = "opt_out"
    RIGHTS = "rights"
    DELETION = "deletion"
    UNSUBSCRIBE = "unsubscribe"
    PRIVACY_OFFICE = "privacy_office"
    GENERAL = "general"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundContact:
    """One address in a text; ``sentence`` is what stands around it, shortened."""

    channel: Channel
    value: str
    purpose: Purpose
    sentence: str
