# SPDX-License-Identifier: Apache-2.0
"""What is said about one request: the sentence under its status, its due date, what a reply was.

Every function takes what the service told and the day that is today, and gives whole sentences.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.agenda import Urgency
from optout_desktop.domain.clocks import Clock, ExtensionDoubt
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.laws import Period, Unit
from optout_desktop.domain.requests import (
    Attention,
    CloseReason,
    EventKind,
    OptOutRequest,
    RefusalReason,
    RequestEvent,
    RequestStatus,
)
from optout_desktop.gui import wording
from optout_desktop.gui.labels import shown
from optout_desktop.gui.wording import long_date
from optout_desktop.services.requests import NO_REASON_GIVEN, RequestDetail

NOT_ADVICE = "not_advice"


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("requests", text)


def not_advice() -> str:
    """What stands wherever a decision hangs on a date."""
    return tr("This is information, not legal advice.")


def by_way(channel: Channel) -> str:
    """How a letter travelled, to stand inside a sentence."""
    return {
        Channel.EMAIL: tr("by e-mail"),
        Channel.SMS: tr("by text message"),
        Channel.CALL: tr("by telephone"),
        Channel.POST: tr("by post"),
        Channel.FORM: tr("by web form"),
    }[channel]


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


def status_sentence(detail: RequestDetail, today: date) -> str:  # noqa: PLR0911 - one a status
    """The sentence under the status."""
    request = detail.request
    if request.attention is not None:
        return _attention(request, request.attention)
    match request.status:
        case RequestStatus.DRAFT:
            return tr("Not sent yet.")
        case RequestStatus.COMPLETED:
            return _completed(request)
        case RequestStatus.REFUSED:
            return _refused(request)
        case RequestStatus.ESCALATED:
            return _escalated(request)
        case RequestStatus.CLOSED:
            return _closed(request)
        case _:
            pass
    if detail.overview.urgency(today) is Urgency.OVERDUE and detail.overview.due_on is not None:
        return tr("No complete answer by {day}.").format(day=long_date(detail.overview.due_on))
    if request.status is RequestStatus.EXTENDED:
        return _extended(request)
    if request.status is RequestStatus.ACKNOWLEDGED:
        return _acknowledged(request)
    return _sent(request, detail.deadline)


def _attention(request: OptOutRequest, flag: Attention) -> str:
    if flag is Attention.DELIVERY_FAILED:
        failed = request.last(EventKind.BOUNCED)
        if failed is not None:
            return tr(
                "Your letter of this request did not arrive ({day}). Send it again, perhaps by another way."
            ).format(day=long_date(failed.on))
    if flag is Attention.NEEDS_ANSWER and (asked := open_question(request)) is not None:
        what = asked.detail("what") or asked.detail("amount")
        if what:
            return tr("{event} on {day}: {what}.").format(
                event=wording.event(asked.kind), day=long_date(asked.on), what=shown(what)
            )
        return tr("{event} on {day}.").format(event=wording.event(asked.kind), day=long_date(asked.on))
    return wording.attention(flag)


def open_question(request: OptOutRequest) -> RequestEvent | None:
    """The last thing that the company wants from the person."""
    return request.last(
        EventKind.IDENTITY_ASKED,
        EventKind.CLARIFICATION_ASKED,
        EventKind.FEE_ASKED,
        EventKind.FORM_DEMANDED,
    )


def _sent(request: OptOutRequest, deadline: Clock | None) -> str:
    entry = request.last(EventKind.SENT)
    if entry is None:
        return tr("Not sent yet.")
    way, day = by_way(entry.channel or request.channel), long_date(entry.on)
    if deadline is None or deadline.dates is None:
        return tr("Sent {way} on {day}. The law gives no number of days.").format(way=way, day=day)
    return tr("Sent {way} on {day}. The company must answer by {due} ({period}).").format(
        way=way, day=day, due=long_date(deadline.dates.due), period=period(deadline.rule.period)
    )


def _acknowledged(request: OptOutRequest) -> str:
    entry = request.last(EventKind.ACKNOWLEDGED)
    day = long_date(entry.on) if entry else ""
    return tr("Receipt confirmed on {day}. The deadline is unchanged.").format(day=day)


def _extended(request: OptOutRequest) -> str:
    entry = request.last(EventKind.EXTENDED)
    if entry is None:
        return ""
    day = long_date(entry.on)
    if entry.reason in {"", NO_REASON_GIVEN}:
        return tr("The company took an extension on {day}. No reason given: this may not be valid.").format(
            day=day
        )
    return tr("The company took an extension on {day}. Reason given: {reason}.").format(
        day=day, reason=shown(entry.reason.rstrip("."))
    )


def _completed(request: OptOutRequest) -> str:
    entry = request.last(EventKind.COMPLETED)
    if entry is None or request.sent_on is None:
        return ""
    took = (entry.on - request.sent_on).days
    if took == 0:
        return tr("Confirmed on {day}, the day you sent it.").format(day=long_date(entry.on))
    return tr("Confirmed on {day}, {days} after you sent it.").format(
        day=long_date(entry.on), days=wording.days(took)
    )


def _refused(request: OptOutRequest) -> str:
    entry = request.last(EventKind.REFUSED)
    if entry is None:
        return ""
    return tr("Refused on {day}. Ground: {ground}.").format(
        day=long_date(entry.on), ground=reason_words(entry)
    )


def _escalated(request: OptOutRequest) -> str:
    entry = request.last(EventKind.COMPLAINT_LODGED)
    if entry is None:
        return ""
    whom = complaint_to(entry.detail("to"))
    if reference := entry.detail("reference"):
        return tr("Complaint sent to {whom} on {day}; reference {reference}.").format(
            whom=whom, day=long_date(entry.on), reference=shown(reference)
        )
    return tr("Complaint sent to {whom} on {day}.").format(whom=whom, day=long_date(entry.on))


def complaint_to(kept: str) -> str:
    """To whom a complaint went."""
    return tr("the company") if kept == "company" else tr("the authority")


def _closed(request: OptOutRequest) -> str:
    entry = request.last(EventKind.CLOSED)
    if entry is None:
        return ""
    return tr("Closed on {day}: {reason}.").format(day=long_date(entry.on), reason=reason_words(entry))


def reason_words(entry: RequestEvent) -> str:
    """The ground of an entry in words; a company's own words are made safe to show."""
    if entry.kind is EventKind.REFUSED and entry.reason in set(RefusalReason):
        return wording.refusal_reason(RefusalReason(entry.reason))
    if entry.kind is EventKind.CLOSED and entry.reason in set(CloseReason):
        return wording.close_reason(CloseReason(entry.reason))
    if entry.reason == NO_REASON_GIVEN:
        return tr("No reason given")
    return shown(entry.reason) if entry.reason else ""


def due_sentence(detail: RequestDetail) -> str:
    """The due date with the period it comes from; empty for a draft or where the law gives no number."""
    due, clock = detail.overview.due_on, detail.deadline
    if due is None or clock is None:
        return ""
    if clock.unextended is not None:
        return tr("Due {day} (extended)").format(day=long_date(due))
    return tr("Due {day} ({period})").format(day=long_date(due), period=period(clock.rule.period))


def lateness_sentence(detail: RequestDetail) -> str:
    """Until when nobody may call the company late, where that is after the due date."""
    due, flag = detail.overview.due_on, detail.overview.flag_after_on
    if due is None or flag is None or flag <= due:
        return ""
    return tr("Not counted as late before {day} has ended.").format(day=long_date(flag))


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


def overdue_sentences(detail: RequestDetail, today: date) -> tuple[str, str, str]:
    """By how much it is overdue, which rule that may break, and what to do next."""
    row, clock = detail.overview, detail.deadline
    late = tr("Overdue by {days}").format(days=wording.days(row.days_overdue(today)))
    may = ""
    if clock is not None:
        may = tr("This may break {citation}. It stays a possible breach until you record it.").format(
            citation=clock.rule.citation
        )
    return late, may, tr("Next step: remind the company. A reminder changes no deadline.")
