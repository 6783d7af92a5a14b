# SPDX-License-Identifier: Apache-2.0
"""Vaults to measure on: real ones, encrypted, with as many requests as asked for and six events each.

The rows go in through the stores in large handfuls, so that 100,000 requests are there in under a minute. The
passphrase is the same in all, and its derivation costs the least that a vault may cost.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from optout_desktop import __version__
from optout_desktop.app import House
from optout_desktop.domain.agenda import RequestOverview, overview_of
from optout_desktop.domain.clocks import Clock, Start
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.counting import Dates
from optout_desktop.domain.ids import CompanyId, EventId, LawId, PersonId, RequestId
from optout_desktop.domain.laws import Rule
from optout_desktop.domain.people import Person
from optout_desktop.domain.places import Place
from optout_desktop.domain.requests import EventKind, OptOutRequest, ProofGrade, RequestEvent
from optout_desktop.domain.rights import Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.services.stopped_clock import StoppedClock
from optout_desktop.storage.keyslots import KeySlots
from optout_desktop.storage.overview import search_entry
from optout_desktop.storage.stores import SCHEMA, Stores
from optout_desktop.storage.vault import Vault

TODAY = date(2026, 11, 25)
PASSPHRASE = "seventeen lanterns over the quiet harbour"  # noqa: S105  # opens nothing but made-up rows
EVENTS_A_REQUEST = 6

_AT_ONCE = 4_000
_ME = PersonId("0" * 32)
_SYLLABLES = tuple(
    f"{first}{vowel}" for first in "bcdfghjklmnprstvwz" for vowel in ("a", "e", "i", "o", "u", "ö")
)
_KINDS = ("Data", "Media", "Retail", "Bank", "Insurance", "Travel", "Fitness", "Telecom", "Energy", "Games")
_ENDINGS = ("LLC", "Inc.", "Ltd", "GmbH", "SARL", "S.p.A.", "Pty Ltd")
_SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

_STORIES: tuple[tuple[int, tuple[EventKind, ...]], ...] = (
    (10, ()),
    (30, (EventKind.RECEIVED, EventKind.ACKNOWLEDGED)),
    (10, (EventKind.RECEIVED, EventKind.IDENTITY_ASKED)),
    (10, (EventKind.RECEIVED, EventKind.REFUSED)),
    (40, (EventKind.RECEIVED, EventKind.ACKNOWLEDGED, EventKind.COMPLETED)),
)
"""Of a hundred requests: how many have this history after their sending; the first ones are drafts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Makes vaults in a folder of its own; one of each size is enough."""

    folder: Path
    _made: dict[int, Path] = field(default_factory=dict)

    @property
    def compiled(self) -> Path:
        """Where the modules of measured processes are compiled to."""
        return self.folder / "compiled"

    def house(self) -> House:
        """A house whose vaults, settings and hand-over files lie in this folder, on the fixed day."""
        return House(
            vaults=self.folder / "vaults",
            settings=self.folder / "settings.json",
            handover=self.folder / "handover",
            clock=StoppedClock(TODAY),
        )

    def vault_of(self, requests: int) -> Path:
        """The folder of a closed vault with so many requests; made when it is first asked for."""
        if requests not in self._made:
            path = self.folder / "vaults" / f"Measured {requests}.optout"
            _make(path, requests, self.house())
            self._made[requests] = path
        return self._made[requests]

    def opened(self, requests: int) -> Vault[Stores]:
        """The same vault, open on this thread."""
        slots = key_slots(self.vault_of(requests))
        return open_vault(self.vault_of(requests), slots)

    def clear(self) -> None:
        """Throw everything away."""
        shutil.rmtree(self.folder, ignore_errors=True)


def key_slots(path: Path) -> KeySlots:
    """The key slots of a vault."""
    from optout_desktop.storage.keyslots import read_key_slots

    return read_key_slots(path)


def open_vault(path: Path, slots: KeySlots) -> Vault[Stores]:
    """A vault opened by the passphrase of all of them."""
    data_key = slots.open(Secret(PASSPHRASE))
    return Vault.open(path, data_key, schema=SCHEMA, stores=Stores, made_by=__version__)


def _make(path: Path, requests: int, house: House) -> None:
    slots, data_key = KeySlots.create(Secret(PASSPHRASE))
    ccpa = house.library.laws.law(LawId("us-ca-ccpa"))
    [rule] = ccpa.rules_for(Right.OPTOUT_SALE, TODAY)[:1]
    with Vault.create(path, slots, data_key, schema=SCHEMA, stores=Stores, made_by=__version__) as vault:
        me = Person(
            id=_ME, name="Jane Example", emails=("jane@example.org",), place=Place("US-CA"), created_on=TODAY
        )
        with vault.writing() as stores:
            stores.people.put(me)
        made = _requests(requests)
        numbered = 0
        while handful := [one for _, one in zip(range(_AT_ONCE), made, strict=False)]:
            rows = [_overview(one, number, rule) for number, one in enumerate(handful, start=numbered + 1)]
            numbered += len(handful)
            with vault.writing() as stores:
                stores.requests.add_all(handful)
                stores.overviews.add_all(rows)
                stores.search.add_all([search_entry(row, "") for row in rows])


def _requests(count: int) -> Iterator[OptOutRequest]:
    chance = random.Random(20261125)  # noqa: S311  # the same rows in every run
    stories = [story for share, story in _STORIES for _ in range(share)]
    for number in range(count):
        brand = "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()
        company = f"{brand} {chance.choice(_KINDS)} {chance.choice(_ENDINGS)}"
        story = chance.choice(stories)
        sent_on = TODAY - timedelta(days=chance.randint(1, 60 if EventKind.COMPLETED not in story else 700))
        yield OptOutRequest(
            id=RequestId(f"{number:032x}"),
            person=_ME,
            company=CompanyId(f"company-{number % 5000}"),
            company_name=company,
            right=Right.OPTOUT_SALE,
            law=LawId("us-ca-ccpa"),
            residence=Place("US-CA"),
            addressee_place="US-CA",
            channel=Channel.EMAIL,
            to_address=f"privacy@company{number % 5000}.example",
            reference=_reference(number),
            created_on=sent_on,
            events=_events(number, sent_on, story) if story else (),
        )


def _events(number: int, sent_on: date, story: tuple[EventKind, ...]) -> tuple[RequestEvent, ...]:
    kinds = (EventKind.SENT, *story)
    kinds = (*kinds[:2], *(EventKind.NOTE for _ in range(EVENTS_A_REQUEST - len(kinds))), *kinds[2:])
    return tuple(
        RequestEvent(
            id=EventId(f"{number * 16 + at:032x}"),
            kind=kind,
            on=sent_on + timedelta(days=at),
            recorded_at=datetime.combine(sent_on + timedelta(days=at), datetime.min.time()),
            reason="none_given" if kind is EventKind.REFUSED else "",
            grade=ProofGrade.STATED,
        )
        for at, kind in enumerate(kinds)
    )


def _overview(request: OptOutRequest, row: int, rule: Rule) -> RequestOverview:
    deadline = None
    if request.sent_on is not None:
        due = request.sent_on + timedelta(days=21)
        deadline = Clock(
            rule=rule,
            start=Start(event=rule.starts_on, on=request.sent_on, grade=ProofGrade.STATED),
            dates=Dates(nominal=due, due=due, flag_after=due),
        )
    return overview_of(request, deadline, person_name="Jane Example", row=row)


def _reference(number: int) -> str:
    signs = ""
    number = number * 387_420_489 % len(_SYMBOLS) ** 6  # far apart, as random ones are; never twice
    for _ in range(6):
        number, sign = divmod(number, len(_SYMBOLS))
        signs = _SYMBOLS[sign] + signs
    return f"OO-{signs[:4]}-{signs[4:]}"
