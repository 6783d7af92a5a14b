# SPDX-License-Identifier: Apache-2.0
"""What journeys stand on: the real window over a real vault, with a key that is cheap to derive."""

import pytest

from optout_desktop.gui import dialogs
from optout_desktop.gui.application import Application
from tests.gui.house import CheapHouse, HandKeyring, running
from tests.journeys.heartbeat import LONGEST_BLOCK_SECONDS, Heartbeat


@pytest.fixture
def asked():
    """The questions that came up; one that the test did not announce fails it."""
    with dialogs.script() as playing:
        yield playing


@pytest.fixture
def application(qapp, english, asked, tmp_path):
    house = CheapHouse(tmp_path, keyring=HandKeyring())
    house.make_vault()
    with running(Application(house, is_watching_screen=False)) as application:
        heart = Heartbeat()
        yield application
        heart.stop()

        assert heart.longest_seconds < LONGEST_BLOCK_SECONDS
