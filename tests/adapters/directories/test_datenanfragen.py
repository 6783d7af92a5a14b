# SPDX-License-Identifier: Apache-2.0
"""Records of Datenanfragen.de."""

from __future__ import annotations

import json
from datetime import date

from optout_desktop.adapters.directories import datenanfragen
from optout_desktop.domain.companies import Channel, Quality
from optout_desktop.domain.company_lists import LeftOutReason

DAY = date(2026, 2, 3)
RECORD = {
    "slug": "acme",
    "relevant-countries": ["de"],
    "categories": ["ads"],
    "name": "Acme GmbH",
    "runs": ["Acme Shop"],
    "address": "Hauptstr. 1\n10115 Berlin\nDeutschland",
    "phone": "+49 30 123456",
    "email": "datenschutz@acme.example",
    "webform": "https://acme.example/auskunft",
    "web": "https://www.acme.example",
    "request-language": "de",
    "suggested-transport-medium": "webform",
    "needs-id-document": True,
    "required-elements": [
        {"desc": "Name", "type": "name"},
        {"desc": "Kunde", "type": "input", "optional": True},
    ],
    "comments": ["Answers slowly."],
    "quality": "verified",
    "sources": ["https://acme.example/datenschutz"],
}


def read(*records, told=lambda _done, _total: None):
    each = [
        (f"companies/{number}.json", lambda content=content: content)
        for number, content in enumerate(records)
    ]
    return datenanfragen.read((len(each), iter(each)), DAY, told)


def encoded(**changes) -> bytes:
    return json.dumps(RECORD | changes).encode()


def test_a_record_becomes_a_company_with_its_preferred_way_first():
    [listed], problems = read(encoded())
    company = listed.company

    assert problems == []
    assert (company.id, company.name, company.country, company.language) == ("acme", "Acme GmbH", "DE", "de")
    assert (company.aliases, company.domains, company.quality) == (
        ("Acme Shop",),
        ("acme.example",),
        Quality.VERIFIED,
    )
    assert company.channels == (Channel.FORM, Channel.EMAIL, Channel.POST, Channel.CALL)
    assert company.note == "It asks for: name, a copy of an identity document.\nAnswers slowly."
    assert {contact.source for contact in company.contacts} == {datenanfragen.TITLE}
    assert listed.families == ("acme.example",)


def test_a_broken_record_costs_itself_and_no_other():
    companies, problems = read(b"{", encoded(), b"[]", encoded(quality="obsolete"), b'{"slug": 1, "name": 2}')

    assert [one.company.id for one in companies] == ["acme"]
    assert {one.reason for one in problems} == {LeftOutReason.BAD_RECORD}
    assert [one.place for one in problems] == [f"companies/{number}.json" for number in (0, 2, 3, 4)]


def test_values_of_the_wrong_kind_are_passed_over():
    [listed], _ = read(
        encoded(runs=[1], address=None, categories="ads", comments={}, **{"required-elements": [3]})
    )

    assert (listed.company.aliases, listed.company.categories) == ((), ())


def test_only_plain_files_of_the_folder_are_read(tmp_path):
    folder = tmp_path / "companies"
    folder.mkdir()
    (folder / "acme.json").write_bytes(encoded())
    (folder / "README.md").write_text("no record", encoding="utf-8")
    (folder / "inner.json").mkdir()
    count, records = datenanfragen.records_in_folder(tmp_path)

    assert (count, [name for name, _ in records]) == (1, ["companies/acme.json"])


def test_a_record_that_is_too_large_is_left_out(tmp_path):
    (tmp_path / "big.json").write_bytes(b" " * (datenanfragen.LARGEST_RECORD_BYTES + 1))
    companies, [problem] = datenanfragen.read(
        datenanfragen.records_in_folder(tmp_path), DAY, lambda _done, _total: None
    )

    assert companies == []
    assert "larger" in problem.detail
