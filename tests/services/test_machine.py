# SPDX-License-Identifier: Apache-2.0
"""What can be seen before any vault is open."""

from __future__ import annotations

import pytest

from optout_desktop.domain.errors import InputError, NotFound
from optout_desktop.services.machine import MachinePreferences, known_paths, preference_named
from tests.fakes import FakePreferenceFile


@pytest.fixture
def file():
    return FakePreferenceFile()


@pytest.fixture
def machine(file):
    return MachinePreferences(file)


def test_what_was_chosen_is_in_the_file_and_holds(machine, file):
    machine.put("theme", "dark")

    assert machine.all()["theme"] == file.values["theme"] == "dark"


@pytest.mark.parametrize(("name", "value"), [("theme", "pink"), ("theme", 3), ("lock_minutes", True)])
def test_what_the_file_says_wrongly_is_the_default(name, value):
    kept = MachinePreferences(FakePreferenceFile({name: value})).all()

    assert kept[name] == preference_named(name).default


def test_what_does_not_fit_is_refused_and_leaves_the_file_alone(machine, file):
    with pytest.raises(InputError):
        machine.put("theme", "pink")
    with pytest.raises(NotFound):
        machine.put("nothing", "x")

    assert file.values == {}


def test_the_last_vault_comes_first_then_those_of_the_folder(machine, tmp_path):
    for name in ("A", "B", "C"):
        (tmp_path / f"{name}.optout").mkdir()
    (tmp_path / "notes.txt").write_text("no vault")
    machine.put("last_vault", str(tmp_path / "B.optout"))

    assert [path.stem for path in known_paths(tmp_path, machine)] == ["B", "A", "C"]


def test_a_last_vault_that_is_gone_is_left_out(machine, tmp_path):
    machine.put("last_vault", str(tmp_path / "Gone.optout"))

    assert known_paths(tmp_path / "nowhere", machine) == ()
