# SPDX-License-Identifier: Apache-2.0
"""Keeps the files that go along with a letter, by their exact bytes; a binned one stays in the vault."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select, update

from optout_desktop.domain.errors import NotFound, VaultDamaged
from optout_desktop.domain.ids import AttachmentId
from optout_desktop.domain.letters import AttachedFile, Attachment, LetterKind

from .tables import attachments

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from optout_desktop.domain.ids import RequestId

_COLUMNS = tuple(attachments.c[name] for name in Attachment.__dataclass_fields__)


class AttachmentStore:
    """The attachments of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, attachment: Attachment, content: bytes, at: datetime) -> None:
        """Keep a file that goes along, after those that do already."""
        row = {name: getattr(attachment, name) for name in Attachment.__dataclass_fields__}
        self._connection.execute(
            insert(attachments).values(**row, bytes=content, added_at=at, is_binned=False)
        )

    def of(self, request: RequestId, kind: LetterKind) -> tuple[Attachment, ...]:
        """What goes along with a letter, in the order in which it was added."""
        query = select(*_COLUMNS).where(
            attachments.c.request == request, attachments.c.kind == kind, attachments.c.is_binned.is_(False)
        )
        rows = self._connection.execute(query.order_by(attachments.c.added_at, attachments.c.id))
        return tuple(_attachment(row) for row in rows)

    def get(self, attachment: AttachmentId) -> Attachment:
        """One attachment's entry, binned or not. Raises NotFound."""
        row = self._connection.execute(select(*_COLUMNS).where(attachments.c.id == attachment)).first()
        if row is None:
            raise NotFound("attachment", attachment)
        return _attachment(row)

    def file(self, attachment: AttachmentId) -> AttachedFile:
        """The same with its bytes. Raises NotFound, VaultDamaged where they no longer have their digest."""
        known = self.get(attachment)
        query = select(attachments.c.bytes).where(attachments.c.id == attachment)
        content = bytes(self._connection.execute(query).scalar_one())
        if hashlib.sha256(content).hexdigest() != known.sha256:
            raise VaultDamaged(f"attachment {known.id} does not have its digest")
        return AttachedFile(name=known.name, media_type=known.media_type, content=content)

    def set_binned(self, many: Iterable[AttachmentId], *, is_binned: bool) -> None:
        """Move attachments to the bin or back."""
        self._connection.execute(
            update(attachments).where(attachments.c.id.in_(tuple(many))).values(is_binned=is_binned)
        )


def _attachment(row: object) -> Attachment:
    return Attachment(**{name: getattr(row, name) for name in Attachment.__dataclass_fields__})
