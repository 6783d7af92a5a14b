# SPDX-License-Identifier: Apache-2.0
"""Registers of data brokers as California, Texas and Oregon publish them → companies.

The registers change their labels from year to year, some put rows above them, and one quotes whole rows. What they
tell of a private person (a contact, an authorised person) is never read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from optout_desktop.adapters.tables_in import TableRow
from optout_desktop.domain.company_lists import LeftOut, ListedCompany, ListSource

from .columns import Columns, Wanted, day_of
from .countries import country_code
from .drafts import Draft, checked_link, is_nothing, parts_of

CPPA_TITLE = "California data broker registry"
TEXAS_TITLE = "Texas data broker registry"
OREGON_TITLE = "Oregon data broker registry"

CALIFORNIA = (
    Wanted(name="name", labels=("data broker name", "business name"), unlike=("doing business",)),
    Wanted(name="alias", labels=("doing business as", "dba", "trade name")),
    Wanted(
        name="rights",
        labels=(
            "exercise their",
            "consumer privacy",
            "how a consumer may opt out",
            "how consumers can",
            "opt out",
        ),
        unlike=("regulated",),
    ),
    Wanted(name="website", labels=("website", "web site"), unlike=("exercise", "privacy", "opt out")),
    Wanted(name="email", labels=("email", "e mail")),
    Wanted(name="phone", labels=("phone number", "telephone")),
    Wanted(
        name="street", labels=("street address", "physical address", "primary address"), unlike=("format",)
    ),
    Wanted(name="city", labels=("data broker city", "city"), unlike=("capacity", "ethnicity")),
    Wanted(name="state", labels=("data broker state", "state"), unlike=("government", "statement", "united")),
    Wanted(name="zip", labels=("zip", "postal code")),
    Wanted(name="country", labels=("country",)),
)
TEXAS = (
    Wanted(name="name", labels=("full legal name", "legal name")),
    Wanted(name="post", labels=("primary physical address", "physical address")),
    Wanted(name="email", labels=("data broker email", "email address")),
    Wanted(name="rights", labels=("consumer rights link", "consumer rights")),
    Wanted(name="website", labels=("website",)),
    Wanted(name="phone", labels=("telephone number",)),
    Wanted(name="submitted", labels=("submitted on",)),
    Wanted(name="number", labels=("registration number",)),
)
OREGON = (
    Wanted(name="name", labels=("full name",)),
    Wanted(name="alias", labels=("doing business as",)),
    Wanted(name="phone", labels=("addr phone",)),
    Wanted(name="town", labels=("addr line 4",)),
    Wanted(name="licence", labels=("license no",)),
)
NEEDED = {
    ListSource.CPPA: ("name", "email"),
    ListSource.TEXAS: ("name", "number"),
    ListSource.OREGON: ("name", "licence"),
}
WANTED = {ListSource.CPPA: CALIFORNIA, ListSource.TEXAS: TEXAS, ListSource.OREGON: OREGON}
TITLES = {ListSource.CPPA: CPPA_TITLE, ListSource.TEXAS: TEXAS_TITLE, ListSource.OREGON: OREGON_TITLE}


def read(
    source: ListSource, columns: Columns, rows: Iterable[TableRow], dated_on: date | None
) -> tuple[list[ListedCompany], list[LeftOut]]:
    """The companies of the rows below the labels, and what was left out."""
    fill = {ListSource.CPPA: _california, ListSource.TEXAS: _texas, ListSource.OREGON: _oregon}[source]
    companies: list[ListedCompany] = []
    problems: list[LeftOut] = []
    for row in rows:
        draft = Draft(place=str(row.line), title=TITLES[source], checked_on=dated_on, problems=problems)
        draft.is_data_broker = True
        draft.name = columns.cell(row, "name")
        fill(draft, columns, row)
        if (listed := draft.listed()) is not None:
            companies.append(listed)
    return companies, problems


def _california(draft: Draft, columns: Columns, row: TableRow) -> None:
    country = columns.cell(row, "country")
    draft.country = country_code(country) or ("US" if is_nothing(country) else "")
    _add_common(draft, columns, row)
    town = " ".join(filter(None, (columns.cell(row, each) for each in ("city", "state", "zip"))))
    draft.post((columns.cell(row, "street"), town, "" if draft.country == "US" else country))


def _texas(draft: Draft, columns: Columns, row: TableRow) -> None:
    parts = [part.strip() for part in columns.cell(row, "post").split(",") if part.strip()]
    draft.country = country_code(parts[-1]) if parts else ""
    if (submitted := day_of(columns.cell(row, "submitted"))) is not None:
        draft.checked_on = submitted
    _add_common(draft, columns, row)
    if draft.country == "US" and len(parts) > 4:  # street, city, state, ZIP, country
        parts = [*parts[:-4], f"{parts[-4]}, {parts[-3]} {parts[-2]}"]
    draft.post(parts)


def _oregon(draft: Draft, columns: Columns, row: TableRow) -> None:
    draft.country = "US"
    _add_common(draft, columns, row)


def _add_common(draft: Draft, columns: Columns, row: TableRow) -> None:
    alias = columns.cell(row, "alias").rstrip(".")
    if not is_nothing(alias):
        draft.aliases.extend(part.strip() for part in alias.replace(";", ",").split(",") if part.strip())
    for website in parts_of(columns.cell(row, "website")):
        draft.site(website)
    for email in parts_of(columns.cell(row, "email")):
        draft.email(email)
    for link in parts_of(columns.cell(row, "rights")):
        host, path = urlsplit(draft.website).hostname, urlsplit(checked_link(link)).path.strip("/")
        if path or urlsplit(checked_link(link)).hostname != host:  # the bare website is no page on rights
            draft.link(link)
    if not is_nothing(phone := columns.cell(row, "phone")):
        draft.phone(phone)
