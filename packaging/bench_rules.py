# SPDX-License-Identifier: Apache-2.0
"""How fast the app counts and writes: deadlines, business days, laws, letters.

The baselines are the libraries underneath, used bare: `holidays`, `numpy`, Liquid, `EmailMessage`,
`tomllib`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from typing import Any

import holidays
import numpy as np
from bench_measuring import Bench, Row, Subject, Unit, interleaved
from bench_vaults import TODAY
from liquid import Environment

from optout_desktop.adapters.eml_drafts import draft
from optout_desktop.adapters.holiday_calendars import HolidayCalendars
from optout_desktop.catalog.files import Resources
from optout_desktop.catalog.library import Library
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.explaining import explain
from optout_desktop.domain.ids import CalendarId, CompanyId, EventId, LawId, PersonId, RequestId
from optout_desktop.domain.laws import Law, Rule
from optout_desktop.domain.letters import Letter, LetterFacts, LetterKind
from optout_desktop.domain.people import DisclosedIdentity
from optout_desktop.domain.requests import EventKind, OptOutRequest, RequestEvent
from optout_desktop.domain.rights import Right
from optout_desktop.domain.running import clocks_of, main_clock

BUSINESS_DAYS = 15
_KNOWN = {"EU": "DE-BY", "GB": "GB-ENG", "CA": "CA-ON", "AU": "AU-NSW", "CH": "CH-ZH"}
"""A region where a country alone would leave it open."""


@cache
def _library() -> Library:
    return Library(Resources.found())


@cache
def _calendars() -> HolidayCalendars:
    return HolidayCalendars()


# ── counting ─────────────────────────────────────────────────────────────────────────────────────────


def deadlines(bench: Bench) -> Iterator[Row]:
    """All clocks of sent requests of every law. Baseline: `holidays`' nth working day, one a request."""
    library, book = _library(), _calendars()
    asked = _requests_of_every_law(bench.sizes.deadlines)
    days = holidays.country_holidays("US", subdiv="CA", years=range(2026, 2029))

    def ours() -> None:
        for request, rules in asked:
            main_clock(clocks_of(request, rules, book, library.conventions))

    def bare() -> None:
        for request, _ in asked:
            days.get_nth_working_day(request.created_on, BUSINESS_DAYS)

    counted, nth_day = interleaved(3, ours, bare)
    yield Row(
        subject=f"{len(asked):,} deadlines, every clock of each, all laws in turn",
        ours=counted,
        runs=3,
        baseline_name="holidays.get_nth_working_day, one a deadline",
        baseline=nth_day,
        most=1.0 * len(asked) / 10_000,
    )
    yield from _one_clock(bench)


def _one_clock(bench: Bench) -> Iterator[Row]:
    library, book = _library(), _calendars()
    law = library.laws.law(LawId("us-ca-ccpa"))
    rule = law.rules_for(Right.OPTOUT_SALE, TODAY)[0]
    gdpr = library.laws.law(LawId("eu-gdpr"))
    month = next(rule for rule in gdpr.rules_for(Right.OBJECT_DIRECT_MARKETING, TODAY) if rule.can_be_missed)
    for subject, request, one, most in (
        (
            "one clock of a known calendar (CCPA, 15 business days)",
            _sent(law, Right.OPTOUT_SALE, "US-CA"),
            rule,
            20e-6,
        ),
        (
            "one clock of an unknown region (GDPR, one month, all 30 states)",
            _sent(gdpr, Right.OBJECT_DIRECT_MARKETING, ""),
            month,
            None,
        ),
    ):
        times = max(10, bench.sizes.deadlines // 10)

        def count(request: OptOutRequest = request, rule: Rule = one, times: int = times) -> None:
            for _ in range(times):
                clocks_of(request, (rule,), book, library.conventions)

        def tell(request: OptOutRequest = request, rule: Rule = one, times: int = times) -> None:
            for _ in range(times):
                [clock] = clocks_of(request, (rule,), book, library.conventions)
                explain(clock, request, book)

        counted, told = interleaved(bench.sizes.runs, count, tell)
        yield Row(
            subject=subject,
            ours=counted / times,
            runs=bench.sizes.runs,
            baseline_name="the same with its explanation",
            baseline=told / times,
            most=most,
        )


def business_days(bench: Bench) -> Iterator[Row]:
    """Adding 15 business days. Baselines: a day-by-day loop over `holidays`; `numpy.busday_offset`."""
    calendar = _calendars().calendar(CalendarId("US-federal"))
    days = holidays.country_holidays("US", years=range(2026, 2030))
    starts = [TODAY + timedelta(days=at % 700) for at in range(bench.sizes.deadlines)]

    def ours() -> None:
        for start in starts:
            calendar.add_working_days(start, BUSINESS_DAYS)

    def loop() -> None:
        for start in starts:
            _day_by_day(start, BUSINESS_DAYS, days)

    known = np.busdaycalendar(holidays=list(days))
    at_once = np.array(starts, dtype="datetime64[D]")

    def one_by_one() -> None:
        for start in starts:
            np.busday_offset(start, BUSINESS_DAYS, roll="backward", busdaycal=known)

    def array() -> None:
        np.busday_offset(at_once, BUSINESS_DAYS, roll="backward", busdaycal=known)

    counted, walked, offset, offset_at_once = interleaved(bench.sizes.runs, ours, loop, one_by_one, array)
    for name, seconds in (
        ("a day-by-day loop over holidays", walked),
        ("numpy.busday_offset, one by one", offset),
        ("numpy.busday_offset, all in one array", offset_at_once),
    ):
        yield Row(
            subject=f"{len(starts):,} times 15 business days",
            ours=counted,
            runs=bench.sizes.runs,
            baseline_name=name,
            baseline=seconds,
        )


def _day_by_day(start: date, amount: int, days: Any) -> date:  # noqa: ANN401  # a dictionary of holidays
    day = start
    while amount:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in days:
            amount -= 1
    return day


def _requests_of_every_law(count: int) -> list[tuple[OptOutRequest, tuple[Rule, ...]]]:
    """Sent requests to companies whose place is known, law by law and right by right, again and again."""
    kinds = [
        (_sent(law, offered.right, _KNOWN.get(law.places[0], law.places[0])), law.rules)
        for law in _library().laws.laws
        for offered in law.rights
    ]
    book, conventions = _calendars(), _library().conventions
    for request, rules in kinds:
        clocks_of(request, rules, book, conventions)  # builds the calendars, which is not what is measured
    return [kinds[at % len(kinds)] for at in range(count)]


def _sent(law: Law, right: Right, place: str) -> OptOutRequest:
    sent_on = max(TODAY, law.applies_from)
    sent = RequestEvent(
        id=EventId("1"),
        kind=EventKind.SENT,
        on=sent_on,
        recorded_at=datetime.combine(sent_on, datetime.min.time()),
    )
    return OptOutRequest(
        id=RequestId("1"),
        person=PersonId("1"),
        company=CompanyId("1"),
        company_name="Northwind Data LLC",
        right=right,
        law=law.id,
        residence=law.places[0],
        addressee_place=place,
        channel=Channel.EMAIL,
        reference="OO-7F3K-22",
        created_on=sent_on,
        events=(sent,),
    )


# ── what the app ships ───────────────────────────────────────────────────────────────────────────────


def laws(bench: Bench) -> Iterator[Row]:
    """Reading every law, regulator and register strictly, each held against its digest. Baseline: `tomllib`."""
    resources = Resources.found()
    folders = ("laws", "regulators", "registers")
    files = [file for folder in folders for file in resources.files(folder, ending=".toml")]

    def ours() -> None:
        library = Library(resources)
        _ = library.laws, library.registers, library.conventions

    def bare() -> None:
        for file in files:
            tomllib.loads(file.read_text(encoding="utf-8"))

    loaded, parsed = interleaved(bench.sizes.runs, ours, bare)
    yield Row(
        subject=f"loading {len(_library().laws.laws)} laws and every regulator and register",
        ours=loaded,
        runs=bench.sizes.runs,
        baseline_name=f"tomllib over the same {len(files)} files",
        baseline=parsed,
        most=0.25,
    )


def companies(bench: Bench) -> Iterator[Row]:
    """Reading the directory and finding a name in it. Baseline: `json.loads` line by line."""
    resources = Resources.found()
    file = resources.path("companies", "companies.jsonl")

    def ours() -> None:
        _ = Library(resources).directory.search("google")

    def bare() -> None:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                json.loads(line)

    loaded, parsed = interleaved(bench.sizes.runs, ours, bare)
    yield Row(
        subject="loading every company",
        ours=loaded,
        runs=bench.sizes.runs,
        baseline_name="json.loads, line by line",
        baseline=parsed,
    )


# ── letters ──────────────────────────────────────────────────────────────────────────────────────────


def letters(bench: Bench) -> Iterator[Row]:
    """Letters as texts and as drafts. Baselines: bare Liquid on the same words in one template; `EmailMessage`."""
    templates, facts = _library().templates, _facts()
    letter = templates.fill(facts)
    flat, told = _flat(letter, facts)
    plain = Environment().from_string(flat)

    def ours() -> None:
        for _ in range(bench.sizes.letters):
            templates.fill(facts)

    def bare() -> None:
        for _ in range(bench.sizes.letters):
            plain.render(told)

    def drafts() -> None:
        for _ in range(bench.sizes.letters):
            draft(templates.fill(facts), "jane@example.org", "privacy@northwind.example")

    def messages() -> None:
        for _ in range(bench.sizes.letters):
            message = EmailMessage(policy=SMTP)
            message["From"], message["To"] = "jane@example.org", "privacy@northwind.example"
            message["Subject"] = letter.subject
            message.set_content(letter.body)
            message.as_bytes()

    many = bench.sizes.letters
    filled, rendered, drafted, packed = interleaved(3, ours, bare, drafts, messages)
    yield Row(
        subject="e-mail texts a second",
        ours=many / filled,
        unit=Unit.PER_SECOND,
        runs=3,
        baseline_name="Liquid, the same text as one flat template without conditions",
        baseline=many / rendered,
        least=2_000,
    )
    yield Row(
        subject="e-mail drafts (.eml) a second",
        ours=many / drafted,
        unit=Unit.PER_SECOND,
        runs=3,
        baseline_name="EmailMessage on a text that is there",
        baseline=many / packed,
    )


def _flat(letter: Letter, facts: LetterFacts) -> tuple[str, dict[str, str]]:
    """Subject and text of a letter as one template, with a placeholder for each thing that it tells, and the things."""
    told = {
        "basis": facts.legal_basis,
        "rule": facts.rule_citation,
        "period": f"{facts.period_amount} business days",
        "day": _library().templates.date_text(facts.answer_by_on or TODAY),
        "reference": facts.reference,
        "company": facts.company_name,
        "email": facts.identity.email,
        "name": facts.identity.name,
    }
    text = f"{letter.subject}\n{letter.body}"
    for name, words in told.items():
        text = text.replace(words, f"{{{{ {name} }}}}")
    return text, told


def _facts() -> LetterFacts:
    return LetterFacts(
        kind=LetterKind.REQUEST,
        right=Right.OPTOUT_SALE,
        right_title="opt-out of sale and sharing",
        right_citation="Cal. Civ. Code 1798.120",
        law="us-ca-ccpa",
        law_title="California Consumer Privacy Act",
        law_short_title="CCPA",
        rule_citation="11 CCR 7026(f)(1)",
        period_amount=15,
        period_unit="business-days",
        answer_by_on=date(2026, 12, 17),
        written_on=TODAY,
        reference="OO-7F3K-22",
        company_name="Northwind Data LLC",
        channel=Channel.EMAIL,
        identity=DisclosedIdentity(name="Jane Example", email="jane@example.org"),
        no_reask_months=12,
    )


SUBJECTS: dict[str, Subject] = {
    "deadlines": deadlines,
    "business-days": business_days,
    "laws": laws,
    "companies": companies,
    "letters": letters,
}
