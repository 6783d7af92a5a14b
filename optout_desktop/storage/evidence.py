# SPDX-License-Identifier: Apache-2.0
"""Keeps files inside the vault by their exact bytes, in pieces, each content once."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, insert, select, update

from optout_desktop.domain.errors import NotFound, VaultDamaged
from optout_desktop.domain.evidence import Evidence

from .tables import evidence, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from optout_desktop.domain.ids import EvidenceId, RequestId


class EvidenceStore:
    """The files of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, item: Evidence, content: Iterable[bytes]) -> None:
        """Keep a file; ``content`` yields its bytes piece by piece, with the digest that ``item`` says."""
        known = self._connection.execute(
            select(pieces.c.number).where(pieces.c.sha256 == item.sha256)
        ).first()
        if known is None:
            for number, piece in enumerate(content):
                self._connection.execute(
                    insert(pieces).values(sha256=item.sha256, number=number, bytes=piece)
                )
        self._connection.execute(
            insert(evidence).values(
                id=item.id,
                request=item.request,
                number=item.number,
                name=item.name,
                size_bytes=item.size_bytes,
                sha256=item.sha256,
                media_type=item.media_type,
                added_at=item.added_at,
                about_on=item.about_on,
                description=item.description,
                is_binned=item.is_binned,
            )
        )

    def next_number(self, request: RequestId) -> int:
        """The number of the next file of a request; numbers are never used twice."""
        query = select(func.coalesce(func.max(evidence.c.number), 0)).where(evidence.c.request == request)
        return int(self._connection.execute(query).scalar_one()) + 1

    def of(self, request: RequestId) -> tuple[Evidence, ...]:
        """The files of a request that are not in the bin, by number."""
        query = select(evidence).where(evidence.c.request == request, evidence.c.is_binned.is_(False))
        return tuple(_item(row) for row in self._connection.execute(query.order_by(evidence.c.number)))

    def get(self, item: EvidenceId) -> Evidence:
        """One file's entry. Raises NotFound."""
        row = self._connection.execute(select(evidence).where(evidence.c.id == item)).first()
        if row is None:
            raise NotFound("file", item)
        return _item(row)

    def set_binned(self, item: EvidenceId, *, is_binned: bool) -> None:
        """Move a file to the bin or back."""
        self._connection.execute(update(evidence).where(evidence.c.id == item).values(is_binned=is_binned))

    def content(self, item: Evidence) -> Iterator[bytes]:
        """The bytes of a file in pieces. Raises VaultDamaged after the last one where the digest differs."""
        digest = hashlib.sha256()
        query = select(pieces.c.bytes).where(pieces.c.sha256 == item.sha256).order_by(pieces.c.number)
        for row in self._connection.execute(query):
            digest.update(row.bytes)
            yield bytes(row.bytes)
        if digest.hexdigest() != item.sha256:
            raise VaultDamaged(f"file E-{item.number} does not have its digest")


def _item(row: object) -> Evidence:
    names = Evidence.__dataclass_fields__
    return Evidence(**{name: getattr(row, name) for name in names})
