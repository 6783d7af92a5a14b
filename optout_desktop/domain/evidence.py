# SPDX-License-Identifier: Apache-2.0
"""Evidence: files that a person keeps with a request, by their exact bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from .ids import EvidenceId, RequestId

MAX_FILE_BYTES = 250 * 1024 * 1024
"""Larger files are refused with this limit."""
PIECE_BYTES = 1024 * 1024
"""Files are kept in pieces of this size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One kept file: its name as given, size in bytes, SHA-256 of the bytes and where it came from."""

    id: EvidenceId
    request: RequestId
    number: int
    """E-1, E-2 … within the request."""
    name: str
    size_bytes: int
    sha256: str
    media_type: str
    added_at: datetime
    about_on: date | None = None
    description: str = ""
    is_binned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """A file that a person chose: its name, size in bytes and its content in pieces of 1 MiB."""

    name: str
    size_bytes: int
    media_type: str
    pieces: Iterator[bytes]
