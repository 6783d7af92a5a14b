# SPDX-License-Identifier: Apache-2.0
"""While a clock stands still nobody is late, and no notice of an extension is missing."""

from datetime import date, timedelta

import pytest

from optout_desktop.domain.agenda import Urgency
from optout_desktop.domain.clocks import ClockState
from optout_desktop.domain.milestones import MilestoneState
from optout_desktop.domain.rights import Right
from tests.services import desks

SENT_ON = date(2026, 10, 1)
LATER = date(2026, 11, 20)


@pytest.fixture
def paused(desk, jane, northwind, clock):
    """A British access request that was asked to be clearer, and whose writer has only shown who she is."""
    clock.move_to(SENT_ON)
    request = desk.requests.start(desks.new_request(jane, northwind, law="uk-gdpr", right=Right.ACCESS))
    desk.requests.record(request.id, desks.entry("sent", SENT_ON))
    clock.move_to(SENT_ON + timedelta(days=8))
    for kind in ("clarification_asked", "identity_asked", "identity_given"):
        desk.requests.record(request.id, desks.entry(kind, SENT_ON + timedelta(days=8)))
    clock.move_to(LATER)
    return request.id


def test_nobody_is_overdue_while_the_clock_stands_still(desk, paused):
    detail = desk.requests.detail(paused)

    assert detail.deadline.state(LATER) is ClockState.PAUSED
    assert detail.overview.urgency(LATER, 7) is not Urgency.OVERDUE


def test_no_notice_of_an_extension_is_missing_while_the_clock_stands_still(desk, paused):
    states = {one.state(LATER) for one in desk.foreseeing.milestones(paused)}

    assert MilestoneState.NOT_TAKEN not in states
