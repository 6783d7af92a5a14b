# SPDX-License-Identifier: Apache-2.0
"""Requests: everything a person can do with an opt-out request, from the draft to the bin.

Every change writes its event, the overview row and the index entry in one transaction, and leaves a step in
the undo list that takes it back by another entry.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from optout_desktop.domain.agenda import (
    RequestFilter,
    RequestList,
    RequestOverview,
    SortOrder,
    leading_clock,
)
from optout_desktop.domain.clocks import Clock, WhyLine
from optout_desktop.domain.companies import Channel, Company
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.evidence import Evidence
from optout_desktop.domain.ids import CompanyId, EventId, LetterId, PersonId, RequestId, RuleId
from optout_desktop.domain.laws import Law
from optout_desktop.domain.letters import KeptLetter, LetterKind
from optout_desktop.domain.people import Person
from optout_desktop.domain.requests import (
    CloseReason,
    EventKind,
    OptOutRequest,
    ProofGrade,
    RefusalReason,
    RequestEvent,
)
from optout_desktop.domain.rights import Right
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .asking import NewRequest, asking, require_fitting_facts
from .assessing import Assessor
from .companies import CompanyService
from .contact_proposals import note_bounces
from .follow_ups import follow_ups
from .laws import LawService
from .ports import Clock as Time
from .preferences import PreferenceService
from .references import new_reference
from .undoing import UndoLabel, UndoService

__all__ = ["NO_REASON_GIVEN", "Entry", "HistoryLine", "NewRequest", "RequestDetail", "RequestService"]

NO_REASON_GIVEN = "none_given"
_WHOM_AND_WHAT = ("person", "company", "right", "law", "channel", "to_address")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is recorded of something that happened; dates are the person's, never the machine's.

    An extension needs ``until`` and a reason or ``none_given``; a refusal one of the refusal reasons.
    """

    kind: EventKind
    on: date
    until: date | None = None
    reason: str = ""
    note: str = ""
    grade: ProofGrade = ProofGrade.STATED
    channel: Channel | None = None
    to_address: str = ""
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One entry as the timeline shows it; an entry that was corrected or taken back no longer stands."""

    event: RequestEvent
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDetail:
    """Everything that the detail view shows of one request."""

    request: OptOutRequest
    overview: RequestOverview
    person: Person
    law: Law
    clocks: tuple[Clock, ...]
    deadline: Clock | None
    history: tuple[HistoryLine, ...]
    letters: tuple[KeptLetter, ...]
    made: tuple[KeptLetter, ...]
    """Letters that were handed over and of which nobody said that they were sent."""
    follow_ups: tuple[LetterKind, ...]
    """Letters beside a reminder that fit now: an appeal, a complaint to the company, an objection."""
    files: tuple[Evidence, ...]
    note: str
    has_newer_law: bool


class RequestService:
    """Everything a person can do with an opt-out request."""

    def __init__(
        self,
        vault: Vault[Stores],
        assessor: Assessor,
        laws: LawService,
        companies: CompanyService,
        preferences: PreferenceService,
        clock: Time,
        undoing: UndoService,
    ) -> None:
        self._vault = vault
        self._assessor = assessor
        self._laws = laws
        self._companies = companies
        self._preferences = preferences
        self._clock = clock
        self._undoing = undoing

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────

    def list(
        self,
        wanted: RequestFilter,
        sort: SortOrder = SortOrder.URGENCY,
        limit: int | None = None,
        *,
        is_reversed: bool = False,
        ranking: Sequence[str] = (),
    ) -> RequestList:
        """The requests of a list in order, by row number; ``limit`` for a first glance at a long one.

        ``ranking`` is for an order by words: the values of its column as their words are ordered.
        """
        today, soon = self._clock.today(), self._preferences.due_soon_days()
        with self._vault.reading() as stores:
            rows, groups = stores.overviews.numbers(
                wanted, sort, today, soon, limit, is_reversed=is_reversed, ranking=ranking
            )
        return RequestList(rows=tuple(rows), groups=tuple(groups))

    def values(self, column: str) -> tuple[str, ...]:
        """Every value of ``right``, ``law``, ``channel`` or ``status`` that a request outside the bin has."""
        with self._vault.reading() as stores:
            return stores.overviews.values(column)

    def page(self, rows: Sequence[int]) -> tuple[RequestOverview, ...]:
        """The overview rows of these numbers, in that order."""
        with self._vault.reading() as stores:
            return stores.overviews.page(rows)

    def detail(self, request: RequestId) -> RequestDetail:
        """Everything about one request. Raises NotFound."""
        with self._vault.reading() as stores:
            found = stores.requests.get(request)
            kept = self._assessor.kept(stores, found)
            clocks = self._assessor.clocks(found, kept)
            overview = stores.overviews.get(request)
            if overview is None:
                raise NotFound("request", request)
            standing = {event.id for event in found.history}
            law = self._laws.law(found.law)
            return RequestDetail(
                request=found,
                overview=overview,
                person=stores.people.get(found.person),
                law=law,
                clocks=clocks,
                deadline=leading_clock(found, clocks),
                history=tuple(
                    HistoryLine(event=event, stands=event.id in standing) for event in found.events
                ),
                letters=stores.letters.of(request, found.vouched()),
                made=stores.letters.handed_out(request),
                follow_ups=follow_ups(found, law, clocks, self._clock.today()),
                files=stores.evidence.of(request),
                note=stores.requests.note(request),
                has_newer_law=kept is not None and self._assessor.is_newer_version_known(kept, found),
            )

    def why(self, request: RequestId, rule: RuleId) -> tuple[WhyLine, ...]:
        """The arithmetic of one clock of a request. Raises NotFound."""
        with self._vault.reading() as stores:
            found = stores.requests.get(request)
            kept = self._assessor.kept(stores, found)
        clock = next((one for one in self._assessor.clocks(found, kept) if one.rule.id == rule), None)
        if clock is None:
            raise NotFound("rule of this request", rule)
        return self._assessor.why(clock, found, kept)

    def asked_before(self, person: PersonId, company: CompanyId, right: Right) -> tuple[RequestOverview, ...]:
        """Earlier requests of a person to a company under the same right, the newest first."""
        with self._vault.reading() as stores:
            ids = stores.requests.asked_before(person, company, right)
            found = [stores.overviews.get(request) for request in ids]
        return tuple(overview for overview in found if overview is not None)

    def find(self, text: str) -> RequestId:
        """The request of a reference, or of the beginning of an id. Raises NotFound."""
        with self._vault.reading() as stores:
            found = stores.requests.find(text)
        if found is None:
            raise NotFound("request", text)
        return found

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────

    def start(self, new: NewRequest) -> RequestOverview:
        """Keep a new draft. Raises NotFound, InputError where the law has no such right."""
        company = self._asked(new)
        with self._vault.writing() as stores:
            person = stores.people.get(new.person)
            request = OptOutRequest(
                id=RequestId(uuid.uuid4().hex),
                reference=free_reference(stores),
                created_on=self._clock.today(),
                **asking(new, person, company, stores.dead_contacts.of(company.id)),
            )
            stores.requests.add(request)
            overview = self._assessor.write(stores, request)
        self._undoing.push(
            UndoLabel.REQUEST_STARTED,
            company.name,
            undo=lambda: self._set_binned({request.id: self._clock.today()}),
            redo=lambda: self._set_binned({request.id: None}),
        )
        return overview

    def change_draft(self, request: RequestId, new: NewRequest) -> RequestOverview:
        """Change what a draft asks, of whom and how. Raises NotAllowed once sent, else as ``start``."""
        company = self._asked(new)
        with self._vault.writing() as stores:
            before = stores.requests.get(request)
            dead = stores.dead_contacts.of(company.id)
            after = replace(before, **asking(new, stores.people.get(new.person), company, dead))
            is_other = any(getattr(before, name) != getattr(after, name) for name in _WHOM_AND_WHAT)
            made = tuple(one.id for one in stores.letters.made(request) if is_other)
            stores.letters.set_binned(made, is_binned=True)
            overview = self._rewrite(stores, after)
        self._undoing.push(
            UndoLabel.REQUEST_CHANGED,
            company.name,
            undo=lambda: self._change(before, made, is_binned=False),
            redo=lambda: self._change(after, made, is_binned=True),
        )
        return overview

    def record(
        self,
        request: RequestId,
        entry: Entry,
        along: Callable[[Stores], None] | None = None,
        along_back: Callable[[Stores], None] | None = None,
    ) -> RequestOverview:
        """Add an entry to a request's history; what ``along`` writes is kept with it or not at all.

        Undoing the entry calls ``along_back``. Raises NotAllowed where the status forbids it, InputError
        for a day that cannot be or a missing reason.
        """
        event = self._event(entry)
        with self._vault.writing() as stores:
            before = stores.requests.get(request)
            self._require_possible(before, event)
            overview = self._append(stores, before, event)
            if along is not None:
                along(stores)
        if entry.grade is not ProofGrade.SERVER_ACCEPTED:
            self._push(UndoLabel.ENTRY_RECORDED, overview, event, before.rules, along_back)
        return overview

    def correct(self, request: RequestId, wrong: EventId, entry: Entry) -> RequestOverview:
        """Put a later entry in the place of a wrong one; both stay in the record. Raises as ``record``."""
        event = replace(self._event(entry), corrects=wrong)
        with self._vault.writing() as stores:
            before = stores.requests.get(request)
            self._require_possible(before.before(_standing(before, wrong)), event)
            _require_holding(before.with_event(event))
            overview = self._append(stores, before, event)
        self._push(UndoLabel.ENTRY_CORRECTED, overview, event, before.rules)
        return overview

    def take_back(self, request: RequestId, wrong: EventId) -> RequestOverview:
        """Say that an entry is not so; it stays in the record, struck through.

        Raises NotFound, NotAllowed where later entries rest on it.
        """
        event = self._taking_back(wrong)
        with self._vault.writing() as stores:
            before = stores.requests.get(request)
            _standing(before, wrong)
            _require_holding(before.with_event(event))
            overview = self._append(stores, before, event)
            stores.letters.set_event(sent := stores.letters.named_by(wrong), None)  # made, and not sent

        def swap(stores: Stores) -> None:
            stores.letters.set_event(sent, wrong if wrong in stores.requests.get(request).vouched() else None)

        self._push(UndoLabel.ENTRY_TAKEN_BACK, overview, event, before.rules, swap)
        return overview

    def save_note(self, request: RequestId, text: str) -> None:
        """Keep a new version of a request's note; nothing happens where it did not change."""
        with self._vault.reading() as stores:
            before = stores.requests.note(request)
            name = stores.requests.get(request).company_name
        if text == before:
            return
        self._put_note(request, text)
        self._undoing.push(
            UndoLabel.NOTE_CHANGED,
            name,
            undo=lambda: self._put_note(request, before),
            redo=lambda: self._put_note(request, text),
        )

    def bin(self, requests: Sequence[RequestId]) -> None:
        """Move requests to the bin, where they stay for thirty days at least."""
        self._move(requests, is_binned=True, label=UndoLabel.REQUEST_BINNED)

    def restore(self, requests: Sequence[RequestId]) -> None:
        """Bring requests back from the bin."""
        self._move(requests, is_binned=False, label=UndoLabel.REQUEST_RESTORED)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _move(self, requests: Sequence[RequestId], *, is_binned: bool, label: UndoLabel) -> None:
        on = self._clock.today() if is_binned else None
        with self._vault.reading() as stores:
            found = [stores.requests.get(request) for request in dict.fromkeys(requests)]
        moved = [one for one in found if (one.binned_on is not None) != is_binned]
        if not moved:
            return
        self._set_binned({one.id: on for one in moved})
        self._undoing.push(
            label,
            moved[0].company_name if len(moved) == 1 else str(len(moved)),
            undo=lambda: self._set_binned({one.id: one.binned_on for one in moved}),
            redo=lambda: self._set_binned({one.id: on for one in moved}),
        )

    def _set_binned(self, days: dict[RequestId, date | None]) -> None:
        with self._vault.writing() as stores:
            for request, on in days.items():
                stores.requests.set_binned(request, on)
                self._assessor.write(stores, stores.requests.get(request))

    def _change(self, request: OptOutRequest, made: tuple[LetterId, ...], *, is_binned: bool) -> None:
        with self._vault.writing() as stores:
            stores.letters.set_binned(made, is_binned=is_binned)
            self._rewrite(stores, request)

    def _rewrite(self, stores: Stores, request: OptOutRequest) -> RequestOverview:
        if stores.requests.get(request.id).sent_on is not None:
            raise NotAllowed("This request was sent. What it said stays as it was; start a new one instead.")
        stores.requests.change(request)
        return self._assessor.write(stores, request)

    def _asked(self, new: NewRequest) -> Company:
        """The company that is asked. Raises NotFound, InputError where the law has no such right."""
        law = self._laws.law(new.law)
        if law.offers(new.right) is None:
            raise InputError("right", f"{law.short_title} has no right called {new.right}.")
        require_fitting_facts(new)
        return self._companies.get(new.company)

    def _put_note(self, request: RequestId, text: str) -> None:
        with self._vault.writing() as stores:
            stores.requests.put_note(request, text, self._clock.now())
            self._assessor.write(stores, stores.requests.get(request))

    def _append(self, stores: Stores, request: OptOutRequest, event: RequestEvent) -> RequestOverview:
        stores.requests.append(request.id, event)
        after = stores.requests.get(request.id)
        if after.sent_on != request.sent_on:
            kept = self._assessor.keep(stores, self._assessor.snapshot_for(after)) if after.sent_on else ""
            after = _counting_by(stores, after, kept)
        note_bounces(stores, request, after)
        return self._assessor.write(stores, after)

    def _push(
        self,
        label: UndoLabel,
        overview: RequestOverview,
        event: RequestEvent,
        rules_before: str,
        along_back: Callable[[Stores], None] | None = None,
    ) -> None:
        """Leave a step whose undoing is an entry that takes the last one back, with what it counted by then."""
        last, rules = event.id, rules_before

        def step() -> None:
            nonlocal last, rules
            taking_back = self._taking_back(last)
            with self._vault.writing() as stores:
                before = stores.requests.get(overview.id)
                _require_holding(before.with_event(taking_back))
                stores.requests.append(overview.id, taking_back)
                after = _counting_by(stores, stores.requests.get(overview.id), rules)
                note_bounces(stores, before, after)
                self._assessor.write(stores, after)
                if along_back is not None:
                    along_back(stores)
            last, rules = taking_back.id, before.rules

        self._undoing.push(label, overview.company_name, undo=step, redo=step)

    def _taking_back(self, wrong: EventId) -> RequestEvent:
        event = self._event(Entry(kind=EventKind.TAKEN_BACK, on=self._clock.today()))
        return replace(event, corrects=wrong)

    def _event(self, entry: Entry) -> RequestEvent:
        return RequestEvent(
            id=EventId(uuid.uuid4().hex),
            kind=entry.kind,
            on=entry.on,
            recorded_at=self._clock.now(),
            until=entry.until,
            reason=entry.reason.strip(),
            note=entry.note.strip(),
            grade=entry.grade,
            channel=entry.channel,
            to_address=entry.to_address,
            details=entry.details,
        )

    def _require_possible(self, request: OptOutRequest, event: RequestEvent) -> None:
        if not request.allows(event.kind):
            raise NotAllowed(
                f"“{event.kind}” cannot be recorded while the request is “{request.status}”. "
                "Nothing was changed."
            )
        if event.on > self._clock.today():
            raise InputError(
                "on", f"{event.on.isoformat()} is in the future. Record it when it has happened."
            )
        if request.sent_on is not None and event.kind is not EventKind.SENT and event.on < request.sent_on:
            raise InputError(
                "on",
                f"{event.on.isoformat()} is before the request was sent ({request.sent_on.isoformat()}). "
                "Correct one of the two dates.",
            )
        _require_facts(request, event)


def _require_facts(request: OptOutRequest, event: RequestEvent) -> None:
    if event.kind is EventKind.EXTENDED:
        if event.until is None:
            raise InputError("until", "Enter the new date that the company gave.")
        if event.until <= event.on:
            raise InputError("until", "The new date must lie after the day of the notice.")
        if not event.reason:
            raise InputError("reason", "Enter the reason that the company gave, or choose “No reason given”.")
    if event.kind is EventKind.REFUSED and event.reason not in set(RefusalReason):
        raise InputError("reason", "Choose the ground that the company gave, or “No ground given”.")
    if event.kind is EventKind.CLOSED and event.reason not in set(CloseReason):
        raise InputError("reason", "Choose why you close this request.")
    is_unaddressed = event.kind is EventKind.SENT and not (request.to_address or event.to_address)
    if is_unaddressed and (event.channel or request.channel) in {Channel.EMAIL, Channel.SMS}:
        raise InputError("to", "There is no address that this could have been sent to. Enter it first.")


def _standing(request: OptOutRequest, wrong: EventId) -> RequestEvent:
    found = next((event for event in request.history if event.id == wrong), None)
    if found is None:
        raise NotFound("entry of this request", wrong)
    return found


def _require_holding(after: OptOutRequest) -> None:
    """Raise NotAllowed where an entry that is to stand would no longer follow from those before it."""
    late = after.first_impossible()
    if late is not None:
        raise NotAllowed(
            f"The entry “{late.kind}” of {late.on.isoformat()} rests on this one. "
            "Correct or take back that one first. Nothing was changed."
        )


def _counting_by(stores: Stores, request: OptOutRequest, rules: str) -> OptOutRequest:
    """The request with the rules it counts by from now on, or none where it does not count as sent."""
    request = replace(request, rules=rules)
    stores.requests.change(request)
    return request


def free_reference(stores: Stores) -> str:
    """A reference that no request of the vault has, such as *OO-7K3P-22QF*."""
    while True:
        reference = new_reference()
        if stores.requests.find(reference) is None:
            return reference
