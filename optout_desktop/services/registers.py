# SPDX-License-Identifier: Apache-2.0
"""Registers: those for a person's place, and what a person did there.

``record`` keeps a registration as a request with its first entries in one transaction; from then on it is a
request like any other. ``renew`` adds a new sending to it, so that the clocks start anew.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from optout_desktop.catalog.registers import RegisterBook
from optout_desktop.domain.agenda import REMIND_ON, RequestFilter, RequestOverview, SortOrder
from optout_desktop.domain.companies import Company
from optout_desktop.domain.errors import CatalogError, InputError, NotAllowed
from optout_desktop.domain.ids import EventId, PersonId, RegisterId, RequestId, register_in
from optout_desktop.domain.letters import clean_line
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.places import Place
from optout_desktop.domain.registers import Ask, Nearness, Register, RegisterKind, Way, in_order, nearness
from optout_desktop.domain.requests import EventKind, OptOutRequest, RequestEvent, RequestStatus
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .assessing import Assessor
from .ports import Clock
from .requests import free_reference
from .undoing import UndoLabel, UndoService

IDENTIFIER = "identifier"
"""The detail of an entry that says which number, address or browser was registered."""

LONGEST_IDENTIFIER = 200

_ITEMS = {
    Ask.NAME: IdentityItem.NAME,
    Ask.EMAIL: IdentityItem.EMAIL,
    Ask.PHONE_NUMBER: IdentityItem.PHONE,
    Ask.ADDRESS: IdentityItem.POSTAL_ADDRESS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRegister:
    """A register in a list, and why it is for the person or not."""

    register: Register
    near: Nearness


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What a person says they did at a register.

    ``identifier`` is the number, address or browser that was registered; without ``way`` the register's first
    one is meant. ``remind_on`` is a day on which the person wants to look again.
    """

    person: PersonId
    register: RegisterId
    on: date
    identifier: str = ""
    way: Way | None = None
    is_confirmed: bool = False
    remind_on: date | None = None


class RegisterService:
    """Everything that can be done with registers."""

    def __init__(
        self,
        vault: Vault[Stores],
        registers: Callable[[], RegisterBook],
        assessor: Assessor,
        clock: Clock,
        undoing: UndoService,
    ) -> None:
        self._vault = vault
        self._registers = registers
        self._assessor = assessor
        self._clock = clock
        self._undoing = undoing

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────

    def register(self, register: RegisterId) -> Register:
        """One register. Raises NotFound with the nearest ids."""
        return self._registers().register(register)

    def as_company(self, register: RegisterId) -> Company:
        """A register in the place of a company. Raises NotFound."""
        return self.register(register).as_company()

    def problems(self) -> tuple[CatalogError, ...]:
        """What is wrong with entries that could not be read; the others work."""
        return self._registers().problems

    def listed(
        self, place: Place, kind: RegisterKind | None = None, typed: str = ""
    ) -> tuple[ListedRegister, ...]:
        """The registers that fit what was typed, those for ``place`` first."""
        words = _folded(typed).split()
        found = tuple(
            register
            for register in self._registers().all()
            if kind in {None, register.kind} and all(word in _searched(register) for word in words)
        )
        return tuple(
            ListedRegister(register=register, near=nearness(register, place))
            for register in in_order(found, place)
        )

    def of_person(
        self, person: PersonId | None, register: RegisterId | None = None
    ) -> tuple[RequestOverview, ...]:
        """A person's registrations that are not in the bin, the newest first; at one register or at all."""
        wanted = (self.register(register),) if register else self._registers().all()
        laws = frozenset(one.law_id for one in wanted)
        with self._vault.reading() as stores:
            rows, _ = stores.overviews.numbers(
                RequestFilter(laws=laws, person=person), SortOrder.CREATED, self._clock.today(), 0
            )
            return stores.overviews.page(rows)

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────

    def record(self, done: Registration) -> RequestOverview:
        """Keep a registration that a person made, with the rules it counts by.

        Raises NotFound, NotAllowed for an entry that nobody can register in, InputError for a day that cannot
        be.
        """
        register = self.register(done.register)
        if not register.can_be_recorded or register.right is None:
            reason = register.status_note or "This entry explains; there is nothing to register in."
            raise NotAllowed(f"{register.title}: {reason} Nothing was recorded.")
        way = done.way or register.ways[0]
        self._require_day(done.on, done.remind_on)
        with self._vault.writing() as stores:
            request = OptOutRequest(
                id=RequestId(uuid.uuid4().hex),
                person=done.person,
                company=register.company_id,
                company_name=register.title,
                right=register.right,
                law=register.law_id,
                residence=stores.people.get(done.person).place,
                addressee_place=register.country,
                channel=way.kind.channel,
                to_address=way.value,
                reference=free_reference(stores),
                identity=frozenset(_ITEMS[item] for item in register.asks_for if item in _ITEMS),
                created_on=self._clock.today(),
                events=self._entries(done, way),
            )
            overview = self._keep(stores, request)
        self._undoing.push(
            UndoLabel.REGISTRATION_RECORDED,
            register.title,
            undo=lambda: self._set_binned(request.id, self._clock.today()),
            redo=lambda: self._set_binned(request.id, None),
        )
        return overview

    def renew(
        self, request: RequestId, on: date, *, is_confirmed: bool = False, remind_on: date | None = None
    ) -> RequestOverview:
        """Say that a registration was made again; its clocks start anew.

        Raises NotFound, NotAllowed where its status forbids that, InputError for a day that cannot be.
        """
        self._require_day(on, remind_on)
        with self._vault.writing() as stores:
            before = stores.requests.get(request)
            register = register_in(before.law)
            if register is None:
                raise NotAllowed("This request is no registration. Nothing was changed.")
            last = before.last(EventKind.SENT)
            if last is not None and on < last.on:
                raise InputError(
                    "on", f"{on.isoformat()} is before the day you registered ({last.on.isoformat()})."
                )
            entries = self._entries(
                Registration(
                    person=before.person,
                    register=register,
                    on=on,
                    identifier=last.detail(IDENTIFIER) if last else "",
                    is_confirmed=is_confirmed,
                    remind_on=remind_on,
                ),
                None,
            )
            if before.status is RequestStatus.COMPLETED:
                entries = (self._event(EventKind.REOPENED, on), *entries)
            _require_holding(before, entries)
            for entry in entries:
                stores.requests.append(request, entry)
            overview = self._count_again(stores, request)
        self._push_taking_back(overview, entries, before.rules)
        return overview

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _keep(self, stores: Stores, request: OptOutRequest) -> RequestOverview:
        stores.requests.add(request)
        return self._count_again(stores, request.id)

    def _count_again(self, stores: Stores, request: RequestId) -> RequestOverview:
        after = stores.requests.get(request)
        kept = self._assessor.keep(stores, self._assessor.snapshot_for(after))
        return self._count_by(stores, after, kept)

    def _count_by(self, stores: Stores, request: OptOutRequest, rules: str) -> RequestOverview:
        after = replace(request, rules=rules)
        stores.requests.change(after)
        return self._assessor.write(stores, after)

    def _set_binned(self, request: RequestId, on: date | None) -> None:
        with self._vault.writing() as stores:
            stores.requests.set_binned(request, on)
            self._assessor.write(stores, stores.requests.get(request))

    def _push_taking_back(
        self, overview: RequestOverview, entries: Sequence[RequestEvent], rules_before: str
    ) -> None:
        """Leave a step that takes the last entries back, the newest first, and so on for ever."""
        last, rules = tuple(entries), rules_before

        def step() -> None:
            nonlocal last, rules
            taken = tuple(
                replace(self._event(EventKind.TAKEN_BACK, self._clock.today()), corrects=entry.id)
                for entry in reversed(last)
            )
            with self._vault.writing() as stores:
                before = stores.requests.get(overview.id)
                _require_holding(before, taken)
                for entry in taken:
                    stores.requests.append(overview.id, entry)
                self._count_by(stores, stores.requests.get(overview.id), rules)
            last, rules = taken, before.rules

        self._undoing.push(UndoLabel.ENTRY_RECORDED, overview.company_name, undo=step, redo=step)

    def _entries(self, done: Registration, way: Way | None) -> tuple[RequestEvent, ...]:
        details = {
            IDENTIFIER: _identifier(done.identifier),
            REMIND_ON: done.remind_on.isoformat() if done.remind_on else "",
        }
        sent = replace(
            self._event(EventKind.SENT, done.on),
            channel=way.kind.channel if way else None,
            to_address=way.value if way else "",
            details=tuple((name, value) for name, value in details.items() if value),
        )
        return (sent, self._event(EventKind.REGISTERED, done.on)) if done.is_confirmed else (sent,)

    def _event(self, kind: EventKind, on: date) -> RequestEvent:
        return RequestEvent(id=EventId(uuid.uuid4().hex), kind=kind, on=on, recorded_at=self._clock.now())

    def _require_day(self, on: date, remind_on: date | None) -> None:
        today = self._clock.today()
        if on > today:
            raise InputError("on", f"{on.isoformat()} is in the future. Record it when you have registered.")
        if remind_on is not None and remind_on <= today:
            raise InputError("remind_on", "The day to look again must lie ahead.")


def _identifier(typed: str) -> str:
    clean = clean_line(typed)
    if len(clean) > LONGEST_IDENTIFIER:
        raise InputError("identifier", f"This is longer than {LONGEST_IDENTIFIER} characters. Shorten it.")
    return clean


def _require_holding(before: OptOutRequest, entries: Sequence[RequestEvent]) -> None:
    """Raise NotAllowed where the entries do not follow from the history, or a later one rests on theirs."""
    after = before
    for entry in entries:
        if entry.corrects is None and not after.allows(entry.kind):
            raise NotAllowed(
                f"“{entry.kind}” cannot be recorded while the request is “{after.status}”. "
                "Nothing was changed."
            )
        after = after.with_event(entry)
    if after.first_impossible() is not None:
        raise NotAllowed("A later entry rests on this one. Take that one back first. Nothing was changed.")


def _searched(register: Register) -> str:
    parts = (register.id, register.title, register.operator, *register.places)
    return _folded(" ".join(parts))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char))
