# SPDX-License-Identifier: Apache-2.0
"""Every connection proves that what it opens is really encrypted."""

from __future__ import annotations

import os

import pytest
from sqlcipher3 import dbapi2

from optout_desktop.domain.errors import VaultDamaged, VaultError, VaultNotEncrypted
from optout_desktop.storage.cipher import (
    connect_for_reading,
    connect_for_writing,
    meaning,
    switch_to_our_writing,
)
from optout_desktop.storage.vault_files import make_private_file
from tests.storage import notebook


class WrittenWrongly:
    """A key whose statement is not the one it should be."""

    vault = notebook.VAULT_ID

    def __init__(self, statement):
        self.statement = statement

    def pragma(self):
        return self.statement


@pytest.fixture
def empty(tmp_path):
    os.close(make_private_file(tmp_path / "database"))
    return tmp_path / "database"


def test_a_forgotten_key_is_noticed_before_anything_is_written(empty):
    with pytest.raises(VaultNotEncrypted):
        connect_for_writing(empty, WrittenWrongly("SELECT 1"))

    assert empty.read_bytes() == b""


def test_without_the_proof_a_forgotten_key_would_write_plain_text(empty):
    connection = dbapi2.connect(str(empty))
    connection.execute("CREATE TABLE t (a)")
    connection.close()

    assert empty.read_bytes().startswith(b"SQLite format 3\0")


def test_a_malformed_raw_key_would_be_taken_as_a_passphrase_and_opens_no_vault(folder):
    notebook.written(folder, 1)

    with pytest.raises(VaultDamaged):
        connect_for_reading(folder / "vault.optout", WrittenWrongly("PRAGMA key = \"x'1234'\""))


def test_a_connection_for_reading_changes_nothing_and_makes_no_file(folder):
    notebook.written(folder, 1)
    before = (folder / "vault.optout").read_bytes()
    connection = connect_for_reading(folder / "vault.optout", notebook.a_key())

    with pytest.raises(dbapi2.OperationalError, match="readonly"):
        connection.execute("DELETE FROM lines")

    connection.close()
    assert (folder / "vault.optout").read_bytes() == before
    assert not (folder / "vault.optout-wal").exists()


def test_a_connection_that_cannot_write_ahead_is_refused(folder):
    notebook.written(folder, 1)
    connection = connect_for_reading(folder / "vault.optout", notebook.a_key())

    with pytest.raises((VaultError, dbapi2.OperationalError)):
        switch_to_our_writing(connection)

    connection.close()


@pytest.mark.parametrize("words", ["database or disk is full", "disk I/O error", "file is not a database"])
def test_an_error_without_a_number_is_known_by_its_words(words):
    assert meaning(dbapi2.OperationalError(words)) is not None


def test_a_wrong_statement_says_nothing_about_the_file():
    assert meaning(dbapi2.OperationalError('near "x": syntax error')) is None
