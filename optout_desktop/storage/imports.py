# SPDX-License-Identifier: Apache-2.0
"""Keeps which lists of companies were read in, and what stood in the place of each of their companies before.

A company still is as an import left it while it carries the instant of that import; whoever changes it later gives
it another.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from optout_desktop.domain.companies import Company, Origin
from optout_desktop.domain.company_lists import KeptImport, ListSource
from optout_desktop.domain.ids import CompanyId, ImportId

from .companies import CompanyStore
from .tables import companies, company_imports, imported_companies, requests

_AT_ONCE = 400


class ImportStore:
    """Lists that were read in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._companies = CompanyStore(connection)

    def add(
        self,
        import_id: ImportId,
        source: ListSource,
        file_name: str,
        at: datetime,
        changed: Sequence[Company],
        told: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> None:
        """Keep an import and its companies, beside what the vault had in their place. ``told`` may raise to end it."""
        self._connection.execute(
            insert(company_imports).values(id=import_id, source=source, file_name=file_name, imported_at=at)
        )
        before = self._rows({company.id for company in changed})
        rows = [
            {"import": import_id, "company": company.id, "record_before": before.get(company.id)}
            for company in changed
        ]
        for start in range(0, len(rows), _AT_ONCE):
            told(start, len(rows))
            self._connection.execute(insert(imported_companies), rows[start : start + _AT_ONCE])
            self._companies.put_all(changed[start : start + _AT_ONCE], at)
        told(len(rows), len(rows))

    def all(self) -> tuple[KeptImport, ...]:
        """Every import, the latest first."""
        counted = (
            select(imported_companies.c["import"].label("of"), func.count().label("companies"))
            .group_by(imported_companies.c["import"])
            .subquery()
        )
        rows = self._connection.execute(
            select(company_imports, func.coalesce(counted.c.companies, 0).label("companies"))
            .outerjoin(counted, counted.c.of == company_imports.c.id)
            .order_by(company_imports.c.imported_at.desc())
        )
        return tuple(
            KeptImport(
                id=ImportId(row.id),
                source=ListSource(row.source),
                file_name=row.file_name,
                imported_at=row.imported_at,
                undone_at=row.undone_at,
                companies=row.companies,
            )
            for row in rows
        )

    def of(self, import_id: ImportId) -> frozenset[CompanyId]:
        """The companies that an import put into the vault."""
        rows = self._connection.execute(
            select(imported_companies.c.company).where(imported_companies.c["import"] == import_id)
        )
        return frozenset(CompanyId(row.company) for row in rows)

    def added(self, import_id: ImportId) -> frozenset[CompanyId]:
        """Those of them in whose place the vault had nothing before."""
        rows = self._connection.execute(
            select(imported_companies.c.company).where(
                imported_companies.c["import"] == import_id, imported_companies.c.record_before.is_(None)
            )
        )
        return frozenset(CompanyId(row.company) for row in rows)

    def take_back(self, import_id: ImportId, wanted: Collection[CompanyId], at: datetime) -> None:
        """Put what stood there before in the place of these companies of an import, and note that it was undone."""
        rows = self._connection.execute(
            select(imported_companies.c.company, imported_companies.c.record_before).where(
                imported_companies.c["import"] == import_id
            )
        ).all()
        self._companies.remove_all(CompanyId(row.company) for row in rows if row.company in wanted)
        before = [
            json.loads(row.record_before) for row in rows if row.company in wanted and row.record_before
        ]
        if before:
            back = [
                {
                    **row,
                    "origin": Origin(row["origin"]),
                    "changed_at": datetime.fromisoformat(row["changed_at"]),
                }
                for row in before
            ]
            self._connection.execute(insert(companies), back)
        self._set_undone(import_id, at)

    def put_again(self, import_id: ImportId, changed: Sequence[Company]) -> None:
        """Put companies of an import that was undone back, as the import had left them."""
        at = self._connection.execute(
            select(company_imports.c.imported_at).where(company_imports.c.id == import_id)
        ).scalar_one()
        self._companies.put_all(changed, at)
        self._set_undone(import_id, None)

    def unchanged(self, import_id: ImportId) -> frozenset[CompanyId]:
        """The companies of an import that still are as it left them."""
        rows = self._connection.execute(
            select(companies.c.id)
            .join(imported_companies, imported_companies.c.company == companies.c.id)
            .join(company_imports, company_imports.c.id == imported_companies.c["import"])
            .where(company_imports.c.id == import_id, companies.c.changed_at == company_imports.c.imported_at)
        )
        return frozenset(CompanyId(row.id) for row in rows)

    def asked(self, wanted: Iterable[CompanyId]) -> frozenset[CompanyId]:
        """Those of the companies that some request goes to."""
        ids = list(wanted)
        found: set[CompanyId] = set()
        for at in range(0, len(ids), _AT_ONCE):
            rows = self._connection.execute(
                select(requests.c.company).distinct().where(requests.c.company.in_(ids[at : at + _AT_ONCE]))
            )
            found.update(CompanyId(row.company) for row in rows)
        return frozenset(found)

    def _set_undone(self, import_id: ImportId, at: datetime | None) -> None:
        self._connection.execute(
            update(company_imports).where(company_imports.c.id == import_id).values(undone_at=at)
        )

    def _rows(self, wanted: Collection[CompanyId]) -> dict[str, str]:
        """What the vault has of these companies, each row as a text."""
        rows = self._connection.execute(select(companies))
        return {
            row.id: json.dumps(
                {
                    "id": row.id,
                    "origin": row.origin,
                    "name": row.name,
                    "record": row.record,
                    "changed_at": row.changed_at.isoformat(),
                },
                ensure_ascii=False,
            )
            for row in rows
            if row.id in wanted
        }
