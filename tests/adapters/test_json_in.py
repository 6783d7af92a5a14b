# SPDX-License-Identifier: Apache-2.0
"""JSON that people hand in: what is read, and what is refused as a whole."""

from __future__ import annotations

import pytest

from optout_desktop.adapters import json_in
from optout_desktop.adapters.json_in import DEEPEST, read_json
from optout_desktop.domain.errors import ImportRefused


def nested(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


def test_plain_values_come_back():
    assert read_json(b'\xef\xbb\xbf{"a": [1, -2, 1.5, null, "\xc3\xbc"]}', "x.json") == {
        "a": [1, -2, 1.5, None, "ü"]
    }


def test_the_deepest_that_is_read_and_one_more():
    assert read_json(nested(DEEPEST), "x.json")

    with pytest.raises(ImportRefused, match="nested deeper than 32"):
        read_json(nested(DEEPEST + 2), "x.json")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b"[Infinity]",
        b"[9007199254740993]",
        b"[" + b"9" * 5_000 + b"]",
        nested(100_000),
        b'{"a":' * 50_000,
    ],
)
def test_what_is_no_json_or_not_within_limits_is_refused(content):
    with pytest.raises(ImportRefused, match=r"^x\.json"):
        read_json(content, "x.json")


def test_too_many_names_and_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(json_in, "MOST_KEYS", 3)
    with pytest.raises(ImportRefused, match="more than 3 named"):
        read_json(b'[{"a":1,"b":2},{"a":1,"b":2}]', "x.json")
    monkeypatch.setattr(json_in, "LARGEST_BYTES", 1024 * 1024)

    with pytest.raises(ImportRefused, match="more than 1 MB"):
        read_json(b" " * (1024 * 1024 + 1), "x.json")
