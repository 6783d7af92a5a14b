# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import pytest

from optout_desktop.catalog.letter_files import members, read_table, table, texts, whole
from optout_desktop.domain.errors import CatalogError
from optout_desktop.domain.letters import Tone


def missing(path: Path) -> bytes:
    raise FileNotFoundError(path)


@pytest.mark.parametrize(
    ("read", "field"),
    [
        (missing, "file"),
        (lambda _: b"a = [", "file"),
        (lambda _: b"\xff", "file"),
        (lambda _: b"a = 1\nc = 1", "file.c"),
        (lambda _: b"", "a"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_names_its_field(read, field):
    with pytest.raises(CatalogError) as caught:
        read_table(read, Path("words.toml"), {"a"}, {"b"}, name="de/words.toml")

    assert (caught.value.file, caught.value.field) == ("de/words.toml", field)


def test_a_file_may_leave_out_what_is_optional():
    assert read_table(lambda _: b"a = 1", Path("x.toml"), {"a"}, {"b"}) == {"a": 1}


@pytest.mark.parametrize(
    "read",
    [
        lambda: texts("f", "x", "abc"),
        lambda: texts("f", "x", ["a", ""]),
        lambda: texts("f", "x", ["a"], 2),
        lambda: table("f", "x", []),
        lambda: whole("f", "x", 0),
        lambda: whole("f", "x", "1"),
        lambda: members("f", "x", Tone, ["loud"]),
    ],
)
def test_a_value_of_another_kind_is_refused(read):
    with pytest.raises(CatalogError) as caught:
        read()

    assert caught.value.field == "x"


def test_words_of_a_vocabulary_come_out_as_its_members():
    assert members("f", "x", Tone, ["firm"]) == (Tone.FIRM,)
