# SPDX-License-Identifier: Apache-2.0
"""Tables in every dress (SECURITY I-05, I-06): what goes out begins no formula, what comes in is rows or a refusal."""

import codecs
import csv
import io
import itertools
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optout_desktop.adapters.directory_files import read_companies
from optout_desktop.adapters.exchange_files import ExchangeFiles
from optout_desktop.adapters.read_fields import plain
from optout_desktop.adapters.request_tables import COLUMNS, read_table, table_file
from optout_desktop.adapters.tables_in import LONGEST_CELL_CHARS, open_table, rows_of
from optout_desktop.domain.companies import Company
from optout_desktop.domain.errors import ImportRefused
from optout_desktop.domain.evidence import OpenedFile
from optout_desktop.domain.exchange import OutgoingRequest
from tests.builders import a_person, a_request, an_overview, sent

TRIGGERS = tuple("=+-@＝＋－＠\t\r\n")
FILES = ExchangeFiles()

# ── out (I-05) ───────────────────────────────────────────────────────────────────────────────────────

TEXTS_AT_ONCE = 20
CELLS = st.text(
    alphabet=st.one_of(
        st.sampled_from("=+-@＝＋－＠\t\r\n\0'\",;|: \u00a0\u2028\u2029\u0085\x0b\x0c\x1c\ufeff\u202e\u3000"),
        st.characters(),
    ),
    max_size=8,
)


def out(number, text):
    """A request that says ``text`` in every place where a person or a file can put words."""
    id_ = f"{number:032x}"
    request = a_request(
        (sent(),), id=id_, company_name=f"{text}.", to_address=text, reference=f"{text}.", person=id_
    )
    person = a_person(f"{text}.", id=id_, emails=(text,))
    return OutgoingRequest(request=request, person=person, overview=an_overview(id=id_), note=text)


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(CELLS, min_size=TEXTS_AT_ONCE, max_size=TEXTS_AT_ONCE))
def test_of_ten_thousand_texts_no_cell_begins_a_formula_and_each_comes_back(texts):
    content = b"".join(table_file([out(*one) for one in enumerate(texts)], has_bom=True))
    cells = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    document = read_table(open_table(content, "requests.csv"))
    kept = [text.replace("\0", "").encode("utf-8", "replace").decode() for text in texts]
    whole = [plain(text, is_long=True) for text in kept]
    short = [plain(text) for text in kept]

    assert [len(row) for row in cells] == [len(COLUMNS)] * (len(texts) + 1)
    assert not any(
        cell.lstrip().startswith(TRIGGERS) or cell.startswith(TRIGGERS) for cell in itertools.chain(*cells)
    )
    assert not any("\0" in cell for cell in itertools.chain(*cells))
    assert document.unusable == ()
    assert [one.note for one in document.requests] == whole
    assert [one.request.to_address for one in document.requests] == whole
    assert [one.request.reference for one in document.requests] == [f"{text}." for text in short]
    assert [one.request.company_name for one in document.requests] == [f"{text}.".strip() for text in short]
    assert [person.name for person in document.people] == [f"{text}." for text in short]


# ── in (I-06) ────────────────────────────────────────────────────────────────────────────────────────

ROWS = (
    ("name", "email", "note"),
    ("Größe & Söhne", "privacy@groesse.example", 'says "no", often'),
    ("Acme; Inc", "rights@acme.example", "one|two\tthree"),
    ("Café Zoë", "dpo@cafe.example", "=1+1"),
)
ENCODINGS = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "UTF-16": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "UTF-16, high byte first": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "Windows-1252": lambda text: text.encode("cp1252"),
}
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
LINE_ENDS = {"LF": "\n", "CR LF": "\r\n", "CR": "\r"}
QUOTES = {"few quotes": csv.QUOTE_MINIMAL, "all quoted": csv.QUOTE_ALL}
DRESSES = list(itertools.product(ENCODINGS, DELIMITERS, LINE_ENDS, QUOTES))


def written(rows, delimiter=",", line_end="\n", quoting=csv.QUOTE_MINIMAL):
    page = io.StringIO(newline="")
    csv.writer(page, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(rows)
    return page.getvalue()


@pytest.mark.parametrize(("encoding", "delimiter", "line_end", "quoting"), DRESSES)
def test_the_same_table_in_every_dress_has_the_same_rows(encoding, delimiter, line_end, quoting):
    text = written(ROWS, DELIMITERS[delimiter], LINE_ENDS[line_end], QUOTES[quoting])
    rows = rows_of(open_table(ENCODINGS[encoding](text), "list.csv"))

    assert [row.cells for row in rows] == list(ROWS)


TEXT = written(ROWS)
HEAD = "name,email,note\n"
GOOD = "Acme,rights@acme.example,\n"
ODD = {
    # encodings
    **{
        f"as {encoding}": TEXT.encode(encoding, "replace")
        for encoding in (
            "utf-16-le",
            "utf-16-be",
            "utf-32",
            "utf-32-be",
            "utf-7",
            "cp037",
            "cp437",
            "mac-roman",
        )
    },
    **{
        f"as {encoding}": "名前,email\n株式会社,a@acme.example\n".encode(encoding)
        for encoding in ("shift-jis", "euc-jp", "gb18030", "iso2022-jp")
    },
    "as Latin-2": "name,email\nŻółć,a@acme.example\n".encode("iso8859-2"),
    "as KOI8-R": "name,email\nПривет,a@acme.example\n".encode("koi8-r"),
    "bytes of no encoding": HEAD.encode() + b"\x81\x8d\x8f\x90\x9d,a@acme.example,\n",
    "half a letter at the end": HEAD.encode() + "Größ".encode()[:-1],
    "half a UTF-16 letter": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le") + b"\x41",
    "a lone surrogate in UTF-16": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le") + b"\x00\xd8",
    "an overlong letter": HEAD.encode() + b"\xc0\xaf,a@acme.example,\n",
    "a surrogate in UTF-8": HEAD.encode() + b"\xed\xa0\x80,a@acme.example,\n",
    "mark alone": codecs.BOM_UTF8,
    "UTF-16 mark alone": codecs.BOM_UTF16_LE,
    "marks twice": codecs.BOM_UTF8 * 2 + TEXT.encode(),
    "a mark in the middle": TEXT.encode() + codecs.BOM_UTF8 + GOOD.encode(),
    # nothing, or no table
    "nothing": b"",
    "one byte": b"x",
    "line ends alone": b"\r\n\n\r\n\r",
    "blanks alone": b"   \n \t \n",
    "delimiters alone": b",,,,\n,,,,\n",
    "quotes alone": b'"""""""\n"""""',
    "NULs alone": bytes(3_000),
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20,
    "a program": b"MZ\x90\0\3\0\0\0" + bytes(500),
    "a page": b"<!doctype html><html><body><table><tr><td>name</td></tr></table>",
    "a workbook": b"PK\x03\x04" + bytes(200),
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "JSON": b'{"name": "Acme"}',
    "a list of nothing": b"[]",
    "half of JSON": b'[{"name": "Acme"',
    "no label that is known": b"alpha,beta\n1,2\n",
    "labels alone": HEAD.encode(),
    "label alone": b"name",
    "labels twice": b"name,name,email,email\nA,B,a@acme.example,b@acme.example\n",
    "labels below 24 rows": b"x,y,z\n" * 24 + HEAD.encode() + GOOD.encode(),
    "labels below 30 rows": b"x,y,z\n" * 30 + HEAD.encode() + GOOD.encode(),
    # NUL and control characters
    "NUL in a cell": (HEAD + GOOD * 30).encode() + b"Ac\0me,a@acme.example,\n",
    "NUL between lines": (HEAD + GOOD * 30).encode() + b"\0\n\0\n",
    "NUL for a delimiter": b"name\0email\nAcme\0a@acme.example\n",
    "escape": (HEAD + "Ac\x1b[2Jme,a@acme.example,\x07\n").encode(),
    "line turned round": (HEAD + "Acme\u202egpj,a@acme.example,\u2066x\n").encode(),
    "end of a DOS file": (HEAD + GOOD).encode() + b"\x1a",
    "vertical tabs": (HEAD + "Ac\x0bme,a@acme.example,\x0c\n").encode(),
    "Unicode's line ends": (HEAD + "Ac\u2028me\u2029,a@acme.example,\u0085\n").encode(),
    # rows
    "ragged": b"name,email,note\nA\nB,b@acme.example\nC,c@acme.example,x,y,z,1,2,3\n,\n",
    "100 columns": b"name,email," + b"," * 97 + b"\nAcme,a@acme.example" + b"," * 98 + b"\n",
    "101 columns": b"name,email," + b"," * 98 + b"\nAcme,a@acme.example" + b"," * 99 + b"\n",
    "10,000 columns": b"name,email\n" + b"x," * 10_000 + b"\n",
    "delimiters that change": b"name;email\nA;a@acme.example\nB,b@acme.example\nC\tc@acme.example\n",
    "a delimiter nobody uses": b"name:email\nAcme:a@acme.example\n",
    "a line that names the delimiter": b"sep=;\nname;email\nAcme;a@acme.example\n",
    "line ends of every kind": b"name,email\rA,a@acme.example\r\nB,b@acme.example\n\rC,c@acme.example\n\n",
    "CR in a bare cell": b"name,email\nA\rB,a@acme.example\n",
    "CR in a quoted cell": b'name,email\n"A\rB",a@acme.example\n',
    "formulas": (
        HEAD + '=1+1,a@acme.example,"=HYPERLINK(""http://x"")"\n@x,+1,-2\n＝1,a@b.example,\t=2\n'
    ).encode(),
    "guards": (HEAD + "'=1+1,'a@acme.example,'\n''x,b@acme.example,'=\n").encode(),
    "the same row twice": (HEAD + GOOD * 2).encode(),
    "the same address in two names": (HEAD + GOOD + "Other,rights@acme.example,\n").encode(),
    "a name of 301 letters": (HEAD + "x" * 301 + ",a@acme.example,\n").encode(),
    "20,000 addresses in a cell": (HEAD + 'A,"' + "a@acme.example;" * 4_000 + '",\n').encode(),
    "an address of 10,000 letters": (HEAD + f"A,{'a' * 10_000}@acme.example,\n").encode(),
    "addresses that want to be two": (
        HEAD + 'A,"a@acme.example,b@evil.example",\nB,a@b@c.example,\n'
    ).encode(),
    "an address with a line end": (HEAD + 'A,"a@acme.example\r\nBcc: eve@example.org",\n').encode(),
    # quotes
    "a quote that nobody closed": (HEAD + '"Acme,a@acme.example,x\n' + GOOD * 50).encode(),
    "a quote that nobody closed, at the end": (HEAD + GOOD + '"Acme').encode(),
    "text behind a quote": (HEAD + '"Ac"me,a@acme.example,\n').encode(),
    "a quote within": (HEAD + 'Ac"me,a@acme.example,"\n').encode(),
    "quotes in quotes": (HEAD + '"""Acme""",a@acme.example,""""\n').encode(),
    "rows quoted as a whole": b'name|email\n"Acme|a@acme.example"\n',
    "other quotes": (HEAD + "'Acme','a@acme.example','x'\n“Acme”,a@b.example,\n").encode(),
    # cells
    **{
        f"a cell of {size:,} letters": (HEAD + f"Acme,a@acme.example,{'x' * size}\n").encode()
        for size in (LONGEST_CELL_CHARS, LONGEST_CELL_CHARS + 1, 131_071, 131_072, 131_073, 1_000_000)
    },
    "a quoted cell of a million letters": (HEAD + f'Acme,a@acme.example,"{"x" * 1_000_000}"\n').encode(),
    "a label of a million letters": (f"name,{'x' * 1_000_000}\n" + GOOD).encode(),
    "one line of a million letters": b"x" * 1_000_000,
    "a million line ends": b"\n" * 1_000_000,
    "a million empty rows": HEAD.encode() + b",,\n" * 300_000,
    "a million quotes": HEAD.encode() + b'"' * 1_000_000,
}
"""Tables that nobody means well with."""
REFUSED = {
    *(
        "as utf-16-le",
        "as utf-16-be",
        "as utf-32",
        "as utf-32-be",
        "bytes of no encoding",
        "half a UTF-16 letter",
    ),
    *("a lone surrogate in UTF-16", "mark alone", "UTF-16 mark alone", "nothing", "one byte", "NULs alone"),
    *("a picture", "a program", "a workbook", "an old workbook", "JSON", "a list of nothing", "half of JSON"),
    *("no label that is known", "labels below 30 rows", "101 columns", "10,000 columns", "quotes alone"),
    *("a quote that nobody closed", "a million quotes"),
    *(
        f"a cell of {size:,} letters"
        for size in (LONGEST_CELL_CHARS + 1, 131_071, 131_072, 131_073, 1_000_000)
    ),
    *("a quoted cell of a million letters", "a label of a million letters", "one line of a million letters"),
}
"""Those of which nothing may be taken."""


def opened(content):
    return OpenedFile(
        name="requests.csv", size_bytes=len(content), media_type="text/csv", pieces=iter([content])
    )


def companies(path, content):
    """What is taken from a list, and what was left out; None where it was refused."""
    path.write_bytes(content)
    try:
        found = read_companies(path)
    except ImportRefused as error:
        require_sentence(error)
        return None
    return found


def require_sentence(error):
    sentence = str(error)

    assert sentence.isprintable()
    assert sentence.endswith(".")
    assert len(sentence) < 400


STEERING = {"Cc", "Cs", "Zl", "Zp"}
REORDERING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def require_plain(company: Company):
    told = [company.name, *company.aliases, *company.domains, *(one.value for one in company.contacts)]

    assert company.name.strip()
    assert not STEERING.intersection(
        unicodedata.category(char) for text in told for char in text if char != "\n"
    )
    assert not REORDERING.intersection(itertools.chain(*told))


def test_there_are_enough_of_them():
    assert len(DRESSES) + len(ODD) >= 200
    assert set(ODD) >= REFUSED


@pytest.mark.parametrize("name", ODD)
def test_an_odd_list_of_companies_is_rows_or_a_refusal_and_what_is_taken_is_plain(tmp_path, name):
    found = companies(tmp_path / "list.csv", ODD[name])

    assert (found is None) >= (name in REFUSED)
    for listed in found.companies if found else ():
        require_plain(listed.company)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_table_of_requests_is_rows_or_a_refusal(name):
    head = ",".join(COLUMNS).encode()
    for content in (ODD[name], ODD[name].replace(HEAD.encode(), head + b"\n")):
        try:
            document = FILES.read(opened(content))
        except ImportRefused as error:
            require_sentence(error)
        else:
            assert document.requests == ()


CELL = st.one_of(
    st.sampled_from(
        [
            "name",
            "email",
            "Acme",
            "a@acme.example",
            '"',
            '""',
            "'=1",
            "=1",
            "",
            "x" * 200,
            "https://acme.example/x",
        ]
    ),
    CELLS,
)
JUNK = st.lists(st.lists(CELL, max_size=5).map(",".join), max_size=6).map(
    lambda lines: ("name,email,website\n" + "\n".join(lines)).encode("utf-8", "surrogatepass")
)


@settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.one_of(JUNK, st.binary(max_size=300)))
def test_whatever_bytes_are_handed_in_they_are_rows_or_a_refusal(tmp_path_factory, content):
    found = companies(tmp_path_factory.getbasetemp() / "junk.csv", content)

    for listed in found.companies if found else ():
        require_plain(listed.company)
