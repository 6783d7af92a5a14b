# SPDX-License-Identifier: Apache-2.0
"""The key of the database is shown to SQLCipher alone, and overwritten."""

from __future__ import annotations

import copy
import pickle

import pytest

from optout_desktop.storage.data_key import DataKey, VaultId, new_vault_id


def test_a_fresh_key_has_32_bytes_and_never_the_same():
    first, second = DataKey.fresh(new_vault_id()), DataKey.fresh(new_vault_id())

    assert len(first.exposed()) == 32
    assert first.exposed() != second.exposed()


def test_the_statement_for_the_cipher_has_64_and_32_digits():
    key = DataKey(VaultId("ab" * 16), bytearray(b"\x01" * 32))

    assert key.pragma() == f"PRAGMA key = \"x'{'01' * 32}{'ab' * 16}'\""


@pytest.mark.parametrize(
    ("vault", "length"), [("ab" * 16, 31), ("ab" * 16, 33), ("ab" * 16, 0), ("ab" * 15, 32)]
)
def test_a_malformed_key_is_refused_since_it_would_be_taken_as_a_passphrase(vault, length):
    with pytest.raises(ValueError, match="32"):
        DataKey(VaultId(vault), bytearray(length))


def test_wiping_overwrites_the_bytes_in_place():
    content = bytearray(b"\x07" * 32)
    key = DataKey(new_vault_id(), content)

    key.wipe()
    key.wipe()

    assert content == bytearray(32)
    assert key.is_wiped


def test_a_wiped_key_opens_nothing():
    key = DataKey.fresh(new_vault_id())
    key.wipe()

    with pytest.raises(ValueError, match="wiped"):
        key.pragma()


def test_a_copy_outlives_the_wiping_of_the_first():
    key = DataKey.fresh(new_vault_id())
    other = key.copy()
    shown = bytes(key.exposed())

    key.wipe()

    assert other.exposed() == shown


@pytest.mark.parametrize("show", [repr, str, "{}".format, lambda key: repr([key])])
def test_a_key_is_never_shown(show):
    key = DataKey.fresh(new_vault_id())

    assert "DataKey(…)" in show(key)
    assert key.exposed().hex() not in show(key)


@pytest.mark.parametrize("write", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_key_is_never_written_down(write):
    with pytest.raises(TypeError, match="never written"):
        write(DataKey.fresh(new_vault_id()))
