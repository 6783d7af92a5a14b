# SPDX-License-Identifier: Apache-2.0
"""Tables that people hand in: encodings, delimiters, and what is no table."""

from __future__ import annotations

import pytest

from optout_desktop.adapters import tables_in
from optout_desktop.adapters.tables_in import normalised, open_table, rows_of, without_guard
from optout_desktop.domain.errors import ImportRefused

TEXT = "name;e-mail\nGröße & Söhne;a@groesse.example\n"


def cells_of(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in rows_of(open_table(content, "list.csv"))]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
)
def test_umlauts_survive_every_encoding_that_can_be_told(content):
    assert cells_of(content) == [("name", "e-mail"), ("Größe & Söhne", "a@groesse.example")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_the_rows_alike(delimiter):
    rows = [["name", "note", "mail"], ["A", "one. two", "a@a.example"], ["B", "-", "b@b.example"]]
    content = "\n".join(delimiter.join(row) for row in rows).encode()

    assert cells_of(content) == [tuple(row) for row in rows]


def test_a_row_that_is_quoted_as_a_whole_is_taken_apart():
    content = b'no|name|town|\n1|Acme|Salem OR|\n"2|Fabrikam, Inc|Bend, OR|"\n'

    assert cells_of(content)[-1] == ("2", "Fabrikam, Inc", "Bend, OR", "")


def test_a_row_knows_the_line_that_it_begins_on():
    rows = rows_of(open_table(b'a,b\n"one\ntwo",x\n\nlast,y\n', "list.csv"))

    assert [row.line for row in rows] == [1, 2, 5]


def test_nul_is_kept_out():
    assert cells_of(b"name,mail\nAc\0me and a long enough row,a@acme.example\n" * 20)[1][0].startswith("Acme")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (bytes(range(256)) * 40, "encoding"),
        ("name\nx".encode("utf-16-le") * 9, "encoding"),
        (b'a,b\n"' + b"x" * 140_000 + b'",y\n', "cell_too_long"),
        (b'a,b\n"' + b"x" * 70_000 + b'",y\n', "cell_too_long"),
        (b"a," * 101 + b"\n", "too_many_columns"),
    ],
)
def test_what_is_no_table_or_is_over_a_limit_is_refused(content, why):
    with pytest.raises(ImportRefused) as caught:
        cells_of(content)

    assert caught.value.why == why


def test_a_million_rows_are_refused_at_the_limit_and_with_its_line(monkeypatch):
    monkeypatch.setattr(tables_in, "MOST_ROWS", 100)

    with pytest.raises(ImportRefused, match="more than 100 rows") as caught:
        cells_of(b"a,b\n" * 1_000)

    assert caught.value.place == "101"


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(tables_in, "LARGEST_BYTES", 1024 * 1024)

    with pytest.raises(ImportRefused, match="more than 1 MB"):
        open_table(b"a" * (1024 * 1024 + 1), "list.csv")


def test_reading_can_be_ended_by_whoever_is_told():
    class Enough(Exception):
        pass

    def told(_done, _total):
        raise Enough

    with pytest.raises(Enough):
        list(rows_of(open_table(b"a,b\n", "list.csv"), told))


@pytest.mark.parametrize(
    ("cell", "plain"), [("'=1+1", "=1+1"), ("'+49 30", "+49 30"), ("'tis", "'tis"), ("'", "'"), ("x", "x")]
)
def test_the_guard_against_formulas_comes_off(cell, plain):
    assert without_guard(cell) == plain


def test_labels_are_compared_by_their_words():
    assert normalised("Data broker\u00a0name:") == normalised("DATA  Broker Name") == "data broker name"
