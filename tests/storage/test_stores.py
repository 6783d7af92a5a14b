# SPDX-License-Identifier: Apache-2.0
"""All drawers on one connection, and the schema that they need."""

from __future__ import annotations

import pytest

from optout_desktop.storage.schema import text_of
from optout_desktop.storage.stores import SCHEMA, Stores
from tests.builders import a_client


def test_what_one_session_kept_another_finds(vault):
    person = a_client()
    with vault.writing() as stores:
        stores.people.put(person)

    with vault.reading() as stores:
        assert isinstance(stores, Stores)
        assert stores.people.get(person.id) == person


def test_what_failed_half_way_leaves_nothing(vault):
    class Failed(Exception):
        pass

    def half():
        with vault.writing() as stores:
            stores.people.put(a_client())
            stores.facts.put("sample_day", "x")
            raise Failed

    with pytest.raises(Failed):
        half()

    with vault.reading() as stores:
        assert stores.people.all() == ()
        assert stores.facts.get("sample_day") == ""


def test_what_a_reading_session_changes_is_dropped(vault):
    with vault.reading() as stores:
        stores.people.put(a_client())

    with vault.reading() as stores:
        assert stores.people.all() == ()


def test_a_new_vault_has_exactly_the_schema(vault):
    assert text_of(vault._raw) == SCHEMA.text()
    assert vault.schema_version == SCHEMA.version == 3
