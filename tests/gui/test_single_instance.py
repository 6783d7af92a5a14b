# SPDX-License-Identifier: Apache-2.0
"""The ear of the first window: two words, and nothing else."""

import pytest

from optout_desktop.gui.single_instance import LARGEST_BYTES, LOCK, SingleInstance, ask, socket_name
from tests.gui.house import wait_until

KEY = "/vaults/Personal.optout"


@pytest.fixture
def heard():
    return []


@pytest.fixture
def first(qapp, heard):
    instance = SingleInstance()
    instance.raise_wanted.connect(lambda: heard.append("raise"))
    instance.lock_wanted.connect(lambda: heard.append("lock"))
    instance.listen(KEY)
    yield instance
    instance.end()


def test_nobody_answers_where_nobody_listens(qapp):
    assert ask(KEY) is False


def test_the_first_window_hears_that_it_is_to_be_raised(first, heard):
    was_heard = ask(KEY)
    wait_until(lambda: heard)

    assert was_heard
    assert heard == ["raise"]


def test_the_first_window_hears_that_it_is_to_lock(first, heard):
    ask(KEY, LOCK)
    wait_until(lambda: heard)

    assert heard == ["lock"]


@pytest.mark.parametrize("word", [b"quit", b"raise" * 20, b"x" * (LARGEST_BYTES + 1), b"lock\nlock"])
def test_any_other_word_is_dropped(first, heard, word):
    ask(KEY, word)
    ask(KEY)
    wait_until(lambda: heard)

    assert heard == ["raise"]


def test_the_name_of_the_socket_tells_nothing_of_the_vault():
    assert "Personal" not in socket_name(KEY)


def test_a_window_of_another_vault_is_not_disturbed(first, heard):
    assert ask("/vaults/Work.optout") is False
    assert heard == []
