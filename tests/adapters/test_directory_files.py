# SPDX-License-Identifier: Apache-2.0
"""Which list a file is, told from its content; and what is none of them."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from optout_desktop.adapters.directory_files import read_companies
from optout_desktop.domain.company_lists import ListSource
from optout_desktop.domain.errors import ImportRefused

RECORD = {"slug": "acme", "name": "Acme", "email": "a@acme.example", "quality": "verified"}
SITES = [
    {"name": "Acme", "url": "https://acme.example/close", "difficulty": "easy", "domains": ["acme.example"]}
]


def a_zip(*names) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, json.dumps(RECORD | {"slug": name.rsplit("/")[-1].removesuffix(".json")}))
    return target.getvalue()


KINDS = {
    ListSource.DATENANFRAGEN: a_zip("data-main/companies/acme.json", "data-main/obsolete-records/x.json"),
    ListSource.JDM: json.dumps(SITES).encode(),
    ListSource.CPPA: b"Data Broker Name,Email Address\nAcme,a@acme.example\n",
    ListSource.TEXAS: b"Registration Number,Full Legal Name,Data Broker Email Address\n1,Acme,a@acme.example\n",
    ListSource.OREGON: b"license_no|full_name|addr_phone|\n1|Acme|5035550100|\n",
    ListSource.CSV: b"e-mail,name\na@acme.example,Acme\n",
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_of_a_list_is_told_from_its_content(tmp_path, kind):
    path = tmp_path / "list"
    path.write_bytes(KINDS[kind])
    found = read_companies(path)

    assert (found.source, [one.company.name for one in found.companies]) == (kind, ["Acme"])
    assert read_companies(path, kind) == found
    assert found.dated_on is not None


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_is_not_read_as_another_kind(tmp_path, kind):
    path = tmp_path / "list"
    path.write_bytes(KINDS[kind])
    other = ListSource.OREGON if kind is not ListSource.OREGON else ListSource.JDM

    with pytest.raises(ImportRefused) as caught:
        read_companies(path, other)

    assert caught.value.why == "columns"


def test_a_folder_is_a_checkout(tmp_path):
    (tmp_path / "companies").mkdir()
    (tmp_path / "companies" / "acme.json").write_text(json.dumps(RECORD), encoding="utf-8")
    (tmp_path / "company-packs").mkdir()

    assert [one.company.id for one in read_companies(tmp_path).companies] == ["acme"]


def test_one_record_alone_is_a_list_of_one(tmp_path):
    path = tmp_path / "acme.json"
    path.write_text(json.dumps(RECORD), encoding="utf-8")

    assert [one.company.id for one in read_companies(path).companies] == ["acme"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"hello",
        b"a,b\n1,2\n",
        b"[1, 2]",
        b'{"a": 1}',
        b"[",
        b"\x89PNG\r\n" + bytes(100),
        a_zip("readme.json"),
        b"PK\x03\x04broken",
        b"\x81\x8d\x8f",
    ],
)
def test_what_is_none_of_these_is_refused_with_a_sentence(tmp_path, content):
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    with pytest.raises(ImportRefused, match=r"list\.csv"):
        read_companies(path)


def test_a_file_that_is_gone_is_told(tmp_path):
    with pytest.raises(ImportRefused, match="cannot be read"):
        read_companies(tmp_path / "none.csv")


def test_reading_can_be_ended(tmp_path):
    class Enough(Exception):
        pass

    def told(_done, _total):
        raise Enough

    for kind in (ListSource.DATENANFRAGEN, ListSource.JDM, ListSource.CSV):
        path = tmp_path / kind
        path.write_bytes(KINDS[kind])
        with pytest.raises(Enough):
            read_companies(path, None, told)
