# SPDX-License-Identifier: Apache-2.0
"""The port through which requests leave for a file and come back: tables, documents, calendars, other tools' lists.

A file is told by what it says, not by its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from optout_desktop.domain.companies import Company
from optout_desktop.domain.errors import ImportRefused
from optout_desktop.domain.evidence import OpenedFile
from optout_desktop.domain.exchange import (
    CalendarEntry,
    ImportSource,
    OutgoingRequest,
    ReadDocument,
)
from optout_desktop.domain.people import Person

from . import datenanfragen_requests as datenanfragen
from .json_in import LARGEST_BYTES as LARGEST_JSON_BYTES
from .json_in import read_json
from .request_documents import Rules, document_file, read_document
from .request_tables import read_table, table_file
from .tables_in import LARGEST_BYTES, open_table

_BRACKETS = ("{", "[")


class ExchangeFiles:
    """Files of requests."""

    largest_json_bytes = LARGEST_JSON_BYTES

    def calendar(self, entries: Iterable[CalendarEntry], stamped_at: datetime) -> Iterator[bytes]:
        """The pieces of a calendar."""
        from .calendar_files import calendar_file  # icalendar is loaded when it is first wanted

        return calendar_file(entries, stamped_at)

    def table(self, requests: Iterable[OutgoingRequest], *, has_bom: bool) -> Iterator[bytes]:
        """The pieces of a table."""
        return table_file(requests, has_bom=has_bom)

    def document(
        self,
        requests: Iterable[OutgoingRequest],
        *,
        people: Iterable[Person],
        companies: Iterable[Company],
        rules: Rules,
        made_at: datetime,
        made_by: str,
    ) -> Iterator[bytes]:
        """The pieces of a document."""
        return document_file(
            requests, people=people, companies=companies, rules=rules, made_at=made_at, made_by=made_by
        )

    def read(self, file: OpenedFile, source: ImportSource | None = None) -> ReadDocument:
        """What a file says; without ``source`` it is told by its content. Raises ImportRefused."""
        content = _content(file)
        if source is not ImportSource.CSV and _looks_like_json(content):
            return _json(content, file.name, source)
        if source is ImportSource.JSON:
            raise ImportRefused(f"{file.name} is not JSON. Nothing was changed.", "not_json", file.name)
        table = open_table(content, file.name)
        if source is ImportSource.DATENANFRAGEN or (source is None and datenanfragen.is_table(table)):
            if not datenanfragen.is_table(table):
                raise ImportRefused(
                    f"{file.name} is no list of Datenanfragen.de: its first line must name the columns date, "
                    "reference, type and via. Nothing was changed.",
                    "columns",
                    "line 1",
                )
            return datenanfragen.read_rows(table)
        return read_table(table)


def _content(file: OpenedFile) -> bytes:
    pieces, size = [], 0
    for piece in file.pieces:
        size += len(piece)
        if size > LARGEST_BYTES:
            raise ImportRefused(
                f"{file.name} has more than {LARGEST_BYTES // 1024 // 1024} MB. It was not read, and nothing was "
                "changed.",
                "too_large",
                file.name,
            )
        pieces.append(piece)
    return b"".join(pieces)


def _looks_like_json(content: bytes) -> bool:
    beginning = content[:200].decode("utf-8-sig", "ignore").lstrip()
    return beginning.startswith(_BRACKETS)


def _json(content: bytes, name: str, source: ImportSource | None) -> ReadDocument:
    value = read_json(content, name)
    if source is ImportSource.DATENANFRAGEN or (source is None and datenanfragen.is_proceedings(value)):
        return datenanfragen.read_proceedings(value, name)
    return read_document(value, name)
