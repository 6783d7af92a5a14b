# SPDX-License-Identifier: Apache-2.0
"""Clocks: (request, rules, calendars) → every date of a request, each with its own state.

Three dates: *nominal* is pure arithmetic, *due* is after the roll that the law states, and nobody is accused
before *flag_after* has ended, the latest defensible date (unknown region, undefined "business day", a longer
reading that a source supports). The calendars come through ``CalendarBook``, so that a sent request counts
with the days that were kept with it. ``counting`` does the arithmetic, ``running`` reads the history,
``explaining`` says why, ``snapshots`` keeps rules and calendars with a request.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .calendars import Calendar
from .counting import CalendarBook, Dates
from .ids import CalendarId
from .laws import Rule, Step
from .requests import ProofGrade

__all__ = [
    "CalendarBook",
    "Clock",
    "ClockState",
    "Conventions",
    "Dates",
    "ExtensionDoubt",
    "FrozenBook",
    "RulesSnapshot",
    "Start",
    "WhyKind",
    "WhyLine",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenBook:
    """A calendar book made of the calendars that were kept with a request."""

    calendars: tuple[Calendar, ...]
    region_lists: tuple[tuple[str, tuple[CalendarId, ...]], ...] = ()
    _by_id: dict[CalendarId, Calendar] = field(init=False, repr=False, compare=False, hash=False)
    _regions: dict[str, tuple[CalendarId, ...]] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {kept.id: kept for kept in self.calendars})
        object.__setattr__(self, "_regions", dict(self.region_lists))

    def calendar(self, calendar: CalendarId) -> Calendar:
        """The kept calendar of that id; a KeyError means that the snapshot was built wrongly."""
        return self._by_id[calendar]

    def regions(self, country: str) -> tuple[CalendarId, ...]:
        """The kept list of a country's regions."""
        return self._regions.get(country, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesSnapshot:
    """The rules and the non-working days that a request was sent under.

    ``digest`` is the SHA-256 of its canonical text; requests sent under the same rules share one snapshot.
    """

    digest: str
    rules: tuple[Rule, ...]
    book: FrozenBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """The app's own conventions where a law has no number; each is shown as such and never as law."""

    post_transit_days: int
    """How long after posting a letter is presumed to have arrived where no receipt proves it."""


class ClockState(StrEnum):
    """How a clock stands on a day."""

    NOT_STARTED = "not_started"
    NO_DATE = "no_date"
    """The law gives no number (immediately, reasonable time): no date is computed."""
    RUNNING = "running"
    PAUSED = "paused"
    """It stands still while the person has not answered a question."""
    GRACE = "grace"
    """The due date has ended, but a defensible reading gives the company longer, or the day binds nobody:
    nobody is accused yet. A span such as the life of an opt-out has simply ended."""
    MISSED = "missed"
    MET = "met"
    MET_LATE = "met_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What started a clock; ``is_floored`` where the law starts it later than the event.

    ``after_rule`` names the rule whose last day is taken for the start, where no entry proves it.
    """

    event: str
    on: date
    grade: ProofGrade
    is_floored: bool = False
    after_rule: str = ""


class ExtensionDoubt(StrEnum):
    """Why an extension that a company took may not count, as it stands in ``Clock.extension_doubt``."""

    LATE_NOTICE = "late_notice"
    """The notice came after the first period had ended."""
    NO_REASON = "no_reason"
    BEYOND_MAXIMUM = "beyond_maximum"
    """The company names a later day than the law allows."""
    NO_EXTENSION_IN_LAW = "no_extension_in_law"
    NO_DATE_NAMED = "no_date_named"
    """The law sets no length and the company named no day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One rule running for one request.

    ``dates`` is None where the clock has not started or the law gives no number. ``unextended`` holds the
    dates without the extension that the company took; where the extension is doubtful (``extension_doubt``)
    both are shown and nobody is accused before the later one. ``met_on`` is the day the duty was met.
    """

    rule: Rule
    start: Start | None = None
    dates: Dates | None = None
    unextended: Dates | None = None
    extension_doubt: str = ""
    """One of ``ExtensionDoubt``, or an empty string."""
    met_on: date | None = None
    paused_days: int = 0
    """Days of a clarification that were added to the period."""
    paused_since: date | None = None
    """The day of a question that is still open, from which on no day counts until its answer."""
    is_beyond_calendars: bool = False
    """True where the days lie outside the calendars that were kept, so that no date can be counted."""

    @property
    def step(self) -> Step:
        """What must happen within the period."""
        return self.rule.step

    def state(self, today: date) -> ClockState:
        """How this clock stands at the beginning of ``today``: the last day belongs to the company."""
        if self.start is None:
            return ClockState.NOT_STARTED
        if self.dates is None:
            return ClockState.MET if self.met_on else ClockState.NO_DATE
        if self.met_on is not None:
            return ClockState.MET if self.met_on <= self.dates.flag_after else ClockState.MET_LATE
        if self.paused_since is not None and self.paused_since <= self.dates.flag_after:
            return ClockState.PAUSED
        if today <= self.dates.due:
            return ClockState.RUNNING
        if today <= self.dates.flag_after or not self.rule.can_be_missed:
            return ClockState.GRACE
        return ClockState.MISSED


class WhyKind(StrEnum):
    """What one line of an explanation says; the words are made where it is shown."""

    RULE = "rule"
    START = "start"
    CHAIN = "chain"
    """No entry proves the start: it is the last day of the rule that is named."""
    RECEIPT_PRESUMED = "receipt_presumed"
    START_FLOOR = "start_floor"
    VERSION = "version"
    DAY_ZERO = "day_zero"
    PERIOD = "period"
    CALENDAR = "calendar"
    """Whose days count, by the calendar's title."""
    COUNTED = "counted"
    """Days that follow each other and all count: ``amount`` is the number of the first of them."""
    SKIPPED = "skipped"
    MONTH_END = "month_end"
    """The last month has no such day, so its last day is taken."""
    NOMINAL = "nominal"
    ROLL = "roll"
    EXTENSION_NOTICE = "extension_notice"
    """The day of the notice, the day that the company named, and the reason it gave."""
    EXTENSION = "extension"
    NAMED_EARLIER = "named_earlier"
    """The company named an earlier day than it might have taken, and is held to that."""
    EXTENSION_DOUBT = "extension_doubt"
    CLARIFICATION = "clarification"
    """From the day of a question to the day of its answer, both left out."""
    PAUSE = "pause"
    DUE = "due"
    FLAG_AFTER = "flag_after"
    CITATION = "citation"
    VERIFICATION = "verification"
    DOUBT = "doubt"
    SOFT = "soft"
    ONLY_WHERE = "only_where"
    LENIENT = "lenient"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyLine:
    """One step of the arithmetic: dates, names and numbers, no sentence.

    ``on`` is the day that the line is about, ``until`` a second one, ``name`` a holiday, calendar, citation
    or rule, ``amount`` and ``unit`` a period, ``link`` a web address.
    """

    kind: WhyKind
    on: date | None = None
    until: date | None = None
    name: str = ""
    calendar: str = ""
    amount: int | None = None
    unit: str = ""
    link: str = ""
