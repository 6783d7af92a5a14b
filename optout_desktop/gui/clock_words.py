# SPDX-License-Identifier: Apache-2.0
"""What is said about one clock, in every place that shows clocks: a request, a law, the calculator.

Every function takes a value of the domain and gives whole sentences, or words that stand inside one.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.clocks import Clock, ClockState, ExtensionDoubt
from optout_desktop.domain.laws import Period, Reckoning, StartEvent, Step, Unit, Verification
from optout_desktop.gui.tokens import StatusToken
from optout_desktop.gui.wording import long_date


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("clocks", text)


def not_advice() -> str:
    """What stands wherever a decision hangs on a date."""
    return tr("This is information, not legal advice.")


def step_words(step: Step) -> str:
    """What a clock measures."""
    return {
        Step.HONOUR: tr("The company must do what you asked"),
        Step.RESPOND: tr("The company must answer"),
        Step.ACKNOWLEDGE: tr("The company must confirm receipt"),
        Step.APPEAL_ANSWER: tr("The company must answer your appeal"),
        Step.EFFECTIVE: tr("Your opt-out takes effect"),
        Step.REGISTRY_EFFECTIVE: tr("Your registration takes effect"),
        Step.MECHANISM_LIVE: tr("The way to opt out must keep working"),
        Step.OPTOUT_DURATION: tr("Your opt-out lasts"),
        Step.NO_REASK: tr("The company may not ask you again"),
        Step.WAITING_PERIOD: tr("Waiting period"),
        Step.COMPLAIN_WINDOW: tr("You can complain"),
        Step.ESCALATE: tr("You can go to the authority"),
        Step.FOLLOW_UP_MESSAGE: tr("One confirmation may still arrive"),
        Step.SCOPE: tr("What your opt-out covers"),
    }[step]


def state_words(clock: Clock, today: date) -> tuple[str, StatusToken]:  # noqa: PLR0911 - one a state
    """How a clock stands today, and the sign for it."""
    match clock.state(today):
        case ClockState.NOT_STARTED:
            return tr("Not started"), StatusToken.DRAFT
        case ClockState.NO_DATE:
            return tr("No date in the law"), StatusToken.DRAFT
        case ClockState.RUNNING:
            return tr("Running"), StatusToken.SENT
        case ClockState.PAUSED:
            return tr("Paused"), StatusToken.NEEDS_YOU
        case ClockState.GRACE if clock.rule.can_be_missed:
            return tr("May still be on time"), StatusToken.DUE_SOON
        case ClockState.GRACE:
            return tr("Ended"), StatusToken.CLOSED
        case ClockState.MISSED:
            return tr("Late"), StatusToken.OVERDUE
        case ClockState.MET:
            return tr("Met"), StatusToken.COMPLETED
        case ClockState.MET_LATE:
            return tr("Met late"), StatusToken.VIOLATED


def dates_sentence(clock: Clock) -> str:
    """When a clock started and ends, or why there is no day."""
    if clock.start is None:
        return tr("Starts when {event}.").format(event=start_event(clock.rule.starts_on))
    if clock.is_beyond_calendars:
        return tr("The calendars that were kept do not reach so far; no day can be counted.")
    if clock.dates is None:
        return tr("The law says: {period}. It gives no day.").format(period=period(clock.rule.period))
    start, due = long_date(clock.start.on), long_date(clock.dates.due)
    if clock.rule.reckoning is Reckoning.EFFECT_FROM:
        return tr("From {first} on, {period} after {start}.").format(
            first=long_date(clock.dates.nominal), period=period(clock.rule.period), start=start
        )
    if clock.dates.flag_after > clock.dates.due:
        return tr("Due {due}, {period} from {start}; not late before {flag} has ended.").format(
            due=due,
            period=period(clock.rule.period),
            start=start,
            flag=long_date(clock.dates.flag_after),
        )
    return tr("Due {due}, {period} from {start}.").format(
        due=due, period=period(clock.rule.period), start=start
    )


def period(value: Period) -> str:
    """A period as the law states it, such as *15 business days*."""
    if value.amount is None:
        return _period_without_number(value.unit)
    one, many = {
        Unit.DAYS: (tr("1 day"), tr("{count} days")),
        Unit.BUSINESS_DAYS: (tr("1 business day"), tr("{count} business days")),
        Unit.MONTHS: (tr("1 month"), tr("{count} months")),
        Unit.YEARS: (tr("1 year"), tr("{count} years")),
        Unit.MINUTES: (tr("1 minute"), tr("{count} minutes")),
    }.get(value.unit, (tr("no stated period"), tr("no stated period")))
    return one if value.amount == 1 else many.format(count=value.amount)


def _period_without_number(unit: Unit) -> str:
    return {
        Unit.IMMEDIATELY: tr("immediately"),
        Unit.WITHOUT_DELAY: tr("without delay"),
        Unit.REASONABLE_TIME: tr("within a reasonable time"),
        Unit.AS_SOON_AS_PRACTICABLE: tr("as soon as practicable"),
    }.get(unit, tr("no stated period"))


def verification(value: Verification) -> str:
    """How far a rule was checked."""
    return {
        Verification.PRIMARY_TEXT: tr("Checked against the text of the law itself."),
        Verification.SOURCE_AGREES: tr(
            "A source that describes the law agrees; the text itself was not read."
        ),
        Verification.NOT_VERIFIED: tr("Not verified: nobody has checked this number against a source."),
    }[value]


def start_event(value: StartEvent) -> str:
    """What starts a clock."""
    return {
        StartEvent.RECEIPT: tr("the company receives your request"),
        StartEvent.SENDING: tr("you send your request"),
        StartEvent.REQUEST_MADE: tr("you make your request"),
        StartEvent.RECEIPT_OF_APPEAL: tr("the company receives your appeal"),
        StartEvent.RECEIPT_OF_REVOCATION: tr("the company receives your withdrawal"),
        StartEvent.REGISTRATION: tr("your registration"),
        StartEvent.TRANSMISSION_OF_MESSAGE: tr("the message is sent to you"),
        StartEvent.SUBMISSION: tr("you hand in your request"),
        StartEvent.NOTICE_MAILED: tr("the company mails its notice"),
        StartEvent.BROKER_RECEIPT_FROM_PLATFORM: tr(
            "the data broker collects your request from the platform"
        ),
        StartEvent.AUTHENTICATION: tr("you prove who you are"),
        StartEvent.COMPLAINT_LODGED: tr("you lodge a complaint"),
        StartEvent.RECEIPT_IDENTITY_FEE: tr(
            "the company has your request, and the identification and fee it asked for"
        ),
        StartEvent.MESSAGE_RECEIVED: tr("you receive a message"),
        StartEvent.DECISION_COMMUNICATED: tr("the company tells its decision"),
        StartEvent.NOTIFICATION_TO_AGENCY: tr("you notify the agency"),
        StartEvent.EFFECTIVE_DATE: tr("the opt-out takes effect"),
        StartEvent.RECEIPT_AND_IMPLEMENTATION: tr("the company receives and carries out your request"),
        StartEvent.NOTIFICATION_TO_CALLER: tr("you tell the caller"),
        StartEvent.REFUSAL_OR_END_OF_PERIOD: tr("the company refuses, or its period ends"),
        StartEvent.OUTCOME_OF_REQUEST: tr("the outcome of your request"),
    }[value]


def doubt_sentences(clock: Clock | None) -> tuple[str, ...]:
    """What is uncertain about a deadline: the rule's own doubt, and an extension that may not hold."""
    if clock is None:
        return ()
    found: list[str] = []
    if clock.extension_doubt and clock.unextended is not None:
        without = tr("{doubt} Without the extension the day was {day}.")
        found.append(
            without.format(
                doubt=extension_doubt(ExtensionDoubt(clock.extension_doubt)),
                day=long_date(clock.unextended.due),
            )
        )
    if clock.rule.doubt:
        found.append(tr("Uncertain: {doubt}").format(doubt=clock.rule.doubt))
    return tuple(found)


def extension_doubt(value: ExtensionDoubt) -> str:
    """Why an extension may not count."""
    return {
        ExtensionDoubt.LATE_NOTICE: tr("The notice of the extension came after the first period had ended."),
        ExtensionDoubt.NO_REASON: tr("The company gave no reason for the extension, which the law asks for."),
        ExtensionDoubt.BEYOND_MAXIMUM: tr("The company named a later day than the law allows."),
        ExtensionDoubt.NO_EXTENSION_IN_LAW: tr("This law knows no extension."),
        ExtensionDoubt.NO_DATE_NAMED: tr("The law sets no length and the company named no day."),
    }[value]
