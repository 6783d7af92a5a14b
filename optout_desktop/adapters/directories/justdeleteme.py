# SPDX-License-Identifier: Apache-2.0
"""``sites.json`` of JustDeleteMe → companies: where an account is deleted, and how hard that is said to be."""

from __future__ import annotations

from datetime import date
from typing import Any

from optout_desktop.adapters.tables_in import Told
from optout_desktop.domain.company_lists import LeftOut, LeftOutReason, ListedCompany
from optout_desktop.domain.errors import ImportRefused

from .drafts import Draft

TITLE = "JustDeleteMe"
MOST_SITES = 200_000
_TOLD_EVERY = 200
_HARDNESS = frozenset({"easy", "medium", "hard", "limited", "impossible"})


def is_one_of_it(record: object) -> bool:
    """Whether a value looks like one of its sites."""
    return isinstance(record, dict) and {"name", "url", "difficulty"} <= record.keys()


def read(sites: list[Any], dated_on: date | None, told: Told) -> tuple[list[ListedCompany], list[LeftOut]]:
    """The companies of a list of sites, and what was left out. Raises ImportRefused for too many."""
    if len(sites) > MOST_SITES:
        raise ImportRefused(
            f"This list has more than {MOST_SITES:,} sites. It was not imported.", "too_many_rows"
        )
    companies: list[ListedCompany] = []
    problems: list[LeftOut] = []
    for number, site in enumerate(sites, 1):
        if number % _TOLD_EVERY == 1:
            told(number - 1, len(sites))
        draft = Draft(place=str(number), title=TITLE, checked_on=dated_on, problems=problems)
        if not is_one_of_it(site):
            draft.leave_out(LeftOutReason.BAD_RECORD)
            continue
        if (listed := _company(draft, site)) is not None:
            companies.append(listed)
    return companies, problems


def _company(draft: Draft, site: dict[str, Any]) -> ListedCompany | None:
    draft.name = _text(site, "name")
    domains = site.get("domains")
    for domain in domains if isinstance(domains, list) else ():
        if isinstance(domain, str):
            draft.domain(domain)
    if draft.domains:
        draft.website = f"https://{draft.domains[0]}"
    if email := _text(site, "email"):
        draft.email(email)
    url, hardness = _text(site, "url"), _text(site, "difficulty")
    if url:
        draft.link(url)
    told = f"An account is deleted at {url} ({hardness})." if url and hardness in _HARDNESS else ""
    draft.note = "\n".join(filter(None, (told, _text(site, "notes"))))
    return draft.listed()


def _text(site: dict[str, Any], key: str) -> str:
    value = site.get(key)
    return value.strip() if isinstance(value, str) else ""
