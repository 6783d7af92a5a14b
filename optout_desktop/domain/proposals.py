# SPDX-License-Identifier: Apache-2.0
"""Which contact to write to: a company's contacts, those from which mail came back, and the best of the rest.

A contact that is dead is never proposed, and never forgotten: it is shown with the day until somebody says that
it works again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .companies import Channel, Company, Contact
from .ids import CompanyId, RequestId
from .requests import EventKind, OptOutRequest
from .rights import Right

_OPT_OUT_WORDS = (
    "optout",
    "opt-out",
    "opt_out",
    "donotsell",
    "do-not-sell",
    "do_not_sell",
    "dnsmpi",
    "unsubscribe",
)
_RIGHTS_WORDS = (
    "privacy",
    "dsar",
    "dsr",
    "datarequest",
    "data-request",
    "rights",
    "dpo",
    "datenschutz",
    "rgpd",
    "gdpr",
)
_DELETE_WORDS = ("delete", "deletion", "erasure", "remove", "removal")
_OPT_OUTS = frozenset(
    right
    for right in Right
    if any(word in right.value for word in ("optout", "unsubscribe", "stop", "do_not"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadContact:
    """An address from which a message came back, the day of it, and the request that it was for."""

    company: CompanyId
    channel: Channel
    value: str
    since_on: date
    request: RequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A contact of a company, and since when it is dead; None while it lives."""

    contact: Contact
    dead_since_on: date | None = None


def proposals(
    company: Company,
    dead: Iterable[DeadContact] = (),
    channel: Channel | None = None,
    right: Right | None = None,
) -> tuple[Proposal, ...]:
    """Every contact of a company, of ``channel`` where one is named: the best living one first, dead ones last."""
    days = {(one.channel, key_of(one.channel, one.value)): one.since_on for one in dead}
    found = [
        Proposal(
            contact=contact, dead_since_on=days.get((contact.channel, key_of(contact.channel, contact.value)))
        )
        for contact in company.contacts
        if channel is None or contact.channel is channel
    ]
    return tuple(sorted(found, key=lambda one: (one.dead_since_on is not None, -_fit(one.contact, right))))


def best_contact(
    company: Company, channel: Channel, right: Right | None = None, dead: Iterable[DeadContact] = ()
) -> Contact | None:
    """The living contact of a channel that fits the right best, or None."""
    first = next(iter(proposals(company, dead, channel, right)), None)
    return first.contact if first is not None and first.dead_since_on is None else None


def next_contact(request: OptOutRequest, company: Company, dead: Iterable[DeadContact]) -> Contact | None:
    """The best living contact that this request was not sent to yet, of its own channel first; or None."""
    tried = {
        (event.channel or request.channel, key_of(event.channel or request.channel, event.to_address))
        for event in request.history
        if event.kind is EventKind.SENT and event.to_address
    }
    tried.add((request.channel, key_of(request.channel, request.to_address)))
    dead = tuple(dead)
    channels = dict.fromkeys((request.channel, *company.channels))
    return next(
        (
            one.contact
            for channel in channels
            for one in proposals(company, dead, channel, request.right)
            if one.dead_since_on is None and (channel, key_of(channel, one.contact.value)) not in tried
        ),
        None,
    )


def bounced_addresses(request: OptOutRequest) -> dict[tuple[Channel, str], date]:
    """The addresses that messages of a request came back from, by the entries that stand, with the last day."""
    found: dict[tuple[Channel, str], date] = {}
    channel, address = request.channel, request.to_address
    for event in request.history:
        if event.kind is EventKind.SENT:
            channel, address = event.channel or channel, event.to_address or address
        elif event.kind is EventKind.BOUNCED:
            one = (event.channel or channel, event.to_address or address)
            if one[1]:
                found[one] = event.on
    return found


def key_of(channel: Channel, value: str) -> str:
    """What two spellings of one address have in common."""
    match channel:
        case Channel.EMAIL:
            return value.strip().casefold()
        case Channel.FORM | Channel.CHAT:
            address = value.strip().partition("#")[0]
            rest = address.partition("://")[2] or address
            host, slash, path = rest.partition("/")
            return host.casefold().removeprefix("www.") + (slash + path).rstrip("/")
        case Channel.SMS | Channel.CALL:
            return "".join(char for char in value if char.isdigit())
        case Channel.POST:
            return "".join(char for char in value.casefold() if char.isalnum())


def _fit(contact: Contact, right: Right | None) -> int:
    """How many of the words that speak for this right stand in an address."""
    if right is None or contact.channel not in {Channel.EMAIL, Channel.FORM}:
        return 0
    value = contact.value.casefold()
    score = 2 * any(word in value for word in _OPT_OUT_WORDS) if right in _OPT_OUTS else 0
    score += 2 * any(word in value for word in _DELETE_WORDS) if right is Right.DELETE else 0
    if right not in _OPT_OUTS and any(word in value for word in _OPT_OUT_WORDS):
        score -= 1
    return score + any(word in value for word in _RIGHTS_WORDS)
