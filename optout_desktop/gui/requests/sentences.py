# SPDX-License-Identifier: Apache-2.0
"""What is said about one request: the sentence under its status, its due date, what a reply was.

Every function takes what the service told and the day that is today, and gives whole sentences.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.agenda import Urgency
from optout_desktop.domain.clocks import Clock
from optout_desktop.domain.companies import Channel
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
from optout_desktop.gui.clock_words import period
from optout_desktop.gui.labels import shown
from optout_desktop.gui.registration_words import holds_until, registration_sentence
from optout_desktop.gui.wording import long_date
from optout_desktop.services.requests import NO_REASON_GIVEN, RequestDetail

NOT_ADVICE = "not_advice"
_OF_A_REGISTER = frozenset({RequestStatus.DRAFT, RequestStatus.SENT, RequestStatus.COMPLETED})


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("requests", text)


def by_way(channel: Channel) -> str:
    """How a letter travelled, to stand inside a sentence."""
    return {
        Channel.EMAIL: tr("by e-mail"),
        Channel.SMS: tr("by text message"),
        Channel.CALL: tr("by telephone"),
        Channel.POST: tr("by post"),
        Channel.FORM: tr("by web form"),
        Channel.CHAT: tr("by chat message"),
    }[channel]


def status_sentence(detail: RequestDetail, today: date) -> str:  # noqa: C901, PLR0911 - one a status
    """The sentence under the status."""
    request = detail.request
    if request.attention is not None:
        return _attention(request, request.attention)
    if detail.overview.is_registration and request.status in _OF_A_REGISTER:
        return registration_sentence(detail, today)
    match request.status:
        case RequestStatus.DRAFT:
            return tr("Not sent yet.")
        case RequestStatus.COMPLETED:
            return _completed(request)
        case RequestStatus.REFUSED:
            return _refused(detail, today)
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


def newer_law() -> str:
    """That the law has changed, and that this request does not care."""
    return tr(
        "A newer version of this law is known. It moves no date here: this request keeps the rules and "
        "holidays it was sent under. A new request would use the newer version."
    )


def about_lines(detail: RequestDetail) -> tuple[str, ...]:
    """The request in the few lines that stand on top of a page about it."""
    request, law = detail.request, detail.law
    lines = [
        tr("Request of {person} to {company}").format(
            person=shown(detail.person.name), company=shown(request.company_name)
        ),
        tr("{right} · {law}").format(right=wording.right(request.right), law=law.title),
    ]
    if request.sent_on is not None:
        entry = request.last(EventKind.SENT)
        way = by_way(entry.channel if entry and entry.channel else request.channel)
        lines.append(tr("Sent {way} on {day}").format(way=way, day=long_date(request.sent_on)))
    return tuple(lines)


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


def _refused(detail: RequestDetail, today: date) -> str:
    request, appeal = detail.request, detail.law.appeal
    entry = request.last(EventKind.REFUSED)
    if entry is None:
        return ""
    said = tr("Refused on {day}. Ground: {ground}.").format(
        day=long_date(entry.on), ground=reason_words(entry)
    )
    last = request.last(EventKind.APPEAL_SENT, EventKind.APPEAL_ANSWERED, EventKind.REFUSED)
    if last is not None and last.kind is EventKind.APPEAL_SENT:
        return tr("{refused} {appealed}").format(refused=said, appealed=_appealed(detail, last, today))
    if last is not None and last.kind is EventKind.APPEAL_ANSWERED:
        return tr("{refused} Your appeal was answered on {day}.").format(refused=said, day=long_date(last.on))
    if appeal.is_available:
        return tr("{refused} You can appeal to the company: {window}.").format(
            refused=said, window=appeal.window
        )
    return said


def _appealed(detail: RequestDetail, appeal: RequestEvent, today: date) -> str:
    """Until when the answer to an appeal is waited for."""
    day, due = long_date(appeal.on), detail.overview.due_on
    if due is None:
        return tr("You appealed on {day}. The law names no day for the answer.").format(day=day)
    if detail.overview.urgency(today) is Urgency.OVERDUE:
        words = tr("You appealed on {day}, and the answer was due by {due}.")
    else:
        words = tr("You appealed on {day} and wait for the answer until {due}.")
    return words.format(day=day, due=long_date(due))


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
    if detail.overview.will_lapse:
        return holds_until(detail)
    if due is None or clock is None:
        return ""
    if clock.extension_doubt and clock.unextended is not None and clock.unextended.due != due:
        return tr("Due {day}, or {other} if the extension does not hold").format(
            day=long_date(due), other=long_date(clock.unextended.due)
        )
    if clock.unextended is not None:
        return tr("Due {day} (extended)").format(day=long_date(due))
    return tr("Due {day} ({period})").format(day=long_date(due), period=period(clock.rule.period))


def lateness_sentence(detail: RequestDetail) -> str:
    """Until when nobody may call the company late, where that is after the due date."""
    due, flag = detail.overview.due_on, detail.overview.flag_after_on
    if due is None or flag is None or flag <= due or detail.overview.will_lapse:
        return ""
    return tr("Not counted as late before {day} has ended.").format(day=long_date(flag))


def overdue_sentences(detail: RequestDetail, today: date) -> tuple[str, str, str]:
    """By how much it is overdue, which rule that may break, and what to do next."""
    row, clock = detail.overview, detail.deadline
    late = tr("Overdue by {days}").format(days=wording.days(row.days_overdue(today)))
    may = ""
    if clock is not None:
        may = tr("This may break {citation}. It stays a possible breach until you record it.").format(
            citation=clock.rule.citation
        )
    advice = tr("Next step: remind the company. A reminder changes no deadline.")
    if (row.waits_for_appeal or row.is_registration) and detail.law.regulators:
        advice = tr("Next step: complain to the authority that watches over this law.")
    return late, may, advice
