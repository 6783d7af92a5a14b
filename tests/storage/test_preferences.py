# SPDX-License-Identifier: Apache-2.0
"""Keeping settings: what was chosen, else the default."""

from __future__ import annotations

import pytest

from optout_desktop.domain.preferences import PREFERENCES, Home


def test_what_was_never_changed_is_the_default(stores):
    assert stores.preferences.all() == {
        name: one.default for name, one in PREFERENCES.items() if one.home is Home.VAULT
    }


@pytest.mark.parametrize(
    ("name", "value"), [("due_soon_days", 10), ("compact_rows", True), ("columns", "größe")]
)
def test_what_was_chosen_comes_back_in_its_type(stores, name, value):
    stores.preferences.put(name, value)

    assert stores.preferences.all()[name] == value
    assert type(stores.preferences.all()[name]) is type(value)


@pytest.mark.parametrize("value", ["many", 99, True])
def test_what_no_longer_fits_is_the_default_again(stores, value):
    stores.preferences.put("due_soon_days", value)

    assert stores.preferences.all()["due_soon_days"] == 7
