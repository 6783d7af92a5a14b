# SPDX-License-Identifier: Apache-2.0
"""Laws as data: rights, rules with their periods and start events, and which law protects whom and why.

Every number with legal force comes from ``resources/laws``; this module only says what the words of those
files mean. ``catalog/laws.py`` reads the files into these types; ``domain/counting.py`` counts with them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .companies import Channel
from .damages import Damages
from .findings import FindingKind
from .ids import LawId, RegulatorId, RuleId
from .places import Place, reaches
from .rights import Right


class Unit(StrEnum):
    """How a period is measured; from a unit without a number no date is ever computed."""

    DAYS = "days"
    BUSINESS_DAYS = "business-days"
    MONTHS = "months"
    YEARS = "years"
    MINUTES = "minutes"
    # without a number
    IMMEDIATELY = "immediately"
    WITHOUT_DELAY = "without-delay"
    REASONABLE_TIME = "reasonable-time"
    AS_SOON_AS_PRACTICABLE = "as-soon-as-practicable"
    NONE_STATED = "none-stated"
    NOT_A_PERIOD = "not-a-period"


UNITS_WITH_NUMBER = frozenset({Unit.DAYS, Unit.BUSINESS_DAYS, Unit.MONTHS, Unit.YEARS, Unit.MINUTES})


class Step(StrEnum):
    """What must happen, or hold, within the period of a rule."""

    HONOUR = "honour"
    RESPOND = "respond"
    ACKNOWLEDGE = "acknowledge"
    APPEAL_ANSWER = "appeal_answer"
    EFFECTIVE = "effective"
    REGISTRY_EFFECTIVE = "registry_effective"
    MECHANISM_LIVE = "mechanism_live"
    OPTOUT_DURATION = "optout_duration"
    NO_REASK = "no_reask"
    WAITING_PERIOD = "waiting_period"
    COMPLAIN_WINDOW = "complain_window"
    ESCALATE = "escalate"
    FOLLOW_UP_MESSAGE = "follow_up_message"
    SCOPE = "scope"


COMPANY_ACTS = frozenset({Step.HONOUR, Step.RESPOND, Step.ACKNOWLEDGE, Step.APPEAL_ANSWER})
"""Steps in which somebody else must act: only these can become overdue."""


class StartEvent(StrEnum):
    """What starts the clock of a rule."""

    RECEIPT = "receipt"
    SENDING = "sending"
    REQUEST_MADE = "request_made"
    RECEIPT_OF_APPEAL = "receipt_of_appeal"
    RECEIPT_OF_REVOCATION = "receipt_of_revocation"
    REGISTRATION = "registration"
    TRANSMISSION_OF_MESSAGE = "transmission_of_the_message"
    SUBMISSION = "submission"
    NOTICE_MAILED = "notice_mailed"
    BROKER_RECEIPT_FROM_PLATFORM = "broker_receipt_from_drop"
    AUTHENTICATION = "authentication_of_request"
    COMPLAINT_LODGED = "complaint_lodged"
    RECEIPT_IDENTITY_FEE = "later_of_receipt_and_identity_information_and_fee"
    MESSAGE_RECEIVED = "message_received"
    DECISION_COMMUNICATED = "decision_communicated"
    NOTIFICATION_TO_AGENCY = "notification_to_agency"
    EFFECTIVE_DATE = "effective_date"
    RECEIPT_AND_IMPLEMENTATION = "receipt_and_implementation"
    NOTIFICATION_TO_CALLER = "notification_to_caller"
    REFUSAL_OR_END_OF_PERIOD = "refusal_or_end_of_period"
    OUTCOME_OF_REQUEST = "outcome_of_request"


class DayZero(StrEnum):
    """Whether the day of the start event counts as day 1."""

    EXCLUDED = "excluded"
    INCLUDED = "included"


class Roll(StrEnum):
    """What happens to a last day that does not count."""

    NONE = "none"
    NEXT_WORKING_DAY = "next-working-day"
    NEXT_NON_HOLIDAY = "next-non-holiday"
    """Saturday is an ordinary day (Interpretation Act, R.S.C. 1985, c. I-21, s. 26, 35)."""


class Reckoning(StrEnum):
    """Whether the last counted day is the last lawful one, or the first on which the duty holds."""

    BY = "by"
    EFFECT_FROM = "effect-from"


class CalendarRule(StrEnum):
    """Whose non-working days count: fixed ones, or those of the place where the addressee must act."""

    NONE = "none"
    US_FEDERAL = "US-federal"
    EU_MEMBER_STATE = "EU-member-state"
    UK_NATION = "UK-nation"
    CA_FEDERAL = "CA-federal"
    CA_QC = "CA-QC"
    AU_STATE = "AU-state"
    NZ = "NZ"
    NZ_PRIVACY_ACT = "NZ-Privacy-Act"
    CH_CANTON = "CH-canton"
    BR = "BR"
    SG = "SG"
    KR = "KR"
    MX = "MX"
    JP = "JP"
    IN = "IN"
    ZA = "ZA"


class LenientCalendar(StrEnum):
    """A second calendar that can only make the day of accusation later."""

    NONE = ""
    US_CALIFORNIA = "US-CA-lenient"


class Verification(StrEnum):
    """How far a statement was checked."""

    PRIMARY_TEXT = "primary-text"
    SOURCE_AGREES = "source-agrees"
    NOT_VERIFIED = "not-verified"

    @property
    def is_verified(self) -> bool:
        """False where nobody has found a source yet; shown as such."""
        return self is not Verification.NOT_VERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a statement was read; ``url`` may be empty."""

    title: str
    url: str = ""
    is_primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """An amount of a unit; ``amount`` is None for units without a number."""

    amount: int | None = None
    unit: Unit

    @property
    def has_number(self) -> bool:
        """False for words such as *immediately*, from which no date is computed."""
        return self.unit in UNITS_WITH_NUMBER


class ExtensionFrom(StrEnum):
    """Where an extension is added."""

    NOMINAL_END = "nominal-end"
    START = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A longer period that the company may take.

    ``total`` is the whole period from the start where the law counts it from there (GDPR art. 12(3): three
    months from receipt), else ``period`` is added to the nominal end of the first period.
    """

    period: Period
    counted_from: ExtensionFrom = ExtensionFrom.NOMINAL_END
    needs_notice: bool = True
    needs_reason: bool = True
    condition: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One duty or span under one law: what, how long, from when, counted how, in force from and to when.

    A rule id may stand in several versions with other dates: the request's date picks one.
    """

    id: RuleId
    law: LawId
    rights: tuple[Right, ...]
    step: Step
    what: str
    period: Period
    lenient_period: Period | None = None
    """A longer reading that a source supports: nobody is accused before it has ended."""
    starts_on: StartEvent
    start_floor: date | None = None
    day_zero: DayZero = DayZero.EXCLUDED
    reckoning: Reckoning = Reckoning.BY
    roll: Roll = Roll.NONE
    lenient_roll: Roll = Roll.NONE
    """A roll that the law does not state for this rule but a defensible reading gives it."""
    calendar: CalendarRule = CalendarRule.NONE
    lenient_calendar: LenientCalendar = LenientCalendar.NONE
    extension: Extension | None = None
    valid_from: date
    valid_to: date | None = None
    is_soft: bool = False
    """True where the number is a guide: its date is shown and never held against anybody."""
    only_where: str = ""
    """A fact that the app cannot know and the rule depends on, such as *the texts are parcel notices*."""
    is_for_refusal: bool = False
    """True where the duty exists only once the company has refused."""
    pause_rights: tuple[Right, ...] = ()
    """Rights for which the days of a clarification do not count (UK GDPR art. 12A)."""
    follow_ups: tuple[str, ...] = ()
    findings: tuple[FindingKind, ...] = ()
    """What a company can be found to have done wrong under this rule; ``breaches`` says it in words."""
    breaches: tuple[str, ...] = ()
    citation: str
    sources: tuple[Source, ...] = ()
    verification: Verification = Verification.NOT_VERIFIED
    doubt: str = ""
    """What is uncertain about this rule, in plain words; shown beside the date."""
    note: str = ""

    def is_valid_on(self, day: date) -> bool:
        """True where ``day`` lies in this version's span, both ends included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def begins_on(self, event_on: date) -> date:
        """The day that the clock starts on: the event's, or the law's own floor where that is later."""
        return event_on if self.start_floor is None else max(event_on, self.start_floor)

    @property
    def can_be_missed(self) -> bool:
        """True where somebody else must act by a number of days that binds them for all the app knows."""
        return self.step in COMPANY_ACTS and self.period.has_number and not (self.is_soft or self.only_where)

    def counts_like(self, other: Rule) -> bool:
        """True where both give the same dates for whom they bind; other words and sources change no date."""
        return _without_words(self) == _without_words(other)

    @property
    def possible_findings(self) -> tuple[FindingKind, ...]:
        """What can be found under this rule; of rules that were kept before they named it, what any step of
        their kind has.
        """
        return self.findings or _OBVIOUS_FINDINGS.get(self.step, ())


def _without_words(rule: Rule) -> Rule:
    return replace(
        rule,
        what="",
        follow_ups=(),
        findings=(),
        breaches=(),
        citation="",
        sources=(),
        verification=Verification.NOT_VERIFIED,
        doubt="",
        note="",
    )


_OBVIOUS_FINDINGS: dict[Step, tuple[FindingKind, ...]] = {
    Step.HONOUR: (FindingKind.LATE_ANSWER, FindingKind.NO_ANSWER),
    Step.RESPOND: (FindingKind.LATE_ANSWER, FindingKind.NO_ANSWER),
    Step.ACKNOWLEDGE: (FindingKind.LATE_ACKNOWLEDGEMENT,),
    Step.APPEAL_ANSWER: (FindingKind.LATE_ANSWER, FindingKind.NO_ANSWER),
    Step.REGISTRY_EFFECTIVE: (FindingKind.CALL_AFTER_OPTOUT,),
    Step.MECHANISM_LIVE: (FindingKind.UNSUBSCRIBE_BROKEN,),
    Step.NO_REASK: (FindingKind.ASKED_AGAIN_TOO_EARLY,),
    Step.FOLLOW_UP_MESSAGE: (FindingKind.CONFIRMATION_TEXT_LATE, FindingKind.CONFIRMATION_TEXT_ADVERTISING),
}


class LawStatus(StrEnum):
    """Whether a law can be invoked."""

    IN_FORCE = "in-force"
    ENACTED_FUTURE = "enacted-future"


class LawLevel(StrEnum):
    """Who made the law; a more local one is preferred."""

    FEDERAL = "federal"
    STATE = "state"
    UNION = "union"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightOffered:
    """One right under one law, with its citation and the words of that law for it."""

    right: Right
    title: str
    """The law's own term, as it stands in letters, such as *opt-out of sale or sharing*."""
    citation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """Whether the company's refusal can be appealed inside the company."""

    is_available: bool = False
    window: str = ""
    after_denial: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One change of a law; ``on`` is a day, a month, a year, or empty for one that is still open."""

    on: str = ""
    what: str
    is_verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """One statute as the app knows it: whom it protects, whom it binds, its rights and its rules."""

    id: LawId
    title: str
    short_title: str
    level: LawLevel
    places: tuple[Place, ...]
    status: LawStatus = LawStatus.IN_FORCE
    applies_from: date
    applies_to: date | None = None
    citation: str
    rights: tuple[RightOffered, ...]
    rules: tuple[Rule, ...]
    channels: tuple[Channel, ...] = ()
    """Channels that the law is *about* (a texting law is about ``sms``); empty for laws about any of them."""
    protects: str = ""
    binds: str = ""
    has_thresholds: bool = False
    """True where only companies above a size are bound, which the app cannot know."""
    appeal: Appeal = Appeal()
    identity_rule: str = ""
    agent_rule: str = ""
    fee_rule: str = ""
    private_action: str = ""
    """Whether a person may sue on it, in a sentence."""
    damages: tuple[Damages, ...] = ()
    fines: tuple[Damages, ...] = ()
    history: tuple[Amendment, ...] = ()
    regulators: tuple[RegulatorId, ...] = ()
    doubts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    verified_on: date

    def offers(self, right: Right) -> RightOffered | None:
        """The right as this law names it, or None where it has none."""
        return next((offered for offered in self.rights if offered.right is right), None)

    def rules_for(self, right: Right, on: date) -> tuple[Rule, ...]:
        """The versions in force on ``on`` of all rules about ``right``, in the order of the file."""
        return tuple(rule for rule in self.rules if right in rule.rights and rule.is_valid_on(on))


class Reason(StrEnum):
    """Why a law is offered or not; the words for people are made where they are shown."""

    PROTECTS_RESIDENCE = "protects_residence"
    PROTECTS_EVERYBODY_THERE = "protects_everybody_there"
    ABOUT_THIS_CHANNEL = "about_this_channel"
    THRESHOLDS_UNKNOWN = "thresholds_unknown"
    LIVES_ELSEWHERE = "lives_elsewhere"
    NO_SUCH_RIGHT = "no_such_right"
    OTHER_CHANNEL = "other_channel"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    NO_LONGER_IN_FORCE = "no_longer_in_force"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicability:
    """One law judged for one person, right, channel and day.

    ``is_dated`` is True where the law gives a number of days within which the company must act on the right.
    """

    law: Law
    right: Right
    applies: bool
    reasons: tuple[Reason, ...]
    is_dated: bool = False


_MEDIUM: dict[Right, Channel] = {
    Right.UNSUBSCRIBE_EMAIL: Channel.EMAIL,
    Right.SMS_STOP: Channel.SMS,
    Right.DO_NOT_CALL_INTERNAL: Channel.CALL,
}
"""Rights that are about one medium, whichever way the request itself is sent."""

_MEDIA = frozenset(_MEDIUM.values())


def judge(
    law: Law, *, rights: tuple[Right, ...], place: Place, channel: Channel | None, on: date
) -> Applicability:
    """Whether a law answers to one of ``rights`` for somebody at ``place`` on ``on``, and why.

    The first of ``rights`` that the law offers is the one named in the answer. ``channel`` is the medium of
    the unwanted messages; a right about one medium overrides it. A law about another medium is not offered;
    a law whose thresholds the app cannot check is offered with that doubt, never hidden.
    """
    right = next((right for right in rights if law.offers(right)), None)
    medium = channel if right is None else _MEDIUM.get(right, channel)
    against: list[Reason] = []
    if not any(reaches(law_place, place) for law_place in law.places):
        against.append(Reason.LIVES_ELSEWHERE)
    if right is None:
        against.append(Reason.NO_SUCH_RIGHT)
    if law.channels and medium in _MEDIA and medium not in law.channels:
        against.append(Reason.OTHER_CHANNEL)
    if on < law.applies_from:
        against.append(Reason.NOT_YET_IN_FORCE)
    if law.applies_to is not None and on > law.applies_to:
        against.append(Reason.NO_LONGER_IN_FORCE)
    if right is None or against:
        return Applicability(law=law, right=right or rights[0], applies=False, reasons=tuple(against))

    in_favour = [
        Reason.PROTECTS_EVERYBODY_THERE if law.level is LawLevel.FEDERAL else Reason.PROTECTS_RESIDENCE
    ]
    if medium in law.channels:
        in_favour.append(Reason.ABOUT_THIS_CHANNEL)
    if law.has_thresholds:
        in_favour.append(Reason.THRESHOLDS_UNKNOWN)
    return Applicability(
        law=law,
        right=right,
        applies=True,
        reasons=tuple(in_favour),
        is_dated=any(rule.can_be_missed and not rule.is_for_refusal for rule in law.rules_for(right, on)),
    )


def rank(judged: list[Applicability], rights: tuple[Right, ...], place: Place) -> list[Applicability]:
    """Laws that apply first: those that name a day, then the law of the medium, of the residence, the
    general one.

    So a marketing e-mail is answered in the EU by the objection of the GDPR, which must be answered within a
    month, and not by the ePrivacy Directive, which names no period.
    """

    def order(item: Applicability) -> tuple[bool, bool, bool, int, bool, str]:
        return (
            not item.applies,
            not item.is_dated,
            Reason.ABOUT_THIS_CHANNEL not in item.reasons,
            rights.index(item.right),
            place not in item.law.places and item.law.level is LawLevel.FEDERAL,
            item.law.id,
        )

    return sorted(judged, key=order)
