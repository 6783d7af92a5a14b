# SPDX-License-Identifier: Apache-2.0
"""A wish: what a person wants, the laws judged for it, and what the proposed one would count from today.

``opening`` gathers everything that the first step shows, on the vault's thread. It holds no number of a law.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.laws import COMPANY_ACTS, Applicability, Period, Unit
from optout_desktop.domain.people import Person, PersonKind
from optout_desktop.domain.places import Place, country_of
from optout_desktop.domain.rights import Goal, Right
from optout_desktop.domain.running import main_clock
from optout_desktop.gui import wording
from optout_desktop.gui.labels import isolated
from optout_desktop.gui.places import place_name
from optout_desktop.services.desk import Desk
from optout_desktop.services.laws import LawService

Wanted = Goal | Right

BIG_GOALS = (Goal.STOP_SELLING, Goal.STOP_EMAIL, Goal.STOP_TEXTS)
"""The three that a first run shows large."""
USUAL: tuple[Wanted, ...] = (
    *BIG_GOALS,
    Right.DELETE,
    Right.ACCESS,
    Right.CORRECT,
    Right.OBJECT_PROCESSING,
    Goal.OBJECT_MARKETING,
    Goal.STOP_CALLS,
)
"""What the first step shows at once."""
_WANTED_OF: dict[Right, Wanted] = {
    Right.OPTOUT_SALE: Goal.STOP_SELLING,
    Right.OPTOUT_SHARING_TARGETED_ADS: Goal.STOP_SELLING,
    Right.UNSUBSCRIBE_EMAIL: Goal.STOP_EMAIL,
    Right.SMS_STOP: Goal.STOP_TEXTS,
    Right.DO_NOT_CALL_INTERNAL: Goal.STOP_CALLS,
    Right.OBJECT_DIRECT_MARKETING: Goal.OBJECT_MARKETING,
}


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("new_request", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """A law judged for a wish, and what it would count if the letter went out today.

    ``period`` is None where the law has no rule for it; ``answer_by_on`` where it gives no number.
    """

    item: Applicability
    period: Period | None = None
    answer_by_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants, with every law judged for it: those that apply first, the proposed one on top.

    ``place`` is where they live or lived as far as the request goes.
    """

    wanted: Wanted
    person: Person
    place: Place
    prospects: tuple[Prospect, ...]

    @property
    def proposed(self) -> Prospect | None:
        """The law that is proposed, or None where none applies."""
        return next((one for one in self.prospects if one.item.applies), None)

    def under(self, law: str | None) -> Prospect | None:
        """The judgement on a law that applies, or on the proposed one where none is named."""
        if law is None:
            return self.proposed
        return next((one for one in self.prospects if one.item.law.id == law and one.item.applies), None)

    def prospect(self, law: str, right: Right) -> Prospect | None:
        """The judgement on one law."""
        return next(
            (one for one in self.prospects if one.item.law.id == law and one.item.right is right), None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Everything that the first step shows."""

    people: tuple[Person, ...]
    person: Person | None
    wishes: dict[Wanted, Wish]
    """Goals, and every right on its own."""
    is_first_run: bool


def opening(desk: Desk, person: Person | None = None, place: Place | None = None) -> Opening:
    """Who may ask, and what each wish means where that person lives, or at ``place``. On the vault's thread."""
    people = desk.people.all()
    me = next((one for one in people if one.kind is PersonKind.ONESELF), people[0] if people else None)
    asking = next((one for one in people if person is not None and one.id == person.id), me)
    rows = desk.requests.list(RequestFilter(), limit=1).rows
    wishes = {
        wanted: wish_of(desk.laws, wanted, asking, desk.clock.today(), place)
        for wanted in (*Goal, *Right)
        if asking is not None
    }
    return Opening(people=people, person=asking, wishes=wishes, is_first_run=not rows)


def wish_of(
    laws: LawService, wanted: Wanted, person: Person, today: date, place: Place | None = None
) -> Wish:
    """A wish with its laws."""
    place = place or person.place
    judged = laws.proposals(wanted, place) if isinstance(wanted, Goal) else laws.judged((wanted,), place)
    return Wish(
        wanted=wanted,
        person=person,
        place=place,
        prospects=tuple(_prospect(laws, item, place, today) for item in judged),
    )


def wanted_of(right: Right) -> Wanted:
    """The card that a right of a draft came from."""
    return _WANTED_OF.get(right, right)


def _prospect(laws: LawService, item: Applicability, place: Place, today: date) -> Prospect:
    if not item.applies:
        return Prospect(item=item)
    counted = laws.counted(item.law.id, item.right, today, place=country_of(place))
    clock = main_clock(tuple(one.clock for one in counted))
    if clock is not None and clock.dates is not None:
        return Prospect(item=item, period=clock.rule.period, answer_by_on=clock.dates.due)
    rules = item.law.rules_for(item.right, today)
    soft = next((rule for rule in rules if rule.step in COMPANY_ACTS), None)
    return Prospect(item=item, period=soft.period if soft else None)


# ── words ────────────────────────────────────────────────────────────────────────────────────────────


def wanted_words(wanted: Wanted) -> str:
    """A wish as its card says it."""
    return wording.goal(wanted) if isinstance(wanted, Goal) else wording.right(wanted)


def wanted_line(wanted: Wanted, law: Prospect | None = None) -> str:
    """What comes of a wish, in one plain line; under a law that knows no sale, what it gives instead."""
    if wanted is Goal.STOP_SELLING and law is not None and law.item.right is Right.OBJECT_DIRECT_MARKETING:
        return tr("They may keep your account, but not use or pass on your data for marketing.")
    lines: dict[Wanted, str] = {
        Goal.STOP_SELLING: tr("They may keep your account, but not sell or pass on what they know."),
        Goal.STOP_EMAIL: tr("Newsletters and advertising stop; order and account mails may go on."),
        Goal.STOP_TEXTS: tr("You scan a code with your phone and send the one word STOP."),
        Goal.STOP_CALLS: tr("They must put you on their own do-not-call list."),
        Goal.OBJECT_MARKETING: tr("No advertising through any channel, and no profile made for it."),
        Right.OPTOUT_SALE: tr("They may keep what they know, but not sell it."),
        Right.OPTOUT_SHARING_TARGETED_ADS: tr("No advertising from what you did on other sites."),
        Right.UNSUBSCRIBE_EMAIL: tr("Newsletters and advertising stop; order and account mails may go on."),
        Right.SMS_STOP: tr("You scan a code with your phone and send the one word STOP."),
        Right.DO_NOT_CALL_INTERNAL: tr("They must put you on their own do-not-call list."),
        Right.OBJECT_DIRECT_MARKETING: tr("No advertising through any channel, and no profile made for it."),
        Right.PRESCREEN_OPTOUT: tr("Credit bureaus stop handing your name to lenders and insurers."),
        Right.DO_NOT_CALL_REGISTRY: tr("One entry that every seller must look up before calling."),
        Right.BROKER_DELETION_PLATFORM: tr("One request to all registered data brokers at once."),
        Right.APPEAL: tr("The company looks again at what it refused."),
        Right.COMPLAINT_TO_CONTROLLER: tr("The company must answer a complaint about how it handled you."),
        Right.COMPLAINT_TO_REGULATOR: tr("An authority looks at what the company did."),
        Right.DELETE: tr("They erase what no law makes them keep."),
        Right.ACCESS: tr("They send a copy of everything they hold about you."),
        Right.CORRECT: tr("They put right what is wrong about you."),
        Right.OBJECT_PROCESSING: tr("They stop unless they have grounds that outweigh yours."),
        Right.OPTOUT_PROFILING: tr("No automated decisions from your profile."),
        Right.LIMIT_SENSITIVE: tr("Health, faith, origin and the like only where it is needed."),
        Right.WITHDRAW_CONSENT: tr("A consent that you once gave no longer counts."),
        Right.RESTRICT: tr("They keep your data but do not use it."),
        Right.PORTABILITY: tr("A file that another company can read."),
        Right.THIRD_PARTY_LIST: tr("They name everybody they gave your data to."),
        Right.AFFILIATE_MARKETING_OPTOUT: tr("Sister companies may not advertise to you."),
        Right.NONAFFILIATE_SHARING_OPTOUT: tr("Your bank may not share with other companies."),
    }
    return lines.get(wanted, "")


def period_words(period: Period) -> str:
    """A period as a law counts it, such as *15 business days*."""
    count = period.amount
    if count is None:
        return {
            Unit.IMMEDIATELY: tr("at once"),
            Unit.WITHOUT_DELAY: tr("without delay"),
            Unit.REASONABLE_TIME: tr("within a reasonable time"),
            Unit.AS_SOON_AS_PRACTICABLE: tr("as soon as practicable"),
        }.get(period.unit, "")
    one, many = {
        Unit.BUSINESS_DAYS: (tr("1 business day"), tr("{count} business days")),
        Unit.MONTHS: (tr("1 month"), tr("{count} months")),
        Unit.YEARS: (tr("1 year"), tr("{count} years")),
        Unit.MINUTES: (tr("1 minute"), tr("{count} minutes")),
    }.get(period.unit, (tr("1 day"), tr("{count} days")))
    return one if count == 1 else many.format(count=count)


def law_words(prospect: Prospect | None) -> str:
    """The law of a wish and its period in a few words, as a card says it."""
    if prospect is None:
        return tr("No law known here gives this right where you live.")
    name, period = prospect.item.law.short_title, prospect.period
    if period is None or not period_words(period):
        return tr("{law}, no period stated").format(law=name)
    if period.amount is None:
        return tr("{law}, {period}").format(law=name, period=period_words(period))
    return tr("{law}, answer due in {period}").format(law=name, period=period_words(period))


def basis_words(wish: Wish, prospect: Prospect) -> str:
    """Why this law and until when, in one sentence."""
    person, law = wish.person, prospect.item.law.short_title
    place = place_name(wish.place)
    whose = (
        tr("Based on where you live ({place})").format(place=place)
        if person.kind is PersonKind.ONESELF
        else tr("Based on where {name} lives ({place})").format(name=isolated(person.name), place=place)
    )
    if prospect.answer_by_on is not None and prospect.period is not None:
        return tr("{whose}: {law}, answer due in {period} ({day} if sent today).").format(
            whose=whose,
            law=law,
            period=period_words(prospect.period),
            day=wording.long_date(prospect.answer_by_on),
        )
    if prospect.period is not None and period_words(prospect.period):
        return tr("{whose}: {law}, which says “{period}” and names no day.").format(
            whose=whose, law=law, period=period_words(prospect.period)
        )
    return tr("{whose}: {law}, which names no day for the answer.").format(whose=whose, law=law)
