# SPDX-License-Identifier: Apache-2.0
"""Regulators: the authorities that a complaint can go to."""

from __future__ import annotations

from dataclasses import dataclass

from .ids import RegulatorId
from .laws import Verification
from .places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulator:
    """One authority; an empty field is unknown. ``language`` is the one that complaints are taken in."""

    id: RegulatorId
    name: str
    places: tuple[Place, ...]
    scope: str = ""
    website: str = ""
    complaint_url: str = ""
    email: str = ""
    phone: str = ""
    postal_address: tuple[str, ...] = ()
    language: str = ""
    sources: tuple[str, ...] = ()
    verification: Verification = Verification.NOT_VERIFIED
