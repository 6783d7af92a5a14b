# SPDX-License-Identifier: Apache-2.0
"""The least identity: what a company must be told about a person so that it can find and answer them.

It hangs on the channel (an e-mail shows its address anyway), on the right (who wants no calls must say on which
number) and on what the directory knows that the company asks for.
"""

from __future__ import annotations

import re

from optout_desktop.domain.companies import Channel, Company
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.rights import Right

_OF_CHANNEL = {
    Channel.EMAIL: frozenset({IdentityItem.EMAIL}),
    Channel.SMS: frozenset({IdentityItem.PHONE}),
    Channel.POST: frozenset({IdentityItem.NAME, IdentityItem.POSTAL_ADDRESS}),
    Channel.CALL: frozenset({IdentityItem.NAME}),
}
"""What a channel shows or needs by itself."""

_OF_RIGHT = {
    Right.UNSUBSCRIBE_EMAIL: frozenset({IdentityItem.EMAIL}),
    Right.SMS_STOP: frozenset({IdentityItem.PHONE}),
    Right.DO_NOT_CALL_INTERNAL: frozenset({IdentityItem.PHONE}),
}
"""What such a request is about, and all that it needs."""

_FOUND_BY = frozenset({IdentityItem.NAME, IdentityItem.EMAIL})
"""By what a company finds somebody for every other right; by post the address stands in for the e-mail's."""

_IN_NOTE = re.compile(r"\bIt asks for: ([^.]*)\.")
_ITEM_OF = {
    "name": IdentityItem.NAME,
    "e-mail address": IdentityItem.EMAIL,
    "postal address": IdentityItem.POSTAL_ADDRESS,
}
"""The directory's own words (``catalog/companies.py``) for what a letter can tell."""


def least_identity(company: Company | None, right: Right, channel: Channel) -> frozenset[IdentityItem]:
    """The items that are preset for a request; a text message needs its number alone, which the phone shows."""
    by_channel = _OF_CHANNEL.get(channel, frozenset())
    if channel is Channel.SMS:
        return by_channel
    if right in _OF_RIGHT:
        return by_channel | _OF_RIGHT[right]
    found_by = by_channel if channel is Channel.POST else by_channel | _FOUND_BY
    return found_by | (_asked_by(company) if company else frozenset())


def _asked_by(company: Company) -> frozenset[IdentityItem]:
    told = _IN_NOTE.search(company.note)
    things = told.group(1).split(", ") if told else []
    return frozenset(_ITEM_OF[thing] for thing in things if thing in _ITEM_OF)
