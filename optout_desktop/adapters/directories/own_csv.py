# SPDX-License-Identifier: Apache-2.0
"""A person's own table of companies → companies.

One row a company; the labels may stand in any order and only ``name`` is needed. Several e-mail addresses, links,
numbers, domains or aliases in one cell are separated by semicolons; a postal address has its lines in one cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from optout_desktop.adapters.tables_in import TableRow, without_guard
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.company_lists import LeftOut, LeftOutReason, ListedCompany
from optout_desktop.domain.letters import clean_line
from optout_desktop.domain.places import country_of, is_place

from .columns import Columns, Wanted, day_of
from .countries import country_code
from .drafts import Draft

COLUMNS = (
    Wanted(name="name", labels=("name", "company", "company name"), is_whole=True),
    Wanted(name="aliases", labels=("aliases", "alias", "also called"), is_whole=True),
    Wanted(name="domains", labels=("domains", "domain"), is_whole=True),
    Wanted(name="website", labels=("website", "web", "url"), is_whole=True),
    Wanted(name="email", labels=("email", "e mail", "mail"), is_whole=True),
    Wanted(name="form", labels=("form", "web form", "opt out url", "webform"), is_whole=True),
    Wanted(name="post", labels=("post", "address", "postal address"), is_whole=True),
    Wanted(name="phone", labels=("phone", "telephone", "call"), is_whole=True),
    Wanted(name="sms", labels=("sms", "text", "sms number"), is_whole=True),
    Wanted(name="chat", labels=("chat", "messenger"), is_whole=True),
    Wanted(name="country", labels=("country",), is_whole=True),
    Wanted(name="region", labels=("region", "state"), is_whole=True),
    Wanted(name="language", labels=("language",), is_whole=True),
    Wanted(name="data_broker", labels=("data broker", "broker"), is_whole=True),
    Wanted(name="source", labels=("source",), is_whole=True),
    Wanted(name="checked_on", labels=("checked on", "checked"), is_whole=True),
    Wanted(name="note", labels=("note", "notes"), is_whole=True),
)
NEEDED = ("name",)

_BETWEEN = re.compile(r"\s*;\s*")
_LANGUAGE = re.compile(r"[a-z]{2}")
_YES = frozenset({"yes", "true", "1", "x", "y"})


def read(
    title: str, columns: Columns, rows: Iterable[TableRow], dated_on: date | None
) -> tuple[list[ListedCompany], list[LeftOut]]:
    """The companies of the rows below the labels, and what was left out."""
    companies: list[ListedCompany] = []
    problems: list[LeftOut] = []
    for row in rows:
        draft = Draft(place=str(row.line), title=title, checked_on=dated_on, problems=problems)
        _fill(draft, {column.name: without_guard(columns.cell(row, column.name)) for column in COLUMNS})
        if (listed := draft.listed()) is not None:
            companies.append(listed)
    return companies, problems


def _fill(draft: Draft, cells: dict[str, str]) -> None:
    draft.name = cells["name"]
    draft.title = clean_line(cells["source"])[:200] or draft.title
    _place(draft, cells["country"], cells["region"])
    if cells["checked_on"]:
        draft.checked_on = day_of(cells["checked_on"])
        if draft.checked_on is None:
            draft.leave_out(LeftOutReason.BAD_DAY, cells["checked_on"])
    language = cells["language"].strip().lower()
    draft.language = language if _LANGUAGE.fullmatch(language) else ""
    draft.is_data_broker = cells["data_broker"].strip().casefold() in _YES
    draft.note = cells["note"]
    draft.aliases = list(_parts(cells["aliases"]))
    if cells["website"]:
        draft.site(cells["website"])
    for domain in _parts(cells["domains"]):
        draft.domain(domain)
    for email in _parts(cells["email"]):
        draft.email(email)
    for link in _parts(cells["form"]):
        draft.link(link)
    draft.post(cells["post"].splitlines())
    for channel, name in ((Channel.CALL, "phone"), (Channel.SMS, "sms")):
        for number in _parts(cells[name]):
            draft.phone(number, channel)
    for link in _parts(cells["chat"]):
        draft.link(link, Channel.CHAT)


def _place(draft: Draft, country: str, region: str) -> None:
    draft.country = country_code(country) or (country.upper() if is_place(country.upper()) else "")
    if country and not draft.country:
        draft.leave_out(LeftOutReason.BAD_COUNTRY, country)
    wanted = region.strip().upper()
    if wanted and "-" not in wanted and draft.country:
        wanted = f"{draft.country}-{wanted}"
    if wanted and (not is_place(wanted) or country_of(wanted) != draft.country):
        draft.leave_out(LeftOutReason.BAD_COUNTRY, region)
        wanted = ""
    draft.region = wanted


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(without_guard(part) for part in _BETWEEN.split(cell.strip()) if part)
