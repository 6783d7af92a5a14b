# SPDX-License-Identifier: Apache-2.0
"""Real vaults, opened with a raw key: no passphrase is stretched, so that one costs about 10 ms."""

from __future__ import annotations

import pytest

from optout_desktop.storage.stores import SCHEMA, Stores
from optout_desktop.storage.vault import Vault
from tests import builders
from tests.storage import notebook


@pytest.fixture
def folder(tmp_path):
    """Where a vault is to be."""
    return tmp_path / "Personal.optout"


@pytest.fixture
def notes(folder):
    """An open vault that keeps notes."""
    with notebook.create(folder) as vault:
        yield vault


@pytest.fixture
def vault(folder):
    """An open vault with every table of the app; its sessions hand over its stores."""
    slots, key = notebook.sealed_slots(), notebook.a_key()
    with Vault.create(folder, slots, key, schema=SCHEMA, stores=Stores, made_by="1.0") as opened:
        yield opened


@pytest.fixture
def stores(vault):
    """The stores of an open vault within one change that is never kept; a person is there."""
    with vault.reading() as opened:
        opened.people.put(builders.a_person(id="1" * 32))
        yield opened
