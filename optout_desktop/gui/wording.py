# SPDX-License-Identifier: Apache-2.0
"""Words for the closed vocabularies: one function a vocabulary, so that a thing is called the same everywhere.

Sentences with numbers have a separate wording for one. Dates go through the locale.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTimeZone

from optout_desktop.domain.agenda import NextStep, RequestOverview, Urgency
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.laws import Reason
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.requests import (
    Attention,
    CloseReason,
    EventKind,
    ProofGrade,
    RefusalReason,
    RequestStatus,
)
from optout_desktop.domain.rights import Goal, Right
from optout_desktop.gui.tokens import StatusToken


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("wording", text)


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """The English words, marked for translators; only the one that is shown is translated."""
    return text


def long_date(day: date) -> str:
    """A day as people write it, such as *10 Nov 2026*."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


def short_date(day: date, today: date) -> str:
    """A day without its year where that is this year's."""
    form = "d MMM" if day.year == today.year else "d MMM yyyy"
    return QLocale().toString(QDate(day.year, day.month, day.day), form)


def weekday_date(day: date) -> str:
    """A day with its weekday, such as *Tuesday, 10 November 2026*."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "dddd, d MMMM yyyy")


def here(at: datetime) -> QDateTime:
    """An instant in UTC, said or unsaid, as the clock on the wall shows it."""
    utc = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return QDateTime.fromSecsSinceEpoch(int(utc.timestamp()), QTimeZone.systemTimeZone())


def instant(at: datetime) -> str:
    """An instant in UTC as day and time here, such as *22 Nov 2026, 12:00*."""
    return QLocale().toString(here(at), "d MMM yyyy, HH:mm")


def days(count: int) -> str:
    """*1 day* or *n days*."""
    return tr("1 day") if count == 1 else tr("{count} days").format(count=count)


def goal(value: Goal) -> str:
    """What a person wants, as a button says it."""
    return tr(
        {
            Goal.STOP_SELLING: QT_TRANSLATE_NOOP("wording", "Stop selling or sharing my data"),
            Goal.STOP_EMAIL: QT_TRANSLATE_NOOP("wording", "Stop marketing e-mail"),
            Goal.STOP_TEXTS: QT_TRANSLATE_NOOP("wording", "Stop text messages"),
            Goal.STOP_CALLS: QT_TRANSLATE_NOOP("wording", "Stop sales calls"),
            Goal.OBJECT_MARKETING: QT_TRANSLATE_NOOP("wording", "Stop using my data for marketing"),
        }[value]
    )


def right(value: Right) -> str:
    """A right in a few plain words."""
    return tr(
        {
            Right.UNSUBSCRIBE_EMAIL: QT_TRANSLATE_NOOP("wording", "Unsubscribe from e-mail"),
            Right.SMS_STOP: QT_TRANSLATE_NOOP("wording", "STOP texts"),
            Right.DO_NOT_CALL_INTERNAL: QT_TRANSLATE_NOOP("wording", "Do not call me"),
            Right.OPTOUT_SALE: QT_TRANSLATE_NOOP("wording", "Do not sell or share"),
            Right.OPTOUT_SHARING_TARGETED_ADS: QT_TRANSLATE_NOOP("wording", "No targeted advertising"),
            Right.OPTOUT_PROFILING: QT_TRANSLATE_NOOP("wording", "No profiling"),
            Right.LIMIT_SENSITIVE: QT_TRANSLATE_NOOP("wording", "Limit sensitive data"),
            Right.OBJECT_DIRECT_MARKETING: QT_TRANSLATE_NOOP("wording", "Objection to marketing"),
            Right.OBJECT_PROCESSING: QT_TRANSLATE_NOOP("wording", "Objection to processing"),
            Right.WITHDRAW_CONSENT: QT_TRANSLATE_NOOP("wording", "Withdraw consent"),
            Right.RESTRICT: QT_TRANSLATE_NOOP("wording", "Restrict processing"),
            Right.DELETE: QT_TRANSLATE_NOOP("wording", "Delete my data"),
            Right.ACCESS: QT_TRANSLATE_NOOP("wording", "Send me my data"),
            Right.CORRECT: QT_TRANSLATE_NOOP("wording", "Correct my data"),
            Right.PORTABILITY: QT_TRANSLATE_NOOP("wording", "Give me my data to take along"),
            Right.THIRD_PARTY_LIST: QT_TRANSLATE_NOOP("wording", "Who got my data"),
            Right.AFFILIATE_MARKETING_OPTOUT: QT_TRANSLATE_NOOP("wording", "No marketing by affiliates"),
            Right.NONAFFILIATE_SHARING_OPTOUT: QT_TRANSLATE_NOOP("wording", "No sharing with others"),
            Right.PRESCREEN_OPTOUT: QT_TRANSLATE_NOOP("wording", "No prescreened offers"),
            Right.DO_NOT_CALL_REGISTRY: QT_TRANSLATE_NOOP("wording", "Do-not-call register"),
            Right.BROKER_DELETION_PLATFORM: QT_TRANSLATE_NOOP("wording", "Data broker deletion platform"),
            Right.MAIL_PREFERENCE_REGISTER: QT_TRANSLATE_NOOP("wording", "Mail preference register"),
            Right.ADVERTISING_CHOICE: QT_TRANSLATE_NOOP("wording", "Advertising choice"),
            Right.BROWSER_SIGNAL: QT_TRANSLATE_NOOP("wording", "Browser signal"),
            Right.APPEAL: QT_TRANSLATE_NOOP("wording", "Appeal"),
            Right.COMPLAINT_TO_CONTROLLER: QT_TRANSLATE_NOOP("wording", "Complaint to the company"),
            Right.COMPLAINT_TO_REGULATOR: QT_TRANSLATE_NOOP("wording", "Complaint to the regulator"),
        }[value]
    )


def channel(value: Channel) -> str:
    """How words travel."""
    return tr(
        {
            Channel.EMAIL: QT_TRANSLATE_NOOP("wording", "E-mail"),
            Channel.SMS: QT_TRANSLATE_NOOP("wording", "Text message"),
            Channel.CALL: QT_TRANSLATE_NOOP("wording", "Telephone"),
            Channel.POST: QT_TRANSLATE_NOOP("wording", "Post"),
            Channel.FORM: QT_TRANSLATE_NOOP("wording", "Web form"),
            Channel.CHAT: QT_TRANSLATE_NOOP("wording", "Chat"),
        }[value]
    )


def identity_item(value: IdentityItem) -> str:
    """An item that a letter may tell."""
    return tr(
        {
            IdentityItem.NAME: QT_TRANSLATE_NOOP("wording", "Name"),
            IdentityItem.EMAIL: QT_TRANSLATE_NOOP("wording", "E-mail"),
            IdentityItem.PHONE: QT_TRANSLATE_NOOP("wording", "Phone"),
            IdentityItem.POSTAL_ADDRESS: QT_TRANSLATE_NOOP("wording", "Postal address"),
            IdentityItem.CUSTOMER_NUMBER: QT_TRANSLATE_NOOP("wording", "Customer number"),
        }[value]
    )


def status(value: RequestStatus) -> str:
    """A status in one word."""
    return tr(
        {
            RequestStatus.DRAFT: QT_TRANSLATE_NOOP("wording", "Draft"),
            RequestStatus.SENT: QT_TRANSLATE_NOOP("wording", "Sent"),
            RequestStatus.ACKNOWLEDGED: QT_TRANSLATE_NOOP("wording", "Acknowledged"),
            RequestStatus.EXTENDED: QT_TRANSLATE_NOOP("wording", "Extended"),
            RequestStatus.COMPLETED: QT_TRANSLATE_NOOP("wording", "Completed"),
            RequestStatus.REFUSED: QT_TRANSLATE_NOOP("wording", "Refused"),
            RequestStatus.ESCALATED: QT_TRANSLATE_NOOP("wording", "Escalated"),
            RequestStatus.CLOSED: QT_TRANSLATE_NOOP("wording", "Closed"),
        }[value]
    )


def urgency(value: Urgency) -> str:
    """A group of the agenda."""
    return tr(
        {
            Urgency.OVERDUE: QT_TRANSLATE_NOOP("wording", "Overdue"),
            Urgency.NEEDS_YOU: QT_TRANSLATE_NOOP("wording", "Needs you"),
            Urgency.DUE_SOON: QT_TRANSLATE_NOOP("wording", "Due soon"),
            Urgency.WAITING: QT_TRANSLATE_NOOP("wording", "Waiting"),
            Urgency.DRAFT: QT_TRANSLATE_NOOP("wording", "Drafts"),
            Urgency.DONE: QT_TRANSLATE_NOOP("wording", "Done"),
        }[value]
    )


def attention(value: Attention) -> str:
    """What waits for the person."""
    return tr(
        {
            Attention.DELIVERY_FAILED: QT_TRANSLATE_NOOP("wording", "Delivery failed"),
            Attention.NEEDS_ANSWER: QT_TRANSLATE_NOOP("wording", "Needs your answer"),
            Attention.SENDING_NOT_CONFIRMED: QT_TRANSLATE_NOOP("wording", "Sending not confirmed"),
        }[value]
    )


def next_step(value: NextStep) -> str:
    """The words of a row's main button."""
    return tr(
        {
            NextStep.REVIEW_AND_SEND: QT_TRANSLATE_NOOP("wording", "Review and send"),
            NextStep.RECORD_REPLY: QT_TRANSLATE_NOOP("wording", "Record a reply"),
            NextStep.SEND_REMINDER: QT_TRANSLATE_NOOP("wording", "Send reminder"),
            NextStep.ANSWER: QT_TRANSLATE_NOOP("wording", "Answer…"),
            NextStep.SEND_AGAIN: QT_TRANSLATE_NOOP("wording", "Send again"),
            NextStep.RESPOND: QT_TRANSLATE_NOOP("wording", "Respond"),
            NextStep.CLOSE: QT_TRANSLATE_NOOP("wording", "Close"),
            NextStep.RECORD_AUTHORITY_ANSWER: QT_TRANSLATE_NOOP("wording", "Record the authority's answer"),
            NextStep.REOPEN: QT_TRANSLATE_NOOP("wording", "Reopen"),
            NextStep.RENEW: QT_TRANSLATE_NOOP("wording", "Register again…"),
        }[value]
    )


def event(value: EventKind) -> str:
    """What happened, as the timeline says it."""
    return tr(
        {
            EventKind.SENT: QT_TRANSLATE_NOOP("wording", "Sent"),
            EventKind.RECEIVED: QT_TRANSLATE_NOOP("wording", "Arrival confirmed"),
            EventKind.BOUNCED: QT_TRANSLATE_NOOP("wording", "Delivery failed"),
            EventKind.ACKNOWLEDGED: QT_TRANSLATE_NOOP("wording", "Acknowledged"),
            EventKind.EXTENDED: QT_TRANSLATE_NOOP("wording", "Extension announced"),
            EventKind.COMPLETED: QT_TRANSLATE_NOOP("wording", "Completed"),
            EventKind.PARTLY_COMPLETED: QT_TRANSLATE_NOOP("wording", "Partly completed"),
            EventKind.REFUSED: QT_TRANSLATE_NOOP("wording", "Refused"),
            EventKind.IDENTITY_ASKED: QT_TRANSLATE_NOOP("wording", "Asked to identify yourself"),
            EventKind.IDENTITY_GIVEN: QT_TRANSLATE_NOOP("wording", "Identification sent"),
            EventKind.FEE_ASKED: QT_TRANSLATE_NOOP("wording", "Fee asked"),
            EventKind.FEE_PAID: QT_TRANSLATE_NOOP("wording", "Fee paid"),
            EventKind.CLARIFICATION_ASKED: QT_TRANSLATE_NOOP("wording", "Question to you"),
            EventKind.CLARIFICATION_RECEIVED: QT_TRANSLATE_NOOP("wording", "Question answered"),
            EventKind.FORM_DEMANDED: QT_TRANSLATE_NOOP("wording", "Told to use a form"),
            EventKind.ASKED_AGAIN: QT_TRANSLATE_NOOP("wording", "Asked to opt in again"),
            EventKind.UNSUBSCRIBE_FAILED: QT_TRANSLATE_NOOP("wording", "Unsubscribing did not work"),
            EventKind.MESSAGE_RECEIVED: QT_TRANSLATE_NOOP("wording", "Message after the opt-out"),
            EventKind.REGISTERED: QT_TRANSLATE_NOOP("wording", "Registration confirmed"),
            EventKind.REMINDER_SENT: QT_TRANSLATE_NOOP("wording", "Reminder sent"),
            EventKind.APPEAL_SENT: QT_TRANSLATE_NOOP("wording", "Appeal sent"),
            EventKind.APPEAL_ANSWERED: QT_TRANSLATE_NOOP("wording", "Appeal answered"),
            EventKind.COMPLAINT_LODGED: QT_TRANSLATE_NOOP("wording", "Complaint lodged"),
            EventKind.AUTHORITY_ANSWERED: QT_TRANSLATE_NOOP("wording", "Authority answered"),
            EventKind.REOPENED: QT_TRANSLATE_NOOP("wording", "Reopened"),
            EventKind.CLOSED: QT_TRANSLATE_NOOP("wording", "Closed"),
            EventKind.NOTE: QT_TRANSLATE_NOOP("wording", "Note"),
            EventKind.TAKEN_BACK: QT_TRANSLATE_NOOP("wording", "Entry taken back"),
        }[value]
    )


def refusal_reason(value: RefusalReason) -> str:
    """The ground of a refusal."""
    return tr(
        {
            RefusalReason.SUSPECTED_FRAUD: QT_TRANSLATE_NOOP("wording", "Suspected fraud"),
            RefusalReason.INSUFFICIENT_VERIFICATION: QT_TRANSLATE_NOOP(
                "wording", "Could not verify identity"
            ),
            RefusalReason.NO_MATCH: QT_TRANSLATE_NOOP("wording", "No data found about you"),
            RefusalReason.CLAIM_NOT_COVERED: QT_TRANSLATE_NOOP("wording", "The law does not cover this"),
            RefusalReason.OUTSIDE_JURISDICTION: QT_TRANSLATE_NOOP(
                "wording", "The law does not apply to them or you"
            ),
            RefusalReason.TOO_MANY_REQUESTS: QT_TRANSLATE_NOOP("wording", "Too many requests"),
            RefusalReason.OTHER: QT_TRANSLATE_NOOP("wording", "Another ground"),
            RefusalReason.NONE_GIVEN: QT_TRANSLATE_NOOP("wording", "No ground given"),
        }[value]
    )


def close_reason(value: CloseReason) -> str:
    """Why a request was closed."""
    return tr(
        {
            CloseReason.DONE: QT_TRANSLATE_NOOP("wording", "Done"),
            CloseReason.GIVEN_UP: QT_TRANSLATE_NOOP("wording", "Given up"),
            CloseReason.DUPLICATE: QT_TRANSLATE_NOOP("wording", "Duplicate"),
            CloseReason.WITHDRAWN: QT_TRANSLATE_NOOP("wording", "Withdrawn"),
        }[value]
    )


def proof_grade(value: ProofGrade) -> str:
    """How well a day is proven."""
    return tr(
        {
            ProofGrade.SERVER_ACCEPTED: QT_TRANSLATE_NOOP("wording", "the mail server accepted it"),
            ProofGrade.DELIVERY_RECEIPT: QT_TRANSLATE_NOOP("wording", "a delivery receipt proves it"),
            ProofGrade.AUTO_REPLY: QT_TRANSLATE_NOOP("wording", "an automatic reply proves it"),
            ProofGrade.REGISTERED_POST: QT_TRANSLATE_NOOP("wording", "registered post proves it"),
            ProofGrade.STATED: QT_TRANSLATE_NOOP("wording", "you say so"),
            ProofGrade.PRESUMED: QT_TRANSLATE_NOOP("wording", "presumed"),
        }[value]
    )


def reason(value: Reason) -> str:
    """Why a law is offered or not."""
    return tr(
        {
            Reason.PROTECTS_RESIDENCE: QT_TRANSLATE_NOOP(
                "wording", "protects people who live where you live"
            ),
            Reason.PROTECTS_EVERYBODY_THERE: QT_TRANSLATE_NOOP(
                "wording", "protects everybody in the country"
            ),
            Reason.ABOUT_THIS_CHANNEL: QT_TRANSLATE_NOOP("wording", "is about this kind of message"),
            Reason.THRESHOLDS_UNKNOWN: QT_TRANSLATE_NOOP(
                "wording", "binds only companies above a size, which is not known here"
            ),
            Reason.LIVES_ELSEWHERE: QT_TRANSLATE_NOOP("wording", "protects people who live elsewhere"),
            Reason.NO_SUCH_RIGHT: QT_TRANSLATE_NOOP("wording", "has no such right"),
            Reason.OTHER_CHANNEL: QT_TRANSLATE_NOOP("wording", "is about other kinds of message"),
            Reason.NOT_YET_IN_FORCE: QT_TRANSLATE_NOOP("wording", "is not in force yet"),
            Reason.NO_LONGER_IN_FORCE: QT_TRANSLATE_NOOP("wording", "is no longer in force"),
        }[value]
    )


STATUS_TOKEN: dict[RequestStatus, StatusToken] = {
    RequestStatus.DRAFT: StatusToken.DRAFT,
    RequestStatus.SENT: StatusToken.SENT,
    RequestStatus.ACKNOWLEDGED: StatusToken.ACKNOWLEDGED,
    RequestStatus.EXTENDED: StatusToken.EXTENDED,
    RequestStatus.COMPLETED: StatusToken.COMPLETED,
    RequestStatus.REFUSED: StatusToken.REFUSED,
    RequestStatus.ESCALATED: StatusToken.ESCALATED,
    RequestStatus.CLOSED: StatusToken.CLOSED,
}


def chip(row: RequestOverview, today: date, due_soon_days: int) -> tuple[str, StatusToken]:
    """The words and the token of a request's status today."""
    if row.is_registration and (registered := _registration(row, today)) is not None:
        return registered
    match row.urgency(today, due_soon_days):
        case Urgency.OVERDUE:
            late = days(row.days_overdue(today))
            return tr("Overdue by {days}").format(days=late), StatusToken.OVERDUE
        case Urgency.NEEDS_YOU if row.attention is not None:
            return attention(row.attention), StatusToken.NEEDS_YOU
        case Urgency.DUE_SOON:
            return _due_soon(row.days_left(today) or 0), StatusToken.DUE_SOON
        case _:
            pass
    if row.waits_for_appeal:
        waiting = tr("Appeal sent")
        if row.due_on is not None:
            waiting = tr("Appeal sent · due {day}").format(day=short_date(row.due_on, today))
        return waiting, StatusToken.SENT
    if row.status in {RequestStatus.SENT, RequestStatus.ACKNOWLEDGED} and row.due_on is not None:
        words = tr("{status} · due {day}").format(
            status=status(row.status), day=short_date(row.due_on, today)
        )
        return words, STATUS_TOKEN[row.status]
    if row.status is RequestStatus.EXTENDED and row.due_on is not None:
        return tr("Extended to {day}").format(day=short_date(row.due_on, today)), StatusToken.EXTENDED
    return status(row.status), STATUS_TOKEN[row.status]


def _due_soon(left: int) -> str:
    if left < 0:
        return tr("Due date passed, not yet late")
    if left == 0:
        return tr("Due today")
    return tr("Due tomorrow") if left == 1 else tr("Due in {days}").format(days=days(left))


def _registration(row: RequestOverview, today: date) -> tuple[str, StatusToken] | None:
    """How a registration stands; None where it stands like any request. Nobody is ever late with it."""
    if row.will_lapse and row.due_on is not None:
        left = (row.due_on - today).days
        if not row.rule:
            return _look_again(row.due_on, left, today)
        if left < 0:
            return tr("Lapsed {days} ago").format(days=days(-left)), StatusToken.NEEDS_YOU
        if row.wants_renewal(today):
            words = tr("Lapses in {days}").format(days=days(left)) if left else tr("Lapses today")
            return words, StatusToken.DUE_SOON
        words = tr("Registered until {day}").format(day=short_date(row.due_on, today))
        return words, StatusToken.COMPLETED
    if row.status is RequestStatus.SENT and row.attention is None and row.due_on is None:
        return tr("Registered"), StatusToken.COMPLETED
    return None


def _look_again(on: date, left: int, today: date) -> tuple[str, StatusToken]:
    if left <= 0:
        return tr("Look again"), StatusToken.NEEDS_YOU
    return tr("Registered · look again {day}").format(day=short_date(on, today)), StatusToken.COMPLETED
