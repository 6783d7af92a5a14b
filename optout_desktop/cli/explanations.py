# SPDX-License-Identifier: Apache-2.0
"""“Why this date?” in words: each line of the arithmetic → one English sentence, in the order of counting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from optout_desktop.domain.clocks import Clock, ExtensionDoubt, WhyKind, WhyLine
from optout_desktop.domain.counting import Dates
from optout_desktop.domain.errors import NotAllowed, NotFound
from optout_desktop.domain.explaining import AnnexLine, AnnexWords
from optout_desktop.domain.laws import (
    COMPANY_ACTS,
    DayZero,
    ExtensionFrom,
    Reckoning,
    Rule,
    Unit,
    Verification,
)
from optout_desktop.domain.requests import ProofGrade

from .arguments import nearest
from .output import words

if TYPE_CHECKING:
    from optout_desktop.services.requests import RequestDetail

NOT_ADVICE = "This is information, not legal advice."
_UNITS = {
    Unit.DAYS: ("day", "days"),
    Unit.BUSINESS_DAYS: ("business day", "business days"),
    Unit.MONTHS: ("month", "months"),
    Unit.YEARS: ("year", "years"),
    Unit.MINUTES: ("minute", "minutes"),
}
_GRADES = {
    ProofGrade.SERVER_ACCEPTED: "a mail server accepted it",
    ProofGrade.DELIVERY_RECEIPT: "a delivery receipt proves it",
    ProofGrade.AUTO_REPLY: "an automatic reply proves it",
    ProofGrade.REGISTERED_POST: "registered post proves it",
    ProofGrade.STATED: "as you state",
    ProofGrade.PRESUMED: "presumed",
}
_DOUBTS = {
    ExtensionDoubt.LATE_NOTICE: "the notice came after the first period had ended",
    ExtensionDoubt.NO_REASON: "the company gave no reason",
    ExtensionDoubt.BEYOND_MAXIMUM: "the company names a later day than the law allows",
    ExtensionDoubt.NO_EXTENSION_IN_LAW: "the law gives no extension here",
    ExtensionDoubt.NO_DATE_NAMED: "the law sets no length and the company named no day",
}
_VERIFIED = {
    Verification.PRIMARY_TEXT: "The rule was read in the law's own text or on a regulator's page.",
    Verification.SOURCE_AGREES: "A source agrees with this rule; the law's own text was not read.",
    Verification.NOT_VERIFIED: "This rule is not verified: no source was found yet.",
}


def period(amount: int | None, unit: str) -> str:
    """A period in words, such as *15 business days* or *without delay*."""
    if amount is None or unit not in _UNITS:
        return words(unit)
    one, many = _UNITS[Unit(unit)]
    return f"{amount} {one if amount == 1 else many}"


def day(on: date | None) -> str:
    """A day with its weekday, such as *Mon 2026-11-09*."""
    return f"{on:%a} {on.isoformat()}" if on else "an unknown day"


def sentences(rule: Rule, lines: Iterable[WhyLine]) -> list[str]:
    """The explanation, one sentence a line; of a span that nobody can miss, no word of accusing."""
    words_of = _SENTENCES if rule.step in COMPANY_ACTS else _SENTENCES | _OF_A_SPAN
    told = (words_of[line.kind](line) for line in lines)
    return [sentence for sentence in told if sentence]


def clock_named(detail: RequestDetail, rule: str | None) -> Clock:
    """The clock of that rule, or the deadline. Raises NotAllowed where there is none, NotFound with the rules."""
    known = {str(clock.rule.id): clock for clock in detail.clocks}
    if rule is None:
        if detail.deadline is not None:
            return detail.deadline
        others = f" Ask for another clock with --rule: {', '.join(known)}." if known else ""
        raise NotAllowed(f"This request has no deadline.{others}")
    if rule in known:
        return known[rule]
    raise NotFound("rule of this request", rule, nearest(rule, tuple(known)))


def annex_words(detail: RequestDetail, clock: Clock, lines: Sequence[WhyLine], today: date) -> AnnexWords:
    """The explanation of a clock as it stands on a page, in English."""
    request = detail.request
    sent = (f"Sent on {day(request.sent_on)}",) if request.sent_on else ()
    return AnnexWords(
        rule=clock.rule.id,
        title="Why this date?",
        heading=clock.rule.what,
        about=(f"Request of {detail.person.name} to {request.company_name}", detail.law.title, *sent),
        lines=tuple(_annex_lines(clock.rule, lines)),
        made_text=f"Counted on {day(today)} with OptOut Desktop.",
        notice=NOT_ADVICE,
    )


def _annex_lines(rule: Rule, lines: Iterable[WhyLine]) -> Iterable[AnnexLine]:
    for line in lines:
        for sentence in sentences(rule, (line,)):
            is_result = line.kind in {WhyKind.DUE, WhyKind.FLAG_AFTER}
            yield AnnexLine(text=sentence, is_result=is_result)


def clock_data(clock: Clock, why: Iterable[WhyLine], today: date | None = None) -> dict[str, object]:
    """A clock as programs read it; ``today`` adds how it stands."""
    rule, start = clock.rule, clock.start
    data: dict[str, object] = {
        "rule_id": rule.id,
        "step": rule.step,
        "what": rule.what,
        "start": {"event": start.event, "on": start.on, "proof": start.grade} if start else None,
        **dates_data(clock.dates),
        "unextended": dates_data(clock.unextended) if clock.unextended else None,
        "extension_doubt": clock.extension_doubt,
        "paused_days": clock.paused_days,
        "paused_since": clock.paused_since,
        "met_on": clock.met_on,
        "can_be_missed": rule.can_be_missed,
        "findings": rule.possible_findings,
        "citation": rule.citation,
        "verification": rule.verification,
        "doubt": rule.doubt,
        "why": sentences(rule, why),
    }
    return data | {"state": clock.state(today)} if today else data


def dates_data(dates: Dates | None) -> dict[str, object]:
    """The three dates and the calendar, null where no date is computed."""
    return {
        "nominal": dates.nominal if dates else None,
        "due": dates.due if dates else None,
        "overdue_after": dates.flag_after if dates else None,
        "calendar": (dates.calendar if dates else "") or "none",
    }


def _version(line: WhyLine) -> str:
    until = f" to {line.until.isoformat()}" if line.until else ""
    since = line.on.isoformat() if line.on else "the beginning"
    return f"This version of the rule is in force from {since}{until}."


def _start(line: WhyLine) -> str:
    if line.on is None:
        return f"The clock starts with: {words(line.name)}. That has not happened yet."
    return f"The clock starts with: {words(line.name)}, on {day(line.on)} ({_GRADES[ProofGrade(line.unit)]})."


def _day_zero(line: WhyLine) -> str:
    if line.name == DayZero.INCLUDED:
        return f"{day(line.on)} counts as day 1 where it is a day that counts."
    return f"{day(line.on)} is day 0 and is not counted."


def _period(line: WhyLine) -> str:
    span = period(line.amount, line.unit)
    if line.amount is None:
        return f"The law gives no number ({span}), so no date is computed."
    calendar = f" by the calendar {line.calendar}" if line.calendar else ""
    return f"The period is {span}{calendar}."


def _counted(line: WhyLine) -> str:
    first, last = line.amount or 1, line.amount or 1
    if line.on and line.until:
        last += (line.until - line.on).days
    if first == last:
        return f"Day {first}: {day(line.on)}."
    return f"Days {first} to {last}: {day(line.on)} to {day(line.until)}."


def _clarification(line: WhyLine) -> str:
    if line.until is None:
        return f"A question to you of {day(line.on)} is not answered: no day counts until it is."
    span = period(line.amount, Unit.DAYS)
    return f"From the question of {day(line.on)} to your answer of {day(line.until)}: {span} left out."


def _extension_notice(line: WhyLine) -> str:
    named = f" and named {day(line.until)}" if line.until else ""
    reason = "no reason given" if line.name in {"", "none_given"} else f"reason given: {line.name}"
    return f"The company announced an extension on {day(line.on)}{named} ({reason})."


def _extension(line: WhyLine) -> str:
    span = period(line.amount, line.unit)
    if line.amount is None:
        return f"The law sets no length for it ({span}): what the company named counts."
    if line.name == ExtensionFrom.START:
        return f"The longest extension is {span} in all, counted from the start, {day(line.on)}."
    return f"The longest extension is {span} more, counted from {day(line.on)}."


def _extension_doubt(line: WhyLine) -> str:
    return f"The extension may not count: {_DOUBTS[ExtensionDoubt(line.name)]}."


def _due(line: WhyLine) -> str:
    if line.name == Reckoning.EFFECT_FROM:
        return f"The last tolerated day is {day(line.on)}: it holds from the next day on."
    return f"The last lawful day is {day(line.on)}."


def _citation(line: WhyLine) -> str:
    return f"Written in: {line.name}" + (f" ({line.link})" if line.link else "")


def _lenient(line: WhyLine) -> str:
    if line.on is None:
        return (
            f"A source supports {period(line.amount, line.unit)}: nobody is accused before these have ended."
        )
    return f"{day(line.on)} may not count: {line.name} ({line.calendar})."


_SENTENCES: dict[WhyKind, Callable[[WhyLine], str]] = {
    WhyKind.RULE: lambda line: f"Rule {line.name}.",
    WhyKind.VERSION: _version,
    WhyKind.START: _start,
    WhyKind.CHAIN: lambda line: (
        f"No entry proves that day: {day(line.on)} is the last day of the rule {line.name}."
    ),
    WhyKind.RECEIPT_PRESUMED: lambda line: (
        f"Sent on {day(line.on)}; that it arrived on {day(line.until)} is presumed."
    ),
    WhyKind.START_FLOOR: lambda line: f"The law starts this clock on {day(line.on)} at the earliest.",
    WhyKind.DAY_ZERO: _day_zero,
    WhyKind.PERIOD: _period,
    WhyKind.CALENDAR: lambda line: f"Calendar: {line.name}.",
    WhyKind.COUNTED: _counted,
    WhyKind.MONTH_END: lambda line: f"That month has no day {line.amount}: its last day counts.",
    WhyKind.SKIPPED: lambda line: f"{day(line.on)} does not count: {line.name} ({line.calendar}).",
    WhyKind.NOMINAL: lambda line: f"The count ends on {day(line.on)}.",
    WhyKind.ROLL: lambda line: f"{day(line.on)} cannot be the last day: {line.name} ({line.calendar}).",
    WhyKind.EXTENSION_NOTICE: _extension_notice,
    WhyKind.EXTENSION: _extension,
    WhyKind.NAMED_EARLIER: lambda line: (
        f"The company named an earlier day, {day(line.on)}: that is due, and nobody is accused by it."
    ),
    WhyKind.EXTENSION_DOUBT: _extension_doubt,
    WhyKind.CLARIFICATION: _clarification,
    WhyKind.PAUSE: lambda line: (
        f"A question to you stopped the clock: {period(line.amount, line.unit)} are added, to {day(line.on)}."
    ),
    WhyKind.DUE: _due,
    WhyKind.FLAG_AFTER: lambda line: f"Nobody is accused before {day(line.on)} has ended.",
    WhyKind.CITATION: _citation,
    WhyKind.VERIFICATION: lambda line: _VERIFIED[Verification(line.name)],
    WhyKind.DOUBT: lambda line: f"In doubt: {line.name}",
    WhyKind.SOFT: lambda _: "The number is a guide: nobody is accused by it.",
    WhyKind.ONLY_WHERE: lambda line: f"Only where {line.name}.",
    WhyKind.LENIENT: _lenient,
}

_OF_A_SPAN: dict[WhyKind, Callable[[WhyLine], str]] = {
    WhyKind.DUE: lambda line: (
        _due(line) if line.name == Reckoning.EFFECT_FROM else f"It ends on {day(line.on)}."
    ),
    WhyKind.FLAG_AFTER: lambda _: "",
}
"""Other words for the steps in which nobody else must act."""
