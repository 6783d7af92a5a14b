# SPDX-License-Identifier: Apache-2.0
"""References: the mark by which a company and a person name the same request, such as *OO-7K3P-22QF*."""

from __future__ import annotations

import secrets

_SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and letters that nobody takes for one another."""


def new_reference() -> str:
    """A reference made by chance, of which nobody has looked whether a request has it already."""
    first, second = ("".join(secrets.choice(_SYMBOLS) for _ in range(4)) for _ in range(2))
    return f"OO-{first}-{second}"
