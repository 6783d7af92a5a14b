# SPDX-License-Identifier: Apache-2.0
"""Keeps the letters that a person wrote for themselves; one that is binned stays in the vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, func, insert, select, update

from optout_desktop.domain.ids import TemplateId
from optout_desktop.domain.letters import OwnTemplate

from .tables import own_templates

if TYPE_CHECKING:
    from datetime import datetime


class OwnTemplateStore:
    """The own templates of one vault."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, template: OwnTemplate, at: datetime) -> None:
        """Keep a template, in the place of what it was before."""
        row = {name: getattr(template, name) for name in OwnTemplate.__dataclass_fields__}
        self._connection.execute(delete(own_templates).where(own_templates.c.id == template.id))
        self._connection.execute(insert(own_templates).values(**row, changed_at=at, is_binned=False))

    def find(self, template: TemplateId) -> OwnTemplate | None:
        """A template outside the bin, or None."""
        query = select(own_templates).where(
            own_templates.c.id == template, own_templates.c.is_binned.is_(False)
        )
        row = self._connection.execute(query).first()
        return _template(row) if row else None

    def all(self) -> tuple[OwnTemplate, ...]:
        """Every template outside the bin, by name."""
        query = select(own_templates).where(own_templates.c.is_binned.is_(False))
        rows = self._connection.execute(query.order_by(func.lower(own_templates.c.name), own_templates.c.id))
        return tuple(_template(row) for row in rows)

    def set_binned(self, template: TemplateId, *, is_binned: bool) -> None:
        """Move a template to the bin or back."""
        self._connection.execute(
            update(own_templates).where(own_templates.c.id == template).values(is_binned=is_binned)
        )


def _template(row: object) -> OwnTemplate:
    return OwnTemplate(**{name: getattr(row, name) for name in OwnTemplate.__dataclass_fields__})
