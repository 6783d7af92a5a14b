# SPDX-License-Identifier: Apache-2.0
"""Exchange: requests on their way into a file and back: what goes out, what a file says, what would become of it.

Outward, a request goes with its person, its row and its letters (``OutgoingRequest``), a deadline as a
``CalendarEntry``. Inward, a file becomes a ``ReadDocument``; each of its requests gets a ``Verdict`` before
anything is changed. The words for each ``Problem`` are made where they are shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .agenda import Bucket, RequestFilter, RequestOverview, bucket_of
from .clocks import Clock
from .companies import Company
from .ids import EventId, PersonId, RequestId, RuleId
from .laws import COMPANY_ACTS, Step
from .letters import KeptLetter
from .people import Person
from .places import Place
from .requests import Attention, CloseReason, EventKind, OptOutRequest, RefusalReason, RequestStatus
from .rights import Right

SCHEMA = 1
"""The number of the exchanged document; a reader refuses a higher one."""

KIND = "optout-requests"
"""What the exchanged document says that it is."""


class ExportForm(StrEnum):
    """What requests are written as."""

    CSV = "csv"
    JSON = "json"
    ICS = "ics"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportChoice:
    """What goes out: which requests, and how much of them.

    ``wanted`` is the filter of a list, a person alone among them; None takes all that are not in the bin.
    ``has_names`` puts companies into a calendar, ``has_texts`` the words and bytes of letters into a document,
    ``has_bom`` the mark by which spreadsheets know UTF-8 before a table.
    """

    form: ExportForm
    wanted: RequestFilter | None = None
    has_names: bool = False
    has_texts: bool = False
    has_bom: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedLetter:
    """A kept letter, the entry that says that it was sent, and its bytes where they go along."""

    kept: KeptLetter
    event: EventId | None = None
    content: bytes | None = None

    @property
    def is_whole(self) -> bool:
        """True where the bytes are there and have their digest."""
        return self.content is not None and hashlib.sha256(self.content).hexdigest() == self.kept.sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingRequest:
    """One request with all that a file may say of it."""

    request: OptOutRequest
    person: Person
    overview: RequestOverview
    note: str = ""
    letters: tuple[CopiedLetter, ...] = ()


# ── the vocabulary of the Data Rights Protocol 1.0 ───────────────────────────────────────────────────

_DRP_EXERCISE = {
    Right.OPTOUT_SALE: "sale:opt-out",
    Right.OPTOUT_SHARING_TARGETED_ADS: "sale:opt-out",
    Right.DELETE: "deletion",
    Right.ACCESS: "access",
}
_DRP_STATUS = {
    RequestStatus.DRAFT: "",
    RequestStatus.SENT: "open",
    RequestStatus.ACKNOWLEDGED: "in_progress",
    RequestStatus.EXTENDED: "in_progress",
    RequestStatus.COMPLETED: "fulfilled",
    RequestStatus.REFUSED: "denied",
    RequestStatus.ESCALATED: "open",
    RequestStatus.CLOSED: "revoked",
}
_DRP_REASON = {
    RefusalReason.INSUFFICIENT_VERIFICATION: "insuf_verification",
    RefusalReason.NONE_GIVEN: "other",
}


def drp_exercise(right: Right) -> str:
    """The protocol's word for a right, or an empty text where it has none."""
    return _DRP_EXERCISE.get(right, "")


def drp_status(request: OptOutRequest) -> tuple[str, str]:
    """Status and reason of a request in the protocol's words; both empty for a draft.

    After a complaint the company's last word decides; a request that was closed because all was done is
    fulfilled, any other closed one revoked.
    """
    status = request.status
    last = request.last(EventKind.REFUSED, EventKind.SENT)
    is_refused = last is not None and last.kind is EventKind.REFUSED
    closed = request.last(EventKind.CLOSED)
    if status is RequestStatus.CLOSED and closed is not None and closed.reason == CloseReason.DONE:
        return "fulfilled", ""
    if last is not None and is_refused and status in {RequestStatus.REFUSED, RequestStatus.ESCALATED}:
        reason = last.reason if last.reason in set(RefusalReason) else RefusalReason.OTHER.value
        return "denied", _DRP_REASON.get(RefusalReason(reason), reason)
    asked = request.last(EventKind.IDENTITY_ASKED, EventKind.IDENTITY_GIVEN)
    if (
        request.attention is Attention.NEEDS_ANSWER
        and asked is not None
        and asked.kind is EventKind.IDENTITY_ASKED
    ):
        return "in_progress", "need_user_verification"
    return _DRP_STATUS[status], ""


# ── deadlines in a calendar ──────────────────────────────────────────────────────────────────────────

UID_HOST = "optout-desktop"
_MINE = frozenset({Step.COMPLAIN_WINDOW, Step.ESCALATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDeadline:
    """One clock as a calendar tells it.

    ``on`` is the last day on which everybody agrees that there is still time: nobody is accused before it has
    ended. ``due`` is earlier where the date is uncertain. ``is_mine`` where the person may act until then.
    """

    request: RequestId
    rule: RuleId
    company_name: str
    reference: str
    right: Right
    due: date
    on: date
    is_mine: bool = False
    is_registration: bool = False

    @property
    def is_uncertain(self) -> bool:
        """True where two readings give two days."""
        return self.due != self.on

    @property
    def uid(self) -> str:
        """The same for this clock in every export and on every machine."""
        return uid_of(self.request, self.rule)


def uid_of(request: RequestId, rule: RuleId) -> str:
    """The name of a clock in every calendar."""
    return f"{request}-{rule}@{UID_HOST}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarText:
    """What an entry of a calendar says: a title and a few lines."""

    title: str
    text: str = ""


Describe = Callable[[CalendarDeadline], CalendarText]
"""Makes the words of a deadline; what it leaves out is not in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One whole day in a calendar. ``sequence`` grows whenever the date may have changed (RFC 5545, 3.8.7.4)."""

    uid: str
    on: date
    title: str
    text: str = ""
    sequence: int = 0
    is_cancelled: bool = False


def calendar_deadlines(request: OptOutRequest, clocks: tuple[Clock, ...]) -> tuple[CalendarDeadline, ...]:
    """The clocks of a request that still run: what somebody owes, what the person may do, what must be renewed.

    A request that is over has none, except the last day of a registration in force.
    """
    is_over = request.binned_on is not None or bucket_of(request) in {Bucket.DONE, Bucket.DRAFT}
    found: list[CalendarDeadline] = []
    for clock in clocks:
        if is_over or clock.dates is None or clock.met_on is not None:
            continue
        is_registration = clock.step is Step.OPTOUT_DURATION
        if clock.step not in COMPANY_ACTS | _MINE and not is_registration:
            continue
        found.append(
            CalendarDeadline(
                request=request.id,
                rule=clock.rule.id,
                company_name=request.company_name,
                reference=request.reference,
                right=request.right,
                due=clock.dates.due,
                on=max(clock.dates.due, clock.dates.flag_after),
                is_mine=clock.step in _MINE,
                is_registration=is_registration,
            )
        )
    return tuple(found)


# ── reading in ───────────────────────────────────────────────────────────────────────────────────────


class ImportSource(StrEnum):
    """Whose file it is."""

    JSON = "json"
    CSV = "csv"
    DATENANFRAGEN = "datenanfragen"


class Problem(StrEnum):
    """Why a request of a file is left out; each comes with a detail, such as a field or a word."""

    UNKNOWN_WORD = "unknown_word"
    MISSING = "missing"
    NOT_A_DAY = "not_a_day"
    NOT_A_PLACE = "not_a_place"
    NOT_AN_ID = "not_an_id"
    TOO_LONG = "too_long"
    WRONG_SHAPE = "wrong_shape"
    FREE_LETTER = "free_letter"
    """A letter of the person's own, under no right that is known."""
    NOTHING_ASKED = "nothing_asked"
    """No message in it asks for anything."""
    TWICE = "twice"
    UNKNOWN_LAW = "unknown_law"
    UNKNOWN_REGISTER = "unknown_register"
    NO_SUCH_RIGHT = "no_such_right"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_COMPANY = "unknown_company"
    RULES_DAMAGED = "rules_damaged"
    REFERENCE_TAKEN = "reference_taken"
    ENTRY_ELSEWHERE = "entry_elsewhere"
    IMPOSSIBLE_HISTORY = "impossible_history"
    REQUEST_DIFFERS = "request_differs"
    ENTRY_DIFFERS = "entry_differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """One request as a file says it; ``place`` is its line or entry, such as *line 7*.

    An empty ``person`` or ``residence`` is filled by what the person chooses for the whole file.
    """

    place: str
    request: OptOutRequest
    note: str = ""
    letters: tuple[CopiedLetter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """A request of a file that nothing can be made of."""

    place: str
    problem: Problem
    detail: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """All that a file says. ``rules`` are snapshots by digest; ``encoding`` is how its letters were read."""

    source: ImportSource
    file_name: str
    encoding: str = "utf-8"
    people: tuple[Person, ...] = ()
    companies: tuple[Company, ...] = ()
    rules: tuple[tuple[str, str], ...] = ()
    requests: tuple[ReadRequest, ...] = ()
    unusable: tuple[Unusable, ...] = ()

    @property
    def asks_for_person(self) -> bool:
        """True where the file does not say whose requests these are."""
        return any(not one.request.person for one in self.requests)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportChoice:
    """What a person says for the whole file, where it does not; None: oneself, and where they live."""

    person: PersonId | None = None
    place: Place | None = None


class Verdict(StrEnum):
    """What becomes of one request of a file."""

    NEW = "new"
    KNOWN = "known"
    """It is there already, with every entry."""
    MERGED = "merged"
    """It is there already and gets the entries that it has not."""
    CONFLICT = "conflict"
    """It is there already and says something else: it stays as it is."""
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """One line of the preview. ``new_entries`` counts what is added to a request that is there."""

    place: str
    verdict: Verdict
    name: str = ""
    reference: str = ""
    right: Right | None = None
    sent_on: date | None = None
    new_entries: int = 0
    problem: Problem | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What reading a file in would do; nothing is changed yet."""

    source: ImportSource
    file_name: str
    encoding: str
    lines: tuple[PlannedLine, ...]
    new_people: tuple[str, ...] = ()
    new_companies: int = 0
    letters_left_out: int = 0
    """Letters that came without their bytes: of them only the digest is known, and nothing is kept."""

    def count(self, verdict: Verdict) -> int:
        """How many requests of the file it happens to."""
        return sum(line.verdict is verdict for line in self.lines)

    @property
    def changes(self) -> int:
        """How many requests would be added or get entries."""
        return self.count(Verdict.NEW) + self.count(Verdict.MERGED)
