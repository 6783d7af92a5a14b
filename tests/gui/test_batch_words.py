# SPDX-License-Identifier: Apache-2.0
"""What is said about batches: when the last letter leaves, and what a cancelled one leaves behind."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from optout_desktop.gui.batch import batch_words
from optout_desktop.services.batch_review import Trouble

NOON = datetime(2026, 11, 22, 12)


@pytest.mark.parametrize(
    ("count", "delay", "cap", "later"),
    [
        (1, 20, 100, timedelta(0)),
        (37, 20, 100, timedelta(minutes=12)),
        (37, 0, 0, timedelta(0)),
        (101, 20, 100, timedelta(days=1)),
        (250, 0, 100, timedelta(days=2)),
        (3, 3600, 2, timedelta(days=1)),
    ],
)
def test_the_last_letter_leaves_when_pause_and_daily_limit_let_it(count, delay, cap, later):
    assert batch_words.last_leaves_at(count, delay, cap, NOON) - NOON == later


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "without a pause"),
        (1, "1 second apart"),
        (20, "20 seconds apart"),
        (60, "1 minute apart"),
        (90, "1 min 30 s apart"),
        (3600, "60 minutes apart"),
    ],
)
def test_a_pause_is_said_as_people_say_it(seconds, words):
    assert batch_words.seconds(seconds) == words


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_reason_has_words_and_says_what_to_do(trouble):
    assert batch_words.trouble(trouble)
    assert batch_words.advice(trouble).endswith(".")


@pytest.mark.parametrize(
    ("ready", "attention", "words"),
    [
        (1, 0, "1 ready."),
        (37, 0, "37 ready."),
        (37, 1, "37 ready, 1 needs attention and stays a draft."),
        (37, 5, "37 ready, 5 need attention and stay drafts."),
    ],
)
def test_the_counts_are_a_sentence(ready, attention, words):
    assert batch_words.ready_count(ready, attention) == words
