# SPDX-License-Identifier: Apache-2.0
"""A person's own table of companies."""

from __future__ import annotations

from datetime import date

from optout_desktop.adapters.directories import own_csv
from optout_desktop.adapters.directories.columns import find_columns
from optout_desktop.adapters.tables_in import open_table, rows_of
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.company_lists import LeftOutReason

FULL = (
    "note,language,region,country,chat,sms,phone,post,form,email,website,domains,aliases,name,data broker,source,"
    "checked on\n"
    '"=1+1",de,ZH,CH,https://wa.me/41441112233,78901,\'+41 44 111 22 33,"Bahnhofstr. 1\n8001 Zürich",'
    "https://acme.example/stop,a@acme.example;b@acme.example,acme.example,acme.test,Acme Shop;ACM,Acme AG,yes,"
    "Consumer office,2026-05-01\n"
)


def read(text):
    rows = list(rows_of(open_table(text.encode(), "mine.csv")))
    columns, until = find_columns(rows, own_csv.COLUMNS, own_csv.NEEDED)
    companies, problems = own_csv.read("mine.csv", columns, rows[until:], date(2026, 6, 1))
    return [one.company for one in companies], problems


def test_every_column_is_read_in_any_order():
    [acme], problems = read(FULL)

    assert problems == []
    assert (acme.name, acme.country, acme.region, acme.language) == ("Acme AG", "CH", "CH-ZH", "de")
    assert (acme.aliases, acme.domains) == (("Acme Shop", "ACM"), ("acme.example", "acme.test"))
    assert [one.value for one in acme.contacts] == [
        "a@acme.example",
        "b@acme.example",
        "https://acme.example/stop",
        "Bahnhofstr. 1\n8001 Zürich",
        "+41441112233",
        "78901",
        "https://wa.me/41441112233",
    ]
    assert {(one.source, one.checked_on) for one in acme.contacts} == {("Consumer office", date(2026, 5, 1))}
    assert acme.is_data_broker
    assert acme.contact(Channel.CHAT)


def test_without_a_source_the_files_name_stands_beside_each_contact():
    [acme], _ = read("name;e-mail\nAcme;a@acme.example\n")

    assert [(one.source, one.checked_on) for one in acme.contacts] == [("mine.csv", date(2026, 6, 1))]


def test_a_country_a_region_or_a_day_that_is_none_is_noted():
    [acme], problems = (
        read(
            "name;email;country;region;checked\nAcme;a@acme.example;Atlantis;US-CA;soon\n"
            "Bad;b@b.example;DE;US-CA;2026-01-01\n"
        )[0][:1],
        read("name;email;country;region;checked\nAcme;a@acme.example;Atlantis;US-CA;soon\n")[1],
    )

    assert (acme.country, acme.region) == ("", "")
    assert [one.reason for one in problems] == [
        LeftOutReason.BAD_COUNTRY,
        LeftOutReason.BAD_COUNTRY,
        LeftOutReason.BAD_DAY,
    ]
