# SPDX-License-Identifier: Apache-2.0
"""The text by which a schema is known."""

from __future__ import annotations

from optout_desktop.storage.cipher import connect_for_reading
from optout_desktop.storage.schema import text_of
from tests.storage import notebook


def test_a_fresh_vault_has_exactly_the_known_text(folder):
    notebook.written(folder, 3)
    connection = connect_for_reading(folder / "vault.optout", notebook.a_key())

    found = text_of(connection)

    connection.close()
    assert found == notebook.SCHEMA.text()


def test_the_text_names_tables_indexes_and_search():
    names = {name for _, name, _, _ in notebook.SCHEMA.text()}

    assert names >= {"facts", "notes", "lines", "ix_lines_note", "found"}
