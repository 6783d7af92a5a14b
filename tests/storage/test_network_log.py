# SPDX-License-Identifier: Apache-2.0
"""Keeping the network log: a row is there before the line is opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from optout_desktop.domain.messages import Connection, Purpose
from optout_desktop.storage.network_log import STARTED
from tests.builders import an_instant

OPENED = Connection(
    at=an_instant(),
    purpose=Purpose.SEND_MAIL,
    host="smtp.example.org",
    port=465,
    bytes_out=0,
    bytes_in=0,
    result=STARTED,
)


def test_a_row_stands_as_started_until_it_is_completed(stores):
    stores.network_log.begin(OPENED)

    assert stores.network_log.latest(5) == (OPENED,)


def test_what_crossed_the_line_adds_up(stores):
    number = stores.network_log.begin(OPENED)
    stores.network_log.add(number, bytes_out=10, bytes_in=2, result="250")
    stores.network_log.add(number, bytes_out=5, bytes_in=1, result="550")

    assert stores.network_log.latest(1) == (replace(OPENED, bytes_out=15, bytes_in=3, result="550"),)


def test_the_newest_come_first_and_the_older_ones_can_be_left_out(stores):
    for hour in range(4):
        stores.network_log.begin(replace(OPENED, at=an_instant() + timedelta(hours=hour), port=hour + 1))

    assert [one.port for one in stores.network_log.latest(2)] == [4, 3]
    assert [one.port for one in stores.network_log.since(an_instant() + timedelta(hours=1))] == [4, 3, 2]
    assert stores.network_log.count() == 4
