# SPDX-License-Identifier: Apache-2.0
import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout_desktop.adapters.request_tables import COLUMNS, guarded, read_table, table_file, unguarded
from optout_desktop.adapters.tables_in import open_table
from optout_desktop.domain.errors import ImportRefused
from optout_desktop.domain.exchange import OutgoingRequest, Problem
from optout_desktop.domain.requests import EventKind
from tests.builders import DAY, a_person, a_request, an_event, an_overview, sent

HEADER = ",".join(COLUMNS)
TRIGGERS = "=+-@＝＋－＠\t\r\n"


def out(request, note="") -> OutgoingRequest:
    person = a_person(id=request.person)
    return OutgoingRequest(request=request, person=person, overview=an_overview(id=request.id), note=note)


def written(*requests, has_bom=True) -> bytes:
    return b"".join(table_file(requests, has_bom=has_bom))


def read(text: str):
    return read_table(open_table(text.encode(), "requests.csv"))


def a_row(**cells) -> str:
    plain = {
        "company": "Northwind",
        "right": "access",
        "law": "eu-gdpr",
        "person": "Jane Example",
        "created_on": "2026-03-02",
        "sent_on": "2026-03-02",
    }
    said = plain | cells
    page = io.StringIO()
    csv.writer(page).writerow([said.get(name, "") for name in COLUMNS])
    return f"{HEADER}\n{page.getvalue()}"


@given(st.text())
def test_a_cell_never_begins_a_formula_and_comes_back_exactly(text):
    cell = guarded(text)

    assert cell[:1] not in set(TRIGGERS)
    assert cell.lstrip()[:1] not in set(TRIGGERS)
    assert unguarded(cell) == text.replace("\0", "")


@given(st.text(alphabet=st.one_of(st.sampled_from(f"{TRIGGERS}'\0\",; "), st.characters()), max_size=20))
def test_texts_that_look_like_formulas_come_back_exactly_from_a_file(text):
    plain = "".join(
        char for char in text if char >= " " and not "\ud800" <= char <= "\udfff" and char != "\x7f"
    )
    [row] = list(
        csv.reader(io.StringIO(written(out(a_request(), note=plain), has_bom=False).decode(), newline=""))
    )[1:]
    cell = row[COLUMNS.index("note")]

    assert unguarded(cell) == plain
    assert not cell.startswith(tuple(TRIGGERS))


def test_every_cell_is_quoted_and_lines_end_as_rfc_4180_says():
    content = written(out(a_request((sent(),))), has_bom=False)

    assert content.startswith(b'"id","reference",')
    assert content.endswith(b'"\r\n')
    assert content.count(b"\r\n") == 2


def test_the_mark_for_spreadsheets_is_there_only_where_it_is_wished_for():
    assert written(has_bom=True).startswith(b"\xef\xbb\xbf")
    assert not written(has_bom=False).startswith(b"\xef\xbb\xbf")


def test_sending_answer_and_closing_come_back():
    on = DAY + timedelta(days=8)
    request = a_request(
        (
            sent(),
            an_event(EventKind.EXTENDED, on, until=on + timedelta(days=60), reason="busy"),
            an_event(EventKind.CLOSED, on + timedelta(days=1), reason="withdrawn"),
        )
    )
    document = read_table(open_table(written(out(request, note="=1+1")), "requests.csv"))
    [one] = document.requests

    assert document.unusable == ()
    assert [(each.kind, each.on, each.until, each.reason) for each in one.request.events] == [
        (each.kind, each.on, each.until, each.reason) for each in request.events
    ]
    assert (one.request.id, one.request.reference, one.note) == (request.id, request.reference, "=1+1")
    assert document.people[0].name == "Jane Example"
    assert document.companies[0].id == request.company


def test_a_row_without_an_id_is_the_same_request_whenever_it_is_read():
    first, second = read(a_row()), read(a_row())

    assert first.requests[0].request == second.requests[0].request
    assert first.people == second.people


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"right": "fly"}, Problem.UNKNOWN_WORD),
        ({"company": ""}, Problem.MISSING),
        ({"law": ""}, Problem.MISSING),
        ({"created_on": "", "sent_on": ""}, Problem.MISSING),
        ({"sent_on": "02.03.2026"}, Problem.NOT_A_DAY),
        ({"sent_on": "9999-12-31"}, Problem.NOT_A_DAY),
        ({"residence": "Bavaria"}, Problem.NOT_A_PLACE),
        ({"id": "1' OR 1=1"}, Problem.NOT_AN_ID),
        ({"answer": "sent"}, Problem.UNKNOWN_WORD),
        ({"answer": "completed"}, Problem.MISSING),
        ({"answer": "extended", "answered_on": "2026-03-09"}, Problem.MISSING),
        ({"reference": "x" * 1001}, Problem.TOO_LONG),
    ],
)
def test_a_row_that_cannot_be_used_is_listed_with_its_line(cells, problem):
    document = read(a_row(**cells))
    [one] = document.unusable

    assert document.requests == ()
    assert (one.place, one.problem) == ("line 2", problem)


@pytest.mark.parametrize(
    "text",
    ["", "a,b\n1,2\n", f'{HEADER}\n"open', f"{HEADER}\n{',' * 200}x\n", f"{HEADER}\n{'x' * 70_000}\n"],
)
def test_what_is_no_such_table_is_refused_as_a_whole(text):
    with pytest.raises(ImportRefused) as refused:
        read(text)

    assert "changed" in str(refused.value)


def test_more_rows_than_the_limit_are_refused():
    line = "x,access,eu-gdpr\n"

    with pytest.raises(ImportRefused) as refused:
        read("company,right,law\n" + line * 200_001)

    assert refused.value.why == "too_large"
