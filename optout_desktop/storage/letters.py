# SPDX-License-Identifier: Apache-2.0
"""Keeps letters: edited drafts until they go out, and what went out byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select

from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import EventId, LetterId, RequestId
from optout_desktop.domain.letters import KeptLetter, Letter, LetterKind

from .tables import letter_drafts, letters

if TYPE_CHECKING:
    from datetime import datetime


class LetterStore:
    """The letters of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, kept: KeptLetter, content: bytes, event: EventId | None = None) -> None:
        """Keep a letter as it was handed over, with the entry that says so."""
        letter = kept.letter
        self._connection.execute(
            insert(letters).values(
                id=kept.id,
                request=kept.request,
                event=event or "",
                kind=letter.kind,
                subject=letter.subject,
                body=letter.body,
                language=letter.language,
                template=letter.template,
                template_version=letter.template_version,
                is_edited=letter.is_edited,
                channel=kept.channel,
                to_address=kept.to_address,
                made_on=kept.made_on,
                sha256=kept.sha256,
                bytes=content,
            )
        )

    def of(self, request: RequestId, vouched: frozenset[EventId] | None = None) -> tuple[KeptLetter, ...]:
        """The letters of a request in the order they were made.

        With ``vouched``, only those whose entry is among them: a sending that was taken back sent nothing.
        """
        columns = [column for column in letters.c if column.name != "bytes"]
        query = select(*columns).where(letters.c.request == request).order_by(letters.c.sequence)
        rows = self._connection.execute(query)
        return tuple(
            KeptLetter(
                id=LetterId(row.id),
                request=RequestId(row.request),
                letter=Letter(
                    kind=row.kind,
                    subject=row.subject,
                    body=row.body,
                    language=row.language,
                    template=row.template,
                    template_version=row.template_version,
                    is_edited=row.is_edited,
                ),
                channel=row.channel,
                to_address=row.to_address,
                made_on=row.made_on,
                sha256=row.sha256,
            )
            for row in rows
            if vouched is None or not row.event or row.event in vouched
        )

    def content(self, letter: LetterId) -> bytes:
        """The exact bytes that were handed over. Raises NotFound."""
        row = self._connection.execute(select(letters.c.bytes).where(letters.c.id == letter)).first()
        if row is None:
            raise NotFound("letter", letter)
        return bytes(row.bytes)

    def put_draft(self, request: RequestId, kind: LetterKind, subject: str, body: str, at: datetime) -> None:
        """Keep the text that a person edited, in the place of an earlier one."""
        self.drop_draft(request, kind)
        self._connection.execute(
            insert(letter_drafts).values(
                request=request, kind=kind, subject=subject, body=body, changed_at=at
            )
        )

    def drop_draft(self, request: RequestId, kind: LetterKind) -> None:
        """Go back to the shipped template."""
        self._connection.execute(
            delete(letter_drafts).where(letter_drafts.c.request == request, letter_drafts.c.kind == kind)
        )

    def draft(self, request: RequestId, kind: LetterKind) -> tuple[str, str] | None:
        """Subject and body as the person edited them, or None."""
        query = select(letter_drafts.c.subject, letter_drafts.c.body)
        row = self._connection.execute(
            query.where(letter_drafts.c.request == request, letter_drafts.c.kind == kind)
        ).first()
        return (row.subject, row.body) if row else None
