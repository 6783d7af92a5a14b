# SPDX-License-Identifier: Apache-2.0
"""Milestones: the clocks of a request → every date that a person should see, each with its own state.

A clock is one rule; a rule that knows an extension gives three dates (act by, notice by, extended until), and
a law with an appeal gives one that no rule has. Theirs, mine and spans are told apart. Nothing is counted
here; ``longest`` hands in how long an extension may be at most.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .clocks import Clock, ClockState, ExtensionDoubt
from .counting import Dates
from .ids import RuleId
from .laws import Appeal, Step
from .requests import EventKind, OptOutRequest, RequestEvent
from .rights import Right


class MilestoneKind(StrEnum):
    """What a date is about, in the order in which people meet them."""

    ACKNOWLEDGE_BY = "acknowledge_by"
    ACT_BY = "act_by"
    ANSWER_BY = "answer_by"
    EXTENSION_NOTICE_BY = "extension_notice_by"
    EXTENDED_UNTIL = "extended_until"
    REASONS_BY = "reasons_by"
    APPEAL_ANSWER_BY = "appeal_answer_by"
    COMPLAINT_CONFIRMED_BY = "complaint_confirmed_by"
    AUTHORITY_INFORMS_BY = "authority_informs_by"
    APPEAL_BY = "appeal_by"
    COMPLAIN_BY = "complain_by"
    GO_FURTHER_AFTER = "go_further_after"
    TAKES_EFFECT_BY = "takes_effect_by"
    WAITING_UNTIL = "waiting_until"
    CONFIRMATION_TEXT = "confirmation_text"
    NO_ASKING_UNTIL = "no_asking_until"
    MECHANISM_UNTIL = "mechanism_until"
    LASTS_UNTIL = "lasts_until"
    SCOPE = "scope"


class Whose(StrEnum):
    """Whom a date is for."""

    THEIRS = "theirs"
    """Somebody else must act."""
    MINE = "mine"
    """The person may act."""
    SPAN = "span"
    """Nobody acts: something holds, or lasts."""


class MilestoneState(StrEnum):
    """How a milestone stands on a day."""

    NOT_STARTED = "not_started"
    NO_DATE = "no_date"
    """It runs, and the law gives no number of days."""
    RUNNING = "running"
    PAUSED = "paused"
    GRACE = "grace"
    MISSED = "missed"
    MET = "met"
    MET_LATE = "met_late"
    ENDED = "ended"
    EXTENDED = "extended"
    """A later day has taken its place."""
    NOT_TAKEN = "not_taken"
    """What the company might have taken, it did not take in time."""
    POSSIBLY_INVALID = "possibly_invalid"
    """The company took it, and it may not count."""


_MINE = frozenset({MilestoneKind.APPEAL_BY, MilestoneKind.COMPLAIN_BY, MilestoneKind.GO_FURTHER_AFTER})
_SPANS = frozenset(
    {
        MilestoneKind.TAKES_EFFECT_BY,
        MilestoneKind.WAITING_UNTIL,
        MilestoneKind.CONFIRMATION_TEXT,
        MilestoneKind.NO_ASKING_UNTIL,
        MilestoneKind.MECHANISM_UNTIL,
        MilestoneKind.LASTS_UNTIL,
        MilestoneKind.SCOPE,
    }
)
_ORDER = {kind: number for number, kind in enumerate(MilestoneKind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One date of a request.

    ``clock`` is None only for an appeal without a number of days, whose ``window`` holds the law's words.
    ``dates`` is None where none can be told. ``instead`` is the other reading of a doubtful extension, and
    ``at_most`` how long the company may take if it announces an extension in time.
    """

    kind: MilestoneKind
    clock: Clock | None = None
    dates: Dates | None = None
    instead: Dates | None = None
    at_most: Dates | None = None
    met_on: date | None = None
    named_on: date | None = None
    """The day that the company named in its notice."""
    doubt: ExtensionDoubt | None = None
    window: str = ""
    citation: str = ""
    opened_on: date | None = None
    """Since when it has been open, where no clock says so."""

    @property
    def whose(self) -> Whose:
        """Who is meant."""
        if self.kind in _MINE:
            return Whose.MINE
        return Whose.SPAN if self.kind in _SPANS else Whose.THEIRS

    @property
    def key(self) -> tuple[MilestoneKind, RuleId | None]:
        """What makes two milestones of one request the same one."""
        return self.kind, self.clock.rule.id if self.clock else None

    @property
    def is_started(self) -> bool:
        """False where what starts it has not happened."""
        if self.clock is None:
            return self.opened_on is not None
        return self.clock.start is not None

    def state(self, today: date) -> MilestoneState:
        """How it stands at the beginning of ``today``."""
        if not self.is_started:
            return MilestoneState.NOT_STARTED
        if self.clock is None:
            return MilestoneState.MET if self.met_on else MilestoneState.NO_DATE
        match self.kind:
            case MilestoneKind.EXTENSION_NOTICE_BY:
                return self._state_of_notice(self.clock, today)
            case MilestoneKind.EXTENDED_UNTIL:
                return self._state_of_extension(self.clock, today)
            case _:
                return self._state_of_clock(self.clock, today)

    def _state_of_clock(self, clock: Clock, today: date) -> MilestoneState:
        state = clock.state(today)
        if state is ClockState.GRACE and not clock.rule.can_be_missed:
            return MilestoneState.ENDED
        if clock.unextended is None or clock.met_on is not None or state is ClockState.MISSED:
            return MilestoneState(state)
        if not clock.extension_doubt:
            return MilestoneState.EXTENDED
        return MilestoneState.RUNNING if today <= clock.unextended.due else MilestoneState.GRACE

    def _state_of_notice(self, clock: Clock, today: date) -> MilestoneState:
        if self.met_on is not None:
            return MilestoneState.POSSIBLY_INVALID if self.doubt else MilestoneState.MET
        if self.dates is None:
            return MilestoneState.NO_DATE
        if clock.state(today) is ClockState.PAUSED:
            return MilestoneState.PAUSED
        if clock.met_on is not None or today > self.dates.flag_after:
            return MilestoneState.NOT_TAKEN
        return MilestoneState.RUNNING

    def _state_of_extension(self, clock: Clock, today: date) -> MilestoneState:
        if clock.unextended is None:
            if clock.state(today) is ClockState.PAUSED:
                return MilestoneState.NOT_STARTED
            is_over = clock.met_on is not None or clock.dates is None or today > clock.dates.flag_after
            return MilestoneState.NOT_TAKEN if is_over else MilestoneState.NOT_STARTED
        if clock.met_on is None and self.doubt:
            state = clock.state(today)
            return MilestoneState.MISSED if state is ClockState.MISSED else MilestoneState.POSSIBLY_INVALID
        return MilestoneState(clock.state(today))


def milestones_of(
    request: OptOutRequest,
    clocks: tuple[Clock, ...],
    appeal: Appeal,
    longest: Mapping[RuleId, Dates] | None = None,
) -> tuple[Milestone, ...]:
    """Every milestone of a request: what somebody else must do, what the person may do, what lasts."""
    found: list[Milestone] = []
    for clock in clocks:
        plain = _milestone(clock, request)
        found.append(plain)
        if plain.kind in _EXTENDABLE and (clock.rule.extension or clock.unextended):
            found += _of_extension(clock, _notice(request, clock), (longest or {}).get(clock.rule.id))
    if appeal.is_available and not any(one.kind is MilestoneKind.APPEAL_BY for one in found):
        found.append(_appeal(request, appeal))
    return tuple(sorted(found, key=lambda one: _ORDER[one.kind]))


_EXTENDABLE = frozenset({MilestoneKind.ACT_BY, MilestoneKind.ANSWER_BY, MilestoneKind.APPEAL_ANSWER_BY})

_KINDS = {
    Step.HONOUR: MilestoneKind.ACT_BY,
    Step.RESPOND: MilestoneKind.ANSWER_BY,
    Step.ACKNOWLEDGE: MilestoneKind.ACKNOWLEDGE_BY,
    Step.APPEAL_ANSWER: MilestoneKind.APPEAL_ANSWER_BY,
    Step.EFFECTIVE: MilestoneKind.TAKES_EFFECT_BY,
    Step.REGISTRY_EFFECTIVE: MilestoneKind.TAKES_EFFECT_BY,
    Step.MECHANISM_LIVE: MilestoneKind.MECHANISM_UNTIL,
    Step.OPTOUT_DURATION: MilestoneKind.LASTS_UNTIL,
    Step.NO_REASK: MilestoneKind.NO_ASKING_UNTIL,
    Step.WAITING_PERIOD: MilestoneKind.WAITING_UNTIL,
    Step.COMPLAIN_WINDOW: MilestoneKind.COMPLAIN_BY,
    Step.ESCALATE: MilestoneKind.GO_FURTHER_AFTER,
    Step.FOLLOW_UP_MESSAGE: MilestoneKind.CONFIRMATION_TEXT,
    Step.SCOPE: MilestoneKind.SCOPE,
}


def _kind(clock: Clock, request: OptOutRequest) -> MilestoneKind:
    rule, kind = clock.rule, _KINDS[clock.step]
    if kind is MilestoneKind.COMPLAIN_BY and Right.APPEAL in rule.rights:
        return MilestoneKind.APPEAL_BY
    if kind not in {MilestoneKind.ACKNOWLEDGE_BY, MilestoneKind.ACT_BY, MilestoneKind.ANSWER_BY}:
        return kind
    if rule.is_for_refusal:
        return MilestoneKind.REASONS_BY
    if Right.COMPLAINT_TO_REGULATOR in rule.rights:
        return MilestoneKind.AUTHORITY_INFORMS_BY
    if Right.COMPLAINT_TO_CONTROLLER in rule.rights and request.right not in rule.rights:
        return MilestoneKind.COMPLAINT_CONFIRMED_BY
    return kind


def _milestone(clock: Clock, request: OptOutRequest) -> Milestone:
    return Milestone(
        kind=_kind(clock, request),
        clock=clock,
        dates=clock.unextended or clock.dates,
        met_on=clock.met_on,
        citation=clock.rule.citation,
    )


def _notice(request: OptOutRequest, clock: Clock) -> RequestEvent | None:
    return request.last(EventKind.EXTENDED) if clock.unextended else None


def _of_extension(clock: Clock, notice: RequestEvent | None, longest: Dates | None) -> list[Milestone]:
    """Notice by, and extended until: an extension that the law does not know has no day for its notice."""
    extension = clock.rule.extension
    doubt = ExtensionDoubt(clock.extension_doubt) if clock.extension_doubt else None
    until = Milestone(
        kind=MilestoneKind.EXTENDED_UNTIL,
        clock=clock,
        dates=clock.dates if notice else None,
        instead=clock.unextended if doubt else None,
        at_most=longest,
        met_on=clock.met_on if notice else None,
        named_on=notice.until if notice else None,
        doubt=doubt,
        citation=extension.citation if extension else "",
    )
    if extension is None or not extension.needs_notice:
        return [until]
    is_late = doubt is ExtensionDoubt.LATE_NOTICE
    by = replace(
        until,
        kind=MilestoneKind.EXTENSION_NOTICE_BY,
        dates=clock.unextended or clock.dates,
        instead=None,
        at_most=None,
        met_on=notice.on if notice else None,
        named_on=None,
        doubt=doubt if is_late else None,
    )
    return [by, until]


def _appeal(request: OptOutRequest, appeal: Appeal) -> Milestone:
    """The appeal of a law that names no number of days for it: open from the refusal on."""
    refused = request.last(EventKind.REFUSED, EventKind.SENT)
    is_refused = refused is not None and refused.kind is EventKind.REFUSED
    sent = request.last(EventKind.APPEAL_SENT, EventKind.SENT)
    is_appealed = sent is not None and sent.kind is EventKind.APPEAL_SENT
    return Milestone(
        kind=MilestoneKind.APPEAL_BY,
        met_on=sent.on if sent and is_appealed else None,
        window=appeal.window,
        citation=appeal.citation,
        opened_on=refused.on if refused and is_refused else (sent.on if sent and is_appealed else None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What an entry does to one milestone; ``before`` is None where it did not exist."""

    before: Milestone | None
    after: Milestone


def moves(before: tuple[Milestone, ...], after: tuple[Milestone, ...]) -> tuple[Move, ...]:
    """The milestones that differ between two states of one request, in the order of ``after``.

    The day before an extension is compared by what holds: the later of its readings.
    """
    old = {one.key: one for one in before}
    found = (Move(before=old.get(one.key), after=one) for one in after)
    return tuple(
        move
        for move in found
        if (move.before or move.after.is_started) and _tells(move.before) != _tells(move.after)
    )


def _tells(one: Milestone | None) -> tuple[object, ...]:
    """What a person would see differently."""
    if one is None:
        return (False,)
    days = one.dates.due if one.dates else None, one.dates.flag_after if one.dates else None
    is_paused = bool(one.clock and one.clock.paused_since)
    met_on = one.met_on if one.is_started else None
    return one.is_started, days, one.instead, met_on, one.doubt, is_paused
