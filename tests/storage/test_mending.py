# SPDX-License-Identifier: Apache-2.0
"""Holes in the app's own tables are mended so that nothing points at what is not there."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import insert, select, update

from optout_desktop.storage import tables
from optout_desktop.storage.mending import leave_out_what_is_broken
from tests import builders

CONTENT = b"We will not."
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def connection(vault):
    """Within a change that is never kept: a person, a request and a file of two pieces."""
    with vault.reading() as stores:
        stores.people.put(builders.a_person(id="1" * 32))
        request = builders.a_request(id="2" * 32, person="1" * 32)
        stores.requests.add(request)
        opened = stores.requests._connection
        item = builders.a_file(request, DIGEST, size_bytes=len(CONTENT))
        stores.evidence.add(item, (CONTENT[:5], CONTENT[5:]))
        yield opened


def test_what_is_whole_stays(connection):
    left_out = leave_out_what_is_broken(connection)

    assert left_out == {"evidence": 0}
    assert len(connection.execute(select(tables.pieces)).all()) == 2


def test_a_file_with_a_missing_piece_is_taken_back_with_its_other_pieces(connection):
    connection.execute(tables.pieces.delete().where(tables.pieces.c.number == 1))
    left_out = leave_out_what_is_broken(connection)

    assert left_out == {"evidence": 1}
    assert connection.execute(select(tables.pieces)).all() == []


def test_pieces_that_no_file_names_are_taken_back(connection):
    connection.execute(insert(tables.pieces).values(sha256="0" * 64, number=0, bytes=b"nobody's"))
    leave_out_what_is_broken(connection)

    assert connection.execute(select(tables.pieces.c.sha256).distinct()).scalars().all() == [DIGEST]


def test_a_request_whose_rules_are_missing_names_none(connection):
    connection.execute(update(tables.requests).values(rules="gone"))
    leave_out_what_is_broken(connection)

    assert connection.execute(select(tables.requests.c.rules)).scalar() == ""
