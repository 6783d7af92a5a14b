# SPDX-License-Identifier: Apache-2.0
"""A person in a file, as somebody may have written it."""

import json

import pytest

JANE = {
    "name": "Jane Doe",
    "emails": ["jane@example.org"],
    "phones": ["+12025550123"],
    "addresses": [
        {
            "lines": ["12 Linden Street"],
            "postcode": "94105",
            "city": "San Francisco",
            "region": "CA",
            "country": "US",
        }
    ],
    "place": "US-CA",
    "language": "en",
}
SALE = ("letter", "--law", "us-ca-ccpa", "--right", "optout_sale", "--company", "google")


@pytest.fixture
def jane(tmp_path):
    """Writes a person file, with changes; None takes a field away."""

    def write(**changes):
        told = {name: value for name, value in {**JANE, **changes}.items() if value is not None}
        file = tmp_path / "jane.json"
        file.write_text(json.dumps(told), encoding="utf-8")
        return file

    return write


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": None}, "name: It is missing."),
        ({"name": 7}, "name: It is no text."),
        ({"name": "Jane\nBcc: x"}, "name: It holds a line break"),
        ({"name": "x" * 201}, "name: It has 201 characters"),
        ({"emails": "jane@example.org"}, "emails: It is no list."),
        ({"emails": ["jane"]}, "emails[0]: “jane” is missing an @"),
        ({"emails": ["j@example.org"] * 21}, "emails: It holds 21 entries"),
        ({"phones": ["banana"]}, "phones[0]:"),
        ({"place": "XX"}, "place:"),
        ({"place": None}, "place: It is missing."),
        ({"addresses": [{"city": "Rome"}]}, "addresses[0].lines: It is no list."),
        ({"addresses": [{"lines": ["a"], "zip": "1"}]}, "zip: There is no such field."),
        ({"shoe_size": 42}, "shoe_size: There is no such field."),
    ],
)
def test_a_bad_person_file_is_refused_with_its_field(bare, jane, changes, field):
    answer = bare.type(*SALE, "--person-file", jane(**changes))

    assert (answer.status, answer.out) == (1, "")
    assert f"The person file, {field}" in answer.err


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "It is no JSON (line 1)."),
        (b"[]", "It is no JSON object."),
        (b"\xff\xfe", "It is no UTF-8 text."),
        (b'{"name": "a", "name": "b"}', "A field stands there twice."),
        (b"[" * 60_000, "It is nested too deep."),
        (b" " * 70_000, "It has 70,000 bytes"),
    ],
)
def test_a_person_file_that_is_none_is_refused(bare, tmp_path, content, sentence):
    file = tmp_path / "p.json"
    file.write_bytes(content)
    answer = bare.type(*SALE, "--person-file", file)

    assert (answer.status, answer.out) == (1, "")
    assert sentence in answer.err
