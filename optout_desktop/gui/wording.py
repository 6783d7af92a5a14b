# SPDX-License-Identifier: Apache-2.0
"""Words for the closed vocabularies: one function a vocabulary, so that a thing is called the same everywhere.

Sentences with numbers have a separate wording for one. Dates go through the locale.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

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


def days(count: int) -> str:
    """*1 day* or *n days*."""
    return tr("1 day") if count == 1 else tr("{count} days").format(count=count)


def goal(value: Goal) -> str:
    """What a person wants, as a button says it."""
    return {
        Goal.STOP_SELLING: tr("Stop selling or sharing my data"),
        Goal.STOP_EMAIL: tr("Stop marketing e-mail"),
        Goal.STOP_TEXTS: tr("Stop text messages"),
        Goal.STOP_CALLS: tr("Stop sales calls"),
        Goal.OBJECT_MARKETING: tr("Stop using my data for marketing"),
    }[value]


def right(value: Right) -> str:
    """A right in a few plain words."""
    return {
        Right.UNSUBSCRIBE_EMAIL: tr("Unsubscribe from e-mail"),
        Right.SMS_STOP: tr("STOP texts"),
        Right.DO_NOT_CALL_INTERNAL: tr("Do not call me"),
        Right.OPTOUT_SALE: tr("Do not sell or share"),
        Right.OPTOUT_SHARING_TARGETED_ADS: tr("No targeted advertising"),
        Right.OPTOUT_PROFILING: tr("No profiling"),
        Right.LIMIT_SENSITIVE: tr("Limit sensitive data"),
        Right.OBJECT_DIRECT_MARKETING: tr("Objection to marketing"),
        Right.OBJECT_PROCESSING: tr("Objection to processing"),
        Right.WITHDRAW_CONSENT: tr("Withdraw consent"),
        Right.RESTRICT: tr("Restrict processing"),
        Right.DELETE: tr("Delete my data"),
        Right.ACCESS: tr("Send me my data"),
        Right.CORRECT: tr("Correct my data"),
        Right.PORTABILITY: tr("Give me my data to take along"),
        Right.THIRD_PARTY_LIST: tr("Who got my data"),
        Right.AFFILIATE_MARKETING_OPTOUT: tr("No marketing by affiliates"),
        Right.NONAFFILIATE_SHARING_OPTOUT: tr("No sharing with others"),
        Right.PRESCREEN_OPTOUT: tr("No prescreened offers"),
        Right.DO_NOT_CALL_REGISTRY: tr("Do-not-call register"),
        Right.BROKER_DELETION_PLATFORM: tr("Data broker deletion platform"),
        Right.APPEAL: tr("Appeal"),
        Right.COMPLAINT_TO_CONTROLLER: tr("Complaint to the company"),
        Right.COMPLAINT_TO_REGULATOR: tr("Complaint to the regulator"),
    }[value]


def channel(value: Channel) -> str:
    """How words travel."""
    return {
        Channel.EMAIL: tr("E-mail"),
        Channel.SMS: tr("Text message"),
        Channel.CALL: tr("Telephone"),
        Channel.POST: tr("Post"),
        Channel.FORM: tr("Web form"),
    }[value]


def identity_item(value: IdentityItem) -> str:
    """An item that a letter may tell."""
    return {
        IdentityItem.NAME: tr("Name"),
        IdentityItem.EMAIL: tr("E-mail"),
        IdentityItem.PHONE: tr("Phone"),
        IdentityItem.POSTAL_ADDRESS: tr("Postal address"),
        IdentityItem.CUSTOMER_NUMBER: tr("Customer number"),
    }[value]


def status(value: RequestStatus) -> str:
    """A status in one word."""
    return {
        RequestStatus.DRAFT: tr("Draft"),
        RequestStatus.SENT: tr("Sent"),
        RequestStatus.ACKNOWLEDGED: tr("Acknowledged"),
        RequestStatus.EXTENDED: tr("Extended"),
        RequestStatus.COMPLETED: tr("Completed"),
        RequestStatus.REFUSED: tr("Refused"),
        RequestStatus.ESCALATED: tr("Escalated"),
        RequestStatus.CLOSED: tr("Closed"),
    }[value]


def urgency(value: Urgency) -> str:
    """A group of the agenda."""
    return {
        Urgency.OVERDUE: tr("Overdue"),
        Urgency.NEEDS_YOU: tr("Needs you"),
        Urgency.DUE_SOON: tr("Due soon"),
        Urgency.WAITING: tr("Waiting"),
        Urgency.DRAFT: tr("Drafts"),
        Urgency.DONE: tr("Done"),
    }[value]


def attention(value: Attention) -> str:
    """What waits for the person."""
    return {
        Attention.DELIVERY_FAILED: tr("Delivery failed"),
        Attention.NEEDS_ANSWER: tr("Needs your answer"),
        Attention.SENDING_NOT_CONFIRMED: tr("Sending not confirmed"),
        Attention.AUTHORISATION_EXPIRED: tr("Authorisation expired"),
    }[value]


def next_step(value: NextStep) -> str:
    """The words of a row's main button."""
    return {
        NextStep.REVIEW_AND_SEND: tr("Review and send"),
        NextStep.RECORD_REPLY: tr("Record a reply"),
        NextStep.SEND_REMINDER: tr("Send reminder"),
        NextStep.ANSWER: tr("Answer…"),
        NextStep.SEND_AGAIN: tr("Send again"),
        NextStep.RESPOND: tr("Respond"),
        NextStep.CLOSE: tr("Close"),
        NextStep.RECORD_AUTHORITY_ANSWER: tr("Record the authority's answer"),
        NextStep.REOPEN: tr("Reopen"),
    }[value]


def event(value: EventKind) -> str:
    """What happened, as the timeline says it."""
    return {
        EventKind.SENT: tr("Sent"),
        EventKind.RECEIVED: tr("Arrival confirmed"),
        EventKind.BOUNCED: tr("Delivery failed"),
        EventKind.ACKNOWLEDGED: tr("Acknowledged"),
        EventKind.EXTENDED: tr("Extension announced"),
        EventKind.COMPLETED: tr("Completed"),
        EventKind.PARTLY_COMPLETED: tr("Partly completed"),
        EventKind.REFUSED: tr("Refused"),
        EventKind.IDENTITY_ASKED: tr("Asked to identify yourself"),
        EventKind.IDENTITY_GIVEN: tr("Identification sent"),
        EventKind.FEE_ASKED: tr("Fee asked"),
        EventKind.FEE_PAID: tr("Fee paid"),
        EventKind.CLARIFICATION_ASKED: tr("Question to you"),
        EventKind.CLARIFICATION_RECEIVED: tr("Question answered"),
        EventKind.FORM_DEMANDED: tr("Told to use a form"),
        EventKind.ASKED_AGAIN: tr("Asked to opt in again"),
        EventKind.UNSUBSCRIBE_FAILED: tr("Unsubscribing did not work"),
        EventKind.MESSAGE_RECEIVED: tr("Message after the opt-out"),
        EventKind.REGISTERED: tr("Registration confirmed"),
        EventKind.REMINDER_SENT: tr("Reminder sent"),
        EventKind.APPEAL_SENT: tr("Appeal sent"),
        EventKind.APPEAL_ANSWERED: tr("Appeal answered"),
        EventKind.COMPLAINT_LODGED: tr("Complaint lodged"),
        EventKind.AUTHORITY_ANSWERED: tr("Authority answered"),
        EventKind.REOPENED: tr("Reopened"),
        EventKind.CLOSED: tr("Closed"),
        EventKind.NOTE: tr("Note"),
        EventKind.TAKEN_BACK: tr("Entry taken back"),
    }[value]


def refusal_reason(value: RefusalReason) -> str:
    """The ground of a refusal."""
    return {
        RefusalReason.SUSPECTED_FRAUD: tr("Suspected fraud"),
        RefusalReason.INSUFFICIENT_VERIFICATION: tr("Could not verify identity"),
        RefusalReason.NO_MATCH: tr("No data found about you"),
        RefusalReason.CLAIM_NOT_COVERED: tr("The law does not cover this"),
        RefusalReason.OUTSIDE_JURISDICTION: tr("The law does not apply to them or you"),
        RefusalReason.TOO_MANY_REQUESTS: tr("Too many requests"),
        RefusalReason.OTHER: tr("Another ground"),
        RefusalReason.NONE_GIVEN: tr("No ground given"),
    }[value]


def close_reason(value: CloseReason) -> str:
    """Why a request was closed."""
    return {
        CloseReason.DONE: tr("Done"),
        CloseReason.GIVEN_UP: tr("Given up"),
        CloseReason.DUPLICATE: tr("Duplicate"),
        CloseReason.WITHDRAWN: tr("Withdrawn"),
    }[value]


def proof_grade(value: ProofGrade) -> str:
    """How well a day is proven."""
    return {
        ProofGrade.SERVER_ACCEPTED: tr("the mail server accepted it"),
        ProofGrade.DELIVERY_RECEIPT: tr("a delivery receipt proves it"),
        ProofGrade.AUTO_REPLY: tr("an automatic reply proves it"),
        ProofGrade.REGISTERED_POST: tr("registered post proves it"),
        ProofGrade.STATED: tr("you say so"),
        ProofGrade.PRESUMED: tr("presumed"),
    }[value]


def reason(value: Reason) -> str:
    """Why a law is offered or not."""
    return {
        Reason.PROTECTS_RESIDENCE: tr("protects people who live where you live"),
        Reason.PROTECTS_EVERYBODY_THERE: tr("protects everybody in the country"),
        Reason.ABOUT_THIS_CHANNEL: tr("is about this kind of message"),
        Reason.THRESHOLDS_UNKNOWN: tr("binds only companies above a size, which is not known here"),
        Reason.LIVES_ELSEWHERE: tr("protects people who live elsewhere"),
        Reason.NO_SUCH_RIGHT: tr("has no such right"),
        Reason.OTHER_CHANNEL: tr("is about other kinds of message"),
        Reason.NOT_YET_IN_FORCE: tr("is not in force yet"),
        Reason.NO_LONGER_IN_FORCE: tr("is no longer in force"),
    }[value]


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
