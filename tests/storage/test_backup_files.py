# SPDX-License-Identifier: Apache-2.0
"""The backup as one file."""

from __future__ import annotations

import stat
from datetime import UTC, datetime

import pytest

from optout_desktop.domain.errors import BackupUnusable
from optout_desktop.storage.backup_files import header_of, unwrap, wrap
from tests.storage import notebook

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def wrapped(tmp_path):
    (tmp_path / "database").write_bytes(bytes(range(256)) * 5000)
    path = tmp_path / "one.optoutbak"
    wrap(tmp_path / "database", path, slots=notebook.sealed_slots(), made_at=NOON, made_by="1.2")
    return path


def test_what_was_wrapped_is_unwrapped(wrapped, tmp_path):
    header = unwrap(wrapped, tmp_path / "again")

    assert (tmp_path / "again").read_bytes() == (tmp_path / "database").read_bytes()
    assert header == header_of(wrapped)
    assert (header.made_at, header.made_by, header.slots) == (NOON, "1.2", notebook.sealed_slots())
    assert stat.S_IMODE(wrapped.stat().st_mode) == 0o600


@pytest.mark.parametrize("change", [lambda content: content + b"x", lambda content: content[:-1] + b"x"])
def test_a_longer_or_changed_file_is_refused(wrapped, tmp_path, change):
    wrapped.write_bytes(change(wrapped.read_bytes()))

    with pytest.raises(BackupUnusable, match="too early or was changed"):
        unwrap(wrapped, tmp_path / "again")
