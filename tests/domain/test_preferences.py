# SPDX-License-Identifier: Apache-2.0
"""Settings: what fits them."""

from __future__ import annotations

import pytest

from optout_desktop.domain.errors import InputError
from optout_desktop.domain.preferences import PREFERENCES, Home


@pytest.mark.parametrize("name", sorted(PREFERENCES))
def test_every_default_fits_its_own_setting(name):
    assert PREFERENCES[name].checked(PREFERENCES[name].default) == PREFERENCES[name].default


@pytest.mark.parametrize(
    ("name", "value"),
    [("theme", "pink"), ("theme", 1), ("due_soon_days", True), ("due_soon_days", 99), ("compact_rows", 1)],
)
def test_what_does_not_fit_is_refused_by_name(name, value):
    with pytest.raises(InputError, match="left as it was") as caught:
        PREFERENCES[name].checked(value)

    assert caught.value.field == name


def test_what_lies_outside_the_vault_is_never_personal():
    assert {name for name, one in PREFERENCES.items() if one.home is Home.MACHINE} == {
        "language", "theme", "text_size", "lock_minutes", "lock_with_screen", "lock_on_suspend",
        "lock_when_minimised", "last_vault", "single_keys",
    }  # fmt: skip
