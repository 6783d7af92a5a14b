# SPDX-License-Identifier: Apache-2.0
"""The benchmark runs: every subject on sizes that say nothing about speed. How fast it is, no test asks."""

import re
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

COMMAND = [sys.executable, str(ROOT / "packaging" / "bench.py")]


@pytest.fixture(scope="module")
def printed():
    """What the whole benchmark says when everything is tiny."""
    done = subprocess.run([*COMMAND, "--sizes", "small"], capture_output=True, check=False, text=True)

    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "row",
    [
        "start to the painted unlock page",
        "memory",
        "opening and closing a vault of 60 requests",
        "dashboard: its agenda out of 60 requests",
        "re-assessing 60 requests after midnight",
        "list of 60: first glance by urgency",
        "search as you type in 60: the query, median",
        "search as you type in 60: the query, 95th percentile",
        "60 deadlines",
        "one clock of a known calendar",
        "60 times 15 business days",
        "loading 62 laws and every regulator",
        "e-mail texts a second",
        "a one-page PDF (us-letter-10)",
        "a one-page PDF (a4-din-5008)",
    ],
)
def test_every_subject_has_its_row(printed, row):
    assert re.search(rf"^{re.escape(row)}", printed, re.MULTILINE)


def test_what_has_a_limit_is_said_to_be_met_or_missed(printed):
    with_limit = [line for line in printed.splitlines() if " ≤ " in line or " ≥ " in line]

    assert len(with_limit) >= 10
    assert [line for line in with_limit if not line.endswith(("met", "missed"))] == []


def test_a_subject_can_be_measured_alone():
    done = subprocess.run(
        [*COMMAND, "--sizes", "small", "laws"], capture_output=True, check=True, text=True
    ).stdout

    assert "regulator" in done
    assert "deadlines" not in done


def test_an_unknown_subject_is_refused_with_the_known_ones():
    done = subprocess.run([*COMMAND, "lows"], capture_output=True, check=False, text=True)

    assert done.returncode == 2
    assert "unknown: lows; known:" in done.stderr
    assert "laws" in done.stderr
