# SPDX-License-Identifier: Apache-2.0
"""Registers of data brokers, by whatever labels they have that year."""

from __future__ import annotations

from datetime import date

import pytest

from optout_desktop.adapters.directories import registries
from optout_desktop.adapters.directories.columns import find_columns
from optout_desktop.adapters.tables_in import open_table, rows_of
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.company_lists import ListSource

DAY = date(2026, 6, 1)
CALIFORNIA_2026 = (
    'Data broker name:,"Doing Business As (DBA), if applicable:",Data broker primary website:,'
    "Data broker primary contact email address:,Data broker primary phone number: [optional],"
    "Data broker primary street address:,Data broker city:,Data broker state:,Data broker zip code:,"
    "Data broker country:,Data broker's primary website that contains details on how consumers can exercise their "
    "CA Consumer Privacy rights:,Data broker collects consumers' citizenship data\n"
    'Acme Data LLC,"Acme, AcmeX.",acme.example,privacy@acme.example,415 555 0100,1 Main St.,Springfield,IL,62701,'
    "USA,acme.example/rights; https://acme.example/optout,No\n"
    "Bare GmbH,N/A,https://bare.example,dpo@bare.example,,Allee 2,Berlin,,10115,Germany,https://www.bare.example/,\n"
)
CALIFORNIA_2025 = (
    "\ufeff,If not answered by DB,,\nData broker\u00a0name:,Data broker primary contact email address:,"
    "Data broker primary website:,\"Data Broker's primary website that contains details on how consumers can exercise "
    'their CA Consumer Privacy Act rights, including how to delete"\n'
    "Acme Data LLC,privacy@acme.example,acme.example,https://acme.example/optout\n"
)
CALIFORNIA_2021 = (
    "Data Broker Name,Email Address,Website URL,Physical Address,How a consumer may opt out of sale\n"
    'Acme Data LLC,privacy [at] acme.example,https://acme.example,"1 Main St, Springfield",acme.example/optout\n'
)
CALIFORNIA_2024 = (
    "Business name,Business primary contact email address,Business primary website\n"
    "Acme Data LLC,privacy@acme.example,acme.example\n"
)
TEXAS = (
    'Record Name:,Registrations,,,,,,,\nExported On:,"Jun 4, 2026",,,,,,,\n,,,,,,,,\n'
    "Registration Number,Full Legal Name,Primary Physical Address,Data Broker Email Address,Website,"
    "Consumer Rights Link,Telephone Number,Contact Person,Submitted On\n"
    '2026,"Acme, INC.","1 N MAIN ROAD , AUSTIN , TX , 78701 , United States",privacy@acme.example,'
    "https://acme.example,https://acme.example/rights,15125550100,Pat Example,5/8/2026\n"
)
OREGON = (
    "license_no|profession_name|full_name|addr_phone|doing_business_as|addr_line_4|license_status_name|\n"
    "DATA-1|Data Broker|Acme Inc|5035550100|Acme|Salem OR  97301|Active|\n"
    '"DATA-2|Data Broker|Fabrikam LLC|5035550101|Fab, Rik.|Bend, OR|Active|"\n'
    "DATA-3|Data Broker|Silent LLC|||Bend OR|Active|\n"
)


def read(source, text):
    rows = list(rows_of(open_table(text.encode(), "list.csv")))
    columns, until = find_columns(rows, registries.WANTED[source], registries.NEEDED[source])
    companies, problems = registries.read(source, columns, rows[until:], DAY)
    return [one.company for one in companies], problems


def values(company, channel):
    return [one.value for one in company.contacts if one.channel is channel]


def test_california_2026_is_read_by_its_labels():
    [acme, bare], problems = read(ListSource.CPPA, CALIFORNIA_2026)

    assert problems == []
    assert (acme.name, acme.aliases, acme.country, acme.is_data_broker) == (
        "Acme Data LLC",
        ("Acme", "AcmeX"),
        "US",
        True,
    )
    assert values(acme, Channel.FORM) == ["https://acme.example/rights", "https://acme.example/optout"]
    assert values(acme, Channel.CALL) == ["+14155550100"]
    assert values(acme, Channel.POST) == ["1 Main St.\nSpringfield IL 62701"]
    assert (bare.country, bare.aliases) == ("DE", ())
    assert values(bare, Channel.POST) == ["Allee 2\nBerlin 10115\nGermany"]


@pytest.mark.parametrize("text", [CALIFORNIA_2025, CALIFORNIA_2021, CALIFORNIA_2024])
def test_california_of_earlier_years_is_read_by_its_labels_too(text):
    [acme], _ = read(ListSource.CPPA, text)

    assert acme.name == "Acme Data LLC"
    assert values(acme, Channel.EMAIL) == ["privacy@acme.example"]
    assert acme.website == "https://acme.example"


def test_the_bare_website_is_no_page_on_rights():
    _, bare = read(ListSource.CPPA, CALIFORNIA_2026.replace("www.bare.example/", "bare.example/"))[0]

    assert values(bare, Channel.FORM) == []


def test_texas_is_read_below_its_preamble_and_with_its_own_day():
    [acme], _ = read(ListSource.TEXAS, TEXAS)

    assert values(acme, Channel.POST) == ["1 N MAIN ROAD\nAUSTIN, TX 78701"]
    assert {one.checked_on for one in acme.contacts} == {date(2026, 5, 8)}
    assert (acme.country, acme.website) == ("US", "https://acme.example")


def test_the_private_person_that_texas_names_is_never_read():
    [acme], _ = read(ListSource.TEXAS, TEXAS)

    assert "Pat Example" not in repr(acme)


def test_oregon_is_read_although_it_quotes_whole_rows():
    companies, [silent] = read(ListSource.OREGON, OREGON)

    assert [one.name for one in companies] == ["Acme Inc", "Fabrikam LLC"]
    assert companies[1].aliases == ("Fab", "Rik")
    assert values(companies[0], Channel.CALL) == ["+15035550100"]
    assert (silent.place, silent.detail) == ("4", "Silent LLC")
