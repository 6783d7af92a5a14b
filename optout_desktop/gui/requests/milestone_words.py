# SPDX-License-Identifier: Apache-2.0
"""What is said about every date of a request: whose it is, its day, how it stands, and what an entry moves.

Every function takes a ``Milestone`` or a ``Move`` and gives whole sentences.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.clocks import Clock
from optout_desktop.domain.counting import Dates
from optout_desktop.domain.laws import Reckoning, Unit
from optout_desktop.domain.milestones import Milestone, MilestoneKind, MilestoneState, Move, Whose
from optout_desktop.gui.clock_words import extension_doubt, period, start_event
from optout_desktop.gui.tokens import StatusToken
from optout_desktop.gui.wording import long_date
from optout_desktop.services.foreseeing import Foresight


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("milestones", text)


def heading(whose: Whose) -> str:
    """The heading over the dates of one side."""
    return {
        Whose.THEIRS: tr("What they must do"),
        Whose.MINE: tr("What you may do"),
        Whose.SPAN: tr("What holds, and how long"),
    }[whose]


def title(kind: MilestoneKind) -> str:
    """What a date is for, beginning with whose it is; a day or *until when* follows."""
    return {
        MilestoneKind.ACKNOWLEDGE_BY: tr("They must confirm receipt by"),
        MilestoneKind.ACT_BY: tr("They must do what you asked by"),
        MilestoneKind.ANSWER_BY: tr("They must answer by"),
        MilestoneKind.EXTENSION_NOTICE_BY: tr("They must announce an extension by"),
        MilestoneKind.EXTENDED_UNTIL: tr("They may take longer until"),
        MilestoneKind.REASONS_BY: tr("They must give reasons for the refusal by"),
        MilestoneKind.APPEAL_ANSWER_BY: tr("They must answer your appeal by"),
        MilestoneKind.COMPLAINT_CONFIRMED_BY: tr("They must confirm your complaint by"),
        MilestoneKind.AUTHORITY_INFORMS_BY: tr("The authority must inform you by"),
        MilestoneKind.APPEAL_BY: tr("You may appeal until"),
        MilestoneKind.COMPLAIN_BY: tr("You may complain until"),
        MilestoneKind.GO_FURTHER_AFTER: tr("You may go to court or the authority after"),
        MilestoneKind.TAKES_EFFECT_BY: tr("Your opt-out takes effect by"),
        MilestoneKind.WAITING_UNTIL: tr("The waiting period lasts until"),
        MilestoneKind.CONFIRMATION_TEXT: tr("One confirmation text may still come"),
        MilestoneKind.NO_ASKING_UNTIL: tr("They may not ask you again until"),
        MilestoneKind.MECHANISM_UNTIL: tr("The way to opt out must work until"),
        MilestoneKind.LASTS_UNTIL: tr("Your opt-out lasts until"),
        MilestoneKind.SCOPE: tr("What your opt-out covers"),
    }[kind]


def state_words(one: Milestone, today: date) -> tuple[str, StatusToken]:
    """How it stands today, and the sign for it."""
    state = one.state(today)
    if state is MilestoneState.MET and one.met_on is not None:
        return tr("Met on {day}").format(day=long_date(one.met_on)), StatusToken.COMPLETED
    if state is MilestoneState.MET_LATE and one.met_on is not None:
        return tr("Met late, on {day}").format(day=long_date(one.met_on)), StatusToken.VIOLATED
    is_window = one.whose is Whose.MINE and one.kind is not MilestoneKind.GO_FURTHER_AFTER
    if state is MilestoneState.RUNNING and is_window:
        return tr("Open to you"), StatusToken.NEEDS_YOU
    if state is MilestoneState.NO_DATE and one.clock is None:
        return tr("Open to you"), StatusToken.NEEDS_YOU
    if one.kind is MilestoneKind.GO_FURTHER_AFTER and state is MilestoneState.RUNNING:
        return tr("Not yet"), StatusToken.DRAFT
    if one.kind is MilestoneKind.GO_FURTHER_AFTER and state is MilestoneState.ENDED:
        return tr("Open to you"), StatusToken.NEEDS_YOU
    if one.kind is MilestoneKind.TAKES_EFFECT_BY and state is MilestoneState.ENDED:
        return tr("Should hold now"), StatusToken.COMPLETED
    return {
        MilestoneState.NOT_STARTED: (tr("Not started"), StatusToken.DRAFT),
        MilestoneState.NO_DATE: (tr("No date by law"), StatusToken.DRAFT),
        MilestoneState.RUNNING: (tr("Running"), StatusToken.SENT),
        MilestoneState.PAUSED: (tr("Paused until you answer"), StatusToken.NEEDS_YOU),
        MilestoneState.GRACE: (tr("May still be on time"), StatusToken.DUE_SOON),
        MilestoneState.MISSED: (tr("Missed"), StatusToken.OVERDUE),
        MilestoneState.MET: (tr("Met"), StatusToken.COMPLETED),
        MilestoneState.MET_LATE: (tr("Met late"), StatusToken.VIOLATED),
        MilestoneState.ENDED: (tr("Ended"), StatusToken.CLOSED),
        MilestoneState.EXTENDED: (tr("Extended"), StatusToken.EXTENDED),
        MilestoneState.NOT_TAKEN: (tr("Not taken"), StatusToken.CLOSED),
        MilestoneState.POSSIBLY_INVALID: (tr("May not be valid"), StatusToken.DUE_SOON),
    }[state]


def day_words(one: Milestone) -> str:
    """The day itself, or what stands in its place; both days where one is uncertain."""
    if one.kind is MilestoneKind.SCOPE and one.clock is not None:
        return one.clock.rule.what
    if one.dates is None:
        if one.kind is MilestoneKind.EXTENDED_UNTIL and one.at_most is not None:
            return tr("at most {day}").format(day=long_date(one.at_most.due))
        return tr("no day in the law") if one.is_started else tr("not yet")
    if one.clock is not None and one.clock.rule.period.unit is Unit.MINUTES:
        return tr("within {period}").format(period=period(one.clock.rule.period))
    if one.clock is not None and one.clock.rule.reckoning is Reckoning.EFFECT_FROM:
        return long_date(one.dates.nominal)
    if one.doubt is not None and one.instead is not None and one.instead.due != one.dates.due:
        return tr("{day}, or {other} if the extension does not hold").format(
            day=long_date(one.dates.due), other=long_date(one.instead.due)
        )
    return long_date(one.dates.due)


def sentences(one: Milestone, today: date) -> tuple[str, ...]:
    """What stands under the day: from when it is counted, until when nobody is called late, what is doubtful."""
    found = [_reckoning(one), _lateness(one), _notice(one, today), _only_where(one), _own_doubt(one)]
    return tuple(text for text in found if text)


def _reckoning(one: Milestone) -> str:
    clock = one.clock
    if clock is None:
        return _appeal(one)
    if clock.start is None:
        return tr("Starts when {event}.").format(event=start_event(clock.rule.starts_on))
    if clock.is_beyond_calendars:
        return tr("The calendars that were kept do not reach so far; no day can be counted.")
    if one.kind in {MilestoneKind.EXTENSION_NOTICE_BY, MilestoneKind.EXTENDED_UNTIL}:
        return ""
    start = long_date(clock.start.on)
    if one.kind is MilestoneKind.SCOPE:
        return ""
    if clock.dates is None:
        return tr("The law says: {period}, from {start}.").format(
            period=period(clock.rule.period), start=start
        )
    return _counted(clock, start)


def _appeal(one: Milestone) -> str:
    """The appeal of a law that names no number of days."""
    if one.met_on is not None:
        return tr("You appealed.")
    if one.opened_on is None:
        return tr("It opens when the company refuses. The law: {window}.").format(window=one.window)
    return tr("Open since the refusal of {day}. The law: {window}.").format(
        day=long_date(one.opened_on), window=one.window
    )


def _counted(clock: Clock, start: str) -> str:
    if clock.paused_since is not None and clock.met_on is None:
        return tr("{period} from {start}; it stands still since {day}, until you answer.").format(
            period=period(clock.rule.period), start=start, day=long_date(clock.paused_since)
        )
    if clock.paused_days == 1:
        text = tr("{period} from {start}, and 1 day that waited for your answer.")
    elif clock.paused_days:
        text = tr("{period} from {start}, and {count} days that waited for your answer.")
    else:
        text = tr("{period} from {start}.")
    return text.format(period=period(clock.rule.period), start=start, count=clock.paused_days)


def _lateness(one: Milestone) -> str:
    """Both days where a day is uncertain: the due one and the one before whose end nobody is late."""
    clock = one.clock
    if clock is None or one.dates is None or not clock.rule.can_be_missed:
        return ""
    if one.kind is MilestoneKind.EXTENSION_NOTICE_BY or one.met_on is not None:
        return ""
    is_base = one.kind is not MilestoneKind.EXTENDED_UNTIL
    if is_base and clock.unextended is not None and not clock.extension_doubt:
        return ""  # the extended day says it
    latest = max(one.dates.flag_after, clock.dates.flag_after if clock.dates else one.dates.flag_after)
    if latest <= one.dates.due:
        return ""
    return tr("Due {due}; flagged only after {flag}.").format(
        due=long_date(one.dates.due), flag=long_date(latest)
    )


def _notice(one: Milestone, today: date) -> str:
    match one.kind:
        case MilestoneKind.EXTENSION_NOTICE_BY:
            return _of_notice_by(one, today)
        case MilestoneKind.EXTENDED_UNTIL if one.named_on is not None and one.dates is not None:
            if one.named_on == one.dates.due:
                return tr("The company named this day.")
            return tr("The company named {day}.").format(day=long_date(one.named_on))
        case MilestoneKind.EXTENDED_UNTIL if one.at_most is not None and one.dates is None:
            if one.state(today) is MilestoneState.NOT_TAKEN:
                return tr("The company announced no extension.")
            return tr("Only if they announce it in time.")
        case _:
            return ""


def _of_notice_by(one: Milestone, today: date) -> str:
    if one.clock is None or one.clock.rule.extension is None:
        return ""
    needs_reason = one.clock.rule.extension.needs_reason
    if one.met_on is None:
        if one.state(today) is MilestoneState.NOT_TAKEN:
            return tr("No notice came.")
        return tr("With its reasons.") if needs_reason else tr("No reason is asked for by the law.")
    return tr("The notice is of {day}.").format(day=long_date(one.met_on))


def _only_where(one: Milestone) -> str:
    fact = one.clock.rule.only_where if one.clock else ""
    if not fact:
        return ""
    return tr("It binds only where this is so, which the app cannot know: {fact}.").format(
        fact=fact.rstrip(".")
    )


def _own_doubt(one: Milestone) -> str:
    clock = one.clock
    if one.doubt is not None and clock is not None and clock.unextended is not None:
        without = tr("May not be valid: {doubt} Without the extension the day was {day}.")
        return without.format(doubt=extension_doubt(one.doubt), day=long_date(clock.unextended.due))
    if clock is None or one.kind in {MilestoneKind.EXTENSION_NOTICE_BY, MilestoneKind.EXTENDED_UNTIL}:
        return ""
    if clock.rule.is_soft:
        return tr("This number is a guide and is never held against anybody.")
    return tr("Uncertain: {doubt}").format(doubt=clock.rule.doubt) if clock.rule.doubt else ""


def spoken(one: Milestone, today: date) -> str:
    """All of it in one breath."""
    return tr("{title} {day}. {state}. {more}").format(
        title=title(one.kind),
        day=day_words(one),
        state=state_words(one, today)[0],
        more=" ".join(sentences(one, today)),
    )


# ── what an entry moves ──────────────────────────────────────────────────────────────────────────────


def foresight_lines(found: Foresight) -> tuple[str, ...]:
    """What an entry changes, one date a line; a single line where it changes none."""
    if not found.is_possible:
        return (tr("This cannot be recorded as the request stands now."),)
    lines = [line for move in found.moves for line in _move(move, found)]
    return tuple(lines) or (tr("This changes no date."),)


def _move(move: Move, found: Foresight) -> Iterable[str]:
    one, before = move.after, move.before
    name = title(one.kind)
    if before is not None and before.is_started and not one.is_started:
        yield tr("No longer runs: {title}.").format(title=_lower(name))
        return
    if one.is_started and one.met_on is not None and (before is None or before.met_on is None):
        yield from _met(one, found)
        return
    if one.kind is MilestoneKind.EXTENDED_UNTIL:
        yield from _extended(one)
        return
    if before is None or not before.is_started:
        yield tr("Starts: {title} {day}.").format(title=_lower(name), day=_plain_day(one))
        return
    if one.clock is not None and one.clock.paused_since and not (before.clock and before.clock.paused_since):
        yield tr("Stands still until you answer: {title} {day}.").format(
            title=_lower(name), day=_plain_day(one)
        )
        return
    if _due(one.dates) != _due(before.dates):
        yield tr("Moves: {title} {before} → {after}.").format(
            title=_lower(name), before=_plain_day(before), after=_plain_day(one)
        )


def _met(one: Milestone, found: Foresight) -> Iterable[str]:
    if one.kind is MilestoneKind.EXTENDED_UNTIL:
        return
    if one.kind is MilestoneKind.EXTENSION_NOTICE_BY:
        last = long_date(one.dates.due) if one.dates else ""
        if one.doubt is None:
            yield tr("The notice came in time: it had to come by {day}.").format(day=last)
        else:
            yield tr("The notice came too late: it had to come by {day}.").format(day=last)
        return
    words, _sign = state_words(one, found.today)
    yield tr("{state}: {title} {day}.").format(
        state=words, title=_lower(title(one.kind)), day=_plain_day(one)
    )


def _extended(one: Milestone) -> Iterable[str]:
    clock = one.clock
    if clock is None or clock.unextended is None or one.dates is None:
        return
    before, after = clock.unextended.due, one.dates.due
    if before == after:
        yield tr("Stays: the company must act by {day}.").format(day=long_date(before))
    else:
        yield tr("Moves: the company must act by {before} → {after}.").format(
            before=long_date(before), after=long_date(after)
        )
    if one.doubt is None:
        return
    yield tr("This extension may not be valid: {doubt}").format(doubt=extension_doubt(one.doubt))
    if before != after:
        yield tr("Both days are kept, and nobody is called late before the later one.")


def _plain_day(one: Milestone) -> str:
    if one.clock is None:
        return tr("(the law names no number of days)")
    if one.clock.unextended is not None and one.clock.dates is not None:
        return long_date(one.clock.dates.due)
    return day_words(one)


def _due(dates: Dates | None) -> date | None:
    return dates.due if dates else None


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
