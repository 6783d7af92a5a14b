# SPDX-License-Identifier: Apache-2.0
"""A batch of fifty, killed at each step: nothing is lost, nothing is sent twice, and what is not known is said."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from optout_desktop.domain.accounts import Security
from tests.architecture.source import ROOT
from tests.mail_servers import Certificates, taking_smtp

pytestmark = pytest.mark.loopback

COUNT = 50
NOTHING_LEFT = (
    "before_claim",
    "after_started",
    "before_handed_over_is_kept",
    "before_filing",
    "after_filing",
)
MAY_HAVE_LEFT = ("after_handed_over_is_kept", "half_of_the_text", "after_250", "while_settling")
ARRIVED = 2
"""Of those that may have left: killed after the server had said 250."""


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """What the server got, and what the vault says, after nine killed runs and one that ended."""
    folder = tmp_path_factory.mktemp("killed")
    certificates = Certificates()
    authority = folder / "authority.pem"
    certificates.ca.cert_pem.write_to_path(authority)
    with taking_smtp(certificates.good(), Security.STARTTLS) as server:
        program = Path(__file__).with_name("killed_batch.py")
        words = [folder / "Killed.optout", server.port, authority, COUNT, *NOTHING_LEFT, *MAY_HAVE_LEFT]
        done = subprocess.run(
            [sys.executable, str(program), *map(str, words)],
            capture_output=True,
            check=False,
            text=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout), list(server.taken)


def test_every_run_was_killed_but_the_last(story):
    told, _ = story

    assert told["killed"] == [True] * (len(NOTHING_LEFT) + len(MAY_HAVE_LEFT))
    assert told["ended"]
    assert (told["state"], told["is_sound"]) == ("done", True)


def test_the_server_got_no_message_twice(story):
    _, taken = story
    got = Counter(recipients for _, recipients, _ in taken)

    assert set(got.values()) == {1}
    assert len(got) == COUNT - len(MAY_HAVE_LEFT) + ARRIVED


def test_no_message_is_lost_and_uncertain_are_exactly_those_whose_text_may_have_left(story):
    told, _ = story
    stand = Counter(one["delivery"] for one in told["messages"])

    assert stand == {"accepted": COUNT - len(MAY_HAVE_LEFT), "uncertain": len(MAY_HAVE_LEFT)}


def test_a_request_is_recorded_as_sent_exactly_where_the_server_said_yes(story):
    told, taken = story
    got = {recipients[0]: hashlib.sha256(content).hexdigest() for _, recipients, content in taken}
    accepted = [one for one in told["messages"] if one["delivery"] == "accepted"]
    others = [one for one in told["messages"] if one["delivery"] != "accepted"]

    assert all((one["entries"], one["letters"]) == (["sent"], 1) for one in accepted)
    assert all((one["entries"], one["letters"]) == ([], 0) for one in others)
    assert all(got[one["to"]] == one["sha256"] for one in accepted)


def test_each_that_was_accepted_has_its_copy_once(story):
    told, _ = story
    filed = [one for one in told["messages"] if one["last"] == "filed"]

    assert len(filed) == COUNT - len(MAY_HAVE_LEFT) == told["copies"]
