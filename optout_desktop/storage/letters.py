# SPDX-License-Identifier: Apache-2.0
"""Keeps letters: edited drafts, and what was handed over byte for byte.

A letter that was handed over names no entry until one says that it was sent. One that never was goes to the
bin; nothing is removed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import EventId, LetterId, RequestId
from optout_desktop.domain.letters import KeptLetter, Letter, LetterKind

from .tables import letter_drafts, letters

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from optout_desktop.domain.companies import Channel


class LetterStore:
    """The letters of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, kept: KeptLetter, content: bytes, event: EventId | None = None) -> None:
        """Keep a letter as it was handed over, with the entry that says that it was sent, if one does."""
        letter = kept.letter
        self._connection.execute(
            insert(letters).values(
                id=kept.id,
                request=kept.request,
                event=event,
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
                way=kept.way,
                is_binned=False,
            )
        )

    def name_event(self, letter: LetterId, event: EventId | None, channel: Channel, to_address: str) -> None:
        """Say which entry records that a letter was sent, and whereto; None: it was not sent after all."""
        self._connection.execute(
            update(letters)
            .where(letters.c.id == letter)
            .values(event=event, channel=channel, to_address=to_address)
        )

    def named_by(self, event: EventId) -> tuple[LetterId, ...]:
        """The letters whose sending an entry records."""
        query = select(letters.c.id).where(letters.c.event == event)
        return tuple(LetterId(one) for one in self._connection.execute(query).scalars())

    def set_event(self, many: Iterable[LetterId], event: EventId | None) -> None:
        """Say which entry records the sending of letters; None: they are made and not sent."""
        self._connection.execute(update(letters).where(letters.c.id.in_(tuple(many))).values(event=event))

    def set_binned(self, many: Iterable[LetterId], *, is_binned: bool) -> None:
        """Put letters that were made and never sent aside, or bring them back."""
        self._connection.execute(
            update(letters).where(letters.c.id.in_(tuple(many))).values(is_binned=is_binned)
        )

    def of(self, request: RequestId, vouched: frozenset[EventId] | None = None) -> tuple[KeptLetter, ...]:
        """The letters of a request that an entry names, in the order they were made.

        With ``vouched``, only those whose entry is among them: a sending that was taken back sent nothing.
        """
        named = [letters.c.event.is_not(None)]
        return self._found(request, *named if vouched is None else [letters.c.event.in_(vouched)])

    def made(self, request: RequestId) -> tuple[KeptLetter, ...]:
        """The letters of a request that were handed over and of which nobody said that they were sent."""
        return self._found(request, letters.c.event.is_(None), letters.c.is_binned.is_(False))

    def _found(self, request: RequestId, *conditions: ColumnElement[bool]) -> tuple[KeptLetter, ...]:
        columns = [column for column in letters.c if column.name != "bytes"]
        query = select(*columns).where(letters.c.request == request, *conditions).order_by(letters.c.sequence)
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
                way=row.way,
            )
            for row in self._connection.execute(query)
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
