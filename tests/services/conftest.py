# SPDX-License-Identifier: Apache-2.0
"""A desk over a real vault with a raw key: real laws, letters and calendars, fakes only at the edge."""

from __future__ import annotations

import pytest

from tests.services import desks


@pytest.fixture(scope="session")
def library():
    """Everything that the app ships knowing."""
    return desks.library()


@pytest.fixture
def folder(tmp_path):
    """Where a vault is to be."""
    return tmp_path / "Personal.optout"


@pytest.fixture
def clock():
    """A clock that stands on a Monday until a test moves it."""
    return desks.a_clock()


@pytest.fixture
def outside(clock):
    """The world outside, in memory."""
    return desks.an_outside(clock)


@pytest.fixture
def vault(folder):
    """An open, empty vault."""
    with desks.create(folder) as opened:
        yield opened


@pytest.fixture
def desk(vault, outside, library):
    """The services over an empty vault."""
    return desks.open_desk(vault, library, outside)


@pytest.fixture
def jane(desk):
    """Oneself, in California."""
    return desks.add_jane(desk)


@pytest.fixture
def northwind(desk):
    """A company in the United States that can be reached in every way."""
    return desks.add_northwind(desk)


@pytest.fixture
def draft(desk, jane, northwind):
    """A draft to opt out of sale under the CCPA."""
    return desk.requests.start(desks.new_request(jane, northwind))


@pytest.fixture
def sent_request(desk, draft, clock):
    """The same, sent today."""
    return desk.requests.record(draft.id, desks.entry("sent", clock.today()))
