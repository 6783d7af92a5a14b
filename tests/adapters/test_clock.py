# SPDX-License-Identifier: Apache-2.0
"""The machine's clock."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from optout_desktop.adapters.clock import SystemClock


@pytest.fixture
def zone(monkeypatch, request):
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(("zone", "hours"), [("XXX-13", 13), ("XXX+11", -11)], indirect=["zone"])
def test_the_day_is_that_of_where_the_person_is_and_the_instant_is_utc(zone, hours):
    clock = SystemClock()
    before = (clock.now() + timedelta(hours=hours)).date()
    today = clock.today()
    after = (clock.now() + timedelta(hours=hours)).date()

    assert today in {before, after}


def test_instants_have_no_zone_attached_and_go_on():
    clock = SystemClock()
    first, second = clock.now(), clock.now()

    assert first.tzinfo is second.tzinfo is None
    assert first <= second
