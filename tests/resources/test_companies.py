# SPDX-License-Identifier: Apache-2.0
"""Every line of the shipped directory keeps to its schema, its order and what it promises about people."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from optout_desktop.catalog.companies import Directory
from optout_desktop.domain.companies import Channel

RESOURCES = Path(__file__).parents[2] / "resources"
FILE = RESOURCES / "companies" / "companies.jsonl"
SCHEMA = json.loads((RESOURCES / "schemas" / "company.schema.json").read_text(encoding="utf-8"))

ROLE = re.compile(
    r"privacy|data|dpo|dpa|dsb|datenschutz|gdpr|protect|legal|licenses|compliance|contact|request"
    r"|service|customer|consumer|help|info|support|experience|grievance"
)
"""What a mailbox of a role is called; a mailbox of two words without any of these may be somebody's name."""


@pytest.fixture(scope="module")
def lines():
    return FILE.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def records(lines):
    return [json.loads(line) for line in lines]


def contacts(records, channel):
    return [
        contact["value"]
        for record in records
        for contact in record.get("contacts", [])
        if contact["channel"] == channel
    ]


def test_every_line_keeps_to_the_schema(records):
    validator = Draft202012Validator(SCHEMA)
    wrong = [
        f"{record['slug']}: {'/'.join(map(str, error.path))}: {error.message}"
        for record in records
        for error in validator.iter_errors(record)
    ]

    assert wrong == []


def test_the_schema_refuses_what_it_should(records):
    validator = Draft202012Validator(SCHEMA)
    good = next(record for record in records if record.get("contacts"))

    assert validator.is_valid(good)
    assert not validator.is_valid({**good, "colour": "red"})
    assert not validator.is_valid({**good, "sources": []})
    assert not validator.is_valid({**good, "contacts": [{"channel": "fax", "value": "1", "source": "vt"}]})
    assert not validator.is_valid({**good, "country": "de"})


def test_the_schema_and_the_reader_know_the_same_lists():
    titles = tomllib.loads((FILE.parent / "sources.toml").read_text(encoding="utf-8"))

    assert SCHEMA["$defs"]["list"]["enum"] == list(titles)


def test_lines_are_compact_and_sorted_by_id(lines, records):
    slugs = [record["slug"] for record in records]

    assert slugs == sorted(set(slugs))
    assert [json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in records] == lines


def test_the_file_stays_small():
    assert FILE.stat().st_size < 3_000_000


def test_every_company_has_an_id_a_name_and_a_source(records):
    lacking = [
        record
        for record in records
        if not (record.get("slug") and record.get("name") and record.get("sources"))
    ]

    assert lacking == []


def test_every_contact_names_a_list_that_names_the_company(records):
    strangers = [
        (record["slug"], contact["value"])
        for record in records
        for contact in record.get("contacts", [])
        if contact["source"] not in record["sources"]
    ]

    assert strangers == []


def test_a_contact_without_a_date_comes_from_a_register_whose_edition_has_no_day(records):
    lists = tomllib.loads((FILE.parent / "sources.toml").read_text(encoding="utf-8"))
    undated = {
        contact["source"]
        for record in records
        for contact in record.get("contacts", [])
        if "checked-on" not in contact
    }

    assert undated == {key for key, table in lists.items() if "as_of" not in table} & undated
    assert all("Registry" in lists[key]["title"] for key in undated)


def test_no_mailbox_has_the_shape_of_a_persons_name(records):
    mailboxes = {value.split("@")[0].lower() for value in contacts(records, "email")}
    two_words = re.compile(r"[^\W\d_]+[._-][^\W\d_]+")
    names = sorted(box for box in mailboxes if two_words.fullmatch(box) and not ROLE.search(box))

    assert names == []


def test_no_postal_address_is_addressed_to_a_person(records):
    salutation = re.compile(
        r"(?m)^(c/o |z\. ?hd\. |attn:? )?(herrn?|frau|mrs?\.|ms\.|mme|dr\.) [A-Z]", re.IGNORECASE
    )
    addressed = [value for value in contacts(records, "post") if salutation.search(value)]

    assert addressed == []


def test_no_postal_address_says_that_there_is_none(records):
    empty = [
        value for value in contacts(records, "post") if re.search(r"(?i)\bn/a\b|\bnone\b|\bunknown\b", value)
    ]

    assert empty == []


def test_every_company_called_a_data_broker_is_named_so_by_a_register_or_by_its_trade(records):
    registers = {"cppa2025", "cppa2026", "ca2021", "vt", "tx"}
    trades = {"people-search", "address-broker", "location-broker", "background-check"}
    doubtful = [
        record["slug"]
        for record in records
        if "data-broker" in record.get("flags", []) + record.get("categories", [])
        and not registers & set(record["sources"])
        and not trades & set(record.get("categories", []))
    ]

    assert doubtful == []


def test_the_reader_takes_over_every_company_and_contact(records):
    directory = Directory(FILE)
    shipped = {company.id: [contact.value for contact in company.contacts] for company in directory}

    assert shipped == {
        record["slug"]: [contact["value"] for contact in record.get("contacts", [])] for record in records
    }
    assert sum(company.contact(Channel.EMAIL) is not None for company in directory) > 1_900
