# SPDX-License-Identifier: Apache-2.0
"""Damages: the amounts of money that a statute sets for a breach, as data with citation; no sum is computed here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Currency(StrEnum):
    """A currency by its code (ISO 4217)."""

    CAD = "CAD"
    KRW = "KRW"
    NZD = "NZD"
    SGD = "SGD"
    USD = "USD"


class Per(StrEnum):
    """What an amount of money is counted by."""

    VIOLATION = "violation"
    MESSAGE = "message"
    CALL = "call"
    INCIDENT = "incident"
    REQUEST_AND_DAY = "request-and-day"
    CASE = "case"
    """Once, however many breaches there were."""


class Fault(StrEnum):
    """How much a company must be to blame for an amount to be due."""

    ANY = "any"
    WILFUL = "wilful"


@dataclass(frozen=True, slots=True, kw_only=True)
class Damages:
    """An amount that a statute sets: from ``min`` to ``max``, either of which it may leave open.

    Of damages, the person who sues receives them; of fines, nobody but the authority.
    """

    min: int | None = None
    max: int | None = None
    per: Per
    currency: Currency
    fault: Fault = Fault.ANY
    citation: str
    is_verified: bool = False
    note: str = ""
    """What else must be true, and what the numbers do not say."""
