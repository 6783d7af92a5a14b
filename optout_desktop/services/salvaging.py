# SPDX-License-Identifier: Apache-2.0
"""Saving what is readable of a damaged vault, told in a person's nouns: what was saved, and what was not.

A new vault is made beside the damaged one, opened, looked through as by ``optout vault check``, and closed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from optout_desktop.domain.errors import VaultError
from optout_desktop.domain.secrets import Secret
from optout_desktop.storage.salvage import TableOutcome
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .desk import Desk
from .vaults import VaultService


class Part(StrEnum):
    """What people call the things that a vault keeps."""

    PEOPLE = "people"
    CONTACTS = "contacts"
    """Addresses and numbers of people."""
    COMPANIES = "companies"
    REQUESTS = "requests"
    ENTRIES = "entries"
    LETTERS = "letters"
    FILES = "files"
    NOTES = "notes"
    RULES = "rules"
    """Rules as they were when requests were sent."""
    SETTINGS = "settings"
    OTHER = "other"


_PARTS: Final = {
    "people": Part.PEOPLE,
    "person_contacts": Part.CONTACTS,
    "person_addresses": Part.CONTACTS,
    "mail_accounts": Part.CONTACTS,
    "mail_servers": Part.CONTACTS,
    "outgoing": Part.LETTERS,
    "companies": Part.COMPANIES,
    "requests": Part.REQUESTS,
    "request_facts": Part.ENTRIES,
    "events": Part.ENTRIES,
    "letters": Part.LETTERS,
    "letter_drafts": Part.LETTERS,
    "letter_choices": Part.LETTERS,
    "own_templates": Part.LETTERS,
    "attachments": Part.FILES,
    "evidence": Part.FILES,
    "notes": Part.NOTES,
    "rule_snapshots": Part.RULES,
    "preferences": Part.SETTINGS,
}
_NOT_COUNTED: Final = frozenset({"facts", "pieces"})
"""What the vault says of itself, and the pieces of files, which count as the files that they make."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPart:
    """How much of one part was saved; all numbers are of rows."""

    part: Part
    saved: int
    unreadable: int
    """The least number where ``is_exact`` is false."""
    left_out: int
    """Readable, but of no use without what is unreadable."""
    stand_ins: int
    """Made up anew from what else told of them: a person with a name and nothing more."""
    is_exact: bool

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is missing."""
        return not (self.unreadable or self.left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """The new vault, and what became of each part of the damaged one."""

    path: Path
    parts: tuple[SavedPart, ...]

    @property
    def is_whole(self) -> bool:
        """Whether everything could be read."""
        return all(part.is_whole for part in self.parts)


def save_readable(
    vaults: VaultService,
    open_desk: Callable[[Vault[Stores]], Desk],
    damaged: Path,
    key: Secret,
    name: str,
    told: Callable[[int, int], None] = lambda _done, _total: None,
) -> Salvaged:
    """Make a vault called ``name`` beside a damaged one with all that can be read of it.

    The damaged vault is not changed. ``told`` may raise, to end it; then nothing was made. Raises what
    ``VaultService.salvage`` does, and VaultError where the new vault does not pass its check.
    """
    vault, outcomes = vaults.salvage(damaged, key, name, told)
    with vault:
        checked = open_desk(vault).backups.check()
        path = vault.place.path
    if not checked.is_sound:
        raise VaultError("The new vault did not pass its check. Restore a backup instead; nothing was lost.")
    return Salvaged(path=path, parts=tuple(_summed(outcomes)))


def _summed(outcomes: tuple[TableOutcome, ...]) -> list[SavedPart]:
    found: list[SavedPart] = []
    for part in Part:
        tables = [
            each
            for each in outcomes
            if each.table not in _NOT_COUNTED and _PARTS.get(each.table, Part.OTHER) is part
        ]
        found.append(
            SavedPart(
                part=part,
                saved=sum(each.saved for each in tables),
                unreadable=sum(each.unreadable for each in tables),
                left_out=sum(each.left_out for each in tables),
                stand_ins=sum(each.stand_ins for each in tables),
                is_exact=all(each.is_exact for each in tables),
            )
        )
    return [part for part in found if part.saved or not part.is_whole]
