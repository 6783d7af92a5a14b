# SPDX-License-Identifier: Apache-2.0
"""Damage as disks do it: a page of a vault's file holds something else than was written."""

from __future__ import annotations

import hashlib
from pathlib import Path

PAGE_BYTES = 4096


def tear_page(database: Path, number: int, count: int = 1) -> bytes:
    """Overwrite pages, counted from 1, with noise; the answer is what the file holds now."""
    content = bytearray(database.read_bytes())
    noise = b"".join(hashlib.sha512(f"{number} {part}".encode()).digest() for part in range(64 * count))
    start = (number - 1) * PAGE_BYTES
    content[start : start + PAGE_BYTES * count] = noise
    database.write_bytes(content)
    return bytes(content)


def pages_of(database: Path) -> int:
    """How many pages a file has."""
    return database.stat().st_size // PAGE_BYTES
