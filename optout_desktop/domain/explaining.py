# SPDX-License-Identifier: Apache-2.0
"""Explaining: one clock → the lines of “Why this date?”, built only when somebody asks.

Each line carries dates, names and numbers, never a sentence: the words are made where they are shown. Read
from top to bottom the lines are the whole arithmetic, so that another calculator can follow it day by day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .calendars import Calendar, NonWorkingDay
from .clocks import CalendarBook, Clock, Dates, WhyKind, WhyLine
from .counting import CalendarChoice, add_period, calendar_choice
from .ids import CalendarId, register_in
from .laws import DayZero, ExtensionFrom, Period, Reckoning, Roll, Rule, StartEvent, Unit
from .letters import PageFormat
from .registers import OLDEST
from .requests import EventKind, OptOutRequest, ProofGrade
from .running import pauses_in

_ONE_DAY = timedelta(days=1)


def explain(clock: Clock, request: OptOutRequest, book: CalendarBook) -> tuple[WhyLine, ...]:
    """Every step from the start event to the day on which nobody can say any more that it is too early."""
    rule = clock.rule
    lines = [WhyLine(kind=WhyKind.RULE, name=rule.id), *_version(rule), *_start(clock, request)]
    if clock.dates is not None and clock.start is not None:
        choice = calendar_choice(rule, request.addressee_place)
        plain = clock.unextended or clock.dates
        lines += _period(clock, plain, request, book)
        if clock.unextended is not None:
            lines += _extension(clock, clock.dates, request, book)
        if clock.paused_since is not None:
            lines.append(WhyLine(kind=WhyKind.CLARIFICATION, on=clock.paused_since))
        lines += _ending(rule, clock.start.on, clock.dates, choice, book)
    elif clock.start is not None:
        lines.append(_period_line(WhyKind.PERIOD, rule.period))
    return (*lines, *_grounds(clock))


def _version(rule: Rule) -> list[WhyLine]:
    """From when to when the rule holds; nothing for a register's own statement, of which nobody knows that."""
    if register_in(rule.law) is not None and rule.valid_from == OLDEST:
        return []
    return [WhyLine(kind=WhyKind.VERSION, name=rule.id, on=rule.valid_from, until=rule.valid_to)]


def _start(clock: Clock, request: OptOutRequest) -> list[WhyLine]:
    start = clock.start
    if start is None:
        return [WhyLine(kind=WhyKind.START, name=clock.rule.starts_on)]
    lines = [WhyLine(kind=WhyKind.START, on=start.on, name=start.event, unit=start.grade)]
    if start.is_floored:
        lines.append(WhyLine(kind=WhyKind.START_FLOOR, on=start.on))
    if start.after_rule:
        lines.append(WhyLine(kind=WhyKind.CHAIN, on=start.on, name=start.after_rule))
    elif start.grade is ProofGrade.PRESUMED and request.sent_on is not None:
        appeal = request.last(EventKind.APPEAL_SENT) if start.event == StartEvent.RECEIPT_OF_APPEAL else None
        sent_on = appeal.on if appeal else request.sent_on
        lines.append(WhyLine(kind=WhyKind.RECEIPT_PRESUMED, on=sent_on, until=start.on))
    return lines


def _period(clock: Clock, plain: Dates, request: OptOutRequest, book: CalendarBook) -> list[WhyLine]:
    """Day 0, the period, whose days count, and every day in it with its number or the reason why not."""
    rule, start = clock.rule, clock.start
    if start is None:
        return []
    lines: list[WhyLine] = []
    if rule.period.unit is not Unit.MINUTES:
        lines.append(WhyLine(kind=WhyKind.DAY_ZERO, on=start.on, name=rule.day_zero))
    lines.append(_period_line(WhyKind.PERIOD, rule.period, plain.calendar))
    if plain.calendar:
        title = book.calendar(CalendarId(plain.calendar)).title
        lines.append(WhyLine(kind=WhyKind.CALENDAR, name=title, calendar=plain.calendar))
    before_pause = plain.nominal - timedelta(days=clock.paused_days)
    after = start.on if rule.day_zero is DayZero.EXCLUDED else start.on - _ONE_DAY
    lines += _days(rule.period, plain.calendar, after, before_pause, book)
    lines += _pauses(clock, plain, request)
    lines.append(WhyLine(kind=WhyKind.NOMINAL, on=plain.nominal))
    return lines


def _days(period: Period, calendar: str, after: date, until: date, book: CalendarBook) -> list[WhyLine]:
    """Every day from the one after ``after`` to ``until``: counted with its number, or skipped by name."""
    match period.unit:
        case Unit.DAYS if after < until:
            return [WhyLine(kind=WhyKind.COUNTED, on=after + _ONE_DAY, until=until, amount=1, unit=Unit.DAYS)]
        case Unit.BUSINESS_DAYS if calendar:
            return _working_days(book.calendar(CalendarId(calendar)), after, until)
        case Unit.MONTHS | Unit.YEARS if until.day < after.day:
            return [WhyLine(kind=WhyKind.MONTH_END, on=until, amount=after.day)]
        case _:
            return []


def _working_days(calendar: Calendar, after: date, until: date) -> list[WhyLine]:
    lines: list[WhyLine] = []
    number, first = 0, None
    for skipped in (*calendar.skipped(after, until), None):
        end = skipped.on - _ONE_DAY if skipped else until
        first = after + _ONE_DAY if first is None else first
        if first <= end:
            lines.append(
                WhyLine(kind=WhyKind.COUNTED, on=first, until=end, amount=number + 1, unit=Unit.BUSINESS_DAYS)
            )
            number += (end - first).days + 1
        if skipped:
            lines.append(_skipped_line(WhyKind.SKIPPED, skipped, calendar))
            first = skipped.on + _ONE_DAY
    return lines


def _pauses(clock: Clock, plain: Dates, request: OptOutRequest) -> list[WhyLine]:
    if not clock.paused_days:
        return []
    lines = [
        WhyLine(kind=WhyKind.CLARIFICATION, on=asked, until=answered, amount=(answered - asked).days + 1)
        for asked, answered in pauses_in(request.history)
    ]
    return [*lines, WhyLine(kind=WhyKind.PAUSE, amount=clock.paused_days, unit=Unit.DAYS, on=plain.nominal)]


def _extension(clock: Clock, chosen: Dates, request: OptOutRequest, book: CalendarBook) -> list[WhyLine]:
    """The longer period, counted from the nominal end or from the start, and what is doubtful about it."""
    rule, plain = clock.rule, clock.unextended
    lines: list[WhyLine] = []
    notice = request.last(EventKind.EXTENDED)
    if notice is not None and notice.until is not None:  # an example takes the longest without a notice
        lines.append(
            WhyLine(kind=WhyKind.EXTENSION_NOTICE, on=notice.on, until=notice.until, name=notice.reason)
        )
    if rule.extension is not None and plain is not None and clock.start is not None:
        from_start = rule.extension.counted_from is ExtensionFrom.START
        counted_to = plain.nominal - timedelta(days=clock.paused_days)
        anchor = clock.start.on if from_start else counted_to
        line = _period_line(WhyKind.EXTENSION, rule.extension.period, plain.calendar)
        lines.append(
            WhyLine(
                kind=line.kind,
                on=anchor,
                until=notice.until if notice else None,
                name=rule.extension.counted_from,
                calendar=line.calendar,
                amount=line.amount,
                unit=line.unit,
            )
        )
        if rule.extension.citation:
            lines.append(WhyLine(kind=WhyKind.CITATION, name=rule.extension.citation))
        if rule.extension.period.has_number:
            calendar = book.calendar(CalendarId(plain.calendar)) if plain.calendar else None
            after = anchor - _ONE_DAY if from_start and rule.day_zero is DayZero.INCLUDED else anchor
            end = add_period(anchor, rule.extension.period, calendar, includes_start=after < anchor)
            lines += _days(rule.extension.period, plain.calendar, after, end, book)
            if clock.paused_days:
                paused = end + timedelta(days=clock.paused_days)
                lines.append(WhyLine(kind=WhyKind.PAUSE, amount=clock.paused_days, unit=Unit.DAYS, on=paused))
            end += timedelta(days=clock.paused_days)
            lines.append(WhyLine(kind=WhyKind.NOMINAL, on=end))
            if chosen.nominal < end:
                lines.append(WhyLine(kind=WhyKind.NAMED_EARLIER, on=chosen.nominal))
    if clock.extension_doubt:
        lines.append(
            WhyLine(
                kind=WhyKind.EXTENSION_DOUBT,
                name=clock.extension_doubt,
                on=notice.on if notice else None,
                until=plain.due if plain else None,
            )
        )
    return lines


def _ending(
    rule: Rule, start_on: date, chosen: Dates, choice: CalendarChoice, book: CalendarBook
) -> list[WhyLine]:
    """The roll by name, the due day, and why nobody is accused before a later one."""
    lines: list[WhyLine] = []
    if rule.roll is not Roll.NONE and choice.primary and chosen.due > chosen.nominal:
        calendar = book.calendar(CalendarId(choice.primary))
        lines += _skipped(
            WhyKind.ROLL, calendar, chosen.nominal - timedelta(days=1), chosen.due - timedelta(days=1)
        )
    lines.append(WhyLine(kind=WhyKind.DUE, on=chosen.due, name=rule.reckoning))
    if chosen.flag_after > chosen.due and rule.reckoning is Reckoning.BY:
        lines += _later(rule, start_on, chosen, choice, book)
    lines.append(WhyLine(kind=WhyKind.FLAG_AFTER, on=chosen.flag_after, calendar=chosen.calendar))
    return lines


def _later(
    rule: Rule, start_on: date, chosen: Dates, choice: CalendarChoice, book: CalendarBook
) -> list[WhyLine]:
    """The readings that make the day of accusation later: a longer period, other regions, a courtesy."""
    lines: list[WhyLine] = []
    if rule.lenient_period is not None:
        lines.append(_period_line(WhyKind.LENIENT, rule.lenient_period))
    if chosen.calendar:
        primary = book.calendar(CalendarId(chosen.calendar))
        counts_days = rule.period.unit is Unit.BUSINESS_DAYS
        after = start_on if counts_days else chosen.nominal - timedelta(days=1)
        seen: set[tuple[date, str]] = set()
        for name in choice.lenient_in(book):
            other = book.calendar(name)
            for day in other.skipped(after, chosen.flag_after):
                if primary.is_working(day.on) and (day.on, day.name) not in seen:
                    seen.add((day.on, day.name))
                    lines.append(
                        WhyLine(kind=WhyKind.LENIENT, on=day.on, name=day.name, calendar=other.title)
                    )
    if rule.roll is Roll.NONE and choice.national:
        national = book.calendar(CalendarId(choice.national))
        lines += [
            WhyLine(kind=WhyKind.LENIENT, on=day.on, name=day.name, calendar=national.title)
            for day in national.skipped(chosen.due - timedelta(days=1), chosen.flag_after - timedelta(days=1))
        ]
    return lines


def _grounds(clock: Clock) -> list[WhyLine]:
    """Where it is written, how far that was checked, and what is uncertain."""
    rule = clock.rule
    link = next((source.url for source in rule.sources if source.url), "")
    lines = [
        WhyLine(kind=WhyKind.CITATION, name=rule.citation, link=link),
        WhyLine(kind=WhyKind.VERIFICATION, name=rule.verification),
    ]
    if rule.is_soft:
        lines.append(WhyLine(kind=WhyKind.SOFT))
    if rule.only_where:
        lines.append(WhyLine(kind=WhyKind.ONLY_WHERE, name=rule.only_where))
    if rule.doubt:
        lines.append(WhyLine(kind=WhyKind.DOUBT, name=rule.doubt))
    return lines


def _skipped(kind: WhyKind, calendar: Calendar, after: date, until: date) -> list[WhyLine]:
    return [_skipped_line(kind, day, calendar) for day in calendar.skipped(after, until)]


def _skipped_line(kind: WhyKind, day: NonWorkingDay, calendar: Calendar) -> WhyLine:
    return WhyLine(kind=kind, on=day.on, name=day.name, calendar=calendar.title)


def _period_line(kind: WhyKind, period: Period, calendar: str = "") -> WhyLine:
    return WhyLine(kind=kind, amount=period.amount, unit=period.unit, calendar=calendar)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexLine:
    """One sentence of an explanation on paper; the result stands out, a link is printed below."""

    text: str
    is_result: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexWords:
    """What a face says about one date, in the language that it speaks, before it becomes a page.

    ``about`` tells the request in a few lines, ``rule`` names the clock, ``notice`` that it is no advice.
    """

    rule: str
    title: str
    heading: str
    about: tuple[str, ...]
    lines: tuple[AnnexLine, ...]
    made_text: str
    notice: str
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """An explanation as a page: the same annex always makes the same bytes.

    ``reference`` is empty where the date was counted without a request.
    """

    words: AnnexWords
    reference: str
    made_on: date
    page_format: PageFormat

    @property
    def file_name(self) -> str:
        """A name for what leaves the app, without personal data."""
        # the rule of a register holds a colon, which no file name on Windows may
        parts = ("why", self.reference, self.words.rule.replace(":", "-"))
        return f"{'-'.join(part for part in parts if part)}.pdf"
