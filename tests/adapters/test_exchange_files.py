# SPDX-License-Identifier: Apache-2.0
import pytest

from optout_desktop.adapters.exchange_files import ExchangeFiles
from optout_desktop.domain.errors import ImportRefused
from optout_desktop.domain.evidence import OpenedFile
from optout_desktop.domain.exchange import ImportSource
from tests.golden.exports.cases import HERE, exports

MINE = b'{"schema":1,"kind":"optout-requests","people":[],"companies":[],"requests":[],"rules":{}}'
ROWS = b"company,right,law\nNorthwind,access,eu-gdpr\n"
THEIRS = b"date;slug;recipient;email;reference;type;via\n"
PROCEEDINGS = b'{"state":{"proceedings":{}},"version":0}'


def read(content, source=None):
    file = OpenedFile(name="f", size_bytes=len(content), media_type="", pieces=iter([content]))
    return ExchangeFiles().read(file, source)


@pytest.mark.parametrize(
    ("content", "source"),
    [
        (MINE, ImportSource.JSON),
        (b"\xef\xbb\xbf" + MINE, ImportSource.JSON),
        (ROWS, ImportSource.CSV),
        (ROWS.decode().encode("utf-16"), ImportSource.CSV),
        (THEIRS, ImportSource.DATENANFRAGEN),
        (PROCEEDINGS, ImportSource.DATENANFRAGEN),
    ],
)
def test_a_file_is_told_by_what_it_says(content, source):
    assert read(content).source is source
    assert read(content, source).source is source


@pytest.mark.parametrize(
    ("content", "source"),
    [
        (b"", None),
        (b"{", None),
        (b'{"a":1,"a":2}', None),
        (b'{"a":NaN}', None),
        (b'{"a":' + b"9" * 40 + b"}", None),
        (b"[" * 100_000, None),
        (b"[" * 40 + b"]" * 40, None),
        (b"\xff\xfe\x00\xd8", None),
        (b"\x00" * 500, None),
        (b'{"kind":"optout-requests"}', None),
        (ROWS, ImportSource.JSON),
        (ROWS, ImportSource.DATENANFRAGEN),
        (MINE, ImportSource.DATENANFRAGEN),
        (PROCEEDINGS, ImportSource.JSON),
        (b"x" * (51 * 1024 * 1024), None),
    ],
    ids=range(15),
)
def test_what_cannot_be_read_is_refused_with_a_sentence(content, source):
    with pytest.raises(ImportRefused) as refused:
        read(content, source)

    assert str(refused.value).endswith((".", "files."))


def test_names_in_the_encoding_of_old_spreadsheets_are_read_and_said():
    document = read("company,right,law,created_on\nMühle,access,eu-gdpr,2026-03-02\n".encode("cp1252"))

    assert document.encoding == "cp1252"
    assert document.companies[0].name == "Mühle"


@pytest.mark.parametrize("name", ["requests.csv", "requests.json", "deadlines.ics"])
def test_what_is_written_is_what_was_looked_at(name):
    assert exports()[name] == (HERE / name).read_bytes()
