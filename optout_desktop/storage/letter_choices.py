# SPDX-License-Identifier: Apache-2.0
"""Keeps how a person wants a letter written: its language, its tone, and one of their own templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select

from optout_desktop.domain.letters import LetterChoice, LetterKind

from .tables import letter_choices

if TYPE_CHECKING:
    from optout_desktop.domain.ids import RequestId


class LetterChoiceStore:
    """The choices for the letters of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, request: RequestId, kind: LetterKind) -> LetterChoice | None:
        """What was chosen for a letter, or None where it is left to the app."""
        query = select(letter_choices.c.language, letter_choices.c.tone, letter_choices.c.template)
        row = self._connection.execute(
            query.where(letter_choices.c.request == request, letter_choices.c.kind == kind)
        ).first()
        return LetterChoice(language=row.language, tone=row.tone, template=row.template) if row else None

    def put(self, request: RequestId, kind: LetterKind, choice: LetterChoice | None) -> None:
        """Keep a choice in the place of an earlier one; None leaves it to the app."""
        self._connection.execute(
            delete(letter_choices).where(letter_choices.c.request == request, letter_choices.c.kind == kind)
        )
        if choice is not None:
            row = {"language": choice.language, "tone": choice.tone, "template": choice.template}
            self._connection.execute(insert(letter_choices).values(request=request, kind=kind, **row))
