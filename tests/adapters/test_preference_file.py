# SPDX-License-Identifier: Apache-2.0
"""The settings file: replaced whole, private, and never in the way."""

from __future__ import annotations

import os
import stat

import pytest

from optout_desktop.adapters.preference_file import LARGEST_BYTES, JsonPreferenceFile


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config" / "settings.json"


@pytest.fixture
def file(path):
    return JsonPreferenceFile(path)


def test_what_was_saved_is_loaded(file):
    values = {"theme": "dark", "lock_minutes": 5, "single_keys": True, "last_vault": "/größe/\udcff.optout"}
    file.save(values)

    assert file.load() == values


def test_a_second_saving_replaces_the_first_and_leaves_nothing_beside_it(file, path):
    file.save({"theme": "dark"})
    file.save({"language": "de"})

    assert file.load() == {"language": "de"}
    assert [one.name for one in path.parent.iterdir()] == ["settings.json"]


def test_only_its_owner_may_read_it(file, path):
    file.save({"theme": "dark"})

    assert os.name != "posix" or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_where_there_is_none_it_is_empty(file):
    assert file.load() == {}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"3", b"\xff\xfe\x00", b"[" * 50_000, b'{"a": "' + b"x" * LARGEST_BYTES]
)
def test_what_cannot_be_read_counts_as_empty(file, path, content):
    path.parent.mkdir()
    path.write_bytes(content)

    assert file.load() == {}


def test_a_folder_that_cannot_be_made_stops_nobody(tmp_path):
    (tmp_path / "taken").write_text("a file")
    file = JsonPreferenceFile(tmp_path / "taken" / "settings.json")
    file.save({"theme": "dark"})

    assert file.load() == {}
