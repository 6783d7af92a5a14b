# SPDX-License-Identifier: Apache-2.0
"""What the vault says of itself."""


def test_a_fact_comes_back_and_a_later_one_replaces_it(stores):
    stores.facts.put("sample_day", "2026-11-22")
    stores.facts.put("sample_day", "2026-11-23")

    assert stores.facts.get("sample_day") == "2026-11-23"


def test_what_was_never_said_is_empty(stores):
    assert stores.facts.get("sample_day") == ""


def test_a_new_vault_says_its_name_and_its_version(stores, vault):
    assert stores.facts.get("id") == vault.id
    assert stores.facts.get("made_by") == "1.0"
