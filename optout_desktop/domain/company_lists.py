# SPDX-License-Identifier: Apache-2.0
"""Lists of companies that a person reads in: what a file said, and what of it could not be taken.

``adapters/directory_files.py`` makes a ``CompanyList`` of a file, ``services/importing.py`` holds it against what
is known. The companies in it have no id of the vault yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from .companies import Channel, Company
from .ids import CompanyId, ImportId


class ListSource(StrEnum):
    """Which list a file is."""

    DATENANFRAGEN = "datenanfragen"
    JDM = "jdm"
    CPPA = "cppa"
    TEXAS = "texas"
    OREGON = "oregon"
    CSV = "csv"


class LeftOutReason(StrEnum):
    """Why a row, or an address of one, was not taken."""

    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    NO_CONTACT = "no_contact"
    BAD_EMAIL = "bad_email"
    BAD_LINK = "bad_link"
    BAD_PHONE = "bad_phone"
    BAD_DOMAIN = "bad_domain"
    BAD_COUNTRY = "bad_country"
    BAD_DAY = "bad_day"
    BAD_RECORD = "bad_record"
    """An entry that is no record of a company, or no JSON."""
    TWICE = "twice"
    """The file names the same company again."""


ROW_REASONS = frozenset(
    {
        LeftOutReason.NO_NAME,
        LeftOutReason.NAME_TOO_LONG,
        LeftOutReason.NO_CONTACT,
        LeftOutReason.BAD_RECORD,
        LeftOutReason.TWICE,
    }
)
"""The reasons for which a whole row was left out; for the others it is one value of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A row or a value that was not taken; ``place`` is its line, or its entry in a folder or an archive."""

    place: str
    reason: LeftOutReason
    detail: str = ""

    @property
    def is_row(self) -> bool:
        """Whether nothing of the row was taken."""
        return self.reason in ROW_REASONS


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCompany:
    """A company as a list says it; ``families`` are the registrable domains that it goes by."""

    place: str
    company: Company
    families: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyList:
    """What a file said: its companies in order, and what was left out."""

    source: ListSource
    title: str
    """The name of the list, as it stands beside each of its contacts."""
    file_name: str
    dated_on: date | None
    companies: tuple[ListedCompany, ...]
    left_out: tuple[LeftOut, ...]


class Likeness(StrEnum):
    """How much a listed company is like what is known."""

    NEW = "new"
    SAME = "same"
    DIFFERS = "differs"


class ListChoice(StrEnum):
    """What to do where a list and what is known differ."""

    KEEP_MINE = "keep"
    TAKE_THEIRS = "take"
    ADD_FURTHER = "add"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What is known and what the list says for one channel; ``mine`` is empty where nothing is known."""

    channel: Channel
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One listed company held against what is known."""

    listed: ListedCompany
    likeness: Likeness
    known: Company | None = None
    differences: tuple[Difference, ...] = ()
    is_newer: bool = False
    """The same, and a later edition of the list that one's own came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPreview:
    """A whole list held against what is known; nothing was changed yet."""

    list: CompanyList
    rows: tuple[PreviewRow, ...]
    left_out: tuple[LeftOut, ...]

    def count(self, likeness: Likeness) -> int:
        """How many rows are so."""
        return sum(row.likeness is likeness for row in self.rows)

    @property
    def newer(self) -> int:
        """How many of one's own a later edition of their list still says the same of."""
        return sum(row.is_newer for row in self.rows)

    @property
    def unusable(self) -> int:
        """How many rows of the file were not taken at all."""
        return sum(one.is_row for one in self.left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptImport:
    """One list that was read in, and how many companies it changed."""

    id: ImportId
    source: ListSource
    file_name: str
    imported_at: datetime
    undone_at: datetime | None
    companies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOutcome:
    """What an import did; ``id`` is None where there was nothing to do."""

    id: ImportId | None
    added: tuple[CompanyId, ...]
    changed: tuple[CompanyId, ...]
    kept: int
    """Companies that differ and were left as they are."""
    same: int
    seen_again: int
    """Of those the same, how many of one's own have a later day now."""
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What the undoing of an import took back, and the names of the companies that stay because of later work."""

    taken_back: int
    staying: tuple[str, ...]
