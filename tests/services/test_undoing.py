# SPDX-License-Identifier: Apache-2.0
"""The undo list: back and forth, one step at a time."""

from __future__ import annotations

import pytest

from optout_desktop.domain.errors import NotAllowed
from optout_desktop.services.undoing import MAX_STEPS, UndoLabel, UndoService


@pytest.fixture
def undoing():
    return UndoService()


def push(undoing, said, name):
    undoing.push(
        UndoLabel.NOTE_CHANGED,
        name,
        undo=lambda: said.append(f"undo {name}"),
        redo=lambda: said.append(f"redo {name}"),
    )


def test_steps_are_taken_back_last_first_and_done_again_in_order(undoing):
    said = []
    for name in "ab":
        push(undoing, said, name)
    for job in (undoing.undo, undoing.undo, undoing.undo, undoing.redo, undoing.redo, undoing.redo):
        job()

    assert said == ["undo b", "undo a", "redo a", "redo b"]


def test_a_new_step_forgets_what_could_be_redone(undoing):
    push(undoing, [], "a")
    undoing.undo()
    push(undoing, [], "b")
    view = undoing.view()

    assert view.redo is None
    assert view.undo == (UndoLabel.NOTE_CHANGED, "b")


def test_an_empty_list_says_so(undoing):
    view = undoing.view()

    assert (view.undo, view.redo) == (None, None)


def test_a_step_that_was_refused_stays_where_it_was(undoing):
    def refuse():
        raise NotAllowed("No.")

    undoing.push(UndoLabel.NOTE_CHANGED, "a", undo=refuse, redo=refuse)
    with pytest.raises(NotAllowed):
        undoing.undo()

    assert undoing.view().undo == (UndoLabel.NOTE_CHANGED, "a")


def test_it_holds_a_hundred_steps(undoing):
    said = []
    for number in range(MAX_STEPS + 5):
        push(undoing, said, str(number))
    for _ in range(MAX_STEPS + 5):
        undoing.undo()

    assert len(said) == MAX_STEPS == 100
    assert said[-1] == "undo 5"
