# SPDX-License-Identifier: Apache-2.0
"""Explaining: one clock → the lines of “Why this date?”, built only when somebody asks.

Each line carries dates, names and numbers, never a sentence: the words are made where they are shown. Read
from top to bottom the lines are the whole arithmetic, so that another calculator can follow it day by day.
"""

from __future__ import annotations

from datetime import date, timedelta

from .calendars import Calendar
from .clocks import CalendarBook, Clock, Dates, WhyKind, WhyLine
from .counting import CalendarChoice, add_period, calendar_choice
from .ids import CalendarId
from .laws import DayZero, ExtensionFrom, Period, Reckoning, Roll, Rule, Unit
from .requests import EventKind, OptOutRequest, ProofGrade


def explain(clock: Clock, request: OptOutRequest, book: CalendarBook) -> tuple[WhyLine, ...]:
    """Every step from the start event to the day on which nobody can say any more that it is too early."""
    rule = clock.rule
    lines = [
        WhyLine(kind=WhyKind.RULE, name=rule.id),
        WhyLine(kind=WhyKind.VERSION, name=rule.id, on=rule.valid_from, until=rule.valid_to),
        *_start(clock, request),
    ]
    if clock.dates is not None and clock.start is not None:
        choice = calendar_choice(rule, request.addressee_place)
        plain = clock.unextended or clock.dates
        lines += _period(clock, plain, book)
        if clock.unextended is not None:
            lines += _extension(clock, clock.dates, request, book)
        lines += _ending(rule, clock.start.on, clock.dates, choice, book)
    elif clock.start is not None:
        lines.append(_period_line(WhyKind.PERIOD, rule.period))
    return (*lines, *_grounds(clock))


def _start(clock: Clock, request: OptOutRequest) -> list[WhyLine]:
    start = clock.start
    if start is None:
        return [WhyLine(kind=WhyKind.START, name=clock.rule.starts_on)]
    lines = [WhyLine(kind=WhyKind.START, on=start.on, name=start.event, unit=start.grade)]
    if start.is_floored:
        lines.append(WhyLine(kind=WhyKind.START_FLOOR, on=start.on))
    if start.grade is ProofGrade.PRESUMED and request.sent_on is not None:
        lines.append(WhyLine(kind=WhyKind.RECEIPT_PRESUMED, on=request.sent_on, until=start.on))
    return lines


def _period(clock: Clock, plain: Dates, book: CalendarBook) -> list[WhyLine]:
    """Day 0, the period, and every day in it that does not count."""
    rule, start = clock.rule, clock.start
    if start is None:
        return []
    lines = [
        WhyLine(kind=WhyKind.DAY_ZERO, on=start.on, name=rule.day_zero),
        _period_line(WhyKind.PERIOD, rule.period, plain.calendar),
    ]
    before_pause = plain.nominal - timedelta(days=clock.paused_days)
    if rule.period.unit is Unit.BUSINESS_DAYS and plain.calendar:
        calendar = book.calendar(CalendarId(plain.calendar))
        after = start.on if rule.day_zero is DayZero.EXCLUDED else start.on - timedelta(days=1)
        lines += _skipped(WhyKind.SKIPPED, calendar, after, before_pause)
    if clock.paused_days:
        lines.append(WhyLine(kind=WhyKind.PAUSE, amount=clock.paused_days, unit=Unit.DAYS, on=plain.nominal))
    lines.append(WhyLine(kind=WhyKind.NOMINAL, on=plain.nominal))
    return lines


def _extension(clock: Clock, chosen: Dates, request: OptOutRequest, book: CalendarBook) -> list[WhyLine]:
    """The longer period, counted from the nominal end or from the start, and what is doubtful about it."""
    rule, plain = clock.rule, clock.unextended
    lines: list[WhyLine] = []
    notice = request.last(EventKind.EXTENDED)
    if rule.extension is not None and plain is not None and clock.start is not None:
        from_start = rule.extension.counted_from is ExtensionFrom.START
        anchor = clock.start.on if from_start else plain.nominal
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
        if rule.extension.period.unit is Unit.BUSINESS_DAYS and plain.calendar:
            calendar = book.calendar(CalendarId(plain.calendar))
            end = add_period(anchor, rule.extension.period, calendar)
            lines += _skipped(WhyKind.SKIPPED, calendar, anchor, end)
        lines.append(WhyLine(kind=WhyKind.NOMINAL, on=chosen.nominal))
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
    return [
        WhyLine(kind=kind, on=day.on, name=day.name, calendar=calendar.title)
        for day in calendar.skipped(after, until)
    ]


def _period_line(kind: WhyKind, period: Period, calendar: str = "") -> WhyLine:
    return WhyLine(kind=kind, amount=period.amount, unit=period.unit, calendar=calendar)
