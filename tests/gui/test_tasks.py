# SPDX-License-Identifier: Apache-2.0
"""Work off the GUI thread, and how it comes back."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from optout_desktop.domain.errors import NotAllowed
from optout_desktop.gui.tasks import Cancelled, CancelToken, Tasks


@pytest.fixture
def errors():
    return []


@pytest.fixture
def bugs():
    return []


@pytest.fixture
def working(qapp, errors, bugs):
    tasks = Tasks(lambda error, _parent: errors.append(error), bugs.append)
    yield tasks
    tasks.close()


@pytest.fixture
def owner(qapp):
    return QObject()


def test_a_job_runs_elsewhere_and_its_value_comes_back_here(working, owner, qtbot):
    seen = []
    working.run(owner, threading.get_ident, lambda worker: seen.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    worker, here = seen[0]

    assert worker != here == threading.get_ident()


def test_jobs_of_the_vault_run_in_order_on_one_thread(working, owner, qtbot):
    seen = []
    for number in range(20):
        working.run(owner, lambda number=number: (number, threading.get_ident()), seen.append)
    qtbot.waitUntil(lambda: len(seen) == 20)

    assert [number for number, _ in seen] == list(range(20))
    assert len({thread for _, thread in seen}) == 1


def test_jobs_outside_run_beside_each_other(working, owner, qtbot):
    together = threading.Barrier(2, timeout=10)
    seen = []
    for _ in range(2):
        working.run_outside(owner, together.wait, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2)

    assert sorted(seen) == [0, 1]


def test_nothing_is_delivered_to_an_owner_that_is_gone(working, owner, qtbot):
    go_on = threading.Event()
    seen, later = [], []
    gone = QObject()
    working.run(gone, go_on.wait, seen.append)
    working.run(owner, lambda: None, later.append)
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    go_on.set()
    qtbot.waitUntil(lambda: bool(later))

    assert seen == []


def _refuse():
    raise NotAllowed("This request was sent already.")


def _break():
    raise RuntimeError("canary")


def test_an_error_goes_to_whoever_takes_it(working, owner, errors, qtbot):
    taken = []
    working.run(owner, _refuse, lambda _: None, taken.append)
    qtbot.waitUntil(lambda: bool(taken))

    assert isinstance(taken[0], NotAllowed)
    assert errors == []


def test_an_error_that_ends_the_session_goes_past_those_who_would_take_it(qapp, owner, errors, qtbot):
    over, taken, after = [], [], []
    tasks = Tasks(
        lambda error, _parent: errors.append(error), errors.append, take_over=lambda e: not over.append(e)
    )
    tasks.run(owner, _refuse, lambda _: None, taken.append)
    tasks.run(owner, _refuse, lambda _: None)
    tasks.run(owner, lambda: 1, after.append)
    qtbot.waitUntil(lambda: bool(after))
    tasks.close()

    assert [type(error) for error in over] == [NotAllowed, NotAllowed]
    assert taken == errors == []


def test_an_error_that_nobody_takes_is_shown(working, owner, errors, qtbot):
    working.run(owner, _refuse, lambda _: None)
    qtbot.waitUntil(lambda: bool(errors))

    assert str(errors[0]) == "This request was sent already."


def test_anything_else_is_a_bug(working, owner, errors, bugs, qtbot):
    taken = []
    working.run(owner, _break, lambda _: None, taken.append)
    qtbot.waitUntil(lambda: bool(bugs))

    assert isinstance(bugs[0], RuntimeError)
    assert (errors, taken) == ([], [])


def test_a_cancelled_job_ends_quietly(working, owner, errors, bugs, qtbot):
    token, seen, later = CancelToken(), [], []
    token.cancel()
    working.run(owner, token.check, seen.append)
    working.run(owner, lambda: None, later.append)
    qtbot.waitUntil(lambda: bool(later))

    assert (seen, errors, bugs) == ([], [], [])
    with pytest.raises(Cancelled):
        token.check()


def test_progress_arrives_on_the_gui_thread_and_ends_with_the_last_number(working, owner, qtbot):
    steps, done = [], []
    tell = working.progress(owner, lambda done, total: steps.append((done, total, threading.get_ident())))

    def job():
        for number in range(1, 1001):
            tell(number, 1000)

    working.run_outside(owner, job, done.append)
    qtbot.waitUntil(lambda: bool(done))

    assert steps[-1] == (1000, 1000, threading.get_ident())
    assert len(steps) < 100


def test_a_change_of_the_vault_is_told_on_the_gui_thread(working, owner, qtbot):
    told = []
    working.vault_changed.connect(lambda: told.append(threading.get_ident()))
    working.run(owner, working.announce, lambda _: None)
    qtbot.waitUntil(lambda: bool(told))

    assert told == [threading.get_ident()]


def test_many_changes_at_once_are_told_once(working, qtbot):
    told = []
    working.vault_changed.connect(lambda: told.append(1))
    for _ in range(50):
        working.announce()
    qtbot.waitUntil(lambda: bool(told))

    assert told == [1]


def test_closing_finishes_what_was_asked_of_the_vault_and_then_the_last(qapp, owner, qtbot):
    tasks = Tasks(lambda *_: None, lambda _: None)
    done, delivered = [], []
    for number in range(10):
        tasks.run(owner, lambda number=number: done.append(number), delivered.append)
    tasks.close(lambda: done.append("vault closed"))
    qapp.processEvents()

    assert done == [*range(10), "vault closed"]
    assert delivered == []


def test_after_closing_nothing_is_begun(qapp, owner):
    tasks = Tasks(lambda *_: None, lambda _: None)
    tasks.close()
    begun = []
    tasks.run(owner, lambda: begun.append(1), lambda _: None)

    assert begun == []
