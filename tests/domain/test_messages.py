# SPDX-License-Identifier: Apache-2.0
"""Outgoing messages: where one stands is read off what happened to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from optout_desktop.domain.ids import LetterId, MailAccountId, OutgoingId, RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import (
    DELIVERY_AFTER,
    Delivery,
    DeliveryEvent,
    DeliveryStep,
    OutgoingMessage,
)

NOON = datetime(2026, 11, 25, 12, 0)
NEW = OutgoingMessage(
    id=OutgoingId("m"),
    request=RequestId("r"),
    kind=LetterKind.REQUEST,
    letter=LetterId("l"),
    account=MailAccountId("a"),
    sender="jane@example.org",
    recipients=("privacy@northwind.example",),
    message_id="<1@example.org>",
    not_before_at=NOON,
)


def after(*steps):
    return replace(NEW, events=tuple(DeliveryEvent(step=step, at=NOON) for step in steps))


def test_every_step_leads_somewhere():
    assert set(DELIVERY_AFTER) == set(DeliveryStep)


@pytest.mark.parametrize(
    ("steps", "delivery"),
    [
        ((), Delivery.WAITING),
        ((DeliveryStep.QUEUED,), Delivery.WAITING),
        ((DeliveryStep.QUEUED, DeliveryStep.STARTED), Delivery.UNDER_WAY),
        ((DeliveryStep.STARTED, DeliveryStep.DEFERRED), Delivery.WAITING),
        ((DeliveryStep.STARTED, DeliveryStep.HANDED_OVER), Delivery.UNDER_WAY),
        ((DeliveryStep.HANDED_OVER, DeliveryStep.UNCERTAIN), Delivery.UNCERTAIN),
        ((DeliveryStep.ACCEPTED, DeliveryStep.NOT_FILED), Delivery.ACCEPTED),
    ],
)
def test_where_it_stands_is_read_off_the_last_step(steps, delivery):
    assert after(*steps).delivery is delivery


def test_tries_are_counted_by_the_servers_that_were_spoken_to():
    message = after(DeliveryStep.QUEUED, DeliveryStep.STARTED, DeliveryStep.DEFERRED, DeliveryStep.STARTED)

    assert message.attempts == 2
