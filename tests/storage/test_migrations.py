# SPDX-License-Identifier: Apache-2.0
"""Steps are found by their names, in order, and none is left out."""

from __future__ import annotations

import pytest

from optout_desktop.storage.migrations import steps_between


@pytest.fixture
def steps(tmp_path):
    (tmp_path / "0002_2027-03-01_one.sql").write_text("-- why\nCREATE TABLE a (b);\nCREATE TABLE c (d);\n")
    (tmp_path / "0003_2027-04-01_two.sql").write_text(
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM c;\n  DELETE FROM a;\nEND;\n-- the end\n"
    )
    return tmp_path


def test_steps_come_in_order_statement_by_statement(steps):
    found = steps_between(1, 3, steps)

    assert [(step.version, len(step.statements)) for step in found] == [(2, 2), (3, 1)]
    assert found[0].statements[1] == "CREATE TABLE c (d);"


def test_no_steps_lead_to_where_one_is(steps):
    assert steps_between(3, 3, steps) == ()


def test_a_missing_step_is_a_bug(steps):
    (steps / "0002_2027-03-01_one.sql").unlink()

    with pytest.raises(ValueError, match="no steps lead from schema 1 to 3"):
        steps_between(1, 3, steps)


@pytest.mark.parametrize("name", ["2_x.sql", "0002_x.sql", "0002_2027-03-01_With Spaces.sql"])
def test_a_file_with_another_name_is_a_bug(tmp_path, name):
    (tmp_path / name).write_text("")

    with pytest.raises(ValueError, match="a step is called"):
        steps_between(1, 2, tmp_path)


def test_an_unfinished_statement_is_a_bug(tmp_path):
    (tmp_path / "0002_2027-03-01_one.sql").write_text("CREATE TABLE a (b)\n")

    with pytest.raises(ValueError, match="semicolon"):
        steps_between(1, 2, tmp_path)


def test_the_released_steps_can_be_read():
    assert steps_between(1, 1) == ()
