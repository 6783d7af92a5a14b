# SPDX-License-Identifier: Apache-2.0
"""Preferences: every setting with its type, default, choices and home.

Two homes: the *machine* file holds what must be known before unlocking and is never personal; everything else
lies in the vault. The words for each setting are made in ``gui/settings``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .errors import InputError


class Home(StrEnum):
    """Where a setting lies."""

    MACHINE = "machine"
    VAULT = "vault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """One setting; ``choices`` is empty where any value of the default's type will do."""

    name: str
    default: bool | int | str
    home: Home
    choices: tuple[bool | int | str, ...] = ()

    def checked(self, value: object) -> bool | int | str:
        """``value`` where it fits the setting. Raises InputError."""
        if type(value) is not type(self.default) or (self.choices and value not in self.choices):
            raise InputError(
                self.name, f"“{value}” does not fit the setting {self.name}. It was left as it was."
            )
        return value


def _table(*rows: Preference) -> dict[str, Preference]:
    return {row.name: row for row in rows}


PREFERENCES: dict[str, Preference] = _table(
    Preference(name="language", default="", home=Home.MACHINE),
    Preference(
        name="theme", default="system", home=Home.MACHINE, choices=("system", "light", "dark", "contrast")
    ),
    Preference(name="text_size", default=100, home=Home.MACHINE, choices=tuple(range(80, 210, 10))),
    Preference(name="lock_minutes", default=5, home=Home.MACHINE, choices=(0, 1, 2, 5, 10, 15, 30, 60)),
    Preference(name="lock_with_screen", default=True, home=Home.MACHINE),
    Preference(name="lock_on_suspend", default=True, home=Home.MACHINE),
    Preference(name="lock_when_minimised", default=False, home=Home.MACHINE),
    Preference(name="last_vault", default="", home=Home.MACHINE),
    Preference(name="single_keys", default=True, home=Home.MACHINE),
    Preference(name="clipboard_seconds", default=30, home=Home.VAULT, choices=(0, 10, 20, 30, 60, 120)),
    Preference(name="due_soon_days", default=7, home=Home.VAULT, choices=tuple(range(3, 15))),
    Preference(name="compact_rows", default=False, home=Home.VAULT),
    Preference(
        name="page_format",
        default="",
        home=Home.VAULT,
        choices=("", "a4-din-5008", "a4-din-5008-a", "us-letter-10"),
    ),
    Preference(name="group_requests", default="urgency", home=Home.VAULT, choices=("urgency", "none")),
    Preference(name="sort_requests", default="urgency", home=Home.VAULT),
    Preference(name="requests_view", default="list", home=Home.VAULT, choices=("list", "table")),
    Preference(name="saved_filters", default="[]", home=Home.VAULT),
    Preference(name="splitter", default="", home=Home.VAULT),
    Preference(name="columns", default="", home=Home.VAULT),
    Preference(name="checklist_dismissed", default=False, home=Home.VAULT),
    Preference(name="recovery_code_printed", default=False, home=Home.VAULT),
    Preference(name="advocate_mode", default=False, home=Home.VAULT),
    Preference(name="mailto_notice_seen", default=False, home=Home.VAULT),
    Preference(name="passphrase_for_exports", default=True, home=Home.VAULT),
    Preference(name="smtp_confirmed", default=False, home=Home.VAULT),
)
"""Every setting there is."""
