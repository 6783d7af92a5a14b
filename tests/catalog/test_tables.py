# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

from optout_desktop.catalog.files import TomlFile
from optout_desktop.catalog.tables import Table
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import CatalogError

TEXT = """name = "x"
blank = " "
number = 0
yes = true
day = 2026-11-22
words = ["email", "email"]
mixed = ["a", 1]
"""


def a_table():
    file = TomlFile.parse("x.toml", TEXT)
    return Table(file=file, content=file.table)


def test_each_kind_of_field_is_read():
    table = a_table()

    assert (table.text("name"), table.flag("yes"), table.day("day")) == ("x", True, date(2026, 11, 22))
    assert (table.text("absent", "plain"), table.flag("absent"), table.texts("absent")) == (
        "plain",
        False,
        (),
    )
    assert table.number_of("absent") is None


@pytest.mark.parametrize(
    ("ask", "problem"),
    [
        (lambda table: table.text("absent"), "absent: is missing"),
        (lambda table: table.text("blank"), "line 2: blank: must not be empty"),
        (lambda table: table.text("yes"), "line 4: yes: must be a text"),
        (lambda table: table.number_of("number"), "line 3: number: must be a whole number of at least 1"),
        (lambda table: table.number_of("yes"), "line 4: yes: must be a whole number"),
        (lambda table: table.day("name"), "line 1: name: must be a day"),
        (lambda table: table.word("name", Channel), "line 1: name: unknown word “x”"),
        (lambda table: table.words("words", Channel), "line 6: words: says the same word twice"),
        (lambda table: table.texts("mixed"), "line 7: mixed: must be a list of texts"),
        (lambda table: table.finish(), "line 1: name: unknown field"),
    ],
)
def test_a_field_that_is_wrong_is_refused_by_line_and_name(ask, problem):
    with pytest.raises(CatalogError) as raised:
        ask(a_table())

    assert problem in str(raised.value)
