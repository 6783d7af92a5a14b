# SPDX-License-Identifier: Apache-2.0
"""What is said about a law and its rules: names of places, how days are counted, versions, doubts.

Every function takes values of the domain and gives whole sentences, or words that stand inside one. Titles,
citations and notes come from the law files and are shown as they stand there.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.errors import CatalogError
from optout_desktop.domain.laws import (
    Amendment,
    CalendarRule,
    DayZero,
    Extension,
    ExtensionFrom,
    Law,
    LawLevel,
    Reckoning,
    Roll,
    Rule,
    Step,
    Unit,
)
from optout_desktop.domain.places import EU_PLACE, Place
from optout_desktop.gui.clock_words import period, start_event
from optout_desktop.gui.places import place_name
from optout_desktop.gui.wording import long_date


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("laws", text)


def law_place(place: Place) -> str:
    """A place that a law is made for."""
    return tr("European Union and EEA") if place == EU_PLACE else place_name(place)


def law_places(law: Law) -> str:
    """Every place that a law is made for."""
    return "; ".join(law_place(place) for place in law.places)


def level(value: LawLevel) -> str:
    """Who made a law."""
    return {
        LawLevel.FEDERAL: tr("Law of the federation"),
        LawLevel.STATE: tr("Law of a state or province"),
        LawLevel.UNION: tr("Law of the European Union"),
        LawLevel.NATIONAL: tr("Law of the country"),
    }[value]


def rights_count(law: Law) -> str:
    """*1 right* or *n rights*."""
    count = len(law.rights)
    return tr("1 right") if count == 1 else tr("{count} rights").format(count=count)


def unverified(law: Law) -> int:
    """How many versions of rules nobody has checked against a source."""
    return sum(not rule.verification.is_verified for rule in law.rules)


def verified_mark(law: Law) -> str:
    """How far the rules of a law are checked, in a few words."""
    count = unverified(law)
    if not count:
        return tr("checked {day}").format(day=long_date(law.verified_on))
    return tr("1 rule not verified") if count == 1 else tr("{count} rules not verified").format(count=count)


def verified_sentence(law: Law) -> str:
    """When a law was checked, and what could not be."""
    day = long_date(law.verified_on)
    count = unverified(law)
    if not count:
        return tr("Checked on {day}: every rule has a source.").format(day=day)
    if count == 1:
        return tr("Checked on {day}; 1 rule is not verified and is marked so.").format(day=day)
    return tr("Checked on {day}; {count} rules are not verified and are marked so.").format(
        day=day, count=count
    )


def force_sentence(law: Law, today: date) -> str:
    """From when to when a law binds, and what that means for deadlines."""
    first = long_date(law.applies_from)
    if today < law.applies_from:
        return tr("Enacted, and not in force yet: it gives no deadline before {day}.").format(day=first)
    if law.applies_to is None:
        return tr("In force since {day}.").format(day=first)
    last = long_date(law.applies_to)
    if today > law.applies_to:
        return tr("In force from {first} to {last}; it gives no deadline for anything later.").format(
            first=first, last=last
        )
    return tr("In force since {first}, until {last}.").format(first=first, last=last)


def outside_force(law: Law, day: date) -> str:
    """Why a law gives no deadline for a day, or an empty text where it does."""
    if day < law.applies_from:
        return tr("{law} gives no deadline before {first}.").format(
            law=law.short_title, first=long_date(law.applies_from)
        )
    if law.applies_to is not None and day > law.applies_to:
        return tr("{law} ended and gives no deadline after {last}.").format(
            law=law.short_title, last=long_date(law.applies_to)
        )
    return ""


def problem_sentence(problem: CatalogError) -> str:
    """Which law is missing, and where its file is wrong."""
    if problem.line:
        return tr("{file}, line {line}, {field}: {problem}").format(
            file=problem.file, line=problem.line, field=problem.field, problem=problem.problem
        )
    return tr("{file}, {field}: {problem}").format(
        file=problem.file, field=problem.field, problem=problem.problem
    )


# ── one rule ─────────────────────────────────────────────────────────────────────────────────────────


def rule_step(step: Step) -> str:
    """What must happen, or hold, under a rule; the heading of its card."""
    return {
        Step.HONOUR: tr("Do what was asked"),
        Step.RESPOND: tr("Answer"),
        Step.ACKNOWLEDGE: tr("Confirm receipt"),
        Step.APPEAL_ANSWER: tr("Answer an appeal"),
        Step.EFFECTIVE: tr("The opt-out takes effect"),
        Step.REGISTRY_EFFECTIVE: tr("The registration takes effect"),
        Step.MECHANISM_LIVE: tr("The way to opt out keeps working"),
        Step.OPTOUT_DURATION: tr("The opt-out lasts"),
        Step.NO_REASK: tr("Not asking again"),
        Step.WAITING_PERIOD: tr("Waiting period"),
        Step.COMPLAIN_WINDOW: tr("Time to complain"),
        Step.ESCALATE: tr("Going to the authority"),
        Step.FOLLOW_UP_MESSAGE: tr("One confirmation may still arrive"),
        Step.SCOPE: tr("What the opt-out covers"),
    }[step]


def rule_period(rule: Rule) -> str:
    """The period of a rule, a longer reading beside it."""
    words = period(rule.period)
    if not rule.period.has_number:
        return tr("{period}: the law gives no number, so no date is counted").format(period=words)
    if rule.lenient_period is not None:
        return tr("{period}; a longer reading can be defended: {longer}").format(
            period=words, longer=period(rule.lenient_period)
        )
    return words


def rule_start(rule: Rule) -> str:
    """What starts the clock of a rule."""
    event = start_event(rule.starts_on)
    if rule.start_floor is not None:
        return tr("{event}; on {day} at the earliest").format(event=event, day=long_date(rule.start_floor))
    return event


def day_zero(rule: Rule) -> str:
    """Whether the first day counts."""
    if rule.day_zero is DayZero.INCLUDED:
        return tr("The day of the start is already day 1.")
    return tr("The day of the start is day 0; counting begins on the next day.")


def reckoning(rule: Rule) -> str:
    """What the last counted day is."""
    if rule.reckoning is Reckoning.EFFECT_FROM:
        return tr("The last counted day is the first on which it must hold.")
    return tr("The last counted day is the last day on which it is on time.")


def roll(rule: Rule) -> str:
    """What happens to a last day that does not count."""
    said = {
        Roll.NONE: tr("A last day on a weekend or holiday stays the last day."),
        Roll.NEXT_WORKING_DAY: tr("A last day that is no working day moves to the next one that is."),
        Roll.NEXT_NON_HOLIDAY: tr(
            "A last day on a Sunday or holiday moves to the next day that is neither; Saturdays count."
        ),
    }[rule.roll]
    if rule.roll is Roll.NONE and rule.lenient_roll is not Roll.NONE:
        return tr("{said} A later reading is granted before anybody is called late.").format(said=said)
    return said


def calendar(rule: Rule) -> str:
    """Whose weekends and holidays count."""
    if rule.calendar is CalendarRule.NONE:
        return tr("Every day counts.")
    whose = _calendar_name(rule.calendar)
    if rule.period.unit is Unit.BUSINESS_DAYS:
        said = tr("Weekends and these holidays are left out: {whose}.").format(whose=whose)
    else:
        said = tr("Holidays that matter for the last day: {whose}.").format(whose=whose)
    if rule.lenient_calendar:
        return tr("{said} A second list of holidays is granted before anybody is called late.").format(
            said=said
        )
    return said


def _calendar_name(value: CalendarRule) -> str:
    return {
        CalendarRule.US_FEDERAL: tr("federal holidays of the United States"),
        CalendarRule.EU_MEMBER_STATE: tr("those of the state where the company must act"),
        CalendarRule.UK_NATION: tr("those of the nation of the United Kingdom where the company must act"),
        CalendarRule.CA_FEDERAL: tr("federal holidays of Canada, and the province's"),
        CalendarRule.CA_QC: tr("those of Quebec"),
        CalendarRule.AU_STATE: tr("those of the Australian state where the company must act"),
        CalendarRule.NZ: tr("those of New Zealand"),
        CalendarRule.NZ_PRIVACY_ACT: tr("those of the Privacy Act of New Zealand"),
        CalendarRule.CH_CANTON: tr("those of the Swiss canton where the company must act"),
        CalendarRule.BR: tr("those of Brazil"),
        CalendarRule.SG: tr("those of Singapore"),
        CalendarRule.KR: tr("those of South Korea"),
        CalendarRule.MX: tr("those of Mexico"),
        CalendarRule.JP: tr("those of Japan"),
        CalendarRule.IN: tr("those of India"),
        CalendarRule.ZA: tr("those of South Africa"),
    }.get(value, tr("none"))


def extension(value: Extension | None) -> str:
    """By how much the company may prolong the period, and on which condition."""
    if value is None:
        return tr("None.")
    if not value.period.has_number:
        said = tr("Yes, of no stated length.")
    elif value.counted_from is ExtensionFrom.START:
        said = tr("Up to {period} in all, counted from the start.").format(period=period(value.period))
    else:
        said = tr("Up to {period} more.").format(period=period(value.period))
    sentences = [said]
    if value.needs_notice:
        sentences.append(
            tr("The company must say so within the first period, and why.")
            if value.needs_reason
            else tr("The company must say so within the first period.")
        )
    if value.condition:
        sentences.append(tr("Only where: {condition}.").format(condition=value.condition.rstrip(".")))
    if value.citation:
        sentences.append(tr("Written in {citation}.").format(citation=value.citation))
    return " ".join(sentences)


def binding(rule: Rule) -> tuple[str, ...]:
    """What limits a rule: a guide only, only after a refusal, only where something unknown is so."""
    found: list[str] = []
    if rule.is_soft:
        found.append(tr("This number is a guide: it is shown and never held against anybody."))
    if rule.only_where:
        found.append(
            tr("It binds only where this is so, which the app cannot know: {where}.").format(
                where=rule.only_where.rstrip(".")
            )
        )
    if rule.is_for_refusal:
        found.append(tr("It begins to matter only once the company has refused."))
    return tuple(found)


def validity(rule: Rule) -> str:
    """From when to when a version of a rule is valid."""
    if rule.valid_to is None:
        return tr("since {first}").format(first=long_date(rule.valid_from))
    return tr("from {first} to {last}").format(
        first=long_date(rule.valid_from), last=long_date(rule.valid_to)
    )


def version(rule: Rule) -> str:
    """From when to when a version of a rule is valid, with its period."""
    words = period(rule.period)
    first = long_date(rule.valid_from)
    if rule.valid_to is None:
        return tr("Since {first}: {period}").format(first=first, period=words)
    return tr("{first} to {last}: {period}").format(first=first, last=long_date(rule.valid_to), period=words)


def amendment(value: Amendment) -> str:
    """One change of a law; its day may be a month, a year, or still open."""
    day = value.on or tr("Still open")
    if len(value.on) == len("2026-01-01"):
        day = long_date(date.fromisoformat(value.on))
    said = tr("{day}: {what}").format(day=day, what=value.what)
    return said if value.is_verified else tr("{said} (not verified)").format(said=said)
