# SPDX-License-Identifier: Apache-2.0
"""Settings while a vault is open: two homes under one roof."""

from __future__ import annotations

import pytest

from optout_desktop.domain.errors import InputError, NotFound
from optout_desktop.domain.preferences import PREFERENCES
from tests.services import desks


def test_every_setting_has_its_default_at_first(desk):
    assert desk.preferences.all() == {name: one.default for name, one in PREFERENCES.items()}


def test_each_setting_goes_to_its_own_home(desk, outside, vault):
    desk.preferences.put("theme", "dark")
    desk.preferences.put("due_soon_days", 10)
    with vault.reading() as stores:
        inside = stores.preferences.all()

    assert outside.preferences.values["theme"] == "dark"
    assert "due_soon_days" not in outside.preferences.values
    assert (inside["due_soon_days"], desk.preferences.due_soon_days()) == (10, 10)


@pytest.mark.parametrize(("name", "value"), [("theme", "dark"), ("due_soon_days", 10)])
def test_a_choice_can_be_undone_and_redone(desk, name, value):
    desk.preferences.put(name, value)
    desk.undoing.undo()
    undone = desk.preferences.get(name)
    desk.undoing.redo()

    assert undone == PREFERENCES[name].default
    assert desk.preferences.get(name) == value


def test_what_the_window_remembers_by_itself_is_no_step(desk):
    desk.preferences.remember("splitter", "200,300")

    assert desk.preferences.get("splitter") == "200,300"
    assert desk.undoing.view().undo is None


def test_what_does_not_fit_is_told_and_changes_nothing(desk):
    before = desks.digest_of(desk.vault)
    with pytest.raises(InputError, match="left as it was"):
        desk.preferences.put("due_soon_days", 99)
    with pytest.raises(NotFound, match="No setting is called"):
        desk.preferences.get("nothing")

    assert desks.digest_of(desk.vault) == before
