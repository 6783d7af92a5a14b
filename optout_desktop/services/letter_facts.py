# SPDX-License-Identifier: Apache-2.0
"""Letter facts: a request, its law and its clocks → what the words of a letter may say, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from optout_desktop.domain.clocks import Clock, ClockState
from optout_desktop.domain.companies import Company
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.laws import COMPANY_ACTS, Law, Rule, Step, Unit
from optout_desktop.domain.letters import LetterFacts, LetterKind
from optout_desktop.domain.people import IdentityItem, Person, PersonKind, disclose
from optout_desktop.domain.requests import OptOutRequest
from optout_desktop.domain.running import main_clock

from .follow_ups import answer_by, citation_for, said_of

REMINDERS = frozenset({LetterKind.REMINDER, LetterKind.SECOND_REMINDER})
_FIRST_WORDS = frozenset({LetterKind.REQUEST, LetterKind.REMINDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a letter is about: who asks whom under which law, and how the clocks stand.

    ``me`` is whoever writes, which for a client is another person. ``deadline`` is the clock that the letter names.
    """

    kind: LetterKind
    request: OptOutRequest
    person: Person
    me: Person
    law: Law
    company: Company | None
    clocks: tuple[Clock, ...]
    deadline: Clock | None
    today: date
    regulator_name: str = ""
    attachments: tuple[str, ...] = ()


def facts_of_case(case: Case) -> LetterFacts:
    """The facts of a letter. Raises NotFound where the law has no such right."""
    facts = _facts(case)
    if case.kind in _FIRST_WORDS:
        return facts
    late = main_clock(case.clocks)
    return replace(
        facts,
        **said_of(case.kind, case.request, case.clocks),
        later_citation=citation_for(case.kind, case.law, case.clocks),
        was_due_on=_missed_on(late, case.today),
    )


def _facts(case: Case) -> LetterFacts:
    request, law, today, deadline = case.request, case.law, case.today, case.deadline
    offered = law.offers(request.right)
    if offered is None:
        raise NotFound("right of this law", request.right)
    rule = deadline.rule if deadline else _rule_to_cite(law, request, today)
    missed = deadline if deadline and _missed_on(deadline, today) else None
    is_client = case.person.kind is PersonKind.CLIENT
    is_named = IdentityItem.NAME in request.identity
    return LetterFacts(
        kind=case.kind,
        right=request.right,
        right_title=offered.title,
        right_citation=offered.citation,
        law=law.id,
        law_title=law.title,
        law_short_title=law.short_title,
        rule_citation=rule.citation if rule else law.citation,
        period_amount=rule.period.amount if rule else None,
        period_unit=rule.period.unit if rule else Unit.NONE_STATED,
        answer_by_on=answer_by(case.kind, deadline, today),
        written_on=today,
        reference=request.reference,
        company_name=request.company_name,
        channel=request.channel,
        identity=disclose(case.person, request.identity, request.customer_number),
        list_id=request.list_id,
        asked_on=request.sent_on,
        was_due_on=_missed_on(missed, today),
        days_late=(today - missed.dates.flag_after).days if missed and missed.dates else 0,
        is_for_client=is_client,
        client_name=case.person.name if is_client and is_named else "",
        writer_name=case.me.name if is_client else "",
        no_reask_months=_no_reask_months(law, request, today),
        facts=request.facts,
        regulator_name=case.regulator_name,
        company_country=case.company.country if case.company else "",
        attachments=case.attachments,
    )


def _missed_on(clock: Clock | None, today: date) -> date | None:
    """The day that has passed without an answer, or None."""
    if clock is None or clock.dates is None or clock.state(today) is not ClockState.MISSED:
        return None
    return clock.dates.due


def _rule_to_cite(law: Law, request: OptOutRequest, today: date) -> Rule | None:
    rules = law.rules_for(request.right, request.sent_on or today)
    return next((rule for rule in rules if rule.step in COMPANY_ACTS), None)


def _no_reask_months(law: Law, request: OptOutRequest, today: date) -> int | None:
    for rule in law.rules_for(request.right, request.sent_on or today):
        if rule.step is Step.NO_REASK and rule.period.unit is Unit.MONTHS:
            return rule.period.amount
    return None
