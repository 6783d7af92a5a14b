# SPDX-License-Identifier: Apache-2.0
"""Keeping files: piece by piece, each content once, and never bytes that are not those that came in."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from optout_desktop.domain.errors import NotFound, VaultDamaged
from optout_desktop.storage.tables import pieces
from tests.builders import DAY, a_file, a_request


@pytest.fixture
def request_(stores):
    made = a_request()
    stores.requests.add(made)
    return made


def add(stores, request, *parts, **changes):
    digest = hashlib.sha256(b"".join(parts)).hexdigest()
    number = stores.evidence.next_number(request.id)
    item = a_file(request, digest, **{"number": number} | changes)
    stores.evidence.add(item, parts)
    return item


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=50), max_size=5))
def test_the_exact_bytes_come_back(stores, request_, parts):
    item = add(stores, request_, *parts)

    assert b"".join(stores.evidence.content(item)) == b"".join(parts)


def test_an_entry_comes_back_as_given(stores, request_):
    item = add(stores, request_, b"x", about_on=DAY, description="Their reply", name="réponse.txt")

    assert stores.evidence.get(item.id) == item


def test_the_same_content_is_stored_once(stores, request_, vault):
    first, second = add(stores, request_, b"same", b"bytes"), add(stores, request_, b"same", b"bytes")
    count = stores.evidence._connection.execute(select(func.count()).select_from(pieces)).scalar_one()

    assert count == 2
    assert list(stores.evidence.content(first)) == list(stores.evidence.content(second))


def test_bytes_that_changed_are_damage(stores, request_):
    item = add(stores, request_, b"first", b"second")
    stores.evidence._connection.execute(update(pieces).where(pieces.c.number == 1).values(bytes=b"other"))

    with pytest.raises(VaultDamaged):
        list(stores.evidence.content(item))


def test_a_number_is_never_used_twice(stores, request_):
    item = add(stores, request_, b"one")
    stores.evidence.set_binned(item.id, is_binned=True)

    assert add(stores, request_, b"two").number == item.number + 1


def test_a_binned_file_is_not_listed_until_it_is_back(stores, request_):
    item = add(stores, request_, b"one")
    stores.evidence.set_binned(item.id, is_binned=True)

    assert stores.evidence.of(request_.id) == ()

    stores.evidence.set_binned(item.id, is_binned=False)

    assert stores.evidence.of(request_.id) == (item,)


def test_an_unknown_file_is_not_found(stores):
    with pytest.raises(NotFound):
        stores.evidence.get("nothing")
