# SPDX-License-Identifier: Apache-2.0
"""Keeps letters: edited drafts, and what was handed over byte for byte.

A letter that was handed over names no entry until one says that it was sent. One that never was goes to the
bin; nothing is removed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, union_all, update

from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import EventId, LetterId, RequestId
from optout_desktop.domain.letters import KeptLetter, Letter, LetterKind
from optout_desktop.domain.messages import Delivery

from .tables import attachments, events, letter_choices, letter_drafts, letters, outgoing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from optout_desktop.domain.companies import Channel

IN_ONE_QUERY = 500
_ALTERED = union_all(
    *(
        select(table.c.request, table.c.kind).where(
            table.c.request.in_(bindparam("ids", expanding=True)), *more
        )
        for table, more in (
            (letter_drafts, ()),
            (letter_choices, ()),
            (attachments, (attachments.c.is_binned.is_(False),)),
        )
    )
)

_BYTES = select(letters.c.bytes).where(letters.c.id == bindparam("which"))
_NAME_EVENT = (
    update(letters)
    .where(letters.c.id == bindparam("which"))
    .values(event=bindparam("by"), channel=bindparam("through"), to_address=bindparam("whereto"))
)
_NEWEST_ENTRY = (
    select(events.c.id)
    .where(events.c.request == bindparam("of_request"))
    .order_by(events.c.sequence.desc())
    .limit(1)
)
_BIN_MADE = (
    update(letters)
    .where(
        letters.c.request == bindparam("of_request"),
        letters.c.kind == bindparam("of_kind"),
        letters.c.event.is_(None),
        letters.c.is_binned.is_(False),
    )
    .values(is_binned=True)
)
_DROP_DRAFT = delete(letter_drafts).where(
    letter_drafts.c.request == bindparam("of_request"), letter_drafts.c.kind == bindparam("of_kind")
)


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
        named = {"which": letter, "by": event, "through": channel, "whereto": to_address}
        self._connection.execute(_NAME_EVENT, named)

    def newest_entry(self, request: RequestId) -> EventId:
        """The entry that was added to a request last, for a letter to name."""
        return EventId(self._connection.execute(_NEWEST_ENTRY, {"of_request": request}).scalar_one())

    def bin_made(self, request: RequestId, kind: LetterKind) -> None:
        """Put aside whatever else was made of a letter that was sent now."""
        self._connection.execute(_BIN_MADE, {"of_request": request, "of_kind": kind})

    def named_by(self, event: EventId) -> tuple[LetterId, ...]:
        """The letters whose sending an entry records."""
        query = select(letters.c.id).where(letters.c.event == event)
        return tuple(LetterId(one) for one in self._connection.execute(query).scalars())

    def set_event(self, many: Iterable[LetterId], event: EventId | None) -> None:
        """Say which entry records the sending of letters; None: they are made and not sent."""
        self._connection.execute(update(letters).where(letters.c.id.in_(tuple(many))).values(event=event))

    def set_binned(self, many: Iterable[LetterId], *, is_binned: bool) -> None:
        """Put letters that were made and never sent aside, or bring them back."""
        if some := tuple(many):
            self._connection.execute(
                update(letters).where(letters.c.id.in_(some)).values(is_binned=is_binned)
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

    def handed_out(self, request: RequestId) -> tuple[KeptLetter, ...]:
        """The same without those that the outbox has not sent yet, or of which it does not know."""
        in_outbox = select(outgoing.c.letter).where(
            outgoing.c.request == request,
            outgoing.c.delivery.in_((Delivery.WAITING, Delivery.UNDER_WAY, Delivery.UNCERTAIN)),
        )
        return self._found(
            request, letters.c.event.is_(None), letters.c.is_binned.is_(False), letters.c.id.not_in(in_outbox)
        )

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
        row = self._connection.execute(_BYTES, {"which": letter}).first()
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
        self._connection.execute(_DROP_DRAFT, {"of_request": request, "of_kind": kind})

    def altered(
        self, which: Sequence[tuple[RequestId, LetterKind]]
    ) -> frozenset[tuple[RequestId, LetterKind]]:
        """Of these letters, those of which the vault knows an edited text, a choice or a file that goes along."""
        wanted = set(which)
        ids = list(dict.fromkeys(request for request, _ in which))
        found: set[tuple[RequestId, LetterKind]] = set()
        for start in range(0, len(ids), IN_ONE_QUERY):
            some = {"ids": ids[start : start + IN_ONE_QUERY]}
            found |= {(RequestId(row.request), row.kind) for row in self._connection.execute(_ALTERED, some)}
        return frozenset(found & wanted)

    def draft(self, request: RequestId, kind: LetterKind) -> tuple[str, str] | None:
        """Subject and body as the person edited them, or None."""
        query = select(letter_drafts.c.subject, letter_drafts.c.body)
        row = self._connection.execute(
            query.where(letter_drafts.c.request == request, letter_drafts.c.kind == kind)
        ).first()
        return (row.subject, row.body) if row else None
