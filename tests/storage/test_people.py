# SPDX-License-Identifier: Apache-2.0
"""Keeping people: any number of addresses, in their order."""

from __future__ import annotations

import pytest

from optout_desktop.domain.errors import NotFound
from tests.builders import a_client, a_person, an_address

FULL = {
    "emails": ("jane@example.org", "shop@example.org"),
    "phones": ("+12025550143", "+12025550144"),
    "addresses": (an_address(), an_address(lines=("Floor 2", "9 Elm Street"), city="Oakland")),
}


def test_a_person_comes_back_as_given(stores):
    person = a_person("Zoë \u200fשלום é", **FULL)
    stores.people.put(person)

    assert stores.people.get(person.id) == person


def test_a_changed_person_replaces_the_old_one_with_all_addresses(stores):
    person = a_person(**FULL)
    stores.people.put(person)
    changed = a_person("Jane Other", id=person.id, emails=("new@example.org",))
    stores.people.put(changed)

    assert stores.people.get(person.id) == changed


def test_nobody_is_found_under_an_unknown_id(stores):
    with pytest.raises(NotFound, match="No person is called"):
        stores.people.get("nobody")


def test_oneself_comes_first_then_clients_by_name(stores):
    for name in ("Tom", "Lena"):
        stores.people.put(a_client(name))

    assert [person.name for person in stores.people.all()] == ["Jane Example", "Lena", "Tom"]


def test_a_binned_person_is_left_out_but_still_known(stores):
    client = a_client()
    stores.people.put(client)
    stores.people.set_binned(client.id, is_binned=True)

    assert client not in stores.people.all()
    assert client in stores.people.everybody()

    stores.people.set_binned(client.id, is_binned=False)

    assert client in stores.people.all()
