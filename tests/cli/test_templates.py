# SPDX-License-Identifier: Apache-2.0
import pytest


@pytest.fixture
def block(tmp_path):
    def write(text):
        file = tmp_path / "mine.liquid"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    return write


def test_a_block_that_can_be_filled_is_good(bare, block):
    answer = bare.type("template", "check", block("Dear {{ company_name }},"))

    assert (answer.status, answer.out, answer.err) == (0, "mine.liquid can be filled.\n", "")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Hello\n{{ compny_name }}",
            "mine.liquid, line 2: there is no fact called “compny_name”. Did you mean",
        ),
        ("{% if kind %}", "mine.liquid"),
        ("a\n\n{% render 'x' %}", "mine.liquid, line 3: there is no tag called “render”."),
        ("{{ kind | shout }}", "mine.liquid, line 1: "),
        ("\n{{ kind", "mine.liquid, line 2: “{{” is not closed."),
    ],
)
def test_a_fault_is_told_with_its_place(bare, block, text, place):
    answer = bare.type("template", "check", block(text))

    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith(place)


def test_programs_get_the_line(bare, block):
    answer = bare.type("template", "check", block("a\n{{ nobody }}"), "--json")

    assert answer.status == 1
    assert (answer.data["is_usable"], answer.data["line"]) == (False, 2)


def test_what_is_no_text_is_refused(bare, block, tmp_path):
    assert "no UTF-8" in bare.type("template", "check", block(b"\xff\xfe")).err
    assert "65,536 are allowed" in bare.type("template", "check", block("x" * 70_000)).err
    assert bare.type("template", "check", tmp_path / "none.liquid").status == 1
    assert "Letters are written in" in bare.type("template", "check", block("x"), "--language", "tlh").err
